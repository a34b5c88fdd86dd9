"""Official lists and files of one's own, read from bytes. A new format is one module, one YAML and one line here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seawall.errors import InputError, SeawallError
from seawall.model import Edition, Entity, RowError, Schema
from seawall.sources import ftm_json, ofac_csv, plain_csv, un_consolidated
from seawall.sources.raw import Raw, read_raw
from seawall.sources.spec import Spec, believe, spec

Reader = Callable[[Raw, Spec, list[RowError]], Iterator[Entity]]


@dataclass(frozen=True, slots=True)
class ListsRead:
    """What was read: entities with unique ids, one edition per file, and everything that could not be read."""

    entities: tuple[Entity, ...]
    editions: tuple[Edition, ...]
    errors: tuple[RowError, ...]


@dataclass(frozen=True, slots=True)
class _Format:
    name: str
    says: str
    recognises: Callable[[bytes], bool]
    read: Reader


# Asked in this order; the first that recognises a file's beginning reads it. OFAC's side files join its main ones.
_FORMATS = (
    _Format("un_consolidated", "UN consolidated XML", un_consolidated.recognises, un_consolidated.read),
    _Format("ftm_json", "FollowTheMoney JSON lines", ftm_json.recognises, ftm_json.read),
    _Format("plain_csv", "CSV with a header that has name", plain_csv.recognises, plain_csv.read),
)
_OFAC = "ofac_csv"


def read_lists(paths: Sequence[Path]) -> ListsRead:
    """Read list files, and folders of them, recognising each by its content.

    A file that cannot be read whole is refused with one error, and the others go on: half a list would find half of
    whom it names. Never raises for a bad file.
    """
    errors: list[RowError] = []
    raws = [raw for path in paths for file in _files(path, errors) if (raw := _raw(file, errors))]
    ofac = [raw for raw in raws if ofac_csv.recognises(raw.data[:65536])]
    joined = ofac_csv.join(ofac, errors)
    entities: dict[str, Entity] = {}
    editions: list[Edition] = []
    for raw in raws:
        if raw in ofac and ofac_csv.shape(raw.data[:65536]) != "main":
            continue
        try:
            source, read = (_which_ofac(raw), _ofac(joined)) if raw in ofac else _recognise(raw)
            found = list(read(raw, source, errors))
            believe(source, found, raw.file)
        except SeawallError as error:
            place = (getattr(error, "row", None) or 0, getattr(error, "field", ""))
            errors.append(RowError(raw.file, *place, getattr(error, "message", str(error))))
            continue
        twice = [e for e in found if not _add(entities, e)]
        if twice:
            message = f"{len(twice):,} of its entries were read from another file already and are not read again"
            errors.append(RowError(raw.file, 0, "id", message, str(twice[0].id)))
        editions.append(_edition(raw, source, found))
    return ListsRead(tuple(entities.values()), tuple(editions), tuple(errors))


def fingerprint(paths: Sequence[Path]) -> str:
    """A hash over the names and bytes of every file that `read_lists` would read; "" if one cannot be read."""
    errors: list[RowError] = []
    digest = hashlib.sha256()
    try:
        for path in paths:
            for file in _files(path, errors):
                with file.open("rb") as stream:
                    digest.update(f"{file}\0".encode() + hashlib.file_digest(stream, "sha256").digest())
    except OSError:
        return ""
    return "" if errors else digest.hexdigest()


def _add(entities: dict[str, Entity], entity: Entity) -> bool:
    """Add an entity, or its listing on another list of the publisher; False if it stands there already."""
    known = entities.setdefault(entity.id, entity)
    if known is entity:
        return True
    lists = {listing.source for listing in known.listings}
    if any(listing.source in lists for listing in entity.listings):
        return False
    entities[entity.id] = replace(known, listings=(*known.listings, *entity.listings))
    return True


def _files(path: Path, errors: list[RowError]) -> list[Path]:
    if not path.exists():
        errors.append(RowError(str(path), 0, "", "there is no such file or folder"))
        return []
    if path.is_file():
        return [path]
    found = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
    if not found:
        errors.append(RowError(str(path), 0, "", "the folder holds no file"))
    return found


def _raw(path: Path, errors: list[RowError]) -> Raw | None:
    try:
        return read_raw(path)
    except InputError as error:
        errors.append(RowError(str(path), 0, "", error.message))
        return None


def _recognise(raw: Raw) -> tuple[Spec, Reader]:
    for form in _FORMATS:
        if form.recognises(raw.data[:65536]):
            return spec(form.name), form.read
    known = "; ".join(form.says for form in _FORMATS)
    raise InputError(f"the format is not recognised. Read are: {known}; OFAC CSV (SDN, ALT, ADD, comments)")


def _ofac(joined: ofac_csv.Joined) -> Reader:
    return lambda raw, source, errors: ofac_csv.read(raw, source, joined, errors)


def _which_ofac(raw: Raw) -> Spec:
    """The SDN list or the list of non-blocking sanctions, told by the programmes of most entries."""
    source = spec(_OFAC)
    programs = ofac_csv.programs(raw)
    if sum(p in source.programs for p in programs) > len(programs) / 2:
        return source.model_copy(update={"id": "us-ofac-cons", "title": "US OFAC consolidated (non-SDN) list"})
    return source.model_copy(update={"id": "us-ofac-sdn", "title": "US OFAC SDN list"})


def _edition(raw: Raw, source: Spec, found: Sequence[Entity]) -> Edition:
    kinds = Counter("persons" if e.schema is Schema.PERSON else "vessels" if e.schema is Schema.VESSEL else "entities"
                    for e in found)  # fmt: skip
    names = sum(len(e.names) for e in found)
    day = un_consolidated.day(raw) if source.id == "un-consolidated" else ""
    counts = (*((kind, kinds[kind]) for kind in ("persons", "entities", "vessels")), ("names", names))
    edition = Edition(source.id, source.title, day, raw.sha256, raw.file, counts)
    return replace(edition, path=Path(raw.file).name)
