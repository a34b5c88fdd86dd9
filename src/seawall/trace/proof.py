"""Why one entity is caught or may be: the smallest set of holdings that proves it, and what to ask.

An entity needs enough of its owners, each of whom is listed or needs enough in turn. A first set is found from the
cheapest owners on; then all choices are tried that could be smaller, as far as a budget of tries goes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, combinations

import numpy as np

from seawall.model import Answer, Branch, Flag, Holding, StakeKind, Step
from seawall.trace.closure import Bound, Closure, Rule, above
from seawall.trace.graph import CODE, UNIT

TRIES = 1_000
"""Sets of owners that the search for a smaller proof asks about."""

WORK = 20_000
"""Holdings that are gone through for a better proof once there is one."""

Edges = frozenset[int]


@dataclass(slots=True)
class _Part:
    """The graph above one entity, as far as it may be caught: the holdings of each slot and of each owner."""

    rule: Rule
    into: dict[int, dict[int, list[int]]] = field(default_factory=dict)
    """entity -> slot -> edges"""
    held: dict[int, list[int]] = field(default_factory=dict)
    """owner -> edges"""
    tries: int = TRIES
    work: int = WORK
    shares: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Low and high of the edges that were asked for."""

    def enough(self, slot: int, edges: Iterable[int]) -> bool:
        """Whether these edges are enough in their slot."""
        shares = [self.share(edge) for edge in edges]
        return self.reached(slot, sum(low for low, _ in shares), sum(high for _, high in shares))

    def reached(self, slot: int, low: int, high: int) -> bool:
        """Whether `low` to `high` is enough in the slot."""
        return self.rule.reached_in(slot, low, high)

    def fewest(self, slot: int, edges: list[int]) -> int:
        """A number of these edges below which none are enough: the highest lows with the highest highs."""
        lows, highs = (sorted(ends, reverse=True) for ends in zip(*map(self.share, edges), strict=True))
        sums = zip(accumulate(lows), accumulate(highs), strict=True)
        return next((n for n, ends in enumerate(sums, 1) if self.reached(slot, *ends)), len(edges) + 1)

    def share(self, edge: int) -> tuple[int, int]:
        """The edge's low and high."""
        if edge not in self.shares:
            self.shares[edge] = int(self.rule.graph.low[edge]), int(self.rule.graph.high[edge])
        return self.shares[edge]

    def owner(self, edge: int) -> int:
        """Whose edge it is."""
        return int(self.rule.graph.owner[edge])

    def slot(self, edge: int) -> int:
        """Where it counts."""
        return int(self.rule.graph.slot[edge])

    def owned(self, edge: int) -> int:
        """What is owned."""
        return int(self.rule.graph.entity[self.rule.graph.slot[edge]])

    def caught(self, roots: Iterable[int], allowed: Edges | None = None) -> set[int]:
        """What is caught from the roots, by these edges or all."""
        found, new, sums = set(roots), list(roots), dict[int, tuple[int, int]]()
        held = self.held if allowed is None else dict[int, list[int]]()
        for edge in allowed or ():
            held.setdefault(self.owner(edge), []).append(edge)
        while new:
            edges = held.get(new.pop(), [])
            self.work -= len(edges)
            for edge in edges:
                slot, entity = self.slot(edge), self.owned(edge)
                if entity not in found:
                    sums[slot] = _plus(sums.get(slot, (0, 0)), self.share(edge))
                    if self.reached(slot, *sums[slot]):
                        found.add(entity)
                        if self.rule.through or self.rule.graph.kind[slot] == CODE[StakeKind.MEMBER]:
                            new.append(entity)
        return found


def _plus(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return a[0] + b[0], a[1] + b[1]


def explain(closure: Closure, entity: int) -> Holding:
    """The answer for one entity with its proof, the range that counts and what to ask."""
    ground = closure.ground
    roots = {int(x) for x in closure.roots}
    inside = above(ground, np.array([entity]), closure.possible)
    low, high = (_part(rule, inside) for rule in (closure.lowest, closure.highest))
    groups = [roots & {*np.flatnonzero(inside).tolist()}]
    if closure.lowest.alone:
        groups = [{root} for root in _nearest(high, entity, groups[0])]
    answer, listed = closure.answer(entity), entity in roots
    least, most = (_most(part, entity, groups) for part in (low, high))
    proof, smallest = frozenset[int](), True
    if answer is not Answer.NOT and not listed:
        proof, smallest = _smallest(low if answer is Answer.CAUGHT else high, entity, groups)
    steps = tuple(_step(closure, edge) for edge in sorted(proof | _own(closure, proof)))
    return Holding(
        entity=ground.name(entity), answer=answer, listed=listed, low=least, high=most, proof=steps,
        smallest=smallest, asks=_asks(closure, proof) if answer is Answer.MAYBE else (),
        flags=tuple(_flags(closure, entity, answer, least)),
    )  # fmt: skip


def tree(holding: Holding) -> Branch:
    """The proof as a tree: the entity, under it the owners through whom it is caught, down to the listed. What has
    been shown once is not shown again with its owners.
    """
    shown: set[str] = set()

    def branch(entity: str, step: Step | None) -> Branch:
        into = [s for s in holding.proof if s.owned == entity]
        if entity in shown:
            return Branch(entity, step, (), bool(into))
        shown.add(entity)
        return Branch(entity, step, tuple(branch(s.owner, s) for s in into))

    return branch(holding.entity, None)


def _nearest(part: _Part, entity: int, roots: set[int]) -> list[int]:
    """The roots by how many steps they stand above the entity."""
    seen, row = dict.fromkeys([entity]), [entity]
    while row:
        edges = [e for x in row for group in part.into.get(x, {}).values() for e in group]
        row = [x for x in dict.fromkeys(map(part.owner, edges)) if x not in seen]
        seen |= dict.fromkeys(row)
    return [x for x in seen if x in roots]


def _part(rule: Rule, inside: np.ndarray) -> _Part:
    graph, part = rule.graph, _Part(rule)
    for edge in graph.edges_into(np.flatnonzero(inside)).tolist():
        owner = part.owner(edge)
        if inside[owner] and graph.high[edge] > 0:
            part.into.setdefault(part.owned(edge), {}).setdefault(part.slot(edge), []).append(edge)
            part.held.setdefault(owner, []).append(edge)
    return part


def _smallest(part: _Part, entity: int, groups: list[set[int]]) -> tuple[Edges, bool]:
    """The smallest proof from any of the groups, and whether it is known to be."""
    best: Edges | None = None
    part.work = WORK
    for roots in groups:
        if best is not None and part.work <= 0:
            return best, False
        first = _first(part, entity, roots)
        if first is not None and (best is None or len(first) < len(best)):
            best = first
    if best is None:
        raise ValueError("what is caught has a proof")
    for roots in groups:
        best = _smaller(part, entity, roots, best)
    return best, part.tries > 0


def _first(part: _Part, entity: int, roots: set[int]) -> Edges | None:
    """A proof from the owners that cost the fewest holdings."""
    cost, chosen = dict[int, int](), dict[int, list[int]]()
    heap, settled, held = [(0, root) for root in sorted(roots)], set[int](), dict[int, list[int]]()
    sums = dict[int, tuple[int, int]]()
    while heap:
        price, owner = heapq.heappop(heap)
        if owner in settled:
            continue
        settled.add(owner)
        cost[owner] = price
        if owner == entity:
            break
        if not part.rule.through and price and not _pool(part, owner):
            continue
        part.work -= len(part.held.get(owner, ()))
        for edge in part.held.get(owner, ()):
            below, slot = part.owned(edge), part.slot(edge)
            if below in settled:
                continue
            held.setdefault(slot, []).append(edge)
            sums[slot] = _plus(sums.get(slot, (0, 0)), part.share(edge))
            if not part.reached(slot, *sums[slot]) or not _betters(part, edge, chosen.get(below, ())):
                continue
            picked = _picked(part, slot, held[slot], cost)
            total = sum(cost[part.owner(e)] + 1 for e in picked)
            if below not in cost or total < cost[below]:
                cost[below], chosen[below] = total, picked
                heapq.heappush(heap, (total, below))
    if entity not in settled:
        return None
    proof, todo = set[int](), [entity]
    while todo:
        for edge in chosen.get(todo.pop(), ()):
            if edge not in proof:
                proof.add(edge)
                todo.append(part.owner(edge))
    return _reduced(part, entity, roots, proof)


def _betters(part: _Part, edge: int, chosen: Iterable[int]) -> bool:
    """Whether a holding could take the place of one that was chosen, being larger."""
    return not chosen or part.share(edge) > min(part.share(e) for e in chosen)


def _pool(part: _Part, entity: int) -> bool:
    kinds = {int(part.rule.graph.kind[slot]) for slot in part.into.get(entity, ())}
    return CODE[StakeKind.MEMBER] in kinds


def _picked(part: _Part, slot: int, edges: list[int], cost: dict[int, int]) -> list[int]:
    """Enough of the edges, the largest of the cheapest owners first, and none too many."""
    order = sorted(edges, key=lambda e: (cost[part.owner(e)], -int(part.rule.graph.high[e]), e))
    sums = list(accumulate(map(part.share, order), _plus))
    size = next(n for n, ends in enumerate(sums, 1) if part.reached(slot, *ends))
    (low, high), picked = sums[size - 1], []
    for edge in order[:size]:
        less = low - part.share(edge)[0], high - part.share(edge)[1]
        if part.reached(slot, *less):
            low, high = less
        else:
            picked.append(edge)
    return picked


def _reduced(part: _Part, entity: int, roots: set[int], proof: set[int]) -> Edges:
    for edge in sorted(proof) if len(proof) * len(proof) < WORK else ():
        if entity in part.caught(roots, frozenset(proof - {edge})):
            proof = proof - {edge}
    return frozenset(proof)


def _smaller(part: _Part, entity: int, roots: set[int], best: Edges) -> Edges:
    """The smallest proof by trying, for each entity that needs one, every set of holdings that is just enough."""
    stack: list[tuple[Edges, tuple[int, ...], frozenset[int]]] = [(frozenset(), (entity,), frozenset({entity}))]
    while stack and part.tries:
        chosen, todo, seen = stack.pop()
        if len(chosen) + len(todo) >= len(best):
            continue
        if not todo:
            if entity in part.caught(roots, chosen):
                best = chosen
            continue
        room = len(best) - 1 - len(chosen) - (len(todo) - 1)
        found = []
        for picked in _just_enough(part, todo[0], room):
            owners = {part.owner(e) for e in picked}
            new = tuple(sorted(owners - roots - seen))
            found.append((chosen | picked, (*todo[1:], *new), seen | owners))
        stack.extend(reversed(found))
    return best


def _just_enough(part: _Part, entity: int, room: int) -> Iterator[Edges]:
    """Sets of at most `room` holdings that are enough, smallest first, none holding another."""
    for slot, edges in part.into.get(entity, {}).items():
        found: list[Edges] = []
        for size in range(part.fewest(slot, edges), min(room, len(edges)) + 1):
            smaller = tuple(found)
            for picked in combinations(edges, size):
                if not part.tries:
                    return
                part.tries -= 1
                if not any(f <= {*picked} for f in smaller) and part.enough(slot, picked):
                    found.append(frozenset(picked))
                    yield found[-1]


def _most(part: _Part, entity: int, groups: list[set[int]]) -> float:
    """The most that counts from any group. Where too much would have to be gone through, what counts from the nearest,
    or at the highest what may count from all together.
    """
    found, part.work = 0.0, WORK
    for roots in groups:
        if part.work <= 0:
            possible = part.rule.bound is Bound.POSSIBLE
            return max(found, _counted(part, entity, set(part.held))) if possible else found
        found = max(found, _counted(part, entity, part.caught(roots)))
    return found


def _counted(part: _Part, entity: int, caught: set[int]) -> float:
    """The percent of an entity's shares that the caught hold."""
    graph = part.rule.graph
    for slot, edges in part.into.get(entity, {}).items():
        if graph.kind[slot] == CODE[StakeKind.OWNERSHIP]:
            if len(caught) < len(edges):
                counts = [e for x in caught for e in part.held.get(x, ()) if part.slot(e) == slot]
            else:
                counts = [e for e in edges if part.owner(e) in caught]
            sums = [np.array([column[counts].sum(dtype=np.int64)]) for column in (graph.low, graph.high)]
            held, left = part.rule.counted(np.array([slot]), *sums)
            return 100.0 * int(held[0]) / int(left[0])
    return 0.0


def _own(closure: Closure, proof: Edges) -> Edges:
    """The shares that the entities of a proof hold of themselves, which make the whole smaller."""
    g = closure.ground
    slots = np.unique(g.slot[sorted(proof)]) if proof else np.zeros(0, np.int64)
    edges = [e for s in slots[g.own_high[slots] > 0] for e in range(g.edge_start[s], g.edge_start[s + 1])]
    return frozenset(e for e in edges if g.owner[e] == g.entity[g.slot[e]])


def _step(closure: Closure, edge: int) -> Step:
    g = closure.ground
    slot = g.slot[edge]
    rows = g.rows[g.row_start[edge] : g.row_start[edge + 1]].tolist()
    kind = tuple(StakeKind)[int(g.kind[slot])]
    names = g.name(int(g.owner[edge])), g.name(int(g.entity[slot]))
    own = g.owner[edge] == g.entity[slot]
    low, high = (g.own_low[slot], g.own_high[slot]) if own else (g.low[edge], g.high[edge])
    return Step(*names, kind, int(low) / UNIT, int(high) / UNIT, tuple(sorted(rows)))


def _asks(closure: Closure, proof: Edges) -> tuple[Step, ...]:
    """The holdings of slots that are not enough at their lowest: those with a range, or all if none has."""
    g, part, slots = closure.ground, _Part(closure.lowest), dict[int, list[int]]()
    for edge in sorted(proof):
        slots.setdefault(part.slot(edge), []).append(edge)
    asked = []
    for slot, edges in slots.items():
        if not part.enough(slot, edges):
            ranges = [e for e in edges if g.low[e] < g.high[e]]
            if g.own_low[slot] < g.own_high[slot]:
                ranges += _own(closure, frozenset(edges))
            asked += ranges or edges
    return tuple(_step(closure, edge) for edge in asked)


def _flags(closure: Closure, entity: int, answer: Answer, low: float) -> Iterator[Flag]:
    g = closure.ground
    edges = g.edges_into(np.array([entity]))
    kinds = g.kind[g.slot[edges]][closure.certain[g.owner[edges]] & (g.low[edges] > 0)]
    if answer is not Answer.CAUGHT and low > 0 and closure.test.threshold is not None:
        yield Flag.MINORITY
    others = [CODE[kind] for kind in (StakeKind.VOTES, StakeKind.BOARD, StakeKind.CONTROL)]
    if not closure.test.control and np.isin(kinds, others).any():
        yield Flag.CONTROL
    if closure.test.threshold is None and CODE[StakeKind.OWNERSHIP] in kinds:
        yield Flag.NO_PERCENTAGE
