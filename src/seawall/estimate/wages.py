"""Published revenue of workers abroad against wages: more than a gross wage for each cannot be what they bring home."""

from __future__ import annotations

from collections.abc import Sequence

from seawall.model import Estimate, Figure, Figures, Period, Standing, Status, WageCheck
from seawall.tables.figures import convert

REVENUE, STOCK, WAGE = "labour.revenue.published", "labour.stock.total", "labour.wage_gross"
APART = frozenset({"it_worker"})
"""Items of wages that are not what a worker on a site or in a mill is paid."""
MONTHLY = "USD/month"


def wage_check(figures: Figures) -> tuple[WageCheck, ...]:
    """Each published revenue divided by workers and months, against the highest gross wage found outside IT work.

    Each is set against the workers of its own study if that counted some, else of its period, else of its source, else
    of the nearest year. All in USD a month for one worker. Raises UsageError if a unit cannot be turned into another.
    """
    highest = highest_wage(figures)
    found = [f for f in figures.series(REVENUE) if f.status is not Status.CENSORED]
    return tuple(_check(f, workers_of(f, figures), highest, figures) for f in found)


def highest_wage(figures: Figures) -> Figure | None:
    """The highest gross wage in dollars, whatever its year and host, without those `APART`; None if there is none.

    Wages in other money are left out: rates of exchange are not among the figures.
    """
    dollars = figures.units[MONTHLY].dimension
    wages = [
        f
        for f in figures.series(WAGE)
        if f.item not in APART and f.high is not None and figures.units[f.unit].dimension == dollars
    ]
    return max(wages, key=lambda f: convert(_ends(f)[2], f.unit, MONTHLY, figures.units), default=None)


def workers_of(revenue: Figure, figures: Figures) -> tuple[Figure, ...]:
    """The figures of workers that a revenue is set against; none if there is no figure of workers at all."""
    counted = [f for f in figures.series(STOCK) if f.status is not Status.CENSORED]
    own = [f for f in counted if f.item == revenue.item] or [f for f in counted if not f.item]
    there = [f for f in own if _meet(f.period, revenue.period)] or [f for f in own if f.source == revenue.source]
    return tuple(there or sorted(own, key=lambda f: abs((f.period.end - revenue.period.end).days))[:1])


def _check(revenue: Figure, workers: tuple[Figure, ...], highest: Figure | None, figures: Figures) -> WageCheck:
    if not workers or highest is None:
        missing = "number of workers" if not workers else "wage"
        return WageCheck(revenue, workers, None, highest, Standing.OPEN, f"no {missing} to set it against")
    paid = [convert(x, revenue.unit, "USD", figures.units) for x in _ends(revenue)]
    fewest, middle, most = _span(workers)
    months = _months(revenue.period)
    low, mid, high = paid[0] / most / months, paid[1] / middle / months, paid[2] / fewest / months
    basis = tuple(dict.fromkeys((revenue.source, *(f.source for f in workers))))
    monthly = Estimate("paid for one worker", str(revenue.period), MONTHLY, low, mid, high, 1.0, basis)
    top = convert(_ends(highest)[2], highest.unit, MONTHLY, figures.units)
    standing = Standing.KEPT if high <= top else Standing.REJECTED if low > top else Standing.OPEN
    because = (
        f"{_range(paid[0] / 1e6, paid[2] / 1e6, revenue.status)} USD million in {months} months over "
        f"{_range(fewest, most, *(f.status for f in workers))} workers is {_range(low, high)} USD a month for each; "
        f"the highest gross wage found is {top:,.0f}"
    )
    return WageCheck(revenue, workers, monthly, highest, standing, because)


def _span(workers: Sequence[Figure]) -> tuple[float, float, float]:
    """Fewest, middle and most of several figures."""
    ends = [_ends(f) for f in workers]
    mids = sorted(mid for _, mid, _ in ends)
    return min(low for low, _, _ in ends), mids[len(mids) // 2], max(high for _, _, high in ends)


def _ends(f: Figure) -> tuple[float, float, float]:
    if f.low is None or f.mid is None or f.high is None:
        raise ValueError(f"{f.series} {f.period} is censored")
    return f.low, f.mid, f.high


def _range(low: float, high: float, *status: Status) -> str:
    text = f"{low:,.0f}" if round(low) == round(high) else f"{low:,.0f} to {high:,.0f}"
    return f"{text} or more" if Status.AT_LEAST in status else text


def _months(period: Period) -> int:
    return 12 * (period.end.year - period.start.year) + period.end.month - period.start.month + 1


def _meet(a: Period, b: Period) -> bool:
    return a.start <= b.end and b.start <= a.end
