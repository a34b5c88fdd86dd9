"""The whole rulebook over whole columns: leaves, outcomes, and the findings with their reasons in words.

Texts repeat: a rule has few ways to come out. So each leaf is worked out once per distinct content of the columns it
reads, and each sentence once per way a measure came out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from seawall.judge.facts import SCHEMA
from seawall.judge.ledger import with_used
from seawall.judge.reasons import columns_of, explain
from seawall.judge.rulebook import Rulebook, leaf_keys, outcome, walk
from seawall.model import Measure, Outcome, Supply

FINDINGS: Mapping[str, Any] = {
    "row": pl.UInt32, "measure": pl.String, "outcome": pl.String, "because": pl.String, "missing": pl.List(pl.String),
}  # fmt: skip
"""The columns of `judge_frame`: the row of the input, what the measure says of it, why, which facts are missing."""

ALWAYS = ("un", "typology")
"""Whose measures are judged whoever asks: the UN binds all, and a pattern is one wherever it is seen."""

_WORDS = {o.gravity: o for o in Outcome}
_FEW = 1000
_CHUNK = 250_000


def judge_frame(
    rulebook: Rulebook, table: pl.DataFrame, ledger: Sequence[Supply] = (), nexus: Sequence[str] = ()
) -> pl.DataFrame:
    """Every finding of every measure on every row of a frame of facts, by row and gravity.

    `table` has the columns of `judge.facts.SCHEMA`; a column that is missing is not known. `listed:...` columns hold
    what screening found (see `Rulebook.asked`); without them no party is listed. Columns of `FINDINGS` out.
    """
    parts = []
    for start in range(0, max(table.height, 1), _CHUNK):
        chunk = table.slice(start, _CHUNK)
        leaves = evaluate(rulebook, chunk, ledger)
        found = [_found(m, rulebook.targets[m.regime], leaves) for m in measures_of(rulebook, nexus)]
        parts += [f.with_columns(pl.col("row") + pl.lit(start, dtype=pl.UInt32)) for f in found if f.height]
    if not parts:
        return pl.DataFrame(schema=dict(FINDINGS))
    ranks = {o.value: o.gravity for o in Outcome}
    order = pl.col("outcome").replace_strict(ranks, return_dtype=pl.UInt8)
    return pl.concat(parts).sort(pl.col("row"), order, maintain_order=True)


def measures_of(rulebook: Rulebook, nexus: Sequence[str]) -> list[Measure]:
    """The measures that bind: of the authorities asked for, and of `ALWAYS`; all if none is asked for."""
    return [m for m in rulebook.measures if not nexus or m.authority in {*nexus, *ALWAYS}]


def evaluate(rulebook: Rulebook, table: pl.DataFrame, ledger: Sequence[Supply]) -> pl.DataFrame:
    """The table with a Boolean column for every leaf."""
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in SCHEMA.items() if name not in table.columns]
    unlisted = [pl.lit(False).alias(column) for column, *_ in rulebook.asked if column not in table.columns]
    table = table.with_columns(*missing, *unlisted).with_columns(pl.col("claims").fill_null(";"))
    table = with_used(table, rulebook.caps, ledger, rulebook.terms.factors)
    groups: dict[tuple[str, ...], dict[str, pl.Expr]] = defaultdict(dict)
    for key, leaf in rulebook.leaves.items():
        groups[tuple(sorted(set(leaf.meta.root_names())))][key] = leaf
    found = [_group(table, columns, leaves) for columns, leaves in groups.items()]
    return pl.concat([table, *found], how="horizontal")


def _group(table: pl.DataFrame, columns: tuple[str, ...], leaves: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """Leaves that read the same columns, worked out on the distinct contents of these where that is less work."""
    asked = [leaf.alias(key) for key, leaf in leaves.items()]
    text = [c for c in columns if table.schema[c] == pl.String]
    if table.height <= _FEW or not text or len(text) < len(columns):
        return table.with_columns(asked).select(list(leaves))
    distinct = table.select(columns).unique()
    if distinct.height > table.height // 2:
        return table.with_columns(asked).select(list(leaves))
    number = distinct.with_row_index("number")
    where = table.select(columns).join(number, on=list(columns), how="left", nulls_equal=True, maintain_order="left")
    return distinct.select(asked)[where["number"]]


def _found(m: Measure, target: str, leaves: pl.DataFrame) -> pl.DataFrame:
    """The findings of one measure: row, measure, outcome, because, missing."""
    gravity = leaves.select(outcome(m, target).alias("gravity")).to_series()
    rows = gravity.is_not_null().arg_true()
    if not rows.len():
        return pl.DataFrame(schema=dict(FINDINGS))
    keys = leaf_keys(m, target)
    known = sorted({c for root in (m.scope, *(r.when for r in m.routes)) for x in walk(root) for c in columns_of(x)})
    # Only what the words depend on: the day against the dates of the measure and its routes, leaves, facts at hand.
    edges = sorted({day for pair in ((m.start, m.end), *((r.start, r.end) for r in m.routes)) for day in pair if day})
    state = leaves[rows].select(
        pl.col("day").is_null().alias("no_day"),
        *[(pl.col("day") < day).alias(f"before:{day}") for day in edges],
        *[(pl.col("day") > day).alias(f"after:{day}") for day in edges],
        *[pl.col(key) for key in keys],
        *[pl.col(c).is_null().alias(f"no:{c}") for c in known],
        pl.Series("gravity", gravity.gather(rows)),
        pl.col("day").alias("sample_day"),
    )
    on = [c for c in state.columns if c != "sample_day"]
    ways = state.group_by(on, maintain_order=True).agg(pl.col("sample_day").first())
    texts = [_words(m, target, way, keys, known) for way in ways.iter_rows(named=True)]
    said = pl.DataFrame(texts, schema={c: FINDINGS[c] for c in ("outcome", "because", "missing")}, orient="row")
    number = ways.select(on).with_row_index("way")
    way = state.select(on).join(number, on=on, how="left", nulls_equal=True, maintain_order="left")["way"]
    return said[way].select(rows.alias("row").cast(pl.UInt32), pl.lit(m.id).alias("measure"), pl.all())


def _words(
    m: Measure, target: str, way: Mapping[str, Any], keys: Sequence[str], known: Sequence[str]
) -> tuple[str, str, tuple[str, ...]]:
    row: dict[str, Any] = {key: way[key] for key in keys}
    row["day"] = None if way["no_day"] else way["sample_day"] or date.min
    row.update({c: None if way[f"no:{c}"] else "" for c in known if c != "day"})
    result = _WORDS[way["gravity"]]
    because, missing = explain(m, result, row, target)
    return result.value, because, missing
