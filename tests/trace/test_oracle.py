"""The engine against its slow twin, on random graphs with loops, ranges, control and joint arrangements."""

import sys
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest

from seawall.model import Answer, Stake, StakeKind
from seawall.tables.ownership import load_ownership
from seawall.trace import close, explain, graph_of, interest, tree

sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))
import trace_oracle as oracle

DAY = date(2026, 1, 1)
SHARES = [0, 5, 10, 20, 24.9, 25, 25.1, 30, 40, 49.9, 50, 50.1, 60, 75, 90, 100]
NAMES = "ABCDEFG"
GRAPHS, WORLDS = 10_000, 64


def some_graph(rng, ranges=2):
    names = NAMES[: rng.randint(2, len(NAMES))]
    stakes, wide = [], 0
    for _ in range(rng.randint(1, 9)):
        owner, owned = rng.choice(names), rng.choice(names)
        kind = rng.choice([StakeKind.OWNERSHIP] * 6 + [StakeKind.VOTES, StakeKind.BOARD, StakeKind.CONTROL])
        low = rng.choice(SHARES[:13])
        high, known = low, True
        if wide < ranges and rng.random() < 0.4:
            high, known, wide = rng.choice([s for s in SHARES if s >= low]), rng.random() < 0.8, wide + 1
        stakes.append(Stake(owner if rng.random() < 0.97 else "", owned, low, high, kind, known))
    listed = set(rng.sample(names, rng.randint(1, min(3, len(names)))))
    joint = [rng.sample(names, 2)] if rng.random() < 0.3 else []
    return stakes, listed, joint


def engine(test, stakes, listed, joint):
    graph = graph_of(stakes, DAY, joint)
    numbers = graph.numbers(listed)
    return graph, close(graph, test, np.array(sorted(numbers.values()), np.int64))


@pytest.mark.parametrize("part", range(4))
def test_the_twin_says_the_same(part):
    rng, tests, asked, open_ = Random(part), load_ownership(), 0, 0  # noqa: S311 - a sample, no secret
    while asked < GRAPHS // 4:
        stakes, listed, joint = some_graph(rng)
        known = oracle.ranges(stakes, DAY)
        if not known or oracle.count(known) > WORLDS:
            continue
        test = rng.choice(tests)
        graph, closure = engine(test, stakes, listed, joint)
        said = oracle.answers(test, known, listed, joint)
        for name, number in graph.numbers(said).items():
            assert closure.answer(number) is said[name], (test, stakes, listed, joint, name)
            open_ += said[name] is Answer.MAYBE
        asked += 1
    assert open_ > 300


def test_proofs_hold_and_are_the_smallest():
    rng, tests, asked = Random(9), load_ownership(), 0  # noqa: S311 - a sample, no secret
    while asked < 400:
        stakes, listed, _ = some_graph(rng, ranges=0)
        test = rng.choice(tests)
        _, closure = engine(test, stakes, listed, ())
        for number in np.flatnonzero(closure.certain):
            found = explain(closure, int(number))
            if found.listed:
                assert not found.proof
                continue
            world = oracle.lowest(oracle.ranges(stakes, DAY))
            rows = {row for step in found.proof for row in step.rows}
            kept = [stake for row, stake in enumerate(stakes) if row in rows or stake.owner == stake.owned]
            _, again = engine(test, kept, listed, ())
            assert again.certain[again.ground.numbers([found.entity])[found.entity]]
            assert found.smallest
            others = [s for s in found.proof if s.owner != s.owned]
            assert len(others) == oracle.smallest(test, world, listed, found.entity), (test, stakes, listed)
            assert tree(found).owners
            asked += 1


def test_what_may_be_asks_for_what_would_decide():
    rng, tests, asked = Random(5), load_ownership(), 0  # noqa: S311 - a sample, no secret
    while asked < 300:
        stakes, listed, _ = some_graph(rng)
        test = rng.choice(tests)
        _, closure = engine(test, stakes, listed, ())
        for number in np.flatnonzero(closure.possible & ~closure.certain):
            found = explain(closure, int(number))
            assert found.answer is Answer.MAYBE
            assert found.asks
            assert set(found.asks) <= set(found.proof)
            assert found.low <= found.high
            asked += 1


def test_interest_is_the_sum_over_paths():
    rng = Random(3)  # noqa: S311 - a sample, no secret
    for _ in range(300):
        stakes = [
            Stake(owner, owned, share, share)
            for owned in NAMES
            for owner in rng.sample(NAMES, 3)
            for share in [rng.choice([5, 10, 20, 30])]
        ]
        listed = set(rng.sample(NAMES, 2))
        graph = graph_of(stakes, DAY)
        numbers = graph.numbers(NAMES)
        found = interest(graph, np.array([numbers[x] for x in listed]), np.array(list(numbers.values())))
        world = oracle.lowest(oracle.ranges(stakes, DAY))
        by_paths = oracle.interest(world, listed, 200)
        for one in found:
            assert one.low == pytest.approx(100 * by_paths[one.entity], abs=1e-6)
            assert one.high == pytest.approx(100 * by_paths[one.entity], abs=1e-6)
