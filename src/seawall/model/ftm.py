"""The one door to FollowTheMoney: entities to its JSON records and back.

A record is `{"id", "caption", "schema", "properties": {name: [str, ...]}, "datasets", "referents", "target"}`.
Listings become `Sanction` records, links their interval schema (`Ownership`, `Directorship`, ...), passports and other
papers `Identification`; addresses are written as the property `address`.
"""

from __future__ import annotations

import hashlib
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from seawall.model.entity import (
    Address,
    DateSpan,
    Entity,
    EntityId,
    Identifier,
    IdKind,
    Link,
    LinkKind,
    Listing,
    Name,
    NameKind,
    Schema,
)

_NAMES = {
    NameKind.PRIMARY: "name", NameKind.ALIAS: "alias", NameKind.WEAK: "weakAlias", NameKind.FORMER: "previousName",
}  # fmt: skip
_THINGS = {Schema.VESSEL, Schema.AIRPLANE, Schema.CRYPTO_WALLET}
_ID_PROPERTIES = {
    IdKind.IMO: "imoNumber", IdKind.MMSI: "mmsi", IdKind.CALL_SIGN: "callSign", IdKind.PASSPORT: "passportNumber",
    IdKind.NATIONAL_ID: "idNumber", IdKind.TAX: "taxNumber", IdKind.REGISTRATION: "registrationNumber",
    IdKind.LEI: "leiCode", IdKind.SWIFT: "swiftBic", IdKind.WALLET: "publicKey",
}  # fmt: skip
_HOLDERS: dict[str, set[Schema]] = {  # properties that only some schemata have
    "imoNumber": {Schema.VESSEL}, "mmsi": {Schema.VESSEL}, "callSign": {Schema.VESSEL},
    "passportNumber": {Schema.PERSON}, "publicKey": {Schema.CRYPTO_WALLET},
    "swiftBic": {Schema.COMPANY, Schema.ORGANIZATION, Schema.LEGAL_ENTITY, Schema.PUBLIC_BODY},
    "idNumber": {s for s in Schema if s not in _THINGS}, "taxNumber": {s for s in Schema if s not in _THINGS},
    "leiCode": {s for s in Schema if s not in _THINGS},
    "registrationNumber": {s for s in Schema if s is not Schema.CRYPTO_WALLET},
}  # fmt: skip
_ENDS = {
    LinkKind.OWNERSHIP: ("owner", "asset", "role"), LinkKind.DIRECTORSHIP: ("director", "organization", "role"),
    LinkKind.EMPLOYMENT: ("employee", "employer", "role"), LinkKind.MEMBERSHIP: ("member", "organization", "role"),
    LinkKind.FAMILY: ("person", "relative", "relationship"),
    LinkKind.ASSOCIATE: ("person", "associate", "relationship"),
    LinkKind.UNKNOWN: ("subject", "object", "role"),
}  # fmt: skip
_LONGEST_ID, _LONGEST_ADDRESS = 64, 250
"""Characters that FollowTheMoney takes; longer values are prose that a publisher put where a number belongs."""
_COUNTRY = {
    Schema.PERSON: "nationality", Schema.VESSEL: "flag", Schema.COMPANY: "jurisdiction", Schema.AIRPLANE: "country",
}  # fmt: skip


def to_ftm(entity: Entity, dataset: str = "seawall") -> list[dict[str, Any]]:
    """The records of an entity, itself first. Links without a target entity name it in the record's `summary`."""
    properties: dict[str, list[str]] = defaultdict(list)
    for name in entity.names:
        kind = "name" if entity.schema is Schema.CRYPTO_WALLET else _NAMES[name.kind]
        properties[kind].append(name.text)
    if entity.schema is Schema.PERSON:
        properties["birthDate"] = [span.iso for span in entity.birth if span.iso]
        properties["birthPlace"] = list(entity.birth_places)
        properties["gender"] = [entity.gender] if entity.gender in {"male", "female", "other"} else []
        properties["position"] = list(entity.titles)
    if entity.schema is not Schema.CRYPTO_WALLET:
        properties[_COUNTRY.get(entity.schema, "country")] = list(entity.countries)
        properties["address"] = [part for address in entity.addresses for part in _parts(address.full)]
    properties["topics"] = list(entity.topics)
    properties["notes"] = [entity.notes] if entity.notes else []
    papers = []
    for item in entity.identifiers:
        prop = _ID_PROPERTIES.get(item.kind, "")
        plain = bool(prop) and entity.schema in _HOLDERS[prop] and len(item.value) <= _LONGEST_ID
        if plain:
            properties[prop].append(item.value)
        if item.country or item.note or not plain:
            papers.append(_paper(entity, item, dataset))
    head = _record(str(entity.id), entity.schema.value, properties, dataset, entity.caption)
    head["target"] = bool(entity.listings)
    sanctions = [_sanction(entity, n, listing, dataset) for n, listing in enumerate(entity.listings)]
    return [head, *sanctions, *papers, *(_link(link, dataset) for link in entity.links)]


def _parts(address: str) -> list[str]:
    """An address, cut where it lists several and is too long for one."""
    if len(address) <= _LONGEST_ADDRESS:
        return [address]
    pieces = [piece.strip() for piece in address.replace("; ", ";").split(";")]
    words = [textwrap.wrap(piece, _LONGEST_ADDRESS) for piece in pieces if piece]
    return [part for wrapped in words for part in wrapped]


def _record(
    key: str, schema: str, properties: Mapping[str, list[str]], dataset: str, caption: str = ""
) -> dict[str, Any]:
    kept = {name: list(dict.fromkeys(filter(None, values))) for name, values in properties.items()}
    return {
        "id": key,
        "caption": caption or schema,
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
        "datasets": [dataset],
        "referents": [],
        "target": False,
    }


def _key(*parts: str) -> str:
    return parts[0] + "-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def _sanction(entity: Entity, n: int, listing: Listing, dataset: str) -> dict[str, Any]:
    fields = {
        "entity": [str(entity.id)],
        "authority": [listing.authority],
        "authorityId": [listing.reference],
        "program": list(listing.programs),
        "listingDate": [listing.listed_on.isoformat()] if listing.listed_on else [],
        "endDate": [listing.delisted_on.isoformat()] if listing.delisted_on else [],
        "modifiedAt": [d.isoformat() for d in listing.amended_on],
        "reason": [listing.reason],
        "sourceUrl": [listing.citation] if listing.citation.startswith("http") else [],
        "publisher": [listing.source],
    }
    return _record(_key(str(entity.id), "sanction", str(n), listing.reference), "Sanction", fields, dataset)


def _paper(entity: Entity, item: Identifier, dataset: str) -> dict[str, Any]:
    schema = "Passport" if item.kind is IdKind.PASSPORT else "Identification"
    holder = [str(entity.id)] if entity.schema not in _THINGS else []
    fields = {
        "holder": holder, "number": [item.value] if len(item.value) <= _LONGEST_ID else [],
        "description": [item.value] if len(item.value) > _LONGEST_ID else [], "type": [item.kind.value],
        "country": [item.country], "summary": [item.note],
    }  # fmt: skip
    return _record(_key(str(entity.id), item.kind.value, item.value, item.country), schema, fields, dataset)


def _link(link: Link, dataset: str) -> dict[str, Any]:
    source, target, role = _ENDS[link.kind]
    fields = {
        source: [str(link.source)],
        target: [str(link.target)],
        role: [link.role],
        "summary": [link.target_name],
        "startDate": [link.start.isoformat()] if link.start else [],
        "endDate": [link.end.isoformat()] if link.end else [],
    }
    if link.kind is LinkKind.OWNERSHIP:
        fields["percentage"] = [_share(link)]
    key = _key(str(link.source), link.kind.value, str(link.target), link.target_name, link.role)
    return _record(key, link.kind.value, fields, dataset)


def _share(link: Link) -> str:
    if link.share_min is None and link.share_max is None:
        return ""
    low, high = link.share_min or 0.0, 100.0 if link.share_max is None else link.share_max
    return f"{low:g}" if low == high else f"{low:g}-{high:g}"


def from_ftm(records: Iterable[Mapping[str, Any]], source: str = "ftm", authority: str = "other") -> Iterator[Entity]:
    """The entities that records describe, in their order; records of other schemata join those they belong to.

    Raises ValueError for a record without id or schema, or with a date that does not exist.
    """
    heads: dict[str, Mapping[str, Any]] = {}
    listings: dict[str, list[Listing]] = defaultdict(list)
    papers: dict[str, list[Identifier]] = defaultdict(list)
    links: dict[str, list[Link]] = defaultdict(list)
    for record in records:
        schema, key = record.get("schema"), record.get("id")
        if not schema or not key:
            raise ValueError("a record has no id or no schema")
        p = record.get("properties") or {}
        if schema in set(Schema):
            heads[str(key)] = record
        elif schema == "Sanction":
            for holder in p.get("entity", ()):
                listings[holder].append(_listing(p, source, authority, str(key)))
        elif schema in {"Identification", "Passport"}:
            for holder in p.get("holder", ()):
                papers[holder].append(_identifier(p, str(schema)))
        elif schema in set(LinkKind):
            link = _read_link(LinkKind(schema), p)
            links[str(link.source)].append(link)
    for key, record in heads.items():
        if record.get("target") and not listings[key]:
            listings[key].append(Listing(authority, source, key))
        yield _read(key, record, (tuple(listings[key]), tuple(papers[key]), tuple(links[key])))


def _read(
    key: str, record: Mapping[str, Any], joined: tuple[tuple[Listing, ...], tuple[Identifier, ...], tuple[Link, ...]]
) -> Entity:
    p: Mapping[str, list[str]] = record.get("properties") or {}
    listings, papers, links = joined
    schema = Schema(record["schema"])
    names = [Name(text, kind) for kind, prop in _NAMES.items() for text in p.get(prop, ())]
    plain = [Identifier(kind, value) for kind, prop in _ID_PROPERTIES.items() for value in p.get(prop, ())]
    known = {(i.kind, i.value) for i in papers}
    places = ("nationality", "flag", "jurisdiction", "country", "citizenship", "mainCountry")
    used = {*_NAMES.values(), *_ID_PROPERTIES.values(), *places, "birthDate", "birthPlace", "gender", "position"}
    used |= {"address", "topics", "notes"}
    return Entity(
        id=EntityId(key),
        schema=schema,
        names=tuple(names) or (Name(str(record.get("caption") or key), NameKind.PRIMARY),),
        birth=tuple(map(_span, p.get("birthDate", ()))),
        birth_places=tuple(p.get("birthPlace", ())),
        countries=tuple(dict.fromkeys(c for prop in places for c in p.get(prop, ()))),
        gender=next(iter(p.get("gender", ())), ""),
        titles=tuple(p.get("position", ())),
        identifiers=(*papers, *(i for i in plain if (i.kind, i.value) not in known)),
        addresses=tuple(Address(text) for text in p.get("address", ())),
        listings=listings,
        links=links,
        topics=tuple(p.get("topics", ())),
        notes="\n".join(p.get("notes", ())),
        extra=tuple((prop, value) for prop, values in p.items() if prop not in used for value in values),
    )


def _listing(p: Mapping[str, list[str]], source: str, authority: str, key: str) -> Listing:
    starts = sorted(_span(text).first for text in (p.get("listingDate") or p.get("startDate") or ()))
    ends = sorted(_span(text).first for text in p.get("endDate", ()))
    return Listing(
        authority=_first(p, "authority") if _first(p, "authority") in {"un", "us", "eu", "uk"} else authority,
        source=_first(p, "publisher") or source,
        reference=_first(p, "authorityId") or _first(p, "unscId") or key,
        programs=tuple(p.get("program") or p.get("programId") or ()),
        listed_on=starts[0] if starts else None,
        delisted_on=ends[-1] if ends else None,
        amended_on=tuple(_span(text).first for text in p.get("modifiedAt", ())),
        reason=_first(p, "reason"),
        citation=_first(p, "sourceUrl"),
    )


def _identifier(p: Mapping[str, list[str]], schema: str) -> Identifier:
    kinds = {kind.value: kind for kind in IdKind}
    kind = IdKind.PASSPORT if schema == "Passport" else kinds.get(_first(p, "type"), IdKind.OTHER)
    number = _first(p, "number") or _first(p, "description")
    return Identifier(kind, number, _first(p, "country"), _first(p, "summary"))


def _read_link(kind: LinkKind, p: Mapping[str, list[str]]) -> Link:
    source, target, role = _ENDS[kind]
    low, _, high = _first(p, "percentage").rstrip("%").partition("-")
    dates = [p.get(prop, [""])[0] for prop in ("startDate", "endDate")]
    start, end = (_span(text).first if text else None for text in dates)
    return Link(
        kind,
        EntityId(_first(p, source)),
        EntityId(_first(p, target)),
        _first(p, "summary"),
        _first(p, role),
        _percent(low),
        _percent(high or low),
        start,
        end,
    )


def _percent(text: str) -> float | None:
    return float(text) if text.strip() else None


def _first(p: Mapping[str, list[str]], name: str) -> str:
    return next(iter(p.get(name, ())), "")


def _span(text: str) -> DateSpan:
    """A FollowTheMoney date: an ISO 8601 prefix, perhaps with a time. Raises ValueError for anything else."""
    parts = [int(part) for part in text.strip()[:10].split("-")]
    first = date(*[*parts, 1, 1][:3])
    if len(parts) == 3:
        last = first
    elif len(parts) == 2:
        last = date.fromordinal(date(first.year + first.month // 12, first.month % 12 + 1, 1).toordinal() - 1)
    else:
        last = date(first.year, 12, 31)
    return DateSpan(first, last, text=text.strip())
