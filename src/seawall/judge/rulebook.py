"""Measures compiled: every leaf of every condition as one named polars expression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from seawall.errors import TableError
from seawall.judge.tests import TESTS, Context, listed_column
from seawall.model import Condition, Measure, Regime

Goods = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The measures of some regimes, the expressions of their leaves by key, and the lists they ask about."""

    measures: tuple[Measure, ...]
    leaves: Mapping[str, pl.Expr]
    targets: Mapping[str, str]
    asked: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(column, authority, programmes) of each `listed` test."""


def compile(regimes: Sequence[Regime], goods: Goods) -> Rulebook:
    """Compile regimes. Raises TableError for a test that does not exist or has wrong arguments, with the measure."""
    leaves: dict[str, pl.Expr] = {}
    asked: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for regime in regimes:
        context = Context(regime.target, goods)
        for measure in regime.measures:
            for leaf in _leaves(measure):
                args: dict[str, Any] = dict(leaf.args)
                if leaf.test not in TESTS:
                    raise TableError(f"no test {leaf.test!r}", file=measure.id, field="test")
                try:
                    leaves[leaf_key(leaf, regime.target)] = TESTS[leaf.test](args, context)
                except (KeyError, ValueError) as error:
                    raise TableError(f"test {leaf.test!r}: {error}", file=measure.id) from error
                if leaf.test == "listed":
                    column = listed_column(args)
                    asked[column] = (column, str(args["authority"]), tuple(args.get("programs", ())))
    return Rulebook(
        measures=tuple(m for regime in regimes for m in regime.measures),
        leaves=leaves,
        targets={regime.id: regime.target for regime in regimes},
        asked=tuple(asked.values()),
    )


def leaf_key(leaf: Condition, target: str) -> str:
    """The same for equal leaves of regimes with the same target, so that each is evaluated once."""
    return f"{leaf.test}({target}){leaf.args!r}"


def _leaves(measure: Measure) -> Iterator[Condition]:
    for root in (measure.scope, *(route.when for route in measure.routes)):
        yield from walk(root)


def walk(condition: Condition) -> Iterator[Condition]:
    """The leaves of a condition tree."""
    if condition.op == "test":
        yield condition
    for part in condition.parts:
        yield from walk(part)


def truth(condition: Condition, row: Mapping[str, Any], target: str) -> bool | None:
    """Kleene's value of a condition, from the values of its leaves in a row."""
    if condition.op == "test":
        value: bool | None = row[leaf_key(condition, target)]
        return value
    values = [truth(part, row, target) for part in condition.parts]
    if condition.op == "not":
        return None if values[0] is None else not values[0]
    decides = condition.op == "any"
    if decides in values:
        return decides
    return None if None in values else not decides
