"""Arrays in one file that is mapped into memory: opened at once however long they are, and read as they are used.

8 bytes MAGIC, 8 bytes size of the head (little-endian), the head in JSON, then the arrays, each on a multiple of 64.
The head holds `about`, a text of whoever writes, `columns` (name: numpy type, length, place) and `size` of the file.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seawall.errors import InputError

MAGIC = b"SEAWALL\x01"
_STEP = 64


def write_columns(path: Path, columns: Mapping[str, NDArray[Any]], about: str) -> None:
    """Write one-dimensional arrays to a file."""
    places: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, column in columns.items():
        places[name] = (column.dtype.str, len(column), at)
        at += -(-column.nbytes // _STEP) * _STEP
    head = json.dumps({"about": about, "columns": places, "size": at}).encode()
    head += b" " * (-(len(MAGIC) + 8 + len(head)) % _STEP)
    with path.open("wb") as file:
        file.write(MAGIC + len(head).to_bytes(8, "little") + head)
        for column in columns.values():
            file.write(np.ascontiguousarray(column).data)
            file.write(b"\0" * (-column.nbytes % _STEP))


def read_columns(path: Path) -> tuple[dict[str, NDArray[Any]], str]:
    """The arrays of a file and what was said about them. Raises InputError if the file is absent, cut or another.

    What the arrays hold is not checked: that would read them all. They can be written to; the file stays as it is.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise InputError("is no file of columns of this version", file=str(path))
            size = int.from_bytes(file.read(8), "little")
            start = len(MAGIC) + 8 + size
            whole = path.stat().st_size
            head = json.loads(file.read(size if start <= whole else 0) or b"{}")
            if whole != start + head.get("size", -1):
                raise InputError("is not whole", file=str(path))
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        return {
            name: np.frombuffer(mapped, dtype=np.dtype(kind), count=count, offset=start + place)
            if count
            else np.empty(0, dtype=np.dtype(kind))
            for name, (kind, count, place) in head["columns"].items()
        }, str(head["about"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"cannot be read: {error}", file=str(path)) from error
