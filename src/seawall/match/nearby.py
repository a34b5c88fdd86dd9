"""Words that sound nearly the same, found without comparing all: two words at most so many letters apart become equal
when the right letters are left out of each (symmetric deletion, as in W. Garbe's SymSpell).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from seawall.match.kernels import kernel
from seawall.match.lexicon import Lexicon, Trait

SOUND, BONES, BARE_BONES, LETTERS = (np.uint64(0x9E3779B97F4A7C15 * n % 2**64) for n in range(1, 5))
"""Start of the hash of each kind of key: sounds of words with vowels, consonants of words with and without vowels,
letters of words with vowels."""

_ABJAD = int(Trait.ABJAD)
_PREFIX = 10
"""Letters from which two are left out; in longer words the rest must agree or the first letters do not count."""


@kernel
def step(found: np.uint64, code: int) -> np.uint64:
    """One letter more in a hash (FNV-1a)."""
    return np.uint64((found ^ np.uint64(code)) * np.uint64(0x100000001B3))


@kernel
def _hash(letters: NDArray[np.uint8], size: int, i: int, j: int, kind: np.uint64) -> np.uint64:
    """The hash of letters without the i-th and the j-th."""
    found = kind
    for n in range(size):
        if n not in (i, j):
            found = step(found, letters[n])
    return found


@kernel
def keys_of(letters: NDArray[np.uint8], edits: int, kind: np.uint64, out: NDArray[np.uint64]) -> int:
    """The keys of a word for at most `edits` (0 to 2) letters apart, into `out`; gives how many."""
    size = min(letters.size, 24)
    out[0] = _hash(letters, size, -1, -1, kind)
    n = 1
    if edits >= 1:
        for i in range(size):
            if i > 0 and letters[i] == letters[i - 1]:
                continue
            out[n] = _hash(letters, size, i, -1, kind)
            n += 1
            if edits >= 2 and i < _PREFIX:
                for j in range(i + 1, min(size, _PREFIX)):
                    if n < out.size - 25:
                        out[n] = _hash(letters, size, i, j, kind)
                        n += 1
    return n


@kernel
def edits_of(size: int) -> int:
    """How many letters apart words of so many sounds may be."""
    return 0 if size < 3 else 1 if size < 7 else 2


@kernel
def word_keys(lexicon: Lexicon) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """The keys of every word of a list and the word each belongs to, unsorted."""
    size = lexicon.hashes.size
    buffer = np.empty(96, dtype=np.uint64)
    total = 0
    for turn in range(2):  # first count, then fill
        if turn == 1:
            keys = np.empty(total, dtype=np.uint64)
            words = np.empty(total, dtype=np.int32)
            total = 0
        for w in range(size):
            bones = lexicon.bones[lexicon.bone_at[w] : lexicon.bone_at[w + 1]]
            bare = lexicon.traits[w] & _ABJAD != 0
            for part in range(1 if bare else 3):
                if part == 2:
                    letters = lexicon.codes[lexicon.code_at[w] : lexicon.code_at[w + 1]]
                    n = keys_of(letters, 1, LETTERS, buffer) if letters.size >= 4 else 0
                elif part == 1 or bare:
                    if bones.size < 2:
                        continue
                    n = keys_of(bones, 1 if bones.size >= 3 else 0, BARE_BONES if bare else BONES, buffer)
                else:
                    sounds = lexicon.folds[lexicon.fold_at[w] : lexicon.fold_at[w + 1]]
                    n = keys_of(sounds, edits_of(sounds.size), SOUND, buffer)
                if turn == 1:
                    keys[total : total + n] = buffer[:n]
                    words[total : total + n] = w
                total += n
    return keys, words


@kernel
def together(lexicon: Lexicon, a: int, b: int, letters: NDArray[np.uint8]) -> int:
    """The sounds of two words written as one; gives how many."""
    n = 0
    for w in (a, b):
        for k in range(lexicon.fold_at[w], lexicon.fold_at[w + 1]):
            if n == 0 or letters[n - 1] != lexicon.folds[k]:
                letters[n] = lexicon.folds[k]
                n += 1
    return n
