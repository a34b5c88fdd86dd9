"""Golden dealings: facts, the day, and what the law says, in YAML that a lawyer can read.

A case gives `facts` as columns of a dealings file, and what is expected: `outcome` of the dealing as a whole, or what
one `measure` `says` of it (`none`: nothing). `listed` is what screening found (`by`, `programs`, `on_list`, `certain`);
`nexus` whose law binds; `paragraph`, `missing` and `owed` must be found among what is said.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from seawall.judge import Options, compile, judge
from seawall.model import Effect, Evidence, Truth
from seawall.sources.dealings import parse_dealings
from seawall.sources.ledger import parse_ledger
from seawall.tables.law import load_regimes, load_terms
from seawall.tables.ledger import FILE, ledger_bytes

FOLDER = Path(__file__).parents[1] / "cases" / "judge"
KEYS = {"name", "measure", "says", "facts", "listed", "nexus", "outcome", "paragraph", "missing", "owed", "source"}
CASES = [
    pytest.param(case, id=f"{path.stem}-{case['name']}")
    for path in sorted(FOLDER.rglob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
RULEBOOK = compile(load_regimes(), load_terms())
LEDGER, FAULTS = parse_ledger(ledger_bytes(), FILE, {cap.counts for regime in load_regimes() for cap in regime.caps})


def dealing(key, facts):
    page = io.StringIO()
    writer = csv.DictWriter(page, ["id", *facts])
    writer.writeheader()
    writer.writerow({"id": key, **facts})
    (found,), errors = parse_dealings(page.getvalue().encode(), key)
    assert not errors
    return found


def proof(listed):
    return Evidence(
        role="bank", party="P", entity_id="x", entity_name="P", matched_name="P", score=1.0,
        certain=listed.get("certain", True), authority=listed["by"], source="list", reference="X",
        programs=tuple(listed.get("programs", ["DPRK"])), listed_on=None, delisted_on=None,
        on_list=Truth(str(listed.get("on_list", "true")).lower()), why="named",
    )  # fmt: skip


@pytest.fixture(scope="module")
def verdicts():
    """The verdict of every case by its id: judged together, for a verdict does not depend on the others."""
    groups = defaultdict(list)
    for param in CASES:
        groups[tuple(param.values[0].get("nexus", ()))].append(param)
    found = {}
    for nexus, params in groups.items():
        rows = [dealing(p.id, p.values[0]["facts"]) for p in params]
        evidence = {p.id: proofs(p.values[0]) for p in params}
        judged = judge(RULEBOOK, rows, evidence, Options(ledger=LEDGER, nexus=nexus))
        found |= {verdict.dealing_id: verdict for verdict in judged}
    return found


def proofs(case):
    listed = case.get("listed", [])
    return [proof(x) for x in (listed if isinstance(listed, list) else [listed])]


def test_there_are_many_and_no_name_stands_twice_in_a_file():
    assert len(CASES) >= 300
    ids = [case.id for case in CASES]
    assert len(ids) == len(set(ids)), {i for i in ids if ids.count(i) > 1}


@pytest.mark.parametrize(("key", "case"), [pytest.param(p.id, *p.values, id=p.id) for p in CASES])
def test_golden(verdicts, key, case):
    assert set(case) <= KEYS
    assert "outcome" in case or {"measure", "says"} <= set(case)
    verdict = verdicts[key]
    shown = [(f.measure.id, f.outcome.value, f.missing) for f in verdict.findings]
    findings = verdict.findings
    if "measure" in case:
        assert case["measure"] in {m.id for m in RULEBOOK.measures}
        findings = [f for f in verdict.findings if f.measure.id == case["measure"]]
        assert [f.outcome.value for f in findings] == ([] if case["says"] == "none" else [case["says"]]), shown
    if "outcome" in case:
        assert verdict.outcome.value == case["outcome"], shown
    if "paragraph" in case:
        gravest = [f.measure.paragraph for f in verdict.findings if f.outcome is verdict.outcome]
        assert any(p.startswith(case["paragraph"]) for p in gravest), shown
    for field in ("missing", "owed"):
        if field in case:
            assert any(case[field] in text for f in findings for text in getattr(f, field)), shown


@pytest.mark.parametrize("measure", RULEBOOK.measures, ids=lambda m: m.id)
def test_every_measure_has_a_case_in_which_it_applies_one_in_which_it_nearly_does_and_one_that_is_open(measure):
    said = defaultdict(int)
    for case in (param.values[0] for param in CASES):
        if case.get("measure") == measure.id:
            said[case["says"]] += 1
    applies = {"prohibited", "approval_required", "red_flag", "exempt"} & set(said)
    assert applies, f"no case in which {measure.id} applies"
    assert said["none"], f"no case in which {measure.id} nearly applies"
    # A pattern that may or may not be there is not reported: a flag has no open case.
    assert said["undetermined"] or measure.effect is Effect.FLAG, f"no open case of {measure.id}"
