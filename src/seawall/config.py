"""Settings: one frozen object, and the only reader of the environment.

| setting | variable | what it is | default |
|---|---|---|---|
| `data` | `SEAWALL_DATA` | folder of list snapshots | the user's data folder |
| `threshold` | `SEAWALL_THRESHOLD` | least score of a hit, in [0, 1] | 0.70 |
| `certain` | `SEAWALL_CERTAIN` | least score at which a party is taken to be the listed one, not just maybe | 0.85 |
| `limit` | `SEAWALL_LIMIT` | most hits per party | 5 |
| `workers` | `SEAWALL_WORKERS` | threads that look for names, 0 for one per core | 0 |
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from seawall.errors import UsageError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run can be told. Scores in [0, 1], `threshold` <= `certain`, `limit` at least 1, `workers` 0 or more."""

    data: Path
    threshold: float = 0.70
    certain: float = 0.85
    limit: int = 5
    workers: int = 0

    @property
    def threads(self) -> int:
        """`workers`, or the number of cores."""
        return self.workers or os.cpu_count() or 1

    def __post_init__(self) -> None:
        if not 0.0 <= self.threshold <= self.certain <= 1.0:
            raise UsageError(
                f"thresholds must satisfy 0 <= threshold <= certain <= 1, not {self.threshold} and {self.certain}"
            )
        if self.limit < 1:
            raise UsageError(f"limit must be at least 1, not {self.limit}")
        if self.workers < 0:
            raise UsageError(f"workers must be 0 or more, not {self.workers}")


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the `SEAWALL_*` variables. Raises UsageError naming the variable whose value cannot be read."""
    env = os.environ if environment is None else environment
    home = Path(env.get("XDG_DATA_HOME") or Path(env.get("HOME", ".")) / ".local" / "share")
    return Settings(
        data=Path(env.get("SEAWALL_DATA") or home / "seawall"),
        threshold=_number(env, "SEAWALL_THRESHOLD", 0.70),
        certain=_number(env, "SEAWALL_CERTAIN", 0.85),
        limit=int(_number(env, "SEAWALL_LIMIT", 5)),
        workers=int(_number(env, "SEAWALL_WORKERS", 0)),
    )


def _number(env: Mapping[str, str], key: str, default: float) -> float:
    text = env.get(key, "")
    if not text:
        return default
    try:
        return float(text)
    except ValueError as error:
        raise UsageError(f"{key} must be a number, not {text!r}") from error
