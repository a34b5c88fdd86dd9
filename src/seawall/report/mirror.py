"""What a mirror test found: a summary that says how it was measured, the flags, and every pair with its numbers."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl
from rich.console import Console
from rich.text import Text

from seawall.errors import UsageError
from seawall.model import RowError
from seawall.model.mirror import Ground, MirrorTerms, Standing
from seawall.report.layout import hanging, printable
from seawall.report.rows import neutral, to_json

MIRROR_SCHEMA = "seawall-mirror/1"
PAIR_COLUMNS = (
    "exporter", "importer", "year", "month", "system", "hs", "standing", "import_usd", "export_usd", "import_basis",
    "ln_low", "ln_mid", "ln_high", "usd_low", "usd_mid", "usd_high", "end_low", "end_high", "re_exports_usd", "hub",
    "band_low", "band_high", "band_from", "band_pairs", "confused_with", "run_years", "run_from", "outside", "one_sign",
    "least_usd", "measures", "whole_period", "why",
)  # fmt: skip
_SHOWN = 20
"""Flags that the terminal shows of each ground; the other formats have all."""
_SAYS = {
    Ground.BAN: "trade recorded in goods that are banned",
    Ground.BAND: "gaps outside the band of ordinary noise",
    Ground.RUN: "gaps of one sign for years in a row",
}
_STANDINGS = {
    Standing.PAIRED: "both sides record it",
    Standing.ZERO: "one side says that nothing flowed",
    Standing.ORPHANED: "orphaned: only the importer has it, though the exporter reports such goods",
    Standing.LOST: "lost: only the exporter has it, though the importer reports such goods",
    Standing.EXPORTER_SILENT: "the exporter does not report in these files",
    Standing.IMPORTER_SILENT: "the importer does not report in these files",
}


@dataclass(frozen=True, slots=True)
class MirrorPage:
    """The result of a mirror test. The frames are those of `estimate`: `pairs` as `gaps.with_bans` gives them, `flags`,
    `classes` and `reporters` of `noise`, `prices` of `odd_prices`, `compilers`. `silent` report nothing in the files.
    """

    read: int
    formats: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, int], ...]
    pairs: pl.DataFrame
    flags: pl.DataFrame
    classes: pl.DataFrame
    reporters: pl.DataFrame
    measured: int
    prices: pl.DataFrame
    compilers: pl.DataFrame
    silent: tuple[str, ...]
    terms: MirrorTerms
    errors: tuple[RowError, ...]
    engine_version: str
    tables_edition: str


def write_mirror(page: MirrorPage, form: str) -> str:
    """A mirror test as json, csv (a row per pair) or md (summary and flags). Raises UsageError for another format."""
    if form == "json":
        return to_json(_document(page), indent=2)
    if form == "csv":
        return _csv(page)
    if form == "md":
        return "\n".join(_markdown(page))
    raise UsageError(f"no format {form!r} for a mirror test")


def _document(page: MirrorPage) -> dict[str, Any]:
    frames = ("pairs", "flags", "classes", "reporters", "prices", "compilers")
    terms = {**asdict(page.terms), "classes": [_finite(asdict(c)) for c in page.terms.classes]}
    return {
        "schema": MIRROR_SCHEMA, "engine_version": page.engine_version, "tables_edition": page.tables_edition,
        "read": page.read, "formats": page.formats, "left_out": dict(page.left_out), "measured": page.measured,
        "silent": page.silent, "terms": terms, "errors": [asdict(e) for e in page.errors],
        **{name: [_finite(row) for row in getattr(page, name).iter_rows(named=True)] for name in frames},
    }  # fmt: skip


def _finite(row: Mapping[str, Any]) -> dict[str, Any]:
    """JSON has no infinity: an open end is null."""
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in row.items()}


def _csv(page: MirrorPage) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(PAIR_COLUMNS)
    for row in page.pairs.iter_rows(named=True):
        row["why"] = pair_why(row, page.terms)
        writer.writerow([neutral(_cell(row[name])) for name in PAIR_COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10g}"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def pair_why(row: Mapping[str, Any], terms: MirrorTerms) -> str:
    """What is to be said of a pair, in a sentence for each point."""
    said = [_STANDINGS[Standing(row["standing"])]]
    if row["standing"] == Standing.PAIRED:
        said.append(f"imports are {_times(row)} of exports at FOB")
        inside = "outside" if row["outside"] else "within"
        if row["confused_with"]:
            said.append(f"closes with that of {row['confused_with']}: one partner taken for the other")
        else:
            said.append(f"{inside} the band {_band(row)}")
        if row["one_sign"]:
            said.append(
                f"one sign for {row['run_years']} years from {row['run_from']}, {terms.run_times:g} times or more"
            )
        if row["hub"] or row["re_exports_usd"]:
            said.append("part of it may pass through a hub")
    elif row["confused_with"]:
        said.append(f"closes the gap with {row['confused_with']}: one partner taken for the other")
    if row["measures"]:
        said.append(f"goods {_period(row)} ({', '.join(row['measures'])})")
    return "; ".join(said)


def _times(row: Mapping[str, Any]) -> str:
    low, mid, high = (_factor(math.exp(row[f"ln_{end}"])) for end in ("low", "mid", "high"))
    return f"{mid} times ({low} to {high})" if low != high else f"{mid} times"


def _factor(times: float) -> str:
    return f"{times:.3g}" if times < 1000 else f"{times:,.0f}"


def _band(row: Mapping[str, Any]) -> str:
    origin = "built in" if row["band_from"] == "built_in" else "of these files"
    return f"x{math.exp(row['band_low']):.2f} to x{math.exp(row['band_high']):.2f} ({origin})"


def _period(row: Mapping[str, Any]) -> str:
    return "banned on the first and the last day of it" if row["whole_period"] else "banned for part of it"


def usd(value: float) -> str:
    """An amount for reading, with its sign: `USD 1.25m`, `-USD 310`."""
    size = abs(value)
    for least, word in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if size >= least:
            return f"{'-' if value < 0 else ''}USD {size / least:,.3g}{word}"
    return f"{'-' if value < 0 else ''}USD {size:,.0f}"


def flag_says(row: Mapping[str, Any]) -> str:
    """A flag in words, with its numbers and their ranges."""
    when = str(row["year"]) if row["until"] == row["year"] else f"{row['year']} to {row['until']}"
    when = f"{when}-{row['month']:02d}" if row["month"] else when
    head = f"{row['exporter']} > {row['importer']}, {row['hs']}, {when}: "
    ground = Ground(row["ground"])
    if ground is Ground.BAN:
        told = f"{usd(row['value_usd'])} told by {row['reporter']} ({row['flow']})"
        return f"{head}{told}; {_period(row)} ({', '.join(row['measures'])})"
    gap = f"gap {usd(row['usd_mid'])} ({usd(row['usd_low'])} to {usd(row['usd_high'])})"
    if ground is Ground.BAND:
        return f"{head}imports {_times(row)} of exports, {gap}; band {_band(row)}"
    years = row["until"] - row["year"] + 1
    side = "imports" if row["least_usd"] > 0 else "exports"
    return f"{head}{side} larger for {years} years, imports {_times(row)} of exports, {gap} in all"


def _summary(page: MirrorPage) -> Iterator[str]:
    """What was read and how it was measured."""
    yield f"{page.read:,} rows read; {page.pairs.height:,} flows between States."
    for name, form in page.formats:
        yield f"{name}: {form}"
    for reason, count in page.left_out:
        yield f"left out: {count:,} rows ({reason})"
    counts = dict(page.pairs["standing"].value_counts().iter_rows())
    for standing, says in _STANDINGS.items():
        if counts.get(standing.value):
            yield f"{counts[standing.value]:,}: {says}"
    confused = page.pairs["confused_with"].drop_nulls().len()
    if confused:
        yield f"{confused:,}: the gap closes with that of a partner often taken for this one (not flagged)"
    factor = page.terms.cif_fob
    yield f"CIF over FOB: {factor.mid:g} ({factor.low:g} to {factor.high:g})."
    if page.measured:
        yield (f"Band of noise: measured on {page.measured:,} pairs of these files, q10 to q90, so that up to one in "
               "five of ordinary pairs lies outside by construction. It ranks; it proves nothing.")  # fmt: skip
    else:
        yield (f"Band of noise: built in (these files have fewer than {page.terms.least:,} pairs). "
               f"{page.terms.band_source} Totals, not single goods, which differ more.")  # fmt: skip
    if page.silent:
        names = ", ".join(page.silent[:12]) + (f" and {len(page.silent) - 12} more" if len(page.silent) > 12 else "")
        yield (f"Do not report in these files: {names}. A gap with them would be between two compilers of one partner, "
               "or is one-sided.")  # fmt: skip
    if page.compilers.height:
        yield f"{page.compilers.height:,} flows are told differently by two of the files (no side is taken)."
    if page.prices.height:
        yield f"{page.prices.height:,} unit values lie far from the usual (not flagged by themselves)."


def _by_ground(page: MirrorPage) -> Iterator[tuple[Ground, str, list[dict[str, Any]]]]:
    for ground, says in _SAYS.items():
        rows = page.flags.filter(pl.col("ground") == ground.value)
        yield ground, f"{rows.height:,} {says}", rows.to_dicts()


def _price(row: Mapping[str, Any]) -> str:
    usual = f"usually {row['usual_mid']:.3g} ({row['usual_low']:.3g} to {row['usual_high']:.3g}), n = {row['rows']:,}"
    what = f"{row['reporter']} {row['flow']}, {row['partner']}, {row['hs']}, {row['year']}"
    return f"{what}: USD {row['price']:.3g} per {row['per']}; {usual}"


def _compiler(row: Mapping[str, Any]) -> str:
    what = f"{row['reporter']} {row['flow']}, {row['partner']}, {row['hs']}, {row['year']}"
    times = "" if row["ln"] is None else f" ({_factor(math.exp(row['ln']))} times)"
    return f"{what}: {usd(row['value_usd'])} in {row['file']}; {usd(row['other_usd'])} in {row['other_file']}{times}"


def print_mirror(page: MirrorPage, console: Console) -> None:
    """The summary, then the flags of each ground, the largest first, then what is shown and not flagged."""
    console.print(Text("Mirror test", style="bold"))
    for line in _summary(page):
        console.print(hanging(Text(printable(line)), console, 1, "- "))
    for _, title, rows in _by_ground(page):
        console.print(Text(f"\nFlagged: {title}", style="bold red" if rows else "dim"))
        for row in rows[:_SHOWN]:
            console.print(hanging(Text(printable(flag_says(row))), console, 1, "- "))
        _rest(len(rows), console)
    for title, frame, says in _others(page):
        console.print(Text(f"\n{title}", style="bold"))
        for row in frame.head(_SHOWN // 4).iter_rows(named=True):
            console.print(hanging(Text(printable(says(row))), console, 1, "- "))
        _rest(frame.height, console, _SHOWN // 4)
    console.print(Text("\nA gap is not a breach, and names nobody.", style="dim"))


def _others(page: MirrorPage) -> Sequence[tuple[str, pl.DataFrame, Any]]:
    found = (
        ("Unit values far from the usual (not flags)", page.prices, _price),
        ("Told differently by two files (not flags)", page.compilers, _compiler),
    )
    return [part for part in found if part[1].height]


def _rest(count: int, console: Console, shown: int = _SHOWN) -> None:
    if count > shown:
        console.print(Text(f"  and {count - shown:,} more; --format csv or json has all", style="dim"))


def _markdown(page: MirrorPage) -> Iterator[str]:
    yield "# Mirror test\n"
    yield from (f"- {_plain(line)}" for line in _summary(page))
    for _, title, rows in _by_ground(page):
        yield f"\n## Flagged: {title}\n"
        yield from (f"- {_plain(flag_says(row))}" for row in rows)
    for title, frame, says in _others(page):
        yield f"\n## {title}\n"
        yield from (f"- {_plain(says(row))}" for row in frame.iter_rows(named=True))
    yield "\nA gap is not a breach, and names nobody."


def _plain(text: str) -> str:
    return printable(text).translate({ord(c): f"\\{c}" for c in "\\`*_[]<>|"})
