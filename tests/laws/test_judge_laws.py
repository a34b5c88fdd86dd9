"""Laws of judging, whatever the dealing and the measure, and the slow twin that must agree."""

import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from judge_cases import (
    AUTHORITIES,
    GOLDEN,
    LEDGER,
    REGIMES,
    RULEBOOK,
    TERMS,
    days,
    proofs,
    roots,
    routes,
    several,
)

sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))
import judge_oracle

from seawall.judge import ALWAYS, Options, compile, judge
from seawall.judge.facts import facts, listed
from seawall.judge.frames import evaluate
from seawall.judge.reasons import within
from seawall.judge.rulebook import leaf_key, leaf_keys, leaves_of, truth
from seawall.model import Effect, Outcome

few = settings(deadline=None, max_examples=15)
rarely = settings(deadline=None, max_examples=6)
BY_GRAVITY = {o.gravity: o for o in Outcome}
TARGET = RULEBOOK.targets


def verdicts(dealings, rulebook=RULEBOOK, evidence=(), **options):
    found = {d.id: evidence for d in dealings}
    return judge(rulebook, dealings, found, Options(ledger=LEDGER, **options))


def leaves(rulebook, dealings, evidence=()):
    """The dealings as rows with the truth of every test, and what each measure says of them, None for nothing."""
    answers = [pl.lit(listed(evidence, by, names), dtype=pl.Boolean).alias(c) for c, by, names in rulebook.asked]
    table = evaluate(rulebook, facts(dealings, None).with_columns(answers), LEDGER)
    said = table.select([says.alias(m) for m, says in rulebook.says.items()])
    return table.rows(named=True), [{m: BY_GRAVITY.get(g) for m, g in row.items()} for row in said.rows(named=True)]


@few
@given(several(), st.lists(proofs, max_size=2), st.sets(st.sampled_from(AUTHORITIES)))
def test_the_slow_twin_agrees_on_every_measure(dealings, evidence, nexus):
    answers = {(by, programs): listed(evidence, by, programs) for _, by, programs in RULEBOOK.asked}
    world = judge_oracle.World(TERMS, {c.id: c for c in RULEBOOK.caps}, LEDGER, tuple(nexus), answers)
    for d, found in zip(dealings, verdicts(dealings, evidence=evidence, nexus=tuple(nexus)), strict=True):
        said = {f.measure.id: f.outcome for f in found.findings}
        for m in RULEBOOK.measures:
            binds = not nexus or m.authority in {*nexus, *ALWAYS}
            expected = judge_oracle.outcome(m, d, TARGET[m.regime], world) if binds else None
            assert said.get(m.id) is expected, m.id


@few
@given(several())
def test_the_slow_twin_agrees_on_every_condition(dealings):
    world = judge_oracle.World(TERMS, {c.id: c for c in RULEBOOK.caps}, LEDGER)
    for d, row in zip(dealings, leaves(RULEBOOK, dealings)[0], strict=True):
        for m in RULEBOOK.measures:
            for root in roots(m):
                target = TARGET[m.regime]
                assert truth(root, row, target) is judge_oracle.truth(root, d, target, world), (m.id, root)


@few
@given(several())
def test_no_measure_applies_outside_its_dates(dealings):
    for found in verdicts(dealings):
        for m in (f.measure for f in found.findings if found.on is not None):
            assert m.start <= found.on
            assert m.end is None or found.on <= m.end


@few
@given(several(), days)
def test_judging_on_a_day_is_judging_a_dealing_of_that_day(dealings, on):
    if on is not None:
        assert verdicts(dealings, on=on) == verdicts([replace(d, date=on) for d in dealings])


@few
@given(several())
def test_the_outcome_is_the_gravest_and_undetermined_names_what_is_missing(dealings):
    for found in verdicts(dealings):
        gravest = min((f.outcome.gravity for f in found.findings), default=Outcome.NO_MEASURE_FOUND.gravity)
        assert found.outcome.gravity == gravest
        assert all(f.missing and f.would_change for f in found.findings if f.outcome is Outcome.UNDETERMINED)
        assert all(f.reason.parts for f in found.findings)


@few
@given(several())
def test_a_pattern_that_may_be_there_is_not_reported(dealings):
    for found in verdicts(dealings):
        flags = {f.outcome for f in found.findings if f.measure.effect is Effect.FLAG}
        assert flags <= {Outcome.RED_FLAG, Outcome.EXEMPT}


@rarely
@given(several(), st.randoms())
def test_neither_the_order_of_dealings_nor_that_of_measures_matters(dealings, chance):
    expected = {found.dealing_id: found for found in verdicts(dealings)}
    mixed = [replace(r, measures=tuple(chance.sample(r.measures, len(r.measures)))) for r in REGIMES]
    chance.shuffle(mixed)
    chance.shuffle(dealings)
    found = verdicts(dealings, rulebook=compile(mixed, TERMS))
    assert [v.dealing_id for v in found] == [d.id for d in dealings]
    assert {v.dealing_id: v for v in found} == expected
    assert verdicts(dealings[:1]) == [expected[dealings[0].id]]  # nor do the other dealings


@few
@given(several(), st.lists(proofs, max_size=2), st.sets(st.sampled_from(AUTHORITIES)))
def test_measures_of_the_un_apply_whatever_the_nexus(dealings, evidence, nexus):
    every = verdicts(dealings, evidence=evidence)
    for found, all_found in zip(verdicts(dealings, evidence=evidence, nexus=tuple(nexus)), every, strict=True):
        un = [f for f in all_found.findings if f.measure.authority == "un"]
        assert [f for f in found.findings if f.measure.authority == "un"] == un


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_further_route_only_exempts_or_leaves_open(data):
    """It never makes anything prohibited; what is exempt, and what a measure says nothing of, stays as it is.

    What it exempts it meets, and it leaves open only what turns on a fact that the route itself asks for and nobody
    gave: so `undetermined`, though graver than `approval_required`, is no harsher law, only law that asks for a fact.
    """
    m = data.draw(st.sampled_from(RULEBOOK.measures))
    (regime,) = (r for r in REGIMES if r.id == m.regime)
    route = data.draw(routes(regime))
    dealings, evidence = [*data.draw(several()), *GOLDEN], data.draw(st.lists(proofs, max_size=2))
    _, before = leaves(compile([replace(regime, measures=(m,))], TERMS), dealings, evidence)
    more = replace(m, routes=(*m.routes, route))
    rows, after = leaves(compile([replace(regime, measures=(more,))], TERMS), dealings, evidence)
    for row, was, now in zip(rows, (said[m.id] for said in before), (said[m.id] for said in after), strict=True):
        if was in {None, Outcome.EXEMPT}:
            assert now is was
        elif now is not was:
            met = judge_oracle.kleene(
                "all", [within(route.start, route.end, row["day"]), truth(route.when, row, TARGET[m.regime])]
            )
            assert (now, met) in {(Outcome.EXEMPT, True), (Outcome.UNDETERMINED, None)}
            assert now is Outcome.EXEMPT or m.effect is not Effect.FLAG  # a pattern is never left open


FACTS = (
    "date", "from_country", "to_country", "origin_country", "hs", "goods", "quantity", "unit", "value", "currency",
    "parties", "worker_nationality", "visa", "share", "flag", "route", "contract_date",
)  # fmt: skip
NOTHING = {"date": None, "contract_date": None, "quantity": None, "value": None, "share": None, "hs": (), "parties": ()}
BY_DESIGN = {
    "hs": {"goods"},  # without a code, words name the goods
    "origin_country": {"from_target", "origin_target", "country"},  # not given: where the goods come from
    "flag": {"from_target", "with_target"},  # no ship, or a ship that nobody named
    "from_country": {"with_target", "bound"},  # one place where somebody may be is enough to know whether he is there
    "to_country": {"with_target", "bound"},
    "parties": {"with_target", "bound"},
    "worker_nationality": {"with_target"},
    "goods": {"over_cap"},  # goods that are not named have the general factor between units
    "quantity": {"over_cap"},  # a cap claimed to be open has room for what is not known to be over the whole of it
    "unit": {"over_cap"},
    "value": {"over_cap"},
    "currency": {"over_cap"},
}
"""Facts whose absence some tests take for an answer. So does `mentions` for every text: what is not given mentions
nothing. Claims are no facts: what is not claimed is not there.
"""


def by_design(leaf, fact):
    return leaf.test in BY_DESIGN.get(fact, ()) or (leaf.test == "mentions" and dict(leaf.args)["fact"] == fact)


MAY_BECOME = {
    None: {None, Outcome.UNDETERMINED, Outcome.EXEMPT},  # exempt: the scope is open, and a route is met in any case
    Outcome.EXEMPT: {Outcome.EXEMPT, Outcome.UNDETERMINED},
    Outcome.UNDETERMINED: {Outcome.UNDETERMINED},
    Outcome.APPROVAL_REQUIRED: {Outcome.APPROVAL_REQUIRED, Outcome.UNDETERMINED},
    Outcome.PROHIBITED: {Outcome.PROHIBITED, Outcome.UNDETERMINED},
}
OF_A_FLAG = {
    None: {None},
    Outcome.EXEMPT: {Outcome.EXEMPT, Outcome.RED_FLAG, None},
    Outcome.RED_FLAG: {Outcome.RED_FLAG, None},
}


KEYS = {leaf_key(leaf, TARGET[m.regime]): leaf for m in RULEBOOK.measures for leaf in leaves_of(m)}
HELD = {fact: {key for key, leaf in KEYS.items() if not by_design(leaf, fact)} for fact in FACTS}
MEASURES = {
    fact: [m for m in RULEBOOK.measures if HELD[fact].issuperset(leaf_keys(m, TARGET[m.regime]))] for fact in FACTS
}


@few
@given(several(most=4))
def test_a_fact_removed_only_opens_what_was_definite(dealings):
    """A test turns to unknown or stays; so no measure turns from one definite answer to the other: what is prohibited
    never becomes exempt or nothing, nor the reverse. Tests are held to it but for what is `by_design`, and measures for
    every fact that none of their tests takes the absence of for an answer.
    """
    less = [(d, fact, replace(d, **{fact: NOTHING.get(fact, "")})) for d in dealings for fact in FACTS]
    rows, said = leaves(RULEBOOK, [d for d, *_ in less])
    poorer_rows, poorer_said = leaves(RULEBOOK, [d for *_, d in less])
    for n, (_, fact, _) in enumerate(less):
        turned = {key for key in HELD[fact] if poorer_rows[n][key] not in {None, rows[n][key]}}
        assert not turned, (fact, turned)
        for m in MEASURES[fact]:
            may = OF_A_FLAG if m.effect is Effect.FLAG else MAY_BECOME
            assert poorer_said[n][m.id] in may[said[n][m.id]], (fact, m.id)


def test_most_measures_are_held_to_that_law():
    for fact, held in MEASURES.items():
        assert len(held) > len(RULEBOOK.measures) / 3, fact


@few
@given(several())
def test_committee_approval_never_makes_it_graver(dealings):
    approved = [replace(d, approval=(*d.approval, "committee_approval")) for d in dealings]
    for was, now in zip(verdicts(dealings), verdicts(approved), strict=True):
        assert now.outcome.gravity >= was.outcome.gravity
