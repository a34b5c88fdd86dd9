"""Who is on a list: entities with their names, dates, identifiers, addresses, listings and links.

Terms follow FollowTheMoney where it has one, so that `model.ftm` is a plain mapping.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

EntityId = NewType("EntityId", str)
Country = NewType("Country", str)
"""ISO 3166-1 alpha-2, lower case, as FollowTheMoney writes it; also `eu`, `xk` and historical codes such as `suhh`."""


class Schema(StrEnum):
    """The FollowTheMoney schemata that a list entry can have."""

    PERSON = "Person"
    COMPANY = "Company"
    ORGANIZATION = "Organization"
    LEGAL_ENTITY = "LegalEntity"
    PUBLIC_BODY = "PublicBody"
    VESSEL = "Vessel"
    AIRPLANE = "Airplane"
    CRYPTO_WALLET = "CryptoWallet"


class NameKind(StrEnum):
    """What a name is to its bearer. `weak` is the publisher's own warning that it identifies poorly."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK = "weak"
    FORMER = "former"


class IdKind(StrEnum):
    """Kinds of identifier that can decide a match."""

    IMO = "imo"
    MMSI = "mmsi"
    CALL_SIGN = "call_sign"
    PASSPORT = "passport"
    NATIONAL_ID = "national_id"
    TAX = "tax"
    REGISTRATION = "registration"
    LEI = "lei"
    SWIFT = "swift"
    WALLET = "wallet"
    OTHER = "other"


class LinkKind(StrEnum):
    """How two entities hang together; each is a FollowTheMoney interval schema."""

    OWNERSHIP = "Ownership"
    DIRECTORSHIP = "Directorship"
    EMPLOYMENT = "Employment"
    MEMBERSHIP = "Membership"
    FAMILY = "Family"
    ASSOCIATE = "Associate"
    UNKNOWN = "UnknownLink"


class Verification(StrEnum):
    """How far a fact was checked against its source."""

    VERIFIED = "verified"
    PARTLY = "partly"
    MEMORY = "memory"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as published. `lang` is ISO 639-3 where the publisher says it."""

    text: str
    kind: NameKind = NameKind.ALIAS
    lang: str = ""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date known to a day, month or year, or a range of them: every day from `first` to `last` is possible.

    Invariant: first <= last. `text` is the publisher's own wording.
    """

    first: date
    last: date
    approximate: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"date span runs backwards: {self.first} to {self.last}")

    @property
    def iso(self) -> str:
        """The longest ISO 8601 prefix that holds the span (`1975`, `1975-03`, `1975-03-02`); "" if years differ."""
        if self.first == self.last:
            return self.first.isoformat()
        if self.first.year != self.last.year:
            return ""
        return self.first.isoformat()[:7] if self.first.month == self.last.month else str(self.first.year)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that a State, a register or a network gave. `value` as published, without surrounding space."""

    kind: IdKind
    value: str
    country: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address as far as the publisher splits it. `full` is never empty."""

    full: str
    street: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """That an authority listed an entity. Open-ended while `delisted_on` is None.

    `authority` is the short key that measures use (`un`, `us`, `eu`, `uk`, or the id of a list of one's own);
    `source` the id of the list; `reference` the publisher's own number (`KPi.033`, an OFAC uid).
    `listed_on` None means that the publisher does not give the day.
    """

    authority: str
    source: str
    reference: str
    programs: tuple[str, ...] = ()
    listed_on: date | None = None
    amended_on: tuple[date, ...] = ()
    delisted_on: date | None = None
    reason: str = ""
    verification: Verification = Verification.VERIFIED
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one entity (`owner`, `director`, `member`, ...) to another, with a share range in percent.

    `target` may be empty when the publisher gives only a name; then `target_name` holds it.
    """

    kind: LinkKind
    source: EntityId
    target: EntityId = EntityId("")
    target_name: str = ""
    role: str = ""
    share_min: float | None = None
    share_max: float | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body or thing that somebody lists or that takes part in a dealing."""

    id: EntityId
    schema: Schema
    names: tuple[Name, ...]
    birth: tuple[DateSpan, ...] = ()
    birth_places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Nationality, jurisdiction or flag, ISO alpha-2 lower case."""
    gender: str = ""
    titles: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    listings: tuple[Listing, ...] = ()
    links: tuple[Link, ...] = ()
    topics: tuple[str, ...] = ()
    notes: str = ""
    extra: tuple[tuple[str, str], ...] = field(default=())
    """Properties of FollowTheMoney that no field above holds, as (property, value), so that nothing read is lost."""

    @property
    def caption(self) -> str:
        """The name to show: the first primary one, else the first."""
        for name in self.names:
            if name.kind is NameKind.PRIMARY:
                return name.text
        return self.names[0].text if self.names else str(self.id)
