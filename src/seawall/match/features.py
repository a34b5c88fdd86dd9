"""What besides the name speaks for or against a hit. Each is a small function; its docstring is what users read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from seawall.match.identifiers import is_imo, normal_id
from seawall.model import DateSpan, Entity, Feature, IdKind, Query, Schema

_BODIES = {Schema.COMPANY, Schema.ORGANIZATION, Schema.LEGAL_ENTITY, Schema.PUBLIC_BODY}


def compatible(asked: str, listed: Schema) -> bool:
    """Whether a thing of the kind asked can be of the kind listed; an unknown kind can be any."""
    if not asked or asked in {"Thing", "LegalEntity"} or listed is Schema.LEGAL_ENTITY:
        people = {Schema.PERSON, *_BODIES}
        return not asked or asked == "Thing" or (listed in people and (asked in people or asked == "LegalEntity"))
    return asked == listed or (asked in _BODIES and listed in _BODIES)


def birth(query: Query, entity: Entity) -> Feature | None:
    """Dates of birth agree, nearly agree (a year off, day and month swapped), or contradict each other."""
    asked = [span for text in query.birth if (span := _span(text))]
    if not asked or not entity.birth:
        return None
    value, listed = max((_birth(a, b), b.text or b.iso) for a in asked for b in entity.birth)
    said = "; ".join(query.birth)
    word = "agrees" if value >= 0.5 else "nearly agrees" if value >= 0 else "contradicts"
    return Feature(
        "birth", value, f"birth {said} {word} with {listed}" if value >= 0 else f"birth {said}, not {listed}"
    )


def _birth(asked: DateSpan, listed: DateSpan) -> float:
    slack = timedelta(days=366 * 2 if listed.approximate else 0)
    if asked.first <= listed.last + slack and listed.first - slack <= asked.last:
        exact = asked.first == asked.last and listed.first == listed.last
        return 1.0 if exact else 0.6
    if (asked.first.day, asked.first.month) == (listed.first.month, listed.first.day) and _years(asked, listed) == 0:
        return 0.6
    years = _years(asked, listed)
    return 0.0 if years <= 1 else -0.5 if years <= 3 else -1.0


def _years(a: DateSpan, b: DateSpan) -> int:
    return max(0, b.first.year - a.last.year, a.first.year - b.last.year)


def _span(text: str) -> DateSpan | None:
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    if not parts:
        return None
    if len(parts) == 3:
        return DateSpan(date(*parts), date(*parts))
    month = parts[1] if len(parts) == 2 else 0
    first = date(parts[0], month or 1, 1)
    last = date(parts[0], 12, 31) if not month or month == 12 else date(parts[0], month + 1, 1) - timedelta(days=1)
    return DateSpan(first, last)


def country(query: Query, entity: Entity) -> Feature | None:
    """Countries agree or contradict each other; an address counts as well as a nationality."""
    known = {*entity.countries, *(a.country for a in entity.addresses if a.country)}
    if not query.countries or not known:
        return None
    if known & set(query.countries):
        return Feature("country", 1.0, f"country {'; '.join(sorted(known & set(query.countries)))} agrees")
    return Feature("country", -1.0, f"country {'; '.join(query.countries)}, not {'; '.join(sorted(known))}")


def gender(query: Query, entity: Entity) -> Feature | None:
    """The gender given contradicts the listed one."""
    if query.gender and entity.gender and query.gender[0] != entity.gender[0]:
        return Feature("gender", -1.0, f"gender {query.gender}, not {entity.gender}")
    return None


def ship_number(query: Query, entity: Entity) -> Feature | None:
    """Both ships have a valid IMO number and the numbers differ: they are different ships whatever their names."""
    asked = {normal_id(v) for kind, v in query.identifiers if kind == "imo" and is_imo(v)}
    listed = {normal_id(i.value) for i in entity.identifiers if i.kind is IdKind.IMO and is_imo(i.value)}
    if asked and listed and not asked & listed:
        return Feature("imo", -1.0, f"IMO {'; '.join(sorted(asked))}, not {'; '.join(sorted(listed))}")
    return None


# What each feature moves: (share of the distance to 1 when it agrees, points when it contradicts).
FEATURES: Mapping[str, tuple[Callable[[Query, Entity], Feature | None], float, float]] = {
    "birth": (birth, 0.45, 0.22),
    "country": (country, 0.12, 0.06),
    "gender": (gender, 0.0, 0.15),
    "imo": (ship_number, 0.0, 0.60),
}
