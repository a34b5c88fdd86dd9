"""What each measure stopped, two packages over the same flows, and a forecast held against what came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seawall.errors import UsageError
from seawall.model import Enforcement, Estimate, Foretold, Held, Hindcast, Prior, Reduction, Refill, Source, Stopped
from seawall.report.flows import foot, print_sources, rough
from seawall.report.layout import hanging, printable
from seawall.report.rows import markdown_table, to_csv, to_json

ENFORCEMENT_SCHEMA = "seawall-enforcement/1"
STOPPED_SCHEMA = "seawall-stopped/1"
HINDCAST_SCHEMA = "seawall-hindcast/1"
_ENDS = ("low", "mid", "high")
_READ = {"barrels": ("million barrels", 1e6), "bbl": ("million barrels", 1e6), "persons": ("thousand persons", 1e3)}
"""Units that are read in larger ones on the screen; files keep them as they are."""
ENFORCEMENT_COLUMNS = (
    "row", "what", "topic", "partner", "years", "unit", *(f"mandated_{e}" for e in _ENDS),
    *(f"observed_{e}" for e in _ENDS), *(f"prior_{e}" for e in _ENDS), *(f"held_{e}" for e in _ENDS), "trials",
    "measures", "basis", "why",
)  # fmt: skip
STOPPED_COLUMNS = (
    "channel", "title", "kind", "year", "unit",
    *(f"{what}_{e}" for what in ("level", "first", "second", "more") for e in _ENDS), "measures", "basis",
)  # fmt: skip
HINDCAST_COLUMNS = ("target", "title", "since", "to", "published", *_ENDS, "inside", "source", "why")


@dataclass(frozen=True, slots=True)
class EnforcementPage:
    """What held, with the sources and how it was drawn."""

    found: Enforcement
    sources: tuple[Source, ...]
    draws: int
    seed: int
    engine_version: str
    tables_edition: str


@dataclass(frozen=True, slots=True)
class StoppedPage:
    """Two packages over channels at their level of a year. `before`, `first` and `second` are the titles of the law
    before them and of the two. `silent` channels have no level, `unasked` ones no dealing that stands for them;
    `unsaid` is what each package speaks of and no flow carries.
    """

    title: str
    before: str
    first: str
    second: str
    level: int
    rows: tuple[Stopped, ...]
    totals: tuple[Stopped, ...]
    silent: tuple[str, ...]
    unasked: tuple[str, ...]
    unsaid: tuple[tuple[str, ...], ...]
    refill: Refill
    prior: Prior
    sources: tuple[Source, ...]
    draws: int
    seed: int
    engine_version: str
    tables_edition: str


@dataclass(frozen=True, slots=True)
class HindcastPage:
    """A hindcast and how many of its targets lie in their range."""

    past: Hindcast
    found: tuple[Foretold, ...]
    inside: float
    prior: Prior
    refill: Refill
    sources: tuple[Source, ...]
    draws: int
    seed: int
    engine_version: str
    tables_edition: str


def write_enforcement(page: EnforcementPage, form: str) -> str:
    """What held, as json, csv or md. Raises UsageError for another format."""
    rows = [_reduction(r) for r in page.found.reductions] + [_held("held", h) for h in page.found.held]
    rows += [_held("partner", h) for h in page.found.typical]
    return _written(rows, ENFORCEMENT_COLUMNS, {"schema": ENFORCEMENT_SCHEMA, **asdict(page)}, form)


def write_stopped(page: StoppedPage, form: str) -> str:
    """Two packages, as json, csv or md. Raises UsageError for another format."""
    rows = [_stopped(r) for r in (*page.rows, *page.totals)]
    return _written(rows, STOPPED_COLUMNS, {"schema": STOPPED_SCHEMA, **asdict(page)}, form)


def write_hindcast(page: HindcastPage, form: str) -> str:
    """A hindcast, as json, csv or md. Raises UsageError for another format."""
    rows = [_foretold(f) for f in page.found]
    return _written(rows, HINDCAST_COLUMNS, {"schema": HINDCAST_SCHEMA, **asdict(page)}, form)


def _written(rows: Sequence[Mapping[str, str]], columns: Sequence[str], document: object, form: str) -> str:
    if form == "json":
        return to_json(document, indent=2)
    if form == "csv":
        return to_csv(rows, columns, ())
    if form == "md":
        return markdown_table(columns, rows)
    raise UsageError(f"no format {form!r} for estimates")


def _ends(name: str, one: Estimate | None) -> dict[str, str]:
    if one is None:
        return {}
    return {f"{name}_{end}": repr(getattr(one, end)) for end in _ENDS}


def _reduction(r: Reduction) -> dict[str, str]:
    return {
        "row": "seen", "what": r.seen.title, "topic": r.seen.topic, "partner": r.seen.partner,
        "years": str(r.seen.year), "unit": r.seen.unit, **_ends("mandated", r.mandated),
        **_ends("observed", r.observed), **_ends("held", r.held), "trials": f"{r.trials:.1f}",
        "measures": ";".join(r.covered.measures), "basis": ";".join(r.mandated.basis), "why": r.seen.why,
    }  # fmt: skip


def _held(row: str, h: Held) -> dict[str, str]:
    return {
        "row": row, "topic": h.topic, "partner": h.partner, "years": ";".join(map(str, h.years)), "unit": "share",
        **_ends("prior", h.prior), **_ends("held", h.posterior), "trials": f"{h.trials:.1f}",
        "basis": ";".join(h.posterior.basis),
    }  # fmt: skip


def _stopped(r: Stopped) -> dict[str, str]:
    return {
        "channel": r.channel, "title": r.title, "kind": r.kind.value, "year": str(r.year), "unit": r.level.unit,
        **_ends("level", r.level), **_ends("first", r.first), **_ends("second", r.second), **_ends("more", r.more),
        "measures": ";".join(r.measures), "basis": ";".join(r.level.basis),
    }  # fmt: skip


def _foretold(f: Foretold) -> dict[str, str]:
    return {
        "target": f.target.id, "title": f.target.title, "since": str(f.target.since), "to": str(f.target.to),
        "published": repr(f.target.published.mid), **{end: repr(getattr(f.predicted, end)) for end in _ENDS},
        "inside": "yes" if f.inside else "no", "source": f.target.source, "why": "" if f.inside else f.target.why,
    }  # fmt: skip


def print_enforcement(page: EnforcementPage, console: Console, *, sources: bool = False) -> None:
    """What the law asked to go and what went, row by row; then the share that held, before and after."""
    found = page.found
    console.print(Text("What the law asked to go, and what went", style="bold"))
    for r in found.reductions:
        held = f"held {_shares(r.held)}" if r.held else "nothing was asked"
        unit, size = _READ.get(r.seen.unit, (r.seen.unit, 1.0))
        console.print(Text(printable(f"{r.seen.title}, {unit}")))
        asked = f"asked {_span(r.mandated, size)}; went {_span(r.observed, size)}; "
        console.print(hanging(Text.assemble(asked, (held, "bold")), console, 1, ""))
    console.print(Text("\nShare of the measure that held, at each partner", style="bold"))
    table = _table(("measure", "partner", "before", "with what was seen", "trials", "years"), fold=("years",))
    for h in (*found.held, *found.typical):
        years = ", ".join(map(str, dict.fromkeys(h.years)))
        after = _shares(h.posterior)
        table.add_row(*_cells(h.topic or "any", h.partner or "all", _shares(h.prior), after, f"{h.trials:.0f}", years))
    console.print(table)
    _line(console, f"Before: {found.prior.why}")
    _line(console, "A trial is what one yes or no would tell; what each row counts follows from its range.")
    _line(console, f"The weighted draws are worth {found.effective:,.0f} even ones.")
    for title, why in found.left_out:
        _line(console, f"Not measured: {title}: {why}")
    _foot(page.sources, page.draws, page.seed, console, sources=sources)


def print_stopped(page: StoppedPage, console: Console, *, sources: bool = False) -> None:
    """What each of two packages stops beyond the law before them, per channel and year, and the difference."""
    if page.title:
        console.print(Text(printable(page.title), style="bold"))
    for mark, title in (("before", page.before), ("A", page.first), ("B", page.second)):
        _line(console, f"{mark}: {title}", "")
    _line(console, f"Stopped beyond the law before, of flows at their level of {page.level}:", "")
    _line(console, _columns("", ("A stops", "B stops", "B more than A")), "")
    for _, group in groupby((*page.totals, *page.rows), key=lambda r: (r.channel, r.kind, r.level.unit)):
        rows = list(group)
        unit, size = _READ.get(rows[0].level.unit, (rows[0].level.unit, 1.0))
        head = f"{rows[0].title}, {unit}: {_span(rows[0].level, size)} in {page.level}"
        console.print(Text(printable(head), style="bold"))
        for r in rows:
            _line(console, _columns(str(r.year), [_span(e, size) for e in (r.first, r.second, r.more)]), "")
    if not page.rows:
        _line(console, "Neither stops anything of the channels that are modelled.")
    for line in remarks(page):
        _line(console, line)
    _foot(page.sources, page.draws, page.seed, console, sources=sources)


def remarks(page: StoppedPage) -> Iterator[str]:
    """What is in no number, and what the numbers take as given."""
    for mark, unsaid in zip("AB", page.unsaid, strict=True):
        if unsaid:
            yield f"{mark} speaks of this too, of which no flow is modelled: {'; '.join(unsaid)}."
    if page.silent:
        yield f"No level in {page.level}: {', '.join(page.silent)}."
    if page.unasked:
        yield f"No measure is asked about: {', '.join(page.unasked)}."
    share = page.refill.share
    yield (
        f"New goods make good {share.low:.0%} to {share.high:.0%} of lost income by {page.refill.years} years after. "
        f"{page.refill.why}"
    )


def print_hindcast(page: HindcastPage, console: Console, *, sources: bool = False) -> None:
    """Each target: what was published, what was foretold, and why it missed where it did."""
    console.print(Text(printable(page.past.title), style="bold"))
    _line(console, page.past.note, "")
    table = _table(("change in percent", "published", "foretold", "inside"), fold=("change in percent",))
    for f in page.found:
        ranged = f"{_change(f.predicted.mid)} ({_change(f.predicted.low)} to {_change(f.predicted.high)})"
        inside = "yes" if f.inside else "no"
        table.add_row(*_cells(f.target.title, _change(f.target.published.mid), ranged, inside))
    console.print(table)
    count = sum(f.inside for f in page.found)
    share = page.found[0].predicted.share
    console.print(Text(f"{count} of {len(page.found)} inside ({page.inside:.0%}; the ranges claim {share:.0%})"))
    for f in page.found:
        if not f.inside:
            _line(console, f"{f.target.title}: {f.target.why}")
    _line(console, f"What holds, before anything was seen: {page.prior.why}")
    _foot(page.sources, page.draws, page.seed, console, sources=sources)


def _columns(head: str, texts: Sequence[str]) -> str:
    """A line of a list whose titles run over all columns; it fits a terminal of 80."""
    return f"{head:<5}" + " ".join(f"{text:<24}" for text in texts).rstrip()


def _span(one: Estimate, size: float = 1.0) -> str:
    """An estimate in units of `size`: `251 (177 to 344)`, `none` for one that is nothing in every draw."""
    if not (one.low or one.mid or one.high):
        return "none"
    return f"{rough(one.mid / size)} ({rough(one.low / size)} to {rough(one.high / size)})"


def _change(value: float) -> str:
    return f"{value:+.1f}"


def _shares(one: Estimate) -> str:
    return f"{one.mid:.2f} ({one.low:.2f} to {one.high:.2f})"


def _cells(*texts: str) -> tuple[Text, ...]:
    return tuple(Text(printable(text)) for text in texts)


def _line(console: Console, text: str, mark: str = "- ") -> None:
    console.print(hanging(Text(printable(text)), console, 0, mark))


def _table(headings: Sequence[str], fold: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading not in fold)
    return table


def _foot(named: Sequence[Source], draws: int, seed: int, console: Console, *, sources: bool) -> None:
    console.print(Text(foot(draws, seed, None), style="dim"))
    if sources:
        print_sources(named, console)
