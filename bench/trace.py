"""Measure `trace` on generated graphs: speed and memory of every test for everyone, and of one entity's proof.

Degrees and shares are drawn in the shapes that registries have: most entities have one or two owners, few have
thousands of holdings; shares are bands in one part, exact in another, unknown in a third. The shapes are assumed, not
fitted to a register. A plain fixed point in Python and one on a networkx graph do what they can hold, with the shares
at their lowest; where they say something else than the engine it ends with 1.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date

import numpy as np

from seawall.model import OwnershipTest
from seawall.tables.ownership import load_ownership
from seawall.trace import Closure, Columns, Graph, build, close, explain, interest

STAKES, SECONDS, GIGABYTES, PROOF = 10_000_000, 30.0, 6.0, 0.050
"""What is promised on two cores: all tests of a day for everyone, with the graph, and the proof of one."""

DAY, SEED, PEERS = date(2026, 1, 1), 6, 1_000_000
BANDS = ((0, 25), (25, 50), (50, 75), (75, 100))


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stakes", type=int, nargs="+", default=[10**4, 10**5, 10**6, STAKES])
    parser.add_argument("--peers", type=int, default=PEERS, help="the most stakes that the other ways are given")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        return measure(options.alone, options.peers)
    print(f"promised: {STAKES:,} stakes in {SECONDS:.0f} s and {GIGABYTES:.0f} GB, a proof in {1000 * PROOF:.0f} ms\n")
    print(f"{'stakes':>12}  {'what':<22}{'seconds':>9}{'blocked':>12}{'may be':>12}", flush=True)
    done = [
        subprocess.run([sys.executable, __file__, "--alone", str(n), "--peers", str(options.peers)], check=False)
        for n in options.stakes  # each in a process of its own, so that its peak is its own
    ]
    return max(d.returncode for d in done)


def measure(stakes: int, peers: int) -> int:
    """One size; 1 if another way says otherwise or a promise is broken at the size of the promise."""
    columns, entities = make(stakes)
    rng = np.random.default_rng(SEED + 1)
    largest = np.argsort(-np.bincount(columns.owner, minlength=entities))[1 :: max(1, entities // 5_000)][:10]
    listed = np.union1d(rng.choice(entities, max(5, entities // 500), replace=False), largest)
    begun = time.perf_counter()
    graph = build(columns, range(entities), DAY)  # type: ignore[arg-type]  # numbers do for names here
    _say(stakes, "graph", time.perf_counter() - begun)
    tests = [test for test in load_ownership() if test.in_force(DAY)]
    closures = {test.authority: _close(stakes, graph, test, listed) for test in tests}
    whole = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    _say(stakes, f"all, peak {peak:.2f} GB", whole)
    slowest = _proofs(stakes, closures, rng)
    _interest(stakes, graph, closures["us"], listed)
    said = [_peer(stakes, way, name, columns, closures["us"], listed) for name, way in PEER_WAYS if stakes <= peers]
    promise = stakes < STAKES or (whole <= SECONDS and peak <= GIGABYTES)
    return 0 if all(said) and promise and slowest <= PROOF else 1


def make(stakes: int) -> tuple[Columns, int]:
    """Stakes of half as many entities. A company has one owner or a few, a quarter of them companies, mostly with lower
    numbers; a thousandth of the stakes go the other way round, so that there are loops. Low numbers, of companies and
    of persons, hold thousands.
    """
    rng = np.random.default_rng(SEED)
    entities, companies = stakes // 2, stakes // 5 * 2
    owned = np.sort(np.repeat(np.arange(companies), rng.geometric(0.4, companies))[:stakes])
    stakes = owned.size
    persons = companies + (rng.random(stakes) ** 3 * (entities - companies)).astype(np.int64)
    parents = (owned * rng.random(stakes) ** 3).astype(np.int64)
    owner = np.where(rng.random(stakes) < 0.25, parents, persons)
    turned = rng.random(stakes) < 0.001
    owner = np.where(turned, rng.integers(0, companies, stakes), owner)
    first = np.flatnonzero(np.diff(owned, prepend=-1))
    share = rng.gamma(0.7, 1.0, stakes) + 1e-3
    percent = np.floor(1e4 * share / np.repeat(np.add.reduceat(share, first), np.diff(np.append(first, stakes)))) / 100
    low, high = percent.copy(), percent.copy()
    form = rng.random(stakes)
    for least, most in BANDS:
        band = (form < 0.4) & (percent >= least) & (percent <= most)
        low[band], high[band] = least, most
    unknown = form > 0.93
    low[unknown], high[unknown] = np.nan, np.nan
    kind = np.where(rng.random(stakes) < 0.05, rng.integers(1, 4, stakes), 0)
    return Columns(owner, owned, low, high, kind), entities


def _close(stakes: int, graph: Graph, test: OwnershipTest, listed: np.ndarray) -> Closure:
    begun = time.perf_counter()
    closure = close(graph, test, listed)
    seconds = time.perf_counter() - begun
    certain, possible = int(closure.certain.sum()), int(closure.possible.sum())
    _say(stakes, f"test of {test.authority}", seconds, f"{certain:12,}{possible - certain:12,}")
    return closure


def _proofs(stakes: int, closures: dict[str, Closure], rng: np.random.Generator) -> float:
    took, sure = [], 0
    for closure in closures.values():
        possible = np.flatnonzero(closure.possible)
        for entity in rng.choice(possible, min(100, possible.size), replace=False):
            begun = time.process_time()
            sure += explain(closure, int(entity)).smallest
            took.append(time.process_time() - begun)
    _say(stakes, f"a proof, of {len(took)}", float(np.median(took)), "  the median, of the processor")
    _say(stakes, f"  {sure} known smallest", max(took), "  the slowest")
    return max(took)


def _interest(stakes: int, graph: Graph, closure: Closure, listed: np.ndarray) -> None:
    asked = np.flatnonzero(closure.certain)[:100]
    begun = time.perf_counter()
    for entity in asked:
        interest(graph, listed, np.array([entity]))
    _say(stakes, "economic interest", (time.perf_counter() - begun) / asked.size, "  the mean")


Way = Callable[[Columns, np.ndarray, float], set[int]]


def plain(columns: Columns, listed: np.ndarray, threshold: float) -> set[int]:
    """The fixed point as one writes it in Python, with lists of what each owner has."""
    held = defaultdict(list)
    for owner, owned, share in _owners(columns):
        held[owner].append((owned, share))
    return _fixed_point(held.__getitem__, listed, threshold)


def by_networkx(columns: Columns, listed: np.ndarray, threshold: float) -> set[int]:
    """The same on a networkx graph."""
    import networkx  # noqa: PLC0415 - the other ways need not be there

    graph = networkx.DiGraph()
    graph.add_nodes_from(listed.tolist())
    graph.add_weighted_edges_from(_owners(columns))
    return _fixed_point(lambda owner: [(x, d["weight"]) for x, d in graph[owner].items()], listed, threshold)


def _owners(columns: Columns) -> list[tuple[int, int, float]]:
    """What each owner has at least: the highest of the lows that are said of one holding, no range contradicting."""
    found: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    shares = np.nan_to_num(columns.low), np.nan_to_num(columns.high, nan=100.0)
    for owner, owned, kind, low, high in zip(columns.owner, columns.owned, columns.kind, *shares, strict=True):
        if kind == 0 and owner != owned:
            found[int(owner), int(owned)].append((float(low), float(high)))
    return [(owner, owned, _met(said)) for (owner, owned), said in found.items()]


def _met(said: list[tuple[float, float]]) -> float:
    low, high = max(x for x, _ in said), min(y for _, y in said)
    return low if low <= high else min(x for x, _ in said)


def _fixed_point(held: Callable[[int], list[tuple[int, float]]], listed: np.ndarray, threshold: float) -> set[int]:
    caught, new, sums = set(listed.tolist()), listed.tolist(), defaultdict(float)
    while new:
        for owned, share in held(new.pop()):
            sums[owned] += share
            if owned not in caught and round(sums[owned], 6) >= threshold:
                caught.add(owned)
                new.append(owned)
    return caught


PEER_WAYS: tuple[tuple[str, Way], ...] = (("plain Python, us", plain), ("networkx, us", by_networkx))


def _peer(stakes: int, way: Way, name: str, columns: Columns, closure: Closure, listed: np.ndarray) -> bool:
    begun = time.perf_counter()
    try:
        found = way(columns, listed, closure.test.threshold or 0.0)
    except ModuleNotFoundError as error:
        print(f"{stakes:12,}  {name:<22}  not here: {error.name}", flush=True)
        return True
    own = np.flatnonzero(closure.lowest.graph.own_high > 0)
    spared = set(closure.lowest.graph.entity[own].tolist())
    same = {x for x in found if x not in spared} == {
        x for x in np.flatnonzero(closure.certain).tolist() if x not in spared
    }
    _say(stakes, name, time.perf_counter() - begun, f"{len(found):12,}  {'the same' if same else 'NOT THE SAME'}")
    return same


def _say(stakes: int, what: str, seconds: float, more: str = "") -> None:
    print(f"{stakes:12,}  {what:<22}{seconds:9.4f}{more}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
