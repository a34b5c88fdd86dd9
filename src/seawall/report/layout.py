"""Indented lines for the terminal: what wraps stands under its own text, at any width."""

from __future__ import annotations

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

_MOST = 3
"""Indents take at most this part of the width: on a narrow terminal deep lines stand closer."""


def printable(text: object) -> str:
    """Text for a terminal, without the control characters that would steer it."""
    return "".join(c if c.isprintable() else " " for c in str(text))


def hanging(text: Text, console: Console, depth: int, mark: str = "- ") -> RenderableType:
    """A line `depth` levels in, after its mark."""
    indent = min(2 * depth, console.width // _MOST)
    if not indent and not mark:
        return text
    row = Table.grid(padding=0)
    row.add_column(width=indent + len(mark), no_wrap=True)
    row.add_column(overflow="fold")
    row.add_row(Text(" " * indent + mark), text)
    return row
