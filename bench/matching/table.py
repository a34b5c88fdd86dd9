"""Figures as tables that read the same in Markdown and in a terminal of 80 columns, and what changed in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Cell = str | float | None
Figures = Mapping[str, Any]

_DIGITS = frozenset("0123456789-")
_CHANGED, _NOISE = 0.0005, 0.15
"""A share has changed if by so much; a time, speed or size if by such a part of itself: less is the machine's mood."""


def table(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """A padded Markdown table without outer bars; numbers, and figures given as text, to the right."""
    text = [[_cell(cell) for cell in row] for row in rows]
    wide = [max(map(len, column)) for column in zip(header, *text, strict=True)]
    right = [all(cell[n][:1] in _DIGITS for cell in text) for n in range(len(header))]
    lines = [header, ["-" * (w - 1) + (":" if r else "-") for w, r in zip(wide, right, strict=True)], *text]
    return "\n".join(
        " | ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in zip(line, wide, right, strict=True)).rstrip()
        for line in lines
    )


def percent(share: float | None) -> str:
    """A share in per cent with three digits; "-" if there is none."""
    if share is None:
        return "-"
    return f"{100 * share:.2f}" if share < 0.0995 else f"{100 * share:.1f}" if share < 0.9995 else "100"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{cell:.3f}" if abs(cell) < 2 else f"{cell:,.1f}" if abs(cell) < 100 else f"{cell:,.0f}"


def flat(figures: object, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number of nested mappings with the keys that lead to it."""
    if isinstance(figures, Mapping):
        for key, value in figures.items():
            yield from flat(value, f"{path} {key}".strip())
    elif isinstance(figures, int | float) and not isinstance(figures, bool):
        yield path, float(figures)


def difference(frozen: Figures, found: Figures) -> list[str]:
    """A line for each number of the parts found that is no longer what was frozen, thresholds apart: they follow."""
    before = dict(flat(frozen))
    lines = []
    for path, value in flat(found):
        old = before.get(path)
        if old is not None and "thresholds" not in path and _differ(old, value):
            sign = "+" if value > old else ""
            lines.append(f"{path}: {_cell(old)} -> {_cell(value)} ({sign}{_cell(value - old)})")
    return lines


def _differ(old: float, new: float) -> bool:
    if max(abs(old), abs(new)) <= 1:
        return abs(new - old) >= _CHANGED
    return abs(new - old) > _NOISE * max(abs(old), abs(new))
