"""Words of bodies in their own scripts meet the English ones, by the words and keys that names are cut to."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
import yaml

from seawall.match.lexicon import FAMILY, Key, Word, _keys
from seawall.match.names import cut
from seawall.match.scripts import readings
from seawall.tables.words import load_words, load_written

ROOT = Path(__file__).parents[2]
WORDS = load_words()
CASES = [
    pytest.param(written, english, id=f"{written} = {english}")
    for group in yaml.safe_load((ROOT / "tests/cases/match/bodies.yaml").read_text(encoding="utf-8")).values()
    for written, english in group.items()
]
LITTLE = WORDS.particles - WORDS.legal_forms.keys()


def keys(word: Word) -> set[Key | str]:
    """A word and its keys, those of sounds apart."""
    return {word.text, *_keys(word.text, (), WORDS)}


def rows(text: str) -> list[list[Word]]:
    """The readings of the name of a body, without particles."""
    return [[word for word in row if word.text not in LITTLE] for row in cut(text, "Company", WORDS)]


def meet(row: list[Word], other: list[Word]) -> bool:
    """Whether every word of each row shares a key with one of the other."""
    ours, theirs = [keys(word) for word in row], [keys(word) for word in other]
    return all(any(a & b for b in theirs) for a in ours) and all(any(a & b for a in ours) for b in theirs)


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 250


@pytest.mark.parametrize(("written", "english"), CASES)
def test_words_of_bodies_meet_the_english(written: str, english: str) -> None:
    assert any(meet(row, other) for row in rows(written) for other in rows(english))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Муромский завод", "Kovrov plant"),
        ("приборостроительный завод", "machine-building plant"),
        ("ООО", "JSC"),
        ("은행", "trading"),
        ("银行", "insurance"),
        ("بنك", "company"),
        ("Московский", "Kazan"),
    ],
)
def test_words_that_say_different_things_do_not_meet(one: str, other: str) -> None:
    assert not any(meet(row, theirs) for row in rows(one) for theirs in rows(other))


def test_the_packed_words_are_those_the_script_makes_of_the_table_with_the_readings_of_today() -> None:
    make = runpy.run_path(str(ROOT / "bench" / "make_bodies.py"))
    made = [(section, head, words.split(",")) for section, head, words in make["rows"]()]
    assert made == list(load_written())


PEOPLE = ["Kim Jong Ja", "Pak Su San", "김수산", "毛毅", "Виктор Московский", "Иван Торговый", "محمد التاجر"]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("schema", ["Person", "", "Thing"])
def test_names_of_people_have_a_reading_without_phrases(name: str, schema: str) -> None:
    spoken = [list(reading.words) for reading in readings(name)]
    cuts = [[word.text for word in row] for row in cut(name, schema, WORDS)]
    assert [row for row in spoken if row not in cuts] == []
    assert schema != "Person" or cuts == spoken


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Ivanova", "Ivanov", True),
        ("Ивановой", "Иванов", True),
        ("Obukhovsky", "Обуховского", True),
        ("Moskovskaya", "Moscow", True),
        ("martin", "martina", False),
        ("irina", "irin", False),
        ("jordan", "ammon", False),
        ("ivanova", "petrova", False),
    ],
)
def test_cases_of_a_family_name_and_adjectives_of_a_place_share_a_key(one: str, other: str, share: bool) -> None:
    ours, theirs = (
        {key for row in rows(text) for word in row for key in _keys(word.text, (), WORDS) if key.kind == FAMILY}
        for text in (one, other)
    )
    assert bool(ours & theirs) == share


def test_heads_of_the_packed_words_stand_for_themselves() -> None:
    tables = {"legal_forms": WORDS.legal_forms, "translations": WORDS.translations}
    heads = {(section, head) for section, head, _ in load_written() if section in tables}
    assert {(section, head) for section, head in heads if tables[section].get(head) != head} == set()
