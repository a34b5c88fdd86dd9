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

_OF_SLAVIC = (
    (r"^je", "e"),
    (r"^(?:zh|j|[yi](?=[auo]))(?=[aeouiy])", "j"),
    (r"ic$", "ich"),
    (r"c(?![hkzt])", "ts"),
    (r"w", "v"),
    (r"(?<=[bdfgklmnprstvz])j(?=[aeou])|(?<=[ie])j(?=[aeiu])", "i"),
    (r"(?<=[bdfgklmnprstvz])[yi]o", "e"),
    (r"(?<=[oe])ff$", "v"),
)
# Order matters: longer groups first, and each rule sees what those before it left.
_RULES = (
    (r"(?<=[aeiouy])h$", ""),
    (r"(?<=[aeiouy])j$", "i"),
    (r"schtsch|shch", "x"),  # x stands for sh from here on: the letter itself is read by the rules before
    (r"tsch|tch", "c"),
    (r"sch|sh", "x"),
    (r"ch", "c"),
    (r"(?<=[cx])[yi]?o(?=v)", "e"),
    (r"zh|dzh|dj", "j"),
    (r"kh", "h"),
    (r"ph", "f"),
    (r"([bdgt])h", r"\1"),
    (r"tz", "ts"),
    (r"^ou(?=[aei])", "v"),
    (r"w(?=[aeiouy])|^w", "v"),
    (r"w", "u"),
    (r"(?<=[bdfgklmnprstvz])[yj]o(?=[^nui]|$)|(?<=[bdfgklmnprstvz])io(?=v$)", "i"),
    (r"(?<=t)j(?=a)", "i"),
    (r"^[yi]e(?!$)|(?<=[aou])[yij]e", "e"),
    (r"oe(?=[^v])", "u"),
    (r"[ae][iy](?=[^aeiouy]|$)", "i"),
    (r"[eiy]+", "i"),
    (r"[ou]+", "u"),
    (r"(?<=[bdfgkpt])r$", "ir"),
    (r"(.)\1+", r"\1"),
)
_LETTERS = ((r"^x(?=[aorlmv])", "kh"), (r"x", "ks"), (r"c(?=[eiy])", "s"), (r"ck|q|c(?!h)", "k"))


def _compile(rules: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), sound) for pattern, sound in rules)


_FIRST, _SECOND, _THIRD = _compile(_OF_SLAVIC), _compile(_LETTERS), _compile(_RULES)
_VOWELS = str.maketrans("", "", "aiu")
_COARSE = str.maketrans("gc", "kx")
_INNER_W = re.compile(r"(?<!^)w(?!.*(?:owa?|wsk\w*)$)(?!a?$|sk)")


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """How a Latin word sounds: words that one name becomes in several romanisations come out equal.

    The result is lower-case letters and digits, not meant for reading; the word itself if nothing would be left.
    """
    sound = word
    for rules in (_FIRST if _SLAVIC.search(word) else (), _SECOND, _THIRD):
        for pattern, replacement in rules:
            sound = pattern.sub(replacement, sound)
    return sound or word


@lru_cache(maxsize=1 << 18)
def skeleton(word: str) -> str:
    """The consonants of how a word sounds, for scripts that write no vowels; "" if it has none.

    A w inside a word is left out on both sides, since such scripts write it and u with one letter; so is h at the end.
    """
    bones = fold(_INNER_W.sub("u", word)).translate(_VOWELS).translate(_COARSE).removesuffix("h")
    return re.sub(r"(.)\1+", r"\1", bones)


@lru_cache(maxsize=1 << 16)
def family(word: str) -> str:
    """The masculine nominative of a family name of the Russian type: Ivanova and Ivanovu give ivanov.

    Names alike in this are weak evidence: one family, not one person. Other words come back as they are.
    """
    for ending, nominative in load_letters().families:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + nominative
    return word
