"""Stakes as columns: one edge for each holding, sorted so that the owners of an entity are a slice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seawall.errors import InputError
from seawall.model import Fault, Stake, StakeKind

UNIT = 1_000_000
"""Parts of a percent: shares are whole numbers of them, so that sums at a threshold are exact."""

WHOLE = 100 * UNIT

ROUNDING = UNIT // 10
"""What published shares of one entity may exceed the whole by without a fault: a tenth of a percent, a judgement."""

UNBOUND = 1 << 50
"""The whole of what cannot be added up, as control."""

KINDS = tuple(StakeKind)
CODE: Mapping[StakeKind, int] = {kind: code for code, kind in enumerate(KINDS)}

Ints = NDArray[Any]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Stakes as arrays of one length.

    `owner`, `owned`: entity numbers from 0, -1 where missing. `low`, `high`: percent, NaN where not given.
    `kind`: codes, the places in `KINDS`. `known`: False where control is only alleged. `start`, `end`: datetime64[D],
    NaT where not given; None for a column that is not there.
    """

    owner: Ints
    owned: Ints
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    kind: Ints | None = None
    known: Mask | None = None
    start: NDArray[np.datetime64] | None = None
    end: NDArray[np.datetime64] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Holdings in force on a day. Edges are sorted by what is owned, kind and owner.

    Of edges: `owner`, `slot`, `low`, `high` (in `UNIT`); `rows[row_start[e]:row_start[e + 1]]` are its stakes.
    A slot is one kind of one entity: `entity`, `kind`, `edge_start`, and the sum of its owners' lows, `held`; the
    entity's own shares from `own_low` to `own_high`; `whole`, which the shares cannot exceed together.
    `slot_start` gives an entity's slots; `out[out_start[u]:out_start[u + 1]]` the edges of an owner.
    """

    names: Sequence[str]
    owner: Ints
    slot: Ints
    low: Ints
    high: Ints
    rows: Ints
    row_start: Ints
    entity: Ints
    kind: Ints
    edge_start: Ints
    slot_start: Ints
    held: Ints
    own_low: Ints
    own_high: Ints
    whole: Ints
    out: Ints
    out_start: Ints
    faults: Mapping[Fault, Ints]
    """The rows of the stakes that have each fault."""
    joint: tuple[tuple[int, ...], ...] = ()

    @property
    def size(self) -> int:
        """The number of entities."""
        return len(self.slot_start) - 1

    def name(self, entity: int) -> str:
        """The entity's id, "" for an owner whom nobody names."""
        return self.names[entity] if entity < len(self.names) else ""

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """The numbers of these ids, as far as they are in the graph, in one pass over its names."""
        wanted = set(ids)
        return {name: number for number, name in enumerate(self.names) if name in wanted}

    def edges_from(self, owners: Ints) -> Ints:
        """The edges of these owners, owner after owner."""
        return self.out[slices(self.out_start, owners)]

    def edges_into(self, entities: Ints) -> Ints:
        """The edges to these entities, of every kind, entity after entity."""
        slots = slices(self.slot_start, entities)
        return slices(self.edge_start, slots)


def slices(start: Ints, which: Ints) -> Ints:
    """The whole numbers from start[i] to start[i + 1] for each i of `which`, one after the other."""
    first = start[which]
    count = start[which + 1] - first
    total = int(count.sum())
    before = np.cumsum(count) - count
    return np.repeat(first - before, count) + np.arange(total, dtype=np.int64)


def graph_of(stakes: Sequence[Stake], on: date, joint: Iterable[Sequence[str]] = ()) -> Graph:
    """The graph of stakes in force on a day. `joint`: the parties of each joint arrangement, which covers every entity
    in which two of them hold; arrangements that share a party are taken as one.
    """
    named = [[x for x in group if x] for group in joint]
    used = [x for s in stakes for x in (s.owner, s.owned) if x] + [x for group in named for x in group]
    names = list(dict.fromkeys(used))
    number = {name: place for place, name in enumerate(names)}
    columns = Columns(
        owner=np.array([number.get(s.owner, -1) for s in stakes], np.int64),
        owned=np.array([number.get(s.owned, -1) for s in stakes], np.int64),
        low=np.array([s.low for s in stakes], np.float64),
        high=np.array([s.high for s in stakes], np.float64),
        kind=np.array([CODE[s.kind] for s in stakes], np.int64),
        known=np.array([s.known for s in stakes], np.bool_),
        start=np.array([s.start for s in stakes], "datetime64[D]"),
        end=np.array([s.end for s in stakes], "datetime64[D]"),
    )
    return build(columns, names, on, [[number[x] for x in group] for group in named])


def build(columns: Columns, names: Sequence[str], on: date, joint: Iterable[Sequence[int]] = ()) -> Graph:
    """The graph of columns on a day; `names[i]` is the id of entity i. An owner that is missing becomes an entity of
    its own after those named. See `Graph.faults` for what was wrong with stakes. Raises InputError, with the row, for a
    number that names no entity and a kind that no publisher gives.
    """
    _checked(columns, len(names))
    faults: dict[Fault, Ints] = {}
    low, high = _shares(columns, faults)
    faults[Fault.OWNER] = np.flatnonzero(columns.owner < 0)
    faults[Fault.OWNED] = np.flatnonzero(columns.owned < 0)
    owner = columns.owner.astype(np.int64)
    owner[faults[Fault.OWNER]] = len(names) + np.arange(faults[Fault.OWNER].size)
    size = len(names) + faults[Fault.OWNER].size
    rows = np.flatnonzero(_in_force(columns, on) & (columns.owned >= 0))
    kind = np.zeros(len(owner), np.int64) if columns.kind is None else columns.kind.astype(np.int64)
    key = (columns.owned[rows] * len(KINDS) + kind[rows]) * size + owner[rows]
    order = np.argsort(key, kind="stable")
    key, rows = key[order], rows[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    edges = _one_holding(first, low[rows], high[rows], rows, faults)
    return _joined(names, size, key[first], edges, (rows, np.append(first, rows.size)), faults, _merged(joint))


def _checked(columns: Columns, size: int) -> None:
    for field, column in (("owner", columns.owner), ("owned", columns.owned)):
        wrong = np.flatnonzero((column < -1) | (column >= size))
        if wrong.size:
            raise InputError(f"no entity has the number {column[wrong[0]]}", row=int(wrong[0]), field=field)
    if columns.kind is not None:
        wrong = np.flatnonzero((columns.kind < 0) | (columns.kind >= CODE[StakeKind.MEMBER]))
        if wrong.size:
            raise InputError(f"no kind of stake has the code {columns.kind[wrong[0]]}", row=int(wrong[0]), field="kind")


def _in_force(columns: Columns, on: date) -> Mask:
    day = np.datetime64(on, "D")
    held = np.ones(len(columns.owner), np.bool_)
    if columns.start is not None:
        held &= np.isnat(columns.start) | (columns.start <= day)
    if columns.end is not None:
        held &= np.isnat(columns.end) | (columns.end >= day)
    return held


def _shares(columns: Columns, faults: dict[Fault, Ints]) -> tuple[Ints, Ints]:
    """Lows and highs in `UNIT`. Control has no share: stated it is whole, alleged anything."""
    low, high = np.nan_to_num(columns.low, nan=0.0), np.nan_to_num(columns.high, nan=100.0)
    if columns.kind is not None:
        control = columns.kind == CODE[StakeKind.CONTROL]
        low, high = np.where(control, 100.0, low), np.where(control, 100.0, high)
    wrong = (low < 0) | (high > 100) | (low > high)
    unknown = wrong if columns.known is None else wrong | ~columns.known
    faults[Fault.SHARE] = np.flatnonzero(wrong)
    low, high = np.where(unknown, 0.0, low), np.where(unknown, 100.0, high)
    return np.rint(low * UNIT).astype(np.int32), np.rint(high * UNIT).astype(np.int32)


def _one_holding(first: Ints, low: Ints, high: Ints, rows: Ints, faults: dict[Fault, Ints]) -> tuple[Ints, Ints]:
    """Low and high of each holding from its statements: what all of them allow; if they contradict, all between."""
    if not first.size:
        faults[Fault.CONTRADICTS] = first
        return low, high
    most, least = np.maximum.reduceat(low, first), np.minimum.reduceat(high, first)
    apart = most > least
    count = np.diff(np.append(first, rows.size))
    faults[Fault.CONTRADICTS] = np.sort(rows[np.repeat(apart, count)])
    if apart.any():
        most = np.where(apart, np.minimum.reduceat(low, first), most)
        least = np.where(apart, np.maximum.reduceat(high, first), least)
    return most, least


def _merged(joint: Iterable[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    groups: list[set[int]] = []
    for members in joint:
        apart = [g for g in groups if not g & {*members}]
        groups = [*apart, {*members}.union(*(g for g in groups if g & {*members}))]
    return tuple(tuple(sorted(g)) for g in groups if len(g) > 1)


def _joined(  # noqa: PLR0913, PLR0917 - the parts of a graph as they are made
    names: Sequence[str],
    size: int,
    key: Ints,
    edges: tuple[Ints, Ints],
    stated: tuple[Ints, Ints],
    faults: dict[Fault, Ints],
    joint: tuple[tuple[int, ...], ...],
) -> Graph:
    """The graph from sorted edges: slots and their sums, and the order by owner."""
    low, high = edges
    owner, place = (key % size).astype(np.int32), key // size
    edge_first = np.flatnonzero(np.diff(place, prepend=-1))
    slots = place[edge_first]
    entity, kind = (slots // len(KINDS)).astype(np.int32), (slots % len(KINDS)).astype(np.int8)
    edge_start = np.append(edge_first, key.size)
    slot = np.repeat(np.arange(slots.size, dtype=np.int32), np.diff(edge_start))
    own = np.flatnonzero(owner == entity[slot])
    own_low, own_high = np.zeros(slots.size, np.int64), np.zeros(slots.size, np.int64)
    own_low[slot[own]], own_high[slot[own]] = low[own], high[own]
    low, high = low.copy(), high.copy()
    low[own] = high[own] = 0
    if Fault.SELF not in faults:
        faults[Fault.SELF] = np.sort(stated[0][slices(stated[1], own)])
    all_own = own_low >= WHOLE  # it cannot own all of itself: left out, and reported as its own owner
    own_low[all_own] = own_high[all_own] = 0
    sums = np.add.reduceat(low, edge_first, dtype=np.int64) if slots.size else np.zeros(0, np.int64)
    summed = kind < CODE[StakeKind.CONTROL]
    over = summed & (sums + own_low > WHOLE + ROUNDING)
    if Fault.OVER not in faults:
        faults[Fault.OVER] = np.sort(stated[0][slices(stated[1], slices(edge_start, np.flatnonzero(over)))])
    whole = np.where(summed, np.maximum(WHOLE + ROUNDING, sums + own_low), UNBOUND)
    own_high = np.clip(own_high, own_low, np.clip(whole - sums, own_low, WHOLE - 1))
    return Graph(
        names=names, owner=owner, slot=slot, low=low, high=high, rows=stated[0], row_start=stated[1],
        entity=entity, kind=kind, edge_start=edge_start, slot_start=np.searchsorted(entity, np.arange(size + 1)),
        held=sums, own_low=own_low, own_high=own_high, whole=whole,
        out=np.argsort(owner, kind="stable"), out_start=_starts(owner, size),
        faults=faults, joint=joint,
    )  # fmt: skip


def _starts(of: Ints, size: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(of, minlength=size))))


def pooled(graph: Graph) -> Graph:
    """The graph in which the parties of a joint arrangement hold together: an entity more for each arrangement and
    slot in which two of them hold, which has their shares, and in whose stead each party stands.
    """
    if not graph.joint:
        return graph
    party = np.full(graph.size, -1, np.int64)
    for number, members in enumerate(graph.joint):
        party[list(members)] = number
    of = party[graph.owner]
    own = graph.owner == graph.entity[graph.slot]
    pool_key = np.where((of >= 0) & ~own, graph.slot.astype(np.int64) * len(graph.joint) + of, -1)
    keys, count = np.unique(pool_key[pool_key >= 0], return_counts=True)
    keys = keys[count > 1]
    moved = np.flatnonzero(np.isin(pool_key, keys))
    pool = graph.size + np.searchsorted(keys, pool_key[moved])
    return _with_pools(graph, moved, pool, keys // len(graph.joint))


def _with_pools(graph: Graph, moved: Ints, pool: Ints, slots: Ints) -> Graph:
    size = graph.size + slots.size
    names = [graph.name(x) for x in range(graph.size)]
    for number in range(slots.size):
        parties = graph.owner[moved[pool == graph.size + number]]
        names.append(" and ".join(graph.name(int(x)) for x in parties) + " together")
    owner = graph.owner.astype(np.int64)
    owner[moved] = pool
    place = graph.entity[graph.slot].astype(np.int64) * len(KINDS) + graph.kind[graph.slot]
    members = (pool * len(KINDS) + CODE[StakeKind.MEMBER]) * size + graph.owner[moved]
    key = np.concatenate((place * size + owner, members))
    edge = np.concatenate((np.arange(graph.owner.size), moved))
    whole = np.full(moved.size, WHOLE)
    own = np.flatnonzero(graph.owner == graph.entity[graph.slot])
    low, high = graph.low.astype(np.int64), graph.high.astype(np.int64)
    low[own], high[own] = graph.own_low[graph.slot[own]], graph.own_high[graph.slot[own]]
    order = np.argsort(key, kind="stable")
    key, edge = key[order], edge[order]
    low, high = np.concatenate((low, whole))[order], np.concatenate((high, whole))[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    rows = graph.rows[slices(graph.row_start, edge)]
    counts = np.add.reduceat(np.diff(graph.row_start)[edge], first)
    sums = np.add.reduceat(low, first), np.minimum(np.add.reduceat(high, first), WHOLE)
    stated = rows, np.concatenate(([0], np.cumsum(counts)))
    return _joined(names, size, key[first], sums, stated, {**graph.faults}, ())
