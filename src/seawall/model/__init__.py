"""The nouns. Frozen, slotted, and free of any I/O."""

from seawall.model.channel import Channel, Flow, Flows, Gaps, Influence, Parameter, Point, Shape
from seawall.model.conflict import Agreement, Check, Checked, CheckKind, Conflict, Part, Quantity
from seawall.model.dealing import Activity, Dealing, Party, Role, RowError
from seawall.model.enforcement import (
    Covered,
    Enforcement,
    Foretold,
    Held,
    Hindcast,
    Past,
    Prior,
    Probe,
    Reduction,
    Refill,
    Scenario,
    Seen,
    Span,
    Stopped,
    Target,
    Walls,
)
from seawall.model.entity import (
    Address,
    Country,
    DateSpan,
    Entity,
    EntityId,
    Identifier,
    IdKind,
    Link,
    LinkKind,
    Listing,
    Name,
    NameKind,
    Schema,
    Verification,
)
from seawall.model.figure import Estimate, Figure, Figures, Grade, Period, Series, Source, Status, Unit
from seawall.model.hits import Edition, Feature, Hit, Query
from seawall.model.law import (
    Binding,
    Cap,
    Clause,
    Condition,
    Effect,
    Event,
    Evidence,
    Factor,
    Finding,
    Goods,
    Kin,
    Kind,
    Limit,
    Measure,
    Outcome,
    Paragraph,
    Reason,
    Regime,
    Route,
    Supply,
    Terms,
    Truth,
    Verdict,
)
from seawall.model.ownership import Force, OwnershipTest
from seawall.model.package import Change, Difference, Draft, Package, Position, Topic
from seawall.model.stake import Answer, Branch, Fault, Flag, Holding, Interest, Stake, StakeKind, Step
from seawall.model.wage import Standing, WageCheck

__all__ = [
    "Activity", "Address", "Agreement", "Answer", "Binding", "Branch", "Cap", "Change", "Channel", "Check",
    "CheckKind", "Checked", "Clause", "Condition", "Conflict", "Country", "Covered", "DateSpan", "Dealing",
    "Difference", "Draft", "Edition", "Effect", "Enforcement", "Entity", "EntityId", "Estimate", "Event", "Evidence",
    "Factor", "Fault", "Feature", "Figure", "Figures", "Finding", "Flag", "Flow", "Flows", "Force", "Foretold",
    "Gaps", "Goods", "Grade", "Held", "Hindcast", "Hit", "Holding", "IdKind", "Identifier", "Influence", "Interest",
    "Kin", "Kind", "Limit", "Link", "LinkKind", "Listing", "Measure", "Name", "NameKind", "Outcome", "OwnershipTest",
    "Package", "Paragraph", "Parameter", "Part", "Party", "Past", "Period", "Point", "Position", "Prior", "Probe",
    "Quantity", "Query", "Reason", "Reduction", "Refill", "Regime", "Role", "Route", "RowError", "Scenario", "Schema",
    "Seen", "Series", "Shape", "Source", "Span", "Stake", "StakeKind", "Standing", "Status", "Step", "Stopped",
    "Supply", "Target", "Terms", "Topic", "Truth", "Unit", "Verdict", "Verification", "WageCheck", "Walls",
]  # fmt: skip
