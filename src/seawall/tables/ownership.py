"""Tests of ownership and control by authority and day, from YAML."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from pydantic import Field

from seawall.errors import TableError
from seawall.model import Force, OwnershipTest, Verification
from seawall.tables.page import Page, Strict

_FILE = "ownership.yaml"


class _Row(Strict):
    authority: str = Field(min_length=1)
    start: date
    end: date | None = None
    threshold: float | None = Field(ge=0, le=100)
    at_least: bool
    aggregate: bool
    through: bool
    control: bool
    joint: bool
    binding: Force
    citation: str = Field(min_length=1)
    verification: Verification
    note: str = ""
    consequence: str = Field("blocked", min_length=1)


def ownership_test(authority: str, on: date) -> OwnershipTest:
    """The test that an authority applies on a day. Raises TableError if the table has none."""
    for test in load_ownership():
        if test.authority == authority and test.in_force(on):
            return test
    known = ", ".join(f"{t.authority} {t.start} to {t.end or 'now'}" for t in load_ownership())
    raise TableError(f"no ownership test of {authority!r} on {on}; there are {known}", file=_FILE)


@cache
def load_ownership() -> tuple[OwnershipTest, ...]:
    """Every test, in the order of the table. Raises TableError as `read_ownership` does."""
    return read_ownership(files("seawall.tables").joinpath(_FILE))


def read_ownership(path: Any) -> tuple[OwnershipTest, ...]:
    """The tests of a file. Raises TableError with file, line and field: a row that ends before it starts, two of one
    authority on one day, or no percentage in a row that does not rest on control.
    """
    page = Page(path, _FILE)
    rows: list[_Row] = [page.check(_Row, (number,)) for number in range(len(page.data))]
    for number, row in enumerate(rows):
        if row.end is not None and row.end < row.start:
            raise page.error("ends before it starts", (number, "end"))
        if row.threshold is None and not row.control:
            raise page.error("without a percentage only control can decide", (number, "threshold"))
    order = sorted(range(len(rows)), key=lambda n: (rows[n].authority, rows[n].start))
    for earlier, later in pairwise(order):
        if rows[earlier].authority == rows[later].authority and _meet(rows[earlier], rows[later]):
            raise page.error(f"overlaps the test of {rows[earlier].start}", (later, "start"))
    return tuple(OwnershipTest(**dict(row)) for row in rows)


def _meet(earlier: _Row, later: _Row) -> bool:
    return earlier.end is None or earlier.end >= later.start
