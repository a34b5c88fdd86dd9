"""Words in names that say little, and spellings of one word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

from seawall.errors import TableError

_FILE = "words/names.yaml"


@dataclass(frozen=True, slots=True)
class Words:
    """`canonical` maps a spelling to the first of its group; the sets hold romanised lower-case words."""

    canonical: Mapping[str, str]
    legal_forms: Mapping[str, str]
    generic: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]
    phrases: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    nicknames: Mapping[str, frozenset[str]] = field(default_factory=dict)
    translations: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    common: Mapping[str, float] = field(default_factory=dict)


@cache
def load_words() -> Words:
    """The tables of words. Raises TableError if a spelling stands in two groups."""
    table = yaml.safe_load(files("seawall.tables").joinpath(_FILE).read_text(encoding="utf-8"))
    canonical: dict[str, str] = {}
    for group in table["variants"]:
        for word in map(str, group):
            if canonical.setdefault(word, str(group[0])) != str(group[0]):
                raise TableError(f"{word!r} stands in two groups", file=_FILE, field="variants")
    return Words(
        canonical=canonical,
        legal_forms={str(word): form for form, group in table["legal_forms"].items() for word in group},
        generic=frozenset(map(str, table["generic"])),
        particles=frozenset(map(str, table["particles"])),
        titles=frozenset(map(str, table["titles"])),
    )
