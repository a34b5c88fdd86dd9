"""Two names word by word: which word of one stands for which of the other."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from seawall.match.alike import INITIAL, Memo, bits, likenesses, spelled, value
from seawall.match.kernels import kernel
from seawall.match.lexicon import Lexicon, Trait
from seawall.match.measure import FEATURES, measure, whole
from seawall.match.names import MOST_WORDS
from seawall.match.spelling import LONGEST

_WHOLE, _MIDDLES = FEATURES.index("whole"), FEATURES.index("middles")
_MOST_JOINS = 96
_REMEMBERED = 1 << 16
"""Pairs of words whose likeness is remembered: most pairs of names have words that other pairs have."""
_FEW = 5
"""In names of at most so many words, any two of them may stand written as one; in longer names only neighbours."""

_STRANGE = 4
"""Bits of the sounds that two words and the one that they may be written as can differ in."""
_UNJOINED = int(Trait.NUMBER | Trait.ABJAD | Trait.INITIAL)


@kernel
def compare(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], both: int, ways: tuple[int, int], least: float,
    scratch: Any, out: NDArray[np.float32], pairs: NDArray[np.int16], likes: NDArray[np.float32],
) -> int:  # fmt: skip
    """Align the words x of one name with the words y of another, best pairs first, and measure what it says.

    `both` are the languages that both can be of, `ways` how either was read (`names.Names`). `out` receives the
    features in the order of `measure.FEATURES`. `pairs` (rows of: word of x, second word or -1, word of y, second word
    or -1) and `likes` receive what was aligned; the result is how many pairs there are, or -1 and nothing more where
    the share of both names that can agree is below `least`. `scratch` remembers words of a and b: it serves no others.
    """
    rows, table, used, _, sounds, joins, joined, memo = scratch
    n, m = min(x.size, MOST_WORDS), min(y.size, MOST_WORDS)
    x, y, alone = x[:n], y[:m], table[:n, :m]
    likenesses(a, x, b, y, both, rows, memo, alone)
    size = _joins(b, y, a, x, alone.T, 2, scratch, _joins(a, x, b, y, alone, 0, scratch, 0))
    if least > 0.0:
        most = _most(a, x, alone, joins[:size, :2], joined) + _most(b, y, alone.T, joins[:size, 2:], joined)
        if 0.5 * most < least:
            return -1
    count = _assign(a, x, b, y, n, m, table, used, joins[:size], joined, pairs, likes)
    measure(a, x, b, y, n, m, count, used, pairs, likes, out)
    as_one = whole(a, x, b, y, n, m, sounds, rows) if out[0] < 0.999 else 1.0
    out[_WHOLE] = max(0.0, as_one - 0.75) * 4.0
    if ways[0] != ways[1]:
        out[_MIDDLES + max(ways[0], ways[1])] = 1.0
    return count


@kernel
def _most(
    a: Lexicon, x: NDArray[np.int32], table: NDArray[np.float32], joins: NDArray[np.int16], joined: NDArray[np.float32]
) -> float:
    """The share of a name that agrees if each word has its best partner, whoever else has it."""
    agreed, total = 0.0, 0.0
    for i in range(table.shape[0]):
        best = 0.0
        for j in range(table.shape[1]):
            best = max(best, table[i, j])
        for k in range(joins.shape[0]):
            if i in (joins[k, 0], joins[k, 1]):
                best = max(best, joined[k])
        agreed += a.weights[x[i]] * value(best)
        total += a.weights[x[i]]
    return float(agreed / total)


@kernel
def _joins(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], table: NDArray[np.float32], side: int,
    scratch: Any, size: int,
) -> int:  # fmt: skip
    """Two of the words x written as one of the words y, or as its two letters; `table` is how alike each x is with each
    y. Puts what is found into `joins`, with the two words in the columns from `side`; gives how many there are.
    """
    joins, joined = scratch[5], scratch[6]
    n = x.size
    for j in range(y.size if n >= 2 else 0):
        word = y[j]
        length = b.code_at[word + 1] - b.code_at[word]
        if length < 2 or length == 3 or b.traits[word] & _UNJOINED or table[:, j].max() >= 0.9:
            continue
        apart = n <= _FEW and n > y.size and length >= 6
        spare, mask = length // 5, b.masks[word]
        for i in range(n):
            if length > 2 and (
                a.code_at[x[i] + 1] - a.code_at[x[i]] > length + spare or bits(a.masks[x[i]] & ~mask) > _STRANGE
            ):
                continue
            for i2 in range(0 if apart else i + 1, n if apart else min(i + 2, n)):
                if i == i2 or size == joins.shape[0] or (a.traits[x[i]] | a.traits[x[i2]]) & _UNJOINED:
                    continue
                long = a.code_at[x[i] + 1] - a.code_at[x[i]] + a.code_at[x[i2] + 1] - a.code_at[x[i2]]
                like, near = 0.0, i2 == i + 1
                if length == 2:
                    like = float(INITIAL) if near and long > 4 and _begin(b, word, a, x[i], x[i2]) else 0.0
                elif abs(long - length) <= 1 + spare and bits((a.masks[x[i]] | a.masks[x[i2]]) ^ mask) <= _STRANGE:
                    like = (0.98 if near else 0.95) * _as_one(a, x[i], x[i2], b, word, scratch)
                if like > max(table[i, j], table[i2, j]):
                    joins[size, side], joins[size, side + 1] = i, i2
                    joins[size, 2 - side], joins[size, 3 - side] = j, -1
                    joined[size] = like
                    size += 1
    return size


@kernel
def _as_one(a: Lexicon, i: int, i2: int, b: Lexicon, word: int, scratch: Any) -> float:
    """How alike two words written as one are with a third."""
    rows, letters, sounds = scratch[0], scratch[3], scratch[4]
    long, heard = _write(a, i, i2, letters, sounds)
    return spelled(
        letters[:long], b.codes[b.code_at[word] : b.code_at[word + 1]], sounds[0, :heard],
        b.folds[b.fold_at[word] : b.fold_at[word + 1]], 0.0, rows,
    )  # fmt: skip


@kernel
def _write(a: Lexicon, i: int, i2: int, letters: NDArray[np.uint8], sounds: NDArray[np.uint8]) -> tuple[int, int]:
    """Write two words as one; gives how many letters and sounds it has. Sounds that meet and are the same are one."""
    n, m = 0, 0
    for w in (i, i2):
        for p in range(a.code_at[w], a.code_at[w + 1]):
            letters[n] = a.codes[p]
            n += 1
        for p in range(a.fold_at[w], a.fold_at[w + 1]):
            if m == 0 or sounds[0, m - 1] != a.folds[p]:
                sounds[0, m] = a.folds[p]
                m += 1
    return n, m


@kernel
def _begin(b: Lexicon, word: int, a: Lexicon, i: int, i2: int) -> bool:
    """Whether the two letters of a word are those that words i and i2 begin with."""
    p = b.code_at[word]
    return bool(b.codes[p] == a.codes[a.code_at[i]] and b.codes[p + 1] == a.codes[a.code_at[i2]])


@kernel
def _assign(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], n: int, m: int, table: NDArray[np.float32],
    used: NDArray[np.uint8], joins: NDArray[np.int16], joined: NDArray[np.float32], pairs: NDArray[np.int16],
    likes: NDArray[np.float32],
) -> int:  # fmt: skip
    """The best pairs first, each word once."""
    used[:] = 0
    count = 0
    while True:
        best, like, i, i2, j, j2 = 0.0, 0.0, -1, -1, -1, -1
        for p in range(n):
            if used[0, p]:
                continue
            for q in range(m):
                if used[1, q] or table[p, q] <= 0.0:
                    continue
                gain = value(table[p, q]) * (a.weights[x[p]] + b.weights[y[q]] + 0.01) - 0.001 * abs(p - q)
                if gain > best:
                    best, like, i, i2, j, j2 = gain, table[p, q], p, -1, q, -1
        for k in range(joins.shape[0]):
            p, p2, q, q2 = joins[k, 0], joins[k, 1], joins[k, 2], joins[k, 3]
            if used[0, p] or used[1, q] or (p2 >= 0 and used[0, p2]) or (q2 >= 0 and used[1, q2]):
                continue
            weight = a.weights[x[p]] + b.weights[y[q]]
            weight += a.weights[x[p2]] if p2 >= 0 else b.weights[y[q2]]
            gain = value(joined[k]) * (weight + 0.01) - 0.001 * abs(p - q)
            if gain > best:
                best, like, i, i2, j, j2 = gain, joined[k], p, p2, q, q2
        if i < 0:
            return count
        used[0, i] = used[1, j] = 1
        if i2 >= 0:
            used[0, i2] = 1
        if j2 >= 0:
            used[1, j2] = 1
        pairs[count, 0], pairs[count, 1], pairs[count, 2], pairs[count, 3] = i, i2, j, j2
        likes[count] = like
        count += 1


def scratch() -> Any:
    """The room that one thread works in, for words of the same two lexicons."""
    return (
        np.zeros((3, 2 * LONGEST + 1), dtype=np.float32),
        np.zeros((MOST_WORDS, MOST_WORDS), dtype=np.float32),
        np.zeros((2, MOST_WORDS), dtype=np.uint8),
        np.zeros(4 * LONGEST, dtype=np.uint8),
        np.zeros((2, 4 * LONGEST), dtype=np.uint8),
        np.zeros((_MOST_JOINS, 4), dtype=np.int16),
        np.zeros(_MOST_JOINS, dtype=np.float32),
        Memo(np.zeros(_REMEMBERED, dtype=np.uint64), np.zeros(_REMEMBERED, dtype=np.float32)),
    )
