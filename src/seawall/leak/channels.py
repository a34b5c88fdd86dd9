"""Channels drawn, against caps and published figures, and which of their unknowns matters most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from seawall import __version__
from seawall.errors import UsageError
from seawall.estimate import channels as drawing
from seawall.estimate.sensitivity import influences, ranges_of
from seawall.estimate.wages import wage_check
from seawall.leak.figures import sources_of
from seawall.model import Channel, Figures, Flow, Flows, Standing
from seawall.report import Beside, CapUse, FlowPage, SensitivityPage
from seawall.tables.channels import load_channels
from seawall.tables.edition import tables_edition
from seawall.tables.figures import load_figures
from seawall.tables.law import load_regimes

YEARS = range(2000, 2026)
CAP_UNITS = {"barrels": "bbl", "tonnes": "t"}
"""Units of channels as caps have them."""


@dataclass(frozen=True, slots=True)
class View:
    """What of a regime's channels is looked at: a year or all, a partner, a kind; by what could be read on a day."""

    regime: str = "un-dprk"
    year: int | None = None
    partner: str = ""
    kind: str = ""
    on: date | None = None
    draws: int = 20_000
    seed: int = 1


def channels(
    view: View, *, only: Callable[[Channel], bool] = lambda _: True, title: str = "Channels", ranges: bool = False
) -> FlowPage:
    """The channels of a regime drawn: those of `view`, and of them `only` some. `ranges` shows what each rests on.

    Raises UsageError if there is none, or for a year outside `YEARS`.
    """
    modelled = load_channels(view.regime, view.on)
    chosen = [c for c in modelled if only(c) and view.partner in {"", c.partner} and view.kind in {"", c.kind.value}]
    if not chosen:
        raise UsageError("no channel is like that; `seawall leak channels` lists them all")
    if view.year is not None and view.year not in YEARS:
        raise UsageError(f"the years are {YEARS[0]} to {YEARS[-1]}, not {view.year}")
    years = YEARS if view.year is None else [view.year]
    drawn = drawing.estimate(chosen, years, view.draws, view.seed)
    found = load_figures().known(view.on)
    shown = [p for c in chosen for p in ranges_of(c, years[0], view.draws, view.seed)] if ranges and view.year else []
    cited = (name for one in drawn.estimates for name in one.basis)
    return FlowPage(
        title=f"{title}, {view.year}" if view.year else title,
        year=view.year,
        flows=drawn,
        ranges=tuple(dict.fromkeys(shown)),
        beside=tuple(_beside(drawn, found)) if view.year else (),
        caps=tuple(_caps(drawn, view)) if view.year else (),
        remarks=(),
        sources=sources_of(found, cited),
        on=view.on,
        draws=view.draws,
        seed=view.seed,
        engine_version=__version__,
        tables_edition=tables_edition().day,
    )


def _beside(drawn: Flows, found: Figures) -> Iterator[Beside]:
    """Each channel against the published figures that it is read against, of its year."""
    of = {c.id: c for c in drawn.channels}
    for one in drawn.estimates:
        for f in found.series(of[one.what].beside, "") if of[one.what].beside else ():
            multiple = drawing.times(one, f) if str(f.period) == one.period else None
            if multiple is not None:
                yield Beside(one.what, multiple, f)


def _caps(drawn: Flows, view: View) -> Iterator[CapUse]:
    """What counts towards caps against the lowest of them that is in force in the year, in the same unit."""
    [regime] = [r for r in load_regimes() if r.id == view.regime]
    for total in drawn.totals:
        goods = total.what.removeprefix("cap ")
        year = int(total.period)
        limits = [
            (limit.amount, cap)
            for cap in regime.caps
            for limit in cap.limits
            if total.what != goods and cap.counts == goods and cap.yearly and cap.period(date(year, 12, 31))
            and limit.unit == CAP_UNITS.get(total.unit)
        ]  # fmt: skip
        if limits:
            amount, cap = min(limits, key=lambda pair: pair[0])
            share = drawing.times(total, amount)
            if share is not None:
                yield CapUse(cap.id, cap.title, cap.paragraph, amount, total.unit, total, share)


def labour(view: View) -> FlowPage:
    """Workers abroad: what each host country brings, and what it rests on."""
    page = channels(view, only=lambda c: "labour" in c.topics, title="Labour abroad", ranges=True)
    checked = wage_check(load_figures().known(view.on))
    gravest = (Standing.REJECTED, Standing.OPEN, Standing.KEPT)
    order = sorted(checked, key=lambda c: gravest.index(c.standing))
    said = tuple(f"published revenue of {c.revenue.period} {c.standing.value}: {c.because}" for c in order)
    return replace(page, remarks=said)


def fuel(view: View) -> FlowPage:
    """Fuel by channel, and its share of the cap."""
    return channels(view, only=lambda c: c.kind is Flow.MATERIAL and "oil" in c.topics, title="Fuel", ranges=True)


def sensitivity(name: str, view: View) -> SensitivityPage:
    """Which unknown of a channel matters most in a year. Raises UsageError for an unknown channel or no year."""
    modelled = {c.id: c for c in load_channels(view.regime, view.on)}
    if name not in modelled:
        near = get_close_matches(name, modelled, n=3, cutoff=0.4)
        hint = f"; is {' or '.join(near)} meant?" if near else ""
        raise UsageError(f"no channel {name!r}{hint}")
    if view.year is None or view.year not in YEARS:
        raise UsageError(f"give --year, {YEARS[0]} to {YEARS[-1]}")
    one = modelled[name]
    drawn = drawing.estimate([one], [view.year], view.draws, view.seed)
    found = influences(one, view.year, view.draws, view.seed)
    figures = load_figures()
    cited = (source for i in found for source in i.parameter.basis)
    return SensitivityPage(
        one, next(iter(drawn.estimates), None), found, sources_of(figures, cited), view.draws, view.seed, __version__,
        tables_edition().day,
    )  # fmt: skip
