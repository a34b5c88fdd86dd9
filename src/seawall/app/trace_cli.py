"""`seawall trace`: whether an entity is caught by who owns or controls it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from seawall.app.terminal import Lists, Out, complain, day, known, show, write

_FORMATS = ("table", "json", "csv", "md")


def trace(
    entity: Annotated[str, typer.Argument(help="Its id in the graph, or its whole name.")],
    graph: Annotated[list[Path], typer.Option("--graph", help="Stakes: CSV or FtM JSON lines; may be gzipped.")],
    listed: Annotated[Path | None, typer.Option(help="Who is listed, by all: one id or whole name per line.")] = None,
    lists: Lists = [],
    regime: Annotated[
        list[str], typer.Option("--regime", help="Only this authority's test, e.g. us; may be repeated.")
    ] = [],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Stakes, lists and tests of this day.")] = "",
    format: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "table",
    out: Out = None,
) -> None:
    """Say whether an entity that nobody listed is caught by who owns or controls it, with the path that proves it."""
    from seawall import holdings, report

    known(format, _FORMATS)
    parties = holdings.Parties(listed, tuple(lists))
    found = holdings.trace(entity, graph, parties, regime, day(on))
    if format == "table":
        show(out, lambda screen: report.print_tracing(found, screen))
    else:
        write(report.write_tracing(found, format), out)
    complain(found.errors)
    raise typer.Exit(1 if found.found else 0)
