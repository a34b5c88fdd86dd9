"""Charts as SVG that stands alone: no network, no script. altair and vl-convert are loaded when one is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from math import degrees, radians, sin
from typing import TYPE_CHECKING, Any

from seawall.model import Effect, Measure
from seawall.report.layout import printable

if TYPE_CHECKING:
    import altair as alt

COLOURS: Mapping[Effect, str] = {Effect.BAN: "#c8384a", Effect.APPROVAL: "#8256d0", Effect.FLAG: "#c9871f"}
"""Told apart without colour vision by their lightness, and readable on light and dark paper."""

_WIDTH = 900
_ROW = 30
_LETTER = 6.4
"""Pixels of an average letter at the size of the names, on the wide side."""
_LONGEST = int(_WIDTH / _LETTER)
_GAPS = (18, 13)
"""Pixels between the slanted names of two instruments: where there is room, and the least that can be read."""
_NAME = 40
"""Characters of an instrument's name."""
_SLANT = radians(60)
_FOOT = 20
_OVERHANG = 110
"""Pixels that the last slanted name may reach to the right of where it begins."""

Span = tuple[date, date]


def bars(measures: Sequence[Measure], span: Span, today: date) -> str:
    """A bar per measure over the years, its name above it, the days of adoption as faint lines."""
    import altair as alt

    rows = [_bar(n, m, span, today) for n, m in enumerate(measures)]
    height = _ROW * len(rows)
    rows_of = data(rows)
    x = _years(span)
    y = alt.Y("bar:Q", scale=alt.Scale(domain=[0, height], reverse=True, nice=False), axis=None)
    colour = alt.Color("effect:N", scale=_colours(), legend=None)
    drawn = alt.Chart(rows_of).mark_rule(strokeWidth=9).encode(x=x, x2="end:T", y=y, color=colour)
    names = [
        alt.Chart(rows_of)
        .transform_filter(alt.datum.anchor == side)
        .mark_text(align=side, baseline="bottom", fontSize=11.5, font="sans-serif")
        .encode(x="at:T", y=alt.Y("name_at:Q"), text="name:N")
        for side in ("left", "right")
    ]
    return _svg(alt.layer(_adopted(measures, span), drawn, *names).properties(width=_WIDTH, height=height))


def resolutions(measures: Sequence[Measure], span: Span) -> str:
    """The instruments along the years, each named at the day of its adoption."""
    import altair as alt

    named = sorted(_adoptions(measures).items(), key=lambda pair: (pair[1], pair[0]))
    days = [(_shortened(printable(name), _NAME), day) for name, day in named]
    height = _FOOT + int(max(len(name) for name, _ in days) * _LETTER * sin(_SLANT)) + 10
    rows = [
        {"name": name, "start": day.isoformat(), "at": at.isoformat(), "foot": 0, "bend": 10, "top": _FOOT}
        for (name, day), at in zip(days, _apart([day for _, day in days], span), strict=True)
    ]
    chart = alt.Chart(data(rows))
    y = alt.Y("foot:Q", scale=alt.Scale(domain=[0, height], nice=False), axis=None)
    line = chart.mark_rule(strokeWidth=1.2, color="#7a8490")
    marks = line.encode(x=_years(span), y=y, y2="bend:Q")
    leaders = line.encode(x="start:T", x2="at:T", y="bend:Q", y2="top:Q")
    words = chart.mark_text(
        align="left", baseline="middle", angle=360 - degrees(_SLANT), fontSize=11, dx=4, font="sans-serif"
    )
    names = words.encode(x="at:T", y="top:Q", text="name:N")
    return _svg(alt.layer(marks, leaders, names).properties(width=_WIDTH, height=height))


def _apart(days: Sequence[date], span: Span) -> list[datetime]:
    """Where names stand: each at its day or beside it, apart from each other and not beyond the last year."""
    pixel = (span[1] - span[0] + timedelta(days=1)) / _WIDTH
    room = _WIDTH - _OVERHANG
    gap = min(_GAPS[0], max(_GAPS[1], room / len(days) / 2), room / len(days))
    at: list[float] = []
    for day in days:
        at.append(max((day - span[0]) / pixel, at[-1] + gap if at else 0.0))
    edge = float(room)
    for n in reversed(range(len(at))):
        at[n] = min(at[n], edge)
        edge = at[n] - gap
    start = datetime(span[0].year, span[0].month, span[0].day)
    return [start + x * pixel for x in at]


def _bar(number: int, m: Measure, span: Span, today: date) -> dict[str, Any]:
    end = max(m.end or today, m.start)
    name = _shortened(printable(f"{m.id}: {m.title}"), _LONGEST)
    room = _WIDTH * (span[1] - m.start) / (span[1] - span[0] + timedelta(days=1))
    left = room >= _LETTER * len(name)
    return {
        "start": m.start.isoformat(),
        "end": (end + timedelta(days=1)).isoformat(),
        "effect": m.effect.value,
        "name": name,
        "anchor": "left" if left else "right",
        "at": (m.start if left else span[1]).isoformat(),
        "bar": _ROW * number + 21,
        "name_at": _ROW * number + 15,
    }


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _adopted(measures: Sequence[Measure], span: Span) -> Any:
    import altair as alt

    rows_of = data([{"start": day.isoformat()} for day in sorted(set(_adoptions(measures).values()))])
    return alt.Chart(rows_of).mark_rule(strokeDash=[2, 3], color="#8b949e", opacity=0.7).encode(x=_years(span))


def _adoptions(measures: Sequence[Measure]) -> dict[str, date]:
    """The day each instrument was adopted; where the tables do not say, the first day of its first measure."""
    found: dict[str, date] = {}
    for m in sorted(measures, key=lambda m: m.start):
        found.setdefault(m.instrument, m.adopted or m.start)
    return found


def _years(span: Span) -> alt.X:
    import altair as alt

    domain = [day.isoformat() for day in (span[0], span[1] + timedelta(days=1))]
    axis = alt.Axis(format="%Y", title=None, tickCount="year", labelFontSize=11, grid=False, labelFlush=False)
    return alt.X("start:T", scale=alt.Scale(domain=domain, nice=False), axis=axis)


def _colours() -> alt.Scale:
    import altair as alt

    return alt.Scale(domain=[e.value for e in COLOURS], range=list(COLOURS.values()))


def data(rows: Sequence[Mapping[str, object]]) -> Any:
    """Rows as what altair draws."""
    import altair as alt

    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]  # altair types no schema class


def _svg(chart: Any) -> str:
    import vl_convert

    # A fixed frame, so that the years of all charts of a page stand above each other.
    frame = {"left": 20, "right": 24, "top": 4, "bottom": 24}
    drawn = chart.configure(background="transparent", padding=frame, autosize="none").configure_view(strokeWidth=0)
    return str(vl_convert.vegalite_to_svg(drawn.to_dict()))
