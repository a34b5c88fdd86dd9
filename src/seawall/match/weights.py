"""The weights of the features of two names as columns."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from seawall.errors import TableError
from seawall.match.measure import FEATURES
from seawall.model import NameKind
from seawall.tables.weights import load_weights


@cache
def name_weights() -> NDArray[np.float32]:
    """The weights in the order of `measure.FEATURES`, the constant last. Raises TableError if they are not the same."""
    names = load_weights().names
    if set(names) != {*FEATURES, "constant"}:
        raise TableError(
            f"the features are {', '.join(FEATURES)}, and constant", file="matching/weights.yaml", field="names"
        )
    return np.array([names[name] for name in (*FEATURES, "constant")], dtype=np.float32)


@cache
def kind_weights() -> NDArray[np.float32]:
    """What each kind of name adds, in the order of `NameKind`."""
    return np.array([load_weights().kinds[kind.value] for kind in NameKind], dtype=np.float32)
