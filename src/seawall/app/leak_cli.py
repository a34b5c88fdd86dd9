"""`seawall leak`: estimates of what flows past a regime, and of what its measures stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from seawall.app.terminal import Out, complain, day, known, show, write

leak_app = typer.Typer(help="What still flows, with ranges; what each measure stopped.", no_args_is_help=True)
_FIGURES = ("table", "json", "csv", "md")


@leak_app.command("figures", short_help="Published figures, their sources and conflicts.")
def leak_figures(
    series: Annotated[str, typer.Argument(help="A series, e.g. russia.trade.total, or how its name begins.")] = "",
    conflicts: Annotated[bool, typer.Option("--conflicts", help="Where sources differ; statements checked.")] = False,
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Only what could be read on this day.")] = "",
    own: Annotated[Path | None, typer.Option("--add", help="Figures of your own, a CSV.")] = None,
    sources: Annotated[Path | None, typer.Option("--sources", help="The sources of your own figures, a YAML.")] = None,
    format: Annotated[str, typer.Option("--format", help=" | ".join(_FIGURES))] = "table",
    out: Out = None,
) -> None:
    """List the series of figures, show one with its ranges and sources, or set side by side where sources differ."""
    from seawall import leak, report

    known(format, _FIGURES)
    if conflicts:
        sides = leak.conflicts(series, day(on), own, sources)
        if format == "table":
            show(out, lambda screen: report.print_conflicts(sides, screen))
        else:
            write(report.write_conflicts(sides, format), out)
        complain(sides.errors)
        raise typer.Exit(1 if any(not c.agree for c in sides.conflicts) else 0)
    page = leak.figures(series, day(on), own, sources)
    if format == "table":
        show(out, lambda screen: report.print_figures(page, screen))
    else:
        write(report.write_figures(page, format), out)
    complain(page.errors)


@leak_app.command("mirror", short_help="What one side imported against what the other exported.")
def leak_mirror(
    trade: Annotated[list[Path], typer.Argument(help="Trade statistics as published, or a CSV of your own.")],
    reporter: Annotated[list[str], typer.Option("--reporter", help="Only trade of this State; may repeat.")] = [],
    partner: Annotated[list[str], typer.Option("--partner", help="Only trade with this State; may repeat.")] = [],
    format: Annotated[str, typer.Option("--format", help=" | ".join(_FIGURES))] = "table",
    out: Out = None,
) -> None:
    """Set both sides of a trade beside one another, with ranges, and flag gaps outside the noise, runs of one sign, and
    recorded trade in banned goods. Exit code 1 if anything is flagged.
    """
    from seawall import leak, report

    known(format, _FIGURES)
    page = leak.mirror(trade, reporter, partner)
    if format == "table":
        show(out, lambda screen: report.print_mirror(page, screen))
    else:
        write(report.write_mirror(page, format), out)
    complain(page.errors)
    raise typer.Exit(1 if page.flags.height else 0)
