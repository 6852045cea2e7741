"""Values over time and points in quadrants, drawn in characters."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from revplan.formats.characters.labels import align_right, gutter, legend_lines
from revplan.formats.text import visible
from revplan.formats.text import width as columns_of
from revplan.reports.document import dim, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.reports.document import Words
    from revplan.reports.figures import Columns, Fan, LineChart, Scatter, Tick

_ROWS, _MANY_ROWS = 8, 12
"""Lines that an axis of values has about, on a usual screen and on a broad one."""
_BROAD = 120
"""Columns from which on a screen is broad."""
_WIDEST_SLOT = 14
"""Columns that one time takes at most."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"


class _Sheet:
    """Cells of characters between an axis of values and one of times.

    Every step of the values has as many lines as every other. Times share all of the width, or are of equal width.
    """

    def __init__(self, scale: Sequence[Tick], labels: Sequence[str], width: int, *, is_even: bool) -> None:
        self.left = gutter([tick.text for tick in scale], width // 3)
        self.scale, self.labels = scale, labels
        steps = max(1, len(scale) - 1)
        self.rows = steps * max(1, round((_MANY_ROWS if width >= _BROAD else _ROWS) / steps))
        self.room = width - self.left - 2
        self.shown = min(len(labels), self.room)
        self.taken = min(self.room, self.shown * _WIDEST_SLOT)
        if is_even:
            self.taken -= self.taken % max(1, self.shown)
        self.cells = [[" "] * self.taken for _ in range(self.rows)]
        self.low, self.high = (scale[0].value, scale[-1].value) if len(scale) > 1 else (0.0, 1.0)

    def columns_of_time(self, place: int) -> range:
        """Return the columns of a time; at least one."""
        return range(place * self.taken // self.shown, (place + 1) * self.taken // self.shown)

    def eighths(self, value: float) -> int:
        """Return how high a value is, in eighths of a line."""
        part = (value - self.low) / (self.high - self.low)
        return round(min(1.0, max(0.0, part)) * self.rows * 8)

    def row(self, value: float) -> int:
        """Return the line in which a value lies, 0 for the top."""
        return self.rows - 1 - min(self.rows - 1, max(0, (self.eighths(value) - 1) // 8))

    def put(self, place: int, value: float, mark: str, *, is_whole: bool = False) -> None:
        """Put a mark at a value, in the middle of its time or over all of it."""
        if place < self.shown:
            own = self.columns_of_time(place)
            for column in own if is_whole else (own[(len(own) - 1) // 2],):
                self.cells[self.row(value)][column] = mark

    def lines(self) -> list[Words]:
        """Return the sheet with its axes; the least value stands at the axis of times."""
        named = {self.row(tick.value): tick.text for tick in self.scale[1:]}
        body = [
            words(dim(f"{align_right(named.get(row, ''), self.left)} │"), "".join(cells))
            for row, cells in enumerate(self.cells)
        ]
        least = align_right(self.scale[0].text if self.scale else "", self.left)
        return [*body, words(dim(f"{least} └{'─' * self.taken}")), *self._times()]

    def _times(self) -> list[Words]:
        widest = max(map(columns_of, self.labels), default=0) + 1
        step = ceil(widest / max(1, self.taken // max(1, self.shown)))
        line = ""
        for place in range(0, self.shown, max(1, step)):
            start = self.columns_of_time(place).start
            if start + columns_of(self.labels[place]) <= self.room:
                line += " " * (start - columns_of(line)) + visible(self.labels[place])
        return [words(dim(f"{' ' * (self.left + 2)}{line}"))] if line.strip() else []


def columns(of: Columns, width: int) -> Sequence[Words]:
    """Return columns, each with a dash at what it was to be."""
    sheet = _Sheet(of.scale, [one.label for one in of.uprights], width, is_even=True)
    for place, one in enumerate(of.uprights[: sheet.shown]):
        if one.target is not None:
            sheet.put(place, one.target, "╌", is_whole=True)
        if one.value is not None:
            high = sheet.eighths(one.value)
            own = sheet.columns_of_time(place)
            broad = max(1, len(own) - 1)
            for row in range(sheet.rows):
                level = min(8, max(0, high - 8 * (sheet.rows - 1 - row)))
                if level:
                    sheet.cells[row][own.start : own.start + broad] = _EIGHTHS[level] * broad
    return [*sheet.lines(), *legend_lines(f"█ actual, ╌ {of.target_name}", width)]


_MARKS = "●◆▲"


def lines(of: LineChart, width: int) -> Sequence[Words]:
    """Return a row of marks a value, as long as its time is wide, one kind of mark a series."""
    sheet = _Sheet(of.scale, of.labels, width, is_even=False)
    names = []
    actual = [series for series in of.series if not series.is_plan]
    for series in sorted(of.series, key=lambda one: not one.is_plan):
        mark = "·" if series.is_plan else _MARKS[actual.index(series) % len(_MARKS)]
        for place, value in enumerate(series.values):
            if value is not None:
                sheet.put(place, value, mark, is_whole=True)
        names.append(f"{mark} {series.name}")
    return [*sheet.lines(), *legend_lines(", ".join(names), width)]


def fan(of: Fan, width: int) -> Sequence[Words]:
    """Return the band of what may come, its middle, what is known before it, and what is aimed at."""
    sheet = _Sheet(of.scale, [one.label for one in of.spreads], width, is_even=True)
    for place, one in enumerate(of.spreads[: sheet.shown]):
        if place >= of.known:
            for row in range(sheet.row(one.high), sheet.row(one.low) + 1):
                for column in sheet.columns_of_time(place):
                    sheet.cells[row][column] = "░"
        if one.target is not None:
            sheet.put(place, one.target, "╌", is_whole=True)
        sheet.put(place, one.middle, "●" if place < of.known else "○")
    return [*sheet.lines(), *legend_lines("● known, ○ median, ░ eight runs of ten, ╌ target", width)]


_MARGIN = 4
"""Columns at the right end of a plot of points, for the mark of the last."""


def scatter(of: Scatter, width: int) -> Sequence[Words]:
    """Return points as their marks, with axes where the quadrants meet.

    A mark that has no room at its place stands at the nearest free one; blanks keep marks apart. Where there is none,
    it is left out, and the number of those is said.
    """
    high = 2 * (_MANY_ROWS if width >= _BROAD else _ROWS) - 3
    field = _PointPlot(min(width, _BROAD), high)

    def place(value: float, values: Sequence[float], most: int) -> int:
        low, span = min(values), (max(values) - min(values)) or 1.0
        return round((value - low) / span * most)

    across, up = [of.x_split, *(one.x for one in of.points)], [of.y_split, *(one.y for one in of.points)]
    right = field.width - _MARGIN
    split_x, split_y = place(of.x_split, across, right), high - 1 - place(of.y_split, up, high - 1)
    field.draw_axes(split_x, split_y)
    hidden = sum(
        not field.put(one.mark or "•", place(one.x, across, right), high - 1 - place(one.y, up, high - 1))
        for one in of.points
    )
    axes = f"Upward: {of.y_title}. To the right: {of.x_title}."
    said = f"{axes} {hidden} more have no room." if hidden else axes
    return [*(words(line) for line in field.lines()), *legend_lines(said, width)]


class _PointPlot:
    """Cells of characters in which marks keep apart."""

    def __init__(self, width: int, high: int) -> None:
        self.width, self.high = width, high
        self.cells = [[" "] * width for _ in range(high)]
        self.taken = [[False] * width for _ in range(high)]

    def draw_axes(self, column: int, row: int) -> None:
        """Draw an upright and a level line, which marks may cover."""
        self.cells[row] = ["─"] * self.width
        for number, line in enumerate(self.cells):
            line[column] = "┼" if number == row else "│"

    def put(self, mark: str, column: int, row: int) -> bool:
        """Put a mark at the free place that is nearest; return whether there is one within a few cells."""
        places = ((across, up) for up in range(-2, 3) for across in range(-6, 7))
        for across, up in sorted(places, key=lambda each: (abs(each[0]) + 3 * abs(each[1]), each)):
            start, line = column + across, row + up
            if 0 <= line < self.high and 0 <= start <= self.width - len(mark) and self._is_free(line, start, len(mark)):
                for offset, character in enumerate(mark, start):
                    self.cells[line][offset], self.taken[line][offset] = character, True
                return True
        return False

    def _is_free(self, row: int, start: int, size: int) -> bool:
        return not any(self.taken[row][max(0, start - 1) : start + size + 1])

    def lines(self) -> list[str]:
        """Return the field; a blank stands between a mark and the level line."""
        return [
            "".join(self._cell(row, column) for column in range(self.width)).rstrip() or " " for row in range(self.high)
        ]

    def _cell(self, row: int, column: int) -> str:
        beside = self.taken[row][max(0, column - 1) : column + 2]
        return " " if self.cells[row][column] == "─" and any(beside) else self.cells[row][column]
