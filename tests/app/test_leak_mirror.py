"""`seawall leak mirror` as a person runs it."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from seawall.app.cli import app
from seawall.report.mirror import PAIR_COLUMNS

RUN = CliRunner()
TRADE = """\
year,reporter,partner,flow,hs,value
2017,cn,kp,import,2701,5000000
2019,cn,kp,import,2701,5000000
2019,ru,kp,export,1001,100
2018,ru,cn,export,4407,90000000
2018,cn,ru,import,4407,900000000
2015,ru,fr,import,9503,2000000
2016,ru,fr,import,9503,2000000
2017,ru,fr,import,9503,2000000
2015,fr,ru,export,9503,1000000
2016,fr,ru,export,9503,1000000
2017,fr,ru,export,9503,1000000
"""


def run(*args, width=80, code=1):
    done = RUN.invoke(app, ["leak", "mirror", *map(str, args)], env={"COLUMNS": str(width)}, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.stdout


@pytest.fixture
def trade(tmp_path):
    path = tmp_path / "trade.csv"
    path.write_text(TRADE, encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [50, 80, 160])
def test_reads_well_at_any_width(trade, width):
    out = run(trade, width=width)
    assert max(map(len, out.splitlines())) <= width


def test_says_what_was_measured_and_why_each_is_flagged(trade):
    out = " ".join(run(trade).split())
    assert "11 rows read; 7 flows between States" in out
    assert "Do not report in these files: kp" in out
    assert "Band of noise: built in" in out
    assert "kp > cn, 2701, 2019: USD 5m told by cn (import); banned on the first and the last day" in out
    assert "unscr-2371-8-coal" in out
    assert "ru > cn, 4407, 2018: imports 9.43 times (8.33 to 9.8) of exports, gap USD 759m" in out
    assert "fr > ru, 9503, 2015 to 2017: imports larger for 3 years" in out
    assert "A gap is not a breach" in out


def test_csv_has_a_row_for_each_pair_with_all_numbers_and_why(trade):
    rows = list(csv.DictReader(io.StringIO(run(trade, "--format", "csv"))))
    assert tuple(rows[0]) == PAIR_COLUMNS
    by = {(r["exporter"], r["importer"], r["year"]): r for r in rows}
    assert len(by) == len(rows) == 7
    coal = by["kp", "cn", "2019"]
    assert (coal["standing"], coal["measures"], coal["ln_mid"]) == ("exporter_silent", "unscr-2371-8-coal", "")
    assert float(by["ru", "cn", "2018"]["ln_low"]) < float(by["ru", "cn", "2018"]["ln_high"])
    assert "outside the band" in by["ru", "cn", "2018"]["why"]
    assert "one sign for 3 years from 2015" in by["fr", "ru", "2016"]["why"]


def test_json_and_markdown(trade):
    page = json.loads(run(trade, "--format", "json"))
    assert page["schema"] == "seawall-mirror/1"
    assert [f["ground"] for f in page["flags"]] == ["prohibited_goods"] * 2 + ["outside_band", "one_sign"]
    assert page["silent"] == ["kp"]
    assert "## Flagged: 2 trade recorded" in run(trade, "--format", "md")


def test_filters_and_exit_codes(trade, tmp_path):
    assert "0 flows" in run(trade, "--reporter", "jp", code=0)
    assert "1 flows" in run(trade, "--reporter", "ru", "--partner", "DPRK", code=0)
    for args, code in (([trade, "--partner", "Atlantis"], 2), ([trade, "--format", "xml"], 2), ([tmp_path / "no"], 3)):
        done = RUN.invoke(app, ["leak", "mirror", *map(str, args)])
        assert getattr(done.exception, "exit_code", done.exit_code) == code  # the command turns the one into the other


def test_a_bad_row_is_told_on_stderr_and_the_rest_goes_on(trade):
    trade.write_text(TRADE + "2018,cn,ru,import,4407,=1+1\n", encoding="utf-8")
    done = RUN.invoke(app, ["leak", "mirror", str(trade)])
    assert "row 13, field 'value_usd'" in done.stderr.replace("\n", " ")
    assert done.exit_code == 1


def test_two_compilers_are_set_side_by_side(trade, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("year,reporter,partner,flow,hs,value\n2019,cn,kp,import,2701,9000000\n", encoding="utf-8")
    out = " ".join(run(trade, other, width=300).split())
    assert "USD 9m in" in out
    assert "(1.8 times)" in out


@pytest.mark.shared
def test_what_the_eu_imported_from_the_target_is_not_banned_goods_and_as_wood_would_be(shared, tmp_path):
    name = shared / "samples" / "comtrade" / "eu27_imports_from_DPRK_28rows.csv"
    assert "0 trade recorded in goods that are banned" in run(name, code=0)
    wood = name.read_text(encoding="utf-8").replace(",48,", ",44,").splitlines()[:2]
    (tmp_path / "wood.csv").write_text("\n".join(wood) + "\n", encoding="utf-8")
    (pair,) = csv.DictReader(io.StringIO(run(tmp_path / "wood.csv", "--format", "csv")))
    assert pair["measures"] == "eu-1509-16m; unscr-2397-6"
