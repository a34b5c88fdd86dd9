"""When an entity that is not listed is caught because of who owns or controls it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from seawall.model.entity import Verification


class Force(StrEnum):
    """Where a test stands: in the law itself, or in what an authority says of it."""

    LAW = "law"
    GUIDANCE = "guidance"


@dataclass(frozen=True, slots=True)
class OwnershipTest:
    """An authority's test from `start` to `end`, both inclusive.

    Owned is an entity of which listed owners hold `threshold` percent or more (`at_least`), or more than that.
    `threshold` None: the text gives no percentage.
    `aggregate`: the holdings of several listed owners are added up; without it each is asked alone.
    `through`: a holding counts through an entity that is itself caught, whole and not multiplied, and through no other.
    `control`: an entity that a listed person controls is caught whatever the share; a majority of the votes, or of the
    board's seats, is control.
    `joint`: each party to a joint arrangement holds what all of them hold.
    `consequence`: what one who is caught is, in a word or a few.
    """

    authority: str
    start: date
    end: date | None
    threshold: float | None
    at_least: bool
    aggregate: bool
    through: bool
    control: bool
    joint: bool
    binding: Force
    citation: str
    verification: Verification
    note: str = ""
    consequence: str = "blocked"

    def reached(self, percent: float) -> bool | None:
        """Whether a holding is enough to own, None where the text gives no percentage."""
        if self.threshold is None:
            return None
        return percent >= self.threshold if self.at_least else percent > self.threshold

    @property
    def majority(self) -> float:
        """The percent that a majority of votes or seats exceeds: the word's meaning, whatever the threshold is."""
        return 50.0

    def in_force(self, on: date) -> bool:
        """Whether the test is the authority's on that day."""
        return self.start <= on and (self.end is None or on <= self.end)
