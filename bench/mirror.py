"""Measure the mirror test on made-up trade with known plants: what it finds, what it flags for nothing, how fast it is.

What was frozen in bench/results is compared with.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from mirror_world import World, world

from seawall import judge, leak
from seawall.estimate import gaps
from seawall.estimate.mirror import pairs
from seawall.estimate.noise import noise
from seawall.judge.trade import banned
from seawall.model.mirror import Ground
from seawall.tables import law
from seawall.tables.mirror import load_mirror

RESULTS = Path(__file__).parent / "results"
SEEDS = (1, 2, 3)
_FALSE = ("one year 2x", "partner taken for another", "passed through a hub", "goods that are not banned")
"""Plants that must not be flagged."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 if a figure differs from the frozen one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=2_000_000, metavar="N", help="rows of the large file, 0 for none")
    parser.add_argument("--freeze", metavar="DAY", help="keep the figures in bench/results as those of this day")
    options = parser.parse_args(arguments)
    found = measured()
    speed = large(options.rows) if options.rows else {}
    text = render(found, speed)
    print(text)
    path = RESULTS / "mirror.json"
    frozen = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    changed = bool(frozen) and frozen["found"] != found
    if changed:
        print("changed: what is found is not what was frozen")
    if options.freeze:
        kept = {"day": options.freeze, "cores": os.cpu_count(), "found": found, "speed": speed}
        path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        head = f"# The mirror test, measured\n\n{options.freeze}, {os.cpu_count()} cores, polars {pl.__version__}.\n\n"
        path.with_suffix(".md").write_text(head + text + "\n", encoding="utf-8")
    return int(changed and not options.freeze)


def measured(seeds: Sequence[int] = SEEDS) -> dict[str, Any]:
    """Shares of plants flagged, by kind and ground, and of ordinary pairs flagged, over all seeds together."""
    rules = judge.compile(law.load_regimes(), law.load_terms())
    counts: dict[str, list[int]] = {}
    for seed in seeds:
        for name, (hit, all_) in _counted(world(seed), rules).items():
            old = counts.setdefault(name, [0, 0])
            counts[name] = [old[0] + hit, old[1] + all_]
    return {name: {"flagged": hit, "of": all_, "share": round(hit / all_, 4)} for name, (hit, all_) in counts.items()}


def _counted(made: World, rules: judge.Rulebook) -> dict[str, tuple[int, int]]:
    terms = load_mirror()
    found = gaps.raised(noise(pairs(made.rows, terms), terms).pairs, terms)
    bans = banned(rules, made.rows)
    key = ("exporter", "importer", "hs", "year")
    by = {
        Ground.BAND: set(found.filter("outside").select(key).iter_rows()),
        Ground.RUN: set(found.filter("one_sign").select(key).iter_rows()),
        Ground.BAN: set(bans.select(key).iter_rows()),
    }
    every = set().union(*by.values())
    counts = {f"plant: {name}": (len(touched & every), len(touched)) for name, touched in made.plants.items()}
    swapped = set(found.filter(pl.col("confused_with").is_not_null()).select(key).iter_rows())
    taken = made.plants["partner taken for another"]
    counts["partner taken for another, and said so"] = (len(taken & swapped), len(taken))
    # A flow with something planted in it is no ordinary one in its other years either.
    touched = {(a, b, c) for keys in made.plants.values() for a, b, c, _ in keys}
    paired = found.filter(pl.col("standing") == "paired").select(key).iter_rows()
    ordinary = {k for k in paired if k[:3] not in touched}
    for ground, keys in by.items():
        counts[f"ordinary: {ground.value}"] = (len(ordinary & keys), len(ordinary))
    counts["ordinary: any"] = (len(ordinary & every), len(ordinary))
    return counts


def large(rows: int) -> dict[str, Any]:
    """Seconds and memory of the whole command on a file of Comtrade's bulk layout with this many rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bulk.csv"
        _bulk(rows).write_csv(path)
        size = path.stat().st_size
        start = time.perf_counter()
        page = leak.mirror([path])
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": rows, "file_mb": round(size / 1e6), "pairs": page.pairs.height, "seconds": round(seconds, 1),
            "peak_mb": round(peak)}  # fmt: skip


def _bulk(rows: int) -> pl.DataFrame:
    """Rows of the bulk layout: half imports, half exports, by number."""
    n = pl.int_range(0, rows, eager=True)
    half = n // 2
    codes = pl.Series(["643", "156", "410", "392", "276", "251", "842", "826", "124", "699"])
    goods = 10_000 + (half * 7919) % 80_000
    a, b = half % 10, (half // 10) % 9
    first, second = codes[a], codes[(a + b + 1) % 10]
    imports = n % 2 == 0
    frame = pl.DataFrame({"imports": imports, "a": first, "b": second, "n": half, "goods": goods})
    return frame.select(
        typeCode=pl.lit("C"), freqCode=pl.lit("A"), refPeriodId=pl.lit("20180101"), refYear=pl.lit(2018),
        refMonth=pl.lit(52), period=pl.lit(2018) - pl.col("n") // 90 % 3,
        reporterCode=pl.when("imports").then("a").otherwise("b"), flowCode=pl.when("imports").then(pl.lit("M"))
        .otherwise(pl.lit("X")), partnerCode=pl.when("imports").then("b").otherwise("a"), partner2Code=pl.lit(0),
        classificationCode=pl.lit("H5"), classificationSearchCode=pl.lit("HS"), isOriginalClassification=pl.lit(1),
        cmdCode=pl.col("goods").cast(pl.String).str.zfill(6), customsCode=pl.lit("C00"), mosCode=pl.lit(0),
        motCode=pl.lit(0), qtyUnitCode=pl.lit(8), qty=pl.col("n") % 977 + 1, isQtyEstimated=pl.lit(0),
        altQtyUnitCode=pl.lit(-1), altQty=pl.lit(None), isAltQtyEstimated=pl.lit(0), netWgt=pl.col("n") % 977 + 1,
        isNetWgtEstimated=pl.lit(0), grossWgt=pl.lit(None), isGrossWgtEstimated=pl.lit(0), cifvalue=pl.lit(None),
        fobvalue=pl.lit(None), primaryValue=(pl.col("n") % 1009 + 1) * (1000 + pl.col("n") * 31 % 900),
        legacyEstimationFlag=pl.lit(0), isReported=pl.lit(1), isAggregate=pl.lit(0),
    )  # fmt: skip


def render(found: dict[str, Any], speed: dict[str, Any]) -> str:
    """The figures as Markdown."""
    lines = ["| what | flagged | of | share | |", "|---|---:|---:|---:|---|"]
    for name, n in found.items():
        false = name.removeprefix("plant: ") in _FALSE or name.startswith("ordinary")
        good = "should not be" if false else "should be"
        lines.append(f"| {name} | {n['flagged']:,} | {n['of']:,} | {n['share']:.1%} | {good} |")
    if speed:
        lines.append(
            f"\nA bulk file of {speed['rows']:,} rows ({speed['file_mb']} MB, {speed['pairs']:,} pairs): "
            f"{speed['seconds']} s, peak memory {speed['peak_mb']:,} MB with its making."
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
