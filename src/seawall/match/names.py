"""Names as columns: each way to read a name as a row of word numbers, over one vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seawall.match.alike import CHINESE_NAME, KOREAN_NAME
from seawall.match.lexicon import Lexicon, Trait, Word
from seawall.match.scripts import readings, sounds
from seawall.tables.words import Words

MOST_WORDS = 24
"""Words of a name that are compared."""


class Names(NamedTuple):
    """Rows of words. `words[at[r]:at[r + 1]]` are the words of row r in the lexicon, `name` the number of the name
    that row r reads, `traits` what languages it can be of, `ways` how it was read (a place in `WAYS`, 0 for letters
    that say how they sound), `total` the sum of its words' weights.
    """

    words: NDArray[np.int32]
    at: NDArray[np.int64]
    name: NDArray[np.int32]
    traits: NDArray[np.uint8]
    ways: NDArray[np.uint8]
    total: NDArray[np.float32]


WAYS = ("", "pinyin", "sino-korean", "jyutping", "hangul")
"""Ways of reading that many names share: beside a name in Latin letters they say less than its words do."""


class Split(NamedTuple):
    """Names cut into words: the vocabulary, and per row the numbers of its words and of its name."""

    vocabulary: list[Word]
    rows: list[list[int]]
    name: list[int]
    ways: list[int]


def split(texts: Iterable[tuple[str, str]], words: Words) -> Split:
    """Every reading of every (text, schema of its bearer) as a row. A text with nothing to read has no row."""
    numbers: dict[Word, int] = {}
    rows: list[list[int]] = []
    name: list[int] = []
    ways: list[int] = []
    for n, (text, schema) in enumerate(texts):
        for row, way in cut(text, schema, words).items():
            rows.append([numbers.setdefault(word, len(numbers)) for word in row])
            name.append(n)
            ways.append(way)
    return Split(list(numbers), rows, name, ways)


def cut(text: str, schema: str, words: Words) -> dict[tuple[Word, ...], int]:
    """The readings of a name as words: what stands in brackets and several names in one apart, phrases of bodies as the
    one word they stand for, long chains of fathers also without those in the middle. Each with the way it was read, a
    place in `WAYS`.
    """
    found: dict[tuple[Word, ...], int] = {}
    for part in _parts(text) if _SEVERAL.search(text) else (text,):
        for reading in readings(part):
            for bearer in (schema, "Person") if schema in _ANYBODY else (schema,):
                said = list(reading.words)
                if len(said) > 1:
                    said = _said(said, bearer, words)
                for kept in (said, _first_and_last(said), _syllables(said) if reading.way == "latin" else []):
                    row = tuple(Word(word, not reading.vowels) for word in kept[:MOST_WORDS])
                    if row:
                        found.setdefault(row, WAYS.index(reading.way) if reading.way in WAYS else 0)
    return found


_ANYBODY = frozenset({"", "Thing"})
"""Schemas of bearers who may be people, whose names have no phrases: Kim Jong Ja is no electronics."""
_SEVERAL = re.compile(r"[(（;/]|\ba\.?k\.?a\b\.?|\balias\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[;/]|\ba\.?k\.?a\b\.?|\balias\b)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")


def _parts(text: str) -> list[str]:
    """A name with brackets as the names it holds: without them, with a word in brackets in the place of the one before
    it, and what is in brackets where that is a name of its own. Names with a stroke, a semicolon or "alias" between
    them are also taken one by one, where none is so short that the stroke may be part of it (A/S, c/o).
    """
    plain = _BRACKETS.sub(" ", text)
    found = [plain if plain.strip() else text]
    several = _BETWEEN.split(plain)
    if len(several) > 1 and min(map(len, several)) >= 6:
        found += several
    for bracket in _BRACKETS.finditer(text):
        inner = bracket[1].strip()
        before = text[: bracket.start()].rstrip()
        if len(inner) < 2:
            continue  # (주), （株）: a company, said in one character
        if " " in inner or not before:
            found.append(inner)
        else:
            found.append(f"{before.rpartition(' ')[0]} {inner}{_BRACKETS.sub(' ', text[bracket.end() :])}")
    return found[:5]


def _syllables(said: list[str]) -> list[str]:
    """A Chinese name with its syllables apart, Mao Zedong as Mao Ze Dong, for spellings that part them. Nothing for
    other names.
    """
    if not 2 <= len(said) <= 3:
        return []
    keys = [next((key[3:] for key in sorted(sounds(word)) if key.startswith("zh:")), "") for word in said]
    if not all(keys) or not any(" " in key for key in keys):
        return []
    return [part for word, key in zip(said, keys, strict=True) for part in (key.split() if " " in key else [word])]


_SON = frozenset({"bin", "ibn", "ben", "bint", "ould", "oghlu", "ogly"})


def _first_and_last(said: list[str]) -> list[str]:
    """A name with two or more fathers in it as most people write it: Usama bin Muhammad ibn Awad ibn Ladin as Usama
    ibn Ladin. Nothing for other names.
    """
    sons = [n for n, word in enumerate(said) if word in _SON]
    if len(sons) < 2 or sons[0] == 0 or sons[-1] == len(said) - 1:
        return []
    return [*said[: sons[0]], *said[sons[-1] :]]


_ONE_LETTER = {"i": "1", "v": "5", "x": "10"}
"""Roman numerals of one letter, read as numbers only where they end a name."""
_DISGUISED = re.compile(r"[a-z]+[01345][a-z]+")
_DIGITS = str.maketrans("01345", "oieas")


def _said(said: list[str], schema: str, words: Words) -> list[str]:
    if schema != "Person":
        said = _phrases(said, words)
    if len(said) > 1 and said[-1] in _ONE_LETTER:
        said[-1] = _ONE_LETTER[said[-1]]
    tens = _tens(_Same(words))
    out: list[str] = []
    for word in said:
        if out and len(word) == 1 and word.isdigit() and out[-1] in tens:
            out[-1] = str(int(tens[out[-1]]) + int(word))  # forty 4
        elif not word.isalpha() and _DISGUISED.fullmatch(word):
            out.append(word.translate(_DIGITS))
        else:
            out.append(word)
    return out


def _phrases(said: list[str], words: Words) -> list[str]:
    first = _first_of(_Same(words))
    if not any(word in first for word in said):
        return said
    out: list[str] = []
    n = 0
    while n < len(said):
        for size in first.get(said[n], ()):
            if n + size > len(said):
                continue
            whole = words.phrases.get(tuple(said[n : n + size]))
            if whole is None and n + size == len(said) and len(said[-1]) >= 4:
                last, meant = _cut_off(_Same(words)).get((*said[n:-1], said[-1][:4]), ("", None))
                whole = meant if last.startswith(said[-1]) else None  # ... joint stock compan
            if whole is not None:
                out.append(whole)
                n += size
                break
        else:
            out.append(said[n])
            n += 1
    return out


class _Same:
    """Words by identity, so that a cache can hold what is derived from a table."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.words is other.words


@lru_cache(maxsize=4)
def _first_of(same: _Same) -> Mapping[str, tuple[int, ...]]:
    """First words of phrases, with the lengths of the phrases, longest first."""
    sizes: dict[str, set[int]] = {}
    for phrase in same.words.phrases:
        sizes.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()}


@lru_cache(maxsize=4)
def _cut_off(same: _Same) -> Mapping[tuple[str, ...], tuple[str, str]]:
    """Phrases with their last word cut to four letters: that word in full, and the word the phrase stands for."""
    return {
        (*phrase[:-1], phrase[-1][:4]): (phrase[-1], word)
        for phrase, word in same.words.phrases.items()
        if len(phrase) > 2 and len(phrase[-1]) > 4
    }


@lru_cache(maxsize=4)
def _tens(same: _Same) -> Mapping[str, str]:
    """The words for twenty, thirty ..."""
    return {word: value for word, value in same.words.numbers.items() if len(value) == 2 and value[1] == "0"}


def rows(split: Split, lexicon: Lexicon) -> Names:
    """The columns of split names."""
    flat = np.fromiter((word for row in split.rows for word in row), dtype=np.int32)
    at = np.zeros(len(split.rows) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, split.rows), dtype=np.int64, count=len(split.rows)), out=at[1:])
    kinds = lexicon.traits[flat]
    little = (kinds & np.uint16(Trait.PARTICLE)) != 0
    traits = np.zeros(len(split.rows), dtype=np.uint8)
    for bit, trait in ((KOREAN_NAME, Trait.KOREAN), (CHINESE_NAME, Trait.CHINESE)):
        fits = ((kinds & np.uint16(trait)) != 0) | little
        whole = _each(np.logical_and, fits, at) & (np.diff(at) > 1)
        traits |= np.where(whole, np.uint8(bit), np.uint8(0))
    return Names(
        words=flat,
        at=at,
        name=np.array(split.name, dtype=np.int32),
        traits=traits,
        ways=np.array(split.ways, dtype=np.uint8),
        total=_each(np.add, lexicon.weights[flat], at).astype(np.float32),
    )


def _each(operation: np.ufunc, values: NDArray[Any], at: NDArray[np.int64]) -> NDArray[Any]:
    """An operation over the values of each row; every row has at least one."""
    if not len(values):
        return values
    result: NDArray[Any] = operation.reduceat(values, at[:-1])
    return result
