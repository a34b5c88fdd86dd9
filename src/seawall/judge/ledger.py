"""What all suppliers supplied under caps before a day, from a ledger of notified amounts."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from seawall.judge.caps import column
from seawall.model import Cap, Factor, Limit, Supply

ALL = "all"
"""The supplier of a row that counts for all suppliers together."""

Used = tuple[float, float | None]
Period = tuple[date, date]
_ONE = timedelta(days=1)
_Ranges = Sequence[tuple[Supply, float, float | None]]


def used(cap: Cap, unit: str, day: date, ledger: Sequence[Supply], factor: Factor) -> Used:
    """What all suppliers supplied under a cap before a day of its period: at least, and at most (None: not known).

    Each supplier's lower end is the most that rows ending before the day add up to without overlap; the upper end is
    the least total of rows of `all` suppliers that together leave no day out from the start of the period to the day
    before. Where sources disagree, it may be less than the lower. `factor` turns a ledger's tonnes into barrels.
    (0, 0) outside the cap's period.
    """
    period = cap.period(day)
    if period is None:
        return 0.0, 0.0
    rows = [s for s in ledger if s.end >= period[0] and s.start <= period[1] and s.unit in _FROM.get(unit, {unit})]
    return _used(period[0], day, [(s, *_converted(s, unit, factor)) for s in rows])


def _used(start: date, day: date, rows: _Ranges) -> Used:
    suppliers: dict[str, list[tuple[Supply, float, float | None]]] = defaultdict(list)
    for row in rows:
        suppliers[row[0].supplier].append(row)
    at_least = {name: _most(found, start, day) for name, found in suppliers.items()}
    low = max(at_least.pop(ALL, 0.0), sum(at_least.values()))
    return low, _cover(suppliers.get(ALL, ()), start, day)


def _cover(rows: _Ranges, start: date, day: date) -> float | None:
    """The least total of rows that leave no day of [start, day) out, None if they leave one out."""
    reached: dict[date, float] = {start: 0.0}
    for supply, _, high in sorted(rows, key=lambda r: (r[0].start, r[0].end)):
        before = min((cost for upto, cost in reached.items() if upto >= supply.start), default=None)
        if high is not None and before is not None:
            upto = supply.end + _ONE
            reached[upto] = min(reached.get(upto, before + high), before + high)
    return min((cost for upto, cost in reached.items() if upto >= day), default=None)


def _most(rows: _Ranges, start: date, day: date) -> float:
    """The largest sum of rows within [start, day) that do not overlap (weighted interval scheduling)."""
    ordered = sorted((r for r in rows if r[0].start >= start and r[0].end < day), key=lambda r: r[0].end)
    best: list[tuple[date, float]] = [(date.min, 0.0)]
    for supply, low, _ in ordered:
        before = next(total for end, total in reversed(best) if end < supply.start)
        best.append((supply.end, max(best[-1][1], before + low)))
    return best[-1][1]


_FROM: Mapping[str, frozenset[str]] = {"bbl": frozenset({"bbl", "t"})}


def _converted(s: Supply, unit: str, factor: Factor) -> Used:
    if s.unit == unit:
        return s.low, s.high
    return s.low * factor.low, None if s.high is None else s.high * factor.high


def with_used(
    table: pl.DataFrame, caps: Iterable[Cap], ledger: Sequence[Supply], factors: Mapping[str, Factor]
) -> pl.DataFrame:
    """The table with what the ledger says of each cap for the day of each row (see `caps.column`), also in words."""
    days = by_day(table["day"], caps, ledger, factors)
    days = days.with_columns(
        pl.Series(column(cap, "says"), [_says(cap, row) for row in days.iter_rows(named=True)], dtype=pl.String)
        for cap in caps
    )
    return table.join(days, on="day", how="left", maintain_order="left")


def by_day(
    days: pl.Series, caps: Iterable[Cap], ledger: Sequence[Supply], factors: Mapping[str, Factor]
) -> pl.DataFrame:
    """What the ledger says of each cap, for each of these days once."""
    known = days.drop_nulls().unique().to_list()
    columns: dict[str, pl.Series] = {"day": pl.Series(known, dtype=pl.Date)}
    for cap in caps:
        columns |= _columns(cap, known, [s for s in ledger if s.goods == cap.counts], factors[cap.factor])
    return pl.DataFrame(columns)


def _columns(cap: Cap, days: Sequence[date], ledger: Sequence[Supply], factor: Factor) -> dict[str, pl.Series]:
    periods = [cap.period(day) for day in days]
    edges = _edges(periods, ledger)
    # Between two edges nothing changes: what holds on a day is what held on the last edge up to it.
    steps = [edges[bisect(edges, day) - 1] if period else day for day, period in zip(days, periods, strict=True)]
    found = {column(cap, "on"): pl.Series([period is not None for period in periods], dtype=pl.Boolean)}
    for unit in dict.fromkeys(limit.unit for limit in cap.limits):
        known = {step: used(cap, unit, step, ledger, factor) for step in dict.fromkeys(steps)}
        found[column(cap, f"{unit}:low")] = pl.Series([known[step][0] for step in steps], dtype=pl.Float64)
        found[column(cap, f"{unit}:high")] = pl.Series([known[step][1] for step in steps], dtype=pl.Float64)
    return found


def _edges(periods: Iterable[Period | None], ledger: Iterable[Supply]) -> list[date]:
    """The days on which what `used` says may change, in their order.

    A row counts from the day after its end, and on that day it still leaves no day before out; a day later it may.
    """
    days = {period[0] for period in dict.fromkeys(periods) if period} | {s.end + _ONE for s in ledger}
    return sorted(days | {day + _ONE for day in days})


def _says(cap: Cap, row: Mapping[str, Any]) -> str | None:
    period = cap.period(row["day"])
    if period is None:
        return None
    limits = (" or " if cap.either else " and ").join(f"{limit.amount:,.0f} {limit.unit}" for limit in cap.limits)
    ends = ([row[column(cap, f"{limit.unit}:{end}")] for end in ("low", "high")] for limit in cap.limits)
    parts = [_range(cap, limit, *pair) for limit, pair in zip(cap.limits, ends, strict=True)]
    before = f"supplied before {row['day']} as notified: {'; '.join(parts)}"
    last = "on" if period[1] == date.max else f"to {period[1]}"
    return f"{cap.title}: {limits} from {period[0]} {last}; {before}"


def _range(cap: Cap, limit: Limit, low: float, high: float | None) -> str:
    unit = limit.unit
    if low >= cap.stop_at * limit.amount:
        return f"used up before that day ({low:,.0f} {unit} notified)"
    if high is not None and high < low:
        return f"{high:,.0f} to {low:,.0f} {unit}, as sources disagree"
    return f"at least {low:,.0f} {unit}, at most {'not known' if high is None else f'{high:,.0f}'}"
