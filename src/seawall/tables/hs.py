"""Which codes of the Harmonized System exist in which edition.

Source: the WCO Harmonized System, editions 2007, 2012, 2017 and 2022, as UN Comtrade uses them (its commodity lists
H3, H4, H5 and H6). Code numbers only. `bench/make_hs.py` makes the table.

Chapters 77 (reserved), 98 and 99 (left to national use) exist in no edition. That a number exists in two editions
does not say that it means the same goods: 2903.41 left in 2012 and came back in 2022 for another substance.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from seawall.errors import TableError

_FILE = "goods/hs.csv.gz"
_EDITIONS = (2007, 2012, 2017, 2022)
_LENGTHS = (2, 4, 6)


def editions() -> tuple[int, ...]:
    """The editions of the table, oldest first. Each entered into force on 1 January of its year."""
    return _EDITIONS


def codes(edition: int) -> frozenset[str]:
    """Every chapter (2 digits), heading (4) and subheading (6) of an edition, as digits without dots.

    Raises ValueError if `edition` is not one of `editions()`.
    """
    if edition not in _EDITIONS:
        raise ValueError(
            f"{edition!r} is no edition of the Harmonized System known here: {', '.join(map(str, _EDITIONS))}"
        )
    return _load()[edition]


def exists(code: str, edition: int) -> bool:
    """Whether a chapter, heading or subheading exists in an edition; a longer, national code goes by its first six.

    Raises ValueError if `code` is not 2, 4, 6 or more ASCII digits (dots and spaces are for the caller to take out),
    and for an unknown edition as `codes` does.
    """
    return _international(code) in codes(edition)


def edition_of(day: date) -> int:
    """The edition in force on a day under the Convention. Days before 2012 have the oldest one here, 2007.

    A State may bring an edition into force later than that.
    """
    return max((e for e in _EDITIONS if e <= day.year), default=_EDITIONS[0])


def gone(code: str, edition: int) -> tuple[int, ...]:
    """The other editions in which a code does exist, oldest first; () if there is none. Raises as `exists` does."""
    number = _international(code)
    codes(edition)  # raises if it is unknown
    return tuple(e for e in _EDITIONS if e != edition and number in codes(e))


def _international(code: str) -> str:
    if not (code.isascii() and code.isdigit()):
        raise ValueError(f"{code!r} is not an HS code: digits only")
    if len(code) not in _LENGTHS and len(code) < max(_LENGTHS):
        raise ValueError(f"{code!r} is not an HS code: 2, 4, 6 or more digits, not {len(code)}")
    return code[: max(_LENGTHS)]


@cache
def _load() -> Mapping[int, frozenset[str]]:
    packed = files("seawall.tables").joinpath(_FILE).read_bytes()
    found: dict[int, set[str]] = {edition: set() for edition in _EDITIONS}
    for n, row in enumerate(csv.DictReader(gzip.decompress(packed).decode("ascii").splitlines()), start=2):
        for year in row["editions"].split():
            if not year.isdigit() or int(year) not in found:
                raise TableError(f"{year!r} is no edition", file=_FILE, row=n, field="editions")
            found[int(year)].add(row["code"])
    return {edition: frozenset(numbers) for edition, numbers in found.items()}
