"""The steps of a run, one verb each. Wiring only: every decision is made in a room.

bytes -> sources -> store -> match -> judge -> report -> a person
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from seawall import __version__, indexes, judge, match, store
from seawall import sources as _sources
from seawall.config import Settings, settings
from seawall.errors import InputError, TableError
from seawall.model import (
    Dealing,
    Edition,
    Entity,
    Evidence,
    Hit,
    Listing,
    Party,
    Query,
    Regime,
    Role,
    RowError,
    Supply,
    Truth,
)
from seawall.report import Case, Likeness, Likenesses, Screening
from seawall.sources.dealings import read_dealings
from seawall.sources.ledger import parse_ledger, read_ledger
from seawall.sources.parties import read_pairs, read_parties
from seawall.tables import casebook, law, ledger, words
from seawall.tables.edition import tables_edition

__all__ = [
    "Wall", "check", "compare", "example", "load_lists", "open", "read_dealings", "read_pairs", "read_parties",
    "screen",
]  # fmt: skip

T = TypeVar("T")
Told = Callable[[int], object]
_SCREENED = 100_000
"""Queries that are looked for at once: enough to be quick, few enough to tell how far it is."""
_COMPARED = 2_000
"""Pairs that are compared at once."""


def _nobody(_: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Wall:
    """Lists, their index and the law, opened and ready. `notes` are said aloud in every report."""

    settings: Settings
    entities: Sequence[Entity]
    editions: tuple[Edition, ...]
    errors: tuple[RowError, ...]
    index: match.Index
    regimes: tuple[Regime, ...]
    rulebook: judge.Rulebook
    ledger: tuple[Supply, ...]
    notes: tuple[str, ...]


def open(
    data: Path | str | None = None,
    *,
    lists: Sequence[Path | str] = (),
    ledgers: Sequence[Path | str] = (),
    casebook_only: bool = False,
    workers: int | None = None,
) -> Wall:
    """Open lists, law and the ledger of what was supplied under caps.

    `lists` are files or folders as published. Without them: the snapshot in `data` (by default `SEAWALL_DATA`), and if
    there is none the built-in casebook, as `notes` then says. `casebook_only` takes the casebook whatever is loaded.
    `ledgers` are files with rows to add to the built-in ledger; `errors` then holds the rows that cannot be read.
    `workers` are the threads that look for names, 0 for one per core; without it as `SEAWALL_WORKERS` says.
    Raises InputError when `lists` are given and nothing in them can be read.
    """
    options = settings() if data is None else replace(settings(), data=Path(data))
    options = options if workers is None else replace(options, workers=workers)
    kept, notes = _lists(options, [Path(p) for p in lists], casebook_only)
    regimes = law.load_regimes()
    more, faults = _more([Path(p) for p in ledgers], regimes)
    return Wall(
        settings=options,
        entities=kept.index.entities,
        editions=kept.editions,
        errors=(*kept.errors, *faults),
        index=kept.index,
        regimes=regimes,
        rulebook=judge.compile(regimes, law.load_terms()),
        ledger=(*supplied(), *more),
        notes=notes,
    )


def _lists(options: Settings, lists: Sequence[Path], casebook_only: bool) -> tuple[indexes.Kept, tuple[str, ...]]:
    known = words.load_words()
    if lists:
        return indexes.of_lists(options.data, lists, known), ()
    found = None if casebook_only else indexes.of_snapshot(options.data, known)
    if found is not None:
        return found[1], (f"Lists: the snapshot {found[0]} in {options.data}.",)
    note = "Lists: only the built-in casebook, a small selection of listed parties. Give official lists with --lists."
    return indexes.Kept(match.build(casebook.load_parties(), known), (casebook.casebook_edition(),)), (note,)


def supplied() -> tuple[Supply, ...]:
    """The built-in ledger of what was supplied under caps. Raises TableError if a row of it is wrong."""
    found, wrong = parse_ledger(ledger.ledger_bytes(), ledger.FILE, _counted(law.load_regimes()))
    for fault in wrong:
        raise TableError(fault.message, file=fault.file, row=fault.row, field=fault.field)
    return found


def _more(paths: Sequence[Path], regimes: Sequence[Regime]) -> tuple[tuple[Supply, ...], tuple[RowError, ...]]:
    """The rows of the user's ledgers."""
    read = [read_ledger(path, _counted(regimes)) for path in paths]
    return tuple(s for found, _ in read for s in found), tuple(e for _, faults in read for e in faults)


def _counted(regimes: Sequence[Regime]) -> set[str]:
    return {cap.counts for regime in regimes for cap in regime.caps}


def load_lists(paths: Sequence[Path | str], data: Path | str | None = None) -> tuple[str, _sources.ListsRead]:
    """Read lists and keep them as the current snapshot, with its index. Returns its id and what was read.

    Raises InputError if nothing could be read, AssertionBroken if a list holds far less or more than it ever has.
    """
    folder = settings().data if data is None else Path(data)
    read = _sources.read_lists([Path(p) for p in paths])
    if not read.entities:
        raise InputError(str(read.errors[0]) if read.errors else f"no list in {', '.join(map(str, paths))}")
    name = store.save(folder, read.entities, read.editions)
    indexes.of_snapshot(folder, words.load_words())
    return name, read


def example() -> tuple[tuple[Dealing, ...], tuple[RowError, ...]]:
    """The dealings of the built-in casebook."""
    return _sources.dealings.parse_dealings(casebook.read_dealings_bytes(), file="casebook/dealings.csv")


def prepared() -> bool:
    """Whether the matcher has run on this machine before; its first run compiles it."""
    return match.compiled()


def screen(
    wall: Wall,
    queries: Sequence[Query],
    *,
    errors: Sequence[RowError] = (),
    threshold: float | None = None,
    limit: int | None = None,
    told: Told = _nobody,
) -> Screening:
    """Look for queries on the lists. `errors` of reading them are carried into the result.

    `told` is called with the number of queries done so far, now and then.
    """
    options = match.Options(
        threshold=wall.settings.threshold if threshold is None else threshold,
        limit=wall.settings.limit if limit is None else limit,
        workers=wall.settings.threads,
    )
    hits: list[Hit] = []
    for some in _by(_SCREENED, queries, told):
        hits += match.screen(wall.index, some, options)
    return Screening(
        queries=tuple(queries),
        hits=tuple(hits),
        errors=(*wall.errors, *errors),
        editions=wall.editions,
        engine_version=__version__,
    )


def compare(
    pairs: Sequence[tuple[Query, Query]], *, errors: Sequence[RowError] = (), told: Told = _nobody
) -> Likenesses:
    """How likely the two parties of each pair are one. `errors` and `told` as in `screen`."""
    found: list[Likeness] = []
    known = words.load_words()
    for some in _by(_COMPARED, pairs, told):
        scored = match.compare(some, known)
        found += [Likeness(*pair, one.score, one.why) for pair, one in zip(some, scored, strict=True)]
    return Likenesses(tuple(found), tuple(errors), __version__, tables_edition().day)


def _by(size: int, asked: Sequence[T], told: Told) -> Iterator[Sequence[T]]:
    """What is asked in runs of `size`; that of each run is told when the next is taken."""
    for start in range(0, len(asked), size):
        yield asked[start : start + size]
        told(min(start + size, len(asked)))


def check(
    wall: Wall,
    dealings: Sequence[Dealing],
    *,
    errors: Sequence[RowError] = (),
    on: date | None = None,
    nexus: Sequence[str] = (),
    title: str = "Dealings checked",
) -> Case:
    """Judge dealings under the law of their day, or of `on`. `nexus` says whose law binds beside the UN's (none: all).

    `errors` of reading them are carried into the case.
    """
    proofs = evidence(wall, dealings, on)
    authorities = sorted({regime.measures[0].authority for regime in wall.regimes if regime.measures})
    asked = [a for a in authorities if not nexus or a in {*nexus, *judge.ALWAYS}]
    options = judge.Options(on=on, nexus=tuple(nexus), ledger=wall.ledger, checked=_checked(wall, asked, on))
    verdicts = judge.judge(wall.rulebook, dealings, proofs, options)
    return Case(
        title=title,
        generated_on=date.today(),
        dealings=tuple(dealings),
        verdicts=tuple(verdicts),
        errors=(*wall.errors, *errors),
        editions=(*wall.editions, tables_edition()),
        engine_version=__version__,
        tables_edition=tables_edition().day,
        notes=wall.notes,
    )


def _checked(wall: Wall, asked: Sequence[str], on: date | None) -> str:
    regimes = ", ".join(r.title for r in wall.regimes if r.measures and r.measures[0].authority in asked)
    lists = ", ".join(f"{e.title} {e.day or '(no date given)'}".strip() for e in wall.editions)
    return f"{regimes or 'no regime'}; lists: {lists}; law of {on.isoformat() if on else 'the day of each dealing'}"


def evidence(wall: Wall, dealings: Sequence[Dealing], on: date | None = None) -> dict[str, list[Evidence]]:
    """The listed parties of each dealing, by dealing id. Every party is screened once, all in one batch."""
    asked: dict[Query, list[tuple[Dealing, Party]]] = defaultdict(list)
    for dealing in dealings:
        for party in _parties_of(dealing):
            asked[_query(party)].append((dealing, party))
    queries = {f"p{n}": query for n, query in enumerate(asked)}
    options = match.Options(wall.settings.threshold, wall.settings.limit, wall.settings.threads)
    hits = match.screen(wall.index, [replace(q, id=key) for key, q in queries.items()], options)
    found: dict[str, list[Evidence]] = defaultdict(list)
    for hit in hits:
        for dealing, party in asked[queries[hit.query_id]]:
            day = on or dealing.date
            for listing in hit.entity.listings:
                found[dealing.id].append(_proof(hit, listing, party, day, wall.settings.certain))
    return found


def _parties_of(dealing: Dealing) -> list[Party]:
    """The parties as written; a ship known only by its number is a party too."""
    parties = list(dealing.parties)
    ships = [p for p in parties if p.role is Role.VESSEL]
    if dealing.imo and not ships:
        parties.append(Party(Role.VESSEL, "", (("imo", dealing.imo),)))
    elif dealing.imo and len(ships) == 1 and not ships[0].detail("imo"):
        known = replace(ships[0], details=(*ships[0].details, ("imo", dealing.imo)))
        parties[parties.index(ships[0])] = known
    return parties


_DETAIL_IDS: Mapping[str, str] = {
    "imo": "imo",
    "mmsi": "mmsi",
    "call_sign": "call_sign",
    "passport": "passport",
    "national_id": "national_id",
    "tax_id": "tax",
    "inn": "tax",
    "registration": "registration",
    "ogrn": "registration",
    "lei": "lei",
    "swift": "swift",
    "wallet": "wallet",
    "id": "",
}


def _query(party: Party) -> Query:
    """What is looked for; equal parties of different dealings give equal queries."""
    details = dict(party.details)
    schema = details.get("schema", "Vessel" if party.role is Role.VESSEL else "")
    return Query(
        id="",
        names=(party.name,) if party.name else (),
        schema=schema,
        birth=tuple(filter(None, (details.get("birth_date", ""),))),
        countries=tuple(filter(None, (details.get("country", ""),))),
        gender=details.get("gender", ""),
        identifiers=tuple((kind, details[key]) for key, kind in _DETAIL_IDS.items() if details.get(key)),
    )


def _proof(hit: Hit, listing: Listing, party: Party, day: date | None, certain: float) -> Evidence:
    return Evidence(
        role=party.role.value,
        party=party.name or f"IMO {party.detail('imo')}",
        entity_id=str(hit.entity.id),
        entity_name=hit.entity.caption,
        matched_name=hit.matched_name,
        score=hit.score,
        certain=hit.score >= certain,
        authority=listing.authority,
        source=listing.source,
        reference=listing.reference,
        programs=listing.programs,
        listed_on=listing.listed_on,
        delisted_on=listing.delisted_on,
        on_list=_on_list(listing, day),
        why=hit.why,
        verification=listing.verification,
    )


def _on_list(listing: Listing, day: date | None) -> Truth:
    """Whether the listing was in force on the day; the day of delisting itself no longer counts."""
    if day is not None and listing.delisted_on is not None and listing.delisted_on <= day:
        return Truth.FALSE
    if day is None or listing.listed_on is None:
        return Truth.UNKNOWN
    return Truth.TRUE if listing.listed_on <= day else Truth.FALSE


def editions() -> tuple[tuple[Edition, ...], str]:
    """Which lists a run without `--lists` would use, and a sentence that says so."""
    options = settings()
    found = indexes.of_snapshot(options.data, words.load_words())
    if found is None:
        return (casebook.casebook_edition(),), f"No snapshot in {options.data}: the built-in casebook is used."
    return found[1].editions, f"Snapshot {found[0]} in {options.data}."
