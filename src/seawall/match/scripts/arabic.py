"""Words of the Arabic script: their consonants, their vowels where the name is known, and names in Latin spellings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from seawall.match.scripts.alphabets import plain
from seawall.match.scripts.arabic_spelling import ABD, ARTICLE, DIN, ULLAH, forms
from seawall.tables.arabic import load_arabic

_LOOKED_UP = str.maketrans({"ء": "", "ؤ": "و", "ئ": "ي", "ة": "ه", "ى": "ي", "ے": "ي", "آ": "ا", "ٹ": "ت", "ں": "ن"})
_PERSIAN = frozenset("پچژگکیہےٹڈڑټډړښځڅ")
_BEFORE_H = frozenset("bcdgkpstz")
_MOST = 12
"""At most so many keys of one word."""
_LONGEST = 24
"""Longer words are no spelling of one name."""


def is_persian(text: str) -> bool:
    """Whether a text has letters that Arabic does not write but Persian and its neighbours do."""
    return not _PERSIAN.isdisjoint(text)


@lru_cache(maxsize=1 << 14)
def _bare(run: str) -> str:
    """A word without marks and lengthening, one letter for those that are written for one another."""
    same = load_arabic().same
    letters = (same.get(letter, letter) for letter in unicodedata.normalize("NFC", run))
    return "".join(letter for letter in letters if letter != "ـ" and not unicodedata.category(letter).startswith("M"))


def _key(run: str) -> str:
    return _bare(run).translate(_LOOKED_UP)


@cache
def _lexicon() -> Mapping[str, tuple[str, ...]]:
    """Names by written form, as words are looked up."""
    found: dict[str, dict[str, None]] = {}
    for form, names in load_arabic().names.items():
        found.setdefault(_key(form), {}).update(dict.fromkeys(names))
    return {form: tuple(names) for form, names in found.items()}


def _parts(run: str) -> tuple[str, ...]:
    """A written word cut into the words glued in it: the article, Abd, Abu, and a name before al-."""
    key, lexicon = _key(run), _lexicon()
    if key in lexicon:
        return (key,)
    if key.startswith("عبدال") and len(key) > 6:
        return ("عبد", "ال", key[5:])
    if key.startswith("ال") and len(key) > 4:
        return ("ال", key[2:])
    if key.startswith("ابو") and key[3:] in lexicon:
        return ("ابو", key[3:])
    middle = key.find("ال", 2)
    if middle > 1 and key[:middle] in lexicon and key[middle + 2 :] in lexicon:
        return (key[:middle], "ال", key[middle + 2 :])
    return (_bare(run),)


def meaning(run: str) -> tuple[str, ...]:
    """The English of a word of company names, with or without the article; () for other words."""
    return _meanings().get(_key(run).removeprefix("ال"), ())


@cache
def _meanings() -> Mapping[str, tuple[str, ...]]:
    return {_key(word): tuple(english.split()) for english, words in load_arabic().meanings.items() for word in words}


def knows_most(runs: Sequence[str]) -> bool:
    """Whether most of the words, without articles and the like, are known names."""
    particles = load_arabic().particles
    known = unknown = 0
    for run in runs:
        for part in _parts(run):
            names = _lexicon().get(_key(part), ())
            if names and names[0] in particles:
                continue
            if names or _key(_stem(part)) in _lexicon() or _two_names(part):
                known += 1
            else:
                unknown += 1
    return known > unknown


def _stem(part: str) -> str:
    """A word without an ending that makes one name of another, such as -ullah, -zadeh and the -i of origin."""
    return next((part.removesuffix(end) for end in load_arabic().endings if part.endswith(end)), part)


@lru_cache(maxsize=1 << 14)
def _two_names(part: str) -> tuple[str, str] | None:
    """The two known names that a word is written together from, as Ali and Rida in علیرضا; the first the longer."""
    key, lexicon, particles = _key(part), _lexicon(), load_arabic().particles
    for end in range(len(key) - 3, 2, -1):
        pair = key[:end], key[end:]
        if all(one in lexicon and lexicon[one][0] not in particles for one in pair):
            return pair
    return None


@lru_cache(maxsize=1 << 14)
def voweled(run: str, persian: bool) -> tuple[str, ...]:
    """The words of a written word with vowels; those of unknown names are a plain guess."""
    return tuple(_with_vowels(part, persian) for part in _parts(run))


@lru_cache(maxsize=1 << 14)
def _with_vowels(part: str, persian: bool) -> str:
    lexicon = _lexicon()
    names = lexicon.get(_key(part))
    if names:
        return load_arabic().persian.get(names[0], names[0]) if persian else names[0]
    stem = _stem(part)
    two = None if _key(stem) in lexicon else _two_names(part)
    if two:
        return "".join(_with_vowels(one, persian) for one in two)
    if len(stem) < 2:
        return _guess(part, persian)
    return lexicon.get(_key(stem), (_guess(stem, persian),))[0] + load_arabic().endings.get(part[len(stem) :], "")


@lru_cache(maxsize=1 << 14)
def consonants(run: str, persian: bool) -> tuple[str, ...]:
    """The words of a written word in Latin consonants, with a, w and y where a letter may be a long vowel."""
    particles = load_arabic().particles
    parts = _parts(run)
    if len(parts) == 1:
        parts = (_bare(run),)
    words = []
    for part in parts:
        names = _lexicon().get(_key(part), ("",))
        words.append(names[0] if names[0] in particles else _without_vowels(part, persian))
    return tuple(words)


def _without_vowels(part: str, persian: bool) -> str:
    """The letters of a word; an a parts two that would be read as one, such as the s and h of صحرا."""
    word = ""
    for sound in _letters(part, persian):
        word += "a" + sound if word[-1:] in _BEFORE_H and sound in {"h", "kh"} else sound
    return word


def _letters(part: str, persian: bool) -> list[str]:
    table = load_arabic()
    own = table.persian_letters if persian else {}
    return [own.get(letter) or table.letters.get(letter, plain(letter)) for letter in part]


def _guess(part: str, persian: bool) -> str:
    """Vowels by the commonest patterns: CaCaC, CaCCaC, and CaCiC after a long a."""
    sounds = [letter for letter in _letters(part, persian) if letter]
    out: list[str] = []
    for place, sound in enumerate(sounds):
        after = sounds[place + 1] if place + 1 < len(sounds) else ""
        follows = bool(out) and out[-1] not in {"a", "i", "u"}
        if sound in {"w", "y"} and follows and (not after or after not in {"a", "w", "y"}):
            out.append("u" if sound == "w" else "i")
            continue
        out.append(sound)
        if sound == "a" or not after or after in {"a", "w", "y"}:
            continue
        closes = place > 0 and not follows and place + 2 < len(sounds)
        if not closes:
            out.append("i" if place > 0 and sounds[place - 1] == "a" else "a")
    return "".join(out)


def arabic_keys(word: str) -> Iterator[str]:
    """Written forms of the known names that a Latin word can be, with what is glued to them."""
    if len(word) > _LONGEST:
        return
    found = list(_spelt(word))
    if not found and len(word) > 5:
        found = list(_glued(word))
    yield from found[:_MOST]


def _spelt(word: str) -> Iterator[str]:
    index = _by_form()
    seen: dict[str, None] = {}
    for form in forms(word):
        seen.update(dict.fromkeys(index.get(form, ())))
    yield from seen


def _glued(word: str) -> Iterator[str]:
    """Keys of Abdulrahman, Alhasan, Nuruddin and Habibullah, by their parts."""
    if head := ABD.match(word):
        yield from ("عبد " + rest for rest in _spelt(word[head.end() :]))
    if tail := DIN.search(word):
        yield from (first + " دين" for first in _spelt(word[: tail.start()]))
    if tail := ULLAH.search(word):
        yield from (first + " الله" for first in _spelt(word[: tail.start()]))
    if head := ARTICLE.match(word):
        yield from _spelt(word[head.end() :])


@cache
def _by_form() -> Mapping[str, tuple[str, ...]]:
    """By form of a Latin spelling: the written forms of the names that can be spelt so."""
    table = load_arabic()
    written: dict[str, dict[str, None]] = {}
    for key, names in _lexicon().items():
        for name in names:
            written.setdefault(name, {})[key] = None
    found: dict[str, dict[str, None]] = {}
    for name, keys in written.items():
        for spelling in (name, *table.spellings.get(name, ())):
            for form in forms(spelling):
                found.setdefault(form, {}).update(keys)
    return {form: tuple(keys) for form, keys in found.items()}
