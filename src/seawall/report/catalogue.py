"""What is known rather than what was decided: lists in use, and how far a fact is verified, in words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from seawall.model import Edition, Verification

VERIFICATION_WORDS = {
    Verification.VERIFIED: "verified against a source",
    Verification.PARTLY: "partly verified",
    Verification.DERIVED: "derived by arithmetic",
    Verification.MEMORY: "from memory, not verified against the official text",
}


def print_editions(editions: Sequence[Edition], console: Console) -> None:
    """One block per list: title, day, what it held, hash."""
    for edition in editions:
        counts = ", ".join(f"{number:,} {what}" for what, number in edition.counts)
        day = edition.day or "no date in the file"
        source = f" ({edition.path})" if edition.path else ""
        console.print(f"[bold]{escape(edition.title)}[/bold], {escape(day)}{escape(source)}", highlight=False)
        console.print(f"  {escape(counts)}; sha256 {edition.sha256[:16]}", highlight=False)
