"""Countries and flows as publishers of trade statistics write them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pycountry

from seawall.model.trade import WORLD, TradeFlow
from seawall.tables.page import Page, Strict
from seawall.tables.territory import country_code

_FILE = "territories/trade_codes.yaml"
PART = "part"
"""A flow that another flow of the same file counts already."""


class _Codes(Strict):
    m49: dict[str, str]
    iso3: dict[str, str]
    world: tuple[str, ...]
    areas: tuple[str, ...]
    names: dict[str, str]
    cow: dict[str, str]
    flows: dict[str, tuple[str, ...]]


@cache
def partner_code(text: str) -> str:
    """A country's code by its M49 number, ISO code or name; `world`; `area:` and the code of what is no State.

    "" if it is not known.
    """
    plain = text.strip()
    key = plain.lstrip("0") or "0" if plain.isdigit() else plain
    return _codes().get(key) or country_code(plain)


@cache
def cow_code(text: str) -> str:
    """A country's code by its number in the Correlates of War project, `area:cow-` and the number of others."""
    number = text.removesuffix(".0")
    return _table().cow.get(number) or (f"area:cow-{number}" if number.isdigit() else "")


@cache
def flow_codes() -> dict[str, str]:
    """`TradeFlow` values, or `PART`, by what publishers call them, in lower case."""
    return {text.lower(): flow for flow, texts in _table().flows.items() for text in texts}


@cache
def _codes() -> dict[str, str]:
    table = _table()
    found = {c.numeric.lstrip("0"): c.alpha_2.lower() for c in pycountry.countries}
    found |= {area: f"area:{area}" for area in table.areas} | dict.fromkeys(table.world, WORLD)
    return found | table.m49 | table.iso3 | table.names


@cache
def _table() -> _Codes:
    """Raises TableError for a country or flow that is not known."""
    page = Page(files("seawall.tables").joinpath(_FILE), _FILE)
    table: _Codes = page.check(_Codes, ())
    for field in ("m49", "iso3", "names", "cow"):
        for key, code in getattr(table, field).items():
            if country_code(code) != code:
                raise page.error(f"{code!r} is no country", (field, key))
    for flow in table.flows:
        if flow not in {*TradeFlow, PART}:
            raise page.error(f"{flow!r} is no flow", ("flows", flow))
    return table
