"""The index: who is listed, under which names, and where each word, sound, key and number stands."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seawall.match.identifiers import normal_id
from seawall.match.lexicon import Lexicon, Word, hashes, lexicon
from seawall.match.names import Names, lightest_first, rows, split
from seawall.match.postings import Postings, postings, standing
from seawall.match.rooms import Rooms
from seawall.match.weights import kind_weights
from seawall.model import Entity, NameKind, Schema
from seawall.tables.words import Words

KINDS = tuple(NameKind)
SCHEMATA = tuple(Schema)


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as the bytes of all of them; text n is `data[at[n]:at[n + 1]]` in UTF-8."""

    data: NDArray[np.uint8]
    at: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.at) - 1

    def __getitem__(self, n: int) -> str:
        return self.data[self.at[n] : self.at[n + 1]].tobytes().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[n] for n in range(len(self)))


@dataclass(frozen=True, slots=True)
class Index:
    """Entities, their names in columns, and the postings that find them.

    `texts[n]` is name n as listed, `owners[n]` the number of its entity, `kinds[n]` its place in `KINDS`;
    `schemata[e]` the place in `SCHEMATA` of what entity e is. `bearers` and `discounts` say of each row of `names`
    what bears it, as `schemata` does, and what its kind of name costs, in log-odds; the lightest rows come first.
    `numbers` are the hashes of identifiers in order, `numbered` the entity that has each.
    """

    entities: Sequence[Entity]
    texts: Texts
    owners: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    schemata: NDArray[np.uint8]
    bearers: NDArray[np.uint8]
    discounts: NDArray[np.float32]
    lexicon: Lexicon
    names: Names
    where: Postings
    numbers: NDArray[np.uint64]
    numbered: NDArray[np.int32]
    words: Words
    rooms: Rooms = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rooms", Rooms(len(self.names.at) - 1, len(self.lexicon.hashes)))

    def counts(self, vocabulary: Sequence[Word]) -> NDArray[np.int64]:
        """On how many names of the list each word stands."""
        asked = hashes(vocabulary)
        if not len(self.where.hashes):
            return np.zeros(len(asked), dtype=np.int64)
        place = np.minimum(np.searchsorted(self.where.hashes, asked), len(self.where.hashes) - 1)
        word = self.where.words[place]
        count: NDArray[np.int64] = self.where.row_at[word + 1] - self.where.row_at[word]
        return np.where(self.where.hashes[place] == asked, count, 0)

    def having(self, kind: str, number: str) -> list[int]:
        """The entities that have an identifier: `number` as `normal_id` gives it, `kind` "" for any."""
        key = np.uint64(_number(kind, number))
        first, last = np.searchsorted(self.numbers, key, "left"), np.searchsorted(self.numbers, key, "right")
        return [n for n in self.numbered[first:last].tolist() if (kind, number) in _identifiers(self.entities[n])]

    def columns(self) -> dict[str, NDArray[Any]]:
        """Everything but the entities and the tables, as named arrays from which `from_columns` makes the index."""
        parts = {"texts": self.texts, "lexicon": self.lexicon, "names": self.names, "where": self.where}
        found = {name: getattr(self, name) for name in _FLAT}
        for part, value in parts.items():
            found |= {f"{part}.{name}": getattr(value, name) for name in _PARTS[part]}
        return found


_FLAT = ("owners", "kinds", "schemata", "bearers", "discounts", "numbers", "numbered")
_PARTS: Mapping[str, tuple[str, ...]] = {
    "texts": ("data", "at"),
    "lexicon": Lexicon._fields,
    "names": Names._fields,
    "where": Postings._fields,
}


def from_columns(columns: Mapping[str, NDArray[Any]], entities: Sequence[Entity], words: Words) -> Index:
    """The index whose `columns()` these are. Raises KeyError if one is missing."""
    part = {part: [columns[f"{part}.{name}"] for name in names] for part, names in _PARTS.items()}
    return Index(
        entities=entities,
        texts=Texts(*part["texts"]),
        lexicon=Lexicon(*part["lexicon"]),
        names=Names(*part["names"]),
        where=Postings(*part["where"]),
        words=words,
        **{name: columns[name] for name in _FLAT},
    )


def build(entities: Iterable[Entity], words: Words, kept: Sequence[Entity] | None = None) -> Index:
    """Index the names and identifiers of entities, read once and one by one.

    With `kept` they are not held in memory: it must give entity n of them once all were read.
    """
    intake = _Intake([] if kept is None else None)
    parts = split(intake.named(entities), words)
    lex = lexicon(parts.vocabulary, standing(parts.words, parts.at, len(parts.vocabulary)), len(parts.at) - 1, words)
    names = lightest_first(rows(parts, lex))
    del parts
    owners = np.array(intake.owners, dtype=np.int32)
    kinds = np.frombuffer(intake.kinds, dtype=np.uint8)
    schemata = np.frombuffer(intake.schemata, dtype=np.uint8)
    numbers = np.array(intake.numbers, dtype=np.uint64)
    order = np.argsort(numbers, kind="stable")
    return Index(
        entities=tuple(intake.held or ()) if kept is None else kept,
        texts=Texts(np.frombuffer(intake.data, dtype=np.uint8), np.array(intake.at, dtype=np.int64)),
        owners=owners,
        kinds=kinds,
        schemata=schemata,
        bearers=schemata[owners[names.name]],
        discounts=kind_weights()[kinds[names.name]],
        lexicon=lex,
        names=names,
        where=postings(lex, names),
        numbers=numbers[order],
        numbered=np.array(intake.numbered, dtype=np.int32)[order],
        words=words,
    )


_KIND = {kind: n for n, kind in enumerate(KINDS)}
_SCHEMA = {schema: n for n, schema in enumerate(SCHEMATA)}


class _Intake:
    """What entities hold, gathered while they pass."""

    def __init__(self, held: list[Entity] | None) -> None:
        self.held = held
        self.data, self.at = bytearray(), array("q", [0])
        self.owners, self.kinds, self.schemata = array("i"), bytearray(), bytearray()
        self.numbers, self.numbered = array("Q"), array("i")

    def named(self, entities: Iterable[Entity]) -> Iterator[tuple[str, str]]:
        """The names of entities, each with the schema of its bearer."""
        for n, entity in enumerate(entities):
            if self.held is not None:
                self.held.append(entity)
            self.schemata.append(_SCHEMA[entity.schema])
            for key in _identifiers(entity):
                self.numbers.append(_number(*key))
                self.numbered.append(n)
            for name in entity.names:
                self.data += name.text.encode("utf-8", "surrogatepass")
                self.at.append(len(self.data))
                self.owners.append(n)
                self.kinds.append(_KIND[name.kind])
                yield name.text, entity.schema.value


def _identifiers(entity: Entity) -> dict[tuple[str, str], None]:
    """The numbers of an entity, each under its kind and under none."""
    return {(kind, normal_id(item.value)): None for item in entity.identifiers for kind in (item.kind.value, "")}


def _number(kind: str, number: str) -> int:
    """An identifier as 64 bits."""
    said = f"{kind}\0{number}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "little")
