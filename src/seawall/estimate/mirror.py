"""What one side says it imported against what the other says it exported, with the ranges of the gap.

Source of the frame: Bhagwati (1964) and IMF, Direction of Trade Statistics; Gaulier and Zignago (2010) for CIF and FOB.
"""

from __future__ import annotations

import polars as pl

from seawall.model.mirror import MirrorTerms, Standing
from seawall.model.trade import WORLD, TradeFlow, system

KEY = ("exporter", "importer", "year", "month", "system", "hs")
"""What a pair is told apart by. `system` is `HS`, or the letter of another nomenclature (`S`: SITC)."""

_WHEN = ("year", "month", "system", "level", "chapter")
_FULL = 12


def pairs(trade: pl.DataFrame, terms: MirrorTerms) -> pl.DataFrame:
    """One row for each flow that a side records, with both sides, how they stand and the gap between them.

    `trade` has the columns of `model.trade.TRADE`. Columns out: `KEY`, `level`, `standing` (`model.mirror.Standing`),
    `import_usd`, `export_usd`, `import_basis`; where both sides record a value above zero also `ln_low`, `ln_mid`,
    `ln_high`, the natural logarithm of imports at FOB over exports, and `usd_low`, `usd_mid`, `usd_high`, their
    difference; `hub`, `re_exports_usd`, and `end_low`, `end_high`: the range of ln after what goes through a hub may
    explain, which can close a gap and never turn it. Months of a full year become that year.
    """
    rows = full_years(_systems(trade))
    both = _sides(rows)
    if both.height == 0:
        return _closed(both, rows, terms)
    return _closed(_standing(both, rows), rows, terms).sort(KEY, nulls_last=True)


def _systems(trade: pl.DataFrame) -> pl.DataFrame:
    """Rows with their system and chapter, of several editions of one system only the newest."""
    rows = trade.with_columns(system(), chapter=pl.col("hs").str.slice(0, 2))
    key = ["reporter", "partner", "flow", "year", "month", "system", "hs"]
    return rows.sort("hs_edition", descending=True, nulls_last=True).unique(key, keep="first", maintain_order=True)


def full_years(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, with the twelve months of a year added up to the year; a part of a year stays months."""
    monthly = rows.filter(pl.col("month").is_not_null())
    if monthly.height == 0:
        return rows
    key = ["reporter", "partner", "flow", "year", "system", "hs"]
    full = monthly.group_by(key).agg(
        pl.col("month").n_unique().alias("months"),
        pl.col("value_usd", "quantity", "net_weight_kg").sum(),
        pl.exclude("month", "value_usd", "quantity", "net_weight_kg").first(),
    )
    full = full.filter(pl.col("months") == _FULL).with_columns(month=pl.lit(None, dtype=pl.Int8)).select(rows.columns)
    yearly = rows.filter(pl.col("month").is_null())
    full = full.join(yearly.select(key), on=key, how="anti")
    rest = monthly.join(pl.concat([full, yearly]).select(key).unique(), on=key, how="anti")
    return pl.concat([yearly, full, rest])


def _sides(rows: pl.DataFrame) -> pl.DataFrame:
    """Imports and exports of States with one another, side by side."""
    partner = pl.col("partner")
    states = rows.filter((partner != WORLD) & ~partner.str.starts_with("area:") & (partner != pl.col("reporter")))
    imports = states.filter(pl.col("flow") == TradeFlow.IMPORT).select(
        "year", "month", "system", "hs", "level", "chapter", exporter="partner", importer="reporter",
        import_usd="value_usd", import_basis="basis",
    )  # fmt: skip
    exports = states.filter(pl.col("flow") == TradeFlow.EXPORT).select(
        "year", "month", "system", "hs", "level", "chapter", exporter="reporter", importer="partner",
        export_usd="value_usd",
    )  # fmt: skip
    both = imports.join(exports, on=list(KEY), how="full", nulls_equal=True, coalesce=True)
    both = both.with_columns(pl.coalesce("level", "level_right").alias("level"),
                             pl.coalesce("chapter", "chapter_right").alias("chapter"))  # fmt: skip
    some = pl.max_horizontal("import_usd", "export_usd") > 0
    return both.filter(some).drop("level_right", "chapter_right")


def _standing(both: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Whether a side that is missing reports such goods at all in that period: any partner, same level and chapter."""
    said = rows.select("reporter", "flow", *_WHEN).unique().with_columns(there=pl.lit(True))
    for side, flow in (("importer", TradeFlow.IMPORT), ("exporter", TradeFlow.EXPORT)):
        some = said.filter(pl.col("flow") == flow).drop("flow").rename({"reporter": side, "there": f"{side}_reports"})
        both = both.join(some, on=[side, *_WHEN], how="left", nulls_equal=True)
    zero = (pl.col("import_usd") == 0) | (pl.col("export_usd") == 0)
    no_import, no_export = pl.col("import_usd").is_null(), pl.col("export_usd").is_null()
    standing = (
        pl.when(no_export & pl.col("exporter_reports").is_null()).then(pl.lit(Standing.EXPORTER_SILENT.value))
        .when(no_export).then(pl.lit(Standing.ORPHANED.value))
        .when(no_import & pl.col("importer_reports").is_null()).then(pl.lit(Standing.IMPORTER_SILENT.value))
        .when(no_import).then(pl.lit(Standing.LOST.value))
        .when(zero).then(pl.lit(Standing.ZERO.value))
        .otherwise(pl.lit(Standing.PAIRED.value))
    )  # fmt: skip
    return both.with_columns(standing=standing).drop("importer_reports", "exporter_reports")


def _closed(both: pl.DataFrame, rows: pl.DataFrame, terms: MirrorTerms) -> pl.DataFrame:
    """The gap with its ranges, before and after what hubs may explain."""
    if "standing" not in both.columns:
        both = both.with_columns(standing=pl.lit(None, dtype=pl.String))
    cif = (pl.col("import_basis") == "cif").fill_null(False)
    factors = (("low", terms.cif_fob.high), ("mid", terms.cif_fob.mid), ("high", terms.cif_fob.low))
    fob = {end: pl.col("import_usd") / pl.when(cif).then(factor).otherwise(1.0) for end, factor in factors}
    paired = pl.col("standing") == Standing.PAIRED
    export = pl.col("export_usd")
    both = _through_hubs(both, rows, terms)
    through = pl.col("through_usd")
    # What passes through a hub may be told as imports only, or as exports only: it closes a gap of either sign.
    some = {
        "end_low": ((fob["low"] - pl.col("re_exports_usd")) / export).log(),
        "end_high": (fob["high"] / (export - through)).log(),
    }
    return both.with_columns(
        *(pl.when(paired).then((fob[end] / export).log()).alias(f"ln_{end}") for end, _ in factors),
        *(pl.when(paired).then(fob[end] - export).alias(f"usd_{end}") for end, _ in factors),
    ).with_columns(
        end_low=pl.when(pl.col("ln_low") > 0).then(pl.max_horizontal(some["end_low"].fill_nan(0.0), 0.0))
        .otherwise("ln_low"),
        end_high=pl.when(pl.col("ln_high") < 0).then(pl.min_horizontal(some["end_high"].fill_nan(0.0), 0.0))
        .otherwise("ln_high"),
    ).drop("through_usd", "chapter")  # fmt: skip


def _through_hubs(both: pl.DataFrame, rows: pl.DataFrame, terms: MirrorTerms) -> pl.DataFrame:
    """What may have gone through: re-exports told to the importer by others, and the part of a hub's own trade."""
    key = ["importer", "year", "month", "system", "hs"]
    told = rows.filter(pl.col("flow") == TradeFlow.RE_EXPORT).select(
        "year", "month", "system", "hs", "value_usd", importer="partner", exporter="reporter"
    )
    total = told.group_by(key).agg(pl.col("value_usd").sum().alias("total"))
    own = told.group_by(*key, "exporter").agg(pl.col("value_usd").sum().alias("own"))
    both = both.join(total, on=key, how="left", nulls_equal=True)
    both = both.join(own, on=[*key, "exporter"], how="left", nulls_equal=True)
    most = {code: span[1] for code, span in terms.hubs.items()}
    share = pl.max_horizontal(
        pl.col(side).replace_strict(most, default=0.0, return_dtype=pl.Float64) for side in ("exporter", "importer")
    )
    return both.with_columns(
        hub=share > 0,
        re_exports_usd=pl.col("total").fill_null(0.0) - pl.col("own").fill_null(0.0),
        through_usd=pl.max_horizontal(pl.col("own").fill_null(0.0), pl.col("export_usd") * share),
    ).drop("total", "own")
