"""A case or screening as flat rows and as JSON. Nothing is computed, filtered or rounded."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import chain, islice
from typing import Any

from seawall.model import Entity, EntityId, Evidence, Finding, Hit, Query, RowError, Verdict
from seawall.report.case import Case, Screening
from seawall.report.explain import because

CASE_SCHEMA = "seawall-case/1"
CHECK_COLUMNS = ("dealing_id", "outcome", "measure", "paragraph", "in_force", "because", "missing", "evidence")
SCREEN_COLUMNS = (
    "query_id", "query_name", "rank", "score", "match", "entity_id", "entity_name", "matched_name", "schema", "list",
    "reference", "program", "listed_on", "birth_date", "countries", "why",
)  # fmt: skip
_STARTS = frozenset("=+-@\t\r")
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
        extra = pass_through(dealing.extra, CHECK_COLUMNS)
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


def screen_rows(screening: Screening, *, include_empty: bool) -> Iterator[dict[str, str]]:
    """One row per hit, with `include_empty` one per query without a hit, and one per fault."""
    listed: dict[EntityId, dict[str, str]] = {}
    for query, hits in _answered(screening, include_empty=include_empty):
        extra = pass_through(query.extra, SCREEN_COLUMNS)
        if not hits:
            yield {"query_id": query.id, "query_name": "; ".join(query.names), **extra}
        for hit in hits:
            entity = hit.entity
            if entity.id not in listed:
                listed[entity.id] = _listed(entity)
            yield _hit(hit, listed[entity.id], extra)
    for error in screening.errors:
        yield {"query_id": error.id, "error": str(error)}


def screen_extras(screening: Screening, *, include_empty: bool) -> tuple[str, ...]:
    """The columns that `screen_rows` passes through, in the order in which they come up."""
    answered = _answered(screening, include_empty=include_empty)
    asked = dict.fromkeys(tuple([name for name, _ in query.extra]) for query, _ in answered)
    names = dict.fromkeys(name for row in asked for name in row)
    return tuple(pass_through([(name, "") for name in names], SCREEN_COLUMNS))


def _answered(screening: Screening, *, include_empty: bool) -> Iterator[tuple[Query, list[Hit]]]:
    """The queries that are reported, with their hits."""
    hits: dict[str, list[Hit]] = {}
    for hit in screening.hits:
        hits.setdefault(hit.query_id, []).append(hit)
    for query in screening.queries:
        if include_empty or query.id in hits:
            yield query, hits.get(query.id, [])


def pass_through(extra: Sequence[tuple[str, str]], columns: Sequence[str]) -> dict[str, str]:
    """Columns of the input pass through; one named like a column of ours comes out as `input_...`, never lost."""
    passed = dict(extra)
    if passed.keys().isdisjoint(columns) and "error" not in passed:
        return passed
    ours = {*columns, "error"}
    return {f"input_{name}" if name in ours else name: value for name, value in extra}


def _hit(hit: Hit, listed: Mapping[str, str], extra: Mapping[str, str]) -> dict[str, str]:
    return {
        "query_id": hit.query_id,
        "query_name": hit.query_name,
        "rank": str(hit.rank),
        "score": str(hit.score),
        "match": str(hit.match).lower(),
        "entity_id": str(hit.entity.id),
        "entity_name": hit.entity.caption,
        "matched_name": hit.matched_name,
        **listed,
        "why": hit.why,
        **extra,
    }


def _listed(e: Entity) -> dict[str, str]:
    """The columns that say only who is listed, the same for all hits on an entity."""
    each = e.listings
    return {
        "schema": e.schema.value,
        "list": "; ".join(dict.fromkeys(x.source for x in each)),
        "reference": "; ".join(x.reference for x in each),
        "program": "; ".join(dict.fromkeys(p for x in each for p in x.programs)),
        "listed_on": "; ".join(str(x.listed_on or "") for x in each),
        "birth_date": "; ".join(b.iso or b.text for b in e.birth),
        "countries": "; ".join(e.countries),
    }


def markdown_table(head: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Some columns of rows as a table of Markdown, faults left out."""
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    cells = [[row.get(name, "").replace("|", "\\|") for name in head] for row in rows if "error" not in row]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in cells)])


def extras(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of rows that are not ours, in the order in which they come up."""
    return tuple(name for name in dict.fromkeys(chain.from_iterable(rows)) if name not in columns and name != "error")


_AT_ONCE = 10_000
"""Rows turned into columns at a time: enough to be quick, few enough to fit any memory."""


def to_csv(rows: Iterable[Mapping[str, str]], columns: Sequence[str], passed: Sequence[str]) -> str:
    """CSV with our columns, then those passed through, then `error`. Cells that a spreadsheet would run are quoted."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    names = (*columns, *passed, "error")
    writer.writerow(map(neutral, names))
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        writer.writerows(zip(*(_neutral(name, some) for name in names), strict=True))
    return page.getvalue()


def _neutral(name: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """A column of rows, its cells neutral."""
    return [neutral(cell) if cell[:1] in _STARTS else cell for cell in [row.get(name, "") for row in rows]]


def neutral(cell: str) -> str:
    """The cell, with a quote before it if a spreadsheet would take it for a formula (OWASP, CSV injection)."""
    if cell[:1] in _STARTS and not _NUMBER.match(cell):
        return "'" + cell
    return cell


def to_json(value: object, *, indent: int | None = None) -> str:
    """JSON of nouns: dates as ISO text, empty fields kept."""
    if indent is None:
        return _encode(value)
    return json.dumps(value, default=_plain, ensure_ascii=False, indent=indent)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


_encode = json.JSONEncoder(default=_plain, ensure_ascii=False).encode


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
