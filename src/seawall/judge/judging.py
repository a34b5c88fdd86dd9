"""Judge dealings: all leaves of all measures in one select, then outcomes and their reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from seawall.judge.facts import LABELS, concerns, facts, listed
from seawall.judge.reasons import WORDS, reason
from seawall.judge.rulebook import Rulebook, truth, walk
from seawall.model import Dealing, Effect, Evidence, Finding, Measure, Outcome, Reason, Route, Verdict

import polars as pl  # isort: skip


@dataclass(frozen=True, slots=True)
class Options:
    """`on` overrides the day of each dealing; `nexus` keeps only these authorities' law (none: all); `checked` is
    passed into each verdict.
    """

    on: date | None = None
    nexus: tuple[str, ...] = ()
    checked: str = ""


_OUTCOMES = {Effect.BAN: Outcome.PROHIBITED, Effect.APPROVAL: Outcome.APPROVAL_REQUIRED, Effect.FLAG: Outcome.RED_FLAG}


def judge(
    rulebook: Rulebook, dealings: Sequence[Dealing], evidence: Mapping[str, Sequence[Evidence]], options: Options
) -> list[Verdict]:
    """A verdict per dealing, in their order. `evidence` is by dealing id."""
    table = facts(dealings, options.on)
    for column, authority, programs in rulebook.asked:
        answers = [listed(evidence.get(d.id, ()), authority, programs) for d in dealings]
        table = table.with_columns(pl.Series(column, answers, dtype=pl.Boolean))
    table = table.with_columns([expression.alias(key) for key, expression in rulebook.leaves.items()])
    measures = [m for m in rulebook.measures if not options.nexus or m.authority in options.nexus]
    rows = table.iter_rows(named=True)
    return [
        _verdict(
            dealing, row, [(m, rulebook.targets[m.regime]) for m in measures], evidence.get(dealing.id, ()), options
        )
        for dealing, row in zip(dealings, rows, strict=True)
    ]


def _verdict(
    dealing: Dealing,
    row: Mapping[str, Any],
    measures: Sequence[tuple[Measure, str]],
    proofs: Sequence[Evidence],
    options: Options,
) -> Verdict:
    findings = [f for m, target in measures if (f := _finding(m, target, row, proofs))]
    findings.sort(key=lambda f: (f.outcome.gravity, f.measure.start, f.measure.id))
    outcome = findings[0].outcome if findings else Outcome.NO_MEASURE_FOUND
    return Verdict(dealing.id, outcome, row["day"], tuple(findings), tuple(proofs), options.checked)


def _finding(m: Measure, target: str, row: Mapping[str, Any], proofs: Sequence[Evidence]) -> Finding | None:
    in_force = _within(m.start, m.end, row["day"])
    if in_force is False:
        return None
    scope = truth(m.scope, row, target)
    if scope is False or (m.effect is Effect.FLAG and None in (scope, in_force)):
        return None
    applies = None if None in (scope, in_force) else True
    routes = [(r, _and(_within(r.start, r.end, row["day"]), truth(r.when, row, target))) for r in m.routes]
    met = [r for r, value in routes if value]
    open_ = [r for r, value in routes if value is None]
    tree = _tree(m, target, row, routes)
    missing = tuple(dict.fromkeys(x for part in tree.parts for x in part.missing))
    if met:
        outcome = Outcome.EXEMPT
    elif applies is None or open_:
        outcome = Outcome.UNDETERMINED
    else:
        outcome = _OUTCOMES[m.effect]
    unmet = [r for r, value in routes if not value]
    return Finding(
        measure=m,
        outcome=outcome,
        because=_because(m, outcome, met, open_, missing),
        reason=tree,
        missing=missing if outcome is Outcome.UNDETERMINED else (),
        would_change=_would_change(m, outcome, open_, unmet, applies),
        owed=tuple(r.owed for r in met if r.owed),
        evidence=_evidence(m, proofs),
    )


def _within(start: date | None, end: date | None, day: date | None) -> bool | None:
    """Whether a day lies in a period, both ends included; None if the day is not known and the period is bounded."""
    if day is None:
        return None if start or end else True
    return (start is None or start <= day) and (end is None or day <= end)


def _and(a: bool | None, b: bool | None) -> bool | None:
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def _tree(m: Measure, target: str, row: Mapping[str, Any], routes: Sequence[tuple[Route, bool | None]]) -> Reason:
    in_force = _within(m.start, m.end, row["day"])
    day = row["day"].isoformat() if row["day"] else "a day that is not known"
    gap = (LABELS["day"],) if in_force is None else ()
    parts = [
        Reason(f"in force on {day} ({m.start} to {m.end or 'now'})", WORDS[in_force], missing=gap),
        reason(m.scope, row, target),
    ]
    for route, value in routes:
        inner = reason(route.when, row, target)
        missing = inner.missing if value is None else ()
        parts.append(Reason(f"{route.kind.replace('_', ' ')}: {route.title}", WORDS[value], (), missing, (inner,)))
    return Reason(m.title, WORDS[_and(in_force, truth(m.scope, row, target))], parts=tuple(parts))


def _because(m: Measure, outcome: Outcome, met: Sequence[Route], open_: Sequence[Route], missing: Sequence[str]) -> str:
    if outcome is Outcome.EXEMPT:
        return f"{m.title}; met: {'; '.join(r.title for r in met)}"
    if outcome is Outcome.UNDETERMINED:
        about = f" ({'; '.join(r.title for r in open_)})" if open_ else ""
        return f"{m.title}: turns on {' and '.join(missing)}{about}"
    if outcome is Outcome.APPROVAL_REQUIRED:
        return f"{m.title}; lawful only with what the paragraph asks for, which is not claimed"
    return m.title


def _would_change(
    m: Measure, outcome: Outcome, open_: Sequence[Route], unmet: Sequence[Route], applies: bool | None
) -> tuple[str, ...]:
    """What each answer to an open question would give, or which routes were not claimed."""
    if outcome is Outcome.EXEMPT:
        return ()
    says = [f"if met, exempt: {r.title}; if not, {_OUTCOMES[m.effect].value}" for r in open_]
    if outcome is Outcome.UNDETERMINED and applies is None:
        says.insert(0, f"if the scope is met: {_OUTCOMES[m.effect].value}; if not: this measure does not apply")
    return (*says, *(f"{r.title}: {r.hint}" for r in unmet if r.hint and r not in open_))


def _evidence(m: Measure, proofs: Sequence[Evidence]) -> tuple[Evidence, ...]:
    asked = [dict(leaf.args) for leaf in walk(m.scope) if leaf.test == "listed"]
    return tuple(p for p in proofs if any(concerns(p, str(a["authority"]), _programs(a)) for a in asked))


def _programs(args: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(args.get("programs", ()))
