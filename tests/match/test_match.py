"""Names that are one party's and names that are not; numbers; what must not match; what a hit says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from seawall.match import Options, build, compare, is_imo, normalise, screen
from seawall.model import Entity, EntityId, Hit, Identifier, IdKind, Name, NameKind, Query, Schema
from seawall.sources.dates import span
from seawall.tables.words import load_words

WORDS = load_words()
THRESHOLD = 0.7
TABLES = sorted((Path(__file__).parents[1] / "cases/match").glob("*.yaml"))


def cases() -> list[Any]:
    """The rows of the tables of pairs, each with the schema of its table unless it has its own."""
    found = []
    for path in TABLES:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in table.get("cases", ()):
            case = {"schema": table["schema"], **row}
            found.append(pytest.param(case, id=f"{path.stem}: {case['one']} / {case['other']}"))
    return found


CASES = cases()


def party(case: dict[str, str], side: str) -> Query:
    birth = case.get(f"{side}_birth")
    return Query(side, (case[side],), case["schema"], birth=(birth,) if birth else ())


@pytest.fixture(scope="session")
def compared() -> dict[tuple[str, ...], float]:
    """The score of every case, by its columns."""
    rows = [param.values[0] for param in CASES]
    results = compare([(party(row, "one"), party(row, "other")) for row in rows], WORDS)
    return {tuple(row.values()): result.score for row, result in zip(rows, results, strict=True)}


@pytest.mark.parametrize("case", CASES)
def test_pairs_are_told_as_their_table_says(case: dict[str, str], compared: dict[tuple[str, ...], float]) -> None:
    """A case with `known` says why it fails so far; once it holds, the word must go."""
    found = "same" if compared[tuple(case.values())] >= THRESHOLD else "other"
    if "known" in case:
        assert found != case["verdict"], "this case holds now: take `known` out of the table"
    else:
        assert found == case["verdict"], case["why"]


def test_the_tables_are_sound() -> None:
    rows = [param.values[0] for param in CASES]
    assert len(rows) >= 150
    assert {row["verdict"] for row in rows} == {"same", "other"}
    assert all(row["why"] for row in rows)
    twice = Counter(
        (frozenset((row["one"], row["other"])), row.get("one_birth"), row.get("other_birth")) for row in rows
    )
    assert [case for case, count in twice.items() if count > 1] == []


def listed(key: str, *names: str, schema: Schema = Schema.PERSON, **facts: Any) -> Entity:
    kinds = [NameKind.PRIMARY, *[NameKind.ALIAS] * len(names)]
    return Entity(EntityId(key), schema, tuple(map(Name, names, kinds)), **facts)


LIST = [
    listed("kim", "KIM Jong Un", birth=(span("1984-01-08"),), countries=("kp",)),
    listed("ri", "RI, Yong Mu", countries=("kp",)),
    listed("rotenberg", "ROTENBERG, Arkady Romanovich", birth=(span("1951-12-15"),), countries=("ru",)),
    listed("tangun", "KOREA TANGUN TRADING CORPORATION", schema=Schema.COMPANY),
    listed("fund1", "Glowing Harbour Fund I", schema=Schema.COMPANY),
    listed("zzb5", "ZU ZAG BONG 5", schema=Schema.VESSEL, identifiers=(Identifier(IdKind.IMO, "9187629"),)),
    listed("zzb6", "ZU ZAG BONG 6", schema=Schema.VESSEL, identifiers=(Identifier(IdKind.IMO, "8916293"),)),
    listed("rahman", "Abdul Rahman Yusuf", countries=("af",)),
    listed("mining", "Korea Mining Development Trading Corporation", "KOMID", schema=Schema.COMPANY),
    *[listed(f"filler{n}", f"{a} {b} Trading Company", schema=Schema.COMPANY)
      for n, (a, b) in enumerate((x, y) for x in ("North", "South", "East") for y in ("Star", "Gate", "Hill", "Port"))],
]  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Any:
    return build(LIST, WORDS)


@pytest.fixture
def ask(index: Any) -> Any:
    def asked(name: str = "", schema: str = "", **facts: Any) -> list[Hit]:
        return screen(index, [Query("q", (name,) if name else (), schema, **facts)], Options())

    return asked


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kim Jong Un", "kim"), ("Kim Chong-un", "kim"), ("김정은", "kim"), ("김 정은", "kim"), ("Jong Un Kim", "kim"),
        ("Lee Yong Mu", "ri"), ("Arkady Rotenberg", "rotenberg"), ("Ротенберг Аркадий Романович", "rotenberg"),
        ("Korea Tangun Trading Corp.", "tangun"), ("Tangun Trading Korea", "tangun"),
        ("Abdel Rahman Youssef", "rahman"), ("AbdulRahman Yusuf", "rahman"), ("Zu Zag Bong 6", "zzb6"),
        ("KOMID", "mining"),
    ],
)  # fmt: skip
def test_found_first(ask: Any, name: str, key: str) -> None:
    assert ask(name)[0].entity.id == key


@pytest.mark.parametrize("name", ["Trading Corporation", "CORP", "Korea", "Maria Gonzalez", "Yusuf", "Company", "5"])
def test_not_found(ask: Any, name: str) -> None:
    assert not ask(name)


@pytest.mark.parametrize("name", ["", " ", "---", "()", "\u200b", "...", "🚢"])
def test_a_name_with_nothing_to_read_finds_nothing(ask: Any, name: str) -> None:
    assert ask(name) == []


def test_numbers_must_agree(ask: Any) -> None:
    assert ask("Glowing Harbour Fund I")
    assert not ask("Glowing Harbour Fund II")
    assert {h.entity.id for h in ask("Zu Zag Bong 5")} == {"zzb5"}


def test_an_imo_number_finds_the_ship_alone_or_inside_a_name(ask: Any) -> None:
    assert ask(identifiers=(("imo", "IMO 9187629"),))[0].entity.id == "zzb5"
    assert ask("Some Ship IMO 8916293")[0].entity.id == "zzb6"


def test_a_wrong_check_digit_is_seen() -> None:
    assert is_imo("9187629")
    assert not is_imo("9187628")


def test_a_listed_number_with_a_wrong_check_digit_is_found_and_said() -> None:
    wrong = replace(LIST[5], identifiers=(Identifier(IdKind.IMO, "9187628"),))
    (hit,) = screen(build([wrong], WORDS), [Query("q", (), identifiers=(("imo", "9187628"),))], Options())
    assert "its check digit is wrong" in hit.why


def test_kinds_of_things_do_not_mix(ask: Any) -> None:
    assert not ask("Kim Jong Un", "Vessel")
    assert ask("Korea Tangun Trading Corporation", "Organization")


def test_dates_and_countries_move_the_score(ask: Any) -> None:
    plain = ask("Arkadi Rotenberg")[0].score
    assert ask("Arkadi Rotenberg", birth=("1951",))[0].score > plain
    assert ask("Arkadi Rotenberg", birth=("1951-12-15",), countries=("ru",))[0].score > plain
    assert not [h for h in ask("Arkadi Rotenberg", birth=("1983",), countries=("br",)) if h.score >= plain]


def test_a_birth_year_one_off_does_not_count_against(ask: Any) -> None:
    assert ask("Arkady Romanovich Rotenberg", birth=("1952-12-15",))[0].score >= THRESHOLD


def test_the_reason_names_the_words(ask: Any) -> None:
    (hit, *_) = ask("Lee Yong Mu")
    assert "lee~ri" in hit.why
    assert "yong mu agree" in hit.why


def test_the_reason_names_what_only_one_side_has(ask: Any) -> None:
    (hit, *_) = ask("Arkady Rotenberg", birth=("1952",), countries=("br",)) or ask("Arkady Rotenberg")
    assert "romanovich" in hit.why.partition("only on the list: ")[2]


def test_hits_are_ranked_and_say_who_asked(ask: Any) -> None:
    hits = ask("North Star Trading Company")
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {(hit.query_id, hit.query_name) for hit in hits} == {("q", "North Star Trading Company")}
    assert hits[0].matched_name == "North Star Trading Company"


def test_normalised_text_is_plain_words() -> None:
    assert normalise("  Zheng'en—KIM ") == "zhengen kim"
