"""`seawall law`: the law as data, to look into rather than to judge by."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from seawall.app.terminal import Lists, On, Out, complain, console, day, known, show, write
from seawall.errors import InputError, UsageError

law_app = typer.Typer(help="The law as data: measures, their dates and sources.", no_args_is_help=True)

_Regime = Annotated[str, typer.Option(help="Only this regime.")]
_Topic = Annotated[str, typer.Option(help="Only measures tagged with this topic.")]
_SHEET = ("table", "json", "md", "html")
_TIMELINE = ("table", "html", "json")
_DIFF = ("table", "json", "md")


@law_app.command("list", short_help="Measures, or those of a day.")
def law_list(on: On = "", regime: _Regime = "", topic: _Topic = "") -> None:
    """List the measures, or those in force on a day."""
    from seawall import lawbook, report

    report.print_measures(lawbook.measures(day(on), regime, topic), console())


@law_app.command("show", short_help="One measure in full.")
def law_show(
    measure: Annotated[str, typer.Argument(help="A measure's id, e.g. unscr-2375-16.")],
    on: On = "",
    format: Annotated[str, typer.Option("--format", help=" | ".join(_SHEET))] = "table",
    out: Out = None,
) -> None:
    """Show one measure: scope, dates, caps, what lifts it, its line, sources, and how far it is verified."""
    from seawall import lawbook, report

    known(format, _SHEET)
    sheet = lawbook.sheet(measure, day(on))
    if format == "table":
        show(out, lambda screen: report.print_sheet(sheet, screen))
    else:
        write(report.write_sheet(sheet, format), out)


@law_app.command("timeline", short_help="The law over the years.")
def law_timeline(
    regime: _Regime = "",
    topic: _Topic = "",
    activity: Annotated[str, typer.Option(help="Only what can apply to this activity, e.g. import.")] = "",
    format: Annotated[str, typer.Option("--format", help=" | ".join(_TIMELINE))] = "table",
    out: Out = None,
) -> None:
    """Show what started, changed and ended over the years, per topic; as HTML with a chart."""
    from seawall import lawbook, report

    known(format, _TIMELINE)
    timeline = lawbook.timeline(regime, topic, activity)
    if format == "table":
        show(out, lambda screen: report.print_timeline(timeline, screen))
    else:
        write(report.write_timeline(timeline, format), out)


@law_app.command("coverage", short_help="Where each paragraph went.")
def law_coverage(regime: _Regime = "") -> None:
    """Show where every paragraph of the instruments went: a measure, a condition of one, or a note."""
    from seawall import lawbook, report

    report.print_coverage(lawbook.coverage(regime), console())


@law_app.command("diff", short_help="Two packages side by side.")
def law_diff(
    a: Annotated[str, typer.Argument(help="A package, e.g. 2375-draft, or a day, e.g. 2017-09-10.")],
    b: Annotated[str, typer.Argument(help="Another package or day.")],
    regime: Annotated[str, typer.Option(help="Whose law two days mean.")] = "un-dprk",
    dealings: Annotated[Path | None, typer.Option(help="Judge these dealings under both.")] = None,
    example: Annotated[bool, typer.Option("--example", help="Judge the casebook under both.")] = False,
    lists: Lists = [],
    format: Annotated[str, typer.Option("--format", help=" | ".join(_DIFF))] = "table",
    out: Out = None,
) -> None:
    """Show what one package has that the other dropped, softened or delayed, and which dealings that lets through."""
    from seawall import flow, lawbook, report

    known(format, _DIFF)
    if dealings is not None and example:
        raise UsageError("give either --dealings or --example")
    rows, errors = flow.example() if example else flow.read_dealings(dealings) if dealings else ((), ())
    if dealings and not rows:
        complain(errors)
        raise InputError("no dealing could be read", file=str(dealings))
    wall = flow.open(lists=lists, casebook_only=example and not lists) if rows else None
    comparison = lawbook.compare(a, b, regime, wall=wall, dealings=rows, errors=errors)
    if format == "table":
        show(out, lambda screen: report.print_comparison(comparison, screen))
    else:
        write(report.write_comparison(comparison, format), out)
    complain(comparison.errors)
    raise typer.Exit(1 if comparison.differences else 0)
