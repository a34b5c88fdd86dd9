"""Rows of trade statistics as columns, one form for all publishers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

from seawall.model.dealing import RowError


class TradeFlow(StrEnum):
    """Which way goods went, as the reporter sees it."""

    IMPORT = "import"
    EXPORT = "export"
    RE_EXPORT = "re_export"
    RE_IMPORT = "re_import"
    TRANSIT = "transit"


WORLD = "world"
"""The partner of a total over all partners."""
TOTAL = "TOTAL"
"""The code of all goods together."""

TRADE: Mapping[str, Any] = {
    "reporter": pl.String, "partner": pl.String, "partner2": pl.String, "flow": pl.String, "year": pl.Int32,
    "month": pl.Int8, "hs": pl.String, "hs_edition": pl.String, "level": pl.Int8, "value_usd": pl.Float64,
    "quantity": pl.Float64, "quantity_unit": pl.String, "net_weight_kg": pl.Float64, "basis": pl.String,
    "file": pl.String, "row": pl.UInt32,
}  # fmt: skip
"""The columns of a trade frame.

`reporter`, `partner` and `partner2` are ISO 3166-1 alpha-2 codes in lower case, `world`, or `area:` and the publisher's
code where that is no State. `month` is null for a whole year. `hs` is `TOTAL` or digits, `hs_edition` as Comtrade calls
it (`H5`; `S4` is SITC; null if the file does not say). `level` is the number of digits, 0 for `TOTAL`. `value_usd` is
null where the file has none, which is not zero. `basis` is `cif` or `fob`. `row` counts from 1, the header included.
"""


@dataclass(frozen=True, slots=True)
class Trade:
    """A frame of `TRADE` columns, what could not be read, and how many rows were left out, by reason.

    `again` are the rows of later files whose key stands in an earlier one: another compiler's word on the same flow.
    """

    rows: pl.DataFrame
    again: pl.DataFrame
    errors: tuple[RowError, ...]
    read: int
    left_out: tuple[tuple[str, int], ...]
    formats: tuple[tuple[str, str], ...]
    """(file, what it was recognised as)."""


def system() -> pl.Expr:
    """The nomenclature of a row's goods: `HS`, or the letter of another (`S`: SITC); a file that names none is HS."""
    letter = pl.col("hs_edition").str.slice(0, 1)
    return pl.when(letter.is_in(["S", "B", "E"])).then(letter).otherwise(pl.lit("HS")).alias("system")
