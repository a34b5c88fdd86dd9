"""What screening gives back."""

from __future__ import annotations

from dataclasses import dataclass, field

from seawall.model.entity import Entity


@dataclass(frozen=True, slots=True)
class Query:
    """A party to look for. Empty fields are unknown. `schema` is "" when even the kind of thing is unknown.

    `identifiers` are (kind, value) with kinds of `IdKind`; kind "" means "some number, kind unknown".
    `birth` are ISO prefixes (`1975`, `1975-03`, `1975-03-02`); `countries` ISO alpha-2 lower case.
    """

    id: str
    names: tuple[str, ...]
    schema: str = ""
    birth: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    gender: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    extra: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Feature:
    """One piece of a score: its name, its value in [0, 1] or -1..0 for a penalty, and a sentence for readers."""

    name: str
    value: float
    says: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed entity that a query may be. `score` in [0, 1]; `matched_name` is the listed name that agreed best."""

    query_id: str
    query_name: str
    rank: int
    score: float
    match: bool
    entity: Entity
    matched_name: str
    why: str
    features: tuple[Feature, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of what was used: a list file or the tables, its day, its content hash, and how much it held."""

    id: str
    title: str
    day: str
    sha256: str
    path: str = ""
    counts: tuple[tuple[str, int], ...] = ()
