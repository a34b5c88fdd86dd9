"""Nouns as columns: a polars schema from any frozen noun, and both ways between nouns and a frame.

Tuples become lists, nested nouns structs, vocabularies their values, so that a frame can be written to Parquet and
read back to equal nouns.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, TypeVar

import polars as pl

T = TypeVar("T")

_SCALARS: dict[Any, Any] = {
    str: pl.String, int: pl.Int64, float: pl.Float64, bool: pl.Boolean, date: pl.Date,
}  # fmt: skip


def frame(nouns: Iterable[T], noun: type[T]) -> pl.DataFrame:
    """A frame with one row per noun and one column per field of `noun`."""
    kind: Any = noun
    write = _writer(kind)
    return pl.DataFrame([write(item) for item in nouns], schema=schema(kind))


def nouns(table: pl.DataFrame, noun: type[T]) -> Iterator[T]:
    """The nouns that `frame` wrote. Raises KeyError if a column is missing."""
    kind: Any = noun
    read = _reader(kind)
    for row in table.iter_rows(named=True):
        yield read(row)


def schema(noun: Any) -> dict[str, Any]:
    """The column schema of a noun: field name to polars type."""
    return {name: _dtype(hint) for name, hint in _hints(noun)}


@cache
def _hints(noun: Any) -> tuple[tuple[str, Any], ...]:
    hints = typing.get_type_hints(noun)
    return tuple((f.name, _plain(hints[f.name])) for f in fields(noun))


def _plain(hint: Any) -> Any:
    """The hint without NewType and without "or None"."""
    if isinstance(hint, typing.NewType):
        return _plain(hint.__supertype__)
    if isinstance(hint, types.UnionType):
        return _plain(next(part for part in typing.get_args(hint) if part is not type(None)))
    return hint


def _dtype(hint: Any) -> Any:
    hint = _plain(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return pl.String
    if is_dataclass(hint):
        return pl.Struct(schema(hint))
    args = typing.get_args(hint)
    if typing.get_origin(hint) is tuple and len(args) == 2 and args[1] is Ellipsis:
        return pl.List(_dtype(args[0]))
    if typing.get_origin(hint) is tuple:
        return pl.Struct({f"f{i}": _dtype(arg) for i, arg in enumerate(args)})
    raise TypeError(f"no column type for {hint!r}")


@cache
def _writer(hint: Any) -> Callable[[Any], Any]:
    hint = _plain(hint)
    if hint in _SCALARS:
        return lambda value: value
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: None if value is None else value.value
    if is_dataclass(hint):
        noun: Any = hint
        parts = [(name, _writer(inner)) for name, inner in _hints(noun)]
        return lambda value: {name: write(getattr(value, name)) for name, write in parts}
    args = typing.get_args(hint)
    if args[-1] is Ellipsis:
        item = _writer(args[0])
        return lambda value: [item(one) for one in value]
    writers = [_writer(arg) for arg in args]
    return lambda value: {f"f{i}": write(one) for i, (write, one) in enumerate(zip(writers, value, strict=True))}


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    hint = _plain(hint)
    if hint in _SCALARS:
        return lambda value: value
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda value: None if value is None else hint(value)
    if is_dataclass(hint):
        noun: Any = hint
        parts = [(name, _reader(inner)) for name, inner in _hints(noun)]
        return lambda row: noun(**{name: read(row[name]) for name, read in parts})
    args = typing.get_args(hint)
    if args[-1] is Ellipsis:
        item = _reader(args[0])
        return lambda value: tuple(item(one) for one in value)
    readers = [_reader(arg) for arg in args]
    return lambda value: tuple(read(value[f"f{i}"]) for i, read in enumerate(readers))
