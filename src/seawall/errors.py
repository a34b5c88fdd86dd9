"""One tree of errors. Every one says where it happened and what to do, and carries an exit code and an HTTP status.

SeawallError                     3  500
├── UsageError                   2  400   the command or call was wrong
├── InputError                   3  422   a file, row or field of the user's cannot be read
├── SourceError                  3  422   a published list cannot be read
│   └── AssertionBroken          3  422   it was read, but holds far less or more than it ever has
├── TableError                   3  500   a table of this package is wrong
└── NetworkError                 4  502   a publisher cannot be reached
"""

from __future__ import annotations


class SeawallError(Exception):
    """Base of all errors that this package raises on purpose."""

    exit_code = 3
    http_status = 500


class UsageError(SeawallError):
    """The command or call was wrong."""

    exit_code = 2
    http_status = 400


class _Located(SeawallError):
    """An error in data: names file, row and field as far as they are known."""

    http_status = 422

    def __init__(self, message: str, *, file: str = "", row: int | None = None, field: str = "") -> None:
        self.message, self.file, self.row, self.field = message, file, row, field
        where = ", ".join(
            part
            for part in (file, f"row {row}" if row is not None else "", f"field {field!r}" if field else "")
            if part
        )
        super().__init__(f"{where}: {message}" if where else message)


class InputError(_Located):
    """A file, row or field of the user's cannot be read."""


class SourceError(_Located):
    """A published list cannot be read."""


class AssertionBroken(SourceError):
    """A list was read but its counts or fill rates are outside what its source's YAML asserts."""


class TableError(_Located):
    """A table of this package is wrong."""

    http_status = 500


class NetworkError(SeawallError):
    """A publisher cannot be reached."""

    exit_code = 4
    http_status = 502
