"""Parties of the user's own, to screen or to compare: CSV with a header, or JSON lines; either may be gzipped.

Read in columns: what many rows share (countries, days) is understood once; a column that is not there costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import TypeVar

from seawall.errors import InputError
from seawall.model import Query, RowError, Schema
from seawall.sources.dates import prefix
from seawall.sources.fields import Columns, columns, each_several, plain
from seawall.sources.raw import read_raw
from seawall.tables.territory import country_code

Parts = tuple[str, ...]
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

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


_NUMBERS = ("imo", "mmsi", "call_sign", "passport", "national_id", "tax", "registration", "lei", "swift", "wallet")


def read_parties(
    path: Path | str, mapping: Mapping[str, str], schema: str = ""
) -> tuple[tuple[Query, ...], tuple[RowError, ...]]:
    """The parties of a file to screen. `mapping` is column to property; without it columns are taken by their names.

    Countries and days of birth that are not known are left out of the query and put in the errors; the party is
    screened all the same. Raises InputError if nothing can be read, a mapped column is missing, or a property or the
    schema is unknown.
    """
    raw = read_raw(Path(path))
    named = dict(mapping) or _GUESSES
    for prop in named.values():
        if prop not in PROPERTIES:
            known = ", ".join(PROPERTIES)
            raise InputError(f"no property {prop!r} to map to; known are {known}", file=raw.file)
    if schema and schema not in set(Schema):
        raise InputError(f"no schema {schema!r}; known are {', '.join(Schema)}", file=raw.file)
    needed = next((column for column, prop in named.items() if prop == "name"), "name")
    errors: list[RowError] = []
    table = columns(raw, errors, (needed,), ("id", *named), mapped=tuple(mapping))
    kinds = {column: PROPERTIES[prop] for column, prop in named.items()}
    reading = _Reading(raw.file, table, errors, "screened without it")
    given = reading.parts(column for column, kind in kinds.items() if kind == "schema")
    schemata = repeat(schema) if given is None else (next(iter(parts), schema) for parts in given)
    return tuple(_queries(reading, kinds, schemata)), _in_order(errors)


_SIDE = {"name": "name", "birth_date": "birth", "country": "country", "gender": "gender"}
PAIR_COLUMNS = ("id", "schema", *(f"{column}{side}" for column in _SIDE for side in "12"))
"""The columns that a file of pairs can have."""


def read_pairs(path: Path | str) -> tuple[tuple[tuple[Query, Query], ...], tuple[RowError, ...]]:
    """The pairs of parties of a file, to compare: columns `name1` and `name2`, and any of `PAIR_COLUMNS`.

    A row without one of the names is an error and left out. Countries, days of birth and schemata that are not known
    are left out and put in the errors; the pair is compared all the same. Raises InputError if nothing can be read.
    """
    raw = read_raw(Path(path))
    errors: list[RowError] = []
    table = columns(raw, errors, ("name1", "name2"), PAIR_COLUMNS)
    reading = _Reading(raw.file, table, errors, "compared without it")
    given = reading.understood(reading.parts(["schema"]), "schema", _schema)
    schemata = [""] * len(table.rows) if given is None else [next(iter(parts), "") for parts in given]
    sides = [
        _queries(reading, {f"{column}{side}": kind for column, kind in _SIDE.items()}, schemata, side) for side in "12"
    ]
    pairs = []
    for row, pair in zip(table.rows, zip(*sides, strict=True), strict=True):
        missing = [f"name{side}" for side, query in zip("12", pair, strict=True) if not query.names]
        errors += [RowError(raw.file, row, field, "is empty", pair[0].id) for field in missing]
        if not missing:
            pairs.append(pair)
    return tuple(pairs), _in_order(errors)


def _schema(text: str) -> str:
    if text not in set(Schema):
        raise ValueError(f"no schema {text!r}; known are {', '.join(Schema)}")
    return text


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file in columns, the errors found in it so far, and what becomes of a row that has one."""

    file: str
    table: Columns
    errors: list[RowError]
    regardless: str

    def keys(self) -> list[str]:
        """The id of each row, its line number where it has none."""
        rows = self.table.rows
        ids = self.table.cells.get("id")
        if ids is None:
            return list(map(str, rows))
        return [plain(cell) or str(row) for cell, row in zip(ids, rows, strict=True)]

    def parts(self, names: Iterable[str]) -> list[Parts] | None:
        """What stands in these columns of each row, None if the file has none of them."""
        found = [each_several(self.table.cells[name]) for name in names if name in self.table.cells]
        if len(found) < 2:
            return found[0] if found else None
        return [tuple(part for cell in row for part in cell) for row in zip(*found, strict=True)]

    def understood(self, cells: list[Parts] | None, field: str, read: Callable[[str], str]) -> list[Parts] | None:
        """Each part as `read` understands it, those left out that it raises ValueError for: they go to the errors."""
        if cells is None:
            return None
        wrong: dict[Parts, list[str]] = {}

        def whole(parts: Parts) -> Parts:
            found = []
            for part in parts:
                try:
                    found.append(read(part))
                except ValueError as error:
                    wrong.setdefault(parts, []).append(str(error))
            return tuple(dict.fromkeys(filter(None, found)))

        values = _once(whole, cells)
        if wrong:
            for parts, row, key in zip(cells, self.table.rows, self.keys(), strict=True):
                for message in wrong.get(parts, ()):
                    self.errors.append(RowError(self.file, row, field, f"{message}; {self.regardless}", key))
        return values


def _queries(reading: _Reading, kinds: Mapping[str, str], schemata: Iterable[str], side: str = "") -> Iterable[Query]:
    """The query of each row; `kinds` is what each column is here, `side` what ends the names of fields."""

    def of(kind: str) -> list[Parts] | None:
        return reading.parts(column for column, what in kinds.items() if what == kind)

    names = of("name")
    countries = reading.understood(of("country"), f"country{side}", _country)
    birth = reading.understood(of("birth"), f"birth_date{side}", prefix)
    genders = of("gender")
    return map(
        Query,
        reading.keys(),
        repeat(()) if names is None else (p if len(p) < 2 else tuple(dict.fromkeys(p)) for p in names),
        schemata,
        repeat(()) if birth is None else birth,
        repeat(()) if countries is None else countries,
        repeat("") if genders is None else _once(lambda parts: next(iter(parts), "").lower(), genders),
        _identifiers({kind: cells for kind in _NUMBERS if (cells := of(kind)) is not None}),
        reading.table.all,
    )


def _country(text: str) -> str:
    code = country_code(text)
    if not code:
        raise ValueError(f"{text!r} is no country known here")
    return code


def _identifiers(numbers: Mapping[str, list[Parts]]) -> Iterable[tuple[tuple[str, str], ...]]:
    """The (kind, number) pairs of each row."""
    if not numbers:
        return repeat(())
    return (
        tuple([(kind, value) for kind, cell in zip(numbers, row, strict=True) for value in cell])
        for row in zip(*numbers.values(), strict=True)
    )


def _once(read: Callable[[K], T], values: Sequence[K]) -> list[T]:
    """`read` of each value, called once for equal ones."""
    known = {value: read(value) for value in dict.fromkeys(values)}
    return [known[value] for value in values]


def _in_order(errors: Sequence[RowError]) -> tuple[RowError, ...]:
    return tuple(sorted(errors, key=lambda error: error.row))
