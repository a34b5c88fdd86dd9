"""Indexes that are kept: built once for an edition of lists, tables and code, then mapped into memory.

An index is opened only by the code and tables that wrote it: its `edition` is a hash over every file of the rooms that
make it and over the versions of what they rest on. Any other is built anew, so none of them can be out of date.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
import numpy as np

from seawall import match, store
from seawall import sources as _sources
from seawall.errors import InputError
from seawall.model import Edition, Entity, RowError
from seawall.tables.words import Words

_ROOMS = ("match", "model", "sources", "store", "tables")
_LIBRARIES = ("anyascii", "msgspec", "numpy")
_NEWEST = 8
"""Indexes of lists given as files that are kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Lists with their index, and what was read: an edition per file and the rows that could not be read."""

    index: match.Index
    editions: tuple[Edition, ...] = ()
    errors: tuple[RowError, ...] = ()


_Read = tuple[tuple[Edition, ...], tuple[RowError, ...]]


def save_index(
    folder: Path,
    entities: Iterable[Entity],
    words: Words,
    editions: Sequence[Edition] = (),
    errors: Sequence[RowError] = (),
) -> Kept:
    """Build the index of entities into a folder and open it. They are read once and not held in memory.

    `words` are those of the tables. The folder is there whole or not at all. Raises OSError if it cannot be written and
    UnicodeEncodeError if an entity holds half of a character.
    """
    with store.drafted(folder) as draft:
        at = array("q", [0])
        index = match.build(store.spooled(entities, draft / "entities", at), words, kept=())
        columns = index.columns() | {"entities": np.array(at, dtype=np.int64)}
        store.write_columns(draft / "columns", columns, edition())
        (draft / "read").write_bytes(msgspec.msgpack.encode((tuple(editions), tuple(errors))))
        del index, columns
    kept = open_index(folder, words)
    if kept is None:
        raise InputError("was replaced by an index of another edition", file=str(folder))
    return kept


def open_index(folder: Path, words: Words) -> Kept | None:
    """The index in a folder, mapped into memory; None if there is none or it is of another edition.

    Raises InputError if it is of this edition and broken.
    """
    if not folder.exists():
        return None
    columns, of = store.read_columns(folder / "columns")
    if of != edition():
        return None
    try:
        editions, errors = msgspec.msgpack.decode((folder / "read").read_bytes(), type=_Read)
        entities = store.Records(folder / "entities", columns["entities"])
        return Kept(match.from_columns(columns, entities, words), editions, errors)
    except (OSError, KeyError, msgspec.MsgspecError) as error:
        raise InputError(f"this index cannot be read ({error}); remove it", file=str(folder)) from error


@cache
def edition() -> str:
    """A hash over all that decides what an index holds, beside the lists."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for name, content in sorted(_files(files("seawall").joinpath(room), room)):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    rest = [f"{name} {version(name)}" for name in _LIBRARIES]
    digest.update(repr((rest, sys.version_info[:2], sys.byteorder, unicodedata.unidata_version)).encode())
    return digest.hexdigest()


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry, name)
        elif entry.is_file():
            yield name, entry.read_bytes()


def of_snapshot(data: Path, words: Words) -> tuple[str, Kept] | None:
    """The id of the snapshot in use and its lists, with the index beside it, built if need be; None without a snapshot.

    Raises InputError if the snapshot cannot be read.
    """
    place = store.place_of_current(data)
    if place is None:
        return None
    kept = _opened(place / "index", words)
    if kept is None:
        snapshot = store.current(data)
        assert snapshot is not None  # noqa: S101 - its place was found above
        kept = _saved(place / "index", snapshot.entities, words, snapshot.editions, ())
    return place.name, kept


def of_lists(data: Path, paths: Sequence[Path], words: Words) -> Kept:
    """The lists in files and folders, with an index kept under `data` from one run to the next.

    An index is named by the names and bytes of all files that were read and by the edition of all code and tables that
    read them and made it: reading the same files again could only give the same, so this is safe to skip. A file that
    changes while it is read, or cannot be read, is never kept. Without a folder to write to nothing is kept.
    Raises InputError if nothing could be read.
    """
    before = _sources.fingerprint(paths)
    name = hashlib.sha256(f"{edition()} {before}".encode()).hexdigest()[:16]
    folder = data / "indexes" / name
    known = _opened(folder, words) if before else None
    if known is not None:
        return known
    read = _sources.read_lists(paths)
    if not read.entities:
        first = f"; the first error: {read.errors[0]}" if read.errors else ""
        raise InputError(f"no list could be read from {', '.join(map(str, paths))}{first}")
    if not before or _sources.fingerprint(paths) != before:
        return Kept(match.build(read.entities, words), read.editions, read.errors)
    kept = _saved(folder, read.entities, words, read.editions, read.errors)
    if folder.exists():
        store.keep_newest(folder.parent, _NEWEST)
    return kept


def _opened(folder: Path, words: Words) -> Kept | None:
    """An index if it can be used; its folder is marked as used now. A broken one is none: it is built again."""
    try:
        kept = open_index(folder, words)
        if kept is not None:
            folder.touch()
    except (InputError, OSError):
        return None
    return kept


def _saved(
    folder: Path, entities: Sequence[Entity], words: Words, editions: Sequence[Edition], errors: Sequence[RowError]
) -> Kept:
    """Build an index and keep it in a folder if that can be written."""
    try:
        return save_index(folder, entities, words, editions, errors)
    except (OSError, UnicodeEncodeError):
        return Kept(match.build(entities, words), tuple(editions), tuple(errors))
