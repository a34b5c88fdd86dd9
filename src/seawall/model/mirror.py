"""The numbers that a mirror test rests on, and what it raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How the two sides of a flow stand."""

    PAIRED = "paired"
    """Both record it."""
    ZERO = "zero"
    """Both have a row, and one says nothing flowed."""
    ORPHANED = "orphaned"
    """The importer records it; the exporter reports such goods for that period, and not this flow."""
    LOST = "lost"
    """The exporter records it; the importer reports such goods for that period, and not this flow."""
    EXPORTER_SILENT = "exporter_silent"
    """The importer records it; the exporter reports nothing of the kind for that period in these files."""
    IMPORTER_SILENT = "importer_silent"
    """The exporter records it; the importer reports nothing of the kind for that period in these files."""


class Ground(StrEnum):
    """Why something is flagged. There are no others."""

    BAND = "outside_band"
    """The gap, at every end of its range, lies outside the band of ordinary noise."""
    RUN = "one_sign"
    """The gap has had one sign, and some size at every end of its range, for several years in a row."""
    BAN = "prohibited_goods"
    """Trade is recorded in goods that a measure bans, while it is in force. No mirror is needed."""


@dataclass(frozen=True, slots=True)
class Span:
    """A range with its middle. `low <= mid <= high`."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class SizeClass:
    """The band of ln(imports at FOB / exports) for pairs whose larger side is below `up_to` USD, from `pairs` pairs."""

    up_to: float
    low: float
    high: float
    pairs: int


@dataclass(frozen=True, slots=True)
class MirrorTerms:
    """What a mirror test takes for granted; `tables/mirror.yaml` has the sources.

    `cif_fob` is the factor between values at CIF and FOB. A file with `least` pairs has a band of its own, with classes
    of `least_in_class`; no band is narrower than `never_under` times. `run` years of one sign with
    gaps of `run_times` or more are flagged. `hubs` has the
    share of exports that only passes through. Gaps with two `confused` partners that cancel but for the share `closes`
    are taken for one mistake. A unit value is odd from `outlier_score` robust deviations on, among `outlier_rows` rows.
    """

    cif_fob: Span
    classes: tuple[SizeClass, ...]
    band_source: str
    least: int
    least_in_class: int
    never_under: float
    run: int
    run_times: float
    closes: float
    outlier_rows: int
    outlier_score: float
    prior: float
    most: float
    hubs: Mapping[str, tuple[float, float]]
    confused: tuple[tuple[str, str], ...]
