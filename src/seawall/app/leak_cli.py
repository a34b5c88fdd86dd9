"""`seawall leak`: estimates of what flows past a regime, and of what its measures stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from seawall.app.terminal import Out, complain, day, known, show, write

if TYPE_CHECKING:
    from seawall.report import FlowPage, StoppedPage

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
    else:
        write(report.write_sensitivity(page, format), out)


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


@leak_app.command("enforcement", short_help="What each measure stopped, and the share that held.")
def leak_enforcement(
    draws: _Draws = 8192,
    seed: _Seed = 1,
    regime: _Regime = "un-dprk",
    sources: _Cited = False,
    format: _Format = "table",
    out: Out = None,
) -> None:
    """Show what the law asked to go, what went, and the share of each measure that held at each partner."""
    from seawall import leak, report

    known(format, _PAGES)
    page = leak.enforcement(leak.Run(regime, draws, seed))
    if format == "table":
        show(out, lambda screen: report.print_enforcement(page, screen, sources=sources))
    else:
        write(report.write_enforcement(page, format), out)


@leak_app.command("compare", short_help="What one package would stop more than another.")
def leak_compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A package, e.g. 2375-draft, or a day.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another, e.g. 2375-adopted.")],
    what_if: Annotated[
        list[str],
        typer.Option("--what-if", help="Of B: lift:TOPIC | close:TOPIC | cap:GOODS=AMOUNT | enforce:PARTNER[=SHARE]"),
    ] = [],
    package: Annotated[list[Path], typer.Option("--package", help="A package of your own, a YAML.")] = [],
    draws: _Draws = 8192,
    seed: _Seed = 1,
    regime: _Regime = "un-dprk",
    sources: _Cited = False,
    format: _Format = "table",
    out: Out = None,
) -> None:
    """Show what each of two packages stops of income and fuel, per channel and year, and the difference."""
    from seawall import leak

    _stopped(leak.compare(a, b, what_if, package, leak.Run(regime, draws, seed)), sources, format, out)


@leak_app.command("scenario", short_help="What a law that nobody passed would stop.")
def leak_scenario(
    name: Annotated[str, typer.Argument(metavar="NAME|YAML", help="A scenario, or a YAML of one or of a package.")],
    draws: _Draws = 8192,
    seed: _Seed = 1,
    regime: _Regime = "un-dprk",
    sources: _Cited = False,
    format: _Format = "table",
    out: Out = None,
) -> None:
    """Show what a scenario changes against the law that it starts from."""
    from seawall import leak

    _stopped(leak.scenario(name, leak.Run(regime, draws, seed)), sources, format, out)


def _stopped(page: StoppedPage, sources: bool, format: str, out: Path | None) -> None:
    from seawall import report

    known(format, _PAGES)
    if format == "table":
        show(out, lambda screen: report.print_stopped(page, screen, sources=sources))
    else:
        write(report.write_stopped(page, format), out)


@leak_app.command("hindcast", short_help="What a day foretold of the years after it, against what came.")
def leak_hindcast(
    name: Annotated[str, typer.Argument(help="Which hindcast.")] = "2017",
    draws: _Draws = 65_536,
    seed: _Seed = 1,
    sources: _Cited = False,
    format: _Format = "table",
    out: Out = None,
) -> None:
    """Foretell years that are over by what was known before them, and hold that against what was published."""
    from seawall import leak, report

    known(format, _PAGES)
    page = leak.hindcast(name, leak.Run(draws=draws, seed=seed))
    if format == "table":
        show(out, lambda screen: report.print_hindcast(page, screen, sources=sources))
    else:
        write(report.write_hindcast(page, format), out)
