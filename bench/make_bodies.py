"""Make `tables/words/written.csv.gz`: words of bodies and places in the scripts they are written in, as they are read.

    python bench/make_bodies.py

`written.yaml` says what words mean; here each is read by the rules that names are read by, so that the two meet. A row
is (section, words, head); of several rows for one word the first holds.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import yaml

from seawall.match.scripts import readings
from seawall.tables.words import load_common

TARGET = Path(__file__).parents[1] / "src" / "seawall" / "tables" / "words" / "written.csv.gz"
# A word before an entry that makes the whole be read as a text of the language: Cyrillic by letters that only it has,
# words of the Arabic script with their vowels because most of the text are known names.
BEFORE = {"uk": "ї", "be": "ў", "bg": "ъ", "sr": "ђ", "kk": "қ", "ar": "محمد", "fa": "محمد", "ur": "محمد"}
# Romanisations of Cyrillic beside the one that names are read in, as pairs to apply in order: without glides, of the
# press, of passports, ISO 9, German.
OTHERS = (
    (("oye", "oe"), ("iye", "ie"), ("aye", "ae")),
    (("oye", "oe"), ("iye", "ie"), ("yy", "y"), ("iy", "y")),
    (("oye", "oe"), ("iye", "ie"), ("yy", "yi"), ("iy", "ii"), ("oy", "oi")),
    (("oye", "oe"), ("iye", "ie"), ("yu", "iu"), ("ya", "ia"), ("yy", "yi"), ("iy", "ii")),
    (("oye", "oe"), ("iye", "ie"), ("kh", "h"), ("yu", "ju"), ("ya", "ja"), ("ts", "c"), ("y", "j")),
)
COMMON = 5.5
"""-log10 of a share of people: a word that more of them have for a name is a name first."""


class Entry(NamedTuple):
    """An entry of the table: ISO 639-1 code of its language, its section and head, its text."""

    language: str
    section: str
    head: str
    text: str


def entries() -> Iterator[Entry]:
    """The entries of the table, in order."""
    table = yaml.safe_load(files("seawall.tables").joinpath("words/written.yaml").read_text(encoding="utf-8"))
    for language, sections in table.items():
        for section, groups in sections.items():
            for head, text in groups.items():
                yield from (Entry(language, section, head, entry) for entry in text.split(", "))


def rows() -> list[tuple[str, str, str]]:
    """The rows that the table gives: heads, then every entry as written, then its other cases and romanisations."""
    table = list(entries())
    common = load_common()
    found: dict[str, tuple[str, str]] = {}
    for entry in table:
        if entry.section in ("legal_forms", "translations"):
            found.setdefault(entry.head, (entry.section, entry.head))
    twice = []
    for entry in table:
        words = _read(entry.text, entry.language)[0]
        if common.get(words, COMMON) >= COMMON and found.setdefault(words, entry[1:3]) != entry[1:3]:
            twice.append(f"{entry.text} ({words}): {found[words][1]}, {entry.head}")
    if twice:
        raise SystemExit("words that stand for two heads:\n" + "\n".join(twice))
    for entry in table:
        for words in _otherwise(entry):
            if common.get(words, COMMON) >= COMMON:
                found.setdefault(words, entry[1:3])
    return [(section, words, head) for words, (section, head) in found.items()]


def _otherwise(entry: Entry) -> Iterator[str]:
    for form in (entry.text, *_forms(entry.text.replace("-", " "), entry.language)):
        for words in _read(form, entry.language):
            yield words
            if "\u0400" <= form[0] <= "\u052f":
                yield from (_replaced(words, pairs) for pairs in OTHERS)
            elif words.count(" ") > 1 and "\u1100" <= form[0] and form.isalpha():
                yield words.replace(" ", "")


def _replaced(words: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        words = words.replace(old, new)
    return words


def _read(text: str, language: str) -> list[str]:
    """The readings of a text by itself, then in a text of its language.

    One by meaning is left out, and so are those of a place but the first: that of another language is another place.
    """
    found = [" ".join(reading.words) for reading in readings(text) if reading.way != "translated"]
    if language in BEFORE:
        before = [BEFORE[language]] * (len(text.split()) + 2 if language in {"ar", "fa", "ur"} else 1)
        for reading in readings(" ".join([*before, text])):
            if reading.way != "translated":
                found.append(" ".join(reading.words[len(before) :]))
    return list(dict.fromkeys(filter(None, found)))


def _forms(text: str, language: str) -> Iterator[str]:
    """A Russian or Ukrainian text in other cases: one word in those that names have, more words in the genitive."""
    words = text.split()
    if language not in {"ru", "uk"} or text.isupper():
        return
    if len(words) == 1:
        yield from _adjective(text) if _is_adjective(text) else _noun(text)
        return
    noun = next((n for n, word in enumerate(words) if not (_is_adjective(word) or _is_adverb(words, n))), len(words))
    if noun < len(words):
        head = [word if _is_adverb(words, n) else _genitive(word) for n, word in enumerate(words[:noun])]
        yield " ".join([*head, next(_noun(words[noun])), *words[noun + 1 :]])


def _is_adjective(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ый", "ий", "ой", "ная", "кая", "вая", "щая", "ное", "кое", "вое", "щее"))


def _is_adverb(words: list[str], n: int) -> bool:
    """Whether a word is the first half of an adjective, as in scientific-industrial."""
    return words[n].endswith("о") and n + 1 < len(words) and _is_adjective(words[n + 1])


def _stem(adjective: str) -> tuple[str, bool, bool]:
    """An adjective without its ending, whether it is soft, and whether it ends in k, g, kh or a hushing sound."""
    stem = adjective[:-2]
    hushing = stem[-1] in "жшщч"
    return stem, hushing or (adjective.endswith("ий") and stem[-1] not in "кгх"), hushing or stem[-1] in "кгх"


def _adjective(word: str) -> Iterator[str]:
    """The feminine, the neuter, the plural, and cases; the short endings are Ukrainian."""
    stem, soft, spelled = _stem(word)
    if soft:
        yield stem + ("ая" if spelled else "яя")
        yield from (stem + ending for ending in ("ее", "ие", "его", "ей", "их"))
    else:
        vowel = "и" if spelled else "ы"
        yield from (stem + ending for ending in ("ая", "ое", f"{vowel}е", "ого", "ой", f"{vowel}х"))
    yield from (stem + ending for ending in ("а", "е", "і", "ої"))


def _genitive(adjective: str) -> str:
    stem, soft, _ = _stem(adjective)
    if adjective.endswith("ая"):
        return stem + ("ей" if soft else "ой")
    return stem + ("его" if soft else "ого")


_NOUNS = (
    ("ия", ("ии", "ий")), ("ие", ("ия", "ий")), ("ія", ("ії", "ій")), ("ть", ("ти",)), ("ка", ("ки", "ок")),
    ("га", ("ги",)), ("ства", ("ств",)), ("ство", ("ства", "ств")), ("а", ("ы", "и")), ("я", ("и",)), ("ь", ("я", "и")),
    ("й", ("я", "ев")), ("тр", ("тра", "тров")), ("", ("а", "ов", "ы")),
)  # fmt: skip
"""Endings of nouns in the nominative, longest first, and those of the genitive of one and of many."""


def _noun(word: str) -> Iterator[str]:
    """The genitive of a noun; nouns in other vowels have none."""
    if word[-1] in "еёиіоуыэюї" and not word.endswith(("ие", "ство")):
        yield word
        return
    end, others = next((end, others) for end, others in _NOUNS if word.endswith(end))
    yield from (word[: len(word) - len(end)] + other for other in others)


def pack(made: list[tuple[str, str, str]]) -> bytes:
    """Rows as CSV, gzipped with neither time nor file name, so that the same rows give the same file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("section", "words", "head"))
    writer.writerows(made)
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(text.getvalue().encode("ascii"))
    return packed.getvalue()


def main() -> None:
    """Write the list and print how long it is."""
    made = rows()
    packed = pack(made)
    TARGET.write_bytes(packed)
    print(f"{TARGET.name}: {len(made):,} rows, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
