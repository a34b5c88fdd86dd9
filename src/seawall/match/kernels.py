"""The one way to compile a kernel, and where compiled kernels are kept.

Numba keeps what it compiled beside the source, and compiles again when the source of that one function's file changes;
it does not see that a kernel calls one of another file, or reads a constant there. So the place is named by the
content of every file of this room: another edition of the room never meets the kernels of this one.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., Any])


def _place() -> Path:
    room = Path(__file__).parent
    seal = hashlib.blake2b(digest_size=8)
    for file in sorted(room.glob("*.py")):
        seal.update(file.read_bytes())
    beside = room / "__pycache__"
    writable = os.access(beside if beside.exists() else room, os.W_OK)
    folder = beside if writable else Path(tempfile.gettempdir()) / f"seawall-{os.getuid() if hasattr(os, 'getuid') else 0}"
    return folder / f"kernels-{seal.hexdigest()}"


numba.config.CACHE_DIR = str(_place())  # type: ignore[attr-defined]


def kernel(function: F) -> F:
    """Compile a function of arrays on its first call, once per machine; it runs without Python's lock."""
    compiled: F = numba.njit(cache=True, nogil=True, fastmath=True)(function)
    return compiled
