"""Speed and memory, each measured in a process of its own so that its peak is its own; and lists grown large.

`python -m matching.speed JOB` is such a process: a job as JSON in, figures as JSON on the last line out.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import rapidfuzz

from matching import data
from matching.grow import grow, people
from matching.table import table
from matching.tools import LIMIT, SCORERS, logicv2_command, logicv2_job, sorted_words
from seawall import flow, indexes, store
from seawall.match import Options, build, screen
from seawall.model import Entity, Query
from seawall.tables.words import load_words

_SIZES = {"seawall": 20_000, "logicv2": 2_000, "jaro": 10_000, "token_sort": 10_000}
_SINGLE = {"seawall": 500, "logicv2": 10, "jaro": 500, "token_sort": 500}
_BLOCK = 256
_PARALLEL = "workers" in {field.name for field in fields(Options)}

Figures = dict[str, Any]


def measure(shared: Path, tools: Sequence[str], names: int) -> Figures:
    """Of each tool: names a second with one and two workers, seconds to build, one name's p50 and p99, peak MB; and
    the command given so many `names`.
    """
    found: Figures = {}
    for tool in tools:
        if tool == "logicv2":
            found[tool] = _logicv2(shared)
            continue
        for workers in (1, 2):
            job = {"kind": "ask", "tool": tool, "shared": str(shared), "workers": workers}
            if workers > 1 and tool == "seawall" and not _PARALLEL:
                continue
            found[tool] = found.get(tool, {}) | _alone(job)
    if "seawall" in tools:
        found["seawall"]["command"] = _command(shared, names)
    return found


def scale(shared: Path, sizes: Sequence[int]) -> Figures:
    """Of lists grown to each size: building the index, opening a kept list with it, and names a second."""
    found: Figures = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            job = {"shared": str(shared), "size": size, "folder": folder}
            kept = _alone(job | {"kind": "keep"})
            found[str(size)] = kept | _alone(job | {"kind": "grown"}) | _alone(job | {"kind": "open"})
    return found


def _alone(job: Figures) -> Figures:
    """What a process of its own says to a job."""
    bench = str(Path(__file__).parents[1])
    path = os.pathsep.join([bench, *filter(None, sys.path)])
    command = [sys.executable, "-m", "matching.speed", json.dumps(job)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ | {"PYTHONPATH": path})
    told: Figures = json.loads(done.stdout.splitlines()[-1])
    return told


def _queries(shared: Path, size: int) -> list[Query]:
    return people(data.negatives(shared, 0, facts=False), size)


def _ask(job: Figures) -> Figures:
    """Build, ask one name and then many at once, then some one by one."""
    shared, tool, workers = Path(job["shared"]), job["tool"], job["workers"]
    entities = data.persons(data.official(shared, "un", "ofac"))
    queries = _queries(shared, _SIZES[tool])
    start = time.perf_counter()
    ask = _seawall(entities, workers) if tool == "seawall" else _brute(entities, SCORERS[tool], workers)
    built = time.perf_counter()
    ask(queries[:1])  # whatever is made ready when first asked
    ready = time.perf_counter()
    ask(queries)
    speed = len(queries) / (time.perf_counter() - ready)
    found = {"build s": built - start, "first s": ready - built, f"names/s {workers}": speed, f"MB {workers}": _peak()}
    return found | (_one_by_one(ask, queries[: _SINGLE[tool]]) if workers == 1 else {})


def _seawall(entities: Sequence[Entity], workers: int) -> Callable[[Sequence[Query]], object]:
    index = build(entities, load_words())
    return lambda queries: screen(index, queries, _options(workers))


def _options(workers: int) -> Options:
    more: Figures = {"workers": workers} if _PARALLEL else {}
    return Options(threshold=0.7, limit=LIMIT, **more)


def _brute(entities: Sequence[Entity], scorer: Any, workers: int) -> Callable[[Sequence[Query]], object]:
    texts = [sorted_words(name.text) for entity in entities for name in entity.names]

    def ask(queries: Sequence[Query]) -> None:
        for start in range(0, len(queries), _BLOCK):
            asked = [sorted_words(query.names[0]) for query in queries[start : start + _BLOCK]]
            rapidfuzz.process.cdist(asked, texts, scorer=scorer, dtype=np.float32, workers=workers).max(axis=1)

    return ask


def _one_by_one(ask: Callable[[Sequence[Query]], object], queries: Sequence[Query]) -> Figures:
    seconds = []
    for query in queries:
        start = time.perf_counter()
        ask([query])
        seconds.append(time.perf_counter() - start)
    return {"p50 ms": 1000 * float(np.percentile(seconds, 50)), "p99 ms": 1000 * float(np.percentile(seconds, 99))}


def _logicv2(shared: Path) -> Figures:
    """Two workers are two processes with half of the names each."""
    entities = data.persons(data.official(shared, "un", "ofac"))
    names = _queries(shared, _SIZES["logicv2"])
    half = len(names) // 2
    found: Figures = {}
    for workers, parts in ((1, [names]), (2, [names[:half], names[half:]])):
        single = {"single": _SINGLE["logicv2"] if workers == 1 else 0}
        jobs = [logicv2_job(entities, {"names": [data.Asked(q) for q in part]}) | single for part in parts]
        running = [subprocess.Popen(logicv2_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in jobs]
        for process, job in zip(running, jobs, strict=True):
            assert process.stdin
            process.stdin.write(json.dumps(job).encode())
            process.stdin.close()
        told = [json.load(process.stdout) for process in running if process.stdout]
        found[f"names/s {workers}"] = sum(
            len(part) / t["seconds"]["names"] for part, t in zip(parts, told, strict=True)
        )
        found[f"MB {workers}"] = sum(t["peak"] for t in told)
        if workers == 1:
            found["build s"] = told[0]["seconds"]["build"]
            found["p50 ms"], found["p99 ms"] = (1000 * float(np.percentile(told[0]["single"], p)) for p in (50, 99))
    return found


def _command(shared: Path, size: int) -> Figures:
    """The whole command on a file of names, from its start to its end."""
    with tempfile.TemporaryDirectory() as folder:
        asked, out = Path(folder) / "names.csv", Path(folder) / "hits.csv"
        with asked.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("id", "name"), *((q.id, q.names[0]) for q in _queries(shared, size))])
        lists = [part for name in ("un", "ofac") for part in ("--lists", str(shared / "lists" / name))]
        arguments = ["screen", str(asked), *lists, "--schema", "Person", "--out", str(out)]
        told = _alone({"kind": "command", "out": str(out), "arguments": arguments})
        return {"names": size, **told, "names/s": size / told["seconds"]}


def _run_command(job: Figures) -> Figures:
    start = time.perf_counter()
    entry = "import sys; from seawall.app.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", entry, *job["arguments"]], stderr=subprocess.PIPE, check=False)
    seconds = time.perf_counter() - start
    if not Path(job["out"]).exists():  # the exit code does not tell: 1 is that there were hits
        raise RuntimeError(f"the command wrote nothing: {done.stderr.decode(errors='replace')[-2000:]}")
    return {"seconds": seconds, "MB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}


def _grown(job: Figures) -> Figures:
    shared = Path(job["shared"])
    entities = list(grow(data.official(shared, "un", "ofac"), job["size"]))
    queries = _queries(shared, 2_000)
    before, start = _peak(), time.perf_counter()
    index = build(entities, load_words())
    built, peak = time.perf_counter(), _peak()
    screen(index, queries[:1], _options(1))
    first = time.perf_counter()
    speeds = {}
    for workers in (1, 2)[: 1 + _PARALLEL]:
        start_asking = time.perf_counter()
        screen(index, queries, _options(workers))
        speeds[f"names/s {workers}"] = len(queries) / (time.perf_counter() - start_asking)
    return speeds | {
        "names": sum(len(e.names) for e in entities),
        "entities MB": before,
        "build s": built - start,
        "build MB": peak,
        "first s": first - built,
        "MB": _peak(),
    }


def _keep(job: Figures) -> Figures:
    entities = tuple(grow(data.official(Path(job["shared"]), "un", "ofac"), job["size"]))
    start = time.perf_counter()
    store.save(Path(job["folder"]), entities, ())
    indexes.of_snapshot(Path(job["folder"]), load_words())
    return {"keep s": time.perf_counter() - start}


def _open(job: Figures) -> Figures:
    start = time.perf_counter()
    flow.open(data=job["folder"])
    return {"open s": time.perf_counter() - start, "open MB": _peak()}


def _peak() -> float:
    """The most memory that this process and its largest child have held, MB; pages that they share count twice."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(each).ru_maxrss for each in who) / 1024


def render(found: Figures) -> str:
    """The table, and a line on the whole command."""
    columns = ["names/s 1", "names/s 2", "build s", "first s", "p50 ms", "p99 ms", "MB 1", "MB 2"]
    rows = [[tool, *(figures.get(column) for column in columns)] for tool, figures in found.items()]
    lines = ["## Speed", _NOTE, table(["tool", *map(_short, columns)], rows)]
    command = found.get("seawall", {}).get("command")
    if command:
        lines.append(
            f"`seawall screen` of {command['names']:,} names against both lists whole: {command['seconds']:.1f} s,\n"
            f"{command['names/s']:,.0f} names/s, {command['MB']:,.0f} MB."
        )
    return "\n\n".join(lines)


_NOTE = """Persons of the UN and OFAC lists: names a second (n/s) with one and two workers, the
first name asked and one of later ones asked alone, peak memory."""


def render_scale(found: Figures) -> str:
    """The table of grown lists."""
    columns = ["names", "build s", "build MB", "open s", "open MB", "names/s 1", "names/s 2"]
    rows = [[f"{int(size):,}", *(figures.get(column) for column in columns)] for size, figures in found.items()]
    return f"## Grown lists\n\n{_GROWN}\n\n{table(['entities', *map(_short, columns)], rows)}"


def _short(column: str) -> str:
    return column.replace("names/s", "n/s").replace("first", "1st")


_GROWN = """Entities of the UN and OFAC lists and variations of them: building the index, opening
the kept list with an index, and asking 2,000 names with one and two workers."""

_JOBS = {"ask": _ask, "command": _run_command, "grown": _grown, "keep": _keep, "open": _open}


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    print(json.dumps(_JOBS[given["kind"]](given)))
