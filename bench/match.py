"""Measure name matching against other tools on the same names, lists and alert rates. Reads ../shared.

Parts: `recall` on labelled names at equal alert rates, `pairs` labelled by hand, `left_out` aliases of the lists
themselves, `speed` and memory, `scale` on grown lists (`--scale N`). What was frozen in bench/results is compared with.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matching import leave_out, pairs, recall
from matching.table import difference
from matching.tools import PEERS, available, versions

RESULTS = Path(__file__).parent / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables."""
    options = _options(arguments)
    if not (options.shared / "lists").is_dir():
        print(f"skipped: no lists and labelled names in {options.shared.resolve()} (give their folder with --shared)")
        return 0
    if not PEERS.exists():
        print("without nomenklatura: `make bench/.peers` makes its environment\n")
    tools = {name: run for name, run in available().items() if not options.tools or name in options.tools}
    if options.wrong:
        print(pairs.wrong(options.shared, list(tools)))
        return 0
    figures: dict[str, Any] = {}
    for part in options.parts:
        measure, render = PARTS[part]
        figures[part] = measure(options, tools)
        print(render(figures[part]), end="\n\n", flush=True)
    frozen = _frozen()
    for line in difference(frozen.get("figures", {}), figures):
        print(f"changed: {line}")
    if options.freeze:
        _freeze(frozen, figures, options.freeze)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--tools", nargs="+", help="only these; " + ", ".join(available()))
    parser.add_argument("--negatives", type=int, default=0, metavar="N", help="a sample of the negatives; 0 for all")
    parser.add_argument("--wrong", action="store_true", help="only list the pairs labelled by hand that are got wrong")
    parser.add_argument("--freeze", metavar="DAY", help="keep the figures in bench/results as those of this day")
    options = parser.parse_args(arguments)
    if options.freeze and (options.negatives or options.tools):
        parser.error("figures of a sample, or of some of the tools, are not frozen")
    return options


def _frozen() -> dict[str, Any]:
    path = RESULTS / "match.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _freeze(frozen: dict[str, Any], figures: dict[str, Any], day: str) -> None:
    """Write the figures, and the parts not measured now as they stood."""
    figures = frozen.get("figures", {}) | figures
    used = versions()
    kept = {"day": day, "cores": os.cpu_count(), "versions": used, "figures": figures}
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "match.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    tools = ", ".join(f"{name} {version}" for name, version in used.items())
    parts = "\n\n".join(PARTS[part][1](figures[part]) for part in PARTS if part in figures)
    head = f"# Name matching, measured\n\n{day}, {os.cpu_count()} cores; {tools}. Made by `make bench`."
    (RESULTS / "match.md").write_text(f"{head}\n\n{parts}\n", encoding="utf-8")


def _recall(options: argparse.Namespace, tools: dict[str, Any]) -> dict[str, Any]:
    return recall.measure(options.shared, tools, options.negatives)


def _pairs(options: argparse.Namespace, tools: dict[str, Any]) -> dict[str, Any]:
    return pairs.measure(options.shared, list(tools))


def _left_out(options: argparse.Namespace, tools: dict[str, Any]) -> dict[str, Any]:
    return leave_out.measure(options.shared, tools, options.negatives)


PARTS = {
    "recall": (_recall, recall.render),
    "pairs": (_pairs, pairs.render),
    "left_out": (_left_out, leave_out.render),
}
"""Of each part what measures it and what writes its table, in the order of the report."""


if __name__ == "__main__":
    sys.exit(main())
