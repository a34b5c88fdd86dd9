"""Seawall: does this dealing breach the sanctions regime, under which paragraph, on that day.

    import seawall
    from datetime import date

    wall = seawall.open(lists=["lists/un"])                      # or seawall.open(): the snapshot, else the casebook
    case = seawall.check(wall, seawall.read_dealings("deals.csv"), on=date(2018, 3, 1))

Nothing is loaded until it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from seawall.errors import SeawallError
    from seawall.flow import Wall, check, compare, load_lists, open, read_dealings, read_pairs, read_parties, screen

__version__ = "0.1.0"
__all__ = [
    "SeawallError", "Wall", "__version__", "check", "compare", "load_lists", "open", "read_dealings", "read_pairs",
    "read_parties", "screen",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'seawall' has no attribute {name!r}")
    return getattr(import_module("seawall.errors" if name == "SeawallError" else "seawall.flow"), name)
