"""Queries to hits: candidates from the index, names compared, other facts weighed, best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from seawall.match import facts
from seawall.match.align import scratch
from seawall.match.evidence import Said, says, words_of
from seawall.match.identifiers import imo_in, is_imo, normal_id, numbers_in
from seawall.match.index import KINDS, SCHEMATA, Index
from seawall.match.lexicon import Lexicon, lexicon
from seawall.match.names import Names, Split, rows, split
from seawall.match.postings import neighbours
from seawall.match.rooms import Room
from seawall.match.scoring import NUMBERED, chance, explain, logit, score_rows
from seawall.match.searching import LEAST_SHARE, search
from seawall.match.weights import name_weights
from seawall.model import Entity, Feature, Hit, Query

_CHUNK = 25_000
"""Queries that one thread takes at a time: more share more words, fewer leave less waiting at the end."""
_LEAST = 64
_NOBODY = nullcontext()
CANDIDATES = 32
"""Listed names compared for each name asked."""


@dataclass(frozen=True, slots=True)
class Options:
    """`threshold` is the least score of a hit, `limit` the most hits per query, `workers` how many threads work."""

    threshold: float = 0.7
    limit: int = 5
    workers: int = 1


def screen(index: Index, queries: Sequence[Query], options: Options) -> list[Hit]:
    """The hits of each query, in the order of the queries, best first. A query's hits do not depend on the others."""
    workers = max(1, options.workers)
    size = _CHUNK if workers == 1 else max(_LEAST, min(_CHUNK, -(-len(queries) // (2 * workers))))
    parts = [queries[start : start + size] for start in range(0, len(queries), size)]
    if workers == 1 or len(parts) <= 1:
        return [hit for part in parts for hit in _screen(index, part, options)]
    one_reads = Lock()  # or threads would all read at once, under Python's lock, and then all search
    with ThreadPoolExecutor(workers) as pool:
        return [
            hit for found in pool.map(lambda part: _screen(index, part, options, one_reads), parts) for hit in found
        ]


@dataclass(frozen=True, slots=True)
class Asked:
    """Names asked, in columns. `query[n]` is the number of the query that name n belongs to."""

    texts: tuple[str, ...]
    query: NDArray[np.int32]
    parts: Split
    lexicon: Lexicon
    names: Names


def ask(index: Index, queries: Sequence[Query]) -> Asked:
    """The names of queries, asked of an index."""
    names = [(n, text) for n, query in enumerate(queries) for text in query.names]
    texts = tuple(text for _, text in names)
    parts = split(((text, queries[n].schema) for n, text in names), index.words)
    lex = lexicon(parts.vocabulary, index.counts(parts.vocabulary), len(index.names.at) - 1, index.words)
    return Asked(texts, np.array([n for n, _ in names], dtype=np.int32), parts, lex, rows(parts, lex))


@dataclass(frozen=True, slots=True)
class _Named:
    """The best pair of rows of a query and an entity, with its log-odds and the number of the name listed."""

    odds: float
    left: int
    right: int
    listed: int


def _screen(
    index: Index, queries: Sequence[Query], options: Options, reading: AbstractContextManager[object] = _NOBODY
) -> list[Hit]:
    with reading:
        asked = ask(index, queries)
    floors = np.array([logit(options.threshold) - facts.most(query) for query in queries], dtype=np.float32)
    best = _names(index, asked, queries, floors)
    ranked: list[tuple[int, _Ranked]] = []
    for n, query in enumerate(queries):
        ranked += [(n, found) for found in _rank(index, query, best[n], options)]
    spoken = _spoken(index, asked, [found.name for _, found in ranked])
    hits: list[Hit] = []
    rank, last = 0, -1
    for (n, found), said in zip(ranked, spoken, strict=True):
        rank, last = (rank + 1 if n == last else 1), n
        hits.append(_hit(index, asked, queries[n], rank, found, said))
    return hits


def _names(
    index: Index, asked: Asked, queries: Sequence[Query], floors: NDArray[np.float32]
) -> list[dict[int, _Named]]:
    """For each query the entities whose names reach its floor, with the best pair of rows."""
    best: list[dict[int, _Named]] = [{} for _ in queries]
    count = len(asked.names.at) - 1
    if count <= 0 or len(index.names.at) <= 1:
        return best
    of_row = asked.query[asked.names.name]
    with index.rooms.lent() as room:
        left, right, odds = score_rows(
            asked.names, asked.lexicon, _near(index, asked, room), floors[of_row], _schemata(asked, queries),
            index.names, index.lexicon, index.where, index.bearers, index.discounts, name_weights(), CANDIDATES,
            scratch(), room,
        )  # fmt: skip
    names = index.names.name[right]
    columns = (of_row[left], index.owners[names], odds, left, right, names)
    for q, e, score, a, b, n in zip(*(column.tolist() for column in columns), strict=True):
        known = best[q].get(e)
        if known is None or (score, -n) > (known.odds, -known.listed):  # of equal names the one listed first
            best[q][e] = _Named(score, a, b, n)
    return best


def candidates(index: Index, queries: Sequence[Query]) -> list[list[Entity]]:
    """The entities whose names are compared in full with those of each query."""
    asked = ask(index, queries)
    rows, at = candidate_rows(index, asked, queries)
    found: list[dict[int, None]] = [{} for _ in queries]
    owners = index.owners[index.names.name[rows]]
    for row, n in enumerate(asked.query[asked.names.name].tolist()):
        found[n] |= dict.fromkeys(owners[at[row] : at[row + 1]].tolist())
    return [[index.entities[owner] for owner in offered] for offered in found]


def candidate_rows(index: Index, asked: Asked, queries: Sequence[Query]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The listed rows that are compared in full, and where those of each row asked start."""
    count = len(asked.names.at) - 1
    if count <= 0 or len(index.names.at) <= 1:
        return np.zeros(0, dtype=np.int32), np.zeros(count + 1, dtype=np.int64)
    least = np.full(count, LEAST_SHARE, dtype=np.float32)
    with index.rooms.lent() as room:
        rows, _, at = search(
            asked.names, asked.lexicon, _near(index, asked, room), index.names, index.lexicon, index.where, CANDIDATES,
            least, _schemata(asked, queries), index.bearers, room,
        )  # fmt: skip
    return rows, at


def _near(index: Index, asked: Asked, room: Room) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64]]:
    return neighbours(asked.lexicon, index.lexicon, index.where, scratch()[0], room)


def _schemata(asked: Asked, queries: Sequence[Query]) -> NDArray[np.uint32]:
    """What kinds of thing each row asked can be, as bits."""
    return np.array([_allowed(query.schema) for query in queries], dtype=np.uint32)[asked.query[asked.names.name]]


@cache
def _allowed(schema: str) -> int:
    return sum(1 << n for n, listed in enumerate(SCHEMATA) if facts.compatible(schema, listed))


@dataclass(frozen=True, slots=True)
class _Ranked:
    score: float
    owner: int
    entity: Entity
    name: _Named | None
    facts: tuple[Feature, ...]


def _rank(index: Index, query: Query, named: dict[int, _Named], options: Options) -> list[_Ranked]:
    numbers = _numbers(index, query)
    found = []
    for owner in {*named, *numbers}:
        entity = index.entities[owner]
        name = named.get(owner)
        known = tuple(f for check in facts.FACTS.values() if (f := check(query, entity)))
        odds = (name.odds if name else logit(0.0)) + sum(map(facts.odds, known))
        score = chance(odds)
        if owner in numbers:
            known = (*numbers[owner], *known)
            score = max(score, NUMBERED + (1 - NUMBERED) * score)
        if score >= options.threshold:
            found.append(_Ranked(score, owner, entity, name, known))
    found.sort(key=lambda one: (-one.score, one.entity.id))
    return found[: options.limit]


def _numbers(index: Index, query: Query) -> dict[int, list[Feature]]:
    """Entities that share a number with the query, also one typed into the name."""
    asked = [*query.identifiers, *(("imo", number) for text in query.names for number in imo_in(text))]
    asked += [("", number) for text in query.names for number in numbers_in(text) if not imo_in(number)]
    found: dict[int, list[Feature]] = defaultdict(list)
    for kind, value in asked:
        number = normal_id(value)
        if len(number) < 5:
            continue
        for owner in index.having(kind, number):
            if facts.compatible(query.schema, SCHEMATA[index.schemata[owner]]):
                note = "" if kind != "imo" or is_imo(value) else " (its check digit is wrong)"
                found[owner].append(Feature(kind or "number", 1.0, f"{kind or 'number'} {value} agrees{note}"))
    return found


def _spoken(index: Index, asked: Asked, names: Sequence[_Named | None]) -> list[Said | None]:
    """What the names of each pair of rows say, in words."""
    known = [name for name in names if name is not None]
    if not known:
        return [None] * len(names)
    left = np.array([name.left for name in known], dtype=np.int32)
    right = np.array([name.right for name in known], dtype=np.int32)
    features, pairs, likes, counts = explain(
        asked.names, asked.lexicon, index.names, index.lexicon, left, right, scratch()
    )
    spoken = iter(
        says(
            words_of(asked.names, asked.lexicon, name.left),
            words_of(index.names, index.lexicon, name.right),
            pairs[k, : counts[k]],
            likes[k, : counts[k]],
            features[k],
        )
        for k, name in enumerate(known)
    )
    return [None if name is None else next(spoken) for name in names]


def _hit(index: Index, asked: Asked, query: Query, rank: int, found: _Ranked, said: Said | None) -> Hit:
    name = found.name
    number = name.listed if name else -1
    listed = index.texts[number] if name else found.entity.caption
    text = asked.texts[int(asked.names.name[name.left])] if name else query.names[0] if query.names else ""
    kind = KINDS[index.kinds[number]] if name else None
    parts = [fact.says for fact in found.facts]
    features: tuple[Feature, ...] = ()
    if name and said:
        parts += said.sentences(kind)
        features = (Feature("name", chance(name.odds), "likeness of the names"),)
    return Hit(
        query_id=query.id,
        query_name=text or "; ".join(value for _, value in query.identifiers),
        rank=rank,
        score=round(found.score, 4),
        match=True,
        entity=found.entity,
        matched_name=listed,
        why="; ".join(parts),
        features=(*features, *found.facts),
    )
