"""What each measure stopped, what another package would stop, and what a day foretold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from seawall import __version__
from seawall.errors import InputError, TableError, UsageError
from seawall.estimate import enforcement as holding
from seawall.estimate import hindcast as foretelling
from seawall.estimate import scenarios
from seawall.judge import packages
from seawall.judge.coverage import Ask, coverage
from seawall.judge.what_if import WHAT_IFS
from seawall.leak.figures import sources_of
from seawall.model import (
    Channel,
    Covered,
    Draft,
    Enforcement,
    Hindcast,
    Package,
    Regime,
    Scenario,
    Walls,
)
from seawall.report import EnforcementPage, HindcastPage, StoppedPage
from seawall.tables.channels import load_channels
from seawall.tables.edition import tables_edition
from seawall.tables.enforcement import load_walls
from seawall.tables.figures import load_figures
from seawall.tables.hindcasts import load_hindcast
from seawall.tables.law import load_regimes, load_terms
from seawall.tables.packages import load_packages, read_package
from seawall.tables.page import Page
from seawall.tables.scenarios import load_scenarios, read_scenario

_ENFORCE = "enforce"
_ADOPTED = "-adopted"
_YEARS = 4
"""So many years are compared, from that of the package on."""


@dataclass(frozen=True, slots=True)
class Run:
    """How numbers are drawn: how many, from which seed, and over which regime."""

    regime: str = "un-dprk"
    draws: int = 8192
    seed: int = 1


def enforcement(run: Run) -> EnforcementPage:
    """What the law asked to go, what went, and the share that held, by measure and partner.

    Raises UsageError for a regime of which nothing was noted.
    """
    found, _ = _held(run)
    cited = (name for r in found.reductions for name in r.seen.sources)
    return EnforcementPage(
        found, sources_of(load_figures(), (*cited, *found.prior.sources)), run.draws, run.seed, *_edition()
    )


def compare(a: str, b: str, what_if: Sequence[str], own: Sequence[Path], run: Run) -> StoppedPage:
    """Two packages over the channels of their regime, the second with what is supposed of it.

    A package is one of the tables (an adopted one may be named `2375-adopted`), one of the user's files in `own` by its
    id, or a day: the law as adopted to it. What is supposed is `lift:TOPIC`, `close:TOPIC`, `cap:GOODS=AMOUNT` or
    `enforce:PARTNER[=SHARE]`. Raises UsageError for a name that is not there, InputError for a file with a fault.
    """
    drafts = {**load_packages(), **{d.id: d for d in map(_own, own)}}
    names = [_name(name, drafts) for name in (a, b)]
    home = _home(next((drafts[n].regime for n in names if n in drafts), run.regime))
    first, second = (_package(n, drafts, home) for n in names)
    law, enforced = _supposed(second.regime, what_if)
    base = min(drafts[n].base if n in drafts else p.day for n, p in zip(names, (first, second), strict=True))
    before = packages.as_of(home, base)
    title = ", ".join((second.title, *what_if))
    unsaid = tuple(_uncounted(p) for p in (first, second))
    day = max(first.day, second.day)
    return _page((before, first, replace(second, title=title, regime=law)), enforced, day, unsaid, run)


def scenario(name: str, run: Run) -> StoppedPage:
    """A scenario of the tables by its id, or of a YAML of the user's: one that supposes something of a law, or a
    package of measures, which is compared with the law before it. Raises UsageError or InputError as `compare`.
    """
    found: Scenario
    known = load_scenarios()
    if name in known:
        found = known[name]
    elif name.endswith((".yaml", ".yml")):
        page = _page_of(Path(name))
        if isinstance(page.data, dict) and "base" in page.data:
            draft = _own(Path(name))
            return compare(draft.against or str(draft.base), draft.id, (), [Path(name)], run)
        try:
            found = read_scenario(page)
        except TableError as error:
            raise InputError(error.message, file=error.file, field=error.field) from error
    else:
        raise UsageError(f"no scenario {name!r}; give a YAML file, or one of {', '.join(known)}")
    return replace(compare(found.law, found.law, found.what_if, (), run), title=found.title)


def hindcast(name: str, run: Run) -> HindcastPage:
    """Years that are over, foretold by what was known on a day, against what came. Raises UsageError for a name."""
    past = load_hindcast(name)
    walls, home = load_walls(past.regime), _home(past.regime)
    priors = [p for p in walls.priors if p.known <= past.on]
    refills = [r for r in walls.refill if r.known <= past.on]
    if not priors or not refills:
        raise UsageError(f"nothing could be taken of what holds on {past.on}")
    prior, refill = max(priors, key=lambda p: p.known), max(refills, key=lambda r: r.known)
    found = foretelling.hindcast(
        past, {p.id: p for p in walls.probes}, _law_of(past, walls, home), (prior, refill), run.draws, run.seed
    )
    cited = [f.target.source for f in found] + [name for f in past.flows for name in f.sources]
    return HindcastPage(
        past, found, foretelling.coverage_of(found), prior, refill,
        sources_of(load_figures(), [*cited, *prior.sources]), run.draws, run.seed, *_edition(),
    )  # fmt: skip


def _law_of(past: Hindcast, walls: Walls, home: Regime) -> dict[tuple[str, int], Covered]:
    probes = {p.id: p for p in walls.probes}
    asks = {f.id: Ask(probes[f.probe], f.partner, f.hs or probes[f.probe].hs) for f in past.flows}
    years = range(past.base, max(t.to for t in past.targets) + 1)
    return _covered([home], asks, years)[0]


def _held(run: Run) -> tuple[Enforcement, holding.Pool]:
    """What held under the law as it is, by the latest prior."""
    walls, home = load_walls(run.regime), _home(run.regime)
    probes = {p.id: p for p in walls.probes}
    asked = [(Ask(probes[s.probe], s.partner, s.hs or probes[s.probe].hs), s.year) for s in walls.seen]
    (found,) = coverage([home], load_terms(), asked)
    prior = max(walls.priors, key=lambda p: p.known)
    return holding.enforcement(walls, [found[key] for key in asked], prior, run.draws, run.seed)


def _page(
    laws: tuple[Package, Package, Package], enforced: Mapping[str, float], day: date,
    unsaid: tuple[tuple[str, ...], ...], run: Run,
) -> StoppedPage:  # fmt: skip
    """The page of a law before, and two packages over it."""
    walls = load_walls(laws[0].regime.id)
    channels = tuple(c for c in load_channels(laws[0].regime.id) if not c.within)
    years = tuple(range(day.year, day.year + _YEARS))
    asks: dict[str, Ask] = {}
    unasked: list[Channel] = []
    for channel in channels:
        probe = scenarios.probe_of(channel, walls.probes)
        if probe is None:
            unasked.append(channel)
        else:
            asks[channel.id] = Ask(probe, channel.partner, channel.hs or probe.hs)
    before, first, second = _covered([law.regime for law in laws], asks, years)
    found, pool = _held(replace(run, regime=laws[0].regime.id))
    refill = max(walls.refill, key=lambda r: r.known)
    setting = scenarios.Setting(day.year - 1, day.year, years, refill, run.draws, run.seed)
    sides = scenarios.Law(first, {}), scenarios.Law(second, enforced)
    rows, totals, silent = scenarios.compare(channels, pool, scenarios.Law(before, {}), sides, setting)
    cited = [name for row in (*rows, *totals) for name in row.level.basis]
    return StoppedPage(
        title="", before=laws[0].title, first=laws[1].title, second=laws[2].title, level=setting.level, rows=rows,
        totals=totals, silent=silent, unasked=tuple(c.id for c in unasked), unsaid=unsaid, refill=refill,
        prior=found.prior, sources=sources_of(load_figures(), [*cited, *refill.sources, *found.prior.sources]),
        draws=run.draws, seed=run.seed, engine_version=__version__, tables_edition=tables_edition().day,
    )  # fmt: skip


def _covered(
    laws: Sequence[Regime], asks: Mapping[str, Ask], years: Sequence[int]
) -> list[dict[tuple[str, int], Covered]]:
    """What each law covers of each channel, by its id and year."""
    found = coverage(laws, load_terms(), [(ask, year) for ask in asks.values() for year in years])
    return [{(name, year): law[ask, year] for name, ask in asks.items() for year in years} for law in found]


def _supposed(law: Regime, what_if: Sequence[str]) -> tuple[Regime, dict[str, float]]:
    """A law with what is supposed of it, and the least share that holds by partner. Raises UsageError."""
    enforced: dict[str, float] = {}
    for text in what_if:
        kind, _, rest = text.partition(":")
        topic, _, number = rest.partition("=")
        try:
            amount = float(number) if number else None
        except ValueError as error:
            raise UsageError(f"{number!r} in {text!r} is not a number") from error
        if kind == _ENFORCE:
            if not topic or not 0 <= (1.0 if amount is None else amount) <= 1:
                raise UsageError(f"{text!r} is not enforce:PARTNER or enforce:PARTNER=SHARE with a share up to 1")
            enforced[topic] = 1.0 if amount is None else amount
        elif kind in WHAT_IFS:
            try:
                law = WHAT_IFS[kind](law, topic, amount)
            except ValueError as error:
                raise UsageError(str(error)) from error
        else:
            raise UsageError(
                f"{text!r} supposes nothing; it begins with {', '.join([_ENFORCE, *WHAT_IFS])} and a colon"
            )
    return law, enforced


def _uncounted(package: Package) -> tuple[str, ...]:
    """The topics that a package speaks of and no probe hears, so that no number has them."""
    heard = {topic for p in load_walls(package.regime.id).probes for topic in p.topics}
    return tuple(p.topic for p in package.positions if p.topic not in heard)


def _name(name: str, drafts: Mapping[str, Draft]) -> str:
    return name if name in drafts else name.removesuffix(_ADOPTED)


def _package(name: str, drafts: Mapping[str, Draft], home: Regime) -> Package:
    if name in drafts:
        if drafts[name].regime != home.id:
            raise UsageError(f"{name} is a package of {drafts[name].regime}, not of {home.id}")
        return packages.resolve(drafts[name], home)
    try:
        return packages.as_of(home, date.fromisoformat(name))
    except ValueError as error:
        raise UsageError(
            f"no package {name!r}; give one of {', '.join(drafts)}, or a day such as 2017-09-10"
        ) from error


def _home(name: str) -> Regime:
    known = {r.id: r for r in load_regimes()}
    if name not in known:
        raise UsageError(f"no regime {name!r}; there are {', '.join(known)}")
    return known[name]


def _page_of(path: Path) -> Page:
    try:
        return Page(path, str(path))
    except TableError as error:
        raise InputError(error.message, file=error.file, field=error.field) from error


def _own(path: Path) -> Draft:
    """A package of the user's. Raises InputError with file, line and field."""
    page = _page_of(path)
    try:
        return read_package(page, {r.id: r for r in load_regimes()})
    except TableError as error:
        raise InputError(error.message, file=error.file, field=error.field) from error


def _edition() -> tuple[str, str]:
    return __version__, tables_edition().day
