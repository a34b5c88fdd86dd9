"""Measure screening on labelled names: recall by set, alert rate, speed, memory. Reads ../shared."""

from __future__ import annotations

import argparse
import csv
import resource
import time
from pathlib import Path

from seawall.match import Options, build, screen
from seawall.model import Query
from seawall.sources import read_lists
from seawall.tables.territory import country_code
from seawall.tables.words import load_words


def queries(rows: list[dict[str, str]], *, facts: bool) -> list[Query]:
    """One query per row, with date and country if `facts`."""
    return [
        Query(
            id=str(n),
            names=(row["name"],),
            schema="Person",
            birth=tuple(filter(None, row["birth_date"].split(";"))) if facts else (),
            countries=tuple(filter(None, map(country_code, row["country"].split(";")))) if facts else (),
        )
        for n, row in enumerate(rows)
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--threshold", type=float, default=0.7)
    options = parser.parse_args()
    if not (options.shared / "lists").is_dir():
        print(f"skipped: no lists and labelled names in {options.shared.resolve()} (give their folder with --shared)")
        return
    start = time.perf_counter()
    lists = read_lists([options.shared / "lists" / "un", options.shared / "lists" / "ofac"])
    read = time.perf_counter()
    index = build(lists.entities, load_words())
    built = time.perf_counter()
    print(f"read {read - start:.1f} s, index {built - read:.1f} s, {len(index.names):,} names")
    tables = {
        name: list(csv.DictReader((options.shared / "bench" / f"{name}.csv").open(encoding="utf-8")))
        for name in ("positives", "negatives")
    }
    for facts in (False, True):
        print("\nname, birth date and country" if facts else "\nname alone")
        for rows in tables.values():
            for kind in sorted({row["set"] for row in rows}):
                part = [row for row in rows if row["set"] == kind]
                begin = time.perf_counter()
                hits = screen(index, queries(part, facts=facts), Options(threshold=options.threshold))
                speed = len(part) / (time.perf_counter() - begin)
                refs: dict[int, set[str]] = {}
                for hit in hits:
                    refs.setdefault(int(hit.query_id), set()).update(x.reference for x in hit.entity.listings)
                if "reference" in part[0]:
                    found = sum(bool(set(r["reference"].split(";")) & refs.get(n, set())) for n, r in enumerate(part))
                    print(f"  {kind:18} recall {found / len(part):7.2%} of {len(part):5}   {speed:7,.0f} names/s")
                else:
                    print(f"  {kind:18} alerts {len(refs) / len(part):7.2%} of {len(part):5}   {speed:7,.0f} names/s")
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
