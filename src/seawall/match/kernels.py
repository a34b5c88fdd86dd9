"""The one way to compile a kernel, and where compiled kernels are kept.

Numba keeps what it compiled beside the source, and compiles again when the file of that one function changes; it does
not see that a kernel calls one of another file, or reads a constant there. So the place is named by the content of
every file of this room: another edition of the room never meets the kernels of this one. Where that place cannot be
written, Numba takes the user's cache folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.resources import files
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])

_ROOM = files("seawall.match")


def seal() -> str:
    """What names this edition of the room: a hash over its files."""
    found = hashlib.blake2b(digest_size=8)
    for file in sorted(_ROOM.iterdir(), key=lambda item: item.name):
        if file.name.endswith(".py"):
            found.update(file.read_bytes())
    return found.hexdigest()


_PLACE = _ROOM / "__pycache__" / f"kernels-{seal()}"
numba.config.CACHE_DIR = str(_PLACE)  # type: ignore[attr-defined]  # set when numba is imported


def compiled() -> bool:
    """Whether this edition has been used on this machine; if not, first use takes about half a minute longer."""
    return _PLACE.is_dir()


def kernel(function: F) -> F:
    """Compile a function of arrays on its first call, once per machine; it runs without Python's lock."""
    return cast(F, numba.njit(cache=True, nogil=True, fastmath=True)(function))
