"""Packages resolved against a regime, and compared: what was dropped, softened, delayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from seawall.judge.rulebook import OF_CAPS, leaves_of, walk
from seawall.model import Binding, Cap, Change, Difference, Draft, Effect, Measure, Package, Regime, Route, Topic

_FORCE: Mapping[Effect, int] = {Effect.BAN: 2, Effect.APPROVAL: 1, Effect.FLAG: 0}
_BOUND: Mapping[Binding, int] = {Binding.DECIDES: 2, Binding.CLARIFIES: 1, Binding.CALLS_UPON: 0}


def as_of(regime: Regime, day: date) -> Package:
    """The law as adopted up to a day, as it would have gone on if nothing had followed.

    Measures of instruments adopted later are out; a measure that a later one took the place of lives on; exemptions
    that came later are out.
    """
    adopted = [m for m in regime.measures if (m.adopted or m.start) <= day]
    known = {m.id for m in adopted}
    measures = tuple(
        replace(
            m,
            end=None if m.superseded_by and not known & {*m.superseded_by} else m.end,
            superseded_by=tuple(later for later in m.superseded_by if later in known),
            routes=tuple(r for r in m.routes if r.start is None or r.start <= max(day, m.start)),
        )
        for m in adopted
    )
    title = f"{regime.title} as adopted to {day}"
    return Package(f"{regime.id}@{day}", title, day, replace(regime, title=title, measures=measures, paragraphs=()))


def resolve(draft: Draft, regime: Regime) -> Package:
    """A package of the tables over the law that stood before it.

    What it ends lasts to the day before it, or to its last day in the regime if that is later.
    """
    base = as_of(regime, draft.base).regime
    last = {m.id: max(m.end or date.min, draft.day - timedelta(days=1)) for m in regime.measures if m.id in draft.ends}
    ended = tuple(replace(m, end=last[m.id]) if m.id in last else m for m in base.measures)
    held = {m.id: m for m in as_of(regime, draft.day).regime.measures}
    measures = {m.id: m for m in (*ended, *(held[name] for name in draft.takes), *draft.own.measures)}
    caps = {cap.id: cap for cap in (*regime.caps, *draft.own.caps)}
    return Package(
        id=draft.id,
        title=draft.title,
        day=draft.day,
        regime=replace(base, title=draft.title, measures=tuple(measures.values()), caps=tuple(caps.values())),
        answers=draft.answers,
        positions=draft.positions,
        programs=draft.programs,
        note=draft.note,
    )


def differences(a: Package, b: Package) -> tuple[Difference, ...]:
    """What became in `b` of each measure of `a` that it does not hold as it is, and what `b` adds.

    Compared is the law from the later of the two days on; what had ended by then is history. Measures answer to each
    other by id, by what a draft says of its own, or as a later one follows an earlier.
    """
    day = max(a.day, b.day)
    own = {m.id: m for m in a.regime.measures if m.end is None or m.end >= day}
    other = {m.id: m for m in b.regime.measures if m.end is None or m.end >= day}
    pairs = [(own[x], other[y]) for x, y in _pairs(a, b, own, other)]
    found = [_compared(x, y, day, (a.regime.caps, b.regime.caps)) for x, y in pairs]
    lost, new = own.keys() - {x.id for x, _ in pairs}, other.keys() - {y.id for _, y in pairs}
    found += [Difference(own[name].tags, (Change.DROPPED,), own[name], None) for name in lost]
    found += [Difference(other[name].tags, (Change.ADDED,), None, other[name]) for name in new]
    return tuple(sorted((d for d in found if d.changes != (Change.KEPT,)), key=_order))


def topics(a: Package, b: Package, found: Sequence[Difference]) -> tuple[Topic, ...]:
    """The topics that the packages speak of, in their order: what each holds, and the gravest change known."""
    before, after = {p.topic: p for p in a.positions}, {p.topic: p for p in b.positions}
    rows = []
    for name in dict.fromkeys((*before, *after)):
        told = [p.became for p in (before.get(name), after.get(name)) if p and p.became]
        told += [d.changes[0] for d in found if name in d.topics]
        change = min(told, key=list(Change).index, default=None)
        rows.append(Topic(name, change, before.get(name), after.get(name)))
    return tuple(rows)


def _order(d: Difference) -> tuple[int, date, str]:
    measure = d.before or d.after
    if measure is None:
        raise ValueError("a difference is of a measure")
    return list(Change).index(d.changes[0]), measure.start, measure.id


def _pairs(
    a: Package, b: Package, own: Mapping[str, Measure], other: Mapping[str, Measure]
) -> Iterator[tuple[str, str]]:
    said = [*a.answers, *((theirs, mine) for mine, theirs in b.answers)]
    same = [(name, name) for name in own if name in other]
    alone = {*own} - {*other}, {*other} - {*own}
    answered = [(x, y) for x, y in said if x in own and y in other]
    followed = [(x, m.id) for m in other.values() if m.id in alone[1] for x in m.previous if x in alone[0]]
    followed += [(m.id, y) for m in own.values() if m.id in alone[0] for y in m.previous if y in alone[1]]
    yield from dict.fromkeys((*same, *answered, *followed))


def _compared(x: Measure, y: Measure, day: date, caps: tuple[Sequence[Cap], Sequence[Cap]]) -> Difference:
    says = [*_force(x, y), *_days(x, y, day), *_caps(_asked(x, caps[0]), _asked(y, caps[1])), *_routes(x, y)]
    if x.scope != y.scope and not any(text.startswith("cap of") for _, text in says):
        says.append((Change.CHANGED, "the scope is another"))
    changes = sorted({change for change, _ in says}, key=list(Change).index) or [Change.KEPT]
    topics = tuple(dict.fromkeys((*x.tags, *y.tags)))
    return Difference(topics, tuple(changes), x, y, tuple(text for _, text in says))


def _force(x: Measure, y: Measure) -> Iterator[tuple[Change, str]]:
    for what, before, after in (
        (f"{x.effect.value} becomes {y.effect.value}", _FORCE[x.effect], _FORCE[y.effect]),
        (f"{x.binding.value} becomes {y.binding.value}", _BOUND[x.binding], _BOUND[y.binding]),
    ):
        if before != after:
            yield (Change.SOFTENED if after < before else Change.HARDENED), what


def _days(x: Measure, y: Measure, day: date) -> Iterator[tuple[Change, str]]:
    starts = max(x.start, day), max(y.start, day)
    if starts[0] != starts[1]:
        yield (Change.DELAYED if starts[1] > starts[0] else Change.HASTENED), f"from {y.start}, not {x.start}"
    ends = (x.end or date.max, y.end or date.max)
    if ends[0] != ends[1]:
        softer = ends[1] < ends[0]
        yield (Change.SOFTENED if softer else Change.HARDENED), f"to {y.end or 'no end'}, not {x.end or 'no end'}"


def _asked(m: Measure, caps: Sequence[Cap]) -> list[Cap]:
    names = {dict(leaf.args)["cap"] for leaf in leaves_of(m) if leaf.test in OF_CAPS}
    return [cap for cap in caps if cap.id in names]


def _caps(before: Sequence[Cap], after: Sequence[Cap]) -> Iterator[tuple[Change, str]]:
    """Caps on the same goods in the same unit, both yearly or both not."""
    for x in before:
        for y in after:
            if (x.counts, x.yearly) == (y.counts, y.yearly):
                for a, b in ((a, b) for a in x.limits for b in y.limits if a.unit == b.unit and a.amount != b.amount):
                    change = Change.SOFTENED if b.amount > a.amount else Change.HARDENED
                    yield change, f"cap of {b.amount:,.0f} {b.unit}, not {a.amount:,.0f}"
    if after and not before:
        for y in after:
            limits = (" or " if y.either else " and ").join(f"{x.amount:,.0f} {x.unit}" for x in y.limits)
            yield Change.SOFTENED, f"{'yearly ' if y.yearly else ''}cap of {limits}"


def _routes(x: Measure, y: Measure) -> Iterator[tuple[Change, str]]:
    before, after = {r.id: r for r in x.routes}, {r.id: r for r in y.routes}
    harder = _FORCE[y.effect] > _FORCE[x.effect]
    for name, route in after.items():
        if name not in before and not harder:
            yield Change.SOFTENED, f"{_kind(route)} added: {route.title}"
    for name, route in before.items():
        if name not in after:
            if x.effect is y.effect:
                yield Change.HARDENED, f"{_kind(route)} dropped: {route.title}"
            continue
        later = after[name]
        moved = later.end or date.max, route.end or date.max
        if moved[0] != moved[1]:
            yield (Change.DELAYED if moved[0] > moved[1] else Change.HASTENED), f"{_kind(route)} now: {later.title}"
        elif _law(later) != _law(route):
            yield Change.CHANGED, f"{_kind(route)} now: {later.title}"


def _law(r: Route) -> tuple[object, ...]:
    """What of a route is law, and not its wording; caps are compared by themselves."""
    when = [leaf for leaf in walk(r.when) if leaf.test not in OF_CAPS]
    return r.kind, tuple(when)


def _kind(route: Route) -> str:
    return route.kind.replace("_", " ")
