"""Whether an entity is caught by who owns or controls it, asked of each authority. Wiring only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from seawall import __version__, sources
from seawall import trace as tracing
from seawall.errors import InputError, UsageError
from seawall.model import Entity, Fault, Listing, NameKind, OwnershipTest, RowError, StakeKind
from seawall.report import Held, Tracing
from seawall.sources.raw import read_raw
from seawall.sources.stakes import StakesRead, read_stakes
from seawall.tables.edition import tables_edition
from seawall.tables.ownership import load_ownership

__all__ = ["Parties", "trace"]


@dataclass(frozen=True, slots=True)
class Parties:
    """Where the listed come from: a file of ids and names, official lists, or both."""

    file: Path | None = None
    lists: Sequence[Path] = ()


@dataclass(frozen=True, slots=True)
class _Listed:
    """The listed as they are looked for: words of any authority, and listings by the word they are found by."""

    words: frozenset[str]
    listings: Mapping[str, tuple[Listing, ...]]
    errors: tuple[RowError, ...]
    authorities: frozenset[str]
    ids: frozenset[str]

    def by(self, authority: str, own: frozenset[str], words: set[str], on: date) -> bool:
        """Whether one known by these words is listed by an authority, or on a list of nobody's, on a day."""
        found = [x for word in words for x in self.listings.get(word, ())]
        return bool(words & self.words) or any(
            (x.authority == authority or x.authority not in own)
            and (x.listed_on is None or x.listed_on <= on)
            and (x.delisted_on is None or on < x.delisted_on)
            for x in found
        )

    def by_id(self, entity: str) -> bool:
        """Whether its id, and not only its name, is that of a listed one."""
        return _word(entity) in self.words or _word(entity) in self.ids


def trace(
    entity: str, graph: Sequence[Path], listed: Parties, regimes: Sequence[str] = (), on: date | None = None
) -> Tracing:
    """What each authority's test says of an entity, given by its id or its name, on a day, by default today.

    `regimes`: authorities of the table of ownership tests, by default each that has a test on that day and of which
    there is somebody listed to ask for. Listed parties are found in the graph by id or by the whole name, letter case
    and spaces aside; a name that is only alike is not taken.
    Raises UsageError if the entity is not in the graph, its name is that of several, an authority has no test on that
    day, or no listed party is given; InputError if a file cannot be read.
    """
    day = on or date.today()
    known = _known(listed)
    read = read_stakes(graph)
    if not read.stakes:
        raise InputError(str(read.errors[0]) if read.errors else "no stake could be read", file=str(graph[0]))
    tests, notes = _tests(regimes, known, day)
    found = tracing.graph_of(read.stakes, day)
    names = {name: number for number, name in enumerate(found.names)}
    asked = _entity(entity, names, read.names)
    own = frozenset(t.authority for t in load_ownership())
    words = {n: {_word(x), _word(read.names.get(x, ""))} - {""} for x, n in names.items()}
    answers = []
    for test in tests:
        roots = [n for n, known_by in words.items() if known.by(test.authority, own, known_by, day)]
        answers.append(_held(found, test, np.array(roots, np.int64), names[asked]))
    named = [x for x in _used(answers, asked) if not known.by_id(x)]
    return Tracing(
        entity=asked,
        on=day,
        answers=tuple(answers),
        names=read.names,
        stakes=read.stakes,
        notes=(*notes, *_namesakes(named, read), *_notes(read, known, own, day)),
        errors=(*known.errors, *read.errors, *_faults(found, read)),
        engine_version=__version__,
        tables_edition=tables_edition().day,
    )


def _held(graph: tracing.Graph, test: OwnershipTest, roots: tracing.graph.Ints, entity: int) -> Held:
    closure = tracing.close(graph, test, roots)
    holding = tracing.explain(closure, entity)
    (interest,) = tracing.interest(graph, roots, np.array([entity]))
    listed = tuple(graph.name(int(root)) for root in roots)
    return Held(test, holding, tracing.tree(holding), interest, listed)


def _tests(regimes: Sequence[str], listed: _Listed, on: date) -> tuple[list[OwnershipTest], list[str]]:
    """The tests to ask, and what is said of those that are not asked."""
    all_of = list(dict.fromkeys(t.authority for t in load_ownership()))
    in_force = {t.authority: t for t in load_ownership() if t.in_force(on)}
    for name in regimes:
        if name not in all_of:
            raise UsageError(f"no authority {name!r}; there are {', '.join(all_of)}")
        if name not in in_force:
            raise UsageError(f"{name} has no ownership test on {on} in the tables")
    tests, notes = [], []
    for name in dict.fromkeys(regimes or all_of):
        if name not in in_force:
            notes.append(f"{name} is not asked: it has no ownership test on {on} in the tables.")
        elif not listed.words and name not in listed.authorities and listed.authorities <= {*all_of}:
            notes.append(f"{name} is not asked: none of the lists is its own.")
        else:
            tests.append(in_force[name])
    if not tests:
        raise UsageError("; ".join(note.rstrip(".") for note in notes))
    return tests, notes


def _known(listed: Parties) -> _Listed:
    if listed.file is None and not listed.lists:
        raise UsageError("say who is listed: give --listed or --lists")
    words = _words(listed.file) if listed.file else frozenset[str]()
    read = sources.read_lists([Path(p) for p in listed.lists])
    if listed.lists and not read.entities:
        raise InputError(str(read.errors[0]) if read.errors else "the lists hold nobody")
    found: dict[str, tuple[Listing, ...]] = {}
    for one in read.entities:
        for word in _called(one):
            found[word] = found.get(word, ()) + one.listings
    authorities = frozenset(x.authority for one in read.entities for x in one.listings)
    return _Listed(words, found, read.errors, authorities, frozenset(_word(str(one.id)) for one in read.entities))


def _called(one: Entity) -> set[str]:
    texts = [str(one.id), *(name.text for name in one.names if name.kind is not NameKind.WEAK)]
    return {_word(text) for text in texts} - {""}


def _words(path: Path) -> frozenset[str]:
    raw = read_raw(path)
    try:
        lines = raw.data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        row = raw.data[: error.start].count(b"\n") + 1
        raise InputError("is not UTF-8 text", file=raw.file, row=row) from error
    return frozenset(_word(line) for line in lines) - {""}


def _word(text: str) -> str:
    return " ".join(text.split()).casefold()


def _entity(asked: str, numbers: Mapping[str, int], names: Mapping[str, str]) -> str:
    """The id of who is asked for."""
    if asked in numbers:
        return asked
    called = [x for x in numbers if _word(asked) in {_word(x), _word(names.get(x, ""))}]
    if len(called) == 1:
        return called[0]
    if called:
        raise UsageError(f"{asked!r} is the name of several: {', '.join(sorted(called)[:10])}; give an id")
    near = get_close_matches(asked, [*numbers, *(names[x] for x in numbers if x in names)], n=3)
    raise UsageError(f"no entity {asked!r} in the graph" + (f"; near: {', '.join(near)}" if near else ""))


def _used(answers: Sequence[Held], entity: str) -> list[str]:
    """The listed on whom an answer rests."""
    used = [step.owner for held in answers for step in held.holding.proof if step.owner in held.listed]
    return list(dict.fromkeys([entity] * any(held.holding.listed for held in answers) + used))


def _namesakes(named: Sequence[str], read: StakesRead) -> list[str]:
    who = ", ".join(f"{read.names.get(x, x)} ({x})" for x in named)
    return [f"Taken as listed by the name alone: {who}. Check that they are the same."] if named else []


def _notes(read: StakesRead, listed: _Listed, own: frozenset[str], on: date) -> list[str]:
    notes = [
        "Listed parties are found by id or whole name. Names that are only alike are not found: screen the owners."
    ]
    if listed.words:
        notes.append("Whom the file of the listed names counts as listed by every authority on every day.")
    if others := sorted(listed.authorities - own):
        notes.append(f"Whom a list of {', '.join(others)} names counts as listed by every authority.")
    if read.left_out:
        parts = ", ".join(f"{number:,} {schema}" for schema, number in sorted(read.left_out.items()))
        notes.append(f"Left out, as they say nothing of a share or control: {parts}.")
    held = [s for s in read.stakes if s.kind is not StakeKind.CONTROL and s.in_force(on)]
    silent = sum((s.low, s.high) == (0.0, 100.0) for s in held)
    if silent:
        notes.append(f"Of {silent:,} of {len(held):,} stakes of that day the share is unknown: 0 to 100 percent.")
    return notes


def _faults(graph: tracing.Graph, read: StakesRead) -> list[RowError]:
    """What only shows when stakes stand together, told at each of them."""
    found = []
    for fault in (Fault.OVER, Fault.CONTRADICTS):
        for row in graph.faults[fault].tolist():
            stake, (file, line) = read.stakes[row], read.places[row]
            found.append(RowError(file, line, "share", fault, f"{stake.owner} > {stake.owned}"))
    return found
