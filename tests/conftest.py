"""What tests share: where the research files lie, if they are there."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared():
    """The folder of research files beside the project; the test is skipped where it is absent."""
    folder = Path(__file__).parents[2] / "shared"
    if not (folder / "lists").is_dir():
        pytest.skip("the research files beside the project are not here")
    return folder
