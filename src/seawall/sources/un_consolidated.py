"""The UN Security Council's consolidated list, in XML (schema sc-sanctions.xsd)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from seawall.errors import SourceError
from seawall.model import (
    Address,
    DateSpan,
    Entity,
    EntityId,
    Identifier,
    IdKind,
    Listing,
    Name,
    NameKind,
    RowError,
    Schema,
)
from seawall.sources.dates import span
from seawall.sources.raw import Raw
from seawall.sources.spec import Spec
from seawall.sources.un_remarks import identifiers, ships
from seawall.sources.xml import elements, start
from seawall.tables.territory import country_code

_KINDS = {"good": NameKind.ALIAS, "low": NameKind.WEAK, "a.k.a.": NameKind.ALIAS, "f.k.a.": NameKind.FORMER}
_LETTERED = re.compile(r"(?:^|\s)[a-z]\)\s")


def recognises(head: bytes) -> bool:
    """Whether the first bytes are of this format."""
    return b"<CONSOLIDATED_LIST" in head


def day(raw: Raw) -> str:
    """The day on which the file was made, ISO; "" if it does not say."""
    return start(raw, "CONSOLIDATED_LIST").get("dateGenerated", "")[:10]


def read(raw: Raw, source: Spec, errors: list[RowError]) -> Iterator[Entity]:
    """The individuals and entities of a file. Fields that cannot be read go to `errors`, the entry is kept.

    Raises SourceError if the XML is broken or holds entities or external references.
    """
    seen: set[str] = set()
    for element in elements(raw, ("INDIVIDUAL", "ENTITY")):
        reference = _text(element, "REFERENCE_NUMBER")
        if not reference or not _text(element, "FIRST_NAME"):
            raise SourceError(
                f"entry {_text(element, 'DATAID') or '?'} has no reference or name",
                file=raw.file,
                row=element.sourceline,
            )
        key = reference if reference not in seen else f"{reference}-{_text(element, 'DATAID')}"
        seen.add(key)
        yield _entity(element, EntityId(f"{source.authority}-{key}"), source, raw, errors)


def _entity(element: Any, key: EntityId, source: Spec, raw: Raw, errors: list[RowError]) -> Entity:
    person = element.tag == "INDIVIDUAL"
    comments = " ".join(_text(element, "COMMENTS1").split())
    birth: list[DateSpan] = []
    for node in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        try:
            birth += _birth(node)
        except ValueError as error:
            errors.append(RowError(raw.file, node.sourceline, "INDIVIDUAL_DATE_OF_BIRTH", str(error), str(key)))
    countries = [country_code(text) for text in _texts(element, "NATIONALITY/VALUE")]
    addresses = tuple(filter(None, map(_address, element.iterfind(f"{element.tag}_ADDRESS"))))
    return Entity(
        id=key,
        schema=Schema.PERSON if person else Schema.ORGANIZATION,
        names=tuple(dict.fromkeys(_names(element))),
        birth=tuple(birth),
        birth_places=tuple(filter(None, map(_place, element.iterfind("INDIVIDUAL_PLACE_OF_BIRTH")))),
        countries=tuple(dict.fromkeys(filter(None, countries or ([] if person else [a.country for a in addresses])))),
        gender=_text(element, "GENDER").lower(),
        titles=tuple(_texts(element, "TITLE/VALUE") + _texts(element, "DESIGNATION/VALUE")),
        identifiers=(*_documents(element), *(() if person else identifiers(comments))),
        addresses=addresses,
        listings=(
            Listing(
                authority=source.authority,
                source=source.id,
                reference=_text(element, "REFERENCE_NUMBER"),
                programs=tuple(_texts(element, "UN_LIST_TYPE")),
                listed_on=_day(_text(element, "LISTED_ON")),
                amended_on=tuple(sorted({d for d in map(_day, _texts(element, "LAST_DAY_UPDATED/VALUE")) if d})),
                citation=source.url,
            ),
        ),
        links=() if person else tuple(ships(comments, key)),
        topics=("sanction",),
        notes=comments,
    )


def _names(element: Any) -> Iterator[Name]:
    """The primary name, the name in its own script, and every alias, several to a cell where publishers pack them."""
    parts = [_text(element, f"{n}_NAME") for n in ("FIRST", "SECOND", "THIRD", "FOURTH")]
    joined = " ".join(filter(None, parts))
    for n, text in enumerate(re.split(r"\s+;\s+", joined) if element.tag == "ENTITY" else [joined]):
        yield Name(text, NameKind.ALIAS if n else NameKind.PRIMARY)
    for text in _split(_text(element, "NAME_ORIGINAL_SCRIPT")):
        yield Name(text, NameKind.PRIMARY)
    for alias in element.iterfind(f"{element.tag}_ALIAS"):
        kind = _KINDS.get(_text(alias, "QUALITY").lower(), NameKind.ALIAS)
        for text in _split(_text(alias, "ALIAS_NAME")):
            yield Name(text, kind)


def _split(cell: str) -> list[str]:
    """`A; B` and `A b) B` hold several names; a comma does not part names here ("MAKENGA, Colonel SULTANI")."""
    pieces = [part for piece in cell.split(";") for part in _LETTERED.split(piece)]
    return [" ".join(piece.split()).strip(" ,") for piece in pieces if piece.strip(" ,\n\t")]


def _birth(node: Any) -> list[DateSpan]:
    kind = _text(node, "TYPE_OF_DATE")
    if _text(node, "FROM_YEAR"):
        text = f"{_text(node, 'FROM_YEAR')} to {_text(node, 'TO_YEAR') or _text(node, 'FROM_YEAR')}"
    else:
        text = (_text(node, "DATE") or _text(node, "YEAR"))[:10]  # some editions add a time zone
    return [span(text, approximate=kind == "APPROXIMATELY")] if text else []


def _documents(element: Any) -> Iterator[Identifier]:
    for node in element.iterfind("INDIVIDUAL_DOCUMENT"):
        number = _text(node, "NUMBER")
        if not number:
            continue
        words = f"{_text(node, 'TYPE_OF_DOCUMENT')} {_text(node, 'TYPE_OF_DOCUMENT2')}".lower()
        kind = IdKind.PASSPORT if "pass" in words or "pasaporte" in words else IdKind.NATIONAL_ID
        country = country_code(_text(node, "ISSUING_COUNTRY")) or country_code(_text(node, "COUNTRY_OF_ISSUE"))
        yield Identifier(kind, number, country, _text(node, "NOTE"))


def _address(node: Any) -> Address | None:
    street, city, region = _text(node, "STREET"), _text(node, "CITY"), _text(node, "STATE_PROVINCE")
    code, country, note = _text(node, "ZIP_CODE"), _text(node, "COUNTRY"), _text(node, "NOTE")
    full = ", ".join(filter(None, (street, city, region, code, country))) or note
    return Address(full, street, city, region, code, country_code(country), note) if full else None


def _place(node: Any) -> str:
    return ", ".join(filter(None, (_text(node, tag) for tag in ("CITY", "STATE_PROVINCE", "COUNTRY", "NOTE"))))


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if re.match(r"\d{4}-\d\d-\d\d", text) else None


def _text(element: Any, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())


def _texts(element: Any, path: str) -> list[str]:
    return [" ".join(node.text.split()) for node in element.iterfind(path) if node.text and node.text.strip()]
