"""Han characters read in Mandarin, Korean and Cantonese, and the syllables that a Latin spelling can stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from seawall.match.scripts.alphabets import plain
from seawall.match.scripts.cutting import cut
from seawall.match.scripts.korean import romanised
from seawall.tables.chinese import load_chinese, load_han, load_meanings

_MOST = 12
"""At most so many keys of one word."""
_INITIAL = re.compile(r"zh|ch|sh|ng(?=[aeou])|gw|kw|[bpmfdtnlgkhjqxrzcsywv]?")


def pinyin(run: str, first: bool) -> tuple[str, ...]:
    """One word for each character of a run of Han that has a reading.

    `first` says that the run opens a name, where some characters are family names.
    """
    table = load_chinese()
    words: list[str] = []
    place = 0
    if first and len(run) in {1, 2, 3} and table.surnames.get(run[0], ("", ""))[0]:
        words.append(table.surnames[run[0]][0])
        place = 1
    while place < len(run):
        for size in (2, 1):
            found = table.together.get(run[place : place + size])
            if found and len(found) == size:
                break
        else:
            known = load_han().get(run[place])
            found = (known[0].replace("v", "u") if known else plain(run[place]),)
        words.extend(found)
        place += len(found)
    return tuple(filter(None, words))


def sino_korean(run: str, first: bool) -> tuple[str, ...] | None:
    """As `pinyin`, in Korean: 金正恩 gives kim jong un. None if a character has no reading in Korean."""
    table = load_chinese()
    syllables: list[str] = []
    for place, character in enumerate(run):
        hangul = load_han().get(character, ("", "", ""))[1]
        if first and place == 0 and len(run) <= 4:
            hangul = table.surnames.get(character, ("", ""))[1] or hangul
        if not hangul:
            return None
        syllables.append(romanised(hangul))
    return tuple(syllables)


def cantonese(run: str) -> tuple[str, ...] | None:
    """As `sino_korean`, in Cantonese as Hong Kong spells it: 陳 gives chan."""
    words = tuple(_hong_kong(load_han().get(character, ("", "", ""))[2]) for character in run)
    return words if all(words) else None


@lru_cache(maxsize=1 << 10)
def _hong_kong(jyutping: str) -> str:
    table = load_chinese()
    if jyutping in table.hong_kong_syllables or not jyutping:
        return table.hong_kong_syllables.get(jyutping, "")
    initial = _head(jyutping)
    final = jyutping[len(initial) :]
    return table.hong_kong_initials.get(initial, initial) + table.hong_kong_finals.get(final, final)


def _head(syllable: str) -> str:
    found = _INITIAL.match(syllable)
    return found[0] if found else ""


def meanings(run: str) -> tuple[tuple[str, bool], ...]:
    """A run of characters cut into words of company names and the rest between them: (text, whether it is English).

    Nothing is cut if no such word is found: one part, not English.
    """
    pattern, table = _meaning_pattern(), load_meanings()
    parts: list[tuple[str, bool]] = []
    place = 0
    for found in pattern.finditer(run):
        if found.start() > place:
            parts.append((run[place : found.start()], False))
        parts.append((table[found[0]], True))
        place = found.end()
    if place < len(run):
        parts.append((run[place:], False))
    return tuple(parts)


@cache
def _meaning_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(load_meanings(), key=len, reverse=True))))


def chinese_keys(word: str) -> Iterator[str]:
    """Pinyin syllables that a Latin word can stand for, one to three, as pinyin or as Wade-Giles; likeliest first."""
    for syllables in cut(word, _spelt(), (_spelt_within(), _spelt_pinyin()), _MOST):
        yield " ".join(syllables)


@cache
def _syllables() -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[0].replace("v", "u") for row in load_han().values() if len(row[0]) <= 6))


@cache
def _spelt_pinyin() -> Mapping[str, tuple[str, ...]]:
    """For words of three syllables, or half of all foreign words would be Chinese."""
    return {syllable: (syllable,) for syllable in _syllables() if len(syllable) > 1}


@cache
def _spelt_within() -> Mapping[str, tuple[str, ...]]:
    """For words of two: one letter alone is no syllable there."""
    return {spelling: syllables for spelling, syllables in _spelt().items() if len(spelling) > 1}


@cache
def _spelt() -> Mapping[str, tuple[str, ...]]:
    """By spelling, in pinyin or Wade-Giles: the syllables in pinyin."""
    found: dict[str, dict[str, None]] = {syllable: {syllable: None} for syllable in _syllables()}
    for syllable in _syllables():
        for spelling in _wade_giles(syllable):
            found.setdefault(spelling, {})[syllable] = None
    return {spelling: tuple(syllables) for spelling, syllables in found.items()}


def _wade_giles(syllable: str) -> Iterator[str]:
    table = load_chinese()
    yield from table.wade_syllables.get(syllable, ())
    initial = _head(syllable)
    final = syllable[len(initial) :]
    for head in table.wade_initials.get(initial, (initial,)):
        for tail in table.wade_finals.get(final, (final,)):
            yield head + tail
