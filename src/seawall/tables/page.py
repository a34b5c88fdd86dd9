"""A YAML table read with checks: every error names file, line and field."""

from __future__ import annotations

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
        self.name, self.text = name, path.read_text(encoding="utf-8")
        self._tree: Any = None
        try:
            self.data = yaml.load(self.text, Loader=_LOADER)  # noqa: S506 - the safe loader, in C where there is one
        except yaml.YAMLError as error:
            raise TableError(str(error).replace("\n", " "), file=name) from error

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

    def line(self, where: tuple[Any, ...]) -> int:
        """The line of the innermost part of `where` that is there."""
        if self._tree is None:
            self._tree = yaml.compose(self.text, Loader=_LOADER)
        node = self._tree
        for key in where:
            inner = _child(node, key)
            if inner is None:
                break
            node = inner
        return int(node.start_mark.line) + 1 if node is not None else 1


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _child(node: Any, key: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key]
    return None
