"""Regimes from YAML, checked and turned into nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from seawall.errors import TableError
from seawall.model import (
    Binding,
    Cap,
    Condition,
    Effect,
    Kind,
    Limit,
    Measure,
    Paragraph,
    Regime,
    Route,
    Terms,
    Verification,
)
from seawall.tables.goods import load_factors, load_goods
from seawall.tables.page import Page, Strict
from seawall.tables.territory import country_names, load_groups

_APART = frozenset({"regime.yaml", "paragraphs.yaml"})


class _Route(Strict):
    id: str = Field(min_length=1)
    kind: str
    title: str = Field(min_length=1)
    when: Any
    owed: str = ""
    hint: str = ""
    paragraph: str = ""
    start: date | None = None
    end: date | None = None
    verification: Verification = Verification.MEMORY


class _Checked(Strict):
    paragraph: Verification
    substance: Verification
    details: Verification


class _Measure(Strict):
    id: str = Field(min_length=1)
    paragraph: str = Field(min_length=1)
    title: str = Field(min_length=1)
    effect: Effect
    binding: Binding
    start: date
    end: date | None = None
    adopted: date | None = None
    """Where it is not the day of its instrument, as for what a later text clarified."""
    scope: Any
    summary: str = ""
    routes: tuple[_Route, ...] = ()
    url: str = ""
    verification: Verification
    verification_note: str = ""
    sources: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    change: str = ""
    tags: tuple[str, ...] = ()


class _Limit(Strict):
    amount: float = Field(gt=0)
    unit: str = Field(min_length=1)


class _Cap(Strict):
    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    paragraph: str = Field(min_length=1)
    limits: tuple[_Limit, ...] = Field(min_length=1)
    start: date
    end: date | None = None
    yearly: bool = False
    either: bool = False
    stop_at: float = Field(default=1.0, gt=0, le=1)
    counts: str = Field(min_length=1)
    factor: str = "reported"


class _Instrument(Strict):
    instrument: str = Field(min_length=1)
    adopted: date | None = None
    url: str = ""
    measures: tuple[_Measure, ...]
    caps: tuple[_Cap, ...] = ()
    shared: Any = None
    """Parts that several measures share, by YAML anchor."""


class _Paragraph(Strict):
    id: str = Field(min_length=1)
    instrument: str
    paragraph: str
    start: date
    end: date | None = None
    binding: str
    kind: Kind
    of: tuple[str, ...] = ()
    says: str = ""
    checked: _Checked | None = None


class Head(Strict):
    """What a regime says of itself in `regime.yaml`."""

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    target: str = Field(min_length=2, max_length=2)
    authority: str = Field(min_length=1)
    edition: str
    routes: tuple[_Route, ...] = ()
    """Routes of every ban that has none of that id, such as a committee's general power to exempt."""


@cache
def load_regimes() -> tuple[Regime, ...]:
    """Every regime of the tables, by id. Raises TableError with file, line and field for anything wrong."""
    root = files("seawall.tables").joinpath("regimes")
    return tuple(read_regime(folder) for folder in sorted(root.iterdir(), key=lambda f: f.name) if folder.is_dir())


@cache
def load_terms() -> Terms:
    """The goods scopes, factors and groups of States that measures refer to. Raises TableError as their loaders do."""
    return Terms(load_goods(), load_factors(), load_groups(), country_names())


def read_regime(folder: Any) -> Regime:
    """A regime from its folder: `regime.yaml`, a file per instrument, and `paragraphs.yaml` if it has one.

    Raises TableError with file, line and field for anything wrong: a field that is not known or missing, an id twice,
    a measure that ends before it starts or lives on beside the one that took its place, no citation.
    """
    head = _head(Page(folder.joinpath("regime.yaml"), f"{folder.name}/regime.yaml"))
    measures: dict[str, Measure] = {}
    caps: dict[str, Cap] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml") and path.name not in _APART:
            page = Page(path, f"{folder.name}/{path.name}")
            found, limits = read_instrument(page, head)
            _add(page, "measures", found, measures)
            _add(page, "caps", limits, caps)
    for m in measures.values():
        _succession(m, measures)
    paragraphs = _paragraphs(folder, measures)
    checked = {name: p.checked for p in paragraphs if p.kind is Kind.MEASURE for name in p.of}
    return Regime(
        head.id, head.title, head.target, head.authority, head.edition,
        tuple(replace(m, checked=checked.get(m.id, ())) for m in measures.values()), tuple(caps.values()), paragraphs,
    )  # fmt: skip


def _add(page: Page, part: str, records: Sequence[Any], known: dict[str, Any]) -> None:
    for number, record in enumerate(records):
        if record.id in known:
            raise page.error(f"{record.id} stands twice", (part, number, "id"))
        known[record.id] = record


def _head(page: Page) -> Head:
    head: Head = page.check(Head, ())
    for number, record in enumerate(head.routes):
        try:
            _route(record)
        except TableError as error:
            raise page.error(error.message, ("routes", number)) from error
    return head


def read_instrument(page: Page, head: Head, where: tuple[str, ...] = ()) -> tuple[tuple[Measure, ...], tuple[Cap, ...]]:
    """The measures and caps of a file, or of the part of it at `where`. Raises TableError with file, line and field."""
    content: _Instrument = page.check(_Instrument, where)
    found = []
    for number, record in enumerate(content.measures):
        place = (*where, "measures", number)
        try:
            found.append(_measure(record, content, head, f"{page.name}, line {page.line(place)}"))
        except TableError as error:
            raise page.error(f"{record.id}: {error.message}", (*place, error.field)) from error
    for number, cap in enumerate(content.caps):
        if cap.end is not None and cap.end < cap.start:
            raise page.error(f"{cap.id}: ends before it starts", (*where, "caps", number, "end"))
    return tuple(found), tuple(map(_cap, content.caps))


def _succession(m: Measure, measures: Mapping[str, Measure]) -> None:
    for later in m.superseded_by:
        if later not in measures:
            raise TableError(f"{m.id}: superseded by {later}, which is not there", file=m.where, field="superseded_by")
        if m.end is None or m.end >= measures[later].start:
            fault = f"{m.id}: overlaps {later}, which takes its place on {measures[later].start}"
            raise TableError(fault, file=m.where, field="end")
    for earlier in m.previous:
        if earlier not in measures:
            raise TableError(f"{m.id}: follows {earlier}, which is not there", file=m.where, field="previous")


def _paragraphs(folder: Any, measures: Mapping[str, Measure]) -> tuple[Paragraph, ...]:
    path = folder.joinpath("paragraphs.yaml")
    if not path.is_file():
        return ()
    page = Page(path, f"{folder.name}/paragraphs.yaml")
    found = []
    for number in range(len(page.data)):
        p: _Paragraph = page.check(_Paragraph, (number,))
        for name in p.of:
            if name not in measures:
                raise page.error(f"{p.id}: no measure {name!r}", (number, "of"))
        if bool(p.of) is (p.kind is Kind.NOTE) or not (p.of or p.says):
            raise page.error(f"{p.id}: a note says why there is no measure; the others name theirs", (number, "of"))
        found.append(
            Paragraph(
                p.id, p.instrument, p.paragraph, p.start, p.end, p.binding, p.kind, p.of, p.says, _checked(p.checked)
            )
        )
    return tuple(found)


def _checked(c: _Checked | None) -> tuple[tuple[str, Verification], ...]:
    return tuple((name, Verification(value)) for name, value in c.model_dump().items()) if c else ()


def _cap(c: _Cap) -> Cap:
    limits = tuple(Limit(x.amount, x.unit) for x in c.limits)
    return Cap(c.id, c.title, c.paragraph, limits, c.start, c.end, c.yearly, c.either, c.stop_at, c.counts, c.factor)


def _measure(m: _Measure, instrument: _Instrument, head: Head, where: str) -> Measure:
    if m.end is not None and m.end < m.start:
        raise TableError("ends before it starts", field="end")
    if not (m.url or m.sources or instrument.url):
        raise TableError("no citation: give url or sources, or a url for the whole file", field="url")
    routes = tuple(map(_route, m.routes))
    for r in routes:
        if r.end is not None and r.end < m.start:
            raise TableError(f"route {r.id} ends before the measure starts", field="routes")
    if m.effect is Effect.BAN:
        have = {r.id for r in routes}
        general = [r for r in map(_route, head.routes) if r.id not in have]
        routes += tuple(r for r in general if m.end is None or r.start is None or r.start <= m.end)
    name = f"para. {m.paragraph}" if m.paragraph[:1].isdigit() else m.paragraph
    return Measure(
        id=m.id, regime=head.id, authority=head.authority, instrument=instrument.instrument,
        paragraph=f"{instrument.instrument}, {name}", title=m.title, effect=m.effect, binding=m.binding,
        start=m.start, end=m.end, scope=_condition(m.scope), summary=m.summary,
        routes=routes, url=m.url or instrument.url, verification=m.verification,
        verification_note=m.verification_note, sources=m.sources, previous=m.previous,
        superseded_by=m.superseded_by, change=m.change, tags=m.tags, where=where,
        adopted=m.adopted or instrument.adopted,
    )  # fmt: skip


def _route(r: _Route) -> Route:
    if r.kind not in {"exemption", "wind_down", "approval", "carve_out"}:
        raise TableError(f"route {r.id}: {r.kind!r} is no kind of route", field="routes")
    when = _condition(r.when, "routes")
    return Route(r.id, r.kind, r.title, when, r.owed, r.hint, r.paragraph, r.start, r.end, r.verification)


def _condition(node: Any, field: str = "scope") -> Condition:
    """`{all: [...]}`, `{any: [...]}`, `{not: ...}`, or `{test: arguments}`, each with an optional `says`."""
    if not isinstance(node, dict):
        raise TableError(f"a condition is a mapping, not {node!r}", field=field)
    says = str(node.get("says", ""))
    rest = {key: value for key, value in node.items() if key != "says"}
    if len(rest) != 1:
        raise TableError(f"a condition has one operator or test, not {', '.join(map(str, rest))}", field=field)
    ((op, value),) = rest.items()
    if op in {"all", "any"}:
        if not isinstance(value, list) or not value:
            raise TableError(f"{op} needs a list of conditions", field=field)
        return Condition(op, tuple(_condition(part, field) for part in value), says=says)
    if op == "not":
        return Condition("not", (_condition(value, field),), says=says)
    args = value if isinstance(value, dict) else {} if value is True or value is None else {"any": value}
    for key, content in args.items():
        _check_values(op, key, content, field)
    frozen = tuple((k, tuple(map(_scalar, v)) if isinstance(v, list) else _scalar(v)) for k, v in sorted(args.items()))
    return Condition("test", (), str(op), frozen, says)


def _check_values(test: Any, key: Any, content: Any, field: str) -> None:
    """A text where a list belongs would be taken letter by letter, and `no` for Norway is "false" to YAML."""
    if key in {"any", "programs"} and not isinstance(content, list):
        raise TableError(f"test {test!r}: {key} is a list in square brackets, not {content!r}", field=field)
    if any(isinstance(value, bool) for value in (content if isinstance(content, list) else [content])):
        raise TableError(f"test {test!r}: {key} holds yes, no, true or false; put the word in quotes", field=field)


def _scalar(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
