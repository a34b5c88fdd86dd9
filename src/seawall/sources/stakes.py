"""Who owns whom, of files of one's own: CSV with a header, or FollowTheMoney JSON lines; either may be gzipped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from seawall.errors import InputError
from seawall.model import Fault, RowError, Stake, StakeKind
from seawall.sources import ftm_json
from seawall.sources.dates import span
from seawall.sources.fields import columns, plain, rows
from seawall.sources.raw import Raw, read_raw
from seawall.sources.shares import ANY, Share, between, share

COLUMNS = (
    "owner", "owned", "share", "share_min", "share_max", "kind", "from", "to", "owner_name", "owned_name", "source",
)  # fmt: skip
"""The columns that a file of stakes can have."""

_NEEDED = ("owner", "owned")
_KINDS = {kind.value: kind for kind in StakeKind if kind is not StakeKind.MEMBER}
_VOTES = re.compile(r"\bvot(?:es?|ing)\b", re.IGNORECASE)
_SHARES = re.compile(r"\b(?:shares?|equity|ownership)\b", re.IGNORECASE)
_CONTROL = re.compile(
    r"\b(?:controlling|controls|significant control|ultimate control|in control|controlled)\b", re.IGNORECASE
)
_RELATIONS = {
    "Directorship", "Membership", "Family", "Associate", "UnknownLink", "Employment", "Representation", "Succession",
    "Debt",
}  # fmt: skip
"""FtM relations without a share."""


@dataclass(frozen=True, slots=True)
class StakesRead:
    """Stakes of some files, in their order, and the file and row of each.

    `names`: the name of an id, as far as the files give one. `errors`: everything that is wrong with a row; what became
    of it stands in the message. `left_out`: relations that say nothing of a share or control, by their schema.
    """

    stakes: tuple[Stake, ...]
    places: tuple[tuple[str, int], ...]
    names: Mapping[str, str]
    errors: tuple[RowError, ...]
    left_out: Mapping[str, int]


@dataclass(slots=True)
class _Read:
    stakes: list[Stake] = field(default_factory=list)
    places: list[tuple[str, int]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def read_stakes(paths: Sequence[Path]) -> StakesRead:
    """The stakes of files. A stake's `source` is its file and row, and what the row says of it in words.

    A month or year for a day makes more stakes of one row: within it, nobody knows whether the stake is held.
    A share that cannot be read or cannot be is taken as unknown; an owner that is missing stays, as one whom nobody
    knows; an owner of itself stays; days that run backwards or cannot be read are taken as unknown, and the share may
    then be nothing. All are reported. A row without what is owned, or of a kind that is none, is reported and left out.
    Raises InputError if a file cannot be opened, is empty, or its header lacks `owner` or `owned`.
    """
    found = _Read()
    for path in paths:
        raw = read_raw(path)
        ftm = ftm_json.recognises(raw.data[:65536])
        (_read_ftm if ftm else _read_table)(raw, found)
    return StakesRead(tuple(found.stakes), tuple(found.places), found.names, tuple(found.errors), dict(found.left_out))


def _read_table(raw: Raw, found: _Read) -> None:
    table = columns(raw, found.errors, _NEEDED, COLUMNS)
    missing = next((name for name in _NEEDED if name not in table.cells), None)
    if missing is not None:
        raise InputError(f"no row has {missing!r}", file=raw.file, field=missing)
    for place, number in enumerate(table.rows):
        _Row(raw.file, number, found).table({name: plain(cells[place]) for name, cells in table.cells.items()})


def _read_ftm(raw: Raw, found: _Read) -> None:
    for number, record in rows(raw, found.errors, needed="id", known=("id", "schema", "properties")):
        schema, properties = plain(record.get("schema")), record.get("properties")
        row = _Row(raw.file, number, found, plain(record.get("id")))
        if not schema or not isinstance(properties, dict):
            row.wrong("schema", "a record needs schema and properties: left out")
        elif schema == "Ownership":
            row.ownership(properties)
        elif schema == "Directorship" and (words := _words(properties, "role", "status", "summary", "description")):
            row.directorship(properties, words)
        elif schema in _RELATIONS:
            found.left_out[schema] += 1
        else:
            name = plain(record.get("caption")) or next(iter(_texts(properties, "name")), "")
            if name:
                found.names.setdefault(plain(record.get("id")), name)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row and where its stakes and faults go."""

    file: str
    number: int
    to: _Read
    id: str = ""

    def wrong(self, name: str, message: str) -> None:
        """Tell what is wrong with a field of the row."""
        self.to.errors.append(RowError(self.file, self.number, name, message, self.id))

    def table(self, cells: Mapping[str, str]) -> None:
        """A row of the plain format."""
        word = cells.get("kind", "").lower() or StakeKind.OWNERSHIP
        for side in _NEEDED:
            if cells.get(side) and cells.get(f"{side}_name"):
                self.to.names.setdefault(cells[side], cells[f"{side}_name"])
        if word not in _KINDS:
            self.wrong("kind", f"{word!r} is none of {', '.join(_KINDS)}: left out")
            return
        held = self.ends(cells) if _KINDS[word] is not StakeKind.CONTROL else Share(0.0, 100.0, known=True)
        days = self.ordered("from", self.day("from", cells.get("from", "")), self.day("to", cells.get("to", "")))
        self.faults(cells.get("owner", ""), cells.get("owned", ""), _NEEDED)
        self.add(
            cells.get("owner", ""), cells.get("owned", ""), _Terms(_KINDS[word], held, days, cells.get("source", ""))
        )

    def ends(self, cells: Mapping[str, str]) -> Share:
        """The share of `share`, or from `share_min` to `share_max`, either of which may hold a band."""
        given = {name: self.share(name, cells[name]) for name in ("share", "share_min", "share_max") if cells.get(name)}
        if "share" in given:
            if len(given) > 1:
                self.wrong("share", "stands beside share_min or share_max, which are not read")
            return given["share"]
        low, high = given.get("share_min", ANY), given.get("share_max", ANY)
        if len(given) == 1 and (band := next(iter(given.values()))).low < band.high:
            return band
        if low.low > high.high:
            self.wrong("share_min", f"{low.low:g} is above share_max, {high.high:g}: taken as unknown")
            return ANY
        return Share(low.low, high.high, low.known or high.known)

    def ownership(self, properties: Mapping[str, Any]) -> None:
        """An FtM Ownership: every owner has the share in every asset."""
        stated = _texts(properties, "percentage")
        held = between([self.share("percentage", text) for text in stated]) if stated else ANY
        words = _words(properties, "ownershipType", "role")
        kinds = _kinds(_words(properties, "ownershipType"))
        days = self.days(properties)
        terms = [_Terms(kind, held, days, words) for kind in kinds]
        if _CONTROL.search(words):
            terms.append(_Terms(StakeKind.CONTROL, ANY, days, words))
        for owner, asset in _pairs(properties, "owner", "asset"):
            self.faults(owner, asset, ("owner", "asset"))
            for one in terms:
                self.add(owner, asset, one)

    def directorship(self, properties: Mapping[str, Any], words: str) -> None:
        """A director whose role says control may control; any other is left out."""
        if not _CONTROL.search(words):
            self.to.left_out["Directorship"] += 1
            return
        terms = _Terms(StakeKind.CONTROL, ANY, self.days(properties), words)
        for owner, asset in _pairs(properties, "director", "organization"):
            self.faults(owner, asset, ("director", "organization"))
            self.add(owner, asset, terms)

    def days(self, properties: Mapping[str, Any]) -> tuple[_Day, _Day]:
        """The start and the end; each is anywhere between several that are stated."""
        start, end = (_any([self.day(n, t) for t in _texts(properties, n)]) for n in ("startDate", "endDate"))
        return self.ordered("startDate", start, end)

    def ordered(self, name: str, start: _Day, end: _Day) -> tuple[_Day, _Day]:
        """The two, unknown where the first is after the last, which is reported."""
        if start.first and end.last and start.first > end.last:
            late = f"{start.first} is after the end, {end.last}"
            self.wrong(name, f"{late}: both taken as unknown, and whether the stake is held is too")
            return _Day(read=False), _Day(read=False)
        return start, end

    def share(self, name: str, text: str) -> Share:
        """A share, unknown where it cannot be read, which is reported."""
        try:
            return share(text)
        except ValueError as error:
            self.wrong(name, f"{error}: taken as unknown")
            return ANY

    def day(self, name: str, text: str) -> _Day:
        """A day, month or year; unknown where it cannot be read, which is reported."""
        if not text:
            return _Day()
        try:
            found = span(text)
        except ValueError as error:
            self.wrong(name, f"{error}: taken as unknown, and whether the stake is held is too")
            return _Day(read=False)
        return _Day(found.first, found.last)

    def faults(self, owner: str, owned: str, sides: tuple[str, str]) -> None:
        """Tell what is wrong with who holds and who is held; `sides` are their fields."""
        if not owner:
            self.wrong(sides[0], Fault.OWNER)
        if not owned:
            self.wrong(sides[1], "what is owned is missing: left out")
        elif owner == owned:
            self.wrong(sides[0], Fault.SELF)

    def add(self, owner: str, owned: str, terms: _Terms) -> None:
        """The stake, unless nothing is owned."""
        if not owned:
            return
        held = terms.held
        source = f"{self.file}, row {self.number}" + (f": {terms.source}" if terms.source else "")
        for start, end, sure in _windows(*terms.days):
            low, known = (held.low, held.known) if sure else (0.0, False)
            self.to.places.append((self.file, self.number))
            self.to.stakes.append(Stake(owner, owned, low, held.high, terms.kind, known, start, end, source))


@dataclass(frozen=True, slots=True)
class _Day:
    """The days that a date may be; `read` False where there is one that cannot be read."""

    first: date | None = None
    last: date | None = None
    read: bool = True


@dataclass(frozen=True, slots=True)
class _Terms:
    """What is held, from when to when, and in whose words."""

    kind: StakeKind
    held: Share
    days: tuple[_Day, _Day]
    source: str = ""


def _any(days: Sequence[_Day]) -> _Day:
    """A day that is any of these."""
    first = min((d.first for d in days if d.first), default=None)
    last = max((d.last for d in days if d.last), default=None)
    return _Day(first, last, all(d.read for d in days))


def _windows(start: _Day, end: _Day) -> Iterator[tuple[date | None, date | None, bool]]:
    """The days on which a stake is held for certain, and those around them on which it may be."""
    if not start.read or not end.read or (start.last and end.first and start.last > end.first):
        yield start.first, end.last, False
        return
    yield start.last, end.first, True
    if start.first and start.last and start.first < start.last:
        yield start.first, start.last - timedelta(days=1), False
    if end.first and end.last and end.first < end.last:
        yield end.first + timedelta(days=1), end.last, False


def _kinds(words: str) -> list[StakeKind]:
    """What a publisher's type of ownership counts as: shares, votes, or both where it says both."""
    if not _VOTES.search(words):
        return [StakeKind.OWNERSHIP]
    return [StakeKind.OWNERSHIP, StakeKind.VOTES] if _SHARES.search(words) else [StakeKind.VOTES]


def _texts(properties: Mapping[str, Any], name: str) -> list[str]:
    """The values of an FtM property that say something."""
    values = properties.get(name) or []
    parts = values if isinstance(values, list) else [values]
    return [text for part in parts if (text := plain(part.get("id") if isinstance(part, dict) else part))]


def _words(properties: Mapping[str, Any], *names: str) -> str:
    return "; ".join(text for name in names for text in _texts(properties, name))


def _pairs(properties: Mapping[str, Any], owner: str, owned: str) -> Iterator[tuple[str, str]]:
    yield from product(_texts(properties, owner) or [""], _texts(properties, owned) or [""])
