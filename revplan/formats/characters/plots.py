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

_ROWS = 8
"""Lines that an axis of values has."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"


class _Sheet:
    """Cells of characters between an axis of values and one of times."""

    def __init__(self, scale: Sequence[Tick], labels: Sequence[str], width: int) -> None:
        self.left = gutter([tick.text for tick in scale], width // 3)
        self.scale, self.labels = scale, labels
        self.slot = max(1, min(8, (width - self.left - 2) // max(1, len(labels))))
        self.room = width - self.left - 2
        self.shown = min(len(labels), (width - self.left - 2) // self.slot)
        self.cells = [[" "] * (self.shown * self.slot) for _ in range(_ROWS)]
        self.low, self.high = (scale[0].value, scale[-1].value) if len(scale) > 1 else (0.0, 1.0)

    def eighths(self, value: float) -> int:
        """Return how high a value is, in eighths of a line."""
        part = (value - self.low) / (self.high - self.low)
        return round(min(1.0, max(0.0, part)) * _ROWS * 8)

    def row(self, value: float) -> int:
        """Return the line in which a value lies, 0 for the top."""
        return _ROWS - 1 - min(_ROWS - 1, max(0, (self.eighths(value) - 1) // 8))

    def put(self, place: int, value: float, mark: str, *, is_whole: bool = False) -> None:
        """Put a mark at a value, in the middle of its time or over all of it."""
        if place < self.shown:
            start = place * self.slot
            at = range(start, start + self.slot) if is_whole else (start + (self.slot - 1) // 2,)
            for column in at:
                self.cells[self.row(value)][column] = mark

    def lines(self) -> list[Words]:
        """Return the sheet with its axes."""
        named = {self.row(tick.value): tick.text for tick in self.scale}
        body = [
            words(dim(f"{align_right(named.get(row, ''), self.left)} │"), "".join(cells))
            for row, cells in enumerate(self.cells)
        ]
        return [*body, words(dim(f"{' ' * self.left} └{'─' * (self.shown * self.slot)}")), *self._times()]

    def _times(self) -> list[Words]:
        step = ceil((max(map(columns_of, self.labels), default=0) + 1) / self.slot) if self.labels else 1
        line = ""
        for place in range(0, self.shown, max(1, step)):
            start = place * self.slot
            if start + columns_of(self.labels[place]) <= self.room:
                line += " " * (start - columns_of(line)) + visible(self.labels[place])
        return [words(dim(f"{' ' * (self.left + 2)}{line}"))] if line.strip() else []


def columns(of: Columns, width: int) -> Sequence[Words]:
    """Return columns, each with a dash at what it was to be."""
    sheet = _Sheet(of.scale, [one.label for one in of.uprights], width)
    broad = max(1, sheet.slot - 1)
    for place, one in enumerate(of.uprights[: sheet.shown]):
        if one.target is not None:
            sheet.put(place, one.target, "╌", is_whole=True)
        if one.value is not None:
            high = sheet.eighths(one.value)
            for row in range(_ROWS):
                level = min(8, max(0, high - 8 * (_ROWS - 1 - row)))
                if level:
                    start = place * sheet.slot
                    sheet.cells[row][start : start + broad] = _EIGHTHS[level] * broad
    return [*sheet.lines(), *legend_lines(f"█ actual, ╌ {of.target_name}", width)]


_MARKS = "●◆▲"


def lines(of: LineChart, width: int) -> Sequence[Words]:
    """Return a mark a value, one kind of mark a series."""
    sheet = _Sheet(of.scale, of.labels, width)
    names = []
    actual = [series for series in of.series if not series.is_plan]
    for series in sorted(of.series, key=lambda one: not one.is_plan):
        mark = "·" if series.is_plan else _MARKS[actual.index(series) % len(_MARKS)]
        for place, value in enumerate(series.values):
            if value is not None:
                sheet.put(place, value, mark)
        names.append(f"{mark} {series.name}")
    return [*sheet.lines(), *legend_lines(", ".join(names), width)]


def fan(of: Fan, width: int) -> Sequence[Words]:
    """Return the band of what may come, its middle, what is known before it, and what is aimed at."""
    sheet = _Sheet(of.scale, [one.label for one in of.spreads], width)
    for place, one in enumerate(of.spreads[: sheet.shown]):
        if place >= of.known:
            for row in range(sheet.row(one.high), sheet.row(one.low) + 1):
                start = place * sheet.slot
                sheet.cells[row][start : start + sheet.slot] = "░" * sheet.slot
        if one.target is not None:
            sheet.put(place, one.target, "╌", is_whole=True)
        sheet.put(place, one.middle, "●" if place < of.known else "○")
    return [*sheet.lines(), *legend_lines("● known, ○ median, ░ eight runs of ten, ╌ target", width)]


def scatter(of: Scatter, width: int) -> Sequence[Words]:
    """Return points as their marks, with axes where the quadrants meet. Of points in one cell the last is shown."""
    room, high = min(width, 60), 2 * _ROWS - 3
    cells = [[" "] * room for _ in range(high)]

    def place(value: float, values: Sequence[float], most: int) -> int:
        low, span = min(values), (max(values) - min(values)) or 1.0
        return round((value - low) / span * most)

    across, up = [of.x_split, *(one.x for one in of.points)], [of.y_split, *(one.y for one in of.points)]
    split_x, split_y = place(of.x_split, across, room - 4), high - 1 - place(of.y_split, up, high - 1)
    cells[split_y] = ["─"] * room
    for row in cells:
        row[split_x] = "│"
    for one in of.points:
        x, y = place(one.x, across, room - 4), high - 1 - place(one.y, up, high - 1)
        mark = one.mark or "•"
        cells[y][x : x + len(mark)] = mark
    axes = f"Upward: {of.y_title}. To the right: {of.x_title}."
    return [*(words("".join(row)[:room].rstrip() or " ") for row in cells), *legend_lines(axes, width)]
