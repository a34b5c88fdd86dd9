"""Score with nomenklatura in its own environment: a job as JSON on standard input, scores as JSON on standard output.

A job is `{"entities": [record], "batches": {name: [record]}, "floor": float}` or `{"pairs": [[record, record]]}`, of
FollowTheMoney records with ids that occur once; those of a batch may have `meant`, the ids of right answers. `offered`
is the share of these queries whose right answer the blocking index offers. With `"single": n` the first n queries are
also asked one at a time.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from nomenklatura.matching import util

util.MEMO_BATCH = None  # read by the modules below: caches of 1,000 names, fewer than the list has, halve the speed

from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker import Index
from nomenklatura.matching.logic_v2.model import LogicV2
from nomenklatura.matching.types import ScoringConfig
from nomenklatura.resolver import Linker
from nomenklatura.store import SimpleMemoryStore

CONFIG = ScoringConfig.defaults()
DATASET = Dataset.make({"name": "bench", "title": "bench"})


def entity(record: dict[str, Any]) -> StatementEntity:
    """The entity of a record."""
    return StatementEntity.from_data(DATASET, record | {"datasets": ["bench"], "referents": []}, cleaned=False)


def match(
    index: Index, listed: dict[str, StatementEntity], queries: list[StatementEntity], floor: float
) -> tuple[list[tuple[str, str, float]], dict[str, set[str]]]:
    """Candidates of the index, scored, as (query, entity, score), and the ids of all candidates by query."""
    by_id = {query.id: query for query in queries}
    found, offered = [], {}
    for identifier, candidates in index.match_entities(queries):
        query = by_id[identifier.id]
        offered[query.id] = {other.id for other, _ in candidates}
        for other in offered[query.id]:
            result = listed[other]
            score = LogicV2.compare(query, result, CONFIG).score
            if score >= floor:
                found.append((query.id, result.id, round(score, 4)))
    return found, offered


def screen(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The scores of a job's batches, with the seconds of each and of building the index."""
    start = time.perf_counter()
    store = SimpleMemoryStore(DATASET, Linker({}))
    with store.writer() as writer:
        for record in job["entities"]:
            writer.add_entity(entity(record))
    view = store.default_view()
    index = Index(view, folder)
    index.build()
    listed = {e.id: e for e in view.entities()}
    seconds = {"build": time.perf_counter() - start}
    scores, offers, single = {}, {}, []
    for name, records in job["batches"].items():
        start = time.perf_counter()
        queries = [entity(record) for record in records]
        scores[name], offered = match(index, listed, queries, job["floor"])
        seconds[name] = time.perf_counter() - start
        right = [not offered.get(r["id"], set()).isdisjoint(r["meant"]) for r in records if r.get("meant")]
        offers[name] = sum(right) / len(right) if right else None
        for query in queries[: job.get("single", 0)]:
            start = time.perf_counter()
            match(index, listed, [query], job["floor"])
            single.append(time.perf_counter() - start)
    return {"scores": scores, "seconds": seconds, "offered": offers, "single": single}


def main() -> None:
    """Answer the job."""
    job = json.load(sys.stdin)
    told: dict[str, Any]
    if "pairs" in job:
        scored = [LogicV2.compare(entity(left), entity(right), CONFIG).score for left, right in job["pairs"]]
        told = {"scores": scored}
    else:
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
            told = screen(job, Path(folder))
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
