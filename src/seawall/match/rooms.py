"""The room that searching works in: arrays as long as the list, made once for each thread that asks at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_TURNS = 1 << 30


class Room(NamedTuple):
    """Arrays over the rows and over the words of a list. Between searches `score` and `liking` are 0 everywhere, and
    no stamp is above `turn[0]`, which every step of a search raises.
    """

    score: NDArray[np.float32]
    stamp: NDArray[np.int32]
    touched: NDArray[np.int32]
    met: NDArray[np.int32]
    """The turn in which a word was met."""
    liking: NDArray[np.float32]
    turn: NDArray[np.int64]


class Rooms:
    """The rooms of one list that nobody works in. Making one for a long list takes longer than a search in it."""

    def __init__(self, rows: int, words: int) -> None:
        self._sizes = rows, words
        self._free: deque[Room] = deque()

    @contextmanager
    def lent(self) -> Iterator[Room]:
        """A room that nobody else works in. After an error it is not used again."""
        try:
            room = self._free.pop()
        except IndexError:
            room = _room(*self._sizes)
        yield room
        if room.turn[0] < _TURNS:
            self._free.append(room)


def _room(rows: int, words: int) -> Room:
    both = np.zeros((rows, 2), dtype=np.float32)  # side by side, as they are read together and far apart
    return Room(
        score=both[:, 0],
        stamp=both.view(np.int32)[:, 1],
        touched=np.empty(rows, dtype=np.int32),
        met=np.zeros(words, dtype=np.int32),
        liking=np.zeros(words, dtype=np.float32),
        turn=np.zeros(1, dtype=np.int64),
    )
