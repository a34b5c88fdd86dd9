"""What each feature of two names weighs, in log-odds."""
from __future__ import annotations
import numpy as np
from seawall.match.align import FEATURES
from seawall.model import NameKind

_TABLE = {"exact": 8.29, "same": 5.77, "close": 5.21, "near": 3.36, "far": -1.96, "faint": -7.32, "asked_missing": -10.55, "listed_missing": -2.25, "differing": -.11, "little": 0, "enough": 1.0, "weakest": 0, "numbers": -4.5, "places": -3, "whole": 4., "initials": -.96, "order": -1.29, "skeleton": -2.86, "spread": -.18}
CONSTANT = -4.5
WEIGHTS = np.array([_TABLE.get(n, 0.0) for n in FEATURES] + [CONSTANT], dtype=np.float32)
DISCOUNTS = {NameKind.PRIMARY: 0.0, NameKind.ALIAS: 0.0, NameKind.FORMER: -0.05, NameKind.WEAK: -0.5}
