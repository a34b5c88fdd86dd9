"""A made-up trade of States in which it is known what was hidden: for measuring the mirror test.

Both sides of each flow differ as pairs of IMF DOTS totals of USD 10m to 300m do: the tenth and ninetieth percentile of
ln(imports at FOB / exports) are -0.97 and 1.44, tails are heavy, and a gap is like that of the year before (rank
correlation 0.82). Reporters differ in how far they are off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from seawall.model.trade import TRADE

STATES = (
    "ru", "cn", "kr", "jp", "de", "fr", "it", "pl", "es", "tr", "in", "th", "vn", "my", "id",
    "br", "mx", "ca", "us", "gb", "se", "fi", "no", "dk", "cz", "hu", "ro", "gr", "pt", "at",
)  # fmt: skip
TARGET = "kp"
GOODS = ("440710", "480100", "847130", "851712", "870323", "270900", "100190", "030617", "611020", "720839")
FREE = ("480100", "100190")
"""Goods that no measure bans to or from the target."""
YEARS = range(2012, 2021)
CIF = 1.06
LIKE_LAST_YEAR = 0.82
_TAIL = 3.0
_Q90_OF_T3 = 1.638
_LOW, _HIGH = 0.97, 1.44
_PART = 0.12
"""The share of all flows between two States that there are."""


@dataclass(slots=True)
class World:
    """Rows of trade, and by kind of plant the keys (exporter, importer, hs, year) that it touched."""

    rows: pl.DataFrame
    plants: dict[str, set[tuple[str, str, str, int]]] = field(default_factory=dict)


def world(seed: int) -> World:
    """Make the trade of one seed. Flows that plants touch are no ordinary ones, so the two can be counted apart."""
    rng = np.random.default_rng(seed)
    flows = _flows(rng)
    made = World(pl.DataFrame(schema=dict(TRADE)))
    lines: list[dict[str, Any]] = []
    order = list(flows)
    rng.shuffle(order)
    order = [tuple(key) for key in order]
    for key in order:
        for year, (imported, exported) in flows[key].items():
            lines += _both(key, year, imported, exported)
    lines = _planted(rng, order, lines, made)
    made.rows = pl.DataFrame(lines, schema=dict(TRADE))
    return made


def _flows(rng: np.random.Generator) -> dict[tuple[str, str, str], dict[int, tuple[float, float]]]:
    """Imports at CIF and exports by (exporter, importer, hs) and year."""
    off = {state: float(rng.uniform(0.5, 1.5)) for state in STATES}
    found = {}
    for exporter in STATES:
        for importer in STATES:
            for hs in GOODS:
                if exporter != importer and rng.random() < _PART:
                    size = np.exp(rng.uniform(np.log(1e7), np.log(3e8)))
                    apart = _noise(rng) * (off[exporter] + off[importer]) / 2
                    values = size * np.exp(rng.normal(0, 0.2, len(YEARS)))
                    found[exporter, importer, hs] = {
                        year: (float(v * np.exp(a / 2) * CIF), float(v * np.exp(-a / 2)))
                        for year, v, a in zip(YEARS, values, apart, strict=True)
                    }
    return found


def _noise(rng: np.random.Generator) -> Any:
    """ln gaps of one flow, a year each, in the measured law and with the measured likeness of one year to the next."""
    lasting = np.sqrt(LIKE_LAST_YEAR) * rng.normal()
    drawn = lasting + np.sqrt(1 - LIKE_LAST_YEAR) * rng.normal(size=len(YEARS))
    drawn = drawn * np.sqrt(_TAIL / rng.chisquare(_TAIL))
    return np.where(drawn < 0, _LOW, _HIGH) / _Q90_OF_T3 * drawn


def _both(key: tuple[str, str, str], year: int, imported: float, exported: float) -> Iterator[dict[str, Any]]:
    exporter, importer, hs = key
    yield row(importer, exporter, "import", hs, year, imported)
    yield row(exporter, importer, "export", hs, year, exported)


def row(reporter: str, partner: str, flow: str, hs: str, year: int, value: float) -> dict[str, Any]:
    """A row in the columns of a trade frame."""
    return {
        "reporter": reporter, "partner": partner, "flow": flow, "year": year, "hs": hs, "hs_edition": "H4",
        "level": len(hs), "value_usd": value, "basis": "cif" if flow == "import" else "fob", "file": "world", "row": 1,
    }  # fmt: skip


def _planted(
    rng: np.random.Generator, order: list[Any], lines: list[dict[str, Any]], made: World
) -> list[dict[str, Any]]:
    """The rows with all plants in them."""
    value = {(r["reporter"], r["partner"], r["flow"], r["hs"], r["year"]): r for r in lines}
    left = iter(key for key in order if TARGET not in key and "kr" not in key[:2] and "cn" not in key[:2])
    quiet = _quiet(value, left)
    for times in (2, 4, 8):
        made.plants[f"under-invoiced {times}x for 5 years"] = _under(value, quiet, times)
    made.plants["one year 2x"] = _one_year(value, quiet)
    for times in (2, 4, 8):
        made.plants[f"noisy flow, under-invoiced {times}x for 5 years"] = _under(value, left, times)
    extra = [*_swapped(rng, made), *_via_hub(rng, made), *_banned(rng, made)]
    return [*lines, *extra]


def _quiet(value: Mapping[Any, dict[str, Any]], left: Iterator[Any]) -> Iterator[Any]:
    """Flows made to differ by no more than a tenth of noise before something is planted in them."""
    for exporter, importer, hs in left:
        for year in YEARS:
            told = value[exporter, importer, "export", hs, year]["value_usd"]
            near = 1 + 0.1 * np.sin(year * 7 + len(hs) + ord(exporter[0]))
            value[importer, exporter, "import", hs, year]["value_usd"] = told * CIF * near
        yield exporter, importer, hs


def _under(value: Mapping[Any, dict[str, Any]], quiet: Iterator[Any], times: float) -> set[Any]:
    touched = set()
    for _, (exporter, importer, hs) in zip(range(30), quiet, strict=False):
        for year in list(YEARS)[-5:]:
            value[importer, exporter, "import", hs, year]["value_usd"] /= times
            touched.add((exporter, importer, hs, year))
    return touched


def _one_year(value: Mapping[Any, dict[str, Any]], quiet: Iterator[Any]) -> set[Any]:
    touched = set()
    for _, (exporter, importer, hs) in zip(range(60), quiet, strict=False):
        value[importer, exporter, "import", hs, 2016]["value_usd"] *= 2
        touched.add((exporter, importer, hs, 2016))
    return touched


def _swapped(rng: np.random.Generator, made: World) -> Iterator[dict[str, Any]]:
    """Importers that record under the target part of what its neighbour in name sends them."""
    touched = made.plants["partner taken for another"] = set()
    for importer in STATES[4:24]:
        for year in (2018, 2019):
            sent, wrong = float(rng.uniform(2e7, 2e8)), float(rng.uniform(0.5, 0.9))
            yield row("kr", importer, "export", "950300", year, sent)
            yield row(importer, "kr", "import", "950300", year, sent * CIF * (1 - wrong))
            yield row(importer, TARGET, "import", "950300", year, sent * CIF * wrong)
            touched |= {("kr", importer, "950300", year), (TARGET, importer, "950300", year)}


def _via_hub(rng: np.random.Generator, made: World) -> Iterator[dict[str, Any]]:
    """What goes by a hub: the importer records where it is from, the exporter the hub, and the hub that it passed."""
    touched = made.plants["passed through a hub"] = set()
    for importer in STATES[4:24]:
        for year in YEARS:
            straight, through = float(rng.uniform(1e7, 3e7)), float(rng.uniform(8e7, 2e8))
            yield row("cn", importer, "export", "850440", year, straight)
            yield row(importer, "cn", "import", "850440", year, (straight + through) * CIF)
            yield row("hk", importer, "re_export", "850440", year, through)
            touched.add(("cn", importer, "850440", year))


def _banned(rng: np.random.Generator, made: World) -> Iterator[dict[str, Any]]:
    """Coal of the target after its ban and in the year of the ban, and goods that no measure bans."""
    kinds = {
        "banned goods after the ban": ("270112", (2018, 2019)),
        "banned goods in the year of the ban": ("030749", (2017,)),
    }
    kinds["goods that are not banned"] = ("480100", (2018, 2019))
    for name, (hs, years) in kinds.items():
        touched = made.plants[name] = set()
        for importer in STATES[1:25]:
            for year in years:
                yield row(importer, TARGET, "import", hs, year, float(np.exp(rng.uniform(np.log(1e3), np.log(1e7)))))
                touched.add((TARGET, importer, hs, year))
