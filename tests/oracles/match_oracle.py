"""The slow twin of the matcher: words as objects, names as lists of them, every pair compared, nothing indexed.

It shares with the matcher the tables (costs of letters, kinds of keys, weights) and what is known of each word, which
it reads from a lexicon; all arithmetic is written again, plainly. Where the matcher keeps a number in 32 bits and then
compares it with a limit, so does the twin.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from seawall.match.alike import CHINESE_NAME, FAR, GENDERS, INITIAL, KOREAN_NAME, LEAST
from seawall.match.index import Index
from seawall.match.lexicon import CHINESE, KINSHIP, KOREAN, Lexicon, Trait
from seawall.match.measure import BANDS, FEATURES
from seawall.match.names import Names
from seawall.match.scoring import SAME, chance, logit
from seawall.match.screening import Asked
from seawall.match.spelling import CHANGE, LOSS
from seawall.match.weights import kind_weights, name_weights

DOUBLE, SWAP = np.float32(0.20), np.float32(0.75)
NUMBER, ABJAD, LETTER = int(Trait.NUMBER), int(Trait.ABJAD), int(Trait.INITIAL)
LITTLE = int(Trait.LEGAL | Trait.PARTICLE | Trait.GENERIC | Trait.TITLE)
ALONE = NUMBER | ABJAD | LETTER
"""Words of these kinds are never part of a word, nor two words."""
FEW_WORDS = 5

Letters = tuple[int, ...]


# Distances


def distance(a: Letters, b: Letters) -> float:
    """The least cost of turning a into b by changing, leaving out, putting in and swapping letters."""
    table = {(0, 0): np.float32(0)}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            ways = [table[i, j]] if (i, j) in table else []
            if i:
                ways.append(table[i - 1, j] + loss(a, i - 1))
            if j:
                ways.append(table[i, j - 1] + loss(b, j - 1))
            if i and j:
                ways.append(table[i - 1, j - 1] + CHANGE[a[i - 1], b[j - 1]])
            if i > 1 and j > 1 and a[i - 2 : i] == (b[j - 1], b[j - 2]) and a[i - 1] != a[i - 2]:
                ways.append(table[i - 2, j - 2] + SWAP)
            table[i, j] = min(ways)
    return float(table[len(a), len(b)])


def loss(word: Letters, place: int) -> np.float32:
    """What it costs to leave out one letter: less where the one before is the same."""
    return DOUBLE if place and word[place] == word[place - 1] else LOSS[word[place]]


def plain_distance(a: Letters, b: Letters) -> int:
    """How many changes, losses, additions and swaps of neighbours turn a into b (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i, letter in enumerate(a):
        here = [i + 1]
        for j, other in enumerate(b):
            here.append(min(above[j + 1] + 1, here[j] + 1, above[j] + (letter != other)))
            if i and j and letter == b[j - 1] and a[i - 1] == other:
                here[-1] = min(here[-1], before[j - 1] + 1)
        before, above = above, here
    return above[-1]


# Words


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What is known of a word. Words of different lexicons are never equal; `hash` says whether they are written so."""

    hash: int
    letters: Letters
    sounds: Letters
    bones: Letters
    keys: frozenset[int]
    traits: int
    place: int
    weight: float


def word(lexicon: Lexicon, n: int) -> Word:
    """Word n of a lexicon."""

    def part(flat: np.ndarray, at: np.ndarray) -> Letters:
        return tuple(flat[at[n] : at[n + 1]].tolist())

    return Word(
        hash=int(lexicon.hashes[n]),
        letters=part(lexicon.codes, lexicon.code_at),
        sounds=part(lexicon.folds, lexicon.fold_at),
        bones=part(lexicon.bones, lexicon.bone_at),
        keys=frozenset(part(lexicon.keys, lexicon.key_at)),
        traits=int(lexicon.traits[n]),
        place=int(lexicon.places[n]) if lexicon.traits[n] & Trait.PLACE else 0,
        weight=float(lexicon.weights[n]),
    )


@cache
def alike(a: Word, b: Word, both: int) -> float:
    """How alike two words are, 0 if below `LEAST`; `both` says of which languages both their names can be."""
    if a.hash == b.hash:
        return 1.0
    kin = max((kinship(key & 7, both) for key in a.keys & b.keys), default=0.0)
    traits = a.traits | b.traits
    if a.place and b.place and a.place != b.place:
        return kin
    if traits & NUMBER:
        return kin
    if traits & ABJAD:
        return short(max(kin, consonants(a.bones, b.bones)))
    if traits & LETTER:
        return short(max(kin, INITIAL)) if a.letters[:1] == b.letters[:1] != () else kin
    far = FAR * 0.5 * (len(a.sounds) + len(b.sounds)) + 0.5
    own = {*a.sounds} - {*b.sounds}, {*b.sounds} - {*a.sounds}
    if len(own[0]) + len(own[1]) > 2 * far or (abs(len(a.sounds) - len(b.sounds)) > far and all(own)):
        return kin
    return short(spelled(a.letters, b.letters, a.sounds, b.sounds, kin))


def short(value: float) -> float:
    """A number as 32 bits hold it."""
    return float(np.float32(value))


def kinship(kind: int, both: int) -> float:
    """What a shared key of a kind is worth between names of these languages."""
    if (kind == KOREAN and not both & KOREAN_NAME) or (kind == CHINESE and not both & CHINESE_NAME):
        return 0.0
    return float(KINSHIP[kind])


def consonants(x: Letters, y: Letters) -> float:
    """How alike two words are of which only consonants are known."""
    if not x or not y:
        return 0.0
    mean = (len(x) + len(y)) / 2
    cost = plain_distance(x, y)
    if cost > 2:
        return 0.0
    most = 0.94 if mean >= 3 else 0.90 if mean >= 2 else 0.78
    found = most - 1.1 * cost / (mean + 1)
    return found if found >= LEAST else 0.0


def spelled(x: Letters, y: Letters, heard_x: Letters, heard_y: Letters, kin: float) -> float:
    """How alike two words are by letters and sounds, at least `kin`."""
    mean, sounds = (len(x) + len(y)) / 2, (len(heard_x) + len(heard_y)) / 2
    found = kin
    most = FAR * sounds + 0.5
    if sounds and abs(len(heard_x) - len(heard_y)) <= most and (cost := plain_distance(heard_x, heard_y)) <= most:
        found = max(found, 0.96 * (1 - cost / sounds))
        by_letters = 1 - distance(x, y) / mean
        if by_letters > LEAST:
            found = max(found, by_letters)
    if max(len(x), len(y)) <= 4 and found < 0.96:
        found -= 0.05
    size = min(len(x), len(y))
    if size >= 4 and len(x) != len(y) and x[:size] == y[:size]:
        found = max(found, 0.75)
    if found > GENDERS and size >= 4 and two_genders(x, y):
        found = max(kin, GENDERS)
    return found if found >= LEAST else 0.0


def two_genders(x: Letters, y: Letters) -> bool:
    """Whether one is the other with an a at its end, or they end in a and in o and are the same otherwise."""
    a, o = 1, 15
    return (*x, a) == y or (*y, a) == x or (x[:-1] == y[:-1] and {x[-1], y[-1]} == {a, o})


def value(likeness: float) -> float:
    """What a likeness is worth."""
    return max(0.0, 2 * likeness - 1) ** 1.35


# Names


@dataclass(frozen=True, slots=True)
class Row:
    """A name read one way: its words, which languages it can be of, how it was read."""

    words: tuple[Word, ...]
    languages: int
    way: int


def named(names: Names, lexicon: Lexicon) -> list[Row]:
    """The rows of a set of names."""
    words = [word(lexicon, n) for n in range(len(lexicon.hashes))]
    return [
        Row(
            tuple(words[n] for n in names.words[names.at[r] : names.at[r + 1]].tolist()),
            int(names.traits[r]),
            int(names.ways[r]),
        )
        for r in range(len(names.at) - 1)
    ]


@dataclass(frozen=True, slots=True)
class Match:
    """Words of one name that stand for words of the other, by their places: one for one, or two for one."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    like: float

    def weights(self, x: Sequence[Word], y: Sequence[Word]) -> tuple[float, float]:
        """What the words weigh on either side."""
        return sum(x[i].weight for i in self.left), sum(y[j].weight for j in self.right)

    def initial(self, x: Sequence[Word], y: Sequence[Word]) -> bool:
        """Whether one side is the initial or the two initials of the other."""
        if self.like >= 0.999:
            return False
        first, second = x[self.left[0]], y[self.right[0]]
        if len(self.left) + len(self.right) > 2:
            return self.like == INITIAL and min(len(first.letters), len(second.letters)) <= 2
        return bool((first.traits | second.traits) & LETTER)


def matches(x: Sequence[Word], y: Sequence[Word], both: int) -> list[Match]:
    """The best matches first, each word in one of them at most."""
    singles = [
        Match((i,), (j,), like) for i, a in enumerate(x) for j, b in enumerate(y) if (like := alike(a, b, both)) > 0
    ]
    joins = [Match(two, (j,), like) for j, b in enumerate(y) for two, like in joined(x, b, len(y), both)]
    joins += [Match((i,), two, like) for i, a in enumerate(x) for two, like in joined(y, a, len(x), both)]

    def gain(match: Match) -> float:
        weight = sum(match.weights(x, y))
        return value(match.like) * (weight + 0.01) - 0.001 * abs(match.left[0] - match.right[0])

    found: list[Match] = []
    free = singles + joins
    while free and gain(best := max(free, key=gain)) > 0:
        found.append(best)
        free = [m for m in free if not {*m.left} & {*best.left} and not {*m.right} & {*best.right}]
    return found


def joined(x: Sequence[Word], whole: Word, others: int, both: int) -> list[tuple[tuple[int, int], float]]:
    """Which two words of x are like one word of another name of `others` words, if they are written as one."""
    size = len(whole.letters)
    alone = [alike(word, whole, both) for word in x]
    if len(x) < 2 or size < 2 or whole.traits & ALONE or any(like >= short(0.9) for like in alone):
        return []
    far = len(x) <= FEW_WORDS and len(x) > others and size >= 6
    found = []
    for i, a in enumerate(x):
        for j, b in enumerate(x):
            if i == j or not (j == i + 1 or far) or (a.traits | b.traits) & ALONE:
                continue
            like = as_one(a, b, whole, near=j == i + 1)
            if like > max(alone[i], alone[j]):
                found.append(((i, j), short(like)))
    return found


@cache
def as_one(a: Word, b: Word, whole: Word, *, near: bool) -> float:
    """How alike two words written as one are to a word, or their initials to a word of two letters."""
    letters, size = a.letters + b.letters, len(whole.letters)
    if size == 2:
        return INITIAL if near and len(letters) > 4 and whole.letters == (a.letters[0], b.letters[0]) else 0.0
    if size < 4 or abs(len(letters) - size) > 1 + size // 5:
        return 0.0
    sounds = a.sounds + b.sounds
    if len({*sounds} ^ {*whole.sounds}) > 4:
        return 0.0
    heard = tuple(s for n, s in enumerate(sounds) if n == 0 or s != sounds[n - 1])
    return (0.98 if near else 0.95) * spelled(letters, whole.letters, heard, whole.sounds, 0.0)


def features(one: Row, other: Row, *, apart: bool = True) -> tuple[dict[str, float], list[Match]]:
    """What two names say of each other, by `FEATURES`; `whole` is left at 0 unless `apart`."""
    x, y = one.words, other.words
    found = matches(x, y, one.languages & other.languages)
    out = dict.fromkeys(FEATURES, 0.0)
    counted = {id(m): m.weights(x, y) for m in found}
    for m in found:
        if m.initial(x, y):
            counted[id(m)] = (min(counted[id(m)]),) * 2
    lone_x = [a for i, a in enumerate(x) if all(i not in m.left for m in found)]
    lone_y = [b for j, b in enumerate(y) if all(j not in m.right for m in found)]
    miss_x, miss_y = sum(a.weight for a in lone_x), sum(b.weight for b in lone_y)
    total_x = miss_x + sum(wx for wx, _ in counted.values())
    total_y = miss_y + sum(wy for _, wy in counted.values())
    telling = [m for m in found if not m.initial(x, y) and not says_little(m, x)]
    weakest = min((m.like for m in telling), default=1.0) if found else 0.0
    agreed_x = sum(value(m.like) * counted[id(m)][0] for m in found) / total_x
    agreed_y = sum(value(m.like) * counted[id(m)][1] for m in found) / total_y
    evidence = sum(value(m.like) * min(counted[id(m)]) for m in found)
    for m in found:
        band = next(name for name, least in zip(FEATURES, BANDS, strict=False) if m.like >= least)
        out["initials" if m.initial(x, y) else band] += sum(counted[id(m)]) / (total_x + total_y)
        if (x[m.left[0]].traits ^ y[m.right[0]].traits) & ABJAD:
            out["skeleton"] += sum(counted[id(m)]) / (total_x + total_y)
    pairs = [(m, n) for k, m in enumerate(found) for n in found[:k]]
    turned = [(m, n) for m, n in pairs if (m.left[0] - n.left[0]) * (m.right[0] - n.right[0]) < 0]
    numbers = [any(word.traits & NUMBER for word in lone) for lone in (lone_x, lone_y)]
    places = [next((word.place for word in reversed(lone) if word.place), 0) for lone in (lone_x, lone_y)]
    out |= {
        "asked_missing": miss_x / total_x,
        "listed_missing": miss_y / total_y,
        "differing": min(miss_x, miss_y),
        "little": min(evidence, 0.8),
        "enough": min(max(evidence - 0.8, 0.0), 0.8),
        "weakest": weakest,
        "firm": max(0.0, weakest - 0.75),
        "numbers": 1.0 if all(numbers) else 0.6 if any(numbers) else 0.0,
        "places": (1.0 if places[0] != places[1] else 0.0) if all(places) else 0.35 if any(places) else 0.0,
        "order": len(turned) / max(1, len(pairs)),
        "spread": (1 - (agreed_x + agreed_y) / 2) ** 2,
        "product": agreed_x * agreed_y,
        "single": float(len(telling) <= 1),
        "forms": float(all(any(word.traits & Trait.FORM for word in lone) for lone in (lone_x, lone_y))),
        "middles": float(
            all(any(word.traits & (LETTER | Trait.PATRONYMIC) for word in lone) for lone in (lone_x, lone_y))
        ),
    }
    if apart:
        out["whole"] = 4 * max(0.0, (1.0 if out["exact"] >= 0.999 else written_whole(x, y)) - 0.75)
    if one.way != other.way:
        out[FEATURES[FEATURES.index("middles") + max(one.way, other.way)]] = 1.0
    return out, found


def says_little(match: Match, x: Sequence[Word]) -> bool:
    """Whether the word of a match is of a kind that many names have."""
    return len(match.left) == 1 and bool(x[match.left[0]].traits & LITTLE)


def written_whole(x: Sequence[Word], y: Sequence[Word]) -> float:
    """How alike two names are written without spaces, by sound; 0 if they are not."""
    a, b = (tuple(sound for word in words for sound in word.sounds)[:64] for words in (x, y))
    longest = max(len(a), len(b))
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 0.3 * longest:
        return 0.0
    cost = plain_distance(a, b)
    return 1 - cost / longest if cost <= 0.3 * longest else 0.0


def odds(found: dict[str, float]) -> float:
    """The log-odds of features."""
    total = float(name_weights()[-1]) + sum(
        float(w) * found[name] for name, w in zip(FEATURES, name_weights(), strict=False)
    )
    agrees = found["exact"] >= 0.999 and found["little"] >= 0.5
    read_otherwise = any(found[name] for name in FEATURES[FEATURES.index("single") + 1 :])
    return max(total, float(SAME)) if agrees and not read_otherwise else total


# Lists


def screen(index: Index, asked: Asked, threshold: float, limit: int) -> list[list[tuple[str, float]]]:
    """Of each query the ids and scores of its hits by names alone, every listed name compared, best first."""
    listed = named(index.names, index.lexicon)
    owners = [index.entities[index.owners[n]].id for n in index.names.name.tolist()]
    costs = [float(kind_weights()[index.kinds[n]]) for n in index.names.name.tolist()]
    best: list[dict[str, float]] = [{} for _ in range(int(asked.query.max()) + 1)]
    floor, reach = logit(threshold), float(name_weights()[FEATURES.index("whole")])
    for row, name in zip(named(asked.names, asked.lexicon), asked.names.name.tolist(), strict=True):
        scores = best[asked.query[name]]
        for other, owner, cost in zip(listed, owners, costs, strict=True):
            # What the names say written as one adds `reach` at most, and is slow to find.
            if odds(features(row, other, apart=False)[0]) + cost + reach < floor:
                continue
            found = odds(features(row, other)[0]) + cost
            scores[owner] = max(scores.get(owner, -math.inf), found)
    return [
        sorted(
            ((key, chance(found)) for key, found in scores.items() if chance(found) >= threshold),
            key=lambda one: (-one[1], one[0]),
        )[:limit]
        for scores in best
    ]
