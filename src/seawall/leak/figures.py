"""Figures, their conflicts, and statements set against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from seawall import __version__
from seawall.errors import InputError, TableError, UsageError
from seawall.estimate import conflicts as contradictions
from seawall.model import Figures, RowError, Source
from seawall.report import ConflictPage, FigurePage
from seawall.sources.raw import read_raw
from seawall.tables.edition import tables_edition
from seawall.tables.figures import load_figures, read_figures, read_sources
from seawall.tables.page import Page
from seawall.tables.quantities import load_checks, load_quantities


def figures(
    series: str = "", on: date | None = None, own: Path | None = None, sources: Path | None = None
) -> FigurePage:
    """The figures of a series, or a list of series: all, or those whose name begins with `series` and a point.

    `on` keeps those that could be read on that day. `own` is a CSV of the user's that is added, `sources` a YAML of its
    sources. Raises UsageError if no series has that name, InputError if a file cannot be read.
    """
    found, errors = _figures(on, own, sources)
    _check_name(series, found, on)
    rows = found.series(series)
    lines = tuple(s for s in found.summaries() if _under(s.name, series))
    cited = sources_of(found, (f.source for f in rows))
    units = tuple(found.units[name] for name in sorted({f.unit for f in rows}))
    one = series if rows else ""
    return FigurePage(one, lines, rows, cited, units, on, errors, __version__, tables_edition().day)


def conflicts(
    series: str = "", on: date | None = None, own: Path | None = None, sources: Path | None = None
) -> ConflictPage:
    """Where figures contradict one another, and how statements stand against them; as `figures` for the rest."""
    found, errors = _figures(on, own, sources)
    _check_name(series, found, on)
    sides = tuple(
        c
        for c in contradictions.conflicts(found, load_quantities())
        if any(_under(f.series, series) for f in c.figures)
    )
    checks = tuple(
        c
        for c in contradictions.check(found, load_checks())
        if any(_under(part.series, series) for part in (c.check.stated, *c.check.against))
    )
    cited = [name for c in sides for name in (*(f.source for f in c.figures), *c.see)]
    cited += [name for c in checks for name in (c.stated.source, *(c.found.basis if c.found else ()))]
    return ConflictPage(sides, checks, sources_of(found, cited), on, errors, __version__, tables_edition().day)


def _under(name: str, series: str) -> bool:
    """Whether a series is this one or below it; all are below ""."""
    return not series or name == series or name.startswith(f"{series}.")


def sources_of(found: Figures, names: Iterable[str]) -> tuple[Source, ...]:
    """Sources by their ids, in order. A basis may name a judgement too, which is no source."""
    return tuple(found.sources[name] for name in sorted({*names} & found.sources.keys()))


def _check_name(series: str, found: Figures, on: date | None) -> None:
    """Raises UsageError with the nearest names if no series is this one or below it."""
    names = found.names()
    if not any(_under(name, series) for name in names) and series:
        near = get_close_matches(series, names, n=3, cutoff=0.5)
        known = f" that could be read on {on}" if on else ""
        hint = f"; is {' or '.join(near)} meant?" if near else "; `seawall leak figures` lists them"
        raise UsageError(f"no series {series!r}{known}{hint}")


def _figures(on: date | None, own: Path | None, sources: Path | None) -> tuple[Figures, tuple[RowError, ...]]:
    """The built-in figures with the user's own, as far as they could be read on a day."""
    found = load_figures()
    errors: tuple[RowError, ...] = ()
    if sources is not None:
        try:
            added = read_sources(Page(sources, str(sources)))
        except TableError as error:
            raise InputError(error.message, file=error.file, field=error.field) from error
        twice = sorted(added.keys() & found.sources.keys())
        if twice:
            raise InputError(f"{', '.join(twice)} is a source of the built-in figures", file=str(sources), field="id")
        found = replace(found, sources={**found.sources, **added})
    if own is not None:
        raw = read_raw(own)
        try:
            text = raw.data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"not UTF-8 text: {error}", file=raw.file) from error
        rows, errors = read_figures(text, raw.file, found.sources, found.units)
        found = replace(found, rows=(*found.rows, *rows))
    return found.known(on), errors
