"""Names to tokens: romanised, folded to how they sound, and cut down to their consonants."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_SYLLABIC = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_ABJAD = re.compile(r"[\u0590-\u05ff\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# Spellings of one sound in the romanisations of Russian, Arabic, Korean and Chinese; the order matters.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"shch|sch|tsch|tch|ch|zh|dzh|dj|sh|q(?=i)|x(?=[iu])|j", "j"),
        (r"kh|gh|ck|q|c|g", "k"),
        (r"ts|tz|dz|z", "s"),
        (r"ph|v|w(?=[aeiou])", "f"),
        (r"b", "p"),
        (r"d|th", "t"),
        (r"l", "r"),
        (r"x", "ks"),
        (r"h", ""),
        (r"[eiy]+", "i"),
        (r"[ouw]+", "u"),
        (r"(.)\1+", r"\1"),
    )
)


def romanise(text: str) -> str:
    """Text in Latin letters. Each syllable of Hangul and each Han character comes out as a word of its own."""
    plain = unicodedata.normalize("NFKC", text)
    spaced = _SYLLABIC.sub(lambda found: f" {found[0]} ", plain)
    return anyascii(spaced)


def normalise(text: str) -> str:
    """Lower-case romanised words with single spaces between them. Normalising twice gives the same as once."""
    plain = romanise(text).lower().replace("'", "").replace("`", "")
    return _NOT_WORD.sub(" ", plain).strip()


def is_abjad(text: str) -> bool:
    """Whether the text is in a script that leaves vowels out."""
    return bool(_ABJAD.search(text))


@lru_cache(maxsize=1 << 18)
def fold(token: str) -> str:
    """How a token sounds, spellings of one sound made equal; the token itself if nothing is left."""
    sound = token
    for pattern, replacement in _SOUNDS:
        sound = pattern.sub(replacement, sound)
    return sound or token


@lru_cache(maxsize=1 << 18)
def skeleton(token: str) -> str:
    """The consonants of how a token sounds; "" if it has none."""
    return re.sub(r"[aiu]", "", fold(token))


from typing import NamedTuple


class Reading(NamedTuple):
    words: tuple[str, ...]
    way: str = "latin"
    vowels: bool = True


def readings(text: str) -> tuple[Reading, ...]:
    words = tuple(normalise(text).split())
    return (Reading(words, "x", not is_abjad(text)),) if words else ()


def sounds(word: str) -> frozenset[str]:
    return frozenset()
