"""Measure judging in bulk: speed and memory against the whole rulebook, and whether two other ways agree.

The slow twin (`tests/oracles/judge_oracle.py`) and `judge()`, which gives reason trees, must say the same as the frame
of every dealing of a sample and every measure. Ends with 1 if they do not.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
from dealings import dealing, evidence, make

from seawall.judge import Options, Rulebook, compile, judge, judge_frame
from seawall.model import Supply
from seawall.sources.ledger import parse_ledger
from seawall.tables.law import load_regimes, load_terms
from seawall.tables.ledger import FILE, ledger_bytes

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "oracles"))
import judge_oracle

ROWS, SECONDS, GIGABYTES, SAMPLE = 1_000_000, 10.0, 4.0, 20_000
"""What is promised on two cores, and how many dealings the twins judge too."""

BATCH = 500
"""Dealings in a file that `judge()` is given at once."""

WORDS = ("outcome", "because", "missing")
Words = tuple[str, str, tuple[str, ...]]


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[ROWS // 4, ROWS // 2, ROWS, 2 * ROWS])
    parser.add_argument("--sample", type=int, default=SAMPLE, help="dealings that the twins judge too; 0 for none")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        _measure(options.alone)
        return 0
    rulebook, _ = _law()
    print(f"{len(rulebook.measures)} measures, {len(rulebook.leaves)} tests; {pl.thread_pool_size()} threads")
    print(f"promised: {ROWS:,} dealings in {SECONDS:.0f} s and {GIGABYTES:.0f} GB on 2 cores\n")
    print(
        f"{'dealings':>12}{'seconds':>9}{'CPU s':>8}{'dealings/s':>12}{'findings':>12}{'rows hit':>10}{'peak MB':>9}",
        flush=True,
    )
    for rows in options.rows:  # each in a process of its own, so that its peak is its own
        command = [sys.executable, __file__, "--alone", str(rows)]
        subprocess.run(command, check=True)
    return _twins(options.sample) if options.sample else 0


def _law() -> tuple[Rulebook, tuple[Supply, ...]]:
    regimes = load_regimes()
    ledger, faults = parse_ledger(ledger_bytes(), FILE, {cap.counts for r in regimes for cap in r.caps})
    assert not faults
    return compile(regimes, load_terms()), ledger


def _measure(rows: int) -> None:
    rulebook, ledger = _law()
    table = make(rulebook, _target(rulebook), rows)
    before, cpu = time.perf_counter(), time.process_time()
    found = judge_frame(rulebook, table, ledger)
    seconds, cpu = time.perf_counter() - before, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    hit = found["row"].n_unique()
    print(f"{rows:12,}{seconds:9.2f}{cpu:8.2f}{rows / seconds:12,.0f}{found.height:12,}{hit:10,}{peak:9,.0f}")
    if rows == ROWS:
        kept = seconds <= SECONDS and peak <= GIGABYTES * 1024
        print(f"{'':12} {'kept' if kept else 'NOT KEPT'}: {', '.join(_outcomes(found))}")


def _outcomes(found: pl.DataFrame) -> Iterator[str]:
    return (f"{n:,} {o}" for o, n in found["outcome"].value_counts(sort=True).iter_rows())


def _target(rulebook: Rulebook) -> str:
    """The target of the most measures."""
    return Counter(rulebook.targets[m.regime] for m in rulebook.measures).most_common(1)[0][0]


def _twins(size: int) -> int:
    rulebook, ledger = _law()
    table = make(rulebook, _target(rulebook), max(ROWS, size)).with_row_index("row")
    before = time.perf_counter()
    found = judge_frame(rulebook, table, ledger)
    speed = table.height / (time.perf_counter() - before)
    picked = table.sample(size, seed=2).sort("row").rows(named=True)
    rows = found.filter(pl.col("row").is_in([row["row"] for row in picked]))
    said = {(row, m): (o, b, tuple(x)) for row, m, o, b, x in rows.select("row", "measure", *WORDS).iter_rows()}
    print(f"\n{size:,} of {table.height:,} dealings x {len(rulebook.measures)} measures\n")
    print(f"{'':24}{'dealings/s':>12}{'slower by':>11}{'findings':>10}{'differ':>8}")
    print(f"{'frame':24}{speed:12,.0f}{1:11,.0f}{len(said):10,}", flush=True)
    faults = 0
    for name, way, mine in (
        ("slow twin", _slowly, {key: words[0] for key, words in said.items()}),
        (f"judge(), {BATCH} at a time", _singly, said),
    ):
        before = time.perf_counter()
        theirs = way(rulebook, ledger, picked)
        other = size / (time.perf_counter() - before)
        differ = [key for key in theirs.keys() | mine.keys() if theirs.get(key) != mine.get(key)]
        print(f"{name:24}{other:12,.0f}{speed / other:11,.0f}{len(theirs):10,}{len(differ):8,}", flush=True)
        for key in sorted(differ)[:5]:
            print(f"    row {key[0]}, {key[1]}: {theirs.get(key)}; the frame: {mine.get(key)}")
        faults += len(differ)
    return 1 if faults else 0


def _slowly(
    rulebook: Rulebook, ledger: Sequence[Supply], picked: Sequence[dict[str, Any]]
) -> dict[tuple[int, str], str]:
    """The outcome of each measure on each dealing, by the slow twin."""
    world = judge_oracle.World(rulebook.terms, {c.id: c for c in rulebook.caps}, ledger)
    said = {}
    for row in picked:
        listed = {(authority, programs): row[column] for column, authority, programs in rulebook.asked}
        here = replace(world, listed=listed)
        d = dealing(row)
        for m in rulebook.measures:
            outcome = judge_oracle.outcome(m, d, rulebook.targets[m.regime], here)
            if outcome is not None:
                said[row["row"], m.id] = outcome.value
    return said


def _singly(
    rulebook: Rulebook, ledger: Sequence[Supply], picked: Sequence[dict[str, Any]]
) -> dict[tuple[int, str], Words]:
    """What `judge()` says of each dealing, in words."""
    said = {}
    for n in range(0, len(picked), BATCH):
        rows = picked[n : n + BATCH]
        found = {row["id"]: evidence(rulebook, row) for row in rows}
        verdicts = judge(rulebook, [dealing(row) for row in rows], found, Options(ledger=ledger))
        for row, verdict in zip(rows, verdicts, strict=True):
            for f in verdict.findings:
                said[row["row"], f.measure.id] = (f.outcome.value, f.because, f.missing)
    return said


if __name__ == "__main__":
    sys.exit(main())
