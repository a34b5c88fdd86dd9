"""Which listed names to compare with a name asked: words like its words, and the names that hold most of them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from seawall.match.alike import alike, value
from seawall.match.kernels import kernel
from seawall.match.lexicon import KINSHIP, Lexicon, Trait
from seawall.match.names import Names
from seawall.match.nearby import (
    BARE_BONES,
    BONES,
    LETTERS,
    SOUND,
    edits_of,
    keys_of,
    together,
    word_keys,
)
from seawall.match.spelling import apart, pattern, plain_distance

_ABJAD, _NUMBER, _EASTERN = int(Trait.ABJAD), int(Trait.NUMBER), int(Trait.KOREAN | Trait.CHINESE)
MOST_ALIKE = 48
"""Words of the list that are looked at for one word asked."""
NEAR = 0.66
"""Words less alike than this do not lead to a candidate; other words of its name must."""

LEAST_SHARE = 0.15
"""A listed name that shares less with what is asked, by weight and likeness and of both names, is no candidate."""


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
    """Rows by word."""


def postings(lexicon: Lexicon, names: Names) -> Postings:
    """The postings of a list."""
    size, count = len(lexicon.hashes), len(names.at)
    kin_words = np.repeat(np.arange(size, dtype=np.int32), np.diff(lexicon.key_at))
    # A word that stands twice in a name is posted once.
    row_of = np.repeat(np.arange(count - 1, dtype=np.int64), np.diff(names.at))
    pair = np.unique(names.words.astype(np.int64) * count + row_of)
    return Postings(
        *_ordered(lexicon.hashes, np.arange(size, dtype=np.int32)),
        *_ordered(lexicon.keys, kin_words),
        *_ordered(*word_keys(lexicon)),
        rows=(pair % count).astype(np.int32),
        row_at=np.concatenate([[0], np.cumsum(np.bincount(pair // count, minlength=size))]).astype(np.int64),
    )


def _ordered(keys: NDArray[np.uint64], owners: NDArray[np.int32]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    order = np.argsort(keys, kind="stable")
    return keys[order], owners[order]


@kernel
def neighbours(
    asked: Lexicon, first: int, last: int, listed: Lexicon, where: Postings, rows: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:
    """Words of the list like words `first` to `last` of those asked, with how alike they are, the most alike first.
    Below zero where they are so alike only between names of one language (Korean, Chinese).
    """
    stamp = np.full(listed.hashes.size, -1, dtype=np.int32)
    found = np.empty((last - first) * MOST_ALIKE, dtype=np.int32)
    likes = np.empty((last - first) * MOST_ALIKE, dtype=np.float32)
    at = np.zeros(last - first + 1, dtype=np.int64)
    buffer = np.empty(96, dtype=np.uint64)
    masks = np.empty(37, dtype=np.uint64)
    for i in range(first, last):
        start = at[i - first]
        mine, liken = found[start : start + MOST_ALIKE], likes[start : start + MOST_ALIKE]
        size = 0
        p = np.searchsorted(where.hashes, asked.hashes[i])
        if p < where.hashes.size and where.hashes[p] == asked.hashes[i]:
            stamp[where.words[p]] = i
            size = keep(mine, liken, size, where.words[p], 1.0)
        for k in range(asked.key_at[i], asked.key_at[i + 1]):
            key = asked.keys[k]
            p = np.searchsorted(where.kin, key)
            while p < where.kin.size and where.kin[p] == key:
                if stamp[where.kin_words[p]] != i or size == 0 or mine[0] != where.kin_words[p]:
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
                    if stamp[j] == i:
                        continue
                    stamp[j] = i
                    if kind == SOUND:
                        heard = listed.fold_at[j + 1] - listed.fold_at[j]
                        most = 0.34 * 0.5 * (sounds.size + heard) + 0.5
                        if apart(masks, sounds.size, listed.folds[listed.fold_at[j] : listed.fold_at[j + 1]]) > most:
                            continue
                    like = alike(asked, i, listed, j, 3, rows)
                    if like >= NEAR:
                        size = keep(mine, liken, size, j, like)
        for k in range(size):
            if (asked.traits[i] & listed.traits[mine[k]]) & _EASTERN and liken[k] < 1.0:
                plain = alike(asked, i, listed, mine[k], 0, rows)
                if plain < liken[k]:
                    liken[k] = -liken[k]
        at[i - first + 1] = start + size
    return found[: at[last - first]].copy(), likes[: at[last - first]].copy(), at


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


@kernel
def search(
    asked: Names, lexicon: Lexicon, first: int, last: int, near: Any, listed: Names, their: Lexicon,
    where: Postings, most: int, schemata: NDArray[np.uint32], kinds: NDArray[np.uint8],
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:  # fmt: skip
    """The listed rows that hold most of what rows `first` to `last` of those asked say, at most `most` of each:
    rows, the share of both names' weight that agrees, and where those of each asked row start. `schemata`
    and `kinds` as in `scoring.score_rows`.
    """
    words, likes, near_at = near
    size = len(listed.at) - 1
    score = np.zeros(size, dtype=np.float32)
    stamp = np.full(size, -1, dtype=np.int32)
    touched = np.empty(size, dtype=np.int32)
    out = np.empty((last - first) * most, dtype=np.int32)
    shares = np.empty((last - first) * most, dtype=np.float32)
    at = np.zeros(last - first + 1, dtype=np.int64)
    ranks = np.empty(most, dtype=np.float32)
    marks = np.zeros(size + 1, dtype=np.int64)
    room = (
        np.empty(64, dtype=np.int32), np.empty(64, dtype=np.int32), np.empty((3, 80), dtype=np.float32),
        np.empty(96, dtype=np.uint64),
    )  # fmt: skip
    turn = 0
    for r in range(first, last):
        reached = 0
        for p in range(asked.at[r], asked.at[r + 1]):
            w = asked.words[p]
            weight = lexicon.weights[w]
            turn += 1
            for k in range(near_at[w], near_at[w + 1]):
                worth = weight * value(abs(likes[k]))
                j = words[k]
                for q in range(where.row_at[j], where.row_at[j + 1]):
                    row = where.rows[q]
                    if stamp[row] == turn:
                        continue  # a more alike word of this row has counted already
                    if likes[k] < 0.0 and not asked.traits[r] & listed.traits[row]:
                        continue
                    stamp[row] = turn
                    if score[row] == 0.0:
                        touched[reached] = row
                        reached += 1
                    score[row] += worth
        reached, turn = _as_one(asked, lexicon, r, where, score, stamp, touched, reached, turn)
        for p in range(asked.at[r], asked.at[r + 1]):
            w = asked.words[p]
            if near_at[w] == near_at[w + 1] or abs(likes[near_at[w]]) < 0.9:
                reached, turn = _in_two(lexicon, w, their, where, score, stamp, touched, reached, turn, room, marks)
        start = at[r - first]
        best = out[start : start + most]
        kept = 0
        for t in range(reached):
            row = touched[t]
            # Several words asked can be like one listed; what agrees cannot weigh much more than what is listed.
            agreed = min(score[row], 1.2 * listed.total[row])
            share = 0.5 * (min(1.0, agreed / asked.total[r]) + min(1.0, agreed / listed.total[row]))
            if share >= LEAST_SHARE and schemata[r] >> kinds[row] & 1:
                kept = keep(best, ranks, kept, row, share)
        shares[start : start + kept] = ranks[:kept]
        for t in range(reached):
            score[touched[t]] = 0.0
        at[r - first + 1] = start + kept
    return out[: at[last - first]].copy(), shares[: at[last - first]].copy(), at


@kernel
def _as_one(
    asked: Names, lexicon: Lexicon, r: int, where: Postings, score: NDArray[np.float32], stamp: NDArray[np.int32],
    touched: NDArray[np.int32], reached: int, turn: int,
) -> tuple[int, int]:  # fmt: skip
    """Two neighbouring words asked that the list writes as one, by their sounds."""
    buffer = np.empty(96, dtype=np.uint64)
    letters = np.empty(80, dtype=np.uint8)
    for p in range(asked.at[r], asked.at[r + 1] - 1):
        w, other = asked.words[p], asked.words[p + 1]
        size = together(lexicon, w, other, letters)
        worth = np.float32(0.7) * (lexicon.weights[w] + lexicon.weights[other])
        turn += 1
        for k in range(keys_of(letters[:size], 0, SOUND, buffer)):
            q = np.searchsorted(where.near, buffer[k])
            while q < where.near.size and where.near[q] == buffer[k]:
                j = where.near_words[q]
                for t in range(where.row_at[j], where.row_at[j + 1]):
                    reached = _add(where.rows[t], worth, score, stamp, touched, reached, turn)
                q += 1
    return reached, turn


@kernel
def _in_two(
    lexicon: Lexicon, w: int, their: Lexicon, where: Postings, score: NDArray[np.float32],
    stamp: NDArray[np.int32], touched: NDArray[np.int32], reached: int, turn: int, room: Any, marks: NDArray[np.int64],
) -> tuple[int, int]:  # fmt: skip
    """A word asked that is like none listed: names that hold two words, in whatever order, that make it when cut."""
    sounds = lexicon.folds[lexicon.fold_at[w] : lexicon.fold_at[w + 1]]
    if sounds.size < 5 or lexicon.traits[w] & (_ABJAD | _NUMBER):
        return reached, turn
    heads, tails, rows, buffer = room
    turn += 1
    worth = np.float32(0.75) * lexicon.weights[w]
    for cut in range(2, sounds.size - 1):
        head, tail = sounds[:cut], sounds[cut:]
        ahead = _sounding(head, 0, their, where, heads, rows, buffer)
        behind = _sounding(tail, 0, their, where, tails, rows, buffer)
        if ahead and not behind:  # one sound can end the first word and begin the second
            behind = _sounding(sounds[cut - 1 :], 0, their, where, tails, rows, buffer)
        if ahead and not behind and head.size >= 3 and tail.size >= 4:
            behind = _sounding(tail, 1, their, where, tails, rows, buffer)
        elif behind and not ahead and tail.size >= 3 and head.size >= 4:
            ahead = _sounding(head, 1, their, where, heads, rows, buffer)
        if not ahead or not behind:
            continue
        marks[-1] += 1  # the last place counts the marks that were given out
        for k in range(ahead):
            for t in range(where.row_at[heads[k]], where.row_at[heads[k] + 1]):
                marks[where.rows[t]] = marks[-1]
        for k in range(behind):
            for t in range(where.row_at[tails[k]], where.row_at[tails[k] + 1]):
                if marks[where.rows[t]] == marks[-1]:
                    reached = _add(where.rows[t], worth, score, stamp, touched, reached, turn)
    return reached, turn


@kernel
def _sounding(
    sounds: NDArray[np.uint8], edits: int, their: Lexicon, where: Postings, found: NDArray[np.int32],
    rows: NDArray[np.float32], buffer: NDArray[np.uint64],
) -> int:  # fmt: skip
    """Words of the list that sound like this or have one sound more, with `edits` 1 also another; gives how many."""
    size = 0
    for k in range(keys_of(sounds, edits, SOUND, buffer)):
        q = np.searchsorted(where.near, buffer[k])
        while q < where.near.size and where.near[q] == buffer[k]:
            j = where.near_words[q]
            q += 1
            theirs = their.folds[their.fold_at[j] : their.fold_at[j + 1]]
            known = False
            for t in range(size):
                known = known or found[t] == j
            if not known and size < found.size and plain_distance(sounds, theirs, rows, 1.0) <= 1.0:
                found[size] = j
                size += 1
    return size


@kernel
def _add(
    row: int, worth: float, score: NDArray[np.float32], stamp: NDArray[np.int32], touched: NDArray[np.int32],
    reached: int, turn: int,
) -> int:  # fmt: skip
    """Let a row score so much more, once in a turn; gives how many rows are reached."""
    if stamp[row] == turn:
        return reached
    stamp[row] = turn
    if score[row] == 0.0:
        touched[reached] = row
        reached += 1
    score[row] += worth
    return reached
