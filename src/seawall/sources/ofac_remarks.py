"""The remarks of an OFAC entry, `; `-separated facts in prose, taken apart. What no rule knows is kept in `rest`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from seawall.model import (
    DateSpan,
    EntityId,
    Identifier,
    IdKind,
    Link,
    LinkKind,
    Name,
    NameKind,
    RowError,
)
from seawall.sources.dates import span
from seawall.tables.territory import country_code


@dataclass(frozen=True, slots=True)
class Remarks:
    """The facts of one entry's remarks."""

    names: tuple[Name, ...] = ()
    birth: tuple[DateSpan, ...] = ()
    birth_places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    gender: str = ""
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[Link, ...] = ()
    topics: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


_QUOTED = re.compile(r"^(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.)[,:]?\s*['\"](.+?)['\"]?$")
_DOCUMENTS: tuple[tuple[IdKind, str, re.Pattern[str]], ...] = tuple(
    (kind, note, re.compile(rf"^(?:{words})\s*:?\s*(?P<number>.+)$", re.IGNORECASE))
    for kind, note, words in (
        (IdKind.IMO, "", r"Vessel Registration Identification IMO|Vessel Registration Number IMO"),
        (IdKind.REGISTRATION, "IMO company number", r"(?:Company|Identification|Registration) Number IMO"),
        (IdKind.MMSI, "", r"Maritime Mobile Service Identity \(MMSI\)|MMSI"),
        (IdKind.PASSPORT, "", r"(?:Diplomatic |Stateless Person )?Passport"),
        (IdKind.SWIFT, "", r"SWIFT/BIC"),
        (IdKind.LEI, "", r"Legal Entity Number"),
        (IdKind.WALLET, "", r"Digital Currency Address -"),
        (IdKind.TAX, "", r"Tax ID No\.|R\.?F\.?C\.?|NIT #|RUC #|RIF #|V\.A\.T\. Number|C\.U\.I\.[TP]\.\s?#?|NRIC"),
        (
            IdKind.REGISTRATION,
            "",
            r"(?:Business )?Registration (?:Number|ID|Document #)|Company Number|Enterprise Number|Trade License No\."
            r"|Commercial Registry Number|Folio Mercantil No\.|Matricula Mercantil No|Chamber of Commerce Number"
            r"|Business Number|Public Registration Number|Unified Social Credit Code \(USCC\)"
            r"|Economic Register Number.*?\)",
        ),
        (
            IdKind.NATIONAL_ID,
            "",
            r"National ID No\.|Cedula No\.|Identification Number|National Foreign ID Number|C\.U\.R\.P\.|SSN"
            r"|Personal ID Card|Citizen's Card Number|Residency Number|Numero de Identidad|D\.N\.I\.|I\.F\.E\."
            r"|Kenyan ID No\.|Bosnian Personal ID No\.|British National Overseas Passport|Stateless Person ID Card",
        ),
        (IdKind.OTHER, "D-U-N-S", r"D-U-N-S Number"),
        (IdKind.OTHER, "tail number", r"Aircraft Tail Number"),
        (IdKind.OTHER, "serial number", r"Aircraft Manufacturer's Serial Number \(MSN\)"),
    )
)
_COUNTRY = re.compile(r"\s*\(([^()]+)\)\s*$")
_VALIDITY = re.compile(r"\s+(?:issued|expires|effective)\b.*$", re.IGNORECASE)


def parse_remarks(text: str, key: EntityId, where: RowError, errors: list[RowError]) -> Remarks:
    """Take remarks apart. A date that cannot be read goes to `errors` at `where`, its words into `rest`."""
    found = Remarks()
    for part in filter(None, (p.strip() for p in re.split(r";\s+", text.strip().removesuffix(".")))):
        plain = part.removeprefix("alt. ")
        try:
            found = _take(found, plain, key)
        except ValueError as error:
            errors.append(replace(where, message=str(error), id=str(key)))
            found = replace(found, rest=(*found.rest, part))
    return found


def _take(found: Remarks, part: str, key: EntityId) -> Remarks:
    head, _, tail = part.partition(" ")
    if head == "DOB":
        return replace(found, birth=(*found.birth, span(tail)))
    if head == "POB":
        return replace(found, birth_places=(*found.birth_places, tail))
    if head in {"nationality", "citizen"}:
        code = country_code(tail)
        return replace(found, countries=(*found.countries, code)) if code else _keep(found, part)
    if head == "Gender":
        return replace(found, gender=tail.lower())
    if part.startswith("Linked To:"):
        link = Link(LinkKind.UNKNOWN, key, target_name=part.removeprefix("Linked To:").strip())
        return replace(found, links=(*found.links, link))
    if quoted := _QUOTED.match(part):
        kind = NameKind.FORMER if quoted[1] == "f.k.a." else NameKind.WEAK
        return replace(found, names=(*found.names, Name(quoted[2], kind)))
    if part.startswith("Secondary sanctions risk"):
        return replace(_keep(found, part), topics=("sanction.counter",))
    return _number(found, part)


def _number(found: Remarks, part: str) -> Remarks:
    for kind, note, pattern in _DOCUMENTS:
        if match := pattern.match(part):
            number = _VALIDITY.sub("", match["number"])
            country = _COUNTRY.search(number)
            code = country_code(country[1]) if country else ""
            number = _COUNTRY.sub("", number).strip() if code else number.strip()
            coin, _, address = number.partition(" ")
            if kind is IdKind.WALLET and address:
                return replace(found, identifiers=(*found.identifiers, Identifier(kind, address, code, coin)))
            if number:
                return replace(found, identifiers=(*found.identifiers, Identifier(kind, number, code, note)))
    return _keep(found, part)


def _keep(found: Remarks, part: str) -> Remarks:
    return replace(found, rest=(*found.rest, part))
