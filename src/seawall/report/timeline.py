"""A regime over the years: what started, changed and ended, per topic."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from seawall.errors import UsageError
from seawall.model import Effect, Event, Measure
from seawall.report.layout import printable
from seawall.report.rows import to_json
from seawall.report.templating import render

SCHEMA = "seawall-timeline/1"
NO_TOPIC = "without a topic"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Measures and what happened to them until `today`; `topic` and `activity` say what they were chosen by."""

    title: str
    measures: tuple[Measure, ...]
    events: tuple[Event, ...]
    today: date
    topic: str
    activity: str
    engine_version: str
    tables_edition: str


def write_timeline(timeline: Timeline, form: str) -> str:
    """A timeline as json or html (with a chart). Raises UsageError for another format."""
    if form == "json":
        return to_json({"schema": SCHEMA, **asdict(timeline)}, indent=2)
    if form != "html":
        raise UsageError(f"no format {form!r} for a timeline")
    from seawall.report.charts import bars, resolutions

    groups = topics(timeline)
    span = years(timeline)
    drawn = {topic: bars(measures, span, timeline.today) for topic, measures in groups.items()}
    context = {
        "timeline": timeline,
        "groups": groups,
        "events": {topic: events_of(timeline, measures) for topic, measures in groups.items()},
        "charts": drawn,
        "strip": resolutions(timeline.measures, span) if timeline.measures else "",
        "effects": list(Effect),
        "chosen": chosen(timeline),
    }
    return render("timeline.html", context)


def topics(timeline: Timeline) -> dict[str, tuple[Measure, ...]]:
    """The measures by topic, the oldest topic first; one with several topics stands under each of them."""
    found: dict[str, list[Measure]] = {}
    for m in sorted(timeline.measures, key=lambda m: (m.start, m.end or date.max, m.id)):
        for tag in (timeline.topic,) if timeline.topic else m.tags or (NO_TOPIC,):
            found.setdefault(tag, []).append(m)
    last = found.pop(NO_TOPIC, [])
    return {tag: tuple(group) for tag, group in [*found.items(), (NO_TOPIC, last)] if group}


def events_of(timeline: Timeline, measures: tuple[Measure, ...]) -> tuple[Event, ...]:
    """The events of these measures, in order of date; one that is the same for several names them all."""
    ids = {m.id for m in measures}
    found: dict[tuple[date, str, str], list[str]] = {}
    for e in timeline.events:
        if e.measure in ids:
            found.setdefault((e.day, e.what, e.says), []).append(e.measure)
    return tuple(Event(day, what, ", ".join(names), says) for (day, what, says), names in found.items())


def years(timeline: Timeline) -> tuple[date, date]:
    """From the year of the first measure to today, or to the last first day if that is later."""
    starts = [m.start for m in timeline.measures] or [timeline.today]
    return date(min(starts).year, 1, 1), max(timeline.today, *starts)


def chosen(timeline: Timeline) -> str:
    """What the measures were chosen by, in words."""
    parts = [timeline.title, timeline.topic and f"topic {timeline.topic}", timeline.activity and _can(timeline)]
    return "; ".join(filter(None, parts))


def _can(timeline: Timeline) -> str:
    return f"what can apply to the activity {timeline.activity.replace('_', ' ')}"


def print_timeline(timeline: Timeline, console: Console) -> None:
    """Per topic, in order of date, what started, changed and ended."""
    console.print(Text(printable(chosen(timeline)), style="bold"))
    for topic, measures in topics(timeline).items():
        console.print()
        console.print(Text(f"{printable(topic)} ({len(measures)})", "bold"))
        table = Table(box=None, show_header=False, pad_edge=False, expand=True, padding=(0, 1, 0, 0))
        table.add_column("day", width=10, no_wrap=True)
        table.add_column("what", width=7, no_wrap=True)
        table.add_column("says", ratio=1, overflow="fold")
        for e in events_of(timeline, measures):
            table.add_row(Text(str(e.day)), Text(e.what), Text(printable(f"{e.measure}: {e.says}")))
        console.print(table)
    console.print()
    console.print(Text(f"measures: {len(timeline.measures)}, until {timeline.today}. Not legal advice."))
