"""The nouns. Frozen, slotted, and free of any I/O."""

from seawall.model.dealing import Activity, Dealing, Party, Role, RowError
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

__all__ = [
    "Activity", "Address", "Answer", "Binding", "Branch", "Cap", "Change", "Clause", "Condition", "Country",
    "DateSpan", "Dealing", "Difference", "Draft", "Edition", "Effect", "Entity", "EntityId", "Event", "Evidence",
    "Factor", "Fault", "Feature", "Finding", "Flag", "Force", "Goods", "Hit", "Holding", "IdKind", "Identifier",
    "Interest", "Kin", "Kind", "Limit", "Link", "LinkKind", "Listing", "Measure", "Name", "NameKind", "Outcome",
    "OwnershipTest", "Package", "Paragraph", "Party", "Position", "Query", "Reason", "Regime", "Role", "Route",
    "RowError", "Schema", "Stake", "StakeKind", "Step", "Supply", "Terms", "Topic", "Truth", "Verdict", "Verification",
]  # fmt: skip
