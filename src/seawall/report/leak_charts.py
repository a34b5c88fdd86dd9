"""Charts of estimates as SVG that stands alone: each mark has a range and, as its title, its sources.

Colours are those of Okabe and Ito (2008), told apart without colour vision and in grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from seawall.model import Channel, Estimate, Influence
from seawall.report.charts import data
from seawall.report.flows import rough, span
from seawall.report.layout import printable

PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999", "#F0E442")
_INK, _SOFT = "#24292f", "#8b949e"
_BLACK = "#000000"
"""Of words on a coloured ground, which stay dark where the page is dark (`page.css`)."""
_WIDTH = 760
_STEPS = 24
"""Points of a band of a Sankey diagram from its left to its right end."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A range in a chart of ranges: its row, its series in the row, and what its title says beside the sources."""

    row: str
    series: str
    estimate: Estimate
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A cell of a heat map: a share from 0 to 1 with its range, or none."""

    row: str
    column: str
    share: Estimate | None
    note: str = ""


def says(name: str, one: Estimate, note: str = "") -> str:
    """What a mark says when asked: name, range, sources."""
    basis = ", ".join(one.basis) or "no source"
    return printable(f"{name}, {one.period}: {span(one)} {one.unit}. {f'{note}. ' if note else ''}Rests on: {basis}")


def fan(estimates: Sequence[Estimate]) -> str:
    """The years of one channel or sum: the middle as a line in the band of its range, with gaps where there is none."""
    import altair as alt

    rows = [
        {"year": int(one.period), "low": one.low, "mid": one.mid, "high": one.high, "says": says(one.what, one),
         "run": run}
        for run, one in _runs(estimates)
    ]  # fmt: skip
    base = alt.Chart(data(rows))
    x = alt.X("year:Q", axis=alt.Axis(format="d", title=None, tickMinStep=1), scale=alt.Scale(nice=False))
    y = alt.Y("low:Q", title=None, axis=alt.Axis(format=",~r"))
    band = base.mark_area(opacity=0.3, color=PALETTE[0], aria=False).encode(x=x, y=y, y2="high:Q", detail="run:N")
    line = base.mark_line(color=PALETTE[0], strokeWidth=2, aria=False).encode(x=x, y="mid:Q", detail="run:N")
    dots = base.mark_point(filled=True, color=PALETTE[0], size=42).encode(x=x, y="mid:Q", description="says:N")
    return svg(alt.layer(band, line, dots).properties(width=_WIDTH - 90, height=190))


def _runs(estimates: Sequence[Estimate]) -> list[tuple[int, Estimate]]:
    """Years in a row have the same number."""
    found: list[tuple[int, Estimate]] = []
    for one in sorted(estimates, key=lambda one: int(one.period)):
        run, last = (found[-1][0], int(found[-1][1].period)) if found else (0, int(one.period) - 1)
        found.append((run if int(one.period) == last + 1 else run + 1, one))
    return found


def tornado(influences: Sequence[Influence], middle: Estimate) -> str:
    """What each unknown moves, the one that matters most on top, about the middle."""
    import altair as alt

    rows = [
        {"title": printable(i.title), "low": i.swing[0], "high": i.swing[1], "order": n,
         "says": says(i.title, i.parameter, f"moves it from {rough(i.swing[0])} to {rough(i.swing[1])} {middle.unit}")}
        for n, i in enumerate(influences)
    ]  # fmt: skip
    y = alt.Y(
        "title:N", sort=alt.SortField("order"), title=None, axis=alt.Axis(labelLimit=300, ticks=False, domain=False)
    )
    x = alt.X("low:Q", title=middle.unit, scale=alt.Scale(zero=False), axis=alt.Axis(format=",~r"))
    bars = alt.Chart(data(rows)).mark_bar(color=PALETTE[4], height=16, stroke=_INK, strokeWidth=0.6)
    drawn = bars.encode(x=x, x2="high:Q", y=y, description="says:N")
    rule = alt.Chart(data([{"low": middle.mid}])).mark_rule(color=_INK, strokeDash=[3, 2]).encode(x="low:Q")
    return svg(alt.layer(drawn, rule).properties(width=_WIDTH - 320, height=30 * len(rows)))


def ranges(bars: Sequence[Bar], unit: str) -> str:
    """Ranges side by side, the series of a row under each other, each with its own shape and colour."""
    import altair as alt

    series = list(dict.fromkeys(b.series for b in bars))
    rows = [
        {"row": printable(b.row), "series": b.series, "low": b.estimate.low, "mid": b.estimate.mid,
         "high": b.estimate.high, "says": says(f"{b.row}, {b.series}" if b.series else b.row, b.estimate, b.note)}
        for b in bars
    ]  # fmt: skip
    names = list(dict.fromkeys(printable(b.row) for b in bars))
    y = alt.Y("row:N", sort=names, title=None, axis=alt.Axis(labelLimit=300, ticks=False))
    offset = alt.YOffset("series:N", sort=series)
    several = len(series) > 1
    legend = alt.Legend(title=None, orient="top", direction="vertical", labelLimit=0) if several else None
    colour = alt.Color("series:N", sort=series, scale=alt.Scale(domain=series, range=list(PALETTE)), legend=legend)
    shape = alt.Shape("series:N", sort=series, scale=alt.Scale(domain=series), legend=legend)
    base = alt.Chart(data(rows))
    x = alt.X("low:Q", title=unit, axis=alt.Axis(format=",~r"))
    lines = base.mark_rule(strokeWidth=3).encode(x=x, x2="high:Q", y=y, yOffset=offset, color=colour)
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(
        x="mid:Q", y=y, yOffset=offset, color=colour, shape=shape, description="says:N"
    )
    return svg(alt.layer(lines, dots).properties(width=_WIDTH - 320, height=len(names) * 18 * max(2, len(series))))


def heat(tiles: Sequence[Tile]) -> str:
    """Shares by row and column: the darker the more, with the number in it, grey where nothing is known."""
    import altair as alt

    rows = [
        {"row": printable(t.row), "column": printable(t.column), "share": t.share.mid if t.share else None,
         "text": f"{t.share.mid:.0%}" if t.share else "?",
         "range": f"{t.share.low:.0%} to {t.share.high:.0%}" if t.share else "",
         "says": says(f"{t.row}, {t.column}", t.share, t.note) if t.share else f"{t.row}, {t.column}: not known"}
        for t in tiles
    ]  # fmt: skip
    across = list(dict.fromkeys(printable(t.column) for t in tiles))
    down = list(dict.fromkeys(printable(t.row) for t in tiles))
    x = alt.X("column:N", sort=across, title=None, axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False))
    y = alt.Y("row:N", sort=down, title=None, axis=alt.Axis(labelLimit=300, ticks=False, domain=False))
    base = alt.Chart(data(rows)).encode(x=x, y=y)
    shade = alt.Color("share:Q", scale=alt.Scale(domain=[0, 1], range=["#ffffff", PALETTE[4]]), legend=None)
    known = alt.condition("datum.share === null", alt.value("#f0f0f0"), shade)
    cells = base.mark_rect(stroke=_SOFT, strokeWidth=0.6, invalid=None).encode(color=known, description="says:N")
    words = base.mark_text(fontSize=13, fontWeight="bold", dy=-6, color=_BLACK).encode(text="text:N")
    small = base.mark_text(fontSize=10, dy=9, color=_BLACK).encode(text="range:N")
    return svg(alt.layer(cells, words, small).properties(width=_WIDTH - 200, height=46 * len(down)))


def sankey(channels: Sequence[Channel], estimates: Sequence[Estimate]) -> str:
    """Streams from partners on the left to channels on the right, as wide as their middle; ranges stand in the names.

    Parts of other channels are left out. A stream too thin to see is drawn as a hair.
    """
    import altair as alt

    of = {c.id: c for c in channels}
    shown = sorted((e for e in estimates if not of[e.what].within and e.mid > 0), key=lambda e: -e.mid)
    partners = sorted(
        {of[e.what].partner for e in shown}, key=lambda p: -sum(e.mid for e in shown if of[e.what].partner == p)
    )
    total = sum(e.mid for e in shown)
    scale, gap = 400 / total, 14
    bands, names = [], []
    left: dict[str, float] = {}
    y = 0.0
    for partner in partners:
        left[partner] = y
        height = sum(e.mid for e in shown if of[e.what].partner == partner) * scale
        names.append({"x": -0.01, "y": y + height / 2, "text": partner or "several", "side": "right"})
        y += height + gap
    right = 0.0
    for partner in partners:
        for e in (e for e in shown if of[e.what].partner == partner):
            width = max(e.mid * scale, 0.8)
            colour = PALETTE[partners.index(partner) % len(PALETTE)]
            for k in range(_STEPS + 1):
                t = k / _STEPS
                ease = t * t * (3 - 2 * t)
                top = left[partner] + (right - left[partner]) * ease
                bands.append({"x": t, "y": top, "y2": top + width, "id": e.what, "colour": colour,
                              "says": says(of[e.what].title, e)})  # fmt: skip
            text = f"{of[e.what].title}  {span(e)}"
            names.append({"x": 1.01, "y": right + max(width, 16.0) / 2, "text": printable(text), "side": "left"})
            left[partner] += width
            right += max(width, 16.0) + 2
    high = max(right, y)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    up = alt.Scale(domain=[0, high], reverse=True, nice=False)
    streams = alt.Chart(data(bands)).mark_area(opacity=0.65).encode(
        x=x, y=alt.Y("y:Q", scale=up, axis=None), y2="y2:Q", detail="id:N",
        color=alt.Color("colour:N", scale=None), description="says:N",
    )  # fmt: skip
    texts = [
        alt.Chart(data(names))
        .transform_filter(alt.datum.side == side)
        .mark_text(align=side, baseline="middle", fontSize=11.5, font="sans-serif", clip=False)
        .encode(x=x, y=alt.Y("y:Q", scale=up), text="text:N")
        for side in ("left", "right")
    ]
    return svg(alt.layer(streams, *texts).properties(width=300, height=high, padding={"left": 60, "right": 420}))


def svg(chart: Any) -> str:
    """A chart drawn; what a mark says when asked becomes its title, which a browser shows and a reader speaks."""
    import vl_convert

    # Room on the left for labels in fonts wider than the one that they are measured in.
    drawn = chart.configure(
        background="transparent", font="sans-serif", padding={"left": 48, "right": 24, "top": 5, "bottom": 5}
    )
    drawn = drawn.configure_view(strokeWidth=0)
    drawn = drawn.configure_axis(labelColor=_INK, titleColor=_INK, gridColor="#e5e8eb", labelFontSize=11.5,
                                 titleFontWeight="normal", domainColor=_SOFT)  # fmt: skip
    tree = etree.fromstring(vl_convert.vegalite_to_svg(drawn.to_dict()).encode(), _PARSER)
    for mark in tree.iter("{http://www.w3.org/2000/svg}path"):
        text = mark.get("aria-label")
        if text and mark.get("role") == "graphics-symbol":
            etree.SubElement(mark, "{http://www.w3.org/2000/svg}title").text = text
    return etree.tostring(tree, encoding="unicode")


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
