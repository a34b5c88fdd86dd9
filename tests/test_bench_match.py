"""The measuring of name matching: its arithmetic against obvious twins, and the lists it grows and cuts."""

from __future__ import annotations

import random
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seawall.model import Entity, EntityId, Listing, Name, NameKind, Query, Schema

sys.path.append(str(Path(__file__).parents[1] / "bench"))
from matching import data, grow, leave_out, pairs, rates, recall, table, tools
from matching.tools import Scores

scores = st.lists(st.sampled_from([rates.MISSED, 0.3, 0.31, 0.5, 0.5004, 0.7, 0.96, 1.0]), min_size=1, max_size=40)
shares = st.sampled_from([0.0, 0.001, 0.05, 0.1, 0.25, 0.5, 1.0])


def share(found: list[float], threshold: float) -> float:
    return len([score for score in found if score >= threshold]) / len(found)


class TestRates:
    @given(scores, shares)
    def test_the_threshold_is_the_least_that_keeps_the_rate(self, nobody: list[float], rate: float) -> None:
        threshold = rates.threshold_at(nobody, rate)
        assert threshold is None or share(nobody, threshold) <= rate
        lower = [score for score in nobody if rates.MISSED < score < (threshold or 2)]
        assert all(share(nobody, score) > rate for score in lower)

    @given(scores, scores, shares)
    def test_recall_is_interpolated_between_the_thresholds_that_can_be_set(
        self, right: list[float], nobody: list[float], rate: float
    ) -> None:
        """The twin walks over every threshold that tells two scores apart, from none found to all."""
        steps = sorted({score for score in [*right, *nobody] if score > rates.MISSED}, reverse=True)
        curve = [(0.0, 0.0), *((share(nobody, step), share(right, step)) for step in steps)]
        below = [point for point in curve if point[0] <= rate]
        above = [point for point in curve if point[0] > rate]
        expected = below[-1][1]
        if above:
            (x0, y0), (x1, y1) = below[-1], above[0]
            expected = y0 + (y1 - y0) * (rate - x0) / (x1 - x0)
        assert rates.recall_at(right, nobody, rate) == pytest.approx(expected, abs=1e-6)

    @given(scores, scores, st.sampled_from([0.1, 0.5, 0.99, 1.0]))
    def test_the_alerts_of_a_recall_are_those_of_the_highest_threshold_that_reaches_it(
        self, right: list[float], nobody: list[float], wanted: float
    ) -> None:
        reach = [step for step in {*right} if step > rates.MISSED and share(right, step) >= wanted]
        expected = share(nobody, max(reach)) if reach else None
        assert rates.alerts_at(right, nobody, wanted) == expected

    def test_a_tool_with_coarse_scores_is_not_charged_for_ties(self) -> None:
        nobody = [0.9] * 10 + [rates.MISSED] * 90
        assert rates.recall_at([0.9, 0.9, 0.5, 1.0], nobody, 0.05) == pytest.approx(0.25 + 0.5 * 0.5)
        assert rates.threshold_at(nobody, 0.05) is None

    def test_figures_count_what_was_missed(self) -> None:
        found = recall.figures(0.7, Scores([0.8, 0.9], [0.8, rates.MISSED]), Scores([0.75, rates.MISSED], []))
        assert found["default"] == {"recall": 0.5, "alerts": 0.5}
        assert found["at"]["2.0%"] == 0.5
        assert found["alerts_at_99"] is None


def entity(key: str, *names: str, schema: Schema = Schema.PERSON, country: str = "") -> Entity:
    kinds = [NameKind.PRIMARY, *[NameKind.ALIAS] * len(names)]
    return Entity(
        EntityId(key),
        schema,
        tuple(map(Name, names, kinds)),
        countries=(country,) if country else (),
        listings=(Listing("own", "own", key),),
    )


LIST = (
    entity("a", "Ivan Petrov", "Иван Петров", "Ivan PETROV", country="ru"),
    entity("b", "Oleg Sidorov", "Олег Сидоров", "O. Sidorov", country="ru"),
    entity("c", "Omar Hassan", "Umar Hasan", country="sy"),
    entity("d", "Khalid Yusuf", country="sy"),
    entity("e", "Umar Hasan", "Abu Yahya", country="sy"),
    entity("f", "North Star", "Polar Star", schema=Schema.VESSEL),
)


class TestGrow:
    def test_begins_with_the_list_and_has_the_size_asked(self) -> None:
        grown = list(grow.grow(LIST, 300))
        assert tuple(grown[: len(LIST)]) == LIST
        assert len({e.id for e in grown}) == 300
        assert [e.id for e in grow.grow(LIST, 2)] == ["a", "b"]

    def test_is_the_same_for_the_same_seed_and_grows_as_it_is_read(self) -> None:
        assert list(islice(grow.grow(LIST, 10**12, seed=1), 50)) == list(grow.grow(LIST, 50, seed=1))
        assert list(grow.grow(LIST, 50, seed=1)) != list(grow.grow(LIST, 50, seed=2))

    def test_words_stay_within_their_culture_and_sort(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(grow, "respelt", lambda word, _: word)
        known = {"ru": {"ivan", "petrov", "oleg", "sidorov", "o."}, "sy": set()}
        for e in islice(grow.grow(LIST, 400), len(LIST), None):
            words = {word.lower() for word in e.names[0].text.split()}
            if "ru" in e.countries:
                assert words <= known["ru"]
            if e.schema is Schema.VESSEL:
                assert words <= {"north", "polar", "star"}

    def test_new_names_are_mostly_new(self) -> None:
        old = {name.text for e in LIST for name in e.names}
        new = Counter(e.names[0].text not in old for e in islice(grow.grow(LIST, 500), len(LIST), None))
        assert new[True] > new[False]

    @given(st.text(alphabet="abcdeghikmnoqsuvyz", min_size=1, max_size=12), st.randoms(use_true_random=False))
    def test_respelling_changes_one_sound_and_keeps_the_case(self, word: str, chance: random.Random) -> None:
        spelt = grow.respelt(word.upper(), chance)
        assert spelt.isupper()
        assert abs(len(spelt) - len(word)) <= 1

    def test_people_have_distinct_names_of_one_script(self) -> None:
        asked = [
            data.Asked(Query(str(n), (name,))) for n, name in enumerate(["Ann Lee", "Bo Ray", "Анна Ли", "Бо Рэй"])
        ]
        names = [query.names[0] for query in grow.people(asked, 8)]
        assert len(set(names)) == 8
        assert all(len({data.script(word) for word in name.split()}) == 1 for name in names)
        with pytest.raises(ValueError, match="only 8"):
            grow.people(asked, 9)


class TestLeaveOut:
    def test_what_is_asked_is_nowhere_on_the_list_left(self) -> None:
        left, asked = leave_out.leave_out(LIST)
        texts = {data.plain(name.text) for e in left for name in e.names}
        assert asked
        assert all(data.plain(a.query.names[0]) not in texts for a in asked)

    def test_nobody_is_left_without_a_name_and_no_primary_name_is_asked_of_its_bearer(self) -> None:
        left, asked = leave_out.leave_out(LIST)
        assert [e.id for e in left] == [e.id for e in LIST]
        assert all(e.names for e in left)
        bearers = {(a.query.names[0], LIST[int(a.query.id[1:])].caption) for a in asked}
        assert all(name != caption for name, caption in bearers)

    def test_at_most_one_of_an_entity_and_every_holder_is_right(self) -> None:
        two = (entity("x", "Ann Lee", "Anna Li"), entity("y", "Ann B. Lee", "ANNA LI"))
        left, asked = leave_out.leave_out(two)
        assert [a.meant for a in asked] == [{"x", "y"}]
        assert [len(e.names) for e in left] == [1, 1]

    def test_the_same_text_in_other_signs_is_no_other_name(self) -> None:
        _, asked = leave_out.leave_out((entity("x", "Kim Jong-gak", "KIM Jong Gak"),))
        assert not asked


class TestTools:
    @pytest.mark.parametrize("tool", ["seawall", "jaro", "token_sort"])
    def test_finds_a_listed_name_and_not_one_of_another_sort(self, tool: str) -> None:
        batch = [
            data.Asked(Query("1", ("Khalid Yusuf",), "Person"), frozenset({"d"})),
            data.Asked(Query("2", ("Polar Star",), "Person"), frozenset({"f"})),
        ]
        found = tools.available()[tool](LIST, {"all": batch})["all"]
        assert found.meant[0] == found.best[0] >= 0.9
        assert found.meant[1] == rates.MISSED

    def test_brute_force_heeds_birth_year_and_country(self) -> None:
        def best(**facts: tuple[str, ...]) -> float:
            asked = data.Asked(Query("1", ("Khalid Yusuf",), "Person", **facts))
            return tools.by_token_sort(LIST, {"all": [asked]})["all"].best[0]

        assert best() == best(countries=("sy", "fr")) == best(birth=("1970",)) == pytest.approx(1.0)
        assert best(countries=("fr",)) < 0.9

    def test_latin_only_drops_names_and_who_has_no_other(self) -> None:
        cut = data.latin_only((*LIST, entity("z", "김정은")))
        assert [e.id for e in cut] == [e.id for e in LIST]
        assert [name.text for name in cut[0].names] == ["Ivan Petrov", "Ivan PETROV"]


def test_pairs_are_judged_by_their_label() -> None:
    found = pairs.judged([True, True, True, False, False], [True, True, False, True, False])
    assert found == pytest.approx({"n": 5, "wrong": 2, "precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3})
    assert pairs.judged([False], [False])["f1"] == 0.0


class TestTable:
    def test_columns_line_up(self) -> None:
        lines = table.table(["tool", "n"], [["a", 1234], ["long", None]]).split("\n")
        assert lines == ["tool |     n", "---- | ----:", "a    | 1,234", "long |     -"]

    def test_a_difference_is_said_where_it_is_more_than_noise(self) -> None:
        before = {"recall": {"hard": 0.86, "plain": 1.0}, "speed": {"names/s": 1000.0, "MB": 300.0}}
        after = {"recall": {"hard": 0.85, "plain": 1.0}, "speed": {"names/s": 2000.0, "MB": 310.0}}
        assert table.difference(before, after) == [
            "recall hard: 0.860 -> 0.850 (-0.010)",
            "speed names/s: 1,000 -> 2,000 (+1,000)",
        ]
        assert table.difference({}, after) == []
        assert table.difference({"thresholds": {"1.0%": 0.6}}, {"thresholds": {"1.0%": 0.7}}) == []
