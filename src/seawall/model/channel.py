"""Channels by which money and material flow, as models of parameters that are only known in ranges."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seawall.model.figure import Estimate


class Flow(StrEnum):
    """What flows through a channel. The kinds are never added up."""

    CURRENCY = "currency"
    """Hard currency that the target earns."""
    MATERIAL = "material"
    """Goods that it gets, by volume."""
    RELIEF = "relief"
    """What it need not pay: nothing comes in."""


class Shape(StrEnum):
    """How likely the values of a range are. For all but the last, nothing lies outside the range."""

    UNIFORM = "uniform"
    TRIANGULAR = "triangular"
    """Likeliest at the middle, falling to nothing at both ends."""
    PERT = "pert"
    """A beta distribution with its mode at the middle (Malcolm and others 1959): less weight at the ends."""
    LOGNORMAL = "lognormal"
    """The ends are the 10th and 90th percentile, the middle the median; for what can be off by a factor."""


class Gaps(StrEnum):
    """What stands for a year without a value."""

    NONE = "none"
    """Nothing: there is no estimate."""
    INTERPOLATE = "interpolate"
    """A value on the line between its neighbours; nothing before the first and after the last."""
    ONWARD = "onward"
    """As `interpolate`, and the last value after the last; nothing before the first."""
    HOLD = "hold"
    """The same, and the first and the last value before and after them."""


@dataclass(frozen=True, slots=True)
class Point:
    """A range for a year, or for every year (`year` None). low <= mid <= high."""

    year: int | None
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class Parameter:
    """An unknown of a model. `id` is unique among all channels; channels that share one have the same id.

    `basis` names the sources of its values, `why` says in words what of it is a judgement.
    """

    id: str
    title: str
    unit: str
    shape: Shape
    points: tuple[Point, ...]
    gaps: Gaps
    basis: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A model of one flow: `form` names the formula (`estimate.channels.FORMS`) that `parameters` enter by their names.

    `partner` is the country on the other side, a group of countries or "" for all. `within` names the channel whose
    money this is a part of, so that totals count it once. `topics` are tags of the measures that touch it, `hs` the
    codes of its goods. `counts` names the goods of a cap that its volume counts towards, `beside` a series of published
    figures that it is read against. `weakest` says which number it hangs on.
    """

    id: str
    title: str
    partner: str
    kind: Flow
    unit: str
    form: str
    first: int
    last: int
    parameters: tuple[tuple[str, Parameter], ...]
    topics: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    within: str = ""
    counts: str = ""
    beside: str = ""
    weakest: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Flows:
    """Channels with their estimates, by channel and year, and the sums of those that count: over each kind, over each
    partner of a kind (`currency ru`), and over what counts towards a cap (`cap GOODS`). `silent` are channels and years
    for which a parameter has no value: they are in no sum.
    """

    channels: tuple[Channel, ...]
    estimates: tuple[Estimate, ...]
    totals: tuple[Estimate, ...]
    silent: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Influence:
    """How much of what is not known of a channel is due to one parameter.

    `first` is the share of the variance that would go if the parameter were known, `total` what would stay if all the
    others were (Sobol 1993, Homma and Saltelli 1996). `parameter` is its range; `swing` the median of the channel where
    the parameter is at its 10th and at its 90th percentile.
    """

    parameter: Estimate
    title: str
    first: float
    total: float
    swing: tuple[float, float]
    why: str
