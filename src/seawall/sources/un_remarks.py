"""What the UN writes of an entry in prose: ships that a firm owns or manages, numbers of firms, SWIFT codes.

The ships named so are not themselves listed; they become links of the firm, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from seawall.model import EntityId, Identifier, IdKind, Link, LinkKind

_COMPANY = re.compile(r"(?i)\b(?:company number )?IMO(?:\s+number)?\s*:?\s*(\d{7})\b")
_SWIFT = re.compile(r"\bSWIFT(?:/BIC)?\s*:?\s*([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b")
# "Registered owner, ship manager and commercial manager of the Panama-flagged vessel NAME", "also owns vessels A and B"
_TIE = re.compile(
    r"(?P<tie>(?i:[^.]*?\b(?:owner|manager|owns|operator|through its)\b[^.]*?))(?P<rest>(?:\b(?:of|owns|vessels?)\b).*)"
)
_SHIP = re.compile(
    r"\b[A-Z]{2,}(?: [A-Z]{2,})*(?: \d{1,3})?\b"
    r"|(?<=vessel )(?:[A-Z][a-z]+ ?){2,4}"
    r"|(?<=vessel, the )(?:[A-Z][a-z]+ ?){2,4}"
)
_NO_SHIP = {"DPRK", "UN", "IMO", "KOMID", "ETA", "SWIFT"}
_CLAUSE = re.compile(r",? (?:which|believed|attempted|conducted)\b|, an? ")


def identifiers(text: str) -> Iterator[Identifier]:
    """IMO numbers, which on firms are company numbers and never a ship's, and SWIFT codes."""
    for found in _COMPANY.finditer(text):
        yield Identifier(IdKind.REGISTRATION, found[1], note="IMO company number")
    for found in _SWIFT.finditer(text):
        yield Identifier(IdKind.SWIFT, found[1])


def ships(text: str, key: EntityId) -> Iterator[Link]:
    """The ships that the remarks tie to the firm: `Ownership` where it is called the owner, else `UnknownLink`."""
    seen: set[str] = set()
    for sentence in re.split(r"(?<=[a-z0-9])\.\s+", text):
        for part in re.split(r", and (?=owner of)", sentence):
            for link in _of_clause(part, key):
                if link.target_name not in seen:
                    seen.add(link.target_name)
                    yield link


def _of_clause(sentence: str, key: EntityId) -> Iterator[Link]:
    tie = _TIE.match(sentence)
    if not tie:
        return
    owner = re.search(r"(?i)\bown(?:er|s)\b", tie["tie"] + tie["rest"].split(" ")[0])
    rest = _CLAUSE.split(tie["rest"], maxsplit=1)[0]
    for found in _SHIP.finditer(rest):
        name = " ".join(word for word in found[0].split() if word not in _NO_SHIP)
        if len(name) > 2:
            kind, role = (LinkKind.OWNERSHIP, "owner") if owner else (LinkKind.UNKNOWN, "ship manager")
            yield Link(kind, key, target_name=name, role=role)
