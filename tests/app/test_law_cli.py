"""`seawall law` as a person runs it."""

import json

import pytest
from typer.testing import CliRunner

from seawall import lawbook
from seawall.app.cli import app

MEASURES = [m.id for m in lawbook.measures()]
RUN = CliRunner()


def run(*args, width=80):
    done = RUN.invoke(app, ["law", *args], env={"COLUMNS": str(width)}, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("measure", MEASURES)
def test_show_in_every_format(measure, tmp_path):
    title = lawbook.measure(measure).title
    on = ("--on", "2018-03-01")
    assert "".join(title.split()) in "".join(run("show", measure, *on, width=50).split())
    assert json.loads(run("show", measure, *on, "--format", "json"))["measure"]["id"] == measure
    assert run("show", measure, *on, "--format", "md").startswith("# ")
    run("show", measure, *on, "--format", "html", "--out", str(tmp_path / "m.html"))
    assert (tmp_path / "m.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_a_sheet_in_a_file_has_no_trailing_blanks(tmp_path):
    run("show", MEASURES[0], "--out", str(tmp_path / "m.txt"))
    text = (tmp_path / "m.txt").read_text(encoding="utf-8")
    assert text
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("width", [50, 80])
@pytest.mark.parametrize("command", [("list",), ("timeline",), ("coverage",), ("list", "--topic", "coal")])
def test_every_listing_fits(command, width):
    page = run(*command, width=width)
    assert page
    assert all(len(line) <= width for line in page.splitlines())


def test_list_by_topic_and_day():
    page = run("list", "--topic", "coal", "--on", "2017-08-04", "--regime", "un-dprk")
    assert "unscr-2321-26-coal" in page
    assert "unscr-2371-8-coal" not in page
    assert "unscr-2375-16" not in page


def test_timeline_in_every_format(tmp_path):
    assert json.loads(run("timeline", "--topic", "coal", "--format", "json"))["topic"] == "coal"
    run("timeline", "--topic", "coal", "--activity", "import", "--format", "html", "--out", str(tmp_path / "t.html"))
    assert "<svg" in (tmp_path / "t.html").read_text(encoding="utf-8")


def test_coverage_of_one_regime():
    page = run("coverage", "--regime", "us-dprk")
    assert "us-dprk" in page
    assert "un-dprk" not in page
