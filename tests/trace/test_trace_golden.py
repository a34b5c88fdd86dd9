"""Published and own cases of ownership and control, through the graph."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import yaml

from seawall.errors import InputError
from seawall.model import Answer, Fault, Flag, Stake, StakeKind
from seawall.tables.ownership import load_ownership, ownership_test
from seawall.trace import Columns, build, close, explain, graph_of, tree

FOLDER = Path(__file__).parents[1] / "cases" / "trace"
CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
WORDS = re.compile(
    r"(?P<owner>\w+) (?:has (?:(?P<low>[\d.]+)(?: to (?P<high>[\d.]+))?|some) of (?:the (?P<kind>votes|board) of )?"
    r"|(?P<control>controls|may control) )(?P<owned>\w+)(?: from (?P<start>\S+))?(?: until (?P<end>\S+))?"
)
ANSWERS = {"blocked": Answer.CAUGHT, "may be blocked": Answer.MAYBE, "not": Answer.NOT}


def stake(text):
    m = WORDS.fullmatch(text)
    assert m, text
    owner = "" if m["owner"] == "nobody" else m["owner"]
    owned = "" if m["owned"] == "nothing" else m["owned"]
    kind = StakeKind.CONTROL if m["control"] else StakeKind(m["kind"] or "ownership")
    low = float(m["low"] or 0)
    high = float(m["high"]) if m["high"] else low if m["low"] else 100.0
    known = m["control"] == "controls" or m["low"] is not None
    days = (date.fromisoformat(m[x]) if m[x] else None for x in ("start", "end"))
    return Stake(owner, owned, low, high, kind, known, *days)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["case"])
def test_case(case):
    authority, day = case["test"].split()
    on = date.fromisoformat(day)
    stakes = [stake(text) for text in case["holds"]]
    graph = graph_of(stakes, on, case.get("joint", ()))
    numbers = graph.numbers(graph.names)
    listed = np.array([numbers[x] for x in case["listed"] if x in numbers], np.int64)
    closure = close(graph, ownership_test(authority, on), listed)
    found = {name: explain(closure, numbers[name]) for name in case["answers"]}
    assert {name: x.answer for name, x in found.items()} == {n: ANSWERS[a] for n, a in case["answers"].items()}
    for name, flags in case.get("flags", {}).items():
        assert set(found[name].flags) == {Flag[x.upper().replace(" ", "_")] for x in flags}
    for name, asks in case.get("asks", {}).items():
        assert [r for s in found[name].asks for r in s.rows] == [case["holds"].index(text) for text in asks]
    assert {f: rows.size for f, rows in graph.faults.items() if rows.size} == {
        Fault[name.upper()]: number for name, number in case.get("faults", {}).items()
    }


def test_every_case_names_its_source():
    published = yaml.safe_load((FOLDER / "published.yaml").read_text(encoding="utf-8"))
    assert len(published) >= 37
    assert all(case["source"] for case in published)


def test_the_range_that_counts_stands_beside_the_answer():
    stakes = [stake(x) for x in ("X has 60 of A", "A has 25 to 50 of B", "X has 10 of B", "Z has 20 of B")]
    graph = graph_of(stakes, date(2026, 1, 1))
    numbers = graph.numbers("XABZ")
    found = explain(close(graph, ownership_test("us", date(2026, 1, 1)), np.array([numbers["X"]])), numbers["B"])
    assert (found.answer, found.low, found.high) == (Answer.MAYBE, 35.0, 60.0)


def test_the_tree_shows_an_owner_once_with_its_own():
    texts = ("X has 60 of A", "A has 30 of B", "A has 60 of C", "C has 30 of B", "B has 50 of D")
    graph = graph_of([stake(x) for x in texts], date(2026, 1, 1))
    numbers = graph.numbers("XABCD")
    closure = close(graph, ownership_test("us", date(2026, 1, 1)), np.array([numbers["X"]]))
    top = tree(explain(closure, numbers["D"]))
    assert (top.entity, top.step, [b.entity for b in top.owners]) == ("D", None, ["B"])
    first, second = top.owners[0].owners
    assert (first.entity, [b.entity for b in first.owners], first.again) == ("A", ["X"], False)
    assert (second.entity, [(b.entity, b.again) for b in second.owners]) == ("C", [("A", True)])


def test_a_graph_of_nothing_catches_the_listed_only():
    graph = build(Columns(*(np.zeros(0, t) for t in (int, int, float, float))), ["X", "A"], date(2026, 1, 1), [[0, 1]])
    for test in load_ownership():
        closure = close(graph, test, np.array([0]))
        assert closure.certain.tolist() == closure.possible.tolist() == [True, False]
        assert explain(closure, 1).answer is Answer.NOT


@pytest.mark.parametrize(
    ("owner", "owned", "kind", "field"), [(2, 0, 0, "owner"), (0, -2, 0, "owned"), (0, 1, 4, "kind")]
)
def test_numbers_that_name_nothing_are_refused(owner, owned, kind, field):
    columns = Columns(*(np.array([x]) for x in (owner, owned, 60.0, 60.0, kind)))
    with pytest.raises(InputError, match=r"no (entity|kind)") as error:
        build(columns, ["X", "A"], date(2026, 1, 1))
    assert (error.value.row, error.value.field) == (0, field)
