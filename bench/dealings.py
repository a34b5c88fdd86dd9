"""Made-up dealings in bulk, as a frame of facts: ordinary trade of many countries, and some with the target.

The shares below are set by hand so that every test of the rulebook meets both what it looks for and what it does not;
they estimate nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from seawall.judge import Rulebook
from seawall.judge.facts import SCHEMA
from seawall.judge.rulebook import leaves_of
from seawall.model import Activity, Dealing, Evidence, Party, Role, Truth
from seawall.tables import hs

FIRST, LAST = date(2005, 1, 1), date(2026, 12, 31)
TARGET_SHARE = 0.08
"""How many dealings have the target in one of the places where a country may stand."""
GAPPY_SHARE, GAP = 1 / 3, 0.3
"""How many rows miss facts, and how likely each fact is to be missing in such a row."""

TRADE = ("export", "import", "supply", "transit")
SHIPS = ("charter", "insure", "register_vessel", "port_call", "bunker", "ship_to_ship", "repair")
COUNTRIES = (
    "cn", "us", "de", "jp", "kr", "nl", "fr", "it", "gb", "in", "sg", "ru", "hk", "mx", "ca", "es", "be", "ch", "ae",
    "tw", "pl", "br", "vn", "th", "my", "tr", "sa", "au", "se", "id", "ie", "cz", "at", "hu", "no", "dk", "fi", "ro",
    "za", "ir", "sk", "pt", "kw", "qa", "eg", "gr", "ng", "il", "ph", "iq", "ua", "ar", "cl", "kz", "pe", "bd", "lk",
    "pk", "by", "om", "lu", "bg", "hr", "si", "lt", "lv", "ee", "cy", "mt", "mn", "kh", "la", "mm", "np", "et", "ke",
    "tz", "ug", "mz", "ao", "gn", "sn", "ma", "tn", "dz", "ly", "sy", "lb", "jo", "ye", "pa", "lr", "mh", "bs", "bm",
    "ag", "bz", "km", "tg", "sl", "ge", "am", "az", "uz", "kg", "tj", "tm",
)  # fmt: skip
"""About in the order of how much they trade."""
FLAGS = ("pa", "lr", "mh", "hk", "sg", "cn", "ru", "km", "tg", "sl", "mn", "gr", "mt", "cy", "bs")
NOUNS = (
    "spare parts", "furniture", "machinery", "electronics", "wheat flour", "medicine", "books", "plastic film",
    "rubber hoses", "ceramic tiles", "paper", "laptop computers", "steel coil", "passenger cars", "toys", "fertiliser",
    "bicycles", "tea",
)  # fmt: skip
WORDS = (
    "new",
    "used",
    "assorted",
    "packed",
    "bulk",
    "sample",
    "order of",
    "container of",
    "part shipment of",
    "pallets of",
)
GAPS = (
    "day", "from_country", "to_country", "origin_country", "hs", "goods", "quantity", "unit", "value", "currency",
    "party_countries", "worker_nationality", "flag", "contract_date", "visa", "route", "share",
)  # fmt: skip


def make(rulebook: Rulebook, target: str, rows: int, *, seed: int = 1, share: float = TARGET_SHARE) -> pl.DataFrame:
    """Dealings as a frame of `judge.facts.SCHEMA`, with a column for each list that the rulebook asks about.

    The target of a regime has a place in a `share` of them.
    """
    rng = np.random.default_rng(seed)
    words, claims = _asked(rulebook, "goods"), _asked(rulebook, "claims")
    activity = _pick(rng, rows, list(Activity), [12 if a in TRADE else 1 for a in Activity])
    trade, ships = activity.is_in(TRADE), activity.is_in(SHIPS)
    columns: dict[str, pl.Series] = {
        "id": pl.int_range(rows, eager=True).cast(pl.String),
        "activity": activity,
        "day": pl.Series(rng.integers(0, (LAST - FIRST).days + 1, rows)).cast(pl.Int32) + _number(FIRST),
        **_countries(rng, ships, target, share),
        "hs": _where(trade | ships & _chance(rng, rows, 0.3), _codes(rng, rows, rulebook)),
        "goods": _where(trade | _chance(rng, rows, 0.3), _texts(rng, rows, words)),
        "quantity": pl.Series(np.exp(rng.normal(5, 3, rows)).round(2)),
        "unit": _pick(rng, rows, ["t", "kg", "bbl", "pcs", "l", "m3", "pairs"], [30, 30, 10, 15, 5, 5, 5]),
        "value": pl.Series(np.exp(rng.normal(10, 2, rows)).round(2)),
        "currency": _pick(rng, rows, ["usd", "eur", "cny", "rub", "jpy", "gbp"], [50, 25, 10, 8, 4, 3]),
        "visa": _where(activity == "hire", _pick(rng, rows, ["work", "student", "tourist", "none"], [6, 2, 1, 1])),
        "route": _where(
            _chance(rng, rows, 0.2),
            _pick(rng, rows, ["vladivostok-busan", "dandong-sinuiju", "khasan-rajin", "dalian-hamburg"], [5, 2, 1, 9]),
        ),
        "share": _where(activity.is_in(["joint_venture", "invest"]), pl.Series(rng.integers(1, 101, rows) * 1.0)),
        "claims": _several(rng, rows, claims, 0.15).fill_null(";"),
    }
    columns["day"] = columns["day"].cast(pl.Date)
    before = columns["day"] - pl.Series(rng.integers(0, 900, rows)).cast(pl.Duration("ms")) * 86_400_000
    columns["contract_date"] = _where(_chance(rng, rows, 0.6), before.cast(pl.Date))
    gappy = _chance(rng, rows, GAPPY_SHARE)
    for name in GAPS:
        columns[name] = _where(~(gappy & _chance(rng, rows, GAP)), columns[name])
    columns |= _listed(rng, rows, rulebook)
    return pl.DataFrame(columns).select([pl.col(c).cast(SCHEMA.get(c, pl.Boolean)) for c in columns])


def _listed(rng: np.random.Generator, rows: int, rulebook: Rulebook) -> dict[str, pl.Series]:
    """What screening found: in one dealing of fifty a listed party, or one that may be."""
    if not rulebook.asked:
        return {}
    columns = [column for column, *_ in rulebook.asked]
    picked = _where(_chance(rng, rows, 0.02), _pick(rng, rows, columns)).fill_null("")
    certain = _where(_chance(rng, rows, 0.5), pl.repeat(True, rows, eager=True))
    found = {}
    for column, authority, programs in rulebook.asked:
        # The party is listed under the first programme of the question that was picked; others may ask for that too.
        same = [(c, named[:1]) for c, other, named in rulebook.asked if other == authority]
        by = [c for c, named in same if not programs or {*named} & {*programs}]
        found[column] = pl.select(pl.when(picked.is_in(by)).then(certain).otherwise(False)).to_series()
    return found


def _countries(rng: np.random.Generator, ships: pl.Series, target: str, share: float) -> dict[str, pl.Series]:
    rows = len(ships)
    weights = [100 / (n + 3) for n in range(len(COUNTRIES))]
    found = {name: _pick(rng, rows, COUNTRIES, weights) for name in ("from_country", "to_country", "origin_country")}
    found["origin_country"] = _where(_chance(rng, rows, 0.1), found["origin_country"])
    found["party_countries"] = _several(rng, rows, COUNTRIES[:60], 0.8)
    found["flag"] = _where(ships | _chance(rng, rows, 0.15), _pick(rng, rows, FLAGS))
    found["worker_nationality"] = _where(_chance(rng, rows, 0.05), _pick(rng, rows, COUNTRIES[:40]))
    with_target = _chance(rng, rows, share)
    place = _pick(rng, rows, list(found), [30, 30, 5, 15, 10, 10])
    for name, column in found.items():
        there = pl.lit(f";{target};" if name == "party_countries" else target)
        found[name] = pl.select(pl.when(with_target & (place == name)).then(there).otherwise(column)).to_series()
    return found


def _codes(rng: np.random.Generator, rows: int, rulebook: Rulebook) -> pl.Series:
    """Codes of 2 to 10 digits of any edition of the Harmonized System; a third of them those of goods scopes."""
    real = sorted({code for edition in hs.editions() for code in hs.codes(edition)})
    scoped = sorted({code for goods in rulebook.terms.goods.values() for code in goods.codes})
    longer = [f"{code}{tail}" for code in (*real, *scoped) if len(code) == 6 for tail in ("10", "90", "1000", "9000")]
    pools = [real, longer, scoped]
    pool = pl.Series([code for pool in pools for code in pool])
    weights = [w / len(p) for p, w in zip(pools, (3, 3, 3), strict=True) for _ in p]
    one, two = _pick(rng, rows, pool, weights), _pick(rng, rows, pool, weights)
    both = pl.when(_chance(rng, rows, 0.05)).then(pl.concat_str(pl.lit(";"), one, pl.lit(";"), two, pl.lit(";")))
    return pl.select(both.otherwise(pl.concat_str(pl.lit(";"), one, pl.lit(";")))).to_series()


def _texts(rng: np.random.Generator, rows: int, words: Sequence[str]) -> pl.Series:
    """What the goods are, in words; half of them with a number of their own, as on invoices."""
    nouns = _pick(rng, rows, (*NOUNS, *words), [3 / len(NOUNS)] * len(NOUNS) + [1 / len(words)] * len(words))
    plain = pl.concat_str(_pick(rng, rows, WORDS), pl.lit(" "), nouns)
    lot = pl.Series(rng.integers(0, 100_000, rows)).cast(pl.String)
    numbered = pl.when(_chance(rng, rows, 0.5)).then(pl.concat_str(plain, pl.lit(", lot "), lot))
    return pl.select(numbered.otherwise(plain)).to_series()


def _asked(rulebook: Rulebook, fact: str) -> list[str]:
    """The words for goods, or the claims, that any measure looks for."""
    scopes = rulebook.terms.goods.values()
    found = {word for goods in scopes for word in goods.words} if fact == "goods" else set()
    for leaf in (leaf for m in rulebook.measures for leaf in leaves_of(m)):
        args: dict[str, Any] = dict(leaf.args)
        if args.get("fact") == fact or (fact == "claims" and leaf.test == "claimed"):
            found |= set(args["any"])
    return sorted(found)


def _several(rng: np.random.Generator, rows: int, pool: Sequence[str], share: float) -> pl.Series:
    """Cells of one or two values, `;a;b;`, in a share of the rows."""
    one, two = _pick(rng, rows, pool), _pick(rng, rows, pool)
    cell = pl.when(_chance(rng, rows, 0.7) | (one == two)).then(pl.concat_str(pl.lit(";"), one, pl.lit(";")))
    cell = cell.otherwise(pl.concat_str(pl.lit(";"), one, pl.lit(";"), two, pl.lit(";")))
    return pl.select(pl.when(_chance(rng, rows, share)).then(cell)).to_series()


def _pick(rng: np.random.Generator, rows: int, pool: Sequence[Any] | pl.Series, weights: Any = None) -> pl.Series:
    values = pool if isinstance(pool, pl.Series) else pl.Series(list(pool))
    shares = None if weights is None else np.asarray(weights) / np.sum(weights)
    return values[rng.choice(len(values), rows, p=shares)]


def _chance(rng: np.random.Generator, rows: int, share: float) -> pl.Series:
    return pl.Series(rng.random(rows) < share)


def _where(kept: pl.Series, column: pl.Series) -> pl.Series:
    return pl.select(pl.when(kept).then(column)).to_series()


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def dealing(row: dict[str, Any]) -> Dealing:
    """The row as the noun that is judged one at a time."""
    words = {c: row[c] or "" for c in (*SCHEMA,) if SCHEMA[c] == pl.String}
    cells = {c: tuple(filter(None, words[c].split(";"))) for c in ("hs", "party_countries", "claims")}
    return Dealing(
        id=row["id"],
        activity=Activity(row["activity"]),
        date=row["day"],
        **{c: words[c] for c in ("from_country", "to_country", "origin_country", "goods", "unit", "currency")},
        **{c: words[c] for c in ("worker_nationality", "flag", "visa", "route")},
        **{c: row[c] for c in ("quantity", "value", "share", "contract_date")},
        hs=cells["hs"],
        parties=tuple(Party(Role.BUYER, "", (("country", country),)) for country in cells["party_countries"]),
        approval=cells["claims"],
    )


def evidence(rulebook: Rulebook, row: dict[str, Any]) -> list[Evidence]:
    """Evidence of one listing, for which screening would have answered as the row has it."""
    met = [asked for asked in rulebook.asked if row[asked[0]] is not False]
    if not met:
        return []
    column, authority, _ = met[0]
    same = [asked for asked in rulebook.asked if asked[1] == authority]
    elsewhere = {p for name, _, programs in same if row[name] is False for p in programs}
    named = [set(programs) for *_, programs in met if programs]
    programs = sorted(set.intersection(*named) - elsewhere)[:1] if named else []
    return [
        Evidence(
            role="buyer", party="P", entity_id="x", entity_name="P", matched_name="P", score=1.0,
            certain=bool(row[column]), authority=authority, source="list", reference="X", programs=tuple(programs),
            listed_on=None, delisted_on=None, on_list=Truth.TRUE, why="named",
        )
    ]  # fmt: skip
