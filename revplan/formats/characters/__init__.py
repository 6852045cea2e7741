"""Charts drawn in characters, for a terminal of some width; none needs colour to be read.

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

_WIDEST = 100
"""Columns beyond which a drawing says no more."""
_WIDEST_ROWS = 140
"""Columns beyond which one says no more whose rows have names before them."""


def draw(of: Drawing, width: int) -> tuple[Words, ...]:
    """Return a drawing as lines, none wider than so many columns; nothing where characters cannot tell it."""
    has_names = isinstance(of, figures.Grid | figures.Gantt | figures.Ranking | figures.Waterfall | figures.Tree)
    return tuple(_part(of)(min(width, _WIDEST_ROWS if has_names else _WIDEST)))


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
