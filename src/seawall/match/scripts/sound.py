"""How Latin words sound: spellings of one sound made equal, and the consonants alone."""

from __future__ import annotations

import re
from functools import lru_cache

from seawall.tables.letters import load_letters

_SLAVIC = re.compile(
    r"^[yij](?:u[rl]|aro)|^je(?:len|liz|vg|kat|fim|fre|rm[aoi]|gor)|(?:[ij][jy]|[ae]j|[oe](?:v|ff|w)a?|[oe][vw]na"
    r"|[vw]i(?:t?ch|tsch|ts|c)|sk(?:[iy]+|a(?:ya|ia|ja)?)|enko|[lrnvt][iyj]+a|uk)$"
)
"""Marks of names written in a Slavic language, where c is ts, w is v, and j is a glide or zh."""

# Each rule names a letter that a word must have for it to matter, which spares most words most rules. Order matters:
# longer groups first, and each rule sees what those before it left. The vowels e, y and o become i and u at the end.
_OF_SLAVIC = (
    ("j", r"^je", "e"),
    ("", r"^(?:zh|j|[yi](?=[auo]))(?=[aeouiy])", "j"),
    ("c", r"ic$", "ich"),
    ("c", r"c(?![hkzt])", "ts"),
    ("w", r"w", "v"),
    ("j", r"(?<=[bdfgklmnprstvz])j(?=[aeou])|(?<=[ie])j(?=[aeiu])", "i"),
    ("o", r"(?<=[bdfgklmnprstvz])[yi]o", "e"),
    ("f", r"(?<=[oe])ff$", "v"),
)
_RULES = (
    ("x", r"^x(?=[aorlmv])", "kh"),
    ("x", r"x", "ks"),
    ("c", r"c(?=[eiy])", "s"),
    ("c", r"ck|c(?!h)", "k"),
    ("q", r"q", "k"),
    ("h", r"(?<=[aeiouy])h$", ""),
    ("j", r"(?<=[aeiouy])j$", "i"),
    ("h", r"schtsch|shch", "x"),  # x stands for sh from here on: the letter itself is read by the rules before
    ("h", r"tsch|tch", "c"),
    ("h", r"sch|sh", "x"),
    ("h", r"ch", "c"),
    ("o", r"(?<=[cx])[yi]?o(?=v)", "e"),
    ("h", r"dzh|zh", "j"),
    ("j", r"dj", "j"),
    ("h", r"kh", "h"),
    ("h", r"ph", "f"),
    ("h", r"([bdgt])h", r"\1"),
    ("z", r"tz", "ts"),
    ("o", r"^ou(?=[aei])", "v"),
    ("w", r"w(?=[aeiouy])|^w", "v"),
    ("w", r"w", "u"),
    ("o", r"(?<=[bdfgklmnprstvz])[yj]o(?=[^nui]|$)|(?<=[bdfgklmnprstvz])io(?=v$)", "i"),
    ("j", r"(?<=t)j(?=a)", "i"),
    ("e", r"^[yi]e(?!$)|(?<=[aou])[yij]e", "e"),
    ("o", r"oe(?=[^v])", "u"),
    ("", r"[ae][iy](?=[^aeiouy]|$)", "ai"),
)
_LAST = (("", r"(.)\1+", r"\1"), ("r", r"(?<=[bdfgkpt])r$", "ir"))
_Rule = tuple[str, re.Pattern[str], str]


def _compile(rules: tuple[tuple[str, str, str], ...]) -> tuple[_Rule, ...]:
    return tuple((letter, re.compile(pattern), sound) for letter, pattern, sound in rules)


_FIRST, _SECOND, _THIRD = _compile(_OF_SLAVIC), _compile(_RULES), _compile(_LAST)
_TWO_VOWELS = str.maketrans("eyo", "iiu")
_VOWELS = str.maketrans("", "", "aiu")
_COARSE = str.maketrans("gcpv", "kxbf")
_LONGEST_ENDING = 5
_INNER_W = re.compile(r"(?<!^)w(?!.*(?:owa?|wsk\w*)$)(?!a?$|sk)")


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """How a Latin word sounds: words that one name becomes in several romanisations come out equal.

    The result is lower-case letters and digits, not meant for reading; the word itself if nothing would be left.
    """
    sound = _apply(_FIRST, word) if _SLAVIC.search(word) else word
    return _apply(_THIRD, _apply(_SECOND, sound).translate(_TWO_VOWELS)) or word


def _apply(rules: tuple[_Rule, ...], sound: str) -> str:
    for letter, pattern, replacement in rules:
        if letter in sound:
            sound = pattern.sub(replacement, sound)
    return sound


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """The consonants of how a word sounds, for scripts that write no vowels; "" if it has none.

    A w inside a word is left out on both sides, since such scripts write it and u with one letter; so is h at the end.
    Arabic has no p and no v, and writes b and f for them.
    """
    bones = fold(_INNER_W.sub("u", word)).translate(_VOWELS).translate(_COARSE).removesuffix("h")
    return re.sub(r"(.)\1+", r"\1", bones)


@lru_cache(maxsize=1 << 16)
def family(word: str) -> str:
    """The masculine nominative of a family name of the Russian type: Ivanova and Ivanovu give ivanov.

    Names alike in this are weak evidence: one family, not one person. Other words come back as they are.
    """
    families = load_letters().families
    for size in range(_LONGEST_ENDING, 1, -1):
        nominative = families.get(word[-size:])
        if nominative is not None and len(word) - size >= 3:
            return word[:-size] + nominative
    return word
