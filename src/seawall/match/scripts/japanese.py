"""Kana in the Hepburn spelling of Japanese passports, which does not mark long vowels."""

from __future__ import annotations

import re

from anyascii import anyascii

_SMALL_Y = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_SMALL_VOWELS = {"ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
_LONG = ((re.compile("ou(?!$)|oo|ou$"), "o"), (re.compile("uu"), "u"))
_PALATAL = ("sh", "ch", "j")


def kana(run: str) -> str:
    """A run of hiragana or katakana as one word: シャープ gives shapu, さとう sato."""
    sounds: list[str] = []
    doubled = False
    for letter in map(_hiragana, run):
        if letter == "っ":
            doubled = True
        elif letter in _SMALL_Y and sounds:
            sounds[-1] = _with_y(sounds[-1], _SMALL_Y[letter])
        elif letter in _SMALL_VOWELS and sounds:
            sounds[-1] = _with_vowel(sounds[-1], _SMALL_VOWELS[letter])
        elif letter != "ー":
            sound = anyascii(letter).lower()
            sounds.append(("t" if sound.startswith("ch") else sound[:1]) + sound if doubled else sound)
            doubled = False
    word = re.sub("[^a-z0-9]", "", "".join(sounds))
    for pattern, short in _LONG:
        word = pattern.sub(short, word)
    return word


def _hiragana(letter: str) -> str:
    return chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter


def _with_y(sound: str, vowel: str) -> str:
    """ki and ya are kya; shi and ya are sha."""
    stem = sound[:-1]
    return stem + vowel if stem.endswith(_PALATAL) else f"{stem}y{vowel}"


def _with_vowel(sound: str, vowel: str) -> str:
    """fu and a are fa; u and i are wi."""
    return ("w" if sound == "u" else sound[:-1]) + vowel
