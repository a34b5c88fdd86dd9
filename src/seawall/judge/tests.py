"""The tests that conditions are made of. Each is a function whose docstring is what users read.

A test takes its arguments and the rulebook's context and gives a polars Boolean expression over the columns of
`judge.facts`; null is "unknown". `NEEDS` names the columns each rests on, for "what is missing".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

import polars as pl

from seawall.judge.caps import column, over, sized, used_up
from seawall.model import Cap, Terms

Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What a test may know besides its arguments: the regime's target and caps, and the terms of all regimes."""

    target: str
    caps: Mapping[str, Cap]
    terms: Terms


Test = Callable[[Args, Context], pl.Expr]


def _any(parts: Sequence[pl.Expr]) -> pl.Expr:
    return reduce(or_, parts, pl.lit(False))


def activity(args: Args, _: Context) -> pl.Expr:
    """The dealing is one of these activities."""
    return pl.col("activity").is_in(list(args["any"]))


def from_target(_: Args, context: Context) -> pl.Expr:
    """It comes from the target of the regime, is of its origin, or is carried under its flag to somewhere else."""
    # No ship, or a ship that nobody named, carries nothing; goods that go to the target do not come from it.
    carried = (pl.col("flag") == context.target).fill_null(False) & (pl.col("to_country") != context.target)
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
    known = [*columns, _holds("party_countries", [context.target])]
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
        if name not in context.terms.goods:
            raise ValueError(f"no goods scope {name!r}")
        scope = context.terms.goods[name]
        parts.append(_in_scope(scope.codes, scope.words))
    return _any(parts)


def _in_scope(prefixes: tuple[str, ...], words: tuple[str, ...]) -> pl.Expr:
    codes = pl.col("hs")
    inside = _contains("hs", [f";{prefix}" for prefix in prefixes])
    maybe = _holds("hs", sorted({p[:n] for p in prefixes for n in range(2, len(p), 2)}))
    by_code = pl.when(inside).then(True).when(maybe).then(None).otherwise(False)
    named = _contains("unnamed", [beginning(word) for word in words]).fill_null(False)
    by_word = pl.when(named).then(True).otherwise(None)
    return pl.when(codes.is_null()).then(by_word).otherwise(by_code)


def beginning(word: str) -> str:
    """A scope's word as it is looked for in `unnamed`: where a word begins, so that "arms" is not found in "farms"."""
    return f" {re.sub(_BETWEEN, ' ', word).strip()}{' ' * word.endswith(' ')}"


def spaced(text: pl.Expr) -> pl.Expr:
    """The words of a text, each with a space before it and after."""
    return pl.lit(" ") + text.str.replace_all(_BETWEEN, " ").str.strip_chars(" ") + pl.lit(" ")


_BETWEEN = r"[\W_]+"
"""What stands between words."""


def _holds(column: str, values: Sequence[str]) -> pl.Expr:
    """Whether a cell of several values, `;a;b;`, holds one of these."""
    return _contains(column, [f";{value};" for value in values])


def _contains(column: str, words: Sequence[str]) -> pl.Expr:
    """Whether a text holds one of these words; all are looked for in one pass."""
    return pl.col(column).str.contains_any(list(words)) if words else pl.lit(False)


def words(args: Args, _: Context) -> pl.Expr:
    """A text of the dealing (goods, route, visa) holds one of these words."""
    return _contains(args["fact"], args["any"])


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
    return _holds("claims", list(args["any"])).fill_null(False)


def country(args: Args, context: Context) -> pl.Expr:
    """A country of the dealing is one of these, or of these groups."""
    return pl.col(args["fact"]).is_in(_members(args, context))


def party_country(args: Args, context: Context) -> pl.Expr:
    """A party is of one of these countries or groups; unknown where no party's country is given."""
    return _holds("party_countries", _members(args, context))


def bound(args: Args, context: Context) -> pl.Expr:
    """Somebody is bound by the law of one of these: said so (`--nexus`), or a party or an end of it is there."""
    members = _members(args, context)
    ends = [pl.col(c).is_in(members) for c in ("from_country", "to_country")]
    known = [_holds("nexus", list(args["any"])), _holds("party_countries", members), *ends]
    return _any([part.fill_null(False) for part in known])


def _members(args: Args, context: Context) -> list[str]:
    return [code for name in args["any"] for code in context.terms.groups.get(name, (name,))]


def value_above(args: Args, _: Context) -> pl.Expr:
    """The value is above a limit; unknown in another currency."""
    return pl.when(pl.col("currency") == args["currency"]).then(pl.col("value")) > float(args["limit"])


def price_above(args: Args, _: Context) -> pl.Expr:
    """The price of one unit is above a limit; unknown in another currency or a unit that measures something else."""
    same = (pl.col("currency") == args["currency"]).fill_null(False)
    quantity = pl.when(same & (pl.col("quantity") > 0)).then(sized(args["per"]))
    # A price at the limit stays there when its unit is converted.
    return pl.col("value") / quantity > float(args["limit"]) * (1 + 1e-9)


def over_cap(args: Args, context: Context) -> pl.Expr:
    """With what all suppliers supplied before in the period, this goes over the cap.

    What the ledger holds is a range. True if its lower end with this dealing goes over, or supply had stopped already;
    false if its upper end does not; else unknown. `cap_exhausted` may be claimed instead, or `cap_open`: then only
    what is known to be over the whole cap by itself is over.
    """
    if args["cap"] not in context.caps:
        raise ValueError(f"no cap {args['cap']!r}")
    cap = context.caps[args["cap"]]
    exhausted, open_ = _holds("claims", ["cap_exhausted"]), _holds("claims", ["cap_open"])
    return pl.when(exhausted).then(pl.col(column(cap, "on"))).otherwise(over(cap, context.terms.factors, alone=open_))


def cap_used_up(args: Args, context: Context) -> pl.Expr:
    """What all suppliers supplied before in the period has used the cap up already, and supply has stopped.

    `cap_exhausted` or `cap_open` may be claimed instead.
    """
    if args["cap"] not in context.caps:
        raise ValueError(f"no cap {args['cap']!r}")
    cap = context.caps[args["cap"]]
    exhausted, open_ = _holds("claims", ["cap_exhausted"]), _holds("claims", ["cap_open"])
    return pl.when(exhausted).then(pl.col(column(cap, "on"))).when(open_).then(False).otherwise(used_up(cap))


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
    "country": country,
    "party_country": party_country,
    "bound": bound,
    "value_above": value_above,
    "price_above": price_above,
    "over_cap": over_cap,
    "cap_used_up": cap_used_up,
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
    "party_country": ("party_countries",),
    "value_above": ("value", "currency"),
    "price_above": ("value", "quantity", "unit", "currency"),
    "over_cap": ("quantity", "unit"),
}
