"""Two laws over the same flows: what each stops beyond the law before them, and how much more one than the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from seawall.estimate.channels import basis_of, flow, parameters
from seawall.estimate.draws import uniforms
from seawall.estimate.enforcement import Numbers, Pool, mandated, spread, summed
from seawall.model import Channel, Covered, Estimate, Flow, Probe, Refill, Stopped


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

    All draws are common to the laws: the difference is the law's alone, and has a range of its own. Sums leave out
    channels `within` another. Raises ValueError for what `channels.faults` finds.
    """
    refill = spread(setting.refill.share, uneven("refill", setting))
    rows: list[Stopped] = []
    sums: dict[tuple[Flow, str, int], list[tuple[Numbers, ...]]] = {}
    cited: dict[tuple[Flow, str, int], list[Channel]] = {}
    silent: list[str] = []
    unit = uniforms(parameters(channels), setting.n, setting.seed)
    for channel in channels:
        if channel.last <= setting.level:
            continue
        level = flow(channel, [setting.level], unit)[0]
        if np.isnan(level).any():
            silent.append(channel.id)
            continue
        if not level.any():
            continue
        world = _World(channel, level, pool.held(*cell_of(channel, pool)), uneven(f"asked {channel.id}", setting))
        for year in setting.years:
            parts = _parts(world, year, before, laws, refill * setting.refill.part(year - setting.start))
            measures = tuple(
                dict.fromkeys(m for law in laws if (c := law.covered.get((channel.id, year))) for m in c.measures)
            )
            if measures and (parts[1].any() or parts[2].any()):
                rows.append(
                    _row(
                        channel.id, channel.title, year, channel.kind, channel.unit, parts, basis_of(channel), measures
                    )
                )
            if not channel.within:
                sums.setdefault((channel.kind, channel.unit, year), []).append(parts)
                cited.setdefault((channel.kind, channel.unit, year), []).append(channel)
    totals = []
    for (kind, what, year), found in sums.items():
        whole = tuple(np.sum(np.stack(column), axis=0) for column in zip(*found, strict=True))
        basis = tuple(dict.fromkeys(name for c in cited[kind, what, year] for name in basis_of(c)))
        if not (whole[1].any() or whole[2].any()):
            continue
        totals.append(_row("", f"all {kind.value}", year, kind, what, whole, basis, ()))
    return tuple(rows), tuple(totals), tuple(silent)


def _parts(world: _World, year: int, before: Law, laws: tuple[Law, Law], refill: Numbers) -> tuple[Numbers, ...]:
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


def _row(
    name: str, title: str, year: int, kind: Flow, unit: str, parts: Sequence[Numbers], basis: tuple[str, ...],
    measures: tuple[str, ...],
) -> Stopped:  # fmt: skip
    made: list[Estimate] = [
        summed(f"{name or title} {what}", str(year), unit, draws, basis)
        for what, draws in zip(("level", "stopped by the first", "stopped by the second", "more"), parts, strict=True)
    ]
    return Stopped(name, title, year, kind, *made, measures)
