"""How far mirror data differ where nothing is wrong: by size of the flow, and by who reports."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from seawall.model.mirror import MirrorTerms, SizeClass, Standing

_ROUNDS, _DONE = 200, 1e-9
_LEAST_VARIANCE = 1e-4
_WIDTH = 1.645
"""Standard deviations on either side that hold nine in ten of a normal law."""


@dataclass(frozen=True, slots=True)
class Noise:
    """The pairs with their band, how it was found, and the reporters' spread.

    `pairs` gains `band_low` and `band_high` (ln), `band_pairs`, the number that they rest on, and `band_from`: `file`
    or `built_in`. `classes` has each band once. `reporters` has a row for each reporter and role (`importer`,
    `exporter`): `pairs`, and `spread_low`, `spread_mid`, `spread_high`, the standard deviation of ln that it adds, with
    90 percent of its range. `measured` says how many pairs the file has for a band of its own.
    """

    pairs: pl.DataFrame
    classes: pl.DataFrame
    reporters: pl.DataFrame
    measured: int


def noise(pairs: pl.DataFrame, terms: MirrorTerms) -> Noise:
    """Put the band of ordinary noise beside each pair of `mirror.pairs`.

    A file with `terms.least` pairs has bands of its own: the tenth and ninetieth percentile of ln by level of the
    goods, size and reliability of the two reporters. A class with fewer than `terms.least_in_class` pairs takes that
    of its level and size, then the built-in one. No band is narrower than `terms.never_under` times either way.
    """
    paired = pairs.filter(pl.col("standing") == Standing.PAIRED)
    reporters = reliability(paired, terms)
    table = _with_reliability(pairs, reporters).with_columns(size=_size(terms.classes))
    measured = paired.height if paired.height >= terms.least else 0
    known = table.filter(pl.col("standing") == Standing.PAIRED) if measured else table.clear()
    table = _banded(table, known, terms).drop("size", "reliable")
    classes = (
        table.filter(pl.col("standing") == Standing.PAIRED)
        .group_by("band_from", "band_class", "band_low", "band_high", "band_pairs").agg(pl.len().alias("used_for"))
        .sort("band_from", "band_class")
    )  # fmt: skip
    return Noise(table, classes, reporters, measured)


def _size(classes: Sequence[SizeClass]) -> pl.Expr:
    """The number of the size class of a pair, by its larger side."""
    size = pl.max_horizontal("import_usd", "export_usd")
    limits = [c.up_to for c in classes[:-1]]
    return pl.sum_horizontal([pl.lit(0), *(size >= limit for limit in limits)]).cast(pl.Int8)


def _banded(table: pl.DataFrame, known: pl.DataFrame, terms: MirrorTerms) -> pl.DataFrame:
    least = math.log(terms.never_under)
    for n, by in enumerate((["level", "size", "reliable"], ["level", "size"])):
        found = known.group_by(by).agg(
            pl.col("ln_mid").quantile(0.1, "linear").alias(f"low{n}"),
            pl.col("ln_mid").quantile(0.9, "linear").alias(f"high{n}"),
            pl.len().cast(pl.Int64).alias(f"pairs{n}"),
        )
        found = found.filter(pl.col(f"pairs{n}") >= terms.least_in_class)
        table = table.join(found, on=by, how="left", nulls_equal=True)
    for name in ("low", "high", "pairs"):
        own = dict(enumerate(getattr(c, name) for c in terms.classes))
        table = table.with_columns(pl.col("size").replace_strict(own, default=None).alias(f"{name}2"))
    steps = pl.when(pl.col("pairs0").is_not_null()).then(0).when(pl.col("pairs1").is_not_null()).then(1).otherwise(2)
    names = _size_names(terms.classes)
    size = pl.col("size").replace_strict(dict(enumerate(names)), return_dtype=pl.String)
    table = table.with_columns(
        band_low=pl.min_horizontal(pl.coalesce("low0", "low1", "low2"), -least),
        band_high=pl.max_horizontal(pl.coalesce("high0", "high1", "high2"), least),
        band_pairs=pl.coalesce("pairs0", "pairs1", "pairs2"),
        band_from=pl.when(steps == 2).then(pl.lit("built_in")).otherwise(pl.lit("file")),
        band_class=pl.when(steps == 2).then(size)
        .when(steps == 1).then(pl.format("{}, {} digits", size, "level"))
        .otherwise(pl.format("{}, {} digits, {} reporters", size, "level", "reliable")),
    )  # fmt: skip
    return table.drop(f"{name}{n}" for name in ("low", "high", "pairs") for n in range(3))


def _size_names(classes: Sequence[SizeClass]) -> list[str]:
    names, low = [], 0.0
    for c in classes:
        top = "" if math.isinf(c.up_to) else f"{c.up_to / 1e6:g}"
        names.append(f"USD {low / 1e6:g} to {top}m" if top else f"USD {low / 1e6:g}m and more")
        low = c.up_to
    return names


def reliability(paired: pl.DataFrame, terms: MirrorTerms) -> pl.DataFrame:
    """How much each reporter adds to the spread of ln, as importer and as exporter; columns as in `Noise.reporters`.

    The squared distance of ln from the middle of its level and size is taken for the sum of what the two sides add,
    and solved by alternating least squares over all years together, each reporter drawn towards the common level as if
    it had `terms.prior` pairs more (Gaulier and Zignago 2010; Growth Lab, Bustos and Yildirim 2022, weight reporters
    so). The range is that of the mean of what is left for it.
    """
    schema = {"reporter": pl.String, "role": pl.String, "pairs": pl.Int64, "spread_low": pl.Float64,
              "spread_mid": pl.Float64, "spread_high": pl.Float64}  # fmt: skip
    if paired.height == 0:
        return pl.DataFrame(schema=schema)
    middle = pl.col("ln_mid").median().over("level", _size(terms.classes))
    apart = paired.select((pl.col("ln_mid") - middle).clip(-terms.most, terms.most)).to_series().to_numpy() ** 2
    codes = {side: paired[side].rank("dense").cast(pl.Int64).to_numpy() - 1 for side in ("importer", "exporter")}
    names = {side: paired[side].unique().sort().to_list() for side in codes}
    share = float(apart.mean()) / 2
    level = {side: np.full(len(names[side]), share) for side in codes}
    counts = {side: np.bincount(codes[side], minlength=len(names[side])) for side in codes}
    for _ in range(_ROUNDS):
        before = level["importer"].copy()
        for side, other in (("importer", "exporter"), ("exporter", "importer")):
            left = apart - level[other][codes[other]]
            total = np.bincount(codes[side], weights=left, minlength=len(names[side])) + terms.prior * share
            level[side] = np.maximum(total / (counts[side] + terms.prior), _LEAST_VARIANCE)
        if float(np.abs(before - level["importer"]).max()) < _DONE:
            break
    parts = []
    for side, other in (("importer", "exporter"), ("exporter", "importer")):
        left = apart - level[other][codes[other]] - level[side][codes[side]]
        spread = np.bincount(codes[side], weights=left**2, minlength=len(names[side])) + terms.prior * share**2
        n = counts[side] + terms.prior
        error = _WIDTH * np.sqrt(spread / n / n)
        low, high = np.maximum(level[side] - error, 0.0), level[side] + error
        parts.append(
            pl.DataFrame(
                [names[side], [side] * len(n), counts[side].tolist(), np.sqrt(low).tolist(),
                 np.sqrt(level[side]).tolist(), np.sqrt(high).tolist()],
                schema=schema,
            )
        )  # fmt: skip
    return pl.concat(parts)


def _with_reliability(pairs: pl.DataFrame, reporters: pl.DataFrame) -> pl.DataFrame:
    """Pairs with `reliable`: the third of all pairs in which the spread of the two reporters together puts them."""
    squares = []
    for side in ("importer", "exporter"):
        own = reporters.filter(pl.col("role") == side).select(
            pl.col("reporter").alias(side), s=pl.col("spread_mid") ** 2
        )
        pairs = pairs.join(own.rename({"s": f"{side}_s"}), on=side, how="left")
        squares.append(pl.col(f"{side}_s"))
    both = squares[0] + squares[1]
    paired = pairs.filter(pl.col("standing") == Standing.PAIRED).select(both=both)["both"]
    first, second = (paired.quantile(part) or 0.0 for part in (1 / 3, 2 / 3))
    named = pl.when(both <= first).then(pl.lit("steady")).when(both <= second).then(pl.lit("middling"))
    return pairs.with_columns(reliable=named.otherwise(pl.lit("unsteady"))).drop("importer_s", "exporter_s")
