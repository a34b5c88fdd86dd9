"""A YAML table read with checks: every error names file, line and field."""

from __future__ import annotations

import re
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from seawall.errors import TableError


class Strict(BaseModel):
    """A record with no fields but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Page:
    """A YAML file. `path` has `read_text`; `name` is what errors call it."""

    def __init__(self, path: Any, name: str) -> None:
        self.name = name
        self._tree: Any = None
        try:
            self.text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise TableError(f"cannot be read as UTF-8 text: {error}", file=name) from error
        try:
            self.data = yaml.load(self.text, Loader=_Loader)  # noqa: S506 - the safe loader, in C where there is one
        except yaml.YAMLError as error:
            raise self._fault(error) from error

    def check(self, model: Any, where: tuple[Any, ...]) -> Any:
        """The part at `where` as a checked record. Raises TableError for the first field that is wrong."""
        part = self.data
        for key in where:
            part = part[key]
        try:
            return model.model_validate(part)
        except ValidationError as error:
            first = error.errors()[0]
            raise self.error(first["msg"], (*where, *first["loc"])) from error

    def error(self, message: str, where: tuple[Any, ...]) -> TableError:
        """An error at a place in the file."""
        return TableError(message, file=f"{self.name}, line {self.line(where)}", field=".".join(map(str, where)))

    def _fault(self, error: Any) -> TableError:
        """What YAML cannot read, at the line where it stopped; the field is the last key at the head of a line."""
        mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        line = min(mark.line, self.text.count("\n")) if mark else 0
        keys = _KEY.findall("\n".join(self.text.split("\n")[: line + 1]))
        says = error.problem if mark else str(error).replace("\n", " ")
        since = f" ({error.context} that begins in line {begun.line + 1})" if begun and begun.line != line else ""
        where = f"{self.name}, line {line + 1}"
        return TableError(f"not YAML: {says}{since}", file=where, field=keys[-1] if keys else "")

    def line(self, where: tuple[Any, ...]) -> int:
        """The line of the innermost part of `where` that is there."""
        if self._tree is None:
            self._tree = yaml.compose(self.text, Loader=_Loader)
        node = self._tree
        for key in where:
            inner = _child(node, key)
            if inner is None:
                break
            node = inner
        return int(node.start_mark.line) + 1 if node is not None else 1


_KEY = re.compile(r"^[\s{\[-]*([\w-]+) *:(?=\s|$)", re.MULTILINE)
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Safe):  # type: ignore[misc]  # a class chosen at run time has no type
    """The safe loader, which names the line of a day that is in no calendar."""


def _day(loader: Any, node: Any) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(
            None, None, f"{node.value!r} is no date: {error}", node.start_mark
        ) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def _child(node: Any, key: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key]
    return None
