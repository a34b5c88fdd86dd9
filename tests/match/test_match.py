"""Names across scripts and spellings; numbers; what must not match."""

import pytest

from seawall.match import Options, build, fold, is_imo, normalise, screen
from seawall.model import Entity, Identifier, IdKind, Name, NameKind, Query, Schema
from seawall.model.entity import DateSpan, EntityId
from seawall.sources.dates import span
from seawall.tables.words import load_words


def listed(key, *names, schema=Schema.PERSON, **facts):
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
    *[listed(f"filler{n}", f"{a} {b} Trading Company", schema=Schema.COMPANY)
      for n, (a, b) in enumerate((x, y) for x in ("North", "South", "East") for y in ("Star", "Gate", "Hill", "Port"))],
]  # fmt: skip
INDEX = build(LIST, load_words())


def ask(name="", schema="", **facts):
    return screen(INDEX, [Query("q", (name,) if name else (), schema, **facts)], Options())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kim Jong Un", "kim"), ("Kim Chong-un", "kim"), ("김정은", "kim"), ("김 정은", "kim"), ("Jong Un Kim", "kim"),
        ("Lee Yong Mu", "ri"), ("Arkady Rotenberg", "rotenberg"), ("Ротенберг Аркадий Романович", "rotenberg"),
        ("Korea Tangun Trading Corp.", "tangun"), ("Tangun Trading Korea", "tangun"),
        ("Abdel Rahman Youssef", "rahman"),
        ("AbdulRahman Yusuf", "rahman"), ("Zu Zag Bong 6", "zzb6"),
    ],
)  # fmt: skip
def test_found_first(name, key):
    assert ask(name)[0].entity.id == key, name


@pytest.mark.parametrize("name", ["Trading Corporation", "CORP", "Korea", "Maria Gonzalez", "Yusuf", "Company", "5"])
def test_not_found(name):
    assert not ask(name)


def test_numbers_must_agree():
    assert ask("Glowing Harbour Fund I")
    assert not ask("Glowing Harbour Fund II")
    assert {h.entity.id for h in ask("Zu Zag Bong 5")} == {"zzb5"}


def test_an_imo_number_finds_the_ship_alone_or_inside_a_name():
    assert ask(identifiers=(("imo", "IMO 9187629"),))[0].entity.id == "zzb5"
    assert ask("Some Ship IMO 8916293")[0].entity.id == "zzb6"


def test_equal_names_with_different_valid_numbers_are_different_ships():
    assert not ask("Zu Zag Bong 5", "Vessel", identifiers=(("imo", "9074729"),))


def test_a_wrong_check_digit_is_said():
    assert is_imo("9187629")
    assert not is_imo("9187628")


def test_kinds_of_things_do_not_mix():
    assert not ask("Kim Jong Un", "Vessel")
    assert ask("Korea Tangun Trading Corporation", "Organization")


def test_dates_and_countries_move_the_score():
    plain = ask("Arkadi Rotenberg")[0].score
    assert ask("Arkadi Rotenberg", birth=("1951",))[0].score > plain
    assert ask("Arkadi Rotenberg", birth=("1951-12-15",), countries=("ru",))[0].score > plain
    assert not [h for h in ask("Arkadi Rotenberg", birth=("1983",), countries=("br",)) if h.score >= plain]


def test_a_birth_year_one_off_does_not_count_against():
    assert ask("Arkady Romanovich Rotenberg", birth=("1952-12-15",))[0].score >= 0.7


def test_the_reason_names_the_words():
    (hit, *_) = ask("Lee Yong Mu")
    assert "lee~ri" in hit.why
    assert "yong mu agree" in hit.why


@pytest.mark.parametrize(
    ("a", "b"), [("dzhabbar", "jabbar"), ("yusuf", "iusuf"), ("khalil", "halil"), ("zhukov", "jukov")]
)
def test_sounds(a, b):
    assert fold(a)[-4:] == fold(b)[-4:]


def test_spans_of_birth_overlap():
    assert DateSpan(span("1951").first, span("1951").last).iso == "1951"
    assert normalise("  Zheng'en—KIM ") == "zhengen kim"
