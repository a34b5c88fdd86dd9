"""Tests of ownership and control: the table, and published cases against it through the graph."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
import yaml

from seawall.errors import TableError
from seawall.model import Force, OwnershipTest, Stake
from seawall.tables.ownership import load_ownership, ownership_test, read_ownership
from seawall.trace import close, graph_of

DAYS = {
    "US_OFAC": ("us", date(2020, 1, 1)),
    "EU_pre_2024": ("eu", date(2024, 7, 2)),
    "EU_2024": ("eu", date(2024, 7, 3)),
    "UK": ("uk", date(2022, 3, 22)),
    "US_BIS_affiliates": ("us-bis", date(2025, 9, 29)),
}
"""The authority and a day for each regime of the research file."""
CAUGHT = {"blocked": True, "owned": True, "not_blocked": False, "not_owned": False}
"""Answers that rest on shares alone; the others turn on control."""


def caught(test, facts):
    """The entities that are owned, as the graph has them."""
    stakes = [Stake(x["owner"], x["entity"], x["share_pct"], x["share_pct"]) for x in facts["holdings"]]
    graph = graph_of(stakes, test.start, facts.get("joint_arrangements", ()))
    listed = np.array(list(graph.numbers(facts["listed"]).values()))
    return {graph.name(int(x)) for x in np.flatnonzero(close(graph, test, listed).certain[: graph.size])}


@pytest.fixture(scope="module")
def examples(shared):
    return yaml.safe_load((shared / "law" / "ownership_examples.yaml").read_text(encoding="utf-8"))


@pytest.mark.shared
def test_published_cases_come_out_as_published(examples):
    asked = 0
    for case in examples["examples"]:
        if "control" in case["facts"] or not set(case["expected"].values()) <= set(CAUGHT):
            continue
        found = caught(ownership_test(*DAYS[case["regime"]]), case["facts"])
        assert {e: e in found for e in case["expected"]} == {e: CAUGHT[x] for e, x in case["expected"].items()}, case
        asked += 1
    assert asked >= 25


@pytest.mark.shared
def test_the_same_facts_come_out_differently_by_authority_and_day(examples):
    for row in examples["divergence_table"]["rows"]:
        for regime, expected in row["caught_by_ownership"].items():
            found = caught(ownership_test(*DAYS[regime]), row["facts"])
            assert {entity: entity in found for entity in expected} == expected, (row["pattern"], regime)


@pytest.mark.parametrize(
    ("authority", "day", "threshold", "at_least", "aggregate", "control"),
    [
        ("us", "2008-02-14", 50, True, False, False),
        ("us", "2014-08-12", 50, True, False, False),
        ("us", "2014-08-13", 50, True, True, False),
        ("eu", "2024-07-02", 50, False, True, True),
        ("eu", "2024-07-03", 50, True, True, True),
        ("uk", "2020-12-31", 50, False, False, True),
        ("un", "2006-10-14", None, False, False, True),
        ("us-bis", "2025-09-29", 50, True, True, False),
    ],
)
def test_each_authority_has_its_test_on_the_day(authority, day, threshold, at_least, aggregate, control):
    test = ownership_test(authority, date.fromisoformat(day))
    said = (test.threshold, test.at_least, test.aggregate, test.control)
    assert said == (threshold, at_least, aggregate, control)


@pytest.mark.parametrize(("authority", "day"), [("us", "2008-02-13"), ("us-bis", "2025-09-28"), ("uk", "2020-12-30")])
def test_before_the_first_day_there_is_none(authority, day):
    with pytest.raises(TableError, match="no ownership test"):
        ownership_test(authority, date.fromisoformat(day))


def test_exactly_half_divides_them():
    half = {t: ownership_test(*DAYS[t]).reached(50.0) for t in DAYS}
    assert half == {"US_OFAC": True, "EU_pre_2024": False, "EU_2024": True, "UK": False, "US_BIS_affiliates": True}
    assert ownership_test("un", date(2018, 1, 1)).reached(100.0) is None


def test_no_gap_between_the_tests_of_one_authority():
    by = defaultdict(list)
    for test in load_ownership():
        assert isinstance(test, OwnershipTest)
        assert test.binding in Force
        assert test.citation
        by[test.authority].append(test)
    for tests in by.values():
        for earlier, later in pairwise(sorted(tests, key=lambda t: t.start)):
            assert (later.start - earlier.end).days == 1


ROW = """\
- {authority: us, start: 2008-02-14, end: 2014-08-12, threshold: 50, at_least: true, aggregate: false, through: true,
   control: false, joint: false, binding: guidance, citation: a, verification: memory}
"""


@pytest.mark.parametrize(
    ("old", "new", "fault", "field"),
    [
        ("end: 2014-08-12", "end: 2008-02-13", "ends before", "0.end"),
        ("threshold: 50", "threshold: 101", "less than or equal", "0.threshold"),
        ("threshold: 50", "threshold: null", "only control", "0.threshold"),
        ("binding: guidance", "binding: rumour", "law", "0.binding"),
        ("citation: a", "citation: ''", "at least 1", "0.citation"),
        ("aggregate: false, ", "", "required", "0.aggregate"),
    ],
)
def test_a_faulty_row_is_named(tmp_path, old, new, fault, field):
    path = tmp_path / "ownership.yaml"
    path.write_text(ROW.replace(old, new), encoding="utf-8")
    with pytest.raises(TableError, match=fault) as caught_error:
        read_ownership(path)
    assert caught_error.value.field == field
    assert "ownership.yaml, line 1" in caught_error.value.file or "line 2" in caught_error.value.file


def test_two_tests_on_one_day_are_refused(tmp_path):
    path = tmp_path / "ownership.yaml"
    path.write_text(ROW + ROW.replace("start: 2008-02-14, end: 2014-08-12", "start: 2014-08-12"), encoding="utf-8")
    with pytest.raises(TableError, match="overlaps the test of 2008-02-14"):
        read_ownership(path)
