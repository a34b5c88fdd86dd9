"""What the pieces of evidence of a match weigh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from seawall.errors import TableError
from seawall.tables.page import Page

_FILE = "matching/weights.yaml"


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds (natural logarithm of p / (1 - p)).

    - `names`: per unit of each feature of two names, and `constant`.
    - `kinds`: added for a listed name of each kind.
    - `facts`: of each fact besides the name, when it agrees in full and when it contradicts.
    """

    names: Mapping[str, float]
    kinds: Mapping[str, float]
    facts: Mapping[str, tuple[float, float]]


@cache
def load_weights() -> Weights:
    """The table of weights. Raises TableError if a part is missing, or a fact would gain by contradicting."""
    page = Page(files("seawall.tables").joinpath(_FILE), _FILE)
    facts = {}
    for name, (gain, cost) in page.data["facts"].items():
        if gain < 0 or cost > 0:
            raise TableError("a fact that agrees gains and one that contradicts costs", file=_FILE, field=name)
        facts[str(name)] = (float(gain), float(cost))
    return Weights(
        names={str(name): float(value) for name, value in page.data["names"].items()},
        kinds={str(name): float(value) for name, value in page.data["kinds"].items()},
        facts=facts,
    )
