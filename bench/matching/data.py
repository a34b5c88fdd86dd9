"""What is asked and of which lists: labelled names as queries with the entities they mean."""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from seawall.model import Entity, EntityId, Listing, Name, NameKind, Query, Schema
from seawall.sources import read_lists
from seawall.tables.territory import country_code

_EU_NAMES = (
    ("name", NameKind.PRIMARY), ("alias", NameKind.ALIAS), ("weakAlias", NameKind.WEAK),
    ("previousName", NameKind.FORMER),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the ids of the entities that are right answers; none if nobody on the list is meant."""

    query: Query
    meant: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names and whether people who know say that they are one party's."""

    group: str
    schema: str
    left: str
    right: str
    match: bool
    quality: str


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def official(shared: Path, *lists: str) -> tuple[Entity, ...]:
    """The entities of published lists by folder name (`un`, `ofac`, `eu`)."""
    plain = [shared / "lists" / name for name in lists if name != "eu"]
    found = read_lists(plain).entities if plain else ()
    return (*found, *(_journal(shared / "lists" / "eu") if "eu" in lists else ()))


def _journal(folder: Path) -> Iterable[Entity]:
    """The EU lists as the Official Journal prints them: one entity per row, several aliases in a cell by `;`."""
    schemata = set(Schema)
    for path in sorted(folder.glob("*.csv")):
        for n, row in enumerate(rows(path)):
            names = tuple(
                Name(text.strip(), kind) for column, kind in _EU_NAMES for text in row[column].split(";") if plain(text)
            )
            if names and row["schema"] in schemata:
                key = f"eu-{path.stem}-{n}"
                yield Entity(EntityId(key), Schema(row["schema"]), names, listings=(Listing("eu", "eu", key),))


def persons(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Those who are persons."""
    return tuple(entity for entity in entities if entity.schema is Schema.PERSON)


def latin_only(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities without their names in other scripts; those with no name left are gone."""
    cut = (replace(e, names=tuple(name for name in e.names if is_latin(name.text))) for e in entities)
    return tuple(entity for entity in cut if entity.names)


def is_latin(text: str) -> bool:
    """Whether every letter is Latin."""
    return all(_latin_letter(letter) for letter in text if letter.isalpha())


@cache
def _latin_letter(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "")


@cache
def script(text: str) -> str:
    """The script of the first letter as Unicode calls it, "" without any."""
    return next((unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()), "")


def plain(text: str) -> str:
    """Words in lower case without accents and punctuation, in their own script: when two names are the same text."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def positives(shared: Path, entities: Sequence[Entity], *, facts: bool) -> dict[str, list[Asked]]:
    """Queries for people on the UN list by set, with birth dates and countries if `facts`."""
    ids: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for listing in entity.listings:
            ids[listing.reference].add(str(entity.id))
    sets: dict[str, list[Asked]] = defaultdict(list)
    for n, row in enumerate(rows(shared / "bench" / "positives.csv")):
        meant = frozenset(key for reference in row["reference"].split(";") for key in ids[reference])
        sets[row["set"]].append(Asked(_query(f"p{n}", row, facts=facts), meant))
    return sets


def negatives(shared: Path, size: int, *, facts: bool) -> list[Asked]:
    """Queries for people on no list; about `size` of them, evenly over the file, 0 for all."""
    read = rows(shared / "bench" / "negatives.csv")
    step = max(1, len(read) // size) if size else 1
    return [Asked(_query(f"n{n}", row, facts=facts)) for n, row in enumerate(read)][::step]


def _query(key: str, row: dict[str, str], *, facts: bool) -> Query:
    return Query(
        id=key,
        names=(row["name"],),
        schema="Person",
        birth=tuple(filter(None, row["birth_date"].split(";"))) if facts else (),
        countries=tuple(filter(None, map(country_code, row["country"].split(";")))) if facts else (),
    )


def pairs(shared: Path) -> list[Pair]:
    """The labelled pairs of names."""
    return [
        Pair(r["group"], r["schema"], r["name1"], r["name2"], r["is_match"] == "true", r["quality"])
        for r in rows(shared / "bench" / "name_pairs.csv")
    ]
