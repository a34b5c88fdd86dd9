"""The command line. Exit codes: 0 nothing found, 1 something found, 2 usage, 3 bad input, 4 network."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from seawall.errors import InputError, SeawallError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from seawall.model import RowError

app = typer.Typer(
    name="seawall",
    help="Does this dealing breach the sanctions regime? Which paragraph, in force on that day, on what evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
lists_app = typer.Typer(help="Official lists: load them, see what is loaded.", no_args_is_help=True)
law_app = typer.Typer(help="The law as data: measures, their dates and sources.", no_args_is_help=True)
app.add_typer(lists_app, name="lists")
app.add_typer(law_app, name="law")

_Lists = Annotated[list[Path], typer.Option("--lists", help="Official list files or folders, as published.")]
_Out = Annotated[Path | None, typer.Option("--out", help="Write here instead of to the screen.")]
_On = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Judge under the law of this day.")]
_FORMATS = ("table", "json", "jsonl", "csv", "html", "md")


@app.command(short_help="Judge dealings by the law of their day.")
def check(
    dealings: Annotated[Path | None, typer.Argument(help="CSV or JSON lines; may be gzipped.")] = None,
    example: Annotated[bool, typer.Option("--example", help="Check the built-in casebook.")] = False,
    on: _On = "",
    lists: _Lists = [],
    nexus: Annotated[str, typer.Option(help="Whose law binds you beside the UN's, e.g. us,eu. Without it: all.")] = "",
    ledger: Annotated[list[Path], typer.Option("--ledger", help="Rows to add to what was supplied under caps.")] = [],
    format: Annotated[str, typer.Option("--format", help=" | ".join(_FORMATS))] = "table",
    out: _Out = None,
) -> None:
    """Find listed parties in dealings and judge them by the law of the day."""
    from seawall import flow, report

    _known(format, _FORMATS)
    day = _day(on)
    if (dealings is None) == (not example):
        raise UsageError("give either a file of dealings or --example")
    rows, errors = flow.example() if dealings is None else flow.read_dealings(dealings)
    if not rows:
        _complain(errors)
        raise InputError("no dealing could be read", file=str(dealings))
    wall = flow.open(lists=lists, ledgers=ledger, casebook_only=example and not lists)
    asked = [part.strip().lower() for part in nexus.split(",") if part.strip()]
    title = "The casebook" if example else f"Dealings of {dealings}"
    case = flow.check(wall, rows, errors=errors, on=day, nexus=asked, title=title)
    if format == "table":
        _show(out, lambda console: report.print_case(case, console))
    else:
        _write(report.write_case(case, format), out)
    _complain(case.errors)
    raise typer.Exit(report.exit_code(case))


@app.command(short_help="Look for names on lists, with reasons.")
def screen(
    parties: Annotated[Path, typer.Argument(help="CSV or JSON lines of names; may be gzipped.")],
    lists: _Lists = [],
    map: Annotated[
        list[str], typer.Option("--map", metavar="COLUMN=PROPERTY", help="E.g. name=name, dob=birthDate.")
    ] = [],
    schema: Annotated[str, typer.Option(help="Person, Company, Organization, LegalEntity, Vessel ...")] = "",
    threshold: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Least score of a hit.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Most hits per name.")] = None,
    include_empty: Annotated[bool, typer.Option("--include-empty", help="A row for each name without a hit.")] = False,
    format: Annotated[str, typer.Option("--format", help="table | json | jsonl | csv | md")] = "",
    out: _Out = None,
) -> None:
    """Look for names on lists: one row per hit, best first, with the reason."""
    from seawall import flow, report

    chosen = format or ("csv" if out else "table")
    _known(chosen, ("table", "json", "jsonl", "csv", "md"))
    queries, errors = flow.read_parties(parties, _mapping(map), schema)
    if not queries:
        _complain(errors)
        raise InputError("no name could be read", file=str(parties))
    wall = flow.open(lists=lists)
    result = flow.screen(wall, queries, errors=errors, threshold=threshold, limit=limit)
    if chosen == "table":
        _show(out, lambda console: report.print_screening(result, console, include_empty=include_empty))
    else:
        _write(report.write_screening(result, chosen, include_empty=include_empty), out)
    for note in wall.notes:
        typer.echo(note, err=True)
    _complain(result.errors)
    raise typer.Exit(1 if result.hits else 0)


@lists_app.command("load")
def lists_load(paths: Annotated[list[Path], typer.Argument(help="Files or folders, as published.")]) -> None:
    """Read official lists and keep them as the snapshot that later runs use."""
    from seawall import flow, report

    name, read = flow.load_lists(paths)
    report.print_editions(read.editions, _console())
    _complain(read.errors)
    typer.echo(f"snapshot {name}: {len(read.entities)} entities")


@lists_app.command("status")
def lists_status() -> None:
    """Show which lists are in use, their edition and what they hold."""
    from seawall import flow, report

    wall_editions, note = flow.editions()
    report.print_editions(wall_editions, _console())
    typer.echo(note)


@law_app.command("list")
def law_list(
    on: _On = "",
    regime: Annotated[str, typer.Option(help="Only this regime.")] = "",
) -> None:
    """List the measures, or those in force on a day."""
    from seawall import flow, report

    report.print_measures(flow.measures(_day(on), regime), _console())


@law_app.command("show")
def law_show(measure: Annotated[str, typer.Argument(help="A measure's id, e.g. unscr-2375-16.")]) -> None:
    """Show one measure: scope, routes, dates, verification and sources."""
    from seawall import flow, report

    report.print_measure(flow.measure(measure), _console())


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(f"--on must be a day such as 2018-03-01, not {text!r}") from error


def _known(value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise UsageError(f"--format must be one of {', '.join(allowed)}, not {value!r}")


def _mapping(pairs: Sequence[str]) -> dict[str, str]:
    """`column=property` pairs as a dict. Raises UsageError for a pair without "="."""
    for pair in pairs:
        if "=" not in pair:
            raise UsageError(f"--map takes column=property, not {pair!r}")
    return dict(pair.split("=", 1) for pair in pairs)


def _console(**options: Any) -> Console:
    from rich.console import Console

    return Console(**options)


def _show(out: Path | None, draw: Any) -> None:
    if out is None:
        draw(_console())
        return
    page = io.StringIO()
    draw(_console(file=page, width=100))
    _write(page.getvalue(), out)


def _write(text: str, out: Path | None) -> None:
    """To the screen, or to a file that is whole or not there."""
    if out is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=out.parent, delete=False) as draft:
            draft.write(text)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(out)
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror}") from error
    typer.echo(f"wrote {out}", err=True)


def _complain(errors: Sequence[RowError]) -> None:
    for error in errors[:20]:
        typer.echo(f"error: {error}", err=True)
    if len(errors) > 20:
        typer.echo(f"error: and {len(errors) - 20} more; `--format json` holds all of them", err=True)


def main() -> None:
    """Run the command, turning errors of ours into one line and their exit code."""
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
