"""Words in names that say little, words that stand for others, and spellings of one word.

Every word is as the matcher's `normalise` romanises it: lower case, [a-z0-9]+. In the YAML tables a group is one text
with commas between its entries; an entry of several words is a phrase, which stands for one word.

`words/written.yaml` has bodies and places in the scripts they are written in; `bench/make_bodies.py` packs what the
rules of reading make of it, which a test holds to the rules of the day.

Sources: general knowledge for the YAML tables; the ISO 20275 Entity Legal Forms list (GLEIF, CC0), ISO 3166-1, and
censuses and lists of names for the packed ones, which `bench/make_words.py` makes. `words/SOURCES.md` names them all.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from seawall.errors import TableError
from seawall.tables.page import Page

_ENTRY = r"[a-z0-9]+(?: [a-z0-9]+)*"
_GROUP = re.compile(rf"{_ENTRY}(?:, {_ENTRY})*")
_NAMES, _BODIES, _PLACES = "words/names.yaml", "words/bodies.yaml", "words/places.yaml"
_FORMS, _COUNTRIES, _COMMON = "words/forms.csv.gz", "words/countries.csv.gz", "words/common.csv.gz"
_WRITTEN = "words/written.csv.gz"


@dataclass(frozen=True, slots=True)
class Words:
    """All keys and members are romanised lower-case words; keys of `phrases` are tuples of two or more of them.

    - `canonical`: a spelling -> the first spelling of its group.
    - `legal_forms`: a word for a form of company or body -> its kind ("llc", "jsc", "lp", "foundation", ...).
    - `generic`: words that many bodies have; never enough on their own.
    - `particles`: small words inside names (al, bin, von, de, of).
    - `titles`: forms of address and ranks.
    - `phrases`: several words -> the one word they stand for. Meant for names of bodies: some are also given names.
    - `places`: a word -> ISO 3166 alpha-2 code, "code:place" for a place within a country, "x:part" for a part of the
      world. Names, adjectives, cities and provinces.
    - `nicknames`: a word -> the given names (first of their spelling group) that it may stand for; a full name that
      has pet names stands for itself, too.
    - `translations`: a word of companies in any language -> one English word.
    - `numbers`: number words, ordinals and Roman figures of two letters or more, to 50 -> digits.
    - `common`: a word of names -> -log10 of its share among people, as `load_common` gives it.
    """

    canonical: Mapping[str, str]
    legal_forms: Mapping[str, str]
    generic: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]
    phrases: Mapping[tuple[str, ...], str]
    places: Mapping[str, str]
    nicknames: Mapping[str, frozenset[str]]
    translations: Mapping[str, str]
    numbers: Mapping[str, str]
    common: Mapping[str, float]


@cache
def load_words() -> Words:
    """The tables of words. Raises TableError if a word is none, stands in two groups, or a group is empty."""
    folder = files("seawall.tables")
    names, bodies, places = (Page(folder.joinpath(name), name) for name in (_NAMES, _BODIES, _PLACES))
    return build(names, bodies, places, Lists(load_written(), load_forms(), load_countries(), load_common()))


@dataclass(frozen=True, slots=True)
class Lists:
    """Rows of the packed lists, as the functions that load them give them."""

    written: Iterable[tuple[str, str, list[str]]] = ()
    forms: Iterable[tuple[str, str, str]] = ()
    countries: Iterable[tuple[str, str]] = ()
    common: Mapping[str, float] = field(default_factory=dict)


def build(names: Page, bodies: Page, places: Page, lists: Lists) -> Words:
    """The tables made of three pages and of lists, which the pages override. Raises TableError as `load_words` does."""
    phrases = _Phrases({})
    legal_forms = phrases.take(bodies, "legal_forms")
    phrases.take(bodies, "phrases")
    translations = phrases.take(bodies, "translations")
    numbers = phrases.take(names, "numbers", join=True)
    located = phrases.take(places, "places", join=True)
    heads = {code: word for word, code in reversed(located.items())}
    tables = {"legal_forms": legal_forms, "translations": translations, "places": located, "phrases": {}}
    for section, head, group in lists.written:
        stands_for = heads.setdefault(head, group[0].replace(" ", "")) if section == "places" else head
        for words in group:
            if " " in words:
                phrases.found.setdefault(tuple(words.split(" ")), stands_for)
            if section == "places" or " " not in words:
                tables[section].setdefault(words.replace(" ", ""), head)
    for words, word, kind in lists.forms:
        legal_forms.setdefault(word, kind)
        phrases.add(words, word, _FORMS, words)
    for words, code in lists.countries:
        word = words.replace(" ", "")
        located.setdefault(word, code)
        phrases.add(words, heads.setdefault(code, word), _COUNTRIES, words)
    canonical = _variants(names)
    return Words(
        canonical=canonical,
        legal_forms=legal_forms,
        generic=frozenset(phrases.members(bodies, "generic")) | translations.keys(),
        particles=frozenset(phrases.members(names, "particles")),
        titles=frozenset(phrases.members(names, "titles")),
        phrases=phrases.found,
        places=located,
        nicknames=_nicknames(names, canonical),
        translations=translations,
        numbers=numbers,
        common=lists.common,
    )


@cache
def load_common() -> Mapping[str, float]:
    """A word of names -> -log10 of the share of the world's people who bear it; a word that is absent is rare.

    A share of 1 in 100 gives 2.0, of 1 in 10,000 gives 4.0; shares are estimates within about half a unit.
    """
    found: dict[str, float] = {}
    for tenths, words in _rows(_COMMON):
        found |= dict.fromkeys(words.split(" "), int(tenths) / 10)
    return found


def load_written() -> Iterator[tuple[str, str, list[str]]]:
    """Words of bodies and places of any script: the table they belong to, the head of their group, words as read."""
    return ((section, head, words.split(",")) for section, head, words in _rows(_WRITTEN))


def load_forms() -> Iterator[tuple[str, str, str]]:
    """Legal forms: the words as written, the one word they stand for, the kind of body."""
    return ((words, word, kind) for words, word, kind in _rows(_FORMS))


def load_countries() -> Iterator[tuple[str, str]]:
    """Names of countries: the words as written, ISO 3166 alpha-2 code in lower case."""
    return ((words, code) for words, code in _rows(_COUNTRIES))


def _rows(name: str) -> list[list[str]]:
    """The rows below the header of a packed list. Raises TableError if it cannot be read."""
    try:
        text = gzip.decompress(files("seawall.tables").joinpath(name).read_bytes()).decode("ascii")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise TableError(f"cannot be read: {error}", file=name) from error
    return list(csv.reader(text.splitlines()[1:]))


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases found so far in any table: all tables together say of each only one thing."""

    found: dict[tuple[str, ...], str]

    def add(self, words: str, stands_for: str, file: str, field: str) -> None:
        """Keep a phrase; a single word is none. Raises TableError if it stands for something else already."""
        key = tuple(words.split(" "))
        if len(key) > 1 and self.found.setdefault(key, stands_for) != stands_for:
            message = f"{words!r} stands for {self.found[key]!r} and for {stands_for!r}"
            raise TableError(message, file=file, field=field)

    def take(self, page: Page, section: str, join: bool = False) -> dict[str, str]:
        """Word -> its group's head, the head itself too; phrases are kept aside.

        A phrase stands for the head. Where heads are codes or digits (`join`) it stands for the first entry, its words
        written as one, and so written is an entry itself.
        """
        found: dict[str, str] = {}
        for head, entries in _groups(page, section):
            first = entries[0].replace(" ", "") if join else _word(page, section, head)
            for entry in entries if join else [head, *entries]:
                if join or " " not in entry:
                    word = entry.replace(" ", "")
                    if found.setdefault(word, head) != head:
                        raise page.error(f"{word!r} stands in {found[word]!r} and in {head!r}", (section, head))
                if " " in entry:
                    self.add(entry, first, page.name, f"{section}.{head}")
        return found

    def members(self, page: Page, section: str) -> Iterator[str]:
        """The words of all groups; a phrase is kept aside and stands for its words written as one."""
        for group, entries in _groups(page, section):
            for entry in entries:
                word = entry.replace(" ", "")
                if word != entry:
                    self.add(entry, word, page.name, f"{section}.{group}")
                yield word


def _groups(page: Page, section: str) -> Iterator[tuple[str, list[str]]]:
    """Head and entries of each group of a section. Raises TableError if the section or a group is not as it must be."""
    groups = page.data.get(section) if isinstance(page.data, dict) else None
    if not isinstance(groups, dict):
        raise page.error("must map heads to texts with commas", (section,))
    for head, text in groups.items():
        yield str(head), _entries(page, text, (section, head))


def _entries(page: Page, text: Any, where: tuple[Any, ...]) -> list[str]:
    if not isinstance(text, str):
        raise page.error("must be a text with commas between its entries", where)
    if _GROUP.fullmatch(text):
        return text.split(", ")
    wrong = next((entry for entry in text.split(", ") if not re.fullmatch(_ENTRY, entry)), text)
    raise page.error(f"{wrong!r} is not made of the letters a to z and digits, one space between words", where)


def _word(page: Page, section: str, head: str) -> str:
    if not re.fullmatch("[a-z0-9]+", head):
        raise page.error(f"{head!r} is no word of the letters a to z and digits", (section, head))
    return head


def _variants(page: Page) -> dict[str, str]:
    """Spelling -> first of its group. Raises TableError if a spelling stands in two groups."""
    canonical: dict[str, str] = {}
    groups = page.data.get("variants")
    if not isinstance(groups, list):
        raise page.error("must be a list of texts with commas", ("variants",))
    for number, text in enumerate(groups):
        group = _entries(page, text, ("variants", number))
        for word in group:
            if canonical.setdefault(word, group[0]) != group[0]:
                raise page.error(f"{word!r} stands in two groups", ("variants", number))
    return canonical


def _nicknames(page: Page, canonical: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Word -> names it may stand for. All spellings of a name that has pet names stand for it."""
    found: dict[str, set[str]] = {}
    full = set()
    for name, pets in _groups(page, "nicknames"):
        first = canonical.get(name, _word(page, "nicknames", name))
        full.add(first)
        for word in (name, first, *pets):
            found.setdefault(word, set()).add(first)
    for word, first in canonical.items():
        if first in full:
            found.setdefault(word, set()).add(first)
    return {word: frozenset(names) for word, names in found.items()}
