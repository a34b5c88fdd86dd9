"""Rows and fields of a user's own files: CSV with a header, or JSON lines; either may be gzipped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
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
    if raw.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        for row, line in enumerate(lines(raw, errors), start=1):
            if line.strip():
                try:
                    record = json.loads(line)
                    if not isinstance(record, dict):
                        raise ValueError("not an object")
                except (ValueError, RecursionError) as error:
                    errors.append(RowError(raw.file, row, "", f"not a JSON object: {error}"))
                    continue
                yield row, record
        return
    header: list[str] = []
    for row, cells in records(raw, errors):
        if not header:
            header = [cell.strip() for cell in cells]
            _check_header(header, raw.file, row, needed, known)
        elif len(cells) > len(header):
            message = f"has {len(cells)} cells; the header has {len(header)}"
            errors.append(RowError(raw.file, row, "", message, cells[0]))
        else:
            yield row, dict(zip(header, cells, strict=False))
    if not header:
        raise InputError("holds no header that can be read", file=raw.file)


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
