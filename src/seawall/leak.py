"""How much still flows, what each measure stopped, what another package would change. Wiring only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from seawall import __version__, judge
from seawall.errors import InputError, TableError, UsageError
from seawall.estimate import conflicts as contradictions
from seawall.estimate import gaps
from seawall.estimate import mirror as mirrored
from seawall.estimate.compilers import compilers
from seawall.estimate.noise import noise
from seawall.estimate.prices import odd_prices
from seawall.judge.trade import banned
from seawall.model import Figures, RowError, Source
from seawall.report import ConflictPage, FigurePage, MirrorPage
from seawall.sources.raw import read_raw
from seawall.sources.trade import Wanted, places, read_trade
from seawall.tables import law
from seawall.tables.edition import tables_edition
from seawall.tables.figures import load_figures, read_figures, read_sources
from seawall.tables.mirror import load_mirror
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
    cited = _sources(found, (f.source for f in rows))
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
    return ConflictPage(sides, checks, _sources(found, cited), on, errors, __version__, tables_edition().day)


def mirror(files: Sequence[Path], reporters: Sequence[str] = (), partners: Sequence[str] = ()) -> MirrorPage:
    """Set what partners record of one trade side by side, and say which gaps mean something (docs/mirror.md).

    `files` are of any layout of `sources.trade_formats`. `reporters` and `partners`, codes or names, keep only trade of
    one of the former with one of the latter, whichever side tells it; all if none are named.
    Raises UsageError for a country that is not known, InputError if a file cannot be read.
    """
    trade = read_trade(files, Wanted(places(reporters, "--reporter"), places(partners, "--partner")))
    terms = load_mirror()
    bans = banned(judge.compile(law.load_regimes(), law.load_terms()), trade.rows)
    beside = noise(mirrored.pairs(trade.rows, terms), terms)
    pairs = gaps.raised(beside.pairs, terms)
    return MirrorPage(
        read=trade.read, formats=trade.formats, left_out=trade.left_out, errors=trade.errors,
        pairs=gaps.with_bans(pairs, bans), flags=gaps.flags(pairs, bans), classes=beside.classes,
        reporters=beside.reporters, measured=beside.measured, prices=odd_prices(trade.rows, terms),
        compilers=compilers(trade.rows, trade.again), silent=tuple(gaps.silent(trade.rows, pairs)), terms=terms,
        engine_version=__version__, tables_edition=tables_edition().day,
    )  # fmt: skip


def _under(name: str, series: str) -> bool:
    """Whether a series is this one or below it; all are below ""."""
    return not series or name == series or name.startswith(f"{series}.")


def _sources(found: Figures, names: Iterable[str]) -> tuple[Source, ...]:
    return tuple(found.sources[name] for name in sorted(set(names)))


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
    return (found.known(on) if on else found), errors
