"""`seawall leak`: estimates of what flows past a regime, and of what its measures stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seawall.app.terminal import Out, complain, day, known, show, write

if TYPE_CHECKING:
    from seawall.report import FlowPage

leak_app = typer.Typer(help="What still flows, with ranges; what each measure stopped.", no_args_is_help=True)
_FIGURES = ("table", "json", "csv", "md")
_Year = Annotated[int | None, typer.Option("--year", help="Only this year, with what it rests on.")]
_Partner = Annotated[str, typer.Option(help="Only with this partner, e.g. ru.")]
_Kind = Annotated[str, typer.Option(help="currency | material | relief")]
_Known = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Only by what could be read on this day.")]
_Draws = Annotated[int, typer.Option(min=100, max=1_000_000, help="How many draws.")]
_Seed = Annotated[int, typer.Option(min=0, help="The seed of the draws: the same seed, the same numbers.")]
_Regime = Annotated[str, typer.Option(help="Whose channels.")]
_Cited = Annotated[bool, typer.Option("--sources", help="Name the sources.")]
_PAGES = (*_FIGURES, "html")
_Format = Annotated[str, typer.Option("--format", help=" | ".join(_PAGES))]


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


@leak_app.command("channels", short_help="What flows through each channel, with ranges.")
def leak_channels(
    year: _Year = None,
    partner: _Partner = "",
    kind: _Kind = "",
    on: _Known = "",
    draws: _Draws = 20_000,
    seed: _Seed = 1,
    regime: _Regime = "un-dprk",
    sources: _Cited = False,
    format: _Format = "table",
    out: Out = None,
) -> None:
    """Show what flows through each channel and in all: of one year, or the sums of all years."""
    from seawall import leak

    _flows(leak.channels(leak.View(regime, year, partner, kind, day(on), draws, seed)), sources, format, out)


@leak_app.command("labour", short_help="Workers abroad: stock, wage, what is kept, what it brings.")
def leak_labour(
    year: _Year = 2016,
    on: _Known = "",
    draws: _Draws = 20_000,
    seed: _Seed = 1,
    regime: _Regime = "un-dprk",
    sources: _Cited = False,
    format: _Format = "table",
    out: Out = None,
) -> None:
    """Show what workers abroad bring, per host country, with what it rests on."""
    from seawall import leak

    _flows(leak.labour(leak.View(regime, year, "", "", day(on), draws, seed)), sources, format, out)


@leak_app.command("fuel", short_help="Fuel reported and not, and its share of the cap.")
def leak_fuel(
    year: _Year = 2018,
    on: _Known = "",
    draws: _Draws = 20_000,
    seed: _Seed = 1,
    regime: _Regime = "un-dprk",
    sources: _Cited = False,
    format: _Format = "table",
    out: Out = None,
) -> None:
    """Show the fuel that came in by each channel, reported and not, and what share of the cap that is."""
    from seawall import leak

    _flows(leak.fuel(leak.View(regime, year, "", "", day(on), draws, seed)), sources, format, out)


def _flows(page: FlowPage, sources: bool, format: str, out: Path | None) -> None:
    from seawall import report

    known(format, _PAGES)
    if format == "table":
        show(out, lambda screen: report.print_flows(page, screen, sources=sources))
    elif format == "html":
        write(report.render_flows(page), out)
    else:
        write(report.write_flows(page, format), out)


@leak_app.command("sensitivity", short_help="Which unknown of a channel matters most.")
def leak_sensitivity(
    channel: Annotated[str, typer.Argument(help="A channel, e.g. labour-ru.")],
    year: _Year = 2016,
    on: _Known = "",
    draws: _Draws = 20_000,
    seed: _Seed = 1,
    regime: _Regime = "un-dprk",
    sources: _Cited = False,
    format: _Format = "table",
    out: Out = None,
) -> None:
    """Show how much of what is not known of a channel is due to each of its unknowns, and what to find out next."""
    from seawall import leak, report

    known(format, _PAGES)
    page = leak.sensitivity(channel, leak.View(regime, year, "", "", day(on), draws, seed))
    if format == "table":
        show(out, lambda screen: report.print_sensitivity(page, screen, sources=sources))
    elif format == "html":
        write(report.render_sensitivity(page), out)
    else:
        write(report.write_sensitivity(page, format), out)
