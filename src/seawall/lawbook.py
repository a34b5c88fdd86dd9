"""Looking into the law rather than judging by it: sheets of measures, the timeline, coverage, claims. Wiring only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from seawall import __version__, flow, judge, match
from seawall.errors import UsageError
from seawall.flow import Wall
from seawall.judge import TESTS, sentences, standing
from seawall.judge import packages as differencing
from seawall.model import (
    Activity,
    Cap,
    Dealing,
    Entity,
    EntityId,
    Goods,
    Kin,
    Listing,
    Measure,
    Name,
    NameKind,
    Package,
    Regime,
    Route,
    RowError,
    Verdict,
)
from seawall.report import CapOnDay, Comparison, GoodsScope, Relative, Sheet, Timeline, Way
from seawall.tables import hs, law
from seawall.tables.edition import tables_edition
from seawall.tables.packages import load_packages
from seawall.tables.words import load_words

__all__ = ["claims", "compare", "coverage", "measure", "measures", "sheet", "tests", "timeline"]


def measures(on: date | None = None, regime: str = "", topic: str = "") -> tuple[Measure, ...]:
    """The measures of all regimes or one, in force on a day and tagged with a topic if given.

    Raises UsageError for an unknown regime or topic.
    """
    found = [m for r in _regimes(regime) for m in r.measures]
    topics = sorted({tag for m in found for tag in m.tags})
    if topic and topic not in topics:
        raise UsageError(f"no topic {topic!r}; there are {', '.join(topics) or 'none'}")
    return tuple(
        m
        for m in found
        if (not topic or topic in m.tags)
        and (on is None or (m.start <= on and (m.end is None or on <= m.end)))
    )  # fmt: skip


def measure(name: str) -> Measure:
    """The measure of that id. Raises UsageError with the nearest ids if there is none."""
    return _found(name)[1]


def sheet(name: str, on: date | None = None) -> Sheet:
    """All that is said of a measure, on a day if given. Raises UsageError with the nearest ids if there is none."""
    regime, m = _found(name)
    return sheet_of(m, regime, on)


def sheet_of(m: Measure, regime: Regime, on: date | None = None) -> Sheet:
    """The same of a measure at hand."""
    terms = law.load_terms()
    known = {x.id: x for x in regime.measures}
    words = sentences.lexicon(regime, terms)
    named = sentences.scopes([m.scope, *(r.when for r in m.routes)], terms)
    return Sheet(
        measure=m,
        regime=regime.title,
        target=words.name(regime.target),
        scope=sentences.clause(m.scope, words),
        goods=tuple(map(_goods, named)),
        caps=tuple(_cap(cap, on) for cap in standing.caps_of(m, regime.caps)),
        routes=tuple(Way(r, sentences.clause(r.when, words)) for r in m.routes),
        line=tuple(map(_relative, standing.line(m, known))),
        on=on,
        status=standing.standing(m, on, known) if on else (),
        engine_version=__version__,
        tables_edition=tables_edition().day,
    )


def timeline(regime: str = "", topic: str = "", activity: str = "", *, today: date | None = None) -> Timeline:
    """What started, changed and ended, of all regimes or one, of a topic, of what can apply to an activity.

    Raises UsageError for an unknown regime, topic or activity.
    """
    if activity and activity not in {a.value for a in Activity}:
        raise UsageError(f"no activity {activity!r}; there are {', '.join(a.value for a in Activity)}")
    found = measures(None, regime, topic)
    if activity:
        found = tuple(m for m in found if standing.touches(m, Activity(activity)))
    return Timeline(
        title=", ".join(r.title for r in _regimes(regime)),
        measures=found,
        events=standing.events(found),
        today=today or date.today(),
        topic=topic,
        activity=activity,
        engine_version=__version__,
        tables_edition=tables_edition().day,
    )


def coverage(regime: str = "") -> tuple[Regime, ...]:
    """The regimes, or one, each with what became of every paragraph. Raises UsageError for an unknown regime."""
    return _regimes(regime)


def compare(
    a: str,
    b: str,
    regime: str = "",
    *,
    wall: Wall | None = None,
    dealings: Sequence[Dealing] = (),
    errors: Sequence[RowError] = (),
) -> Comparison:
    """Two packages side by side, each a package of the tables or a day.

    A day such as `2017-09-10` is the law as adopted to that day, of `regime` or of the regime of the other package.

    With a wall, dealings are judged under both, each on its own day, by the lists as they stood when the package was
    adopted and by whom it would list itself. Raises UsageError for a package, day or regime that is not there.
    """
    home = regime or next((drafts[name].regime for name in (a, b) if name in (drafts := load_packages())), "")
    before, after = _package(a, home), _package(b, home)
    found = differencing.differences(before, after)
    judged = [_under(wall, package, dealings) if wall else () for package in (before, after)]
    return Comparison(
        before=before,
        after=after,
        topics=differencing.topics(before, after, found),
        differences=found,
        dealings=tuple(dealings) if wall else (),
        verdicts_before=judged[0],
        verdicts_after=judged[1],
        errors=(*wall.errors, *errors) if wall else tuple(errors),
    )


def _package(name: str, regime: str) -> Package:
    drafts = load_packages()
    if name in drafts:
        (home,) = _regimes(drafts[name].regime)
        return differencing.resolve(drafts[name], home)
    try:
        day = date.fromisoformat(name)
    except ValueError as error:
        known = ", ".join(drafts)
        raise UsageError(f"no package {name!r}; give one of {known}, or a day such as 2017-09-10") from error
    if not regime:
        raise UsageError("the law of a day is that of a regime: give --regime")
    return differencing.as_of(_regimes(regime)[0], day)


def _under(wall: Wall, package: Package, dealings: Sequence[Dealing]) -> tuple[Verdict, ...]:
    named = match.build(_listed_by(package), load_words())
    hypothetical = flow.evidence(replace(wall, index=named), dealings)
    proofs = {
        key: [p for p in found if p.listed_on is None or p.listed_on <= package.day]
        for key, found in flow.evidence(wall, dealings).items()
    }
    for key, more in hypothetical.items():
        proofs.setdefault(key, []).extend(more)
    options = judge.Options(ledger=wall.ledger, checked=package.title)
    return tuple(judge.judge(judge.compile([package.regime], law.load_terms()), dealings, proofs, options))


def _listed_by(package: Package) -> list[Entity]:
    """Whom the package would list itself, from its day on."""
    return [
        Entity(
            id=EntityId(f"{package.id}-{number}"),
            schema=kind,
            names=(Name(name, NameKind.PRIMARY),),
            listings=(
                Listing(package.regime.authority, package.title, package.id, package.programs, listed_on=package.day),
            ),
        )
        for number, (name, kind) in enumerate(pair for p in package.positions for pair in p.names)
    ]


def claims() -> dict[str, tuple[tuple[Measure, Route | None], ...]]:
    """Every word that can be claimed under `approval` or `purpose`, with the measures and routes that ask for it."""
    return standing.claims(measures())


def tests() -> Mapping[str, str]:
    """Every test that conditions are made of, with its docstring."""
    return {name: test.__doc__ or "" for name, test in TESTS.items()}


def _regimes(name: str) -> tuple[Regime, ...]:
    regimes = law.load_regimes()
    if name and name not in {r.id for r in regimes}:
        raise UsageError(f"no regime {name!r}; there are {', '.join(r.id for r in regimes)}")
    return tuple(r for r in regimes if not name or r.id == name)


def _found(name: str) -> tuple[Regime, Measure]:
    known = {m.id: (r, m) for r in law.load_regimes() for m in r.measures}
    if name not in known:
        near = ", ".join(get_close_matches(name, known, n=3)) or "see `seawall law list`"
        raise UsageError(f"no measure {name!r}; near: {near}")
    return known[name]


def _goods(goods: Goods) -> GoodsScope:
    """A scope with its codes that are missing from an edition since 2012, before which no goods were listed by code."""
    recent = [edition for edition in hs.editions() if edition >= 2012]
    where = {code: tuple(e for e in recent if hs.exists(code, e)) for code in goods.codes}
    return GoodsScope(goods, tuple((code, found) for code, found in where.items() if len(found) < len(recent)))


def _relative(kin: Kin) -> Relative:
    m = kin.measure
    return Relative(kin.depth, kin.relation, m.id, m.paragraph, m.title, m.start, m.end, m.change)


def _cap(cap: Cap, on: date | None) -> CapOnDay:
    if on is None:
        return CapOnDay(cap)
    says = standing.ledger_says(cap, on, flow.supplied(), law.load_terms())
    return CapOnDay(cap, cap.period(on), says)
