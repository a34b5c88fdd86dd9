"""Save and open snapshots of lists. A snapshot is written beside its place and renamed, so none is ever half there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from seawall.errors import InputError
from seawall.model import Edition, Entity
from seawall.model.frames import frame, nouns
from seawall.store.folders import drafted


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one snapshot holds. `id` is the hash over the hashes of its editions."""

    id: str
    entities: tuple[Entity, ...]
    editions: tuple[Edition, ...]


def save(data: Path, entities: Sequence[Entity], editions: Sequence[Edition]) -> str:
    """Write a snapshot, make it the current one and return its id. The same lists give the same id and no new files."""
    name = hashlib.sha256("\n".join(sorted(e.sha256 for e in editions)).encode()).hexdigest()[:16]
    place = data / "snapshots" / name
    if not place.exists():
        with drafted(place) as draft:
            frame(entities, Entity).write_parquet(draft / "entities.parquet")
            frame(editions, Edition).write_parquet(draft / "editions.parquet")
    pointer = data / ".current"
    pointer.write_text(name + "\n", encoding="ascii")
    pointer.replace(data / "current")
    return name


def place_of_current(data: Path) -> Path | None:
    """The folder of the snapshot in use, named by its id; None if nothing was ever loaded."""
    pointer = data / "current"
    return data / "snapshots" / pointer.read_text(encoding="ascii").strip() if pointer.exists() else None


def current(data: Path) -> Snapshot | None:
    """The snapshot in use, None if nothing was ever loaded. Raises InputError if it cannot be read."""
    place = place_of_current(data)
    if place is None:
        return None
    try:
        entities = tuple(nouns(pl.read_parquet(place / "entities.parquet"), Entity))
        editions = tuple(nouns(pl.read_parquet(place / "editions.parquet"), Edition))
    except (OSError, pl.exceptions.PolarsError, KeyError, ValueError) as error:
        raise InputError(
            f"this snapshot cannot be read ({error}); load the lists again with `seawall lists load`", file=str(place)
        ) from error
    return Snapshot(place.name, entities, editions)
