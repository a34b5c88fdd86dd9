"""Templates: HTML is escaped, Markdown made safe by the filter `cell`; the CSS of all pages stands in `page.css`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from seawall.report.layout import printable

_MARKDOWN = re.compile(r"[\\`*\[\]|]|(?<!\w)_|_(?!\w)|^[#+=~-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
"""What Markdown takes for markup: an underscore not within a word, a line that would begin a heading or a list."""


def render(template: str, context: Mapping[str, Any]) -> str:
    """One of the templates (`*.html`, `*.md`) with its values."""
    return _environment(html=template.endswith(".html")).get_template(template).render(context)


def cell(text: object) -> str:
    """Text for a line or cell of Markdown: no markup, HTML or line break of its own comes through."""
    plain = _MARKDOWN.sub(r"\\\g<0>", " ".join(printable(text).split()))
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(url: object) -> str:
    """The URL if it is one of the web, else ""."""
    return str(url) if str(url).startswith(("https://", "http://")) else ""


@cache
def _environment(*, html: bool) -> Environment:
    environment = Environment(
        autoescape=html,  # noqa: S701 - Markdown is text; HTML is escaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_template),
    )
    environment.filters |= {"link": link, "cell": cell}
    return environment


@cache
def _template(name: str) -> str:
    return files("seawall.report").joinpath("templates", name).read_text(encoding="utf-8")
