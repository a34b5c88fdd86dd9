"""Golden dealings: facts, the day, and what the law says, in YAML that a lawyer can read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml

from seawall.judge import Options, compile, judge
from seawall.model import Evidence, Truth
from seawall.sources.dealings import parse_dealings
from seawall.sources.ledger import parse_ledger
from seawall.tables.law import load_regimes, load_terms
from seawall.tables.ledger import FILE, ledger_bytes

CASES = [
    pytest.param(case, id=f"{path.stem}-{case['name']}")
    for path in sorted((Path(__file__).parents[1] / "cases" / "judge").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
RULEBOOK = compile(load_regimes(), load_terms())
LEDGER, FAULTS = parse_ledger(ledger_bytes(), FILE, {cap.id for regime in load_regimes() for cap in regime.caps})


def dealing(facts):
    page = io.StringIO()
    writer = csv.DictWriter(page, ["id", *facts])
    writer.writeheader()
    writer.writerow({"id": "golden", **facts})
    (found,), errors = parse_dealings(page.getvalue().encode(), "golden")
    assert not errors
    return found


def proof(listed):
    return Evidence(
        role="bank", party="P", entity_id="x", entity_name="P", matched_name="P", score=1.0,
        certain=listed.get("certain", True), authority=listed["by"], source="list", reference="X",
        programs=tuple(listed.get("programs", ["DPRK"])), listed_on=None, delisted_on=None,
        on_list=Truth(listed.get("on_list", "true")), why="named",
    )  # fmt: skip


def test_there_are_at_least_eighty():
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES)
def test_golden(case):
    evidence = {"golden": [proof(case["listed"])]} if "listed" in case else {}
    (verdict,) = judge(RULEBOOK, [dealing(case["facts"])], evidence, Options(ledger=LEDGER))
    shown = [(f.measure.id, f.outcome.value, f.missing) for f in verdict.findings]
    assert verdict.outcome.value == case["outcome"], shown
    found = {f.measure.paragraph: f.outcome.value for f in verdict.findings if f.outcome is verdict.outcome}
    if "paragraph" in case:
        assert any(p.startswith(case["paragraph"]) for p in found), shown
    if "missing" in case:
        assert any(case["missing"] in m for f in verdict.findings for m in f.missing), shown
    if "owed" in case:
        assert any(case["owed"] in o for f in verdict.findings for o in f.owed), shown
