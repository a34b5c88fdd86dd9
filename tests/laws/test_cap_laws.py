"""Laws of caps and ledgers: what was truly supplied lies in the range, and more is never less."""

import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge_cases import LEDGER, RULEBOOK, TERMS

sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))
import judge_oracle

from seawall.judge.caps import column
from seawall.judge.facts import facts
from seawall.judge.frames import evaluate
from seawall.judge.ledger import used, with_used
from seawall.judge.rulebook import leaf_key, leaves_of
from seawall.model import Activity, Cap, Dealing, Limit, Supply

START, LENGTH = date(2018, 1, 1), 8
CAP = Cap("c", "a cap", "1", (Limit(100.0, "bbl"),), START, START + timedelta(days=LENGTH - 1), counts="goods")
FACTOR = TERMS.factors[CAP.factor]
SUPPLIERS = ["ru", "cn"]
often = settings(deadline=None, max_examples=100)
few = settings(deadline=None, max_examples=30)
rarely = settings(deadline=None, max_examples=15)
days = st.builds(lambda n: START + timedelta(days=n), st.integers(0, LENGTH - 1))
amounts = st.floats(0, 60).map(lambda x: round(x, 1))


@st.composite
def rows(draw, suppliers=("ru", "cn", "all"), units=("bbl", "t")):
    """A row of a ledger, within the period or across its ends."""
    first, length = draw(st.integers(-2, LENGTH)), draw(st.integers(0, 4))
    start, low, more = START + timedelta(days=first), draw(amounts), draw(st.none() | amounts)
    return Supply(
        CAP.counts, start, start + timedelta(days=length), draw(st.sampled_from(suppliers)), low,
        None if more is None else low + more, draw(st.sampled_from(units)), "made up",
    )  # fmt: skip


def world(ledger, cap=CAP):
    return judge_oracle.World(TERMS, {cap.id: cap}, ledger)


def near(pair):
    return pytest.approx(pair[0]), pair[1] if pair[1] is None else pytest.approx(pair[1])


@often
@given(st.lists(rows(), max_size=6), days)
def test_the_slow_twin_agrees(ledger, day):
    assert used(CAP, "bbl", day, ledger, FACTOR) == near(judge_oracle.supplied(CAP, "bbl", day, world(ledger)))


@often
@given(st.lists(rows(), max_size=6))
def test_a_column_says_of_each_day_what_that_day_is_told(ledger):
    every = [START + timedelta(days=n) for n in range(-2, LENGTH + 2)]
    yearly = replace(CAP, end=None, yearly=True)
    for cap in (CAP, yearly):
        table = with_used(pl.DataFrame({"day": every}), [cap], ledger, TERMS.factors)
        found = zip(table[column(cap, "bbl:low")], table[column(cap, "bbl:high")], strict=True)
        assert list(found) == [used(cap, "bbl", day, ledger, FACTOR) for day in every]


@often
@given(st.lists(rows(), max_size=6), rows(), days)
def test_a_further_row_never_lowers_the_lower_end_nor_raises_the_upper(ledger, row, day):
    low, high = used(CAP, "bbl", day, ledger, FACTOR)
    more_low, more_high = used(CAP, "bbl", day, [*ledger, row], FACTOR)
    assert more_low >= low
    assert high is None or (more_high is not None and more_high <= high)


@st.composite
def true_ledgers(draw):
    """What each supplier supplied on each day, and rows that say so: exactly, as a range, in tonnes, some left out."""
    supplied = {name: [draw(amounts) for _ in range(LENGTH)] for name in SUPPLIERS}
    ledger = []
    for _ in range(draw(st.integers(0, 6))):
        first, name = draw(st.integers(0, LENGTH - 1)), draw(st.sampled_from([*SUPPLIERS, "all"]))
        last = draw(st.integers(first, LENGTH - 1))
        total = sum(sum(supplied[s][first : last + 1]) for s in (SUPPLIERS if name == "all" else [name]))
        unit = draw(st.sampled_from(["bbl", "t"]))
        size = 1.0 if unit == "bbl" else draw(st.floats(FACTOR.low, FACTOR.high))
        slack = draw(st.sampled_from([0.0, 0.1]))
        high = draw(st.sampled_from([None, total * (1 + slack) / size]))
        start, end = START + timedelta(days=first), START + timedelta(days=last)
        ledger.append(Supply(CAP.counts, start, end, name, total * (1 - slack) / size, high, unit, "made up"))
    return supplied, ledger


@often
@given(true_ledgers(), st.integers(0, LENGTH - 1))
def test_what_was_truly_supplied_lies_in_the_range(true, day):
    """So the lower end is at most the upper one where both are known, unless rows of the ledger contradict others."""
    supplied, ledger = true
    low, high = used(CAP, "bbl", START + timedelta(days=day), ledger, FACTOR)
    truly = sum(sum(amounts[:day]) for amounts in supplied.values())
    assert low <= truly * (1 + 1e-9) + 1e-9
    assert high is None or truly <= high * (1 + 1e-9) + 1e-9


@often
@given(st.lists(rows(), max_size=6), st.sampled_from([-1, LENGTH]))
def test_nothing_counts_on_days_without_the_cap(ledger, day):
    assert used(CAP, "bbl", START + timedelta(days=day), ledger, FACTOR) == (0.0, 0.0)


def dealing(day, quantity, unit, goods="", claims=()):
    return Dealing("d", Activity.SUPPLY, day, goods=goods, quantity=quantity, unit=unit, approval=claims)


def over(dealings, ledger):
    """By cap, whether each dealing goes over it."""
    table = evaluate(RULEBOOK, facts(dealings, None), ledger)
    found = {}
    for m in RULEBOOK.measures:
        for leaf in leaves_of(m):
            if leaf.test == "over_cap":
                found[dict(leaf.args)["cap"]] = table[leaf_key(leaf, RULEBOOK.targets[m.regime])].to_list()
    return found


ORDER = {False: 0, None: 1, True: 2}
real_days = st.none() | st.dates(date(2016, 11, 1), date(2024, 12, 31))


CLAIMS = st.sampled_from([(), ("cap_open",), ("cap_exhausted",)])
UNITS, GOODS = st.sampled_from(["t", "bbl", "kg", ""]), st.sampled_from(["", "crude", "lpg", "crude lpg"])
sizes = st.none() | st.floats(0, 6e6) | st.floats(0, 3e4)
cargoes = st.builds(
    Dealing, id=st.just("d"), activity=st.just(Activity.SUPPLY), goods=GOODS, quantity=sizes, unit=UNITS,
    date=real_days | st.sampled_from([cap.start + timedelta(days=10) for cap in RULEBOOK.caps]),
    value=st.none() | st.floats(0, 6e8), currency=st.sampled_from(["usd", "eur", ""]), approval=CLAIMS,
)  # fmt: skip


def nearly_full(share):
    """A ledger that holds so much of each limit, notified for the first ten days of the cap."""
    return [
        Supply(
            cap.counts, cap.start, cap.start + timedelta(days=9), "all", x.amount * share, x.amount * share, x.unit, ""
        )
        for cap in RULEBOOK.caps
        for x in cap.limits
    ]


@few
@given(
    st.lists(cargoes, min_size=10, max_size=40),
    st.sampled_from([(), LEDGER]) | st.sampled_from([0.5, 0.94, 0.96, 1.0]).map(nearly_full),
)
def test_the_slow_twin_agrees_on_every_cargo(some, ledger):
    caps = {cap.id: cap for cap in RULEBOOK.caps}
    for name, answers in over(some, ledger).items():
        slow = judge_oracle.World(TERMS, caps, ledger)
        assert answers == [judge_oracle.over_cap(caps[name], d, {*d.approval}, slow) for d in some]


@pytest.mark.parametrize("unit", ["bbl", "t"])
def test_one_unit_is_enough_for_a_limit_in_two(unit):
    caps = [cap for cap in RULEBOOK.caps if cap.either]
    cargoes = [dealing(cap.start + timedelta(days=10), 1.0, unit) for cap in caps]
    answers = over(cargoes, nearly_full(0.5))
    assert caps
    assert all(answers[cap.id][n] is False for n, cap in enumerate(caps))


@rarely
@given(
    real_days,
    UNITS,
    GOODS,
    st.lists(st.floats(0, 6e6), min_size=2, max_size=20),
    CLAIMS,
    st.sampled_from([(), LEDGER]),
)
def test_more_quantity_never_turns_over_into_within(day, unit, goods, quantities, claims, ledger):
    rising = [dealing(day, quantity, unit, goods, claims) for quantity in sorted(quantities)]
    for answers in over(rising, ledger).values():
        ranks = [ORDER[answer] for answer in answers]
        assert ranks == sorted(ranks)


@rarely
@given(st.lists(st.tuples(real_days, st.floats(0, 1e6)), max_size=20), st.lists(rows(), max_size=3), st.floats(0, 1e4))
def test_a_fuller_ledger_never_turns_over_into_within(some, more, size):
    further = [
        replace(row, goods=cap.counts, low=row.low * size, high=None if row.high is None else row.high * size)
        for row in more
        for cap in RULEBOOK.caps
    ]
    dealings = [dealing(day, quantity, "t") for day, quantity in some]
    before, after = over(dealings, LEDGER), over(dealings, [*LEDGER, *further])
    for cap, answers in before.items():
        assert all(now is True for was, now in zip(answers, after[cap], strict=True) if was is True)
