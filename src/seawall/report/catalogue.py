"""What is known rather than what was decided: lists in use, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from seawall.model import Edition


def print_editions(editions: Sequence[Edition], console: Console) -> None:
    """One block per list: title, day, what it held, hash."""
    for edition in editions:
        counts = ", ".join(f"{number:,} {what}" for what, number in edition.counts)
        day = edition.day or "no date in the file"
        source = f" ({edition.path})" if edition.path else ""
        console.print(f"[bold]{escape(edition.title)}[/bold], {escape(day)}{escape(source)}", highlight=False)
        console.print(f"  {escape(counts)}; sha256 {edition.sha256[:16]}", highlight=False)
