"""Dealings and parties of the user's own: CSV with a header, or JSON lines; either may be gzipped."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from seawall.errors import InputError
from seawall.model import Activity, Dealing, Party, Query, Role, RowError, Schema
from seawall.sources.dates import span
from seawall.sources.raw import Raw, lines, read_raw, records
from seawall.tables.territory import country_code

_COUNTRIES = ("from_country", "to_country", "origin_country", "worker_nationality", "flag")
_TEXTS = ("goods", "unit", "currency", "visa", "imo", "route", "notes")
_CLAIMS = ("approval", "purpose")
_DATES = ("date", "contract_date")
_NUMBERS = ("quantity", "value", "share")
_ROLES = tuple(role.value for role in Role)
COLUMNS = ("id", "activity", "hs", "workers", *_DATES, *_COUNTRIES, *_TEXTS, *_CLAIMS, *_NUMBERS, *_ROLES)
"""The columns that a file of dealings can have."""

Fields = Mapping[str, Any]


class _FieldError(ValueError):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


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
    for row, fields in _rows(raw, errors, needed="activity", known=COLUMNS):
        key = _plain(fields.get("id")) or str(row)
        try:
            if key in found:
                raise _FieldError("id", f"{key!r} is used by an earlier row")
            found[key] = _dealing(key, fields)
        except _FieldError as error:
            errors.append(RowError(raw.file, row, error.field, str(error), key))
    return tuple(found.values()), tuple(sorted(errors, key=lambda e: e.row))


def _rows(raw: Raw, errors: list[RowError], needed: str, known: Sequence[str]) -> Iterator[tuple[int, Fields]]:
    """Rows as fields by column, with their line number."""
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


def _dealing(key: str, fields: Fields) -> Dealing:
    get = {name: _plain(fields.get(name)) for name in COLUMNS if name not in _ROLES and name != "hs"}
    for name in _CLAIMS:
        get[name] = ""
    return Dealing(
        id=key,
        activity=_activity(get["activity"]),
        date=_day("date", get["date"]),
        contract_date=_day("contract_date", get["contract_date"]),
        hs=tuple(_hs(code) for code in _several(fields.get("hs"))),
        quantity=_number("quantity", get["quantity"]),
        value=_number("value", get["value"]),
        share=_number("share", get["share"]),
        workers=_count(get["workers"]),
        parties=tuple(party for role in Role for party in _parties(role, fields.get(str(role)))),
        approval=tuple(part.lower() for part in _several(fields.get("approval"))),
        purpose=tuple(part.lower() for part in _several(fields.get("purpose"))),
        extra=tuple((k, _plain(v)) for k, v in fields.items() if k and k not in COLUMNS and _plain(v)),
        **{name: _country(name, get[name]) for name in _COUNTRIES},
        **{name: get[name] for name in _TEXTS},
    )


def _plain(value: object) -> str:
    return "" if value is None else str(value).strip()


def _several(value: object) -> list[str]:
    parts = value if isinstance(value, list) else _plain(value).split(";")
    return [text for part in parts if (text := _plain(part))]


def _activity(text: str) -> Activity:
    if text.lower() in set(Activity):
        return Activity(text.lower())
    near = get_close_matches(text.lower(), list(Activity), n=1, cutoff=0.5)
    hint = f"is {str(near[0])!r} meant?" if near else f"known are {', '.join(Activity)}"
    raise _FieldError("activity", f"{text!r} is no activity; {hint}" if text else f"is empty; {hint}")


def _day(field: str, text: str) -> date | None:
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError as error:
        raise _FieldError(field, f"{text!r} is not a day of the calendar such as 2018-03-01") from error


def _hs(text: str) -> str:
    digits = text.replace(".", "").replace(" ", "")
    if not digits.isdigit() or not digits.isascii() or len(digits) not in {2, 4, 6, 8, 10}:
        raise _FieldError("hs", f"{text!r} is no HS code: give 2, 4, 6, 8 or 10 digits, such as 2701 or 2701.12")
    return digits


def _number(field: str, text: str) -> float | None:
    if not text:
        return None
    try:
        number = float(text.replace(" ", "").replace("_", "").replace(",", ""))
    except ValueError as error:
        raise _FieldError(field, f"{text!r} is not a number") from error
    if not 0 <= number < float("inf"):
        raise _FieldError(field, f"{text!r} must be a number from 0 up")
    return number


def _count(text: str) -> int | None:
    number = _number("workers", text)
    if number is not None and number != int(number):
        raise _FieldError("workers", f"{text!r} is not a whole number")
    return None if number is None else int(number)


def _country(field: str, text: str) -> str:
    code = country_code(text) if text else ""
    if text and not code:
        raise _FieldError(field, f"{text!r} is no country known here; give its ISO code, such as ru")
    return code


_DETAILED = re.compile(r"^(?P<name>.*?)\s*\[(?P<details>[^\[\]]*)\]\s*$")
_PARTS = re.compile(r";(?![^\[]*\])")


def _parties(role: Role, value: object) -> Iterator[Party]:
    """Parties of a cell: `A; B [country=ru; inn=770...]`, or in JSON a name, an object with `name`, or a list."""
    if isinstance(value, list):
        for item in value:
            yield from _parties(role, item)
    elif isinstance(value, dict):
        details = tuple((str(k), _detail(str(k), _plain(v))) for k, v in value.items() if k != "name" and _plain(v))
        yield Party(role, _plain(value.get("name")), details)
    else:
        for part in filter(None, (p.strip() for p in _PARTS.split(_plain(value)))):
            yield _party(role, part)


def _party(role: Role, text: str) -> Party:
    found = _DETAILED.match(text)
    if not found:
        return Party(role, text)
    details = []
    for pair in filter(None, (p.strip() for p in re.split(r"[;,]", found["details"]))):
        key, sign, value = pair.partition("=")
        if not sign:
            raise _FieldError(role.value, f"details are key=value, not {pair!r}")
        details.append((key.strip(), _detail(key.strip(), value.strip())))
    return Party(role, found["name"], tuple(details))


def _detail(key: str, value: str) -> str:
    return _country(key, value) if key == "country" else value


PROPERTIES = {
    "name": "name", "alias": "name", "weakAlias": "name", "previousName": "name", "birthDate": "birth",
    "country": "country", "nationality": "country", "citizenship": "country", "jurisdiction": "country",
    "flag": "country", "gender": "gender", "schema": "schema", "imoNumber": "imo", "mmsi": "mmsi",
    "callSign": "call_sign", "passportNumber": "passport", "idNumber": "national_id", "taxNumber": "tax",
    "innCode": "tax", "registrationNumber": "registration", "ogrnCode": "registration", "leiCode": "lei",
    "swiftBic": "swift", "publicKey": "wallet",
}  # fmt: skip
"""FollowTheMoney properties that a column can be mapped to, and what they are here."""
_GUESSES = {
    "name": "name", "alias": "alias", "birth_date": "birthDate", "country": "country", "nationality": "nationality",
    "gender": "gender", "schema": "schema", "imo": "imoNumber", "mmsi": "mmsi", "passport": "passportNumber",
    "tax_id": "taxNumber", "registration": "registrationNumber",
}  # fmt: skip


def read_parties(
    path: Path | str, mapping: Mapping[str, str], schema: str = ""
) -> tuple[tuple[Query, ...], tuple[RowError, ...]]:
    """The parties of a file to screen. `mapping` is column to property; without it columns are taken by their names.

    Countries that are not known are left out of the query and put in the errors; the party is screened all the same.
    Raises InputError if nothing can be read, a mapped column is missing, or a property or the schema is unknown.
    """
    raw = read_raw(Path(path))
    columns = dict(mapping) or _GUESSES
    for prop in columns.values():
        if prop not in PROPERTIES:
            known = ", ".join(PROPERTIES)
            raise InputError(f"no property {prop!r} to map to; known are {known}", file=raw.file)
    if schema and schema not in set(Schema):
        raise InputError(f"no schema {schema!r}; known are {', '.join(Schema)}", file=raw.file)
    needed = next((column for column, prop in columns.items() if prop == "name"), "name")
    errors: list[RowError] = []
    queries: list[Query] = []
    for row, fields in _rows(raw, errors, needed=needed, known=()):
        missing = [column for column in mapping if column not in fields]
        if missing and not queries and not raw.data.lstrip().startswith(b"{"):
            raise InputError(f"the header has no column {missing[0]!r}, which --map names", file=raw.file)
        queries.append(_query(row, fields, columns, schema, RowError(raw.file, row, "", ""), errors))
    return tuple(queries), tuple(errors)


def _query(
    row: int, fields: Fields, columns: Mapping[str, str], schema: str, where: RowError, errors: list[RowError]
) -> Query:
    found: dict[str, list[str]] = {}
    for column, prop in columns.items():
        found.setdefault(PROPERTIES[prop], []).extend(_several(fields.get(column)))
    key = _plain(fields.get("id")) or str(row)

    def complain(field: str, message: str) -> None:
        errors.append(RowError(where.file, row, field, f"{message}; screened without it", key))

    countries, birth = [], []
    for text in found.get("country", ()):
        code = country_code(text)
        countries.append(code) if code else complain("country", f"{text!r} is no country known here")
    for text in found.get("birth", ()):
        try:
            birth.append(span(text).iso)
        except ValueError as error:
            complain("birth_date", str(error))
    kinds = ("imo", "mmsi", "call_sign", "passport", "national_id", "tax", "registration", "lei", "swift", "wallet")
    return Query(
        id=key,
        names=tuple(dict.fromkeys(found.get("name", ()))),
        schema=next(iter(found.get("schema", ())), schema),
        birth=tuple(filter(None, birth)),
        countries=tuple(dict.fromkeys(countries)),
        gender=next(iter(found.get("gender", ())), "").lower(),
        identifiers=tuple((kind, value) for kind in kinds for value in found.get(kind, ())),
        extra=tuple((str(name), _plain(value)) for name, value in fields.items() if name),
    )
