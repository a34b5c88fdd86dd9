"""What held, packages compared and hindcasts as HTML pages with charts."""

from __future__ import annotations

from collections.abc import Iterable

from seawall.model import Estimate, Stopped
from seawall.report import leak_charts
from seawall.report.flows import KINDS, span
from seawall.report.leak_charts import Bar, Tile
from seawall.report.leak_pages import NUMBERS, LeakPage, Section, made, numbers, render_leak
from seawall.report.leak_scenarios import EnforcementPage, HindcastPage, StoppedPage


def render_enforcement(page: EnforcementPage) -> str:
    """What held: the wall as a map of measures and partners, and what the law asked beside what went."""
    held = page.found.held
    topics, partners = (list(dict.fromkeys(values)) for values in ([h.topic for h in held], [h.partner for h in held]))
    of = {(h.topic, h.partner): h for h in held}
    tiles = [
        Tile(
            topic,
            partner or "all",
            h.posterior if h else None,
            f"Before anything was seen {span(h.prior)}" if h else "",
        )
        for topic in topics
        for partner in partners
        for h in (of.get((topic, partner)),)
    ]
    rows = [(*numbers(f"{h.topic}, {h.partner}: before", h.prior), "") for h in held]
    rows += [(*numbers(f"{h.topic}, {h.partner}", h.posterior), f"{h.trials:.0f}") for h in held]
    rows += [(*numbers(f"any measure, {h.partner}", h.posterior), f"{h.trials:.0f}") for h in page.found.typical]
    told = [
        Section(
            f"{r.seen.title}, {r.mandated.unit}",
            leak_charts.ranges([Bar(r.seen.title, "asked", r.mandated), Bar(r.seen.title, "went", r.observed)],
                               r.mandated.unit),
            NUMBERS,
            [numbers("the law asked to go", r.mandated), numbers("went", r.observed),
             *([numbers("share that held", r.held)] if r.held else [])],
            [r.seen.why, f"By {', '.join(r.covered.measures)}."],
        )
        for r in page.found.reductions
    ]  # fmt: skip
    return render_leak(
        LeakPage(
            title="The share of each measure that held",
            lead="What the law asked to go, by its own scope and dates, against what went. A question mark: nothing "
            "was seen of that measure at that partner.",
            sections=(
                Section("The wall, by measure and partner", leak_charts.heat(tiles), (*NUMBERS, "trials"), rows),
                *told,
            ),
            remarks=(page.found.prior.why, *(f"Not measured: {name}: {why}" for name, why in page.found.left_out)),
            sources=page.sources,
            foot=made(page),
        )
    )


def render_stopped(page: StoppedPage) -> str:
    """Two packages: what each stops of each channel in the first whole year, and in all years as a table."""
    years = sorted({r.year for r in page.rows})
    shown = years[1] if len(years) > 1 else years[0]
    sections = []
    for kind, unit in dict.fromkeys((r.kind, r.level.unit) for r in (*page.totals, *page.rows)):
        rows = [r for r in (*page.totals, *page.rows) if (r.kind, r.level.unit) == (kind, unit)]
        bars = [bar for r in rows if r.year == shown for bar in _bars(r, page)]
        sections.append(
            Section(
                f"{KINDS[kind]}: stopped in {shown}, {unit}",
                leak_charts.ranges(bars, unit) if bars else "",
                (*NUMBERS, "by"),
                [line for r in rows for line in _lines(r, page)],
            )
        )
    unsaid = [f"{name} speaks of this too, of which no flow is modelled: {'; '.join(topics)}"
              for name, topics in zip((page.first, page.second), page.unsaid, strict=False) if topics]  # fmt: skip
    return render_leak(
        LeakPage(
            title=page.title or f"{page.first} against {page.second}",
            lead=f"Stopped beyond the law before ({page.before}), of flows at their level of {page.level}. The same "
            "draws serve both, so that the difference has a range of its own.",
            sections=tuple(sections),
            remarks=(*unsaid, page.refill.why, page.prior.why),
            sources=page.sources,
            foot=made(page),
        )
    )


def _bars(r: Stopped, page: StoppedPage) -> Iterable[Bar]:
    by = f"By {', '.join(r.measures)}" if r.measures else ""
    yield Bar(r.title, page.first, r.first, by)
    yield Bar(r.title, page.second, r.second, by)


def _lines(r: Stopped, page: StoppedPage) -> Iterable[tuple[str, ...]]:
    by = ", ".join(r.measures)
    yield (*numbers(f"{r.title}: {page.first}", r.first), by)
    yield (*numbers(f"{r.title}: {page.second}", r.second), by)
    yield (*numbers(f"{r.title}: the second more than the first", r.more), by)


def render_hindcast(page: HindcastPage) -> str:
    """A hindcast: each target's range with the published value beside it, and why it missed where it did."""
    bars = []
    for f in page.found:
        value = f.target.published
        told = Estimate(f.target.title, f.predicted.period, f.predicted.unit, value.low, value.mid, value.high, 1.0,
                        (f.target.source,))  # fmt: skip
        bars += [Bar(f.target.title, "foretold", f.predicted), Bar(f.target.title, "published", told)]
    rows = [
        (
            *numbers(f.target.title, f.predicted),
            f"{f.target.published.mid:,.1f}",
            "yes" if f.inside else "no",
            f.target.why,
        )
        for f in page.found
    ]
    inside = sum(f.inside for f in page.found)
    return render_leak(
        LeakPage(
            title=page.past.title,
            lead=page.past.note,
            sections=(
                Section(
                    f"{inside} of {len(page.found)} published values lie in their range; the ranges claim 80 %",
                    leak_charts.ranges(bars, "change in per cent"),
                    (*NUMBERS, "published", "inside", "why"),
                    rows,
                ),
            ),
            remarks=(page.prior.why,),
            sources=page.sources,
            foot=made(page),
        )
    )
