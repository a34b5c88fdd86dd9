"""`seawall leak enforcement`, `compare`, `scenario` and `hindcast` as they are typed, and a user's own package."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from seawall.app.cli import app

RUN = CliRunner()
SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
QUICK = ("--draws", "1024")
OWN = """
id: mine
title: No workers and no textiles
regime: un-dprk
base: 2017-09-10
day: 2017-09-11
takes: [unscr-2375-16]
text:
  instrument: My draft
  adopted: 2017-09-11
  measures:
  - id: mine-labour
    paragraph: "1"
    title: No hiring
    effect: ban
    binding: decides
    start: 2017-09-11
    scope: {all: [{activity: [hire, construct]}, {worker_of_target: true}]}
    tags: [labour]
    sources: ["mine"]
    verification: partly
    verification_note: Made for a test.
"""


def run(*words, code=0):
    done = RUN.invoke(app, ["leak", *words], env={"COLUMNS": "80"})
    assert done.exit_code == code, done.output
    return done.stdout


def more(text):
    """By channel and year: (low, mid, high) of what the second stops more."""
    rows = csv.DictReader(io.StringIO(text))
    return {(r["channel"], r["year"]): [float(r[f"more_{end}"]) for end in ("low", "mid", "high")] for r in rows}


@pytest.mark.parametrize(
    "words", [("enforcement",), ("compare", "2375-draft", "2375-adopted"), ("scenario", "no-workers"), ("hindcast",)]
)
def test_a_narrow_terminal_shows_ranges_and_how_they_were_drawn(words):
    shown = run(*words, *QUICK)
    assert " to " in shown
    assert "1,024 draws, seed 1" in shown
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "schema"),
    [
        (("enforcement",), "enforcement.json"),
        (("compare", "2375-draft", "2375"), "stopped.json"),
        (("hindcast",), "hindcast.json"),
    ],
)
def test_json_is_what_its_schema_says(words, schema):
    document = json.loads(run(*words, *QUICK, "--format", "json"))
    jsonschema.validate(document, json.loads((SCHEMAS / schema).read_text(encoding="utf-8")))


def test_the_softened_text_stops_less_than_the_draft():
    found = more(run("compare", "2375-draft", "2375-adopted", *QUICK, "--format", "csv"))
    assert found["labour-ru", "2018"][2] < 0
    assert found["crude-cn", "2018"][2] < 0
    assert all(high <= 0 for _, _, high in found.values())


def test_a_month_more_or_less_to_go_home_is_the_year_between_the_two_deadlines():
    found = more(run("compare", "2397-draft", "2397", *QUICK, "--format", "csv"))
    changed = {(c, y) for (c, y), (low, _, high) in found.items() if c and (low or high)}
    assert changed
    assert {y for _, y in changed} == {"2019"}
    assert {c.partition("-")[0] for c, _ in changed} == {"labour"}


def test_what_is_supposed_of_the_second_law():
    same = ("compare", "2397", "2397", *QUICK, "--format", "csv")
    assert all(low == high == 0 for low, _, high in more(run(*same)).values())
    held = more(run(*same, "--what-if", "enforce:cn"))
    assert all(low >= 0 for low, _, _ in held.values())
    assert held["coal-cn", "2018"][1] > 0
    less = more(run(*same, "--what-if", "cap:refined_petroleum=250000"))
    assert less["refined-before", "2018"][0] > 0
    lifted = more(run(*same, "--what-if", "lift:all"))
    assert all(high <= 0 for _, _, high in lifted.values())
    assert lifted["", "2018"][1] < 0
    closed = more(run("compare", "2375", "2375", *QUICK, "--format", "csv", "--what-if", "close:labour"))
    assert closed["labour-ru", "2018"][0] > 0


def test_a_users_own_package(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(OWN, encoding="utf-8")
    found = more(run("compare", "2375", "mine", "--package", str(path), *QUICK, "--format", "csv"))
    assert found["labour-ru", "2018"][0] > 0
    assert found["refined-before", "2018"][2] < 0  # it has no cap
    assert found["textiles", "2018"][0] == pytest.approx(0)
    alone = more(run("scenario", str(path), *QUICK, "--format", "csv"))
    assert alone["labour-ru", "2018"][0] > 0


def test_a_users_own_scenario(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("{id: mine, title: Mine, law: '2397', what_if: ['enforce:cn=0.9']}", encoding="utf-8")
    assert "Mine" in run("scenario", str(path), *QUICK)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("compare", "2375", "2376"), 2, "no package '2376'"),
        (("compare", "2375", "2375", "--what-if", "ban:coal"), 2, "supposes nothing"),
        (("compare", "2375", "2375", "--what-if", "enforce:cn=2"), 2, "with a share up to 1"),
        (("compare", "2375", "2375", "--what-if", "cap:refined_petroleum"), 2, "needs an amount"),
        (("compare", "2375", "2375", "--what-if", "cap:refined_petroleum=much"), 2, "is not a number"),
        (("scenario", "nobody"), 2, "no scenario 'nobody'"),
        (("scenario", "absent.yaml"), 3, "cannot be read"),
        (("hindcast", "1999"), 2, "no hindcast '1999'"),
        (("enforcement", "--regime", "nowhere"), 2, "nothing is noted"),
        (("enforcement", "--format", "pdf"), 2, "--format must be one of"),
    ],
)
def test_errors_say_what_is_wrong(words, code, says):
    done = RUN.invoke(app, ["leak", *words], env={"COLUMNS": "300"})
    error = done.exception
    assert says in done.output or says in str(error)
    assert done.exit_code == code or getattr(error, "exit_code", None) == code


def test_a_fault_in_a_users_package_names_file_line_and_field(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(OWN.replace("takes: [unscr-2375-16]", "takes: [unscr-2375-99]"), encoding="utf-8")
    done = RUN.invoke(app, ["leak", "compare", "2375", "mine", "--package", str(path)])
    error = done.exception
    assert getattr(error, "exit_code", 3) == 3
    text = done.output + str(error)
    assert "mine.yaml" in text
    assert "takes" in text
