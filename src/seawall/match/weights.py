"""What each feature of two names weighs, in log-odds."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import yaml

from seawall.match.measure import FEATURES
from seawall.model import NameKind

_T = yaml.safe_load(files("seawall.tables").joinpath("matching/weights.yaml").read_text())
WEIGHTS = np.array([_T.get(n,0.0) for n in FEATURES] + [_T["constant"]], dtype=np.float32)
DISCOUNTS = {NameKind.PRIMARY: 0.0, NameKind.ALIAS: 0.0, NameKind.FORMER: -0.05, NameKind.WEAK: -0.5}
