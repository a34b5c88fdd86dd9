"""What besides the name speaks for or against a hit. Each is a small function; its docstring is what users read.

Each says how far what is asked and what is listed agree, in [-1, 1], or nothing where either is silent.
`tables.weights` turns that into log-odds, which add up with those of the name: what agrees never lowers a score, what
contradicts never raises it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from seawall.match.identifiers import imo_in, is_imo, normal_id
from seawall.model import DateSpan, Entity, Feature, IdKind, Query, Schema
from seawall.tables.weights import load_weights

_BODIES = {Schema.COMPANY, Schema.ORGANIZATION, Schema.LEGAL_ENTITY, Schema.PUBLIC_BODY}


def compatible(asked: str, listed: Schema) -> bool:
    """Whether a thing of the kind asked can be of the kind listed; an unknown kind can be any."""
    if not asked or asked in {"Thing", "LegalEntity"} or listed is Schema.LEGAL_ENTITY:
        people = {Schema.PERSON, *_BODIES}
        return not asked or asked == "Thing" or (listed in people and (asked in people or asked == "LegalEntity"))
    return asked == listed or (asked in _BODIES and listed in _BODIES)


def birth(query: Query, entity: Entity) -> Feature | None:
    """Dates of birth agree to the day, agree as far as they are known, differ like a slip (day and month swapped, one
    part off, the year one off), or contradict each other.
    """
    asked = [span for text in query.birth if (span := span_of(text))]
    if not asked or not entity.birth:
        return None
    value, listed = max((_birth(a, b), b.text or b.iso) for a in asked for b in entity.birth)
    said = "; ".join(query.birth)
    word = "agrees" if value >= 0.5 else "nearly agrees" if value >= 0 else "contradicts"
    return Feature(
        "birth", value, f"birth {said} {word} with {listed}" if value >= 0 else f"birth {said}, not {listed}"
    )


def _birth(asked: DateSpan, listed: DateSpan) -> float:
    exact = asked.first == asked.last and listed.first == listed.last
    if asked.first <= listed.last and listed.first <= asked.last:
        return 1.0 if exact else 0.5
    years = max(0, listed.first.year - asked.last.year, asked.first.year - listed.last.year)
    if exact and years == 0:
        a, b = asked.first, listed.first
        if (a.day, a.month) == (b.month, b.day) or a.month == b.month or a.day == b.day:
            return 0.3
        return -0.3
    if exact and (asked.first.month, asked.first.day) == (listed.first.month, listed.first.day):
        return 0.3 if years == 1 or years % 10 == 0 else -0.4
    slack = 2 if listed.approximate or asked.approximate else 0
    if years <= 1 + slack:
        return 0.0
    return -0.5 if years <= 3 + slack else -1.0


def span_of(text: str) -> DateSpan | None:
    """The days that an ISO prefix allows; None if it is none. Raises ValueError for a day that no month has."""
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
    shared = known & set(query.countries)
    if shared:
        return Feature("country", 1.0, f"country {'; '.join(sorted(shared))} agrees")
    return Feature("country", -1.0, f"country {'; '.join(query.countries)}, not {'; '.join(sorted(known))}")


def gender(query: Query, entity: Entity) -> Feature | None:
    """The gender given contradicts the listed one, or agrees with it."""
    if not query.gender or not entity.gender:
        return None
    if query.gender[0].lower() == entity.gender[0].lower():
        return Feature("gender", 1.0, f"gender {entity.gender} agrees")
    return Feature("gender", -1.0, f"gender {query.gender}, not {entity.gender}")


def ship_number(query: Query, entity: Entity) -> Feature | None:
    """Both ships have a valid IMO number and the numbers differ: they are different ships whatever their names."""
    asked = {normal_id(v) for kind, v in query.identifiers if kind == "imo" and is_imo(v)}
    asked |= {number for text in query.names for number in imo_in(text)}
    listed = {normal_id(i.value) for i in entity.identifiers if i.kind is IdKind.IMO and is_imo(i.value)}
    if asked and listed and not asked & listed:
        return Feature("imo", -1.0, f"IMO {'; '.join(sorted(asked))}, not {'; '.join(sorted(listed))}")
    return None


FACTS: Mapping[str, Callable[[Query, Entity], Feature | None]] = {
    "birth": birth,
    "country": country,
    "gender": gender,
    "imo": ship_number,
}


def odds(fact: Feature) -> float:
    """The log-odds that a fact adds."""
    gain, cost = load_weights().facts[fact.name]
    return fact.value * gain if fact.value > 0 else -fact.value * cost


def most(query: Query) -> float:
    """The most that the facts of a query can add."""
    asked = {"birth": query.birth, "country": query.countries, "gender": query.gender}
    return sum(load_weights().facts[name][0] for name, given in asked.items() if given)
