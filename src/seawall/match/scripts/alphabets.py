"""Words of Cyrillic, Greek, Hebrew and Latin with marks, letter by letter in plain Latin ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from anyascii import anyascii

from seawall.tables.letters import load_letters

_MIXED = re.compile(r"(?=.*[a-z])(?=.*[\u0370-\u03ff\u0400-\u052f])")
_PLAIN = re.compile(r"[^a-z0-9]+")
_VOWEL_SIGN = re.compile(r"(?<=[бвгджзйклмнпрстфхцчшщ])ъ(?=[бвгджзйклмнпрстфхцчшщ])")
_GLIDE = re.compile(r"(?:^|(?<=[аеёиоуыэюяьъ]))е")
_NOT_YO = re.compile(r"(?<=[жчшщ])ё")
_PLAIN_E = frozenset({"ukrainian", "bulgarian", "south_slavic"})
"""Languages that do not begin е with a glide."""
_LATIN = {"ə": "a", "ı": "i"}  # anyascii gives e for the first, but names have it where others write a


def plain(text: str) -> str:
    """Whatever anyascii makes of a word, as [a-z0-9]* alone."""
    return _PLAIN.sub("", anyascii(text).lower())


@lru_cache(maxsize=1 << 16)
def latin(word: str) -> str:
    """A Latin word without its marks: lower-case, "" if no letter is left."""
    return plain("".join(_LATIN.get(letter, letter) for letter in word))


def undisguised(word: str) -> str:
    """A word that mixes Latin with letters of another alphabet that look alike, all in the alphabet it has most of."""
    if not _MIXED.match(word):
        return word
    alike = load_letters().lookalikes
    back = {latin: other for other, latin in alike.items() if "\u0400" <= other <= "\u052f"}
    ascii_letters = [letter for letter in word if "a" <= letter <= "z"]
    others = [letter for letter in word if "\u0370" <= letter <= "\u052f"]
    if len(ascii_letters) >= len(others):
        return "".join(alike.get(letter, letter) for letter in word)
    return "".join(back.get(letter, letter) for letter in word)


def languages(text: str) -> tuple[str, ...]:
    """The languages whose own letters a lower-case Cyrillic text has, for `cyrillic`; none for plain Russian."""
    found = set(text)
    return tuple(
        of.name
        for of in load_letters().cyrillic_of
        if not found.isdisjoint(of.only) or any(p in text for p in of.pairs)
    )


@lru_cache(maxsize=1 << 16)
def cyrillic(word: str, spoken: tuple[str, ...]) -> str:
    """A lower-case Cyrillic word as written in the languages of its text."""
    letters = _cyrillic_letters(spoken)
    if _VOWEL_SIGN.search(word):  # between consonants only one alphabet has it, as a vowel
        word = _VOWEL_SIGN.sub("а", word)
    word = _NOT_YO.sub("о", word).replace("ьо", "йо")
    if not _PLAIN_E.intersection(spoken):
        word = _GLIDE.sub("йе", word)
    return plain("".join([letters.get(letter, letter) for letter in word]))


@cache
def _cyrillic_letters(spoken: tuple[str, ...]) -> Mapping[str, str]:
    table = load_letters()
    letters = dict(table.cyrillic)
    for of in table.cyrillic_of:
        if of.name in spoken:
            letters.update(of.letters)
    return letters


@lru_cache(maxsize=1 << 14)
def greek(word: str) -> str:
    """A lower-case Greek word; accents are dropped."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    table = load_letters()
    if bare[:2] in table.greek_head:
        bare = table.greek_head[bare[:2]] + bare[2:]
    return plain(_longest_first(bare, table.greek))


def hebrew(word: str) -> str:
    """The consonants of a Hebrew word; points are dropped."""
    table = load_letters().hebrew
    return plain("".join(table.get(letter, "") for letter in word))


def _longest_first(word: str, table: Mapping[str, str]) -> str:
    parts: list[str] = []
    place = 0
    while place < len(word):
        pair = word[place : place + 2]
        if len(pair) == 2 and pair in table:
            parts.append(table[pair])
            place += 2
        else:
            parts.append(table.get(word[place], word[place]))
            place += 1
    return "".join(parts)
