"""The numbers of the mirror test, from `mirror.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import Field

from seawall.model.mirror import MirrorTerms, SizeClass, Span
from seawall.tables.page import Page, Strict
from seawall.tables.territory import country_code

_FILE = "mirror.yaml"


class _CifFob(Strict):
    low: float = Field(ge=1)
    mid: float = Field(ge=1)
    high: float = Field(ge=1)
    source: str = Field(min_length=1)


class _Published(Strict):
    factor: float = Field(ge=1)
    source: str = Field(min_length=1)


class _Class(Strict):
    up_to: float = Field(gt=0)
    low: float = Field(lt=0)
    high: float = Field(gt=0)
    pairs: int = Field(gt=0)


class _Band(Strict):
    classes: tuple[_Class, ...] = Field(min_length=1)
    source: str = Field(min_length=1)
    least: int = Field(gt=0)
    least_in_class: int = Field(gt=0)
    never_under: float = Field(ge=1)


class _Run(Strict):
    years: int = Field(ge=2)
    times: float = Field(ge=1)
    note: str = Field(min_length=1)


class _Outlier(Strict):
    rows: int = Field(ge=3)
    score: float = Field(gt=0)
    source: str = Field(min_length=1)


class _Reliability(Strict):
    prior: float = Field(gt=0)
    most: float = Field(gt=0)


class _Hub(Strict):
    through: tuple[float, float]


class _Confused(Strict):
    pair: tuple[str, str]
    source: str = Field(min_length=1)


class _Mirror(Strict):
    cif_fob: _CifFob
    published: _Published
    band: _Band
    run: _Run
    closes: float = Field(ge=0, lt=1)
    outlier: _Outlier
    reliability: _Reliability
    hubs: dict[str, _Hub]
    confused: tuple[_Confused, ...]


@cache
def load_mirror() -> MirrorTerms:
    """What the mirror test takes for granted. Raises TableError with file, line and field."""
    return read_mirror(Page(files("seawall.tables").joinpath(_FILE), _FILE))


def read_mirror(page: Page) -> MirrorTerms:
    """The terms of one file: ranges in order, countries known, classes growing. Raises TableError."""
    table: _Mirror = page.check(_Mirror, ())
    factor, band = table.cif_fob, table.band
    if not factor.low <= factor.mid <= factor.high:
        raise page.error("low, mid and high are not in order", ("cif_fob", "low"))
    limits = [c.up_to for c in band.classes]
    if limits != sorted(set(limits)) or limits[-1] != float("inf"):
        raise page.error("classes must grow, and the last must be up to .inf", ("band", "classes"))
    for code, hub in table.hubs.items():
        _known(page, code, ("hubs", code))
        if not 0 <= hub.through[0] <= hub.through[1] < 1:
            raise page.error("must be a range within 0 and 1", ("hubs", code, "through"))
    for n, both in enumerate(table.confused):
        for code in both.pair:
            _known(page, code, ("confused", n, "pair"))
    return MirrorTerms(
        cif_fob=Span(factor.low, factor.mid, factor.high),
        classes=tuple(SizeClass(c.up_to, c.low, c.high, c.pairs) for c in band.classes),
        band_source=band.source, least=band.least, least_in_class=band.least_in_class, never_under=band.never_under,
        run=table.run.years, run_times=table.run.times, closes=table.closes,
        outlier_rows=table.outlier.rows, outlier_score=table.outlier.score,
        prior=table.reliability.prior, most=table.reliability.most,
        hubs={code: hub.through for code, hub in table.hubs.items()},
        confused=tuple(both.pair for both in table.confused),
    )  # fmt: skip


@cache
def published_factor() -> float:
    """What published pairs of imports were divided by, to be taken back. Raises TableError as `load_mirror`."""
    page = Page(files("seawall.tables").joinpath(_FILE), _FILE)
    table: _Mirror = page.check(_Mirror, ())
    return table.published.factor


def _known(page: Page, code: str, where: tuple[str | int, ...]) -> None:
    if country_code(code) != code:
        raise page.error(f"{code!r} is no country", where)
