"""How alike two words are by spelling: an edit distance in which letters that transliteration mixes up cost less.

A word is an array of codes, `a` to `z` 1 to 26 and `0` to `9` 27 to 36, so that kernels need no strings.
Restricted Damerau-Levenshtein (optimal string alignment) with costs per pair of letters; costs lie in [0, 1].
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seawall.match.kernels import kernel

Codes = NDArray[np.uint8]

LONGEST = 32
"""Letters of a word that are compared; the rest of a longer word is not looked at."""

_CHEAP: tuple[tuple[str, float], ...] = (
    # One sound written with either letter in the romanisations of Arabic, Korean, Russian, Chinese, Persian.
    ("aeiouy", 0.45),
    ("ei", 0.30),
    ("iy", 0.20),
    ("ou", 0.25),
    ("ae", 0.35),
    ("ckq", 0.20),
    ("gkq", 0.45),
    ("gj", 0.40),
    ("sz", 0.40),
    ("cs", 0.45),
    ("vw", 0.25),
    ("bpv", 0.50),
    ("fvp", 0.55),
    ("dt", 0.45),
    ("dz", 0.50),
    ("jy", 0.45),
    ("jz", 0.50),
    ("lr", 0.50),
    ("mn", 0.70),
    ("uw", 0.40),
    ("cx", 0.60),
    ("hx", 0.60),
    ("hk", 0.60),
)
_LIGHT: dict[str, float] = {"h": 0.40, "a": 0.55, "e": 0.50, "i": 0.55, "o": 0.60, "u": 0.60, "y": 0.55, "w": 0.75}


def encode(word: str) -> bytes:
    """The codes of a word of letters and digits, at most `LONGEST`."""
    return word[:LONGEST].encode("ascii").translate(_CODES)


def _codes() -> bytes:
    table = bytearray(256)
    for n in range(26):
        table[ord("a") + n] = 1 + n
    for n in range(10):
        table[ord("0") + n] = 27 + n
    return bytes(table)


_CODES = _codes()


def _changes() -> NDArray[np.float32]:
    costs = np.ones((37, 37), dtype=np.float32)
    for letters, cost in _CHEAP:
        for a in letters:
            for b in letters:
                i, j = encode(a)[0], encode(b)[0]
                costs[i, j] = min(costs[i, j], cost)
    np.fill_diagonal(costs, 0.0)
    return costs


def _losses() -> NDArray[np.float32]:
    costs = np.ones(37, dtype=np.float32)
    for letter, cost in _LIGHT.items():
        costs[encode(letter)[0]] = cost
    return costs


CHANGE = _changes()
"""What it costs that one letter stands for another."""
LOSS = _losses()
"""What it costs that a letter is left out or put in."""
_DOUBLE = np.float32(0.20)
_SWAP = np.float32(0.75)


@kernel
def distance(a: Codes, b: Codes, rows: NDArray[np.float32], most: float) -> float:
    """The cost of turning one word into the other; more than `most` is only known to be more. `rows` is scratch
    of 3 x (LONGEST * 2 + 1).
    """
    n, m = a.size, b.size
    before, above, here = 0, 1, 2
    passed = 0.0
    rows[above, 0] = 0.0
    for j in range(m):
        rows[above, j + 1] = rows[above, j] + (_DOUBLE if j > 0 and b[j] == b[j - 1] else LOSS[b[j]])
    for i in range(n):
        lost = _DOUBLE if i > 0 and a[i] == a[i - 1] else LOSS[a[i]]
        rows[here, 0] = rows[above, 0] + lost
        least = rows[here, 0]
        for j in range(m):
            added = _DOUBLE if j > 0 and b[j] == b[j - 1] else LOSS[b[j]]
            best = rows[above, j] + CHANGE[a[i], b[j]]
            best = min(best, rows[above, j + 1] + lost, rows[here, j] + added)
            if i > 0 and j > 0 and a[i] == b[j - 1] and a[i - 1] == b[j] and a[i] != b[j]:
                best = min(best, rows[before, j - 1] + _SWAP)
            rows[here, j + 1] = best
            least = min(least, best)
        if min(least, passed) > most:  # a swap reaches over a row
            return float(min(least, passed))
        passed = least
        before, above, here = above, here, before
    return float(rows[above, m])


@kernel
def plain_distance(a: Codes, b: Codes, rows: NDArray[np.float32], most: float) -> float:
    """The same with every change, loss and swap at 1, for words already folded to sounds."""
    n, m = a.size, b.size
    before, above, here = 0, 1, 2
    passed = 0.0
    for j in range(m + 1):
        rows[above, j] = j
    for i in range(n):
        rows[here, 0] = i + 1
        least = rows[here, 0]
        for j in range(m):
            best = rows[above, j] + (0.0 if a[i] == b[j] else 1.0)
            best = min(best, rows[above, j + 1] + 1.0, rows[here, j] + 1.0)
            if i > 0 and j > 0 and a[i] == b[j - 1] and a[i - 1] == b[j]:
                best = min(best, rows[before, j - 1] + 1.0)
            rows[here, j + 1] = best
            least = min(least, best)
        if min(least, passed) > most:
            return float(min(least, passed))
        passed = least
        before, above, here = above, here, before
    return float(rows[above, m])


@kernel
def pattern(word: Codes, masks: NDArray[np.uint64]) -> None:
    """Where each letter stands in a word, as bits, for `apart`. `masks` has a place for each of 37 codes."""
    masks[:] = np.uint64(0)
    for n in range(word.size):
        masks[word[n]] |= np.uint64(1) << np.uint64(n)


@kernel
def apart(masks: NDArray[np.uint64], size: int, word: Codes) -> int:
    """`plain_distance` of the word of `pattern`, of `size` letters (1 to 64), and another, bit by bit.

    H. Hyyroe, A bit-vector algorithm for computing Levenshtein and Damerau edit distances (2003).
    """
    one = np.uint64(1)
    plus, minus, diagonal, last = ~np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    top = one << np.uint64(size - 1)
    found = size
    for n in range(word.size):
        here = masks[word[n]]
        swapped = (((~diagonal) & here) << one) & last
        diagonal = swapped | (((here & plus) + plus) ^ plus) | here | minus
        more = minus | ~(diagonal | plus)
        less = diagonal & plus
        if more & top:
            found += 1
        if less & top:
            found -= 1
        more = (more << one) | one
        less = less << one
        plus = less | ~(diagonal | more)
        minus = more & diagonal
        last = here
    return found
