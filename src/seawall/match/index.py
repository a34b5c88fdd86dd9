"""The index: who is listed, under which names, and where each word, sound, key and number stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seawall.match.identifiers import normal_id
from seawall.match.lexicon import Lexicon, Word, hashes, lexicon
from seawall.match.names import Names, rows, split
from seawall.match.postings import Postings, postings
from seawall.model import Entity, NameKind, Schema
from seawall.tables.words import Words

KINDS = tuple(NameKind)
SCHEMATA = tuple(Schema)


@dataclass(frozen=True, slots=True)
class Index:
    """Entities, their names in columns, and the postings that find them.

    `texts[n]` is name n as listed, `owners[n]` the number of its entity, `kinds[n]` its place in `KINDS`;
    `schemata[e]` the place in `SCHEMATA` of what entity e is.
    """

    entities: Sequence[Entity]
    texts: Sequence[str]
    owners: NDArray[np.int32]
    kinds: NDArray[np.uint8]
    schemata: NDArray[np.uint8]
    lexicon: Lexicon
    names: Names
    where: Postings
    identifiers: Mapping[tuple[str, str], tuple[int, ...]]
    words: Words

    def counts(self, vocabulary: Sequence[Word]) -> NDArray[np.int64]:
        """On how many names of the list each word stands."""
        asked = hashes(vocabulary)
        if not len(self.where.hashes):
            return np.zeros(len(asked), dtype=np.int64)
        place = np.minimum(np.searchsorted(self.where.hashes, asked), len(self.where.hashes) - 1)
        word = self.where.words[place]
        count: NDArray[np.int64] = self.where.row_at[word + 1] - self.where.row_at[word]
        return np.where(self.where.hashes[place] == asked, count, 0)


def build(entities: Iterable[Entity], words: Words) -> Index:
    """Index the names and identifiers of entities."""
    kept: list[Entity] = []
    texts: list[str] = []
    owners: list[int] = []
    kinds: list[int] = []
    identifiers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, entity in enumerate(entities):
        kept.append(entity)
        for name in entity.names:
            texts.append(name.text)
            owners.append(n)
            kinds.append(KINDS.index(name.kind))
        for item in entity.identifiers:
            for kind in (item.kind.value, ""):
                found = identifiers[kind, normal_id(item.value)]
                if n not in found:
                    found.append(n)
    parts = split(((text, kept[n].schema.value) for text, n in zip(texts, owners, strict=True)), words)
    standing = Counter(word for row in parts.rows for word in set(row))
    counts = np.array([standing[word] for word in range(len(parts.vocabulary))], dtype=np.int64)
    lex = lexicon(parts.vocabulary, counts, len(parts.rows), words)
    names = rows(parts, lex)
    return Index(
        entities=tuple(kept),
        texts=tuple(texts),
        owners=np.array(owners, dtype=np.int32),
        kinds=np.array(kinds, dtype=np.uint8),
        schemata=np.array([SCHEMATA.index(entity.schema) for entity in kept], dtype=np.uint8),
        lexicon=lex,
        names=names,
        where=postings(lex, names),
        identifiers={key: tuple(found) for key, found in identifiers.items()},
        words=words,
    )
