"""Write `docs/schemas/*.json`, the JSON Schemas of what `--format json` gives, from the nouns themselves.

A change of a noun changes them, and a test says so: raise the number in the schema's name if a reader of the old one
would break, then run this.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from seawall.model import Dealing, RowError, Verdict
from seawall.report import (
    Case,
    ConflictPage,
    EnforcementPage,
    FigurePage,
    FlowPage,
    HindcastPage,
    SensitivityPage,
    Sheet,
    StoppedPage,
    Timeline,
)
from seawall.report.comparison import SCHEMA as COMPARISON_SCHEMA
from seawall.report.comparison import ComparisonPage
from seawall.report.figures import CONFLICTS_SCHEMA, FIGURES_SCHEMA
from seawall.report.flows import FLOWS_SCHEMA, SENSITIVITY_SCHEMA
from seawall.report.leak_scenarios import ENFORCEMENT_SCHEMA, HINDCAST_SCHEMA, STOPPED_SCHEMA
from seawall.report.rows import CASE_SCHEMA
from seawall.report.sheet import SCHEMA as MEASURE_SCHEMA
from seawall.report.timeline import SCHEMA as TIMELINE_SCHEMA

FOLDER = Path(__file__).parents[1] / "docs" / "schemas"


def schemas() -> dict[str, dict[str, Any]]:
    """Each schema by the name of its file."""
    return {
        "case.json": _schema(CASE_SCHEMA, "What `seawall check --format json` gives.", _nouns(Case)),
        "case-line.json": _schema(
            CASE_SCHEMA,
            "A line of `seawall check --format jsonl`: a dealing with its verdict, or what could not be read.",
            _object(dealing=Dealing, verdict=Verdict),
            _object(error=RowError),
        ),
        "comparison.json": _schema(
            COMPARISON_SCHEMA, "What `seawall law diff --format json` gives.", _nouns(ComparisonPage)
        ),
        "conflicts.json": _schema(
            CONFLICTS_SCHEMA, "What `seawall leak figures --conflicts --format json` gives.", _nouns(ConflictPage)
        ),
        "enforcement.json": _schema(
            ENFORCEMENT_SCHEMA, "What `seawall leak enforcement --format json` gives.", _nouns(EnforcementPage)
        ),
        "figures.json": _schema(FIGURES_SCHEMA, "What `seawall leak figures --format json` gives.", _nouns(FigurePage)),
        "flows.json": _schema(
            FLOWS_SCHEMA, "What `seawall leak channels`, `labour` and `fuel` give as json.", _nouns(FlowPage)
        ),
        "hindcast.json": _schema(
            HINDCAST_SCHEMA, "What `seawall leak hindcast --format json` gives.", _nouns(HindcastPage)
        ),
        "measure.json": _schema(MEASURE_SCHEMA, "What `seawall law show --format json` gives.", _nouns(Sheet)),
        "sensitivity.json": _schema(
            SENSITIVITY_SCHEMA, "What `seawall leak sensitivity --format json` gives.", _nouns(SensitivityPage)
        ),
        "stopped.json": _schema(
            STOPPED_SCHEMA, "What `seawall leak compare` and `scenario` give as json.", _nouns(StoppedPage)
        ),
        "timeline.json": _schema(TIMELINE_SCHEMA, "What `seawall law timeline --format json` gives.", _nouns(Timeline)),
    }


def _nouns(noun: Any) -> dict[str, Any]:
    return TypeAdapter(noun).json_schema(mode="serialization")


def _object(**nouns: Any) -> dict[str, Any]:
    """An object that holds these nouns under these names."""
    parts = {name: _nouns(noun) for name, noun in nouns.items()}
    definitions: dict[str, Any] = {}
    for part in parts.values():
        definitions |= part.pop("$defs", {})
    return {"type": "object", "properties": parts, "$defs": definitions}


def _schema(name: str, says: str, *options: dict[str, Any]) -> dict[str, Any]:
    """One schema out of one or several kinds of object, each with the name of the schema as its first field."""
    definitions: dict[str, Any] = {}
    for option in options:
        definitions |= option.pop("$defs", {})
        option["properties"] = {"schema": {"const": name}, **option["properties"]}
    whole = options[0] if len(options) == 1 else {"oneOf": list(options)}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, "description": says}
    return {**head, **_closed({**whole, "$defs": definitions}, skip=("title", "description"))}


def _closed(node: Any, *, skip: tuple[str, ...] = ()) -> Any:
    """The same with every field required and no other allowed: all are written, and nothing else."""
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("properties"), dict):
        fields = {name: _closed(part) for name, part in node["properties"].items()}
        rest = {k: _closed(v) for k, v in node.items() if k not in {"properties", "required", "title", *skip}}
        return {**rest, "properties": fields, "required": list(fields), "additionalProperties": False}
    named = node.get("$defs")
    kept = {k: _closed(v) for k, v in node.items() if k not in {"title", "default", "$defs", *skip}}
    return kept if named is None else {**kept, "$defs": {k: _closed(named[k]) for k in sorted(named)}}


def main() -> None:
    """Write the files."""
    for name, schema in schemas().items():
        (FOLDER / name).write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
