"""Rows and fields of a user's own files: CSV with a header, or JSON lines; either may be gzipped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import chain, repeat, zip_longest
from typing import Any

from seawall.errors import InputError
from seawall.model import RowError
from seawall.sources.raw import Raw, lines, records
from seawall.tables.territory import country_code

Fields = Mapping[str, Any]


class FieldError(ValueError):
    """A field of a row that cannot be read."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def rows(raw: Raw, errors: list[RowError], needed: str, known: Sequence[str]) -> Iterator[tuple[int, Fields]]:
    """Rows as fields by column, with their line number. Rows that cannot be read go to `errors`.

    Raises InputError if there is no header, or it lacks `needed` or names a column twice.
    """
    if is_json_lines(raw):
        yield from _objects(raw, errors)
        return
    header: list[str] = []
    for row, cells in _cells(raw, errors, (needed,), known):
        if header:
            yield row, dict(zip(header, cells, strict=False))
        else:
            header = cells


def is_json_lines(raw: Raw) -> bool:
    """Whether a file is JSON lines, not CSV."""
    return bool(re.match(rb"[\xef\xbb\xbf \t\r\n]*\{", raw.data))


def _objects(raw: Raw, errors: list[RowError]) -> Iterator[tuple[int, Fields]]:
    decode = json.JSONDecoder().decode
    for row, line in enumerate(lines(raw, errors), start=1):
        if line.isspace():
            continue
        try:
            record = decode(line)
            if not isinstance(record, dict):
                raise ValueError("not an object")
        except (ValueError, RecursionError) as error:
            errors.append(RowError(raw.file, row, "", f"not a JSON object: {error}"))
            continue
        yield row, record


def _cells(
    raw: Raw, errors: list[RowError], needed: Sequence[str], known: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """The header, checked and stripped, then the records that are not longer than it."""
    header: list[str] = []
    for row, cells in records(raw, errors):
        if not header:
            header = [cell.strip() for cell in cells]
            for name in needed:
                _check_header(header, raw.file, row, name, known)
            yield row, header
        elif len(cells) > len(header):
            message = f"has {len(cells)} cells; the header has {len(header)}"
            errors.append(RowError(raw.file, row, "", message, cells[0]))
        else:
            yield row, cells
    if not header:
        raise InputError("holds no header that can be read", file=raw.file)


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows of a file in columns.

    `rows` are line numbers. `cells` holds, for each column that was asked for and is there, one cell per row: text, in
    JSON lines anything, None where a row ends before it. `all[n]` are the names and plain text of all cells of row n.
    """

    rows: list[int]
    cells: Mapping[str, Sequence[Any]]
    all: list[tuple[tuple[str, str], ...]]


def columns(
    raw: Raw, errors: list[RowError], needed: Sequence[str], names: Sequence[str], mapped: Sequence[str] = ()
) -> Columns:
    """The rows of a file in columns, those of `names` apart. Rows that cannot be read go to `errors`.

    Raises InputError as `rows` does, and if a CSV header lacks one of `mapped`.
    """
    if is_json_lines(raw):
        found = list(_objects(raw, errors))
        there = set(chain.from_iterable(record for _, record in found))
        return Columns(
            [row for row, _ in found],
            {name: [record.get(name) for _, record in found] for name in names if name in there},
            [
                tuple([(k, v.strip() if isinstance(v, str) else plain(v)) for k, v in record.items() if k])
                for _, record in found
            ],
        )
    table = _cells(raw, errors, needed, known=())
    _, header = next(table)
    missing = next((name for name in mapped if name not in header), None)
    if missing is not None:
        raise InputError(f"the header has no column {missing!r}, which --map names", file=raw.file)
    numbered = list(table)
    parts = [cells for _, cells in numbered]
    each = [(column[0], column[1:]) for column in zip_longest(header, *parts)]
    return Columns(
        [row for row, _ in numbered],
        {name: cells for name, cells in each if name in names},
        list(_named(each) if set(map(len, parts)) <= {len(header)} else _named_short(header, parts)),
    )


def _named(each: Iterable[tuple[str, Sequence[str]]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Each row's cells with their columns' names, those without a name left out."""
    return zip(*(zip(repeat(name), map(str.strip, cells), strict=False) for name, cells in each if name), strict=True)


def _named_short(header: Sequence[str], parts: Iterable[Sequence[str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """As `_named` where some rows end before the header does."""
    for cells in parts:
        yield tuple([(name, cell.strip()) for name, cell in zip(header, cells, strict=False) if name])


def _check_header(header: Sequence[str], file: str, row: int, needed: str, known: Sequence[str]) -> None:
    if needed in header:
        twice = sorted({name for name in header if name and header.count(name) > 1})
        if twice:
            raise InputError(f"the header names {', '.join(twice)} twice", file=file, row=row)
        return
    near = get_close_matches(needed, header, n=1, cutoff=0.6)
    hint = f"; is {near[0]!r} meant?" if near else f"; known columns: {', '.join(sorted(known))}" if known else ""
    raise InputError(f"the header has no column {needed!r}{hint}", file=file, row=row, field=needed)


def plain(value: object) -> str:
    """A cell as text, "" for none."""
    return "" if value is None else str(value).strip()


def several(value: object) -> list[str]:
    """The parts of a cell of several, `;`-separated or a JSON list."""
    parts = value if isinstance(value, list) else plain(value).split(";")
    return [text for part in parts if (text := plain(part))]


def each_several(values: Sequence[object]) -> list[tuple[str, ...]]:
    """`several` of each cell of a column; where most cells repeat others, each is taken apart once."""
    if set(map(type, values)) <= {str, type(None)}:
        distinct = tuple(dict.fromkeys(values))
        if 2 * len(distinct) < len(values):
            known = dict(zip(distinct, _each_several(distinct), strict=True))
            return [known[value] for value in values]
    return _each_several(values)


def _each_several(values: Sequence[object]) -> list[tuple[str, ...]]:
    return [
        ((text,) if (text := value.strip()) else ())
        if isinstance(value, str) and ";" not in value
        else tuple(several(value))
        for value in values
    ]


def day(field: str, text: str) -> date | None:
    """A day as `2018-03-01`, None for "". Raises FieldError."""
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError as error:
        raise FieldError(field, f"{text!r} is not a day of the calendar such as 2018-03-01") from error


def number(field: str, text: str) -> float | None:
    """A number from 0 up, None for "". Raises FieldError."""
    if not text:
        return None
    try:
        found = float(text.replace(" ", "").replace("_", "").replace(",", ""))
    except ValueError as error:
        raise FieldError(field, f"{text!r} is not a number") from error
    if not 0 <= found < float("inf"):
        raise FieldError(field, f"{text!r} must be a number from 0 up")
    return found


def country(field: str, text: str) -> str:
    """The code of a country given by code or name, "" for "". Raises FieldError."""
    code = country_code(text) if text else ""
    if text and not code:
        raise FieldError(field, f"{text!r} is no country known here; give its ISO code, such as ru")
    return code
