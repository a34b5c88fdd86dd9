"""What each source's YAML says: publisher, licence, and what its data must look like to be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from seawall.errors import AssertionBroken, TableError
from seawall.model import Entity, Schema


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Assertions(_Strict):
    """Bounds of what one whole file holds. Fill rates are shares in [0, 1] of the entities that have the field."""

    min_entities: int = 1
    max_entities: int = 10_000_000
    min_persons: int = 0
    fill: dict[str, float] = {}


class Spec(_Strict):
    """A source: who publishes it, where, how often, under which licence; `authority` as measures call it."""

    id: str
    title: str
    publisher: str
    url: str
    cadence: str
    licence: str
    authority: str
    notes: str = ""
    assertions: Assertions = Assertions()
    programs: tuple[str, ...] = ()


@cache
def spec(name: str) -> Spec:
    """The YAML of a source. Raises TableError if it is not as it must be."""
    text = files("seawall.sources").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    try:
        return Spec.model_validate(yaml.safe_load(text))
    except ValidationError as error:
        raise TableError(str(error), file=f"{name}.yaml") from error


_FILLED = {
    "listed_on": lambda e: any(item.listed_on for item in e.listings),
    "reference": lambda e: any(item.reference for item in e.listings),
    "programs": lambda e: any(item.programs for item in e.listings),
    "names": lambda e: bool(e.names),
}


def believe(source: Spec, entities: Sequence[Entity], file: str) -> None:
    """Raise AssertionBroken if a file holds fewer, more or emptier entities than its source's YAML allows."""
    bounds, count = source.assertions, len(entities)
    if not bounds.min_entities <= count <= bounds.max_entities:
        raise AssertionBroken(
            f"holds {count:,} entities; {source.title} has between {bounds.min_entities:,} and {bounds.max_entities:,}."
            " Is the file whole?",
            file=file,
            field="entities",
        )
    persons = Counter(e.schema for e in entities)[Schema.PERSON]
    if persons < bounds.min_persons:
        raise AssertionBroken(
            f"holds {persons:,} persons; {source.title} has at least {bounds.min_persons:,}", file=file, field="persons"
        )
    for field, least in bounds.fill.items():
        share = sum(map(_FILLED[field], entities)) / count
        if share < least:
            raise AssertionBroken(f"only {share:.1%} have it; at least {least:.1%} must", file=file, field=field)
