"""Laws of judging whole frames: the same as one dealing at a time, however the frame is cut and ordered."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge_cases import AUTHORITIES, GOLDEN, LEDGER, RULEBOOK, TARGETS, TERMS, proofs, several

sys.path += [str(Path(__file__).parents[1] / "oracles"), str(Path(__file__).parents[2] / "bench")]
import dealings as made
import judge_oracle

from seawall.judge import FINDINGS, Options, compile, judge, judge_frame
from seawall.judge.facts import facts, listed
from seawall.model import Outcome

rarely = settings(deadline=None, max_examples=6)
TABLE = pl.concat([made.make(RULEBOOK, target, 2000 // len(TARGETS), seed=5, share=0.6) for target in TARGETS])
TABLE = TABLE.with_columns(
    pl.int_range(pl.len()).cast(pl.String).alias("id"),
    pl.concat_str([pl.col("claims").shift(n, fill_value=";") for n in range(3)]),  # many claims at once
)
SAID = judge_frame(RULEBOOK, TABLE, LEDGER)


@rarely
@given(several(), st.lists(proofs, max_size=2), st.sets(st.sampled_from(AUTHORITIES)))
def test_a_frame_says_what_single_dealings_are_told(dealings, evidence, nexus):
    asked = [pl.lit(listed(evidence, by, names), dtype=pl.Boolean).alias(c) for c, by, names in RULEBOOK.asked]
    found = judge_frame(RULEBOOK, facts(dealings, None).with_columns(asked), LEDGER, tuple(nexus))
    options = Options(ledger=LEDGER, nexus=tuple(nexus))
    single = judge(RULEBOOK, dealings, {d.id: evidence for d in dealings}, options)
    said = {(n, f.measure.id): (f.outcome, f.because, [*f.missing]) for n, v in enumerate(single) for f in v.findings}
    assert {(row, m): tuple(words) for row, m, *words in found.iter_rows()} == said


def test_rows_that_come_out_the_same_way_are_told_the_same_as_each_alone():
    rows = TABLE.head(500).rows(named=True)
    found = {row["id"]: made.evidence(RULEBOOK, row) for row in rows}
    verdicts = judge(RULEBOOK, [made.dealing(row) for row in rows], found, Options(ledger=LEDGER))
    single = {
        (n, f.measure.id): (f.outcome, f.because, [*f.missing]) for n, v in enumerate(verdicts) for f in v.findings
    }
    assert {(row, m): tuple(words) for row, m, *words in SAID.filter(pl.col("row") < 500).iter_rows()} == single


def test_the_days_on_which_routes_open_and_close_are_told_apart():
    """A measure may leave every test as it was and yet say something else, for a route of it runs no more."""
    concerned = {}
    for verdict, known in zip(judge(RULEBOOK, GOLDEN, {}, Options(ledger=LEDGER)), GOLDEN, strict=True):
        concerned |= {f.measure.id: known for f in verdict.findings}
    dealings = [
        replace(known, id=f"{m.id} {edge} {gap}", date=edge + timedelta(days=gap))
        for m in RULEBOOK.measures
        if (known := concerned.get(m.id)) is not None
        for edge in {day for r in m.routes for day in (r.start, r.end) if day}
        for gap in (-1, 0, 1)
    ]
    found = judge_frame(RULEBOOK, facts(dealings, None), LEDGER)
    single = judge(RULEBOOK, dealings, {}, Options(ledger=LEDGER))
    said = {(n, f.measure.id): (f.outcome, f.because, [*f.missing]) for n, v in enumerate(single) for f in v.findings}
    assert {(row, m): tuple(words) for row, m, *words in found.iter_rows()} == said


def test_the_slow_twin_agrees_on_every_row_and_measure():
    """A sample; `bench/judge.py` takes 20,000."""
    world = judge_oracle.World(TERMS, {c.id: c for c in RULEBOOK.caps}, LEDGER)
    said = {(row, m): outcome for row, m, outcome, *_ in SAID.iter_rows()}
    for n, row in enumerate(TABLE.iter_rows(named=True)):
        answers = {(by, programs): row[column] for column, by, programs in RULEBOOK.asked}
        here = replace(world, listed=answers)
        dealing = made.dealing(row)
        for m in RULEBOOK.measures:
            assert said.get((n, m.id)) == judge_oracle.outcome(m, dealing, RULEBOOK.targets[m.regime], here), (n, m.id)


@pytest.mark.parametrize(("size", "times"), [(1, 10), (700, 3)])
def test_a_frame_may_be_cut_anywhere(size, times):
    table = TABLE.head(times * size)
    parts = [
        judge_frame(RULEBOOK, table.slice(n, size), LEDGER).with_columns(pl.col("row") + pl.lit(n, dtype=pl.UInt32))
        for n in range(0, table.height, size)
    ]
    assert pl.concat(parts).equals(SAID.filter(pl.col("row") < table.height))


def test_the_order_of_rows_does_not_matter():
    mixed = TABLE.with_row_index("was").sample(fraction=1, shuffle=True, seed=3)
    found = judge_frame(RULEBOOK, mixed.drop("was"), LEDGER)
    back = found.with_columns(mixed["was"].gather(found["row"]).alias("row"))
    assert back.sort("row", maintain_order=True).equals(SAID)


def test_findings_are_by_row_then_gravity_and_a_measure_says_one_thing():
    assert dict(SAID.schema) == dict(FINDINGS)
    gravity = {o.value: o.gravity for o in Outcome}
    order = SAID.select("row", pl.col("outcome").replace_strict(gravity, return_dtype=pl.UInt8))
    assert order.equals(order.sort("row", "outcome"))
    assert not SAID.select("row", "measure").is_duplicated().any()
    assert not SAID.filter((pl.col("outcome") == "undetermined") & (pl.col("missing").list.len() == 0)).height


def test_columns_that_are_not_there_are_not_known():
    few = TABLE.select("activity", "day", "to_country")
    full = few.with_columns(pl.lit(None, dtype=TABLE.schema[c]).alias(c) for c in TABLE.columns if c not in few.columns)
    unlisted = full.with_columns(pl.lit(False).alias(column) for column, *_ in RULEBOOK.asked)
    assert judge_frame(RULEBOOK, few).equals(judge_frame(RULEBOOK, unlisted))


def test_nothing_to_judge_and_nothing_to_judge_by_give_nothing():
    for rulebook, table in ((RULEBOOK, TABLE.clear()), (compile([], TERMS), TABLE)):
        found = judge_frame(rulebook, table, LEDGER)
        assert dict(found.schema) == dict(FINDINGS)
        assert not found.height
