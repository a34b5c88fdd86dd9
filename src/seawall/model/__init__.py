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
    Condition,
    Effect,
    Evidence,
    Factor,
    Finding,
    Goods,
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

__all__ = [
    "Activity", "Address", "Binding", "Cap", "Condition", "Country", "DateSpan", "Dealing", "Edition", "Effect",
    "Entity", "EntityId", "Evidence", "Factor", "Feature", "Finding", "Force", "Goods", "Hit", "IdKind", "Identifier",
    "Kind", "Limit", "Link", "LinkKind", "Listing", "Measure", "Name", "NameKind", "Outcome", "OwnershipTest",
    "Paragraph", "Party", "Query", "Reason", "Regime", "Role", "Route", "RowError", "Schema", "Supply", "Terms",
    "Truth", "Verdict", "Verification",
]  # fmt: skip
