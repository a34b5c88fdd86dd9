"""Published figures from CSV, with their sources and units. Each row is checked, and its error names its place."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import Field

from seawall.errors import TableError, UsageError
from seawall.model import Figure, Figures, Grade, Period, RowError, Source, Status, Unit
from seawall.tables.ledger import FILE as LEDGER
from seawall.tables.page import Page, Strict

COLUMNS = (
    "series", "item", "period", "until", "unit", "low", "value", "high", "status", "grade", "source", "known", "note",
)  # fmt: skip
"""The columns of a file of figures. `docs/figures.md` says what each holds."""
NEEDED = ("series", "period", "unit", "value", "status", "grade", "source")
"""The columns that a file must have; the others may be left out."""


class _Source(Strict):
    id: str = Field(pattern=r"^[A-Za-z0-9_]+$")
    title: str = Field(min_length=1)
    locator: str = Field(min_length=1)
    published: date
    published_bound: bool = False


class _Unit(Strict):
    id: str = Field(min_length=1)
    dimension: str = Field(min_length=1)
    factor: float = Field(gt=0, allow_inf_nan=False)
    name: str = Field(min_length=1)


@cache
def load_figures() -> Figures:
    """The built-in figures. Raises TableError with file, row and field for the first thing that is wrong."""
    return read_folder(files("seawall.tables").joinpath("figures"))


def read_folder(folder: Any) -> Figures:
    """The figures of all CSV files of a folder but the ledger's, with its sources and units. Raises TableError."""
    sources = read_sources(Page(folder.joinpath("sources.yaml"), "figures/sources.yaml"))
    units = read_units(Page(folder.joinpath("units.yaml"), "figures/units.yaml"))
    reader = _Reader(sources, units)
    rows: list[Figure] = []
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        name = f"figures/{path.name}"
        if path.name.endswith(".csv") and name != LEDGER:
            for found in reader.read(path.read_text(encoding="utf-8"), name):
                if isinstance(found, RowError):
                    raise TableError(found.message, file=found.file, row=found.row, field=found.field)
                rows.append(found)
    return Figures(tuple(rows), sources, units)


def read_figures(
    text: str, name: str, sources: Mapping[str, Source], units: Mapping[str, Unit]
) -> tuple[tuple[Figure, ...], tuple[RowError, ...]]:
    """The figures of a user's CSV, and an error for each row that cannot be read; `name` is what errors call it."""
    found = list(_Reader(sources, units).read(text, name))
    rows = tuple(f for f in found if isinstance(f, Figure))
    return rows, tuple(f for f in found if isinstance(f, RowError))


def read_sources(page: Page) -> dict[str, Source]:
    """The sources of a page by id. Raises TableError."""
    return {r.id: Source(r.id, r.title, r.locator, r.published, r.published_bound) for r in read_records(page, _Source)}


def read_units(page: Page) -> dict[str, Unit]:
    """The units of a page by id. Raises TableError."""
    return {r.id: Unit(r.id, r.dimension, r.factor, r.name) for r in read_records(page, _Unit)}


def read_records(page: Page, model: Any) -> Iterator[Any]:
    """The records of a page that is a list, each with an id of its own. Raises TableError."""
    if not isinstance(page.data, list):
        raise page.error("is no list", ())
    seen: set[str] = set()
    for index in range(len(page.data)):
        record = page.check(model, (index,))
        if record.id in seen:
            raise page.error(f"{record.id!r} stands twice", (index, "id"))
        seen.add(record.id)
        yield record


def convert(value: float, unit_from: str, unit_to: str, units: Mapping[str, Unit]) -> float:
    """The value in another unit of the same dimension.

    Raises UsageError for an unknown unit or units of two dimensions.
    """
    for name in (unit_from, unit_to):
        if name not in units:
            raise UsageError(f"no unit {name!r}{_hint(name, units)}")
    a, b = units[unit_from], units[unit_to]
    if a.dimension != b.dimension:
        raise UsageError(
            f"{a.id} measures {a.dimension} and {b.id} {b.dimension}: neither can be turned into the other"
        )
    return value if a.factor == b.factor else value * a.factor / b.factor


class _Fault(ValueError):
    """A cell that cannot be read."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(slots=True)
class _Reader:
    """Reads files of figures. It remembers what stood where: no figure stands twice, and a series has one dimension."""

    sources: Mapping[str, Source]
    units: Mapping[str, Unit]
    seen: dict[tuple[str, str, Period, str], str] = field(default_factory=dict)
    dimensions: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, text: str, name: str) -> Iterator[Figure | RowError]:
        """Each row as a figure or what is wrong with it; nothing but an error if the header is wrong."""
        records = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        header: list[str] = []
        row = 1
        try:
            for cells in records:
                if not header:
                    header = [cell.strip() for cell in cells]
                    _check_header(header)
                elif "".join(cells).strip():
                    yield self._row(header, cells, name, row)
                row = records.line_num + 1
            if not header:
                raise _Fault("", "holds no header")
        except _Fault as fault:
            yield RowError(name, row, fault.column, str(fault))
        except csv.Error as error:
            yield RowError(name, row, "", f"not CSV from here on: {error}")

    def _row(self, header: list[str], cells: list[str], name: str, row: int) -> Figure | RowError:
        get = dict.fromkeys(COLUMNS, "") | dict(zip(header, map(str.strip, cells), strict=False))
        try:
            if len(cells) != len(header):
                raise _Fault("", f"has {len(cells)} cells; the header has {len(header)}")
            figure = self._figure(get)
            key = (figure.series, figure.item, figure.period, figure.source)
            if key in self.seen:
                raise _Fault("period", f"this series, item, period and source stand in {self.seen[key]} too")
            dimension = self.units[figure.unit].dimension
            before = self.dimensions.setdefault(key[:2], dimension)
            if before != dimension:
                raise _Fault(
                    "unit", f"{figure.unit} measures {dimension}; rows of this series and item before it {before}"
                )
            self.seen[key] = f"{name}, row {row}"
        except _Fault as fault:
            return RowError(name, row, fault.column, str(fault), get["series"])
        return figure

    def _figure(self, get: Mapping[str, str]) -> Figure:
        if not _SERIES.fullmatch(get["series"]):
            raise _Fault("series", f"{get['series']!r} is no name such as trade.total: small letters, digits, _ and .")
        if get["item"] and not _ITEM.fullmatch(get["item"]):
            raise _Fault("item", f"{get['item']!r} is no name such as diesel: small letters, digits and _")
        source = _one_of("source", get["source"], self.sources)
        status, grade = _word("status", get["status"], Status), _grade(get["grade"], get["status"])
        low, mid, high = _values(get, status)
        return Figure(
            series=get["series"], item=get["item"], period=read_period(get["period"], get["until"]),
            unit=_one_of("unit", get["unit"], self.units).id, low=low, mid=mid, high=high,
            status=status, grade=grade, source=source.id,
            known=_span("known", get["known"])[1] if get["known"] else source.published, note=get["note"],
        )  # fmt: skip


_SERIES = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_ITEM = re.compile(r"[a-z0-9_]+")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_SEPARATED = re.compile(r"[+-]?\d{1,3}([,' \u00a0\u202f_]\d{3})+([.,]\d+)?|[+-]?\d+,\d+")
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])(?:-([0-9]{2}))?|Q([1-4])))?")
_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


def _check_header(header: list[str]) -> None:
    for name in header:
        if name not in COLUMNS:
            raise _Fault(name, f"there is no column {name!r}{_hint(name, COLUMNS)}")
        if header.count(name) > 1:
            raise _Fault(name, "the header names this column twice")
    for name in NEEDED:
        if name not in header:
            raise _Fault(name, "the header lacks this column")


def _hint(name: str, known: Any) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"; is {near[0]!r} meant?" if near else f"; known are {', '.join(sorted(known))}" if len(known) < 40 else ""


def _one_of(column: str, text: str, known: Mapping[str, _T]) -> _T:
    if not text:
        raise _Fault(column, "is empty")
    if text not in known:
        raise _Fault(column, f"no {column} {text!r}{_hint(text, known)}")
    return known[text]


def _word(column: str, text: str, words: type[_E]) -> _E:
    try:
        return words(text)
    except ValueError as error:
        raise _Fault(column, f"{text!r} is none of {', '.join(words)}") from error


def _grade(text: str, status: str) -> Grade:
    if text == "D":
        raise _Fault("grade", "a figure from memory is not kept")
    grade = _word("grade", text, Grade)
    if status == Status.DERIVED and grade is not Grade.C:
        raise _Fault("grade", f"a derived figure has grade C, not {text}")
    if status == Status.REPORTED and grade is Grade.C:
        raise _Fault("grade", "a reported figure has grade A or B, not C")
    return grade


def _values(get: Mapping[str, str], status: Status) -> tuple[float | None, float | None, float | None]:
    """Low, value and high. Where only a value stands, it is all three."""
    low, mid, high = (_number(name, get[name]) for name in ("low", "value", "high"))
    numbers = {"low": low, "value": mid, "high": high}
    if status is Status.CENSORED:
        for name, number in numbers.items():
            if number is not None:
                raise _Fault(name, "a censored figure has no number")
        return None, None, None
    if mid is None:
        raise _Fault("value", "is empty; a figure that is not known is censored")
    if status in {Status.AT_LEAST, Status.AT_MOST}:
        for name in ("low", "high"):
            if numbers[name] is not None:
                raise _Fault(name, f"a figure that is {status.replace('_', ' ')} its value has no range")
    if (low is None) != (high is None):
        raise _Fault(
            "low" if low is None else "high", "is empty; a range has both ends, or the status is at_least or at_most"
        )
    if low is None or high is None:
        return mid, mid, mid
    if low > mid:
        raise _Fault("low", f"{low:g} is above the value {mid:g}")
    if mid > high:
        raise _Fault("high", f"{high:g} is below the value {mid:g}")
    return low, mid, high


def _number(column: str, text: str) -> float | None:
    if not text:
        return None
    if _SEPARATED.fullmatch(text):
        raise _Fault(column, f"{text!r} has separators; write 1234.5, with a point and nothing between thousands")
    try:
        number = float(text)
    except ValueError as error:
        raise _Fault(column, f"{text!r} is not a number") from error
    if not math.isfinite(number):
        raise _Fault(column, f"{text!r} is not finite")
    if not _NUMBER.fullmatch(text):
        raise _Fault(column, f"{text!r} is not a number such as 1234.5")
    return number


def read_period(first: str, last: str = "") -> Period:
    """From the first day of a year, quarter, month or day to its last, or to that of another one.

    Raises ValueError for anything else, a range in `first`, or an end that is not later.
    """
    for mark in "/", "..", ">", "\u2013":
        if mark in first:
            raise _Fault("period", f"{first!r} is a range; put its last part into the column until")
    start, end = _span("period", first)
    if last:
        later = _span("until", last)[1]
        if later <= end:
            raise _Fault("until", f"{last} does not end after {first}")
        end = later
    return Period(start, end)


def _span(column: str, text: str) -> tuple[date, date]:
    """First and last day of a year, quarter, month or day."""
    found = _PERIOD.fullmatch(text)
    if not found:
        raise _Fault(column, f"{text!r} is no year, quarter, month or day such as 2018, 2018-Q1, 2018-03, 2018-03-01")
    year, month, day, quarter = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        first, last = (month, month) if month else (3 * quarter - 2, 3 * quarter) if quarter else (1, 12)
        return date(year, first, 1), date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - timedelta(1)
    except ValueError as error:
        raise _Fault(column, f"{text!r} is in no calendar") from error
