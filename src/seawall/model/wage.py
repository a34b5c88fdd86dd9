"""Whether published revenue of workers abroad can be wages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seawall.model.figure import Estimate, Figure


class Standing(StrEnum):
    """How a published revenue stands against the highest gross wage found."""

    KEPT = "kept"
    """No worker would have to be paid more than that."""
    REJECTED = "rejected"
    """Each worker would, even at its least over most workers."""
    OPEN = "open"
    """A part of its range would need more, or there is nothing to set it against."""


@dataclass(frozen=True, slots=True)
class WageCheck:
    """A published revenue, the figures of workers that it is set against, and what each would be paid in a month.

    `monthly` holds all that the ranges allow: the least revenue over most workers to the most over fewest; None where
    no figure of workers was there. `highest` is the wage that it is held against, None if there was none.
    """

    revenue: Figure
    workers: tuple[Figure, ...]
    monthly: Estimate | None
    highest: Figure | None
    standing: Standing
    because: str
