"""Names cut many at a time give what they give one by one; searching spares work and no candidate."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from seawall import match
from seawall.match import searching
from seawall.match.names import cut, split
from seawall.match.scripts import readings, words_of_many
from seawall.model import Entity, EntityId, Name, Query, Schema
from seawall.tables.words import load_words

WORDS = load_words()
LATIN = st.text(st.characters(max_codepoint=0x24F), max_size=40)
PIECES = st.lists(
    st.sampled_from(
        ["Kim", "A.B.C.", "co", "joint stock company", "&", "twenty", "4", "II", "x", "v", "b0ston", "(JSC)", "Müller",
         "'Abd", "al-Din", ",", ".", "\n", "\t", "\x07", "Ким", "金", "محمد", "limited", "liability", "company", "ə"]
    ),
    max_size=8,
).map(" ".join)  # fmt: skip
SCHEMATA = st.sampled_from(["Person", "Company", "Vessel", "", "Thing"])


@given(st.lists(st.one_of(LATIN, PIECES, st.text(max_size=20), st.just("a" * 300), st.just("b c " * 300)), max_size=6))
def test_words_of_many_are_those_of_each(texts):
    for text, found in zip(texts, words_of_many(texts), strict=True):
        if found is not None:
            assert [tuple(found)] * bool(found) == [reading.words for reading in readings(text)]
        else:
            assert not text.isascii()


@settings(max_examples=300)
@given(st.lists(st.tuples(st.one_of(PIECES, LATIN, st.text(max_size=20)), SCHEMATA), max_size=6))
def test_split_gives_what_cut_gives(named):
    found = split(named, WORDS)
    rows = [
        (int(n), tuple(found.vocabulary[w] for w in found.words[a:b]), int(way))
        for n, a, b, way in zip(found.name, found.at[:-1], found.at[1:], found.ways, strict=True)
    ]
    expected = [
        (n, row, way) for n, (text, schema) in enumerate(named) for row, way in cut(text, schema, WORDS).items()
    ]
    assert rows == expected
    assert len(set(found.vocabulary)) == len(found.vocabulary)


GIVEN = ("Hassan", "Ali", "Mohammed", "Ibrahim", "Karim", "Omar", "Said", "Yusuf", "Tarek", "Nabil")


def _crowd(size: int) -> list[Entity]:
    """Many names of few common words and, now and then, a rare one."""
    chance = np.random.default_rng(1)
    people = []
    for n in range(size):
        words = [str(word) for word in chance.choice(GIVEN, chance.integers(1, 4))]
        if n % 97 == 0:
            words.append("Qxanthippe")
        people.append(Entity(EntityId(f"e{n}"), Schema.PERSON, (Name(" ".join(words)),)))
    return people


def test_what_is_spared_changes_no_candidate_that_is_better_than_the_last(monkeypatch):
    index = match.build(_crowd(30_000), WORDS)
    queries = [Query("q", (text,), "Person") for text in ("Hassan Ali Qxanthippe", "Mohammed Omar Said", "Ibrahim Ali")]
    asked = match.screening.ask(index, queries)
    with index.rooms.lent() as room:
        near = match.screening._near(index, asked, room)
    allowed = np.full(len(queries), 0xFFFFFFFF, dtype=np.uint32)
    found = []
    for one_word in (searching._one_word, _whole(searching._one_word)):
        with monkeypatch.context() as patched, index.rooms.lent() as room:
            patched.setattr(searching, "_one_word", one_word)
            search = searching._word_by_word.py_func
            shares, total = [], 0
            for r in range(len(queries)):
                ranks = np.empty(32, dtype=np.float32)
                reached = search(
                    asked.names, asked.lexicon, r, near, index.names, index.where, 0, searching.LEAST_SHARE,
                    int(allowed[r]), index.bearers, ranks, room,
                )  # fmt: skip
                total += reached
                rows = room.touched[:reached]
                scores = room.score[rows]
                share = np.minimum(1, scores / asked.names.total[r]) + np.minimum(1, scores / index.names.total[rows])
                shares.append(np.sort(share)[::-1][:32])
                room.score[rows] = 0.0
            found.append((shares, total))
    (spared, few), (whole, many) = found
    assert few < many  # or nothing was spared and the test says nothing
    for a, b in zip(spared, whole, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5)


def _whole(one_word):
    """The same with no row spared."""
    return lambda weight, words, likes, listed, where, reached, _, room: one_word(
        weight, words, likes, listed, where, reached, np.float32(np.inf), room
    )
