"""Snapshots: same lists, same snapshot; nothing half-written; a broken one says so."""

import pytest

from seawall.errors import InputError
from seawall.model import Edition, Entity, Name, NameKind, Schema
from seawall.model.entity import EntityId
from seawall.store import current, save

ENTITY = Entity(EntityId("x-1"), Schema.COMPANY, (Name("Example Trading", NameKind.PRIMARY),))
EDITION = Edition("x", "A list", "2020-01-01", "ab" * 32, counts=(("entities", 1),))


def test_nothing_loaded_is_none(tmp_path):
    assert current(tmp_path) is None


def test_what_was_saved_comes_back(tmp_path):
    name = save(tmp_path, [ENTITY], [EDITION])
    found = current(tmp_path)
    assert found is not None
    assert (found.id, found.entities, found.editions) == (name, (ENTITY,), (EDITION,))


def test_the_same_lists_give_the_same_snapshot_and_leave_no_draft(tmp_path):
    assert save(tmp_path, [ENTITY], [EDITION]) == save(tmp_path, [ENTITY], [EDITION])
    assert len(list((tmp_path / "snapshots").iterdir())) == 1


def test_a_failed_save_leaves_the_old_snapshot(tmp_path):
    first = save(tmp_path, [ENTITY], [EDITION])
    with pytest.raises(AttributeError):
        save(tmp_path, ["not an entity"], [Edition("y", "B", "", "cd" * 32)])
    assert [p.name for p in (tmp_path / "snapshots").iterdir()] == [first]
    assert current(tmp_path).id == first


def test_a_damaged_snapshot_says_which_and_what_to_do(tmp_path):
    name = save(tmp_path, [ENTITY], [EDITION])
    (tmp_path / "snapshots" / name / "entities.parquet").write_bytes(b"PAR1 but not really")
    with pytest.raises(InputError, match="load the lists again") as caught:
        current(tmp_path)
    assert name in str(caught.value)
