"""Bad law stops at load: every fault is told with its file, its line and its field."""

from textwrap import dedent

import pytest

from seawall.errors import TableError
from seawall.judge import compile
from seawall.tables.goods import read_goods
from seawall.tables.law import load_terms, read_regime

REGIME = """\
id: aq-ice
title: A regime made up for this test
target: aq
authority: house
edition: "2030-01-01"
"""

LAW = """\
instrument: Ice Rules 2030
url: https://example.org/ice
caps:
- id: fuel
  title: fuel of all suppliers
  paragraph: "6"
  counts: fuel
  limits: [{amount: 100, unit: t}]
  start: 2030-03-01
measures:
- id: ice-3
  paragraph: "3"
  title: No ice
  effect: ban
  binding: decides
  start: 2030-01-01
  end: 2030-02-28
  scope: {origin_target: true}
  superseded_by: [ice-4]
  verification: memory
- id: ice-4
  paragraph: "4"
  title: No ice or coal
  effect: ban
  binding: decides
  start: 2030-03-01
  scope:
    all:
    - activity: [import]
    - origin_target: true
    - goods: [coal]
    - over_cap: {cap: fuel}
  routes:
  - id: contracts
    kind: wind_down
    title: contract before March
    end: 2030-05-30
    when: {before: {fact: contract_date, day: 2030-03-01}}
  previous: [ice-3]
  verification: memory
"""


def folder(tmp_path, law=LAW, regime=REGIME):
    home = tmp_path / "aq-ice"
    home.mkdir()
    (home / "regime.yaml").write_text(regime, encoding="utf-8")
    (home / "ice.yaml").write_text(law, encoding="utf-8")
    return home


def fault(home):
    with pytest.raises(TableError) as caught:
        compile([read_regime(home)], load_terms())
    return str(caught.value)


def test_the_law_without_a_fault_loads(tmp_path):
    rulebook = compile([read_regime(folder(tmp_path))], load_terms())
    assert [m.id for m in rulebook.measures] == ["ice-3", "ice-4"]


LINES = {text: n for n, text in enumerate(LAW.splitlines(), start=1)}
FIRST, SECOND = LINES["- id: ice-3"], LINES["- id: ice-4"]
SCOPE = LINES["  scope:"]


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("- activity: [import]", "- activitee: [import]", SECOND, "ice-4.scope", "no such test"),
        ("- activity: [import]", "- activity: [imports]", SECOND, "ice-4.scope", "no activity imports"),
        ("- activity: [import]", "- activity: import", SCOPE + 1, "measures.1.scope", "is a list in square brackets"),
        ("- activity: [import]", "- activity: true", SECOND, "ice-4.scope", "needs or does not know 'any'"),
        ("- origin_target: true", "- country: {fact: to_country, any: [no]}", SCOPE + 1, "measures.1.scope", "quotes"),
        ("- origin_target: true", "- country: {fact: to, any: [se]}", SECOND, "ice-4.scope", "no fact 'to'"),
        ("- origin_target: true", "- country: {any: [se]}", SECOND, "ice-4.scope", "needs or does not know 'fact'"),
        ("- origin_target: true", "- listed: {authority: eu, program: [ICE]}", SECOND, "ice-4.scope", "know program"),
        ("- origin_target: true", "- open_question: {ask: where}", SECOND, "ice-4.scope", "needs or does not know"),
        ("- origin_target: true", "- price_above: {limit: 60, currency: usd}", SECOND, "ice-4.scope", "know 'per'"),
        ("- origin_target: true", "- value_above: {limit: a lot, currency: usd}", SECOND, "ice-4.scope", "a lot"),
        ("- origin_target: true", "- a: 1\n      b: 2", SCOPE + 1, "measures.1.scope", "one operator or test"),
        ("- origin_target: true", "- any: []", SCOPE + 1, "measures.1.scope", "needs a list of conditions"),
        ("- goods: [coal]", "- goods: [frozen_coal]", SECOND, "ice-4.scope", "no goods scope 'frozen_coal'"),
        ("{cap: fuel}", "{cap: feul}", SECOND, "ice-4.scope", "no cap 'feul'"),
        ("before: {fact", "befor: {fact", SECOND, "ice-4.routes.contracts", "no such test"),
        ("day: 2030-03-01}}", "day: soon}}", SECOND, "ice-4.routes.contracts", "soon"),
        (
            "when: {before: {fact: contract_date, day: 2030-03-01}}",
            "when: {all: {}}",
            LINES["  routes:"] + 1,
            "measures.1.routes",
            "needs a list",
        ),
        ("kind: wind_down", "kind: winddown", LINES["  routes:"] + 1, "measures.1.routes", "no kind of route"),
        ("    end: 2030-05-30", "    end: 2030-02-28", LINES["  routes:"] + 1, "measures.1.routes", "ends before"),
        ("  title: No ice\n", "  titel: No ice\n", FIRST, "measures.0.title", "Field required"),
        ("  title: No ice\n", "  title: No ice\n  note: x\n", FIRST + 3, "measures.0.note", "Extra inputs"),
        ("effect: ban", "effect: forbid", FIRST + 3, "measures.0.effect", "'ban'"),
        ("verification: memory", "verification: sure", FIRST + 9, "measures.0.verification", "'verified'"),
        ("end: 2030-02-28", "end: 2030-03-01", FIRST, "end", "overlaps ice-4"),
        ("  end: 2030-02-28\n", "", FIRST, "end", "overlaps ice-4"),
        ("[ice-4]", "[ice-5]", FIRST, "superseded_by", "ice-5, which is not there"),
        ("previous: [ice-3]", "previous: [ice-2]", SECOND, "previous", "ice-2, which is not there"),
        ("start: 2030-01-01", "start: 2030-03-01", FIRST + 6, "measures.0.end", "ends before it starts"),
        ("start: 2030-01-01", "start: in spring", FIRST + 5, "measures.0.start", "valid date"),
        ("start: 2030-01-01", "start: 2030-02-30", FIRST + 5, "start", "'2030-02-30' is no date"),
        ("  scope: {origin_target: true}", "  scope: ice", FIRST + 7, "measures.0.scope", "is a mapping, not 'ice'"),
        ("- id: ice-4", "- id: ice-3", SECOND, "measures.1.id", "ice-3 stands twice"),
        ("url: https://example.org/ice\n", "", FIRST - 1, "measures.0.url", "no citation"),
        (", unit: t", "", LINES["  limits: [{amount: 100, unit: t}]"], "caps.0.limits.0.unit", "Field required"),
        (
            "start: 2030-03-01\nmeasures",
            "start: 2030-03-01\n  end: 2030-02-01\nmeasures",
            10,
            "caps.0.end",
            "before it",
        ),
        ("title: No ice\n", "title: No ice: none\n", FIRST + 2, "title", "not YAML: mapping values"),
        ("[import]", "[import", LINES["    - activity: [import]"] + 1, "origin_target", "begins in line 29"),
        ("  effect: ban", "\teffect: ban", FIRST + 3, "effect", "not YAML"),
    ],
)
def test_a_fault_is_told_with_file_line_and_field(tmp_path, old, new, line, field, says):
    assert old in LAW
    told = fault(folder(tmp_path, LAW.replace(old, new, 1)))
    assert told.startswith(f"aq-ice/ice.yaml, line {line}, field '{field}'"), told
    assert says in told.split(": ", 1)[1]


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ("target: aq", "target: antarctica", 3, "target", "at most 2"),
        ("authority: house\n", "", 1, "authority", "Field required"),
        ("edition", "routes: [{id: a, kind: b, title: c, when: {claimed: [d]}}]\nedition", 5, "routes.0", "no kind"),
    ],
)
def test_a_fault_in_what_the_regime_says_of_itself(tmp_path, old, new, line, field, says):
    told = fault(folder(tmp_path, regime=REGIME.replace(old, new, 1)))
    assert told.startswith(f"aq-ice/regime.yaml, line {line}, field '{field}'"), told
    assert says in told


def test_a_folder_without_regime_yaml(tmp_path):
    home = folder(tmp_path)
    (home / "regime.yaml").unlink()
    assert fault(home).startswith("aq-ice/regime.yaml: cannot be read")


def test_a_file_in_another_encoding(tmp_path):
    home = folder(tmp_path)
    (home / "ice.yaml").write_bytes(LAW.replace("No ice\n", "Näo\n").encode("latin-1"))
    assert fault(home).startswith("aq-ice/ice.yaml: cannot be read as UTF-8")


def test_an_id_that_stands_in_two_files_or_two_regimes(tmp_path):
    home = folder(tmp_path)
    (home / "more.yaml").write_text(
        LAW.split("caps:", 1)[0] + "measures:" + LAW.split("measures:")[1], encoding="utf-8"
    )
    assert fault(home).startswith("aq-ice/more.yaml, line 4, field 'measures.0.id': ice-3 stands twice")
    (home / "more.yaml").unlink()
    twin = read_regime(home)
    with pytest.raises(TableError, match=rf"aq-ice/ice\.yaml, line {FIRST}, field 'id': ice-3 stands in two regimes"):
        compile([twin, twin], load_terms())


@pytest.mark.parametrize(
    ("scope", "line", "field", "says"),
    [
        ("hs: ['2704', '8806.99']", 2, "drones.hs", None),
        ("hs: ['2704', '8899']", 2, "drones.hs", "no code 8899 in any edition since 2012"),
        ("hs_of: {2017: ['8806']}", 2, "drones.hs_of", "HS 2017 has no code 8806; editions that have it: 2022"),
        ("hs_of: {2022: ['8803']}", 2, "drones.hs_of", "HS 2022 has no code 8803"),
        ("hs: ['88o6']", 2, "drones.hs", "digits only"),
        ("hs: [8806]", 2, "drones.hs.0", "valid string"),
        ("codes: ['8806']", 2, "drones.codes", "Extra inputs"),
    ],
)
def test_a_fault_in_goods_is_told_with_file_line_and_field(tmp_path, scope, line, field, says):
    page = tmp_path / "drones.yaml"
    page.write_text(dedent(f"drones:\n  {scope}\n  verification: memory\n"), encoding="utf-8")
    if says is None:
        assert read_goods(page)["drones"].codes == ("2704", "880699")
        return
    with pytest.raises(TableError) as caught:
        read_goods(page)
    assert str(caught.value).startswith(f"goods/drones.yaml, line {line}, field '{field}'")
    assert says in str(caught.value)
