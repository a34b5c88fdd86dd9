"""Rows asked to scored pairs of rows, in one pass over columns: candidates, features, log-odds."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seawall.match.align import compare
from seawall.match.kernels import kernel
from seawall.match.lexicon import Lexicon
from seawall.match.measure import FEATURES
from seawall.match.names import MOST_WORDS, Names
from seawall.match.postings import Postings
from seawall.match.rooms import Room
from seawall.match.searching import LEAST_SHARE, search

SIZE = len(FEATURES)
_EXACT, _LITTLE, _PINYIN = FEATURES.index("exact"), FEATURES.index("little"), FEATURES.index("pinyin")
PART = 0.46
"""Names of which less than this share agrees, by words found near each other, are at best a faint hit, ..."""
PARTIAL = np.float32(-1.2)
"""... with log-odds of at most this, so that they need not be compared in full when such hits are not wanted."""
FAINT = 0.44
"""Names of which at most this share can agree have log-odds below `PARTIAL` whatever else is known of them."""

SAME = np.float32(2.2)
"""Log-odds of a name that reads the same, however common it is: whoever bears it has to be looked at (0.9)."""
NUMBERED = 0.97
"""The score of an equal number alone: registers err and numbers are lent, so a name that agrees adds to it."""


def logit(score: float) -> float:
    """The log-odds of a score; those of 0 and 1 are finite."""
    score = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(score / (1 - score))


def chance(odds: float) -> float:
    """The score of log-odds."""
    return 1 / (1 + math.exp(-odds)) if odds > -30 else 0.0


@kernel
def score_rows(
    asked: Names, lexicon: Lexicon, near: Any, floors: NDArray[np.float32],
    schemata: NDArray[np.uint32], listed: Names, their: Lexicon, where: Postings, kinds: NDArray[np.uint8],
    discounts: NDArray[np.float32], weights: NDArray[np.float32], candidates: int, scratch: Any,
    room: Room,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:  # fmt: skip
    """The pairs of rows, one asked and one listed, whose log-odds reach `floors` of the row asked.

    `schemata` says per row asked, as bits, what kinds of thing it can be; `kinds` per row listed what kind it is;
    `discounts` is added per row listed (weak aliases). `weights` are of `FEATURES` and last the constant.
    """
    least = np.where(floors > PARTIAL, PART, LEAST_SHARE).astype(np.float32)
    rows, shares, at = search(asked, lexicon, near, listed, their, where, candidates, least, schemata, kinds, room)
    left = np.empty(rows.size, dtype=np.int32)
    right = np.empty(rows.size, dtype=np.int32)
    odds = np.empty(rows.size, dtype=np.float32)
    features = np.empty(SIZE, dtype=np.float32)
    pairs = np.empty((MOST_WORDS, 4), dtype=np.int16)
    likes = np.empty(MOST_WORDS, dtype=np.float32)
    size = 0
    for a in range(asked.at.size - 1):
        x = asked.words[asked.at[a] : asked.at[a + 1]]
        for k in range(at[a], at[a + 1]):
            b = rows[k]
            most = PARTIAL if shares[k] < PART else np.float32(1e9)
            y = listed.words[listed.at[b] : listed.at[b + 1]]
            both, ways = asked.traits[a] & listed.traits[b], (asked.ways[a], listed.ways[b])
            faint = FAINT if floors[a] > PARTIAL else 0.0
            if compare(lexicon, x, their, y, both, ways, faint, scratch, features, pairs, likes) < 0:
                continue
            found = min(odds_of(features, weights) + discounts[b], most)
            if found >= floors[a]:
                left[size], right[size], odds[size] = a, b, found
                size += 1
    return left[:size].copy(), right[:size].copy(), odds[:size].copy()


@kernel
def odds_of(features: NDArray[np.float32], weights: NDArray[np.float32]) -> float:
    """The log-odds of features."""
    found = weights[SIZE]
    for k in range(SIZE):
        found += weights[k] * features[k]
    if features[_EXACT] >= 0.999 and features[_LITTLE] >= 0.5 and not features[_PINYIN:].any():
        found = max(found, SAME)  # every word of both names agrees
    return float(found)


@kernel
def explain(
    asked: Names, lexicon: Lexicon, listed: Names, their: Lexicon, left: NDArray[np.int32], right: NDArray[np.int32],
    scratch: Any,
) -> tuple[NDArray[np.float32], NDArray[np.int16], NDArray[np.float32], NDArray[np.int32]]:  # fmt: skip
    """Of pairs of rows, `left[k]` of those asked and `right[k]` of those listed: the features, and what was aligned
    (`align.compare`: pairs, likenesses, how many).
    """
    features = np.empty((left.size, SIZE), dtype=np.float32)
    pairs = np.zeros((left.size, MOST_WORDS, 4), dtype=np.int16)
    likes = np.zeros((left.size, MOST_WORDS), dtype=np.float32)
    counts = np.empty(left.size, dtype=np.int32)
    for k in range(left.size):
        a, b = left[k], right[k]
        counts[k] = compare(
            lexicon, asked.words[asked.at[a] : asked.at[a + 1]], their, listed.words[listed.at[b] : listed.at[b + 1]],
            asked.traits[a] & listed.traits[b], (asked.ways[a], listed.ways[b]), 0.0, scratch, features[k], pairs[k],
            likes[k],
        )  # fmt: skip
    return features, pairs, likes, counts
