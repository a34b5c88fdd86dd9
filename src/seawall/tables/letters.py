"""Letters of alphabets and their Latin spelling, and endings of family names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from seawall.errors import TableError

_FILE = "words/letters.yaml"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of an alphabet: letters and pairs of letters that only it writes, and what it reads otherwise."""

    name: str
    only: frozenset[str]
    pairs: tuple[str, ...]
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Letters:
    """Latin spelling by letter or pair of letters, one mapping for each alphabet.

    `cyrillic_of` is the languages that read some letters otherwise; `families` maps an ending to that of the
    masculine nominative.
    """

    cyrillic: Mapping[str, str]
    cyrillic_of: tuple[Language, ...]
    greek: Mapping[str, str]
    greek_head: Mapping[str, str]
    hebrew: Mapping[str, str]
    lookalikes: Mapping[str, str]
    families: Mapping[str, str]


@cache
def load_letters() -> Letters:
    """The tables of letters. Raises TableError if an ending stands in two groups."""
    table = yaml.safe_load(files("seawall.tables").joinpath(_FILE).read_text(encoding="utf-8"))
    families: dict[str, str] = {}
    for nominative, endings in table["family_endings"].items():
        for ending in endings:
            if families.setdefault(ending, nominative) != nominative:
                raise TableError(f"{ending!r} stands in two groups", file=_FILE, field="family_endings")
    return Letters(
        cyrillic=table["cyrillic"],
        cyrillic_of=tuple(
            Language(name, frozenset(block["only"]), tuple(block.get("pairs", ())), block["letters"])
            for name, block in table["cyrillic_of"].items()
        ),
        greek=table["greek"],
        greek_head=table["greek_head"],
        hebrew=table["hebrew"],
        lookalikes={letter: latin for block in table["lookalikes"].values() for letter, latin in block.items()},
        families=families,
    )
