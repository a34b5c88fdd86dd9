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

from matching import leave_out, pairs, recall, speed
from matching.table import difference
from matching.tools import PEERS, available, versions

NAMES = 100_000
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
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=[p for p in PARTS if p != "scale"])
    parser.add_argument("--tools", nargs="+", help="only these; " + ", ".join(available()))
    parser.add_argument("--negatives", type=int, default=0, metavar="N", help="a sample of the negatives; 0 for all")
    parser.add_argument("--names", type=int, default=NAMES, metavar="N", help="names that the whole command is given")
    parser.add_argument("--scale", nargs="+", type=int, metavar="N", help="the part scale, of lists of N entities")
    parser.add_argument("--wrong", action="store_true", help="only list the pairs labelled by hand that are got wrong")
    parser.add_argument("--freeze", metavar="DAY", help="keep the figures in bench/results as those of this day")
    options = parser.parse_args(arguments)
    if options.scale:
        options.parts = ["scale"]
    elif "scale" in options.parts:
        parser.error("the part scale is asked for by --scale N")
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
    head = f"# Name matching, measured\n\n{day}, {os.cpu_count()} cores; {tools}."
    (RESULTS / "match.md").write_text(f"{head}\n\n{parts}\n", encoding="utf-8")


def _recall(options: argparse.Namespace, tools: dict[str, Any]) -> dict[str, Any]:
    return recall.measure(options.shared, tools, options.negatives)


def _pairs(options: argparse.Namespace, tools: dict[str, Any]) -> dict[str, Any]:
    return pairs.measure(options.shared, list(tools))


def _left_out(options: argparse.Namespace, tools: dict[str, Any]) -> dict[str, Any]:
    return leave_out.measure(options.shared, tools, options.negatives)


def _speed(options: argparse.Namespace, tools: dict[str, Any]) -> dict[str, Any]:
    return speed.measure(options.shared, list(tools), options.names)


def _scale(options: argparse.Namespace, _: dict[str, Any]) -> dict[str, Any]:
    return speed.scale(options.shared, options.scale)


PARTS = {
    "recall": (_recall, recall.render),
    "pairs": (_pairs, pairs.render),
    "left_out": (_left_out, leave_out.render),
    "speed": (_speed, speed.render),
    "scale": (_scale, speed.render_scale),
}
"""Of each part what measures it and what writes its table, in the order of the report."""


if __name__ == "__main__":
    sys.exit(main())
