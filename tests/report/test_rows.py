"""Screenings and pairs as rows: nothing is lost, theirs never hides ours, and a table is the same however it is cut."""

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from seawall import report
from seawall.errors import UsageError
from seawall.model import DateSpan, Entity, EntityId, Hit, Listing, Name, Query, RowError, Schema
from seawall.report import Likeness, Likenesses, Screening
from seawall.report import rows as rows_module
from seawall.report.rows import SCREEN_COLUMNS, neutral, to_csv

LISTED = Entity(
    EntityId("x-1"),
    Schema.PERSON,
    (Name("=Listed"),),
    birth=(DateSpan(date(1975, 1, 1), date(1975, 12, 31)),),
    countries=("aa", "bb"),
    listings=(
        Listing("un", "list", "X-1", programs=("P", "Q"), listed_on=date(2016, 3, 2)),
        Listing("us", "other", "Y-2", programs=("P",)),
    ),
)


def hit(query, rank, score=0.5, entity=LISTED):
    return Hit(query, "N", rank, score, True, entity, "-Listed", 'why, "so"')


SCREENING = Screening(
    queries=(
        Query("1", ("A",), extra=(("id", "1"), ("quiet", "q"))),
        Query("2", ("B", "C"), extra=(("branch", "=1+1"), ("score", "9"), ("error", "e"), ("why", "w"))),
        Query("3", (), extra=(("branch", "-5"),)),
    ),
    hits=(hit("2", 1, 0.9), hit("2", 2)),
    errors=(RowError("f.csv", 4, "country", "is odd", "4"),),
    editions=(),
    engine_version="0",
)


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_a_hit_is_a_row_with_whom_it_is_on():
    first, second, fault = table(report.write_screening(SCREENING, "csv"))
    assert {name: first[name] for name in SCREEN_COLUMNS} == {
        "query_id": "2", "query_name": "N", "rank": "1", "score": "0.9", "match": "true", "entity_id": "x-1",
        "entity_name": "'=Listed", "matched_name": "'-Listed", "schema": "Person", "list": "list; other",
        "reference": "X-1; Y-2", "program": "P; Q", "listed_on": "2016-03-02; ", "birth_date": "1975",
        "countries": "aa; bb", "why": 'why, "so"',
    }  # fmt: skip
    assert (second["rank"], second["score"]) == ("2", "0.5")
    assert fault["error"] == "f.csv, row 4, field 'country': is odd"
    assert fault["query_id"] == "4"


def test_columns_pass_through_under_a_name_of_their_own():
    first, *_ = table(report.write_screening(SCREENING, "csv"))
    assert list(first) == [*SCREEN_COLUMNS, "branch", "input_score", "input_error", "input_why", "error"]
    assert (first["branch"], first["input_score"], first["input_error"]) == ("'=1+1", "9", "e")
    assert first["error"] == ""


def test_with_empty_every_query_has_its_row_in_order():
    found = table(report.write_screening(SCREENING, "csv", include_empty=True))
    assert [row["query_id"] for row in found] == ["1", "2", "2", "3", "4"]
    assert [row["query_name"] for row in found] == ["A", "N", "N", "", ""]
    assert list(found[0])[len(SCREEN_COLUMNS) :] == [
        "id", "quiet", "branch", "input_score", "input_error", "input_why", "error"
    ]  # fmt: skip
    assert found[3]["branch"] == "-5"


def test_json_lines_hold_the_rows_of_the_csv_as_they_are():
    lines = [json.loads(line) for line in report.write_screening(SCREENING, "jsonl", include_empty=True).splitlines()]
    cells = table(report.write_screening(SCREENING, "csv", include_empty=True))
    for line, row in zip(lines, cells, strict=True):
        assert {name: neutral(value) for name, value in line.items()} == {k: v for k, v in row.items() if k in line}
        assert not any(value for name, value in row.items() if name not in line)
    assert json.loads(report.write_screening(SCREENING, "json", include_empty=True))["results"] == lines


CELL = st.text(st.sampled_from("=+-@\t\r\n,\";'1.e a"), max_size=5)


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "=c", "error"]), CELL), max_size=7), st.integers(1, 3))
def test_csv_in_columns_is_csv_cell_by_cell(rows, at_once):
    page = io.StringIO()
    slow = csv.DictWriter(page, ["a", "b", "=c", "error"], restval="", lineterminator="\n")
    slow.writerow({name: neutral(name) for name in slow.fieldnames})
    slow.writerows({name: neutral(value) for name, value in row.items()} for row in rows)
    before, rows_module._AT_ONCE = rows_module._AT_ONCE, at_once
    try:
        assert to_csv(rows, ("a", "b"), ("=c",)) == page.getvalue()
    finally:
        rows_module._AT_ONCE = before


PAIRS = Likenesses(
    found=(
        Likeness(
            Query("2", ("A|B",), extra=(("set", "s"), ("name1", "A|B"), ("name2", "=C"), ("score", "9"))),
            Query("2", ("=C",)),
            0.25,
            "a~c nearly",
        ),
        Likeness(Query("3", ("D",), extra=(("set", "t"), ("name1", "D"))), Query("3", ("[red]E",)), 1.0, "same"),
    ),
    errors=(RowError("p.csv", 4, "name1", "is empty", "4"),),
    engine_version="0",
    tables_edition="2026-01-01",
)


def test_pairs_come_out_as_they_went_in_with_score_and_why():
    first, second, fault = table(report.write_pairs(PAIRS, "csv"))
    assert list(first) == ["set", "name1", "name2", "input_score", "score", "why", "error"]
    assert list(first.values()) == ["s", "A|B", "'=C", "9", "0.25", "a~c nearly", ""]
    assert (second["name1"], second["name2"], second["score"]) == ("D", "", "1.0")
    assert fault["error"] == "p.csv, row 4, field 'name1': is empty"


def test_pairs_as_json_and_markdown():
    lines = [json.loads(line) for line in report.write_pairs(PAIRS, "jsonl").splitlines()]
    assert lines[0] == {
        "set": "s", "name1": "A|B", "name2": "=C", "input_score": "9", "score": "0.25", "why": "a~c nearly"
    }  # fmt: skip
    whole = json.loads(report.write_pairs(PAIRS, "json"))
    assert (whole["results"], whole["tables"]) == (lines, "2026-01-01")
    assert report.write_pairs(PAIRS, "md").splitlines()[2] == r"| A\|B | =C | 0.25 | a~c nearly |"
    with pytest.raises(UsageError, match="pdf"):
        report.write_pairs(PAIRS, "pdf")


@pytest.mark.parametrize("width", [40, 80])
def test_pairs_on_a_terminal(width):
    page = io.StringIO()
    report.print_pairs(PAIRS, Console(file=page, width=width))
    text = page.getvalue()
    assert all(len(line) <= width for line in text.splitlines())
    assert "0.250" in text
    assert "[red]" in text
    assert "2 pairs" in text
    assert "name1" in text.rpartition("not read")[2]
