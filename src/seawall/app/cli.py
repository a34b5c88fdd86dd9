"""The command line. Exit codes: 0 nothing found, 1 something found, 2 usage, 3 bad input, 4 network."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from seawall.app.law_cli import law_app
from seawall.app.leak_cli import leak_app
from seawall.app.terminal import Lists, On, Out, complain, console, day, known, prepare, progress, show, write
from seawall.app.trace_cli import trace
from seawall.errors import InputError, SeawallError, UsageError

app = typer.Typer(
    name="seawall",
    help="Does this dealing breach the sanctions regime? Which paragraph, in force on that day, on what evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
lists_app = typer.Typer(help="Official lists: load them, see what is loaded.", no_args_is_help=True)
app.add_typer(lists_app, name="lists")
app.add_typer(law_app, name="law")
app.add_typer(leak_app, name="leak")
app.command(short_help="Say who is caught by who owns it.")(trace)


_FORMATS = ("table", "json", "jsonl", "csv", "html", "md")
_ROW_FORMATS = ("table", "json", "jsonl", "csv", "md")


@app.command(short_help="Judge dealings by the law of their day.")
def check(
    dealings: Annotated[Path | None, typer.Argument(help="CSV or JSON lines; may be gzipped.")] = None,
    example: Annotated[bool, typer.Option("--example", help="Check the built-in casebook.")] = False,
    on: On = "",
    lists: Lists = [],
    nexus: Annotated[str, typer.Option(help="Whose law binds you beside the UN's, e.g. us,eu. Without it: all.")] = "",
    ledger: Annotated[list[Path], typer.Option("--ledger", help="Rows to add to what was supplied under caps.")] = [],
    format: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "table",
    explain: Annotated[bool, typer.Option("--explain", help="Say why in full, fact by fact.")] = False,
    out: Out = None,
) -> None:
    """Find listed parties in dealings and judge them by the law of the day."""
    from seawall import flow, report

    known(format, _FORMATS)
    if explain and format == "csv":
        raise UsageError("--explain has no room in csv; table, md, html, json and jsonl hold the reasons")
    on_day = day(on)
    if (dealings is None) == (not example):
        raise UsageError("give either a file of dealings or --example")
    rows, errors = flow.example() if dealings is None else flow.read_dealings(dealings)
    if not rows:
        complain(errors)
        raise InputError("no dealing could be read", file=str(dealings))
    prepare()
    wall = flow.open(lists=lists, ledgers=ledger, casebook_only=example and not lists)
    asked = [part.strip().lower() for part in nexus.split(",") if part.strip()]
    title = "The casebook" if example else f"Dealings of {dealings}"
    case = flow.check(wall, rows, errors=errors, on=on_day, nexus=asked, title=title)
    if format == "table":
        show(out, lambda screen: report.print_case(case, screen, explain=explain))
    else:
        write(report.write_case(case, format), out)
    complain(case.errors)
    raise typer.Exit(report.exit_code(case))


@app.command(short_help="Look for names on lists, with reasons.")
def screen(
    parties: Annotated[Path, typer.Argument(help="CSV or JSON lines of names; may be gzipped.")],
    lists: Lists = [],
    map: Annotated[
        list[str], typer.Option("--map", metavar="COLUMN=PROPERTY", help="E.g. name=name, dob=birthDate.")
    ] = [],
    schema: Annotated[str, typer.Option(help="Person, Company, Organization, LegalEntity, Vessel ...")] = "",
    threshold: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Least score of a hit.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Most hits per name.")] = None,
    include_empty: Annotated[bool, typer.Option("--include-empty", help="A row for each name without a hit.")] = False,
    workers: Annotated[int | None, typer.Option(min=0, help="Threads; 0, the default, is one per core.")] = None,
    format: Annotated[str, typer.Option("--format", help=" | ".join(_ROW_FORMATS))] = "",
    out: Out = None,
) -> None:
    """Look for names on lists: one row per hit, best first, with the reason."""
    from seawall import flow, report

    chosen = format or ("csv" if out else "table")
    known(chosen, _ROW_FORMATS)
    queries, errors = flow.read_parties(parties, _mapping(map), schema)
    if not queries:
        complain(errors)
        raise InputError("no name could be read", file=str(parties))
    prepare()
    wall = flow.open(lists=lists, workers=workers)
    with progress(len(queries), "looking for names") as told:
        result = flow.screen(wall, queries, errors=errors, threshold=threshold, limit=limit, told=told)
    if chosen == "table":
        show(out, lambda screen: report.print_screening(result, screen, include_empty=include_empty))
    else:
        write(report.write_screening(result, chosen, include_empty=include_empty), out)
    for note in wall.notes:
        typer.echo(note, err=True)
    complain(result.errors)
    raise typer.Exit(1 if result.hits else 0)


@app.command(short_help="Say how likely two names are one, pair by pair.")
def compare(
    pairs: Annotated[Path, typer.Argument(help="CSV or JSON lines with name1 and name2; may be gzipped.")],
    format: Annotated[str, typer.Option("--format", help=" | ".join(_ROW_FORMATS))] = "",
    out: Out = None,
) -> None:
    """Score pairs of names without a list: each row again, with its score and why."""
    from seawall import flow, report

    chosen = format or ("csv" if out else "table")
    known(chosen, _ROW_FORMATS)
    asked, errors = flow.read_pairs(pairs)
    if not asked:
        complain(errors)
        raise InputError("no pair could be read", file=str(pairs))
    with progress(len(asked), "comparing names") as told:
        prepare()
        result = flow.compare(asked, errors=errors, told=told)
    if chosen == "table":
        show(out, lambda screen: report.print_pairs(result, screen))
    else:
        write(report.write_pairs(result, chosen), out)
    complain(result.errors)


@lists_app.command("load")
def lists_load(paths: Annotated[list[Path], typer.Argument(help="Files or folders, as published.")]) -> None:
    """Read official lists and keep them as the snapshot that later runs use."""
    from seawall import flow, report

    name, read = flow.load_lists(paths)
    report.print_editions(read.editions, console())
    complain(read.errors)
    typer.echo(f"snapshot {name}: {len(read.entities)} entities")


@lists_app.command("status")
def lists_status() -> None:
    """Show which lists are in use, their edition and what they hold."""
    from seawall import flow, report

    wall_editions, note = flow.editions()
    report.print_editions(wall_editions, console())
    typer.echo(note)


def _mapping(pairs: Sequence[str]) -> dict[str, str]:
    """`column=property` pairs as a dict. Raises UsageError for a pair without "="."""
    for pair in pairs:
        if "=" not in pair:
            raise UsageError(f"--map takes column=property, not {pair!r}")
    return dict(pair.split("=", 1) for pair in pairs)


def main() -> None:
    """Run the command, turning errors of ours into one line and their exit code."""
    # A run makes millions of small records that live until its end: to look through them for cycles every 700 costs
    # a quarter of reading and writing.
    gc.set_threshold(500_000)
    try:
        app(standalone_mode=True)
    except SeawallError as error:
        typer.echo(f"seawall: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
