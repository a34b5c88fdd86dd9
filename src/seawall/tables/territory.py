"""Country names as publishers write them, to ISO 3166-1 alpha-2 codes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

import pycountry
import yaml

from seawall.tables.page import Page, Strict

_FILE = "territories/countries.yaml"
_GROUPS = "territories/groups.yaml"


@cache
def country_code(text: str) -> str:
    """The ISO 3166-1 alpha-2 code, lower case, of a code or name; "" if it is not known.

    Historical States have the codes of FollowTheMoney (`suhh`, `yucs`); `xk` is Kosovo, `eu` the European Union.
    """
    return _names().get(_key(text), "")


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in pycountry.countries:
        code = country.alpha_2.lower()
        for attribute in ("alpha_2", "alpha_3", "name", "official_name", "common_name"):
            value = getattr(country, attribute, None)
            if value:
                found[_key(value)] = code
    for code, names in _table()["names"].items():
        found.update({_key(name): code for name in (code, *names)})
    return found


@cache
def country_names() -> dict[str, str]:
    """What each State, and each group that has a name of its own, is called in a sentence, by lower-case code."""
    called: dict[str, str] = _table()["called"]
    return {country.alpha_2.lower(): str(country.name) for country in pycountry.countries} | called


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(files("seawall.tables").joinpath(_FILE).read_text(encoding="utf-8"))
    return table


class _Group(Strict):
    members: tuple[str, ...]
    source: str


@cache
def load_groups() -> dict[str, tuple[str, ...]]:
    """Groups of States by name, as codes of `country_code`. Raises TableError for a code that is not known."""
    page = Page(files("seawall.tables").joinpath(_GROUPS), _GROUPS)
    found: dict[str, tuple[str, ...]] = {}
    for name in page.data:
        group: _Group = page.check(_Group, (name,))
        for code in group.members:
            if country_code(code) != code:
                raise page.error(f"{code!r} is no country", (name, "members"))
        found[str(name)] = group.members
    return found


def _key(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip().casefold()
