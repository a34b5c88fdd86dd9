"""`seawall law`: the law as data, to look into rather than to judge by."""

from __future__ import annotations

from typing import Annotated

import typer

from seawall.app.terminal import On, Out, console, day, known, show, write

law_app = typer.Typer(help="The law as data: measures, their dates and sources.", no_args_is_help=True)

_Regime = Annotated[str, typer.Option(help="Only this regime.")]
_Topic = Annotated[str, typer.Option(help="Only measures tagged with this topic.")]
_SHEET = ("table", "json", "md", "html")
_TIMELINE = ("table", "html", "json")


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
