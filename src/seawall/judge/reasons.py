"""Reason trees: what was asked, what the answer is, which facts are missing; and a finding in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from seawall.judge.facts import LABELS, present
from seawall.judge.rulebook import OUTCOMES, kleene, truth
from seawall.judge.tests import NEEDS, TESTS
from seawall.model import Condition, Measure, Outcome, Reason, Route, Truth

_TRUTHS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
_GROUPS = {"all": "all of these hold", "any": "one of these holds", "not": "this does not hold"}

Row = Mapping[str, Any]
Found = Sequence[tuple[Route, bool | None]]


def reason(condition: Condition, row: Row, target: str) -> Reason:
    """The reason tree of a condition for one row."""
    value = truth(condition, row, target)
    if condition.op != "test":
        parts = tuple(reason(part, row, target) for part in condition.parts)
        return Reason(
            says=condition.says or _GROUPS[condition.op],
            truth=_TRUTHS[value],
            missing=_missing(condition, row, target)[1],
            parts=parts,
        )
    args = dict(condition.args)
    columns = columns_of(condition)
    known = tuple(f"{LABELS.get(c, c)}: {_plain(row[c])}" for c in columns if present(row, c))
    if condition.test == "over_cap" and present(row, says := f"cap:{args['cap']}:says"):
        known += (str(row[says]),)
    _, missing = _missing(condition, row, target)
    return Reason(
        says=condition.says or _says(condition.test, args), truth=_TRUTHS[value], facts=known, missing=missing
    )


def _missing(condition: Condition, row: Row, target: str) -> tuple[bool | None, tuple[str, ...]]:
    """The truth of a condition, and the facts that leave it open."""
    if condition.op != "test":
        values, facts = zip(*(_missing(part, row, target) for part in condition.parts), strict=True)
        value = kleene(condition.op, values)
        return value, tuple(dict.fromkeys(chain(*facts))) if value is None else ()
    value = truth(condition, row, target)
    if value is not None:
        return value, ()
    gaps = tuple(LABELS.get(c, c) for c in columns_of(condition) if not present(row, c))
    return value, gaps or (_question(condition),)


def tree(m: Measure, row: Row, target: str) -> Reason:
    """The reason tree of a measure: in force, in scope, and each route."""
    in_force = within(m.start, m.end, row["day"])
    day = row["day"].isoformat() if row["day"] else "a day that is not known"
    gap = (LABELS["day"],) if in_force is None else ()
    parts = [
        Reason(f"in force on {day} ({m.start} to {m.end or 'now'})", _TRUTHS[in_force], missing=gap),
        reason(m.scope, row, target),
    ]
    for route, value in routes(m, row, target):
        inner = reason(route.when, row, target)
        missing = inner.missing if value is None else ()
        says = f"{route.kind.replace('_', ' ')}: {route.title}"
        parts.append(Reason(says, _TRUTHS[value], (), missing, (inner,), route.verification))
    value = _and(in_force, truth(m.scope, row, target))
    return Reason(m.title, _TRUTHS[value], parts=tuple(parts), verification=m.verification)


def routes(m: Measure, row: Row, target: str) -> Found:
    """Each route of a measure with whether it is met."""
    return [(r, _and(within(r.start, r.end, row["day"]), truth(r.when, row, target))) for r in m.routes]


def explain(m: Measure, outcome: Outcome, row: Row, target: str) -> tuple[str, tuple[str, ...]]:
    """A finding in a sentence, and the facts that are missing if it is undetermined."""
    if outcome is Outcome.EXEMPT:
        met = [r.title for r, value in routes(m, row, target) if value]
        return f"{m.title}; met: {'; '.join(met)}", ()
    if outcome is Outcome.UNDETERMINED:
        open_ = [r for r, value in routes(m, row, target) if value is None]
        day = (LABELS["day"],) if within(m.start, m.end, row["day"]) is None else ()
        turns = (_missing(root, row, target)[1] for root in (m.scope, *(r.when for r in open_)))
        missing = tuple(dict.fromkeys(chain(day, *turns)))
        about = f" ({'; '.join(r.title for r in open_)})" if open_ else ""
        return f"{m.title}: turns on {' and '.join(missing)}{about}", missing
    if outcome is Outcome.APPROVAL_REQUIRED:
        return f"{m.title}; lawful only with what the paragraph asks for, which is not claimed", ()
    return m.title, ()


def would_change(m: Measure, outcome: Outcome, row: Row, target: str) -> tuple[str, ...]:
    """What each answer to an open question would give, or which routes were not claimed."""
    if outcome is Outcome.EXEMPT:
        return ()
    found = routes(m, row, target)
    given = OUTCOMES[m.effect].value
    says = [f"if met, exempt: {r.title}; if not, {given}" for r, value in found if value is None]
    scope = _and(within(m.start, m.end, row["day"]), truth(m.scope, row, target))
    if outcome is Outcome.UNDETERMINED and scope is None:
        says.insert(0, f"if the scope is met: {given}; if not: this measure does not apply")
    return (*says, *(f"{r.title}: {r.hint}" for r, value in found if value is False and r.hint))


def within(start: date | None, end: date | None, day: date | None) -> bool | None:
    """Whether a day lies in a period, both ends included; None if the day is not known and the period is bounded."""
    if day is None:
        return None if start or end else True
    return (start is None or start <= day) and (end is None or day <= end)


def columns_of(leaf: Condition) -> tuple[str, ...]:
    """The columns of facts that a reader is shown for a test, and asked for where they are empty."""
    args = dict(leaf.args)
    if "fact" in args:
        return (str(args["fact"]),)
    if leaf.test == "activity":
        return ("activity",)
    return NEEDS.get(leaf.test, ())


def _and(a: bool | None, b: bool | None) -> bool | None:
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def _question(condition: Condition) -> str:
    args = dict(condition.args)
    if condition.test == "open_question":
        return str(args["asks"])
    if condition.test == "listed":
        return "whether a party is the listed one, and from which day it was listed"
    if condition.test == "goods":
        return "a longer HS code"
    if condition.test == "over_cap":
        return "how much of the cap of all States was used on that day"
    return condition.says or _says(condition.test, args)


def _says(test: str, args: Mapping[str, Any]) -> str:
    """The first sentence of the test's docstring with its arguments."""
    head = (TESTS[test].__doc__ or test).split("\n")[0].split(".")[0]
    values = [f"{LABELS.get(str(v), str(v)) if k == 'fact' else _plain(v)}" for k, v in args.items()]
    return f"{head}: {', '.join(values)}" if values else head


def _plain(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(_plain, value))
    if isinstance(value, str) and value.startswith(";"):
        return ", ".join(filter(None, value.split(";")))
    return value.isoformat() if isinstance(value, date) else str(value)
