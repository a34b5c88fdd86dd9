"""Packages: the law of a day goes on alone, adopted texts are the law of their day, and drafts differ as is known."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seawall.judge import Options, compile, judge
from seawall.judge.packages import as_of, differences, resolve
from seawall.model import Activity, Change, Dealing, Outcome
from seawall.tables.law import load_regimes, load_terms
from seawall.tables.packages import load_packages

REGIMES = {regime.id: regime for regime in load_regimes()}
UN = REGIMES["un-dprk"]
DRAFTS = load_packages()
days = st.dates(date(2006, 1, 1), date(2026, 1, 1))


def package(name):
    return resolve(DRAFTS[name], REGIMES[DRAFTS[name].regime])


def changes(a, b):
    return {(d.before and d.before.id, d.after and d.after.id): d for d in differences(a, b)}


@pytest.mark.parametrize("name", ["2375", "2397"])
def test_an_adopted_text_as_a_package_is_the_law_of_its_day(name):
    assert not differences(package(name), as_of(UN, DRAFTS[name].day))


@pytest.mark.parametrize("name", DRAFTS)
def test_every_package_compiles_and_holds_the_law_before_it(name):
    found = package(name)
    compile([found.regime], load_terms())
    base = as_of(UN, DRAFTS[name].base)
    gone = {m.id for m in base.regime.measures} - {m.id for m in found.regime.measures}
    assert not gone
    assert all(p.sources or p.verification.value == "memory" for p in found.positions)


@settings(deadline=None, max_examples=40)
@given(days, days)
def test_the_law_of_a_day_has_nothing_of_later_texts_and_differs_in_mirror_image(first, second):
    a, b = as_of(UN, first), as_of(UN, second)
    assert all((m.adopted or m.start) <= first for m in a.regime.measures)
    assert not differences(a, a)
    there, back = differences(a, b), differences(b, a)
    assert {(d.before, d.after) for d in there} == {(d.after, d.before) for d in back}


def test_what_2375_lost_on_the_way():
    found = changes(package("2375-draft"), package("2375"))
    oil = found["draft-2375-oil", "unscr-2375-14"]
    assert {Change.SOFTENED, Change.DELAYED} <= set(oil.changes)
    assert any("2,000,000" in text for text in oil.details)
    labour = found["draft-2375-labour", "unscr-2375-17"]
    assert labour.changes == (Change.SOFTENED,)
    assert "contract" in labour.details[0]
    sea = found["draft-2375-high-seas", "unscr-2375-7"]
    assert sea.details == ("decides becomes calls upon",)
    assert not any("textile" in str(key) or "2375-16" in str(key) for key in found)
    became = {p.topic: p.became for p in package("2375-draft").positions if p.became}
    assert became["listing: the leader"] is became["listing: the airline"] is Change.DROPPED


def test_2397_was_softened_and_delayed_by_a_year_for_workers():
    ((_, labour),) = changes(package("2397-draft"), package("2397")).items()
    assert labour.changes == (Change.SOFTENED, Change.DELAYED)
    assert any("22 December 2019" in text for text in labour.details)


def test_a_weaker_package_drops_bans_and_a_stronger_one_lowers_caps():
    weak = changes(as_of(UN, date(2019, 12, 15)), package("2019-draft"))
    assert all(d.changes == (Change.DROPPED,) for d in weak.values())
    strong = changes(as_of(UN, date(2022, 5, 25)), package("2022-draft"))
    assert {"draft-2022-crude", "draft-2022-refined"} <= {after for _, after in strong}
    assert all(Change.HARDENED in d.changes for d in strong.values())


def verdict(found, dealing):
    return judge(compile([found.regime], load_terms()), [dealing], {}, Options())[0].outcome


HIRED = Dealing("d", Activity.HIRE, worker_nationality="kp", from_country="kp", to_country="ru", goods="logging work")


@pytest.mark.parametrize(
    ("name", "day", "outcome"),
    [
        ("2375-draft", date(2017, 10, 1), Outcome.PROHIBITED),
        ("2375", date(2017, 10, 1), Outcome.EXEMPT),
        ("2375", date(2020, 1, 1), Outcome.EXEMPT),
        ("2397-draft", date(2018, 12, 22), Outcome.EXEMPT),
        ("2397-draft", date(2018, 12, 23), Outcome.PROHIBITED),
        ("2397", date(2018, 12, 23), Outcome.EXEMPT),
        ("2397", date(2019, 12, 23), Outcome.PROHIBITED),
    ],
)
def test_loggers_with_old_contracts_under_each_package(name, day, outcome):
    old = replace(HIRED, date=day, contract_date=date(2016, 1, 1))
    assert verdict(package(name), old) is outcome


def test_under_2375_alone_the_yearly_cap_is_two_million_barrels():
    cargo = Dealing("d", Activity.EXPORT, date(2018, 1, 1), "ru", "kp", hs=("2710",), goods="diesel", quantity=1e6,
                    unit="bbl", approval=("notified",), purpose=("livelihood",))  # fmt: skip
    assert verdict(package("2375"), cargo) is Outcome.EXEMPT
    assert verdict(package("2397"), cargo) is Outcome.PROHIBITED
    assert verdict(package("2375"), replace(cargo, quantity=2.1e6)) is Outcome.PROHIBITED
