"""Pages of estimates: charts whose marks say their sources, and tables that say the same."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from seawall import leak, report
from seawall.model import Estimate
from seawall.report import leak_charts

SVG = "{http://www.w3.org/2000/svg}"
ONE = Estimate("coal", "2016", "USD million", 90.0, 100.0, 120.0, basis=("kotra",))


def titles(svg):
    return [t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def charts(page):
    while "<svg" in page:
        page = page[page.index("<svg") :]
        end = page.index("</svg>") + len("</svg>")
        yield page[:end]
        page = page[end:]


PAGES = {
    "a year": lambda: report.render_flows(leak.channels(leak.View(year=2016, draws=500))),
    "all years": lambda: report.render_flows(leak.channels(leak.View(partner="ru", draws=500))),
    "unknowns": lambda: report.render_sensitivity(leak.sensitivity("labour-ru", leak.View(year=2016, draws=500))),
    "what held": lambda: report.render_enforcement(leak.enforcement(leak.Run(draws=512))),
    "packages": lambda: report.render_stopped(leak.compare("2375-draft", "2375", (), (), leak.Run(draws=512))),
    "a hindcast": lambda: report.render_hindcast(leak.hindcast("2017", leak.Run(draws=512))),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_mark_of_every_chart_says_its_range_and_sources(name):
    page = PAGES[name]()
    assert "<script" not in page
    drawn = list(charts(page))
    assert drawn
    for svg in drawn:
        marks = titles(svg)
        assert marks
        assert all("Rests on: " in text or text.endswith("not known") for text in marks)
    assert page.count("<details") >= len(drawn)


def test_names_that_would_be_markup_stay_text():
    bar = leak_charts.Bar("<b>coal & steel</b>", "", ONE, '"note"')
    [title] = titles(leak_charts.ranges([bar], "USD million"))
    assert title.startswith("<b>coal & steel</b>, 2016: 100 (90.0 to 120) USD million")


def test_a_tile_of_which_nothing_is_known_has_a_question_mark():
    svg = leak_charts.heat([leak_charts.Tile("coal", "x", None), leak_charts.Tile("coal", "y", ONE)])
    words = {t.text for t in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    assert "?" in words
    assert "coal, x: not known" in titles(svg)


@pytest.mark.parametrize(
    ("value", "says"), [(0.0, "0"), (1186.835, "1,190"), (0.04213, "0.0421"), (99.96, "100"), (-3.456, "-3.46")]
)
def test_numbers_are_read_in_three_digits(value, says):
    assert report.flows.rough(value) == says
