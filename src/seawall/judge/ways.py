"""How a measure came out, in words. Many rows come out the same way, so words are found once per way.

Two rows come out the same way if nothing differs on which words may turn: the outcome, the truth of each test, which
periods the day lies in, and which of the facts that an open test asks for are missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from seawall.judge.reasons import columns_of, explain
from seawall.judge.rulebook import in_period, leaf_key, leaf_keys, leaves_of
from seawall.model import Measure, Outcome

WORDS: Mapping[str, Any] = {
    "measure": pl.String, "outcome": pl.String, "because": pl.String, "missing": pl.List(pl.String),
}  # fmt: skip
"""The columns of the words for a way."""

Words = tuple[str, str, str, list[str]]

_BY_GRAVITY = {o.gravity: o for o in Outcome}
_BITS = 40
"""Yes-or-no marks that are packed into one number at a time; the rest of its 64 bits number the ways found before."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The rows of which a measure says something, with the gravity and the way of each, and the words of each way."""

    rows: pl.Series
    gravity: pl.Series
    way: pl.Series
    words: Sequence[Words]


def ways(m: Measure, target: str, hits: pl.DataFrame) -> Ways:
    """In which ways a measure came out on rows of which it says something: their leaves, facts and gravity."""
    marks = _marks(m, target)
    packed = [_packed(marks[n : n + _BITS]).alias(str(n)) for n in range(0, len(marks), _BITS)]
    way = hits["gravity"].cast(pl.UInt64)
    for more in hits.select(packed):
        way = _numbered(way * 2**_BITS + more)
    samples = pl.DataFrame({"way": way, "at": pl.int_range(len(way), eager=True)}).unique("way").sort("way")["at"]
    words = [_words(m, target, row) for row in hits[samples].iter_rows(named=True)]
    return Ways(hits["row"], hits["gravity"], way, words)


def asked(m: Measure) -> list[str]:
    """The columns that a reader may be asked for."""
    return list(dict.fromkeys(column for leaf in leaves_of(m) for column in columns_of(leaf)))


def _marks(m: Measure, target: str) -> list[pl.Expr]:
    """What two rows that come out the same way have in common, besides the outcome. Never null.

    Words turn on more than the outcome only where it is exempt (which routes are met) or undetermined (what is open).
    """
    undetermined = pl.col("gravity") == Outcome.UNDETERMINED.gravity
    turns = undetermined | (pl.col("gravity") == Outcome.EXEMPT.gravity)
    marks = [undetermined & pl.col("day").is_null()]
    marks += [turns & in_period(r.start, r.end).fill_null(False) for r in m.routes if r.start or r.end]
    for key in leaf_keys(m, target):
        marks += [turns & pl.col(key).is_null(), turns & pl.col(key).fill_null(False)]
    for column in asked(m):
        open_ = [pl.col(leaf_key(leaf, target)).is_null() for leaf in leaves_of(m) if column in columns_of(leaf)]
        marks.append(undetermined & pl.col(column).is_null() & pl.any_horizontal(open_))
    return marks


def _packed(marks: Sequence[pl.Expr]) -> pl.Expr:
    return pl.sum_horizontal([mark.cast(pl.UInt64) * 2**n for n, mark in enumerate(marks)])


def _numbered(codes: pl.Series) -> pl.Series:
    """The codes as numbers from 0 without gaps, in their order."""
    return codes.unique().sort().search_sorted(codes).cast(pl.UInt64)


def _words(m: Measure, target: str, row: Mapping[str, Any]) -> Words:
    outcome = _BY_GRAVITY[row["gravity"]]
    because, missing = explain(m, outcome, row, target)
    return m.id, outcome.value, because, list(missing)
