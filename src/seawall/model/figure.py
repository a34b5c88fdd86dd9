"""Published figures and what is estimated from them. A figure has a source; an estimate has a range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum


class Status(StrEnum):
    """What kind of number a figure is."""

    REPORTED = "reported"
    """Printed by its source."""
    DERIVED = "derived"
    """Worked out from other figures; the note says how."""
    AT_LEAST = "at_least"
    """A floor: its source says that it is this or more. How much more is not known."""
    AT_MOST = "at_most"
    """A ceiling: its source says that it is this or less."""
    CENSORED = "censored"
    """Not published, or withheld: never zero."""


class Grade(StrEnum):
    """How well a figure is known. A figure from memory has no grade and is not kept."""

    A = "A"
    """Read at its source, with the place noted."""
    B = "B"
    """Read, the outlet or title noted but not the exact page."""
    C = "C"
    """Own arithmetic on figures of grade A or B."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read. `published` is the first day on which anybody could read it.

    With `published_bound` the source bears no day: `published` is then a judgement on the late side.
    """

    id: str
    title: str
    locator: str
    published: date
    published_bound: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a figure: `factor` of the base unit of its dimension (USD million = 1e6 of USD)."""

    id: str
    dimension: str
    factor: float
    name: str = ""
    """In plain words."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From its first to its last day, both in it."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends ({self.end}) before it begins ({self.start})")

    def __str__(self) -> str:
        """As a year, quarter, month or day, or from one to another: `2016`, `2017-Q4`, `2018-01 to 2018-07`."""
        a, b = self.start, self.end
        whole_months = a.day == 1 and (b + timedelta(1)).day == 1
        if whole_months and (a.month, b.month) == (1, 12):
            first, last = f"{a.year:04}", f"{b.year:04}"
        elif whole_months and a.year == b.year and a.month % 3 == 1 and b.month == a.month + 2:
            first = last = f"{a.year:04}-Q{b.month // 3}"
        elif whole_months:
            first, last = f"{a:%Y-%m}", f"{b:%Y-%m}"
        else:
            first, last = str(a), str(b)
        return first if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class Figure:
    """An observation. Where it is censored all three values are None; otherwise low <= mid <= high.

    A value published without a range has low = mid = high; how far it may be off is a matter of the model that uses
    it. So has a floor or ceiling: its status says on which side the number is open. `item` names the part of a
    breakdown, "" for the whole. `known` is the first day on which it could be read: its source's, if its row says no
    other.
    """

    series: str
    item: str
    period: Period
    unit: str
    low: float | None
    mid: float | None
    high: float | None
    status: Status
    grade: Grade
    source: str
    known: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """What there is of a series: its items, units, first to last day, how many figures, their grades and sources."""

    name: str
    items: tuple[str, ...]
    units: tuple[str, ...]
    period: Period
    count: int
    grades: tuple[Grade, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures with their sources and units by id."""

    rows: tuple[Figure, ...]
    sources: Mapping[str, Source]
    units: Mapping[str, Unit]

    def names(self) -> tuple[str, ...]:
        """The series that have a figure, in order of name."""
        return tuple(sorted({f.series for f in self.rows}))

    def series(self, name: str, item: str | None = None) -> tuple[Figure, ...]:
        """The figures of a series in order of period, of one item ("" is the whole) if given; none if it has none."""
        found = [f for f in self.rows if f.series == name and (item is None or f.item == item)]
        return tuple(sorted(found, key=lambda f: (f.item, f.period, f.known, f.source)))

    def summaries(self) -> tuple[Series, ...]:
        """A line on each series, in order of name."""
        groups: dict[str, list[Figure]] = {}
        for f in self.rows:
            groups.setdefault(f.series, []).append(f)
        return tuple(_summary(name, groups[name]) for name in sorted(groups))

    def known(self, on: date | None) -> Figures:
        """The figures that could be read on a day; all of them if no day is asked about."""
        return self if on is None else replace(self, rows=tuple(f for f in self.rows if f.known <= on))


def _summary(name: str, rows: list[Figure]) -> Series:
    return Series(
        name,
        items=tuple(sorted({f.item for f in rows})),
        units=tuple(sorted({f.unit for f in rows})),
        period=Period(min(f.period.start for f in rows), max(f.period.end for f in rows)),
        count=len(rows),
        grades=tuple(sorted({f.grade for f in rows})),
        sources=tuple(sorted({f.source for f in rows})),
    )


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number as it leaves an estimate: never bare. `low` and `high` hold the middle `share` of the draws, `mid` is
    their median. `basis` names the figures' sources and the judgements it rests on.

    Raises ValueError unless low <= mid <= high.
    """

    what: str
    period: str
    unit: str
    low: float
    mid: float
    high: float
    share: float = 0.8
    basis: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.low <= self.mid <= self.high:
            raise ValueError(f"{self.what} {self.period}: {self.low}, {self.mid}, {self.high} is no range")
