"""Models of channels from YAML: formulas by name, parameters from figures or from judgements that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from statistics import median
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from seawall.errors import UsageError
from seawall.model import Channel, Figure, Figures, Flow, Gaps, Parameter, Point, Shape
from seawall.tables.figures import convert, load_figures
from seawall.tables.page import Page, Strict

_Range = tuple[float, float, float]


class _Parameter(Strict):
    title: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    shape: Shape = Shape.TRIANGULAR
    figure: str = ""
    item: str = ""
    spread: tuple[float, float] | None = None
    """Factors of the value that are its low and high where a figure has no range of its own."""
    gaps: Gaps = Gaps.NONE
    moments: bool = False
    """For stocks: the last figure of a day, month or quarter stands for its year if there is none of the year."""
    every: _Range | None = None
    values: dict[int, _Range] = Field(default_factory=dict)
    """Ranges of years. Beside a figure: of years that it lacks, or for which it will not do; `why` says so."""
    sources: tuple[str, ...] = ()
    known: date | dict[int, date] | None = None
    """The first day on which the values could be had: of all, or of each year's."""
    why: str = ""

    @model_validator(mode="after")
    def _founded(self) -> _Parameter:
        own = bool(self.every or self.values)
        if not (self.figure or own) or (self.figure and self.every):
            raise ValueError("a parameter has a figure, or values of its own, or a figure and `values` for other years")
        if own and not (self.why if self.figure else self.sources or self.why):
            raise ValueError("values without a source need `why`, which says that they are a judgement and on what")
        if own and self.known is None:
            raise ValueError("values need `known`, the first day on which they could be had")
        if isinstance(self.known, dict) and (self.every or self.known.keys() != self.values.keys()):
            raise ValueError("`known` by year has the years of `values`, and `every` has one day")
        if self.spread and not self.why:
            raise ValueError("a spread is a judgement, and needs `why`")
        if self.spread and not 0 < self.spread[0] <= 1 <= self.spread[1]:
            raise ValueError("a spread is a factor up to 1 and one from 1 on")
        for low, mid, high in (*self.values.values(), *((self.every,) if self.every else ())):
            if not low <= mid <= high:
                raise ValueError(f"{low}, {mid}, {high} is a range upside down")
            if self.shape is Shape.LOGNORMAL and low <= 0:
                raise ValueError(f"a lognormal range begins above 0, not at {low}")
        return self


_Given = Annotated[
    Annotated[str, Tag("shared")] | Annotated[_Parameter, Tag("own")],
    Discriminator(lambda given: "shared" if isinstance(given, str) else "own"),
]
"""Told apart before they are read, so that an error is one of what was meant."""


class _Channel(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    partner: str = ""
    kind: Flow
    unit: str = Field(min_length=1)
    form: str = Field(min_length=1)
    years: tuple[int, int]
    topics: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    within: str = ""
    counts: str = ""
    beside: str = ""
    parameters: dict[str, _Given]
    """By its name in the form; a text names one of `shared`."""
    weakest: str = Field(min_length=1)
    note: str = ""


class _File(Strict):
    shared: dict[str, _Parameter] = Field(default_factory=dict)
    channels: tuple[_Channel, ...] = ()


@cache
def load_channels(regime: str, on: date | None = None) -> tuple[Channel, ...]:
    """The channels of a regime, by the figures and judgements that could be had on a day if given.

    Raises TableError with file, line and field; UsageError if there are none of that regime.
    """
    folder = files("seawall.tables").joinpath("channels", regime)
    if not folder.is_dir():
        raise UsageError(f"no channels of {regime!r} are modelled")
    pages = [Page(p, f"channels/{regime}/{p.name}") for p in sorted(folder.iterdir(), key=lambda p: p.name)]
    return read_channels(pages, load_figures(), on)


def read_channels(pages: Iterable[Page], figures: Figures, on: date | None = None) -> tuple[Channel, ...]:
    """The channels of pages. A parameter may be one that another page shares. Raises TableError."""
    read = [(page, page.check(_File, ())) for page in pages]
    reader = _Reader(figures, on)
    for page, file in read:
        for name, record in file.shared.items():
            reader.shared[name] = reader.parameter(name, record, page, ("shared", name))
    found: dict[str, Channel] = {}
    for page, file in read:
        for n, record in enumerate(file.channels):
            if record.id in found:
                raise page.error(f"{record.id} stands twice", ("channels", n, "id"))
            found[record.id] = reader.channel(record, page, n)
    for page, file in read:
        for n, record in enumerate(file.channels):
            if record.within and record.within not in found:
                raise page.error(f"no channel {record.within!r}", ("channels", n, "within"))
    return tuple(found.values())


class _Reader:
    """Records to nouns, by the figures that could be read on a day."""

    def __init__(self, figures: Figures, on: date | None) -> None:
        self._figures, self._on = figures, on
        self._known = figures.known(on)
        self.shared: dict[str, Parameter] = {}

    def channel(self, record: _Channel, page: Page, n: int) -> Channel:
        """The channel of a record, the n-th of its page. Raises TableError."""
        parameters = []
        for name, given in record.parameters.items():
            where = ("channels", n, "parameters", name)
            if isinstance(given, str):
                if given not in self.shared:
                    raise page.error(f"no parameter {given!r} is shared", where)
                parameters.append((name, self.shared[given]))
            else:
                parameters.append((name, self.parameter(f"{record.id}.{name}", given, page, where)))
        if record.beside and not self._figures.series(record.beside, ""):
            raise page.error(f"no figure of {record.beside!r}", ("channels", n, "beside"))
        if record.years[0] > record.years[1]:
            raise page.error("the last year is before the first", ("channels", n, "years"))
        return Channel(
            id=record.id, title=record.title, partner=record.partner, kind=record.kind, unit=record.unit,
            form=record.form, first=record.years[0], last=record.years[1], parameters=tuple(parameters),
            topics=record.topics, hs=record.hs, within=record.within, counts=record.counts, beside=record.beside,
            weakest=record.weakest, note=record.note,
        )  # fmt: skip

    def parameter(self, name: str, record: _Parameter, page: Page, where: tuple[Any, ...]) -> Parameter:
        """The parameter of a record that stands at a place. Raises TableError."""
        if unknown := [source for source in record.sources if source not in self._figures.sources]:
            raise page.error(f"no source {unknown[0]!r}", (*where, "sources"))
        known = record.known if isinstance(record.known, dict) else dict.fromkeys((None, *record.values), record.known)
        hidden = {year for year, day in known.items() if self._on and day and day > self._on}
        points: tuple[Point, ...] = ()
        basis: tuple[str, ...] = ()
        if record.figure:
            if not self._figures.series(record.figure, record.item):
                raise page.error(f"no figure of {record.figure!r}, item {record.item!r}", (*where, "figure"))
            rows = self._known.series(record.figure, record.item)
            try:
                points = _points(rows, record, self._known)
            except UsageError as error:
                raise page.error(str(error), (*where, "unit")) from error
            points = tuple(p for p in points if p.year not in record.values)
            basis = tuple(dict.fromkeys(f.source for f in rows))
        if record.every and None not in hidden:
            points = (Point(None, *record.every), *points)
        points = (*points, *(Point(year, *range_) for year, range_ in record.values.items() if year not in hidden))
        cited = (
            s for s in record.sources if not hidden or self._figures.sources[s].published <= (self._on or date.max)
        )
        basis = tuple(dict.fromkeys((*basis, *cited)))
        return Parameter(name, record.title, record.unit, record.shape, points, record.gaps, basis, record.why)


def _points(rows: Sequence[Figure], record: _Parameter, figures: Figures) -> tuple[Point, ...]:
    """A range per whole year. Of several figures of one year the least is the low, the greatest the high and the
    median the middle. Figures of other periods have no place here.
    """
    years: dict[int, list[Figure]] = defaultdict(list)
    moments: dict[int, list[Figure]] = {}
    for f in sorted(rows, key=lambda f: f.period.end):
        start, end = f.period.start, f.period.end
        if f.mid is None or start.year != end.year:
            continue
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            years[end.year].append(f)
        elif record.moments:
            moments[end.year] = [f]
    found = []
    down, up = record.spread or (1.0, 1.0)
    for year, group in sorted({**moments, **years}.items()):
        lows, mids, highs = [], [], []
        for f in group:
            low, mid, high = (
                convert(value, f.unit, record.unit, figures.units)
                for value in (f.low, f.mid, f.high)
                if value is not None
            )
            lows.append(low if low < mid else mid * down)
            mids.append(mid)
            highs.append(high if high > mid else mid * up)
        found.append(Point(year, min(lows), median(mids), max(highs)))
    return tuple(found)
