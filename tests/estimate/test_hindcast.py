"""A hindcast rests on nothing that came later, and is scored as it falls."""

from dataclasses import replace
from datetime import date

import pytest

from seawall import leak
from seawall.errors import TableError
from seawall.estimate.hindcast import coverage_of, hindcast
from seawall.model import Figures
from seawall.tables.enforcement import load_walls
from seawall.tables.figures import load_figures
from seawall.tables.hindcasts import load_hindcast, read_hindcast
from seawall.tables.page import Page

RUN = leak.Run(draws=2048)
DAY = date(2017, 6, 30)


class Text:
    """A page in memory."""

    def __init__(self, text):
        self._text = text

    def read_text(self, encoding):  # noqa: ARG002 - as a path has it
        return self._text


def test_every_number_of_the_forecast_could_be_had_on_its_day():
    page = leak.hindcast("2017", RUN)
    assert page.past.on == DAY
    assert page.prior.known <= DAY
    assert page.refill.known <= DAY
    published = {s.id: s.published for s in load_figures().sources.values()}
    for flow in page.past.flows:
        assert flow.known <= DAY, flow.id
        rows = [f for f in load_figures().known(DAY).rows if f.source in flow.sources]
        assert {f.source for f in rows} == {*flow.sources}, flow.id
    for name in (*page.prior.sources, *page.refill.sources):
        assert published[name] <= DAY


def test_later_figures_change_no_prediction():
    """Everything that became known after the day is taken away but for the targets, and then turned into nonsense."""
    figures, walls = load_figures(), load_walls("un-dprk")
    from importlib.resources import files

    path = files("seawall.tables").joinpath("hindcasts", "2017.yaml")
    targets = tuple(f for f in figures.rows if f.series == "hindcast.change")
    early = tuple(f for f in figures.rows if f.known <= DAY)
    spoilt = tuple(
        replace(f, low=f.low * 7, mid=f.mid * 7, high=f.high * 7)
        for f in figures.rows
        if f.known > DAY and f.mid is not None and f.series != "hindcast.change"
    )
    whole = load_hindcast("2017")
    for rows in ((*early, *targets), (*early, *targets, *spoilt)):
        read = read_hindcast(Page(path, "2017.yaml"), Figures(rows, figures.sources, figures.units), walls)
        assert read.flows == whole.flows


def test_a_flow_of_a_later_day_is_refused():
    walls, past = load_walls("un-dprk"), load_hindcast("2017")
    late = replace(past, flows=(replace(past.flows[0], known=date(2017, 7, 1)), *past.flows[1:]))
    early_prior = next(p for p in walls.priors if p.known <= DAY)
    late_prior = next(p for p in walls.priors if p.known > DAY)
    early = next(r for r in walls.refill if r.known <= DAY)
    later = next(r for r in walls.refill if r.known > DAY)
    probes = {p.id: p for p in walls.probes}
    for case, given in ((late, (early_prior, early)), (past, (late_prior, early)), (past, (early_prior, later))):
        with pytest.raises(ValueError, match=r"was known on"):
            hindcast(case, probes, {}, given, 64, 1)


def test_each_target_is_a_published_figure_with_its_prediction():
    page = leak.hindcast("2017", RUN)
    rows = {(f.item, f.period.start.year, f.period.end.year): f for f in load_figures().series("hindcast.change")}
    assert len(page.found) == 13
    for f in page.found:
        assert f.target.published.mid in {r.mid for r in rows.values()}
        assert f.predicted.low <= f.predicted.mid <= f.predicted.high
        assert f.inside == (f.predicted.low <= f.target.published.mid <= f.predicted.high)
        assert f.target.why
    assert page.inside == pytest.approx(sum(f.inside for f in page.found) / 13)


def test_without_law_nothing_is_foretold_to_go():
    walls, past = load_walls("un-dprk"), load_hindcast("2017")
    given = (walls.priors[1], walls.refill[0])
    found = hindcast(past, {p.id: p for p in walls.probes}, {}, given, 4096, 1)
    for f in found:
        assert f.predicted.low < 0 < f.predicted.high, f.target.id
    with pytest.raises(ValueError, match="no targets"):
        coverage_of(())


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("probe: seafood", "probe: nothing", "no probe 'nothing'"),
        ("flows: [seafood]", "flows: [herring]", "no flow 'herring'"),
        ('series: russia.trade.total, period: "2015"', 'series: russia.trade.total, period: "2017"', "no figure with"),
        ("base: 2015", "bass: 2015", "Field required"),
    ],
)
def test_a_fault_in_the_table_names_its_line(before, after, says):
    from importlib.resources import files

    text = files("seawall.tables").joinpath("hindcasts", "2017.yaml").read_text(encoding="utf-8")
    assert before in text
    page = Page(Text(text.replace(before, after)), "mine.yaml")
    with pytest.raises(TableError, match=says) as error:
        read_hindcast(page, load_figures(), load_walls("un-dprk"))
    assert "mine.yaml, line" in error.value.file
