"""Which unknown of a channel matters most, and thus what to find out next."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from seawall.estimate.channels import FORMS, faults, flow, summary
from seawall.estimate.draws import draw, uniforms
from seawall.model import Channel, Estimate, Influence

_SAMPLES = 1 << 13


def influences(channel: Channel, year: int, n: int, seed: int) -> tuple[Influence, ...]:
    """The parameters of a channel by how much of the variance of a year is due to each, the most telling first; none
    if the year has no value or no range. Sobol indices by Saltelli's scheme (2010), as in scipy.stats.sobol_indices.

    Raises ValueError for what `channels.faults` finds.
    """
    for fault in faults(channel):
        raise ValueError(fault)
    unit = uniforms([p for _, p in channel.parameters], n, seed)
    drawn = flow(channel, [year], unit)[0]
    if np.isnan(drawn).any() or drawn.min() == drawn.max():
        return ()
    values = {name: draw(p, [year], unit[p.id])[0] for name, p in channel.parameters}
    open_ones = [(name, p) for name, p in channel.parameters if np.ptp(values[name]) > 0]
    fixed = {name: draw(p, [year], np.full(1, 0.5))[0] for name, p in channel.parameters}
    form = FORMS[channel.form]

    def model(inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        asked = {name: draw(p, [year], u)[0] for (name, p), u in zip(open_ones, inputs, strict=True)}
        return np.atleast_2d(form(**(fixed | asked)))

    first = total = np.ones(1)  # all of it is due to the only one
    if len(open_ones) > 1:
        dists: Any = [stats.uniform(1e-9, 1 - 2e-9)] * len(open_ones)  # the stubs do not know frozen distributions
        found = stats.sobol_indices(func=model, n=_SAMPLES, dists=dists, random_state=seed)
        first, total = np.ravel(found.first_order), np.ravel(found.total_order)
    rows = []
    for k, (name, p) in enumerate(open_ones):
        at = np.quantile(values[name], [0.1, 0.9])
        ends = [float(np.median(form(**(values | {name: np.full(n, end)})))) for end in at]
        known = summary(p.id, year, p.unit, values[name], p.basis)
        if known is None:
            raise ValueError(f"{p.id} has no value in {year}")
        rows.append(Influence(known, p.title, _share(first[k]), _share(total[k]), (min(ends), max(ends)), p.why))
    return tuple(sorted(rows, key=lambda row: -row.total))


def _share(index: float) -> float:
    """An index without the noise that takes it below 0 or above 1."""
    return float(np.clip(index, 0.0, 1.0))


def ranges_of(channel: Channel, year: int, n: int, seed: int) -> tuple[Estimate, ...]:
    """The range of each parameter of a channel in a year, in the order of the form; those without a value left out."""
    unit = uniforms([p for _, p in channel.parameters], n, seed)
    found = (summary(p.id, year, p.unit, draw(p, [year], unit[p.id])[0], p.basis) for _, p in channel.parameters)
    return tuple(one for one in found if one is not None)
