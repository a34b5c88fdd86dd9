"""How publishers lay out trade statistics: which of their columns holds what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from seawall.tables.mirror import published_factor

Fields = Mapping[str, tuple[str, ...]]
"""Our field and their columns for it; the first that holds something counts."""

NEEDED = ("reporter", "partner", "flow", "year", "hs", "value_usd")


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout of a table: its name, the columns by which it is known, and what they hold.

    `value_factor` turns its values into USD. `split` turns a row of it into one row per side first. `sums` says whether
    two rows of one key are to be added up; where they are not, the later of two that differ is an error.
    """

    name: str
    known_by: tuple[str, ...]
    fields: Fields
    value_factor: float = 1.0
    split: Callable[[pl.LazyFrame], pl.LazyFrame] | None = None
    sums: bool = False


_COMTRADE: Fields = {
    "reporter": ("reporterCode", "reporterISO", "reporterDesc"),
    "partner": ("partnerCode", "partnerISO", "partnerDesc"),
    "partner2": ("partner2Code", "partner2ISO", "partner2Desc"),
    "flow": ("flowCode", "flowDesc"),
    "year": ("period", "refYear"),
    "hs": ("cmdCode",),
    "hs_edition": ("classificationCode",),
    "value_usd": ("primaryValue",),
    "cif": ("cifvalue", "CIFValue"),
    "fob": ("fobvalue", "FOBValue"),
    "quantity": ("qty",),
    "quantity_unit": ("qtyUnitAbbr", "qtyUnitCode"),
    "net_weight_kg": ("netWgt",),
    "transport": ("motCode",),
    "customs": ("customsCode",),
    "supply": ("mosCode",),
}
_CLASSIC: Fields = {
    "reporter": ("Reporter Code", "Reporter ISO", "Reporter"),
    "partner": ("Partner Code", "Partner ISO", "Partner"),
    "partner2": ("2nd Partner Code", "2nd Partner ISO", "2nd Partner"),
    "flow": ("Trade Flow Code", "Trade Flow"),
    "year": ("Period", "Year"),
    "hs": ("Commodity Code",),
    "hs_edition": ("Classification",),
    "value_usd": ("Trade Value (US$)",),
    "cif": ("CIF Trade Value (US$)",),
    "fob": ("FOB Trade Value (US$)",),
    "quantity": ("Qty",),
    "quantity_unit": ("Qty Unit",),
    "net_weight_kg": ("Netweight (kg)",),
    "transport": ("Mode of Transport Code",),
    "customs": ("Customs Proc. Code",),
}
_PLAIN: Fields = {
    "reporter": ("reporter",),
    "partner": ("partner",),
    "partner2": ("partner2",),
    "flow": ("flow",),
    "year": ("year",),
    "month": ("month",),
    "hs": ("hs",),
    "hs_edition": ("hs_edition",),
    "value_usd": ("value",),
    "value_unit": ("unit",),
    "quantity": ("quantity",),
    "quantity_unit": ("quantity_unit",),
    "net_weight_kg": ("net_weight_kg",),
    "basis": ("basis",),
}
_SPLIT: Fields = {name: (name,) for name in (*NEEDED, "basis")}


def _sides(table: pl.LazyFrame) -> pl.LazyFrame:
    """Pairs of the IMF's Direction of Trade Statistics as their two sides, imports back at CIF."""
    imports = pl.col("value_m").cast(pl.Float64, strict=False) * published_factor()
    importer = table.select(
        "row", reporter="ctyname_m", partner="pctyname_m", flow="indcode_m", year="year_m",
        value_usd=pl.when(imports.is_null()).then("value_m").otherwise(imports.cast(pl.String)),
    )  # fmt: skip
    exporter = table.select(
        "row", reporter="ctyname_x", partner="pctyname_x", flow="indcode_x", year="year_x", value_usd="value_x"
    )
    return _totals(pl.concat([importer, exporter]))


def _one_sided(table: pl.LazyFrame) -> pl.LazyFrame:
    """What only one side records, imports back at CIF as in `_sides`."""
    value = pl.col("value").cast(pl.Float64, strict=False)
    back = pl.when(pl.col("indcode").str.contains("CIF")).then(value * published_factor()).otherwise(value)
    return _totals(
        table.select(
            "row", reporter="ctyname", partner="pctyname", flow="indcode", year="year",
            value_usd=pl.when(value.is_null()).then("value").otherwise(back.cast(pl.String)),
        )
    )  # fmt: skip


def _totals(table: pl.LazyFrame) -> pl.LazyFrame:
    cif = pl.col("flow").str.contains("CIF")
    return table.with_columns(hs=pl.lit("TOTAL"), basis=pl.when(cif).then(pl.lit("cif")).otherwise(pl.lit("fob")))


def _of_states(table: pl.LazyFrame) -> pl.LazyFrame:
    """A State's imports and exports of a year, with the world; -9 is the project's mark for what is not known."""
    both = [
        table.select(
            "row", reporter=pl.lit("cow:") + pl.col("ccode"), partner=pl.lit("0"), flow=pl.lit(side), year="year",
            value_usd=pl.when(pl.col(f"{side}s").str.contains(r"^-9(\.0+)?$")).then(None).otherwise(f"{side}s"),
            hs=pl.lit("TOTAL"), basis=pl.lit("cif" if side == "import" else "fob"),
        )
        for side in ("import", "export")
    ]  # fmt: skip
    return pl.concat(both)


LAYOUTS: tuple[Layout, ...] = (
    Layout("UN Comtrade (v1)", ("primaryValue", "cmdCode"), _COMTRADE),
    Layout("UN Comtrade (classic)", ("Trade Flow", "Commodity Code", "Trade Value (US$)"), _CLASSIC),
    Layout("IMF DOTS pairs", ("ctyname_m", "pctyname_m", "value_m", "value_x"), _SPLIT, split=_sides),
    Layout("IMF DOTS, one side", ("ctyname", "pctyname", "indcode", "value"), _SPLIT, split=_one_sided),
    Layout("Correlates of War", ("ccode", "imports", "exports"), _SPLIT, value_factor=1e6, split=_of_states),
    Layout("plain CSV", ("reporter", "partner", "flow", "value"), _PLAIN, sums=True),
)
"""In the order in which they are tried."""


def layout_of(header: Sequence[str]) -> Layout | None:
    """The first layout whose columns are all in a header."""
    names = set(header)
    return next((layout for layout in LAYOUTS if names.issuperset(layout.known_by)), None)
