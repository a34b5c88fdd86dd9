"""The whole rulebook over whole columns: leaves, outcomes, and the findings with their reasons in words.

Three things keep it fast. A measure is judged only on the rows that it may concern, by what is cheap to ask of all.
Where many tests read the same text, they are worked out once per distinct text. And words are found once per way in
which a measure came out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import polars as pl

from seawall.judge.facts import SCHEMA, several
from seawall.judge.ledger import by_day, with_used
from seawall.judge.rulebook import Rulebook, leaf_keys, may_apply
from seawall.judge.tests import spaced
from seawall.judge.ways import WORDS, Ways, asked, ways
from seawall.model import Measure, Supply

FINDINGS: Mapping[str, Any] = {"row": pl.UInt32, **WORDS}
"""The columns of `judge_frame`: the row of the input, what the measure says of it, why, which facts are missing."""

ALWAYS = ("un", "typology")
"""Whose measures are judged whoever asks: the UN binds all, and a pattern is one wherever it is seen."""

_WHO_AND_WHERE = frozenset({
    "activity", "from_country", "to_country", "origin_country", "party_countries", "flag", "worker_nationality",
    "nexus", "route", "visa",
})  # fmt: skip
"""What is done, by whom and where: cheap to ask, and enough to see that a measure does not concern most rows."""

_MANY = 4
"""From so many tests of a text on, finding its distinct values costs less than it saves (measured)."""

_ROW, _GRAVITY = 2**32, 2**29
"""Findings are sorted by one number of 64 bits: the row in 32, the gravity in 3, the way they came out in 29."""


def judge_frame(
    rulebook: Rulebook, table: pl.DataFrame, ledger: Sequence[Supply] = (), nexus: Sequence[str] = ()
) -> pl.DataFrame:
    """Every finding of every measure on every row of a frame of facts, by row and gravity.

    `table` has the columns of `judge.facts.SCHEMA`; a column that is missing is not known. `listed:...` columns hold
    what screening found (see `Rulebook.asked`); without them no party is listed. Columns of `FINDINGS` out.
    """
    measures = [(m, rulebook.targets[m.regime]) for m in measures_of(rulebook, nexus)]
    if not measures:
        return pl.DataFrame(schema=dict(FINDINGS))
    table = _completed(rulebook, table, nexus).with_row_index("row")
    cheap = _WHO_AND_WHERE.union(column for column, *_ in rulebook.asked)
    known = {key: leaf for key, leaf in rulebook.leaves.items() if cheap.issuperset(leaf.meta.root_names())}
    table = _with_leaves(table, known)
    may = table.select(may_apply(m, target, known).alias(m.id) for m, target in measures)
    some = may.select(pl.any_horizontal(pl.all())).to_series()
    table, may = _worded(table.filter(some)), may.filter(some)
    days = by_day(table["day"], rulebook.caps, ledger, rulebook.terms.factors)
    columns = dict(zip(table.columns, table.get_columns(), strict=True))

    def judged(m: Measure) -> Ways:
        return ways(m, rulebook.targets[m.regime], _hits(rulebook, m, columns, may[m.id], days))

    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        return _findings(list(threads.map(judged, (m for m, _ in measures if may[m.id].any()))))


def _hits(
    rulebook: Rulebook, m: Measure, columns: Mapping[str, pl.Series], may: pl.Series, days: pl.DataFrame
) -> pl.DataFrame:
    """The rows of which a measure says something, with their leaves, the facts it asks for, and the gravity."""
    keys = leaf_keys(m, rulebook.targets[m.regime])
    leaves = {key: rulebook.leaves[key] for key in keys if key not in columns}
    roots = {name for leaf in leaves.values() for name in leaf.meta.root_names()}
    names = {"row", "day", *keys, *roots, *asked(m)}
    part = pl.DataFrame([columns[name] for name in names if name in columns]).filter(may)
    if not roots.issubset(columns):
        part = part.join(days, on="day", how="left", maintain_order="left")
    part = part.with_columns(leaf.alias(key) for key, leaf in leaves.items())
    return part.with_columns(rulebook.says[m.id].alias("gravity")).filter(pl.col("gravity").is_not_null())


def _findings(found: Sequence[Ways]) -> pl.DataFrame:
    """What each measure says, together: by row, gravity and measure."""
    texts = [text for w in found for text in w.words]
    words = pl.DataFrame({name: [text[n] for text in texts] for n, name in enumerate(WORDS)}, schema=dict(WORDS))
    first = 0
    keys = [pl.Series(dtype=pl.UInt64)]
    for w in found:
        # One number holds the row, the gravity and which words are meant; these are in the order of the measures.
        keys.append(w.rows.cast(pl.UInt64) * _ROW + w.gravity.cast(pl.UInt64) * _GRAVITY + w.way + first)
        first += len(w.words)
    key = pl.concat(keys).sort()
    return words[key % _GRAVITY].select((key // _ROW).cast(pl.UInt32).alias("row"), pl.all())


def measures_of(rulebook: Rulebook, nexus: Sequence[str]) -> list[Measure]:
    """The measures that bind: of the authorities asked for, and of `ALWAYS`; all if none is asked for."""
    return [m for m in rulebook.measures if not nexus or m.authority in {*nexus, *ALWAYS}]


def evaluate(
    rulebook: Rulebook, table: pl.DataFrame, ledger: Sequence[Supply] = (), nexus: Sequence[str] = ()
) -> pl.DataFrame:
    """The table with a Boolean column for every leaf."""
    table = _worded(_completed(rulebook, table, nexus))
    table = with_used(table, rulebook.caps, ledger, rulebook.terms.factors)
    return table.with_columns(leaf.alias(key) for key, leaf in rulebook.leaves.items())


def _with_leaves(table: pl.DataFrame, leaves: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """The table with these leaves; many that read the same text are worked out once per distinct text."""
    groups: dict[str, dict[str, pl.Expr]] = defaultdict(dict)
    for key, leaf in leaves.items():
        names = set(leaf.meta.root_names())
        groups[names.pop() if len(names) == 1 else ""][key] = leaf.alias(key)
    for column, some in groups.items():
        if len(some) < _MANY or table.schema.get(column) != pl.String:
            table = table.with_columns(some.values())
        else:
            texts = table.select(column).unique().with_row_index("number")
            number = table.join(texts, on=column, how="left", nulls_equal=True, maintain_order="left")["number"]
            table = table.hstack(texts.select(some.values())[number])
    return table


def _completed(rulebook: Rulebook, table: pl.DataFrame, nexus: Sequence[str]) -> pl.DataFrame:
    """The columns that leaves may read, but for those of caps; those that the table does not have are not known."""
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in SCHEMA.items() if name not in table.columns]
    unlisted = [pl.lit(False).alias(column) for column, *_ in rulebook.asked if column not in table.columns]
    used = {*SCHEMA, *(column for column, *_ in rulebook.asked)}
    table = table.select(name for name in table.columns if name in used)
    return table.with_columns(*missing, *unlisted).with_columns(
        pl.col("claims").fill_null(";"),
        pl.lit(several(nexus) or None, dtype=pl.String).alias("nexus"),
        # Goods whose origin is not given are taken to come from where they are sent.
        pl.coalesce("origin_country", "from_country").alias("origin_country"),
    )


def _worded(table: pl.DataFrame) -> pl.DataFrame:
    """With what the goods are in words, where no HS code says it: costly, so not for rows that nothing concerns."""
    return table.with_columns(spaced(pl.when(pl.col("hs").is_null()).then("goods")).alias("unnamed"))
