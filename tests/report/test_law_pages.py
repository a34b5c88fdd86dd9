"""The sheet of a measure: complete, the same in every format, fit for narrow terminals, harmless whatever it holds."""

import io
import json
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from lxml import html
from rich.console import Console

from seawall import lawbook, report
from seawall.errors import TableError, UsageError
from seawall.model import Clause, Measure, Regime, Route, Verification
from seawall.report.law_pages import print_coverage
from seawall.report.sheet import code, sections
from seawall.report.templating import cell
from seawall.tables.law import read_regime

EVIL = "<script>alert(1)</script>\"'[bold]|=cmd()\x1b[31m\n# heading"
REGIMES = lawbook.coverage()
MEASURES = [pytest.param(r, m, id=m.id) for r in REGIMES for m in r.measures]
DAY = timedelta(days=1)


def table(sheet, width=100):
    page = io.StringIO()
    report.print_sheet(sheet, Console(file=page, width=width))
    return page.getvalue()


def flat(text):
    return "".join(text.split())


@pytest.mark.parametrize(("regime", "m"), MEASURES)
def test_every_format_says_all_of_every_measure(regime, m):
    sheet = lawbook.sheet_of(m, regime, m.start + DAY)
    pages = {form: report.write_sheet(sheet, form) for form in ("md", "html", "json")}
    shown = flat(table(sheet))
    said = flat(html.fromstring(pages["html"]).text_content())
    for section in sections(sheet):
        for line in section.lines:
            assert flat(line.text) in shown
            assert flat(line.text) in said
            assert cell(line.text) in pages["md"]
    held = json.loads(pages["json"])
    assert held["schema"] == "seawall-measure/1"
    assert [r["route"]["title"] for r in held["routes"]] == [r.title for r in m.routes]
    codes = [code(c) for scope in sheet.goods for c in scope.goods.codes]
    assert all(c in shown for c in codes)
    assert {c for scope in held["goods"] for c in scope["goods"]["codes"]} == {c.replace(".", "") for c in codes}


@pytest.mark.parametrize(("regime", "m"), MEASURES)
@pytest.mark.parametrize("width", [50, 80])
def test_every_sheet_fits_a_narrow_terminal(regime, m, width):
    page = table(lawbook.sheet_of(m, regime, m.start), width)
    assert all(len(line) <= width for line in page.splitlines())
    assert "…" not in page


@pytest.mark.parametrize(("regime", "m"), MEASURES)
def test_every_sheet_tells_the_days_around_its_dates_apart(regime, m):
    def status(day):
        return lawbook.sheet_of(m, regime, day).status[0]

    assert status(m.start).startswith(f"in force on {m.start}: day 1")
    assert status(m.start - DAY) == f"not in force on {m.start - DAY}: it starts on {m.start}"
    if m.end:
        assert status(m.end).endswith(", the last")
        assert status(m.end + DAY) == f"not in force on {m.end + DAY}: it ended on {m.end}"


def test_the_textiles_sheet_of_october_2017():
    sheet = lawbook.sheet("unscr-2375-16", date(2017, 10, 15))
    assert sheet.status[0] == "in force on 2017-10-15: day 35"
    assert any(s.startswith("wind-down open until 2017-12-10") for s in sheet.status)
    after = lawbook.sheet("unscr-2375-16", date(2017, 12, 11))
    assert any(s.startswith("wind-down closed, its last day was 2017-12-10") for s in after.status)
    assert [scope.goods.id for scope in sheet.goods] == ["textiles"]


def test_what_was_in_force_before_and_after():
    before = lawbook.sheet("unscr-2371-8-coal", date(2017, 8, 4))
    assert before.status[1].startswith("what was: unscr-2321-26-coal")
    after = lawbook.sheet("unscr-2321-26-coal", date(2017, 8, 5))
    assert after.status[1].startswith("what was: unscr-2371-8-coal")
    assert lawbook.sheet("unscr-2371-8-coal", date(2006, 1, 1)).status[1] == "what was: nothing of its line"


def test_the_line_goes_all_the_way_back():
    line = lawbook.sheet("unscr-2371-8-coal").line
    assert [(x.depth, x.relation, x.id) for x in line if x.relation == "follows"] == [
        (1, "follows", "unscr-2321-26-coal"),
        (2, "follows", "unscr-2270-29-coal"),
    ]


def test_caps_say_what_the_ledger_holds_on_the_day():
    name = "unscr-2397-5-cap"
    (cap,) = lawbook.sheet(name, date(2018, 9, 1)).caps
    assert cap.period == (date(2018, 1, 1), date(2018, 12, 31))
    assert "supplied before 2018-09-01 as notified" in cap.ledger
    page = table(lawbook.sheet(name))
    assert "500,000 bbl" in page
    assert "ask about a day" in page
    assert "does not run on 2017-12-31" in table(lawbook.sheet(name, date(2017, 12, 31)))


def test_codes_that_are_not_in_every_edition_are_named():
    sheet = lawbook.sheet("unscr-2375-16")
    scope = replace(sheet.goods[0], gaps=(("852550", (2022,)),))
    page = table(replace(sheet, goods=(scope,)))
    assert "8525.50 is not in every HS edition: only 2022" in page


def test_three_parts_of_verification_and_memory_is_marked():
    sheet = lawbook.sheet("unscr-2375-16")
    checked = (
        ("paragraph", Verification.MEMORY),
        ("substance", Verification.VERIFIED),
        ("details", Verification.PARTLY),
    )
    page = table(replace(sheet, measure=replace(sheet.measure, checked=checked)))
    assert "paragraph number: from memory, not verified against the official text" in page
    assert "substance: verified against a source" in page
    none = table(replace(sheet, measure=replace(sheet.measure, checked=(), verification=Verification.MEMORY)))
    assert "as a whole: from memory" in none


def hostile():
    sheet = lawbook.sheet("unscr-2371-8-coal", date(2017, 8, 20))
    text = {f.name: EVIL for f in fields(Measure) if f.type == "str"}
    m = replace(sheet.measure, **{**text, "url": "javascript:alert(1)", "sources": (EVIL,), "tags": (EVIL,)})
    route = replace(sheet.routes[0].route, **{f.name: EVIL for f in fields(Route) if f.type == "str"})
    way = replace(sheet.routes[0], route=route, when=Clause(EVIL))
    line = tuple(replace(x, id=EVIL, title=EVIL, change=EVIL) for x in sheet.line)
    return replace(sheet, measure=m, regime=EVIL, target=EVIL, scope=Clause(EVIL), routes=(way,), line=line,
                   status=(EVIL,))  # fmt: skip


def test_hostile_text_does_no_harm():
    page = html.fromstring(report.write_sheet(hostile(), "html"))
    assert not page.xpath("//script | //link | //img | //iframe | //object")
    assert all(a.startswith(("https://", "http://")) for a in page.xpath("//a/@href"))
    assert "alert(1)</script>" in page.text_content()
    text = report.write_sheet(hostile(), "md", href=lambda _: "javascript:x <y>")
    assert "<script" not in text
    assert "\n# heading" not in text
    assert "](<javascript:alert" not in text
    shown = table(hostile())
    assert "\x1b" not in shown
    assert "[bold]" in shown
    assert json.loads(report.write_sheet(hostile(), "json"))["measure"]["title"] == EVIL


def test_the_html_stands_alone():
    page = report.write_sheet(lawbook.sheet("unscr-2375-16"), "html")
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert not html.fromstring(page).xpath("//script | //link | //img")


def test_no_other_format():
    with pytest.raises(UsageError, match="pdf"):
        report.write_sheet(lawbook.sheet("unscr-2375-16"), "pdf")


FOLDER = {
    "regime.yaml": "id: x\ntitle: X measures\ntarget: kp\nauthority: un\nedition: '2026-01-01'\n",
    "one.yaml": (
        "instrument: Act One\nurl: https://example.org/one\nmeasures:\n"
        "- {id: x-1, paragraph: '1', title: No coal, effect: ban, binding: decides, start: 2020-01-01,"
        " scope: {goods: [coal]}, verification: memory}\n"
    ),
    "paragraphs.yaml": (
        "- {id: p-1, instrument: Act One, paragraph: '1', start: 2020-01-01, binding: decides, kind: measure,"
        " of: [x-1], checked: {paragraph: verified, substance: memory, details: partly}}\n"
        "- {id: p-2, instrument: Act One, paragraph: '2', start: 2020-01-01, binding: decides, kind: condition,"
        " of: [x-1], says: widens the scope}\n"
        "- {id: p-3, instrument: Act One, paragraph: '3', start: 2020-01-01, binding: decides, kind: note,"
        " says: 'States report [bold]yearly[/bold]'}\n"
    ),
}


@pytest.fixture
def own(tmp_path):
    for name, text in FOLDER.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return read_regime(tmp_path)


@pytest.mark.parametrize("width", [50, 80])
def test_coverage_lists_every_paragraph_and_counts(own, width):
    page = io.StringIO()
    print_coverage([own, Regime("y", "Y measures", "kp", "un", "", ())], Console(file=page, width=width))
    text = page.getvalue()
    assert all(len(line) <= width for line in text.splitlines())
    assert all(p.id in text for p in own.paragraphs)
    assert "[bold]" in text
    flat = " ".join(text.split())
    assert "3 paragraphs: 1 measures, 1 conditions of measures, 1 notes" in flat
    assert "paragraph: 1 verified, 2 not recorded" in flat
    assert "substance: 1 memory, 2 not recorded" in flat
    assert "details: 1 partly, 2 not recorded" in flat
    assert "no record of its paragraphs; 0 measures" in flat


def test_what_was_checked_of_a_paragraph_is_on_the_sheet_of_its_measure(own):
    sheet = lawbook.sheet_of(own.measures[0], own)
    (*_, last) = sections(sheet)
    assert [(line.label, line.memory) for line in last.lines] == [
        ("paragraph number", False), ("substance", True), ("details (dates, numbers, exemptions)", False),
    ]  # fmt: skip


def test_every_shipped_paragraph_is_in_the_coverage():
    page = io.StringIO()
    print_coverage(REGIMES, Console(file=page, width=120))
    assert all(p.id in page.getvalue() for r in REGIMES for p in r.paragraphs)


def test_a_paragraph_of_a_measure_that_is_not_there_stops_at_load(own, tmp_path):
    text = FOLDER["paragraphs.yaml"].replace("[x-1]", "[x-9]", 1)
    (tmp_path / "paragraphs.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match="x-9"):
        read_regime(tmp_path)
