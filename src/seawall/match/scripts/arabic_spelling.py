"""Latin spellings of Arabic, Persian and Urdu names, brought to forms that spellings of one name share."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product

ABD = re.compile(r"abd[aeiou]?(?:l(?!l)|(?=rr|ss|nn|dd|tt|zz)|)(?=..)")
"""Abd, its vowel and the article, before the name."""
ARTICLE = re.compile(r"[aeu](?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)|d(?=d)|t(?=t))[ae]?(?=...)")
"""The article at the head of a word."""
DIN = re.compile(r"(?:[aeou]*[ld]?d[iey]+ne?)$")
"""al-din at the end."""
ULLAH = re.compile(r"[aeiou]l+ah?$")
"""Allah at the end."""

_MOST = 32
# Capitals stand for sounds of two letters, and Y and W for the diphthongs ay and aw.
_ONE_SOUND = {
    "sch": "X",
    "sh": "X",
    "tch": "C",
    "ch": "C",
    "kh": "h",
    "x": "h",
    "gh": "G",
    "dzh": "j",
    "dj": "j",
    "zh": "j",
    "dh": "d",
    "th": "t",
    "ph": "f",
    "v": "w",
    "q": "k",
    "c": "k",
    "ee": "i",
    "oo": "u",
    "ou": "u",
    "o": "u",
    "aa": "a",
}
_SOUND = re.compile("|".join(_ONE_SOUND))
_HEAD = re.compile(r"^u(?=[aei])")
_TAIL = re.compile(r"(?:ie|iyy?|y)$")
_SILENT = re.compile(r"(?<=[aeiu])h$|(?<=[bdfgjklmnrstz])e$")
_DOUBLED = re.compile(r"([^aeiu])\1")
_MEETING = re.compile(r"[aiu][aiuyw]|[yw]")
_DIPHTHONGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"a[iy](?=[^aiu]|$)", "Y"),
        (r"a[uw](?=[^aiu]|$)", "W"),
        (r"y(?=[^aiu]|$)", "i"),
        (r"(?<=i)y(?=[aiu])", ""),
        (r"w(?=[^aiu]|$)", "u"),
        (r"(?<=u)w(?=[aiu])", ""),
        (r"([aiu])\1+", r"\1"),
    )
)
# e is written for a and for i; g for gh, q and (in Egypt) j; ch for sh after the French.
_EITHER = {"e": ("a", "i"), "G": ("G", "k"), "g": ("g", "k", "G", "j"), "C": ("C", "X")}


@lru_cache(maxsize=1 << 15)
def forms(word: str) -> tuple[str, ...]:
    """The forms of a Latin word: two spellings of one name have a form in common, two names seldom."""
    sound = _SOUND.sub(lambda found: _ONE_SOUND[found[0]], word)
    sound = _TAIL.sub("i", _HEAD.sub("w", sound)).replace("uw", "w")
    sound = _DOUBLED.sub(r"\1", _SILENT.sub("", sound))
    if _EITHER.keys().isdisjoint(sound):
        return (_closed(sound),)
    ways = product(*(_EITHER.get(letter, (letter,)) for letter in sound))
    return tuple(dict.fromkeys(_closed("".join(way)) for way in islice(ways, _MOST)))


def _closed(sound: str) -> str:
    if not _MEETING.search(sound):
        return sound
    for pattern, replacement in _DIPHTHONGS:
        sound = pattern.sub(replacement, sound)
    return sound
