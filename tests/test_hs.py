"""The Harmonized System by edition: what exists when, and that the table is the one its script makes."""

import csv
import gzip
import runpy
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from seawall.errors import TableError
from seawall.tables import hs

SHIPPED = files("seawall.tables").joinpath("goods/hs.csv.gz")
SCRIPT = Path(__file__).parents[1] / "bench" / "make_hs.py"
ALL = (2007, 2012, 2017, 2022)


@pytest.fixture(scope="module")
def make():
    return runpy.run_path(str(SCRIPT))


@pytest.fixture
def broken(monkeypatch, tmp_path):
    """Puts another text in the table's place."""

    def put(text):
        (tmp_path / "goods").mkdir()
        (tmp_path / "goods" / "hs.csv.gz").write_bytes(gzip.compress(text.encode()))
        monkeypatch.setattr(hs, "files", lambda _: tmp_path)
        hs._load.cache_clear()

    yield put
    hs._load.cache_clear()


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("27", ALL),
        ("2701", ALL),
        ("270112", ALL),  # bituminous coal
        ("010210", (2007,)),  # live bovine animals, split in 2012
        ("010221", (2012, 2017, 2022)),
        ("0308", (2012, 2017, 2022)),  # sea cucumbers and other invertebrates left 0307
        ("9619", (2012, 2017, 2022)),
        ("3826", (2012, 2017, 2022)),  # biodiesel
        ("271011", (2007,)),  # light oils, before biodiesel was told apart
        ("271012", (2012, 2017, 2022)),
        ("2848", (2007, 2012)),  # phosphides went to 2853
        ("6908", (2007, 2012)),  # glazed tiles joined 6907
        ("8469", (2007, 2012)),  # typewriters
        ("9620", (2017, 2022)),  # monopods and tripods
        ("8107", (2007, 2012, 2017)),  # cadmium
        ("8803", (2007, 2012, 2017)),  # aircraft parts went to 8807
        ("8806", (2022,)),  # unmanned aircraft
        ("8807", (2022,)),
        ("8549", (2022,)),  # electrical waste
        ("854810", (2007, 2012, 2017)),
        ("2404", (2022,)),
        ("290341", (2007, 2022)),  # the number came back for another substance
    ],
)
def test_codes_appear_and_vanish(code, where):
    assert tuple(e for e in hs.editions() if hs.exists(code, e)) == where
    for edition in ALL:
        assert (code in hs.codes(edition)) == (edition in where)
        assert hs.gone(code, edition) == tuple(e for e in where if e != edition)


@pytest.mark.parametrize("code", ["00", "77", "98", "99", "9999", "999999", "7701", "770100", "270199", "2799"])
def test_codes_of_no_edition(code):
    assert not any(hs.exists(code, e) for e in ALL)
    assert hs.gone(code, 2022) == ()


@pytest.mark.parametrize("edition", ALL)
class TestEdition:
    def test_every_chapter_but_the_reserved_one(self, edition):
        chapters = {c for c in hs.codes(edition) if len(c) == 2}
        assert chapters == {f"{n:02}" for n in range(1, 98)} - {"77"}
        assert not [c for c in hs.codes(edition) if c.startswith("77")]

    def test_every_code_is_digits_of_a_known_length(self, edition):
        assert all(c.isascii() and c.isdigit() and len(c) in {2, 4, 6} for c in hs.codes(edition))

    def test_every_code_stands_under_its_heading_and_chapter(self, edition):
        known = hs.codes(edition)
        assert not [c for c in known if not {c[:2], c[:4]} <= known]

    def test_every_chapter_and_heading_has_something_under_it(self, edition):
        known = hs.codes(edition)
        assert {c for c in known if len(c) < 6} == {c[:-2] for c in known if len(c) > 2}

    def test_an_undivided_heading_or_subheading_is_not_divided(self, edition):
        six = {c for c in hs.codes(edition) if len(c) == 6}
        for stem, zeros in ((4, "00"), (5, "0")):
            stems = Counter(c[:stem] for c in six)
            assert not [c for c in six if c.endswith(zeros) and stems[c[:stem]] > 1]

    def test_a_national_code_goes_by_its_first_six(self, edition):
        for code in ("010210", "010221", "271012", "880610", "999999"):
            for tail in ("0", "00", "9099", "0000000"):
                assert hs.exists(code + tail, edition) == hs.exists(code, edition)
                assert hs.gone(code + tail, edition) == hs.gone(code, edition)


def test_how_many_codes_each_edition_has():
    sizes = {e: tuple(sum(len(c) == n for c in hs.codes(e)) for n in (2, 4, 6)) for e in ALL}
    assert sizes == {
        2007: (96, 1221, 5052),
        2012: (96, 1224, 5205),
        2017: (96, 1222, 5387),
        2022: (96, 1228, 5612),
    }


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date.min, 2007),
        (date(2006, 12, 31), 2007),
        (date(2007, 1, 1), 2007),
        (date(2011, 12, 31), 2007),
        (date(2012, 1, 1), 2012),
        (date(2016, 12, 31), 2012),
        (date(2017, 1, 1), 2017),
        (date(2021, 12, 31), 2017),
        (date(2022, 1, 1), 2022),
        (date.max, 2022),
    ],
)
def test_the_edition_of_a_day(day, edition):
    assert hs.edition_of(day) == edition
    assert edition in hs.editions()


@pytest.mark.parametrize("call", [hs.exists, hs.gone])
@pytest.mark.parametrize(
    "code", ["", "2", "270", "27011", "27.01", "2701.12", " 2701", "27 01", "TOTAL", "-2701", "27o1", "٢٧", "²7"]
)
def test_what_is_not_a_code_is_an_error_that_names_it(call, code):
    with pytest.raises(ValueError, match="is not an HS code") as caught:
        call(code, 2022)
    assert repr(code) in str(caught.value)


@pytest.mark.parametrize("edition", [0, 2002, 2011, 2027])
def test_an_unknown_edition_is_an_error_that_names_the_known_ones(edition):
    for call in (hs.codes, lambda e: hs.exists("27", e), lambda e: hs.gone("27", e)):
        with pytest.raises(ValueError, match=f"{edition} is no edition .*2007, 2012, 2017, 2022"):
            call(edition)


@pytest.mark.parametrize("years", ["2007 2002", "2007;2012"])
def test_an_unknown_edition_in_the_table_is_an_error(broken, years):
    broken(f"code,editions\n01,2007\n02,{years}\n")
    with pytest.raises(TableError, match=r"goods/hs\.csv\.gz, row 3, field 'editions'"):
        hs.codes(2007)


def test_the_table_is_sorted_and_holds_numbers_only(make):
    packed = SHIPPED.read_bytes()
    text = gzip.decompress(packed).decode("ascii")
    rows = list(csv.DictReader(text.splitlines()))
    numbers = [row["code"] for row in rows]
    assert list(rows[0]) == ["code", "editions"]
    assert numbers == sorted(set(numbers))
    assert all(row["editions"].split() == sorted(set(row["editions"].split())) != [] for row in rows)
    assert packed[3:8] == bytes(5)  # no file name and no time in the gzip header
    assert make["pack"](text) == make["pack"](text)
    assert gzip.decompress(make["pack"](text)) == gzip.decompress(packed)


@pytest.mark.parametrize(
    ("ids", "fault"),
    [
        (["TOTAL", "01", "0101", "010121", "010121"], "twice: 010121"),
        (["01", "0101", "010121", "01012"], "odd: 01012"),
        (["01", "0101", "010121", "AG2"], "odd: AG2"),
        (["01", "0101", "010121", "99", "9999", "999999", "999901"], "odd: 999901"),
        (["01", "0101", "010121", "010221"], "without parent: 010221"),
        (["01", "0101", "010121", "0102"], "without children: 0102"),
    ],
)
def test_the_script_stops_at_an_odd_list(make, tmp_path, ids, fault):
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["id", *ids]), encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        make["read"](path, "id")


@pytest.mark.shared
def test_the_shipped_table_is_the_one_the_script_makes(shared, make):
    if not (shared / make["FOLDER"]).is_dir():
        pytest.skip("the HS lists are not among the research files here")
    assert make["table"](shared) == gzip.decompress(SHIPPED.read_bytes()).decode("ascii")
