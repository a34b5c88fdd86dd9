"""Draws of parameters: quasi-random, seeded, and common to all that is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from seawall.model import Gaps, Parameter, Shape

Draws = NDArray[np.float32]
"""One row per year, one column per draw. Seven digits are more than any figure has, and half the memory to move."""


def uniforms(parameters: Sequence[Parameter], n: int, seed: int) -> dict[str, NDArray[np.float32]]:
    """For each parameter, by id, `n` numbers in (0, 1) that fill the unit cube evenly: Sobol (1967), scrambled.

    The same parameters, n and seed give the same numbers: what differs between two runs is then the scenario alone.
    """
    names = sorted({p.id for p in parameters})
    if not names or n < 1:
        return {name: np.zeros(0, dtype=np.float32) for name in names}
    points = stats.qmc.Sobol(len(names), seed=seed).random_base2(max(1, int(np.ceil(np.log2(n)))))[:n]
    inside = np.clip(points, 1e-6, 1 - 1e-6).astype(np.float32)
    return {name: np.ascontiguousarray(inside[:, k]) for k, name in enumerate(names)}


def ranges(parameter: Parameter, years: Sequence[int]) -> NDArray[np.float64]:
    """(low, mid, high) of a parameter in each year, a row per year; not a number where there is no value."""
    every = [p for p in parameter.points if p.year is None]
    found = np.full((len(years), 3), np.nan)
    if every:
        found[:] = (every[0].low, every[0].mid, every[0].high)
    dated = sorted((p for p in parameter.points if p.year is not None), key=lambda p: p.year or 0)
    if not dated:
        return found
    known = np.array([p.year for p in dated], dtype=np.float64)
    values = np.array([(p.low, p.mid, p.high) for p in dated])
    asked = np.array(years, dtype=np.float64)
    for k in range(3):
        line = np.interp(asked, known, values[:, k])
        if parameter.gaps is Gaps.NONE:
            line = np.where(np.isin(asked, known), line, np.nan)
        elif parameter.gaps is Gaps.INTERPOLATE:
            line = np.where((asked >= known[0]) & (asked <= known[-1]), line, np.nan)
        elif parameter.gaps is Gaps.ONWARD:
            line = np.where(asked >= known[0], line, np.nan)
        found[:, k] = np.where(np.isnan(line), found[:, k], line)
    return found


def draw(parameter: Parameter, years: Sequence[int], u: NDArray[np.float32]) -> Draws:
    """Values of a parameter, a row per year. One number of `u` serves all years: what is unknown is mostly the level,
    which is the same from year to year; years that err apart would make sums look surer than they are.

    A parameter that is the same in every year gives one row.
    """
    found = ranges(parameter, years)
    if len(found) and (found == found[0]).all():
        found = found[:1]
    drawn = np.empty((len(found), u.size), dtype=np.float32)
    for row, values in zip(found, drawn, strict=True):
        values[:] = quantile(parameter.shape, row, u)
    return drawn


def quantile(shape: Shape, row: NDArray[np.float64], u: NDArray[np.float32]) -> NDArray[np.float32]:
    """The values below which shares `u` of a distribution lie; `row` is its (low, mid, high)."""
    low, mid, high = (float(value) for value in row)
    if np.isnan(mid):
        return np.full(u.size, np.nan, dtype=np.float32)
    if low == high:
        return np.full(u.size, mid, dtype=np.float32)
    return QUANTILES[shape](low, mid, high, u)


def _uniform(low: float, _: float, high: float, u: NDArray[np.float32]) -> NDArray[np.float32]:
    return low + (high - low) * u


def _triangular(low: float, mid: float, high: float, u: NDArray[np.float32]) -> NDArray[np.float32]:
    turn = (mid - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mid - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mid))
    found: NDArray[np.float32] = np.where(u < turn, rising, falling)
    return found


def _pert(low: float, mid: float, high: float, u: NDArray[np.float32]) -> NDArray[np.float32]:
    a = 1 + 4 * (mid - low) / (high - low)
    found: NDArray[np.float32] = low + (high - low) * special.betaincinv(a, 6 - a, u)
    return found


def _lognormal(low: float, mid: float, high: float, u: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of two halves that meet at the median, so that both ends are met whatever the middle. Needs low > 0."""
    z = special.ndtri(u) / special.ndtri(0.9)
    below, above = np.log(mid / low), np.log(high / mid)
    return np.asarray(mid * np.exp(np.where(z < 0, below, above) * z), dtype=np.float32)


QUANTILES: Mapping[Shape, Callable[[float, float, float, NDArray[np.float32]], NDArray[np.float32]]] = {
    Shape.UNIFORM: _uniform,
    Shape.TRIANGULAR: _triangular,
    Shape.PERT: _pert,
    Shape.LOGNORMAL: _lognormal,
}
