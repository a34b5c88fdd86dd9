"""Laws of the matcher, and its slow twin."""

from hypothesis import given, settings
from hypothesis import strategies as st

from seawall.match import Options, build, normalise, screen
from seawall.match.compare import align
from seawall.match.index import candidates, tokenise
from seawall.model import Entity, Name, Query, Schema
from seawall.model.entity import EntityId
from seawall.tables.words import load_words

WORDS = load_words()
SYLLABLES = ["ka", "ri", "mo", "tan", "gun", "sha", "lev", "dor", "bek", "zhu", "al", "hak", "ym", "os", "pet", "rov"]
word = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=3).map("".join)
name = st.lists(word, min_size=2, max_size=4, unique=True).map(" ".join)


@given(st.text(max_size=30))
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


@settings(deadline=None)
@given(st.lists(name, min_size=1, max_size=12, unique=True), st.data())
def test_a_name_finds_itself_and_does_not_depend_on_the_batch(names, data):
    index = build([Entity(EntityId(n), Schema.PERSON, (Name(n),)) for n in names], WORDS)
    queries = [Query(n, (n,)) for n in names]
    together = {}
    for hit in screen(index, queries, Options()):
        together.setdefault(hit.query_id, []).append((hit.entity.id, hit.score))
        assert 0.0 <= hit.score <= 1.0
    one = data.draw(st.sampled_from(queries))
    alone = [(h.entity.id, h.score) for h in screen(index, [one], Options())]
    assert alone == together[one.id]
    assert one.id in {key for key, score in alone if score >= 0.9}


@settings(deadline=None)
@given(st.lists(name, min_size=5, max_size=40, unique=True), st.data())
def test_the_candidates_hold_the_best_of_all_pairs(names, data):
    index = build([Entity(EntityId(n), Schema.PERSON, (Name(n),)) for n in names], WORDS)
    asked = data.draw(st.sampled_from(names))
    letter = data.draw(st.integers(0, len(asked) - 1))
    tokens = tokenise(asked[:letter] + asked[letter + 1 :], index.counts, len(names), WORDS)
    best = max(align(tokens, other, WORDS).likeness for other in index.tokens)
    row = candidates(index, [tokens])
    found = max((align(tokens, index.tokens[c], WORDS).likeness for c in row.indices), default=0.0)
    assert found >= best or best < 0.7


@given(name, name)
def test_likeness_lies_between_none_and_all(a, b):
    counts = {}
    one, two = (tokenise(text, counts, 100, WORDS) for text in (a, b))
    assert 0.0 <= align(one, two, WORDS).likeness <= 1.0
