"""Laws that nobody passed: a regime with a topic lifted, closed without exception, or its cap moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from seawall.model import Effect, Regime

ALL = "all"


def lift(regime: Regime, topic: str, _: float | None) -> Regime:
    """The measures of a topic are gone; of all topics with `all`."""
    kept = (m for m in regime.measures if topic != ALL and topic not in m.tags)
    return replace(regime, measures=tuple(kept))


def close(regime: Regime, topic: str, _: float | None) -> Regime:
    """Every ban of a topic holds without wind-down or exemption."""
    return replace(
        regime,
        measures=tuple(
            replace(m, routes=()) if m.effect is Effect.BAN and topic in m.tags else m for m in regime.measures
        ),
    )


def cap(regime: Regime, topic: str, amount: float | None) -> Regime:
    """The caps on goods of this name allow another amount, in the unit of each cap's first limit.

    Raises ValueError without an amount.
    """
    if amount is None:
        raise ValueError(f"a cap needs an amount: cap:{topic}=250000")
    return replace(
        regime,
        caps=tuple(
            replace(c, limits=(replace(c.limits[0], amount=amount),)) if c.counts == topic else c for c in regime.caps
        ),
    )


WHAT_IFS: Mapping[str, Callable[[Regime, str, float | None], Regime]] = {"lift": lift, "close": close, "cap": cap}
"""What can be changed in a law, by name; the topic is a tag of its measures, or the goods that a cap counts."""
