"""Laws of who is caught by ownership."""

import sys
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from seawall.model import Answer, Stake, StakeKind
from seawall.tables.ownership import load_ownership
from seawall.trace import close, explain, graph_of, interest
from seawall.trace.closure import Bound, rule

sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))
import trace_oracle as oracle

DAY = date(2026, 1, 1)
NAMES = "ABCDEFGH"
RANK = {Answer.NOT: 0, Answer.MAYBE: 1, Answer.CAUGHT: 2}
SHARE = st.integers(0, 1000).map(lambda x: x / 10) | st.sampled_from([0.0, 25.0, 49.9, 50.0, 50.1, 75.0, 100.0])
NAME = st.sampled_from(NAMES)
TESTS = st.sampled_from(load_ownership())
LISTED = st.sets(st.sampled_from(NAMES), min_size=1, max_size=3)


@st.composite
def stakes(draw):
    """Stakes of which no two state the same holding."""
    found = draw(st.lists(st.tuples(NAME, NAME, KINDS, SHARE, SHARE, st.booleans()), max_size=12))
    held = {(owner, owned, kind): (low, high, known) for owner, owned, kind, low, high, known in found}
    return [
        Stake(owner, owned, min(low, high), max(low, high) if wide else min(low, high), kind)
        for (owner, owned, kind), (low, high, wide) in held.items()
    ]


KINDS = st.sampled_from([StakeKind.OWNERSHIP] * 5 + [StakeKind.VOTES, StakeKind.BOARD, StakeKind.CONTROL])


def answers(test, held, listed, joint=()):
    graph = graph_of(held, DAY, joint)
    numbers = graph.numbers(NAMES)
    closure = close(graph, test, np.array([numbers[x] for x in listed if x in numbers], np.int64))
    return {x: closure.answer(numbers[x]) if x in numbers else Answer.NOT for x in NAMES} | dict.fromkeys(
        listed, Answer.CAUGHT
    )


def total(held):
    sums = defaultdict(float)
    for s in held:
        if s.kind is not StakeKind.CONTROL:
            sums[s.owned, s.kind] += s.low
    return sums


@settings(deadline=None)
@given(TESTS, stakes(), LISTED, st.data())
def test_a_stake_of_a_blocked_owner_never_unblocks(test, held, listed, data):
    before = answers(test, held, listed)
    owner = data.draw(st.sampled_from(sorted(x for x in NAMES if before[x] is Answer.CAUGHT)))
    owned, kind, share = data.draw(st.sampled_from(NAMES)), data.draw(KINDS), data.draw(SHARE)
    if owner == owned or any((s.owner, s.owned, s.kind) == (owner, owned, kind) for s in held):
        return
    after = answers(test, [*held, Stake(owner, owned, share, share, kind)], listed)
    assert all(RANK[after[x]] >= RANK[before[x]] for x in NAMES if before[x] is Answer.CAUGHT)


@settings(deadline=None)
@given(TESTS, stakes(), LISTED, st.sampled_from(NAMES))
def test_another_listing_never_unblocks(test, held, listed, name):
    before, after = answers(test, held, listed), answers(test, held, listed | {name})
    assert all(RANK[after[x]] >= RANK[before[x]] for x in NAMES)


@settings(deadline=None)
@given(TESTS, stakes(), LISTED, st.data())
def test_widening_a_range_never_settles(test, held, listed, data):
    before = answers(test, held, listed)
    wider = [
        s
        if data.draw(st.booleans())
        else replace(s, low=data.draw(st.floats(0, s.low)), known=data.draw(st.booleans()))
        for s in held
    ]
    after = answers(test, wider, listed)
    assert all(after[x] is Answer.MAYBE for x in NAMES if before[x] is Answer.MAYBE)
    assert all(after[x] is not Answer.NOT for x in NAMES if before[x] is Answer.CAUGHT)
    assert all(after[x] is not Answer.CAUGHT for x in NAMES if before[x] is Answer.NOT)


@settings(deadline=None)
@given(TESTS, stakes(), LISTED, st.randoms(), st.permutations(NAMES), st.booleans())
def test_order_and_names_do_not_matter(test, held, listed, rng, others, joined):
    joint = [sorted(NAMES)[:2]] if joined else []
    other = dict(zip(NAMES, others, strict=True))
    renamed = [replace(s, owner=other[s.owner], owned=other[s.owned]) for s in held]
    rng.shuffle(renamed)
    after = answers(test, renamed, {other[x] for x in listed}, [[other[x] for x in g] for g in joint])
    assert answers(test, held, listed, joint) == {x: after[other[x]] for x in NAMES}


@settings(deadline=None)
@given(TESTS, stakes(), LISTED, st.integers(0, 1 << 30))
def test_the_answer_covers_every_sharp_graph_inside(test, held, listed, seed):
    said, rng = answers(test, held, listed), Random(seed)  # noqa: S311 - a sample, no secret
    for _ in range(10):
        chosen = [rng.choice([s.low, s.high, rng.uniform(s.low, s.high)]) for s in held]
        exact = [replace(s, low=x, high=x) for s, x in zip(held, chosen, strict=True)]
        lows, sums = total(held), total(exact)
        if any(sums[slot] > max(100.1, lows[slot]) for slot in sums):
            continue
        for name, answer in answers(test, exact, listed).items():
            assert said[name] in (answer, Answer.MAYBE)


@settings(deadline=None)
@given(TESTS, stakes(), LISTED)
def test_alone_is_never_more_than_together(test, held, listed):
    alone, together = (answers(replace(test, aggregate=x), held, listed) for x in (False, True))
    assert all(RANK[alone[x]] <= RANK[together[x]] for x in NAMES)


@settings(deadline=None)
@given(TESTS, stakes(), st.lists(SHARE, min_size=2, max_size=2))
def test_one_slot_and_many_are_asked_alike(test, held, shares):
    graph = graph_of(held, DAY)
    low, high = sorted(round(1e6 * x) for x in shares)
    slots = np.arange(graph.entity.size)
    for bound in Bound:
        asked = rule(graph, test, bound)
        low_, high_ = np.minimum(low, graph.held), np.maximum(high, np.minimum(low, graph.held))
        many = asked.reached(slots, low_, high_)
        assert many.tolist() == [asked.reached_in(s, int(low_[s]), int(high_[s])) for s in slots.tolist()]


@settings(deadline=None)
@given(TESTS, stakes(), LISTED)
def test_an_explanation_says_what_the_closure_says(test, held, listed):
    graph = graph_of(held, DAY)
    numbers = graph.numbers(NAMES)
    closure = close(graph, test, np.array([numbers[x] for x in listed if x in numbers], np.int64))
    for name, number in numbers.items():
        found = explain(closure, number)
        assert (found.entity, found.answer) == (name, closure.answer(number))
        assert bool(found.proof) == (found.answer is not Answer.NOT and not found.listed)
        assert bool(found.asks) == (found.answer is Answer.MAYBE)
        assert 0 <= found.low <= found.high <= 100


@settings(deadline=None)
@given(stakes(), LISTED)
def test_interest_lies_between_its_bounds_and_ranges_widen_them(held, listed):
    sharp = [replace(s, high=s.low) for s in held]
    found = {}
    for which in (held, sharp):
        graph = graph_of(which, DAY)
        numbers = graph.numbers(NAMES)
        roots = np.array([numbers[x] for x in listed if x in numbers], np.int64)
        for one in interest(graph, roots, np.array(list(numbers.values()), np.int64)):
            assert 0 <= one.low <= one.high + 1e-6
            assert one.high <= 100 + 1e-9
            found.setdefault(one.entity, []).append(one)
    assert all(wide.low <= exact.low + 1e-6 for wide, exact in found.values())


def test_the_twin_counts_worlds():
    known = oracle.ranges([Stake("A", "B", 10, 60), Stake("C", "B", 50, 50)], DAY)
    assert oracle.count(known) == 2
    assert oracle.answers(load_ownership()[1], known, {"A"})["B"] is Answer.MAYBE
