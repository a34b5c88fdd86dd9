"""Where sources contradict one another, and how statements stand against them. Nothing is decided: both are shown."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from seawall.model import (
    Agreement,
    Check,
    Checked,
    CheckKind,
    Conflict,
    Estimate,
    Figure,
    Figures,
    Part,
    Period,
    Quantity,
    Status,
)
from seawall.tables.figures import convert


def conflicts(figures: Figures, quantities: Sequence[Quantity]) -> tuple[Conflict, ...]:
    """What several sources or series say of one quantity, side by side in the unit of the first part.

    A series of which no quantity speaks is compared with itself where several sources have one period of it. Censored
    figures are left out, and so is what only one figure says. Raises UsageError if units cannot be turned into one.
    """
    told = {(p.series, p.item) for q in quantities for p in q.parts if not q.across}
    rest = sorted({(f.series, f.item) for f in figures.rows} - told)
    own = [Quantity(series, f"{series} {item}".strip(), (Part(series, item),)) for series, item in rest]
    return tuple(c for q in (*quantities, *own) for c in _conflicts(figures, q))


def _conflicts(figures: Figures, quantity: Quantity) -> Iterator[Conflict]:
    found = [f for part in quantity.parts for f in _of(figures, part)]
    groups: dict[Period | None, list[Figure]] = defaultdict(list)
    for f in _in_one_unit(found, figures):
        groups[None if quantity.across else f.period].append(f)
    for _, group in sorted(groups.items(), key=lambda pair: pair[1][0].period):
        if len(group) > 1:
            yield _side_by_side(quantity, group)


def _side_by_side(quantity: Quantity, group: list[Figure]) -> Conflict:
    ordered = sorted(group, key=lambda f: (-_ends(f)[1], f.series, f.source))
    most, least = _ends(ordered[0])[1], _ends(ordered[-1])[1]
    ranges = [_open(f) for f in group]
    return Conflict(
        quantity.id, quantity.title, tuple(ordered),
        ratio=most / least if quantity.ratio and least > 0 else None,
        agree=max(low for low, _ in ranges) <= min(high for _, high in ranges),
        why=quantity.why, see=quantity.see,
    )  # fmt: skip


def _of(figures: Figures, part: Part) -> list[Figure]:
    """The figures of a part that have a number, in order of period."""
    return [f for f in figures.series(part.series, part.item) if part.holds(f) and f.status is not Status.CENSORED]


def _in_one_unit(found: Sequence[Figure], figures: Figures) -> list[Figure]:
    return [_in_unit(f, found[0].unit, figures) for f in found]


def _in_unit(f: Figure, unit: str, figures: Figures) -> Figure:
    if f.unit == unit:
        return f
    low, mid, high = (convert(x, f.unit, unit, figures.units) for x in _ends(f))
    return replace(f, unit=unit, low=low, mid=mid, high=high)


def _ends(f: Figure) -> tuple[float, float, float]:
    """Low, middle and high. Raises ValueError for a censored figure."""
    if f.low is None or f.mid is None or f.high is None:
        raise ValueError(f"{f.series} {f.period} is censored")
    return f.low, f.mid, f.high


def _open(f: Figure) -> tuple[float, float]:
    """Where the number may lie: a floor is open above, a ceiling below."""
    low, _, high = _ends(f)
    return -math.inf if f.status is Status.AT_MOST else low, math.inf if f.status is Status.AT_LEAST else high


def check(figures: Figures, checks: Iterable[Check]) -> tuple[Checked, ...]:
    """How each statement stands, once for each figure that it is set against: confirmed, differs, or not comparable.

    A statement that is not among `figures` is left out. A sum or change that rests on own arithmetic proves
    nothing and is not comparable. Raises UsageError if units cannot be turned into one.
    """
    return tuple(done for c in checks for done in KINDS[c.kind](figures, c))


def _same(figures: Figures, c: Check) -> Iterator[Checked]:
    """The same thing from another source: confirmed if the ranges meet."""
    for stated in _of(figures, c.stated):
        others = [f for part in c.against for f in _of(figures, part) if f is not stated]
        if not others:
            yield Checked(c, stated, None, Agreement.NOT_COMPARABLE, because="no other source here has it")
        for other in others:
            yield _judged(c, stated, _sum(f"{other.series} {other.item}".strip(), [other], stated, figures))


def _sum_of_parts(figures: Figures, c: Check) -> Iterator[Checked]:
    """The parts of one period give the whole: exports and imports the total."""
    for stated in _of(figures, c.stated):
        parts = [next((f for f in _of(figures, p) if f.period == stated.period), None) for p in c.against]
        there = [f for f in parts if f is not None]
        if len(there) == len(parts):
            yield _proved(c, stated, there, _sum("sum of the parts", there, stated, figures))
        elif there:
            names = ", ".join(p.series for p, f in zip(c.against, parts, strict=True) if f is None)
            yield Checked(c, stated, None, Agreement.NOT_COMPARABLE, because=f"no figure of {names}")


def _sum_of_periods(figures: Figures, c: Check) -> Iterator[Checked]:
    """The months give the year. Where some are missing and the rest do not give it, the sum is only a floor."""
    for stated in _of(figures, c.stated):
        inside = [f for part in c.against for f in _of(figures, part) if _within(f.period, stated.period)]
        if inside:
            found = _sum(f"sum of {len(inside)} periods", inside, stated, figures)
            done = _proved(c, stated, inside, found)
            days, whole = sum(_days(f.period) for f in inside), _days(stated.period)
            if done.agreement is Agreement.DIFFERS and found.high < _ends(stated)[1] and days < whole:
                because = f"the periods at hand hold {days} of {whole} days"
                done = replace(done, agreement=Agreement.NOT_COMPARABLE, off=None, because=because)
            yield done


def _change(figures: Figures, c: Check) -> Iterator[Checked]:
    """A change in percent, as a rate and as the levels of its first and last year give it."""
    for stated in _of(figures, c.stated):
        levels = [f for part in c.against for f in _of(figures, part)]
        first, last = stated.period.start.year, stated.period.end.year
        before, after = (next((f for f in levels if _in_year(f, year)), None) for year in (first, last))
        if before is None or after is None or _ends(before)[0] <= 0:
            yield Checked(c, stated, None, Agreement.NOT_COMPARABLE, because="a level is missing or not above zero")
            continue
        (low0, mid0, high0), (low1, mid1, high1) = _ends(before), _ends(_in_unit(after, before.unit, figures))
        spans = ((high0, low1), (mid0, mid1), (low0, high1))
        low, mid, high = (convert(b / a - 1, "share", stated.unit, figures.units) for a, b in spans)
        ends = (before, after)
        found = Estimate("change of the levels", str(stated.period), stated.unit, low, mid, high, 1.0, _basis(ends))
        yield replace(_proved(c, stated, ends, found), off=None)


KINDS: dict[CheckKind, Callable[[Figures, Check], Iterator[Checked]]] = {
    CheckKind.SAME: _same,
    CheckKind.SUM: _sum_of_parts,
    CheckKind.PERIODS: _sum_of_periods,
    CheckKind.CHANGE: _change,
}
"""What each kind of check does. The docstrings are what users read."""


def _judged(c: Check, stated: Figure, found: Estimate) -> Checked:
    """Confirmed if the ranges meet once the statement's is widened by the share within which both count as the same."""
    (low, high), mid = _open(stated), _ends(stated)[1]
    slack = c.within * abs(mid)
    if found.low <= high + slack and low - slack <= found.high:
        return Checked(c, stated, found, Agreement.CONFIRMED)
    return Checked(c, stated, found, Agreement.DIFFERS, found.mid / mid - 1 if mid else None)


def _proved(c: Check, stated: Figure, parts: Sequence[Figure], found: Estimate) -> Checked:
    """As `_judged`, but own arithmetic proves nothing about the figures that it was made from."""
    own = [f for f in (stated, *parts) if f.status is Status.DERIVED]
    if own:
        because = f"{', '.join(f'{f.series} {f.period}' for f in own)} is own arithmetic"
        return Checked(c, stated, found, Agreement.NOT_COMPARABLE, because=because)
    return _judged(c, stated, found)


def _sum(what: str, parts: Sequence[Figure], stated: Figure, figures: Figures) -> Estimate:
    """The sum in the unit of the statement, its ends the sums of the ends: all that the ranges allow."""
    ends = [_ends(_in_unit(f, stated.unit, figures)) for f in parts]
    low, mid, high = (sum(column) for column in zip(*ends, strict=True))
    period = Period(min(f.period.start for f in parts), max(f.period.end for f in parts))
    return Estimate(what, str(period), stated.unit, low, mid, high, 1.0, _basis(parts))


def _basis(parts: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.source for f in parts))


def _in_year(f: Figure, year: int) -> bool:
    return f.period.start.year == f.period.end.year == year


def _within(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner != outer


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1
