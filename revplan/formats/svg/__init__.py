"""Charts as inline SVG: each part is a function from a figure and a width to a drawing.

canvas   A sheet that chart parts draw on, and how wide text is on it
flow     What goes from the things on the left to those on the right, and the funnel whose stages stand below
         one another
outline  Outlines of drawings, for places where nothing is there to draw yet
plots    Values over time: columns with what they were to be, lines, and the fan of what may come
rows     Parts of which each thing has a row of its own: waterfall, ranking, tree and grid
scatter  A bar and a spark, which stand in a line of text, and points in quadrants
timeline  Stretches of days below one another, each in a row of its own

What a drawing says stands beside it in words; the drawing itself is for the eye alone. Text has its size whatever the
width: a page holds each drawing for a phone and for a desk, and its style shows the one that fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from revplan.formats.markup import Markup, element, join
from revplan.formats.svg import flow, plots, rows, timeline
from revplan.formats.svg.outline import outline
from revplan.formats.svg.scatter import SPARK_WIDTH, axes, bar, scatter, spark
from revplan.reports import figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.reports.document import Outline
    from revplan.reports.figures import Drawing

PHONE, DESK, FULL = 328, 760, 1120
"""Widths that drawings are made for: a phone's page less its margins, a page's column, and a wide screen's page."""
FULL_HEIGHT = 280
"""The height of values over time on a wide screen."""
_OVER_TIME = (figures.Columns, figures.LineChart, figures.Fan)
INSIDE = 28
"""What a frame around a drawing takes of its width."""

__all__ = ["DESK", "PHONE", "SPARK_WIDTH", "bar", "draw", "figure", "outline", "outlines", "spark"]


def figure(of: Drawing) -> Markup:
    """Return a chart's drawing, for a phone, for a desk, and for a wide screen.

    Points in quadrants have no third drawing: of 1,000 tactics it is 80 kB, and shows no more.
    """
    if isinstance(of, figures.Scatter):
        return join(_fitting(draw(of, PHONE), draw(of, DESK)), axes(of))
    full = draw(of, FULL, FULL_HEIGHT if isinstance(of, _OVER_TIME) else None)
    return _fitting(draw(of, PHONE), draw(of, DESK), full)


def outlines(of: Outline) -> Markup:
    """Return the outline of a kind of drawing, for a phone, for a desk, and for a wide screen."""
    return _fitting(*(outline(of, width - INSIDE) for width in (PHONE, DESK, FULL)))


def _fitting(*by_width: Markup) -> Markup:
    """Return drawings, the narrowest first, of which a page shows the widest that fits."""
    kinds = zip(("phone", "desk", "full"), by_width, strict=False)
    return element("div", *(element("div", drawn, class_=kind) for kind, drawn in kinds), class_="fits")


def draw(of: Drawing, width: float, height: float | None = None) -> Markup:
    """Return a chart's drawing at a width; `height` is for those that are not as high as their rows."""
    drawn = _part(of)
    return drawn(width) if height is None else drawn(width, height)


def _part(of: Drawing) -> Callable[..., Markup]:  # noqa: C901, PLR0911 - one a kind of figure
    match of:
        case figures.Columns():
            return lambda *size: plots.columns(of, *size)
        case figures.LineChart():
            return lambda *size: plots.lines(of, *size)
        case figures.Fan():
            return lambda *size: plots.fan(of, *size)
        case figures.Grid():
            return lambda *size: rows.grid(of, *size)
        case figures.Waterfall():
            return lambda *size: rows.waterfall(of, *size)
        case figures.Ranking():
            return lambda *size: rows.ranking(of, *size)
        case figures.Tree():
            return lambda *size: rows.tree(of, *size)
        case figures.Gantt():
            return lambda *size: timeline.timeline(of, *size)
        case figures.Flow():
            return lambda *size: flow.flow(of, *size)
        case figures.FunnelFigure():
            return lambda *size: flow.funnel(of, *size)
        case figures.Scatter():
            return lambda *size: scatter(of, *size)
        case _:
            assert_never(of)
