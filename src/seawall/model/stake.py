"""Who holds what of whom, and what follows from it: stakes, their faults, and the answer for one entity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class StakeKind(StrEnum):
    """What an owner has in an entity. Each kind of an entity is added up by itself."""

    OWNERSHIP = "ownership"
    VOTES = "votes"
    BOARD = "board"
    """The seats of the board that it names, in percent."""
    CONTROL = "control"
    """Control in fact or by another right. It has no share: stated (`known`) or only alleged."""
    MEMBER = "member"
    """Not of the publisher: a party to a joint arrangement, through which all that the parties hold there counts."""


class Answer(StrEnum):
    """Whether an entity is caught by who owns or controls it."""

    CAUGHT = "blocked"
    MAYBE = "may be blocked"
    NOT = "not by what is known"


class Fault(StrEnum):
    """What is wrong with a stake. It is kept, and counts as is said here."""

    SHARE = "the share is not between 0 and 100 percent, or its range runs backwards: taken as unknown"
    OWNER = "the owner is missing: it counts as one whom nobody knows"
    OWNED = "what is owned is missing: the stake counts for nothing"
    SELF = "the owner owns itself: its own shares are taken out of the whole"
    OVER = "the owners hold more than the whole: each share counts as stated"
    CONTRADICTS = "two statements of one holding contradict each other: anything between them is possible"


class Flag(StrEnum):
    """A warning beside an answer; it decides nothing."""

    MINORITY = "a caught owner holds less than the test asks"
    CONTROL = "a caught owner has control or votes, which this test does not count"
    NO_PERCENTAGE = "the text gives no percentage: a share is an exposure and not a verdict"


@dataclass(frozen=True, slots=True)
class Stake:
    """What `owner` holds of `owned`, from `low` to `high` percent, from `start` to `end`, both inclusive.

    `known` False: the publisher gives no share; then `low` is 0 and `high` 100. An owner "" is one whom nobody names.
    Values that cannot be are kept as published: the graph reports them.
    """

    owner: str
    owned: str
    low: float = 0.0
    high: float = 100.0
    kind: StakeKind = StakeKind.OWNERSHIP
    known: bool = True
    start: date | None = None
    end: date | None = None
    source: str = ""

    @classmethod
    def unknown(cls, owner: str, owned: str, kind: StakeKind = StakeKind.OWNERSHIP) -> Stake:
        """A stake of which nobody says how much it is."""
        return cls(owner, owned, 0.0, 100.0, kind, known=False)

    def in_force(self, on: date) -> bool:
        """Whether the stake is held on that day; without a first or last day it has none."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Step:
    """One holding of a proof, in percent as stated.

    `rows`: the stakes that state it, by their place in what the graph was built from.
    """

    owner: str
    owned: str
    kind: StakeKind
    low: float
    high: float
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """An entity of a proof above those through whom it is caught. `step` None at the top.

    `again`: the entity stands elsewhere in the tree with its owners, which are not repeated here.
    """

    entity: str
    step: Step | None
    owners: tuple[Branch, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """What a test says of one entity.

    `low` and `high`: the percent of its shares that count under the test, as the stakes have it at least and at most.
    `proof`: the stakes that prove CAUGHT, or that would at their highest (MAYBE), with the shares that an entity among
    them holds of itself; empty for NOT and for the listed.
    `smallest`: whether no smaller set of others' stakes does; False where the search ended before that was known.
    `asks`: of the proof, the stakes that are not known sharply enough; sharpening them comes first.
    """

    entity: str
    answer: Answer
    listed: bool
    low: float
    high: float
    proof: tuple[Step, ...] = ()
    smallest: bool = True
    asks: tuple[Step, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Interest:
    """The economic interest of the listed in an entity, multiplied along the chains, in percent. It decides nothing."""

    entity: str
    low: float
    high: float
