"""The built-in ledger: what States notified under caps, as the Committee published it, through the press."""

from __future__ import annotations

from importlib.resources import files

FILE = "figures/ledger.csv"


def ledger_bytes() -> bytes:
    """The ledger, as the CSV that a user would write. Sources stand in each row."""
    return files("seawall.tables").joinpath(FILE).read_bytes()
