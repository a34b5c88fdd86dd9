"""Laws of judging, and its slow twin."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))
import judge_oracle

from seawall.judge import Options, compile, judge
from seawall.judge.facts import facts
from seawall.judge.frames import evaluate
from seawall.judge.rulebook import truth
from seawall.model import Activity, Dealing, Outcome, Party, Role
from seawall.tables.law import load_regimes, load_terms

REGIMES, TERMS = load_regimes(), load_terms()
RULEBOOK = compile(REGIMES, TERMS)
CLAIMS = sorted(
    {claim for m in RULEBOOK.measures for r in m.routes for leaf in [r.when, *r.when.parts] if leaf.test == "claimed"
     for claim in dict(leaf.args)["any"]}
)  # fmt: skip
country = st.sampled_from(["", "kp", "ru", "cn"])
dealings = st.builds(
    Dealing,
    id=st.just("d"),
    activity=st.sampled_from(Activity),
    date=st.none() | st.dates(date(2015, 1, 1), date(2024, 12, 31)),
    from_country=country,
    to_country=country,
    origin_country=country,
    hs=st.lists(
        st.sampled_from(["27", "2701", "270900", "2710", "6203", "0306", "84", "9403", "7801"]), max_size=2
    ).map(tuple),
    goods=st.sampled_from(["", "coal", "condensate", "crude oil", "ship crew", "furniture"]),
    quantity=st.none() | st.sampled_from([1.0, 60_000.0, 60_001.0, 600_000.0]),
    unit=st.sampled_from(["", "t", "bbl", "pcs"]),
    parties=st.sampled_from([(), (Party(Role.PARTNER, "A", (("country", "kp"),)),), (Party(Role.BUYER, "B"),)]),
    worker_nationality=country,
    flag=country,
    route=st.sampled_from(["", "khasan-rajin", "elsewhere"]),
    contract_date=st.none() | st.dates(date(2015, 1, 1), date(2019, 12, 31)),
    approval=st.lists(st.sampled_from(CLAIMS), max_size=2).map(tuple),
    purpose=st.lists(st.sampled_from(CLAIMS), max_size=2).map(tuple),
)


def verdict(dealing):
    return judge(RULEBOOK, [dealing], {}, Options())[0]


@settings(deadline=None)
@given(dealings)
def test_every_condition_agrees_with_the_slow_twin(dealing):
    row = evaluate(RULEBOOK, facts([dealing], None), ()).row(0, named=True)
    world = judge_oracle.World(TERMS, {c.id: c for c in RULEBOOK.caps})
    for m in RULEBOOK.measures:
        target = RULEBOOK.targets[m.regime]
        for root in (m.scope, *(r.when for r in m.routes)):
            assert truth(root, row, target) is judge_oracle.truth(root, dealing, target, world), (m.id, root)


@settings(deadline=None)
@given(dealings)
def test_no_measure_applies_outside_its_dates(dealing):
    for finding in verdict(dealing).findings:
        if dealing.date is not None:
            assert finding.measure.start <= dealing.date
            assert finding.measure.end is None or dealing.date <= finding.measure.end


@settings(deadline=None)
@given(dealings)
def test_the_outcome_is_the_gravest_and_undetermined_names_what_is_missing(dealing):
    found = verdict(dealing)
    gravest = min((f.outcome.gravity for f in found.findings), default=Outcome.NO_MEASURE_FOUND.gravity)
    assert found.outcome.gravity == gravest
    assert all(f.missing and f.would_change for f in found.findings if f.outcome is Outcome.UNDETERMINED)
    assert all(f.reason.parts for f in found.findings)


@settings(deadline=None)
@given(dealings)
def test_committee_approval_never_makes_it_graver(dealing):
    approved = replace(dealing, approval=(*dealing.approval, "committee_approval"))
    assert verdict(approved).outcome.gravity >= verdict(dealing).outcome.gravity


@settings(deadline=None)
@given(dealings)
def test_a_forgotten_date_never_turns_a_finding_into_none(dealing):
    if verdict(dealing).outcome not in {Outcome.NO_MEASURE_FOUND, Outcome.RED_FLAG}:
        assert verdict(replace(dealing, date=None)).outcome is not Outcome.NO_MEASURE_FOUND


@settings(deadline=None)
@given(st.lists(dealings, min_size=2, max_size=4))
def test_a_verdict_does_not_depend_on_the_others(several):
    named = [replace(d, id=str(n)) for n, d in enumerate(several)]
    together = judge(RULEBOOK, named, {}, Options())
    assert together == [judge(RULEBOOK, [d], {}, Options())[0] for d in named]
