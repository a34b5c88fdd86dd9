"""Goods scopes by HS code and word, and factors between units of oil."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from seawall.errors import TableError
from seawall.model import Factor, Goods, Verification
from seawall.tables import hs
from seawall.tables.page import Page, Strict

_FACTORS = "factors.yaml"


class _Scope(Strict):
    hs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    hs_of: dict[int, tuple[str, ...]] = Field(default_factory=dict)
    """Codes that exist only in some HS editions, by edition."""
    verification: Verification
    note: str = ""


class _Factor(Strict):
    words: tuple[str, ...] = ()
    low: float = Field(gt=0)
    high: float = Field(gt=0)
    source: str = Field(min_length=1)


@cache
def load_goods() -> dict[str, Goods]:
    """Goods scopes by name, of every file in `tables/goods`.

    Raises TableError with file, line and field for a code that does not exist in its edition (a code without edition:
    in any since 2012), or a name that stands twice.
    """
    found: dict[str, Goods] = {}
    for path in sorted(_folder().iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml") and path.name != _FACTORS:
            for name, scope in read_goods(path).items():
                if name in found:
                    raise TableError(f"goods scope {name!r} stands twice", file=f"goods/{path.name}", field=name)
                found[name] = scope
    return found


def read_goods(path: Any) -> dict[str, Goods]:
    """The scopes of one file. Raises TableError with file, line and field."""
    page = Page(path, f"goods/{path.name}")
    return {str(name): _scope(page, name) for name in page.data}


def _scope(page: Page, name: str) -> Goods:
    scope: _Scope = page.check(_Scope, (name,))
    recent = [edition for edition in hs.editions() if edition >= 2012]
    for code in scope.hs:
        if not any(_exists(page, code, edition, (name, "hs")) for edition in recent):
            raise page.error(f"HS has no code {code} in any edition since 2012", (name, "hs"))
    for edition, codes in scope.hs_of.items():
        for code in codes:
            if not _exists(page, code, edition, (name, "hs_of")):
                near = ", ".join(map(str, hs.gone(_digits(code), edition))) or "none"
                raise page.error(f"HS {edition} has no code {code}; editions that have it: {near}", (name, "hs_of"))
    every = dict.fromkeys(_digits(c) for group in (scope.hs, *scope.hs_of.values()) for c in group)
    return Goods(str(name), tuple(every), scope.words, scope.verification, scope.note)


def _exists(page: Page, code: str, edition: int, where: tuple[Any, ...]) -> bool:
    try:
        return hs.exists(_digits(code), edition)
    except ValueError as error:
        raise page.error(str(error), where) from error


@cache
def load_factors() -> dict[str, Factor]:
    """Barrels of a tonne by name; `general` is for goods that no other names, `reported` for a ledger's tonnes."""
    page = Page(_folder().joinpath(_FACTORS), f"goods/{_FACTORS}")
    rows: dict[str, _Factor] = {name: page.check(_Factor, (name,)) for name in page.data}
    for name, row in rows.items():
        if row.low > row.high:
            raise page.error(f"low {row.low} is above high {row.high}", (name, "low"))
    return {name: Factor(row.words, row.low, row.high, row.source) for name, row in rows.items()}


def _folder() -> Any:
    return files("seawall.tables").joinpath("goods")


def _digits(code: str) -> str:
    return code.replace(".", "")
