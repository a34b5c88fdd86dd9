"""Ledgers of what was supplied under caps: CSV or JSON lines, the built-in one or a user's own."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from seawall.model import RowError, Supply
from seawall.sources.fields import FieldError, Fields, day, number, plain, rows
from seawall.sources.raw import Raw, read_raw

COLUMNS = ("goods", "start", "end", "supplier", "low", "high", "unit", "source", "note")
"""The columns of a ledger. `supplier` is a country, or `all`; an empty `high` is "no upper bound known"."""

Ledger = tuple[tuple[Supply, ...], tuple[RowError, ...]]


def read_ledger(path: Path | str, goods: Collection[str]) -> Ledger:
    """The rows of a ledger file, and an error for each row that cannot be read. `goods` are those that caps count.

    Raises InputError if the file cannot be opened or has no column `goods`.
    """
    return _ledger(read_raw(Path(path)), goods)


def parse_ledger(data: bytes, file: str, goods: Collection[str]) -> Ledger:
    """As `read_ledger`, of bytes at hand."""
    return _ledger(Raw(file, data, hashlib.sha256(data).hexdigest()), goods)


def _ledger(raw: Raw, goods: Collection[str]) -> Ledger:
    errors: list[RowError] = []
    found = []
    for row, fields in rows(raw, errors, needed="goods", known=COLUMNS):
        try:
            found.append(_supply(fields, goods))
        except FieldError as error:
            errors.append(RowError(raw.file, row, error.field, str(error), plain(fields.get("goods"))))
    return tuple(found), tuple(errors)


def _supply(fields: Fields, goods: Collection[str]) -> Supply:
    get = {name: plain(fields.get(name)) for name in COLUMNS}
    if get["goods"] not in goods:
        raise FieldError("goods", f"no cap counts {get['goods']!r}; they count {', '.join(sorted(goods))}")
    for name in ("start", "end", "supplier", "low", "unit", "source"):
        if not get[name]:
            raise FieldError(name, "is empty")
    start, end, low, high = day("start", get["start"]), day("end", get["end"]), number("low", get["low"]), None
    if get["high"]:
        high = number("high", get["high"])
    if start is None or end is None or low is None:
        raise FieldError("start", "is empty")
    if end < start:
        raise FieldError("end", f"{end} lies before {start}")
    if high is not None and high < low:
        raise FieldError("high", f"{high:g} is below {low:g}")
    return Supply(
        get["goods"], start, end, get["supplier"].lower(), low, high, get["unit"].lower(), get["source"], get["note"]
    )
