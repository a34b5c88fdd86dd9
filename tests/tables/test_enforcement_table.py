"""The table of what was seen: figures by their place, judgements with their why, faults with their line."""

from importlib.resources import files

import pytest

from seawall.errors import TableError, UsageError
from seawall.tables.enforcement import load_walls, read_walls
from seawall.tables.figures import load_figures
from seawall.tables.law import load_regimes
from seawall.tables.page import Page

PATH = files("seawall.tables").joinpath("enforcement", "un-dprk.yaml")


class Text:
    """A page in memory."""

    def __init__(self, text):
        self._text = text

    def read_text(self, encoding):  # noqa: ARG002 - as a path has it
        return self._text


def read(before="", after=""):
    text = PATH.read_text(encoding="utf-8")
    assert before in text
    return read_walls(Page(Text(text.replace(before, after, 1) if before else text), "mine.yaml"), load_figures())


def test_levels_are_the_figures_of_their_sources():
    seen = {s.id: s for s in load_walls("un-dprk").seen}
    assert seen["textiles-2018"].baseline.low == 700
    assert seen["textiles-2018"].observed.mid == 3.2
    assert seen["labour-2020"].observed.mid == 511
    assert seen["machinery-2018"].observed.mid == pytest.approx(1 - 0.973)
    assert all(s.sources and s.why for s in seen.values())


def test_tonnes_become_barrels_by_a_figure():
    seen = {s.id: s for s in load_walls("un-dprk").seen}
    low = 52910 * 7.23 + 3_890_000 * 0.36
    assert seen["refined-2019"].observed.low == pytest.approx(low)


def test_every_topic_is_a_tag_of_the_law_or_the_name_of_goods_that_it_leaves_out():
    (regime,) = (r for r in load_regimes() if r.id == "un-dprk")
    tags = {tag for m in regime.measures for tag in m.tags}
    for probe in load_walls("un-dprk").probes:
        assert tags & {*probe.topics} or probe.id == "other-goods", probe.id
        assert probe.why or probe.contract is None


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("probe: coal", "probe: peat", "no probe 'peat'"),
        ("product.textiles.exports", "product.textiles.imports", "no figure with a value"),
        ("item: diesel", "item: gasohol", "no figure with a value"),
        ("unit: persons", "unit: bbl", "measures"),
        ("sources: [jung2016]", "sources: [nobody]", "no source 'nobody'"),
        ("id: coal-2023", "id: coal-2019", "stands twice"),
        ("leak: [0.3, 0.6]", "leak: [0.6, 0.3]", "range of shares"),
        ("unrecorded: [0, 0.1, 0.35]", "unrecorded: [0, 0.4, 0.35]", "upside down"),
        ("unrecorded: [0, 0.1, 0.35]", "unrecorded: [-0.1, 0.1, 0.35]", "a share from 0"),
        ('source: kp, hs: ["2701"]', 'source: kp, sink: kp, hs: ["2701"]', "one of source and sink"),
        (", why: tankers are counted as full; they may be as little as a third full", "", "needs `why`"),
    ],
)
def test_a_fault_names_its_line(before, after, says):
    with pytest.raises(TableError, match=says) as error:
        read(before, after)
    assert "mine.yaml, line" in error.value.file


def test_a_regime_of_which_nothing_was_noted():
    with pytest.raises(UsageError, match="nothing is noted"):
        load_walls("nowhere")
