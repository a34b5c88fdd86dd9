"""Unit values that lie far from those of the same goods: also where only one side reports."""

from __future__ import annotations

import polars as pl

from seawall.model.mirror import MirrorTerms

_SUBHEADING = 6
_SCALE = 0.6745
"""The median absolute deviation of a normal law in its standard deviations."""


def odd_prices(trade: pl.DataFrame, terms: MirrorTerms) -> pl.DataFrame:
    """Rows of six digits whose value per kilogram, or per unit where no weight is told, is far from the usual.

    Usual is the median of ln over all rows of the same goods, flow and unit, far is `terms.outlier_score` in the
    modified score of Iglewicz and Hoaglin (1993), with `terms.outlier_rows` rows or more. Columns out: reporter,
    partner, flow, year, month, hs, per (the unit), price (USD), usual_low, usual_mid, usual_high (quartiles and
    median), rows, score, file, row; the largest score first.
    """
    weighed = pl.col("net_weight_kg") > 0
    counted = pl.col("quantity") > 0
    rows = trade.filter((pl.col("level") == _SUBHEADING) & (pl.col("value_usd") > 0)).with_columns(
        per=pl.when(weighed).then(pl.lit("kg")).when(counted).then("quantity_unit"),
        amount=pl.when(weighed).then("net_weight_kg").when(counted).then("quantity"),
    )
    rows = rows.filter(pl.col("per").is_not_null()).with_columns(price=pl.col("value_usd") / pl.col("amount"))
    rows = rows.with_columns(ln=pl.col("price").log())
    group = ["hs_edition", "hs", "flow", "per"]
    rows = rows.with_columns(off=pl.col("ln") - pl.col("ln").median().over(group)).with_columns(
        rows=pl.len().over(group).cast(pl.Int64),
        spread=pl.col("off").abs().median().over(group),
        usual_low=pl.col("price").quantile(0.25).over(group),
        usual_mid=pl.col("price").median().over(group),
        usual_high=pl.col("price").quantile(0.75).over(group),
    )
    rows = rows.with_columns(score=_SCALE * pl.col("off") / pl.col("spread"))
    far = (
        (pl.col("rows") >= terms.outlier_rows) & (pl.col("spread") > 0) & (pl.col("score").abs() >= terms.outlier_score)
    )
    return rows.filter(far).sort(pl.col("score").abs(), descending=True).select(
        "reporter", "partner", "flow", "year", "month", "hs", "per", "price", "usual_low", "usual_mid", "usual_high",
        "rows", "score", "file", "row",
    )  # fmt: skip
