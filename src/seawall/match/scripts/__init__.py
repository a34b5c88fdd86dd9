"""Names of any script in Latin letters, and how Latin words sound."""

from seawall.match.scripts.cleaning import words_of_many
from seawall.match.scripts.reading import Reading, is_abjad, normalise, readings, romanise, sounds
from seawall.match.scripts.sound import family, fold, skeleton

__all__ = [
    "Reading",
    "family",
    "fold",
    "is_abjad",
    "normalise",
    "readings",
    "romanise",
    "skeleton",
    "sounds",
    "words_of_many",
]
