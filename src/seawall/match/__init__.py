"""Find whom a list means: names across scripts and spellings, numbers, dates and countries, each with its reason."""

from seawall.match.identifiers import is_imo, normal_id
from seawall.match.index import Index, build
from seawall.match.screening import Options, screen
from seawall.match.scripts import fold, normalise, romanise

__all__ = ["Index", "Options", "build", "fold", "is_imo", "normal_id", "normalise", "romanise", "screen"]
