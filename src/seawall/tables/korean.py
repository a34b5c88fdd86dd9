"""How Korean syllables are written in Latin letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_FILE = "words/korean.yaml"


@dataclass(frozen=True, slots=True)
class Spellings:
    """Spellings of one jamo: of the standards (the first is that of readings), and others that are met."""

    strict: tuple[str, ...]
    press: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Korean:
    """Spellings by jamo, further ones by syllable, and the syllables met in names, the commonest first."""

    initials: Mapping[str, Spellings]
    vowels: Mapping[str, Spellings]
    finals: Mapping[str, Spellings]
    syllables: Mapping[str, tuple[str, ...]]
    common: tuple[str, ...]


@cache
def load_korean() -> Korean:
    """The table of jamo."""
    table = yaml.safe_load(files("seawall.tables").joinpath(_FILE).read_text(encoding="utf-8"))
    initials, vowels, finals = (
        {jamo: Spellings(tuple(row["strict"]), tuple(row["press"])) for jamo, row in table[part].items()}
        for part in ("initials", "vowels", "finals")
    )
    return Korean(
        initials=initials,
        vowels=vowels,
        finals=finals,
        syllables={syllable: tuple(map(str, spelt)) for syllable, spelt in table["syllables"].items()},
        common=tuple(dict.fromkeys(table["common"].split())),
    )
