"""Which figures measure one thing, and which statements are set against which figures."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from seawall.model import Check, CheckKind, Figures, Part, Quantity
from seawall.tables.figures import load_figures, read_period, read_records
from seawall.tables.page import Page, Strict


class _Part(Strict):
    series: str
    item: str = ""
    period: str = ""
    until: str = ""
    source: str = ""


class _Quantity(Strict):
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    parts: tuple[_Part, ...] = Field(min_length=1)
    across: bool = False
    ratio: bool = True
    why: str = ""
    see: tuple[str, ...] = ()


class _Check(Strict):
    id: str = Field(min_length=1)
    says: str = Field(min_length=1)
    kind: CheckKind
    stated: _Part
    against: tuple[_Part, ...] = ()
    within: float = Field(ge=0, lt=1)
    note: str = ""


@cache
def load_quantities() -> tuple[Quantity, ...]:
    """The quantities that several series measure. Raises TableError."""
    return read_quantities(_page("quantities.yaml"), load_figures())


@cache
def load_checks() -> tuple[Check, ...]:
    """The statements that are checked. Raises TableError."""
    return read_checks(_page("checks.yaml"), load_figures())


def _page(name: str) -> Page:
    return Page(files("seawall.tables").joinpath("figures", name), f"figures/{name}")


def read_quantities(page: Page, figures: Figures) -> tuple[Quantity, ...]:
    """The quantities of a page. Raises TableError for a part that names no figure, or an unknown source."""
    found = []
    for index, r in enumerate(read_records(page, _Quantity)):
        parts = tuple(_part(page, p, figures, (index, "parts", n)) for n, p in enumerate(r.parts))
        for name in r.see:
            if name not in figures.sources:
                raise page.error(f"no source {name!r}", (index, "see"))
        found.append(Quantity(r.id, r.title, parts, r.across, r.ratio, r.why, r.see))
    return tuple(found)


def read_checks(page: Page, figures: Figures) -> tuple[Check, ...]:
    """The checks of a page. Raises TableError for a part that names no figure."""
    found = []
    for index, r in enumerate(read_records(page, _Check)):
        stated = _part(page, r.stated, figures, (index, "stated"))
        against = tuple(_part(page, p, figures, (index, "against", n)) for n, p in enumerate(r.against))
        found.append(Check(r.id, r.says, r.kind, stated, against, r.within, r.note))
    return tuple(found)


def _part(page: Page, p: _Part, figures: Figures, where: tuple[Any, ...]) -> Part:
    try:
        period = read_period(p.period, p.until) if p.period else None
    except ValueError as error:
        raise page.error(str(error), (*where, "period")) from error
    part = Part(p.series, p.item, period, p.source)
    if not any(part.holds(f) for f in figures.rows):
        raise page.error(f"no figure is {p.model_dump(exclude_defaults=True)}", where)
    return part
