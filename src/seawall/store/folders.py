"""Folders that appear whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def drafted(place: Path) -> Iterator[Path]:
    """A folder to write into, which takes the place of what stands there once all went well."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        yield draft
        old = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        if place.exists():
            place.rename(old / "old")
        draft.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def keep_newest(folder: Path, count: int) -> None:
    """Remove all but the `count` folders in a folder that were used last, by the time of change."""

    def used(place: Path) -> float:
        try:
            return place.stat().st_mtime
        except OSError:  # removed by another process meanwhile
            return 0.0

    for place in sorted((p for p in folder.iterdir() if p.is_dir()), key=used, reverse=True)[count:]:
        shutil.rmtree(place, ignore_errors=True)
