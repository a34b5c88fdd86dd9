"""Dealings of the user's own: CSV with a header, or JSON lines; either may be gzipped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from seawall.model import Activity, Dealing, Party, Role, RowError
from seawall.sources.fields import FieldError, Fields, country, day, number, plain, rows, several
from seawall.sources.raw import Raw, read_raw

_COUNTRIES = ("from_country", "to_country", "origin_country", "worker_nationality", "flag")
_TEXTS = ("goods", "unit", "currency", "visa", "imo", "route", "notes")
_CLAIMS = ("approval", "purpose")
_DATES = ("date", "contract_date")
_NUMBERS = ("quantity", "value", "share")
_ROLES = tuple(role.value for role in Role)
COLUMNS = ("id", "activity", "hs", "workers", *_DATES, *_COUNTRIES, *_TEXTS, *_CLAIMS, *_NUMBERS, *_ROLES)
"""The columns that a file of dealings can have."""


def read_dealings(path: Path | str) -> tuple[tuple[Dealing, ...], tuple[RowError, ...]]:
    """The dealings of a file, and an error for each row that cannot be read.

    Raises InputError if the file cannot be opened, is empty, or its header has no `activity`.
    """
    return _dealings(read_raw(Path(path)))


def parse_dealings(data: bytes, file: str) -> tuple[tuple[Dealing, ...], tuple[RowError, ...]]:
    """As `read_dealings`, of bytes at hand; `file` is the name that errors give."""
    return _dealings(Raw(file, data, hashlib.sha256(data).hexdigest()))


def _dealings(raw: Raw) -> tuple[tuple[Dealing, ...], tuple[RowError, ...]]:
    errors: list[RowError] = []
    found: dict[str, Dealing] = {}
    for row, fields in rows(raw, errors, needed="activity", known=COLUMNS):
        key = plain(fields.get("id")) or str(row)
        try:
            if key in found:
                raise FieldError("id", f"{key!r} is used by an earlier row")
            found[key] = _dealing(key, fields)
        except FieldError as error:
            errors.append(RowError(raw.file, row, error.field, str(error), key))
    return tuple(found.values()), tuple(sorted(errors, key=lambda e: e.row))


def _dealing(key: str, fields: Fields) -> Dealing:
    get = {name: plain(fields.get(name)) for name in COLUMNS if name not in _ROLES and name != "hs"}
    for name in _CLAIMS:
        get[name] = ""
    return Dealing(
        id=key,
        activity=_activity(get["activity"]),
        date=day("date", get["date"]),
        contract_date=day("contract_date", get["contract_date"]),
        hs=tuple(_hs(code) for code in several(fields.get("hs"))),
        quantity=number("quantity", get["quantity"]),
        value=number("value", get["value"]),
        share=number("share", get["share"]),
        workers=_count(get["workers"]),
        parties=tuple(party for role in Role for party in _parties(role, fields.get(str(role)))),
        approval=tuple(part.lower() for part in several(fields.get("approval"))),
        purpose=tuple(part.lower() for part in several(fields.get("purpose"))),
        extra=tuple((k, plain(v)) for k, v in fields.items() if k and k not in COLUMNS and plain(v)),
        **{name: country(name, get[name]) for name in _COUNTRIES},
        **{name: get[name] for name in _TEXTS},
    )


def _activity(text: str) -> Activity:
    if text.lower() in set(Activity):
        return Activity(text.lower())
    near = get_close_matches(text.lower(), list(Activity), n=1, cutoff=0.5)
    hint = f"is {str(near[0])!r} meant?" if near else f"known are {', '.join(Activity)}"
    raise FieldError("activity", f"{text!r} is no activity; {hint}" if text else f"is empty; {hint}")


def _hs(text: str) -> str:
    digits = text.replace(".", "").replace(" ", "")
    if not digits.isdigit() or not digits.isascii() or len(digits) not in {2, 4, 6, 8, 10}:
        raise FieldError("hs", f"{text!r} is no HS code: give 2, 4, 6, 8 or 10 digits, such as 2701 or 2701.12")
    return digits


def _count(text: str) -> int | None:
    heads = number("workers", text)
    if heads is not None and heads != int(heads):
        raise FieldError("workers", f"{text!r} is not a whole number")
    return None if heads is None else int(heads)


_DETAILED = re.compile(r"^(?P<name>.*?)\s*\[(?P<details>[^\[\]]*)\]\s*$")
_PARTS = re.compile(r";(?![^\[]*\])")


def _parties(role: Role, value: object) -> Iterator[Party]:
    """Parties of a cell: `A; B [country=ru; inn=770...]`, or in JSON a name, an object with `name`, or a list."""
    if isinstance(value, list):
        for item in value:
            yield from _parties(role, item)
    elif isinstance(value, dict):
        details = tuple((str(k), _detail(str(k), plain(v))) for k, v in value.items() if k != "name" and plain(v))
        yield Party(role, plain(value.get("name")), details)
    else:
        for part in filter(None, (p.strip() for p in _PARTS.split(plain(value)))):
            yield _party(role, part)


def _party(role: Role, text: str) -> Party:
    found = _DETAILED.match(text)
    if not found:
        return Party(role, text)
    details = []
    for pair in filter(None, (p.strip() for p in re.split(r"[;,]", found["details"]))):
        key, sign, value = pair.partition("=")
        if not sign:
            raise FieldError(role.value, f"details are key=value, not {pair!r}")
        details.append((key.strip(), _detail(key.strip(), value.strip())))
    return Party(role, found["name"], tuple(details))


def _detail(key: str, value: str) -> str:
    return country(key, value) if key == "country" else value
