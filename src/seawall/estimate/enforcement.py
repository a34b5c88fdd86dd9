"""The share of each measure that held, by measure and partner: what the law asked to go, and what went."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from seawall.estimate.channels import SHARE
from seawall.estimate.draws import QUANTILES
from seawall.model import Covered, Enforcement, Estimate, Held, Prior, Reduction, Seen, Shape, Span, Walls

Numbers = NDArray[np.float64]
Cell = tuple[str, str]
"""A measure's topic and a partner."""

OTHER = "other"
"""Any partner of which nothing was seen."""
_LEAST = 0.5
"""The least that an observation counts, in trials: even a poor one says something."""
UNITS: Mapping[str, tuple[str, float]] = {
    "USD million": ("usd", 1e6), "bbl": ("bbl", 1.0), "barrels": ("bbl", 1.0), "t": ("t", 1.0),
    "million tonnes": ("t", 1e6), "thousand tonnes": ("t", 1e3), "Mt": ("t", 1e6), "kt": ("t", 1e3),
}  # fmt: skip
"""The unit of a cap for the unit of a flow, and how many of the former the latter is."""


def spread(span: Span, u: Numbers) -> Numbers:
    """Draws of a range, likeliest at its middle, at the uniform numbers `u`."""
    if span.low == span.high:
        return np.full(u.size, span.mid)
    # In doubles, unlike channels: differences between two laws are small beside what they are differences of.
    double: Any = u
    found: Any = QUANTILES[Shape.TRIANGULAR](span.low, span.mid, span.high, double)
    return np.asarray(found, dtype=np.float64)


def mandated(covered: Covered, unit: str, level: Numbers, u: Numbers) -> Numbers:
    """The share of a flow of `level` a year that the law asks to go: what is forbidden, and what is above a cap.

    A cap takes max(0, 1 - what it allows / the level); one in a unit that the flow is not in takes nothing.
    """
    share = spread(covered.share, u)
    limit = dict(covered.caps).get(UNITS[unit][0]) if unit in UNITS else None
    if not covered.capped or limit is None:
        return share
    allowed = limit / UNITS[unit][1]
    above = np.maximum(covered.capped - allowed / np.maximum(level, 1e-12), 0.0)
    found: Numbers = np.minimum(share + above, 1.0)
    return found


def sobol(columns: int, n: int, seed: int) -> Numbers:
    """`n` quasi-random points of the unit cube, a column per dimension, ends left out."""
    points = stats.qmc.Sobol(columns, seed=seed).random_base2(max(1, int(np.ceil(np.log2(n)))))[:n]
    found: Numbers = np.clip(points, 1e-9, 1 - 1e-9)
    return found


def reduction(seen: Seen, covered: Covered, most: float, n: int, seed: int) -> tuple[Reduction, Numbers | None]:
    """An observation against the law, and the draws of the share that held; None where the law asked for nothing.

    The share that held is (1 - (observed + unrecorded) / level without the law) / mandated share, kept within 0 and 1.
    It counts as the number of yes-or-no trials of which a beta distribution has its mean and variance,
    m (1 - m) / v - 1, from 0.5 to `most`.
    """
    u = sobol(5, n, seed)
    base = spread(seen.baseline, u[:, 0])
    left = spread(seen.observed, u[:, 1]) + spread(seen.unrecorded, u[:, 2]) * base
    level = base * spread(seen.drift, u[:, 3])
    asked = mandated(covered, seen.unit, level, u[:, 4])
    held: Estimate | None = None
    shares: Numbers | None = None
    trials = 0.0
    if asked.min() > 0:
        shares = np.clip((1 - left / level) / asked, 0, 1)
        held = summed(f"share of {seen.id} that held", str(seen.year), "share", shares, seen.sources)
        mean, variance = float(shares.mean()), float(shares.var())
        trials = float(np.clip(mean * (1 - mean) / variance - 1, _LEAST, most)) if variance else most
    done = Reduction(
        seen, covered,
        summed(f"{seen.id} mandated", str(seen.year), seen.unit, level * asked, seen.sources),
        summed(f"{seen.id} observed", str(seen.year), seen.unit, level - left, seen.sources),
        held, trials,
    )  # fmt: skip
    return done, shares


def summed(what: str, period: str, unit: str, draws: Numbers, basis: Sequence[str]) -> Estimate:
    """Draws as an estimate, which rests on judgements too."""
    low, mid, high = np.quantile(draws, [(1 - SHARE) / 2, 0.5, (1 + SHARE) / 2])
    return Estimate(what, period, unit, float(low), float(mid), float(high), SHARE, (*basis, "judgement"))


@dataclass(frozen=True, slots=True)
class Counts:
    """What was seen at a cell, as `trials` of which `held` held (neither need be whole)."""

    cell: Cell
    held: float
    trials: float


@dataclass(frozen=True, slots=True)
class Pool:
    """Draws of the shares that hold, each as likely as any other: of a partner as a whole (`OTHER` is any of which
    nothing was seen), and the strength of its measures' likeness. `effective` is what the weighted draws that
    they were taken from are worth.
    """

    means: Mapping[str, Numbers]
    likeness: Numbers
    counts: Mapping[Cell, Counts]
    effective: float
    seed: int

    def held(self, topic: str, partner: str) -> Numbers:
        """Draws of the share of a measure that holds at a partner; one that was not seen is drawn about its partner's
        mean, or that of partners as such.
        """
        mean = self.means.get(partner, self.means[OTHER])
        seen = self.counts.get((topic, partner), Counts((topic, partner), 0.0, 0.0))
        a = mean * self.likeness + seen.held
        b = (1 - mean) * self.likeness + seen.trials - seen.held
        # The same uniform numbers for a cell whatever it is compared with, but other ones for each cell.
        u = np.random.default_rng([self.seed, *f"{topic}\0{partner}".encode()]).permutation(_middles(mean.size))
        return _beta(a, b, u)


def pool(counts: Sequence[Counts], prior: Prior, n: int, seed: int) -> Pool:
    """A hierarchical beta-binomial model of the shares that hold: any partner m, partner p, measure k at p:

        leak ~ uniform, m = 1 - leak; m_p ~ Beta(m s, (1 - m) s); share_kp ~ Beta(m_p r, (1 - m_p) r)

    with s (partners) and r (measures) even on a log scale, and what was seen binomial with a number of trials that
    need not be whole. Draws of the prior at quasi-random points are weighted by the marginal likelihood, in which the
    shares are integrated out (beta-binomial), and drawn again by weight (systematic resampling). Gelman and others,
    Bayesian Data Analysis (3rd ed. 2013), ch. 5.
    """
    merged: dict[Cell, Counts] = {}
    for c in counts:
        before = merged.get(c.cell, Counts(c.cell, 0.0, 0.0))
        merged[c.cell] = Counts(c.cell, before.held + c.held, before.trials + c.trials)
    partners = sorted({partner for _, partner in merged} | {OTHER})
    u = sobol(3 + len(partners), n, seed)
    m = 1 - (prior.leak[0] + (prior.leak[1] - prior.leak[0]) * u[:, 0])
    alike = _between(prior.partners, u[:, 1])
    likeness = _between(prior.measures, u[:, 2])
    means = {p: _beta(m * alike, (1 - m) * alike, u[:, 3 + k]) for k, p in enumerate(partners)}
    weight = np.zeros(n)
    for (_, partner), seen in merged.items():
        a, b = means[partner] * likeness, (1 - means[partner]) * likeness
        weight += special.betaln(a + seen.held, b + seen.trials - seen.held) - special.betaln(a, b)
    shares = np.exp(weight - weight.max())
    shares /= shares.sum()
    chosen = np.searchsorted(np.cumsum(shares), _middles(n)).clip(max=n - 1)
    chosen = np.random.default_rng(seed).permutation(chosen)
    return Pool(
        {p: values[chosen] for p, values in means.items()}, likeness[chosen], merged, float(1 / (shares**2).sum()), seed
    )


def _middles(n: int) -> Numbers:
    """The middles of `n` equal parts of (0, 1)."""
    found: Numbers = (np.arange(n) + 0.5) / n
    return found


def _between(ends: tuple[float, float], u: Numbers) -> Numbers:
    found: Numbers = np.exp(u * math.log(ends[1] / ends[0])) * ends[0]
    return found


def _beta(a: Numbers, b: Numbers, u: Numbers) -> Numbers:
    """Quantiles of beta distributions; parameters so near 0 that nothing can be told are kept above it."""
    return np.asarray(special.betaincinv(np.maximum(a, 1e-3), np.maximum(b, 1e-3), u), dtype=np.float64)


def enforcement(walls: Walls, covered: Sequence[Covered], prior: Prior, n: int, seed: int) -> tuple[Enforcement, Pool]:
    """What held, and its draws for scenarios. `covered` is what the law says of each of `walls.seen`, in its order."""
    counts: list[Counts] = []
    reductions: list[Reduction] = []
    for k, (seen, law) in enumerate(zip(walls.seen, covered, strict=True)):
        done, shares = reduction(seen, law, walls.most, n, seed + k)
        reductions.append(done)
        if shares is not None:
            counts.append(Counts((seen.topic, seen.partner), float(shares.mean()) * done.trials, done.trials))
    before, after = pool((), prior, n, seed), pool(counts, prior, n, seed)
    expected = summed("prior share that holds", "", "share", before.held("", OTHER), prior.sources)
    held = [_held(cell, expected, after, reductions) for cell in after.counts]
    typical = [
        Held(
            "", partner,
            summed("prior share that holds", "", "share", before.means[OTHER], prior.sources),
            summed("share that holds", "", "share", draws, _basis(reductions, partner)),
            sum(c.trials for (_, p), c in after.counts.items() if p == partner), (),
        )
        for partner, draws in after.means.items()
    ]  # fmt: skip
    found = Enforcement(prior, tuple(reductions), tuple(held), tuple(typical), after.effective, walls.left_out)
    return found, after


def _held(cell: Cell, expected: Estimate, after: Pool, reductions: Sequence[Reduction]) -> Held:
    own = [r for r in reductions if (r.seen.topic, r.seen.partner) == cell and r.trials]
    basis = tuple(dict.fromkeys(name for r in own for name in r.seen.sources))
    return Held(
        *cell,
        expected,
        summed("share that holds", "", "share", after.held(*cell), basis),
        after.counts[cell].trials,
        tuple(sorted(r.seen.year for r in own)),
    )


def _basis(reductions: Sequence[Reduction], partner: str) -> tuple[str, ...]:
    found = (name for r in reductions if r.trials and r.seen.partner == partner for name in r.seen.sources)
    return tuple(dict.fromkeys(found))
