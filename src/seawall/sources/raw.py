"""Bytes in: files opened, unpacked, bounded, and cut into lines with every fault named."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from seawall.errors import InputError
from seawall.model import RowError

MAX_FILE = 1 << 30
"""Bytes of an unpacked file. The largest official list is about 0.1 GiB."""
MAX_LINE = 16 << 20
"""Bytes of one line of text. The longest line of a real list is under 1 MiB."""
_BLOCK = 1 << 20
"""Bytes decoded at once: whole lines without a fault cost a tenth of those looked at one by one."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A file's name, its unpacked bytes and the SHA-256 of these."""

    file: str
    data: bytes
    sha256: str


def read_raw(path: Path) -> Raw:
    """Read a file, unpacking gzip. Raises InputError if it is absent, empty, too large or broken."""
    name = str(path)
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except IsADirectoryError as error:
        raise InputError("this is a folder, not a file", file=name) from error
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", file=name) from error
    if len(data) > MAX_FILE:
        raise InputError(f"is larger than {MAX_FILE >> 20} MiB", file=name)
    if not data.strip(b"\xef\xbb\xbf \t\r\n\x1a\0"):
        raise InputError("is empty", file=name)
    return Raw(name, data, hashlib.sha256(data).hexdigest())


def lines(raw: Raw, errors: list[RowError]) -> Iterator[str]:
    """The file's lines as text with their ends. A line that cannot be text comes out empty and is put in `errors`."""
    start = 3 if raw.data.startswith(b"\xef\xbb\xbf") else 0
    number, size = 0, len(raw.data)
    while start < size:
        end = raw.data.rfind(b"\n", start, start + _BLOCK) + 1 or raw.data.find(b"\n", start) + 1 or size
        text = _faultless(raw.data[start:end])
        if text is None:
            yield from _one_by_one(raw, start, end, number, errors)
        else:
            yield from io.StringIO(text, newline="\n")
        number += raw.data.count(b"\n", start, end)
        start = end


def _faultless(block: bytes) -> str | None:
    """Lines as text, None if one of them may have a fault."""
    if len(block) > MAX_LINE or b"\0" in block:
        return None
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _one_by_one(raw: Raw, start: int, end: int, number: int, errors: list[RowError]) -> Iterator[str]:
    while start < end:
        stop = raw.data.find(b"\n", start, end) + 1 or end
        number += 1
        yield _text(raw, start, stop, number, errors)
        start = stop


def _text(raw: Raw, start: int, end: int, number: int, errors: list[RowError]) -> str:
    if end - start > MAX_LINE:
        message = f"the line has {end - start:,} bytes; at most {MAX_LINE:,} are read"
        errors.append(RowError(raw.file, number, "", message))
        return "\n"
    line = raw.data[start:end]
    if b"\0" in line:
        errors.append(RowError(raw.file, number, "", "the line holds a NUL byte"))
        return "\n"
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = line[error.start]
        errors.append(RowError(raw.file, number, "", f"not UTF-8 text (byte 0x{byte:02x} at {error.start + 1})"))
        return "\n"


def records(raw: Raw, errors: list[RowError], delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """CSV records as (line number, cells), blank ones left out. Records that cannot be parsed go to `errors`."""
    reader = csv.reader(lines(raw, errors), delimiter=delimiter)
    row, more = 1, True
    while more:
        try:
            for cells in reader:
                if "".join(cells).strip():
                    yield row, cells
                row = reader.line_num + 1
            more = False
        except csv.Error as error:
            errors.append(RowError(raw.file, row, "", f"not a CSV record: {error}"))
            row = reader.line_num + 1
