"""The share that held: the law's arithmetic, the pooled model against analytic cases, and laws of scenarios."""

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from seawall.estimate.enforcement import OTHER, Counts, mandated, pool, reduction
from seawall.estimate.scenarios import Law, Setting, compare
from seawall.model import Channel, Covered, Flow, Gaps, Parameter, Point, Prior, Refill, Seen, Shape, Span

sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))
from enforcement_oracle import beta_grid, grid_quantile
from enforcement_oracle import mandated as slowly

NONE = Span(0.0, 0.0, 0.0)
ONE = Span(1.0, 1.0, 1.0)
SHARES = st.floats(0, 1, allow_nan=False)


def prior(leak=(0.5, 0.5), partners=(1e7, 1e7), measures=(2.0, 2.0)):
    return Prior("p", leak, partners, measures, (), date(2000, 1, 1), "for the test")


def span(low, mid, high):
    return Span(*sorted((low, mid, high)))


SPANS = st.builds(span, SHARES, SHARES, SHARES)


@pytest.mark.parametrize(("held", "trials"), [(6.0, 8.0), (0.0, 5.0), (2.5, 2.5), (3.3, 9.1)])
def test_one_measure_is_the_analytic_beta_binomial(held, trials):
    drawn = pool([Counts(("a", "x"), held, trials)], prior(), 4096, 1).held("a", "x")
    exact = stats.beta(1 + held, 1 + trials - held)
    xs, cumulative = beta_grid(held, trials, 0.5, 2.0)
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(drawn, share) == pytest.approx(exact.ppf(share), abs=0.003)
        assert np.quantile(drawn, share) == pytest.approx(grid_quantile(xs, cumulative, share), abs=0.003)


def test_the_mean_of_all_partners_is_the_analytic_posterior():
    # One partner, one measure that follows its partner's mean: what is seen is then a binomial about a uniform mean.
    found = pool([Counts(("a", "x"), 6.0, 8.0)], prior((0.0, 1.0), measures=(1e7, 1e7)), 1 << 15, 1)
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(found.means[OTHER], share) == pytest.approx(stats.beta(7, 3).ppf(share), abs=0.01)
    assert found.effective > 5000


def test_without_anything_seen_the_posterior_is_the_prior():
    before = pool((), prior((0.3, 0.6), (2, 20), (1, 10)), 8192, 1)
    assert before.effective == pytest.approx(8192)
    assert before.means[OTHER].mean() == pytest.approx(0.55, abs=0.01)


def test_partners_are_pooled_in_part():
    seen = [Counts((m, "x"), 9.0, 10.0) for m in "abc"] + [Counts(("a", "y"), 1.0, 10.0)]
    found = pool(seen, prior((0.0, 1.0), (2, 20), (1, 10)), 1 << 14, 1)
    unseen_x, unseen_y, other = (np.median(found.held("d", p)) for p in ("x", "y", "z"))
    assert unseen_x > other > unseen_y
    assert 0.1 < np.median(found.held("a", "y")) < unseen_y + 0.2


@given(SHARES, SHARES, st.floats(0.01, 1e4), st.floats(0.01, 1e4))
def test_what_a_cap_asks_is_what_the_twin_says(forbidden, capped, allowed, level):
    forbidden = forbidden * (1 - capped)
    covered = Covered(Span(forbidden, forbidden, forbidden), capped, (("bbl", allowed),), ())
    asked = mandated(covered, "barrels", np.array([level]), np.array([0.5]))[0]
    assert asked == pytest.approx(slowly(forbidden, capped, allowed, level), abs=1e-9)
    assert 0 <= asked <= 1


def test_a_cap_in_another_unit_takes_nothing():
    covered = Covered(NONE, 1.0, (("t", 5.0),), ("m",))
    assert not mandated(covered, "barrels", np.array([10.0]), np.array([0.5])).any()


def seen(baseline=100.0, observed=25.0, unrecorded=NONE, drift=ONE):
    flat = Span(baseline, baseline, baseline), Span(observed, observed, observed)
    return Seen("s", "S", "a", "x", "p", (), 2018, "USD million", *flat, unrecorded, drift, ("src",), "why")


def test_an_observation_without_doubt_is_plain_arithmetic():
    done, shares = reduction(seen(), Covered(ONE, 0.0, (), ("m",)), 10, 64, 1)
    assert shares == pytest.approx(0.75)
    assert (done.mandated.mid, done.observed.mid, done.held.mid, done.trials) == (100, 75, 0.75, 10)
    half, shares = reduction(seen(), Covered(Span(0.5, 0.5, 0.5), 0.0, (), ("m",)), 10, 64, 1)
    assert shares == pytest.approx(1.0)  # more went than was asked
    assert half.mandated.mid == 50


def test_where_the_law_asks_for_nothing_nothing_can_be_said_to_have_held():
    done, shares = reduction(seen(), Covered(NONE, 0.0, (), ()), 10, 64, 1)
    assert done.held is None
    assert shares is None
    assert done.trials == 0


@given(st.floats(0.0, 0.5))
@settings(max_examples=20)
def test_what_may_go_unrecorded_lowers_the_share_and_what_it_counts(hidden):
    sure, _ = reduction(seen(), Covered(ONE, 0.0, (), ("m",)), 10, 256, 1)
    less, _ = reduction(seen(unrecorded=Span(0.0, hidden / 2, hidden)), Covered(ONE, 0.0, (), ("m",)), 10, 256, 1)
    assert less.held.mid <= sure.held.mid
    assert 0.5 <= less.trials <= sure.trials


CHANNEL = Channel(
    "c", "C", "x", Flow.CURRENCY, "USD million", "export", 2000, 2025,
    (("exports", Parameter("c.exports", "E", "USD million", Shape.UNIFORM, (Point(None, 50, 75, 100),), Gaps.HOLD)),),
    topics=("a",),
)  # fmt: skip
REFILL = Refill(Span(0.0, 0.05, 0.2), 6, (), date(2000, 1, 1), "for the test")
SETTING = Setting(2016, 2017, (2017, 2018), REFILL, 256, 1)
POOL = pool([Counts(("a", "x"), 3.0, 6.0)], prior((0.3, 0.6), (2, 20), (1, 10)), 256, 1)


def law(share, enforced=0.0, years=(2017, 2018)):
    return Law({("c", y): Covered(share, 0.0, (), ("m",)) for y in years}, {"x": enforced})


@given(SPANS, SHARES)
@settings(max_examples=40)
def test_more_enforcement_never_raises_income(share, enforced):
    rows, totals, _ = compare([CHANNEL], POOL, law(NONE), (law(share), law(share, enforced)), SETTING)
    for row in (*rows, *totals):
        assert row.more.low >= -1e-9
        assert row.second.high <= row.level.high + 1e-9


@given(SPANS, SPANS)
@settings(max_examples=40)
def test_a_law_that_covers_more_never_stops_less(one, other):
    wider = Span(max(one.low, other.low), max(one.mid, other.mid), max(one.high, other.high))
    rows, _, _ = compare([CHANNEL], POOL, law(NONE), (law(one), law(wider)), SETTING)
    assert all(row.more.low >= -1e-9 for row in rows)


@given(SPANS)
@settings(max_examples=20)
def test_a_law_against_itself_makes_no_difference_at_all(share):
    rows, _, _ = compare([CHANNEL], POOL, law(NONE), (law(share), law(share)), SETTING)
    assert all(row.more.low == row.more.high == 0 for row in rows)


def test_the_difference_has_its_own_range_and_not_that_of_two_strangers():
    a, b = law(Span(0.4, 0.5, 0.6)), law(Span(0.5, 0.6, 0.7))
    rows, _, _ = compare([CHANNEL], POOL, law(NONE), (a, b), SETTING)
    for row in rows:
        assert row.more.high - row.more.low < (row.second.high - row.second.low) / 2


def test_new_goods_take_from_what_is_stopped_only_after_the_year_of_the_law():
    rows, _, _ = compare([CHANNEL], POOL, law(NONE), (law(ONE), law(ONE)), SETTING)
    first, later = rows
    assert later.first.mid < first.first.mid
    bare = Setting(2016, 2017, (2018,), Refill(NONE, 6, (), date(2000, 1, 1), "none"), 256, 1)
    (row,), _, _ = compare([CHANNEL], POOL, law(NONE), (law(ONE), law(ONE)), bare)
    assert row.first.mid == pytest.approx(first.first.mid)


def test_a_channel_without_a_level_is_silent_and_not_zero():
    rows, totals, silent = compare([CHANNEL], POOL, law(NONE), (law(ONE), law(ONE)), SETTING)
    assert rows
    assert totals
    assert silent == ()
    gap = Parameter("c.exports", "E", "USD million", Shape.UNIFORM, (Point(2020, 50, 75, 100),), Gaps.NONE)
    lacking = Channel("c", "C", "x", Flow.CURRENCY, "USD million", "export", 2000, 2025, (("exports", gap),), ("a",))
    assert compare([lacking], POOL, law(NONE), (law(ONE), law(ONE)), SETTING) == ((), (), ("c",))
