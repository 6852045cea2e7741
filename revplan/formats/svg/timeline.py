"""The timeline: stretches of days below one another, each in a row of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from revplan import wording
from revplan.formats.characters.labels import MOST_ROWS
from revplan.formats.markup import number
from revplan.formats.svg.canvas import Canvas, width_of
from revplan.formats.svg.rows import GAP, ROW, layout, tell_more

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.formats.markup import Markup
    from revplan.reports.figures import Gantt, Stretch

_TIGHT = 480
"""The width under which words behind the bars give way to the bars."""
_WORDS = 0.26
"""The part of the width that the words behind may take."""


def timeline(of: Gantt, width: float, _height: float = 0) -> Markup:
    """Return stretches of days below one another, what waits for what, how far each is, and today's line."""
    canvas, shown = Canvas(width), of.stretches[:MOST_ROWS]
    days = max(1, (of.end - of.start).days + 1)
    words = ["" if width < _TIGHT else one.text for one in shown]
    places = layout(canvas, [one.label for one in shown], words, _WORDS)
    left, right = places.left, places.right

    def across(day: float) -> float:
        return left + min(max(day, 0), days) / days * (right - left)

    tops = [top + ROW for top in places.tops]
    for day, name in _dates(of, days, right - left):
        _upright(canvas, across(day), tops, "rule", is_broken=places.is_above)
        canvas.text(across(day), 14, name, width_of(name) + 0.01)
    spans = [(across((one.start - of.start).days), across((one.end - of.start).days + 1)) for one in shown]
    for row, one in enumerate(shown):
        for before in (place for place in one.after if place < len(shown)):
            start, base = spans[before][1], tops[before] + ROW / 2
            turn = max(start, spans[row][0]) + 2
            canvas.path([(start, base), (turn, base), (turn, tops[row] + (4 if before < row else ROW - 4))], "join")
    for row, one in enumerate(shown):
        _stretch(canvas, one, *spans[row], tops[row])
    if of.start <= of.today <= of.end:
        now = across((of.today - of.start).days + 0.5)
        _upright(canvas, now, tops, "today", is_broken=places.is_above)
    for row, one in enumerate(shown):
        places.write(canvas, row, one.label, words[row], ("ink lifted", "lifted"), ROW)
    return canvas.finish(tell_more(canvas, len(of.stretches), places.end + ROW), "timeline")


def _upright(canvas: Canvas, x: float, tops: Sequence[float], kind: str, *, is_broken: bool) -> None:
    """Draw a line through all rows; where labels stand above the bars, through the bars alone."""
    if not is_broken:
        canvas.line(x, ROW - 4, x, tops[-1], kind)
        return
    canvas.curve(" ".join(f"M{number(x)},{number(top)} v{ROW}" for top in tops[:-1]), kind)


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
    while step < len(names) and step * 7 * by_day < max(width_of(name) for _, name in names) + GAP:
        step += 1
    return [each for each in names[::step] if each[0] * by_day + width_of(each[1]) <= room]
