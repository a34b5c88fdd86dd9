"""Scenarios from YAML: a law and what is supposed of it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import Field

from seawall.model import Scenario
from seawall.tables.figures import read_records
from seawall.tables.page import Page, Strict


class _Scenario(Strict):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    law: str = Field(min_length=1)
    what_if: tuple[str, ...] = Field(min_length=1)


@cache
def load_scenarios() -> dict[str, Scenario]:
    """The built-in scenarios by id. Raises TableError with file, line and field."""
    folder = files("seawall.tables").joinpath("scenarios")
    found: dict[str, Scenario] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        page = Page(path, f"scenarios/{path.name}")
        for n, r in enumerate(read_records(page, _Scenario)):
            if r.id in found:
                raise page.error(f"{r.id} stands twice", (n, "id"))
            found[r.id] = Scenario(r.id, r.title, r.law, r.what_if)
    return found


def read_scenario(page: Page) -> Scenario:
    """One scenario of a user's page. Raises TableError."""
    r: _Scenario = page.check(_Scenario, ())
    return Scenario(r.id, r.title, r.law, r.what_if)
