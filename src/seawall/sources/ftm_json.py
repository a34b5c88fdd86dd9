"""FollowTheMoney entities as JSON lines (OpenSanctions `entities.ftm.json` and files of the same shape)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from seawall.errors import SourceError
from seawall.model import Entity, RowError
from seawall.model.ftm import from_ftm
from seawall.sources.raw import Raw, lines
from seawall.sources.spec import Spec


def recognises(head: bytes) -> bool:
    """Whether the first line is a JSON object that names a schema and properties."""
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return first.startswith(b"{") and b'"schema"' in first and b'"properties"' in first


def read(raw: Raw, source: Spec, errors: list[RowError]) -> Iterator[Entity]:
    """The entities of a file. Lines that are no record go to `errors`; a broken value stops with SourceError."""
    try:
        yield from from_ftm(_records(raw, errors), source.id, source.authority)
    except ValueError as error:
        raise SourceError(str(error), file=raw.file) from error


def _records(raw: Raw, errors: list[RowError]) -> Iterator[dict[str, Any]]:
    for row, line in enumerate(lines(raw, errors), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            errors.append(RowError(raw.file, row, "", f"not a JSON object: {error}"))
            continue
        if isinstance(record, dict) and record.get("id") and record.get("schema"):
            yield record
        else:
            errors.append(RowError(raw.file, row, "id", "a record needs id and schema"))
