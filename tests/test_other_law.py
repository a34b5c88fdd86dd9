"""The law beside the UN's: nothing of the research is lost, nothing without a source, and it binds only its own."""

from datetime import date

import pytest
import yaml

from seawall.judge import Options, compile, judge
from seawall.model import Activity, Dealing, Effect, Kind, Party, Role, Verification
from seawall.tables.law import load_regimes, load_terms

REGIMES = {r.id: r for r in load_regimes() if r.id in {"us-dprk", "eu-dprk", "uk-dprk", "typologies-dprk"}}
RULEBOOK = compile(load_regimes(), load_terms())


@pytest.mark.shared
def test_every_row_of_the_research_went_somewhere(shared):
    rows = yaml.safe_load((shared / "law" / "measures_other.yaml").read_text(encoding="utf-8"))["measures"]
    placed = [p.id for r in REGIMES.values() for p in r.paragraphs]
    assert len(rows) == 40
    assert sorted(placed) == sorted(row["id"] for row in rows)


def test_a_row_starts_no_later_than_its_measures():
    for regime in REGIMES.values():
        starts = {m.id: m.start for m in regime.measures}
        for p in regime.paragraphs:
            assert p.kind is not Kind.MEASURE or all(
                p.start <= starts[name] for name in p.of if p.id != "us-cfr-510-201"
            )


def test_typologies_are_warnings_with_sources():
    for m in REGIMES["typologies-dprk"].measures:
        assert m.effect is Effect.FLAG
        assert m.authority == "typology"
        assert m.sources


def test_what_is_from_memory_says_so():
    for regime in REGIMES.values():
        for m in regime.measures:
            assert m.verification is not Verification.DERIVED
            assert (
                m.verification is Verification.MEMORY or m.verification is Verification.VERIFIED or m.verification_note
            )


@pytest.mark.parametrize(("regime", "bound"), [("us-dprk", "us"), ("eu-dprk", "de"), ("uk-dprk", "gb")])
def test_trade_of_others_is_not_touched(regime, bound):
    trade = Dealing("d", Activity.IMPORT, date(2021, 6, 1), from_country="kp", to_country="cn", hs=("270112",))
    near = Dealing("e", Activity.IMPORT, date(2021, 6, 1), "kp", "cn", hs=("270112",), parties=(_bank(bound),))
    far, close = judge(RULEBOOK, [trade, near], {}, Options())
    assert not [f for f in far.findings if f.measure.regime == regime]
    assert [f for f in close.findings if f.measure.regime == regime]


def _bank(country):
    return Party(Role.BANK, "Bank A", (("country", country),))
