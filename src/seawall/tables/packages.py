"""Packages of measures from YAML: drafts and adopted texts that can be compared."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from seawall.errors import TableError
from seawall.model import Change, Draft, Position, Regime, Schema, Verification
from seawall.tables.law import Head, load_regimes, read_instrument
from seawall.tables.page import Page, Strict


class _Name(Strict):
    name: str = Field(min_length=1)
    kind: Schema


class _Position(Strict):
    topic: str = Field(min_length=1)
    says: str = Field(min_length=1)
    verification: Verification
    sources: tuple[str, ...] = ()
    names: tuple[_Name, ...] = ()
    became: Change | None = None


class _Package(Strict):
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    regime: str
    base: date
    day: date
    against: str = ""
    note: str = ""
    programs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    answers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    positions: tuple[_Position, ...] = ()
    text: Any = None
    """The package's own measures, in the form of a regime's instrument."""


@cache
def load_packages() -> dict[str, Draft]:
    """The packages by id. Raises TableError with file, line and field for anything wrong."""
    regimes = {regime.id: regime for regime in load_regimes()}
    folder = files("seawall.tables").joinpath("packages")
    found: dict[str, Draft] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml"):
            draft = read_package(Page(path, f"packages/{path.name}"), regimes)
            if draft.id in found:
                raise TableError(f"{draft.id} stands twice", file=f"packages/{path.name}", field="id")
            found[draft.id] = draft
    return found


def read_package(page: Page, regimes: dict[str, Regime]) -> Draft:
    """A package from its page. Raises TableError for a regime or measure that is not there."""
    record: _Package = page.check(_Package, ())
    if record.regime not in regimes:
        raise page.error(f"no regime {record.regime!r}", ("regime",))
    regime = regimes[record.regime]
    known = {m.id for m in regime.measures}
    head = Head(
        id=regime.id, title=record.title, target=regime.target, authority=regime.authority, edition=regime.edition
    )
    if not record.programs and any(p.names for p in record.positions):
        raise page.error("names persons to list, and no programme to list them under", ("programs",))
    measures, caps = read_instrument(page, head, ("text",)) if record.text else ((), ())
    own = {m.id for m in measures}
    for field, names in (("takes", record.takes), ("ends", record.ends), ("answers", _flat(record.answers))):
        for name in names:
            if name not in known:
                raise page.error(f"{regime.id} has no measure {name!r}", (field,))
    for name in record.answers:
        if name not in own:
            raise page.error(f"the package has no measure {name!r} of its own", ("answers", name))
    return Draft(
        id=record.id, title=record.title, regime=regime.id, base=record.base, day=record.day,
        own=Regime(regime.id, record.title, regime.target, regime.authority, regime.edition, measures, caps),
        takes=record.takes, ends=record.ends, against=record.against, note=record.note,
        programs=record.programs,
        answers=tuple((mine, theirs) for mine, group in record.answers.items() for theirs in group),
        positions=tuple(_position(p) for p in record.positions),
    )  # fmt: skip


def _flat(groups: dict[str, tuple[str, ...]]) -> list[str]:
    return [name for group in groups.values() for name in group]


def _position(p: _Position) -> Position:
    names = tuple((n.name, n.kind) for n in p.names)
    return Position(p.topic, p.says, p.verification, p.sources, names, p.became)
