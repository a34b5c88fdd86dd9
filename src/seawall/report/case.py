"""What a face gets: a finished case of judged dealings, or a finished screening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from seawall.model import Dealing, Difference, Edition, Hit, Outcome, Package, Query, RowError, Topic, Verdict


@dataclass(frozen=True, slots=True)
class Case:
    """Dealings with their verdicts in the same order, what could not be read, and what was used."""

    title: str
    generated_on: date
    dealings: tuple[Dealing, ...]
    verdicts: tuple[Verdict, ...]
    errors: tuple[RowError, ...]
    editions: tuple[Edition, ...]
    engine_version: str
    tables_edition: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screening:
    """Queries with their hits, best first, what could not be read, and what was used."""

    queries: tuple[Query, ...]
    hits: tuple[Hit, ...]
    errors: tuple[RowError, ...]
    editions: tuple[Edition, ...]
    engine_version: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two parties, how likely they are one (0 to 1), and why. The columns of their row are in `first.extra`."""

    first: Query
    second: Query
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Pairs compared, in the order of the input, what could not be read, and what was used."""

    found: tuple[Likeness, ...]
    errors: tuple[RowError, ...]
    engine_version: str
    tables_edition: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two packages side by side: topics, measures that differ, and dealings judged under both, in the same order."""

    before: Package
    after: Package
    topics: tuple[Topic, ...]
    differences: tuple[Difference, ...]
    dealings: tuple[Dealing, ...] = ()
    verdicts_before: tuple[Verdict, ...] = ()
    verdicts_after: tuple[Verdict, ...] = ()
    errors: tuple[RowError, ...] = ()

    @property
    def moved(self) -> tuple[tuple[Dealing, Verdict, Verdict], ...]:
        """The dealings that have another outcome under the other package."""
        rows = zip(self.dealings, self.verdicts_before, self.verdicts_after, strict=True)
        return tuple((d, x, y) for d, x, y in rows if x.outcome is not y.outcome)

    @property
    def stopped_only_before(self) -> int:
        """How many dealings the first package prohibits and the second does not."""
        return sum(x.outcome is Outcome.PROHIBITED for _, x, _ in self.moved)

    @property
    def stopped_only_after(self) -> int:
        """How many dealings the second package prohibits and the first does not."""
        return sum(y.outcome is Outcome.PROHIBITED for _, _, y in self.moved)


def exit_code(case: Case) -> int:
    """0 if no measure was found for any dealing, else 1."""
    return int(any(v.outcome is not Outcome.NO_MEASURE_FOUND for v in case.verdicts))
