"""Where a measure stands: on a day, in its line, under its caps; and what happened to measures over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from seawall.judge.caps import column
from seawall.judge.ledger import with_used
from seawall.judge.reasons import within
from seawall.judge.rulebook import leaf_key, leaves_of, truth, walk
from seawall.model import Activity, Cap, Event, Kin, Measure, Route, Supply, Terms

Known = Mapping[str, Measure]
"""Measures by id."""


def standing(m: Measure, on: date, known: Known) -> tuple[str, ...]:
    """What holds of a measure on a day, in sentences: whether it is in force, and if not, what of its line was."""
    if within(m.start, m.end, on):
        day = f"in force on {on}: day {(on - m.start).days + 1}"
        last = "" if m.end is None else f"; the last day is {m.end}" if m.end > on else ", the last"
        return (day + last, *(route_standing(r, on) for r in m.routes if r.end or (r.start and r.start > m.start)))
    before = on < m.start
    when = f"it starts on {m.start}" if before else f"it ended on {m.end}"
    relatives = _predecessors(m, known) if before else _successors(m, known)
    was = [k.measure for k in relatives if within(k.measure.start, k.measure.end, on)]
    others = "; ".join(f"{x.id} ({x.title})" for x in dict.fromkeys(was)) or "nothing of its line"
    return (f"not in force on {on}: {when}", f"what was: {others}")


def route_standing(r: Route, on: date) -> str:
    """Whether a route with dates of its own is open on a day."""
    kind = r.kind.replace("_", "-")
    if r.start is not None and on < r.start:
        return f"{kind} opens on {r.start}: {r.title}"
    if r.end is not None and on > r.end:
        return f"{kind} closed, its last day was {r.end}: {r.title}"
    return f"{kind} open {f'until {r.end}' if r.end else f'since {r.start}'}: {r.title}"


def line(m: Measure, known: Known) -> tuple[Kin, ...]:
    """The line of a measure: all it follows, as far back as it goes; what took its place; what else names it."""
    later = {*m.superseded_by}
    naming = [x for x in known.values() if m.id in x.previous and x.id not in later]
    return (*_predecessors(m, known), *_successors(m, known), *(Kin(1, "is followed by", x) for x in naming))


def _predecessors(m: Measure, known: Known) -> Iterator[Kin]:
    return _walk(m, known, "previous", "follows")


def _successors(m: Measure, known: Known) -> Iterator[Kin]:
    return _walk(m, known, "superseded_by", "is superseded by")


def _walk(m: Measure, known: Known, along: str, relation: str) -> Iterator[Kin]:
    """Depth first, each measure once."""
    seen = {m.id}
    waiting = [(1, name) for name in reversed(getattr(m, along))]
    while waiting:
        depth, name = waiting.pop()
        if name in known and name not in seen:
            seen.add(name)
            yield Kin(depth, relation, known[name])
            waiting += [(depth + 1, earlier) for earlier in reversed(getattr(known[name], along))]


def caps_of(m: Measure, caps: Iterable[Cap]) -> tuple[Cap, ...]:
    """The caps that the conditions of a measure ask about."""
    asked = {dict(leaf.args).get("cap") for leaf in leaves_of(m) if leaf.test in {"over_cap", "cap_used_up"}}
    return tuple(cap for cap in caps if cap.id in asked)


def ledger_says(cap: Cap, on: date, ledger: Sequence[Supply], terms: Terms) -> str:
    """What the ledger says of a cap for a day, "" if it does not run on it."""
    table = with_used(pl.DataFrame({"day": [on]}), [cap], ledger, terms.factors)
    return table[column(cap, "says")][0] or ""


def touches(m: Measure, activity: Activity) -> bool:
    """Whether a measure can apply to an activity, whatever the other facts are."""
    row: dict[str, Any] = {}
    for leaf in walk(m.scope):
        args: Mapping[str, Any] = dict(leaf.args)
        row[leaf_key(leaf, "")] = activity.value in args["any"] if leaf.test == "activity" else None
    return truth(m.scope, row, "") is not False


def claims(measures: Iterable[Measure]) -> dict[str, tuple[tuple[Measure, Route | None], ...]]:
    """Every claim (a word under `approval` or `purpose`), by word, with the measures and routes that ask for it."""
    found: dict[str, dict[tuple[str, str], tuple[Measure, Route | None]]] = defaultdict(dict)
    for m in measures:
        for route, root in ((None, m.scope), *((r, r.when) for r in m.routes)):
            for leaf in walk(root):
                if leaf.test == "claimed":
                    args: Mapping[str, Any] = dict(leaf.args)
                    for word in args["any"]:
                        found[str(word)][m.id, route.id if route else ""] = (m, route)
    return {word: tuple(found[word].values()) for word in sorted(found)}


def events(measures: Sequence[Measure]) -> tuple[Event, ...]:
    """What started, changed, ended, opened and closed, by day."""
    return tuple(sorted((e for m in measures for e in _events(m)), key=lambda e: (e.day, e.measure, e.what)))


def _events(m: Measure) -> Iterator[Event]:
    if m.previous:
        change = f": {m.change}" if m.change else ""
        yield Event(m.start, "changes", m.id, f"{m.title}; follows {', '.join(m.previous)}{change}")
    else:
        yield Event(m.start, "starts", m.id, m.title)
    if m.end is not None:
        later = f"; then {', '.join(m.superseded_by)}" if m.superseded_by else ""
        yield Event(m.end, "ends", m.id, f"last day of: {m.title}{later}")
    for r in m.routes:
        kind = r.kind.replace("_", "-")
        if r.start is not None and r.start > m.start:
            yield Event(r.start, "opens", m.id, f"first day of the {kind}: {r.title}")
        if r.end is not None and r.end != m.end:
            yield Event(r.end, "closes", m.id, f"last day of the {kind}: {r.title}")
