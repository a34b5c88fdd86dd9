"""Measures compiled: every leaf of every condition as one named polars expression, every measure as one outcome."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

import polars as pl

from seawall.errors import TableError
from seawall.judge.facts import SCHEMA
from seawall.judge.tests import TESTS, Context, listed_column
from seawall.model import Activity, Cap, Condition, Effect, Measure, Outcome, Regime, Terms


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The measures of some regimes, the expressions of their leaves by key, and the lists and caps they ask about."""

    measures: tuple[Measure, ...]
    leaves: Mapping[str, pl.Expr]
    targets: Mapping[str, str]
    asked: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(column, authority, programmes) of each `listed` test."""
    caps: tuple[Cap, ...]
    terms: Terms
    says: Mapping[str, pl.Expr]
    """By measure, the expression of what it says: see `outcome`."""


OF_CAPS = frozenset({"over_cap", "cap_used_up"})
"""The tests that ask about a cap."""

OUTCOMES: Mapping[Effect, Outcome] = {
    Effect.BAN: Outcome.PROHIBITED,
    Effect.APPROVAL: Outcome.APPROVAL_REQUIRED,
    Effect.FLAG: Outcome.RED_FLAG,
}


def compile(regimes: Sequence[Regime], terms: Terms) -> Rulebook:
    """Compile regimes. Raises TableError with file, line and measure for a test that does not exist or whose arguments
    are wrong: a goods scope, cap or factor that is not there, an argument missing.
    """
    leaves: dict[str, pl.Expr] = {}
    asked: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    caps: dict[str, Cap] = {}
    names: set[str] = set()
    for regime in regimes:
        context = Context(regime.target, {cap.id: cap for cap in regime.caps}, terms)
        for measure in regime.measures:
            if measure.id in names:
                raise TableError(f"{measure.id} stands in two regimes", file=measure.where, field="id")
            names.add(measure.id)
            for field, leaf in _fields(measure):
                leaves[leaf_key(leaf, regime.target)] = _expression(leaf, context, measure, field)
                args: dict[str, Any] = dict(leaf.args)
                if leaf.test == "listed":
                    column = listed_column(args)
                    asked[column] = (column, str(args["authority"]), tuple(args.get("programs", ())))
                if leaf.test in OF_CAPS:
                    caps[args["cap"]] = context.caps[args["cap"]]
    return Rulebook(
        measures=tuple(m for regime in regimes for m in regime.measures),
        leaves=leaves,
        targets={regime.id: regime.target for regime in regimes},
        asked=tuple(asked.values()),
        caps=tuple(caps.values()),
        terms=terms,
        says={m.id: outcome(m, regime.target) for regime in regimes for m in regime.measures},
    )


class _Noted(dict[str, Any]):
    """The arguments of a test, which note what it asks for: what it does not ask for is a slip of the pen."""

    def __init__(self, args: Iterable[tuple[str, Any]]) -> None:
        super().__init__(args)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """As a dict's."""
        self.asked.add(key)
        return super().get(key, default)


def _expression(leaf: Condition, context: Context, measure: Measure, field: str) -> pl.Expr:
    """A leaf as an expression, or TableError with the place of the measure and the field that holds the leaf."""
    args = _Noted(leaf.args)
    try:
        if leaf.test not in TESTS:
            raise ValueError(f"no such test; there are {', '.join(TESTS)}")
        found = TESTS[leaf.test](args, context)
        if leaf.test == "open_question":
            args["asks"]  # it is asked for only once a dealing turns on it
        if args.get("fact", "day") not in SCHEMA:
            raise ValueError(f"no fact {args['fact']!r}; there are {', '.join(SCHEMA)}")
        if leaf.test == "activity" and (odd := set(args["any"]) - set(Activity)):
            raise ValueError(f"no activity {', '.join(sorted(odd))}")
        if odd := set(args) - args.asked:
            raise ValueError(f"does not know {', '.join(sorted(odd))}")
    except KeyError as error:
        fault = f"test {leaf.test!r}: needs or does not know {error}"
        raise TableError(fault, file=measure.where, field=f"{measure.id}.{field}") from error
    except (ValueError, TypeError) as error:
        fault = f"test {leaf.test!r}: {error}"
        raise TableError(fault, file=measure.where, field=f"{measure.id}.{field}") from error
    return found


def leaf_key(leaf: Condition, target: str) -> str:
    """The same for equal leaves of regimes with the same target, so that each is evaluated once."""
    return f"{leaf.test}({target}){leaf.args!r}"


def leaves_of(measure: Measure) -> Iterator[Condition]:
    """The leaves of its scope and of all its routes."""
    return (leaf for _, leaf in _fields(measure))


def _fields(measure: Measure) -> Iterator[tuple[str, Condition]]:
    """The leaves of a measure with the field that holds each."""
    roots = [("scope", measure.scope), *((f"routes.{route.id}", route.when) for route in measure.routes)]
    return ((field, leaf) for field, root in roots for leaf in walk(root))


def leaf_keys(measure: Measure, target: str) -> list[str]:
    """The keys of all leaves of a measure, each once."""
    return list(dict.fromkeys(leaf_key(leaf, target) for leaf in leaves_of(measure)))


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
    return kleene(condition.op, [truth(part, row, target) for part in condition.parts])


def kleene(op: str, values: Sequence[bool | None]) -> bool | None:
    """Kleene's "all", "any" or "not" of the values."""
    if op == "not":
        return None if values[0] is None else not values[0]
    decides = op == "any"
    if decides in values:
        return decides
    return None if None in values else not decides


def holds(condition: Condition, target: str) -> pl.Expr:
    """The same over whole columns: polars' own null logic is Kleene's."""
    if condition.op == "test":
        return pl.col(leaf_key(condition, target))
    return _together(condition.op, [holds(part, target) for part in condition.parts])


def _together(op: str, parts: Sequence[pl.Expr]) -> pl.Expr:
    return ~parts[0] if op == "not" else reduce(or_ if op == "any" else and_, parts)


def in_period(start: Any, end: Any) -> pl.Expr:
    """Whether `day` lies in a period, both ends included; null if the day is not known and the period is bounded."""
    if start is None and end is None:
        return pl.lit(True)
    parts = [pl.col("day") >= start] if start is not None else []
    parts += [pl.col("day") <= end] if end is not None else []
    together: pl.Expr = reduce(and_, parts)
    return together


def may_apply(m: Measure, target: str, known: Container[str]) -> pl.Expr:
    """Whether a measure may yet say something, going by these leaves alone: where this is false, `outcome` is null.

    It says nothing where its scope is false, and a flag says nothing either where its scope is unknown.
    """
    most = in_period(m.start, m.end) & _at_most(m.scope, target, known, hope=True)
    return most.fill_null(m.effect is not Effect.FLAG)


def _at_most(condition: Condition, target: str, known: Container[str], *, hope: bool) -> pl.Expr:
    """As `holds`, if every leaf that is not known turns out as hoped: the truest that it can be, or the least true."""
    if condition.op == "test":
        key = leaf_key(condition, target)
        return pl.col(key) if key in known else pl.lit(hope)
    hope = hope is not (condition.op == "not")
    return _together(condition.op, [_at_most(part, target, known, hope=hope) for part in condition.parts])


def outcome(m: Measure, target: str) -> pl.Expr:
    """The gravity of what a measure says of each row, null where it says nothing."""
    applies = in_period(m.start, m.end) & holds(m.scope, target)
    routes = [in_period(r.start, r.end) & holds(r.when, target) for r in m.routes]
    met = reduce(or_, [r.fill_null(False) for r in routes], pl.lit(False))
    open_ = applies.is_null() | reduce(or_, [r.is_null() for r in routes], pl.lit(False))
    if m.effect is Effect.FLAG:  # a pattern that may or may not be there is not reported, nor left open
        applies, open_ = applies.fill_null(False), pl.lit(False)
    return (
        pl.when(~applies)
        .then(None)
        .when(met)
        .then(Outcome.EXEMPT.gravity)
        .when(open_)
        .then(Outcome.UNDETERMINED.gravity)
        .otherwise(OUTCOMES[m.effect].gravity)
        .cast(pl.UInt8)
    )
