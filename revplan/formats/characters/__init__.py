"""Charts drawn in characters, for a terminal of some width; none needs colour to be read.

breaks   Where text breaks into lines, and how columns of a table share a width
labels   Text in a row of characters: cut, broken into lines, or filled up to a width
plots    Values over time and points in quadrants
rows     Parts of which each thing has a row of its own
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from revplan.formats.characters import plots, rows
from revplan.reports import figures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from revplan.reports.document import Words
    from revplan.reports.figures import Drawing

_WIDEST = 200
"""Columns beyond which a drawing says no more."""


def draw(of: Drawing, width: int) -> tuple[Words, ...]:
    """Return a drawing as lines, none wider than so many columns; nothing where characters cannot tell it."""
    return tuple(_part(of)(min(width, _WIDEST)))


def _part(of: Drawing) -> Callable[[int], Sequence[Words]]:  # noqa: PLR0911, C901 - one a kind of figure
    match of:
        case figures.Columns():
            return lambda width: plots.columns(of, width)
        case figures.LineChart():
            return lambda width: plots.lines(of, width)
        case figures.Fan():
            return lambda width: plots.fan(of, width)
        case figures.Grid():
            return lambda width: rows.grid(of, width)
        case figures.Waterfall():
            return lambda width: rows.waterfall(of, width)
        case figures.Ranking():
            return lambda width: rows.ranking(of, width)
        case figures.Tree():
            return lambda width: rows.tree(of, width)
        case figures.Gantt():
            return lambda width: rows.timeline(of, width)
        case figures.Flow():
            return lambda width: rows.flow(of, width)
        case figures.FunnelFigure():
            return lambda width: rows.funnel(of, width)
        case figures.Scatter():
            return lambda width: plots.scatter(of, width)
        case _:
            assert_never(of)
