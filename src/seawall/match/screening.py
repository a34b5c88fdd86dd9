"""Queries to hits: candidates from the index, names aligned, other facts weighed, best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seawall.match.compare import Alignment, align
from seawall.match.features import FEATURES, compatible
from seawall.match.identifiers import imo_in, is_imo, normal_id
from seawall.match.index import Index, candidates, tokenise
from seawall.model import Entity, Feature, Hit, Name, NameKind, Query

_CHUNK = 4096
_NUMBERED = 0.97
"""The score of an equal number alone: registers err and numbers are lent, so a name that agrees adds to it."""
_KINDS = {NameKind.PRIMARY: 1.0, NameKind.ALIAS: 1.0, NameKind.FORMER: 0.99, NameKind.WEAK: 0.93}


@dataclass(frozen=True, slots=True)
class Options:
    """`threshold` is the least score of a hit, `limit` the most hits per query."""

    threshold: float = 0.7
    limit: int = 5


def screen(index: Index, queries: Sequence[Query], options: Options) -> list[Hit]:
    """The hits of each query, in the order of the queries, best first. A query's hits do not depend on the others."""
    hits: list[Hit] = []
    for start in range(0, len(queries), _CHUNK):
        chunk = queries[start : start + _CHUNK]
        names = [(n, text) for n, query in enumerate(chunk) for text in query.names]
        asked = [tokenise(text, index.counts, len(index.names), index.words) for _, text in names]
        found = candidates(index, asked) if asked and index.names else None
        best: list[dict[int, tuple[float, Alignment, Name, str]]] = [{} for _ in chunk]
        for row, (n, text) in enumerate(names):
            if found is None:
                break
            for column in found.indices[found.indptr[row] : found.indptr[row + 1]]:
                owner = int(index.owners[column])
                if not compatible(chunk[n].schema, index.entities[owner].schema):
                    continue
                alignment = align(asked[row], index.tokens[column], index.words)
                score = _calibrated(alignment.likeness) * _KINDS[index.names[column].kind]
                if owner not in best[n] or score > best[n][owner][0]:
                    best[n][owner] = (score, alignment, index.names[column], text)
        for n, query in enumerate(chunk):
            hits += _ranked(index, query, best[n], options)
    return hits


def _calibrated(likeness: float) -> float:
    """Likeness of names to a score. An equal name alone is 0.96: other people bear it too."""
    return 0.96 * float(likeness**1.15)


def _ranked(
    index: Index, query: Query, best: dict[int, tuple[float, Alignment, Name, str]], options: Options
) -> list[Hit]:
    numbers = _numbers(index, query)
    scored = []
    for owner in {*best, *numbers}:
        entity = index.entities[owner]
        score, alignment, name, text = best.get(
            owner, (0.0, None, entity.names[0], query.names[0] if query.names else "")
        )
        facts = [f for check, _, _ in FEATURES.values() if (f := check(query, entity))]
        total = _total(score, facts)
        if owner in numbers:
            facts = [*numbers[owner], *facts]
            total = max(total, _NUMBERED + 0.03 * score)
        if total >= options.threshold:
            scored.append((total, owner, entity, name, text, alignment, facts))
    scored.sort(key=lambda item: (-item[0], item[2].id))
    return [
        Hit(
            query_id=query.id,
            query_name=text or "; ".join(v for _, v in query.identifiers),
            rank=rank,
            score=round(total, 4),
            match=total >= options.threshold,
            entity=entity,
            matched_name=name.text,
            why=_why(alignment, name, facts),
            features=(Feature("name", best[owner][0] if owner in best else 0.0, "likeness of the names"), *facts),
        )
        for rank, (total, owner, entity, name, text, alignment, facts) in enumerate(scored[: options.limit], start=1)
    ]


def _total(score: float, facts: Iterable[Feature]) -> float:
    for fact in facts:
        _, gain, cost = FEATURES[fact.name]
        # What agrees cannot lift a name that is not alike: the gain fades out below 0.5.
        score += (1 - score) * gain * fact.value * min(1.0, score / 0.7) ** 3 if fact.value > 0 else cost * fact.value
    return min(max(score, 0.0), 1.0)


def _numbers(index: Index, query: Query) -> dict[int, list[Feature]]:
    """Entities that share a number with the query."""
    asked = [*query.identifiers, *(("imo", number) for text in query.names for number in imo_in(text))]
    found: dict[int, list[Feature]] = defaultdict(list)
    for kind, value in asked:
        number = normal_id(value)
        if len(number) < 5:
            continue
        for owner in index.identifiers.get((kind, number), ()):
            entity: Entity = index.entities[owner]
            if compatible(query.schema, entity.schema):
                note = "" if kind != "imo" or is_imo(value) else " (its check digit is wrong)"
                found[owner].append(Feature(kind or "number", 1.0, f"{kind or 'number'} {value} agrees{note}"))
    return found


def _why(alignment: Alignment | None, name: Name, facts: Sequence[Feature]) -> str:
    parts = []
    if alignment is not None:
        same = [a for a, b, likeness in alignment.pairs if a == b]
        near = [f"{a}~{b}" for a, b, likeness in alignment.pairs if a != b]
        if alignment.joined:
            parts.append("written as one word the names are alike")
        if same:
            parts.append(f"{' '.join(same)} agree{'s' if len(same) == 1 else ''}")
        if near:
            parts.append(f"{', '.join(near)} nearly")
        if alignment.only_asked and not alignment.joined:
            parts.append(f"not on the list: {' '.join(alignment.only_asked)}")
        if alignment.only_listed and not alignment.joined:
            parts.append(f"only on the list: {' '.join(alignment.only_listed)}")
        if name.kind is not NameKind.PRIMARY:
            parts.append({NameKind.WEAK: "a weak alias", NameKind.FORMER: "a former name"}.get(name.kind, "an alias"))
    return "; ".join([*(f.says for f in facts), *parts])
