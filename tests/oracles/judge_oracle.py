"""A slow twin of the judge: condition trees walked in plain Python over a dealing, with Kleene's three values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from seawall.model import Cap, Condition, Dealing, Effect, Measure, Outcome, Supply, Terms

Fact = bool | None
BETWEEN = re.compile(r"[\W_]+")
BARREL_LITRES = 158.987294928
BARRELS = dict.fromkeys(("bbl", "bbls", "barrel", "barrels"), 1.0) | {
    "m3": 1000 / BARREL_LITRES, "l": 1 / BARREL_LITRES, "litres": 1 / BARREL_LITRES, "gal": 1 / 42
}  # fmt: skip
TONNES = dict.fromkeys(("t", "mt", "tonne", "tonnes", "ton", "tons"), 1.0) | {"kg": 0.001, "kt": 1000.0}
PIECES = dict.fromkeys(("piece", "pieces", "pcs", "unit", "units", "u"), 1.0)


@dataclass(frozen=True)
class World:
    """What is known beside the dealing: terms, caps, the ledger, whose law was named, and what screening found.

    `listed` says by authority and programmes whether a party of the dealing is listed there; of others none is.
    `notes` keeps what was worked out of the ledger.
    """

    terms: Terms
    caps: Mapping[str, Cap]
    ledger: Sequence[Supply] = ()
    nexus: Sequence[str] = ()
    listed: Mapping[tuple[str, tuple[str, ...]], Fact] = field(default_factory=dict)
    notes: dict = field(default_factory=dict)


def kleene(op: str, values: Iterable[Fact]) -> Fact:
    """The values are asked for one after another, until one decides."""
    if op == "not":
        (value,) = values
        return None if value is None else not value
    decides, found = op == "any", op == "all"
    for value in values:
        if value is decides:
            return decides
        found = None if value is None else found
    return found


def equal(value: str, wanted: str) -> Fact:
    return None if not value else value == wanted


def within(start: date | None, end: date | None, day: date | None) -> Fact:
    if start is None and end is None:
        return True
    if day is None:
        return None
    return (start is None or start <= day) and (end is None or day <= end)


def outcome(m: Measure, d: Dealing, target: str, world: World) -> Outcome | None:
    """What a measure says of a dealing, None where it says nothing."""
    applies = _in_force_and(m.start, m.end, m.scope, d, target, world)
    if applies is False or (applies is None and m.effect is Effect.FLAG):
        return None
    routes = [_in_force_and(r.start, r.end, r.when, d, target, world) for r in m.routes]
    if True in routes:
        return Outcome.EXEMPT
    if m.effect is not Effect.FLAG and (applies is None or None in routes):
        return Outcome.UNDETERMINED
    return {
        Effect.BAN: Outcome.PROHIBITED, Effect.APPROVAL: Outcome.APPROVAL_REQUIRED, Effect.FLAG: Outcome.RED_FLAG
    }[m.effect]  # fmt: skip


def _in_force_and(start: date | None, end: date | None, c: Condition, d: Dealing, target: str, world: World) -> Fact:
    now = within(start, end, d.date)
    return False if now is False else kleene("all", [now, truth(c, d, target, world)])


def truth(c: Condition, d: Dealing, target: str, world: World) -> Fact:
    if c.op != "test":
        return kleene(c.op, (truth(p, d, target, world) for p in c.parts))
    args = dict(c.args)
    origin = d.origin_country or d.from_country
    parties = [p.detail("country") for p in d.parties if p.detail("country")]
    claims = {*d.approval, *d.purpose}
    match c.test:
        case "activity":
            return d.activity.value in args["any"]
        case "from_target":
            carried = kleene("all", [d.flag == target, kleene("not", [equal(d.to_country, target)])])
            return kleene("any", [equal(d.from_country, target), equal(origin, target), carried])
        case "to_target":
            return equal(d.to_country, target)
        case "origin_target":
            return equal(origin, target)
        case "worker_of_target":
            return equal(d.worker_nationality, target)
        case "flag_of_target":
            return equal(d.flag, target)
        case "with_target":
            known = [d.from_country, d.to_country, d.flag, d.worker_nationality, *parties]
            return target in known if any(known) else None
        case "country":
            value = origin if args["fact"] == "origin_country" else getattr(d, args["fact"])
            return value in members(args["any"], world) if value else None
        case "party_country":
            return any(p in members(args["any"], world) for p in parties) if parties else None
        case "bound":
            near = {d.from_country, d.to_country, *parties}
            return bool(near & members(args["any"], world)) or bool({*world.nexus} & {*args["any"]})
        case "goods":
            return kleene("any", (goods(world.terms.goods[name], d) for name in args["any"]))
        case "words" | "mentions":
            text = getattr(d, args["fact"]).lower()
            return any(w in text for w in args["any"]) if text else (None if c.test == "words" else False)
        case "one_of":
            value = getattr(d, args["fact"]).lower()
            return value in args["any"] if value else None
        case "before" | "until" | "since":
            value = d.date if args["fact"] == "day" else getattr(d, args["fact"])
            day = date.fromisoformat(args["day"])
            if value is None:
                return None
            return {"before": value < day, "until": value <= day, "since": value >= day}[c.test]
        case "claimed":
            return bool(claims & set(args["any"]))
        case "value_above":
            same = d.currency.lower() == args["currency"]
            return d.value > args["limit"] if same and d.value is not None else None
        case "price_above":
            sizes = {"piece": PIECES, "bbl": BARRELS, "t": TONNES}[args["per"]]
            same = d.currency.lower() == args["currency"] and d.unit.lower() in sizes
            if not same or d.value is None or not d.quantity:
                return None
            return d.value / (d.quantity * sizes[d.unit.lower()]) > args["limit"] * (1 + 1e-9)
        case "cap_used_up":
            return used_up(world.caps[args["cap"]], d, claims, world)
        case "over_cap":
            return over_cap(world.caps[args["cap"]], d, claims, world)
        case "listed":
            return world.listed.get((args["authority"], args.get("programs", ())), False)
    assert c.test == "open_question", c.test
    return None


def members(names: Sequence[str], world: World) -> set[str]:
    return {code for name in names for code in world.terms.groups.get(name, (name,))}


def spaced(text: str) -> str:
    """The words of a text, each with a space before it and after."""
    return f" {' '.join(BETWEEN.split(text)).strip()} "


def goods(scope, d: Dealing) -> Fact:
    if not d.hs:
        text = spaced(d.goods.lower())
        return True if any(spaced(w).rstrip() + " " * w.endswith(" ") in text for w in scope.words) else None
    if any(code.startswith(p) for code in d.hs for p in scope.codes):
        return True
    return None if any(p.startswith(code) for code in d.hs for p in scope.codes) else False


def over_cap(cap: Cap, d: Dealing, claims: set[str], world: World) -> Fact:
    """One limit after another, each in its own unit; whichever is broken decides, or with `either` the first known."""
    running = None if d.date is None else cap.period(d.date) is not None
    if running is False or "cap_exhausted" in claims:
        return running
    if "cap_open" in claims:
        alone = [over(limit, d, (0.0, 0.0), world) for limit in cap.limits]
        return kleene("all", [running, _together(cap, alone) is True])
    if running is None:
        return None
    answers = []
    for limit in cap.limits:
        before = supplied(cap, limit.unit, d.date, world)
        stopped = before[0] >= cap.stop_at * limit.amount
        answers.append(True if stopped else over(limit, d, before, world))
    return _together(cap, answers)


def used_up(cap: Cap, d: Dealing, claims: set[str], world: World) -> Fact:
    """The same of what was there before the dealing. That it is open is claimed of whatever day."""
    if "cap_open" in claims and "cap_exhausted" not in claims:
        return False
    if d.date is None:
        return None
    if cap.period(d.date) is None:
        return False
    if "cap_exhausted" in claims:
        return True
    answers = []
    for limit in cap.limits:
        low, high = supplied(cap, limit.unit, d.date, world)
        stop = cap.stop_at * limit.amount
        answers.append(True if low >= stop else False if high is not None and high < stop else None)
    return _together(cap, answers)


def _together(cap: Cap, answers: Sequence[Fact]) -> Fact:
    if cap.either:
        return next((a for a in answers if a is not None), None)
    return kleene("any", answers)


def over(limit, d: Dealing, before, world: World) -> Fact:
    amount = of_dealing(limit.unit, d, world.terms)
    if amount is None:
        return None
    if before[0] + amount[0] > limit.amount:
        return True
    return False if before[1] is not None and before[1] + amount[1] <= limit.amount else None


def of_dealing(unit: str, d: Dealing, terms: Terms):
    given = d.unit.lower()
    if unit == "bbl" and d.quantity is not None:
        if given in BARRELS:
            return (d.quantity * BARRELS[given],) * 2
        if given in TONNES:
            named = [f for f in terms.factors.values() if any(w in d.goods.lower() for w in f.words)]
            named = named or [terms.factors["general"]]
            tonnes = d.quantity * TONNES[given]
            return tonnes * min(f.low for f in named), tonnes * max(f.high for f in named)
    if unit == "t" and given in TONNES and d.quantity is not None:
        return (d.quantity * TONNES[given],) * 2
    if unit not in {"bbl", "t"} and d.currency.lower() == unit and d.value is not None:
        return d.value, d.value
    return None


def supplied(cap: Cap, unit: str, day: date, world: World):
    if (cap.id, unit, day) not in world.notes:
        world.notes[cap.id, unit, day] = _supplied(cap, unit, day, world)
    return world.notes[cap.id, unit, day]


def _supplied(cap: Cap, unit: str, day: date, world: World):
    """Every choice of rows that do not overlap is tried: the most that one supplier's rows add up to."""
    start, end = cap.period(day)
    factor = world.terms.factors[cap.factor]
    rows = []
    for s in world.ledger:
        if s.goods == cap.counts and s.end >= start and s.start <= end:
            if s.unit == unit:
                rows.append((s, s.low, s.high))
            elif (s.unit, unit) == ("t", "bbl"):
                rows.append((s, s.low * factor.low, None if s.high is None else s.high * factor.high))
    past = [r for r in rows if r[0].start >= start and r[0].end < day]
    names = {r[0].supplier for r in past}
    least = {name: best([r for r in past if r[0].supplier == name]) for name in names}
    low = max(least.pop("all", 0.0), sum(least.values()))
    return low, cover([r for r in rows if r[0].supplier == "all" and r[2] is not None], start, day)


def cover(rows, start: date, day: date):
    """Every set of rows is tried: the least total of those that together hold each day from the start."""
    needed = {start + timedelta(days=n) for n in range((day - start).days)}
    held = [({s.start + timedelta(days=n) for n in range((s.end - s.start).days + 1)}, high) for s, _, high in rows]
    sets = [chosen for size in range(len(held) + 1) for chosen in combinations(held, size)]
    totals = [sum(high for _, high in chosen) for chosen in sets if needed <= set().union(*(d for d, _ in chosen))]
    return min(totals, default=None)


def best(rows) -> float:
    if not rows:
        return 0.0
    first, rest = rows[0], rows[1:]
    apart = [r for r in rest if r[0].start > first[0].end or r[0].end < first[0].start]
    return max(best(rest), first[1] + best(apart))
