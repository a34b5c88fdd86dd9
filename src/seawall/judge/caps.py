"""Caps of all suppliers together: whether one dealing more goes over, as polars expressions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

import polars as pl

from seawall.model import Cap, Factor

SIZE: Mapping[str, Mapping[str, float]] = {
    "bbl": {"bbl": 1, "bbls": 1, "barrel": 1, "barrels": 1, "l": 1 / 158.987294928, "litres": 1 / 158.987294928,
            "m3": 1 / 0.158987294928, "gal": 1 / 42},
    "t": {"t": 1, "mt": 1, "tonne": 1, "tonnes": 1, "ton": 1, "tons": 1, "kg": 0.001, "kt": 1000},
    "piece": {"piece": 1, "pieces": 1, "pcs": 1, "unit": 1, "units": 1, "u": 1},
}  # fmt: skip
"""Units by what they measure, and how many of it one is (a US barrel is 42 gallons, 158.987294928 litres)."""

GENERAL = "general"
"""The factor of goods that no other factor names."""


def column(cap: Cap, what: str) -> str:
    """The column that holds, for the day of each row, what the ledger says of a cap.

    `what` is `on` (whether it runs on that day), `says` (a sentence), or unit and end (`bbl:low`, `bbl:high`).
    """
    return f"cap:{cap.id}:{what}"


def over(cap: Cap, factors: Mapping[str, Factor], alone: pl.Expr) -> pl.Expr:
    """Whether a dealing goes over a cap, with what was used before it; null where that is not known.

    Where `alone`, nothing counts but the dealing, and what is not known of it does not go over. False on days on which
    the cap does not run. `factors` turn tonnes into barrels.
    """
    answers = []
    for limit in cap.limits:
        low, high = _amount(limit.unit, factors)
        ends = (pl.col(column(cap, f"{limit.unit}:{end}")) for end in ("low", "high"))
        used_low, used_high = (pl.when(alone).then(0.0).otherwise(used) for used in ends)
        stopped = used_low >= cap.stop_at * limit.amount
        yes = stopped.fill_null(False) | (used_low + low > limit.amount).fill_null(False)
        no = (used_high + high <= limit.amount).fill_null(False)
        answers.append(pl.when(yes).then(True).when(no).then(False).otherwise(pl.lit(None, dtype=pl.Boolean)))
    # One limit in two units: each that is known says the same, and one answer is enough.
    together = pl.coalesce(answers) if cap.either else reduce(or_, answers)
    return pl.col(column(cap, "on")) & pl.when(alone).then(together.fill_null(False)).otherwise(together)


def used_up(cap: Cap) -> pl.Expr:
    """Whether what was used before a dealing already stops supply; null where that is not known."""
    answers = []
    for limit in cap.limits:
        stop = cap.stop_at * limit.amount
        full = pl.col(column(cap, f"{limit.unit}:low")) >= stop
        room = pl.col(column(cap, f"{limit.unit}:high")) < stop
        answers.append(pl.when(full).then(True).when(room).then(False).otherwise(pl.lit(None, dtype=pl.Boolean)))
    together = pl.coalesce(answers) if cap.either else reduce(or_, answers)
    return pl.col(column(cap, "on")) & together


def _amount(unit: str, factors: Mapping[str, Factor]) -> tuple[pl.Expr, pl.Expr]:
    """The dealing's amount in a unit, as a range."""
    if unit not in SIZE:
        value = pl.when(pl.col("currency") == unit).then(pl.col("value"))
        return value, value
    plain = sized(unit)
    if unit != "bbl":
        return plain, plain
    tonnes = sized("t")
    low, high = _barrels(factors)
    return pl.coalesce(plain, tonnes * low), pl.coalesce(plain, tonnes * high)


def sized(unit: str) -> pl.Expr:
    """The quantity in a unit of `SIZE`; null where it is given in a unit that measures something else."""
    known = {name: float(size) for name, size in SIZE[unit].items()}
    size = pl.col("unit").replace_strict(known, default=None, return_dtype=pl.Float64)
    return pl.col("quantity") * size


def _barrels(factors: Mapping[str, Factor]) -> tuple[pl.Expr, pl.Expr]:
    """Barrels of a tonne; goods that several words name get the widest range, goods that none names the general one."""
    named = [
        (factor, pl.col("goods").str.contains_any(list(factor.words))) for factor in factors.values() if factor.words
    ]
    general = factors[GENERAL]
    lows = [pl.when(hit).then(factor.low) for factor, hit in named]
    highs = [pl.when(hit).then(factor.high) for factor, hit in named]
    return (
        pl.coalesce(pl.min_horizontal(lows), pl.lit(general.low)),
        pl.coalesce(pl.max_horizontal(highs), pl.lit(general.high)),
    )
