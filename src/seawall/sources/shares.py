"""Shares as people write them: `51`, `51 %`, `25-50`, `more than 25 but not more than 50`, `75+`, `majority`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Share:
    """From `low` to `high` percent. `known` False: nobody says how much."""

    low: float
    high: float
    known: bool = True


ANY = Share(0.0, 100.0, known=False)
"""A share of which nobody says how much it is."""

_WORDS = {
    "majority": Share(50.000001, 100.0), "minority": Share(0.0, 49.999999), "wholly": Share(100.0, 100.0),
    "all": Share(100.0, 100.0), "full": Share(100.0, 100.0), "half": Share(50.0, 50.0), "unknown": ANY,
}  # fmt: skip
"""A majority is more than half by the least that the graph tells apart: a millionth of a percent."""

_LEAST = 0.000001
_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)"
_BAND = re.compile(rf"(morethan|over|>)?{_NUMBER}(?:-|-?to-?|butnotmorethan|andupto|upto){_NUMBER}")
_FORMS: tuple[tuple[re.Pattern[str], Callable[[float], Share]], ...] = (
    (re.compile(_NUMBER), lambda n: Share(n, n)),
    (re.compile(rf"(?:>|morethan|over|above){_NUMBER}"), lambda n: Share(n if n >= 100 else n + _LEAST, max(n, 100.0))),
    (re.compile(rf"(?:>=|≥|atleast|from){_NUMBER}"), lambda n: Share(n, max(n, 100.0))),
    (re.compile(rf"{_NUMBER}(?:\+|ormore|andmore)"), lambda n: Share(n, max(n, 100.0))),
    (re.compile(rf"(?:<|lessthan|under|below){_NUMBER}"), lambda n: Share(0.0, max(n - _LEAST, 0.0))),
    (re.compile(rf"(?:<=|≤|upto|atmost|notmorethan){_NUMBER}"), lambda n: Share(0.0, n)),
)


@lru_cache(maxsize=4096)
def share(text: str) -> Share:
    """A share in percent. Raises ValueError, with the text, for what is none and what is not between 0 and 100."""
    words = re.sub(r"%|\bper ?cent\b", " ", text.lower().replace("–", "-").replace("—", "-"))
    words = re.sub(r"^\s*ownership-of-shares-|[\s-]+$", "", words).strip()
    if words in _WORDS:
        return _WORDS[words]
    found = _read(re.sub(r"\s+", "", words))
    if found is None:
        raise ValueError(f"{text!r} is no share in percent, such as 51, 25-50 or majority")
    if not 0 <= found.low <= 100 or not 0 <= found.high <= 100:
        raise ValueError(f"{text!r} is not between 0 and 100 percent")
    if found.low > found.high:
        raise ValueError(f"{text!r} runs backwards")
    return found


def _read(words: str) -> Share | None:
    if found := _BAND.fullmatch(words):
        return Share(_number(found[2]) + (_LEAST if found[1] else 0.0), _number(found[3]))
    for form, make in _FORMS:
        if found := form.fullmatch(words):
            return make(_number(found[1]))
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def between(shares: Sequence[Share]) -> Share:
    """Everything between several statements of one share, each of which may be right. `shares` is not empty."""
    return Share(min(s.low for s in shares), max(s.high for s in shares), any(s.known for s in shares))
