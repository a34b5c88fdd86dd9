"""Hindcasts from YAML: flows by the figures of a day, and the published changes that they are held against."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from seawall.errors import UsageError
from seawall.model import Figures, Hindcast, Past, Span, Target, Walls
from seawall.tables.enforcement import Term, load_walls, term, total
from seawall.tables.figures import load_figures
from seawall.tables.page import Page, Strict

_Three = tuple[float, float, float]


class _Past(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    probe: str
    partner: str = ""
    hs: tuple[str, ...] = ()
    unit: str
    level: tuple[Term, ...] = ()
    """None: only changes are asked for, and its level is 1."""
    drift: _Three
    why: str = Field(min_length=1)


class _Target(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    flows: tuple[str, ...] = Field(min_length=1)
    change: Term
    refills: bool = False
    why: str = Field(min_length=1)


class _File(Strict):
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    day: date
    base: int
    regime: str
    flows: tuple[_Past, ...]
    targets: tuple[_Target, ...]
    note: str = ""


@cache
def load_hindcast(name: str) -> Hindcast:
    """The hindcast of that name. Raises TableError with file, line and field; UsageError if there is none."""
    folder = files("seawall.tables").joinpath("hindcasts")
    path = folder.joinpath(f"{name}.yaml")
    if not path.is_file():
        known = ", ".join(sorted(p.name.removesuffix(".yaml") for p in folder.iterdir()))
        raise UsageError(f"no hindcast {name!r}; there are {known}")
    page = Page(path, f"hindcasts/{name}.yaml")
    return read_hindcast(page, load_figures(), load_walls(page.check(_File, ()).regime))


def read_hindcast(page: Page, figures: Figures, walls: Walls) -> Hindcast:
    """The same of a page: levels from figures that could be read on its day, targets from all. Raises TableError."""
    file: _File = page.check(_File, ())
    early = figures.known(file.day)
    known = {p.id for p in walls.probes}
    flows = []
    for n, r in enumerate(file.flows):
        if r.probe not in known:
            raise page.error(f"no probe {r.probe!r}", ("flows", n, "probe"))
        flows.append(_past(r, page, early, ("flows", n)))
    names = {f.id for f in flows}
    targets = []
    for n, t in enumerate(file.targets):
        for name in t.flows:
            if name not in names:
                raise page.error(f"no flow {name!r}", ("targets", n, "flows"))
        targets.append(_target(t, page, figures, ("targets", n)))
    return Hindcast(file.id, file.title, file.day, file.regime, file.base, tuple(flows), tuple(targets), file.note)


def _past(r: _Past, page: Page, figures: Figures, where: tuple[Any, ...]) -> Past:
    one: tuple[Span, tuple[str, ...], date] = (Span(1.0, 1.0, 1.0), (), date.min)
    level, sources, known = total(r.level, r.unit, page, figures, (*where, "level")) if r.level else one
    whys = "; ".join((r.why, *(t.why for t in r.level if t.why)))
    return Past(r.id, r.title, r.probe, r.partner, r.hs, r.unit, level, Span(*r.drift), sources, known, whys)


def _target(t: _Target, page: Page, figures: Figures, where: tuple[Any, ...]) -> Target:
    change, sources, _ = term(t.change, "percent", page, figures, (*where, "change"))
    since, to = int(t.change.period[:4]), int((t.change.until or t.change.period)[:4])
    return Target(t.id, t.title, t.flows, since, to, change, sources[0], t.refills, t.why)
