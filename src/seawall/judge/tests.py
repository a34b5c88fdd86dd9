"""The tests that conditions are made of. Each is a function whose docstring is what users read.

A test takes its arguments and the rulebook's context and gives a polars Boolean expression over the columns of
`judge.facts`; null is "unknown". `NEEDS` names the columns each rests on, for "what is missing".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import polars as pl

from seawall.errors import TableError

Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What a test may know besides its arguments: the regime's target and the goods scopes (HS prefixes, words)."""

    target: str
    goods: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


Test = Callable[[Args, Context], pl.Expr]


def _any(parts: Sequence[pl.Expr]) -> pl.Expr:
    return reduce(or_, parts, pl.lit(False))


def activity(args: Args, _: Context) -> pl.Expr:
    """The dealing is one of these activities."""
    return pl.col("activity").is_in(list(args["any"]))


def from_target(_: Args, context: Context) -> pl.Expr:
    """It comes from the target of the regime, is of its origin, or is carried under its flag."""
    carried = (pl.col("flag") == context.target).fill_null(False)  # no ship, or a ship that nobody named
    return (pl.col("from_country") == context.target) | (pl.col("origin_country") == context.target) | carried


def to_target(_: Args, context: Context) -> pl.Expr:
    """It goes to the target of the regime."""
    return pl.col("to_country") == context.target


def origin_target(_: Args, context: Context) -> pl.Expr:
    """The goods are of the target's origin."""
    return pl.col("origin_country") == context.target


def with_target(_: Args, context: Context) -> pl.Expr:
    """A party, either end, or the flag is the target's. Unknown only when no country at all is given."""
    columns = [pl.col(c) == context.target for c in ("from_country", "to_country", "flag", "worker_nationality")]
    known = [*columns, pl.col("party_countries").list.contains(context.target)]
    nothing = pl.all_horizontal(
        [pl.col(c).is_null() for c in ("from_country", "to_country", "flag", "worker_nationality", "party_countries")]
    )
    return pl.when(nothing).then(None).otherwise(_any([part.fill_null(False) for part in known]))


def worker_of_target(_: Args, context: Context) -> pl.Expr:
    """The workers are nationals of the target."""
    return pl.col("worker_nationality") == context.target


def flag_of_target(_: Args, context: Context) -> pl.Expr:
    """The vessel flies the target's flag."""
    return pl.col("flag") == context.target


def goods(args: Args, context: Context) -> pl.Expr:
    """The goods are in the scope: their HS code begins with one of its codes, or, without a code, a word names them.

    A code shorter than the scope's leaves it open.
    """
    parts = []
    for name in args["any"]:
        if name not in context.goods:
            raise TableError(f"no goods scope {name!r}", field="goods")
        prefixes, words = context.goods[name]
        parts.append(_in_scope(prefixes, words))
    return _any(parts)


def _in_scope(prefixes: tuple[str, ...], words: tuple[str, ...]) -> pl.Expr:
    code = pl.element()
    inside = _any([code.str.starts_with(prefix) for prefix in prefixes])
    maybe = _any([code.is_in([p[:n] for n in range(2, len(p), 2)]) for p in prefixes if len(p) > 2])
    by_code = (
        pl.when(pl.col("hs").list.eval(inside).list.any())
        .then(True)
        .when(pl.col("hs").list.eval(maybe).list.any())
        .then(None)
        .otherwise(False)
    )
    named = _any([pl.col("goods").str.contains(word, literal=True) for word in words]).fill_null(False)
    by_word = pl.when(named).then(True).otherwise(None)
    return pl.when(pl.col("hs").is_null()).then(by_word).otherwise(by_code)


def words(args: Args, _: Context) -> pl.Expr:
    """A text of the dealing (goods, route, visa) holds one of these words."""
    return _any([pl.col(args["fact"]).str.contains(word, literal=True) for word in args["any"]])


def mentions(args: Args, context: Context) -> pl.Expr:
    """A text of the dealing mentions one of these words; a text that is not given mentions nothing."""
    return words(args, context).fill_null(False)


def one_of(args: Args, _: Context) -> pl.Expr:
    """A fact is one of these values."""
    return pl.col(args["fact"]).is_in(list(args["any"]))


def before(args: Args, _: Context) -> pl.Expr:
    """A date lies before this day."""
    return pl.col(args["fact"]) < _day(args["day"])


def until(args: Args, _: Context) -> pl.Expr:
    """A date lies on or before this day."""
    return pl.col(args["fact"]) <= _day(args["day"])


def since(args: Args, _: Context) -> pl.Expr:
    """A date lies on or after this day."""
    return pl.col(args["fact"]) >= _day(args["day"])


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def claimed(args: Args, _: Context) -> pl.Expr:
    """One of these is claimed under `approval` or `purpose`. What is not claimed is false, never unknown."""
    found = [pl.col(column).list.contains(claim) for column in ("approval", "purpose") for claim in args["any"]]
    return _any(found).fill_null(False)


def more_barrels(args: Args, _: Context) -> pl.Expr:
    """The quantity is above so many barrels; tonnes are turned into barrels at the rate given."""
    unit, quantity = pl.col("unit"), pl.col("quantity")
    barrels = (
        pl.when(unit.is_in(["bbl", "bbls", "barrel", "barrels"]))
        .then(quantity)
        .when(unit.is_in(["t", "mt", "tonne", "tonnes"]))
        .then(quantity * float(args["barrels_per_tonne"]))
    )
    return barrels > float(args["limit"])


def listed(args: Args, _: Context) -> pl.Expr:
    """A party of the dealing is listed by the authority, under these programmes if named, on the day."""
    return pl.col(listed_column(args))


def listed_column(args: Args) -> str:
    """The column that holds the answer of `listed` for these arguments."""
    return f"listed:{args['authority']}:{'|'.join(args.get('programs', ()))}"


def open_question(args: Args, _: Context) -> pl.Expr:
    """A fact that no column of a dealing holds; it is always unknown until somebody looks."""
    del args
    return pl.lit(None, dtype=pl.Boolean)


TESTS: Mapping[str, Test] = {
    "activity": activity,
    "from_target": from_target,
    "to_target": to_target,
    "origin_target": origin_target,
    "with_target": with_target,
    "worker_of_target": worker_of_target,
    "flag_of_target": flag_of_target,
    "goods": goods,
    "words": words,
    "mentions": mentions,
    "one_of": one_of,
    "before": before,
    "until": until,
    "since": since,
    "claimed": claimed,
    "more_barrels": more_barrels,
    "listed": listed,
    "open_question": open_question,
}

NEEDS: Mapping[str, tuple[str, ...]] = {
    "from_target": ("from_country", "origin_country"),
    "to_target": ("to_country",),
    "origin_target": ("origin_country",),
    "with_target": ("from_country", "to_country", "party_countries"),
    "worker_of_target": ("worker_nationality",),
    "flag_of_target": ("flag",),
    "goods": ("hs",),
    "more_barrels": ("quantity", "unit"),
}
