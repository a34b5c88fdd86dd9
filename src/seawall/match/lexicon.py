"""Words as columns: the letters, sounds, consonants and keys of each distinct word of a set of names.

A lexicon holds every fact about a word that comparing needs, in flat arrays, so that kernels touch no strings and a
saved lexicon can be mapped into memory.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from enum import IntFlag
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from seawall.match.scripts import family, fold, skeleton, sounds
from seawall.match.spelling import encode
from seawall.tables.words import Words


class Trait(IntFlag):
    """What a word is, as bits."""

    LEGAL = 1
    PARTICLE = 2
    GENERIC = 4
    NUMBER = 8
    INITIAL = 16
    ABJAD = 32
    """Written without vowels: only its consonants can be compared."""
    PLACE = 64
    KOREAN = 128
    CHINESE = 256
    PATRONYMIC = 512
    """The name of the bearer's father as Slavic languages form it: often left out."""
    TITLE = 1024
    FORM = 2048
    """A legal form that says which kind of body it is, as "company" does not."""


_LEGAL, _PARTICLE, _GENERIC, _NUMBER, _INITIAL, _ABJAD, _PLACE, _KOREAN, _CHINESE, _PATRONYMIC, _TITLE, _FORM = map(
    int, Trait
)


class Key(NamedTuple):
    """Words that share a key say the same. `kind` says how: see `KINSHIP`."""

    kind: int
    value: str


VARIANT, SAME, TRANSLATION, ARABIC, NICKNAME, KOREAN, CHINESE, FAMILY = range(8)
KINSHIP = np.array([0.97, 1.0, 0.93, 0.95, 0.86, 0.93, 0.91, 0.82], dtype=np.float32)
"""How alike words that share a key of each kind are: a spelling variant, one form of company or number, a translation,
romanisations of one Arabic name, a nickname, one Korean or Chinese sound, the feminine or a case of one family name or
an adjective of one place."""


class Lexicon(NamedTuple):
    """Columns over words. `x_at[i]:x_at[i + 1]` are the places of word i in the flat array x."""

    codes: NDArray[np.uint8]
    code_at: NDArray[np.int64]
    folds: NDArray[np.uint8]
    fold_at: NDArray[np.int64]
    bones: NDArray[np.uint8]
    bone_at: NDArray[np.int64]
    keys: NDArray[np.uint64]
    key_at: NDArray[np.int64]
    weights: NDArray[np.float32]
    traits: NDArray[np.uint16]
    places: NDArray[np.uint64]
    hashes: NDArray[np.uint64]
    masks: NDArray[np.uint64]
    """Which sounds a word has, as bits."""
    blooms: NDArray[np.uint64]
    """Two words can only share a key where these share a bit."""


class Word(NamedTuple):
    """A word and whether its script leaves vowels out."""

    text: str
    abjad: bool = False


def lexicon(vocabulary: Sequence[Word], counts: NDArray[np.int64], total: int, words: Words) -> Lexicon:
    """The columns of a vocabulary. `counts` says of each word on how many of `total` names of the list it stands."""
    same = Same(words)
    facts = [_facts(word, same) for word in vocabulary]
    codes = [encode(word.text) for word in vocabulary]
    folds = [f.fold for f in facts]
    bones = [f.bones for f in facts]
    keys = [f.keys for f in facts]
    return Lexicon(
        codes=_flat(codes),
        code_at=_starts(map(len, codes)),
        folds=_flat(folds),
        fold_at=_starts(map(len, folds)),
        bones=_flat(bones),
        bone_at=_starts(map(len, bones)),
        keys=np.array([key for row in keys for key in row], dtype=np.uint64),
        key_at=_starts(map(len, keys)),
        weights=np.array(
            [f.share * _rarity(f.common, n, total) for n, f in zip(counts.tolist(), facts, strict=True)],
            dtype=np.float32,
        ),
        traits=np.array([f.traits for f in facts], dtype=np.uint16),
        places=np.array([f.place for f in facts], dtype=np.uint64),
        hashes=hashes(vocabulary),
        masks=np.array([f.mask for f in facts], dtype=np.uint64),
        blooms=np.array([f.bloom for f in facts], dtype=np.uint64),
    )


class Same:
    """Words by identity, so that a cache can hold what is derived from a table."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __hash__(self) -> int:
        return id(self.words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.words is other.words


class _Facts(NamedTuple):
    fold: bytes
    bones: bytes
    keys: tuple[int, ...]
    traits: int
    share: float
    common: float
    place: int
    mask: int
    bloom: int


_RARE = 6.0
"""-log10 of the share of people who bear a name that no table knows."""


@lru_cache(maxsize=1 << 18)
def _facts(word: Word, same: Same) -> _Facts:
    text, words = word.text, same.words
    sound = encode(fold(text))
    heard = sounds(text) if not word.abjad else frozenset()
    keys = list(_keys(text, heard, words))
    kinds = {key.kind for key in keys}
    traits = (
        _LEGAL * (text in words.legal_forms)
        | _FORM * (words.legal_forms.get(text, "co") not in _NO_FORM)
        | _PARTICLE * (text in words.particles)
        | _GENERIC * (text in words.generic)
        | _NUMBER * (text.isdigit() or text in words.numbers)
        | _INITIAL * (len(text) == 1 and not text.isdigit())
        | _ABJAD * word.abjad
        | _PLACE * (text in words.places)
        | _KOREAN * (KOREAN in kinds)
        | _CHINESE * (CHINESE in kinds)
        | _TITLE * (text in words.titles)
        | _PATRONYMIC * bool(_FATHER.search(text))
    )
    mask = 0
    for code in sound:
        mask |= 1 << code
    numbers = tuple(sorted(map(number, keys)))
    bloom = 0
    for key_number in numbers:
        bloom |= 1 << (key_number >> 3 & 63)
    return _Facts(
        fold=sound,
        bones=encode(skeleton(text)),
        keys=numbers,
        traits=traits,
        share=_share(traits),
        common=words.common.get(text, _RARE),
        place=number(Key(0, words.places[text].partition(":")[0])) if text in words.places else 0,
        mask=mask,
        bloom=bloom,
    )


_FATHER = re.compile(r"(?:..[oe]v[yi](?:t?ch|c|cz)|..[yi][oe]?v[yi]ch|..[oie]v[n]a|..(?:inich|inichna|ichna))$")
"""Patronymics; family names in -ovich of Balkan languages are read so too, and weigh a little less for it."""
_NO_FORM = frozenset({"co", "group"})
_SOUND_KINDS = {"ko": KOREAN, "zh": CHINESE, "ar": ARABIC}


def _keys(text: str, heard: Iterable[str], words: Words) -> Iterable[Key]:
    if text in words.canonical:
        yield Key(VARIANT, words.canonical[text])
    if text in words.legal_forms:
        yield Key(SAME, words.legal_forms[text])
    if text in words.numbers or text.isdigit():
        yield Key(SAME, "#" + words.numbers.get(text, text.lstrip("0") or "0"))
    if text in words.translations:
        yield Key(TRANSLATION, words.translations[text])
    for name in words.nicknames.get(text, ()):
        yield Key(NICKNAME, name)
    if text in words.places and words.common.get(text, _RARE) >= _PLACE_FIRST:
        yield Key(FAMILY, words.places[text])
    elif text not in words.canonical and text not in words.nicknames and (name := _nominative(text)):
        yield Key(FAMILY, name)
    for key in heard:
        yield Key(_SOUND_KINDS[key[:2]], key)


_PLACE_FIRST = 5.5
"""-log10 of a share of people: a place that more of them are named after, such as Jordan, may be a name."""


def _nominative(text: str) -> str:
    """The masculine nominative of a family name or adjective of the Russian type, "" for other words."""
    name = family(text)
    if name.endswith("n"):  # martin and martina are two names
        return ""
    return name if name != text or family(text + "a") == text else ""


@lru_cache(maxsize=1 << 18)
def number(key: Key) -> int:
    """A key as 64 bits, its kind in the lowest three."""
    value = int.from_bytes(hashlib.blake2b(key.value.encode(), digest_size=8).digest(), "little")
    return (value & ~7) | key.kind


@lru_cache(maxsize=1 << 18)
def hash_of(word: Word) -> int:
    """A word as 64 bits."""
    return int.from_bytes(
        hashlib.blake2b(word.text.encode(), digest_size=8, salt=b"01"[word.abjad :]).digest(), "little"
    )


def hashes(vocabulary: Sequence[Word]) -> NDArray[np.uint64]:
    """Words as 64 bits each."""
    return np.array([hash_of(word) for word in vocabulary], dtype=np.uint64)


def _share(traits: int) -> float:
    """How much of its rarity a word of this kind can say about its bearer."""
    if traits & _LEGAL:
        return 0.10
    if traits & _PARTICLE:
        return 0.12
    if traits & (_INITIAL | _TITLE):
        return 0.25
    if traits & _GENERIC:
        return 0.40
    if traits & _PATRONYMIC:
        return 0.45
    if traits & _NUMBER:
        return 0.60
    return 1.0


def _rarity(common: float, count: int, total: int) -> float:
    """In (0, 1]: how rare a word is in the world and on the list, half and half."""
    world = min(max((common - 1.0) / (_RARE - 1.0), 0.2), 1.0)
    here = math.log(1 + total / (1 + count)) / math.log(1 + total) if total else world
    return 0.1 + 0.9 * (0.5 * world + 0.5 * here)


def _flat(parts: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(bytearray().join(parts), dtype=np.uint8)  # writable, as all columns: kernels are typed by it


def _starts(lengths: Iterable[int]) -> NDArray[np.int64]:
    sizes = np.fromiter(lengths, dtype=np.int64)
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
