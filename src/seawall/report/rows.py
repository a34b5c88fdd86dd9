"""A case or screening as flat rows and as JSON. Nothing is computed, filtered or rounded."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from seawall.model import Evidence, Finding, Hit, RowError, Verdict
from seawall.report.case import Case, Screening
from seawall.report.explain import because

CASE_SCHEMA = "seawall-case/1"
CHECK_COLUMNS = ("dealing_id", "outcome", "measure", "paragraph", "in_force", "because", "missing", "evidence")
SCREEN_COLUMNS = (
    "query_id", "query_name", "rank", "score", "match", "entity_id", "entity_name", "matched_name", "schema", "list",
    "reference", "program", "listed_on", "birth_date", "countries", "why",
)  # fmt: skip
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?$")


def proof(e: Evidence) -> str:
    """A line on one piece of evidence."""
    sure = "is" if e.certain else "may be"
    since = f", listed {e.listed_on}" if e.listed_on else ", day of listing not known"
    until = f", delisted {e.delisted_on}" if e.delisted_on else ""
    return (
        f"{e.party} ({e.role}) {sure} {e.entity_name} [{e.reference}, {e.source}{since}{until}; {e.score:.2f}: {e.why}]"
    )


def check_rows(case: Case) -> list[dict[str, str]]:
    """One row per dealing and measure, a summary row per dealing, and one per row that could not be read."""
    rows = []
    for dealing, verdict in zip(case.dealings, case.verdicts, strict=True):
        extra = _passed(dealing.extra, CHECK_COLUMNS)
        rows.append({**_summary(verdict), **extra})
        rows += [{**_finding(verdict.dealing_id, f), **extra} for f in verdict.findings]
    rows += [{"dealing_id": e.id, "error": str(e)} for e in case.errors]
    return rows


def _summary(v: Verdict) -> dict[str, str]:
    missing = dict.fromkeys(m for f in v.findings for m in f.missing)
    why = because(v.findings[0]) if v.findings else f"nothing applied in what was checked: {v.checked}"
    return {
        "dealing_id": v.dealing_id,
        "outcome": v.outcome.value,
        "because": why,
        "missing": "; ".join(missing),
        "evidence": "; ".join(map(proof, v.evidence)),
    }


def _finding(key: str, f: Finding) -> dict[str, str]:
    return {
        "dealing_id": key,
        "outcome": f.outcome.value,
        "measure": f.measure.id,
        "paragraph": f.measure.paragraph,
        "in_force": f"{f.measure.start} to {f.measure.end or ''}".strip(),
        "because": because(f),
        "missing": "; ".join(f.missing),
        "evidence": "; ".join(map(proof, f.evidence)),
    }


def screen_rows(screening: Screening, *, include_empty: bool) -> list[dict[str, str]]:
    """One row per hit, with `include_empty` one per query without a hit, and one per fault."""
    hits: dict[str, list[Hit]] = {}
    for hit in screening.hits:
        hits.setdefault(hit.query_id, []).append(hit)
    rows = []
    for query in screening.queries:
        found = hits.get(query.id, [])
        extra = _passed(query.extra, SCREEN_COLUMNS)
        rows += [{**_hit(hit), **extra} for hit in found]
        if include_empty and not found:
            rows.append({"query_id": query.id, "query_name": "; ".join(query.names), **extra})
    rows += [{"query_id": e.id, "error": str(e)} for e in screening.errors]
    return rows


def _passed(extra: Sequence[tuple[str, str]], columns: Sequence[str]) -> dict[str, str]:
    """Columns of the input pass through; one named like a column of ours comes out as `input_...`, never lost."""
    ours = {*columns, "error"}
    return {f"input_{name}" if name in ours else name: value for name, value in extra}


def _hit(hit: Hit) -> dict[str, str]:
    e = hit.entity
    each = e.listings
    return {
        "query_id": hit.query_id,
        "query_name": hit.query_name,
        "rank": str(hit.rank),
        "score": str(hit.score),
        "match": str(hit.match).lower(),
        "entity_id": str(e.id),
        "entity_name": e.caption,
        "matched_name": hit.matched_name,
        "schema": e.schema.value,
        "list": "; ".join(dict.fromkeys(x.source for x in each)),
        "reference": "; ".join(x.reference for x in each),
        "program": "; ".join(dict.fromkeys(p for x in each for p in x.programs)),
        "listed_on": "; ".join(str(x.listed_on or "") for x in each),
        "birth_date": "; ".join(b.iso or b.text for b in e.birth),
        "countries": "; ".join(e.countries),
        "why": hit.why,
    }


def to_csv(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> str:
    """CSV with our columns, then those passed through, then `error`. Cells that a spreadsheet would run are quoted."""
    passed = dict.fromkeys(name for row in rows for name in row if name not in columns and name != "error")
    page = io.StringIO()
    writer = csv.DictWriter(page, [*columns, *passed, "error"], restval="", lineterminator="\n")
    writer.writerow({name: neutral(name) for name in writer.fieldnames})
    writer.writerows({name: neutral(value) for name, value in row.items()} for row in rows)
    return page.getvalue()


def neutral(cell: str) -> str:
    """The cell, with a quote before it if a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _NUMBER.match(cell):
        return "'" + cell
    return cell


def to_json(value: object, *, indent: int | None = None) -> str:
    """JSON of nouns: dates as ISO text, empty fields kept."""
    return json.dumps(value, default=_plain, ensure_ascii=False, indent=indent)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def case_document(case: Case) -> dict[str, Any]:
    """The whole case; verdicts in the order of the dealings."""
    return {"schema": CASE_SCHEMA, **asdict(case)}


def case_lines(case: Case) -> Iterable[dict[str, Any]]:
    """One object per dealing, then one per fault."""
    for dealing, verdict in zip(case.dealings, case.verdicts, strict=True):
        yield {"schema": CASE_SCHEMA, "dealing": asdict(dealing), "verdict": asdict(verdict)}
    for error in case.errors:
        yield {"schema": CASE_SCHEMA, "error": asdict(error)}


def faults(errors: Sequence[RowError]) -> list[str]:
    """The faults as sentences."""
    return [str(error) for error in errors]
