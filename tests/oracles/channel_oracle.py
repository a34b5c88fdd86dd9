"""Channels drawn one world at a time, in plain loops and with the standard library alone."""

from __future__ import annotations

import math
import random
from statistics import NormalDist

from seawall.model import Channel, Gaps, Parameter, Shape


def value(parameter: Parameter, year: int, dice: random.Random) -> float | None:
    """One value of a parameter in a year."""
    found = _range(parameter, year)
    if found is None:
        return None
    low, mid, high = found
    if low == high:
        return mid
    if parameter.shape is Shape.UNIFORM:
        return dice.uniform(low, high)
    if parameter.shape is Shape.TRIANGULAR:
        return dice.triangular(low, high, mid)
    if parameter.shape is Shape.PERT:
        a = 1 + 4 * (mid - low) / (high - low)
        return low + (high - low) * dice.betavariate(a, 6 - a)
    z = dice.gauss() / NormalDist().inv_cdf(0.9)
    return mid * math.exp(z * (math.log(mid / low) if z < 0 else math.log(high / mid)))


def _range(parameter: Parameter, year: int) -> tuple[float, float, float] | None:
    points = {p.year: (p.low, p.mid, p.high) for p in parameter.points}
    if year in points:
        return points[year]
    dated = sorted(y for y in points if y is not None)
    before, after = [y for y in dated if y < year], [y for y in dated if y > year]
    if parameter.gaps is not Gaps.NONE and before and after:
        a, b = before[-1], after[0]
        w = (year - a) / (b - a)
        low, mid, high = (x + w * (y - x) for x, y in zip(points[a], points[b], strict=True))
        return low, mid, high
    if parameter.gaps in {Gaps.HOLD, Gaps.ONWARD} and before:
        return points[before[-1]]
    if parameter.gaps is Gaps.HOLD and after:
        return points[after[0]]
    return points.get(None)


FORMS = {
    "trade": lambda imports, markup: imports / (1 + markup),
    "export": lambda exports: exports,
    "processing": lambda exports, added: exports * added,
    "volume": lambda tonnes, price: tonnes * price,
    "labour": lambda workers, wage, kept: workers * max(wage - kept, 0) * 12 / 1e6,
    "takings": lambda units, taking: units * taking / 1e6,
    "share_of": lambda gross, share: gross * share,
    "rest": lambda total, markup, **parts: max(total - sum(parts.values()), 0) / (1 + markup),
    "debt_service": lambda debt, forgiven, rate, term: debt * forgiven * rate / (1 - (1 + rate) ** -term),
    "plain": lambda flow: flow,
    "cargoes": lambda deliveries, capacity, load: deliveries * capacity * load,
    "barrels": lambda tonnes, factor: tonnes * factor,
    "notified": lambda barrels, tonnes, factor: tonnes * factor if barrels is None else barrels,
}


def worlds(channel: Channel, year: int, n: int, seed: int) -> list[float] | None:
    """A channel in a year in n worlds, in order; None if a parameter has no value."""
    dice = random.Random(seed)  # noqa: S311 - a simulation
    if not channel.first <= year <= channel.last:
        return [0.0] * n
    found = []
    for _ in range(n):
        values = {name: value(p, year, dice) for name, p in channel.parameters}
        needed = set(values)
        if channel.form == "notified":
            needed = {"tonnes", "factor"} if values["barrels"] is None else {"barrels"}
        if any(values[name] is None for name in needed):
            return None
        found.append(FORMS[channel.form](**values))
    return sorted(found)
