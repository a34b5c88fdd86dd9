"""The whole rulebook over whole columns: leaves, outcomes, and the findings with their reasons in words.

Three things keep it fast. Rows that no measure can concern are left out before anything costly is asked of the others.
Tests of a text are worked out once per distinct text. Words are found once per way in which a measure came out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from seawall.judge.caps import amounts
from seawall.judge.facts import SCHEMA, several
from seawall.judge.ledger import with_used
from seawall.judge.rulebook import Rulebook, may_apply
from seawall.judge.tests import spaced
from seawall.judge.ways import WORDS, Ways, ways
from seawall.model import Measure, Supply

FINDINGS: Mapping[str, Any] = {"row": pl.UInt32, **WORDS}
"""The columns of `judge_frame`: the row of the input, what the measure says of it, why, which facts are missing."""

ALWAYS = ("un", "typology")
"""Whose measures are judged whoever asks: the UN binds all, and a pattern is one wherever it is seen."""

_PLAIN = frozenset({
    "activity", "from_country", "to_country", "origin_country", "party_countries", "flag", "worker_nationality",
    "nexus",
})  # fmt: skip
"""What is done, by whom and where: cheap to ask, and enough to see of most rows that no measure concerns them."""

_MANY = 4
"""From so many tests of a text on, finding its distinct contents costs less than it saves (measured)."""

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
    table = _completed(rulebook, table, nexus)
    rows = _concerned(rulebook, measures, table)
    leaves = _with_leaves(rulebook.leaves, _with_caps(rulebook, table[rows], ledger))
    said = leaves.select([rulebook.says[m.id].alias(m.id) for m, _ in measures])
    return _findings([ways(m, target, leaves, said[m.id]) for m, target in measures if said[m.id].count()], rows)


def _findings(found: Sequence[Ways], rows: pl.Series) -> pl.DataFrame:
    """What each measure says, together: by row, gravity and measure. `rows` are the numbers of the rows judged."""
    words = pl.concat(
        [pl.DataFrame(schema=dict(WORDS)), *(w.words for w in found)], rechunk=True
    )  # far faster to pick from
    first = 0
    keys = [pl.Series(dtype=pl.UInt64)]
    for w in found:
        # One number holds the row, the gravity and which words are meant; these are in the order of the measures.
        keys.append(rows.gather(w.rows).cast(pl.UInt64) * _ROW + w.gravity.cast(pl.UInt64) * _GRAVITY + w.way + first)
        first += w.words.height
    key = pl.concat(keys).sort()
    return words[key % _GRAVITY].select((key // _ROW).cast(pl.UInt32).alias("row"), pl.all())


def measures_of(rulebook: Rulebook, nexus: Sequence[str]) -> list[Measure]:
    """The measures that bind: of the authorities asked for, and of `ALWAYS`; all if none is asked for."""
    return [m for m in rulebook.measures if not nexus or m.authority in {*nexus, *ALWAYS}]


def evaluate(
    rulebook: Rulebook, table: pl.DataFrame, ledger: Sequence[Supply] = (), nexus: Sequence[str] = ()
) -> pl.DataFrame:
    """The table with a Boolean column for every leaf."""
    return _with_leaves(rulebook.leaves, _with_caps(rulebook, _completed(rulebook, table, nexus), ledger))


def _completed(rulebook: Rulebook, table: pl.DataFrame, nexus: Sequence[str]) -> pl.DataFrame:
    """The table with every column that a leaf may read, but for those of caps."""
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in SCHEMA.items() if name not in table.columns]
    unlisted = [pl.lit(False).alias(column) for column, *_ in rulebook.asked if column not in table.columns]
    return table.with_columns(*missing, *unlisted).with_columns(
        pl.col("claims").fill_null(";"),
        pl.lit(several(nexus) or None, dtype=pl.String).alias("nexus"),
        # Goods whose origin is not given are taken to come from where they are sent.
        pl.coalesce("origin_country", "from_country").alias("origin_country"),
        pl.when(pl.col("hs").is_null()).then(spaced(pl.col("goods"))).alias("unnamed"),
    )


def _with_caps(rulebook: Rulebook, table: pl.DataFrame, ledger: Sequence[Supply]) -> pl.DataFrame:
    factors = rulebook.terms.factors
    return with_used(table, rulebook.caps, ledger, factors).with_columns(amounts(factors))


def _concerned(rulebook: Rulebook, measures: Sequence[tuple[Measure, str]], table: pl.DataFrame) -> pl.Series:
    """The numbers of the rows that some measure may concern, by what is `_PLAIN`, the lists and the day."""
    cheap = {*_PLAIN, *(column for column, *_ in rulebook.asked)}
    plain = {key: leaf for key, leaf in rulebook.leaves.items() if cheap.issuperset(leaf.meta.root_names())}
    may = pl.any_horizontal([may_apply(m, target, plain) for m, target in measures])
    return _with_leaves(plain, table).select(may.alias("may")).to_series().arg_true()


def _with_leaves(leaves: Mapping[str, pl.Expr], table: pl.DataFrame) -> pl.DataFrame:
    groups: dict[tuple[str, ...], dict[str, pl.Expr]] = defaultdict(dict)
    for key, leaf in leaves.items():
        groups[tuple(sorted(set(leaf.meta.root_names())))][key] = leaf
    return pl.concat([table, *(_group(table, names, some) for names, some in groups.items())], how="horizontal")


def _group(table: pl.DataFrame, columns: tuple[str, ...], leaves: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """Leaves that read the same columns, worked out on the distinct contents of these where that is less work."""
    asked = [leaf.alias(key) for key, leaf in leaves.items()]
    if len(leaves) < _MANY or not columns or any(table.schema[c] != pl.String for c in columns):
        return table.with_columns(asked).select(list(leaves))
    distinct = table.select(columns).unique().with_row_index("number")
    where = table.select(columns).join(distinct, on=list(columns), how="left", nulls_equal=True, maintain_order="left")
    return distinct.select(asked)[where["number"]]
