"""Two laws over the same flows: what each stops beyond the law before them, and how much more one than the other."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from seawall.estimate.channels import basis_of, flow, parameters
from seawall.estimate.draws import uniforms
from seawall.estimate.enforcement import Numbers, Pool, mandated, spread, summed
from seawall.model import Channel, Covered, Flow, Probe, Refill, Stopped


@dataclass(frozen=True, slots=True)
class Law:
    """What a law covers, by channel and year, and the least share that holds at partners for which one is supposed."""

    covered: Mapping[tuple[str, int], Covered]
    enforced: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the laws are compared over: channels at their level of the year `level`, in each of `years`.

    `refill` is the share of lost income that goods outside the law make good, from the year after `start` on.
    """

    level: int
    start: int
    years: tuple[int, ...]
    refill: Refill
    n: int
    seed: int


@dataclass(frozen=True, slots=True)
class _World:
    """A channel's draws: its level, the share that holds, and the uniform numbers of what the law covers."""

    channel: Channel
    level: Numbers
    held: Numbers
    asked: Numbers


_Parts = tuple[Numbers, ...]
"""The level, what the first law stops, what the second stops, and the difference."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What a row is of: a channel, or a sum without a name."""

    name: str
    title: str
    kind: Flow
    unit: str


def probe_of(channel: Channel, probes: Sequence[Probe]) -> Probe | None:
    """The probe that stands for a channel, None if there is none: of its kind and its capped goods, by the first of its
    topics that a probe has; of goods for a channel with codes if there is such a one.
    """
    fits = [p for p in probes if p.kind is channel.kind and channel.counts in {"", p.counts}]
    same = [p for p in fits if bool(p.hs) == bool(channel.hs)]
    found = [p for some in (same, fits) for topic in channel.topics for p in some if topic in p.topics]
    return found[0] if found else None


def cell_of(channel: Channel, pool: Pool) -> tuple[str, str]:
    """The measure and partner whose share that holds a channel goes by: one of its topics at its partner if that was
    seen; for a channel of all partners, that topic wherever it was seen; else its first topic at its partner.
    """
    own = [cell for topic in channel.topics for cell in pool.counts if cell == (topic, channel.partner)]
    elsewhere = [cell for topic in channel.topics for cell in pool.counts if cell[0] == topic and not channel.partner]
    return next(iter([*own, *elsewhere]), (channel.topics[0] if channel.topics else "", channel.partner))


def stopped(channel_level: Numbers, covered: Covered, unit: str, held: Numbers, u: Numbers) -> Numbers:
    """What a law stops of a flow: its level x the share that must go x the share of that which holds."""
    found: Numbers = channel_level * mandated(covered, unit, channel_level, u) * held
    return found


def compare(
    channels: Sequence[Channel], pool: Pool, before: Law, laws: tuple[Law, Law], setting: Setting
) -> tuple[tuple[Stopped, ...], tuple[Stopped, ...], tuple[str, ...]]:
    """A row per channel and year that either law touches; sums per kind and unit; and the channels that have no level.

    All draws are common to the laws: the difference is the law's alone, and has a range of its own. Channels `within`
    another are not to be among them: a cap is on the whole. Raises ValueError for what `channels.faults` finds.
    """
    refill = spread(setting.refill.share, uneven("refill", setting))
    touched = {name for law in (before, *laws) for name, _ in law.covered}
    worlds, silent = _worlds(channels, pool, touched, setting)
    rows: list[Stopped] = []
    sums: dict[tuple[_Head, int], list[tuple[Channel, _Parts]]] = {}
    for world in worlds:
        c = world.channel
        for year in setting.years:
            parts = _parts(world, year, before, laws, refill * setting.refill.part(year - setting.start))
            said = [law.covered[c.id, year].measures for law in laws if (c.id, year) in law.covered]
            if _any(parts):
                measures = tuple(dict.fromkeys(m for some in said for m in some))
                rows.append(_row(_Head(c.id, c.title, c.kind, c.unit), year, parts, basis_of(c), measures))
            head = _Head("", f"all {c.kind.value}", c.kind, c.unit)
            sums.setdefault((head, year), []).append((c, parts))
    totals = []
    for (head, year), found in sums.items():
        whole = tuple(np.sum(np.stack(column), axis=0) for column in zip(*(p for _, p in found), strict=True))
        if _any(whole):
            basis = tuple(dict.fromkeys(name for c, _ in found for name in basis_of(c)))
            totals.append(_row(head, year, whole, basis, ()))
    return tuple(rows), tuple(totals), silent


def _worlds(
    channels: Sequence[Channel], pool: Pool, touched: Container[str], setting: Setting
) -> tuple[list[_World], tuple[str, ...]]:
    """The channels that had something in the year of the level and went on after it, and those without a value then."""
    nothing = np.zeros(setting.n)
    unit = uniforms(parameters(channels), setting.n, setting.seed)
    found: list[_World] = []
    silent: list[str] = []
    for c in channels:
        level = flow(c, [setting.level], unit)[0].astype(np.float64)
        if np.isnan(level).any():
            silent.append(c.id)
        elif c.last > setting.level and level.any():
            held = pool.held(*cell_of(c, pool)) if c.id in touched else nothing
            found.append(_World(c, level, held, uneven(f"asked {c.id}", setting)))
    return found, tuple(silent)


def _any(parts: _Parts) -> bool:
    """Whether either law stops anything."""
    return bool(parts[1].any() or parts[2].any())


def _parts(world: _World, year: int, before: Law, laws: tuple[Law, Law], refill: Numbers) -> _Parts:
    """The level, what each law stops beyond the law before, and by how much the second stops more."""
    earlier = _stops(world, before, year)
    keep = 1 - refill if world.channel.kind is Flow.CURRENCY else np.ones_like(refill)
    first, second = ((_stops(world, law, year) - earlier) * keep for law in laws)
    return world.level, first, second, second - first


def _stops(world: _World, law: Law, year: int) -> Numbers:
    covered = law.covered.get((world.channel.id, year))
    if covered is None:
        return np.zeros_like(world.level)
    held = np.maximum(world.held, law.enforced.get(world.channel.partner, 0.0))
    return stopped(world.level, covered, world.channel.unit, held, world.asked)


def uneven(what: str, setting: Setting) -> Numbers:
    """Uniform numbers for one unknown, of even spread, in an order of its own."""
    middles = (np.arange(setting.n) + 0.5) / setting.n
    return np.random.default_rng([setting.seed, *what.encode()]).permutation(middles)


def _row(head: _Head, year: int, parts: _Parts, basis: tuple[str, ...], measures: tuple[str, ...]) -> Stopped:
    level, first, second, more = (
        summed(f"{head.name or head.title} {what}", str(year), head.unit, draws, basis)
        for what, draws in zip(("level", "stopped by the first", "stopped by the second", "more"), parts, strict=True)
    )
    return Stopped(head.name, head.title, year, head.kind, level, first, second, more, measures)
