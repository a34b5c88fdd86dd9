"""A list of one's own: CSV with a header that has at least `name`.

Columns: `id, name, schema, alias, birth_date, country, gender, imo, mmsi, passport, national_id, tax_id, registration,
program, reference, listed_on, delisted_on, authority, notes`. `alias`, `country` and `program` may hold several,
`;`-separated. Any other column is kept in `extra`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date

from seawall.model import Entity, EntityId, Identifier, IdKind, Listing, Name, NameKind, RowError, Schema, Verification
from seawall.sources.dates import span
from seawall.sources.raw import Raw, records
from seawall.sources.spec import Spec
from seawall.tables.territory import country_code

_IDS = {
    "imo": IdKind.IMO, "mmsi": IdKind.MMSI, "passport": IdKind.PASSPORT, "national_id": IdKind.NATIONAL_ID,
    "tax_id": IdKind.TAX, "registration": IdKind.REGISTRATION,
}  # fmt: skip
_OURS = {
    "id", "name", "schema", "alias", "birth_date", "country", "gender", "program", "reference", "listed_on",
    "delisted_on", "authority", "notes", *_IDS,
}  # fmt: skip


def recognises(head: bytes) -> bool:
    """Whether the first line is a CSV header that has `name` and another column of ours, or `name` alone."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", errors="replace")
    try:
        cells = {cell.strip().lower() for cell in next(csv.reader([first]), [])}
    except csv.Error:
        return False
    return "name" in cells and (len(cells) == 1 or len(cells & _OURS) >= 2)


def read(raw: Raw, source: Spec, errors: list[RowError]) -> Iterator[Entity]:
    """One entity per row. A row with a field that cannot be read goes to `errors` and is left out."""
    header: list[str] = []
    for row, cells in records(raw, errors):
        if not header:
            header = [cell.strip().lower() for cell in cells]
            continue
        fields = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        field = "name"
        try:
            if not fields.get("name"):
                raise ValueError("is empty")
            field = "schema"
            schema = Schema(fields.get("schema") or Schema.LEGAL_ENTITY)
            field = "birth_date"
            birth = (span(fields["birth_date"]),) if fields.get("birth_date") else ()
            field = "listed_on"
            listed = date.fromisoformat(fields["listed_on"]) if fields.get("listed_on") else None
            field = "delisted_on"
            delisted = date.fromisoformat(fields["delisted_on"]) if fields.get("delisted_on") else None
        except ValueError as error:
            errors.append(RowError(raw.file, row, field, str(error), fields.get("id", "")))
            continue
        reference = fields.get("reference") or fields.get("id") or str(row)
        yield Entity(
            id=EntityId(f"{source.id}-{fields.get('id') or row}"),
            schema=schema,
            names=(Name(fields["name"], NameKind.PRIMARY), *(Name(alias) for alias in _several(fields, "alias"))),
            birth=birth,
            countries=tuple(filter(None, map(country_code, _several(fields, "country")))),
            gender=fields.get("gender", "").lower(),
            identifiers=tuple(Identifier(kind, fields[name]) for name, kind in _IDS.items() if fields.get(name)),
            listings=(
                Listing(
                    authority=fields.get("authority") or source.authority,
                    source=source.id,
                    reference=reference,
                    programs=_several(fields, "program"),
                    listed_on=listed,
                    delisted_on=delisted,
                    verification=Verification.MEMORY,
                ),
            ),
            notes=fields.get("notes", ""),
            extra=tuple((name, cell) for name, cell in fields.items() if name not in _OURS and cell),
        )


def _several(fields: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in fields.get(name, "").split(";") if part.strip())
