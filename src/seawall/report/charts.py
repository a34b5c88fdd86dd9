"""Charts as SVG that stands alone: no network, no script. altair and vl-convert are loaded when one is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from seawall.model import Effect, Measure

if TYPE_CHECKING:
    import altair as alt

COLOURS: Mapping[Effect, str] = {Effect.BAN: "#c8384a", Effect.APPROVAL: "#8256d0", Effect.FLAG: "#c9871f"}
"""Told apart without colour vision by their lightness, and readable on light and dark paper."""

_WIDTH = 900
_ROW = 30
_LONGEST = 104
"""Characters of a label: what fits beside the bar that leaves least room."""
_GAP = 13
"""Least distance in pixels between the slanted names of two instruments."""

Span = tuple[date, date]


def bars(measures: Sequence[Measure], span: Span, today: date) -> str:
    """A bar per measure over the years, its name above it, the days of adoption as faint lines."""
    import altair as alt

    rows = [_bar(n, m, span, today) for n, m in enumerate(measures)]
    height = _ROW * len(rows)
    data = _data(rows)
    x = _years(span)
    y = alt.Y("bar:Q", scale=alt.Scale(domain=[0, height], reverse=True, nice=False), axis=None)
    colour = alt.Color("effect:N", scale=_colours(), legend=None)
    drawn = alt.Chart(data).mark_bar(height=9, cornerRadius=2).encode(x=x, x2="end:T", y=y, color=colour)
    names = [
        alt.Chart(data)
        .transform_filter(alt.datum.anchor == side)
        .mark_text(align=side, baseline="bottom", fontSize=11.5, font="sans-serif")
        .encode(x="at:T", y=alt.Y("name_at:Q"), text="name:N")
        for side in ("left", "right")
    ]
    return _svg(alt.layer(_adopted(measures, span), drawn, *names).properties(width=_WIDTH, height=height))


def resolutions(measures: Sequence[Measure], span: Span) -> str:
    """The instruments along the years, each named at the day of its adoption."""
    import altair as alt

    days = _adoptions(measures)
    step = timedelta(days=_GAP * (span[1] - span[0]).days / _WIDTH)
    rows: list[dict[str, object]] = []
    last = date.min
    for name, day in sorted(days.items(), key=lambda pair: (pair[1], pair[0])):
        last = max(day, last + step) if rows else day
        rows.append({"name": name, "start": day.isoformat(), "at": last.isoformat(), "top": 14, "foot": 0})
    data = _data(rows)
    y = alt.Y("top:Q", scale=alt.Scale(domain=[0, 130]), axis=None)
    marks = alt.Chart(data).mark_rule(strokeWidth=1.2, color="#7a8490").encode(x=_years(span), y=y, y2="foot:Q")
    names = (
        alt.Chart(data)
        .mark_text(align="left", baseline="middle", angle=300, fontSize=11, dx=3, font="sans-serif")
        .encode(x="at:T", y=alt.Y("top:Q"), text="name:N")
    )
    return _svg(alt.layer(marks, names).properties(width=_WIDTH, height=130))


def _bar(number: int, m: Measure, span: Span, today: date) -> dict[str, Any]:
    end = max(m.end or today, m.start)
    left = (m.start - span[0]).days < 0.42 * (span[1] - span[0]).days
    name = f"{m.id}: {m.title}"
    return {
        "start": m.start.isoformat(),
        "end": (end + timedelta(days=1)).isoformat(),
        "effect": m.effect.value,
        "name": name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…",
        "anchor": "left" if left else "right",
        "at": (m.start if left else span[1]).isoformat(),
        "bar": _ROW * number + 21,
        "name_at": _ROW * number + 15,
    }


def _adopted(measures: Sequence[Measure], span: Span) -> Any:
    import altair as alt

    data = _data([{"start": day.isoformat()} for day in sorted(set(_adoptions(measures).values()))])
    return alt.Chart(data).mark_rule(strokeDash=[2, 3], color="#8b949e", opacity=0.7).encode(x=_years(span))


def _adoptions(measures: Sequence[Measure]) -> dict[str, date]:
    """The day each instrument was adopted; where the tables do not say, the first day of its first measure."""
    found: dict[str, date] = {}
    for m in sorted(measures, key=lambda m: m.start):
        found.setdefault(m.instrument, m.adopted or m.start)
    return found


def _years(span: Span) -> alt.X:
    import altair as alt

    domain = [day.isoformat() for day in (span[0], span[1] + timedelta(days=1))]
    axis = alt.Axis(format="%Y", title=None, tickCount="year", labelFontSize=11, grid=False, labelOverlap=True)
    return alt.X("start:T", scale=alt.Scale(domain=domain, nice=False), axis=axis)


def _colours() -> alt.Scale:
    import altair as alt

    return alt.Scale(domain=[e.value for e in COLOURS], range=list(COLOURS.values()))


def _data(rows: Sequence[Mapping[str, object]]) -> Any:
    import altair as alt

    return alt.Data(values=list(rows))  # type: ignore[no-untyped-call]  # altair types no schema class


def _svg(chart: Any) -> str:
    import vl_convert

    drawn = chart.configure(background="transparent", padding=4).configure_view(strokeWidth=0)
    return str(vl_convert.vegalite_to_svg(drawn.to_dict()))
