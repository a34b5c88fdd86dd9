"""Pages of estimates as HTML: a chart, and below it a table that says the same, with the sources of each number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from seawall.model import Estimate, Source
from seawall.report import leak_charts
from seawall.report.flows import (
    KINDS,
    FlowPage,
    SensitivityPage,
    cap_words,
    foot,
    groups_of,
    missing,
    next_question,
    reading,
    rough,
    silences,
    span,
)
from seawall.report.leak_scenarios import EnforcementPage, HindcastPage, StoppedPage
from seawall.report.templating import render

NUMBERS = ("what", "period", "10 %", "middle", "90 %", "unit", "rests on")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: a chart (SVG, or none), a table, and remarks below them."""

    heading: str
    svg: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    remarks: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class LeakPage:
    """What any page of estimates has."""

    title: str
    lead: str
    sections: Sequence[Section]
    remarks: Sequence[str]
    sources: Sequence[Source]
    foot: str


def made(
    page: FlowPage | SensitivityPage | EnforcementPage | StoppedPage | HindcastPage, on: date | None = None
) -> str:
    """How the numbers of a page were drawn, from what could be read on a day if one is given, and by which edition."""
    drawn = foot(page.draws, page.seed, on)
    return f"{drawn}. Made by Seawall {page.engine_version}, tables of {page.tables_edition}."


def render_leak(page: LeakPage) -> str:
    """A page of estimates as HTML that stands alone: no network, no script."""
    return render("leak.html", {"page": page})


def numbers(name: str, one: Estimate) -> tuple[str, ...]:
    """An estimate as a row of a table."""
    return name, one.period, rough(one.low), rough(one.mid), rough(one.high), one.unit, ", ".join(one.basis)


def render_flows(page: FlowPage) -> str:
    """Channels as HTML: of one year as streams, of all years each as a fan."""
    return render_leak(
        LeakPage(
            title=page.title,
            lead="Each number is the middle of what is possible by the sources named; the range holds the middle 80 % "
            "of the draws. A part of another stream is in no sum.",
            sections=tuple(_streams(page) if page.year is not None else _fans(page)),
            remarks=(*_readings(page), *page.remarks, *silences(page.flows.silent)),
            sources=page.sources,
            foot=made(page, page.on),
        )
    )


def _streams(page: FlowPage) -> Iterable[Section]:
    of = {c.id: c for c in page.flows.channels}
    for kind, unit in groups_of(page.flows):
        shown = [e for e in page.flows.estimates if (of[e.what].kind, e.unit) == (kind, unit)]
        sums = [e for e in page.flows.totals if e.what == kind.value and e.unit == unit]
        rows = [(*numbers(of[e.what].title, e), of[e.what].weakest) for e in sorted(shown, key=lambda e: -e.mid)]
        rows += [(*_sum(page, e), "") for e in sums]
        drawn = leak_charts.sankey(page.flows.channels, shown) if any(not of[e.what].within for e in shown) else ""
        yield Section(f"{KINDS[kind]}, {unit}", drawn, (*NUMBERS, "hangs on"), rows)
    if page.ranges:
        yield Section("What it rests on", "", NUMBERS, [numbers(e.what, e) for e in page.ranges])


def _fans(page: FlowPage) -> Iterable[Section]:
    for kind, unit in groups_of(page.flows):
        sums = [e for e in page.flows.totals if e.what == kind.value and e.unit == unit]
        whole = [e for e in sums if not missing(page.flows, e)]
        if sums:
            drawn = leak_charts.fan(whole) if len(whole) > 1 else ""
            left_out = ["Drawn are the years in which every part has a value."] if len(whole) < len(sums) else []
            yield Section(f"{KINDS[kind]}, {unit}: sum", drawn, NUMBERS, [_sum(page, e) for e in sums], left_out)
        for c in (c for c in page.flows.channels if (c.kind, c.unit) == (kind, unit)):
            shown = [e for e in page.flows.estimates if e.what == c.id]
            if shown:
                remarks = [f"Hangs on {c.weakest}.", *([c.note] if c.note else [])]
                rows = [numbers(c.title, e) for e in shown]
                yield Section(f"{c.title}, {unit}", leak_charts.fan(shown), NUMBERS, rows, remarks)


def _sum(page: FlowPage, one: Estimate) -> tuple[str, ...]:
    without = missing(page.flows, one)
    return numbers(f"sum, at least: without {', '.join(without)}" if without else "sum", one)


def _readings(page: FlowPage) -> Iterable[str]:
    yield from (f"{cap_words(use)}." for use in page.caps)
    yield from (f"{reading(b, page.flows.channels)}." for b in page.beside)


def render_sensitivity(page: SensitivityPage) -> str:
    """Which unknown of a channel matters, as HTML with a tornado."""
    middle = page.estimate
    rows = [
        (*numbers(i.title, i.parameter), f"{i.total:.0%}", f"{rough(i.swing[0])} to {rough(i.swing[1])}")
        for i in page.influences
    ]
    drawn = leak_charts.tornado(page.influences, middle) if middle and page.influences else ""
    section = Section(
        f"{middle.period}: {span(middle)} {middle.unit}" if middle else "No value in this year",
        drawn,
        (*NUMBERS, "its share", "moves it"),
        rows,
        [next_question(page.influences)] if page.influences else [],
    )
    return render_leak(
        LeakPage(
            title=page.channel.title,
            lead="How much of what is not known is due to each unknown (Sobol's total index), and what it moves.",
            sections=(section,),
            remarks=(),
            sources=page.sources,
            foot=made(page),
        )
    )
