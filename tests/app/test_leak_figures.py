"""`seawall leak figures` as a person runs it."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from seawall import leak
from seawall.app.cli import app
from seawall.errors import InputError, UsageError
from seawall.tables.figures import load_figures, read_figures

RUN = CliRunner()
BUILT_IN = load_figures()
OWN = """\
series,item,period,until,unit,low,value,high,status,grade,source,known,note
ice.sold,,2017,,t,10,12,15,reported,A,survey,,=1+1
ice.sold,,2017-01,2017-03,t,,"1,000",,reported,A,survey,,
russia.trade.total,,2016,,USD million,,153.8,,reported,B,survey,,
"""
SURVEY = "- {id: survey, title: Survey, locator: archive, published: 2018-05-01}\n"


def run(*args, width=80, code=0):
    done = RUN.invoke(app, ["leak", "figures", *args], env={"COLUMNS": str(width)}, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def own(tmp_path):
    (tmp_path / "mine.csv").write_text(OWN, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(SURVEY, encoding="utf-8")
    return ("--add", str(tmp_path / "mine.csv"), "--sources", str(tmp_path / "mine.yaml"))


@pytest.mark.parametrize("width", [50, 80, 160])
@pytest.mark.parametrize("series", ["", "labour", "russia.trade.total", "fuel.official.russia_month_t"])
def test_every_page_fits(series, width):
    for args, code in (((), 0), (("--conflicts",), None)):
        done = RUN.invoke(app, ["leak", "figures", *filter(None, [series]), *args], env={"COLUMNS": str(width)})
        assert code is None or done.exit_code == code
        assert done.stdout
        assert all(len(text) <= width for text in done.stdout.splitlines())


def test_the_list_names_every_series():
    page = run(width=160).stdout
    assert all(name in page for name in BUILT_IN.names())
    assert f"{len(BUILT_IN.names())} series, {len(BUILT_IN.rows)} figures" in page
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv").stdout)))
    assert [row["series"] for row in rows] == list(BUILT_IN.names())
    assert run("--format", "md").stdout.startswith("| series |")


def test_a_series_with_ranges_grades_and_sources():
    page = run("labour.stock.total").stdout
    assert "65,000 (50,000" in page
    assert "at least" in page
    assert "voa1769102: VOA Korean" in page
    assert "not known" in run("labour.entries.russia_fsb").stdout


@pytest.mark.parametrize("series", BUILT_IN.names())
def test_what_is_written_as_csv_can_be_read_again(series):
    text = run(series, "--format", "csv").stdout
    rows, errors = read_figures(text.replace(",'", ","), "again.csv", BUILT_IN.sources, BUILT_IN.units)
    assert not errors
    assert rows == BUILT_IN.series(series)


def test_what_was_known_then():
    page = run("trade.kotra", "--on", "2017-06-30", width=120).stdout
    assert "1990-2015" in page
    assert "could be read on 2017-06-30" in page
    document = json.loads(run("trade.kotra.total", "--on", "2017-06-30", "--format", "json").stdout)
    assert max(f["known"] for f in document["figures"]) <= "2017-06-30"
    assert {s["id"] for s in document["sources"]} == {f["source"] for f in document["figures"]}


def test_conflicts_and_statements():
    page = run("--conflicts", width=160, code=1).stdout
    assert "2008: 6,709.2 [cow]; 2,690 [kuki2009] USD million; 2.49 times" in page
    assert "2016: 76.9 USD million [article2017] confirmed; russia.trade.total: 76 [pressB]" in page
    assert "not comparable: no other source here has it" in page
    document = json.loads(run("--conflicts", "--format", "json", code=1).stdout)
    assert document["schema"] == "seawall-conflicts/1"
    assert {"confirmed", "differs", "not_comparable"} == {c["agreement"] for c in document["checks"]}


def test_conflicts_of_one_series():
    rows = list(csv.DictReader(io.StringIO(run("russia.arms", "--conflicts", "--format", "csv", code=1).stdout)))
    assert {row["id"] for row in rows} == {"arms"}
    assert run("gdp.real_level_bok", "--conflicts").stdout


def test_figures_of_ones_own(own):
    done = run("ice", *own)
    assert "ice.sold" in done.stdout
    assert "row 3, field 'value': '1,000' has separators" in done.stderr
    assert "12 (10 to 15)" in run("ice.sold", *own).stdout
    assert ",'=1+1" in run("ice.sold", *own, "--format", "csv").stdout
    assert "153.8 [survey]; 76.9 [article2017]" in run("russia.trade", "--conflicts", *own, width=160, code=1).stdout
    assert "survey" not in run("russia.trade.total", *own, "--on", "2018-04-30").stdout


def test_own_files_that_cannot_be_used(tmp_path, own):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"series\xff\n")
    with pytest.raises(InputError, match="not UTF-8"):
        leak.figures(own=bad)
    headless = tmp_path / "headless.yaml"
    headless.write_text("- {id: a}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"headless.yaml, line 1, field '0.title'"):
        leak.figures(sources=headless)
    with pytest.raises(InputError, match="cannot be read"):
        leak.figures(own=tmp_path / "none.csv")
    clash = tmp_path / "clash.yaml"
    clash.write_text(SURVEY.replace("survey", "cow"), encoding="utf-8")
    with pytest.raises(InputError, match="cow is a source of the built-in figures"):
        leak.figures(sources=clash)


def test_what_is_not_there():
    with pytest.raises(UsageError, match=r"trade\.kotra\.total"):
        leak.figures("trade.kotra.totals")
    with pytest.raises(UsageError, match="could be read on 1980"):
        run("trade.kotra.total", "--on", "1980-01-01")
    with pytest.raises(UsageError, match="--format"):
        run("--format", "xml")


def test_into_a_file(tmp_path):
    run("labour.stock.total", "--out", str(tmp_path / "f.txt"))
    text = (tmp_path / "f.txt").read_text(encoding="utf-8")
    assert "labour.stock.total, persons" in text
    assert all(line == line.rstrip() for line in text.splitlines())
