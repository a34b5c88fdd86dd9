"""Leave one alias out: ask the official lists for names that they themselves gave, once these are taken off."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from matching import data, recall
from matching.data import Asked
from matching.table import percent, table
from matching.tools import Tool
from seawall.model import Entity, NameKind, Query

LISTS = ("eu", "un", "ofac")
RATES = (0.001, 0.006)
SEED = 7


def leave_out(entities: Sequence[Entity], seed: int = SEED) -> tuple[tuple[Entity, ...], list[Asked]]:
    """The list without one alias of each entity that keeps another name, and the queries for what was taken off.

    An alias goes from every entry that holds the same text (see `data.plain`), and each of these is a right answer:
    lists name one party in several entries. None is left without a name. Weak aliases are not asked for: their
    publishers say that they do not identify.
    """
    texts = [[data.plain(name.text) for name in entity.names] for entity in entities]
    holders: dict[str, set[int]] = defaultdict(set)
    for n, held in enumerate(texts):
        for text in held:
            holders[text].add(n)
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    left = [set(held) for held in texts]
    asked = []
    for n in chance.sample(range(len(entities)), len(entities)):
        entity = entities[n]
        names = [
            (name, text)
            for name, text in zip(entity.names, texts[n], strict=True)
            if name.kind is not NameKind.WEAK and name.text != entity.caption and text in left[n]
        ]
        free = [(name, text) for name, text in names if all(len(left[h]) > 1 for h in holders[text])]
        if not free:
            continue
        name, text = chance.choice(free)
        for h in holders[text]:
            left[h].discard(text)
        meant = frozenset(str(entities[h].id) for h in holders[text])
        asked.append(Asked(Query(f"a{n}", (name.text,), entity.schema.value), meant))
    kept = (
        replace(e, names=tuple(name for name, text in zip(e.names, texts[n], strict=True) if text in left[n]))
        for n, e in enumerate(entities)
    )
    return tuple(kept), asked


def measure(shared: Path, tools: dict[str, Tool], size: int) -> dict[str, Any]:
    """By list and script of the alias, then by tool: recall at each rate of alerts on `size` negatives."""
    found: dict[str, Any] = {}
    for name in LISTS:
        entities, asked = leave_out(data.official(shared, name))
        batches = {
            "latin": [a for a in asked if data.is_latin(a.query.names[0])],
            "other": [a for a in asked if not data.is_latin(a.query.names[0])],
            "negatives": data.negatives(shared, size, facts=False),
        }
        for tool, run in tools.items():
            scored = run(entities, batches)
            for script in ("latin", "other"):
                if batches[script]:
                    figures = recall.figures(recall.DEFAULTS[tool], scored[script], scored["negatives"], RATES)
                    found.setdefault(f"{name} {script}", {})[tool] = figures
    return found


def render(found: dict[str, Any]) -> str:
    """The table."""
    rows = [
        [f"{name} {f['n']:,}", tool, *map(percent, (*f["at"].values(), *f["default"].values(), f["offered"]))]
        for name, tools in found.items()
        for tool, f in tools.items()
    ]
    header = ["list, script", "tool", *(f"{rate:.1%}" for rate in RATES), "def.", "false", "offered"]
    return f"## One alias of each entity left out\n\n{_NOTE}\n\n{table(header, rows)}"


_NOTE = """Per cent found of names taken off the list that is asked, at equal shares of false
alerts; found and alerts at the tool's default threshold; what was compared at all."""
