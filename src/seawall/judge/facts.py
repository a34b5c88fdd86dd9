"""Dealings as columns: what a rule can ask. Null is "not known"; claims are never null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from seawall.model import Dealing, Evidence, Truth

LABELS: Mapping[str, str] = {
    "day": "the date of the dealing",
    "activity": "the activity",
    "from_country": "the country it comes from",
    "to_country": "the country it goes to",
    "origin_country": "the country of origin of the goods",
    "hs": "the HS code of the goods",
    "goods": "what the goods are, in words",
    "quantity": "the quantity",
    "unit": "the unit of the quantity",
    "value": "the value",
    "currency": "the currency",
    "party_countries": "the country of a party",
    "worker_nationality": "the nationality of the workers",
    "flag": "the flag of the vessel",
    "contract_date": "the date of the contract",
    "visa": "the visa of the workers",
    "route": "the route",
    "share": "the share in the venture",
}
"""What each column is called to a reader."""

SCHEMA: Mapping[str, Any] = {
    "id": pl.String, "activity": pl.String, "day": pl.Date, "from_country": pl.String, "to_country": pl.String,
    "origin_country": pl.String, "hs": pl.String, "goods": pl.String, "quantity": pl.Float64, "unit": pl.String,
    "value": pl.Float64, "currency": pl.String, "party_countries": pl.String, "worker_nationality": pl.String,
    "flag": pl.String, "contract_date": pl.Date, "visa": pl.String, "route": pl.String, "share": pl.Float64,
    "claims": pl.String,
}  # fmt: skip
"""The columns of the frame that is judged, all in lower case. Several values in one cell are written `;a;b;`."""


def facts(dealings: Sequence[Dealing], on: date | None) -> pl.DataFrame:
    """One row per dealing, each on its own day or all on the same."""
    return pl.DataFrame([_row(d, on) for d in dealings], schema=dict(SCHEMA))


def _row(d: Dealing, on: date | None) -> dict[str, Any]:
    return {
        "id": d.id,
        "activity": d.activity.value,
        "day": on or d.date,
        "from_country": d.from_country or None,
        "to_country": d.to_country or None,
        "origin_country": d.origin_country or None,
        "hs": several(d.hs) or None,
        "goods": d.goods.lower() or None,
        "quantity": d.quantity,
        "unit": d.unit.lower() or None,
        "value": d.value,
        "currency": d.currency.lower() or None,
        "party_countries": several(sorted({p.detail("country") for p in d.parties} - {""})) or None,
        "worker_nationality": d.worker_nationality or None,
        "flag": d.flag or None,
        "contract_date": d.contract_date,
        "visa": d.visa.lower() or None,
        "route": d.route.lower() or None,
        "share": d.share,
        "claims": several((*d.approval, *d.purpose)) or ";",
    }


def several(values: Iterable[str]) -> str:
    """Several values in one cell: `;a;b;`, "" for none."""
    text = ";".join(values)
    return f";{text};" if text else ""


def listed(found: Iterable[Evidence], authority: str, programs: Sequence[str]) -> bool | None:
    """Whether a party is listed by the authority, under one of the programmes if any are named, on that day.

    True: a party that is certainly the listed one was on the list. None: it may be the listed one, or the day of
    listing is not known. False: none was found.
    """
    answer: bool | None = False
    for proof in found:
        if concerns(proof, authority, programs):
            if proof.certain and proof.on_list is Truth.TRUE:
                return True
            answer = None
    return answer


def concerns(proof: Evidence, authority: str, programs: Sequence[str]) -> bool:
    """Whether a piece of evidence is on a list that a measure asks for and was not off it on the day."""
    named = not programs or any(p in programs for p in proof.programs)
    return proof.authority == authority and named and proof.on_list is not Truth.FALSE


def present(row: Mapping[str, Any], column: str) -> bool:
    """Whether a row knows that fact."""
    return row.get(column) is not None
