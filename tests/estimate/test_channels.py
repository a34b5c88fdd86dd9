"""Channels drawn: against a slow twin, against what can be worked out by hand, and the laws of ranges."""

from __future__ import annotations

import inspect
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze import sobol
from SALib.sample import sobol as saltelli
from scipy import stats

from oracles import channel_oracle
from seawall.estimate import channels as drawing
from seawall.estimate.draws import draw, quantile, ranges, uniforms
from seawall.estimate.sensitivity import influences
from seawall.model import Channel, Estimate, Flow, Gaps, Parameter, Point, Shape
from seawall.tables.channels import load_channels
from seawall.tables.figures import load_figures

MODELLED = load_channels("un-dprk")
YEARS = range(2000, 2026)


def unknown(id: str, *points: Point, shape: Shape = Shape.TRIANGULAR, gaps: Gaps = Gaps.NONE) -> Parameter:
    return Parameter(id, id, "", shape, points, gaps)


def model(form: str, *parameters: tuple[str, Parameter], **rest) -> Channel:
    known = {"id": "c", "title": "c", "partner": "", "kind": Flow.CURRENCY, "unit": "USD million"}
    return Channel(**(known | {"form": form, "first": 2000, "last": 2025, "parameters": parameters} | rest))


@pytest.mark.parametrize("channel", MODELLED, ids=lambda c: c.id)
def test_a_loop_over_worlds_agrees(channel):
    n = 4000
    for year in (2007, 2016, 2018, 2023):
        [row] = drawing.flow(channel, [year], uniforms([p for _, p in channel.parameters], n, 7))
        slow = channel_oracle.worlds(channel, year, n, 11)
        if slow is None:
            assert np.isnan(row).all()
            continue
        spread = float(np.quantile(slow, 0.9) - np.quantile(slow, 0.1))
        for share in (0.1, 0.5, 0.9):
            assert np.quantile(row, share) == pytest.approx(np.quantile(slow, share), abs=0.08 * spread + 1e-9)


def test_every_model_can_be_drawn_and_says_what_it_rests_on():
    for c in MODELLED:
        assert drawing.faults(c) == ()
        assert c.weakest
        assert drawing.basis_of(c), c.id
        for _, p in c.parameters:
            assert p.basis or p.why, p.id
    cited = {s for c in MODELLED for _, p in c.parameters for s in p.basis}
    assert cited <= load_figures().sources.keys()


def test_every_form_is_explained_in_words_of_its_own():
    said = [inspect.getdoc(form) for form in drawing.FORMS.values()]
    assert all(said)
    assert len(set(said)) == len(said)


def test_shapes_have_their_own_mean_and_ends():
    u = (np.arange(200_000) + 0.5) / 200_000
    row = np.array([2.0, 3.0, 7.0])
    triangular = stats.triang(0.2, loc=2, scale=5)
    np.testing.assert_allclose(quantile(Shape.TRIANGULAR, row, u), triangular.ppf(u), rtol=1e-9)
    assert quantile(Shape.PERT, row, u).mean() == pytest.approx((2 + 4 * 3 + 7) / 6, rel=1e-4)
    assert quantile(Shape.UNIFORM, row, u).mean() == pytest.approx(4.5, rel=1e-6)
    log = quantile(Shape.LOGNORMAL, row, np.array([0.1, 0.5, 0.9]))
    np.testing.assert_allclose(log, row)


def test_a_product_of_lognormals_is_one():
    one = unknown("a", Point(None, 50, 100, 200), shape=Shape.LOGNORMAL)
    other = unknown("b", Point(None, 0.25, 0.5, 1.0), shape=Shape.LOGNORMAL)
    [row] = drawing.flow(
        model("share_of", ("gross", one), ("share", other)), [2016], uniforms([one, other], 1 << 15, 3)
    )
    sigma = math.hypot(math.log(2), math.log(2)) / stats.norm.ppf(0.9)
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(row, share) == pytest.approx(50 * math.exp(sigma * stats.norm.ppf(share)), rel=0.01)


def test_a_sum_has_the_variance_of_its_parts():
    parts = [
        model("plain", ("flow", unknown(f"p{n}", Point(None, 8.0, 10.0, 12.0))), id=f"c{n}", partner="x")
        for n in range(6)
    ]
    found = drawing.estimate(parts, [2016], 1 << 15, 5)
    [total] = [one for one in found.totals if one.what == "currency"]
    sigma = math.sqrt(6 * 4 / 6)  # a symmetric triangle of half-width 2 has a variance of 4 / 6
    assert total.mid == pytest.approx(60, rel=0.002)
    assert total.high - total.low == pytest.approx(2 * stats.norm.ppf(0.9) * sigma, rel=0.02)


def test_what_is_within_another_is_counted_once():
    whole = model("plain", ("flow", unknown("w", Point(None, 10, 10, 10))), id="whole")
    part = model("plain", ("flow", unknown("p", Point(None, 4, 4, 4))), id="part", within="whole")
    found = drawing.estimate([whole, part], [2016], 128, 1)
    assert {one.what: one.mid for one in found.totals} == {"currency": 10, "currency several": 10}


def test_no_value_is_not_zero_and_before_its_first_year_there_is_nothing():
    c = model("plain", ("flow", unknown("p", Point(2010, 1, 2, 3))), first=2005)
    found = drawing.estimate([c], [2004, 2009, 2010], 128, 1)
    assert found.silent == (("c", 2009),)
    assert [one.period for one in found.estimates] == ["2010"]


def test_gaps_are_filled_as_said():
    points = Point(2010, 1, 2, 3), Point(2012, 3, 4, 5)
    said = {gaps: ranges(unknown("p", *points, gaps=gaps), [2009, 2011, 2013])[:, 1].tolist() for gaps in Gaps}
    np.testing.assert_equal(said[Gaps.NONE], [np.nan, np.nan, np.nan])
    np.testing.assert_equal(said[Gaps.INTERPOLATE], [np.nan, 3, np.nan])
    np.testing.assert_equal(said[Gaps.HOLD], [2, 3, 4])
    np.testing.assert_equal(said[Gaps.ONWARD], [np.nan, 3, 4])


def test_a_form_without_its_parameters_is_not_drawn():
    c = model("labour", ("workers", unknown("w", Point(None, 1, 1, 1))))
    assert "needs workers, wage, kept" in drawing.faults(c)[0]
    with pytest.raises(ValueError, match="needs workers"):
        drawing.flow(c, [2016], {})
    assert "no form 'guess'" in drawing.faults(replace(c, form="guess"))[0]


def test_the_same_seed_gives_the_same_numbers_and_more_draws_settle():
    few, again = (drawing.estimate(MODELLED[:3], [2016], 2048, 1) for _ in range(2))
    many = drawing.estimate(MODELLED[:3], [2016], 1 << 15, 2)
    assert few == again
    for a, b in zip(few.estimates, many.estimates, strict=True):
        assert a.mid == pytest.approx(b.mid, rel=0.02)


def test_indices_agree_with_another_library():
    c = next(c for c in MODELLED if c.id == "labour-ru")
    problem = {"num_vars": 3, "names": [name for name, _ in c.parameters], "bounds": [[0, 1]] * 3}
    cube = saltelli.sample(problem, 1 << 12, calc_second_order=False, seed=1)
    values = {name: draw(p, [2016], cube[:, k])[0] for k, (name, p) in enumerate(c.parameters)}
    theirs = sobol.analyze(problem, drawing.FORMS[c.form](**values), calc_second_order=False, seed=1)
    ours = {i.parameter.what.removeprefix("labour-ru."): i for i in influences(c, 2016, 4096, 1)}
    for k, name in enumerate(problem["names"]):
        assert ours[name].first == pytest.approx(theirs["S1"][k], abs=0.03)
        assert ours[name].total == pytest.approx(theirs["ST"][k], abs=0.03)


def test_an_estimate_is_no_bare_or_upside_down_number():
    with pytest.raises(ValueError, match="no range"):
        Estimate("x", "2016", "USD", 3.0, 2.0, 4.0)


spans = st.tuples(*[st.floats(0.1, 1e6)] * 3).map(sorted)


@given(spans, st.sampled_from(Shape), st.integers(0, 99))
def test_draws_stay_in_order_and_bounded_shapes_in_their_range(span, shape, seed):
    low, _, high = span
    u = np.sort(uniforms([unknown("p")], 64, seed)["p"])
    values = quantile(shape, np.array(span), u)
    assert (np.diff(values) >= -1e-6 * high).all()
    if shape is not Shape.LOGNORMAL:
        assert values.min() >= low * (1 - 1e-6)
        assert values.max() <= high * (1 + 1e-6)


@given(spans, st.floats(0.01, 100))
def test_a_channel_scales_with_what_enters_it(span, factor):
    p = unknown("p", Point(None, *span))
    q = unknown("p", Point(None, *(factor * value for value in span)))
    one, other = (drawing.estimate([model("plain", ("flow", x))], [2016], 256, 1).estimates[0] for x in (p, q))
    assert one.low <= one.mid <= one.high
    for a, b in ((one.low, other.low), (one.mid, other.mid), (one.high, other.high)):
        assert b == pytest.approx(factor * a, rel=1e-4)


@given(spans, st.floats(1.0, 3.0))
def test_a_wider_range_is_never_a_surer_estimate(span, by):
    low, mid, high = span
    wide = Point(None, low / by, mid, high * by)
    narrow, wider = (
        drawing.estimate([model("plain", ("flow", unknown("p", x, shape=Shape.LOGNORMAL)))], [2016], 256, 1).estimates[
            0
        ]
        for x in (Point(None, low, mid, high), wide)
    )
    assert wider.high >= narrow.high * (1 - 1e-6)
    assert wider.low <= narrow.low * (1 + 1e-6)
