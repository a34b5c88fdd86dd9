"""The guide to adding a regime: its files load, its dealings come out as it prints, its faults are told as it says."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from seawall.errors import TableError
from seawall.judge import TESTS, Options, compile, judge
from seawall.model import Verification
from seawall.sources.dealings import parse_dealings
from seawall.tables import law
from seawall.tables.goods import read_goods
from seawall.tables.law import load_terms, read_regime

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "add-a-regime.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```(?:yaml|csv)\n# (\S+)\n(.*?)^```$", GUIDE, re.S | re.M))
CONSOLE = re.findall(r"^```console\n\$ (.+?)\n(.*?)\n```$", GUIDE, re.S | re.M)
LAW = "regimes/aq-ice/ice-2030.yaml"
CASES = yaml.safe_load(FILES["cases/aq-ice/aq-ice.yaml"])
ROWS = re.findall(r"^ ([\w-]+) {2,}([a-z ]+?) {2,}\S", CONSOLE[1][1].split("──\n", 1)[1], re.M)
OUTCOMES = {name: outcome.replace(" ", "_") for name, outcome in ROWS}


def tables(folder, changed=None):
    """The guide's files in a folder, its law changed or not, as regime and terms."""
    for name, text in {**FILES, LAW: FILES[LAW] if changed is None else changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    terms = load_terms()
    terms = replace(terms, goods={**terms.goods, **read_goods(folder / "goods" / "ice.yaml")})
    return read_regime(folder / "regimes" / "aq-ice"), terms


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory):
    return load(tmp_path_factory.mktemp("guide"), None)


def dealings(text):
    found, errors = parse_dealings(text.encode(), "deal.csv")
    assert not errors
    return found


def test_the_guide_gives_every_file_that_it_speaks_of():
    assert set(FILES) == {
        "regimes/aq-ice/regime.yaml",
        LAW,
        "goods/ice.yaml",
        "cases/aq-ice/aq-ice.yaml",
        "deal.csv",
    }
    assert [command for command, _ in CONSOLE] == ["seawall check deal.csv", "seawall check deal.csv --nexus house"]


def test_the_dealings_come_out_as_the_guide_prints(rulebook):
    found = judge(rulebook, dealings(FILES["deal.csv"]), {}, Options(nexus=("house",)))
    assert {v.dealing_id: v.outcome.value for v in found} == OUTCOMES
    assert {"prohibited", "exempt", "undetermined", "approval_required", "no_measure_found"} == set(OUTCOMES.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_golden_cases_hold(rulebook, case):
    page = io.StringIO()
    writer = csv.DictWriter(page, ["id", *case["facts"]])
    writer.writeheader()
    writer.writerow({"id": "golden", **case["facts"]})
    (verdict,) = judge(rulebook, dealings(page.getvalue()), {}, Options())
    findings = [f for f in verdict.findings if f.measure.id == case["measure"]]
    assert [f.outcome.value for f in findings] == ([] if case["says"] == "none" else [case["says"]])
    for field in ("missing", "owed"):
        if field in case:
            assert any(case[field] in text for f in findings for text in getattr(f, field))


def test_every_measure_has_the_cases_that_the_guide_asks_for(rulebook):
    for m in rulebook.measures:
        said = {case["says"] for case in CASES if case["measure"] == m.id}
        assert {"none", "undetermined"} < said, m.id


def load(folder, changed):
    regime, terms = tables(folder, changed)
    return compile([regime], terms)


def fault(folder, old, new):
    assert old in FILES[LAW]
    with pytest.raises(TableError) as caught:
        load(folder, FILES[LAW].replace(old, new, 1))
    return str(caught.value)


def test_the_first_fault_is_told_as_the_guide_prints(tmp_path):
    told = fault(tmp_path, "activity: [import, supply, transit]", "activity: import")
    assert CONSOLE[0][1] == f"seawall: {told}"


TOLD = [tuple(cell.strip().strip("`") for cell in row.strip("|").split("|"))
        for row in GUIDE.split("| from | to | told |\n|---|---|---|\n")[1].split("\n\n")[0].splitlines()]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "says"), TOLD)
def test_each_fault_of_the_table_is_told_so(tmp_path, old, new, says):
    told = fault(tmp_path, old, new)
    assert re.match(r"aq-ice/ice-2030\.yaml, line \d+, field ", told)
    assert says in told


def test_the_command_says_it_too(tmp_path):
    shutil.copytree(ROOT / "src" / "seawall", tmp_path / "seawall", ignore=shutil.ignore_patterns("__pycache__"))
    tables(tmp_path / "seawall" / "tables")
    (tmp_path / "deal.csv").write_text(FILES["deal.csv"], encoding="utf-8")
    place = {"PATH": os.defpath, "HOME": str(tmp_path), "SEAWALL_DATA": str(tmp_path), "PYTHONPATH": str(tmp_path)}

    def run(command):
        return subprocess.run(
            [sys.executable, "-m", "seawall.app.cli", *command.split()[1:]],
            cwd=tmp_path, env={**place, "COLUMNS": "80"}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    command, block = CONSOLE[1]
    printed = "\n".join(line.rstrip() for line in run(command).stdout.splitlines())
    assert printed.startswith(block.removesuffix("\n...")), printed
    listed = run("seawall law list --regime aq-ice").stdout
    assert all(name in listed for name in ("ice-4", "ice-5", "ice-5-cap"))
    path = tmp_path / "seawall" / "tables" / LAW
    path.write_text(FILES[LAW].replace("activity: [import, supply, transit]", "activity: import"), encoding="utf-8")
    stopped = run(CONSOLE[0][0])
    assert (stopped.stderr.strip(), stopped.returncode) == (CONSOLE[0][1], 3)


def test_every_field_test_and_word_is_explained():
    models = (law.Head, law._Instrument, law._Measure, law._Route, law._Cap, law._Limit, law._Paragraph, law._Checked)
    words = {name for model in models for name in model.model_fields} | set(TESTS) | set(map(str, Verification))
    words |= {"all", "any", "not", "says", "exemption", "wind_down", "approval", "carve_out", "ban", "flag"}
    assert not [word for word in sorted(words) if f"`{word}`" not in GUIDE]


@pytest.mark.parametrize("row", re.findall(r"^\| `(\w+)` \| `(\w+: .+?)` \|", GUIDE, re.M), ids=lambda row: row[0])
def test_each_example_of_a_test_compiles(tmp_path, row):
    changed = load(tmp_path, FILES[LAW].replace("- origin_target: true", f"- {row[1]}", 1))
    assert any(row[0] in key for key in changed.leaves)


def test_the_guide_is_in_the_table_of_contents():
    assert "add-a-regime.md" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
