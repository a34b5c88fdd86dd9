"""The law: measures, the conditions they are made of, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from seawall.model.entity import Verification


class Outcome(StrEnum):
    """The answers, gravest first. There is no "clear"."""

    PROHIBITED = "prohibited"
    UNDETERMINED = "undetermined"
    APPROVAL_REQUIRED = "approval_required"
    EXEMPT = "exempt"
    RED_FLAG = "red_flag"
    NO_MEASURE_FOUND = "no_measure_found"

    @property
    def gravity(self) -> int:
        """0 for the gravest."""
        return list(Outcome).index(self)


class Effect(StrEnum):
    """What a measure does when its scope is met."""

    BAN = "ban"
    """Prohibited, unless an exemption or wind-down is met."""
    APPROVAL = "approval"
    """Lawful only through the ordinary route the law provides: notice or approval."""
    FLAG = "flag"
    """A typology or a call upon States; never a breach by itself."""


class Binding(StrEnum):
    """How strongly the paragraph speaks."""

    DECIDES = "decides"
    CALLS_UPON = "calls upon"
    CLARIFIES = "clarifies"


class Truth(StrEnum):
    """Kleene's three values."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """A node of a condition tree.

    `op` is "all", "any", "not" (children in `parts`) or "test" (then `test` names the function and `args` its
    arguments, as sorted (key, value) pairs with lists as tuples). `says` is an optional plain sentence for readers.
    """

    op: str
    parts: tuple[Condition, ...] = ()
    test: str = ""
    args: tuple[tuple[str, object], ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition in words, from the docstring of its test and its arguments.

    `op` and `parts` as in a Condition; the denial of a test is one sentence and has no parts.
    """

    says: str
    op: str = "test"
    parts: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """An exemption, wind-down or approval that lifts a measure when `when` is met.

    `kind` is "exemption", "wind_down", "approval" or "carve_out" (outside the measure altogether).
    `owed` says what is still owed when it is used (a notice, and by which day). `hint` says what would have to be
    claimed or shown for it to apply. In force from `start` to `end`, both inclusive.
    """

    id: str
    kind: str
    title: str
    when: Condition
    owed: str = ""
    hint: str = ""
    paragraph: str = ""
    start: date | None = None
    end: date | None = None
    verification: Verification = Verification.MEMORY


@dataclass(frozen=True, slots=True)
class Goods:
    """A goods scope: HS codes of 2, 4 or 6 digits that begin the codes inside it, and words that name the goods."""

    id: str
    codes: tuple[str, ...]
    words: tuple[str, ...] = ()
    verification: Verification = Verification.MEMORY
    note: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """Barrels of a tonne, `low` to `high`, of the goods that `words` name."""

    words: tuple[str, ...]
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What measures refer to by name: goods scopes, factors (barrels of a tonne) and groups of States.

    `names` is what States and groups are called in a sentence, by code ("the United States").
    """

    goods: Mapping[str, Goods]
    factors: Mapping[str, Factor]
    groups: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount in a unit: `bbl`, `t`, or a currency in lower case."""

    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Cap:
    """A total of all suppliers together in a period, from `start` to `end`, or each twelve months from `start`.

    `limits` all bind (the lower one decides); with `either` they are one limit in several units. At `stop_at` of a
    limit supply stops for the rest of the period.
    """

    id: str
    title: str
    paragraph: str
    limits: tuple[Limit, ...]
    start: date
    end: date | None = None
    yearly: bool = False
    either: bool = False
    stop_at: float = 1.0
    counts: str = ""
    """Which goods of a ledger count towards it; several caps may count the same."""
    factor: str = "reported"
    """Which factor turns a ledger's tonnes into barrels."""

    def period(self, day: date) -> tuple[date, date] | None:
        """The first and last day of the period that holds `day`, None if there is none."""
        if day < self.start or (self.end is not None and day > self.end):
            return None
        if not self.yearly:
            return self.start, self.end or date.max
        year = day.year if (day.month, day.day) >= (self.start.month, self.start.day) else day.year - 1
        first = self.start.replace(year=year)
        return first, self.start.replace(year=year + 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Supply:
    """A row of a ledger: what one supplier, or `all`, supplied of some goods from `start` to `end`, both inclusive.

    Between `low` and `high` in `unit`; `high` None is "no upper bound known". `source` says where the figure is from.
    """

    goods: str
    start: date
    end: date
    supplier: str
    low: float
    high: float | None
    unit: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A paragraph of law as data. `start` and `end` are the first and the last day on which it applies.

    `authority` is whose law it is (`un`, `us`, `eu`, `uk`); `paragraph` is for people ("S/RES/2375 (2017), para. 16").
    """

    id: str
    regime: str
    authority: str
    instrument: str
    paragraph: str
    title: str
    effect: Effect
    binding: Binding
    start: date
    end: date | None
    scope: Condition
    summary: str = ""
    routes: tuple[Route, ...] = ()
    url: str = ""
    verification: Verification = Verification.MEMORY
    verification_note: str = ""
    sources: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    change: str = ""
    tags: tuple[str, ...] = ()
    checked: tuple[tuple[str, Verification], ...] = ()
    """How far each part was verified: `paragraph` (its number), `substance`, `details` (dates, numbers, exemptions)."""
    where: str = ""
    """The file and line that hold it, for error messages."""
    adopted: date | None = None
    """The day on which the instrument was adopted."""


class Kind(StrEnum):
    """What became of a paragraph."""

    MEASURE = "measure"
    CONDITION = "condition"
    """It shapes a measure: an exemption, a wider scope, a list that the scope refers to."""
    NOTE = "note"
    """Nothing that a dealing could breach: a duty of States to report, a body set up, a view expressed."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an instrument and what became of it: the measures in `of`, or a note that says why none."""

    id: str
    instrument: str
    paragraph: str
    start: date
    end: date | None
    binding: str
    kind: Kind
    of: tuple[str, ...]
    says: str
    checked: tuple[tuple[str, Verification], ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """A set of measures with one target. `target` is an ISO alpha-2 country, lower case."""

    id: str
    title: str
    target: str
    authority: str
    edition: str
    measures: tuple[Measure, ...]
    caps: tuple[Cap, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A node of the reason tree: what was asked, what the answer is, what it rests on, which facts are missing."""

    says: str
    truth: Truth
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple[Reason, ...] = ()
    verification: Verification | None = None
    """How far the law behind this node is verified; None where the node holds no law of its own."""
    if_true: str = ""
    """What the measure would say if this open question were answered yes, with every other fact as it is."""
    if_false: str = ""
    """The same for no."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A measure of another's line: `relation` to the one `depth` steps nearer, e.g. "follows"."""

    depth: int
    relation: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Event:
    """What happens to a measure on a day, its first or its last.

    `what` is "starts", "changes" (it starts, and follows others), "ends", "opens" or "closes" (a route of it starts or
    ends); `says` tells it in a sentence.
    """

    day: date
    what: str
    measure: str
    says: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """That a party of a dealing is, or may be, a listed entity."""

    role: str
    party: str
    entity_id: str
    entity_name: str
    matched_name: str
    score: float
    certain: bool
    authority: str
    source: str
    reference: str
    programs: tuple[str, ...]
    listed_on: date | None
    delisted_on: date | None
    on_list: Truth
    """Whether the listing was in force on the day of the dealing."""
    why: str
    verification: Verification = Verification.VERIFIED


@dataclass(frozen=True, slots=True)
class Finding:
    """What one measure says of one dealing."""

    measure: Measure
    outcome: Outcome
    because: str
    reason: Reason
    missing: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that was found on one dealing. `outcome` is the gravest of the findings'."""

    dealing_id: str
    outcome: Outcome
    on: date | None
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    checked: str = ""
    """What was checked: regimes, lists with their editions, and the day."""
