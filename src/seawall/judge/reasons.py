"""Reason trees: what was asked, what the answer is, which facts are missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from seawall.judge.facts import LABELS, present
from seawall.judge.rulebook import truth
from seawall.judge.tests import NEEDS, TESTS
from seawall.model import Condition, Reason, Truth

WORDS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
_GROUPS = {"all": "all of these hold", "any": "one of these holds", "not": "this does not hold"}


def reason(condition: Condition, row: Mapping[str, Any], target: str) -> Reason:
    """The reason tree of a condition for one row."""
    value = truth(condition, row, target)
    if condition.op != "test":
        parts = tuple(reason(part, row, target) for part in condition.parts)
        return Reason(
            says=condition.says or _GROUPS[condition.op],
            truth=WORDS[value],
            missing=tuple(dict.fromkeys(m for p in parts if value is None for m in p.missing)),
            parts=parts,
        )
    args = dict(condition.args)
    columns = _columns(condition.test, args)
    known = tuple(f"{LABELS.get(c, c)}: {_plain(row[c])}" for c in columns if present(row, c))
    gaps = tuple(LABELS.get(c, c) for c in columns if not present(row, c))
    missing = () if value is not None else gaps or (_question(condition),)
    return Reason(says=condition.says or _says(condition.test, args), truth=WORDS[value], facts=known, missing=missing)


def _columns(test: str, args: Mapping[str, Any]) -> tuple[str, ...]:
    if "fact" in args:
        return (str(args["fact"]),)
    if test in {"activity"}:
        return ("activity",)
    return NEEDS.get(test, ())


def _question(condition: Condition) -> str:
    args = dict(condition.args)
    if condition.test == "open_question":
        return str(args["asks"])
    if condition.test == "listed":
        return "whether a party is the listed one, and from which day it was listed"
    if condition.test == "goods":
        return "a longer HS code"
    return condition.says or _says(condition.test, args)


def _says(test: str, args: Mapping[str, Any]) -> str:
    """The first sentence of the test's docstring with its arguments."""
    head = (TESTS[test].__doc__ or test).split("\n")[0].split(".")[0]
    values = [f"{LABELS.get(str(v), str(v)) if k == 'fact' else _plain(v)}" for k, v in args.items()]
    return f"{head}: {', '.join(values)}" if values else head


def _plain(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(_plain, value))
    return value.isoformat() if isinstance(value, date) else str(value)
