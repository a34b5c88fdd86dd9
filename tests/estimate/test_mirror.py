"""The mirror test against its slow twin, its laws, and trade in which it is known what was hidden."""

import math
import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seawall import judge
from seawall.estimate.gaps import flags, raised, silent, with_bans
from seawall.estimate.mirror import full_years, pairs
from seawall.estimate.noise import noise, reliability
from seawall.estimate.prices import odd_prices
from seawall.judge.trade import banned
from seawall.model.trade import TRADE
from seawall.tables import law
from seawall.tables.mirror import load_mirror

sys.path.append(str(Path(__file__).parents[1] / "oracles"))
sys.path.append(str(Path(__file__).parents[2] / "bench"))
import mirror as bench
from mirror_oracle import mirrored

TERMS = load_mirror()
KEY = ["exporter", "importer", "year", "hs"]


def row(reporter, partner, flow, value, year=2016, hs="100190", **more):
    fields = {
        "reporter": reporter, "partner": partner, "flow": flow, "year": year, "hs": hs, "hs_edition": "H4",
        "level": 0 if hs == "TOTAL" else len(hs), "value_usd": float(value), "file": "f", "row": 1,
        "basis": "cif" if flow == "import" else "fob",
    }  # fmt: skip
    return fields | more


def frame(*rows):
    return pl.DataFrame(rows, schema=dict(TRADE))


def seen(*rows, terms=TERMS):
    return raised(noise(pairs(frame(*rows), terms), terms).pairs, terms)


def one(*rows, terms=TERMS):
    (found,) = seen(*rows, terms=terms).to_dicts()
    return found


def both(imported, exported, year=2016, **more):
    return row("ru", "fr", "import", imported, year, **more), row("fr", "ru", "export", exported, year, **more)


places = st.sampled_from(["kp", "kr", "cn", "hk", "ru", "fr", "world", "area:899"])
states = st.sampled_from(["kp", "kr", "cn", "hk", "ru", "fr"])
rows_of_trade = st.lists(
    st.builds(
        row, states, places, st.sampled_from(["import", "import", "export", "export", "re_export"]),
        st.sampled_from([0, 1, 40, 100, 106, 220, 1e3, 5e6, 2e7, 1e9]), st.sampled_from([2014, 2015, 2016, 2017]),
        st.sampled_from(["100190", "270112", "TOTAL"]),
    ),
    max_size=60,
    unique_by=lambda r: (r["reporter"], r["partner"], r["flow"], r["year"], r["hs"]),
)  # fmt: skip


class TestTwin:
    @settings(max_examples=300, deadline=None)
    @given(rows_of_trade)
    def test_is_what_plain_loops_find(self, rows):
        expected = mirrored(rows, TERMS)
        found = {tuple(r[k] for k in KEY): r for r in seen(*rows).to_dicts()}
        assert found.keys() == expected.keys()
        for key, slow in expected.items():
            quick = found[key]
            for name in ("standing", "outside", "one_sign", "confused_with"):
                assert quick[name] == slow[name], (key, name)
            if slow["ends"]:
                assert (quick["end_low"], quick["end_high"]) == pytest.approx(slow["ends"])


class TestLaws:
    @settings(max_examples=100, deadline=None)
    @given(rows_of_trade, st.sampled_from([0.5, 2.0, 1024.0]))
    def test_scaling_all_values_leaves_ln_gaps_as_they_are(self, rows, by):
        scaled = [r | {"value_usd": r["value_usd"] * by} for r in rows]
        names = [*KEY, "standing", "ln_low", "ln_mid", "ln_high", "end_low", "end_high"]
        a, b = (pairs(frame(*r), TERMS).select(names) for r in (rows, scaled))
        assert a.drop("ln_low", "ln_mid", "ln_high", "end_low", "end_high").equals(b.select(a.columns[:5]))
        for name in names[5:]:
            assert a[name].fill_null(99).to_list() == pytest.approx(b[name].fill_null(99).to_list(), abs=1e-9)

    @settings(max_examples=100, deadline=None)
    @given(rows_of_trade)
    def test_ranges_are_in_order(self, rows):
        found = pairs(frame(*rows), TERMS).filter(pl.col("standing") == "paired")
        for low, mid, high in (("ln_low", "ln_mid", "ln_high"), ("usd_low", "usd_mid", "usd_high")):
            assert (found[low] <= found[mid]).all()
            assert (found[mid] <= found[high]).all()
        assert (found["end_low"] <= found["ln_low"].clip(lower_bound=0) + found["ln_low"].clip(upper_bound=0)).all()
        assert (found["end_high"] >= found["ln_high"]).all()

    @settings(deadline=None)
    @given(st.floats(1, 1e9), st.floats(1, 1e9))
    def test_swapping_the_sides_changes_the_sign(self, a, b):
        there = one(*both(a, b, basis="fob"))
        back = one(*both(b, a, basis="fob"))
        assert there["ln_mid"] == pytest.approx(-back["ln_mid"], abs=1e-9)
        assert there["usd_mid"] == pytest.approx(-back["usd_mid"])

    @settings(max_examples=100, deadline=None)
    @given(rows_of_trade)
    def test_another_pairs_rows_change_nothing_of_a_pair(self, rows):
        mine = both(500, 100)
        others = [r for r in rows if {r["reporter"], r["partner"]}.isdisjoint({"fr", "ru"})]
        alone = one(*mine)
        (among,) = seen(*mine, *others).filter((pl.col("exporter") == "fr") & (pl.col("importer") == "ru")).to_dicts()
        assert among == alone


class TestStanding:
    def test_who_reports_nothing_is_not_who_lost_it(self):
        assert one(row("ru", "fr", "import", 5))["standing"] == "exporter_silent"
        told = seen(row("ru", "fr", "import", 5), row("fr", "de", "export", 9))
        assert set(told["standing"]) == {"orphaned", "importer_silent"}
        assert silent(frame(row("ru", "fr", "import", 5)), pairs(frame(row("ru", "fr", "import", 5)), TERMS)) == ["fr"]

    def test_a_reported_zero_is_neither_missing_nor_a_gap(self):
        found = one(*both(0, 100))
        assert (found["standing"], found["ln_mid"], found["usd_mid"]) == ("zero", None, None)

    def test_another_chapter_is_no_report(self):
        found = seen(row("ru", "fr", "import", 5), row("fr", "world", "export", 9, hs="270112"))
        assert found["standing"].to_list() == ["exporter_silent"]

    def test_nomenclatures_do_not_meet(self):
        rows = row("ru", "fr", "import", 5, hs="33", hs_edition="S4"), row("fr", "ru", "export", 5, hs="33")
        assert seen(*rows).height == 2

    def test_editions_of_one_nomenclature_do_and_the_newest_counts(self):
        imports = row("ru", "fr", "import", 106, hs_edition="H3"), row("ru", "fr", "import", 212, hs_edition="H5")
        assert one(*imports, row("fr", "ru", "export", 100))["ln_mid"] == pytest.approx(math.log(2))

    def test_twelve_months_are_a_year_and_eleven_are_not(self):
        months = [row("ru", "fr", "import", 10.6, month=m) for m in range(1, 13)]
        assert one(*months, row("fr", "ru", "export", 120))["ln_mid"] == pytest.approx(0)
        assert full_years(frame(*months[:11]).with_columns(system=pl.lit("HS"), chapter=pl.lit("10"))).height == 11


class TestFlags:
    def test_one_year_of_twice_is_never_flagged(self):
        for imported, exported in ((2, 1), (1, 2)):
            found = one(*both(imported * 1e8, exported * 1e8))
            assert not found["outside"]
            assert not found["one_sign"]

    def test_three_years_of_one_sign_are_and_two_are_not(self):
        rows = [r for y in (2014, 2015, 2016) for r in both(2e8, 1e8, y)]
        assert seen(*rows)["one_sign"].all()
        assert not seen(*rows[:4])["one_sign"].any()
        (flag,) = flags(seen(*rows), frame().with_columns(exporter=pl.lit(""), importer=pl.lit(""))).to_dicts()
        assert (flag["ground"], flag["year"], flag["until"]) == ("one_sign", 2014, 2016)
        assert flag["usd_mid"] == pytest.approx(3 * (2e8 / 1.06 - 1e8))

    def test_a_missing_year_breaks_a_run(self):
        assert not seen(*(r for y in (2012, 2014, 2015) for r in both(2e8, 1e8, y)))["one_sign"].any()

    def test_what_passed_through_a_hub_closes_a_gap_and_never_turns_it(self):
        rows = both(1000e6, 100e6)
        assert one(*rows)["outside"]
        found = one(*rows, row("hk", "ru", "re_export", 900e6))
        assert not found["outside"]
        assert found["end_low"] == 0
        assert found["least_usd"] == 0

    def test_partners_taken_for_one_another(self):
        rows = row("ru", "kr", "import", 30e6), row("kr", "ru", "export", 100e6), row("ru", "kp", "import", 76e6)
        found = seen(*rows)
        assert dict(found.select("exporter", "confused_with").iter_rows()) == {"kr": "kp", "kp": "kr"}
        assert not found["outside"].any()


class TestNoise:
    def test_a_small_file_takes_the_built_in_band(self):
        found = one(*both(2e7, 1e7))
        assert (found["band_from"], found["band_low"], found["band_high"]) == ("built_in", -0.97, 1.438)

    def test_a_large_file_has_a_band_of_its_own(self):
        terms = replace(TERMS, least=100, least_in_class=50, never_under=1.0)
        gaps = [math.exp(n / 100) for n in range(-100, 101)]
        rows = [r for n, gap in enumerate(gaps) for r in both(106e6 * gap, 1e8, hs=f"{n:06}")]
        found = noise(pairs(frame(*rows), terms), terms)
        assert found.measured == 201
        assert found.classes.row(0, named=True)["band_from"] == "file"
        assert found.pairs["band_low"].unique().to_list() == pytest.approx([-0.8])

    def test_a_wild_reporter_is_told_from_a_steady_one(self):
        rows = []
        for n in range(60):
            wild = math.exp(1.5 if n % 2 else -1.5)
            rows += [row("ru", "fr", "import", 106e6, hs=f"{n:06}"), row("fr", "ru", "export", 1e8, hs=f"{n:06}")]
            rows += [
                row("cn", "fr", "import", 106e6 * wild, hs=f"{n:06}"),
                row("fr", "cn", "export", 1e8, hs=f"{n:06}"),
            ]
        told = reliability(pairs(frame(*rows), TERMS), TERMS).filter(pl.col("role") == "importer")
        spread = {r["reporter"]: r for r in told.to_dicts()}
        assert spread["cn"]["spread_mid"] > 2 * spread["ru"]["spread_mid"]
        assert (told["spread_low"] <= told["spread_mid"]).all()
        assert (told["spread_mid"] <= told["spread_high"]).all()


def test_odd_prices_need_rows_and_name_the_usual():
    rows = [row("ru", "fr", "import", 100 + n, net_weight_kg=10.0, year=1990 + n) for n in range(25)]
    odd = row("ru", "de", "import", 100, net_weight_kg=0.1)
    (found,) = odd_prices(frame(*rows, odd), TERMS).to_dicts()
    assert (found["partner"], found["per"], found["rows"]) == ("de", "kg", 26)
    assert found["price"] == pytest.approx(1000)
    assert odd_prices(frame(*rows[:10], odd), TERMS).height == 0


RULES = judge.compile(law.load_regimes(), law.load_terms())


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        (row("ru", "kp", "import", 5, 2019, "270112"), True),
        (row("ru", "kp", "import", 5, 2017, "030749"), False),
        (row("ru", "kp", "import", 5, 2017, "030749", month=3), None),
        (row("ru", "kp", "import", 5, 2017, "030749", month=11), True),
        (row("ru", "kp", "import", 5, 2010, "270112"), None),
        (row("ru", "kp", "import", 5, 2019, "480100"), None),
        (row("ru", "kp", "import", 0, 2019, "270112"), None),
        (row("ru", "world", "import", 5, 2019, "270112"), None),
        (row("ru", "kp", "import", 5, 2019, "TOTAL"), None),
        (row("cn", "kp", "export", 5, 2019, "8471"), True),
        (row("ru", "kr", "import", 5, 2019, "270112"), None),
    ],
)
def test_banned_goods_and_how_much_of_the_period(rows, whole):
    found = banned(RULES, frame(rows)).to_dicts()
    assert [f["whole_period"] for f in found] == ([] if whole is None else [whole])
    assert all(f["measures"] for f in found)


def test_trade_under_a_cap_is_not_called_banned():
    assert banned(RULES, frame(row("cn", "kp", "import", 5, 2016, "2701"))).is_empty()


def test_a_year_made_of_months_is_banned_in_part_if_some_months_are_not():
    rows = [row("ru", "kp", "import", 5, 2017, "030749", month=m) for m in range(1, 13)]
    found = with_bans(seen(*rows), banned(RULES, frame(*rows))).to_dicts()
    assert [(p["month"], p["whole_period"]) for p in found] == [(None, False)]
    other = row("ru", "kp", "import", 5, 2019, "2701", hs_edition="S4")
    (pair,) = with_bans(seen(other), banned(RULES, frame(row("ru", "kp", "import", 5, 2019, "2701")))).to_dicts()
    assert pair["measures"] is None


def test_what_is_found_of_known_plants():
    found = bench.measured(seeds=(1,))
    share = {name: n["share"] for name, n in found.items()}
    for name in ("under-invoiced 2x for 5 years", "under-invoiced 8x for 5 years", "banned goods after the ban",
                 "banned goods in the year of the ban"):  # fmt: skip
        assert share[f"plant: {name}"] == 1
    for name in ("one year 2x", "partner taken for another", "passed through a hub", "goods that are not banned"):
        assert share[f"plant: {name}"] == 0
    assert share["ordinary: prohibited_goods"] == 0
    # Noise that lasts looks like a run: these are no bars of quality but of what the docs say.
    assert share["plant: noisy flow, under-invoiced 4x for 5 years"] > 0.8
    assert share["ordinary: outside_band"] < 0.2
    assert share["ordinary: any"] < 0.45
