"""Which gaps mean something: outside the band, of one sign for years, or two partners taken for one another."""

from __future__ import annotations

import polars as pl

from seawall.estimate.mirror import KEY
from seawall.model.mirror import MirrorTerms, Standing

_OF_ONE = ("exporter", "importer", "system", "hs")


def raised(pairs: pl.DataFrame, terms: MirrorTerms) -> pl.DataFrame:
    """Pairs with a band (`noise.noise`), with what is to be said of each.

    Columns added: `confused_with`, the partner with which the gap cancels; `outside`, whether the whole range of the
    gap lies outside the band; `run_years`, how many years in a row the gap had this sign, and `one_sign`, whether they
    are `terms.run` or more; `least_usd`, how far the end of the range nearest to zero is from it, with its sign; null
    where the two sides cannot be compared. A gap that confusion explains is neither `outside` nor `one_sign`.
    """
    pairs = _runs(_confused(pairs, terms))
    clear = pl.col("confused_with").is_null()
    # Named ends: those nearest to zero decide, so that no choice of a CIF factor or a hub's share makes a flag.
    beyond = (pl.col("end_low") > pl.col("band_high")) | (pl.col("end_high") < pl.col("band_low"))
    export = pl.col("export_usd")
    return pairs.with_columns(
        outside=(clear & beyond).fill_null(False),
        one_sign=(clear & (pl.col("run_years") >= terms.run)).fill_null(False),
        least_usd=pl.when(pl.col("end_low") > 0).then(export * (pl.col("end_low").exp() - 1))
        .when(pl.col("end_high") < 0).then(export * (pl.col("end_high").exp() - 1))
        .when(pl.col("ln_mid").is_not_null()).then(0.0),
    )  # fmt: skip


def _sign() -> pl.Expr:
    """1 or -1 where the whole range of a gap has that sign, 0 where it holds zero, null where there is no gap."""
    low, high = pl.col("end_low"), pl.col("end_high")
    return pl.when(low > 0).then(1).when(high < 0).then(-1).when(low.is_not_null()).then(0).cast(pl.Int8)


def _runs(pairs: pl.DataFrame) -> pl.DataFrame:
    """How many years in a row, this one among them, the gap has its sign; 0 for none. Months make no run."""
    years = pairs.filter(pl.col("month").is_null() & (pl.col("standing") == Standing.PAIRED))
    years = years.select(*KEY, sign=_sign()).filter(pl.col("sign") != 0).sort(*_OF_ONE, "year")
    broken = (pl.col("year").diff() != 1) | (pl.col("sign").diff() != 0)
    begins = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in _OF_ONE) | broken
    years = years.with_columns(run=begins.fill_null(True).cum_sum()).with_columns(run_years=pl.len().over("run"))
    pairs = pairs.join(years.select(*KEY, "run_years"), on=list(KEY), how="left", nulls_equal=True)
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
