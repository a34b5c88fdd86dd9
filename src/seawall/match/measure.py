"""What an alignment of two names says, as numbers that can be weighed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seawall.match.alike import INITIAL, value
from seawall.match.kernels import kernel
from seawall.match.lexicon import Lexicon, Trait
from seawall.match.spelling import LONGEST, plain_distance

_ABJAD, _NUMBER, _LETTER, _PLACE = int(Trait.ABJAD), int(Trait.NUMBER), int(Trait.INITIAL), int(Trait.PLACE)
_FORM, _MIDDLE = int(Trait.FORM), int(Trait.INITIAL | Trait.PATRONYMIC)
_SAYS_LITTLE = int(Trait.LEGAL | Trait.PARTICLE | Trait.GENERIC | Trait.TITLE)

FEATURES = (
    "exact", "same", "close", "near", "far", "faint",
    "asked_missing", "listed_missing", "differing", "little", "enough", "weakest", "numbers", "places",
    "whole", "initials", "order", "skeleton", "spread", "product", "firm", "single", "forms", "middles",
    "pinyin", "sino_korean", "jyutping", "hangul",
)  # fmt: skip
"""What `compare` measures of two names. The first six are the shares of both names' weight in pairs of words that are
so much alike (`BANDS`); `missing` is the share of one name's weight that has no partner; `differing` the weight that
both lack; `little` and `enough` the weight that agrees up to 0.8 and from there to 1.6; `weakest` the least likeness of
a pair; `spread` the square of the share that does not agree; `product` the share of the one that agrees times that of
the other; `firm` how far the least likeness is above 0.75; `single` whether only one word that says something agrees;
`forms` whether both are bodies of other legal forms, `middles` whether both have an initial or a patronymic that the
other lacks; the last four say that one of the two was read so and the other was not."""
BANDS = np.array([0.999, 0.945, 0.89, 0.82, 0.72, 0.0], dtype=np.float32)


@kernel
def _is_initial(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], pair: NDArray[np.int16], like: float
) -> bool:
    """Whether a pair is a word and its initial, or two words and their initials written together."""
    if like >= 0.999:
        return False
    one, two = x[pair[0]], y[pair[2]]
    if pair[1] >= 0 or pair[3] >= 0:
        return bool(
            like == INITIAL and min(a.code_at[one + 1] - a.code_at[one], b.code_at[two + 1] - b.code_at[two]) <= 2
        )
    return bool((a.traits[one] | b.traits[two]) & _LETTER)


@kernel
def _weights(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], pair: NDArray[np.int16]
) -> tuple[float, float]:
    """What the words of a pair weigh on either side."""
    wx, wy = a.weights[x[pair[0]]], b.weights[y[pair[2]]]
    if pair[1] >= 0:
        wx += a.weights[x[pair[1]]]
    if pair[3] >= 0:
        wy += b.weights[y[pair[3]]]
    return wx, wy


@kernel
def measure(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], n: int, m: int, count: int,
    used: NDArray[np.uint8], pairs: NDArray[np.int16], likes: NDArray[np.float32], out: NDArray[np.float32],
) -> None:  # fmt: skip
    """Fill `out` with the features of an alignment (`align.compare`) of the first n words x and m words y; `used` says
    which of them have a partner. Where words stand as one or are far apart (`whole`, the last four) is not done here.
    """
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
        little = (a.traits[x[pairs[k, 0]]] & _SAYS_LITTLE) != 0 and pairs[k, 1] < 0
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
    left_x, left_y = 0, 0
    for i in range(n):
        if not used[0, i]:
            miss_x += a.weights[x[i]]
            left_x |= a.traits[x[i]]
            numbers_x += (a.traits[x[i]] & _NUMBER) != 0
            if a.traits[x[i]] & _PLACE:
                place_x = a.places[x[i]]
    for j in range(m):
        if not used[1, j]:
            miss_y += b.weights[y[j]]
            left_y |= b.traits[y[j]]
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
    out[22] = 1.0 if left_x & left_y & _FORM else 0.0
    out[23] = 1.0 if left_x & _MIDDLE and left_y & _MIDDLE else 0.0


@kernel
def whole(
    a: Lexicon, x: NDArray[np.int32], b: Lexicon, y: NDArray[np.int32], n: int, m: int, sounds: NDArray[np.uint8],
    rows: NDArray[np.float32],
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
