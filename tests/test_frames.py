"""A frame holds nouns and gives them back."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from seawall.model import Edition, Entity, IdKind, LinkKind, NameKind, Schema, Verification
from seawall.model.entity import Address, DateSpan, EntityId, Identifier, Link, Listing, Name
from seawall.model.frames import frame, nouns, schema

text = st.text(max_size=12)
day = st.dates(date(1900, 1, 1), date(2030, 1, 1))
span = st.tuples(day, day).map(sorted).map(lambda pair: DateSpan(pair[0], pair[1]))
names = st.builds(Name, text, st.sampled_from(NameKind), text)
links = st.builds(
    Link, st.sampled_from(LinkKind), text.map(EntityId), share_min=st.none() | st.floats(0, 100), start=st.none() | day
)
listings = st.builds(
    Listing, text, text, text, listed_on=st.none() | day, amended_on=st.lists(day, max_size=2).map(tuple),
    verification=st.sampled_from(Verification),
)  # fmt: skip
entities = st.builds(
    Entity,
    id=text.map(EntityId),
    schema=st.sampled_from(Schema),
    names=st.lists(names, max_size=3).map(tuple),
    birth=st.lists(span, max_size=2).map(tuple),
    identifiers=st.lists(st.builds(Identifier, st.sampled_from(IdKind), text), max_size=2).map(tuple),
    addresses=st.lists(st.builds(Address, text), max_size=2).map(tuple),
    listings=st.lists(listings, max_size=2).map(tuple),
    links=st.lists(links, max_size=2).map(tuple),
    extra=st.lists(st.tuples(text, text), max_size=2).map(tuple),
)


@given(st.lists(entities, max_size=4))
def test_entities_survive_the_way_through_a_frame(some):
    assert list(nouns(frame(some, Entity), Entity)) == some


def test_an_empty_frame_has_the_columns():
    empty = frame([], Edition)
    assert empty.height == 0
    assert empty.columns == ["id", "title", "day", "sha256", "path", "counts"]


def test_schema_names_every_field():
    columns = schema(Entity)
    assert columns["countries"] == pl.List(pl.String)
    assert columns["schema"] == pl.String
    assert set(columns) == set(Entity.__dataclass_fields__)
