"""Channels with their ranges, what they are read against, and which unknown matters most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import floor, log10

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seawall.errors import UsageError
from seawall.model import Channel, Estimate, Figure, Flow, Flows, Influence, Source
from seawall.report.layout import hanging, printable
from seawall.report.rows import markdown_table, to_csv, to_json

FLOWS_SCHEMA = "seawall-flows/1"
SENSITIVITY_SCHEMA = "seawall-sensitivity/1"
FLOW_COLUMNS = (
    "row", "what", "title", "partner", "kind", "year", "unit", "low", "mid", "high", "share", "basis", "weakest",
)  # fmt: skip
INFLUENCE_COLUMNS = (
    "parameter", "title", "unit", "low", "mid", "high", "first", "total", "swing_low", "swing_high", "basis", "why",
)  # fmt: skip
KINDS = {
    Flow.CURRENCY: "Hard currency earned",
    Flow.MATERIAL: "Material received",
    Flow.RELIEF: "Relief: what need not be paid, no cash",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """An estimate as a multiple of a published figure."""

    channel: str
    times: Estimate
    figure: Figure


@dataclass(frozen=True, slots=True)
class CapUse:
    """The sum of what counts towards a cap, and that as a share of it."""

    cap: str
    title: str
    paragraph: str
    amount: float
    unit: str
    sum: Estimate
    share: Estimate


@dataclass(frozen=True, slots=True)
class FlowPage:
    """Channels drawn. `year` is the one year shown, None for all; `ranges` are of the parameters of each channel in it,
    `remarks` what else is to be said, in sentences. `on` is the day of the vintage.
    """

    title: str
    year: int | None
    flows: Flows
    ranges: tuple[Estimate, ...]
    beside: tuple[Beside, ...]
    caps: tuple[CapUse, ...]
    remarks: tuple[str, ...]
    sources: tuple[Source, ...]
    on: date | None
    draws: int
    seed: int
    engine_version: str
    tables_edition: str


@dataclass(frozen=True, slots=True)
class SensitivityPage:
    """A channel in a year, and its parameters by how much of what is not known is due to each."""

    channel: Channel
    estimate: Estimate | None
    influences: tuple[Influence, ...]
    sources: tuple[Source, ...]
    draws: int
    seed: int
    engine_version: str
    tables_edition: str


def rough(value: float) -> str:
    """A number for reading, in three digits, without an exponent: 1,190; 0.0421."""
    if not value:
        return "0"
    places = 2 - floor(log10(abs(value)))
    places = 2 - floor(log10(abs(round(value, places))))  # 99.96 is 100, with no more places than that
    return f"{round(value, places):,.{max(0, places)}f}"


def span(one: Estimate) -> str:
    """An estimate in words: `251 (177 to 344)`."""
    ends = "as published" if one.low == one.high else f"{rough(one.low)} to {rough(one.high)}"
    return f"{rough(one.mid)} ({ends})"


def missing(flows: Flows, total: Estimate) -> tuple[str, ...]:
    """The channels that a sum is without, as they have no value in its year: it is then at least so much."""
    silent = {name for name, year in flows.silent if str(year) == total.period}
    kind, _, partner = total.what.partition(" ")
    return tuple(
        c.id
        for c in flows.channels
        if c.id in silent and not c.within and c.unit == total.unit and c.kind.value == kind
        and partner in {"", c.partner or "several"}
    )  # fmt: skip


def sum_span(flows: Flows, total: Estimate) -> str:
    """A sum in words: `at least 246 (177 to 331)` where a part of it has no value."""
    return f"at least {span(total)}" if missing(flows, total) else span(total)


def reading(beside: Beside, channels: Iterable[Channel]) -> str:
    """An estimate against a published figure, in a sentence."""
    title = next((c.title for c in channels if c.id == beside.channel), beside.channel)
    f = beside.figure
    published = f"{f.mid:,.7g} {f.unit} of {f.period} ({f.series}, {f.source})"
    return f"{title}: {span(beside.times)} times the published {published}"


def groups_of(flows: Flows) -> list[tuple[Flow, str]]:
    """The kinds and units that have an estimate, hard currency first."""
    of = {c.id: c for c in flows.channels}
    found = {(of[one.what].kind, one.unit) for one in flows.estimates}
    return sorted(found, key=lambda group: (list(Flow).index(group[0]), group[1]))


def cap_words(use: CapUse) -> str:
    """How much of a cap is used, in a sentence."""
    cap = f"Cap of {rough(use.amount)} {use.unit} on {use.title} (para. {use.paragraph})"
    return f"{cap}: {span(use.sum)} {use.sum.unit} came, {span(use.share)} times the cap"


def write_flows(page: FlowPage, form: str) -> str:
    """Channels as json, csv or md. Raises UsageError for another format."""
    if form == "json":
        return to_json({"schema": FLOWS_SCHEMA, **asdict(page)}, indent=2)
    rows = [_row("channel", one, page.flows.channels) for one in page.flows.estimates]
    rows += [_row("total", one, page.flows.channels) for one in page.flows.totals]
    rows += [_row("parameter", one, page.flows.channels) for one in page.ranges]
    rows += [_row("cap", one, ()) for use in page.caps for one in (use.sum, use.share)]
    rows += [_row("beside", b.times, ()) for b in page.beside]
    if form == "csv":
        return to_csv(rows, FLOW_COLUMNS, ())
    if form == "md":
        return markdown_table(("row", "what", "year", "unit", "low", "mid", "high", "basis"), rows)
    raise UsageError(f"no format {form!r} for channels")


def write_sensitivity(page: SensitivityPage, form: str) -> str:
    """Which unknown matters, as json, csv or md. Raises UsageError for another format."""
    if form == "json":
        return to_json({"schema": SENSITIVITY_SCHEMA, **asdict(page)}, indent=2)
    rows = [
        {
            "parameter": i.parameter.what, "title": i.title, "unit": i.parameter.unit, "low": repr(i.parameter.low),
            "mid": repr(i.parameter.mid), "high": repr(i.parameter.high), "first": f"{i.first:.3f}",
            "total": f"{i.total:.3f}", "swing_low": repr(i.swing[0]), "swing_high": repr(i.swing[1]),
            "basis": " ".join(i.parameter.basis), "why": i.why,
        }
        for i in page.influences
    ]  # fmt: skip
    if form == "csv":
        return to_csv(rows, INFLUENCE_COLUMNS, ())
    if form == "md":
        return markdown_table(("parameter", "low", "mid", "high", "first", "total", "why"), rows)
    raise UsageError(f"no format {form!r} for a sensitivity")


def _row(row: str, one: Estimate, channels: Iterable[Channel]) -> dict[str, str]:
    of = next((c for c in channels if c.id == one.what), None)
    return {
        "row": row, "what": one.what, "title": of.title if of else "", "partner": of.partner if of else "",
        "kind": of.kind.value if of else "", "year": one.period, "unit": one.unit, "low": repr(one.low),
        "mid": repr(one.mid), "high": repr(one.high), "share": repr(one.share), "basis": " ".join(one.basis),
        "weakest": of.weakest if of else "",
    }  # fmt: skip


def print_flows(page: FlowPage, console: Console, *, sources: bool = False) -> None:
    """Channels by what flows, the widest stream first; for one year with partners, for all years the sums."""
    console.print(Text(printable(page.title), style="bold"))
    if page.year is None:
        _print_years(page, console)
    else:
        _print_year(page, console)
    for remark in page.remarks:
        console.print(hanging(Text(printable(remark)), console, 0, "- "))
    for text in silences(page.flows.silent):
        console.print(hanging(Text(printable(text), style="dim"), console, 0, "- "))
    console.print(Text(foot(page.draws, page.seed, page.on), style="dim"))
    if sources:
        print_sources(page.sources, console)


def _print_year(page: FlowPage, console: Console) -> None:
    of = {c.id: c for c in page.flows.channels}
    for kind, unit in groups_of(page.flows):
        shown = [one for one in page.flows.estimates if (of[one.what].kind, one.unit) == (kind, unit)]
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), title_justify="left")
        table.add_column(f"{KINDS[kind]}, {unit}", overflow="fold")
        table.add_column("partner", no_wrap=True)
        table.add_column("middle (10 to 90 %)", no_wrap=True, justify="right")
        for one in sorted(shown, key=lambda one: (of[one.what].within != "", -one.mid)):
            c = of[one.what]
            title = f"  of which: {c.title}" if c.within else c.title
            style = "dim" if c.within else ""
            table.add_row(Text(printable(title), style), c.partner or "-", Text(span(one), style))
        for one in page.flows.totals:
            if one.what == kind.value and one.unit == unit and len(shown) > 1:
                table.add_row(Text("sum", "bold"), "", Text(sum_span(page.flows, one), "bold"))
        console.print(table)
    if page.ranges:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
        table.add_column("what it rests on", overflow="fold")
        table.add_column("middle (10 to 90 %)", no_wrap=True, justify="right")
        table.add_column("unit", overflow="fold")
        for one in page.ranges:
            table.add_row(Text(printable(one.what)), span(one), one.unit)
        console.print(table)
    for use in page.caps:
        console.print(hanging(Text(printable(cap_words(use))), console, 0, "- "))
    for b in page.beside:
        console.print(hanging(Text(printable(reading(b, page.flows.channels))), console, 0, "- "))


def _print_years(page: FlowPage, console: Console) -> None:
    for kind, unit in groups_of(page.flows):
        rows = [one for one in page.flows.totals if one.what == kind.value and one.unit == unit]
        if not rows:
            continue
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
        table.add_column("year", no_wrap=True)
        table.add_column(f"{KINDS[kind]}, {unit}", no_wrap=True, justify="right")
        table.add_column("widest streams", overflow="fold")
        of = {c.id: c for c in page.flows.channels if c.kind is kind and c.unit == unit and not c.within}
        for one in rows:
            parts = sorted((e for e in page.flows.estimates if e.what in of and e.period == one.period),
                           key=lambda e: -e.mid)  # fmt: skip
            table.add_row(one.period, sum_span(page.flows, one), Text(", ".join(e.what for e in parts[:3])))
        console.print(table)


def print_sensitivity(page: SensitivityPage, console: Console, *, sources: bool = False) -> None:
    """The parameters of a channel, that which matters most first, and what to find out next."""
    c = page.channel
    console.print(Text(printable(c.title), style="bold"))
    if page.estimate is None:
        console.print(Text("No value in this year: a parameter has no figure."))
        return
    e = page.estimate
    console.print(Text(f"{e.period}: {span(e)} {e.unit}"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("unknown", overflow="fold")
    table.add_column("middle (10 to 90 %)", justify="right", overflow="fold")
    table.add_column("its share", justify="right", no_wrap=True)
    table.add_column(f"moves it, {e.unit}", justify="right", overflow="fold")
    for i in page.influences:
        moves = f"{rough(i.swing[0])} to {rough(i.swing[1])}"
        table.add_row(Text(printable(i.title)), f"{span(i.parameter)} {i.parameter.unit}", f"{i.total:.0%}", moves)
    console.print(table)
    if page.influences:
        console.print(hanging(Text(printable(next_question(page.influences))), console, 0, "- "))
    console.print(Text(foot(page.draws, page.seed, None), style="dim"))
    if sources:
        print_sources(page.sources, console)


def next_question(influences: Sequence[Influence]) -> str:
    """What to find out next, in a sentence."""
    first = influences[0]
    why = f" Now it rests on this: {first.why}." if first.why else ""
    return f"To know more, find out {first.title}: {first.first:.0%} of what is not known would go with it.{why}"


def print_sources(sources: Iterable[Source], console: Console) -> None:
    """A line on each source."""
    console.print(Text("Sources", style="bold"))
    for s in sources:
        console.print(hanging(Text(printable(f"{s.id}: {s.title}; {s.locator} ({s.published})")), console, 1, ""))


def silences(pairs: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Which channels have no value in which years, in sentences."""
    found: dict[str, list[int]] = {}
    for channel, year in pairs:
        found.setdefault(channel, []).append(year)
    return tuple(f"{name}: no figure for {_years(years)}; it is in no sum there" for name, years in found.items())


def _years(years: Sequence[int]) -> str:
    """Years as spans: 2000-2009, 2012."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def foot(draws: int, seed: int, on: date | None) -> str:
    """How it was drawn."""
    vintage = f"; by what could be read on {on}" if on else ""
    return f"{draws:,} draws, seed {seed}; ranges hold the middle 80 % of them{vintage}"
