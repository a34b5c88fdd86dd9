"""Pairs of parties and how likely the two are one, for people and machines."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seawall.errors import UsageError
from seawall.report.case import Likenesses
from seawall.report.layout import printable
from seawall.report.rows import extras, faults, markdown_table, pass_through, to_csv, to_json

COMPARE_COLUMNS = ("score", "why")
"""What is added to the columns of the input."""


def pair_rows(pairs: Likenesses) -> Iterator[dict[str, str]]:
    """One row per pair with the columns of its input, then one per fault."""
    for found in pairs.found:
        yield {
            **pass_through(found.first.extra, COMPARE_COLUMNS),
            "score": str(found.score),
            "why": found.why,
        }
    for error in pairs.errors:
        yield {"error": str(error)}


def write_pairs(pairs: Likenesses, form: str) -> str:
    """Pairs as json, jsonl, csv or md. Raises UsageError for another format."""
    rows = list(pair_rows(pairs))
    if form == "json":
        head = {"engine": pairs.engine_version, "tables": pairs.tables_edition}
        return to_json({**head, "results": rows}, indent=2)
    if form == "jsonl":
        return "\n".join(map(to_json, rows))
    if form == "csv":
        return to_csv(rows, (*extras(rows, COMPARE_COLUMNS), *COMPARE_COLUMNS), ())
    if form == "md":
        return markdown_table(("name1", "name2", *COMPARE_COLUMNS), rows)
    raise UsageError(f"no format {form!r} for pairs")


def print_pairs(pairs: Likenesses, console: Console) -> None:
    """One row per pair."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for heading, ratio in (("name1", 3), ("name2", 3), ("score", 0), ("why", 5)):
        table.add_column(heading, ratio=ratio or None, overflow="fold", min_width=5)
    for found in pairs.found:
        names = ("; ".join(query.names) for query in (found.first, found.second))
        table.add_row(*(Text(printable(cell)) for cell in (*names, f"{found.score:.3f}", found.why)))
    console.print(table)
    console.print(Text(f"{len(pairs.found)} pairs"))
    for fault in faults(pairs.errors)[:5]:
        console.print(Text(f"not read: {fault}"))
