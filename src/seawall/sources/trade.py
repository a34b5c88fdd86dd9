"""Trade statistics of all publishers as one frame: recognised by their columns, read in bulk, each fault named."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from seawall.errors import InputError, UsageError
from seawall.model import RowError
from seawall.model.trade import TOTAL, TRADE, WORLD, Trade, system
from seawall.sources.raw import read_raw, records
from seawall.sources.trade_formats import LAYOUTS, NEEDED, Layout, layout_of
from seawall.tables.trade_codes import PART, cow_code, flow_codes, partner_code

_NONE = ("", "NA", "N/A", "null", "NULL", "None", "NaN", "nan", "#N/A")
"""What publishers write where they have nothing."""
_NUMBERS = ("value_usd", "cif", "fob", "quantity", "net_weight_kg")
_HEAD = 1 << 16
"""Bytes in which a header must end."""
_MONTHS = 12
_KINDS: Any = dict(TRADE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Only rows with one of these reporters and one of these partners (codes of countries); all if none are named."""

    reporters: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Read:
    """What reading files gathers."""

    tables: list[pl.DataFrame] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    formats: list[tuple[str, str]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    read: int = 0

    def leave_out(self, table: pl.DataFrame, keep: pl.Expr, reason: str) -> pl.DataFrame:
        """The rows that are kept; the others are counted."""
        kept = table.filter(keep)
        if kept.height < table.height:
            self.left_out[reason] = self.left_out.get(reason, 0) + table.height - kept.height
        return kept


def read_trade(paths: Sequence[Path], wanted: Wanted | None = None) -> Trade:
    """The rows of files of trade statistics, each key once; an error for each row that cannot be read.

    A key is reporter, partner, flow, period, goods and edition. Where a file has a total over second partners, modes of
    transport and customs procedures, the details under it are left out; where it has none they are added up. Rows that
    stand twice count once; two of a file that differ are added up in a plain CSV, an error elsewhere.
    Raises InputError if a file cannot be opened, or its columns are those of no layout known here.
    """
    found = _Read()
    for path in paths:
        layout, cells = _table(path, found)
        found.formats.append((str(path), layout.name))
        rows = _rows(cells, layout)
        found.read += rows.height
        rows = _named(_faultless(rows, str(path), found), layout, str(path), found)
        rows = _wanted(rows, wanted or Wanted(), found)
        found.tables.append(_each_once(_without_details(rows, found), layout, found))
    table = pl.concat(found.tables) if found.tables else pl.DataFrame(schema=dict(TRADE))
    flow = pl.struct(*_KEY[:-1], system())  # whatever edition of one nomenclature a file names, or none
    first = flow.is_first_distinct() | (pl.col("file") == pl.col("file").first().over(flow))
    first = first if len(paths) > 1 else pl.lit(True)
    errors = sorted(found.errors, key=lambda e: (e.file, e.row))
    return Trade(
        table.filter(first),
        table.filter(~first),
        tuple(errors),
        found.read,
        tuple(found.left_out.items()),
        tuple(found.formats),
    )


def _table(path: Path, found: _Read) -> tuple[Layout, pl.LazyFrame]:
    """The file's cells as text, with their row, and its layout."""
    head = _head(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return LAYOUTS[0], _of_json(path)
    line = head.split(b"\n", 1)[0].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").rstrip("\r")
    mark = max(",;\t", key=line.count)
    header = [name.strip() for name in next(csv.reader([line], delimiter=mark), [])]
    layout = layout_of(header)
    if layout is None:
        raise InputError(f"no layout of trade statistics has these columns: {', '.join(header)[:200]}", file=str(path))
    missing = [name for name in NEEDED if layout.split is None and not set(header) & set(layout.fields[name])]
    if missing:
        needed = " or ".join(layout.fields[missing[0]])
        raise InputError(f"{layout.name}: the header has no column {needed}", file=str(path), field=missing[0])
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise InputError(f"the header names {', '.join(twice)} twice", file=str(path), row=1)
    table = _quick(path, mark, header)
    return layout, _slow(path, mark, header, found) if table is None else table


def _head(path: Path) -> bytes:
    """The first bytes of a file, unpacked. Raises InputError as `read_raw` does."""
    try:
        with path.open("rb") as stream:
            packed = stream.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as stream:
            head = stream.read(_HEAD)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", file=str(path)) from error
    if not head.strip(b"\xef\xbb\xbf \t\r\n\x1a\0"):
        raise InputError("is empty", file=str(path))
    return head


def _quick(path: Path, mark: str, header: Sequence[str]) -> pl.LazyFrame | None:
    """The file read by polars, None if a record of it is not as the header says."""
    try:
        table = pl.scan_csv(
            path, separator=mark, infer_schema=False, row_index_name="row", row_index_offset=2, glob=False
        )
        names = table.collect_schema().names()[1:]
        used = [n for n in names if n.strip() in _USED]
        if [n.strip() for n in names] != list(header):
            return None
        frame = table.select("row", *used).collect(engine="streaming")
    except (pl.exceptions.PolarsError, UnicodeError):
        return None
    return frame.rename({n: n.strip() for n in used}).lazy()


def _slow(path: Path, mark: str, header: Sequence[str], found: _Read) -> pl.LazyFrame:
    """The file read record by record, those that cannot be read going to the errors."""
    raw = read_raw(path)
    rows: list[int] = []
    cells: list[list[str]] = []
    for number, (row, record) in enumerate(records(raw, found.errors, mark)):
        if number == 0:
            continue
        if len(record) > len(header):
            found.errors.append(RowError(raw.file, row, "", f"has {len(record)} cells; the header has {len(header)}"))
        else:
            rows.append(row)
            cells.append([*record, *[""] * (len(header) - len(record))])
    columns = zip(*cells, strict=True) if cells else [()] * len(header)
    named = {name: list(column) for name, column in zip(header, columns, strict=True) if name in _USED}
    return pl.LazyFrame({"row": rows, **named}, schema={"row": pl.UInt32, **dict.fromkeys(named, pl.String)})


def _of_json(path: Path) -> pl.LazyFrame:
    """A response of the Comtrade service, its rows counted from 1. Raises InputError if it is none."""
    raw = read_raw(path)
    try:
        page = json.loads(raw.data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}", file=raw.file) from error
    data = page.get("data") if isinstance(page, dict) else page
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise InputError("no list of rows under `data`, as the Comtrade service answers", file=raw.file, field="data")
    names = sorted({name for row in data for name in row if name in _USED})
    cells = {name: [None if row.get(name) is None else str(row[name]) for row in data] for name in names}
    rows = pl.Series("row", range(1, len(data) + 1), dtype=pl.UInt32)
    return pl.DataFrame([rows, *(pl.Series(n, c, dtype=pl.String) for n, c in cells.items())]).lazy()


_USED = frozenset(
    name
    for layout in LAYOUTS
    for name in (*layout.known_by, *(n for names in layout.fields.values() for n in names))
) | {"ctyname_x", "pctyname_x", "indcode_m", "indcode_x", "year_m", "year_x", "year"}  # fmt: skip


def _rows(table: pl.LazyFrame, layout: Layout) -> pl.DataFrame:
    """Our fields as far as they can be read, `fault` and `fault_field` where one cannot."""
    if layout.split is not None:
        table = layout.split(table)
    there = set(table.collect_schema().names())
    texts = {
        name: pl.coalesce([_text(column) for column in columns if column in there])
        for name, columns in layout.fields.items()
        if there.intersection(columns)
    }
    raw = table.select("row", *(e.alias(name) for name, e in texts.items()))
    names = set(raw.collect_schema().names())
    raw = raw.with_columns(pl.lit(None, dtype=pl.String).alias(n) for n in _FIELDS if n not in names)
    when = pl.col("year").str.extract_groups(r"^(\d{4})(?:\.0)?(?:-?(\d{2}))?$").struct
    read = raw.with_columns(
        *(pl.col(n).str.replace_all("[ ,_]", "").cast(pl.Float64, strict=False).alias(f"{n}_read") for n in _NUMBERS),
        year_read=when.field("1").cast(pl.Int32, strict=False),
        month_read=pl.coalesce(when.field("2"), "month").cast(pl.Int8, strict=False),
        hs_read=_goods(),
    )
    kept = [n for n in raw.collect_schema().names() if n not in {*_NUMBERS, "year", "month", "hs"}]
    return read.with_columns(_fault()).select(*kept, pl.col("^.*_read$"), "fault").collect()


_FIELDS = (*NEEDED, *_NUMBERS, "partner2", "month", "hs_edition", "quantity_unit", "basis", "value_unit", "transport",
           "customs", "supply")  # fmt: skip


def _text(column: str) -> pl.Expr:
    plain = pl.col(column).str.strip_chars()
    return pl.when(plain.is_in(_NONE)).then(None).otherwise(plain)


def _goods() -> pl.Expr:
    """Goods codes as digits, `TOTAL` for all goods; null where the text is no code."""
    digits = pl.col("hs").str.strip_chars("'\"").str.replace_all(r"[. ]", "")
    other = pl.col("hs_edition").str.contains("^(S|B|E)").fill_null(False)
    code = digits.str.contains(r"^(\d{2}){1,5}$") | (other & digits.str.contains(r"^\d{1,5}$"))
    total = pl.col("hs").str.to_uppercase().is_in([TOTAL, "ALL", "TO"])
    return pl.when(total).then(pl.lit(TOTAL)).when(code).then(digits)


def _fault() -> list[pl.Expr]:
    """The first field of a row that cannot be read, and why."""
    checks: list[tuple[str, pl.Expr, str]] = [
        *((n, pl.col(n).is_null(), "is empty") for n in ("reporter", "partner", "flow", "year", "hs")),
        ("year", pl.col("year_read").is_null(), "is no year or month such as 2017 or 201703"),
        ("month", pl.col("month").is_not_null() & pl.col("month_read").is_null(), "is no month"),
        ("month", (pl.col("month_read") < 1) | (pl.col("month_read") > _MONTHS), "is no month"),
        ("hs", pl.col("hs_read").is_null(), "is no HS code: give 2, 4, 6, 8 or 10 digits, zeros in front kept"),
        *((n, _bad_number(n), "is not a number from 0 up") for n in _NUMBERS),
        ("basis", ~pl.col("basis").str.to_lowercase().is_in(["cif", "fob"]), "is neither cif nor fob"),
        ("unit", ~pl.col("value_unit").str.to_lowercase().is_in(["usd", "us$"]), "is not USD"),
    ]
    raw = {"unit": "value_unit", "value": "value_usd"}
    says = [
        pl.when(bad).then(pl.concat_str(pl.lit(f"{n}|"), pl.col(raw.get(n, n)).fill_null(""), pl.lit(f"|{why}")))
        for n, bad, why in checks
    ]
    return [pl.coalesce(says).alias("fault")]


def _bad_number(name: str) -> pl.Expr:
    read = pl.col(f"{name}_read")
    return pl.col(name).is_not_null() & (read.is_null() | ~read.is_finite() | (read < 0))


def _faultless(rows: pl.DataFrame, file: str, found: _Read) -> pl.DataFrame:
    for row, fault in rows.filter(pl.col("fault").is_not_null()).select("row", "fault").iter_rows():
        name, rest = fault.split("|", 1)
        text, why = rest.rsplit("|", 1)
        found.errors.append(RowError(file, row, name, f"{text[:60]!r} {why}" if text else why))
    return rows.filter(pl.col("fault").is_null())


def _named(rows: pl.DataFrame, layout: Layout, file: str, found: _Read) -> pl.DataFrame:
    """Rows in the columns of `TRADE` (and those that tell details), countries and flows by their codes."""
    rows = _coded(rows, "reporter", _place, (file, found))
    rows = _coded(rows, "partner", _place, (file, found))
    rows = _coded(rows, "partner2", _place, (file, found))
    rows = _coded(rows, "flow", lambda text: flow_codes().get(text.lower(), ""), (file, found))
    imports = pl.col("flow").is_in(["import", "re_import"])
    valued = [pl.col("cif_read") > 0, pl.col("fob_read") > 0]
    basis = (
        pl.when(pl.col("basis").is_not_null()).then(pl.col("basis").str.to_lowercase())
        .when(imports & valued[1].fill_null(False) & ~valued[0].fill_null(False)).then(pl.lit("fob"))
        .when(imports).then(pl.lit("cif")).otherwise(pl.lit("fob"))
    )  # fmt: skip
    # A weight of zero beside a value, and the unit -1, are how Comtrade writes that it does not know.
    no_unit = pl.col("quantity_unit").is_null() | pl.col("quantity_unit").is_in(["-1", "No Quantity"])
    return rows.select(
        "reporter", "partner", "partner2", "flow", year="year_read", month="month_read", hs="hs_read",
        hs_edition="hs_edition",
        level=pl.when(pl.col("hs_read") == TOTAL).then(0).otherwise(pl.col("hs_read").str.len_bytes()).cast(pl.Int8),
        value_usd=pl.col("value_usd_read") * layout.value_factor,
        quantity=pl.when(~no_unit).then("quantity_read"), quantity_unit=pl.when(~no_unit).then("quantity_unit"),
        net_weight_kg=pl.when(pl.col("net_weight_kg_read") > 0).then("net_weight_kg_read"), basis=basis,
        file=pl.lit(file), row="row",
        transport=pl.col("transport").fill_null("0"), customs=pl.col("customs").fill_null("C00"),
        supply=pl.col("supply").fill_null("0"),
    )  # fmt: skip


def _place(text: str) -> str:
    return cow_code(text.removeprefix("cow:")) if text.startswith("cow:") else partner_code(text)


def _coded(rows: pl.DataFrame, name: str, code: Callable[[str], str], into: tuple[str, _Read]) -> pl.DataFrame:
    """A column by its codes, each distinct text looked up once; rows with a text that is not known are errors."""
    texts = rows[name].drop_nulls().unique().to_list()
    known = {text: found for text in texts if (found := code(text))}
    file, gathered = into
    if len(known) < len(texts):
        wrong = rows.filter(pl.col(name).is_not_null() & ~pl.col(name).is_in(list(known)))
        for row, text in wrong.select("row", name).iter_rows():
            message = f"{text[:60]!r} is no {'flow' if name == 'flow' else 'country'} known here"
            gathered.errors.append(RowError(file, row, name, message))
        rows = rows.filter(pl.col(name).is_null() | pl.col(name).is_in(list(known)))
    return rows.with_columns(pl.col(name).replace_strict(known, default=None, return_dtype=pl.String))


def _wanted(rows: pl.DataFrame, wanted: Wanted, found: _Read) -> pl.DataFrame:
    """Rows between one of the reporters and one of the partners asked for, whichever of them tells it."""
    rows = found.leave_out(rows, pl.col("flow") != PART, "part of another flow")
    rows = found.leave_out(rows, pl.col("value_usd").is_not_null(), "no value")
    for names in (wanted.reporters, wanted.partners):
        if names:
            asked = list(names)
            either = pl.col("reporter").is_in(asked) | pl.col("partner").is_in(asked)
            rows = found.leave_out(rows, either | (pl.col("partner") == WORLD), "not asked for")
    return rows


_KEY = ["reporter", "partner", "flow", "year", "month", "hs", "hs_edition"]


def _without_details(rows: pl.DataFrame, found: _Read) -> pl.DataFrame:
    """Totals where there are totals; else the details that lie least deep, without modes under another of the key."""
    detail = _details()
    plain = rows.filter(detail == 0)
    if plain.height == rows.height:
        return rows
    deep = rows.filter(detail > 0).join(plain.select(_KEY).unique(), on=_KEY, how="anti", nulls_equal=True)
    deep = deep.filter(detail == detail.min().over(_KEY))
    modes = pl.col("transport")
    parents = [modes.str.slice(0, 1) + "000", modes.str.slice(0, 2) + "00"]
    under = pl.any_horizontal(*((p != modes) & p.is_in(modes.implode()).over(_KEY) for p in parents))
    kept = pl.concat([plain, deep.filter(~under)])
    found.left_out["detail of a row that counts it"] = rows.height - kept.height
    return kept


def _details() -> pl.Expr:
    """In how many ways a row is less than a total."""
    whole = pl.col("partner2").is_null() | (pl.col("partner2") == WORLD) | (pl.col("partner2") == pl.col("partner"))
    parts = [~whole, pl.col("transport") != "0", ~pl.col("customs").is_in(["C00", "0"]), pl.col("supply") != "0"]
    return pl.sum_horizontal(p.cast(pl.Int8) for p in parts)


def _each_once(rows: pl.DataFrame, layout: Layout, found: _Read) -> pl.DataFrame:
    """One row per key: equal rows once, details and lines of a plain file added up, others that differ an error."""
    if rows.select(_KEY).n_unique() == rows.height:  # most files, and cheap to see
        return rows.select(list(TRADE)).cast(_KINDS)
    rows = rows.with_columns(deep=_details() > 0)
    measured = ["value_usd", "quantity", "net_weight_kg"]
    places = ["partner2", "transport", "customs", "supply"]
    once = rows if layout.sums else rows.unique([*_KEY, *places, *measured], keep="first", maintain_order=True)
    if once.height < rows.height:
        found.left_out["stands twice"] = found.left_out.get("stands twice", 0) + rows.height - once.height
    if not layout.sums:
        once = found.leave_out(once, _best_basis(), "on another basis too")
        again = ~pl.col("deep") & ~pl.struct(_KEY).is_first_distinct()
        for row in once.filter(again).iter_rows(named=True):
            found.errors.append(
                RowError(row["file"], row["row"], "value_usd", "another value stands in an earlier row")
            )
        once = once.filter(~again)
    several = pl.struct(_KEY).is_duplicated()
    summed = once.filter(several).group_by(_KEY, maintain_order=True).agg(
        *(pl.when(pl.col(n).null_count() == 0).then(pl.col(n).sum()).alias(n) for n in measured),
        *(pl.col(n).first() for n in ("level", "quantity_unit", "file", "row")),
        partner2=pl.lit(None, dtype=pl.String),
        basis=pl.when(pl.col("basis").n_unique() == 1).then(pl.col("basis").first()).otherwise(pl.lit("fob")),
    )  # fmt: skip
    return pl.concat([once.filter(~several).select(list(TRADE)), summed.select(list(TRADE))]).cast(_KINDS)


def _best_basis() -> pl.Expr:
    """Of a flow told at CIF and at FOB, the row at FOB: nothing has to be assumed of it."""
    at_fob = pl.col("basis") == "fob"
    return at_fob | ~at_fob.any().over(_KEY)


def places(texts: Iterable[str], option: str) -> frozenset[str]:
    """Codes of countries given by code or name. Raises UsageError for one that is not known."""
    found = {text: partner_code(text) for text in texts}
    for text, code in found.items():
        if not code:
            raise UsageError(f"{option}: {text!r} is no country known here; give its ISO code")
    return frozenset(found.values())
