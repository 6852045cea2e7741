"""Faint outlines of drawings, without a figure or a name, for places where nothing is there to draw yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.formats.svg.canvas import EDGE, Canvas
from revplan.reports.document import Outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.formats.markup import Markup

HEIGHT = 120
_KIND, _AREA = "faint", "faint area"
_ROWS, _COLUMNS, _GRID_COLUMNS, _POINTS = 4, 12, 6, 9
_STEPS = tuple(part / 10 for part in (2, 2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9))
"""How high the columns stand, as parts of the whole: they rise, as what is aimed at does."""
_STRETCHES = ((0.0, 0.35), (0.15, 0.3), (0.4, 0.4), (0.7, 0.3))
"""Where stretches of a timeline begin, and how long they are, as parts of the width."""
_LENGTHS = (1.0, 0.8, 0.55, 0.35)
_NAMES = 0.16
"""The part of the width that is kept for names before rows."""
_GAP = 6.0


def outline(of: Outline, width: float, height: float = HEIGHT) -> Markup:
    """Return the outline of a kind of drawing, at a width and a height."""
    canvas = Canvas(width)
    _PARTS[of](canvas, height)
    return canvas.finish(height, "outline")


def _rows(canvas: Canvas, height: float, spans: tuple[tuple[float, float], ...]) -> None:
    """Draw a row a span, with room for its name before it."""
    each, left = height / len(spans), canvas.width * _NAMES
    room = canvas.width - left - EDGE
    for row, (start, part) in enumerate(spans):
        y, high = row * each + _GAP / 2, each - _GAP
        canvas.rect(EDGE, y + high / 4, left * (0.5 + 0.1 * (row % 3)), high / 2, _AREA)
        canvas.rect(left + start * room, y, part * room, high, _AREA)


def _bars(canvas: Canvas, height: float) -> None:
    _rows(canvas, height, tuple((0.0, part) for part in _LENGTHS))


def _timeline(canvas: Canvas, height: float) -> None:
    _rows(canvas, height, _STRETCHES)


def _funnel(canvas: Canvas, height: float) -> None:
    _rows(canvas, height, tuple(((1 - part) / 2, part) for part in _LENGTHS))


def _grid(canvas: Canvas, height: float) -> None:
    each, left = height / _ROWS, canvas.width * _NAMES
    slot = (canvas.width - left - EDGE) / _GRID_COLUMNS
    for row in range(_ROWS):
        y, high = row * each + _GAP / 2, each - _GAP
        canvas.rect(EDGE, y + high / 4, left * (0.5 + 0.1 * (row % 3)), high / 2, _AREA)
        for column in range(_GRID_COLUMNS):
            canvas.rect(left + column * slot, y, slot - _GAP / 2, high, _AREA)


def _axes(canvas: Canvas, height: float) -> None:
    canvas.line(EDGE, height - EDGE, canvas.width - EDGE, height - EDGE, "rule")
    canvas.line(EDGE, EDGE, EDGE, height - EDGE, "rule")


def _columns(canvas: Canvas, height: float) -> None:
    slot = (canvas.width - 3 * EDGE) / _COLUMNS
    for place, part in enumerate(_STEPS):
        high = part * (height - 2 * EDGE)
        canvas.rect(2 * EDGE + place * slot + _GAP / 2, height - EDGE - high, slot - _GAP, high, _AREA)
    _axes(canvas, height)


def _lines(canvas: Canvas, height: float) -> None:
    _axes(canvas, height)
    across, up = canvas.width - 4 * EDGE, height - 4 * EDGE
    points = [(2 * EDGE + place / (_COLUMNS - 1) * across, height - EDGE - part * up)
              for place, part in enumerate(_STEPS)]  # fmt: skip
    canvas.path(points, _KIND)


def _fan(canvas: Canvas, height: float) -> None:
    _axes(canvas, height)
    start, middle, end = 2 * EDGE, canvas.width * 0.4, canvas.width - 2 * EDGE
    low, turn = height * 0.8, height * 0.6
    canvas.path([(start, low), (middle, turn)], _KIND)
    canvas.path([(middle, turn), (end, height * 0.1), (end, height * 0.55)], _AREA, is_closed=True)
    canvas.path([(middle, turn), (end, height * 0.3)], _KIND)


def _points(canvas: Canvas, height: float) -> None:
    canvas.line(canvas.width / 2, EDGE, canvas.width / 2, height - EDGE, "rule")
    canvas.line(EDGE, height / 2, canvas.width - EDGE, height / 2, "rule")
    for place in range(_POINTS):
        across, up = (place * 37 + 12) % 100 / 100, (place * 61 + 15) % 100 / 100
        canvas.circle(8 + across * (canvas.width - 16), 8 + up * (height - 16), 5, _AREA)


_PARTS: dict[Outline, Callable[[Canvas, float], None]] = {
    Outline.BARS: _bars,
    Outline.COLUMNS: _columns,
    Outline.FAN: _fan,
    Outline.FUNNEL: _funnel,
    Outline.GRID: _grid,
    Outline.LINES: _lines,
    Outline.POINTS: _points,
    Outline.TIMELINE: _timeline,
}
