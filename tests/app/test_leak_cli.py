"""`seawall leak channels`, `labour`, `fuel` and `sensitivity` as they are typed, from the built-in figures."""

import csv
import io
import json
from datetime import date
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from seawall.app.cli import app
from seawall.tables.figures import load_figures

RUN = CliRunner()


def run(*words, code=0):
    done = RUN.invoke(app, ["leak", *words], env={"COLUMNS": "80"})
    assert done.exit_code == code, done.output
    return done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("channels",),
        ("channels", "--year", "2016"),
        ("channels", "--kind", "relief"),
        ("labour",),
        ("fuel", "--year", "2018"),
        ("sensitivity", "labour-ru", "--sources"),
    ],
)
def test_a_narrow_terminal_shows_ranges_and_how_they_were_drawn(words):
    shown = run(*words)
    assert " to " in shown
    assert "20,000 draws, seed 1" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_every_number_of_csv_has_a_range_and_a_basis():
    rows = list(csv.DictReader(io.StringIO(run("channels", "--year", "2016", "--format", "csv"))))
    assert {row["row"] for row in rows} >= {"channel", "total"}
    for row in rows:
        assert float(row["low"]) <= float(row["mid"]) <= float(row["high"])
        assert row["basis"], row["what"]


def test_a_page_is_whole_and_each_mark_says_its_sources():
    page = run("channels", "--year", "2016", "--format", "html")
    assert "<script" not in page
    svg = page[page.index("<svg") : page.index("</svg>") + 6]
    titles = [t.text for t in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}title")]
    assert titles
    assert all("Rests on: " in t for t in titles)


def test_the_same_seed_gives_the_same_page_and_another_does_not():
    one, same = (run("labour", "--format", "json", "--seed", "3", "--draws", "500") for _ in range(2))
    assert one == same
    assert one != run("labour", "--format", "json", "--seed", "4", "--draws", "500")


def test_what_could_not_be_read_yet_is_not_used():
    page = json.loads(run("channels", "--on", "2017-06-30", "--format", "json"))
    readable = {f.source for f in load_figures().known(date(2017, 6, 30)).rows}
    assert page["flows"]["estimates"]
    for one in page["flows"]["estimates"]:
        assert set(one["basis"]) <= readable | {"judgement"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("channels", "--year", "1999"), "2000 to 2025"),
        (("channels", "--partner", "zz"), "no channel"),
        (("channels", "--format", "pdf"), "--format must be one of"),
        (("sensitivity", "labour-rus"), "is labour-ru"),
        (("channels", "--regime", "none"), "no channels of 'none'"),
    ],
)
def test_errors_say_what_to_do(words, says):
    done = RUN.invoke(app, ["leak", *words])
    assert done.exit_code != 0
    told = done.stderr if done.exception is None or isinstance(done.exception, SystemExit) else str(done.exception)
    assert says in told
