"""Where lists are kept: immutable snapshots in Parquet, named by the hash of what went into them, and their indexes.

DATA/snapshots/<hash>/entities.parquet, editions.parquet, index/
DATA/current                                  the name of the snapshot in use
DATA/indexes/<hash>/                          indexes of lists that were given as files, the newest few
An index: columns (mapped into memory), entities (decoded one by one), read (editions, and rows that were not read)
"""

from seawall.store.columns import read_columns, write_columns
from seawall.store.folders import drafted, keep_newest
from seawall.store.records import Records, spooled
from seawall.store.snapshot import Snapshot, current, place_of_current, save

__all__ = [
    "Records",
    "Snapshot",
    "current",
    "drafted",
    "keep_newest",
    "place_of_current",
    "read_columns",
    "save",
    "spooled",
    "write_columns",
]
