"""One flow as several compilers tell it: where a side never reports, this is all there is to compare."""

from __future__ import annotations

import polars as pl

from seawall.model.trade import system

_KEY = ["reporter", "partner", "flow", "year", "month", "system", "hs"]
_SAME = 0.005
"""Values nearer than this share are one value rounded."""


def compilers(rows: pl.DataFrame, again: pl.DataFrame) -> pl.DataFrame:
    """Values of one reporter, partner, flow, period and goods that differ between files.

    `rows` are those of the file read first, `again` those of later files on the same keys. Columns out: the key,
    `file`, `value_usd`, `other_file`, `other_usd`, `ln`: the natural logarithm of the other value over the first (null
    where one is zero), the largest difference in USD first. No side is taken.
    """
    both = (
        again.with_columns(system())
        .select(*_KEY, other_file="file", other_usd="value_usd")
        .join(
            rows.with_columns(system())
            .unique(_KEY, keep="first", maintain_order=True)
            .select(*_KEY, "file", "value_usd"),
            on=_KEY,
            how="inner",
            nulls_equal=True,
        )
    )
    apart = (pl.col("other_usd") - pl.col("value_usd")).abs()
    some = (pl.col("other_usd") > 0) & (pl.col("value_usd") > 0)
    return (
        both.filter(apart > _SAME * pl.max_horizontal("other_usd", "value_usd"))
        .with_columns(ln=pl.when(some).then((pl.col("other_usd") / pl.col("value_usd")).log()))
        .sort(apart, descending=True)
        .select(*_KEY, "file", "value_usd", "other_file", "other_usd", "ln")
    )
