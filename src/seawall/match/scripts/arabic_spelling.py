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
_CONSONANTS = (
    (r"sch|sh", "X"),
    (r"tch|ch", "C"),
    (r"kh|x", "h"),
    (r"gh", "G"),
    (r"dj|zh|dzh", "j"),
    (r"dh", "d"),
    (r"th", "t"),
    (r"ph", "f"),
    (r"^ou?(?=[aei])|v", "w"),
    (r"[qc]", "k"),
    (r"ee|ie$|y$|iyy?$", "i"),
    (r"oo|ou|o", "u"),
    (r"uw", "w"),
    (r"aa", "a"),
    (r"(?<=[aeiu])h$", ""),
    (r"(?<=[bdfgjklmnrstz])e$", ""),
    (r"([^aeiu])\1", r"\1"),
)
_DIPHTHONGS = (
    (r"a[iy](?=[^aiu]|$)", "Y"),
    (r"a[uw](?=[^aiu]|$)", "W"),
    (r"y(?=[^aiu]|$)", "i"),
    (r"(?<=i)y(?=[aiu])", ""),
    (r"w(?=[^aiu]|$)", "u"),
    (r"(?<=u)w(?=[aiu])", ""),
    (r"([aiu])\1+", r"\1"),
)
_FIRST = tuple((re.compile(pattern), sound) for pattern, sound in _CONSONANTS)
_LAST = tuple((re.compile(pattern), sound) for pattern, sound in _DIPHTHONGS)
# e is written for a and for i; g for gh, q and (in Egypt) j; ch for sh after the French.
_EITHER = {"e": ("a", "i"), "G": ("G", "k"), "g": ("g", "k", "G", "j"), "C": ("C", "X")}


@lru_cache(maxsize=1 << 15)
def forms(word: str) -> tuple[str, ...]:
    """The forms of a Latin word: two spellings of one name have a form in common, two names seldom."""
    sound = word
    for pattern, replacement in _FIRST:
        sound = pattern.sub(replacement, sound)
    ways = product(*(_EITHER.get(letter, (letter,)) for letter in sound))
    return tuple(dict.fromkeys(_closed("".join(way)) for way in islice(ways, _MOST)))


def _closed(sound: str) -> str:
    for pattern, replacement in _LAST:
        sound = pattern.sub(replacement, sound)
    return sound
