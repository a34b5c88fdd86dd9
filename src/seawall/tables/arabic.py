"""Names of the Arabic script with their vowels, and their Latin spellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from seawall.errors import TableError

_FILE = "words/arabic.yaml"


@dataclass(frozen=True, slots=True)
class Arabic:
    """Letters and those that are written for one another; by written form, the names it can be, commonest first.

    `particles` are the names that are no names of their own; `spellings` is by name; `persian` the spelling of a name
    that suits a Persian text; `endings` make one name of another, longest first; `meanings` is
    words of company names by their English.
    """

    letters: Mapping[str, str]
    persian_letters: Mapping[str, str]
    same: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    particles: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]
    persian: Mapping[str, str]
    endings: Mapping[str, str]
    meanings: Mapping[str, tuple[str, ...]]


@cache
def load_arabic() -> Arabic:
    """The table of names. Raises TableError if a spelling is given for a name that is not in it."""
    table = yaml.safe_load(files("seawall.tables").joinpath(_FILE).read_text(encoding="utf-8"))
    named: dict[str, dict[str, None]] = {}
    for block in ("particles", "names"):
        for name, written in table[block].items():
            for form in written.split():
                named.setdefault(form, {})[name] = None
    known = {*table["particles"], *table["names"]}
    unknown = {*table["spellings"], *table["persian"]} - known
    if unknown:
        raise TableError(f"spellings of names that are not there: {sorted(unknown)}", file=_FILE, field="spellings")
    return Arabic(
        letters=table["letters"],
        persian_letters=table["persian_letters"],
        same=table["same"],
        names={form: tuple(names) for form, names in named.items()},
        particles=frozenset(table["particles"]),
        spellings={name: tuple(map(str, spelt)) for name, spelt in table["spellings"].items()},
        persian=table["persian"],
        endings=table["endings"],
        meanings={english: tuple(words) for english, words in table["meanings"].items()},
    )
