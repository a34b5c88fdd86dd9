"""Names as columns: each way to read a name as a row of word numbers, over one vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from seawall.match.align import CHINESE_NAME, KOREAN_NAME, MOST_WORDS
from seawall.match.lexicon import Lexicon, Trait, Word
from seawall.match.scripts import readings
from seawall.tables.words import Words


class Names(NamedTuple):
    """Rows of words. `words[at[r]:at[r + 1]]` are the words of row r in the lexicon, `name` the number of the name
    that row r reads, `traits` what languages it can be of, `total` the sum of its words' weights.
    """

    words: NDArray[np.int32]
    at: NDArray[np.int64]
    name: NDArray[np.int32]
    traits: NDArray[np.uint8]
    total: NDArray[np.float32]


class Split(NamedTuple):
    """Names cut into words: the vocabulary, and per row the numbers of its words and of its name."""

    vocabulary: list[Word]
    rows: list[list[int]]
    name: list[int]


def split(texts: Iterable[str], words: Words) -> Split:
    """Every reading of every text as a row. A text with nothing to read has no row."""
    numbers: dict[Word, int] = {}
    rows: list[list[int]] = []
    name: list[int] = []
    for n, text in enumerate(texts):
        for row in cut(text, words):
            rows.append([numbers.setdefault(word, len(numbers)) for word in row])
            name.append(n)
    return Split(list(numbers), rows, name)


def cut(text: str, words: Words) -> list[list[Word]]:
    """The readings of a name: phrases as the one word they stand for, without titles unless nothing else is there."""
    found: list[list[Word]] = []
    for reading in readings(text):
        said = _phrases(list(reading.words), words)
        kept = [word for word in said if word not in words.titles] or said
        if len(kept) > 1 and kept[-1] in _ONE_LETTER:
            kept[-1] = _ONE_LETTER[kept[-1]]
        row = [Word(word, not reading.vowels) for word in kept[:MOST_WORDS]]
        if row and row not in found:
            found.append(row)
    return found


_ONE_LETTER = {"i": "1", "v": "5", "x": "10"}
"""Roman numerals of one letter, read as numbers only where they end a name."""


def _phrases(said: list[str], words: Words) -> list[str]:
    first = _first_words(words)
    if not any(word in first for word in said):
        return said
    out: list[str] = []
    n = 0
    while n < len(said):
        for size in first.get(said[n], ()):
            whole = words.phrases.get(tuple(said[n : n + size]))
            if whole is not None and n + size <= len(said):
                out.append(whole)
                n += size
                break
        else:
            out.append(said[n])
            n += 1
    return out


def _first_words(words: Words) -> dict[str, tuple[int, ...]]:
    return _first_of(_Same(words))


class _Same:
    """Words by identity, so that a cache can hold what is derived from a table."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.words is other.words


@lru_cache(maxsize=4)
def _first_of(same: _Same) -> dict[str, tuple[int, ...]]:
    """First words of phrases, with the lengths of the phrases, longest first."""
    sizes: dict[str, set[int]] = {}
    for phrase in same.words.phrases:
        sizes.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()}


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
        total=_each(np.add, lexicon.weights[flat], at).astype(np.float32),
    )


def _each(operation: np.ufunc, values: NDArray[np.generic], at: NDArray[np.int64]) -> NDArray[np.generic]:
    """An operation over the values of each row; every row has at least one."""
    if not len(values):
        return values
    result: NDArray[np.generic] = operation.reduceat(values, at[:-1])
    return result


