"""How a measure came out, in words. Many rows come out the same way, so words are found once per way.

Two rows come out the same way if nothing differs that a reader would be told: the outcome, which routes are met or
open, which tests leave it open, and which of the facts that these ask for are missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import polars as pl

from seawall.judge.reasons import columns_of, explain
from seawall.judge.rulebook import holds, in_period, leaf_keys, leaves_of
from seawall.model import Condition, Measure, Outcome

WORDS: Mapping[str, Any] = {
    "measure": pl.String, "outcome": pl.String, "because": pl.String, "missing": pl.List(pl.String),
}  # fmt: skip
"""The columns of the words for a way."""

_BY_GRAVITY = {o.gravity: o for o in Outcome}
_BITS = 40
"""Yes-or-no marks that are packed into one number at a time; the rest of its 64 bits number the ways found before."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The rows of which a measure says something, with the gravity and the way of each, and the words of each way."""

    rows: pl.Series
    gravity: pl.Series
    way: pl.Series
    words: pl.DataFrame


def ways(m: Measure, target: str, leaves: pl.DataFrame, gravity: pl.Series) -> Ways:
    """In which ways a measure came out. `gravity` is what it says of each row of `leaves`, null for nothing."""
    columns = list(dict.fromkeys(["day", *leaf_keys(m, target), *_asked(m)]))
    rows = gravity.is_not_null().arg_true()
    hits = leaves.select(columns)[rows].with_columns(gravity.gather(rows).alias("gravity"))
    marks = _marks(m, target)
    packed = [_packed(marks[n : n + _BITS]).alias(str(n)) for n in range(0, len(marks), _BITS)]
    way = hits["gravity"].cast(pl.UInt64)
    for more in hits.select(packed):
        way = _numbered(way * 2**_BITS + more)
    samples = pl.DataFrame({"way": way, "at": pl.int_range(len(way), eager=True)}).unique("way").sort("way")["at"]
    texts = [(m.id, *_words(m, target, row)) for row in hits[samples].iter_rows(named=True)]
    return Ways(rows, hits["gravity"], way, pl.DataFrame(texts, schema=dict(WORDS), orient="row"))


def _asked(m: Measure) -> list[str]:
    """The columns that a reader may be asked for."""
    return list(dict.fromkeys(column for leaf in leaves_of(m) for column in columns_of(leaf)))


def _marks(m: Measure, target: str) -> list[pl.Expr]:
    """What two rows that come out the same way have in common, besides the outcome. Never null."""
    exempt = pl.col("gravity") == Outcome.EXEMPT.gravity
    undetermined = pl.col("gravity") == Outcome.UNDETERMINED.gravity
    marks = [undetermined & pl.col("day").is_null()]
    open_ = list(_open(m.scope, target, undetermined))
    for route in m.routes:
        met = in_period(route.start, route.end) & holds(route.when, target)
        turns = undetermined & met.is_null()
        marks.append((exempt & met.fill_null(False)) | turns)
        open_ += _open(route.when, target, turns)
    marks += [mark for _, mark in open_]
    for column in _asked(m):
        asking = [mark for leaf, mark in open_ if column in columns_of(leaf)]
        marks.append(pl.col(column).is_null() & reduce(or_, asking))
    return marks


def _open(condition: Condition, target: str, around: pl.Expr) -> Iterator[tuple[Condition, pl.Expr]]:
    """The leaves, each with whether it leaves the condition open: unknown, as is all that it is part of."""
    here = around & holds(condition, target).is_null()
    if condition.op == "test":
        yield condition, here
    for part in condition.parts:
        yield from _open(part, target, here)


def _packed(marks: Sequence[pl.Expr]) -> pl.Expr:
    return pl.sum_horizontal([mark.cast(pl.UInt64) * 2**n for n, mark in enumerate(marks)])


def _numbered(codes: pl.Series) -> pl.Series:
    """The codes as numbers from 0 without gaps, in their order."""
    return codes.unique().sort().search_sorted(codes).cast(pl.UInt64)


def _words(m: Measure, target: str, row: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    outcome = _BY_GRAVITY[row["gravity"]]
    because, missing = explain(m, outcome, row, target)
    return outcome.value, because, missing
