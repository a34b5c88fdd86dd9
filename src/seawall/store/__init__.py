"""Where lists are kept: immutable snapshots in Parquet, named by the hash of what went into them.

DATA/snapshots/<hash>/entities.parquet, editions.parquet
DATA/current                                  the name of the snapshot in use
"""

from seawall.store.snapshot import Snapshot, current, save

__all__ = ["Snapshot", "current", "save"]
