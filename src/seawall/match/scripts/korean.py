"""Korean: Hangul syllables in Latin letters, and the syllables that a Latin spelling can stand for.

Spellings are generated from tables of jamo, so that every system of romanisation meets every other: the Revised one of
2000, McCune-Reischauer with and without marks, the usage of the north, and what the press and bearers of names write.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import product

from seawall.match.scripts.cutting import cut
from seawall.tables.korean import Spellings, load_korean

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
# The 27 finals in the order of Unicode, each as the one of seven that is heard.
_HEARD = ("", *"ㄱㄱㄱㄴㄴㄴㅅㄹㄱㅁㄹㄹㄹㅂㄹㅁㅂㅂㅅㅅㅇㅅㅅㄱㅅㅂㅅ")
_FIRST = 0xAC00
_SOFT = frozenset("ㅑㅒㅕㅖㅛㅠㅣ")
_MOST = 12
"""At most so many keys of one word."""


def jamo(syllable: str) -> tuple[str, str, str]:
    """Initial, vowel and the final that is heard ("" if none) of a Hangul syllable."""
    index = ord(syllable) - _FIRST
    return _INITIALS[index // 588], _VOWELS[index % 588 // 28], _HEARD[index % 28]


def compose(initial: str, vowel: str, final: str) -> str:
    """The syllable of an initial, a vowel and one of the seven heard finals or ""."""
    index = _INITIALS.index(initial) * 588 + _VOWELS.index(vowel) * 28 + _HEARD_PLACE[final]
    return chr(_FIRST + index)


_HEARD_PLACE = {"": 0, "ㄱ": 1, "ㄴ": 4, "ㄹ": 8, "ㅁ": 16, "ㅂ": 17, "ㅅ": 19, "ㅇ": 21}


@lru_cache(maxsize=1 << 14)
def canonical(syllable: str) -> str:
    """The syllable that keys are made of: finals as heard, and sounds equal that the law of initials makes equal."""
    initial, vowel, final = jamo(syllable)
    if vowel == "ㅒ":
        vowel = "ㅖ"
    if initial == "ㄹ":
        initial = "ㅇ" if vowel in _SOFT else "ㄴ"
    elif initial == "ㄴ" and vowel in _SOFT and vowel != "ㅣ":
        initial = "ㅇ"
    return compose(initial, vowel, final)


@lru_cache(maxsize=1 << 14)
def romanised(syllable: str) -> str:
    """A Hangul syllable as written in the north: 정 gives jong, 최 choe, 리 ri."""
    table = load_korean()
    initial, vowel, final = jamo(syllable)
    if vowel == "ㅒ":
        vowel = "ㅖ"
    return table.initials[initial].strict[0] + table.vowels[vowel].strict[0] + table.finals[final].strict[0]


def hangul_words(text: str) -> tuple[str, ...]:
    """One word for each syllable of a run of Hangul; single jamo that compose to no syllable are left out."""
    whole = unicodedata.normalize("NFC", text)
    return tuple(romanised(letter) for letter in whole if "\uac00" <= letter <= "\ud7a3")


def korean_keys(word: str) -> Iterator[str]:
    """Canonical syllables that a Latin word can stand for in one to three syllables, likeliest first."""
    for syllables in cut(word, _spelt_alone(), (_spelt_press(), _spelt_strict()), _MOST):
        yield "".join(syllables)


@cache
def _spelt_alone() -> Mapping[str, tuple[str, ...]]:
    """For words of one syllable: those of names, or others that Korean can have where no name is spelt so."""
    table = load_korean()
    every = tuple(compose(*parts) for parts in product(table.initials, table.vowels, table.finals))
    return {**_index(every, press=True, most=4), **_index(table.common, press=True)}


@cache
def _spelt_press() -> Mapping[str, tuple[str, ...]]:
    """For words of two syllables: those of names."""
    return _index(load_korean().common, press=True, most=4)


@cache
def _spelt_strict() -> Mapping[str, tuple[str, ...]]:
    """For words of three: those of names as a standard spells them, or half of all foreign words would be Korean."""
    strict = _index(load_korean().common, press=False, most=3)
    return {spelling: syllables for spelling, syllables in strict.items() if len(spelling) > 1}


def _index(syllables: tuple[str, ...], press: bool, most: int = _MOST) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for syllable in syllables:
        for spelling in _spellings(syllable, press):
            found.setdefault(spelling, {})[canonical(syllable)] = None
    return {spelling: tuple(keys)[:most] for spelling, keys in found.items()}


def _spellings(syllable: str, press: bool) -> Iterator[str]:
    """Every spelling of a syllable. Press spellings are mixed with those of the standards, as people mix them."""
    table = load_korean()
    initial, vowel, final = jamo(syllable)
    rows = (table.initials[initial], table.vowels[vowel], table.finals[final])
    for i, v, f in product(*(_choices(row, press) for row in rows)):
        if f and v.endswith("h"):
            continue
        yield i + v + f
        if i == "s" and v[0] in "iy":
            yield "sh" + v + f
    if press:
        yield from table.syllables.get(syllable, ())


def _choices(row: Spellings, press: bool) -> tuple[str, ...]:
    return (*row.strict, *row.press) if press else row.strict
