"""How much of a year the law covers a flow, and what changes if a law is changed."""

import pytest

from seawall.judge.coverage import Ask, coverage
from seawall.judge.packages import as_of, resolve
from seawall.judge.what_if import WHAT_IFS
from seawall.tables.enforcement import load_walls
from seawall.tables.law import load_regimes, load_terms
from seawall.tables.packages import load_packages

HOME = next(r for r in load_regimes() if r.id == "un-dprk")
PROBES = {p.id: p for p in load_walls("un-dprk").probes}


def covered(name, year, law=HOME, partner="cn"):
    ask = Ask(PROBES[name], partner, PROBES[name].hs)
    (found,) = coverage([law], load_terms(), [(ask, year)])
    return found[ask, year]


@pytest.mark.parametrize(
    ("name", "year", "low", "high"),
    [
        ("coal", 2017, 5 / 12, 5 / 12),  # banned on 5 August 2017, without a grace
        ("coal", 2018, 1, 1),
        ("textiles", 2016, 0, 0),
        ("textiles", 2018, 1, 1),
        ("seafood", 2017, 4 / 12, 5 / 12),  # old contracts had a month
        ("machinery-in", 2017, 0, 0),  # banned on 22 December: after the middle of the last month
        ("machinery-in", 2018, 1, 1),
        ("other-goods", 2020, 0, 0),
        ("labour", 2016, 0, 0),
        ("labour", 2020, 1, 1),  # the deadline of 22 December 2019 has passed
        ("ventures", 2018, 1, 1),
        ("crude", 2019, 0, 0),  # what flows is within its cap
    ],
)
def test_shares_of_a_year_follow_the_days_of_the_law(name, year, low, high):
    share = covered(name, year).share
    assert (share.low, share.high) == (pytest.approx(low), pytest.approx(high))


def test_contracts_that_run_on_are_covered_less_the_longer_they_are():
    share = covered("labour", 2018, partner="ru").share
    assert 0 < share.low < share.mid < share.high < 1


def test_a_cap_is_the_amount_of_a_year_and_a_ban_outweighs_it():
    found = covered("refined", 2018)
    assert (found.capped, dict(found.caps)) == (1.0, {"bbl": 500_000.0})
    assert found.share.high == 0
    coal = covered("coal", 2017)
    assert coal.capped == pytest.approx(7 / 12)
    assert dict(coal.caps)["usd"] == pytest.approx(400_870_018 * 7 / 12)
    draft = resolve(load_packages()["2375-draft"], HOME).regime
    banned = covered("refined", 2018, draft)
    assert (banned.share.low, banned.capped) == (1, 0)


def test_several_laws_are_judged_as_each_alone():
    ask = Ask(PROBES["textiles"], "cn", PROBES["textiles"].hs)
    before = as_of(HOME, load_packages()["2375"].base).regime
    both = coverage([before, HOME], load_terms(), [(ask, 2018)])
    assert [law[ask, 2018].share.mid for law in both] == [0, 1]
    assert coverage([HOME], load_terms(), [])[0] == {}


def test_a_law_lifted_closed_or_with_another_cap():
    assert covered("coal", 2018, WHAT_IFS["lift"](HOME, "coal", None)).share.high == 0
    assert covered("textiles", 2018, WHAT_IFS["lift"](HOME, "coal", None)).share.low == 1
    assert covered("labour", 2018, WHAT_IFS["close"](HOME, "labour", None)).share.low == 1
    assert dict(covered("refined", 2018, WHAT_IFS["cap"](HOME, "refined_petroleum", 9.0)).caps) == {"bbl": 9.0}
    with pytest.raises(ValueError, match="needs an amount"):
        WHAT_IFS["cap"](HOME, "refined_petroleum", None)
    assert all(what.__doc__ for what in WHAT_IFS.values())
