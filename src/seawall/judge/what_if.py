"""Laws that nobody passed: what changes in a regime if a topic is lifted, closed without exception, or its cap moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from seawall.model import Effect, Regime

ALL = "all"


def lift(regime: Regime, topic: str, amount: float | None, day: date) -> Regime:
    """The measures of a topic end the day before; of all topics with `all`."""
    return replace(regime, measures=tuple(m for m in regime.measures if not (topic == ALL or topic in m.tags)))


def close(regime: Regime, topic: str, amount: float | None, day: date) -> Regime:
    """Every ban of a topic holds without wind-down, exemption or cap."""
    return replace(
        regime,
        measures=tuple(
            replace(m, routes=()) if m.effect is Effect.BAN and topic in m.tags else m for m in regime.measures
        ),
    )


def cap(regime: Regime, topic: str, amount: float | None, day: date) -> Regime:
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


WHAT_IFS: Mapping[str, Callable[[Regime, str, float | None, date], Regime]] = {"lift": lift, "close": close, "cap": cap}
"""What can be changed in a law, by name; the topic is a tag of its measures, or the goods that a cap counts."""
