"""Words of Cyrillic, Greek, Hebrew and Latin with marks, letter by letter in plain Latin ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from anyascii import anyascii

from seawall.tables.letters import load_letters

_MIXED = re.compile(r"(?=.*[a-z])(?=.*[\u0370-\u03ff\u0400-\u052f])")
_PLAIN = re.compile(r"[^a-z0-9]+")
_HARD_SIGN = re.compile(r"(?<=[бвгджзйклмнпрстфхцчшщ])ъ(?=[бвгджзйклмнпрстфхцчшщ])")
_GLIDE = re.compile(r"(?:^|(?<=[аеёиоуыэюяьъ]))е")
_NOT_YO = re.compile(r"(?<=[жчшщ])ё")
_LATIN = {"ə": "a", "ı": "i"}  # anyascii gives e for the first, but names have it where others write a


def plain(text: str) -> str:
    """Whatever anyascii makes of a word, as [a-z0-9]* alone."""
    return _PLAIN.sub("", anyascii(text).lower())


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


def cyrillic_letters(text: str) -> Mapping[str, str]:
    """The Cyrillic table for the language that the letters of a whole text show."""
    table = load_letters()
    letters = dict(table.cyrillic)
    found = set(text)
    for only, other in table.cyrillic_of:
        if found & only:
            letters.update(other)
    return letters


def cyrillic(word: str, letters: Mapping[str, str]) -> str:
    """A lower-case Cyrillic word by a table from `cyrillic_letters`."""
    if _HARD_SIGN.search(word):  # between consonants only Bulgarian has it, as a vowel, and there щ is sht
        word = _HARD_SIGN.sub("а", word).replace("щ", "шт")
    word = _GLIDE.sub("йе", _NOT_YO.sub("о", word))
    return plain("".join(letters.get(letter, letter) for letter in word))


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
