"""Kept indexes: the same hits as in memory; nothing half-written; broken ones and those of another edition not used."""

from datetime import date
from pathlib import Path

import pytest

import seawall
from seawall import flow, indexes, match, store
from seawall.errors import InputError
from seawall.model import (
    DateSpan,
    Edition,
    Entity,
    EntityId,
    Identifier,
    IdKind,
    Listing,
    Name,
    NameKind,
    Query,
    RowError,
    Schema,
)
from seawall.tables.words import load_words

WORDS = load_words()
ENTITIES = (
    Entity(
        EntityId("p-1"),
        Schema.PERSON,
        (Name("Hassan Ibrahim Mahmoud", NameKind.PRIMARY), Name("حسن إبراهيم محمود", NameKind.WEAK, "ara")),
        birth=(DateSpan(date(1975, 3, 2), date(1975, 3, 2)),),
        countries=("sy",),
        identifiers=(Identifier(IdKind.PASSPORT, "AB 123456", "sy"),),
        listings=(Listing("un", "x", "X.1", ("prog",), date(2016, 3, 2), (date(2017, 1, 1),)),),
    ),
    Entity(
        EntityId("c-1"),
        Schema.COMPANY,
        (Name("Glowing Harbour Trading Company Limited", NameKind.PRIMARY), Name("光港贸易有限公司")),
    ),
    Entity(
        EntityId("v-1"),
        Schema.VESSEL,
        (Name("Ocean Star 7", NameKind.PRIMARY),),
        identifiers=(Identifier(IdKind.IMO, "9187629"),),
    ),
    Entity(EntityId("n-1"), Schema.COMPANY, ()),
)
QUERIES = (
    Query("a", ("Hasan Ibrahim Mahmud",), "Person"),
    Query("b", ("Glowing Harbor Trading Co., Ltd",), "Company"),
    Query("c", ("Somebody Else",), "Person"),
    Query("d", (), "", identifiers=(("imo", "IMO 9187629"), ("", "ab-123456"))),
    Query("e", ("光港贸易有限公司", "Ocean Star VII"), ""),
)
OPTIONS = match.Options(threshold=0.3)


def test_a_kept_index_finds_what_the_one_in_memory_finds(tmp_path):
    kept = indexes.save_index(tmp_path / "i", ENTITIES, WORDS)
    hits = match.screen(match.build(ENTITIES, WORDS), QUERIES, OPTIONS)
    assert {hit.query_id for hit in hits} == {"a", "b", "d", "e"}
    assert match.screen(kept.index, QUERIES, OPTIONS) == hits
    again = indexes.open_index(tmp_path / "i", WORDS)
    assert match.screen(again.index, QUERIES, OPTIONS) == hits
    assert tuple(again.index.entities) == ENTITIES
    assert list(again.index.texts) == [name.text for entity in ENTITIES for name in entity.names]


def test_entities_are_read_once(tmp_path):
    seen = []
    kept = indexes.save_index(tmp_path / "i", (seen.append(e.id) or e for e in ENTITIES), WORDS)
    assert seen == [e.id for e in ENTITIES]
    assert kept.index.entities[1] == kept.index.entities[-3] == ENTITIES[1]
    assert kept.index.entities[1:3] == ENTITIES[1:3]
    with pytest.raises(IndexError):
        kept.index.entities[len(ENTITIES)]


def test_what_was_read_is_kept_with_it(tmp_path):
    edition = Edition("x", "A list", "2020-01-01", "ab" * 32, counts=(("entities", 1),))
    error = RowError("list.csv", 3, "name", "is empty")
    kept = indexes.save_index(tmp_path / "i", ENTITIES, WORDS, [edition], [error])
    assert (kept.editions, kept.errors) == ((edition,), (error,))


def test_an_empty_list_can_be_kept(tmp_path):
    kept = indexes.save_index(tmp_path / "i", (), WORDS)
    assert not kept.index.entities
    assert match.screen(kept.index, QUERIES, OPTIONS) == []


def test_a_failed_save_leaves_the_old_index_and_no_draft(tmp_path):
    indexes.save_index(tmp_path / "i", ENTITIES, WORDS)

    def broken():
        yield ENTITIES[0]
        raise RuntimeError("the reader broke")

    with pytest.raises(RuntimeError):
        indexes.save_index(tmp_path / "i", broken(), WORDS)
    assert [p.name for p in tmp_path.iterdir()] == ["i"]
    assert len(indexes.open_index(tmp_path / "i", WORDS).index.entities) == len(ENTITIES)


def test_an_index_takes_the_place_of_another(tmp_path):
    indexes.save_index(tmp_path / "i", ENTITIES, WORDS)
    indexes.save_index(tmp_path / "i", ENTITIES[:1], WORDS)
    assert len(indexes.open_index(tmp_path / "i", WORDS).index.entities) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["i"]


def test_nothing_there_is_none(tmp_path):
    assert indexes.open_index(tmp_path / "i", WORDS) is None


def test_an_index_of_another_edition_is_not_opened(tmp_path, monkeypatch):
    indexes.save_index(tmp_path / "i", ENTITIES, WORDS)
    monkeypatch.setattr(indexes, "edition", lambda: "another")
    assert indexes.open_index(tmp_path / "i", WORDS) is None


@pytest.mark.parametrize("part", ["columns", "entities", "read"])
@pytest.mark.parametrize("damage", ["cut", "empty", "absent"])
def test_a_broken_index_says_which(tmp_path, part, damage):
    indexes.save_index(tmp_path / "i", ENTITIES, WORDS, [Edition("x", "A list", "", "ab" * 32)])
    file = tmp_path / "i" / part
    whole = file.read_bytes()
    file.unlink()
    if damage != "absent":
        file.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"")
    with pytest.raises(InputError) as caught:
        indexes.open_index(tmp_path / "i", WORDS)
    assert str(tmp_path / "i") in str(caught.value)


@pytest.mark.parametrize("head", [b"{", b"[]", b'{"size": 0}', b'{"size": 0, "about": "", "columns": {"a": 1}}'])
def test_a_head_that_says_something_else_is_an_error(tmp_path, head):
    file = tmp_path / "columns"
    file.write_bytes(store.columns.MAGIC + len(head).to_bytes(8, "little") + head)
    with pytest.raises(InputError, match="columns"):
        store.read_columns(file)


def test_an_entity_that_cannot_be_read_says_which(tmp_path):
    kept = indexes.save_index(tmp_path / "i", ENTITIES, WORDS)
    size = (tmp_path / "i" / "entities").stat().st_size
    del kept
    (tmp_path / "i" / "entities").write_bytes(b"\xc1" * size)
    index = indexes.open_index(tmp_path / "i", WORDS).index
    with pytest.raises(InputError, match="row 2"):
        index.entities[1]


def test_a_kept_index_can_be_written_to_and_the_file_stays(tmp_path):
    kept = indexes.save_index(tmp_path / "i", ENTITIES, WORDS)
    before = (tmp_path / "i" / "columns").read_bytes()
    kept.index.owners[:] = 0
    assert (tmp_path / "i" / "columns").read_bytes() == before


def _list(folder: Path, *names: str) -> Path:
    file = folder / "own.csv"
    file.write_text("id,name\n" + "".join(f"{n},{name}\n" for n, name in enumerate(names)), encoding="utf-8")
    return file


def _unread(monkeypatch):
    def read(paths):
        raise AssertionError("the lists were read again")

    monkeypatch.setattr(indexes._sources, "read_lists", read)


def test_lists_read_before_are_not_read_again(tmp_path, monkeypatch):
    file = _list(tmp_path, "Glowing Harbour", "Ocean Star")
    first = seawall.open(tmp_path / "data", lists=[file])
    _unread(monkeypatch)
    second = seawall.open(tmp_path / "data", lists=[file])
    assert tuple(second.entities) == tuple(first.entities)
    assert (second.editions, second.errors) == (first.editions, first.errors)


def test_a_list_that_changed_is_read_again(tmp_path):
    seawall.open(tmp_path / "data", lists=[_list(tmp_path, "Glowing Harbour")])
    wall = seawall.open(tmp_path / "data", lists=[_list(tmp_path, "Ocean Star")])
    assert [entity.caption for entity in wall.entities] == ["Ocean Star"]


def test_lists_read_by_another_edition_are_read_again(tmp_path, monkeypatch):
    file = _list(tmp_path, "Glowing Harbour")
    seawall.open(tmp_path / "data", lists=[file])
    monkeypatch.setattr(indexes, "edition", lambda: "another")
    _unread(monkeypatch)
    with pytest.raises(AssertionError, match="read again"):
        seawall.open(tmp_path / "data", lists=[file])


def test_a_broken_kept_index_is_built_again(tmp_path):
    file = _list(tmp_path, "Glowing Harbour")
    seawall.open(tmp_path / "data", lists=[file])
    (kept,) = (tmp_path / "data" / "indexes").iterdir()
    (kept / "columns").write_bytes(b"broken")
    assert [e.caption for e in seawall.open(tmp_path / "data", lists=[file]).entities] == ["Glowing Harbour"]
    assert indexes.open_index(kept, WORDS) is not None


def test_only_the_newest_are_kept(tmp_path):
    for n in range(indexes._NEWEST + 2):
        seawall.open(tmp_path / "data", lists=[_list(tmp_path, f"Ocean Star {n}")])
    assert len(list((tmp_path / "data" / "indexes").iterdir())) == indexes._NEWEST


def test_without_a_folder_to_write_to_the_lists_are_still_read(tmp_path):
    (tmp_path / "data").write_text("a file stands where the folder would be")
    wall = seawall.open(tmp_path / "data", lists=[_list(tmp_path, "Glowing Harbour")])
    assert [entity.caption for entity in wall.entities] == ["Glowing Harbour"]


def test_loading_lists_keeps_the_index_beside_the_snapshot(tmp_path, monkeypatch):
    name, _ = flow.load_lists([_list(tmp_path, "Glowing Harbour")], tmp_path / "data")
    monkeypatch.setattr(store, "current", None)  # the snapshot itself is not read
    wall = seawall.open(tmp_path / "data")
    assert [entity.caption for entity in wall.entities] == ["Glowing Harbour"]
    assert name in wall.notes[0]
    assert [dict(edition.counts)["names"] for edition in wall.editions] == [1]


def test_a_snapshot_with_an_index_of_another_edition_gets_a_new_one(tmp_path, monkeypatch):
    name, _ = flow.load_lists([_list(tmp_path, "Glowing Harbour")], tmp_path / "data")
    place = tmp_path / "data" / "snapshots" / name / "index"
    monkeypatch.setattr(indexes, "edition", lambda: "another")
    assert indexes.open_index(place, WORDS) is None
    assert [e.caption for e in seawall.open(tmp_path / "data").entities] == ["Glowing Harbour"]
    assert indexes.open_index(place, WORDS) is not None
