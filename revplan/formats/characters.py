"""Charts drawn in characters, for a terminal of some width; none needs colour to be read."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, assert_never

from revplan import wording
from revplan.formats.text import visible
from revplan.formats.text import width as columns_of
from revplan.reports import figures
from revplan.reports.document import Run, Tone, dim, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from revplan.reports.document import Words
    from revplan.reports.figures import (
        Columns,
        Drawing,
        Fan,
        Flow,
        FunnelFigure,
        Gantt,
        Grid,
        LineChart,
        Ranking,
        Scatter,
        Tick,
        Tree,
        Waterfall,
    )

MOST_ROWS = 40
"""Rows of a drawing that are shown; the table has them all."""
_ROWS = 8
"""Lines that an axis of values has."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_SHADES = (" ", "░", "▒", "▓", "█")
_FULL, _MORE, _EMPTY = "█", "▒", "░"
_WIDEST = 100
"""Columns beyond which a drawing says no more."""


def draw(of: Drawing, width: int) -> tuple[Words, ...]:
    """Return a drawing as lines, none wider than so many columns; nothing where characters cannot tell it."""
    lines = _part(of)(min(width, _WIDEST))
    return tuple(lines)


def _part(of: Drawing) -> Callable[[int], Sequence[Words]]:  # noqa: PLR0911, C901 - one a kind of figure
    match of:
        case figures.Columns():
            return lambda width: _columns(of, width)
        case figures.LineChart():
            return lambda width: _lines(of, width)
        case figures.Fan():
            return lambda width: _fan(of, width)
        case figures.Grid():
            return lambda width: _grid(of, width)
        case figures.Waterfall():
            return lambda width: _waterfall(of, width)
        case figures.Ranking():
            return lambda width: _ranking(of, width)
        case figures.Tree():
            return lambda width: _tree(of, width)
        case figures.Gantt():
            return lambda width: _timeline(of, width)
        case figures.Flow():
            return lambda width: _flow(of, width)
        case figures.FunnelFigure():
            return lambda width: _funnel(of, width)
        case figures.Scatter():
            return lambda width: _scatter(of, width)
        case _:
            assert_never(of)


def cut(said: str, room: int) -> str:
    """Return text, or as much of it as has room and an ellipsis."""
    said = visible(" ".join(said.split()))
    if columns_of(said) <= room:
        return said
    taken, kept = 1, ""
    for character in said:
        taken += columns_of(character)
        if taken > room:
            break
        kept += character
    return f"{kept.rstrip()}…" if room > 0 else ""


def _pad(said: str, room: int) -> str:
    shown = cut(said, room)
    return shown + " " * (room - columns_of(shown))


def _right(said: str, room: int) -> str:
    shown = cut(said, room)
    return " " * (room - columns_of(shown)) + shown


def _gutter(said: Sequence[str], most: int) -> int:
    return min(most, max((columns_of(visible(each)) for each in said), default=0))


def _more(count: int) -> list[Words]:
    return [words(dim(f"and {count - MOST_ROWS:,} more"))] if count > MOST_ROWS else []


# --- values over time --------------------------------------------------------------------------------------------


class _Sheet:
    """Cells of characters between an axis of values and one of times."""

    def __init__(self, scale: Sequence[Tick], labels: Sequence[str], width: int) -> None:
        self.left = _gutter([tick.text for tick in scale], width // 3)
        self.scale, self.labels = scale, labels
        self.slot = max(1, min(8, (width - self.left - 2) // max(1, len(labels))))
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
            words(dim(f"{_right(named.get(row, ''), self.left)} │"), "".join(cells))
            for row, cells in enumerate(self.cells)
        ]
        return [*body, words(dim(f"{' ' * self.left} └{'─' * (self.shown * self.slot)}")), *self._times()]

    def _times(self) -> list[Words]:
        step = ceil((max(map(columns_of, self.labels), default=0) + 1) / self.slot) if self.labels else 1
        line = ""
        for place in range(0, self.shown, max(1, step)):
            line += " " * (place * self.slot - columns_of(line))
            line += cut(self.labels[place], self.shown * self.slot - place * self.slot)
        return [words(dim(f"{' ' * (self.left + 2)}{line}"))] if line.strip() else []


def _columns(of: Columns, width: int) -> Sequence[Words]:
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
    return [*sheet.lines(), words(dim(cut(f"█ actual, ╌ {of.target_name}", width)))]


_MARKS = "●◆▲"


def _lines(of: LineChart, width: int) -> Sequence[Words]:
    sheet = _Sheet(of.scale, of.labels, width)
    told = []
    actual = [series for series in of.series if not series.is_plan]
    for series in sorted(of.series, key=lambda one: not one.is_plan):
        mark = "·" if series.is_plan else _MARKS[actual.index(series) % len(_MARKS)]
        for place, value in enumerate(series.values):
            if value is not None:
                sheet.put(place, value, mark)
        told.append(f"{mark} {series.name}")
    return [*sheet.lines(), words(dim(cut(", ".join(told), width)))]


def _fan(of: Fan, width: int) -> Sequence[Words]:
    sheet = _Sheet(of.scale, [one.label for one in of.spreads], width)
    for place, one in enumerate(of.spreads[: sheet.shown]):
        if place >= of.known:
            for row in range(sheet.row(one.high), sheet.row(one.low) + 1):
                start = place * sheet.slot
                sheet.cells[row][start : start + sheet.slot] = "░" * sheet.slot
        if one.target is not None:
            sheet.put(place, one.target, "╌", is_whole=True)
        sheet.put(place, one.middle, "●" if place < of.known else "○")
    return [*sheet.lines(), words(dim(cut("● known, ○ median, ░ eight runs of ten, ╌ target", width)))]


def _scatter(of: Scatter, width: int) -> Sequence[Words]:
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
    told = f"Upward: {of.y_title}. To the right: {of.x_title}."
    return [*(words("".join(row)[:room].rstrip() or " ") for row in cells), words(dim(cut(told, width)))]


# --- a row each --------------------------------------------------------------------------------------------------


def _room(labels: Sequence[str], said: Sequence[str], width: int) -> tuple[int, int, int]:
    """Return the columns of labels, of bars and of words, with a blank between."""
    left, right = _gutter(labels, width * 2 // 5), _gutter(said, width * 2 // 5)
    return left, max(4, width - left - right - 2), right


def _waterfall(of: Waterfall, width: int) -> Sequence[Words]:
    shown = of.steps[:MOST_ROWS]
    left, room, right = _room([step.label for step in shown], [step.text for step in shown], width)
    level, spans = 0.0, []
    for step in shown:
        start = 0.0 if step.is_total else level
        level = step.amount if step.is_total else level + step.amount
        spans.append(sorted((start, level)))
    low, high = min((first for first, _ in spans), default=0.0), max((last for _, last in spans), default=0.0)
    unit = room / ((high - low) or 1.0)
    lines = []
    for step, (first, last) in zip(shown, spans, strict=True):
        start = min(room - 1, round((first - low) * unit))
        size = max(1, min(room - start, round((last - first) * unit)))
        bar = (_FULL if step.is_total else "▒") * size
        lines.append(
            words(f"{_pad(step.label, left)} ", f"{' ' * start}{bar}".ljust(room), f" {_right(step.text, right)}")
        )
    return [*lines, *_more(len(of.steps))]


def _ranking(of: Ranking, width: int) -> Sequence[Words]:
    shown = of.measures[:MOST_ROWS]
    left, room, right = _room([one.label for one in shown], [one.text for one in shown], width)
    most = max((one.reach for one in shown), default=0.0) or 1.0
    lines = []
    for one in shown:
        size = min(room, round(max(0.0, one.value) / most * room))
        more = min(room - size, round(max(0.0, one.more) / most * room))
        ground = room if one.whole is None else round(max(0.0, one.whole) / most * room)
        bar = list((_FULL * size + _MORE * more).ljust(ground, _EMPTY).ljust(room))
        if one.target is not None:
            bar[min(room - 1, max(0, round(one.target / most * room) - 1))] = "┃"
        lines.append(words(f"{_pad(one.label, left)} ", Run("".join(bar), one.tone), f" {_right(one.text, right)}"))
    return [*lines, *_more(len(of.measures))]


def _tree(of: Tree, width: int) -> Sequence[Words]:
    shown = of.nodes[:MOST_ROWS]
    right = _gutter([node.text for node in shown], width // 3)
    lines = []
    for node in shown:
        depth = min(node.depth, width // 6)
        branch = "  " * (depth - 1) + "└ " if depth else ""
        room = width - columns_of(branch) - right - 1
        lines.append(words(dim(branch), f"{_pad(node.label, room)} ", Run(_right(node.text, right), node.tone)))
    return [*lines, *_more(len(of.nodes))]


def _grid(of: Grid, width: int) -> Sequence[Words]:
    shown = of.rows[:MOST_ROWS]
    left = _gutter([label for label, _ in shown], width // 3)
    texts = [cell.text for _, cells in shown for cell in cells]
    wanted = max([*map(columns_of, texts), *(min(10, columns_of(name)) for name in of.columns), 1]) + 3
    slot = max(3, min(wanted, (width - left - 1) // max(1, len(of.columns))))
    count = min(len(of.columns), (width - left - 1) // slot)
    lines = [words(dim(" " * (left + 1) + "".join(_pad(name, slot - 1) + " " for name in of.columns[:count])))]
    for label, cells in shown:
        runs: list[str | Run] = [f"{_pad(label, left)} "]
        for cell in cells[:count]:
            mark = "" if cell.share is None else f"{_shade(cell.share)} "
            runs.append(Run(_pad(f"{mark}{cell.text}", slot - 1) + " ", cell.tone))
        lines.append(words(*runs))
    beyond = len(of.columns) - count
    missing = [words(dim(cut(f"and {wording.plural(beyond, 'column')} more in the table", width)))] if beyond else []
    return [*lines, *_more(len(of.rows)), *missing]


def _shade(share: float) -> str:
    """Return a shading character for a share from 0 to 1; a share above 1 has a mark of its own."""
    return "▲" if share > figures.MORE_THAN_FULL else _SHADES[min(len(_SHADES) - 1, ceil(max(0.0, share) * 4 - 1e-9))]


def _timeline(of: Gantt, width: int) -> Sequence[Words]:
    shown = of.stretches[:MOST_ROWS]
    days = max(1, (of.end - of.start).days + 1)
    left = _gutter([one.label for one in shown], width * 2 // 5)
    room = width - left - 1
    now = (of.today - of.start).days * room // days if of.start <= of.today <= of.end else None
    lines = [words(dim(f"{' ' * (left + 1)}{_days(of, days, room)}"))]
    for one in shown:
        first = min(days - 1, max(0, (one.start - of.start).days)) * room // days
        last = max(first + 1, min(days, (one.end - of.start).days + 1) * room // days)
        done = last if one.is_done else first + round((last - first) * one.part)
        if one.is_moment:
            last = first + 1
        cells = ["◆"] if one.is_moment else ["▓" if column < done else _FULL for column in range(first, last)]
        line = list(" " * first + "".join("▒" if one.is_done else cell for cell in cells) + " " * (room - last))
        if now is not None and line[now] == " ":
            line[now] = "│"
        lines.append(words(f"{_pad(one.label, left)} ", "".join(line).rstrip()))
    told = "█ to do, ▓ done of it, ▒ done" + (", │ today" if now is not None else "")
    return [*lines, *_more(len(of.stretches)), words(dim(cut(told, width)))]


def _days(of: Gantt, days: int, room: int) -> str:
    """Return the names of Mondays at their places, as many as have room."""
    line = ""
    for number in range(days):
        day = of.start + timedelta(number)
        place, name = number * room // days, wording.short_date(day)
        if day.weekday() == 0 and (not line or place > len(line)) and place + len(name) <= room:
            line = line.ljust(place) + name
    return line


def _flow(of: Flow, width: int) -> Sequence[Words]:
    shown = of.links[:MOST_ROWS]
    left = _gutter([one.source for one in shown], width // 3)
    right = _gutter([one.target for one in shown], width // 3)
    room = max(0, width - left - right - 6)
    arrows = {Tone.BAD: "─✗→", Tone.WARN: "┄┄→"}
    return [
        *(
            words(
                f"{_pad(one.source, left)} {arrows.get(one.tone, '──→')} {_pad(one.target, right)} ",
                Run(cut(one.text, room), one.tone),
            )
            for one in shown
        ),
        *_more(len(of.links)),
    ]


def _funnel(of: FunnelFigure, width: int) -> Sequence[Words]:
    left, room, right = _room([one.label for one in of.stages], [one.text for one in of.stages], width)
    most = max((max(one.count, one.actual or 0.0) for one in of.stages), default=0.0) or 1.0
    lines = []
    for stage in of.stages:
        size = max(1, round((max(0.0, stage.count) / most) ** 0.5 * room))
        had = 0 if stage.actual is None else min(size, round((max(0.0, stage.actual) / most) ** 0.5 * room))
        drawn = _FULL * size if stage.actual is None else _FULL * had + _EMPTY * (size - had)
        lines.append(words(f"{_pad(stage.label, left)} ", drawn.center(room), f" {_right(stage.text, right)}"))
    return lines
