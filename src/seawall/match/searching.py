"""Which listed names to compare with a name asked: those that hold most of its words or words like them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from seawall.match.kernels import kernel
from seawall.match.lexicon import Lexicon, Trait
from seawall.match.names import MOST_WORDS, Names
from seawall.match.nearby import SOUND, keys_of, together
from seawall.match.postings import Postings
from seawall.match.rooms import Room
from seawall.match.spelling import plain_distance

_ABJAD, _NUMBER = int(Trait.ABJAD), int(Trait.NUMBER)

LEAST_SHARE = 0.20
"""A listed name that shares less with what is asked, by weight and likeness and of both names, is no candidate."""
_FEW = 2048
"""Rows of a word that are read without asking first whether that could be spared."""
_DEARER = 4
"""To look into a row that is reached takes as long as to ask of so many rows of a word whether they are reached."""
_SURE = np.float32(1.0001)
"""Bounds are taken so much wider, as sums of weights are rounded."""


@kernel
def search(
    asked: Names, lexicon: Lexicon, near: Any, listed: Names, their: Lexicon, where: Postings, most: int,
    least: NDArray[np.float32], schemata: NDArray[np.uint32], kinds: NDArray[np.uint8], room: Room,
) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:  # fmt: skip
    """The listed rows that hold most of what each row asked says, at most `most` of each: rows,
    the share of both names' weight that agrees, at the `least` that of the row asked, and where those of each asked row
    start. `schemata` and `kinds` as in `scoring.score_rows`.
    """
    _, likes, near_at = near
    score, touched = room.score, room.touched
    count = asked.at.size - 1
    out = np.empty(count * most, dtype=np.int32)
    shares = np.empty(count * most, dtype=np.float32)
    at = np.zeros(count + 1, dtype=np.int64)
    ranks = np.empty(most, dtype=np.float32)
    space = (
        np.empty(64, dtype=np.int32), np.empty(64, dtype=np.int32), np.empty((3, 80), dtype=np.float32),
        np.empty(96, dtype=np.uint64), np.empty(80, dtype=np.uint8),
    )  # fmt: skip
    for r in range(count):
        reached = _as_one(asked, lexicon, r, where, space, room)
        for p in range(asked.at[r], asked.at[r + 1]):
            w = asked.words[p]
            if near_at[w] == near_at[w + 1] or likes[near_at[w]] < 0.9:
                reached = _in_two(lexicon, w, listed, their, where, space, reached, room)
        floor = least[r]
        reached = _word_by_word(asked, lexicon, r, near, listed, where, reached, floor, schemata[r], kinds, ranks, room)
        start = at[r]
        kept = 0
        best = out[start : start + most]
        for t in range(reached):
            row = touched[t]
            full = kept == most and _share(score[row], asked.total[r], score[row]) < ranks[most - 1]
            if not full and schemata[r] >> kinds[row] & 1:
                share = np.float32(_share(score[row], asked.total[r], listed.total[row]))
                if share >= floor:
                    kept = _rank(best, ranks, kept, row, share)
            score[row] = 0.0
        shares[start : start + kept] = ranks[:kept]
        at[r + 1] = start + kept
    return out[: at[-1]].copy(), shares[: at[-1]].copy(), at


@kernel
def _rank(rows: NDArray[np.int32], shares: NDArray[np.float32], size: int, row: int, share: Any) -> int:
    """Put a row among the best, of equal ones the lightest first; gives how many there are."""
    if size == rows.size:
        if shares[size - 1] > share or (shares[size - 1] == share and rows[size - 1] < row):
            return size
        size -= 1
    k = size
    while k > 0 and (shares[k - 1] < share or (shares[k - 1] == share and rows[k - 1] > row)):
        rows[k], shares[k] = rows[k - 1], shares[k - 1]
        k -= 1
    rows[k], shares[k] = row, share
    return size + 1


@kernel
def _share(score: float, asked: float, listed: float) -> float:
    """The share of what two names say that agrees."""
    return 0.5 * (min(1.0, score / asked) + min(1.0, score / listed))


@kernel
def _word_by_word(
    asked: Names, lexicon: Lexicon, r: int, near: Any, listed: Names, where: Postings, reached: int, least: Any,
    schemata: int, kinds: NDArray[np.uint8], ranks: NDArray[np.float32], room: Room,
) -> int:  # fmt: skip
    """Let rows score for the words of a name asked that they hold, the rarest word first; gives how many are reached.

    What the words still to come can add bounds what a row not yet reached can come to. Once that is less than what
    the candidates have, they are only looked for in rows that are reached; this changes no result (maxscore, Turtle and
    Flood 1995; rows in the order of their weight, after the impact order of Anh and Moffat 2002).
    """
    words, likes, near_at = near
    begin = asked.at[r]
    size = min(asked.at[r + 1] - begin, MOST_WORDS)
    lengths = np.zeros(MOST_WORDS, dtype=np.int64)
    left, floor = np.float32(0.0), float(least)
    for p in range(size):
        w = asked.words[begin + p]
        for k in range(near_at[w], near_at[w + 1]):
            lengths[p] += where.row_at[words[k] + 1] - where.row_at[words[k]]
        if near_at[w] < near_at[w + 1]:
            left += lexicon.weights[w] * (np.float32(2.0) * likes[near_at[w]] - np.float32(1.0))
    for p in np.argsort(lengths[:size]):
        w = asked.words[begin + p]
        if near_at[w] == near_at[w + 1]:
            continue
        heaviest = np.float32(np.inf)
        if lengths[p] > _FEW:
            if lengths[p] > reached:
                floor = _floor(reached, asked.total[r], listed, least, schemata, kinds, ranks, room)
            most = left * _SURE
            sure = np.float32(2.0) * floor - min(np.float32(1.0), most / asked.total[r])
            if sure > 0.0:
                heaviest = most / sure
        reached = _one_word(
            lexicon.weights[w], words[near_at[w] : near_at[w + 1]], likes[near_at[w] : near_at[w + 1]], listed, where,
            reached, heaviest, room,
        )  # fmt: skip
        left -= lexicon.weights[w] * (np.float32(2.0) * likes[near_at[w]] - np.float32(1.0))
    return reached


@kernel
def _floor(
    reached: int, total: float, listed: Names, least: Any, schemata: int, kinds: NDArray[np.uint8],
    ranks: NDArray[np.float32], room: Room,
) -> float:  # fmt: skip
    """What a row must share at least to become a candidate, by what rows have until now."""
    if reached < ranks.size:
        return float(least)
    kept, scores, touched = 0, room.score, room.touched
    for t in range(reached):
        row = touched[t]
        score = scores[row]
        if kept == ranks.size and 0.5 * (score / total + 1.0) <= ranks[kept - 1]:
            continue
        if not schemata >> kinds[row] & 1:
            continue
        share = _share(score, total, listed.total[row])
        if kept == ranks.size:
            if share <= ranks[kept - 1]:
                continue
            kept -= 1
        k = kept
        while k > 0 and ranks[k - 1] < share:
            ranks[k] = ranks[k - 1]
            k -= 1
        ranks[k] = share
        kept += 1
    return max(float(least), float(ranks[kept - 1])) if kept == ranks.size else float(least)


@kernel
def _one_word(
    weight: Any, words: NDArray[np.int32], likes: NDArray[np.float32], listed: Names, where: Postings, reached: int,
    heaviest: Any, room: Room,
) -> int:  # fmt: skip
    """Let rows score for one word asked, by the word of theirs most like it; those that weigh more than `heaviest`
    only if they are reached already.
    """
    score, stamp, touched, rows = room.score, room.stamp, room.touched, where.rows
    room.turn[0] += 1
    turn, known, spared = room.turn[0], reached, 0
    heavy = np.searchsorted(listed.total, heaviest, "right") if heaviest < np.inf else listed.total.size
    for k in range(words.size):
        worth = weight * (np.float32(2.0) * likes[k] - np.float32(1.0))
        first, last = where.row_at[words[k]], where.row_at[words[k] + 1]
        if heavy < listed.total.size:
            middle = first + np.searchsorted(rows[first:last], heavy)
            spared += last - middle
            last = middle
        for q in range(first, last):
            reached = _add(rows[q], worth, score, stamp, touched, reached, turn)
    if spared > _DEARER * known:
        _look_up(weight, words, likes, listed, known, heavy, room)
    elif spared:
        for k in range(words.size):
            worth = weight * (np.float32(2.0) * likes[k] - np.float32(1.0))
            first, last = where.row_at[words[k]], where.row_at[words[k] + 1]
            for q in range(first + np.searchsorted(rows[first:last], heavy), last):
                if score[rows[q]] != 0.0:
                    reached = _add(rows[q], worth, score, stamp, touched, reached, turn)
    return reached


@kernel
def _look_up(
    weight: Any, words: NDArray[np.int32], likes: NDArray[np.float32], listed: Names, known: int, heavy: int, room: Room
) -> None:
    """Let the first `known` rows that were reached score for one word asked, those from row `heavy` on."""
    score, touched, liking = room.score, room.touched, room.liking
    for k in range(words.size - 1, -1, -1):
        liking[words[k]] = likes[k]
    for t in range(known):
        row = touched[t]
        if row >= heavy:
            best = np.float32(0.0)
            for p in range(listed.at[row], listed.at[row + 1]):
                best = max(best, liking[listed.words[p]])
            if best > 0.0:
                score[row] += weight * (np.float32(2.0) * best - np.float32(1.0))
    for k in range(words.size):
        liking[words[k]] = 0.0


@kernel
def _as_one(asked: Names, lexicon: Lexicon, r: int, where: Postings, space: Any, room: Room) -> int:
    """Two neighbouring words asked that the list writes as one, by their sounds."""
    _, _, _, buffer, letters = space
    reached = 0
    for p in range(asked.at[r], asked.at[r + 1] - 1):
        w, other = asked.words[p], asked.words[p + 1]
        size = together(lexicon, w, other, letters)
        worth = np.float32(0.7) * (lexicon.weights[w] + lexicon.weights[other])
        room.turn[0] += 1
        turn = room.turn[0]
        for k in range(keys_of(letters[:size], 0, SOUND, buffer)):
            q = np.searchsorted(where.near, buffer[k])
            while q < where.near.size and where.near[q] == buffer[k]:
                j = where.near_words[q]
                for t in range(where.row_at[j], where.row_at[j + 1]):
                    reached = _add(where.rows[t], worth, room.score, room.stamp, room.touched, reached, turn)
                q += 1
    return reached


@kernel
def _in_two(
    lexicon: Lexicon, w: int, listed: Names, their: Lexicon, where: Postings, space: Any, reached: int, room: Room
) -> int:
    """A word asked that is like none listed: names that hold two words, in whatever order, that make it when cut."""
    sounds = lexicon.folds[lexicon.fold_at[w] : lexicon.fold_at[w + 1]]
    if sounds.size < 5 or lexicon.traits[w] & (_ABJAD | _NUMBER):
        return reached
    heads, tails, rows, buffer, _ = space
    room.turn[0] += 1
    turn = room.turn[0]
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
        if ahead and behind:
            reached = _both(heads[:ahead], tails[:behind], listed, where, worth, reached, turn, room)
    return reached


@kernel
def _both(
    heads: NDArray[np.int32], tails: NDArray[np.int32], listed: Names, where: Postings, worth: Any, reached: int,
    turn: int, room: Room,
) -> int:  # fmt: skip
    """Let rows score that hold one of two sets of words and one of the other, going through those of the rarer set."""
    room.turn[0] += 1
    mark, met = room.turn[0], room.met
    few, many = (heads, tails) if _length(heads, where) <= _length(tails, where) else (tails, heads)
    for j in many:
        met[j] = mark
    for j in few:
        for t in range(where.row_at[j], where.row_at[j + 1]):
            row = where.rows[t]
            for p in range(listed.at[row], listed.at[row + 1]):
                if met[listed.words[p]] == mark:
                    reached = _add(row, worth, room.score, room.stamp, room.touched, reached, turn)
                    break
    return reached


@kernel
def _length(words: NDArray[np.int32], where: Postings) -> int:
    """How many rows stand under words."""
    found = 0
    for j in words:
        found += where.row_at[j + 1] - where.row_at[j]
    return found


@kernel
def _add(
    row: int, worth: Any, score: NDArray[np.float32], stamp: NDArray[np.int32], touched: NDArray[np.int32],
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


@kernel
def _sounding(
    sounds: NDArray[np.uint8], edits: int, their: Lexicon, where: Postings, found: NDArray[np.int32],
    rows: NDArray[np.float32], buffer: NDArray[np.uint64],
) -> int:  # fmt: skip
    """Words of the list that sound like this or have one sound more, or with `edits` 1 differ in one: how many."""
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
