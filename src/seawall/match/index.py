"""The index: every listed name as a row of character n-grams, so that likely names are found without comparing all."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sparse_dot_topn import sp_matmul_topn

from seawall.match.identifiers import normal_id
from seawall.match.text import fold, is_abjad, normalise, skeleton
from seawall.model import Entity, Name
from seawall.tables.words import Words

CANDIDATES = 40
"""Listed names compared for each name asked. The true one is among them for over 99 % of misspelt names."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A name ready to compare: its words, the weight of each, and whether its script leaves vowels out."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    abjad: bool
    joined: str


@dataclass(frozen=True, slots=True)
class Index:
    """Entities, their names, and the matrix of n-grams (names x grams, rows of length 1)."""

    entities: tuple[Entity, ...]
    names: tuple[Name, ...]
    owners: NDArray[np.int64]
    tokens: tuple[Tokens, ...]
    matrix: sp.csr_matrix
    vocabulary: Mapping[str, int]
    rarity: NDArray[np.float64]
    counts: Mapping[str, int]
    identifiers: Mapping[tuple[str, str], tuple[int, ...]]
    words: Words


def build(entities: Sequence[Entity], words: Words) -> Index:
    """Index the names and identifiers of entities."""
    pairs = [(n, name) for n, entity in enumerate(entities) for name in entity.names if normalise(name.text)]
    normal = [normalise(name.text).split() for _, name in pairs]
    counts = Counter(token for tokens in normal for token in set(tokens))
    tokens = tuple(
        tokenise(name.text, counts, len(pairs), words, split) for (_, name), split in zip(pairs, normal, strict=True)
    )
    grams = [Counter(_grams(t)) for t in tokens]
    frequency = Counter(gram for row in grams for gram in row)
    vocabulary = {gram: n for n, gram in enumerate(frequency)}
    rarity = np.array([math.log(1 + len(grams) / count) for count in frequency.values()])
    identifiers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, entity in enumerate(entities):
        for item in entity.identifiers:
            for kind in (item.kind.value, ""):
                key = (kind, normal_id(item.value))
                if n not in identifiers[key]:
                    identifiers[key].append(n)
    return Index(
        entities=tuple(entities),
        names=tuple(name for _, name in pairs),
        owners=np.array([n for n, _ in pairs], dtype=np.int64),
        tokens=tokens,
        matrix=_rows(grams, vocabulary, rarity),
        vocabulary=vocabulary,
        rarity=rarity,
        counts=counts,
        identifiers={key: tuple(found) for key, found in identifiers.items()},
        words=words,
    )


def tokenise(
    text: str, counts: Mapping[str, int], total: int, words: Words, split: Sequence[str] | None = None
) -> Tokens:
    """The words of a name without titles, each weighed by how rare it is on the list and how much it can say."""
    given = list(split) if split is not None else normalise(text).split()
    kept = [word for word in given if word not in words.titles] or given
    return Tokens(
        words=tuple(kept),
        weights=tuple(_weight(word, counts.get(word, 0), total, words) for word in kept),
        abjad=is_abjad(text),
        joined="".join(kept),
    )


def _weight(word: str, count: int, total: int, words: Words) -> float:
    rare = math.log(1 + total / (1 + count)) / math.log(1 + max(total, 2))
    share = 0.35 + 0.65 * rare
    if word in words.legal_forms:
        return 0.08
    if word in words.particles or (len(word) == 1 and word not in words.canonical):
        return 0.2 * share
    if word in words.generic:
        return 0.35 * share
    return share


def candidates(index: Index, queries: Sequence[Tokens]) -> sp.csr_matrix:
    """The most similar listed names of each query, a matrix of queries x names with cosines. Rows do not
    depend on one another.
    """
    asked = _rows([Counter(_grams(t)) for t in queries], index.vocabulary, index.rarity)
    found: sp.csr_matrix = sp_matmul_topn(asked, index.matrix.T.tocsr(), top_n=CANDIDATES, threshold=0.12, sort=True)
    return found


def _grams(tokens: Tokens) -> Iterable[str]:
    """Two- and three-letter grams of each word, of its sound, and two-letter ones of its consonants."""
    for word in tokens.words:
        yield from _cut(f" {word} ", 2)
        yield from _cut(f" {word} ", 3)
        yield from ("~" + gram for gram in _cut(f" {fold(word)} ", 2))
        bones = skeleton(word)
        if len(bones) > 1:
            yield from ("^" + gram for gram in _cut(f" {bones} ", 2))


def _cut(text: str, size: int) -> Iterable[str]:
    return (text[n : n + size] for n in range(len(text) - size + 1))


def _rows(
    grams: Sequence[Mapping[str, int]], vocabulary: Mapping[str, int], rarity: NDArray[np.float64]
) -> sp.csr_matrix:
    """Rows of weighted grams, each of length 1; grams not in the vocabulary count in the length only through it."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    unseen = float(rarity.max()) if rarity.size else 1.0
    for row in grams:
        length = 0.0
        start = len(values)
        for gram, count in row.items():
            column = vocabulary.get(gram)
            weight = (1 + math.log(count)) * (unseen if column is None else float(rarity[column]))
            length += weight * weight
            if column is not None:
                columns.append(column)
                values.append(weight)
        scale = 1 / math.sqrt(length) if length else 0.0
        values[start:] = [value * scale for value in values[start:]]
        ends.append(len(values))
    shape = (len(grams), max(len(vocabulary), 1))
    return sp.csr_matrix((np.array(values), np.array(columns, dtype=np.int32), np.array(ends)), shape=shape)
