"""Where the words of a list stand, and which of them are like a word asked."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from seawall.match.alike import alike
from seawall.match.kernels import kernel
from seawall.match.lexicon import KINSHIP, Lexicon, Trait
from seawall.match.names import Names
from seawall.match.nearby import BARE_BONES, BONES, LETTERS, SOUND, edits_of, keys_of, word_keys
from seawall.match.rooms import Room
from seawall.match.spelling import apart, pattern

_ABJAD = int(Trait.ABJAD)
MOST_ALIKE = 48
"""Words of the list that are looked at for one word asked."""
NEAR = 0.66
"""Words less alike than this do not lead to a candidate; other words of its name must."""


class Postings(NamedTuple):
    """Where things stand on a list. Keys are in order, so that they are found by bisection."""

    hashes: NDArray[np.uint64]
    words: NDArray[np.int32]
    """Words by hash."""
    kin: NDArray[np.uint64]
    kin_words: NDArray[np.int32]
    """Words by the keys of `lexicon.Key`."""
    near: NDArray[np.uint64]
    near_words: NDArray[np.int32]
    """Words by the keys of `nearby.word_keys`."""
    rows: NDArray[np.int32]
    row_at: NDArray[np.int64]
    """Rows by word, in order."""


def postings(lexicon: Lexicon, names: Names) -> Postings:
    """The postings of a list."""
    size = len(lexicon.hashes)
    kin_words = np.repeat(np.arange(size, dtype=np.int32), np.diff(lexicon.key_at))
    counts = standing(names.words, names.at, size)
    row_at = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    return Postings(
        *_ordered(lexicon.hashes, np.arange(size, dtype=np.int32)),
        *_ordered(lexicon.keys, kin_words),
        *_ordered(*word_keys(lexicon)),
        rows=_by_word(names.words, names.at, row_at),
        row_at=row_at,
    )


@kernel
def standing(words: NDArray[np.int32], at: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """In how many rows each of `size` words stands. A word that stands twice in a row counts once."""
    counts = np.zeros(size, dtype=np.int64)
    last = np.full(size, -1, dtype=np.int64)
    for row in range(at.size - 1):
        for p in range(at[row], at[row + 1]):
            w = words[p]
            counts[w] += last[w] != row
            last[w] = row
    return counts


@kernel
def _by_word(words: NDArray[np.int32], at: NDArray[np.int64], row_at: NDArray[np.int64]) -> NDArray[np.int32]:
    """The rows of each word, in order, once each."""
    found = np.empty(row_at[-1], dtype=np.int32)
    ends = row_at[:-1].copy()
    for row in range(at.size - 1):
        for p in range(at[row], at[row + 1]):
            w = words[p]
            if ends[w] == row_at[w] or found[ends[w] - 1] != row:
                found[ends[w]] = row
                ends[w] += 1
    return found


def _ordered(keys: NDArray[np.uint64], owners: NDArray[np.int32]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    order = np.argsort(keys, kind="stable")
    return keys[order], owners[order]


@kernel
def neighbours(
    asked: Lexicon, listed: Lexicon, where: Postings, rows: NDArray[np.float32], room: Room
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:  # fmt: skip
    """Words of the list like each of those asked, with how alike they are, the most alike first."""
    met = room.met
    many = asked.hashes.size
    found = np.empty(many * MOST_ALIKE, dtype=np.int32)
    likes = np.empty(many * MOST_ALIKE, dtype=np.float32)
    at = np.zeros(many + 1, dtype=np.int64)
    buffer = np.empty(96, dtype=np.uint64)
    masks = np.empty(37, dtype=np.uint64)
    for i in range(many):
        start = at[i]
        mine, liken = found[start : start + MOST_ALIKE], likes[start : start + MOST_ALIKE]
        room.turn[0] += 1
        turn, size = room.turn[0], 0
        p = np.searchsorted(where.hashes, asked.hashes[i])
        if p < where.hashes.size and where.hashes[p] == asked.hashes[i]:
            met[where.words[p]] = turn
            size = keep(mine, liken, size, where.words[p], 1.0)
        for k in range(asked.key_at[i], asked.key_at[i + 1]):
            key = asked.keys[k]
            p = np.searchsorted(where.kin, key)
            while p < where.kin.size and where.kin[p] == key:
                if met[where.kin_words[p]] != turn or size == 0 or mine[0] != where.kin_words[p]:
                    size = keep(mine, liken, size, where.kin_words[p], KINSHIP[key & np.uint64(7)])
                p += 1
        for kind in (SOUND, LETTERS, BONES, BARE_BONES):
            bare = asked.traits[i] & _ABJAD != 0
            if (kind in (SOUND, LETTERS) and bare) or (kind == BONES and not bare):
                continue
            if kind == SOUND:
                sounds = asked.folds[asked.fold_at[i] : asked.fold_at[i + 1]]
                count = keys_of(sounds, edits_of(sounds.size), kind, buffer) if sounds.size else 0
                pattern(sounds, masks)
            elif kind == LETTERS:
                letters = asked.codes[asked.code_at[i] : asked.code_at[i + 1]]
                count = keys_of(letters, 1, kind, buffer) if letters.size >= 4 else 0
            else:
                bones = asked.bones[asked.bone_at[i] : asked.bone_at[i + 1]]
                count = 0 if bones.size < 2 else keys_of(bones, 1 if bones.size >= 3 else 0, kind, buffer)
            for k in range(count):
                p = np.searchsorted(where.near, buffer[k])
                while p < where.near.size and where.near[p] == buffer[k]:
                    j = where.near_words[p]
                    p += 1
                    if met[j] == turn:
                        continue
                    met[j] = turn
                    if kind == SOUND:
                        heard = listed.fold_at[j + 1] - listed.fold_at[j]
                        most = 0.34 * 0.5 * (sounds.size + heard) + 0.5
                        if apart(masks, sounds.size, listed.folds[listed.fold_at[j] : listed.fold_at[j + 1]]) > most:
                            continue
                    like = alike(asked, i, listed, j, 3, rows)
                    if like >= NEAR:
                        size = keep(mine, liken, size, j, like)
        at[i + 1] = start + size
    return found[: at[-1]].copy(), likes[: at[-1]].copy(), at


@kernel
def keep(words: NDArray[np.int32], likes: NDArray[np.float32], size: int, word: int, like: float) -> int:
    """Put a word into the list of the most alike, best first, once; gives the size of the list."""
    for k in range(size):
        if words[k] == word:
            if likes[k] >= like:
                return size
            for q in range(k, size - 1):
                words[q], likes[q] = words[q + 1], likes[q + 1]
            size -= 1
            break
    if size == words.size:
        if likes[size - 1] >= like:
            return size
        size -= 1
    k = size
    while k > 0 and likes[k - 1] < like:
        words[k], likes[k] = words[k - 1], likes[k - 1]
        k -= 1
    words[k], likes[k] = word, like
    return size + 1
