"""Reports lose nothing, escape everything, and read as they should."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from rich.console import Console

import seawall
from seawall import flow, report
from seawall.model import Dealing, RowError
from seawall.report.rows import CHECK_COLUMNS, neutral

EVIL = "<script>alert(1)</script>\"'[bold]|=cmd()"


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    rows, _ = flow.example()
    bad = RowError("deals.csv", 7, "date", "'31 February' is not a day", "row-7")
    wall = seawall.open(tmp_path_factory.mktemp("data"), casebook_only=True)
    return replace(flow.check(wall, rows, errors=[bad]), generated_on=date(2026, 1, 2))


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "md", "html"])
def test_every_dealing_and_every_fault_is_there(case, form):
    page = report.write_case(case, form)
    assert all(d.id in page for d in case.dealings)
    assert "31 February" in page
    assert all(f.measure.id in page or form == "md" for v in case.verdicts for f in v.findings)


def test_csv_has_the_columns_of_the_contract_and_a_summary_row_each(case):
    rows = list(csv.DictReader(io.StringIO(report.write_case(case, "csv"))))
    assert tuple(rows[0])[:8] == CHECK_COLUMNS
    assert list(rows[0])[-1] == "error"
    assert [r["dealing_id"] for r in rows if not r["measure"] and not r["error"]] == [d.id for d in case.dealings]


def test_html_stands_alone_and_holds_no_script(case):
    evil = replace(case, title=EVIL, dealings=(replace(case.dealings[0], goods=EVIL, notes=EVIL), *case.dealings[1:]))
    page = html.fromstring(report.write_case(evil, "html"))
    assert not page.xpath("//script | //link | //img | //iframe | //object")
    assert all(a.startswith(("#", "https://", "http://")) for a in page.xpath("//a/@href"))
    assert EVIL in page.text_content()
    assert "clear" not in page.text_content().lower().split()


def test_what_is_not_verified_says_so(case):
    assert "from memory, not verified against the official text" in report.write_case(case, "html")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_table_fits_and_brackets_do_no_harm(case, width):
    page = io.StringIO()
    odd = replace(case, dealings=(replace(case.dealings[0], id="[/bold][red]x"), *case.dealings[1:]))
    report.print_case(odd, Console(file=page, width=width))
    assert all(len(line) <= width for line in page.getvalue().splitlines())
    assert "…" not in page.getvalue()
    assert "[/bold]" in page.getvalue()


@given(st.text(max_size=20))
def test_no_cell_starts_a_formula(text):
    cell = neutral(text)
    assert cell == text or cell == "'" + text
    assert cell[:1] not in {"=", "@", "\t", "\r"}


@pytest.mark.parametrize(
    ("cell", "safe"), [("-5", "-5"), ("+1.5", "+1.5"), ("-5+cmd", "'-5+cmd"), ("=1", "'=1"), ("@x", "'@x")]
)
def test_numbers_stay_numbers(cell, safe):
    assert neutral(cell) == safe


def test_columns_pass_through(tmp_path):
    wall = seawall.open(tmp_path, casebook_only=True)
    extra = (("branch", "=HYPERLINK(1)"), ("outcome", "approved"), ("error", "none"))
    dealing = Dealing("d", case_activity(), extra=extra)
    (row, *_) = csv.DictReader(io.StringIO(report.write_case(flow.check(wall, [dealing]), "csv")))
    assert row["branch"] == "'=HYPERLINK(1)"
    assert row["outcome"] != row["input_outcome"] == "approved", "theirs never hides ours"
    assert (row["error"], row["input_error"]) == ("", "none")


def case_activity():
    return flow.example()[0][0].activity


def test_json_lines_are_one_object_each(case):
    lines = [json.loads(line) for line in report.write_case(case, "jsonl").splitlines()]
    assert len(lines) == len(case.dealings) + len(case.errors)
