"""Pairs of names scored on their own, without a list: how likely the two are one bearer's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seawall.match import facts
from seawall.match.align import scratch
from seawall.match.evidence import says
from seawall.match.lexicon import Lexicon, lexicon
from seawall.match.names import Names, rows, split
from seawall.match.scoring import chance, explain, odds_of, spell
from seawall.match.weights import WEIGHTS
from seawall.model import DateSpan, Entity, EntityId, Feature, IdKind, Identifier, Name, Query, Schema
from seawall.tables.words import Words


@dataclass(frozen=True, slots=True)
class Compared:
    """How likely two parties are one, in [0, 1], and why."""

    score: float
    why: str
    features: tuple[Feature, ...] = ()


def compare(pairs: Sequence[tuple[Query, Query]], words: Words) -> list[Compared]:
    """Score pairs of parties. Words weigh what they weigh in the world, as there is no list for them to be rare on.

    The score is the same whichever of the two comes first.
    """
    left = _columns([one for one, _ in pairs], words)
    right = _columns([other for _, other in pairs], words)
    best = _best(left, right)
    for pair, found in _best(right, left).items():
        if pair not in best or found[0] > best[pair][0]:
            best[pair] = (found[0], found[1])
    return [_compared(one, other, best.get(n)) for n, (one, other) in enumerate(pairs)]
