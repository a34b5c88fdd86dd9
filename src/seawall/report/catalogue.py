"""What is known rather than what was decided: lists in use, and measures of law, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from seawall.model import Condition, Edition, Measure, Verification

VERIFICATION_WORDS = {
    Verification.VERIFIED: "verified against a source",
    Verification.PARTLY: "partly verified",
    Verification.DERIVED: "derived by arithmetic",
    Verification.MEMORY: "from memory, not verified against the official text",
}


def print_editions(editions: Sequence[Edition], console: Console) -> None:
    """One block per list: title, day, what it held, hash."""
    for edition in editions:
        counts = ", ".join(f"{number:,} {what}" for what, number in edition.counts)
        day = edition.day or "no date in the file"
        source = f" ({edition.path})" if edition.path else ""
        console.print(f"[bold]{escape(edition.title)}[/bold], {escape(day)}{escape(source)}", highlight=False)
        console.print(f"  {escape(counts)}; sha256 {edition.sha256[:16]}", highlight=False)


def print_measures(measures: Sequence[Measure], console: Console) -> None:
    """A table of measures with the days on which they apply."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, width in (("id", 18), ("in force", 12), ("title", None)):
        table.add_column(heading, min_width=width, overflow="fold")
    for m in measures:
        table.add_row(Text(m.id), Text(f"{m.start} to {m.end or 'now'}"), Text(m.title))
    console.print(table)
    console.print(f"{len(measures)} measures", highlight=False)


def print_measure(m: Measure, console: Console) -> None:
    """Everything the tables hold on one measure."""
    console.print(Text(f"{m.id}: {m.title}", style="bold"))
    console.print(Text(f"{m.paragraph}; {m.binding.value}; {m.effect.value}"))
    console.print(Text(f"in force {m.start} to {m.end or 'now'}; verification: {VERIFICATION_WORDS[m.verification]}"))
    for text in (
        m.summary,
        m.change and f"Changed: {m.change}",
        m.verification_note and f"Note: {m.verification_note}",
    ):
        if text:
            console.print(Text(text))
    console.print(Text("Applies when", style="bold"))
    _tree(m.scope, console, 1)
    for route in m.routes:
        console.print(Text(f"{route.kind.replace('_', ' ')}: {route.title}", style="bold"))
        _tree(route.when, console, 1)
        for label, text in (("owed", route.owed), ("shown by", route.hint)):
            if text:
                console.print(Text(f"  {label}: {text}"))
    for source in (m.url, *m.sources):
        if source:
            console.print(Text(f"source: {source}"))


def _tree(condition: Condition, console: Console, depth: int) -> None:
    indent = "  " * depth
    if condition.op == "test":
        arguments = ", ".join(f"{key} {_plain(value)}" if key else _plain(value) for key, value in condition.args)
        console.print(Text(f"{indent}{condition.says or f'{condition.test}: {arguments}'}"))
        return
    console.print(Text(f"{indent}{condition.says or {'all': 'all of', 'any': 'any of', 'not': 'not'}[condition.op]}"))
    for part in condition.parts:
        _tree(part, console, depth + 1)


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
