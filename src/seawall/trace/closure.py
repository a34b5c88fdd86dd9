"""Who is caught under a test: the least fixed point over the graph, at the shares' lowest and at their highest.

Being caught only grows with a share, and the shares of each entity vary by themselves. So what is caught with every
share at its lowest is caught in every graph inside the ranges; and what is caught with each entity's shares laid out
for the caught, as far as the others' lowest leave room in the whole, is caught in at least one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from seawall.model import Answer, OwnershipTest, StakeKind
from seawall.trace.graph import CODE, KINDS, UNIT, WHOLE, Graph, Ints, Mask, pooled

_NEVER = 4 * WHOLE
"""A share that no holding reaches."""


class Bound(StrEnum):
    """With every share at its lowest for the caught, or at its highest."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A test at one bound over a graph: by kind of slot, what the caught must hold.

    `need` is in `UNIT`; `more`: 1 where it must be exceeded, else 0; both by the kind's place in `KINDS`.
    """

    graph: Graph
    bound: Bound
    need: Ints
    more: Ints
    through: bool
    alone: bool

    def reached(self, slots: Ints, low: Ints, high: Ints) -> Mask:
        """Whether it is enough that the caught hold `low` to `high` in each of these slots."""
        held, left = self.counted(slots, low, high)
        kind = self.graph.kind[slots]
        return (held > 0) & (held * WHOLE >= self.need[kind] * left + self.more[kind])

    def counted(self, slots: Ints, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """What the caught hold of the slots at this bound, and of what: the whole without the entity's own shares."""
        g = self.graph
        if self.bound is Bound.CERTAIN:
            left = WHOLE - g.own_low[slots]
            return np.minimum(low, left), left
        free = g.whole[slots] - (g.held[slots] - low)
        own = np.where(free < WHOLE, np.clip(free - high, g.own_low[slots], g.own_high[slots]), g.own_high[slots])
        left = WHOLE - own
        return np.minimum(np.minimum(high, free - own), left), left

    def reached_in(self, slot: int, low: int, high: int) -> bool:
        """`reached` for one slot, in whole numbers of Python: an array of one costs ten times as much."""
        g, kind = self.graph, self.graph.kind[slot]
        own, free = int(g.own_low[slot]), low
        if self.bound is Bound.POSSIBLE:
            room, most = int(g.whole[slot] - g.held[slot]) + low, int(g.own_high[slot])
            own = min(max(room - high, own), most) if room < WHOLE else most
            free = min(high, room - own)
        left = WHOLE - own
        held = min(free, left)
        return held > 0 and held * WHOLE >= int(self.need[kind]) * left + int(self.more[kind])


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """Of each entity whether it is caught for certain and whether it may be. The listed are caught.

    `ground` is the graph as the test sees it, which may hold joint arrangements as entities after those of the graph.
    """

    test: OwnershipTest
    ground: Graph
    roots: Ints
    lowest: Rule
    highest: Rule
    certain: Mask
    possible: Mask

    def answer(self, entity: int) -> Answer:
        """The answer in three values."""
        if self.certain[entity]:
            return Answer.CAUGHT
        return Answer.MAYBE if self.possible[entity] else Answer.NOT


def close(graph: Graph, test: OwnershipTest, listed: Ints) -> Closure:
    """What a test says of every entity, given the numbers of the listed. Linear in the stakes of the caught where the
    test adds up; where each owner is asked alone, entities that only several stakes of one owner's can reach are
    asked owner by owner, over the part of the graph above them.
    """
    ground = pooled(graph) if test.joint else graph
    roots = np.unique(np.asarray(listed, np.int64))
    lowest, highest = (rule(ground, test, bound) for bound in Bound)
    certain, possible = _caught(lowest, roots), _caught(highest, roots)
    return Closure(test, ground, roots, lowest, highest, certain, possible)


def rule(graph: Graph, test: OwnershipTest, bound: Bound) -> Rule:
    """The test over a graph at a bound. Control, votes and board count where control does, a majority of the latter."""
    majority = round(test.majority * UNIT), 1
    needs = dict.fromkeys(KINDS, (_NEVER, 0)) | {StakeKind.MEMBER: (0, 1)}
    if test.threshold is not None:
        needs[StakeKind.OWNERSHIP] = round(test.threshold * UNIT), 0 if test.at_least else 1
    elif bound is Bound.POSSIBLE:
        needs[StakeKind.OWNERSHIP] = 0, 1
    if test.control:
        needs |= {StakeKind.VOTES: majority, StakeKind.BOARD: majority, StakeKind.CONTROL: (0, 1)}
    need = np.array([needs[kind][0] for kind in KINDS], np.int64)
    more = np.array([needs[kind][1] for kind in KINDS], np.int64)
    return Rule(graph, bound, need, more, test.through, not test.aggregate)


def _caught(rule: Rule, roots: Ints) -> Mask:
    """Everything caught from the roots, together or each alone."""
    together = spread(rule, roots)
    if not rule.alone or roots.size < 2:
        return together
    found = _one_by_one(rule, roots, together)
    first, size = 0, 1
    while first < roots.size and (left := np.flatnonzero(together & ~found)).size:
        found[_alone(rule, roots[first : first + size], above(rule.graph, left, together))] = True
        first, size = first + size, 2 * size  # few roots may leave nothing open, or no more than a small part
    return found


def spread(rule: Rule, roots: Ints) -> Mask:
    """The least fixed point: start from the roots and add what they and the added hold enough of."""
    graph = rule.graph
    caught = np.zeros(graph.size, np.bool_)
    caught[roots] = True
    low, high = np.zeros(graph.entity.size, np.int64), np.zeros(graph.entity.size, np.int64)
    new = roots
    while new.size:
        edges = graph.edges_from(new)
        slots = graph.slot[edges]
        np.add.at(low, slots, graph.low[edges])
        np.add.at(high, slots, graph.high[edges])
        slots = np.unique(slots)
        reached = np.unique(graph.entity[slots[rule.reached(slots, low[slots], high[slots])]])
        new = reached[~caught[reached]]
        caught[new] = True
        new = _onward(rule, new)
    return caught


def _onward(rule: Rule, new: Ints) -> Ints:
    """Those of the newly caught whose own holdings count. A joint arrangement is none but its parties."""
    return new if rule.through else new[_is_pool(rule.graph, new)]


def _is_pool(graph: Graph, entities: Ints) -> Mask:
    slots = graph.slot_start[entities]
    has = graph.slot_start[entities + 1] > slots
    kinds = np.append(graph.kind, -1)[np.where(has, slots, -1)]
    return np.asarray(kinds == CODE[StakeKind.MEMBER], np.bool_)


def _one_by_one(rule: Rule, roots: Ints, among: Mask) -> Mask:
    """What is caught through single holdings that are enough: whoever catches the owner catches this too."""
    graph = rule.graph
    found = np.zeros(graph.size, np.bool_)
    found[roots] = True
    new = roots
    while new.size:
        edges = graph.edges_from(new)
        slots = graph.slot[edges]
        low, high = graph.low[edges].astype(np.int64), graph.high[edges].astype(np.int64)
        reached = np.unique(graph.entity[slots[rule.reached(slots, low, high)]])
        new = reached[among[reached] & ~found[reached]]
        found[new] = True
        new = _onward(rule, new)
    return found


def above(graph: Graph, entities: Ints, among: Mask) -> Mask:
    """These entities and all above them, owner by owner, that are `among` others."""
    found = np.zeros(graph.size, np.bool_)
    found[entities] = True
    new = entities
    while new.size:
        owners = np.unique(graph.owner[graph.edges_into(new)])
        new = owners[among[owners] & ~found[owners]]
        found[new] = True
    return found


def _alone(rule: Rule, roots: Ints, inside: Mask) -> Ints:
    """What is caught from some root alone, inside a part of the graph that holds all above it.

    All roots go at once: (root, entity) and (root, slot) are pairs, each a number.
    """
    graph = rule.graph
    root, entity = np.arange(roots.size)[inside[roots]], roots[inside[roots]]
    seen = np.sort(root * graph.size + entity)
    slots_of = graph.entity.size
    keys = low = high = np.zeros(0, np.int64)
    while entity.size:
        count = graph.out_start[entity + 1] - graph.out_start[entity]
        edges, root = graph.edges_from(entity), np.repeat(root, count)
        kept = inside[graph.entity[graph.slot[edges]]]
        edges, root = edges[kept], root[kept]
        added = root * slots_of + graph.slot[edges]
        keys, place = np.unique(np.concatenate((keys, added)), return_inverse=True)
        low, high = (
            np.bincount(place, np.concatenate((sums, more[edges])), keys.size).astype(np.int64)
            for sums, more in ((low, graph.low), (high, graph.high))
        )
        touched = np.unique(place[place.size - added.size :])
        slots = keys[touched] % slots_of
        hit = touched[rule.reached(slots, low[touched], high[touched])]
        pairs = np.unique(keys[hit] // slots_of * graph.size + graph.entity[keys[hit] % slots_of])
        pairs = pairs[~np.isin(pairs, seen, assume_unique=True)]
        seen = np.sort(np.concatenate((seen, pairs)))
        new = pairs % graph.size
        going = np.ones(new.size, np.bool_) if rule.through else _is_pool(graph, new)
        root, entity = (pairs // graph.size)[going], new[going]
    return np.unique(seen % graph.size)
