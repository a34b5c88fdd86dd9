"""Channels of goods and fuel: what they rest on, that they meet what was published, and that money is counted once."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import seawall
from seawall.errors import TableError
from seawall.estimate.channels import FORMS, estimate, faults, flow, flows
from seawall.estimate.draws import draw, ranges, uniforms
from seawall.estimate.sensitivity import influences
from seawall.model import Flow
from seawall.tables.channels import load_channels, read_channels
from seawall.tables.figures import load_figures
from seawall.tables.page import Page

TABLES = Path(seawall.__file__).parent / "tables"
DOCS = Path(__file__).parents[2] / "docs" / "channels.md"
FIGURES = load_figures()
ALL = load_channels("un-dprk")
GOODS = [
    "exports", "coal-cn", "coal-cn-volume", "iron-ore-cn", "iron-steel", "lead", "zinc-cn", "copper-cn",
    "textiles", "seafood-cn", "wigs", "watches", "goods-ru", "other-goods", "coal-illicit", "banned-other",
]  # fmt: skip
FUEL = [
    "refined-before", "refined-unrecorded-ru", "refined-unrecorded-cn", "refined-official", "refined-cn",
    "refined-ru", "refined-illicit", "refined-illicit-ru", "crude-cn",
]  # fmt: skip
OF = {c.id: c for c in ALL if c.id in {*GOODS, *FUEL}}
UNKNOWN = {p.id: p for c in OF.values() for _, p in c.parameters}
YEARS = list(range(2000, 2026))
DRAWN = {c.id: rows for c, rows in flows(list(OF.values()), YEARS, 4096, 1)}
BEFORE = date(2017, 6, 30)


def middle(rows, year):
    return np.quantile(rows[YEARS.index(year)], [0.1, 0.5, 0.9])


def published(series, period, item=""):
    [found] = [f for f in FIGURES.series(series, item) if str(f.period) == period]
    return found


def values(name, year):
    [point] = [p for p in UNKNOWN[name].points if p.year == year]
    return point.low, point.mid, point.high


@pytest.mark.parametrize("id", [*GOODS, *FUEL])
class TestChannel:
    def test_can_be_drawn_and_is_explained(self, id):
        channel = OF[id]
        assert faults(channel) == ()
        assert channel.kind is (Flow.CURRENCY if id in GOODS else Flow.MATERIAL)
        assert f"`{id}`" in DOCS.read_text(encoding="utf-8")

    def test_cites_or_says_that_it_judges(self, id):
        for _, p in OF[id].parameters:
            assert p.points, p.id
            assert p.basis or p.why, p.id

    def test_has_no_negative_flow_and_some_in_a_year(self, id):
        rows = DRAWN[id]
        assert (rows[~np.isnan(rows)] >= 0).all()
        assert any(row.max() > 0 for row in rows)

    def test_tags_and_codes_exist(self, id):
        laws = "\n".join(p.read_text(encoding="utf-8") for p in (TABLES / "regimes" / "un-dprk").glob("*.yaml"))
        tags = {tag.strip() for found in re.findall(r"tags: \[(.*)\]", laws) for tag in found.split(",")}
        assert set(OF[id].topics) <= tags
        assert all(re.fullmatch(r"\d{2}|\d{4}|\d{6}", code) for code in OF[id].hs)


@pytest.mark.parametrize(
    ("ids", "low", "high"),
    [
        (["exports"], 2820, 2820),  # KOTRA
        (["coal-cn"], 1187, 1187),  # Chinese customs through Korea Resources
        (["coal-cn-volume"], 1187, 1187),  # the same
        (["seafood-cn"], 150, 295),  # Chinese customs for ten months; UN diplomats
        (["iron-ore-cn", "iron-steel"], 251, 251),  # UN diplomats
        (["lead"], 113, 113),  # UN diplomats
        (["refined-before"], 4_500_000, 4_500_000),  # US fact sheet
    ],
)
def test_2016_meets_what_was_published(ids, low, high):
    least, _, most = middle(sum(DRAWN[id] for id in ids), 2016)
    assert least <= high
    assert low <= most


def test_clothing_leaves_at_its_published_value_and_a_fee_of_it_stays():
    [gross] = ranges(UNKNOWN["clothing"], [2016])
    assert gross.tolist() == [700, 730, 800]  # KOTRA; Reuters; the debate of 2375
    assert middle(DRAWN["textiles"], 2016)[2] < 0.4 * 800


@pytest.mark.parametrize(
    ("id", "year", "value"),
    [
        ("exports", 2018, 243),  # KOTRA
        ("exports", 2023, 325.17),  # KOTRA
        ("coal-illicit", 2019, 555),  # Panel of Experts, 370 for eight months
        ("coal-illicit", 2023, 550),  # INSS
        ("refined-official", 2019, 418_000),  # the Committee's first count
        ("refined-official", 2023, 362_706),
        ("refined-illicit", 2023, 1_523_381),  # Panel of Experts to 15 September, at a load of 0.9
        ("refined-illicit", 2022, 800_000),  # Panel of Experts, eight months
        ("refined-illicit-ru", 2024, 1_000_000),  # Open Source Centre, to 5 November
    ],
)
def test_later_years_meet_what_was_published(id, year, value):
    low, _, high = middle(DRAWN[id], year)
    assert low - 1e-3 <= value <= high + 1e-3


def test_illicit_fuel_is_several_times_what_was_notified():
    """The Panel of Experts has 3.1 to 4.7 times for January to September 2023."""
    told = published("fuel.illicit.ratio_to_official", "2023-01-01 to 2023-09-15")
    illicit, notified = (DRAWN[id][YEARS.index(2023)] for id in ("refined-illicit", "refined-official"))
    low, high = np.quantile(illicit / notified, [0.1, 0.9])
    assert low < told.low < told.high < high


def test_recorded_goods_add_up_to_the_total_less_the_buyers_material():
    parts = [id for id in GOODS if id not in {"exports", "coal-cn-volume", "coal-illicit", "banned-other"}]
    unit = uniforms(list(UNKNOWN.values()), 4096, 1)
    known = {name: draw(UNKNOWN[name], YEARS, unit[name]) for name in ("goods_exports", "clothing", "wigs", "watches")}
    markup, added = (draw(UNKNOWN[name], [2016], unit[name]) for name in ("goods_markup", "added_share"))
    made = known["clothing"] + known["wigs"] + known["watches"]
    unit_rows = {id: flow(OF[id], YEARS, unit) for id in parts}
    whole = (known["goods_exports"] - made) / (1 + markup) + made * added
    excess = sum(unit_rows.values()) - whole
    recent = [YEARS.index(year) for year in range(2010, 2026)]
    assert (excess > -1e-2).all()
    assert (np.median(excess[recent], axis=1) < 1e-2).all()


def test_the_frame_and_the_check_are_in_no_sum_of_income():
    found = estimate([OF[id] for id in GOODS], [2016], 1024, 1)
    without = estimate([OF[id] for id in GOODS if id not in {"exports", "coal-cn-volume"}], [2016], 1024, 1)
    income = [
        next(t for t in f.totals if (t.what, t.unit) == ("currency", "USD million")).mid for f in (found, without)
    ]
    assert income[0] == pytest.approx(income[1], rel=0.01)
    assert income[0] < 2820


def test_what_is_not_published_is_not_zero():
    for id in ("refined-official", "refined-cn", "refined-ru"):
        assert np.isnan(DRAWN[id][YEARS.index(2025)]).all()
    assert np.isnan(DRAWN["refined-illicit-ru"][YEARS.index(2023)]).all()
    assert (DRAWN["goods-ru"][YEARS.index(2023)] > 0).all()


def test_barrels_that_a_state_gives_go_before_its_tonnes():
    one = np.array([[np.nan, 5.0]])
    found = FORMS["notified"](one, np.array([[2.0, 2.0]]), np.array([[8.0, 8.0]]))
    assert found.tolist() == [[16.0, 5.0]]
    assert middle(DRAWN["refined-ru"], 2018).tolist() == [241_114] * 3


def test_arithmetic_in_judgements_is_that_of_the_figures():
    exports = published("trade.kotra.exports", "2000").mid
    assert values("clothing", 2000) == pytest.approx([exports * s for s in (0.1, 0.2, 0.35)], abs=1)
    left = 2700 - 1050 - 802 - published("product.seafood_to_china", "2015").mid
    assert values("iron_all", 2015) == pytest.approx([0, left / 4, left / 2])
    assert values("lead", 2015) == pytest.approx([0, left / 10, left / 5], abs=0.5)
    share = published("product.wigs.exports", "2023").mid / published("trade.kotra.exports", "2023").mid
    assert values("wigs", 2024)[1] == pytest.approx(published("trade.kotra.exports", "2024").mid * share, abs=1)
    assert values("coal-illicit.flow", 2019)[1] == published("illicit.coal.value", "2019-01 to 2019-08").mid * 12 / 8
    for year, period in (
        (2018, "2018-01 to 2018-05"),
        (2022, "2022-01 to 2022-08"),
        (2023, "2023-01-01 to 2023-09-15"),
    ):
        size = published("fuel.illicit.capacity_per_delivery", period).mid
        assert values("refined-illicit.capacity", year)[1] == size
    calls = published("fuel.illicit.deliveries", "2023-01-01 to 2023-09-15").mid
    assert values("refined-illicit.deliveries", 2023)[:2] == pytest.approx([calls, calls * 365 / 258], abs=1)
    russia = published("fuel.official.russia_month", "2022-12").mid
    assert values("refined-ru.barrels", 2022) == (russia,) * 3


def test_in_mid_2017_nothing_later_is_used():
    then = {c.id: c for c in load_channels("un-dprk", BEFORE) if c.id in OF}
    unit = uniforms([p for c in then.values() for _, p in c.parameters], 256, 1)
    for name in ("coal-cn", "textiles", "seafood-cn", "other-goods", "exports"):
        before, after = flow(then[name], [2015, 2018], unit)
        np.testing.assert_allclose(after, before, rtol=0.1, err_msg=name)  # the last known level is held
    assert np.isnan(flow(then["coal-illicit"], [2018], unit)).all()
    for c in then.values():
        for _, p in c.parameters:
            judged = {q.year for q in p.points} - {None}
            assert all(year <= 2016 for year in judged), p.id
            for source in p.basis:
                day = FIGURES.sources[source]
                rows = [f for f in FIGURES.rows if f.source == source and f.known <= BEFORE]
                assert day.published <= BEFORE or rows, (p.id, source)


def test_the_load_of_tankers_tells_most_on_fuel_past_the_cap():
    first, *_ = influences(OF["refined-illicit"], 2023, 512, 1)
    assert first.parameter.what == "refined-illicit.load"
    assert [i.parameter.what for i in influences(OF["refined-official"], 2020, 512, 1)] == ["barrels_per_tonne"]


amounts = st.lists(st.floats(0, 1e4), min_size=1, max_size=4)


@given(st.floats(0, 1e5), st.floats(-0.05, 0.1), amounts)
def test_a_rest_is_never_below_zero_and_makes_up_the_total(total, markup, parts):
    given_ = {f"p{n}": np.array([[part]]) for n, part in enumerate(parts)}
    [[rest]] = FORMS["rest"](np.array([[total]]), np.array([[markup]]), **given_)
    assert rest >= 0
    assert rest * (1 + markup) + sum(parts) == pytest.approx(max(total, sum(parts)), abs=1e-6)


CHANNEL = """\
    channels:
    - id: x
      title: X
      kind: currency
      unit: USD million
      form: export
      years: [2000, 2025]
      weakest: all of it
      parameters:
        exports: {title: x, unit: USD million, %s}
"""


class _Text:
    def __init__(self, text):
        self.text = dedent(text)

    def read_text(self, encoding):
        assert encoding == "utf-8"
        return self.text


def read(parameter, on=None):
    [channel] = read_channels([Page(_Text(CHANNEL % parameter), "mine.yaml")], FIGURES, on)
    return channel.parameters[0][1]


EXPORTS = "figure: trade.kotra.exports, why: none was printed"


def test_values_stand_for_years_that_a_figure_lacks_or_cannot_serve():
    p = read(EXPORTS + ", values: {2009: [1, 2, 3], 2016: [4, 5, 6]}, known: 2016-06-30, sources: [mp2018]")
    found = dict(zip(YEARS, ranges(p, YEARS)[:, 1], strict=True))
    assert (found[2008], found[2009], found[2016], found[2017]) == (1130, 2, 5, 1772)
    assert "mp2018" in p.basis


def test_a_value_that_was_not_known_yet_leaves_no_figure_in_its_place():
    text = EXPORTS + ", values: {2009: [1, 2, 3], 2015: [4, 5, 6]}, known: {2009: 2010-12-31, 2015: 2018-01-01}"
    p = read(text + ", sources: [kuki2009, mp2018]", BEFORE)
    assert [q.year for q in p.points if q.year in {2009, 2015}] == [2009]
    assert "kuki2009" in p.basis
    assert "mp2018" not in p.basis


@pytest.mark.parametrize(
    ("parameter", "told"),
    [
        ("why: guess", "has a figure, or values of its own"),
        (EXPORTS + ", every: [1, 2, 3], known: 2016-01-01", "has a figure, or values of its own"),
        (EXPORTS + ", values: {2009: [1, 2, 3]}", "need `known`"),
        ("figure: trade.kotra.exports, values: {2009: [1, 2, 3]}, known: 2016-01-01, sources: [kh2011]", "need `why`"),
        (EXPORTS + ", values: {2009: [1, 2, 3]}, known: {2010: 2016-01-01}", "has the years of `values`"),
        ("why: guess, every: [1, 2, 3], known: {2010: 2016-01-01}", "has one day"),
        (EXPORTS + ", values: {2009: [3, 2, 1]}, known: 2016-01-01", "upside down"),
        ("figure: trade.kotra.export", "no figure of"),
    ],
)
def test_a_fault_is_told_with_its_file(parameter, told):
    with pytest.raises(TableError, match=re.escape(told)) as caught:
        read(parameter)
    assert "mine.yaml" in str(caught.value)


def test_a_form_with_parts_needs_its_total():
    spare = OF["iron-steel"]
    assert faults(spare) == ()
    lacking = [(name, p) for name, p in spare.parameters if name != "total"]
    broken = type(spare)(**{name: getattr(spare, name) for name in spare.__slots__} | {"parameters": tuple(lacking)})
    assert "needs total, markup and others" in faults(broken)[0]
