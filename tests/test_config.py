"""Settings come from SEAWALL_* and bad ones name the variable."""

from pathlib import Path

import pytest

from seawall.config import settings
from seawall.errors import UsageError


def test_defaults():
    found = settings({"HOME": "/home/someone"})
    assert found.data == Path("/home/someone/.local/share/seawall")
    assert (found.threshold, found.certain, found.limit, found.workers) == (0.70, 0.85, 5, 0)


def test_variables_win():
    found = settings(
        {
            "SEAWALL_DATA": "here",
            "SEAWALL_THRESHOLD": "0.8",
            "SEAWALL_CERTAIN": "0.9",
            "SEAWALL_LIMIT": "3",
            "SEAWALL_WORKERS": "2",
        }
    )
    assert found.workers == 2
    assert (found.data, found.threshold, found.certain, found.limit) == (Path("here"), 0.8, 0.9, 3)


@pytest.mark.parametrize(
    ("env", "names"),
    [
        ({"SEAWALL_THRESHOLD": "high"}, "SEAWALL_THRESHOLD"),
        ({"SEAWALL_THRESHOLD": "0.9", "SEAWALL_CERTAIN": "0.8"}, "threshold <= certain"),
        ({"SEAWALL_LIMIT": "0"}, "limit"),
        ({"SEAWALL_WORKERS": "-1"}, "workers"),
        ({"SEAWALL_WORKERS": "all"}, "SEAWALL_WORKERS"),
    ],
)
def test_bad_values_are_named(env, names):
    with pytest.raises(UsageError, match=names):
        settings(env)
