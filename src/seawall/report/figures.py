"""Figures with their ranges and sources, and where sources contradict one another."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seawall.errors import UsageError
from seawall.model import Agreement, Checked, Conflict, Figure, RowError, Series, Source, Status, Unit
from seawall.report.layout import hanging, printable
from seawall.report.rows import markdown_table, neutral, to_json

FIGURES_SCHEMA = "seawall-figures/1"
CONFLICTS_SCHEMA = "seawall-conflicts/1"
LIST_COLUMNS = ("series", "items", "unit", "period", "count", "grades", "sources")
FIGURE_COLUMNS = (
    "series", "item", "period", "until", "unit", "low", "value", "high", "status", "grade", "source", "known", "note",
)  # fmt: skip
"""Those of a file of figures, so that what was written can be read again."""
CONFLICT_COLUMNS = (
    "kind", "id", "title", "period", "unit", "says", "series", "source", "ratio", "agreement", "why",
)  # fmt: skip
WORDS = {Agreement.CONFIRMED: "confirmed", Agreement.DIFFERS: "differs", Agreement.NOT_COMPARABLE: "not comparable"}
_STYLES = {Agreement.CONFIRMED: "green", Agreement.DIFFERS: "bold red", Agreement.NOT_COMPARABLE: "dim"}
_WIDE = 110
"""From this width on the list names the sources."""


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A line on each series and, if it is of one `series`, its figures with their sources and units. `on` is the day of
    the vintage, `errors` what could not be read of the user's own.
    """

    series: str
    lines: tuple[Series, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    units: tuple[Unit, ...]
    on: date | None
    errors: tuple[RowError, ...]
    engine_version: str
    tables_edition: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Conflicts, statements and how they stand, and the sources of both; the rest as in `FigurePage`."""

    conflicts: tuple[Conflict, ...]
    checks: tuple[Checked, ...]
    sources: tuple[Source, ...]
    on: date | None
    errors: tuple[RowError, ...]
    engine_version: str
    tables_edition: str


def write_figures(page: FigurePage, form: str) -> str:
    """Figures, or a list of series, as json, csv or md. Raises UsageError for another format."""
    if form == "json":
        return to_json({"schema": FIGURES_SCHEMA, **asdict(page)}, indent=2)
    if page.series:
        return _rows([_figure(f) for f in page.figures], FIGURE_COLUMNS, form)
    return _rows([_series(s) for s in page.lines], LIST_COLUMNS, form)


def write_conflicts(page: ConflictPage, form: str) -> str:
    """Conflicts and checks as json, csv or md. Raises UsageError for another format."""
    if form == "json":
        return to_json({"schema": CONFLICTS_SCHEMA, **asdict(page)}, indent=2)
    rows = [row for c in page.conflicts for row in _conflict(c)]
    return _rows([*rows, *map(_check, page.checks)], CONFLICT_COLUMNS, form)


def _rows(rows: Sequence[Mapping[str, str]], columns: Sequence[str], form: str) -> str:
    if form == "md":
        return markdown_table(columns, rows)
    if form != "csv":
        raise UsageError(f"no format {form!r} for figures")
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([neutral(row.get(name, "")) for name in columns] for row in rows)
    return page.getvalue()


def _series(s: Series) -> dict[str, str]:
    return {
        "series": s.name,
        "items": "; ".join(filter(None, s.items)),
        "unit": "; ".join(s.units),
        "period": str(s.period),
        "count": str(s.count),
        "grades": " ".join(s.grades),
        "sources": "; ".join(s.sources),
    }


def _figure(f: Figure) -> dict[str, str]:
    first, _, last = str(f.period).partition(" to ")
    ranged = f.low != f.high
    return {
        "series": f.series, "item": f.item, "period": first, "until": last, "unit": f.unit,
        "low": _exact(f.low) if ranged else "", "value": _exact(f.mid), "high": _exact(f.high) if ranged else "",
        "status": f.status.value, "grade": f.grade.value, "source": f.source, "known": str(f.known), "note": f.note,
    }  # fmt: skip


def _conflict(c: Conflict) -> Iterator[dict[str, str]]:
    """A row for each figure of a conflict."""
    for f in c.figures:
        yield {
            "kind": "conflict", "id": c.quantity, "title": c.title, "period": str(f.period), "unit": f.unit,
            "says": amount(f), "series": _name(f), "source": f.source, "ratio": _exact(c.ratio),
            "agreement": "agree" if c.agree else "differ", "why": c.why,
        }  # fmt: skip


def _check(c: Checked) -> dict[str, str]:
    return {
        "kind": "check", "id": c.check.id, "title": c.check.says, "period": str(c.stated.period),
        "unit": c.stated.unit, "says": amount(c.stated), "series": _name(c.stated), "source": c.stated.source,
        "agreement": c.agreement.value, "why": verdict(c),
    }  # fmt: skip


def _name(f: Figure) -> str:
    return f"{f.series} {f.item}".strip()


def _exact(number: float | None) -> str:
    """A number as it is, without separators; "" for none."""
    return "" if number is None else repr(int(number)) if number == int(number) else repr(number)


def number(value: float) -> str:
    """A number for reading, in seven digits: 1,186.835; 0.04."""
    return f"{value:,.7g}"


def amount(f: Figure) -> str:
    """A figure's value in words: `730 (700 to 800)`, `at least 500`, `not known`."""
    if f.low is None or f.mid is None or f.high is None:
        return "not known"
    if f.status is Status.AT_LEAST:
        return f"at least {number(f.mid)}"
    if f.status is Status.AT_MOST:
        return f"at most {number(f.mid)}"
    return number(f.mid) if f.low == f.high else f"{number(f.mid)} ({number(f.low)} to {number(f.high)})"


def verdict(c: Checked) -> str:
    """How a statement stands, in a sentence."""
    if c.agreement is Agreement.NOT_COMPARABLE or c.found is None:
        return f"{WORDS[c.agreement]}: {c.because}"
    e = c.found
    when = "" if e.period == str(c.stated.period) else f" {e.period}"
    span = "" if e.low == e.high else f" ({number(e.low)} to {number(e.high)})"
    by = "" if c.off is None else f" by {c.off:+.1%}"
    return f"{WORDS[c.agreement]}{by}; {e.what}{when}: {number(e.mid)}{span} [{', '.join(e.basis)}]"


def print_figures(page: FigurePage, console: Console) -> None:
    """The figures of a series, or one line on each series."""
    if page.series:
        _print_series(page, console)
    else:
        _print_list(page, console)
    if page.on:
        console.print(Text(f"What could be read on {page.on}."))


def _print_list(page: FigurePage, console: Console) -> None:
    wide = console.width >= _WIDE
    headings = ("series", "unit", "period", "count", "grades", *(("sources",) if wide else ()))
    table = _table(headings, fold=("series", "sources"), right="count")
    for s in page.lines:
        row = _series(s)
        cells = {**row, "period": _years(s)}
        table.add_row(*(Text(printable(cells[name])) for name in headings))
    console.print(table)
    console.print(Text(f"{len(page.lines)} series, {sum(s.count for s in page.lines)} figures", style="bold"))


def _years(s: Series) -> str:
    first, last = s.period.start.year, s.period.end.year
    return str(first) if first == last else f"{first}-{last}"


def _print_series(page: FigurePage, console: Console) -> None:
    rows, units = page.figures, page.units
    shown = ", ".join(f"{u.id} ({u.name})" if u.name != u.id else u.id for u in units)
    console.print(Text.assemble((page.series, "bold"), f", {shown}"))
    items = any(f.item for f in rows)
    headings = ("period", *(("item",) if items else ()), "value", "grade", "source", "note")
    table = _table(headings, fold=("period", "item", "value", "note"))
    for f in rows:
        value = amount(f) if len(units) == 1 else f"{amount(f)} {f.unit}"
        cells = (str(f.period), *((f.item,) if items else ()), value, f.grade.value, f.source, f.note)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console.print(table)
    _print_sources(page.sources, console)


def print_conflicts(page: ConflictPage, console: Console) -> None:
    """Conflicts by quantity, then the statements and how they stand, then the sources."""
    console.print(Text("Where sources differ", style="bold"))
    last = ""
    for c in page.conflicts:
        if c.quantity != last:
            last = c.quantity
            console.print(Text(f"\n{printable(c.title)}", style="bold"))
            if c.why:
                see = f" [{', '.join(c.see)}]" if c.see else ""
                console.print(hanging(Text(printable(c.why + see), style="dim"), console, 1, ""))
        console.print(hanging(_side_by_side(c), console, 1, "- "))
    console.print(Text("\nStatements set against figures", style="bold"))
    last = ""
    for done in page.checks:
        if done.check.id != last:
            last = done.check.id
            note = f" ({done.check.note})" if done.check.note else ""
            console.print(Text(f"\n{printable(done.check.says + note)}"))
        text = Text(f"{done.stated.period}: {amount(done.stated)} {done.stated.unit} [{done.stated.source}] ")
        text.append(printable(verdict(done)), style=_STYLES[done.agreement])
        console.print(hanging(text, console, 1, "- "))
    console.print()
    _print_sources(page.sources, console)
    counts = [(word, sum(c.agreement is key for c in page.checks)) for key, word in WORDS.items()]
    console.print(
        Text(
            f"{sum(not c.agree for c in page.conflicts)} conflicts; statements: "
            + ", ".join(f"{count} {word}" for word, count in counts),
            style="bold",
        )
    )
    if page.on:
        console.print(Text(f"What could be read on {page.on}."))


def _side_by_side(c: Conflict) -> Text:
    periods = {str(f.period) for f in c.figures}
    one = periods.pop() if len(periods) == 1 else ""
    says = "; ".join(f"{amount(f)} [{f.source}]" if one else f"{f.period}: {amount(f)} [{f.source}]" for f in c.figures)
    head = f"{one}: " if one else ""
    apart = "they agree" if c.agree else f"{c.ratio:.2f} times" if c.ratio else "they differ"
    return Text(printable(f"{head}{says} {c.figures[0].unit}; {apart}"))


def _table(headings: Sequence[str], fold: Sequence[str], right: str = "") -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in headings:
        table.add_column(
            heading,
            overflow="fold",
            no_wrap=heading not in fold,
            justify="right" if heading == right else "left",
        )
    return table


def _print_sources(sources: Iterable[Source], console: Console) -> None:
    console.print(Text("Sources", style="bold"))
    for s in sources:
        out = f"by {s.published}" if s.published_bound else str(s.published)
        console.print(hanging(Text(printable(f"{s.id}: {s.title}; {s.locator} ({out})")), console, 1, ""))
