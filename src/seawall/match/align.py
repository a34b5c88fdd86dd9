"""Two names word by word: how alike words are, which word stands for which, and what of it is evidence."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from seawall.match.kernels import kernel
from seawall.match.lexicon import CHINESE, KINSHIP, KOREAN, Lexicon, Trait
from seawall.match.spelling import LONGEST, distance, plain_distance

MOST_WORDS = 24
"""Words of a name that are compared."""
LEAST = 0.58
"""Words less alike than this are different words."""
INITIAL = 0.80
"""How alike a word and its initial are."""
FAR = 0.42
"""Words whose sounds differ in more than this share (and half a sound) are different words."""

_ABJAD, _NUMBER, _INITIAL = int(Trait.ABJAD), int(Trait.NUMBER), int(Trait.INITIAL)
_LEGAL, _PARTICLE, _GENERIC, _PLACE = int(Trait.LEGAL), int(Trait.PARTICLE), int(Trait.GENERIC), int(Trait.PLACE)
_SAYS_LITTLE = _LEGAL | _PARTICLE | _GENERIC | int(Trait.TITLE)
KOREAN_NAME, CHINESE_NAME = 1, 2

FEATURES = (
    "exact", "same", "close", "near", "far", "faint",
    "asked_missing", "listed_missing", "differing", "little", "enough", "weakest", "numbers", "places",
    "whole", "initials", "order", "skeleton", "spread", "product", "firm", "single",
    "pinyin", "sino_korean", "jyutping", "hangul",
)  # fmt: skip
"""What `compare` measures of two names. The first six are the shares of both names' weight in pairs of words that are
so much alike (`BANDS`); `missing` is the share of one name's weight that has no partner; `differing` the weight that
both lack; `little` and `enough` the weight that agrees up to 0.8 and from there to 1.6; `weakest` the least likeness of
a pair; `spread` the square of the share that does not agree; `product` the share of the one that agrees times that of
the other; `firm` how far the least likeness is above 0.75; `single` whether only one word that says something agrees; the last
four say that one of the two was read so and the other was not."""
BANDS = np.array([0.999, 0.945, 0.89, 0.82, 0.72, 0.0], dtype=np.float32)


@kernel
def _kin(a: Lexicon, i: int, b: Lexicon, j: int, both: int) -> float:
    """How alike two words are by a key they share, 0 if they share none."""
    best = np.float32(0.0)
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
def _bits(mask: np.uint64) -> int:
    count = 0
    while mask:
        mask &= mask - np.uint64(1)
        count += 1
    return count


@kernel
def alike(a: Lexicon, i: int, b: Lexicon, j: int, both: int, rows: NDArray[np.float32]) -> float:
    """How alike word i of a and word j of b are, 1 if equal and 0 if below `LEAST`. `both` are the traits that the two
    names share; the sounds of a language count only between names that can be of it.
    """
    if a.hashes[i] == b.hashes[j]:
        return 1.0
    ta, tb = a.traits[i], b.traits[j]
    best = _kin(a, i, b, j, both)
    if (ta | tb) & _NUMBER:
        return best
    if (ta ^ tb) & _ABJAD or ta & tb & _ABJAD:
        return max(best, _bones(a.bones[a.bone_at[i] : a.bone_at[i + 1]], b.bones[b.bone_at[j] : b.bone_at[j + 1]], rows))
    x, y = a.codes[a.code_at[i] : a.code_at[i + 1]], b.codes[b.code_at[j] : b.code_at[j + 1]]
    if (ta | tb) & _INITIAL:
        return max(best, INITIAL) if x.size and y.size and x[0] == y[0] else best
    fx, fy = a.folds[a.fold_at[i] : a.fold_at[i + 1]], b.folds[b.fold_at[j] : b.fold_at[j + 1]]
    apart = _bits(a.masks[i] ^ b.masks[j])
    if apart > 0.9 * max(fx.size, fy.size) + 1:
        return best if best >= LEAST else 0.0
    return spelled(x, y, fx, fy, best, rows)


@kernel
def spelled(
    x: NDArray[np.uint8], y: NDArray[np.uint8], fx: NDArray[np.uint8], fy: NDArray[np.uint8], best: float,
    rows: NDArray[np.float32],
) -> float:  # fmt: skip
    """How alike two words are by their letters and by their sounds, at least `best`; 0 if below `LEAST`."""
    long, short = max(x.size, y.size), min(x.size, y.size)
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
    if short >= 4 and long > short and best < 0.75:
        same = 0
        while same < short and x[same] == y[same]:
            same += 1
        if same == short:
            best = 0.75  # cut off or abbreviated
    return best if best >= LEAST else 0.0


@kernel
def _bones(x: NDArray[np.uint8], y: NDArray[np.uint8], rows: NDArray[np.float32]) -> float:
    """How alike two words are by their consonants: the fewer there are, the less it says."""
    if x.size == 0 or y.size == 0:
        return 0.0
    mean = 0.5 * (x.size + y.size)
    cost = plain_distance(x, y, rows, 2.0)
    found = (0.94 if mean >= 3 else 0.90 if mean >= 2 else 0.78) - 1.1 * cost / (mean + 1.0)
    return found if found >= LEAST else 0.0


@kernel
def _join(a: Lexicon, i: int, letters: NDArray[np.uint8], sounds: NDArray[np.uint8]) -> tuple[int, int]:
    """Words i and i2 written as one; gives how many letters and sounds."""
    n = 0
    for p in range(a.code_at[i], a.code_at[i + 1]):
        letters[n] = a.codes[p]
        n += 1
    m = 0
    for p in range(a.fold_at[i], a.fold_at[i + 1]):
        sounds[m] = a.folds[p]
        m += 1
    return n, m


@kernel
def _both(
    a: Lexicon, i: int, i2: int, letters: NDArray[np.uint8], sounds: NDArray[np.uint8]
) -> tuple[int, int]:
    n, m = _join(a, i, letters, sounds)
    n2, m2 = _join(a, i2, letters[n:], sounds[m:])
    return n + n2, m + m2


@kernel
def _spells(a: Lexicon, i: int, b: Lexicon, j: int, j2: int) -> bool:
    """Whether the two letters of word i are those that words j and j2 begin with."""
    p = a.code_at[i]
    return bool(a.codes[p] == b.codes[b.code_at[j]] and a.codes[p + 1] == b.codes[b.code_at[j2]])


@kernel
def value(likeness: float) -> float:
    """What likeness of two words is worth, 0 to 1."""
    if likeness >= 1.0:
        return 1.0
    if likeness <= 0.5:
        return 0.0
    return float(((likeness - 0.5) / 0.5) ** 1.35)


@kernel
def compare(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], both: int, ways: tuple[int, int], scratch: Any,
    out: NDArray[np.float32], pairs: NDArray[np.int16], likes: NDArray[np.float32],
) -> int:  # fmt: skip
    """Align the words x of one name with the words y of another, best pairs first, and measure what it says.

    `out` receives the features in the order of `FEATURES`. `pairs` (rows of: word, how many words, word, how many
    words) and `likes` receive what was aligned; the result is how many pairs there are.
    """
    rows, table, used, letters, sounds = scratch
    n, m = min(x.size, MOST_WORDS), min(y.size, MOST_WORDS)
    # table[kind, i, j]: kind 0 one word to one, 1 two of x to one of y, 2 one of x to two of y
    for i in range(n):
        for j in range(m):
            table[0, i, j] = alike(a, x[i], b, y[j], both, rows)
            table[1, i, j] = 0.0
            table[2, i, j] = 0.0
    if n != m or n <= 4:
        for i in range(n - 1):
            if (a.traits[x[i]] | a.traits[x[i + 1]]) & _NUMBER:
                continue
            size, heard = _both(a, x[i], x[i + 1], letters[0], sounds[0])
            for j in range(m):
                length = b.code_at[y[j] + 1] - b.code_at[y[j]]
                if length == 2 and size > 4 and _spells(b, y[j], a, x[i], x[i + 1]):
                    table[1, i, j] = INITIAL
                if b.traits[y[j]] & (_NUMBER | _ABJAD | _INITIAL) or abs(length - size) > 2 or size < 4:
                    continue
                if max(table[0, i, j], table[0, i + 1, j]) < 0.95:
                    table[1, i, j] = 0.98 * spelled(
                        letters[0, :size], b.codes[b.code_at[y[j]] : b.code_at[y[j] + 1]], sounds[0, :heard],
                        b.folds[b.fold_at[y[j]] : b.fold_at[y[j] + 1]], 0.0, rows,
                    )  # fmt: skip
        for j in range(m - 1):
            if (b.traits[y[j]] | b.traits[y[j + 1]]) & _NUMBER:
                continue
            size, heard = _both(b, y[j], y[j + 1], letters[0], sounds[0])
            for i in range(n):
                length = a.code_at[x[i] + 1] - a.code_at[x[i]]
                if length == 2 and size > 4 and _spells(a, x[i], b, y[j], y[j + 1]):
                    table[2, i, j] = INITIAL
                if a.traits[x[i]] & (_NUMBER | _ABJAD | _INITIAL) or abs(length - size) > 2 or size < 4:
                    continue
                if max(table[0, i, j], table[0, i, j + 1]) < 0.95:
                    table[2, i, j] = 0.98 * spelled(
                        a.codes[a.code_at[x[i]] : a.code_at[x[i] + 1]], letters[0, :size],
                        a.folds[a.fold_at[x[i]] : a.fold_at[x[i] + 1]], sounds[0, :heard], 0.0, rows,
                    )  # fmt: skip
    count = _assign(a, x, b, y, n, m, table, used, pairs, likes)
    _measure(a, x, b, y, n, m, count, used, pairs, likes, out)
    whole = _whole(a, x, b, y, n, m, letters, sounds, rows) if out[0] < 0.999 else 1.0
    out[14] = max(0.0, whole - 0.75) * 4.0
    if ways[0] != ways[1]:
        out[21 + max(ways[0], ways[1])] = 1.0
    return count


@kernel
def _assign(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], n: int, m: int, table: NDArray[np.float32],
    used: NDArray[np.uint8], pairs: NDArray[np.int16], likes: NDArray[np.float32],
) -> int:  # fmt: skip
    """The best pairs first, each word once."""
    used[:] = 0
    count = 0
    while True:
        best, kind, bi, bj = 0.0, 0, -1, -1
        for k in range(3):
            wide_x, wide_y = 2 if k == 1 else 1, 2 if k == 2 else 1
            for i in range(n - wide_x + 1):
                if used[0, i] or (wide_x == 2 and used[0, i + 1]):
                    continue
                for j in range(m - wide_y + 1):
                    if table[k, i, j] <= 0.0 or used[1, j] or (wide_y == 2 and used[1, j + 1]):
                        continue
                    weight = a.weights[x[i]] + b.weights[y[j]]
                    if wide_x == 2:
                        weight += a.weights[x[i + 1]]
                    if wide_y == 2:
                        weight += b.weights[y[j + 1]]
                    gain = value(table[k, i, j]) * (weight + 0.01) - 0.001 * abs(i - j)
                    if gain > best:
                        best, kind, bi, bj = gain, k, i, j
        if bi < 0:
            return count
        wide_x, wide_y = 2 if kind == 1 else 1, 2 if kind == 2 else 1
        used[0, bi : bi + wide_x] = 1
        used[1, bj : bj + wide_y] = 1
        pairs[count, 0], pairs[count, 1], pairs[count, 2], pairs[count, 3] = bi, wide_x, bj, wide_y
        likes[count] = table[kind, bi, bj]
        count += 1


@kernel
def _is_initial(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], pair: NDArray[np.int16], like: float
) -> bool:
    """Whether a pair is a word and its initial, or two words and their initials written together."""
    if like >= 0.999:
        return False
    one, two = x[pair[0]], y[pair[2]]
    if pair[1] + pair[3] == 3:
        return bool(min(a.code_at[one + 1] - a.code_at[one], b.code_at[two + 1] - b.code_at[two]) <= 2)
    return bool((a.traits[one] | b.traits[two]) & _INITIAL)


@kernel
def _weights(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], pair: NDArray[np.int16]
) -> tuple[float, float]:
    """What the words of a pair weigh on either side."""
    wx, wy = 0.0, 0.0
    for i in range(pair[0], pair[0] + pair[1]):
        wx += a.weights[x[i]]
    for j in range(pair[2], pair[2] + pair[3]):
        wy += b.weights[y[j]]
    return wx, wy


@kernel
def _measure(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], n: int, m: int, count: int,
    used: NDArray[np.uint8], pairs: NDArray[np.int16], likes: NDArray[np.float32], out: NDArray[np.float32],
) -> None:  # fmt: skip
    total_x, total_y, agreed_x, agreed_y, evidence, said = 0.0, 0.0, 0.0, 0.0, 0.0, 0
    for i in range(n):
        total_x += a.weights[x[i]]
    for j in range(m):
        total_y += b.weights[y[j]]
    for k in range(count):
        # An initial says as little of a word as it weighs itself, whatever the word.
        if _is_initial(a, x, b, y, pairs[k], likes[k]):
            wx, wy = _weights(a, x, b, y, pairs[k])
            total_x -= wx - min(wx, wy)
            total_y -= wy - min(wx, wy)
    out[:] = 0.0
    weakest, initials, turned, bare = 1.0, 0.0, 0.0, 0.0
    for k in range(count):
        worth = value(likes[k])
        wx, wy = _weights(a, x, b, y, pairs[k])
        initial = _is_initial(a, x, b, y, pairs[k], likes[k])
        if initial:
            wx = wy = min(wx, wy)
        little = True
        for i in range(pairs[k, 0], pairs[k, 0] + pairs[k, 1]):
            little = little and (a.traits[x[i]] & _SAYS_LITTLE) != 0
        if (b.traits[y[pairs[k, 2]]] ^ a.traits[x[pairs[k, 0]]]) & _ABJAD:
            bare += wx + wy
        band = 0
        while likes[k] < BANDS[band]:
            band += 1
        if initial:
            initials += (wx + wy) / (total_x + total_y)
        else:
            out[band] += (wx + wy) / (total_x + total_y)
        agreed_x += worth * wx / total_x
        agreed_y += worth * wy / total_y
        evidence += worth * min(wx, wy)
        if not little and not initial:
            weakest = min(weakest, likes[k])
            said += 1
        for other in range(k):
            if (pairs[k, 0] - pairs[other, 0]) * (pairs[k, 2] - pairs[other, 2]) < 0:
                turned += 1.0
    miss_x, miss_y, numbers_x, numbers_y = 0.0, 0.0, 0, 0
    place_x, place_y = np.uint64(0), np.uint64(0)
    for i in range(n):
        if not used[0, i]:
            miss_x += a.weights[x[i]]
            numbers_x += (a.traits[x[i]] & _NUMBER) != 0
            if a.traits[x[i]] & _PLACE:
                place_x = a.places[x[i]]
    for j in range(m):
        if not used[1, j]:
            miss_y += b.weights[y[j]]
            numbers_y += (b.traits[y[j]] & _NUMBER) != 0
            if b.traits[y[j]] & _PLACE:
                place_y = b.places[y[j]]
    out[6] = miss_x / total_x if total_x > 0 else 1.0
    out[7] = miss_y / total_y if total_y > 0 else 1.0
    out[8] = min(miss_x, miss_y)
    out[9] = min(evidence, 0.8)
    out[10] = min(max(evidence - 0.8, 0.0), 0.8)
    out[11] = weakest if count else 0.0
    out[12] = 1.0 if numbers_x and numbers_y else 0.6 if numbers_x or numbers_y else 0.0
    out[13] = 1.0 if place_x and place_y and place_x != place_y else 0.35 if (place_x != 0) != (place_y != 0) else 0.0
    out[15] = initials
    out[16] = turned / max(1, count * (count - 1) // 2)
    out[17] = bare / (total_x + total_y) if total_x + total_y > 0 else 0.0
    out[18] = (1.0 - 0.5 * (agreed_x + agreed_y)) ** 2
    out[19] = agreed_x * agreed_y
    out[20] = max(0.0, weakest - 0.75) if count else 0.0
    out[21] = 1.0 if said <= 1 else 0.0


@kernel
def _whole(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], n: int, m: int, letters: NDArray[np.uint8],
    sounds: NDArray[np.uint8], rows: NDArray[np.float32],
) -> float:  # fmt: skip
    """How alike the names are written as one word, for words joined or cut across their gaps."""
    p = 0
    for i in range(n):
        for k in range(a.fold_at[x[i]], a.fold_at[x[i] + 1]):
            if p < 2 * LONGEST:
                sounds[0, p] = a.folds[k]
                p += 1
    q = 0
    for j in range(m):
        for k in range(b.fold_at[y[j]], b.fold_at[y[j] + 1]):
            if q < 2 * LONGEST:
                sounds[1, q] = b.folds[k]
                q += 1
    long = max(p, q)
    if min(p, q) < 4 or abs(p - q) > 0.3 * long:
        return 0.0
    most = 0.3 * long
    cost = plain_distance(sounds[0, :p], sounds[1, :q], rows, most)
    return 1.0 - cost / long if cost <= most else 0.0


def scratch() -> Any:
    """The room that one thread works in."""
    return (
        np.zeros((3, 2 * LONGEST + 1), dtype=np.float32),
        np.zeros((3, MOST_WORDS, MOST_WORDS), dtype=np.float32),
        np.zeros((2, MOST_WORDS), dtype=np.uint8),
        np.zeros((2, 4 * LONGEST), dtype=np.uint8),
        np.zeros((2, 4 * LONGEST), dtype=np.uint8),
    )
