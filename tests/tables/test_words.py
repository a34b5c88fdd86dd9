"""The tables of words: what they say, what they refuse, and that they are made of words as `normalise` gives them."""

import csv
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from seawall.errors import TableError
from seawall.match.scripts import normalise
from seawall.tables.page import Page
from seawall.tables.words import Lists, Words, build, load_common, load_countries, load_forms, load_words

SCRIPT = Path(__file__).parents[2] / "bench" / "make_words.py"
WORDS = load_words()

NAMES = """\
particles: {arabic: "al, bin"}
titles: {english: "mr, dr"}
numbers: {2: "two, ii", 21: "twenty one"}
nicknames: {william: "bill"}
variants: ["sergei, sergey"]
"""
BODIES = """\
legal_forms: {llc: "ltd, limited liability company"}
phrases: {ojsc: "open joint stock company"}
generic: {english: "trading"}
translations: {bank: "banka"}
"""
PLACES = 'places: {td: "chad, tchad"}\n'


class Text:
    def __init__(self, text: str) -> None:
        self.text = text

    def read_text(self, encoding: str) -> str:
        assert encoding == "utf-8"
        return self.text


def made(
    names: str = NAMES, bodies: str = BODIES, places: str = PLACES, countries: tuple[tuple[str, str], ...] = ()
) -> Words:
    pages = (Page(Text(names), "names"), Page(Text(bodies), "bodies"), Page(Text(places), "places"))
    return build(*pages, Lists(countries=countries))


def one(text: str, words: Words = WORDS) -> str:
    """A text as one word: itself, or what its words stand for."""
    key = tuple(normalise(text).split())
    return key[0] if len(key) == 1 else words.phrases[key]


@pytest.mark.parametrize("table", Words.__slots__)
def test_every_word_is_as_normalise_gives_it(table: str) -> None:
    keys = [" ".join(key) if isinstance(key, tuple) else key for key in getattr(WORDS, table)]
    assert len(keys) > 50
    assert [key for key in keys if normalise(key) != key] == []
    assert [key for key in keys if not key.replace(" ", "").isalnum() or not key.isascii()] == []


def test_phrases_have_two_words_or_more_and_stand_for_one() -> None:
    assert [key for key, word in WORDS.phrases.items() if len(key) < 2 or " " in word or not word] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ООО", "llc"),
        ("GmbH", "llc"),
        ("Общество с ограниченной ответственностью", "llc"),
        ("Gesellschaft mit beschränkter Haftung", "llc"),
        ("Limited Liability Company", "llc"),
        ("Sp. z o.o.", "llc"),
        ("S.A.R.L.", "llc"),
        ("有限公司", "llc"),
        ("Товариство з обмеженою відповідальністю", "llc"),
        ("Sendirian Berhad", "llc"),
        ("Open Joint Stock Company", "jsc"),
        ("Публичное акционерное общество", "jsc"),
        ("S.A.", "jsc"),
        ("S.p.A.", "jsc"),
        ("주식회사", "jsc"),
        ("株式会社", "jsc"),
        ("سهامی خاص", "jsc"),
        ("ش.م.ع", "jsc"),
        ("Stiftung", "foundation"),
        ("Bonyad", "foundation"),
        ("شركة", "co"),
        ("شرکت", "co"),
        ("Федеральное государственное унитарное предприятие", "state"),
        ("Limited Partnership", "lp"),
    ],
)
def test_forms_of_one_kind_agree_across_languages(text: str, kind: str) -> None:
    assert WORDS.legal_forms[one(text)] == kind


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Банк", "bank"), ("بنك", "bank"), ("은행", "bank"), ("银行", "bank"), ("banque", "bank"), ("bank", "bank"),
        ("торговый", "trading"), ("بازرگانی", "trading"), ("تجارة", "trading"), ("무역", "trading"),
        ("贸易", "trading"), ("ticaret", "trading"), ("comercio", "trading"), ("handel", "trading"),
        ("судоходная", "shipping"), ("해운", "shipping"), ("denizcilik", "shipping"), ("کشتیرانی", "shipping"),
        ("завод", "factory"), ("공장", "factory"), ("مصنع", "factory"), ("строительный", "construction"),
        ("daneshgah", "university"), ("університет", "university"), ("kwahak", "science"),
    ],
)  # fmt: skip
def test_words_of_companies_are_translated_and_generic(text: str, english: str) -> None:
    assert WORDS.translations[one(text)] == english
    assert one(text) in WORDS.generic
    assert english in WORDS.generic


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Democratic People's Republic of Korea", "kp"), ("North Korea", "kp"), ("Choson", "kp"), ("Joseon", "kp"),
        ("조선", "kp"), ("КНДР", "kp"), ("South Korea", "kr"), ("대한민국", "kr"), ("Hanguk", "kr"),
        ("Phyongyang", "kp:pyongyang"), ("Пхеньян", "kp:pyongyang"), ("평양", "kp:pyongyang"),
        ("Chad", "td"), ("China", "cn"), ("Китай", "cn"), ("Zhongguo", "cn"), ("Russian Federation", "ru"),
        ("Российская Федерация", "ru"), ("rossiyskiy", "ru"), ("Islamic Republic of Iran", "ir"), ("iranian", "ir"),
        ("سوريا", "sy"), ("Syrian Arab Republic", "sy"), ("Deutsche", "de"), ("Norway", "no"), ("Oslo", "no:oslo"),
        ("Congo, The Democratic Republic of the", "cd"), ("Hong Kong", "hk"), ("Bandar Abbas", "ir:bandarabbas"),
        ("Дамаск", "sy:damascus"), ("Kiev", "ua:kyiv"), ("Крым", "ua:crimea"), ("大连", "cn:dalian"), ("Fiji", "fj"),
    ],
)  # fmt: skip
def test_places(text: str, place: str) -> None:
    assert WORDS.places[one(text)] == place


def test_every_country_is_known_by_its_name() -> None:
    pycountry = pytest.importorskip("pycountry")
    for country in pycountry.countries:
        for name in (country.name, getattr(country, "official_name", country.name)):
            assert WORDS.places[one(name)] == country.alpha_2.lower(), name


def test_places_are_codes_of_countries_or_parts_of_the_world() -> None:
    pycountry = pytest.importorskip("pycountry")
    codes = {country.alpha_2.lower() for country in pycountry.countries} | {"xk", "x"}
    assert {place.partition(":")[0] for place in WORDS.places.values()} <= codes


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("bill", {"william", "wilhelm"}),
        ("sasha", {"aleksandr", "aleksandra"}),
        ("kolya", {"nikolai"}),
        ("misha", {"mikhail", "michael"}),
        ("pepe", {"jose"}),
        ("sergey", {"sergei"}),
        ("william", {"william"}),
    ],
)
def test_nicknames(word: str, names: set[str]) -> None:
    assert WORDS.nicknames[word] == names


def test_names_that_nicknames_stand_for_stand_for_themselves_and_lead_their_spellings() -> None:
    for names in WORDS.nicknames.values():
        for name in names:
            assert name in WORDS.nicknames[name]
            assert WORDS.canonical.get(name, name) == name


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("ii", "2"),
        ("first", "1"),
        ("forty", "40"),
        ("Twenty-First", "21"),
        ("xlix", "49"),
        ("3rd", "3"),
        ("Второй", "2"),
    ],
)
def test_numbers(text: str, digits: str) -> None:
    assert WORDS.numbers[one(text)] == digits


def test_initials_are_no_numbers() -> None:
    assert not {word for word in WORDS.numbers if len(word) == 1}


@pytest.mark.parametrize(
    "word",
    ["mr", "dr", "haji", "mullah", "sheikh", "general", "ayatollah", "comrade", "mawlawi", "polkovnik", "oberst"],
)
def test_titles(word: str) -> None:
    assert word in WORDS.titles


@pytest.mark.parametrize("word", ["al", "bin", "von", "de", "of", "the", "and"])
def test_particles(word: str) -> None:
    assert word in WORDS.particles


@pytest.mark.parametrize(
    ("spelling", "other"),
    [
        ("catherine", "kathryn"), ("alexander", "aleksandr"), ("dmitriy", "dmitry"), ("serge", "sergey"),
        ("evgenii", "yevgeny"), ("michail", "mikhail"), ("volodymyr", "vladimir"), ("ri", "lee"),
        ("mehmet", "muhammad"),
    ],
)  # fmt: skip
def test_spellings_of_one_name(spelling: str, other: str) -> None:
    assert WORDS.canonical[spelling] == WORDS.canonical[other]


@pytest.mark.parametrize(("name", "other"), [("john", "jean"), ("john", "ivan"), ("jose", "joseph"), ("paul", "pavel")])
def test_names_of_two_traditions_are_two_names(name: str, other: str) -> None:
    assert WORDS.canonical.get(name, name) != WORDS.canonical.get(other, other)


def test_common_names_are_in_order() -> None:
    common = load_common()
    assert common is WORDS.common
    assert 30_000 < len(common) < 60_000
    for low, word, high in [
        (1.2, "mohammed", 2.2), (1.5, "maria", 2.5), (3, "smith", 3.6), (1.5, "wang", 2.5), (2, "kim", 3),
        (2, "nguyen", 3), (3, "ivanov", 4.2), (2, "garcia", 3), (1.5, "singh", 2.5), (3, "sato", 4),
    ]:  # fmt: skip
        assert low <= common[word] <= high, word
    assert common["mohammed"] < common["smith"] < common["kaplan"]
    assert min(common.values()) >= 1
    assert max(common.values()) < 7


@pytest.fixture(scope="module")
def make() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


@pytest.mark.shared
def test_the_shipped_lists_are_the_ones_the_script_makes(shared: Path, make: dict[str, Any]) -> None:
    by_hand = make["by_hand"]()
    assert make["forms"](shared, by_hand, load_common()) == list(load_forms())
    assert make["countries"](by_hand) == list(load_countries())


def test_kinds_of_legal_forms_told_by_their_names(make: dict[str, Any]) -> None:
    kind_of = make["kind_of"]
    assert kind_of(["Spółka z ograniczoną odpowiedzialnością"]) == "llc"
    assert kind_of(["Public limited company"]) == "jsc"
    assert kind_of(["Limited partnership"]) == "lp"
    assert kind_of(["Zadruga"]) == "coop"
    assert kind_of(["Other"]) is None


@pytest.mark.shared
def test_the_commonest_abbreviations_of_legal_forms_are_known(shared: Path, make: dict[str, Any]) -> None:
    with (shared / make["ELF"]).open(encoding="utf-8-sig", newline="") as file:
        cells = [row["Abbreviations Local language"] for row in csv.DictReader(file)]
    counts = Counter(words for cell in cells for part in cell.split(";") if (words := normalise(part)))
    unknown = {words for words, _ in counts.most_common(200) if not known(words)}
    # Letters that are other words or initials first, or stand for forms of different kinds in different countries.
    letters = {"pa", "sf", "ccc", "eu", "ps", "cn", "cic", "sam", "s iye", "sd", "tp", "tu", "sr", "ss", "bi", "ii"}
    letters |= {"na", "mb", "af", "od", "rp io", "succ rc"}
    # Plain words.
    plain = {"condominium corporation", "professional service corporation", "prof corp", "chartered"}
    plain |= {"loan corporation", "loan corp", "loan company", "podnik alebo hosp zar", "a benefit corporation"}
    assert unknown <= letters | plain


def known(words: str) -> bool:
    key = tuple(words.split())
    return all(word in WORDS.legal_forms for word in key) or WORDS.phrases.get(key) in WORDS.legal_forms


def test_a_small_table() -> None:
    words = made(countries=(("republic of chad", "td"), ("fiji", "fj"), ("republic of fiji", "fj")))
    assert words.legal_forms == {"llc": "llc", "ltd": "llc"}
    assert words.translations == {"bank": "bank", "banka": "bank"}
    assert words.generic == {"trading", "bank", "banka"}
    assert words.numbers == {"two": "2", "ii": "2", "twentyone": "21"}
    assert words.places == {"chad": "td", "tchad": "td", "republicofchad": "td", "fiji": "fj", "republicoffiji": "fj"}
    assert words.phrases == {
        ("limited", "liability", "company"): "llc",
        ("open", "joint", "stock", "company"): "ojsc",
        ("twenty", "one"): "twentyone",
        ("republic", "of", "chad"): "chad",
        ("republic", "of", "fiji"): "fiji",
    }


@pytest.mark.parametrize(
    ("page", "old", "new", "field"),
    [
        ("names", '["sergei, sergey"]', '["sergei, sergey", "serge, sergey"]', "variants.1"),
        ("names", '["sergei, sergey"]', "[[sergei]]", "variants.0"),
        ("names", '"bill"', '""', "nicknames.william"),
        ("names", '"bill"', "[]", "nicknames.william"),
        ("names", "william:", "Will.iam:", "nicknames.Will.iam"),
        ("names", '"mr, dr"', '"Mr, dr"', "titles.english"),
        ("names", '"two, ii"', '"two, ii, twentyone"', "numbers.21"),
        ("names", '{english: "mr, dr"}', '"mr, dr"', "titles"),
        ("bodies", "{llc:", '{jsc: "ltd", llc:', "legal_forms.llc"),
        ("bodies", '"ltd, ', '"ltd,, ', "legal_forms.llc"),
        ("bodies", "{bank:", '{shore: "bank", bank:', "translations.bank"),
        ("bodies", '"open joint stock company"', '"limited liability company"', "phrases.ojsc"),
        ("bodies", '{english: "trading"}', '{english: "açai"}', "generic.english"),
        ("places", '"chad, tchad"', '"chad", tc: "tchad, chad"', "places.tc"),
        ("places", 'places: {td: "chad, tchad"}', "towns: {}", "places"),
    ],
)
def test_bad_tables_are_refused_with_file_and_field(page: str, old: str, new: str, field: str) -> None:
    texts = {"names": NAMES, "bodies": BODIES, "places": PLACES}
    assert old in texts[page]
    texts[page] = texts[page].replace(old, new)
    with pytest.raises(TableError) as caught:
        made(**texts)
    assert page in str(caught.value)
    assert field in str(caught.value)
