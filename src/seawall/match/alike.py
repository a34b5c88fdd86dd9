"""How alike two words are: by a key they share, by their letters and sounds, or by their consonants alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from seawall.match.kernels import kernel
from seawall.match.lexicon import CHINESE, KINSHIP, KOREAN, Lexicon, Trait
from seawall.match.spelling import distance, encode, plain_distance

LEAST = 0.58
"""Words less alike than this are different words."""
INITIAL = np.float32(0.80)
"""How alike a word and its initial are."""
FAR = 0.42
"""Words whose sounds differ in more than this share (and half a sound) are different words."""
KOREAN_NAME, CHINESE_NAME = 1, 2

_ABJAD, _NUMBER, _LETTER, _PLACE = int(Trait.ABJAD), int(Trait.NUMBER), int(Trait.INITIAL), int(Trait.PLACE)
_ODD = _ABJAD | _NUMBER | _LETTER
_A, _O = encode("a")[0], encode("o")[0]
GENDERS = 0.82
"""How alike words are at most that differ as names of men and women do: Mario and Maria, Volkov and Volkova."""


@kernel
def _kin(a: Lexicon, i: int, b: Lexicon, j: int, both: int) -> float:
    """How alike two words are by a key they share, 0 if they share none."""
    best = np.float32(0.0)
    if not a.blooms[i] & b.blooms[j]:
        return 0.0
    p, q = a.key_at[i], b.key_at[j]
    while p < a.key_at[i + 1] and q < b.key_at[j + 1]:
        x, y = a.keys[p], b.keys[q]
        if x == y:
            kind = x & np.uint64(7)
            if (kind != KOREAN or both & KOREAN_NAME) and (kind != CHINESE or both & CHINESE_NAME):
                best = max(best, KINSHIP[kind])
            p += 1
            q += 1
        elif x < y:
            p += 1
        else:
            q += 1
    return float(best)


@kernel
def bits(mask: np.uint64) -> np.uint64:
    """How many bits are set (H. S. Warren, Hacker's Delight, 5-1)."""
    mask = mask - ((mask >> np.uint64(1)) & np.uint64(0x5555555555555555))
    mask = (mask & np.uint64(0x3333333333333333)) + ((mask >> np.uint64(2)) & np.uint64(0x3333333333333333))
    mask = (mask + (mask >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (mask * np.uint64(0x0101010101010101)) >> np.uint64(56)


@kernel
def alike(a: Lexicon, i: int, b: Lexicon, j: int, both: int, rows: NDArray[np.float32]) -> float:
    """How alike word i of a and word j of b are, 1 if equal and 0 if below `LEAST`. `both` are the traits that the two
    names share; the sounds of a language count only between names that can be of it.
    """
    if a.hashes[i] == b.hashes[j]:
        return 1.0
    ta, tb = a.traits[i], b.traits[j]
    best = _kin(a, i, b, j, both)
    if ta & tb & _PLACE and a.places[i] != b.places[j]:
        return best  # Iran is not a misspelt Iraq
    if (ta | tb) & _NUMBER:
        return best
    if (ta ^ tb) & _ABJAD or ta & tb & _ABJAD:
        return max(
            best, _bones(a.bones[a.bone_at[i] : a.bone_at[i + 1]], b.bones[b.bone_at[j] : b.bone_at[j + 1]], rows)
        )
    if (ta | tb) & _LETTER:
        if a.codes[a.code_at[i]] == b.codes[b.code_at[j]]:
            best = max(best, float(INITIAL))
        return best
    if _apart(a.masks[i], a.fold_at[i + 1] - a.fold_at[i], b.masks[j], b.fold_at[j + 1] - b.fold_at[j]):
        return best if best >= LEAST else 0.0
    x, y = a.codes[a.code_at[i] : a.code_at[i + 1]], b.codes[b.code_at[j] : b.code_at[j + 1]]
    fx, fy = a.folds[a.fold_at[i] : a.fold_at[i + 1]], b.folds[b.fold_at[j] : b.fold_at[j + 1]]
    return spelled(x, y, fx, fy, best, rows)


class Memo(NamedTuple):
    """Likenesses of pairs of words by a hash of the pair, each in one place only; as many as a power of two. 0 is no
    key.
    """

    keys: NDArray[np.uint64]
    likes: NDArray[np.float32]


@kernel
def likenesses(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], both: int, rows: NDArray[np.float32],
    memo: Memo, table: NDArray[np.float32],
) -> None:  # fmt: skip
    """Fill `table` with how alike each word x is with each word y: `alike`, from `memo` where it is there. A memo is of
    one a and one b. Most words are told apart here, without a call.
    """
    for p in range(x.size):
        i = x[p]
        hashed, mask, traits, bloom = a.hashes[i], a.masks[i], a.traits[i], a.blooms[i]
        heard = a.fold_at[i + 1] - a.fold_at[i]
        for q in range(y.size):
            j = y[q]
            if hashed == b.hashes[j]:
                table[p, q] = 1.0
                continue
            plain = not ((traits | b.traits[j]) & _ODD or bloom & b.blooms[j])
            if plain and _apart(mask, heard, b.masks[j], b.fold_at[j + 1] - b.fold_at[j]):
                table[p, q] = 0.0
                continue
            key = (np.uint64(i + 1) << np.uint64(34)) | (np.uint64(j) << np.uint64(2)) | np.uint64(both)
            mixed = key * np.uint64(0x9E3779B97F4A7C15)
            place = (mixed ^ (mixed >> np.uint64(32))) & np.uint64(memo.keys.size - 1)
            if memo.keys[place] != key:
                memo.keys[place] = key
                memo.likes[place] = alike(a, i, b, j, both, rows)
            table[p, q] = memo.likes[place]


@kernel
def _apart(mask: np.uint64, heard: int, other: np.uint64, theirs: int) -> bool:
    """Whether the sounds of two words, as bits and how many there are, differ too much for the words to be alike. A
    sound that differs changes two bits at most; a sound more is one apart. Cut-off words are the exception.
    """
    far = FAR * 0.5 * (heard + theirs) + 0.5
    return bool(bits(mask ^ other) > 2.0 * far or (abs(heard - theirs) > far and mask & ~other and other & ~mask))


@kernel
def spelled(
    x: NDArray[np.uint8], y: NDArray[np.uint8], fx: NDArray[np.uint8], fy: NDArray[np.uint8], best: float,
    rows: NDArray[np.float32],
) -> float:  # fmt: skip
    """How alike two words are by their letters and by their sounds, at least `best`; 0 if below `LEAST`."""
    long, short = max(x.size, y.size), min(x.size, y.size)
    kin = best
    sound = 0.5 * (fx.size + fy.size)
    if sound:
        cost = plain_distance(fx, fy, rows, FAR * sound + 0.5)
        if cost <= FAR * sound + 0.5:
            best = max(best, 0.96 * (1.0 - cost / sound))
            mean = 0.5 * (x.size + y.size)
            allowed = (1.0 - max(best, LEAST)) * mean
            cost = distance(x, y, rows, allowed)
            if cost < allowed:
                best = max(best, 1.0 - cost / mean)
    if long <= 4 and best < 0.96:
        best -= 0.05  # a short word with a letter changed is another word more often than a long one
    if short >= 4 and long > short and best < 0.75 and _same(x, y, short):
        best = 0.75  # cut off or abbreviated
    if best > GENDERS and short >= 4 and _of_two_genders(x, y):
        best = max(kin, GENDERS)
    return best if best >= LEAST else 0.0


@kernel
def _of_two_genders(x: NDArray[np.uint8], y: NDArray[np.uint8]) -> bool:
    """Whether two words are the same but that one ends in a where the other ends in o or before the a."""
    short = min(x.size, y.size)
    if abs(x.size - y.size) == 1:
        longer = x if x.size > y.size else y
        return bool(longer[short] == _A and _same(x, y, short))
    ends = x[-1] + y[-1] == _A + _O and x[-1] != y[-1]
    return bool(x.size == y.size and ends and _same(x, y, short - 1))


@kernel
def _same(x: NDArray[np.uint8], y: NDArray[np.uint8], size: int) -> bool:
    """Whether two words begin with the same letters, so many of them."""
    n = 0
    while n < size and x[n] == y[n]:
        n += 1
    return n == size


@kernel
def _bones(x: NDArray[np.uint8], y: NDArray[np.uint8], rows: NDArray[np.float32]) -> float:
    """How alike two words are by their consonants: the fewer there are, the less it says."""
    if x.size == 0 or y.size == 0:
        return 0.0
    mean = 0.5 * (x.size + y.size)
    cost = plain_distance(x, y, rows, 2.0)
    if cost > 2.0:
        return 0.0
    found = (0.94 if mean >= 3 else 0.90 if mean >= 2 else 0.78) - 1.1 * cost / (mean + 1.0)
    return found if found >= LEAST else 0.0


@kernel
def value(likeness: float) -> float:
    """What likeness of two words is worth, 0 to 1."""
    if likeness >= 1.0:
        return 1.0
    if likeness <= 0.5:
        return 0.0
    return float(((likeness - 0.5) / 0.5) ** 1.35)
