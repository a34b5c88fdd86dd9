"""Readings of Han characters, spellings of Chinese syllables, and meanings of words in company names."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_HAN = "words/han.csv.gz"


@dataclass(frozen=True, slots=True)
class Chinese:
    """Spellings of syllables in Wade-Giles and in Hong Kong's usage; characters read otherwise in some places.

    `surnames` maps a character to pinyin and Hangul of its family name, "" where it is the usual reading; `together`
    a word to the pinyin of its characters.
    """

    wade_initials: Mapping[str, tuple[str, ...]]
    wade_finals: Mapping[str, tuple[str, ...]]
    wade_syllables: Mapping[str, tuple[str, ...]]
    surnames: Mapping[str, tuple[str, str]]
    together: Mapping[str, tuple[str, ...]]
    hong_kong_initials: Mapping[str, str]
    hong_kong_finals: Mapping[str, str]
    hong_kong_syllables: Mapping[str, str]


@cache
def load_chinese() -> Chinese:
    """The table of Chinese spellings."""
    table = yaml.safe_load(files("seawall.tables").joinpath("words/chinese.yaml").read_text(encoding="utf-8"))
    wade = {
        part: {key: tuple(map(str, spelt)) for key, spelt in table[part].items()}
        for part in ("wade_initials", "wade_finals", "wade_syllables")
    }
    return Chinese(
        **wade,
        surnames={character: (pinyin, hangul) for character, (pinyin, hangul) in table["surnames"].items()},
        together={word: tuple(read) for word, read in table["together"].items()},
        hong_kong_initials=table["hong_kong_initials"],
        hong_kong_finals=table["hong_kong_finals"],
        hong_kong_syllables=table["hong_kong_syllables"],
    )


@cache
def load_han() -> Mapping[str, tuple[str, str, str]]:
    """By character: pinyin without tones (v for ü), the Sino-Korean syllable in Hangul, and Jyutping without tones.

    The 20,900 characters of the first block of Unicode, each with its commonest reading, as the dictionaries of
    pypinyin, hanja and ToJyutping have it; simplified characters are read as the traditional ones where Korean has only
    those.
    """
    packed = files("seawall.tables").joinpath(_HAN).read_bytes()
    rows = csv.reader(io.StringIO(gzip.decompress(packed).decode("utf-8")))
    next(rows)
    return {character: (pinyin, hangul, jyutping) for character, pinyin, hangul, jyutping in rows}


@cache
def load_meanings() -> Mapping[str, str]:
    """English by word of another script."""
    table = yaml.safe_load(files("seawall.tables").joinpath("words/meanings.yaml").read_text(encoding="utf-8"))
    return {word: meaning for meaning, words in table.items() for word in words}
