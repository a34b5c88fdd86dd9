"""Conflicts and checks against plain arithmetic, and laws."""

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seawall
from seawall.errors import UsageError
from seawall.estimate.conflicts import KINDS, check, conflicts
from seawall.model import (
    Agreement,
    Check,
    CheckKind,
    Figure,
    Figures,
    Grade,
    Part,
    Period,
    Quantity,
    Source,
    Status,
    Unit,
)
from seawall.tables.figures import load_figures
from seawall.tables.quantities import load_checks, load_quantities

BUILT_IN = load_figures()
UNITS = {
    u.id: u
    for u in (
        Unit("t", "mass", 1),
        Unit("kt", "mass", 1000),
        Unit("USD", "usd", 1),
        BUILT_IN.units["percent"],
        BUILT_IN.units["share"],
    )
}
SOURCES = {name: Source(name, name, name, date(2018, 1, 1)) for name in "abc"}


def year(first, last=None):
    return Period(date(first, 1, 1), date(last or first, 12, 31))


def month(number, of=2017):
    return Period(date(of, number, 1), date(of, number, 28))


def figure(mid, source="a", series="ice", low=None, high=None, **more):
    fields = {"item": "", "period": year(2017), "unit": "t", "status": Status.REPORTED, "grade": Grade.A, **more}
    return Figure(
        series=series, low=mid if low is None else low, mid=mid, high=mid if high is None else high,
        source=source, known=date(2018, 1, 1), **fields,
    )  # fmt: skip


def figures(*rows):
    return Figures(rows, SOURCES, UNITS)


def same(stated="ice", against=("snow",), kind=CheckKind.SAME, within=0.0):
    return Check("c", "says", kind, Part(stated), tuple(map(Part, against)), within)


def test_two_sources_of_one_series_are_set_side_by_side_without_being_told():
    (c,) = conflicts(figures(figure(3), figure(12, "b"), figure(9, period=year(2016))), ())
    assert [f.mid for f in c.figures] == [12, 3]
    assert (c.quantity, c.ratio, c.agree) == ("ice", 4, False)


def test_series_of_one_quantity_in_one_unit():
    one = Quantity("frozen", "Frozen", (Part("ice"), Part("snow")), why="why", see=("a",))
    (c,) = conflicts(figures(figure(3000), figure(6, "b", "snow", unit="kt")), (one,))
    assert [(f.mid, f.unit) for f in c.figures] == [(6000, "t"), (3000, "t")]
    assert (c.ratio, c.why, c.see) == (2, "why", ("a",))


def test_other_periods_only_across():
    rows = figures(figure(3), figure(6, "b", "snow", period=year(2016)))
    one = Quantity("frozen", "Frozen", (Part("ice"), Part("snow")))
    assert conflicts(rows, (one,)) == ()
    (c,) = conflicts(rows, (replace(one, across=True),))
    assert c.ratio == 2
    assert conflicts(rows, (replace(one, across=True, ratio=False),))[0].ratio is None


def test_what_is_not_known_is_no_conflict():
    hidden = replace(figure(0, "b"), low=None, mid=None, high=None, status=Status.CENSORED)
    assert conflicts(figures(figure(3), hidden), ()) == ()


@pytest.mark.parametrize(
    ("other", "agree"),
    [
        (figure(12, "b", low=3, high=20), True),
        (figure(12, "b", low=4, high=20), False),
        (figure(2, "b", status=Status.AT_LEAST), True),
        (figure(4, "b", status=Status.AT_LEAST), False),
        (figure(4, "b", status=Status.AT_MOST), True),
        (figure(2, "b", status=Status.AT_MOST), False),
    ],
)
def test_they_agree_if_one_number_lies_in_all_ranges(other, agree):
    assert conflicts(figures(figure(3), other), ())[0].agree is agree


@pytest.mark.parametrize(("x", "y"), [(0, 3), (-2, 3), (-2, -3)])
def test_no_ratio_unless_all_are_above_zero(x, y):
    assert conflicts(figures(figure(x), figure(y, "b")), ())[0].ratio is None


def test_units_of_two_kinds_cannot_be_set_side_by_side():
    one = Quantity("frozen", "Frozen", (Part("ice"), Part("snow")))
    with pytest.raises(UsageError):
        conflicts(figures(figure(3), figure(6, "b", "snow", unit="USD")), (one,))


amounts = st.floats(0.01, 1e9)


@given(st.lists(amounts, min_size=2, max_size=3))
def test_a_ratio_is_one_or_more_and_order_does_not_matter(mids):
    rows = [figure(mid, source) for mid, source in zip(mids, "abc", strict=False)]
    assert conflicts(figures(*rows), ()) == conflicts(figures(*reversed(rows)), ())
    assert conflicts(figures(*rows), ())[0].ratio == max(mids) / min(mids) >= 1


@given(amounts, amounts, st.floats(0, 0.5), st.floats(0, 0.4))
def test_a_wider_tolerance_never_takes_a_confirmation_back(x, y, within, more):
    rows = figures(figure(x), figure(y, "b", "snow"))
    (narrow,), (wide,) = (check(rows, [same(within=w)]) for w in (within, within + more))
    assert narrow.agreement is not Agreement.CONFIRMED or wide.agreement is Agreement.CONFIRMED
    assert narrow.found.low <= narrow.found.mid <= narrow.found.high


def test_how_far_a_statement_is_off():
    (done,) = check(figures(figure(200), figure(150, "b", "snow")), [same(within=0.02)])
    assert (done.agreement, done.off, done.found.basis) == (Agreement.DIFFERS, -0.25, ("b",))
    (done,) = check(figures(figure(200)), [same()])
    assert (done.agreement, done.found) == (Agreement.NOT_COMPARABLE, None)
    assert check(figures(figure(150, "b", "snow")), [same()]) == ()


def test_a_figure_does_not_confirm_itself():
    rows = figures(figure(200, "a"))
    assert check(rows, [same(against=("ice",))])[0].agreement is Agreement.NOT_COMPARABLE


def test_parts_of_a_sum():
    c = same("all", ("out", "in"), CheckKind.SUM, 0.005)
    rows = [figure(100, series="all"), figure(60, series="out", low=50, high=70), figure(45, series="in")]
    (done,) = check(figures(*rows), [c])
    assert (done.found.low, done.found.mid, done.found.high) == (95, 105, 115)
    assert done.agreement is Agreement.CONFIRMED
    (done,) = check(figures(*rows[:2]), [c])
    assert (done.agreement, done.because) == (Agreement.NOT_COMPARABLE, "no figure of in")
    assert check(figures(rows[0]), [c]) == ()


def test_own_arithmetic_proves_nothing():
    c = same("all", ("out", "in"), CheckKind.SUM, 0.005)
    own = figure(40, series="in", status=Status.DERIVED, grade=Grade.C)
    (done,) = check(figures(figure(100, series="all"), figure(60, series="out"), own), [c])
    assert (done.agreement, done.because) == (Agreement.NOT_COMPARABLE, "in 2017 is own arithmetic")


def test_months_of_a_year():
    c = same("ice", ("monthly",), CheckKind.PERIODS, 0.001)
    months = [figure(10, series="monthly", period=month(n)) for n in range(1, 11)]
    assert check(figures(figure(100), *months), [c])[0].agreement is Agreement.CONFIRMED
    (done,) = check(figures(figure(120), *months), [c])
    assert (done.agreement, done.because) == (Agreement.NOT_COMPARABLE, "the periods at hand hold 280 of 365 days")
    (done,) = check(figures(figure(80), *months), [c])
    assert (done.agreement, done.off) == (Agreement.DIFFERS, 0.25)
    assert check(figures(figure(80), figure(5, series="monthly", period=year(2017))), [c]) == ()


def test_a_rate_and_its_levels():
    c = same("rate", ("level",), CheckKind.CHANGE, 0.02)
    rate = figure(-20, series="rate", unit="percent", period=year(2016, 2017))
    levels = [figure(100, series="level", period=year(2016), low=90, high=110), figure(50, series="level")]
    (done,) = check(figures(rate, *levels), [c])
    assert (done.found.low, done.found.mid, done.found.high) == pytest.approx((-54.545454, -50, -44.444444))
    assert (done.agreement, done.off) == (Agreement.DIFFERS, None)
    assert check(figures(rate, levels[0]), [c])[0].agreement is Agreement.NOT_COMPARABLE
    nothing = figure(0, series="level", period=year(2016))
    assert check(figures(rate, nothing, levels[1]), [c])[0].agreement is Agreement.NOT_COMPARABLE


def test_kinds_explain_themselves():
    says = [KINDS[kind].__doc__ for kind in CheckKind]
    assert all(says)
    assert len(set(says)) == len(CheckKind)


def rows_of(name):
    path = Path(seawall.__file__).parent / "tables" / "figures" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as page:
        return list(csv.DictReader(page))


def test_the_totals_by_plain_arithmetic():
    """A slow twin: the sums of the trade table, from its text."""
    by_year = defaultdict(dict)
    for row in rows_of("trade"):
        if row["series"] in {"trade.kotra.total", "trade.kotra.exports", "trade.kotra.imports"}:
            by_year[row["period"]][row["series"].rsplit(".", 1)[1]] = (float(row["value"]), row["status"])
    whole = {y: parts for y, parts in by_year.items() if len(parts) == 3}
    plain = {
        y: Agreement.NOT_COMPARABLE
        if any(status == "derived" for _, status in parts.values())
        else Agreement.CONFIRMED
        if abs(parts["exports"][0] + parts["imports"][0] - parts["total"][0]) <= 0.005 * parts["total"][0]
        else Agreement.DIFFERS
        for y, parts in whole.items()
    }
    (kotra,) = (c for c in load_checks() if c.id == "kotra_sum")
    done = check(BUILT_IN, [kotra])
    assert {str(d.stated.period): d.agreement for d in done if d.found} == plain
    assert len(plain) == 24
    assert sum(a is Agreement.CONFIRMED for a in plain.values()) == 21


def test_the_same_series_against_one_another_by_plain_arithmetic():
    by_year = defaultdict(list)
    for row in rows_of("trade"):
        if row["series"] in {"trade.kotra.imports", "trade.alt.cow_imports", "trade.alt.itc_imports"}:
            by_year[row["period"]].append(float(row["value"]))
    plain = {y: max(v) / min(v) for y, v in by_year.items() if len(v) > 1}
    done = [c for c in conflicts(BUILT_IN, load_quantities()) if c.quantity == "dprk_imports"]
    assert {str(c.figures[0].period): c.ratio for c in done} == plain
    assert round(plain["2008"], 2) == 2.49


def test_the_statements_of_the_article():
    stand = defaultdict(list)
    for done in check(BUILT_IN, load_checks()):
        if done.check.id.startswith("article"):
            stand[done.check.id].append(done.agreement)
    assert stand == {
        "article_trade_2016": [Agreement.CONFIRMED],
        "article_trade_2005": [Agreement.CONFIRMED],
        "article_workers_russia": [Agreement.CONFIRMED] * 3,
        "article_workers_qatar": [Agreement.DIFFERS, Agreement.CONFIRMED],
        "article_debt": [Agreement.NOT_COMPARABLE],
        "article_debt_share": [Agreement.NOT_COMPARABLE],
    }


def test_every_quantity_is_a_conflict_or_agrees_and_nothing_breaks_on_any_day():
    found = {c.quantity for c in conflicts(BUILT_IN, load_quantities())}
    assert {q.id for q in load_quantities()} <= found
    for first in (1990, 2005, 2017, 2021):
        then = BUILT_IN.known(date(first, 6, 30))
        assert len(conflicts(then, load_quantities())) <= len(conflicts(BUILT_IN, load_quantities()))
        check(then, load_checks())
