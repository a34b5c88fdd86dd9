"""The tools compared, behind one seam: a list and batches of queries in, the scores of each query out."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rapidfuzz
from anyascii import anyascii
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, JaroWinkler

import seawall
from matching.data import Asked, plain
from matching.rates import MISSED
from seawall import match
from seawall.match import Options, build, screen
from seawall.model import Entity, Query, Schema
from seawall.model.ftm import to_ftm
from seawall.tables.words import load_words

FLOOR = 0.3
"""The least score that is written down; below it a query counts as without a hit."""

LIMIT = 5
"""Hits per query that Seawall may give. The others give all."""

_BLOCK = 256
_BENCH = Path(__file__).parents[1]
_SCRIPT = Path(__file__).with_name("peer_logicv2.py")
PEERS, CACHE = _BENCH / ".peers" / "bin" / "python", _BENCH / ".cache"

Batches = Mapping[str, Sequence[Asked]]


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one batch, a number per query in the order asked: the best of all hits, and the best of the right entities.

    `offered` is the share of queries whose right entity was a candidate, None where all are compared or none is right.
    """

    best: list[float]
    meant: list[float]
    offered: float | None = None


Tool = Callable[[Sequence[Entity], Batches], dict[str, Scores]]


def available() -> dict[str, Tool]:
    """The tools that can be run here by name; nomenklatura only where its environment has been made."""
    tools: dict[str, Tool] = {"seawall": by_seawall}
    if PEERS.exists():
        tools["logicv2"] = by_logicv2
    return tools | {"jaro": by_jaro_winkler, "token_sort": by_token_sort}


def versions() -> dict[str, str]:
    """The version of each tool that can be run here."""
    found = {"seawall": seawall.__version__, "rapidfuzz": rapidfuzz.__version__}
    return found | ({"nomenklatura": _peer_version()} if PEERS.exists() else {})


def _peer_version() -> str:
    code = "from importlib.metadata import version; print(version('nomenklatura'))"
    return subprocess.run([PEERS, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def by_seawall(entities: Sequence[Entity], batches: Batches) -> dict[str, Scores]:
    """Seawall as a caller uses it."""
    index = build(entities, load_words())
    found = {}
    for name, batch in batches.items():
        hits = screen(index, [asked.query for asked in batch], Options(threshold=FLOOR, limit=LIMIT))
        scored = ((hit.query_id, str(hit.entity.id), hit.score) for hit in hits)
        found[name] = _gather(batch, scored, _offered(index, batch))
    return found


def _offered(index: match.Index, batch: Sequence[Asked]) -> float | None:
    """The share of queries with a right entity among the candidates, where Seawall tells these: entities per query."""
    asked = [a for a in batch if a.meant]
    if not asked:
        return None
    told = match.candidates(index, [a.query for a in asked])
    return sum(any(e.id in a.meant for e in offer) for a, offer in zip(asked, told, strict=True)) / len(asked)


def _gather(batch: Sequence[Asked], hits: Iterable[tuple[str, str, float]], offered: float | None) -> Scores:
    of: dict[str, dict[str, float]] = {asked.query.id: {} for asked in batch}
    for query, entity, score in hits:
        of[query][entity] = max(score, of[query].get(entity, MISSED))
    return Scores(
        best=[max(of[asked.query.id].values(), default=MISSED) for asked in batch],
        meant=[max((of[asked.query.id].get(key, MISSED) for key in asked.meant), default=MISSED) for asked in batch],
        offered=offered,
    )


SCORERS = {"jaro": JaroWinkler.normalized_similarity, "token_sort": Indel.normalized_similarity}
"""Of two names with sorted words; the second is rapidfuzz's token_sort_ratio."""


def by_jaro_winkler(entities: Sequence[Entity], batches: Batches) -> dict[str, Scores]:
    """Jaro-Winkler of every pair of names, words sorted."""
    return _brute(entities, batches, SCORERS["jaro"])


def by_token_sort(entities: Sequence[Entity], batches: Batches) -> dict[str, Scores]:
    """rapidfuzz's token_sort_ratio (the Indel ratio of sorted words) of every pair of names."""
    return _brute(entities, batches, SCORERS["token_sort"])


def sorted_words(text: str) -> str:
    """The romanised words of a name in alphabetical order."""
    return " ".join(sorted(plain(anyascii(text)).split()))


def _brute(entities: Sequence[Entity], batches: Batches, scorer: Any) -> dict[str, Scores]:
    texts, owners = zip(
        *((sorted_words(name.text), n) for n, e in enumerate(entities) for name in e.names), strict=True
    )
    columns: dict[str, list[int]] = {}
    for column, owner in enumerate(owners):
        columns.setdefault(str(entities[owner].id), []).append(column)
    facts = _Facts(entities)
    owner = np.array(owners)
    found = {}
    for name, batch in batches.items():
        best, meant = [], []
        for start in range(0, len(batch), _BLOCK):
            block = batch[start : start + _BLOCK]
            asked = [sorted_words(a.query.names[0]) for a in block]
            scores = rapidfuzz.process.cdist(asked, texts, scorer=scorer, dtype=np.float32, workers=2)
            for row, a in zip(scores, block, strict=True):
                row[~facts.agree(a.query)[owner]] = MISSED
                best.append(_floored(float(row.max())))
                right = [column for key in a.meant for column in columns.get(key, ())]
                meant.append(_floored(float(row[right].max())) if right else MISSED)
        found[name] = Scores(best, meant)
    return found


def _floored(score: float) -> float:
    return score if score >= FLOOR else MISSED


class _Facts:
    """Which entities a query's facts allow: the same sort of thing, a birth year at most one off, a shared country."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._sorts = np.array([_sort(e.schema) for e in entities])
        spans = [[(s.first.year, s.last.year) for s in e.birth] or [(0, 9999)] for e in entities]
        self._first = np.array([min(first for first, _ in years) for years in spans])
        self._last = np.array([max(last for _, last in years) for years in spans])
        codes = {code for e in entities for code in e.countries}
        self._in = {code: np.array([code in e.countries or not e.countries for e in entities]) for code in codes}
        self._nowhere = np.array([not e.countries for e in entities])

    def agree(self, query: Query) -> NDArray[np.bool_]:
        """One flag per entity."""
        good: NDArray[np.bool_] = self._sorts == _sort(query.schema)
        if query.birth:
            years = [int(text[:4]) for text in query.birth]
            good = good & (self._first <= max(years) + 1) & (self._last >= min(years) - 1)
        if query.countries:
            good = good & np.any([self._in.get(code, self._nowhere) for code in query.countries], axis=0)
        return good


def _sort(schema: str) -> int:
    return {Schema.PERSON: 0, Schema.VESSEL: 1, Schema.AIRPLANE: 2, Schema.CRYPTO_WALLET: 3}.get(Schema(schema), 4)


def by_logicv2(entities: Sequence[Entity], batches: Batches) -> dict[str, Scores]:
    """nomenklatura's blocking index and LogicV2, in its own environment; kept in the cache by inputs and version."""
    told = logicv2(logicv2_job(entities, batches))
    scores, offered = told["scores"], told["offered"]
    return {name: _gather(batch, map(tuple, scores[name]), offered[name]) for name, batch in batches.items()}


def logicv2_job(entities: Sequence[Entity], batches: Batches) -> dict[str, Any]:
    """The list and the batches as records of FollowTheMoney, as `peer_logicv2.py` takes them."""
    asked = {name: [_ftm_query(a.query) | {"meant": sorted(a.meant)} for a in b] for name, b in batches.items()}
    return {"entities": [to_ftm(entity)[0] for entity in entities], "batches": asked, "floor": FLOOR}


def logicv2_command() -> list[str]:
    """What starts a process that answers a job."""
    return [str(PEERS), str(_SCRIPT)]


def logicv2(job: dict[str, Any]) -> dict[str, Any]:
    """What `peer_logicv2.py` says to a job, now or when it was asked the same before."""
    data = json.dumps(job, sort_keys=True).encode()
    stamp = hashlib.sha256(data + _SCRIPT.read_bytes() + _peer_version().encode()).hexdigest()[:24]
    kept = CACHE / f"logicv2-{stamp}.json"
    if not kept.exists():
        done = subprocess.run(logicv2_command(), input=data, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{_SCRIPT.name} failed: {done.stderr.decode(errors='replace')[-2000:]}")
        CACHE.mkdir(exist_ok=True)
        kept.write_bytes(done.stdout)
    told: dict[str, Any] = json.loads(kept.read_bytes())
    return told


def _ftm_query(query: Query) -> dict[str, Any]:
    facts = {"birthDate": list(query.birth), "nationality": list(query.countries)}
    kept = {name: values for name, values in facts.items() if values}
    return {"id": query.id, "schema": query.schema, "properties": {"name": list(query.names), **kept}}
