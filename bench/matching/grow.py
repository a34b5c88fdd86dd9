"""Lists grown to any size by realistic variation, one entity at a time, to measure how matching scales.

A new entity takes the shape of a real one: its names are recombined from words that stand at the same place in names of
the same sort, country and script, some respelt as romanisations differ; its further names are spellings of the first.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from matching.data import Asked, script
from seawall.model import DateSpan, Entity, EntityId, Listing, Name, NameKind, Query

_SPELLINGS = (
    ("ee", "i"), ("i", "ee"), ("oo", "u"), ("u", "oo"), ("ou", "u"), ("u", "ou"), ("kh", "h"), ("sh", "ch"),
    ("zh", "j"), ("j", "zh"), ("dj", "j"), ("j", "dj"), ("ph", "f"), ("ts", "tz"), ("ck", "k"), ("q", "k"),
    ("k", "q"), ("y", "i"), ("v", "w"), ("w", "v"), ("ei", "ai"), ("ai", "ei"), ("ya", "ia"), ("ll", "l"),
    ("mm", "m"), ("ss", "s"), ("nn", "n"), ("aa", "a"), ("c", "k"), ("h", ""), ("e", "i"), ("i", "e"), ("o", "u"),
    ("u", "o"),
)  # fmt: skip
"""How one sound is written in one romanisation, and how in another."""

_RESPELT, _REORDERED, _YEARS = 0.35, 0.15, 20

Group = tuple[str, str, str, bool]
Pool = dict[Group, dict[int, list[str]]]


def grow(entities: Sequence[Entity], size: int, seed: int = 3) -> Iterator[Entity]:
    """The entities, then new ones until there are `size`. Holds only the words of names in memory."""
    yield from entities[:size]
    pool = _pool(entities)
    chance = random.Random(seed)  # noqa: S311 - made-up data, no secret
    for n in range(len(entities), size):
        model = chance.choice(entities)
        key = f"grown-{n}"
        first = model.names[0]
        text = _recombined(first.text, pool[_group(model, first.text)], chance)
        names = [Name(text, NameKind.PRIMARY)]
        names += [Name(_spelling(text, chance), name.kind) for name in model.names[1:]]
        yield Entity(
            id=EntityId(key),
            schema=model.schema,
            names=tuple(names),
            birth=tuple(_shifted(span, chance) for span in model.birth),
            countries=model.countries,
            listings=(Listing("grown", "grown", key),),
        )


def people(queries: Sequence[Asked], size: int, seed: int = 5) -> list[Query]:
    """`size` queries with distinct names, their words recombined by place and script from those of queries."""
    pool: dict[tuple[str, int], list[list[str]]] = defaultdict(list)
    for asked in queries:
        words = asked.query.names[0].split()
        pool[script(asked.query.names[0]), len(words)].append(words)
    chance = random.Random(seed)  # noqa: S311 - made-up data, no secret
    shapes, weights = list(pool), [len(names) for names in pool.values()]
    names: dict[str, None] = {}
    tries = 0
    while len(names) < size and (tries := tries + 1) < 100 * size:
        shape = pool[chance.choices(shapes, weights)[0]]
        names[" ".join(chance.choice(shape)[place] for place in range(len(shape[0])))] = None
    if len(names) < size:
        raise ValueError(f"only {len(names)} distinct names can be made of {len(queries)}")
    return [Query(f"q{n}", (name,), "Person") for n, name in enumerate(names)]


def _pool(entities: Sequence[Entity]) -> Pool:
    pool: Pool = defaultdict(lambda: defaultdict(list))
    for entity in entities:
        for name in entity.names:
            words = name.text.split()
            for place, word in enumerate(words):
                pool[_group(entity, name.text)][_place(place, len(words))].append(word)
    return pool


def _group(entity: Entity, text: str) -> Group:
    """Names of one culture, as far as a list tells: the country, or else the programme, the script and the order."""
    programs = [program for listing in entity.listings for program in listing.programs]
    return entity.schema.value, next(iter([*entity.countries, *programs]), ""), script(text), "," in text


def _place(place: int, count: int) -> int:
    """-1 for the last word, 1 for those between the first and it."""
    return -1 if place == count - 1 else min(place, 1)


def _recombined(text: str, words: dict[int, list[str]], chance: random.Random) -> str:
    count = len(text.split())
    picked = (chance.choice(words[_place(place, count)]) for place in range(count))
    return " ".join(respelt(word, chance) if chance.random() < _RESPELT else word for word in picked)


def _spelling(text: str, chance: random.Random) -> str:
    words = text.split()
    place = chance.randrange(len(words))
    words[place] = respelt(words[place], chance)
    if chance.random() < _REORDERED:
        words = [words[-1], *words[:-1]]
    return " ".join(words)


def respelt(word: str, chance: random.Random) -> str:
    """The word with one sound written in another way; itself where none is known or too little would be left."""
    low = word.lower()
    ways = [pair for pair in _SPELLINGS if pair[0] in low]
    if not ways or len(word) < 3:
        return word
    old, new = chance.choice(ways)
    spelt = low.replace(old, new, 1)
    return spelt.upper() if word.isupper() else spelt.capitalize() if word[0].isupper() else spelt


def _shifted(span: DateSpan, chance: random.Random) -> DateSpan:
    days = timedelta(days=chance.randrange(-365 * _YEARS, 365 * _YEARS))
    return replace(span, first=span.first + days, last=span.last + days)
