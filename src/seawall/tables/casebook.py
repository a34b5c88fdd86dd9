"""The casebook: listed parties and example dealings that come with the package, so that all works offline."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from seawall.errors import TableError
from seawall.model import (
    Address,
    DateSpan,
    Edition,
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
    Verification,
)

_FILE = "casebook/parties.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Listing(_Strict):
    authority: str
    source: str
    reference: str
    programs: tuple[str, ...]
    listed_on: date | None = None
    delisted_on: date | None = None
    verification: Verification
    citation: str = ""


class _Party(_Strict):
    id: str
    schema_: Schema
    name: str
    aliases: tuple[str, ...] = ()
    birth_date: str = ""
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    imo: str = ""
    listings: tuple[_Listing, ...]
    linked_to: tuple[str, ...] = ()
    notes: str = ""


@cache
def load_parties() -> tuple[Entity, ...]:
    """The listed parties. Raises TableError with the id of a record that is wrong or stands twice."""
    found: dict[str, Entity] = {}
    for record in yaml.safe_load(_bytes("parties.yaml"))["parties"]:
        key = str(record.get("id"))
        try:
            party = _Party.model_validate(
                {**{k: v for k, v in record.items() if k != "schema"}, "schema_": record["schema"]}
            )
            entity = _entity(party)
        except (KeyError, ValueError, ValidationError) as error:
            raise TableError(str(error), file=_FILE, field=key) from error
        if key in found:
            raise TableError("stands twice", file=_FILE, field=key)
        found[key] = entity
    return tuple(found.values())


def _entity(p: _Party) -> Entity:
    key = EntityId(p.id)
    return Entity(
        id=key,
        schema=p.schema_,
        names=(Name(p.name, NameKind.PRIMARY), *map(Name, p.aliases)),
        birth=(_birth(p.birth_date),) if p.birth_date else (),
        countries=p.countries,
        identifiers=(Identifier(IdKind.IMO, p.imo),) if p.imo else (),
        addresses=tuple(map(Address, p.addresses)),
        listings=tuple(
            Listing(
                x.authority,
                x.source,
                x.reference,
                x.programs,
                x.listed_on,
                (),
                x.delisted_on,
                "",
                x.verification,
                x.citation,
            )
            for x in p.listings
        ),
        links=tuple(Link(LinkKind.UNKNOWN, key, target_name=name) for name in p.linked_to),
        topics=("sanction",),
        notes=p.notes,
    )


def _birth(text: str) -> DateSpan:
    """`27 Jun 1978` or `1978`."""
    if text.isdigit():
        return DateSpan(date(int(text), 1, 1), date(int(text), 12, 31), text=text)
    day = datetime.strptime(text, "%d %b %Y").date()
    return DateSpan(day, day, text=text)


def read_dealings_bytes() -> bytes:
    """The example dealings, as the CSV that a user would write."""
    return _bytes("dealings.csv")


@cache
def casebook_edition() -> Edition:
    """The edition of the listed parties."""
    data = _bytes("parties.yaml")
    day = files("seawall.tables").joinpath("EDITION").read_text(encoding="ascii").strip()
    counts = (("entities", len(load_parties())),)
    return Edition("casebook", "Seawall's casebook", day, hashlib.sha256(data).hexdigest(), "parties.yaml", counts)


def _bytes(name: str) -> bytes:
    return files("seawall.tables").joinpath("casebook", name).read_bytes()
