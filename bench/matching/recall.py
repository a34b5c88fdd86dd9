"""Recall at equal alert rates on the labelled names: name alone, and with birth date and country."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matching import data, rates
from matching.table import percent, table
from matching.tools import Scores, Tool

RATES = (0.001, 0.003, 0.006, 0.01, 0.02)
SETS = ("plain", "treated", "hard", "script")
DEFAULTS = {"seawall": 0.7, "logicv2": 0.7, "jaro": 0.9, "token_sort": 0.85}
"""The threshold that each tool is used with where the user gives none; of the two scorers the customary one."""

Figures = dict[str, Any]


def measure(shared: Path, tools: dict[str, Tool], size: int) -> Figures:
    """Of each tool: `name` and `facts`, each by set the recall at each rate, and the alerts. `size` negatives."""
    full = data.persons(data.official(shared, "un", "ofac"))
    cut = data.latin_only(full)
    found: Figures = {}
    for tool, run in tools.items():
        part: Figures = {}
        for asked, facts in (("name", False), ("facts", True)):
            labelled = data.positives(shared, full, facts=facts)
            nobody = data.negatives(shared, size, facts=facts)
            script = {"script": labelled.pop("script"), "negatives": nobody}
            scored = run(full, {**labelled, "negatives": nobody})
            other = run(cut, script)
            part[asked] = {
                name: figures(DEFAULTS[tool], *pair)
                for name, pair in {
                    **{name: (scored[name], scored["negatives"]) for name in labelled},
                    "script": (other["script"], other["negatives"]),
                }.items()
            }
        found[tool] = part
    return found


def figures(default: float, right: Scores, nobody: Scores, at: Sequence[float] = RATES) -> Figures:
    """The recall of a batch at each rate, at the tool's default threshold, and the alerts that 99 % recall costs."""
    return {
        "n": len(right.meant),
        "offered": right.offered,
        "at": {f"{rate:.1%}": rates.recall_at(right.meant, nobody.best, rate) for rate in at},
        "thresholds": {f"{rate:.1%}": rates.threshold_at(nobody.best, rate) for rate in at},
        "default": {"recall": rates.share(right.meant, default), "alerts": rates.share(nobody.best, default)},
        "alerts_at_99": rates.alerts_at(right.meant, nobody.best, 0.99),
    }


def render(found: Figures) -> str:
    """The tables."""
    titles = {"name": "Name alone", "facts": "Name, birth date and country"}
    parts = [f"## {title}\n\n{_NOTE}\n\n{_grid(found, asked)}" for asked, title in titles.items()]
    shares = {tool: [part["name"][name]["offered"] for name in SETS] for tool, part in found.items()}
    rows = [[tool, *map(percent, row)] for tool, row in shares.items() if row != [None] * len(SETS)]
    if rows:
        parts.append(f"## Candidates\n\n{_OFFERED}\n\n{table(['tool', *SETS], rows)}")
    return "\n\n".join(parts)


_OFFERED = "Per cent of right entities that are compared at all; brute force compares every name."
_NOTE = """Persons of the UN and OFAC lists. Per cent found at equal shares of false alerts;
then found and alerts at the tool's default threshold; then the alerts that finding
99 % costs."""


def _grid(found: Figures, asked: str) -> str:
    header = ["set", "tool", *(f"{rate:.1%}" for rate in RATES), "def.", "false", "R 99"]
    rows = []
    for name in SETS:
        for tool, part in found.items():
            f = part[asked][name]
            label = f"{name} {f['n']}"
            shares = (*f["at"].values(), *f["default"].values(), f["alerts_at_99"])
            rows.append([label, tool, *map(percent, shares)])
    return table(header, rows)
