"""Rows of trade statistics under the rulebook: which of them are in goods that a measure bans."""

from __future__ import annotations

import polars as pl

from seawall.judge.facts import SCHEMA
from seawall.judge.frames import judge_frame
from seawall.judge.rulebook import OF_CAPS, Rulebook, leaves_of
from seawall.model import Activity, Outcome
from seawall.model.trade import TOTAL, WORLD, TradeFlow

BANNED = ("first", "last")
_ACTIVITY = {
    TradeFlow.IMPORT.value: Activity.IMPORT.value,
    TradeFlow.EXPORT.value: Activity.EXPORT.value,
    TradeFlow.RE_EXPORT.value: Activity.EXPORT.value,
    TradeFlow.TRANSIT.value: Activity.TRANSIT.value,
}
_KEY = ["activity", "from_country", "to_country", "hs", "first", "last"]


def banned(rulebook: Rulebook, trade: pl.DataFrame) -> pl.DataFrame:
    """The rows of a trade frame whose goods a measure prohibits in the row's period.

    Each distinct flow is judged on the first and on the last day of its month or year. A measure counts if its scope
    names goods and its outcome is `prohibited` on one of the days. One with a cap does not: trade below it is lawful,
    and a record does not say what others had traded. A code too short to tell is left out, and so are rows without
    goods or with a partner that is no State. The columns of the frame, then `exporter`, `importer`, `measures` (their
    ids), `whole_period` (true where some ban holds on both days, so that no part of the row can lie before or after).
    """
    rows = _flows(trade)
    found = _judged(rulebook, rows.select(_KEY).unique(maintain_order=True))
    return rows.join(found, on=_KEY, how="inner", maintain_order="left").rename(
        {"from_country": "exporter", "to_country": "importer"}
    ).drop("activity", "first", "last")  # fmt: skip


def _flows(trade: pl.DataFrame) -> pl.DataFrame:
    """The rows that can be judged, as who sends what to whom, with the first and the last day."""
    state = (pl.col("partner") != WORLD) & ~pl.col("partner").str.starts_with("area:")
    hs = ~pl.col("hs_edition").str.contains("^(S|B|E)").fill_null(False) & (pl.col("hs") != TOTAL)
    rows = trade.filter(
        state & hs & (pl.col("value_usd") > 0) & (pl.col("partner") != pl.col("reporter"))
        & pl.col("flow").is_in(list(_ACTIVITY))
    )  # fmt: skip
    imports = pl.col("flow") == TradeFlow.IMPORT
    first = pl.date("year", pl.col("month").fill_null(1), 1)
    return rows.with_columns(
        activity=pl.col("flow").replace_strict(_ACTIVITY, return_dtype=pl.String),
        from_country=pl.when(imports).then("partner").otherwise("reporter"),
        to_country=pl.when(imports).then("reporter").otherwise("partner"),
        first=first,
        last=pl.when(pl.col("month").is_null()).then(pl.date("year", 12, 31)).otherwise(first.dt.month_end()),
    )


def _judged(rulebook: Rulebook, flows: pl.DataFrame) -> pl.DataFrame:
    """The flows that some measure on goods prohibits on one of their days."""
    asks = {m.id: {leaf.test for leaf in leaves_of(m)} for m in rulebook.measures}
    of_goods = [name for name, tests in asks.items() if "goods" in tests and tests.isdisjoint(OF_CAPS)]
    days = []
    for day in BANNED:
        facts = flows.select(
            "activity", "from_country", "to_country", pl.format(";{};", "hs").alias("hs"), pl.col(day).alias("day")
        )
        facts = facts.with_columns(pl.lit(None, dtype=SCHEMA[n]).alias(n) for n in SCHEMA if n not in facts.columns)
        says = judge_frame(rulebook, facts)
        says = says.filter((pl.col("outcome") == Outcome.PROHIBITED.value) & pl.col("measure").is_in(of_goods))
        days.append(says.select("row", "measure", pl.lit(day).alias("day")))
    found = (
        pl.concat(days)
        .group_by("row")
        .agg(measures=pl.col("measure").unique().sort(), whole_period=pl.col("day").n_unique() == len(BANNED))
    )
    return flows.with_row_index("row").join(found, on="row", how="inner").drop("row")
