"""Figures: what is refused and where, and laws of those that are built in."""

from datetime import date, timedelta
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seawall.errors import TableError, UsageError
from seawall.model import Figures, Grade, Period, Source, Status, Unit
from seawall.tables.figures import (
    COLUMNS,
    convert,
    load_figures,
    read_figures,
    read_folder,
    read_period,
    read_sources,
    read_units,
)
from seawall.tables.page import Page
from seawall.tables.quantities import load_checks, load_quantities, read_checks, read_quantities

BUILT_IN = load_figures()
SOURCES = {"report": Source("report", "A report", "example.org", date(2018, 5, 1))}
UNITS = {
    "t": Unit("t", "mass", 1.0, "tonnes"),
    "kt": Unit("kt", "mass", 1000.0, "thousands of tonnes"),
    "USD": Unit("USD", "usd", 1.0, "dollars"),
}
HEAD = ",".join(COLUMNS)
GOOD = {
    "series": "ice.sold", "period": "2017", "unit": "t", "value": "12", "status": "reported", "grade": "A",
    "source": "report",
}  # fmt: skip


def line(**cells):
    row = {**GOOD, **cells}
    return ",".join(f'"{row.get(name, "")}"' for name in COLUMNS)


def read(*lines, head=HEAD):
    return read_figures("\n".join([head, *lines]) + "\n", "mine.csv", SOURCES, UNITS)


class Text:
    def __init__(self, text):
        self.text = dedent(text)

    def read_text(self, encoding):
        assert encoding == "utf-8"
        return self.text


def page(text):
    return Page(Text(text), "mine.yaml")


def test_a_row_as_a_figure():
    (f,), errors = read(line(item="blue", period="2017-Q4", until="2018-02", low="10", high="15.5", note="a, b"))
    assert not errors
    assert (f.series, f.item, f.unit, f.low, f.mid, f.high) == ("ice.sold", "blue", "t", 10.0, 12.0, 15.5)
    assert f.period == Period(date(2017, 10, 1), date(2018, 2, 28))
    assert (f.status, f.grade, f.source, f.known, f.note) == (
        Status.REPORTED, Grade.A, "report", date(2018, 5, 1), "a, b",
    )  # fmt: skip


def test_a_value_alone_is_its_own_range_and_known_is_the_rows_own():
    (f,), _ = read(line(known="2019-03-02"))
    assert f.low == f.mid == f.high == 12
    assert f.known == date(2019, 3, 2)


def test_what_is_not_known_is_not_zero():
    (f, zero), errors = read(line(status="censored", value=""), line(value="0", period="2016"))
    assert not errors
    assert (f.low, f.mid, f.high) == (None, None, None)
    assert zero.mid == 0


@pytest.mark.parametrize(
    ("cells", "field", "says"),
    [
        ({"source": ""}, "source", "is empty"),
        ({"source": "repot"}, "source", "is 'report' meant?"),
        ({"unit": "tons"}, "unit", "no unit 'tons'"),
        ({"unit": ""}, "unit", "is empty"),
        ({"low": "13", "high": "14"}, "low", "13 is above the value 12"),
        ({"low": "1", "high": "11"}, "high", "11 is below the value 12"),
        ({"low": "1"}, "high", "is empty"),
        ({"high": "15"}, "low", "is empty"),
        ({"period": "2010/2014"}, "period", "is a range; put its last part into the column until"),
        ({"period": "2010>2014"}, "period", "is a range"),
        ({"period": "2010-2014"}, "period", "is no year, quarter, month or day"),
        ({"period": "2010-13"}, "period", "is no year"),
        ({"period": "2010-Q5"}, "period", "is no year"),
        ({"period": "2010-02-30"}, "period", "is in no calendar"),
        ({"period": "0000"}, "period", "is in no calendar"),
        ({"period": ""}, "period", "is no year"),
        ({"until": "2017-06"}, "until", "does not end after 2017"),
        ({"until": "2017"}, "until", "does not end after 2017"),
        ({"until": "later"}, "until", "is no year"),
        ({"status": "censored"}, "value", "a censored figure has no number"),
        ({"status": "censored", "value": "", "low": "0"}, "low", "a censored figure has no number"),
        ({"value": ""}, "value", "is empty; a figure that is not known is censored"),
        ({"value": "", "status": "at_least", "low": "3"}, "value", "is empty"),
        ({"status": "at_least", "high": "15", "low": "12"}, "low", "has no range"),
        ({"status": "at_most", "low": "1", "high": "12"}, "low", "has no range"),
        ({"status": "guessed"}, "status", "is none of reported, derived"),
        ({"grade": "D"}, "grade", "from memory"),
        ({"grade": "E"}, "grade", "is none of A, B, C"),
        ({"grade": "A", "status": "derived"}, "grade", "a derived figure has grade C"),
        ({"grade": "C"}, "grade", "a reported figure has grade A or B"),
        ({"value": "nan"}, "value", "is not finite"),
        ({"value": "inf"}, "value", "is not finite"),
        ({"value": "-Infinity"}, "value", "is not finite"),
        ({"value": "1e999"}, "value", "is not finite"),
        ({"value": "1,234"}, "value", "has separators"),
        ({"value": "1,234,567.5"}, "value", "has separators"),
        ({"value": "1'234"}, "value", "has separators"),
        ({"value": "1 234"}, "value", "has separators"),
        ({"value": "1\u202f234"}, "value", "has separators"),
        ({"value": "12,5"}, "value", "has separators"),
        ({"value": "1_234"}, "value", "has separators"),
        ({"value": "1_2"}, "value", "is not a number such as"),
        ({"value": "\u0661\u0662"}, "value", "is not a number"),
        ({"value": "many"}, "value", "is not a number"),
        ({"value": "0x10"}, "value", "is not a number"),
        ({"known": "soon"}, "known", "is no year"),
        ({"series": "Ice sold"}, "series", "is no name such as"),
        ({"series": ""}, "series", "is no name such as"),
        ({"item": "Blue ice"}, "item", "is no name such as"),
    ],
)
def test_each_refusal_names_its_place_and_the_rest_goes_on(cells, field, says):
    rows, (error,) = read(line(period="2015"), "", line(**cells), line(period="2016"))
    assert [f.period.start.year for f in rows] == [2015, 2016]
    assert (error.file, error.row, error.field) == ("mine.csv", 4, field)
    assert says in error.message


def test_the_same_figure_twice():
    rows, (error,) = read(line(), line(period="2018"), line(period="2017-01", until="2017-12", value="13"))
    assert len(rows) == 2
    assert (error.row, error.field) == (4, "period")
    assert "mine.csv, row 2" in error.message


def test_two_sources_of_one_figure_are_no_fault():
    other = {**SOURCES, "paper": Source("paper", "A paper", "example.org/2", date(2019, 1, 1))}
    rows, errors = read_figures(f"{HEAD}\n{line()}\n{line(source='paper')}\n", "mine.csv", other, UNITS)
    assert len(rows) == 2
    assert not errors


def test_a_series_has_one_dimension():
    _, (error,) = read(line(), line(unit="kt", period="2018"), line(unit="USD", period="2019"))
    assert (error.row, error.field) == (4, "unit")
    assert "usd" in error.message


def test_a_built_in_table_that_is_wrong_stops_at_the_first_fault(tmp_path):
    (tmp_path / "sources.yaml").write_text("- {id: report, title: A, locator: b, published: 2018-05-01}\n")
    (tmp_path / "units.yaml").write_text("- {id: t, dimension: mass, factor: 1, name: tonnes}\n")
    (tmp_path / "ledger.csv").write_text("of another kind\n")
    (tmp_path / "a.csv").write_text(f"{HEAD}\n{line()}\n")
    assert len(read_folder(tmp_path).rows) == 1
    (tmp_path / "b.csv").write_text(f"{HEAD}\n{line(period='2018')}\n{line()}\n{line(grade='D')}\n")
    with pytest.raises(TableError, match=r"stand in figures/a\.csv, row 2") as caught:
        read_folder(tmp_path)
    assert (caught.value.file, caught.value.row, caught.value.field) == ("figures/b.csv", 3, "period")


@pytest.mark.parametrize(
    ("head", "field", "says"),
    [
        ("series,period,unit,value,status,grade,origin", "origin", "there is no column 'origin'"),
        ("series,period,unit,valeu,status,grade,source", "valeu", "is 'value' meant?"),
        ("series,period,unit,value,status,grade", "source", "lacks this column"),
        ("series,period,unit,value,status,grade,source,note,note", "note", "twice"),
        ("", "", "holds no header"),
    ],
)
def test_a_header_that_is_wrong_ends_the_file(head, field, says):
    rows, (error,) = read_figures(f"{head}\n" if head else "", "mine.csv", SOURCES, UNITS)
    assert not rows
    assert (error.row, error.field) == (1, field)
    assert says in error.message


def test_rows_that_are_no_rows():
    rows, errors = read(line(period="2015"), "ice.sold,2017", line(period="2016"))
    assert len(rows) == 2
    assert [(e.row, e.field) for e in errors] == [(3, "")]
    rows, errors = read(line(period="2015"), 'a"b,"c"d')
    assert [(e.row, e.message[:7]) for e in errors][-1][0] == 3
    assert len(rows) == 1


def test_a_byte_order_mark_and_columns_that_may_be_left_out():
    text = "\ufeffseries,period,unit,value,status,grade,source\r\nice.sold,2017,t,12,reported,A,report\r\n"
    (f,), errors = read_figures(text, "mine.csv", SOURCES, UNITS)
    assert not errors
    assert f.item == f.note == ""


@pytest.mark.parametrize(
    ("text", "field", "says"),
    [
        ("- {id: a, title: A, locator: b}", "0.published", "required"),
        ("- {id: a, title: A, locator: b, published: soon}", "0.published", "date"),
        ("- {id: a, title: A, locator: '', published: 2018-01-01}", "0.locator", "at least 1"),
        ("- {id: a b, title: A, locator: b, published: 2018-01-01}", "0.id", "match pattern"),
        ("a: {}", "", "no list"),
    ],
)
def test_sources_that_are_wrong(text, field, says):
    with pytest.raises(TableError) as caught:
        read_sources(page(text))
    assert (caught.value.file, caught.value.field) == ("mine.yaml, line 1", field)
    assert says in str(caught.value)


def test_a_source_or_unit_twice():
    with pytest.raises(TableError, match=r"line 2.*'t' stands twice"):
        read_units(page("- {id: t, dimension: mass, factor: 1, name: t}\n- {id: t, dimension: m, factor: 2, name: t}"))


@pytest.mark.parametrize("factor", ["0", "-1", ".inf", ".nan"])
def test_a_factor_that_cannot_be(factor):
    with pytest.raises(TableError, match="factor"):
        read_units(page(f"- {{id: t, dimension: mass, factor: {factor}, name: t}}"))


pairs = st.sampled_from(
    [(a.id, b.id) for a in BUILT_IN.units.values() for b in BUILT_IN.units.values() if a.dimension == b.dimension]
)
numbers = st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-9)


@given(numbers, pairs)
def test_there_and_back(value, pair):
    a, b = pair
    back = convert(convert(value, a, b, BUILT_IN.units), b, a, BUILT_IN.units)
    assert back == pytest.approx(value, rel=1e-12)


@given(numbers, numbers, pairs)
def test_converting_keeps_the_order(x, y, pair):
    x, y = sorted((x, y))
    assert convert(x, *pair, BUILT_IN.units) <= convert(y, *pair, BUILT_IN.units)


def test_converting_known_amounts():
    assert convert(1.187, "USD billion", "USD million", BUILT_IN.units) == pytest.approx(1187)
    assert convert(22.5, "Mt", "t", BUILT_IN.units) == pytest.approx(22_500_000)
    assert convert(50, "percent", "share", BUILT_IN.units) == 0.5


@pytest.mark.parametrize(("a", "b"), [("t", "bbl"), ("USD million", "percent"), ("ton", "t"), ("t", "ton")])
def test_what_cannot_be_converted(a, b):
    with pytest.raises(UsageError):
        convert(1, a, b, BUILT_IN.units)


days = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(days, days)
def test_more_is_known_later(a, b):
    a, b = sorted((a, b))
    before, after = (set(BUILT_IN.known(day).rows) for day in (a, b))
    assert before <= after
    assert all(f.known <= a for f in before)


@given(days, st.integers(0, 4000))
def test_a_period_is_read_as_it_is_written(start, length):
    period = Period(start, start + timedelta(length))
    first, _, last = str(period).partition(" to ")
    assert read_period(first, last) == period


def test_nothing_from_memory():
    assert {f.grade for f in BUILT_IN.rows} == {Grade.A, Grade.B, Grade.C}
    assert not any("memory" in f.note or f.source == "mem" for f in BUILT_IN.rows)


def test_every_source_and_unit_that_is_used_is_there_and_every_source_is_used():
    assert {f.source for f in BUILT_IN.rows} == set(BUILT_IN.sources)
    assert {f.unit for f in BUILT_IN.rows} <= set(BUILT_IN.units)


def test_own_arithmetic_and_collections_say_when_each_row_was_known():
    for f in BUILT_IN.rows:
        if f.source in {"pressB", "oilpress"}:
            assert f.known > f.period.end or f.period.end.year >= 2025, f
        if f.source == "calc":
            assert f.note, f


def test_nothing_of_2017_was_known_before_it_was_over():
    whole = Period(date(2017, 1, 1), date(2017, 12, 31))
    early = [f for f in BUILT_IN.rows if f.period == whole and f.known <= date(2017, 12, 31)]
    assert {(f.series, f.source) for f in early} == {
        ("labour.stock.russia", "article2017"),
        ("labour.stock.gulf_and_other", "article2017"),
        ("exante.package", "kh2017un"),
        ("leakage.estimate", "haidar"),
        ("effect.estimate", "nautilus"),
    }


def test_the_missions_own_figures_are_there():
    (trade,) = (f for f in BUILT_IN.series("russia.trade.total") if f.mid == 76.9)
    assert (trade.period, trade.source) == (read_period("2016"), "article2017")
    assert [f.mid for f in BUILT_IN.series("russia.trade.total") if f.source == "article2017"] == [234.9, 76.9]
    (workers,) = (f for f in BUILT_IN.series("labour.stock.russia", "") if f.source == "article2017")
    assert (workers.low, workers.high) == (20_000, 50_000)
    (qatar,) = (f for f in BUILT_IN.series("labour.stock.gulf_and_other", "qatar") if f.source == "article2017")
    assert qatar.mid == 2800
    assert [f.mid for f in BUILT_IN.series("russia.debt.forgiven_share")] == [90]
    assert [f.mid for f in BUILT_IN.series("russia.debt.total")] == [11]


def test_what_was_not_published_is_not_zero():
    shares = {f.period.start.year: f for f in BUILT_IN.series("trade.kotra.russia_share")}
    assert all(shares[year].status is Status.CENSORED and shares[year].mid is None for year in (2022, 2023))


def test_a_series_by_item_and_in_order():
    rows = BUILT_IN.series("fuel.factor")
    assert [f.item for f in rows] == sorted(f.item for f in rows)
    assert BUILT_IN.series("fuel.factor", "diesel")[0].mid == 7.46
    assert BUILT_IN.series("no.such") == ()
    assert BUILT_IN.names() == tuple(s.name for s in BUILT_IN.summaries())
    assert sum(s.count for s in BUILT_IN.summaries()) == len(BUILT_IN.rows)


def test_tables_of_quantities_and_checks_name_figures_that_are_there():
    assert len({q.id for q in load_quantities()}) == len(load_quantities())
    few = Figures(tuple(f for f in BUILT_IN.rows if f.series == "fuel.factor"), BUILT_IN.sources, BUILT_IN.units)
    with pytest.raises(TableError, match=r"mine.yaml, line 3.*no figure is") as caught:
        read_quantities(page("- id: a\n  title: A\n  parts: [{series: fuel.factors}]\n"), few)
    assert caught.value.field == "0.parts.0"
    with pytest.raises(TableError, match="no source 'nobody'"):
        read_quantities(
            page("- id: a\n  title: A\n  parts: [{series: fuel.factor, item: lpg}]\n  see: [nobody]\n"), few
        )
    check = "- {id: a, says: b, kind: same, within: 0, stated: {series: fuel.factor, item: lpg, period: %s}}"
    with pytest.raises(TableError, match="is a range"):
        read_checks(page(check % "2010/2014"), few)
    assert load_checks()


def test_the_built_in_figures_agree_with_the_research_file(shared):
    """The numbers of a few series are those of the research file, read by other code."""
    import yaml

    records = yaml.safe_load((shared / "macro" / "macro.yaml").read_text(encoding="utf-8"))["series"]
    for series in ("trade.kotra.total", "trade.kotra.exports", "gdp.bok_growth", "fuel.official.china_month"):
        kept = {(str(r["period"]), float(r["value"])) for r in records if r["id"] == series and r["grade"] != "D"}
        assert {(str(f.period), f.mid) for f in BUILT_IN.series(series, "")} == kept
