"""What all commands share: options, the check of their values, and output that is whole or not there."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from seawall.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from seawall.model import RowError

Out = Annotated[Path | None, typer.Option("--out", help="Write here instead of to the screen.")]
Lists = Annotated[list[Path], typer.Option("--lists", help="Official list files or folders, as published.")]
On = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Judge under the law of this day.")]


def day(text: str) -> date | None:
    """A day of the command line, None if it was not given. Raises UsageError for anything else."""
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise UsageError(f"--on must be a day such as 2018-03-01, not {text!r}") from error


def known(value: str, allowed: Sequence[str]) -> None:
    """Raises UsageError for a format that is not one of these."""
    if value not in allowed:
        raise UsageError(f"--format must be one of {', '.join(allowed)}, not {value!r}")


def console(**options: Any) -> Console:
    """A console of rich, which is loaded only now."""
    from rich.console import Console

    return Console(**options)


def show(out: Path | None, draw: Callable[[Console], None]) -> None:
    """Draw on the terminal, or the same as plain text into a file."""
    if out is None:
        draw(console())
        return
    page = io.StringIO()
    draw(console(file=page, width=100))
    write("\n".join(line.rstrip() for line in page.getvalue().splitlines()), out)


def write(text: str, out: Path | None) -> None:
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


LONG = 5_000
"""Above so many names or pairs, how far the work is shows on a terminal."""


@contextmanager
def progress(total: int, says: str) -> Iterator[Callable[[int], object]]:
    """A bar on stderr while long work goes on, if that is a terminal. It gives what to call with how many are done."""
    if total <= LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    looks = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*looks, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(says, total=total)
        yield lambda done: bar.update(task, completed=done)


def prepare() -> None:
    """Say on stderr that the first use takes longer, where it does."""
    from seawall import flow

    if not flow.prepared():
        typer.echo("Preparing the matcher for this machine, once: about half a minute.", err=True)


def complain(errors: Sequence[RowError]) -> None:
    """What could not be read, on stderr."""
    for error in errors[:20]:
        typer.echo(f"error: {error}", err=True)
    if len(errors) > 20:
        typer.echo(f"error: and {len(errors) - 20} more; `--format json` holds all of them", err=True)
