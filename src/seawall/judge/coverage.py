"""How much of a year the law covers a flow: a dealing that stands for it is judged month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from seawall.judge.facts import facts
from seawall.judge.frames import judge_frame
from seawall.judge.rulebook import OF_CAPS, compile, leaves_of
from seawall.model import Cap, Covered, Dealing, Measure, Outcome, Probe, Regime, Span, Terms

_MONTHS = range(1, 13)
_DAY = 15
"""A month is judged by its middle."""
_AGES = 4
"""Contracts are judged at so many ages, evenly from new to as old as they get."""
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Ask:
    """A flow that the law is asked about: its probe, the partner on the other side and the codes of its goods."""

    probe: Probe
    partner: str
    hs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that is judged: of which of the flows and years, under which of the three lengths of contracts, when."""

    number: int
    length: int
    day: date


def coverage(
    laws: Sequence[Regime], terms: Terms, asked: Sequence[tuple[Ask, int]]
) -> list[dict[tuple[Ask, int], Covered]]:
    """What each law covers of each flow in each year that is asked for.

    Codes and ages of contracts count alike. An answer that turns on a fact which the probe does not have, or that asks
    for leave, counts as `open` of the probe. Raises TableError as `compile` does.
    """
    flows = tuple(dict.fromkeys(asked))
    pairs = [pair for n, (ask, year) in enumerate(flows) for pair in _rows(n, ask, year)]
    rows, table = [row for row, _ in pairs], facts([dealing for _, dealing in pairs], None)
    probes = [ask.probe for ask, _ in flows]
    return [dict(zip(flows, _judged(law, terms, probes, (rows, table)), strict=True)) for law in laws]


def _judged(
    law: Regime, terms: Terms, probes: Sequence[Probe], asked: tuple[Sequence[_Row], pl.DataFrame]
) -> list[Covered]:
    """What a law covers of each flow and year, whose probes these are, counted over its rows."""
    rows, table = asked
    topics = {topic for probe in probes for topic in probe.topics}
    measures = tuple(m for m in law.measures if not topics.isdisjoint(m.tags))
    found = judge_frame(compile([replace(law, measures=measures)], terms), table).select("row", "measure", "outcome")
    caps = {c.id: c for c in law.caps}
    binding = {m.id: tuple(caps[n] for n in _caps_of(m)) for m in measures}
    heard = [{m.id for m in measures if not {*m.tags}.isdisjoint(p.topics)} for p in probes]
    outcomes = {o.value: o for o in Outcome}
    said: dict[int, list[tuple[str, Outcome]]] = defaultdict(list)
    for n, measure, outcome in found.filter(pl.col("outcome") != Outcome.EXEMPT.value).iter_rows():
        if measure in heard[rows[n].number]:
            said[n].append((measure, outcomes[outcome]))
    tallies = [_Tally() for _ in probes]
    for n, row in enumerate(rows):
        tallies[row.number].add(row, said.get(n, ()), binding)
    return [tally.covered(probe) for tally, probe in zip(tallies, probes, strict=True)]


def _caps_of(measure: Measure) -> list[str]:
    return [str(dict(leaf.args)["cap"]) for leaf in leaves_of(measure) if leaf.test in OF_CAPS]


def _rows(number: int, ask: Ask, year: int) -> Iterator[tuple[_Row, Dealing]]:
    probe = ask.probe
    lengths = (probe.contract.low, probe.contract.mid, probe.contract.high) if probe.contract else (0.0,)
    for month in _MONTHS:
        day = date(year, month, _DAY)
        for n, length in enumerate(lengths):
            ages = [length * (k + 0.5) / _AGES for k in range(_AGES)] if probe.contract else [None]
            for age in ages:
                for code in ask.hs or ((),):
                    yield (
                        _Row(number, n, day),
                        Dealing(
                            id="",
                            activity=probe.activity,
                            date=day,
                            from_country=probe.source or ask.partner,
                            to_country=probe.sink or ask.partner,
                            hs=(code,) if isinstance(code, str) else (),
                            goods=probe.goods,
                            worker_nationality=probe.workers_of,
                            contract_date=None if age is None else day - timedelta(days=round(age * _YEAR)),
                            approval=probe.claims,
                        ),
                    )


class _Tally:
    """The rows of a flow in a year, counted by what the law said of them."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = defaultdict(int)
        self._banned: dict[int, int] = defaultdict(int)
        self._open: dict[int, int] = defaultdict(int)
        self._capped = 0
        self._amounts: dict[str, float] = defaultdict(float)
        self._measures: dict[str, None] = {}

    def add(self, row: _Row, said: Sequence[tuple[str, Outcome]], caps: Mapping[str, tuple[Cap, ...]]) -> None:
        """Count a row. A ban outweighs a cap, and a cap what is open."""
        self._rows[row.length] += 1
        bans = [m for m, outcome in said if outcome is Outcome.PROHIBITED and not caps[m]]
        limits = {} if bans else _limits([cap for m, _ in said for cap in caps[m]], row.day)
        if bans:
            self._banned[row.length] += 1
            self._measures.update(dict.fromkeys(bans))
        elif limits:
            self._capped += 1
            for unit, amount in limits.items():
                self._amounts[unit] += amount
            self._measures.update(dict.fromkeys(m for m, _ in said if caps[m]))
        elif any(outcome in {Outcome.UNDETERMINED, Outcome.APPROVAL_REQUIRED} for _, outcome in said):
            self._open[row.length] += 1

    def covered(self, probe: Probe) -> Covered:
        """What was counted, as shares of the year."""
        weights = (probe.open.low, probe.open.mid, probe.open.high)
        shares = [
            [(self._banned[n] + weight * self._open[n]) / count for weight in weights]
            for n, count in self._rows.items()
        ]
        mid = shares[len(shares) // 2][1]
        every = [share for group in shares for share in group]
        total = sum(self._rows.values())
        return Covered(
            share=Span(min(every), mid, max(every)),
            capped=self._capped / total,
            caps=tuple(sorted((unit, amount / total) for unit, amount in self._amounts.items())),
            measures=tuple(self._measures),
        )


def _limits(caps: Sequence[Cap], day: date) -> dict[str, float]:
    """What the caps of a day allow in a year, by unit; the lowest where several bind."""
    found: dict[str, float] = {}
    for cap in caps:
        period = cap.period(day)
        if period is None:
            continue
        years = 1.0 if cap.yearly else ((period[1] - period[0]).days + 1) / _YEAR
        for limit in cap.limits:
            found[limit.unit] = min(limit.amount / years, found.get(limit.unit, limit.amount / years))
    return found
