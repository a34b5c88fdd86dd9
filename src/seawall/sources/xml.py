"""XML from strangers: no entities, no document types, no network, no huge trees."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any

from lxml import etree

from seawall.errors import SourceError
from seawall.sources.raw import Raw


def elements(raw: Raw, tags: Collection[str]) -> Iterator[Any]:
    """The elements of these tags, one after another; each is emptied once the next is asked for.

    Raises SourceError with the line where the XML breaks off, or if it declares a document type.
    """
    parser = etree.iterparse(
        BytesIO(raw.data), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    checked = False
    try:
        for event, element in parser:
            if not checked:
                _refuse_doctype(element, raw)
                checked = True
            if event == "end" and element.tag in tags:
                yield element
                element.clear()
    except etree.XMLSyntaxError as error:
        row = error.lineno or None
        raise SourceError(f"the XML is broken: {error.msg}. Is the file whole?", file=raw.file, row=row) from error


def start(raw: Raw, tag: str) -> Mapping[str, str]:
    """The attributes of the first element, which must be `tag`."""
    parser = etree.iterparse(BytesIO(raw.data), events=("start",), resolve_entities=False, no_network=True)
    try:
        for _, element in parser:
            _refuse_doctype(element, raw)
            if element.tag != tag:
                raise SourceError(f"starts with <{element.tag}>, not <{tag}>", file=raw.file)
            return {str(key): str(value) for key, value in element.attrib.items()}
    except etree.XMLSyntaxError as error:
        raise SourceError(f"the XML is broken: {error.msg}", file=raw.file, row=error.lineno or None) from error
    raise SourceError("holds no element", file=raw.file)


def _refuse_doctype(element: Any, raw: Raw) -> None:
    if element.getroottree().docinfo.internalDTD is not None or element.getroottree().docinfo.doctype:
        raise SourceError(
            "declares a document type, which may hold entities or external references; refused", file=raw.file
        )
