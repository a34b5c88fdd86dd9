"""Names as columns: each way to read a name as a row of word numbers, over one vocabulary."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seawall.match.alike import CHINESE_NAME, KOREAN_NAME
from seawall.match.lexicon import Lexicon, Same, Trait, Word
from seawall.match.scripts import readings, sounds, words_of_many
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
    """Names cut into words: the vocabulary, and rows of the numbers of its words with their names and ways, as in
    `Names`.
    """

    vocabulary: list[Word]
    words: NDArray[np.int32]
    at: NDArray[np.int64]
    name: NDArray[np.int32]
    ways: NDArray[np.uint8]


class _Numbers(dict[str, int]):
    """Numbers of words in the order in which they are met; a space before a word says that it has no vowels."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[Word] = []

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self.words)
        self.words.append(Word(key.lstrip(), key[0] == " "))
        return number


_CHUNK = 20_000


def split(texts: Iterable[tuple[str, str]], words: Words) -> Split:
    """Every reading of every (text, schema of its bearer) as a row: what `cut` gives. A text with nothing to read has
    no row.
    """
    numbers = _Numbers()
    flat, sizes, name, ways = array("i"), array("q"), array("i"), array("B")
    source, n = iter(texts), 0
    while chunk := list(islice(source, _CHUNK)):
        for (text, schema), said in zip(chunk, _plain(chunk, words), strict=True):
            if said is not None:
                flat.extend([numbers[word] for word in said])
                sizes.append(len(said))
                name.append(n)
                ways.append(0)
            else:
                for row, way in cut(text, schema, words).items():
                    flat.extend([numbers[" " + word.text if word.abjad else word.text] for word in row])
                    sizes.append(len(row))
                    name.append(n)
                    ways.append(way)
            n += 1
    return Split(
        numbers.words,
        np.array(flat, dtype=np.int32),
        np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.array(sizes, dtype=np.int64))]),
        np.array(name, dtype=np.int32),
        np.array(ways, dtype=np.uint8),
    )


def _plain(chunk: Sequence[tuple[str, str]], words: Words) -> list[list[str] | None]:
    """The words of the one row of each name that is simple, as most are: in Latin letters, and of words that stand for
    themselves.
    """
    read = words_of_many([text for text, _ in chunk])
    known = {word for said in read if said is not None for word in said}
    odd = {word for word in known if len(word) == 1 or not word.isalpha() or word in _SON}
    first = odd | (known & _first_of(Same(words)).keys())
    return [
        said[:MOST_WORDS]
        if said
        and not _SEVERAL.search(text)
        and (len(said) == 1 or (odd if schema == "Person" else first).isdisjoint(said))
        and not _syllables(said)
        else None
        for (text, schema), said in zip(chunk, read, strict=True)
    ]


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


@lru_cache(maxsize=1 << 18)
def _apart(word: str) -> str:
    """The syllables of a word of two or more that can be Chinese, with spaces; "" for other words."""
    return next((key[3:] for key in sorted(sounds(word)) if key.startswith("zh:") and " " in key), "")


@lru_cache(maxsize=1 << 18)
def _syllable(word: str) -> bool:
    """Whether a word can be Chinese."""
    return any(key.startswith("zh:") for key in sounds(word))


def _syllables(said: list[str]) -> list[str]:
    """A Chinese name with its syllables apart, Mao Zedong as Mao Ze Dong, for spellings that part them. Nothing for
    other names.
    """
    if not 2 <= len(said) <= 3:
        return []
    if not all(map(_syllable, said)):
        return []
    parts = [_apart(word) for word in said]
    if not any(parts):
        return []
    return [syllable for word, part in zip(said, parts, strict=True) for syllable in (part.split() or [word])]


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
    tens = _tens(Same(words))
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
    first = _first_of(Same(words))
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
                last, meant = _cut_off(Same(words)).get((*said[n:-1], said[-1][:4]), ("", None))
                whole = meant if last.startswith(said[-1]) else None  # ... joint stock compan
            if whole is not None:
                out.append(whole)
                n += size
                break
        else:
            out.append(said[n])
            n += 1
    return out


@lru_cache(maxsize=4)
def _first_of(same: Same) -> Mapping[str, tuple[int, ...]]:
    """First words of phrases, with the lengths of the phrases, longest first."""
    sizes: dict[str, set[int]] = {}
    for phrase in same.words.phrases:
        sizes.setdefault(phrase[0], set()).add(len(phrase))
    return {word: tuple(sorted(found, reverse=True)) for word, found in sizes.items()}


@lru_cache(maxsize=4)
def _cut_off(same: Same) -> Mapping[tuple[str, ...], tuple[str, str]]:
    """Phrases with their last word cut to four letters: that word in full, and the word the phrase stands for."""
    return {
        (*phrase[:-1], phrase[-1][:4]): (phrase[-1], word)
        for phrase, word in same.words.phrases.items()
        if len(phrase) > 2 and len(phrase[-1]) > 4
    }


@lru_cache(maxsize=4)
def _tens(same: Same) -> Mapping[str, str]:
    """The words for twenty, thirty ..."""
    return {word: value for word, value in same.words.numbers.items() if len(value) == 2 and value[1] == "0"}


def rows(split: Split, lexicon: Lexicon) -> Names:
    """The columns of split names."""
    flat, at = split.words, split.at
    kinds = lexicon.traits[flat]
    little = (kinds & np.uint16(Trait.PARTICLE)) != 0
    traits = np.zeros(len(at) - 1, dtype=np.uint8)
    for bit, trait in ((KOREAN_NAME, Trait.KOREAN), (CHINESE_NAME, Trait.CHINESE)):
        fits = ((kinds & np.uint16(trait)) != 0) | little
        whole = _each(np.logical_and, fits, at) & (np.diff(at) > 1)
        traits |= np.where(whole, np.uint8(bit), np.uint8(0))
    return Names(
        words=flat,
        at=at,
        name=split.name,
        traits=traits,
        ways=split.ways,
        total=_each(np.add, lexicon.weights[flat], at).astype(np.float32),
    )


def lightest_first(names: Names) -> Names:
    """The rows in the order of their weight."""
    order = np.argsort(names.total, kind="stable")
    sizes = np.diff(names.at)[order]
    at = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    places = np.repeat(names.at[:-1][order] - at[:-1], sizes) + np.arange(at[-1])
    return Names(
        words=names.words[places],
        at=at,
        name=names.name[order],
        traits=names.traits[order],
        ways=names.ways[order],
        total=names.total[order],
    )


def _each(operation: np.ufunc, values: NDArray[Any], at: NDArray[np.int64]) -> NDArray[Any]:
    """An operation over the values of each row; every row has at least one."""
    if not len(values):
        return values
    result: NDArray[Any] = operation.reduceat(values, at[:-1])
    return result
