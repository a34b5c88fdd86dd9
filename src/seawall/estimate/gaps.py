"""Which gaps mean something: outside the band, of one sign for years, or two partners taken for one another."""

from __future__ import annotations

import math

import polars as pl

from seawall.estimate.mirror import KEY
from seawall.model.mirror import Ground, MirrorTerms, Standing

_OF_ONE = ("exporter", "importer", "system", "hs")
_FULL = 12


def raised(pairs: pl.DataFrame, terms: MirrorTerms) -> pl.DataFrame:
    """Pairs with a band (`noise.noise`), with what is to be said of each.

    Columns added: `confused_with`, the partner with which the gap cancels; `outside`, whether the whole range of the
    gap lies outside the band; `run_years`, how many years in a row the gap had this sign by
    `terms.run_times` or more, from `run_from` on, and `one_sign`, whether they are `terms.run` or more; `least_usd`,
    how far the end of the range nearest to zero is from it, with its sign; null where the two sides cannot be compared.
    A gap that confusion explains is neither `outside` nor `one_sign`.
    """
    pairs = _runs(_confused(pairs, terms), terms.run_times)
    clear = pl.col("confused_with").is_null()
    # The ends nearest to zero decide, so that no choice of a CIF factor or a hub's share makes a flag.
    beyond = (pl.col("end_low") > pl.col("band_high")) | (pl.col("end_high") < pl.col("band_low"))
    export = pl.col("export_usd")
    return pairs.with_columns(
        outside=(clear & beyond).fill_null(False),
        one_sign=(clear & (pl.col("run_years") >= terms.run)).fill_null(False),
        least_usd=pl.when(pl.col("end_low") > 0).then(export * (pl.col("end_low").exp() - 1))
        .when(pl.col("end_high") < 0).then(export * (pl.col("end_high").exp() - 1))
        .when(pl.col("ln_mid").is_not_null()).then(0.0),
    )  # fmt: skip


def _sign(least: float = 0.0) -> pl.Expr:
    """1 or -1 where the whole range of a gap lies beyond `least` on that side, 0 elsewhere, null for no gap."""
    low, high = pl.col("end_low"), pl.col("end_high")
    return pl.when(low > least).then(1).when(high < -least).then(-1).when(low.is_not_null()).then(0).cast(pl.Int8)


def _runs(pairs: pl.DataFrame, times: float) -> pl.DataFrame:
    """How many years in a row, this one among them, the gap has its sign; 0 for none. Months make no run."""
    years = pairs.filter(pl.col("month").is_null() & (pl.col("standing") == Standing.PAIRED))
    years = years.select(*KEY, sign=_sign(math.log(times))).filter(pl.col("sign") != 0).sort(*_OF_ONE, "year")
    broken = (pl.col("year").diff() != 1) | (pl.col("sign").diff() != 0)
    begins = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in _OF_ONE) | broken
    years = years.with_columns(run=begins.fill_null(True).cum_sum()).with_columns(
        run_years=pl.len().over("run"), run_from=pl.col("year").min().over("run")
    )  # fmt: skip
    pairs = pairs.join(years.select(*KEY, "run_years", "run_from"), on=list(KEY), how="left", nulls_equal=True)
    return pairs.with_columns(pl.col("run_years").fill_null(0).cast(pl.Int32))


def _confused(pairs: pl.DataFrame, terms: MirrorTerms) -> pl.DataFrame:
    """Pairs whose gap cancels with that of a partner often taken for this one, on the same goods of the same period."""
    gap = pl.coalesce("usd_mid", pl.col("import_usd").fill_null(0.0) - pl.col("export_usd").fill_null(0.0))
    told = pairs.select(*KEY, gap=gap, clear=(_sign() != 0).fill_null(True)).filter("clear").drop("clear")
    found = [
        _cancels(told, side, names, terms.closes)
        for side in ("exporter", "importer")
        for both in terms.confused
        for names in (both, both[::-1])
    ]
    known = pl.concat(found) if found else told.select(*KEY, confused_with=pl.lit(None, dtype=pl.String)).clear()
    known = known.unique(list(KEY), keep="first", maintain_order=True)
    return pairs.join(known, on=list(KEY), how="left", nulls_equal=True)


def _cancels(told: pl.DataFrame, side: str, names: tuple[str, str], closes: float) -> pl.DataFrame:
    one, other = names
    rest = [name for name in KEY if name != side]
    mine = told.filter(pl.col(side) == one)
    theirs = told.filter(pl.col(side) == other).select(*rest, gap_other="gap")
    both = mine.join(theirs, on=rest, how="inner", nulls_equal=True)
    larger = pl.max_horizontal(pl.col("gap").abs(), pl.col("gap_other").abs())
    left = (pl.col("gap") + pl.col("gap_other")).abs()
    return both.filter((left <= closes * larger) & (larger > 0)).select(*KEY, confused_with=pl.lit(other))


FLAG = (
    "ground", "exporter", "importer", "hs", "year", "until", "month", "value_usd", "ln_low", "ln_mid", "ln_high",
    "usd_low", "usd_mid", "usd_high", "least_usd", "band_low", "band_high", "band_from", "measures", "whole_period",
    "reporter", "flow", "file", "row",
)  # fmt: skip
"""The columns of a flag; those that say nothing of its ground are null."""
_ORDER = {Ground.BAN.value: 0, Ground.BAND.value: 1, Ground.RUN.value: 2}


def flags(pairs: pl.DataFrame, banned: pl.DataFrame) -> pl.DataFrame:
    """One row per flag, columns `FLAG`: banned goods first, then gaps outside the band, then runs, the largest first.

    `pairs` as `raised` gives them, `banned` as `judge.trade.banned` does. A flag of a run has the range of ln over its
    years and the sum of the differences. Size is the value of banned goods, else `least_usd`.
    """
    goods = banned.with_columns(ground=pl.lit(Ground.BAN.value), until="year", least_usd="value_usd")
    band = pairs.filter("outside").with_columns(ground=pl.lit(Ground.BAND.value), until="year")
    runs = pairs.filter("one_sign").group_by(*_OF_ONE, "run_from", maintain_order=True).agg(
        pl.col("year").max().alias("until"), pl.col("ln_low").min(), pl.col("ln_mid").median(), pl.col("ln_high").max(),
        pl.col("usd_low", "usd_mid", "usd_high", "least_usd").sum(),
    )  # fmt: skip
    runs = runs.rename({"run_from": "year"}).with_columns(ground=pl.lit(Ground.RUN.value))
    table = pl.concat([goods, band, runs], how="diagonal_relaxed")
    missing = [pl.lit(None).alias(name) for name in FLAG if name not in table.columns]
    order = pl.col("ground").replace_strict(_ORDER, return_dtype=pl.Int8)
    table = table.with_columns(missing).sort(order, -pl.col("least_usd").abs(), *_OF_ONE, "year", nulls_last=True)
    return table.select(FLAG)


def with_bans(pairs: pl.DataFrame, banned: pl.DataFrame) -> pl.DataFrame:
    """Pairs with `measures` and `whole_period` of banned goods on either side; a year has those of its months."""
    key = ["exporter", "importer", "year", "hs"]
    whole, month = pl.col("whole_period").all(), pl.col("month")
    every = month.is_null().any() | (month.n_unique() == _FULL)  # months before a ban are not among the banned
    ids = pl.col("measures").list.explode().unique().sort()
    by_month = banned.filter(month.is_not_null()).group_by(*key, "month").agg(ids, whole)
    by_year = banned.group_by(key).agg(ids, whole & every).with_columns(month=pl.lit(None, dtype=pl.Int8))
    known = pl.concat([by_month, by_year.select(by_month.columns)]).with_columns(system=pl.lit("HS"))
    return pairs.join(known, on=[*key, "month", "system"], how="left", nulls_equal=True)


def silent(trade: pl.DataFrame, pairs: pl.DataFrame) -> list[str]:
    """The States that others trade with in these files and that report nothing in them."""
    named = pl.concat([pairs["exporter"], pairs["importer"]]).unique()
    return sorted(set(named.to_list()) - set(trade["reporter"].unique().to_list()))
