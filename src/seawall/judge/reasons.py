"""Reason trees: what was asked, what the answer is, which facts are missing; and a finding in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from seawall.judge.facts import LABELS, present
from seawall.judge.rulebook import OUTCOMES, kleene, leaf_key, leaf_keys, truth, walk
from seawall.judge.sentences import NOT, Lexicon, least, parts_of, scopes, sentence, single
from seawall.judge.tests import NEEDS
from seawall.model import Condition, Effect, Measure, Outcome, Reason, Route, Truth

_TRUTHS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
_GROUPS: Mapping[str, Mapping[bool | None, str]] = {
    "all": {True: "all of these hold", False: "not all of these hold", None: "whether all of these hold"},
    "any": {True: "one of these holds", False: "none of these holds", None: "whether one of these holds"},
    "not": {True: "what follows does not hold", False: "what follows holds, and must not",
            None: "whether what follows does not hold"},
}  # fmt: skip
_COUNTRIES = frozenset({"from_country", "to_country", "origin_country", "flag", "worker_nationality"})
_SAYS: Mapping[str, str] = {"goods": "the goods are called “{}”", "party_countries": "a party is of {}"}
"""Facts that "the label is the value" would not say well."""
_ALSO: Mapping[str, tuple[str, ...]] = {
    "from_target": ("flag",),
    "with_target": ("flag", "worker_nationality"),
    "bound": ("from_country", "to_country", "party_countries"),
}
"""Facts that can make a test true without being asked for where they are empty."""

Row = Mapping[str, Any]
Found = Sequence[tuple[Route, bool | None]]
Answers = Mapping[str, tuple[str, str]]
"""By key of a test that is open: what the measure would say if it were true, and if it were false."""
_OF_CAPS: Mapping[str, str] = {
    "cap_used_up": "the cap was used up before this dealing",
    "over_cap": "the cap is passed with this dealing",
}
"""Tests that ask about caps, and what a ban that turns on them says, the first that holds."""
_IN_FORCE = "in force"
"""The key of whether the measure is in force at all, which no test asks."""


def reason(condition: Condition, row: Row, words: Lexicon, answers: Answers | None = None) -> Reason:
    """The reason tree of a condition for one row."""
    value = truth(condition, row, words.target)
    leaf = single(condition)
    if leaf is None:
        # What is open under a decided heading decides nothing.
        parts = tuple(reason(part, row, words, answers if value is None else None) for part in parts_of(condition))
        return Reason(
            says=condition.says or _GROUPS[condition.op][value],
            truth=_TRUTHS[value],
            missing=_missing(condition, row, words.target)[1],
            parts=parts,
        )
    denied = leaf is not condition
    head, values = sentence(leaf, words)
    told = f"{head} ({values})" if values else head
    given = (answers or {}).get(leaf_key(leaf, words.target), ("", ""))
    yes, no = reversed(given) if denied else given
    return Reason(
        says=f"{NOT}{told}" if denied else told,
        truth=_TRUTHS[value],
        facts=_facts(leaf, row),
        missing=_missing(leaf, row, words.target)[1],
        verification=least(scope.verification for scope in scopes([leaf], words.terms)),
        if_true=yes,
        if_false=no,
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


def tree(m: Measure, row: Row, words: Lexicon, answers: Answers | None = None) -> Reason:
    """The reason tree of a measure: in force, in scope, and each route."""
    in_force = within(m.start, m.end, row["day"])
    day = row["day"].isoformat() if row["day"] else "a day that is not known"
    gap = (LABELS["day"],) if in_force is None else ()
    yes, no = (answers or {}).get(_IN_FORCE, ("", ""))
    scope = reason(m.scope, row, words, answers)
    parts = [
        Reason(
            f"it is in force on {day} ({m.start} to {m.end or 'now'})",
            _TRUTHS[in_force],
            (),
            gap,
            if_true=yes,
            if_false=no,
        ),
        Reason("it is in the scope of the measure", scope.truth, missing=scope.missing, parts=_opened(m.scope, scope)),
    ]
    for route, value in routes(m, row, words.target):
        inner = reason(route.when, row, words, answers if value is None else None)
        missing = inner.missing if value is None else ()
        says = f"the {_kind(route)} is met: {route.title}"
        under = _opened(route.when, inner)
        parts.append(Reason(says, _TRUTHS[value], _period(route, row), missing, under, route.verification))
    value = _and(in_force, truth(m.scope, row, words.target))
    return Reason(m.title, _TRUTHS[value], parts=tuple(parts), verification=m.verification)


def _opened(condition: Condition, inner: Reason) -> tuple[Reason, ...]:
    """What stands under a heading that all of it must meet: the parts of an `all`, or the condition itself."""
    return inner.parts if condition.op == "all" and not condition.says else (inner,)


def answers(m: Measure, row: Row, target: str) -> Answers:
    """What the measure would say if each of its open tests were answered, every other fact as it is."""
    in_force = within(m.start, m.end, row["day"])
    found = {}
    for key in leaf_keys(m, target):
        if row[key] is None:
            yes, no = ({**row, key: value} for value in (True, False))
            found[key] = (_said(m, yes, target, in_force), _said(m, no, target, in_force))
    if in_force is None:
        found[_IN_FORCE] = (_said(m, row, target, True), _said(m, row, target, False))
    return found


def _said(m: Measure, row: Row, target: str, in_force: bool | None) -> str:
    """What a measure says of a row, in words; as `rulebook.outcome` over columns."""
    applies = _and(in_force, truth(m.scope, row, target))
    if applies is False or (applies is None and m.effect is Effect.FLAG):
        return "this measure does not apply"
    found = routes(m, row, target)
    met = [f"{_kind(r)}: {r.title}" for r, value in found if value]
    if met:
        return f"{Outcome.EXEMPT.value} ({'; '.join(met)})"
    if applies is None or any(value is None for _, value in found):
        return f"still {Outcome.UNDETERMINED.value}"
    return OUTCOMES[m.effect].value.replace("_", " ")


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
    told = [how for test, how in _OF_CAPS.items() if _holds(m.scope, test, row, target)]
    return f"{m.title}; {told[0]}" if told else m.title, ()


def _holds(condition: Condition, test: str, row: Row, target: str) -> bool:
    return any(leaf.test == test and truth(leaf, row, target) for leaf in walk(condition))


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


def _kind(route: Route) -> str:
    return route.kind.replace("_", "-")


def _period(route: Route, row: Row) -> tuple[str, ...]:
    """That a route is not open on the day, which no test of its condition says."""
    if within(route.start, route.end, row["day"]) is not False:
        return ()
    return (f"not open on {row['day']} ({route.start or 'the first day'} to {route.end or 'now'})",)


def _facts(condition: Condition, row: Row) -> tuple[str, ...]:
    args = dict(condition.args)
    if condition.test == "claimed":
        claims = _plain(row.get("claims") or ";")
        return ("nothing is claimed" if claims == ";" else f"claimed: {claims}",)
    columns = (*columns_of(condition), *_ALSO.get(condition.test, ()))
    if condition.test == "goods" and not present(row, "hs"):
        columns = ("goods",)  # without a code, their description decides
    known = tuple(_fact(c, row[c]) for c in columns if present(row, c))
    if condition.test in _OF_CAPS and present(row, says := f"cap:{args['cap']}:says"):
        known += (str(row[says]),)
    return known


def _fact(column: str, value: object) -> str:
    plain = _plain(value)
    if column in _COUNTRIES or column == "party_countries":
        plain = plain.upper()
    if column == "activity":
        plain = plain.replace("_", " ")
    return _SAYS.get(column, f"{LABELS.get(column, column)} is {{}}").format(plain)


def _question(condition: Condition) -> str:
    args = dict(condition.args)
    if condition.test == "open_question":
        return str(args["asks"])
    if condition.test == "listed":
        return "whether a party is the listed one, and from which day it was listed"
    if condition.test == "goods":
        return "a longer HS code"
    if condition.test in _OF_CAPS:
        return "how much of the cap of all States was used on that day"
    head, values = sentence(condition)
    return f"whether {head}: {values}" if values else f"whether {head}"


def _plain(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(_plain, value))
    if isinstance(value, str) and value.startswith(";"):
        return ", ".join(filter(None, value.split(";"))) or value
    return value.isoformat() if isinstance(value, date) else str(value)
