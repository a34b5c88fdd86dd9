"""Years that are over, foretold by what was known before them, and held against what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from seawall.estimate.enforcement import Numbers, Pool, mandated, pool, sobol, spread, summed
from seawall.model import Covered, Foretold, Hindcast, Past, Prior, Probe, Refill, Target


def hindcast(
    past: Hindcast, probes: Mapping[str, Probe], covered: Mapping[tuple[str, int], Covered],
    given: tuple[Prior, Refill], n: int, seed: int,
) -> tuple[Foretold, ...]:  # fmt: skip
    """Each target with its prediction, from flows as they were known, the law of `covered` (by flow and year), and the
    prior alone of what holds; `given` are this prior and the share of lost income that other goods make good.

    A flow goes from year to year by a factor drawn anew each time (`drift`), and what the law asks for is taken off as
    far as it holds. Nothing in here is fitted to what came. Raises ValueError if a flow became known after the day.
    """
    for f in past.flows:
        if f.known > past.on:
            raise ValueError(f"{f.id} rests on what was known on {f.known} only")
    prior, refill = given
    for what, known in ((f"the prior {prior.id}", prior.known), ("what new goods make good", refill.known)):
        if known > past.on:
            raise ValueError(f"{what} was known on {known} only")
    shares = pool((), prior, n, seed)
    years = range(past.base, max(t.to for t in past.targets) + 1)
    drawn = {f.id: _flow(f, probes[f.probe], covered, shares, (years, n, seed)) for f in past.flows}
    share = np.random.default_rng(seed).permutation(spread(refill.share, sobol(1, n, seed)[:, 0]))
    new = {year: share * refill.part(year - past.on.year) for year in years}
    return tuple(_foretold(t, drawn, new, n) for t in past.targets)


def _flow(
    past: Past, probe: Probe, covered: Mapping[tuple[str, int], Covered], shares: Pool, frame: tuple[range, int, int]
) -> dict[int, tuple[Numbers, Numbers]]:
    """In each year, what would flow without the law and what flows under it; the level is that of the first."""
    years, n, seed = frame
    key = [*past.id.encode()]
    u = np.random.default_rng([seed, *key]).permutation(sobol(2 + len(years), n, seed))
    free = spread(past.level, u[:, 0])
    held = shares.held(probe.topics[0], past.partner)
    found = {}
    for k, year in enumerate(years):
        if k:
            free = free * spread(past.drift, u[:, 1 + k])
        law = covered.get((past.id, year))
        gone = mandated(law, past.unit, free, u[:, 1]) * held if law else np.zeros(n)
        found[year] = (free, free * (1 - gone))
    return found


def _foretold(
    target: Target, drawn: Mapping[str, Mapping[int, tuple[Numbers, Numbers]]], new: Mapping[int, Numbers], n: int
) -> Foretold:
    """The change of a sum of flows in percent; a sum of several gets new goods for a share of what it lost."""

    def total(year: int) -> Numbers:
        free, left = (sum((drawn[name][year][k] for name in target.flows), np.zeros(n)) for k in (0, 1))
        found: Numbers = left + (new[year] * (free - left) if target.refills else 0)
        return found

    before, after = total(target.since), total(target.to)
    change = 100 * (after / np.maximum(before, 1e-12) - 1)
    predicted = summed(target.id, f"{target.since}-{target.to}", "percent", change, (target.source,))
    return Foretold(target, predicted, predicted.low <= target.published.mid <= predicted.high)


def coverage_of(found: Sequence[Foretold]) -> float:
    """The share of targets that lie in their range, which should come out near the share that ranges are said to hold.

    Raises ValueError for no targets.
    """
    if not found:
        raise ValueError("no targets")
    return sum(f.inside for f in found) / len(found)
