"""Channels of labour, services, finance and arms against what was published, and the check of wages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seawall.errors import TableError
from seawall.estimate import channels as drawing
from seawall.estimate.wages import REVENUE, STOCK, highest_wage, wage_check, workers_of
from seawall.model import Flow, Standing, Status
from seawall.tables.channels import load_channels, read_channels
from seawall.tables.figures import load_figures
from seawall.tables.law import load_regimes
from seawall.tables.page import Page

PREFIXES = (
    "labour-", "ventures", "restaurants", "tourism", "ferry-", "fishing-", "transit-", "debt-", "frozen-", "cyber",
    "arms-",
)  # fmt: skip
MINE = [c for c in load_channels("un-dprk") if c.id.startswith(PREFIXES)]
YEARS = range(2000, 2026)
DRAWN = {c.id: rows for c, rows in drawing.flows(MINE, YEARS, 8192, 1)}
FIGURES = load_figures()


def drawn(year: int, *ids: str) -> tuple[float, float, float]:
    """The 10th, 50th and 90th percentile of the sum of channels in a year."""
    low, mid, high = np.quantile(sum(DRAWN[name][year - YEARS[0]] for name in ids), [0.1, 0.5, 0.9])
    return float(low), float(mid), float(high)


def hosts(year: int) -> list[str]:
    """The channels of labour that have a value in a year, without those of IT and of the park at Kaesong."""
    labour = [c.id for c in MINE if c.id.startswith("labour-") and c.id not in {"labour-it", "labour-kaesong"}]
    return [name for name in labour if not np.isnan(DRAWN[name][year - YEARS[0]]).any()]


@pytest.mark.parametrize("channel", MINE, ids=lambda c: c.id)
def test_every_channel_can_be_drawn_and_says_what_it_rests_on(channel):
    assert drawing.faults(channel) == ()
    assert channel.weakest
    assert channel.title
    for _, p in channel.parameters:
        assert p.basis or p.why, p.id
        assert set(p.basis) <= FIGURES.sources.keys()
    rows = DRAWN[channel.id]
    assert np.nanmin(rows) >= 0
    assert np.nanmax(rows) > 0


def test_topics_are_tags_of_measures():
    [regime] = [r for r in load_regimes() if r.id == "un-dprk"]
    tags = {tag for m in regime.measures for tag in m.tags}
    assert {topic for c in MINE for topic in c.topics} <= tags


@pytest.mark.parametrize(
    ("year", "ids", "least", "most"),
    [
        (2015, ["labour-kaesong"], 122, 122),  # the South's Ministry of Unification
        (2016, ["fishing-rights"], 30, 75),  # the South's intelligence service; another text
        (2016, ["restaurants"], 10, 100),  # the South's government; AP
        (2014, ["tourism"], 30, 40),  # VOA
        (2019, ["tourism"], 175, 175),  # 38 North
        (2017, ["transit-rajin"], 2.5, 2.5),  # about 2.5 million tonnes at a dollar, by the Russian ambassador
        (2017, ["ferry-ru"], 0, 0.037),  # 370 passengers at 101 dollars at most
        (2023, ["labour-it"], 250, 600),  # the Panel of Experts
    ],
)
def test_ranges_meet_what_was_published(year, ids, least, most):
    low, _, high = drawn(year, *ids)
    assert low <= most
    assert high >= least


@pytest.mark.parametrize(
    ("year", "least", "most"),
    [
        (2014, 200, 600),  # VOA
        (2016, 200, 600),  # 250 by Segye and INSS, 200 to 600 by VOA for 2014
        (2018, 500, 500),  # the United States, in 29 countries
    ],
)
def test_hosts_add_up_to_published_revenue_of_labour(year, least, most):
    low, mid, high = drawn(year, *hosts(year))
    assert low <= most
    assert high >= least
    assert mid < 1.5 * most


def test_workers_in_russia_bring_more_than_recorded_trade():
    """20,000 to 50,000 at 600 less 100 a month, 120 to 300 million, beside 76.9 million of goods (article of 2017)."""
    low, mid, high = drawn(2016, "labour-ru")
    assert 120 < mid < 300
    assert low > 76.9
    assert high < 300
    [stock] = [p for c in MINE if c.id == "labour-ru" for name, p in c.parameters if name == "workers"]
    at = {p.year: p for p in stock.points}
    assert (at[2017].low, at[2017].high) == (20000, 50000)
    assert at[2020].low == 511
    assert at[2025].low < 15000 < at[2025].high


def test_arms_count_by_what_was_seen_to_come_back():
    years = [2022, 2023, 2024, 2025]
    seen = sum(DRAWN["arms-ru"][y - YEARS[0]] for y in years)
    claimed = sum(DRAWN["arms-ru-claimed"][y - YEARS[0]] for y in years)
    assert np.quantile(seen, 0.1) < 820 < np.quantile(seen, 0.9)  # FNF: 457 to 1,190 million
    assert np.quantile(claimed, 0.1) < 9600 < np.quantile(claimed, 0.9)  # CSIS: 9,600 to 12,300 million to 2026
    arms = [c for c in MINE if c.id.startswith("arms-")]
    found = drawing.estimate(arms, [2024], 1024, 1)
    [total] = [t for t in found.totals if t.what == "currency"]
    [one] = [e for e in found.estimates if e.what == "arms-ru"]
    assert (total.low, total.mid, total.high) == (one.low, one.mid, one.high)


def test_stolen_coins_turned_into_money_meet_what_is_booked():
    booked = sum(DRAWN["cyber"][y - YEARS[0]] for y in range(2017, 2024))
    assert np.quantile(booked, 0.1) < 1350 < np.quantile(booked, 0.9)  # INSS, 2017 to 2023


def test_relief_is_no_currency():
    relief = {c.id for c in MINE if c.kind is Flow.RELIEF}
    assert relief == {"debt-relief-ru", "debt-account-ru"}
    low, _, high = drawn(2016, "debt-relief-ru")
    assert low < 0.9 * 11000 / 20 < high  # 90 percent of nearly 11 billion over 20 years, without interest
    assert drawn(2016, "debt-account-ru")[2] <= 55


def test_by_the_middle_of_2017_nothing_later_is_used():
    before = {c.id: c for c in load_channels("un-dprk", date(2017, 6, 30))}
    for name in ("labour-ru", "labour-cn", "labour-kw", "labour-qa"):
        one = before[name]
        assert not np.isnan(drawing.flow(one, [2016], drawing.uniforms([p for _, p in one.parameters], 64, 1))).any()
    for c in before.values():
        for _, p in c.parameters:
            assert all(FIGURES.sources[s].published <= date(2017, 6, 30) or s in {"pressB", "calc"} for s in p.basis)
    for name in ("arms-ru", "cyber", "fishing-rights", "labour-it", "ferry-ru"):
        assert any(not p.points for _, p in before[name].parameters), name


@given(st.integers(1, 40), st.floats(0, 0.2), st.floats(1, 1e4))
def test_an_annuity_pays_off_the_forgiven_debt(term, rate, debt):
    one = np.array([[1.0]])
    due = float(drawing.debt_service(debt * one, 0.9 * one, rate * one, term * one)[0, 0])
    left = 0.9 * debt
    for _ in range(term):
        left = left * (1 + rate) - due
    assert left == pytest.approx(0, abs=1e-6 * debt * (1 + rate) ** term)


def test_revenue_that_needs_more_than_the_highest_wage_is_rejected():
    checks = {(str(c.revenue.period), c.revenue.item): c for c in wage_check(FIGURES)}
    assert {key for key, c in checks.items() if c.standing is Standing.REJECTED} == {("2012", ""), ("2016", "snu_kinu")}
    assert all(c.standing is Standing.KEPT for c in checks.values() if c.standing is not Standing.REJECTED)
    darusman = checks["2012", ""]
    assert darusman.because == (
        "1,200 to 2,300 USD million in 12 months over 50,000 or more workers is 2,000 to 3,833 USD a month for each; "
        "the highest gross wage found is 1,000"
    )
    assert "500 or more" in checks["2018", ""].because


def test_the_check_agrees_with_the_arithmetic_that_is_kept():
    kept = {f.item: f.mid for f in FIGURES.series("labour.revenue.consistency_check")}
    checks = {(str(c.revenue.period), c.revenue.item): c.monthly for c in wage_check(FIGURES)}
    assert checks["2012", ""].low == pytest.approx(kept["darusman_low"], abs=0.5)
    assert checks["2012", ""].high == pytest.approx(kept["darusman_high"], abs=0.5)
    assert checks["2018", ""].mid == pytest.approx(kept["us"], abs=0.5)
    assert checks["2023", ""].mid == pytest.approx(kept["panel"], abs=0.5)
    assert checks["2016", ""].mid == pytest.approx(kept["inss_on_58_000"], abs=0.5)


def test_the_highest_wage_is_none_of_it_work():
    top = highest_wage(FIGURES)
    assert (top.item, top.high) == ("gulf", 1000)


def only(*rows):
    return replace(FIGURES, rows=rows)


def figure(series: str):
    return FIGURES.series(series, "")[0]


@given(st.floats(1, 1e4), st.floats(1, 3), st.floats(1e3, 1e6), st.floats(1, 3))
def test_standing_follows_the_ends(revenue, wider, workers, more):
    top = highest_wage(FIGURES)
    paid = replace(figure(REVENUE), low=revenue, mid=revenue, high=revenue * wider, status=Status.REPORTED)
    stock = replace(figure(STOCK), low=workers, mid=workers, high=workers * more, status=Status.REPORTED)
    [one] = wage_check(only(paid, stock, top))
    least, most = revenue * 1e6 / (workers * more) / 12, revenue * wider * 1e6 / workers / 12
    assert one.monthly.low == pytest.approx(least)
    assert one.monthly.high == pytest.approx(most)
    said = Standing.KEPT if most <= 1000 else Standing.REJECTED if least > 1000 else Standing.OPEN
    assert one.standing is said or min(abs(least - 1000), abs(most - 1000)) < 1e-6


def test_without_workers_or_a_wage_nothing_is_said():
    paid, stock = figure(REVENUE), figure(STOCK)
    [one] = wage_check(only(paid, highest_wage(FIGURES)))
    assert (one.standing, one.monthly) == (Standing.OPEN, None)
    assert "no number of workers" in one.because
    [other] = wage_check(only(paid, stock))
    assert other.standing is Standing.OPEN
    assert "no wage" in other.because
    assert wage_check(only(replace(paid, low=None, mid=None, high=None, status=Status.CENSORED), stock)) == ()


def test_workers_are_those_of_the_study_then_of_the_period_then_of_the_source():
    found = {(str(f.period), f.item): f for f in FIGURES.series(REVENUE)}
    assert [f.item for f in workers_of(found["2016", "snu_kinu"], FIGURES)] == ["snu_kinu"]
    assert [f.mid for f in workers_of(found["2016", ""], FIGURES)] == [58000]
    assert [f.source for f in workers_of(found["2012", ""], FIGURES)] == ["darusman"]


def page(tmp_path, text: str) -> Page:
    path = tmp_path / "hosts.yaml"
    path.write_text(text, encoding="utf-8")
    return Page(path, "hosts.yaml")


HOST = """channels:
  - id: one
    title: one
    kind: currency
    unit: USD million
    form: plain
    years: [2000, 2025]
    weakest: all
    parameters:
      flow: {title: t, unit: USD million, figure: channel.tourism%s}
"""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (", item: nowhere", "no figure of 'channel.tourism', item 'nowhere'"),
        (", values: {2020: [0, 0, 0]}, known: 2020-12-31", "need `why`"),
        (", values: {2020: [0, 0, 0]}, why: shut", "need `known`"),
        (", every: [0, 1, 2], known: 2020-12-31, why: a guess", "a parameter has a figure"),
    ],
)
def test_a_parameter_that_is_not_founded_is_refused(tmp_path, more, words):
    with pytest.raises(TableError, match=r"hosts\.yaml.*") as error:
        read_channels([page(tmp_path, HOST % more)], FIGURES)
    assert words in str(error.value)


def test_values_beside_a_figure_stand_for_their_years(tmp_path):
    [one] = read_channels([page(tmp_path, HOST % ", values: {2020: [0, 1, 2]}, known: 2021-12-31, why: shut")], FIGURES)
    assert {p.year: p.mid for p in one.parameters[0][1].points} == {2014: 35, 2019: 175, 2020: 1}
