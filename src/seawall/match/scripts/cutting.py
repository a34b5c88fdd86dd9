"""Cutting a word into syllables that a romanisation knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, product

_LONGEST = 18
"""Longer words are not names of three syllables."""


def cut(
    word: str, alone: Mapping[str, tuple[str, ...]], several: tuple[Mapping[str, tuple[str, ...]], ...], most: int
) -> Iterator[tuple[str, ...]]:
    """Ways to read a word as one syllable of `alone`, else as two or three of the mappings in `several`.

    At most `most` are given. Each mapping gives by spelling the syllables it can stand for, likeliest first.
    """
    if len(word) > _LONGEST:
        return
    yield from islice(_ways(word, alone, several), most)


def _ways(
    word: str, alone: Mapping[str, tuple[str, ...]], several: tuple[Mapping[str, tuple[str, ...]], ...]
) -> Iterator[tuple[str, ...]]:
    if word in alone:
        yield from ((syllable,) for syllable in alone[word])
        return
    for size, known in enumerate(several, start=2):
        for parts in _parts(word, known, size):
            yield from sorted(product(*(known[part] for part in parts)), key=lambda way: _rank(way, parts, known))


def _rank(way: tuple[str, ...], parts: tuple[str, ...], known: Mapping[str, tuple[str, ...]]) -> int:
    return sum(known[part].index(syllable) for syllable, part in zip(way, parts, strict=True))


def _parts(word: str, known: Mapping[str, tuple[str, ...]], size: int) -> Iterator[tuple[str, ...]]:
    """Cuts of a word into `size` known spellings, those with the longest head first."""
    if size == 1:
        if word in known:
            yield (word,)
        return
    for end in range(min(len(word) - size + 1, 7), 0, -1):
        if word[:end] in known:
            for rest in _parts(word[end:], known, size - 1):
                yield (word[:end], *rest)
