"""Pairs of names scored on their own, without a list: how likely the two are one bearer's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seawall.match import facts
from seawall.match.align import scratch
from seawall.match.evidence import Said, says, words_of
from seawall.match.identifiers import normal_id
from seawall.match.lexicon import Lexicon, lexicon
from seawall.match.measure import FEATURES
from seawall.match.names import Names, rows, split
from seawall.match.scoring import NUMBERED, chance, explain, odds_of
from seawall.match.weights import name_weights
from seawall.model import Entity, EntityId, Feature, Identifier, IdKind, Name, Query, Schema
from seawall.tables.words import Words

_EXACT, _ORDER = FEATURES.index("exact"), FEATURES.index("order")


@dataclass(frozen=True, slots=True)
class Compared:
    """How likely two parties are one, in [0, 1], and why."""

    score: float
    why: str
    features: tuple[Feature, ...] = ()


def compare(pairs: Sequence[tuple[Query, Query]], words: Words) -> list[Compared]:
    """Score pairs of parties. Words weigh what they weigh in the world, as there is no list for them to be rare on.

    The score is the same whichever of the two comes first, 1 for a name and itself unless a fact contradicts, and 0 for
    a name with nothing to read.
    """
    left = _columns([one for one, _ in pairs], words)
    right = _columns([other for _, other in pairs], words)
    best = _best(left, right)
    for pair, found in _best(right, left).items():
        if pair not in best or found.odds > best[pair].odds:
            best[pair] = found
    return [_compared(one, other, best.get(n)) for n, (one, other) in enumerate(pairs)]


@dataclass(frozen=True, slots=True)
class _Alike:
    """The best names of a pair: their log-odds, whether they read the same word for word, and what they say."""

    odds: float
    same: bool
    said: Said


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of the pairs in columns: the rows of each pair's names."""

    texts: tuple[str, ...]
    lexicon: Lexicon
    names: Names
    pair: NDArray[np.int32]
    """The pair that each row belongs to."""


def _columns(queries: Sequence[Query], words: Words) -> _Side:
    named = [(n, text, query.schema) for n, query in enumerate(queries) for text in query.names]
    parts = split(((text, schema) for _, text, schema in named), words)
    lex = lexicon(parts.vocabulary, np.zeros(len(parts.vocabulary), dtype=np.int64), 0, words)
    names = rows(parts, lex)
    pair = np.array([n for n, _, _ in named], dtype=np.int32)[names.name]
    return _Side(tuple(text for _, text, _ in named), lex, names, pair)


def _best(left: _Side, right: _Side) -> dict[int, _Alike]:
    """Of each pair its best names, the left one asked and the right one listed."""
    of_right: dict[int, list[int]] = defaultdict(list)
    for row, pair in enumerate(right.pair.tolist()):
        of_right[pair].append(row)
    rows_of = [(a, b) for a, pair in enumerate(left.pair.tolist()) for b in of_right[pair]]
    if not rows_of:
        return {}
    a, b = (np.array(side, dtype=np.int32) for side in zip(*rows_of, strict=True))
    features, pairs, likes, counts = explain(left.names, left.lexicon, right.names, right.lexicon, a, b, scratch())
    best: dict[int, tuple[bool, float, int]] = {}
    for k, pair in enumerate(left.pair[a].tolist()):
        same = bool(features[k, _EXACT] >= 0.999 and not features[k, _ORDER])
        found = (same, odds_of(features[k], name_weights()), k)
        if pair not in best or found > best[pair]:
            best[pair] = found
    return {
        pair: _Alike(
            odds,
            same,
            says(
                words_of(left.names, left.lexicon, int(a[k])),
                words_of(right.names, right.lexicon, int(b[k])),
                pairs[k, : counts[k]],
                likes[k, : counts[k]],
                features[k],
            ),
        )
        for pair, (same, odds, k) in best.items()
    }


def _compared(one: Query, other: Query, name: _Alike | None) -> Compared:
    entity = _entity(other)
    if not facts.compatible(one.schema, entity.schema):
        return Compared(0.0, f"{one.schema} is not {entity.schema.value}")
    known = tuple(f for check in facts.FACTS.values() if (f := check(one, entity)))
    numbers = tuple(
        Feature(kind or "number", 1.0, f"{kind or 'number'} {value} agrees")
        for kind, value in one.identifiers
        if any(normal_id(value) == normal_id(i.value) and kind in {"", i.kind.value} for i in entity.identifiers)
    )
    score = chance(name.odds + sum(map(facts.odds, known))) if name else 0.0
    if name and name.same and all(fact.value >= 0 for fact in known):
        score = 1.0
    if numbers:
        score = max(score, NUMBERED + (1 - NUMBERED) * score)
    said = [fact.says for fact in (*numbers, *known)] + (name.said.sentences(None) if name else [])
    return Compared(round(score, 4), "; ".join(said), (*numbers, *known))


def _entity(query: Query) -> Entity:
    """A party asked for, as if it were listed."""
    return Entity(
        id=EntityId(query.id),
        schema=Schema(query.schema) if query.schema in set(Schema) else Schema.LEGAL_ENTITY,
        names=tuple(Name(text) for text in query.names),
        birth=tuple(span for text in query.birth if (span := facts.span_of(text))),
        countries=query.countries,
        gender=query.gender,
        identifiers=tuple(
            Identifier(IdKind(kind) if kind else IdKind.OTHER, value) for kind, value in query.identifiers
        ),
    )
