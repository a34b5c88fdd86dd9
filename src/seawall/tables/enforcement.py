"""What was seen of flows under the law, from YAML: each number a figure by its place, each judgement with its why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import product
from statistics import median
from typing import Any

from pydantic import Field, model_validator

from seawall.errors import UsageError
from seawall.model import Activity, Figure, Figures, Flow, Part, Prior, Probe, Refill, Seen, Span, Walls
from seawall.tables.figures import convert, load_figures, read_period
from seawall.tables.page import Page, Strict

_Three = tuple[float, float, float]


class Term(Strict):
    """A figure, or the range of several of one period; times another figure (`by`), and times a judgement (`scale`)."""

    series: str = Field(min_length=1)
    item: str = ""
    period: str = Field(min_length=1)
    until: str = ""
    source: str = ""
    by: Term | None = None
    scale: _Three | None = None
    why: str = ""

    @model_validator(mode="after")
    def _founded(self) -> Term:
        if self.scale and not self.why:
            raise ValueError("a scale is a judgement, and needs `why`")
        return self


class _Probe(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    kind: Flow
    topics: tuple[str, ...] = Field(min_length=1)
    activity: Activity
    source: str = ""
    sink: str = ""
    hs: tuple[str, ...] = ()
    goods: str = ""
    workers_of: str = ""
    claims: tuple[str, ...] = ()
    counts: str = ""
    contract: _Three | None = None
    open: _Three = (0.0, 0.5, 1.0)
    why: str = ""

    @model_validator(mode="after")
    def _founded(self) -> _Probe:
        if bool(self.source) == bool(self.sink):
            raise ValueError("one of source and sink is given, the partner stands in the other's place")
        if self.contract and not self.why:
            raise ValueError("the length of contracts is a judgement, and needs `why`")
        return self


class _Seen(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    topic: str = Field(min_length=1)
    partner: str = ""
    probe: str
    hs: tuple[str, ...] = ()
    year: int
    unit: str = ""
    baseline: tuple[Term, ...] = ()
    observed: tuple[Term, ...] = ()
    change: Term | None = None
    """A published change in percent, in place of the two levels."""
    unrecorded: _Three
    drift: _Three
    why: str = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> _Seen:
        if bool(self.change) == bool(self.baseline or self.observed):
            raise ValueError("give either a change, or a baseline and what was observed")
        if not self.change and not (self.baseline and self.observed and self.unit):
            raise ValueError("a baseline needs what was observed, and the unit of both")
        if min(self.unrecorded) < 0 or min(self.drift) <= 0:
            raise ValueError("unrecorded is a share from 0, drift a factor above 0")
        return self


class _Prior(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    leak: tuple[float, float]
    partners: tuple[float, float]
    measures: tuple[float, float]
    sources: tuple[str, ...] = ()
    known: date
    why: str = Field(min_length=1)

    @model_validator(mode="after")
    def _ordered(self) -> _Prior:
        if not 0 <= self.leak[0] <= self.leak[1] <= 1:
            raise ValueError("leak is a range of shares, from 0 to 1")
        if any(not 0 < low <= high for low, high in (self.partners, self.measures)):
            raise ValueError("partners and measures are ranges of numbers above 0")
        return self


class _Refill(Strict):
    share: _Three
    years: int = Field(ge=1)
    known: date
    sources: tuple[str, ...] = ()
    why: str = Field(min_length=1)


class _LeftOut(Strict):
    title: str = Field(min_length=1)
    why: str = Field(min_length=1)


class _File(Strict):
    probes: tuple[_Probe, ...]
    priors: tuple[_Prior, ...] = Field(min_length=1)
    refill: tuple[_Refill, ...] = Field(min_length=1)
    most: float = Field(gt=0)
    seen: tuple[_Seen, ...] = ()
    left_out: tuple[_LeftOut, ...] = ()


@cache
def load_walls(regime: str) -> Walls:
    """What was seen under a regime. Raises TableError with file, line and field; UsageError if there is no table."""
    path = files("seawall.tables").joinpath("enforcement", f"{regime}.yaml")
    if not path.is_file():
        raise UsageError(f"nothing is noted of what was seen under {regime!r}")
    return read_walls(Page(path, f"enforcement/{regime}.yaml"), load_figures())


def read_walls(page: Page, figures: Figures) -> Walls:
    """The same of a page. Raises TableError for a figure, source or probe that is not there, or an id twice."""
    file: _File = page.check(_File, ())
    for part, ids in (
        ("probes", [r.id for r in file.probes]),
        ("priors", [r.id for r in file.priors]),
        ("seen", [r.id for r in file.seen]),
    ):
        for n, name in enumerate(ids):
            if name in ids[:n]:
                raise page.error(f"{name} stands twice", (part, n, "id"))
    for part, cited in (("priors", [p.sources for p in file.priors]), ("refill", [r.sources for r in file.refill])):
        for n, names in enumerate(cited):
            for name in names:
                if name not in figures.sources:
                    raise page.error(f"no source {name!r}", (part, n, "sources"))
    probes = tuple(_probe(p) for p in file.probes)
    known = {p.id for p in probes}
    seen = []
    for n, r in enumerate(file.seen):
        if r.probe not in known:
            raise page.error(f"no probe {r.probe!r}", ("seen", n, "probe"))
        try:
            seen.append(_seen(r, page, figures, ("seen", n)))
        except ValueError as error:
            raise page.error(str(error), ("seen", n)) from error
    return Walls(
        probes=probes,
        priors=tuple(Prior(p.id, p.leak, p.partners, p.measures, p.sources, p.known, p.why) for p in file.priors),
        seen=tuple(seen),
        refill=tuple(Refill(Span(*r.share), r.years, r.sources, r.known, r.why) for r in file.refill),
        most=file.most,
        left_out=tuple((x.title, x.why) for x in file.left_out),
    )


def _probe(p: _Probe) -> Probe:
    return Probe(
        p.id, p.title, p.kind, p.topics, p.activity, p.source, p.sink, p.hs, p.goods, p.workers_of, p.claims, p.counts,
        Span(*p.contract) if p.contract else None, Span(*p.open), p.why,
    )  # fmt: skip


def _seen(r: _Seen, page: Page, figures: Figures, where: tuple[Any, ...]) -> Seen:
    if r.change:
        unit, baseline = "of the level before", Span(1.0, 1.0, 1.0)
        rate, cited, _ = term(r.change, "percent", page, figures, (*where, "change"))
        observed = Span(*(1 + value / 100 for value in (rate.low, rate.mid, rate.high)))
        sources = cited
    else:
        unit = r.unit
        baseline, before, _ = total(r.baseline, unit, page, figures, (*where, "baseline"))
        observed, after, _ = total(r.observed, unit, page, figures, (*where, "observed"))
        sources = tuple(dict.fromkeys((*before, *after)))
    whys = [t.why for t in (*r.baseline, *r.observed) if t.why]
    return Seen(
        r.id, r.title, r.topic, r.partner, r.probe, r.hs, r.year, unit, baseline, observed, Span(*r.unrecorded),
        Span(*r.drift), sources, "; ".join((r.why, *whys)),
    )  # fmt: skip


def total(
    terms: Sequence[Term], unit: str, page: Page, figures: Figures, where: tuple[Any, ...]
) -> tuple[Span, tuple[str, ...], date]:
    """The sum of terms in a unit, their sources and the day by which all were known. Raises TableError as `term`."""
    found = [term(t, unit, page, figures, (*where, n)) for n, t in enumerate(terms)]
    low, mid, high = (sum(values) for values in zip(*((s.low, s.mid, s.high) for s, _, _ in found), strict=True))
    sources = tuple(dict.fromkeys(name for _, cited, _ in found for name in cited))
    return Span(low, mid, high), sources, max(known for _, _, known in found)


def term(
    t: Term, unit: str, page: Page, figures: Figures, where: tuple[Any, ...]
) -> tuple[Span, tuple[str, ...], date]:
    """A term in a unit, with its sources and the day by which it was known.

    With `by`, the term has the unit that its figure has, times that of the other, and must come out in `unit`: tonnes
    by barrels per tonne are barrels. Raises TableError if no figure stands there or its unit is another.
    """
    rows = _rows(t, page, figures, where)
    parts = [_span(rows, "" if t.by else unit, page, figures, where)]
    if t.by:
        factors = _rows(t.by, page, figures, (*where, "by"))
        parts.append(_span(factors, "", page, figures, (*where, "by")))
        made = factors[0].unit.partition("/")
        if (made[0], made[2]) != (unit, rows[0].unit):
            raise page.error(f"{rows[0].unit} by {factors[0].unit} is not {unit}", (*where, "by"))
        rows = (*rows, *factors)
    if t.scale:
        parts.append(t.scale)
    corners = [_product(corner) for corner in product(*((p[0], p[2]) for p in parts))]
    span = Span(min(corners), _product([p[1] for p in parts]), max(corners))
    return span, tuple(dict.fromkeys(f.source for f in rows)), max(f.known for f in rows)


def _product(values: Sequence[float]) -> float:
    found = 1.0
    for value in values:
        found *= value
    return found


def _rows(t: Term, page: Page, figures: Figures, where: tuple[Any, ...]) -> tuple[Figure, ...]:
    try:
        part = Part(t.series, t.item, read_period(t.period, t.until), t.source)
    except ValueError as error:
        raise page.error(str(error), (*where, "period")) from error
    rows = tuple(f for f in figures.rows if part.holds(f) and f.mid is not None)
    if not rows:
        raise page.error(f"no figure with a value is {t.model_dump(exclude_defaults=True)}", where)
    return rows


def _span(rows: Sequence[Figure], unit: str, page: Page, figures: Figures, where: tuple[Any, ...]) -> _Three:
    """The least, the median and the greatest of figures, in a unit or, with "", in that which all of them have."""
    wanted = unit or rows[0].unit
    try:
        values = [
            tuple(convert(v, f.unit, wanted, figures.units) for v in (f.low, f.mid, f.high) if v is not None)
            for f in rows
        ]
    except UsageError as error:
        raise page.error(str(error), (*where, "unit")) from error
    return min(v[0] for v in values), median(v[1] for v in values), max(v[2] for v in values)
