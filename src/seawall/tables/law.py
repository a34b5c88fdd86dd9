"""Regimes and goods scopes from YAML, checked and turned into nouns."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from seawall.errors import TableError
from seawall.model import Binding, Condition, Effect, Measure, Regime, Route, Verification


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Route(_Strict):
    id: str
    kind: str
    title: str
    when: Any
    owed: str = ""
    hint: str = ""
    paragraph: str = ""
    start: date | None = None
    end: date | None = None
    verification: Verification = Verification.MEMORY


class _Measure(_Strict):
    id: str
    paragraph: str
    title: str
    effect: Effect
    binding: Binding
    start: date
    end: date | None = None
    scope: Any
    summary: str = ""
    routes: tuple[_Route, ...] = ()
    url: str = ""
    verification: Verification
    verification_note: str = ""
    sources: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    change: str = ""
    tags: tuple[str, ...] = ()


class _File(_Strict):
    instrument: str
    measures: tuple[_Measure, ...]


class _Regime(_Strict):
    id: str
    title: str
    target: str
    authority: str
    edition: str


class _Scope(_Strict):
    hs: tuple[str, ...]
    words: tuple[str, ...] = ()
    verification: Verification
    note: str = ""


@cache
def load_regimes() -> tuple[Regime, ...]:
    """Every regime of the tables, by id. Raises TableError with file and measure for anything wrong."""
    root = files("seawall.tables").joinpath("regimes")
    return tuple(_regime(folder) for folder in sorted(root.iterdir(), key=lambda f: f.name) if folder.is_dir())


@cache
def load_goods() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Goods scopes by name: HS prefixes without dots, and words that name the goods, lower case."""
    found = {}
    for name, scope in _scopes().items():
        found[name] = (tuple(code.replace(".", "") for code in scope.hs), scope.words)
    return found


def _scopes() -> dict[str, _Scope]:
    table = yaml.safe_load(files("seawall.tables").joinpath("goods/scopes.yaml").read_text(encoding="utf-8"))
    return {name: _check(_Scope, scope, f"goods/scopes.yaml {name}") for name, scope in table.items()}


def _check(model: Any, data: Any, where: str) -> Any:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise TableError(first["msg"], file=where, field=".".join(map(str, first["loc"]))) from error


def _regime(folder: Any) -> Regime:
    head = _check(_Regime, _yaml(folder.joinpath("regime.yaml")), f"{folder.name}/regime.yaml")
    measures: dict[str, Measure] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".yaml") or path.name == "regime.yaml":
            continue
        content = _check(_File, _yaml(path), f"{folder.name}/{path.name}")
        for record in content.measures:
            if record.id in measures:
                raise TableError(f"{record.id} stands twice", file=path.name)
            measures[record.id] = _measure(record, content.instrument, head)
    return Regime(head.id, head.title, head.target, head.edition, tuple(measures.values()))


def _yaml(path: Any) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise TableError(str(error), file=path.name) from error


def _measure(m: _Measure, instrument: str, regime: _Regime) -> Measure:
    if m.end is not None and m.end < m.start:
        raise TableError("ends before it starts", file=m.id, field="end")
    return Measure(
        id=m.id, regime=regime.id, authority=regime.authority, instrument=instrument,
        paragraph=f"{instrument}, para. {m.paragraph}", title=m.title, effect=m.effect, binding=m.binding,
        start=m.start, end=m.end, scope=_condition(m.scope, m.id), summary=m.summary,
        routes=tuple(_route(r, m.id) for r in m.routes), url=m.url, verification=m.verification,
        verification_note=m.verification_note, sources=m.sources, previous=m.previous,
        superseded_by=m.superseded_by, change=m.change, tags=m.tags,
    )  # fmt: skip


def _route(r: _Route, measure: str) -> Route:
    if r.kind not in {"exemption", "wind_down", "approval", "carve_out"}:
        raise TableError(f"{r.kind!r} is no kind of route", file=measure, field=r.id)
    return Route(
        r.id, r.kind, r.title, _condition(r.when, measure), r.owed, r.hint, r.paragraph, r.start, r.end, r.verification
    )


def _condition(node: Any, measure: str) -> Condition:
    """`{all: [...]}`, `{any: [...]}`, `{not: ...}`, or `{test: arguments}`, each with an optional `says`."""
    if not isinstance(node, dict):
        raise TableError(f"a condition is a mapping, not {node!r}", file=measure)
    says = str(node.get("says", ""))
    rest = {key: value for key, value in node.items() if key != "says"}
    if len(rest) != 1:
        raise TableError(f"a condition has one operator or test, not {', '.join(map(str, rest))}", file=measure)
    ((op, value),) = rest.items()
    if op in {"all", "any"}:
        return Condition(op, tuple(_condition(part, measure) for part in value), says=says)
    if op == "not":
        return Condition("not", (_condition(value, measure),), says=says)
    args = value if isinstance(value, dict) else {} if value is True or value is None else {"any": value}
    frozen = tuple((k, tuple(map(_scalar, v)) if isinstance(v, list) else _scalar(v)) for k, v in sorted(args.items()))
    return Condition("test", (), op, frozen, says)


def _scalar(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
