"""What a measure took off a flow, what the law asked for, and what two laws make of the same flows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from seawall.model.channel import Flow
from seawall.model.dealing import Activity
from seawall.model.figure import Estimate


@dataclass(frozen=True, slots=True)
class Span:
    """A range with its likeliest value. Raises ValueError unless low <= mid <= high."""

    low: float
    mid: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.mid <= self.high:
            raise ValueError(f"{self.low}, {self.mid}, {self.high} is a range upside down")


@dataclass(frozen=True, slots=True)
class Probe:
    """A dealing that stands for a flow: it is judged in the flow's place, month by month.

    It stands for channels of its `kind` with one of its `topics`; only measures with one of them are heard. Where the
    `source` or `sink` is "", the channel's partner stands there. `contract` is how long contracts run, in years: on any
    day they are of every age up to that. `open` is the share of a flow that is covered where the law's answer turns on
    a fact that no dealing of the kind has; `why` says on what these two rest. `counts` names the goods of caps that
    bind the flow.
    """

    id: str
    title: str
    kind: Flow
    topics: tuple[str, ...]
    activity: Activity
    source: str
    sink: str
    hs: tuple[str, ...]
    goods: str
    workers_of: str
    claims: tuple[str, ...]
    counts: str
    contract: Span | None
    open: Span
    why: str


@dataclass(frozen=True, slots=True)
class Covered:
    """The share of a year in which the law forbids a flow, and the amounts of a year that caps leave of it, by unit.

    `capped` is the share of the year in which the caps bind; `measures` are those that say so.
    """

    share: Span
    capped: float
    caps: tuple[tuple[str, float], ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a flow that a measure covers. `baseline` is its level before the law, `observed` the recorded
    one of a later year, both in `unit`.

    `unrecorded` is what may have gone on unseen, as a share of the baseline, and `drift` the factor by which the flow
    might have changed without the law: judgements, told in `why`. `sources` are those of the figures.
    """

    id: str
    title: str
    topic: str
    partner: str
    probe: str
    hs: tuple[str, ...]
    year: int
    unit: str
    baseline: Span
    observed: Span
    unrecorded: Span
    drift: Span
    sources: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Prior:
    """What is taken of the share that leaks before anything is seen: a beta distribution per measure and partner.

    Its mean lies anywhere in `leak`; `partners` is how many observations it is worth that partners are alike,
    `measures` the same of the measures at one partner (both anywhere between two numbers, evenly on a log scale).
    """

    id: str
    leak: tuple[float, float]
    partners: tuple[float, float]
    measures: tuple[float, float]
    sources: tuple[str, ...]
    known: date
    why: str


@dataclass(frozen=True, slots=True)
class Refill:
    """The share of lost income that goods outside the law make good by `years` after it, growing evenly till then."""

    share: Span
    years: int
    sources: tuple[str, ...]
    known: date
    why: str

    def part(self, since: int) -> float:
        """How much of the share is reached so many years after the law."""
        return min(max(since, 0) / self.years, 1.0)


@dataclass(frozen=True, slots=True)
class Walls:
    """Probes, priors and what was seen, as a table holds them, with what is taken of new goods (`refill`). `most` is
    how much one observation counts at most, in yes-or-no trials; `left_out` are flows of which nothing can be said,
    each with why.
    """

    probes: tuple[Probe, ...]
    priors: tuple[Prior, ...]
    seen: tuple[Seen, ...]
    refill: tuple[Refill, ...]
    most: float
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reduction:
    """An observation against the law: what it asked to go (`mandated`) and what went (`observed`), in the flow's unit.

    `held` is the share of what was to go that went; None where the law asked for nothing. `trials` is what it counts.
    """

    seen: Seen
    covered: Covered
    mandated: Estimate
    observed: Estimate
    held: Estimate | None
    trials: float


@dataclass(frozen=True, slots=True)
class Held:
    """The share of a measure that held at a partner: before anything was seen, and after."""

    topic: str
    partner: str
    prior: Estimate
    posterior: Estimate
    trials: float
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Enforcement:
    """What held. `typical` are partners as a whole; `effective` is how many even draws the weighted ones are worth."""

    prior: Prior
    reductions: tuple[Reduction, ...]
    held: tuple[Held, ...]
    typical: tuple[Held, ...]
    effective: float
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A channel in a year: what flows `before` any of the law compared, what each of two packages stops beyond the law
    that stood before them, and how much more the second stops than the first in the same draws.
    """

    channel: str
    title: str
    year: int
    kind: Flow
    level: Estimate
    first: Estimate
    second: Estimate
    more: Estimate
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A published change that a hindcast is held against. `to` and `since` are years, `flows` the names of what it adds
    up, `published` the change in percent; with `refills`, new goods are a part of it. `why` says what the model
    leaves out of it.
    """

    id: str
    title: str
    flows: tuple[str, ...]
    since: int
    to: int
    published: Span
    source: str
    refills: bool
    why: str


@dataclass(frozen=True, slots=True)
class Past:
    """A flow as it was known on the day of a hindcast, with the probe, the partner and the codes that the law is asked
    about. `drift` is the factor by which it might change in a year without the law. `known` is the latest day on
    which any of it became known.
    """

    id: str
    title: str
    probe: str
    partner: str
    hs: tuple[str, ...]
    unit: str
    level: Span
    drift: Span
    sources: tuple[str, ...]
    known: date
    why: str


@dataclass(frozen=True, slots=True)
class Hindcast:
    """A forecast of years that are over, by what was known on a day; the law of those years is taken as given. The
    levels of its flows are those of the year `base`.
    """

    id: str
    title: str
    on: date
    regime: str
    base: int
    flows: tuple[Past, ...]
    targets: tuple[Target, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Foretold:
    """A target with its prediction, in percent. `inside` says whether the published value lies in the range."""

    target: Target
    predicted: Estimate
    inside: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """A law (a package or a day) and what is supposed of it, as words of the command line: `enforce:xx`, `lift:all`."""

    id: str
    title: str
    law: str
    what_if: tuple[str, ...]
