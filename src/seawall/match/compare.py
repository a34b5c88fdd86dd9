"""How alike two names are: words aligned one to one, each pair by spelling and sound, weighed by how much it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, Indel

from seawall.match.index import Tokens
from seawall.match.text import fold, skeleton
from seawall.tables.words import Words

_LEAST = 0.62
"""Words less alike than this are different words."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """`likeness` in [0, 1]; pairs of words that agreed with how well; words of either side that found no partner."""

    likeness: float
    pairs: tuple[tuple[str, str, float], ...]
    only_asked: tuple[str, ...]
    only_listed: tuple[str, ...]
    joined: bool = False


def align(asked: Tokens, listed: Tokens, words: Words) -> Alignment:
    """Align the words of two names, best pairs first. Numbers must agree exactly."""
    abjad = asked.abjad != listed.abjad
    scored = [
        (likeness, i, j)
        for i, a in enumerate(asked.words)
        for j, b in enumerate(listed.words)
        if (likeness := _alike(a, b, words, abjad)) >= _LEAST
    ]
    scored.sort(key=lambda item: (-item[0], abs(item[1] - item[2]), item[1]))
    left, right, pairs, agreed = set(range(len(asked.words))), set(range(len(listed.words))), [], 0.0
    for likeness, i, j in scored:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((asked.words[i], listed.words[j], likeness))
            agreed += likeness**1.5 * (asked.weights[i] + listed.weights[j])
    spare_left = sum(asked.weights[i] for i in left)
    spare_right = sum(listed.weights[j] for j in right)
    total = sum(asked.weights[i] for i in range(len(asked.words)) if i not in left)
    total += sum(listed.weights[j] for j in range(len(listed.words)) if j not in right)
    # A word that only one side has costs more on the side that is asked: lists carry more name parts than people use.
    total += 1.1 * spare_left + 0.8 * spare_right
    likeness = agreed / total if total else 0.0
    likeness *= _substance(pairs, asked, listed)
    if _numbers_differ(asked.words, listed.words):
        likeness *= 0.75  # "Fund I" is not "Fund II", nor the fifth ship of a name the sixth
    whole = _whole(asked, listed)
    only_asked = tuple(asked.words[i] for i in sorted(left))
    only_listed = tuple(listed.words[j] for j in sorted(right))
    if whole > likeness and not _numbers_differ(asked.words, listed.words):
        return Alignment(whole, tuple(pairs), only_asked, only_listed, joined=True)
    return Alignment(min(likeness, 1.0), tuple(pairs), only_asked, only_listed)


def _is_number(word: str) -> bool:
    return word.isdigit() or word in {"ii", "iii", "iv", "vi", "vii", "viii", "ix"}


def _numbers_differ(asked: Sequence[str], listed: Sequence[str]) -> bool:
    return sorted(filter(_is_number, asked)) != sorted(filter(_is_number, listed))


def _substance(pairs: Sequence[tuple[str, str, float]], asked: Tokens, listed: Tokens) -> float:
    """How far what agreed can identify anybody: one agreeing word of several, or only common ones, cannot."""
    weight = {word: w for t in (asked, listed) for word, w in zip(t.words, t.weights, strict=True)}
    said = sum(min(weight[a], weight[b]) for a, b, _ in pairs)
    longest = max(len(asked.words), len(listed.words))
    need = 0.75 if longest > 1 else 0.5
    return min(1.0, 0.55 + 0.45 * said / need)


def _whole(asked: Tokens, listed: Tokens) -> float:
    """The names written as one word, for words joined or cut across their gap."""
    if len(asked.words) == len(listed.words) or min(len(asked.joined), len(listed.joined)) < 6:
        return 0.0
    ratio = max(
        Indel.normalized_similarity(asked.joined, listed.joined, score_cutoff=0.8),
        0.98 * Indel.normalized_similarity(fold(asked.joined), fold(listed.joined), score_cutoff=0.8),
        Indel.normalized_similarity(_sorted(asked), _sorted(listed), score_cutoff=0.8),
    )
    return max(0.0, (ratio - 0.55) / 0.45) if ratio else 0.0


def _sorted(tokens: Tokens) -> str:
    return "".join(sorted(tokens.words))


@lru_cache(maxsize=1 << 20)
def _alike_cached(a: str, b: str, abjad: bool) -> float:
    if a == b:
        return 1.0
    if _is_number(a) or _is_number(b):
        return 0.0
    if len(a) == 1 or len(b) == 1:
        return 0.7 if a[0] == b[0] else 0.0
    spelling: float = DamerauLevenshtein.normalized_similarity(a, b)
    sound: float = 0.97 * DamerauLevenshtein.normalized_similarity(fold(a), fold(b))
    best = max(spelling, sound)
    if abjad and skeleton(a) and skeleton(b):
        best = max(best, 0.93 * DamerauLevenshtein.normalized_similarity(skeleton(a), skeleton(b)))
    if min(len(a), len(b)) <= 3 and best < 1.0:
        best *= 0.92  # a short word with a letter changed is another word more often than a long one
    if len(a) == len(b) > 2 and DamerauLevenshtein.distance(a, b, score_cutoff=1) == 1 and sorted(a) == sorted(b):
        best = max(best, 0.86)  # two neighbouring letters swapped, the commonest slip of the keyboard
    return best


def _alike(a: str, b: str, words: Words, abjad: bool) -> float:
    same = words.canonical.get(a)
    if a != b and same is not None and same == words.canonical.get(b):
        return 0.97
    form = words.legal_forms.get(a)
    if form is not None and form == words.legal_forms.get(b):
        return 1.0
    return _alike_cached(a, b, abjad)
