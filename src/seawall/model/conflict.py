"""What several sources say of one thing, and how statements stand against figures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from seawall.model.figure import Estimate, Figure, Period


@dataclass(frozen=True, slots=True)
class Part:
    """Some figures of a series: of one item, and of one period or source if given."""

    series: str
    item: str = ""
    period: Period | None = None
    source: str = ""

    def holds(self, figure: Figure) -> bool:
        """Whether a figure is one of them."""
        return (
            (figure.series, figure.item) == (self.series, self.item)
            and self.period in {None, figure.period}
            and self.source in {"", figure.source}
        )


@dataclass(frozen=True, slots=True)
class Quantity:
    """Parts that measure one thing, and a sentence on why they differ, with its sources.

    With `across` all its figures are set side by side although their periods differ; otherwise those of one period.
    Without `ratio` none is given, because the periods are not of one length.
    """

    id: str
    title: str
    parts: tuple[Part, ...]
    across: bool = False
    ratio: bool = True
    why: str = ""
    see: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one thing, in one unit, the largest first. `ratio` is the largest over the smallest, None if it would
    say nothing: where not all are above zero, or their periods are not of one length. They `agree` if one number lies
    in all their ranges.
    """

    quantity: str
    title: str
    figures: tuple[Figure, ...]
    ratio: float | None
    agree: bool
    why: str
    see: tuple[str, ...]


class CheckKind(StrEnum):
    """How a statement is set against figures."""

    SAME = "same"
    SUM = "sum"
    PERIODS = "periods"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Check:
    """A statement (`stated`), the figures `against` it, and the share `within` which they count as the same, which is
    a judgement on rounding.
    """

    id: str
    says: str
    kind: CheckKind
    stated: Part
    against: tuple[Part, ...]
    within: float
    note: str = ""


class Agreement(StrEnum):
    """How a statement stands."""

    CONFIRMED = "confirmed"
    DIFFERS = "differs"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement and what the figures give in its unit, None if they give nothing. Where they differ, `off` is the
    share by which the middle of the figures lies above that of the statement, None for changes in percent. Where they
    cannot be compared, `because` says why.
    """

    check: Check
    stated: Figure
    found: Estimate | None
    agreement: Agreement
    off: float | None = None
    because: str = ""
