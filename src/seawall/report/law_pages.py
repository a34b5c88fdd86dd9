"""The law for people: the sheet of a measure, the list of measures, what became of each paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seawall.errors import UsageError
from seawall.model import Kind, Measure, Paragraph, Regime
from seawall.report.layout import hanging, printable
from seawall.report.rows import to_json
from seawall.report.sheet import Line, Sheet, measure_document, period, sections
from seawall.report.templating import cell, link, render

_KINDS = {Kind.MEASURE: "measures", Kind.CONDITION: "conditions of measures", Kind.NOTE: "notes"}
_CHECKED = ("paragraph", "substance", "details")


def nowhere(_: str) -> str:
    """The link to a measure where pages stand alone: none."""
    return ""


def write_sheet(sheet: Sheet, form: str, *, href: Callable[[str], str] = nowhere) -> str:
    """A sheet as json, md or html; in Markdown `href` gives the link to another measure.

    Raises UsageError for another format.
    """
    if form == "json":
        return to_json(measure_document(sheet), indent=2)
    if form not in {"md", "html"}:
        raise UsageError(f"no format {form!r} for a measure")
    context = {"sheet": sheet, "sections": sections(sheet), "said": lambda line: _markdown(line, href)}
    return render(f"measure.{form}", context)


def _markdown(line: Line, href: Callable[[str], str]) -> str:
    url = link(line.ref) or href(line.ref)
    plain = not any(c in url for c in "<> \n\\")
    return f"[{cell(line.text)}](<{url}>)" if url and plain else cell(line.text)


def print_sheet(sheet: Sheet, console: Console) -> None:
    """A sheet for the terminal; narrow ones wrap, nothing is cut."""
    console.print(Text(printable(sheet.measure.title), style="bold"))
    for section in sections(sheet):
        if section.heading:
            console.print()
            console.print(Text(section.heading, style="bold underline"))
        for line in section.lines:
            console.print(hanging(_told(line), console, line.depth, "- " if section.heading else ""))
    console.print()
    made = f"Made by Seawall {sheet.engine_version}, tables of {sheet.tables_edition}. Not legal advice."
    console.print(Text(made, style="dim"))


def _told(line: Line) -> Text:
    label = f"{line.label}: " if line.label else ""
    return Text.assemble((printable(label), "cyan"), (printable(line.text), "yellow" if line.memory else ""))


def print_measures(measures: Sequence[Measure], console: Console) -> None:
    """A table of measures with the days on which they apply."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, width in (("id", 18), ("in force", 12), ("title", None)):
        table.add_column(heading, min_width=width, overflow="fold")
    for m in measures:
        table.add_row(Text(m.id), Text(period(m.start, m.end)), Text(m.title))
    console.print(table)
    console.print(f"{len(measures)} measures", highlight=False)


def print_coverage(regimes: Sequence[Regime], console: Console) -> None:
    """Every paragraph of the regimes' instruments and where it went, then how many of each kind, how far verified."""
    for regime in regimes:
        console.print(Text(f"{regime.title} ({regime.id})", style="bold"))
        if not regime.paragraphs:
            console.print(Text(f"no record of its paragraphs; {len(regime.measures)} measures"))
            continue
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
        table.add_column("paragraph", width=max(12, console.width // 4), overflow="fold")
        table.add_column("what", width=9)
        table.add_column("where it went", ratio=1, overflow="fold")
        titles = {m.id: m.title for m in regime.measures}
        for p in regime.paragraphs:
            table.add_row(Text(p.id), Text(p.kind.value), Text(printable(_went(p, titles))))
        console.print(table)
        for text in _summary(regime.paragraphs):
            console.print(Text(text))


def _went(p: Paragraph, titles: Mapping[str, str]) -> str:
    """The measures it became or shapes, and what the table says of it; else a lone measure's title."""
    alone = titles[p.of[0]] if len(p.of) == 1 else ""
    return ": ".join(filter(None, (", ".join(p.of), p.says or alone)))


def _summary(paragraphs: Sequence[Paragraph]) -> list[str]:
    kinds = Counter(p.kind for p in paragraphs)
    lines = [f"{len(paragraphs)} paragraphs: {', '.join(f'{kinds[kind]} {word}' for kind, word in _KINDS.items())}"]
    for part in _CHECKED:
        levels = Counter(level.value for p in paragraphs for name, level in p.checked if name == part)
        silent = len(paragraphs) - levels.total()
        counts = [f"{number} {level}" for level, number in sorted(levels.items())]
        lines.append(f"{part}: {', '.join([*counts, *([f'{silent} not recorded'] if silent else [])])}")
    return lines
