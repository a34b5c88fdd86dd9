"""Names to words: the functions of `seawall.match.scripts` that the rest of this room asks for by this name."""

from seawall.match.scripts import fold, is_abjad, normalise, romanise, skeleton

__all__ = ["fold", "is_abjad", "normalise", "romanise", "skeleton"]
