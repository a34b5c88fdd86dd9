"""Trade statistics of every layout, what is wrong in them, and what must not be counted twice."""

import gzip
import json
import math
import zipfile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seawall.errors import InputError, UsageError
from seawall.estimate.compilers import compilers
from seawall.estimate.mirror import pairs
from seawall.estimate.noise import noise
from seawall.model.trade import TRADE
from seawall.sources.trade import Wanted, places, read_trade
from seawall.tables.mirror import load_mirror
from seawall.tables.trade_codes import cow_code, partner_code

PLAIN = "year,reporter,partner,flow,hs,value\n"
V1 = "period,reporterCode,flowCode,partnerCode,partner2Code,cmdCode,customsCode,motCode,mosCode,netWgt,primaryValue\n"


@pytest.fixture
def read(tmp_path):
    def run(text, *, wanted=None, name="t.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_trade([path], wanted)

    return run


def values(trade):
    return trade.rows["value_usd"].to_list()


class TestPlain:
    def test_rows_in_our_columns(self, read):
        got = read(PLAIN + "2017,Russia,PRK,import,0306.17,1000\n2017-03,410,643,Export,TOTAL,5\n")
        first, second = got.rows.to_dicts()
        assert got.rows.schema == dict(TRADE)
        assert (first["reporter"], first["partner"], first["flow"], first["hs"]) == ("ru", "kp", "import", "030617")
        assert (first["basis"], first["level"], first["month"], first["row"]) == ("cif", 6, None, 2)
        assert (second["reporter"], second["month"], second["hs"], second["level"]) == ("kr", 3, "TOTAL", 0)
        assert got.formats[0][1] == "plain CSV"

    def test_zero_is_not_missing(self, read):
        got = read(PLAIN + "2017,ru,kp,import,01,0\n2018,ru,kp,import,01,\n2019,ru,kp,import,01,NA\n")
        assert values(got) == [0.0]
        assert dict(got.left_out) == {"no value": 2}

    def test_lines_of_one_key_are_added_up(self, read):
        assert values(read(PLAIN + "2017,ru,kp,import,01,1\n2017,ru,kp,import,01,1\n2017,ru,kp,import,01,3\n")) == [5.0]

    @pytest.mark.parametrize(
        ("line", "field"),
        [
            ("2017,ru,kp,import,01,much", "value_usd"),
            ("2017,ru,kp,import,01,-5", "value_usd"),
            ("2017,ru,kp,import,01,inf", "value_usd"),
            ("17,ru,kp,import,01,5", "year"),
            ("201713,ru,kp,import,01,5", "month"),
            ("2017,ru,kp,import,101,5", "hs"),
            ("2017,ru,kp,import,fish,5", "hs"),
            ("2017,Atlantis,kp,import,01,5", "reporter"),
            ("2017,ru,,import,01,5", "partner"),
            ("2017,ru,kp,sideways,01,5", "flow"),
            ("2017,ru,kp,import,01,5,6", ""),
        ],
    )
    def test_a_bad_row_is_named_and_the_rest_goes_on(self, read, line, field):
        got = read(f"{PLAIN}{line}\n2018,ru,kp,import,01,7\n")
        assert [(e.row, e.field) for e in got.errors] == [(2, field)]
        assert values(got) == [7.0]

    def test_bytes_that_are_no_text(self, read):
        got = read(PLAIN.encode() + b"2017,r\xffu,kp,import,01,5\n2018,ru,kp,import,01,7\n")
        assert (len(got.errors), values(got)) == (1, [7.0])

    def test_gzip_semicolons_and_a_byte_order_mark(self, read):
        text = ("\ufeff" + PLAIN + '2017,ru,"kp",import,01,5\r\n').replace(",", ";")
        assert values(read(gzip.compress(text.encode()), name="t.csv.gz")) == [5.0]

    @pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "{", '{"data": 5}', PLAIN.replace("hs", "goods") + "1\n"])
    def test_no_trade_at_all(self, read, text):
        with pytest.raises(InputError):
            read(text)

    def test_only_what_was_asked_for_and_reports_to_the_world(self, read):
        lines = "2017,ru,kp,import,01,1\n2017,kp,ru,export,01,2\n2017,ru,fr,import,01,4\n2017,fr,W00,export,01,8\n"
        got = read(PLAIN + lines, wanted=Wanted(places(["Russia"], "r"), places(["PRK"], "p")))
        assert values(got) == [1.0, 2.0, 8.0]
        with pytest.raises(UsageError, match="Atlantis"):
            places(["Atlantis"], "--partner")

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.lists(st.text(alphabet='ru,"\n;=0-9é\0', max_size=6), min_size=1, max_size=8), max_size=8))
    def test_hostile_files_lose_nothing_silently(self, tmp_path_factory, cells):
        path = tmp_path_factory.mktemp("t") / "t.csv"
        path.write_text(PLAIN + "\n".join(",".join(c) for c in cells) + "\n2018,ru,kp,import,01,7\n", encoding="utf-8")
        try:
            got = read_trade([path])
        except InputError:
            return
        assert got.rows.height + len(got.errors) + sum(n for _, n in got.left_out) > 0


class TestDetails:
    def line(self, partner2=0, customs="C00", mot=0, value=10, weight=5):
        return f"2018,643,M,156,{partner2},2701,{customs},{mot},0,{weight},{value}\n"

    def test_a_total_counts_once(self, read):
        got = read(V1 + self.line() + self.line(mot=2100, value=4) + self.line(276, value=6) + self.line(0, "C01"))
        assert values(got) == [10.0]
        assert dict(got.left_out) == {"detail of a row that counts it": 3}

    def test_without_a_total_details_are_added_up_without_modes_under_a_mode(self, read):
        lines = [self.line(mot=m, value=v) for m, v in ((2000, 7), (2100, 5), (2200, 2), (3200, 3))]
        assert values(read(V1 + "".join(lines))) == [10.0]

    def test_a_row_twice_counts_once_and_another_value_is_an_error(self, read):
        got = read(V1 + self.line() + self.line() + self.line(value=11))
        assert values(got) == [10.0]
        assert [(e.row, e.field) for e in got.errors] == [(4, "value_usd")]

    def test_a_weight_of_zero_is_not_known(self, read):
        assert read(V1 + self.line(weight=0)).rows["net_weight_kg"].to_list() == [None]

    def test_parts_of_a_flow_are_left_out(self, read):
        got = read(V1 + self.line() + self.line(value=4).replace(",M,", ",MIP,"))
        assert values(got) == [10.0]


def test_two_compilers_of_one_flow_are_both_kept(tmp_path):
    for name, value in (("a.csv", 5), ("b.csv", 9)):
        (tmp_path / name).write_text(f"{PLAIN}2017,cn,kp,import,2701,{value}\n", encoding="utf-8")
    got = read_trade([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert (values(got), got.again["value_usd"].to_list()) == ([5.0], [9.0])


def test_a_compiler_that_names_an_edition_and_one_that_does_not_tell_the_same_flow(tmp_path):
    (tmp_path / "a.csv").write_text(PLAIN + "2017,cn,kp,import,2701,5\n2017,cn,kp,import,33,1\n", encoding="utf-8")
    line = "2017,cn,kp,import,{},{},{}\n"
    lines = line.format("2701", 9, "H4") + line.format("33", 2, "S4")
    (tmp_path / "b.csv").write_text(PLAIN.replace("value", "value,hs_edition") + lines, encoding="utf-8")
    got = read_trade([tmp_path / "a.csv", tmp_path / "b.csv"])
    (found,) = compilers(got.rows, got.again).to_dicts()
    assert (found["value_usd"], found["other_usd"], found["system"]) == (5.0, 9.0, "HS")


def test_codes():
    known = {"408": "kp", "410": "kr", "842": "us", "251": "fr", "757": "ch", "579": "no", "490": "tw", "004": "af"}
    assert {text: partner_code(text) for text in known} == known
    assert partner_code("899") == "area:899"
    assert partner_code("0") == partner_code("W00") == "world"
    assert partner_code("Atlantis") == ""
    assert (cow_code("731.0"), cow_code("732"), cow_code("999")) == ("kp", "kr", "area:cow-999")


def test_an_answer_of_the_comtrade_service(read):
    row = {"period": "2017", "reporterCode": 643, "partnerCode": 408, "flowCode": "M", "cmdCode": "2701",
           "primaryValue": 5.5, "cifvalue": 0, "fobvalue": 5.5, "qty": None}  # fmt: skip
    got = read(json.dumps({"count": 1, "data": [row, row | {"primaryValue": "x", "cmdCode": "27"}]}), name="t.json")
    assert (values(got), got.rows["basis"].to_list()) == ([5.5], ["fob"])
    assert [(e.row, e.field) for e in got.errors] == [(2, "value_usd")]


READ = {
    "api_v1_data_HS_response.json": ("UN Comtrade (v1)", 4, 0),
    "classic_csv_china_sitc.csv": ("UN Comtrade (classic)", 59, 0),
    "classic_csv_world_totals_2017.csv": ("UN Comtrade (classic)", 288, 0),
    "eu27_imports_from_DPRK_28rows.csv": ("UN Comtrade (v1)", 28, 0),
    "eu27_imports_wood_paper_furniture_2018_2022_PRK_RUS_BLR_CHN_etc.csv.gz": ("UN Comtrade (v1)", 15881, 0),
    "russia_reported_trade_with_china_2014_2021.csv": ("UN Comtrade (v1)", 32, 2),
    "v1_rows_47col_mixed.csv": ("UN Comtrade (v1)", 60, 0),
    "v1_rows_bulk_h0_total_2000_head100.csv": ("UN Comtrade (v1)", 100, 0),
    "v1_rows_eu27_hs44_world_2018_2022.csv.gz": ("UN Comtrade (v1)", 5004, 0),
    "v1_rows_thailand_shrimp_2007_2011.csv.gz": ("UN Comtrade (v1)", 1586, 0),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", READ)
def test_real_files_of_comtrade(shared, name):
    got = read_trade([shared / "samples" / "comtrade" / name])
    assert (got.formats[0][1], got.rows.height, len(got.errors)) == READ[name]


@pytest.mark.shared
def test_a_table_without_a_reporter_is_refused(shared):
    with pytest.raises(InputError, match="no layout"):
        read_trade([shared / "samples" / "comtrade" / "hs731815_exports_to_DPRK_and_others_2017_2021.csv"])


@pytest.mark.shared
def test_state_totals_of_the_correlates_of_war(shared):
    got = read_trade([shared / "macro" / "data" / "cow_trade_state_year_PRK_KOR_RUS_CHN_JPN.csv"])
    assert (got.rows.height, got.errors, dict(got.left_out)) == (1080, (), {"no value": 44})
    assert set(got.rows["reporter"]) == {"kp", "kr", "ru", "cn", "jp"}
    assert set(got.rows["partner"]) == {"world"}


@pytest.fixture(scope="module")
def dots(shared, tmp_path_factory):
    """The pairs of the Direction of Trade Statistics, unpacked."""
    packed = zipfile.ZipFile(shared / "macro" / "data" / "gfi_dots" / "DOTS_trdmisin_15_16.csv.zip")
    path = tmp_path_factory.mktemp("dots") / "dots.csv"
    path.write_bytes(packed.read("DOTS_trdmisin_15&16.csv"))
    return path


@pytest.mark.shared
def test_the_built_in_band_is_that_of_the_published_pairs(dots):
    raw = pl.read_csv(dots, infer_schema=False).select(pl.col("value_m", "value_x").cast(pl.Float64))
    raw = raw.with_columns(ln=(pl.col("value_m") / pl.col("value_x")).log(), size=pl.max_horizontal(pl.all()))
    low = 0.0
    for c in load_mirror().classes:
        part = raw.filter((pl.col("size") >= low) & (pl.col("size") < c.up_to))["ln"]
        assert part.len() == c.pairs
        assert part.quantile(0.1) == pytest.approx(c.low, abs=0.006)
        assert part.quantile(0.9) == pytest.approx(c.high, abs=0.006)
        low = c.up_to
    big = raw.filter(pl.col("size") >= 1e7)["ln"]
    assert (big.abs() > math.log(2)).mean() == pytest.approx(0.27, abs=0.005)


@pytest.mark.shared
def test_published_pairs_as_they_come_through(dots):
    found = noise(pairs(read_trade([dots]).rows, load_mirror()), load_mirror())
    assert found.pairs.height == found.measured == 86_480
    assert set(found.classes["band_from"]) == {"file"}
    size = pl.max_horizontal(pl.col("import_usd") / 1.06, "export_usd")
    ln = found.pairs.filter((size >= 1e7) & (size < 3e8))["ln_mid"]
    assert (ln.quantile(0.1), ln.quantile(0.9)) == pytest.approx((-1.0, 1.45), abs=0.03)
    russia = found.pairs.filter(((pl.col("importer") == "ru") | (pl.col("exporter") == "ru")) & (size >= 1e7))["ln_mid"]
    spread = [russia.quantile(q) for q in (0.1, 0.5, 0.9)]
    assert spread == pytest.approx([-0.74, 0.13, 1.16], abs=0.06)


@pytest.mark.shared
def test_what_only_one_side_records(shared):
    got = read_trade([shared / "macro" / "data" / "gfi_dots" / "DOTS_orphaned_lost_15_16.csv"])
    assert (got.rows.height, got.errors) == (17_981, ())
