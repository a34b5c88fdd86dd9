"""Entities one after another in a file, each decoded only when it is asked for. MessagePack, by msgspec."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import overload

import msgspec
import numpy as np
from numpy.typing import NDArray

from seawall.errors import InputError
from seawall.model import Entity

_HELD = 4096
"""Entities that stay decoded: those that are found again and again."""


class Records(Sequence[Entity]):
    """Entities in a file: entity n is at the bytes `at[n]` to `at[n + 1]`."""

    def __init__(self, path: Path, at: NDArray[np.int64]) -> None:
        """Raises InputError if the file is absent or its size is not the last of `at`."""
        try:
            size = path.stat().st_size
            self._data = np.memmap(path, dtype=np.uint8, mode="r") if size else np.empty(0, dtype=np.uint8)
        except OSError as error:
            raise InputError(f"cannot be read: {error}", file=str(path)) from error
        if not len(at) or size != at[-1]:
            raise InputError("is not whole", file=str(path))
        self._at, self._path = at, path
        self._decoder = msgspec.msgpack.Decoder(Entity)
        self._known = lru_cache(maxsize=_HELD)(self._decoded)

    def __len__(self) -> int:
        return len(self._at) - 1

    @overload
    def __getitem__(self, n: int) -> Entity: ...
    @overload
    def __getitem__(self, n: slice) -> Sequence[Entity]: ...
    def __getitem__(self, n: int | slice) -> Entity | Sequence[Entity]:
        """Raises InputError if the bytes are no entity."""
        if isinstance(n, slice):
            return tuple(self._decoded(k) for k in range(*n.indices(len(self))))
        if not -len(self) <= n < len(self):
            raise IndexError(n)
        return self._known(n % len(self))

    def __iter__(self) -> Iterator[Entity]:
        return map(self._decoded, range(len(self)))

    def _decoded(self, n: int) -> Entity:
        try:
            return self._decoder.decode(self._data[self._at[n] : self._at[n + 1]].tobytes())
        except msgspec.MsgspecError as error:
            raise InputError(f"this entity cannot be read: {error}", file=str(self._path), row=n + 1) from error


def spooled(entities: Iterable[Entity], path: Path, at: array[int]) -> Iterator[Entity]:
    """Pass entities on while they are written to a file; puts where each ends into `at`, which begins with 0."""
    encoder = msgspec.msgpack.Encoder()
    end = 0
    with path.open("wb", buffering=1 << 20) as file:
        for entity in entities:
            end += file.write(encoder.encode(entity))
            at.append(end)
            yield entity
