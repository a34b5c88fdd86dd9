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
    Condition,
    Effect,
    Evidence,
    Finding,
    Measure,
    Outcome,
    Reason,
    Regime,
    Route,
    Truth,
    Verdict,
)

__all__ = [
    "Activity", "Address", "Binding", "Condition", "Country", "DateSpan", "Dealing", "Edition", "Effect", "Entity",
    "EntityId", "Evidence", "Feature", "Finding", "Hit", "IdKind", "Identifier", "Link", "LinkKind", "Listing",
    "Measure", "Name", "NameKind", "Outcome", "Party", "Query", "Reason", "Regime", "Role", "Route", "RowError",
    "Schema", "Truth", "Verdict", "Verification",
]  # fmt: skip
