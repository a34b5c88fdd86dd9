"""Find whom a list means: names across scripts and spellings, numbers, dates and countries, each with its reason."""

from seawall.match.comparing import Compared, compare
from seawall.match.identifiers import is_imo, normal_id
from seawall.match.index import Index, build, from_columns
from seawall.match.kernels import compiled
from seawall.match.screening import Options, candidates, screen
from seawall.match.scripts import normalise

__all__ = [
    "Compared",
    "Index",
    "Options",
    "build",
    "candidates",
    "compare",
    "compiled",
    "from_columns",
    "is_imo",
    "normal_id",
    "normalise",
    "screen",
]
