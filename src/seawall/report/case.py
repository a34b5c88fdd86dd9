"""What a face gets: a finished case of judged dealings, or a finished screening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from seawall.model import Dealing, Edition, Hit, Outcome, Query, RowError, Verdict


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


def exit_code(case: Case) -> int:
    """0 if no measure was found for any dealing, else 1."""
    return int(any(v.outcome is not Outcome.NO_MEASURE_FOUND for v in case.verdicts))
