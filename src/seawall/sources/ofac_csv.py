"""OFAC's lists in their legacy CSV form: a main file with ALT, ADD and comments files that join it by `ent_num`.

Shape by the publisher's data specification: no header, `-0- ` for null, a trailing 0x1A.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seawall.model import Address, Entity, EntityId, Identifier, IdKind, Listing, Name, NameKind, RowError, Schema
from seawall.sources.ofac_remarks import Remarks, parse_remarks
from seawall.sources.raw import Raw, records
from seawall.sources.spec import Spec
from seawall.tables.territory import country_code

_SHAPES = {12: "main", 5: "alt", 6: "add", 2: "comments"}
_SCHEMAS = {"individual": Schema.PERSON, "vessel": Schema.VESSEL, "aircraft": Schema.AIRPLANE, "": Schema.LEGAL_ENTITY}
_ALIASES = {"aka": NameKind.ALIAS, "fka": NameKind.FORMER, "nka": NameKind.ALIAS}


def shape(head: bytes) -> str:
    """Which of the four files the first bytes are of: main, alt, add, comments; "" if none."""
    first = head.split(b"\n", 1)[0].decode("utf-8", errors="replace")
    try:
        cells = next(csv.reader([first]), [])
    except csv.Error:
        return ""
    kind = _SHAPES.get(len(cells), "")
    if not kind or not cells[0].strip().isdigit():
        return ""
    if kind == "main" and _plain(cells[2]) not in _SCHEMAS:
        return ""
    if kind in {"alt", "add"} and not cells[1].strip().isdigit():
        return ""
    return kind


def recognises(head: bytes) -> bool:
    """Whether the first bytes are of one of the four files."""
    return bool(shape(head))


@dataclass(frozen=True, slots=True)
class Joined:
    """The side files of one or more lists, by `ent_num`."""

    alt: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    add: dict[str, list[Address]] = field(default_factory=lambda: defaultdict(list))
    comments: dict[str, str] = field(default_factory=dict)


def join(raws: Sequence[Raw], errors: list[RowError]) -> Joined:
    """Read the ALT, ADD and comments files among `raws`."""
    joined = Joined()
    for raw in raws:
        kind = shape(raw.data[:65536])
        if kind == "main":
            continue
        for _, cells in _rows(raw, kind, errors):
            if kind == "alt":
                joined.alt[cells[0]].append(Name(cells[3], _ALIASES.get(cells[2], NameKind.ALIAS)))
            elif kind == "add":
                address = _address(cells)
                if address:
                    joined.add[cells[0]].append(address)
            elif kind == "comments":
                joined.comments[cells[0]] = joined.comments.get(cells[0], "") + cells[1]
    return joined


def read(raw: Raw, source: Spec, joined: Joined, errors: list[RowError]) -> Iterator[Entity]:
    """The entries of a main file with what joins them."""
    for row, cells in _rows(raw, "main", errors):
        if cells[2] not in _SCHEMAS or not cells[1]:
            errors.append(RowError(raw.file, row, "type", f"{cells[2]!r} is no kind of entry, or no name", cells[0]))
            continue
        yield _entity(cells, source, joined, RowError(raw.file, row, "remarks", ""), errors)


def programs(raw: Raw) -> list[str]:
    """The programmes of a main file, one for each time an entry has it."""
    return [p.strip(" []") for _, cells in _rows(raw, "main", []) for p in cells[3].split("] [") if p]


def _entity(cells: Sequence[str], source: Spec, joined: Joined, where: RowError, errors: list[RowError]) -> Entity:
    number, name, kind, programme, title, call_sign, vessel_type, tonnage, gross, flag, owner, remarks = cells[:12]
    key = EntityId(f"{source.authority}-{number}")
    facts = parse_remarks(remarks + joined.comments.get(number, ""), key, where, errors)
    schema = _schema(_SCHEMAS[kind], facts)
    addresses = tuple(joined.add.get(number, ()))
    countries = (*facts.countries, country_code(flag)) if schema is Schema.VESSEL else facts.countries
    if schema is not Schema.PERSON and not any(countries):
        countries = tuple(a.country for a in addresses)
    extra = {"type": vessel_type, "tonnage": tonnage, "grossRegisteredTonnage": gross, "owner": owner, "flag": flag}
    return Entity(
        id=key,
        schema=schema,
        names=tuple(dict.fromkeys((Name(name, NameKind.PRIMARY), *joined.alt.get(number, ()), *facts.names))),
        birth=facts.birth,
        birth_places=facts.birth_places,
        countries=tuple(dict.fromkeys(filter(None, countries))),
        gender=facts.gender,
        titles=(title,) if title else (),
        identifiers=((Identifier(IdKind.CALL_SIGN, call_sign),) if call_sign else ()) + facts.identifiers,
        addresses=addresses,
        listings=(
            Listing(
                authority=source.authority,
                source=source.id,
                reference=number,
                programs=tuple(filter(None, (p.strip(" []") for p in programme.split("] [")))),
                citation=source.url,
            ),
        ),
        links=facts.links,
        topics=("sanction", *facts.topics),
        notes="; ".join(facts.rest),
        extra=tuple((k, v) for k, v in extra.items() if v),
    )


def _schema(schema: Schema, facts: Remarks) -> Schema:
    """Entries of type "-0-" are bodies of any kind; an entry that has only a wallet is still a body."""
    if schema is Schema.LEGAL_ENTITY and any(i.kind in (IdKind.SWIFT, IdKind.LEI) for i in facts.identifiers):
        return Schema.COMPANY
    return schema


def _address(cells: Sequence[str]) -> Address | None:
    street, city, country, note = cells[2:6]
    full = ", ".join(filter(None, (street, city, country)))
    return Address(full, street, city, country=country_code(country), note=note) if full else None


def _rows(raw: Raw, kind: str, errors: list[RowError]) -> Iterator[tuple[int, list[str]]]:
    width = next(n for n, name in _SHAPES.items() if name == kind)
    for row, cells in records(raw, errors):
        if cells == ["\x1a"]:
            continue
        if len(cells) != width or not cells[0].strip().isdigit():
            errors.append(RowError(raw.file, row, "", f"has {len(cells)} fields; this file has {width}"))
            continue
        yield row, [_plain(cell) for cell in cells]


def _plain(cell: str) -> str:
    text = cell.strip()
    return "" if text == "-0-" else text
