"""Two packages of measures side by side: for the terminal, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seawall.model import Change, Difference, Measure, Outcome, Package, Position, RowError, Topic
from seawall.report.case import Comparison
from seawall.report.catalogue import VERIFICATION_WORDS
from seawall.report.pages import WORDS

_STYLES = {
    Change.DROPPED: "bold red",
    Change.SOFTENED: "red",
    Change.DELAYED: "yellow",
    Change.CHANGED: "cyan",
    Change.HARDENED: "green",
    Change.HASTENED: "green",
    Change.ADDED: "bold green",
    Change.KEPT: "dim",
}
SCHEMA = "seawall-comparison/1"


def print_comparison(c: Comparison, console: Console) -> None:
    """Topics, then measures that differ, then the dealings with another outcome."""
    for label, package in (("A", c.before), ("B", c.after)):
        console.print(Text(f"{label}: {package.title}", style="bold"))
        if package.note:
            console.print(Text(f"   {package.note}", style="dim"))
    if c.topics:
        _print(console, ("topic", "in B", "A", "B"), (_topic(t) for t in c.topics))
    if c.differences:
        _print(console, ("in B", "measure", "what differs"), (_difference(d) for d in c.differences))
    else:
        console.print(Text("The measures are the same."))
    if c.dealings:
        if c.moved:
            _print(console, ("dealing", "under A", "under B"), (_moved(row) for row in c.moved))
        console.print(Text(summary(c), style="bold"))
    console.print(Text("Not legal advice."))


def _print(console: Console, headings: tuple[str, ...], rows: Iterator[tuple[Text, ...]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for heading in headings:
        narrow = heading in {"topic", "in B"}
        table.add_column(heading, overflow="fold", ratio=None if narrow else 1, min_width=8 if narrow else None)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def summary(c: Comparison) -> str:
    """A sentence on the dealings."""
    return (
        f"{len(c.dealings)} dealings: {len(c.moved)} have another outcome; "
        f"{c.stopped_only_before} prohibited only under A, {c.stopped_only_after} only under B"
    )


def _topic(t: Topic) -> tuple[Text, ...]:
    change = Text(t.change.value, _STYLES[t.change]) if t.change else Text("not known", "dim")
    return Text(t.name), change, Text(_position(t.before)), Text(_position(t.after))


def _position(p: Position | None) -> str:
    """What is held on a topic, with how far that is known unless it is verified."""
    if p is None:
        return ""
    known = VERIFICATION_WORDS[p.verification]
    return p.says if p.verification.value == "verified" else f"{p.says} ({known})"


def _difference(d: Difference) -> tuple[Text, ...]:
    changes = Text(", ".join(x.value for x in d.changes), _STYLES[d.changes[0]])
    return changes, Text(_names(d)), Text("; ".join(d.details) or _title(d))


def _names(d: Difference) -> str:
    names = [m.id for m in (d.before, d.after) if m is not None]
    return " -> ".join(dict.fromkeys(names))


def _title(d: Difference) -> str:
    measure = d.after or d.before
    return measure.title if measure else ""


def _moved(row: tuple[Any, Any, Any]) -> tuple[Text, ...]:
    dealing, before, after = row
    return Text(dealing.id), *(Text(_why(v)) for v in (before, after))


def _why(verdict: Any) -> str:
    first = verdict.findings[0] if verdict.findings else None
    because = f": {first.measure.paragraph}. {first.because}" if first else ""
    return f"{WORDS[verdict.outcome]}{because}"


def comparison_markdown(c: Comparison) -> str:
    """The same as Markdown."""
    lines = [f"# {c.before.title} against {c.after.title}", ""]
    lines += [f"> {label}: {p.note}" for label, p in (("A", c.before), ("B", c.after)) if p.note]
    for title, head, rows in (
        ("Topics", ("topic", "in B", "A", "B"), [_topic(t) for t in c.topics]),
        ("Measures", ("in B", "measure", "what differs"), [_difference(d) for d in c.differences]),
        ("Dealings", ("dealing", "under A", "under B"), [_moved(row) for row in c.moved]),
    ):
        if rows:
            lines += ["", f"## {title}", "", f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
            lines += [f"| {' | '.join(_cell(x.plain) for x in row)} |" for row in rows]
    if c.dealings:
        lines += ["", summary(c)]
    return "\n".join([*lines, "", "Not legal advice."])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


@dataclass(frozen=True, slots=True)
class Side:
    """A package as JSON names it."""

    id: str
    title: str
    day: date
    note: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a measure: the ids of both, null where one is not there."""

    changes: tuple[Change, ...]
    topics: tuple[str, ...]
    a: str | None
    b: str | None
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """A dealing with another outcome under the other package."""

    dealing: str
    a: Outcome
    b: Outcome


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """A comparison as JSON; `dealings` is how many were judged."""

    a: Side
    b: Side
    topics: tuple[Topic, ...]
    differences: tuple[Changed, ...]
    dealings: int
    moved: tuple[Moved, ...]
    errors: tuple[RowError, ...]


def comparison_document(c: Comparison) -> dict[str, Any]:
    """The same as JSON, with its schema in the first field."""
    page = ComparisonPage(
        a=_side(c.before),
        b=_side(c.after),
        topics=c.topics,
        differences=tuple(Changed(d.changes, d.topics, _id(d.before), _id(d.after), d.details) for d in c.differences),
        dealings=len(c.dealings),
        moved=tuple(Moved(d.id, x.outcome, y.outcome) for d, x, y in c.moved),
        errors=c.errors,
    )
    return {"schema": SCHEMA, **asdict(page)}


def _id(m: Measure | None) -> str | None:
    return None if m is None else m.id


def _side(p: Package) -> Side:
    return Side(p.id, p.title, p.day, p.note)
