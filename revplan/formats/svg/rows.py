"""Parts of which each thing has a row of its own: waterfall, ranking, tree, grid and timeline."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from revplan import wording
from revplan.formats.svg.canvas import EDGE, LINE, Canvas, fit, width_of
from revplan.reports.document import Tone
from revplan.reports.figures import MORE_THAN_FULL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.formats.markup import Markup
    from revplan.reports.figures import Cell, Gantt, Grid, Ranking, Stretch, Tree, Waterfall

ROW = 22
MOST_ROWS = 40
"""Rows that are drawn; the table has them all."""
_GAP = 8
_LABELS, _WORDS = 0.36, 0.26
"""The parts of the width that the labels before, and the words behind, may take."""
_TIGHT = 480
"""The width under which words behind the bars give way to the bars."""
_COLUMN, _LEAST_COLUMN, _WIDEST_COLUMN = 110.0, 60.0, 190.0
"""The width that a grid's column has where there is room, and those that it asks for at least and at most."""
_TWO_LINES = 0.6
"""The part of its width that a name takes in two lines."""
_SLIMMEST_NAME = 30.0
"""The width from which on a column has its name above it."""
_SLIM = 6.0
"""The width of a cell up to which it touches the next."""
_HEAT_STEPS = (0.0001, 0.25, 0.5, 0.75, 0.95, MORE_THAN_FULL)
"""From which share on a cell has the next colour; the last is for more than full."""


def _gutter(canvas: Canvas, said: Sequence[str], part: float) -> float:
    return min(canvas.width * part, max(map(width_of, said), default=0.0))


def _more(canvas: Canvas, count: int, y: float) -> float:
    """Say how many rows are left out, and return the drawing's height."""
    if count <= MOST_ROWS:
        return y
    canvas.text(EDGE, y + 14, f"and {count - MOST_ROWS:,} more", canvas.width)
    return y + ROW


def _base(row: int) -> float:
    """Return the line on which the text of a row stands."""
    return row * ROW + 15


def waterfall(of: Waterfall, width: float, _height: float = 0) -> Markup:
    """Return steps below one another, each from where the one before it ends."""
    canvas, steps = Canvas(width), of.steps[:MOST_ROWS]
    left = EDGE + _gutter(canvas, [step.label for step in steps], _LABELS) + _GAP
    right = width - EDGE - _gutter(canvas, [step.text for step in steps], _WORDS) - _GAP
    spans, level = [], 0.0
    for step in steps:
        start = 0.0 if step.is_total else level
        level = step.amount if step.is_total else level + step.amount
        spans.append((start, level))
    ends = [0.0, *(end for span in spans for end in span)]
    low, high = min(ends), max(ends)

    def across(value: float) -> float:
        return left + (value - low) / ((high - low) or 1.0) * (right - left)

    for row, (step, (start, end)) in enumerate(zip(steps, spans, strict=True)):
        x1, x2 = sorted((across(start), across(end)))
        kind = "part" if step.is_total else "gain" if end >= start else "loss"
        canvas.text(EDGE, _base(row), step.label, left - _GAP - EDGE, kind="ink" if step.is_total else None)
        canvas.rect(x1, row * ROW + 4, max(1.0, x2 - x1), ROW - 8, kind, f"{step.label}: {step.text}")
        canvas.line(across(end), row * ROW + 4, across(end), min(len(steps), row + 2) * ROW - 4, "rule")
        canvas.text(width - EDGE, _base(row), step.text, width - EDGE - right - _GAP, anchor="end", kind="value")
    return canvas.finish(_more(canvas, len(of.steps), len(steps) * ROW) or ROW, "waterfall")


def ranking(of: Ranking, width: float, _height: float = 0) -> Markup:
    """Return bars on one scale; an upright mark shows what each is measured against."""
    canvas, shown = Canvas(width), of.measures[:MOST_ROWS]
    left = EDGE + _gutter(canvas, [one.label for one in shown], _LABELS) + _GAP
    right = width - EDGE - _gutter(canvas, [one.text for one in shown], _WORDS + 0.08) - _GAP
    most = max((one.reach for one in shown), default=0.0) or 1.0
    for row, one in enumerate(shown):
        y = row * ROW + 4
        canvas.text(EDGE, _base(row), one.label, left - _GAP - EDGE)
        ground = right - left if one.whole is None else max(0.0, one.whole) / most * (right - left)
        canvas.rect(left, y, ground, ROW - 8, "whole")
        kind = {Tone.BAD: "over", Tone.WARN: "amber", Tone.GOOD: "fine"}.get(one.tone, "part")
        canvas.rect(left, y, max(0.0, one.value) / most * (right - left), ROW - 8, kind, f"{one.label}: {one.text}")
        if one.more > 0:
            start = left + max(0.0, one.value) / most * (right - left)
            canvas.rect(start, y, one.more / most * (right - left), ROW - 8, "open", f"{one.label}: {one.text}")
        if one.target is not None:
            x = left + max(0.0, one.target) / most * (right - left)
            canvas.line(x, y - 2, x, y + ROW - 6, "mark")
        canvas.text(width - EDGE, _base(row), one.text, width - EDGE - right - _GAP, anchor="end", kind="value")
    return canvas.finish(_more(canvas, len(of.measures), len(shown) * ROW) or ROW, "ranking")


def tree(of: Tree, width: float, _height: float = 0) -> Markup:
    """Return things below the one that they belong to, joined by lines."""
    canvas, shown = Canvas(width), of.nodes[:MOST_ROWS]
    beside = _gutter(canvas, [node.text for node in shown], _WORDS)
    deepest = max((node.depth for node in shown), default=0)
    indent = min(22.0, width * 0.3 / max(1, deepest))
    parents: dict[int, int] = {}
    for row, node in enumerate(shown):
        x, y = EDGE + 6 + node.depth * indent, row * ROW + ROW / 2
        if node.depth and node.depth - 1 in parents:
            canvas.path(
                [(x - indent, parents[node.depth - 1] * ROW + ROW / 2 + 5), (x - indent, y), (x - 5, y)], "join"
            )
        parents[node.depth] = row
        canvas.circle(x, y, 4, f"state {node.tone.value}")
        canvas.text(x + 10, _base(row), node.label, width - EDGE - beside - _GAP - x - 10, kind="ink")
        canvas.text(width - EDGE, _base(row), node.text, beside + 0.01, anchor="end", kind=node.tone.value)
    return canvas.finish(_more(canvas, len(of.nodes), len(shown) * ROW) or ROW, "tree")


# --- the grid ----------------------------------------------------------------------------------------------------


def grid(of: Grid, width: float, _height: float = 0) -> Markup:
    """Return things against things; a heat map darkens with the share, and hatches what is more than full."""
    canvas, rows = Canvas(width), of.rows[:MOST_ROWS]
    count, wanted = max(1, len(of.columns)), _column_width(of)
    most = max(width * _LABELS, width - EDGE - _GAP - count * wanted)
    left = EDGE + _gutter(canvas, [label for label, _ in rows], most / width) + _GAP
    slot = min(max(_COLUMN, wanted), (width - EDGE - left) / count)
    down = _heads(canvas, of, left, slot)
    for row, (label, cells) in enumerate(rows, start=1):
        canvas.text(EDGE, _base(row) + down, label, left - _GAP - EDGE)
        for place, cell in enumerate(cells):
            told = f"{label}, {of.columns[place]}: {cell.text}"
            _cell(canvas, cell, left + place * slot, row * ROW + down, slot, told)
    return canvas.finish(_more(canvas, len(of.rows), (len(rows) + 1) * ROW + down), "grid")


def _column_width(of: Grid) -> float:
    """Return the width at which a grid's columns show all that they say, as far as that is not too much.

    Their names may take two lines: a part of a name's width does, as far as no word is wider.
    """
    texts = [width_of(cell.text) for _, cells in of.rows for cell in cells]
    names = [max(width_of(name) * _TWO_LINES, *map(width_of, name.split() or [""])) for name in of.columns]
    return min(_WIDEST_COLUMN, max([_LEAST_COLUMN, *(wide + _GAP for wide in (*texts, *names))]))


def _heads(canvas: Canvas, of: Grid, left: float, slot: float) -> float:
    """Write the columns' names, and return how much higher than a line they are.

    Names of things stand in two lines where one is too narrow. Of times every n-th is written, in full, as where
    columns are too narrow for names at all.
    """
    names, room = of.columns, slot - 6
    if of.is_over_time or room < _SLIMMEST_NAME:
        _some_heads(canvas, names, left, slot)
        return 0.0
    two = any(width_of(name) > room for name in names)
    for place, name in enumerate(names):
        first, rest = _halves(name, room) if two else (name, "")
        canvas.text(left + place * slot + 1, _base(0), first, room)
        if rest:
            canvas.text(left + place * slot + 1, _base(0) + LINE, rest, room)
    return float(LINE) if two else 0.0


def _halves(name: str, room: float) -> tuple[str, str]:
    """Return the words of a name that fit a line, one at least, and the others."""
    told = name.split()
    count = 1
    while count < len(told) and width_of(" ".join(told[: count + 1])) <= room:
        count += 1
    return " ".join(told[:count]), " ".join(told[count:])


def _some_heads(canvas: Canvas, names: Sequence[str], left: float, slot: float) -> None:
    """Write each name cut to its column, or every n-th in full where the columns are too narrow."""
    step = 1
    while step < len(names) and slot * step - 6 < min(60.0, max(map(width_of, names))):
        step += 1
    for place in range(0, len(names), step):
        room = min(slot * step, canvas.width - EDGE - left - place * slot) - 6
        if step > 1 and width_of(names[place]) > room < slot * step - 6:
            continue  # the last one that has less room than the others is left out, not cut
        canvas.text(left + place * slot + 1, _base(0), names[place], room)


def _cell(canvas: Canvas, cell: Cell, x: float, y: float, slot: float, told: str) -> None:
    gap = 1.0 if slot > _SLIM else 0.0
    canvas.rect(x + gap, y + 2, slot - 2 * gap, ROW - 4, heat(cell), told)
    if fit(cell.text, slot - 4) == cell.text:
        canvas.text(x + slot / 2, y + 15, cell.text, slot - 4, anchor="middle", kind=f"on {heat(cell)}")


def heat(cell: Cell) -> str:
    """Return the kind of a cell: `h0` to `h5` by its share, `hx` for more than full, or its tone."""
    if cell.share is None:
        return f"tone {cell.tone.value}"
    step = sum(cell.share >= least for least in _HEAT_STEPS)
    return "hx" if step == len(_HEAT_STEPS) else f"h{step}"


# --- the timeline ------------------------------------------------------------------------------------------------


def timeline(of: Gantt, width: float, _height: float = 0) -> Markup:
    """Return stretches of days below one another, what waits for what, how far each is, and today's line."""
    canvas, shown = Canvas(width), of.stretches[:MOST_ROWS]
    days = max(1, (of.end - of.start).days + 1)
    is_tight = width < _TIGHT
    left = EDGE + _gutter(canvas, [one.label for one in shown], _LABELS) + _GAP
    beside = 0.0 if is_tight else _gutter(canvas, [one.text for one in shown], _WORDS)
    right = width - EDGE - (beside + _GAP if beside else 0.0)
    bottom = (len(shown) + 1) * ROW

    def across(number: float) -> float:
        return left + min(max(number, 0), days) / days * (right - left)

    for number, name in _dates(of, days, right - left):
        canvas.line(across(number), ROW - 4, across(number), bottom, "rule")
        canvas.text(across(number), _base(0) - 1, name, width_of(name) + 0.01)
    spans = [(across((one.start - of.start).days), across((one.end - of.start).days + 1)) for one in shown]
    for row, one in enumerate(shown):
        x1, x2 = spans[row]
        y = (row + 1) * ROW
        for before in (place for place in one.after if place < len(shown)):
            start, base = spans[before][1], (before + 1) * ROW + ROW / 2
            way = [
                (start, base),
                (max(start, x1) + 2, base),
                (max(start, x1) + 2, y + (4 if before < row else ROW - 4)),
            ]
            canvas.path(way, "join")
        canvas.text(EDGE, _base(row + 1), one.label, left - _GAP - EDGE, kind="ink")
        _stretch(canvas, one, x1, x2, y)
        if beside:
            canvas.text(right + _GAP, _base(row + 1), one.text, beside + 0.01)
    if of.start <= of.today <= of.end:
        now = across((of.today - of.start).days + 0.5)
        canvas.line(now, ROW - 4, now, bottom, "today")
    return canvas.finish(_more(canvas, len(of.stretches), bottom), "timeline")


def _stretch(canvas: Canvas, one: Stretch, x1: float, x2: float, y: float) -> None:
    """Draw a stretch in its row: a bar, filled as far as it is done, or a diamond for a moment."""
    if one.is_moment:
        x, middle = (x1 + x2) / 2, y + ROW / 2
        canvas.path([(x - 6, middle), (x, middle - 6), (x + 6, middle), (x, middle + 6)], "part", is_closed=True)
        return
    kind = "done" if one.is_done else "open"
    canvas.rect(x1, y + 5, max(2.0, x2 - x1), ROW - 10, kind, f"{one.label}: {one.text}")
    if one.part and not one.is_done:
        canvas.rect(x1, y + 5, min(1.0, one.part) * (x2 - x1), ROW - 10, "part")


def _dates(of: Gantt, days: int, room: float) -> list[tuple[int, str]]:
    """Return days of the axis with their names, as many as fit without touching."""
    mondays = [number for number in range(days) if (of.start + timedelta(number)).weekday() == 0]
    names = [(number, wording.short_date(of.start + timedelta(number))) for number in mondays or [0]]
    step, by_day = 1, room / days
    while step < len(names) and step * 7 * by_day < max(width_of(name) for _, name in names) + _GAP:
        step += 1
    return [each for each in names[::step] if each[0] * by_day + width_of(each[1]) <= room]
