"""What is said of one measure. The one source of `law show` in all its formats and of the reference pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from seawall.model import Binding, Cap, Clause, Effect, Goods, Measure, Route, Verification
from seawall.report.catalogue import VERIFICATION_WORDS

SCHEMA = "seawall-measure/1"

EFFECTS = {
    Effect.BAN: "ban: prohibited, unless an exemption, wind-down or approval is met",
    Effect.APPROVAL: "approval: lawful only through the notice or approval that the law itself provides",
    Effect.FLAG: "flag: a call upon States or a pattern to look into, never a breach by itself",
}
BINDING = {
    Binding.DECIDES: "decides: an obligation",
    Binding.CALLS_UPON: "calls upon: asked for, not an obligation by itself",
    Binding.CLARIFIES: "clarifies what another paragraph means",
}
_PARTS = {
    "paragraph": "paragraph number",
    "substance": "substance",
    "details": "details (dates, numbers, exemptions)",
}


@dataclass(frozen=True, slots=True)
class GoodsScope:
    """A goods scope, and its codes that are not in every edition of the Harmonized System, with those they are in."""

    goods: Goods
    gaps: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class CapOnDay:
    """A cap, its period that holds the day asked about, and what the ledger says for that day ("" without one)."""

    cap: Cap
    period: tuple[date, date] | None = None
    ledger: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A route with its condition in words."""

    route: Route
    when: Clause


@dataclass(frozen=True, slots=True)
class Relative:
    """A measure of the line of another: its `relation` to the one `depth` steps nearer, e.g. "follows"."""

    depth: int
    relation: str
    id: str
    paragraph: str
    title: str
    start: date
    end: date | None
    change: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is said of a measure, on a day if one was asked about."""

    measure: Measure
    regime: str
    target: str
    scope: Clause
    goods: tuple[GoodsScope, ...]
    caps: tuple[CapOnDay, ...]
    routes: tuple[Way, ...]
    line: tuple[Relative, ...]
    on: date | None
    status: tuple[str, ...]
    engine_version: str
    tables_edition: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section: `depth` levels in, an optional label, the id of a measure or a URL it points to.

    `memory` marks what is from memory.
    """

    text: str
    label: str = ""
    depth: int = 0
    ref: str = ""
    memory: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[Line, ...]


def sections(sheet: Sheet) -> tuple[Section, ...]:
    """The sheet as headed lines, those without lines left out. The first has no heading."""
    m = sheet.measure
    on = f"On {sheet.on}" if sheet.on else ""
    found = (
        Section("", tuple(_head(sheet))),
        Section(on, tuple(map(Line, sheet.status))),
        Section("What it says", tuple(Line(text) for text in (m.summary,) if text)),
        Section("It applies when", tuple(_clause(sheet.scope, 0))),
        Section("Goods", tuple(line for scope in sheet.goods for line in _goods(scope))),
        Section("Caps", tuple(line for cap in sheet.caps for line in _cap(cap, sheet.on))),
        Section("What lifts it", tuple(line for way in sheet.routes for line in _way(way))),
        Section("Lineage", tuple(_line(sheet))),
        Section("Sources", tuple(Line(s, ref=s) for s in dict.fromkeys((m.url, *m.sources)) if s)),
        Section("How far it is verified", tuple(_verification(m))),
    )
    return tuple(section for section in found if section.lines)


def period(start: date | None, end: date | None) -> str:
    """A period in words."""
    return f"{start or 'the first day'} to {end or 'now'}"


def code(digits: str) -> str:
    """An HS code as it is written: `2701`, `2701.12`."""
    return f"{digits[:4]}.{digits[4:]}" if len(digits) > 4 else digits


def _head(sheet: Sheet) -> Iterator[Line]:
    m = sheet.measure
    yield Line(m.paragraph, "law")
    yield Line(m.id, "id")
    yield Line(f"{sheet.regime} ({m.regime})", "regime")
    yield Line(f"{m.authority.upper()}; target: {sheet.target}", "authority")
    yield Line(EFFECTS[m.effect], "effect")
    yield Line(BINDING[m.binding], "force")
    if m.adopted:
        yield Line(f"{m.instrument}, {m.adopted}", "adopted")
    yield Line(period(m.start, m.end), "in force")
    if m.tags:
        yield Line(", ".join(m.tags), "topics")
    yield Line(VERIFICATION_WORDS[m.verification], "verified", memory=m.verification is Verification.MEMORY)


def _clause(clause: Clause, depth: int) -> Iterator[Line]:
    yield Line(clause.says + (":" if clause.parts else ""), depth=depth)
    for part in clause.parts:
        yield from _clause(part, depth + 1)


def _goods(scope: GoodsScope) -> Iterator[Line]:
    goods = scope.goods
    memory = goods.verification is Verification.MEMORY
    yield Line(f"HS {', '.join(map(code, goods.codes))}" if goods.codes else "no HS codes", goods.id.replace("_", " "))
    for number, editions in scope.gaps:
        some = ", ".join(map(str, editions)) or "no edition since 2012"
        yield Line(f"{code(number)} is not in every HS edition: only {some}", depth=1)
    if goods.words:
        yield Line(", ".join(f"“{word.strip()}”" for word in goods.words), "without a code, goods named", 1)
    yield Line(VERIFICATION_WORDS[goods.verification], "codes and words", 1, memory=memory)
    if goods.note:
        yield Line(goods.note, "note", 1)


def _cap(on_day: CapOnDay, on: date | None) -> Iterator[Line]:
    cap = on_day.cap
    amounts = (" or " if cap.either else " and ").join(f"{x.amount:,.15g} {x.unit}" for x in cap.limits)
    both = "; whichever is lower decides" if len(cap.limits) > 1 and not cap.either else ""
    runs = f"each twelve months from {cap.start}" if cap.yearly else period(cap.start, cap.end)
    yield Line(f"{cap.title}: {amounts}{both}", cap.id)
    yield Line(f"{runs}{f', last on {cap.end}' if cap.yearly and cap.end else ''}", "period", 1)
    yield Line(f"para. {cap.paragraph}" if cap.paragraph[:1].isdigit() else cap.paragraph, "law", 1)
    if cap.stop_at < 1:
        yield Line(f"supply stops for the rest of the period at {cap.stop_at:.0%}", depth=1)
    if on and on_day.period is None:
        yield Line(f"does not run on {on}", "ledger", 1)
    elif on:
        yield Line(on_day.ledger, "ledger", 1)
    else:
        yield Line("ask about a day to see what was supplied before it", "ledger", 1)


def _way(way: Way) -> Iterator[Line]:
    route = way.route
    yield Line(route.title, route.kind.replace("_", "-"))
    if route.paragraph:
        yield Line(route.paragraph, "law", 1)
    if route.start or route.end:
        yield Line(period(route.start, route.end) if route.start else f"until {route.end}", "open", 1)
    first, *rest = _clause(way.when, 1)
    yield replace(first, text=f"met when {first.text}")
    yield from rest
    if route.owed:
        yield Line(route.owed, "owed", 1)
    if route.hint:
        yield Line(route.hint, "shown by", 1)
    memory = route.verification is Verification.MEMORY
    yield Line(VERIFICATION_WORDS[route.verification], "verified", 1, memory=memory)


def _line(sheet: Sheet) -> Iterator[Line]:
    m = sheet.measure
    if m.change:
        yield Line(m.change, "what changed")
    for x in sheet.line:
        says = f"{x.paragraph}: {x.title}; {period(x.start, x.end)}"
        yield Line(f"{says}. {x.change}" if x.change else says, f"{x.relation} {x.id}", x.depth - 1, x.id)


def _verification(m: Measure) -> Iterator[Line]:
    for part, level in m.checked:
        yield Line(VERIFICATION_WORDS[level], _PARTS.get(part, part), memory=level is Verification.MEMORY)
    if not m.checked:
        memory = m.verification is Verification.MEMORY
        yield Line(f"{VERIFICATION_WORDS[m.verification]}; its parts are not told apart", "as a whole", memory=memory)
    if m.verification_note:
        yield Line(m.verification_note, "note")


def measure_document(sheet: Sheet) -> dict[str, Any]:
    """The sheet for machines: `seawall-measure/1`."""
    return {"schema": SCHEMA, **asdict(sheet)}
