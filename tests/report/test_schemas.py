"""What the commands write as JSON is what its schema says: every field, and no other."""

import dataclasses
import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import seawall
from seawall import flow, lawbook, leak, model, report
from seawall.model import RowError

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"
NAMES = sorted(path.name for path in FOLDER.glob("*.json"))
HINT = "a noun changed: see bench/make_schemas.py"


def validator(name):
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    rows, _ = flow.example()
    bad = RowError("deals.csv", 7, "date", "'31 February' is not a day", "row-7")
    wall = seawall.open(tmp_path_factory.mktemp("data"), casebook_only=True)
    return flow.check(wall, rows, errors=[bad])


def test_a_case(case):
    validator("case.json").validate(json.loads(report.write_case(case, "json")))


def test_every_line_of_a_case(case):
    check = validator("case-line.json")
    lines = report.write_case(case, "jsonl").splitlines()
    assert len(lines) == len(case.dealings) + 1
    for line in lines:
        check.validate(json.loads(line))


def test_every_measure_on_no_day_and_on_its_first():
    check = validator("measure.json")
    for regime in lawbook.coverage():
        for m in regime.measures:
            for day in (None, m.start):
                check.validate(json.loads(report.write_sheet(lawbook.sheet_of(m, regime, day), "json")))


def test_the_timeline():
    check = validator("timeline.json")
    check.validate(json.loads(report.write_timeline(lawbook.timeline(today=date(2026, 1, 2)), "json")))


def test_a_comparison_of_packages(tmp_path):
    rows, _ = flow.example()
    wall = seawall.open(tmp_path, casebook_only=True)
    found = lawbook.compare("2375-draft", "2017-12-31", "un-dprk", wall=wall, dealings=rows)
    validator("comparison.json").validate(json.loads(report.write_comparison(found, "json")))


@pytest.mark.parametrize("series", ["", "labour", "russia.trade.total", "labour.entries.russia_fsb"])
def test_figures_and_their_conflicts(series):
    validator("figures.json").validate(json.loads(report.write_figures(leak.figures(series), "json")))
    found = leak.conflicts(series, date(2024, 7, 1))
    validator("conflicts.json").validate(json.loads(report.write_conflicts(found, "json")))


@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_name_every_field_of_every_noun(name):
    nouns = {noun.__name__: noun for noun in vars(model).values() if dataclasses.is_dataclass(noun)}
    definitions = json.loads((FOLDER / name).read_text(encoding="utf-8"))["$defs"]
    for key, found in definitions.items():
        if key in nouns:
            assert list(found["properties"]) == [f.name for f in dataclasses.fields(nouns[key])], HINT
            assert found["required"] == list(found["properties"])
            assert found["additionalProperties"] is False


@pytest.mark.parametrize("field", ["engine_version", "verdicts"])
def test_a_field_that_is_missing_is_not_valid(case, field):
    held = json.loads(report.write_case(case, "json"))
    del held[field]
    with pytest.raises(jsonschema.ValidationError):
        validator("case.json").validate(held)


def test_each_schema_is_documented():
    text = (FOLDER.parent / "json.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"schemas/{name}" in text
        title = json.loads((FOLDER / name).read_text(encoding="utf-8"))["title"]
        assert f"`{title}`" in text
