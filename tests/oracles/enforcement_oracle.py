"""Slow and obvious twins of the arithmetic of enforcement."""

from __future__ import annotations

import math


def beta_grid(held, trials, prior_mean, likeness, points=4001):
    """The cumulative distribution of a share by brute force: prior density times likelihood on a grid."""
    xs = [(k + 0.5) / points for k in range(points)]
    a, b = prior_mean * likeness + held, (1 - prior_mean) * likeness + trials - held
    logs = [(a - 1) * math.log(x) + (b - 1) * math.log(1 - x) for x in xs]
    top = max(logs)
    weights = [math.exp(value - top) for value in logs]
    whole = sum(weights)
    total, found = 0.0, []
    for w in weights:
        total += w / whole
        found.append(total)
    return xs, found


def grid_quantile(xs, cumulative, share):
    """The first point below which that share lies."""
    return next(x for x, c in zip(xs, cumulative, strict=True) if c >= share)


def mandated(forbidden, capped, allowed, level):
    """The share that must go: what is forbidden, and of the capped part what is above the cap."""
    if not capped:
        return forbidden
    above = capped * level - allowed
    return min(forbidden + (above / level if above > 0 else 0), 1)
