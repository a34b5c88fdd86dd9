"""Dates as publishers write them, to spans of days."""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import date

from seawall.model import DateSpan

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
_ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WORDS = re.compile(r"^(?:(\d{1,2})\s+)?(?:([A-Za-z]{3})[a-z]*\.?\s+)?(\d{4})$")
_SLASHED = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")


def span(text: str, *, approximate: bool = False) -> DateSpan:
    """A day, month or year, or `A to B`, as a span. `circa` marks it approximate.

    Reads `1975`, `1975-03`, `1975-03-02`, `02 Mar 1975`, `Mar 1975`, `02/03/1975` (day first).
    Raises ValueError, with the text, for anything else and for days that do not exist.
    """
    words = text.strip()
    loose = re.match(r"(?i)^(circa|approximately|approx\.?|c\.|ca\.?|about)\s*", words)
    if loose:
        words, approximate = words[loose.end() :], True
    first, *rest = re.split(r"\s+(?:to|and|-)\s+|(?<=^\d{4})-(?=\d{4}$)", words, maxsplit=1)
    ends = [_one(part) for part in (first, *rest)]
    return DateSpan(ends[0][0], ends[-1][1], approximate, text.strip())


def prefix(text: str) -> str:
    """`span(text).iso`, quickly where the text is a day of that form already. Raises ValueError as `span` does."""
    if _DAY.match(text):
        with suppress(ValueError):
            return date.fromisoformat(text).isoformat()
    return span(text).iso


def _one(text: str) -> tuple[date, date]:
    text = re.sub(r"(?i)^circa\s+", "", text.strip())
    year, month, day = _parts(text)
    try:
        if day:
            exact = date(year, month, day)
            return exact, exact
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError as error:
        raise ValueError(f"{text!r} is no day of the calendar") from error


def _parts(text: str) -> tuple[int, int, int]:
    if found := _ISO.match(text):
        return int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found := _SLASHED.match(text):
        return int(found[3]), int(found[2]), int(found[1])
    found = _WORDS.match(text)
    if found and (not found[1] or found[2]) and (not found[2] or found[2].lower() in _MONTHS):
        return int(found[3]), _MONTHS.get((found[2] or "").lower(), 0), int(found[1] or 0)
    raise ValueError(f"{text!r} is not a date such as 2018-03-01")
