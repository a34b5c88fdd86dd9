"""Make `tables/words/written.csv.gz`: words of bodies and places in the scripts they are written in, as they are read.

    python bench/make_bodies.py

`written.yaml` says what words mean; here each is read by the rules that names are read by, so that the two meet. A row
is a group: its section, its head, and its entries as words, with commas between them.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from seawall.match.scripts import readings
from seawall.tables.page import Page
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
    (("oye", "oe"), ("iye", "ie"), ("kh", "h"), ("yu", "ju"), ("ya", "ja"), ("ts", "c"), ("yy", "yj"), ("iy", "ij")),
)
NOMINATIVES = 4
"""Forms of an adjective that are romanised in other ways, too: masculine, feminine, neuter, plural."""
LEAST_VOWELED = 6
"""Letters of a word whose vowels are a guess: a shorter one may be a name, as Imran and construction in Persian."""
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
    name = "words/written.yaml"
    for language, sections in Page(files("seawall.tables").joinpath(name), name).data.items():
        for section, groups in sections.items():
            for head, text in groups.items():
                yield from (Entry(language, section, head, entry) for entry in text.split(", "))


def rows() -> list[tuple[str, str, str]]:
    """The rows that the table gives.

    Words go to the group whose head they are, else to that where they stand as written, else to the first that has them
    in another case or romanisation.
    """
    table = list(entries())
    found: dict[str, tuple[str, str]] = {}
    for entry in table:
        if entry.section in ("legal_forms", "translations"):
            found.setdefault(entry.head, (entry.section, entry.head))
    twice = []
    for entry in table:
        words = _read(entry.text, entry.language)[0]
        if _is_free(words, entry) and found.setdefault(words, entry[1:3]) != entry[1:3]:
            twice.append(f"{entry.text} ({words}): {found[words][1]}, {entry.head}")
    if twice:
        raise SystemExit("words that stand for two heads:\n" + "\n".join(twice))
    for entry in table:
        for words in _otherwise(entry):
            if _is_free(words, entry):
                found.setdefault(words, entry[1:3])
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for words, group in found.items():
        groups[group].append(words)
    return [(section, head, ",".join(words)) for (section, head), words in groups.items()]


def _is_free(words: str, entry: Entry) -> bool:
    """Whether words are no name of many people. A form of company is one even so."""
    return entry.section == "legal_forms" or load_common().get(words, COMMON) >= COMMON


def _otherwise(entry: Entry) -> Iterator[str]:
    """The words of an entry in other cases, other readings and other romanisations."""
    text = entry.text.replace("-", " ")
    for same in dict.fromkeys((text, text.replace("ё", "е"))):
        for n, form in enumerate((same, *_forms(same, entry.language))):
            yield from _spellings(form, entry.language, others=n < NOMINATIVES)


def _spellings(form: str, language: str, others: bool) -> Iterator[str]:
    for words in _read(form, language):
        yield words
        if others and "\u0400" <= form[0] <= "\u052f":
            yield from (_replaced(words, pairs) for pairs in OTHERS)
        elif words.count(" ") > 1 and form.isalpha() and form[0] >= "\u1100":
            yield words.replace(" ", "")  # two syllables written as one are often a given name


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
            words = " ".join(reading.words[len(before) :])
            if reading.way != "translated" and (reading.way != "arabic" or len(words) >= LEAST_VOWELED):
                found.append(words)
    return list(dict.fromkeys(filter(None, found)))


def _forms(text: str, language: str) -> Iterator[str]:
    """A Russian or Ukrainian text in other cases: one word in those that names have, more words in the genitive.

    An Arabic word has "for the", "and the" and "and" written to it, several have the article.
    """
    words = text.split()
    if language == "ar" and len(words) == 1:
        yield from (f"{before}{text.removeprefix('ال')}" for before in ("لل", "وال", "و"))
    elif language == "ar" and "." not in text and "ال" not in text:
        yield " ".join(f"ال{word}" for word in words)
        yield " ".join([words[0], *(f"ال{word}" for word in words[1:])])
    if language not in {"ru", "uk"} or text.isupper():
        return
    if len(words) == 1 or all(_is_adjective(word) or _is_adverb(words, n) for n, word in enumerate(words)):
        last = _adjective(words[-1], language) if _is_adjective(words[-1]) else _noun(words[-1])
        yield from (" ".join([*words[:-1], form]) for form in last)
        return
    noun = next(n for n, word in enumerate(words) if not (_is_adjective(word) or _is_adverb(words, n)))
    before = [word if _is_adverb(words, n) else _genitive(word) for n, word in enumerate(words[:noun])]
    yield " ".join([*before, next(_noun(words[noun])), *words[noun + 1 :]])


def _is_adjective(word: str) -> bool:
    ends = ("ый", "ий", "ой", "ная", "кая", "вая", "щая", "ное", "кое", "вое", "щее", "вне", "ьне", "чне")
    return len(word) > 4 and word.endswith(ends)


def _is_adverb(words: list[str], n: int) -> bool:
    """Whether a word is the first half of an adjective, as in scientific-industrial."""
    return words[n].endswith(("но", "ко", "во")) and n + 1 < len(words) and _is_adjective(words[n + 1])


def _stem(adjective: str) -> tuple[str, bool, bool]:
    """An adjective without its ending, whether it is soft, and whether it ends in k, g, kh or a hushing sound."""
    stem = adjective[:-2]
    hushing = stem[-1] in "жшщч"
    return stem, hushing or (adjective.endswith("ий") and stem[-1] not in "кгх"), hushing or stem[-1] in "кгх"


def _adjective(word: str, language: str) -> Iterator[str]:
    """The feminine, the neuter, the plural, then their genitives and that of the masculine."""
    stem, soft, spelled = _stem(word)
    vowel = "и" if soft or spelled else "ы"
    if language == "uk":
        endings = ("а", "е", "і", "ого", "ої", "их")
    elif soft:
        endings = ("ая" if spelled else "яя", "ее", "ие", "его", "ей", "их")
    else:
        endings = ("ая", "ое", f"{vowel}е", "ого", "ой", f"{vowel}х")
    yield from (stem + ending for ending in endings)


def _genitive(adjective: str) -> str:
    stem, soft, _ = _stem(adjective)
    if adjective.endswith("ая"):
        return stem + ("ей" if soft else "ой")
    return stem + ("его" if soft else "ого")


_NOUNS = (
    ("ия", ("ии", "ий")), ("ие", ("ия", "ий")), ("ія", ("ії", "ій")), ("ть", ("ти",)), ("ка", ("ки", "ок")),
    ("га", ("ги",)), ("ства", ("ств",)), ("ство", ("ства", "ств")), ("тема", ("темы", "тем")), ("а", ("ы", "и")),
    ("я", ("и",)), ("ь", ("я", "и")), ("й", ("я", "ев")), ("тр", ("тра", "тров")), ("", ("а", "ов", "ы", "и")),
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
    writer.writerow(("section", "head", "words"))
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
    print(f"{TARGET.name}: {sum(words.count(',') + 1 for *_, words in made):,} words, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
