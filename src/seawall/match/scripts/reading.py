"""Ways to read a name of any script in Latin letters, and keys of words that romanisations write differently."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from seawall.match.scripts import alphabets, arabic, chinese, cleaning, japanese, korean

_MOST = 4
"""At most so many readings of one name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name in Latin letters.

    `words` are of [a-z0-9]+, in the order written. `way` names the script or the language it is read in: latin,
    cyrillic, hangul, pinyin, sino-korean, jyutping, kana, arabic (with vowels, from known names), consonants,
    translated (words of company names by their meaning), ... `vowels` is False where the script leaves them out.
    """

    words: tuple[str, ...]
    way: str
    vowels: bool = True


@dataclass(frozen=True, slots=True)
class _Tongue:
    """What the letters of a whole text say of its language: those written in Cyrillic, and whether it is Persian."""

    cyrillic: tuple[str, ...]
    persian: bool


def readings(text: str) -> tuple[Reading, ...]:
    """Ways to read a name, likeliest first: distinct, at most 4, and none only if nothing in it can be read."""
    words = cleaning.ascii_words(text) if text.isascii() else cleaning.latin_words(text)
    if words is None:
        return _readings(text)
    return (Reading(tuple(words), "latin"),) if words else ()


def normalise(text: str) -> str:
    """The words of the likeliest reading with single spaces between them. Normalising twice gives the same as once."""
    if text.isascii():
        return " ".join(cleaning.ascii_words(text))
    found = readings(text)
    return " ".join(found[0].words) if found else ""


romanise = normalise


@lru_cache(maxsize=1 << 16)
def sounds(word: str) -> frozenset[str]:
    """Keys of what a Latin word can stand for in other romanisations; empty for words that are none of these.

    "ko:" is followed by syllables of Hangul, "zh:" by pinyin, "ar:" by an Arabic, Persian or Urdu name as written. At
    most 12 keys of each kind. Words that share a key can be spellings of one name; that they are needs more evidence.
    """
    keys = [f"ko:{key}" for key in korean.korean_keys(word)]
    keys += [f"zh:{key}" for key in chinese.chinese_keys(word)]
    keys += [f"ar:{key}" for key in arabic.arabic_keys(word)]
    return frozenset(keys)


def is_abjad(text: str) -> bool:
    """Whether the text has letters of a script that leaves vowels out."""
    return any(script in {"arabic", "hebrew"} for script, _ in cleaning.runs(text))


def _readings(text: str) -> tuple[Reading, ...]:
    clean = cleaning.cleaned(text)
    runs = list(_limited(cleaning.runs(clean)))
    scripts = {script for script, _ in runs}
    spoken = alphabets.languages(" ".join(alphabets.undisguised(run) for script, run in runs if script == "other"))
    tongue = _Tongue(spoken, arabic.is_persian(clean))
    found: dict[tuple[str, ...], Reading] = {}
    for way in _ways(scripts, runs):
        reading = _read(runs, way, tongue)
        if reading is not None and reading.words:
            found.setdefault(reading.words, reading)
    return tuple(found.values())[:_MOST]


def _limited(runs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """As many runs, and as much of each, as can give words that are kept."""
    left = cleaning.MOST_WORDS
    for script, run in runs:
        if left <= 0:
            return
        yield script, run[: left if script in {"han", "hangul"} else cleaning.MOST_LETTERS]
        left -= len(run) if script in {"han", "hangul"} else 1


def _ways(scripts: set[str], runs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The ways worth trying, likeliest first; the first way of a script serves where another script has more."""
    if "han" in scripts:
        if "kana" in scripts:
            return ("kana", "sino-korean", "translated")
        if "hangul" in scripts:
            return ("sino-korean", "pinyin", "translated")
        return ("pinyin", "sino-korean", "jyutping", "translated")
    if "arabic" in scripts:
        known = arabic.knows_most([run for script, run in runs if script == "arabic"])
        translated = any(script == "arabic" and arabic.meaning(run) for script, run in runs)
        return (*(["arabic"] if known else []), "consonants", *(["translated"] if translated else []))
    if "hebrew" in scripts:
        return ("consonants",)
    if "hangul" in scripts:
        return ("hangul", "translated")
    if "kana" in scripts:
        return ("kana", "translated")
    return ("",)


def _read(runs: Sequence[tuple[str, str]], way: str, tongue: _Tongue) -> Reading | None:
    """The reading of runs in one way; None if that way cannot read one of them."""
    words: list[str] = []
    named = way
    first = True
    for script, run in runs:
        if script == "han":
            read = _han(run, way, first)
            first = False
        elif script in {"hangul", "kana"}:
            read = _translated(run, script) if way == "translated" else _syllabic(run, script)
        elif script == "arabic":
            read = _arabic(run, way, tongue.persian)
        elif script == "hebrew":
            read = (alphabets.hebrew(run),)
        else:
            kind, word = _alphabetic(run, tongue.cyrillic)
            named = named or ("" if kind == "latin" else kind)
            read = (word,)
        if read is None:
            return None
        words.extend(filter(None, read))
    vowels = not any(script == "hebrew" or (script == "arabic" and way != "arabic") for script, _ in runs)
    return Reading(tuple(cleaning.shortened(words)), named or "latin", vowels)


def _han(run: str, way: str, first: bool) -> tuple[str, ...] | None:
    if way == "sino-korean":
        return chinese.sino_korean(run, first)
    if way == "jyutping":
        return chinese.cantonese(run)
    if way == "translated":
        return _translated(run, "han")
    return chinese.pinyin(run, first)


def _arabic(run: str, way: str, persian: bool) -> tuple[str, ...]:
    if way == "arabic":
        return arabic.voweled(run, persian)
    return (way == "translated" and arabic.meaning(run)) or arabic.consonants(run, persian)


def _syllabic(run: str, script: str) -> tuple[str, ...]:
    return korean.hangul_words(run) if script == "hangul" else (japanese.kana(run),)


def _translated(run: str, script: str) -> tuple[str, ...]:
    """A run with the words of company names by their meaning, and the rest as it is read by default."""
    words: list[str] = []
    for text, english in chinese.meanings(run):
        if english:
            words.extend(text.split())
        else:
            words.extend(chinese.pinyin(text, False) if script == "han" else _syllabic(text, script))
    return tuple(words)


@lru_cache(maxsize=1 << 16)
def _alphabetic(run: str, spoken: tuple[str, ...]) -> tuple[str, str]:
    """The alphabet of a word and the word in Latin letters."""
    word = alphabets.undisguised(run)
    kinds = {_alphabet(letter) for letter in word}
    if "cyrillic" in kinds:
        return "cyrillic", alphabets.cyrillic(word, spoken)
    if "greek" in kinds:
        return "greek", alphabets.greek(word)
    others = kinds - {"latin", "digit", "combining"}
    return min(others, default="latin"), alphabets.latin(word)


@lru_cache(maxsize=1 << 14)
def _alphabet(letter: str) -> str:
    """The first word of a character's name in Unicode, which is the script of a letter; "digit" for digits."""
    return "digit" if letter.isdecimal() else unicodedata.name(letter, "latin").split()[0].lower()
