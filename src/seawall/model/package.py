"""Packages of measures: a draft, an adopted text, or the law as it stood on a day; and how two of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from seawall.model.entity import Schema, Verification
from seawall.model.law import Measure, Regime


class Change(StrEnum):
    """How a measure, or a topic, went from one package to the other."""

    DROPPED = "dropped"
    SOFTENED = "softened"
    DELAYED = "delayed"
    CHANGED = "changed"
    HARDENED = "hardened"
    HASTENED = "hastened"
    ADDED = "added"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Position:
    """What a package holds on a topic, in a sentence: also where no measure could carry it, or nothing is known."""

    topic: str
    says: str
    verification: Verification
    sources: tuple[str, ...] = ()
    names: tuple[tuple[str, Schema], ...] = ()
    """Who would be listed by it."""
    became: Change | None = None
    """What became of it in the package that it is compared with, where no measure says so."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A package as it is written down: what stood before it (`base`, the last day of it), what it adds and ends.

    `takes` are measures of the regime that it holds unchanged; `answers` says which measure of the regime each of its
    own stands against, for comparison.
    """

    id: str
    title: str
    regime: str
    base: date
    day: date
    own: Regime
    takes: tuple[str, ...]
    ends: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    positions: tuple[Position, ...]
    against: str
    """The package that became of it, "" if none did."""
    programs: tuple[str, ...] = ()
    """Under which programmes those whom its positions name would be listed."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A regime as it would stand under a package from `day` on, and what is known of it beside its measures."""

    id: str
    title: str
    day: date
    regime: Regime
    answers: tuple[tuple[str, str], ...] = ()
    positions: tuple[Position, ...] = ()
    programs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a measure of one package in the other. `details` say in words what changed."""

    topics: tuple[str, ...]
    changes: tuple[Change, ...]
    before: Measure | None
    after: Measure | None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """What two packages hold on a topic, side by side; `change` is None where nothing known tells."""

    name: str
    change: Change | None
    before: Position | None
    after: Position | None
