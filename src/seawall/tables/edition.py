"""Which edition of the tables this package carries."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from seawall.model import Edition


@cache
def tables_edition() -> Edition:
    """The edition day written in `tables/EDITION`, with a hash over every table, so that any change shows."""
    root = files("seawall.tables")
    digest = hashlib.sha256()
    count = 0
    for name, content in sorted(_tables(root, "")):
        digest.update(name.encode() + b"\0" + content + b"\0")
        count += 1
    day = root.joinpath("EDITION").read_text(encoding="ascii").strip()
    return Edition("tables", "Seawall's tables", day, digest.hexdigest(), counts=(("files", count),))


def _tables(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _tables(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".yaml", ".csv", ".csv.gz")):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
