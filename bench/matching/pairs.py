"""Pairs of names that people have labelled: precision, recall and F1 at each tool's default threshold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel, JaroWinkler

from matching import data
from matching.data import Pair
from matching.recall import DEFAULTS
from matching.table import percent, table
from matching.tools import logicv2, sorted_words
from seawall.match import compare
from seawall.model import Query
from seawall.tables.words import load_words

SOUND = ("nk_checks", "nk_unit_tests")
"""Groups labelled by hand. The others are largely proposed by a machine, and some of their labels contradict."""

_PARTS, _TENTH = 20, 10


def scores(shared: Path, tools: Sequence[str], pairs: Sequence[Pair]) -> dict[str, list[float]]:
    """The score of each pair by tool."""
    return {tool: _SCORERS[tool](shared, pairs) for tool in tools}


def _by_seawall(_: Path, pairs: Sequence[Pair]) -> list[float]:
    """As `seawall compare` scores them: on their own, without a list."""
    sides = [(Query("l", (p.left,), p.schema), Query("r", (p.right,), p.schema)) for p in pairs]
    return [found.score for found in compare(sides, load_words())]


def _by_logicv2(_: Path, pairs: Sequence[Pair]) -> list[float]:
    def record(key: str, schema: str, name: str) -> dict[str, Any]:
        return {"id": key, "schema": schema, "properties": {"name": [name]}}

    job = [[record(f"l{n}", p.schema, p.left), record(f"r{n}", p.schema, p.right)] for n, p in enumerate(pairs)]
    found: list[float] = logicv2({"pairs": job})["scores"]
    return found


def _by_jaro_winkler(_: Path, pairs: Sequence[Pair]) -> list[float]:
    return [JaroWinkler.normalized_similarity(sorted_words(p.left), sorted_words(p.right)) for p in pairs]


def _by_token_sort(_: Path, pairs: Sequence[Pair]) -> list[float]:
    return [Indel.normalized_similarity(sorted_words(p.left), sorted_words(p.right)) for p in pairs]


_SCORERS = {
    "seawall": _by_seawall, "logicv2": _by_logicv2, "jaro": _by_jaro_winkler, "token_sort": _by_token_sort,
}  # fmt: skip


def measure(shared: Path, tools: Sequence[str]) -> dict[str, Any]:
    """By group, and by quality of the label, then by tool: right and wrong, precision, recall, F1."""
    pairs = data.pairs(shared)
    scored = scores(shared, tools, pairs)
    groups = {name: [n for n, p in enumerate(pairs) if name in {p.group, p.quality}] for name in _groups(pairs)}
    return {
        name: {
            tool: judged([pairs[n].match for n in rows], [found[n] >= DEFAULTS[tool] for n in rows])
            for tool, found in scored.items()
        }
        for name, rows in groups.items()
    }


def _groups(pairs: Sequence[Pair]) -> list[str]:
    return [*sorted({p.group for p in pairs}), *sorted({p.quality for p in pairs})]


def judged(truth: Sequence[bool], said: Sequence[bool]) -> dict[str, float]:
    """How often what is said of pairs is true. A share of nothing is 0."""
    both = sum(t and s for t, s in zip(truth, said, strict=True))
    precision, recall = (both / total if (total := sum(of)) else 0.0 for of in (said, truth))
    f1 = 2 * both / (sum(said) + sum(truth)) if both else 0.0
    wrong = sum(t != s for t, s in zip(truth, said, strict=True))
    return {"n": len(truth), "wrong": wrong, "precision": precision, "recall": recall, "f1": f1}


def render(found: dict[str, Any]) -> str:
    """The table."""
    rows = [
        [name, int(f["n"]), tool, int(f["wrong"]), *map(percent, (f["precision"], f["recall"], f["f1"]))]
        for name, tools in found.items()
        for tool, f in tools.items()
    ]
    return f"## Labelled pairs\n\n{_NOTE}\n\n{table(['group', 'n', 'tool', 'wrong', 'P', 'R', 'F1'], rows)}"


_NOTE = """Per cent at each tool's default threshold. nk_checks and nk_unit_tests are labelled
by hand; labels of synth_* are largely proposed by a machine, and some contradict."""


def wrong(shared: Path, tools: Sequence[str]) -> str:
    """The pairs of the groups labelled by hand that the first tool gets wrong, with the score of each tool."""
    pairs = [p for p in data.pairs(shared) if p.group in SOUND]
    scored = scores(shared, tools, pairs)
    first = next(iter(scored))
    rows = [
        ["same" if p.match else "other", p.left, p.right, *(f"{found[n]:.2f}" for found in scored.values())]
        for n, p in enumerate(pairs)
        if (scored[first][n] >= DEFAULTS[first]) != p.match
    ]
    return table(["truth", "left", "right", *scored], sorted(rows))
