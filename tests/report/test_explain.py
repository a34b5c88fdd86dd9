"""Why a dealing came out as it did, in sentences: true to the judge, marked where the law is from memory."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from lxml import html
from rich.console import Console

import seawall
from seawall import flow, report
from seawall.model import Activity, Dealing, Outcome, Party, Role, Truth, Verification
from seawall.report.explain import FROM_MEMORY, because, from_memory, sentences

EVIL = "<script>alert(1)</script>[bold]\x1b[31m"
JACKETS = Dealing(
    "jackets", Activity.IMPORT, date(2017, 10, 15), "kp", "ru", hs=("6203",), goods="jackets",
)  # fmt: skip


@pytest.fixture(scope="module")
def wall(tmp_path_factory):
    return seawall.open(tmp_path_factory.mktemp("data"), casebook_only=True)


@pytest.fixture(scope="module")
def case(wall):
    rows, _ = flow.example()
    return replace(flow.check(wall, rows), generated_on=date(2026, 1, 2))


def finding(wall, dealing, measure):
    (verdict,) = flow.check(wall, [dealing]).verdicts
    return next(f for f in verdict.findings if f.measure.id == measure)


def said(found):
    return [line.text for line in sentences(found)]


def table(case, width, *, explain=True):
    page = io.StringIO()
    report.print_case(case, Console(file=page, width=width), explain=explain)
    return page.getvalue()


def test_yes_no_and_not_known_with_this_dealings_facts(wall):
    lines = said(finding(wall, JACKETS, "unscr-2375-16"))
    assert any(
        x.startswith("Yes: the goods are in the scope (textiles): the HS code of the goods is 6203") for x in lines
    )
    assert any(x.startswith("Yes: it comes from the DPRK") and "is KP" in x for x in lines)
    (open_,) = [x for x in lines if "the date of the contract is missing; ask for it" in x]
    assert open_.startswith("Not known: the date of the contract lies before 2017-09-11: ")
    assert "If so, exempt (wind-down: " in open_
    assert "; if not, prohibited" in open_
    late = said(finding(wall, replace(JACKETS, contract_date=date(2017, 9, 11)), "unscr-2375-16"))
    no = "No: the date of the contract lies before 2017-09-11: the date of the contract is 2017-09-11."
    assert no in late


@pytest.mark.parametrize(
    ("contract", "outcome"), [(date(2017, 9, 10), Outcome.EXEMPT), (date(2017, 9, 11), Outcome.PROHIBITED)]
)
def test_what_each_answer_would_give_is_what_it_gives(wall, contract, outcome):
    assert finding(wall, replace(JACKETS, contract_date=contract), "unscr-2375-16").outcome is outcome


def test_a_question_is_asked_as_one(wall):
    dealing = Dealing("coal", Activity.IMPORT, date(2017, 3, 1), "kp", "cn", hs=("2701",), purpose=("livelihood",))
    lines = said(finding(wall, dealing, "unscr-2321-26-coal"))
    assert all("is missing; ask for it" not in x for x in lines if "how much of the cap" in x)


def test_a_fact_that_cannot_decide_is_not_asked_for(wall):
    dealing = Dealing("coal", Activity.IMPORT, date(2017, 3, 1), "kp", "cn", hs=("2701",), purpose=("livelihood",))
    (route,) = [x for x in said(finding(wall, dealing, "unscr-2321-26-coal")) if "the route is missing" in x]
    assert route.endswith("the route is missing.")


def test_a_day_that_is_not_known_is_asked_for(wall):
    lines = said(finding(wall, replace(JACKETS, date=None), "unscr-2375-16"))
    assert lines[0].startswith("Not known: it is in force on a day that is not known")
    assert "the date of the dealing is missing; ask for it" in lines[0]
    assert lines[0].endswith("; if not, this measure does not apply.")


def test_a_denial_is_one_sentence(wall):
    dealing = Dealing("coal", Activity.IMPORT, date(2018, 3, 1), "kp", "cn", "ru", hs=("2701",))
    lines = said(finding(wall, dealing, "unscr-2371-8-coal"))
    assert (
        "Yes: it is not so that the goods are of the DPRK's origin: the country of origin of the goods is RU." in lines
    )


def test_goods_without_a_code_are_told_by_their_description(wall):
    lines = said(finding(wall, replace(JACKETS, hs=()), "unscr-2375-16"))
    assert any("the goods are called “jackets”" in x for x in lines)


def test_every_finding_of_the_casebook_reads_as_sentences(case):
    for f in (f for v in case.verdicts for f in v.findings):
        lines = sentences(f)
        assert lines[0].text.startswith(("Yes: it is in force on ", "Not known: it is in force on "))
        for line in lines:
            assert line.text.startswith(("Yes: ", "No: ", "Not known: "))
            assert line.text.endswith((".", ":"))
            assert not {"this day", "a limit", "the target"} & set(line.text.split(": "))
        if f.outcome is Outcome.UNDETERMINED:
            assert any(line.truth is Truth.UNKNOWN for line in lines)


@pytest.mark.parametrize("form", ["md", "html", "json", "jsonl", "table"])
def test_every_format_holds_the_reasons(case, form):
    page = table(case, 100) if form == "table" else report.write_case(case, form)
    flat = " ".join((html.fromstring(page).text_content() if form == "html" else page).split())
    assert "the nationality of the workers is KP" in flat
    assert "the vessel flies the DPRK's flag" in flat
    assert "If so, exempt" in flat or form in {"json", "jsonl"}


def test_without_explain_the_table_stays_short(case):
    assert "the nationality of the workers" not in table(case, 100, explain=False)


@pytest.mark.parametrize("width", [40, 50, 80])
def test_the_sentences_fit_a_narrow_terminal(case, width):
    page = table(case, width)
    assert all(len(line) <= width for line in page.splitlines())
    assert "…" not in page


def test_law_from_memory_is_marked_in_every_format(case):
    verdict = next(v for v in case.verdicts if v.findings)
    first = verdict.findings[0]
    memory = replace(first.measure, verification=Verification.MEMORY)
    marked = replace(first, measure=memory, reason=replace(first.reason, verification=Verification.MEMORY))
    dealing = next(d for d in case.dealings if d.id == verdict.dealing_id)
    one = replace(case, dealings=(dealing,), verdicts=(replace(verdict, findings=(marked,)),))
    assert from_memory(marked)
    rows = list(csv.DictReader(io.StringIO(report.write_case(one, "csv"))))
    assert all(r["because"].endswith(FROM_MEMORY) for r in rows)
    assert FROM_MEMORY in html.fromstring(report.write_case(one, "html")).text_content()
    assert FROM_MEMORY in report.write_case(one, "md")
    assert FROM_MEMORY in " ".join(table(one, 100, explain=False).split())
    held = json.loads(report.write_case(one, "json"))
    assert held["verdicts"][0]["findings"][0]["reason"]["verification"] == "memory"


def test_an_exemption_from_memory_marks_what_is_exempt_by_it(case):
    exempt = next(f for v in case.verdicts for f in v.findings if f.outcome is Outcome.EXEMPT)
    known = replace(exempt.reason, verification=Verification.VERIFIED)
    routes = [replace(p, verification=Verification.MEMORY) for p in known.parts]
    assert from_memory(replace(exempt, reason=replace(known, parts=tuple(routes))))
    told = [replace(p, verification=Verification.VERIFIED) for p in known.parts]
    sure = replace(exempt, reason=replace(known, parts=tuple(told)))
    assert not from_memory(sure)
    assert because(sure) == exempt.because


def test_hostile_facts_do_no_harm(wall):
    parties = (Party(Role.BUYER, EVIL, (("country", "kp"),)),)
    dealing = replace(JACKETS, id=EVIL, hs=(), goods=f"jackets {EVIL}", route=EVIL, parties=parties, notes=EVIL)
    case = flow.check(wall, [dealing], title=EVIL)
    page = html.fromstring(report.write_case(case, "html"))
    assert not page.xpath("//script | //link | //img")
    assert "<script" not in report.write_case(case, "md")
    shown = table(case, 80)
    assert "\x1b" not in shown
    assert "[bold]" in shown
