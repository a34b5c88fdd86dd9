"""Words of bodies in the scripts they are written in meet the English ones, by the words and keys that names are cut to."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
import yaml

from seawall.match.lexicon import Key, Word, _keys
from seawall.match.names import cut
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
    return {word.text, *_keys(word.text, (), WORDS)}


def rows(text: str) -> list[list[Word]]:
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


@pytest.mark.parametrize("name", ["Ким Чен Ир", "김수산", "Jordan Miner", "Иван Торговый", "毛毅", "Виктор Московский"])
def test_names_of_people_are_left_as_they_are(name: str) -> None:
    spoken = cut(name, "Person", WORDS)
    assert [len(row) for row in spoken] == [len(row) for row in spoken]
    assert not any(word.text in {"trading", "fishing", "moscow"} for row in spoken for word in row)
