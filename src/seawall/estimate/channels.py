"""Channels drawn: each a formula of parameters, in every year, with its range."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from seawall.estimate.draws import Draws, draw, uniforms
from seawall.model import Channel, Estimate, Figure, Flows, Parameter

SHARE = 0.8
"""The share of the draws that an estimate's range holds: from the 10th to the 90th percentile."""


def trade(imports: Draws, markup: Draws) -> Draws:
    """What partners recorded as imports, in USD million, less the freight and insurance in it: / (1 + markup)."""
    return imports / (1 + markup)


def export(exports: Draws) -> Draws:
    """Exports as a compiler printed them, in USD million at the border."""
    return exports


def processing(exports: Draws, added: Draws) -> Draws:
    """Goods made of the buyer's material: exports in USD million x the share of their value that is added."""
    return exports * added


def volume(tonnes: Draws, price: Draws) -> Draws:
    """Tonnes in millions x price in USD per tonne, which is USD million."""
    return tonnes * price


def labour(workers: Draws, wage: Draws, kept: Draws) -> Draws:
    """Workers x (what is paid for one - what one keeps), both in USD per month, x 12, in USD million a year."""
    found: Draws = workers * np.maximum(wage - kept, 0) * 12 / 1e6
    return found


def takings(units: Draws, taking: Draws) -> Draws:
    """Units (restaurants, licences, visitors) x what one earns in a year in USD, in USD million."""
    return units * taking / 1e6


def share_of(gross: Draws, share: Draws) -> Draws:
    """A gross sum x the share of it that arrives."""
    return gross * share


def rest(total: Draws, markup: Draws, **parts: Draws) -> Draws:
    """What a total holds beside its parts, never below zero, less the freight and insurance in it: / (1 + markup)."""
    found: Draws = np.maximum(total - sum(parts.values()), 0) / (1 + markup)
    return found


def debt_service(debt: Draws, forgiven: Draws, rate: Draws, term: Draws) -> Draws:
    """What would fall due in a year on the forgiven share of a debt: an annuity at a yearly rate over a term in years.

    Without interest it is the forgiven sum / the term.
    """
    yearly: Draws = np.broadcast_arrays(1 / term, rate)[0].copy()
    np.divide(rate, -np.expm1(-term * np.log1p(rate)), out=yearly, where=rate > 0)
    found: Draws = debt * forgiven * yearly
    return found


def plain(flow: Draws) -> Draws:
    """A published estimate with its range."""
    return flow


def cargoes(deliveries: Draws, capacity: Draws, load: Draws) -> Draws:
    """Deliveries x capacity of one when full, in barrels x how full they were, in barrels."""
    return deliveries * capacity * load


def barrels(tonnes: Draws, factor: Draws) -> Draws:
    """Tonnes x barrels per tonne."""
    return tonnes * factor


def notified(barrels: Draws, tonnes: Draws, factor: Draws) -> Draws:
    """Barrels where the supplier gives them, else tonnes x barrels per tonne: the rule of the 1718 Committee."""
    return np.where(np.isnan(barrels), tonnes * factor, barrels)


FORMS: Mapping[str, Callable[..., Draws]] = {
    "trade": trade,
    "export": export,
    "processing": processing,
    "volume": volume,
    "labour": labour,
    "takings": takings,
    "share_of": share_of,
    "rest": rest,
    "debt_service": debt_service,
    "plain": plain,
    "cargoes": cargoes,
    "barrels": barrels,
    "notified": notified,
}
"""The formulas of channels by name. Their arguments are the names of the parameters that a channel must have; a form
with ** takes others beside them.
"""


def parameters(channels: Iterable[Channel]) -> tuple[Parameter, ...]:
    """The parameters of channels, those that are shared once."""
    return tuple({p.id: p for c in channels for _, p in c.parameters}.values())


def faults(channel: Channel) -> tuple[str, ...]:
    """What keeps a channel from being drawn: no such form, or parameters other than the form's."""
    if channel.form not in FORMS:
        return (f"{channel.id}: no form {channel.form!r}; there are {', '.join(FORMS)}",)
    asked = inspect.signature(FORMS[channel.form]).parameters.values()
    needed, given = [p.name for p in asked if p.kind is not p.VAR_KEYWORD], [name for name, _ in channel.parameters]
    spare = len(needed) < len(asked)
    if not set(needed) <= set(given) or (not spare and len(given) > len(needed)):
        more = " and others" if spare else ""
        return (f"{channel.id}: the form {channel.form} needs {', '.join(needed)}{more}, not {', '.join(given)}",)
    return ()


def flow(channel: Channel, years: Sequence[int], unit: Mapping[str, np.ndarray]) -> Draws:
    """A channel in each of `years`, a row per year, from the uniform numbers of each parameter (`draws.uniforms`).

    0 in years before its first and after its last, in which there was no such thing; not a number in years for which
    a parameter has no value. Raises ValueError for what `faults` finds.
    """
    for fault in faults(channel):
        raise ValueError(fault)
    active = [channel.first <= year <= channel.last for year in years]
    drawn = {name: draw(p, [y for y, a in zip(years, active, strict=True) if a], unit[p.id])
             for name, p in channel.parameters}  # fmt: skip
    found = np.zeros((len(years), next(iter(unit.values())).size), dtype=np.float32)
    if any(active):
        found[active] = FORMS[channel.form](**drawn)
    return found


def flows(channels: Sequence[Channel], years: Sequence[int], n: int, seed: int) -> Iterator[tuple[Channel, Draws]]:
    """Each channel with its `n` draws in each of `years`. Draw k of one and draw k of another are of one world."""
    yield from ((channel, drawn) for channel, drawn, _ in _drawn(channels, years, n, seed))


def _drawn(
    channels: Sequence[Channel], years: Sequence[int], n: int, seed: int
) -> Iterator[tuple[Channel, Draws, list[Estimate | None]]]:
    """Channels with their draws and their estimates, two at a time: NumPy works without Python's lock."""
    unit = uniforms(parameters(channels), n, seed)

    def one(channel: Channel) -> tuple[Channel, Draws, list[Estimate | None]]:
        drawn = flow(channel, years, unit)
        basis = basis_of(channel)
        rows = zip(years, drawn, strict=True)
        return channel, drawn, [summary(channel.id, year, channel.unit, row, basis) for year, row in rows]

    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(one, channels)


def summary(what: str, year: int, unit: str, draws: np.ndarray, basis: tuple[str, ...]) -> Estimate | None:
    """Draws of one year as an estimate; None if there is no value."""
    if not draws.size or np.isnan(draws).any():
        return None
    places = [round(share * (draws.size - 1)) for share in ((1 - SHARE) / 2, 0.5, (1 + SHARE) / 2)]
    low, mid, high = np.partition(draws, places)[places]
    return Estimate(what, str(year), unit, float(low), float(mid), float(high), SHARE, basis)


def estimate(channels: Sequence[Channel], years: Sequence[int], n: int, seed: int) -> Flows:
    """Channels with their ranges and sums. Money that is a part of another channel's (`within`) is in no sum, and
    kinds and units are never added to each other. Raises ValueError for what `faults` finds.
    """
    found: list[Estimate] = []
    silent: list[tuple[str, int]] = []
    sums: dict[tuple[str, str, int], Draws] = {}
    cited: dict[tuple[str, str], dict[str, None]] = {}
    for channel, drawn, estimates in _drawn(channels, years, n, seed):
        kind = channel.kind.value
        capped = (f"cap {channel.counts}",) if channel.counts else ()
        parts = () if channel.within else (kind, f"{kind} {channel.partner or 'several'}", *capped)
        for year, row, one in zip(years, drawn, estimates, strict=True):
            if one is None:
                silent.append((channel.id, year))
            elif one.high:
                found.append(one)
                for what in parts:
                    key = what, channel.unit, year
                    sums[key] = sums[key] + row if key in sums else row
        for what in parts:
            cited.setdefault((what, channel.unit), {}).update(dict.fromkeys(basis_of(channel)))
    keys = sorted(sums, key=lambda key: (list(cited).index(key[:2]), key[2]))
    with ThreadPoolExecutor(2) as pool:
        totals = pool.map(lambda key: summary(key[0], key[2], key[1], sums[key], tuple(cited[key[:2]])), keys)
    return Flows(tuple(channels), tuple(found), tuple(one for one in totals if one), tuple(silent))


def basis_of(channel: Channel) -> tuple[str, ...]:
    """The sources that a channel rests on, and `judgement` where one of its ranges is one."""
    cited = dict.fromkeys(source for _, p in channel.parameters for source in p.basis)
    judged = any(p.why for _, p in channel.parameters)
    return (*cited, *(("judgement",) if judged else ()))


def times(one: Estimate, other: Figure | float) -> Estimate | None:
    """An estimate as a multiple of a published figure or an amount, with the figure's own range; None where that is
    censored or may be 0.
    """
    low, mid, high = (other.low, other.mid, other.high) if isinstance(other, Figure) else (other, other, other)
    if low is None or mid is None or high is None or low <= 0 or one.low < 0:
        return None
    basis = (*one.basis, *((other.source,) if isinstance(other, Figure) else ()))
    what = other.series if isinstance(other, Figure) else "the amount"
    return Estimate(
        f"{one.what} / {what}", one.period, "times", one.low / high, one.mid / mid, one.high / low, one.share, basis
    )
