"""The timeline: every measure and every date, per topic, on narrow terminals and as a page that stands alone."""

import io
import json
from dataclasses import replace
from datetime import date

import pytest
from lxml import html
from rich.console import Console

from seawall import lawbook, report
from seawall.errors import UsageError
from seawall.judge import standing
from seawall.model import Activity
from seawall.report.timeline import events_of, topics, years

EVIL = "<script>alert(1)</script>[bold]\x1b[31m"
TODAY = date(2026, 1, 2)


@pytest.fixture(scope="module")
def whole():
    return lawbook.timeline(today=TODAY)


def table(timeline, width):
    page = io.StringIO()
    report.print_timeline(timeline, Console(file=page, width=width))
    return page.getvalue()


def test_every_date_of_every_measure_is_an_event(whole):
    found = {(e.day, e.what, e.measure) for e in whole.events}
    for m in whole.measures:
        assert (m.start, "changes" if m.previous else "starts", m.id) in found
        assert m.end is None or (m.end, "ends", m.id) in found
        for r in m.routes:
            assert r.end in {None, m.end} or (r.end, "closes", m.id) in found
    assert [e.day for e in whole.events] == sorted(e.day for e in whole.events)


def test_coal_changes_three_times():
    coal = lawbook.timeline("un-dprk", "coal", today=TODAY)
    told = [(e.day, e.what, e.measure) for e in coal.events if e.measure.endswith("-coal")]
    assert told == [
        (date(2016, 3, 2), "starts", "unscr-2270-29-coal"),
        (date(2016, 11, 29), "ends", "unscr-2270-29-coal"),
        (date(2016, 11, 30), "changes", "unscr-2321-26-coal"),
        (date(2017, 8, 4), "ends", "unscr-2321-26-coal"),
        (date(2017, 8, 5), "changes", "unscr-2371-8-coal"),
    ]


def test_every_measure_stands_under_each_of_its_topics(whole):
    groups = topics(whole)
    for m in whole.measures:
        assert all(m in groups[tag] for tag in m.tags)
    assert {m.id for group in groups.values() for m in group} == {m.id for m in whole.measures}


def test_what_happens_to_several_measures_alike_is_said_once(whole):
    for measures in topics(whole).values():
        told = events_of(whole, measures)
        assert len({(e.day, e.what, e.says) for e in told}) == len(told)
        names = [(e.day, name, e.says) for e in told for name in e.measure.split(", ")]
        assert len(names) == sum(e.measure in {m.id for m in measures} for e in whole.events)


@pytest.mark.parametrize("width", [50, 80, 120])
def test_the_text_holds_every_event_and_fits(whole, width):
    page = table(whole, width)
    assert all(len(line) <= width for line in page.splitlines())
    assert "…" not in page
    flat = "".join(page.split())
    assert all("".join(e.says.split()) in flat for e in whole.events)


def test_the_page_draws_every_measure_without_script_or_network(whole):
    page = report.write_timeline(whole, "html")
    tree = html.fromstring(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //image")
    assert all(a.startswith("#") for a in tree.xpath("//a/@href"))
    groups = topics(whole)
    charts = tree.xpath("//main/section//*[local-name()='svg']")
    assert len(charts) == len(groups)
    for chart, measures in zip(charts, groups.values(), strict=True):
        drawn = chart.text_content()
        assert all(f"{m.id}: {m.title}"[:60] in drawn for m in measures)
    strip = tree.xpath("//main/div//*[local-name()='svg']")[0].text_content()
    assert all(m.instrument[:39] in strip for m in whole.measures)


@pytest.mark.parametrize("topic", ["textiles", "oil"])
def test_chosen_by_topic_and_activity(topic):
    chosen = lawbook.timeline("un-dprk", topic, "import", today=TODAY)
    assert all(topic in m.tags and standing.touches(m, Activity.IMPORT) for m in chosen.measures)
    page = report.write_timeline(chosen, "html")
    assert f"topic {topic}; what can apply to the activity import" in page
    assert list(topics(chosen)) in ([topic], [])


def test_nothing_chosen_is_a_page_too(whole):
    none = replace(whole, measures=(), events=())
    assert "No measure was chosen." in report.write_timeline(none, "html")
    assert "measures: 0" in table(none, 50)
    assert years(none)[1] == TODAY


def test_json_lists_measures_and_events(whole):
    held = json.loads(report.write_timeline(whole, "json"))
    assert held["schema"] == "seawall-timeline/1"
    assert len(held["measures"]) == len(whole.measures)
    assert len(held["events"]) == len(whole.events)


def test_hostile_text_does_no_harm(whole):
    m = replace(whole.measures[0], title=EVIL, instrument=EVIL, tags=(EVIL,))
    odd = replace(whole, title=EVIL, measures=(m,), events=standing.events([m]))
    tree = html.fromstring(report.write_timeline(odd, "html"))
    assert not tree.xpath("//script")
    assert "alert(1)" in tree.text_content()
    assert "\x1b" not in table(odd, 80)
    assert "[bold]" in table(odd, 80)
    assert events_of(odd, (m,))


@pytest.mark.parametrize(("regime", "topic", "activity"), [("x", "", ""), ("", "x", ""), ("", "", "x")])
def test_what_is_not_there_is_said(regime, topic, activity):
    with pytest.raises(UsageError, match=r"no (regime|topic|activity) 'x'; there are"):
        lawbook.timeline(regime, topic, activity)


def test_no_other_format(whole):
    with pytest.raises(UsageError, match="pdf"):
        report.write_timeline(whole, "pdf")
