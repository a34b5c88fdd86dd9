"""The economic interest of the listed: shares multiplied along the chains, loops solved. It decides no test.

The interest of the listed in an entity is the sum over its owners of their share times the interest in the owner, which
is 1 for a listed one. In a part of the graph small enough this linear system is solved at once. Else, and where ranges
of shares are cut off by the whole, both bounds are iterated: the lower from 0 upwards, the upper from 1 or the solution
downwards, so that each holds after any round, and the distance between them bounds the error.
"""

from __future__ import annotations

import numpy as np

from seawall.model import Interest, StakeKind
from seawall.trace.closure import above
from seawall.trace.graph import CODE, WHOLE, Graph, Ints

ROUNDS = 10_000
"""The rounds after which bounds that still move are given as they are."""

SMALL = 200
"""The entities whose system is solved at once."""

STILL = 1e-12
"""What a bound may move in a round when it is taken to stand: parts of the whole."""


def interest(graph: Graph, listed: Ints, entities: Ints) -> tuple[Interest, ...]:
    """The economic interest of the listed in each of these entities, in percent of the whole without its own shares.

    Only shares count, not votes or control. A range of shares gives a range; a loop that owns itself wholly leaves all
    of it open.
    """
    asked = np.asarray(entities, np.int64)
    part = np.flatnonzero(above(graph, np.unique(asked), np.ones(graph.size, np.bool_)))
    edges = graph.edges_into(part)
    slots = graph.slot[edges]
    edges = edges[(graph.kind[slots] == CODE[StakeKind.OWNERSHIP]) & (graph.high[edges] > 0)]
    solved = _Part(graph, part, edges, np.isin(part, listed))
    low, high = solved.lowest(), solved.highest()
    places = np.searchsorted(part, asked)
    return tuple(
        Interest(graph.name(int(e)), 100 * float(low[p]), 100 * float(high[p]))
        for e, p in zip(asked, places, strict=True)
    )


class _Part:
    """The entities above those asked, numbered anew, and the shares among them as parts of the whole."""

    def __init__(self, graph: Graph, part: Ints, edges: Ints, listed: Ints) -> None:
        slot = graph.slot[edges]
        self.size, self.listed = part.size, listed
        self.owner, self.owned = np.searchsorted(part, graph.owner[edges]), np.searchsorted(part, graph.entity[slot])
        self.low, self.high = graph.low[edges] / WHOLE, graph.high[edges] / WHOLE
        self.own_low, self.own_high, self.whole = np.zeros(part.size), np.zeros(part.size), np.ones(part.size)
        for to, column in ((self.own_low, graph.own_low), (self.own_high, graph.own_high), (self.whole, graph.whole)):
            to[self.owned] = column[slot] / WHOLE

    def lowest(self) -> Ints:
        """The least that the shares allow, from below."""
        solved = self._solved(self.low / (1 - self.own_low[self.owned]))
        if solved is not None and solved.max(initial=0.0) <= 1 + STILL:
            return np.minimum(solved, 1.0)
        held = np.zeros(self.size)
        for _ in range(ROUNDS):
            before, held = held, np.minimum(1.0, self._sum(self.low, self._of(held)) / (1 - self.own_low))
            if np.max(held - before, initial=0.0) < STILL:
                break
        return held

    def highest(self) -> Ints:
        """The most that the shares allow, from above: each at its highest, as far as the others leave room."""
        held = self._reached().astype(np.float64)
        solved = self._solved(self.high / (1 - self.own_high[self.owned]))
        if solved is not None:
            held = np.minimum(held, solved + STILL)
        for _ in range(ROUNDS):
            owner = self._of(held)
            shares = self._sum(self.high, owner) / (1 - self.own_high)
            room = self.whole - self._sum(self.low, 1 - owner) - self.own_low
            before, held = held, np.minimum(np.minimum(shares, room / (1 - self.own_low)), held)
            if np.max(before - held, initial=0.0) < STILL:
                break
        return held

    def _solved(self, share: Ints) -> Ints | None:
        """The least solution of interest = shares x interest, None where the part is large or loops leave it open.

        With (1 - shares) x = 1 solved by a positive x the shares lose something along every loop: then the solution is
        the only one, and no interest that the shares allow is above it.
        """
        if self.size > SMALL:
            return None
        matrix, direct, listed = np.eye(self.size), np.zeros(self.size), self.listed[self.owner]
        np.subtract.at(matrix, (self.owned[~listed], self.owner[~listed]), share[~listed])
        np.add.at(direct, self.owned[listed], share[listed])
        if np.linalg.matrix_rank(matrix) < self.size:
            return None
        lost, solved = np.linalg.solve(matrix, np.stack((np.ones(self.size), direct), axis=1)).T
        return np.maximum(solved, 0.0) if lost.min(initial=1.0) > 0 else None

    def _of(self, held: Ints) -> Ints:
        return np.where(self.listed, 1.0, held)[self.owner]

    def _sum(self, share: Ints, owner: Ints) -> Ints:
        return np.bincount(self.owned, share * owner, self.size)

    def _reached(self) -> Ints:
        """Those below a listed one."""
        found = np.zeros(self.size, np.bool_)
        while True:
            more = found.copy()
            more[self.owned[(self.listed | found)[self.owner]]] = True
            if np.array_equal(more, found):
                return found
            found = more
