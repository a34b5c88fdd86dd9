"""Judge dealings: a frame of them at once, then the reason trees of what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from seawall.judge.facts import concerns, facts, listed
from seawall.judge.frames import evaluate, measures_of
from seawall.judge.reasons import answers, explain, routes, tree, would_change
from seawall.judge.rulebook import Rulebook, walk
from seawall.judge.sentences import Lexicon
from seawall.model import Dealing, Evidence, Finding, Measure, Outcome, Supply, Verdict


@dataclass(frozen=True, slots=True)
class Options:
    """`on` overrides the day of each dealing; `nexus` keeps only these authorities' law and the UN's (none: all);
    `ledger` says what was supplied under caps; `checked` is passed into each verdict.
    """

    on: date | None = None
    nexus: tuple[str, ...] = ()
    ledger: tuple[Supply, ...] = ()
    checked: str = ""


_BY_GRAVITY = {o.gravity: o for o in Outcome}


def judge(
    rulebook: Rulebook, dealings: Sequence[Dealing], evidence: Mapping[str, Sequence[Evidence]], options: Options
) -> list[Verdict]:
    """A verdict per dealing, in their order. `evidence` is by dealing id."""
    table = facts(dealings, options.on)
    for column, authority, programs in rulebook.asked:
        answers = [listed(evidence.get(d.id, ()), authority, programs) for d in dealings]
        table = table.with_columns(pl.Series(column, answers, dtype=pl.Boolean))
    leaves = evaluate(rulebook, table, options.ledger, options.nexus)
    caps = {cap.id: cap for cap in rulebook.caps}
    lexicons = {regime: Lexicon(target, rulebook.terms, caps) for regime, target in rulebook.targets.items()}
    measures = [(m, lexicons[m.regime]) for m in measures_of(rulebook, options.nexus)]
    said = leaves.select([rulebook.says[m.id].alias(m.id) for m, _ in measures]).rows() if measures else ()
    rows = leaves.iter_rows(named=True)
    return [
        _verdict(d, row, said[n] if said else (), measures, evidence.get(d.id, ()), options.checked)
        for n, (d, row) in enumerate(zip(dealings, rows, strict=True))
    ]


def _verdict(
    dealing: Dealing,
    row: Mapping[str, Any],
    said: Sequence[int | None],
    measures: Sequence[tuple[Measure, Lexicon]],
    proofs: Sequence[Evidence],
    checked: str,
) -> Verdict:
    findings = [
        _finding(m, words, _BY_GRAVITY[gravity], row, proofs)
        for (m, words), gravity in zip(measures, said, strict=True)
        if gravity is not None
    ]
    findings.sort(key=lambda f: (f.outcome.gravity, f.measure.start, f.measure.id))
    gravest = findings[0].outcome if findings else Outcome.NO_MEASURE_FOUND
    return Verdict(dealing.id, gravest, row["day"], tuple(findings), tuple(proofs), checked)


def _finding(
    m: Measure, words: Lexicon, result: Outcome, row: Mapping[str, Any], proofs: Sequence[Evidence]
) -> Finding:
    target = words.target
    because, missing = explain(m, result, row, target)
    open_ = answers(m, row, target) if result is Outcome.UNDETERMINED else {}
    return Finding(
        measure=m,
        outcome=result,
        because=because,
        reason=tree(m, row, words, open_),
        missing=missing,
        would_change=would_change(m, result, row, target),
        owed=tuple(r.owed for r, met in routes(m, row, target) if met and r.owed),
        evidence=_evidence(m, proofs),
    )


def _evidence(m: Measure, proofs: Sequence[Evidence]) -> tuple[Evidence, ...]:
    asked = [dict(leaf.args) for leaf in walk(m.scope) if leaf.test == "listed"]
    return tuple(p for p in proofs if any(concerns(p, str(a["authority"]), _programs(a)) for a in asked))


def _programs(args: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(args.get("programs", ()))
