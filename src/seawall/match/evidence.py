"""What the comparison of two names found, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seawall.match.lexicon import Lexicon, Trait, Word
from seawall.match.measure import FEATURES
from seawall.match.names import Names
from seawall.model import NameKind


@dataclass(frozen=True, slots=True)
class Said:
    """Words that agree, words nearly so, words that only one side has, and what else counted."""

    same: tuple[str, ...]
    near: tuple[tuple[str, str], ...]
    only_asked: tuple[str, ...]
    only_listed: tuple[str, ...]
    notes: tuple[str, ...]

    def sentences(self, kind: NameKind | None) -> list[str]:
        """The parts of a reason."""
        parts = []
        if self.same:
            parts.append(f"{' '.join(self.same)} agree{'s' if len(self.same) == 1 else ''}")
        if self.near:
            parts.append(f"{', '.join(f'{a}~{b}' for a, b in self.near)} nearly")
        if self.only_asked:
            parts.append(f"not on the list: {' '.join(self.only_asked)}")
        if self.only_listed:
            parts.append(f"only on the list: {' '.join(self.only_listed)}")
        parts += self.notes
        if kind is not None and kind is not NameKind.PRIMARY:
            parts.append({NameKind.WEAK: "a weak alias", NameKind.FORMER: "a former name"}.get(kind, "an alias"))
        return parts


_NOTES = {
    "numbers": "numbers differ",
    "places": "places differ",
    "skeleton": "compared by consonants, as one script leaves vowels out",
}


def says(
    asked: Sequence[Word],
    listed: Sequence[Word],
    pairs: NDArray[np.int16],
    likes: NDArray[np.float32],
    features: NDArray[np.float32],
) -> Said:
    """What an alignment (`align.compare`) says of two names."""
    same, near = [], []
    left, right = set(range(len(asked))), set(range(len(listed)))
    for (i, i2, j, j2), like in sorted(zip(pairs.tolist(), likes.tolist(), strict=True)):
        ours, theirs = [p for p in (i, i2) if p >= 0], [p for p in (j, j2) if p >= 0]
        a = " ".join(asked[p].text for p in ours)
        b = " ".join(listed[p].text for p in theirs)
        left -= set(ours)
        right -= set(theirs)
        if like >= 0.999 and a == b:
            same.append(a)
        else:
            near.append((a, b))
    notes = [note for name, note in _NOTES.items() if features[FEATURES.index(name)] >= 0.5]
    return Said(
        same=tuple(same),
        near=tuple(near),
        only_asked=tuple(asked[i].text for i in sorted(left)),
        only_listed=tuple(listed[j].text for j in sorted(right)),
        notes=tuple(notes),
    )


def words_of(names: Names, lexicon: Lexicon, row: int) -> list[Word]:
    """The words of a row, from their codes."""
    found = []
    for word in names.words[names.at[row] : names.at[row + 1]]:
        codes = lexicon.codes[lexicon.code_at[word] : lexicon.code_at[word + 1]]
        text = "".join(chr(96 + c) if c < 27 else chr(21 + c) for c in codes.tolist())
        found.append(Word(text, bool(lexicon.traits[word] & Trait.ABJAD)))
    return found
