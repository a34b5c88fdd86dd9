"""Numbers that States, registers and networks give."""

from __future__ import annotations

import re

from stdnum import imo

_NUMBER = re.compile(r"\b[A-Za-z0-9][A-Za-z0-9/-]{5,}\b")
_IMO = re.compile(r"\b(?:IMO\s*(?:no\.?|number)?\s*:?\s*)?(\d{7})\b", re.IGNORECASE)


def normal_id(value: str) -> str:
    """A number without spaces, punctuation and the word IMO, upper case."""
    return re.sub(r"[\W_]+", "", value.upper()).removeprefix("IMO")


def is_imo(value: str) -> bool:
    """Whether this is a ship's IMO number: seven digits, the last a check digit (IMO Resolution A.1117(30))."""
    return bool(imo.is_valid(normal_id(value)))


def numbers_in(text: str) -> list[str]:
    """What in a text looks like a number that a State or a register gave: six signs or more, four of them digits."""
    return [found for found in _NUMBER.findall(text) if sum(map(str.isdigit, found)) >= 4]


def imo_in(text: str) -> list[str]:
    """The ships' numbers written inside a text."""
    return [found for found in _IMO.findall(text) if is_imo(found)]
