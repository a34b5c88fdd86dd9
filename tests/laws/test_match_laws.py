"""Laws of the matcher, over names made of words as they are in the world and over any text at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from math import log

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from seawall.match import Index, Options, build, compare, normalise, screen
from seawall.match.measure import FEATURES
from seawall.match.weights import name_weights
from seawall.model import Entity, EntityId, Hit, Identifier, IdKind, Name, NameKind, Query, Schema
from seawall.sources.dates import span
from seawall.tables.words import load_words

WORDS = load_words()
ALL = Options(threshold=0.02, limit=1000, workers=1)
CALM = settings(deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

SYLLABLES = ["ka", "ri", "mo", "tan", "gun", "sha", "lev", "dor", "bek", "zhu", "al", "hak", "ym", "os", "pet", "rov"]
PEOPLE = [
    "ivan", "sergei", "anna", "olga", "petrov", "sokolova", "ivanovich", "muhammad", "abdul", "rahman", "al",
    "khalid", "yusuf", "hussein", "kim", "ri", "pak", "jong", "un", "chol", "yong", "wei", "zhang", "xiao", "li",
    "chen", "maria", "carlos", "gonzalez", "von", "der", "ernst", "haberkorn", "jean", "claude", "o'brien", "nguyen",
    "van", "dr",
]  # fmt: skip
BODIES = [
    "ocean", "star", "north", "trading", "company", "bank", "of", "korea", "chad", "plant", "fund", "2", "iii", "5",
    "shipping", "ltd", "gmbh", "ooo", "delta",
]  # fmt: skip
SCRIPTS = ["김정은", "리설주", "金正恩", "Путин", "Ковальчук", "محمد", "خالد", "Τσίπρας", "ชินวัตร", "נתניהו", "Սարգսյան"]

made = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4).map("".join)
word = st.one_of(st.sampled_from(PEOPLE), made, st.sampled_from(BODIES), st.sampled_from(SCRIPTS))
name = st.lists(word, min_size=1, max_size=6).map(" ".join)
telling = st.lists(made, min_size=2, max_size=4, unique=True).map(" ".join)
"""Names of at least two words that say something."""
schema = st.sampled_from(["", "Person", "Company", "Vessel"])
text = st.one_of(st.text(max_size=30), name)

BIRTHS = ("1951-12-15", "1951-12", "1951", "1984-01-08")
COUNTRIES = ("ru", "kp", "af")
GENDERS = ("male", "female")
NUMBERS = ("9187629", "8916293", "9074729")


def person(key: str, *names: Name, **facts: tuple[object, ...] | str) -> Entity:
    return Entity(EntityId(key), Schema.PERSON, names, **facts)  # type: ignore[arg-type]  # facts are fields of Entity


def score(one: Query, other: Query) -> float:
    return compare([(one, other)], WORDS)[0].score


def of(hits: Iterable[Hit], key: str) -> float:
    """The score of an entity, 0 where it is no hit."""
    return max((hit.score for hit in hits if hit.entity.id == key), default=0.0)


def said(hits: Iterable[Hit]) -> list[tuple[object, ...]]:
    return [(h.query_id, h.rank, h.entity.id, h.score, h.matched_name, h.why) for h in hits]


class TestNormalising:
    @given(text)
    @CALM
    def test_twice_is_once(self, value: str) -> None:
        assert normalise(normalise(value)) == normalise(value)


class TestComparing:
    @given(text, schema)
    @CALM
    def test_a_name_and_itself_are_one(self, value: str, kind: str) -> None:
        query = Query("q", (value,), kind)
        if normalise(value):
            assert score(query, query) == 1.0
        else:
            assert score(query, query) < 0.001

    @given(st.lists(st.tuples(text, text), min_size=1, max_size=8), schema)
    @CALM
    def test_scores_lie_between_none_and_all_and_do_not_heed_the_sides(
        self, pairs: list[tuple[str, str]], kind: str
    ) -> None:
        queries = [(Query("a", (one,), kind), Query("b", (other,), kind)) for one, other in pairs]
        there = [found.score for found in compare(queries, WORDS)]
        back = [found.score for found in compare([(other, one) for one, other in queries], WORDS)]
        assert there == back
        assert all(0.0 <= found <= 1.0 for found in there)

    @given(st.lists(st.tuples(name, name), min_size=2, max_size=8))
    @CALM
    def test_a_pair_scores_alone_what_it_scores_among_others(self, pairs: list[tuple[str, str]]) -> None:
        queries = [(Query("a", (one,)), Query("b", (other,))) for one, other in pairs]
        assert compare(queries, WORDS) == [compare([pair], WORDS)[0] for pair in queries]

    @given(name, name, name, schema)
    @CALM
    def test_another_name_never_lowers_a_score(self, one: str, other: str, more: str, kind: str) -> None:
        asked = Query("a", (one,), kind)
        assert score(asked, Query("b", (other, more), kind)) >= score(asked, Query("b", (other,), kind))

    @given(made, made)
    @CALM
    def test_the_order_of_two_words_changes_little(self, first: str, second: str) -> None:
        one, turned = (Query("q", (value,), "Person") for value in (f"{first} {second}", f"{second} {first}"))
        assert score(one, turned) >= 0.9

    @given(st.sampled_from(PEOPLE[:8]), made, made)
    @CALM
    def test_the_order_of_two_words_changes_the_odds_of_a_likeness_little(
        self, first: str, second: str, third: str
    ) -> None:
        """By no more than order weighs, and what the two say written as one."""
        listed = Query("l", (f"{first} {third}",), "Person")
        straight, turned = (
            min(0.999, max(0.02, score(Query("q", (value,), "Person"), listed)))
            for value in (f"{first} {second}", f"{second} {first}")
        )
        weights = dict(zip(FEATURES, name_weights().tolist(), strict=False))
        most = abs(weights["order"]) + weights["whole"]
        assert abs(log(straight / (1 - straight)) - log(turned / (1 - turned))) <= most + 0.02


@cache
def known() -> Index:
    """People and bodies of the world's kinds of names, some of them under several."""
    primary, alias = NameKind.PRIMARY, NameKind.ALIAS
    people = [f"{a} {b}" for a in PEOPLE[:12] for b in PEOPLE[5:30:3]]
    bodies = [f"{a} {b} {c}" for a in BODIES[:4] for b in BODIES[10:13] for c in BODIES[3:6]]
    return build(
        [
            *(person(f"p{n}", Name(value, primary), Name(SCRIPTS[n % 11], alias)) for n, value in enumerate(people)),
            *(Entity(EntityId(f"b{n}"), Schema.COMPANY, (Name(value, primary),)) for n, value in enumerate(bodies)),
        ],
        WORDS,
    )


class TestScreening:
    @given(st.lists(telling, min_size=1, max_size=12, unique=True))
    @CALM
    def test_whoever_is_listed_is_found_by_the_own_name(self, names: list[str]) -> None:
        index = build([person(value, Name(value, NameKind.PRIMARY)) for value in names], WORDS)
        hits = screen(index, [Query(value, (value,)) for value in names], ALL)
        for value in names:
            assert of((hit for hit in hits if hit.query_id == value), value) >= 0.85
        assert all(0.0 <= hit.score <= 1.0 for hit in hits)

    @given(st.lists(name, min_size=1, max_size=9), st.data())
    @CALM
    def test_a_batch_is_its_queries_one_by_one_and_any_split_of_it(self, names: list[str], data: st.DataObject) -> None:
        queries = [Query(f"q{n}", (value,), data.draw(schema)) for n, value in enumerate(names)]
        whole = said(screen(known(), queries, Options(workers=1)))
        cut = data.draw(st.integers(0, len(queries)))
        parts = [queries[:cut], queries[cut:]]
        assert whole == [hit for part in parts for hit in said(screen(known(), part, Options(workers=1)))]
        assert whole == [hit for query in queries for hit in said(screen(known(), [query], Options(workers=1)))]

    def test_nobody_is_found_on_an_empty_list_and_nothing_without_a_query(self) -> None:
        assert screen(build((), WORDS), [Query("q", ("kalev dorbek",), identifiers=(("imo", NUMBERS[0]),))], ALL) == []
        assert screen(known(), [], ALL) == []
        assert screen(known(), [Query("q", ())], ALL) == []

    def test_any_number_of_workers_finds_the_same(self) -> None:
        names = [f"{a} {b}" for a in PEOPLE for b in (*PEOPLE[::5], *SCRIPTS)]
        queries = [Query(str(n), (value,)) for n, value in enumerate(names)]
        assert len(queries) > 5 * 64
        one = said(screen(known(), queries, Options(workers=1)))
        assert one
        for workers in (0, 2, 5):
            assert said(screen(known(), queries, Options(workers=workers))) == one

    @given(name, st.floats(0.05, 0.95), st.floats(0.05, 0.95))
    @CALM
    def test_a_threshold_only_cuts(self, value: str, a: float, b: float) -> None:
        low, high = sorted((a, b))
        query = [Query("q", (value,))]
        more, less = (screen(known(), query, replace(ALL, threshold=least)) for least in (low, high))
        assert said(less) == said(hit for hit in more if hit.score >= high) or near(more, high)

    @given(name, st.integers(1, 6), st.integers(1, 6))
    @CALM
    def test_a_limit_only_cuts(self, value: str, a: int, b: int) -> None:
        few, many = sorted((a, b))
        query = [Query("q", (value,))]
        less, more = (screen(known(), query, Options(0.1, limit, 1)) for limit in (few, many))
        assert said(less) == said(more)[:few]

    @given(telling, telling)
    @CALM
    def test_a_weak_alias_never_scores_above_the_same_name_as_a_primary_one(self, asked: str, value: str) -> None:
        scores = []
        for other in (value, asked):
            listed = [person(kind, Name(other, kind)) for kind in (NameKind.PRIMARY, NameKind.WEAK)]
            hits = screen(build(listed, WORDS), [Query("q", (asked,))], ALL)
            scores.append((of(hits, "primary"), of(hits, "weak")))
        assert all(primary >= weak for primary, weak in scores)
        assert scores[1][0] > scores[1][1]


def near(hits: Iterable[Hit], threshold: float) -> bool:
    """Whether a score rounds across a threshold."""
    return any(abs(hit.score - threshold) < 1e-4 for hit in hits)


agreeing = st.sampled_from([
    ({"birth": ("1951-12-15",)}, {"birth": (span("1951-12-15"),)}),
    ({"birth": ("1951",)}, {"birth": (span("1951-12-15"),)}),
    ({"birth": ("1951-12-15",)}, {"birth": (span("1951"),)}),
    ({"countries": ("ru",)}, {"countries": ("ru", "cy")}),
    ({"gender": "male"}, {"gender": "male"}),
    ({"identifiers": (("passport", "AB 123456"),)}, {"identifiers": (Identifier(IdKind.PASSPORT, "ab-123456"),)}),
    ({"identifiers": (("", "AB 123456"),)}, {"identifiers": (Identifier(IdKind.TAX, "AB123456"),)}),
])  # fmt: skip
contradicting = st.sampled_from([
    ({"birth": ("1951-12-15",)}, {"birth": (span("1984-01-08"),)}),
    ({"birth": ("1951",)}, {"birth": (span("1984"),)}),
    ({"birth": ("1951-12-15",)}, {"birth": (span("1955-03-02"),)}),
    ({"countries": ("ru",)}, {"countries": ("br",)}),
    ({"gender": "male"}, {"gender": "female"}),
    ({"identifiers": (("passport", "AB 123456"),)}, {"identifiers": (Identifier(IdKind.PASSPORT, "XY 987654"),)}),
])  # fmt: skip
pairs = st.tuples(telling, telling, st.booleans()).map(lambda pair: (pair[0], pair[0] if pair[2] else pair[1]))


def with_and_without(names: tuple[str, str], fact: tuple[dict[str, object], dict[str, object]]) -> tuple[float, float]:
    """What a query scores with a fact that the listed one has too, and without."""
    asked, listed = names
    index = build([person("e", Name(listed, NameKind.PRIMARY), **fact[1])], WORDS)  # type: ignore[arg-type]  # fields
    query = Query("q", (asked,), "Person")
    knowing = replace(query, **fact[0])  # type: ignore[arg-type]  # fields of Query
    return of(screen(index, [knowing], ALL), "e"), of(screen(index, [query], ALL), "e")


class TestFacts:
    @given(pairs, agreeing)
    @CALM
    def test_what_agrees_never_lowers_a_score(self, names, fact) -> None:
        knowing, plain = with_and_without(names, fact)
        assert knowing >= plain

    @given(pairs, contradicting)
    @CALM
    def test_what_contradicts_never_raises_it(self, names, fact) -> None:
        knowing, plain = with_and_without(names, fact)
        assert knowing <= plain

    @given(telling, contradicting)
    @CALM
    def test_what_contradicts_lowers_the_score_of_the_same_name(self, value, fact) -> None:
        assume("identifiers" not in fact[0])  # one may have two passports
        knowing, plain = with_and_without((value, value), fact)
        assert knowing < plain

    @given(pairs, st.one_of(agreeing, contradicting), st.booleans())
    @CALM
    def test_what_only_one_side_knows_changes_nothing(self, names, fact, asked) -> None:
        knowing, plain = with_and_without(names, (fact[0], {}) if asked else ({}, fact[1]))
        assert knowing == plain

    @given(telling, st.permutations(NUMBERS))
    @example("ocean pearl", NUMBERS)
    @CALM
    def test_ships_with_two_valid_numbers_are_never_one(self, value: str, numbers) -> None:
        ship = Entity(
            EntityId("s"), Schema.VESSEL, (Name(value, NameKind.PRIMARY),),
            countries=("pa",), identifiers=(Identifier(IdKind.IMO, numbers[0]),),
        )  # fmt: skip
        asked = Query("q", (value,), "Vessel", countries=("pa",), identifiers=(("imo", numbers[1]),))
        assert not screen(build([ship], WORDS), [asked], Options(threshold=0.5))

    @given(telling, st.sampled_from(NUMBERS), st.sampled_from(["{}", "IMO {}", "IMO: {}", "{} ocean pearl", "x imo{}"]))
    @CALM
    def test_a_ships_number_typed_into_the_name_is_found(self, value: str, number: str, form: str) -> None:
        ship = Entity(
            EntityId("s"), Schema.VESSEL, (Name(value, NameKind.PRIMARY),),
            identifiers=(Identifier(IdKind.IMO, f"IMO {number}"),),
        )  # fmt: skip
        assert of(screen(build([ship], WORDS), [Query("q", (form.format(number),))], Options()), "s") >= 0.9

    @pytest.mark.parametrize("kind", [IdKind.PASSPORT, IdKind.TAX, IdKind.REGISTRATION])
    def test_any_number_typed_into_the_name_is_found(self, kind: IdKind) -> None:
        listed = person("e", Name("kalev dorbek", NameKind.PRIMARY), identifiers=(Identifier(kind, "AB1234567"),))
        assert screen(build([listed], WORDS), [Query("q", ("AB1234567",))], Options())

    def test_another_ships_number_typed_into_the_name_speaks_against_it(self) -> None:
        ship = Entity(
            EntityId("s"), Schema.VESSEL, (Name("Ocean Pearl", NameKind.PRIMARY),),
            identifiers=(Identifier(IdKind.IMO, NUMBERS[0]),),
        )  # fmt: skip
        asked = Query("q", (f"Ocean Pearl (IMO {NUMBERS[1]})",), "Vessel")
        assert not screen(build([ship], WORDS), [asked], Options())

    def test_what_contradicts_counts_in_comparing_the_same_name_too(self) -> None:
        one = Query("a", ("Kim Chol",), "Person", birth=("1951-12-15",), countries=("kp",), gender="male")
        other = Query("b", ("Kim Chol",), "Person", birth=("1984-01-08",), countries=("br",), gender="female")
        assert score(one, other) < 0.9
