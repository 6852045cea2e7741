"""The timeline: stretches of days below one another, each in a row of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from revplan import wording
from revplan.formats.characters.labels import MOST_ROWS
from revplan.formats.markup import number
from revplan.formats.svg.canvas import EDGE, Canvas, width_of
from revplan.formats.svg.rows import BASE, GAP, ROOMY, ROW, layout, places_of, tell_more
from revplan.formats.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.formats.markup import Markup
    from revplan.formats.svg.rows import RowLayout, RowPlace
    from revplan.reports.figures import Gantt, Stretch

_WORDS = 0.26
"""The part of the width that the words behind may take where names stand above the bars."""
_LEAST_WORDS = 90.0
"""The room from which on words beside a bar are worth their beginning."""
_AIR = 5.0
"""What lies between a bar and the text beside it, and around a name inside a bar."""
_DIAMOND = 6.0


@dataclass(frozen=True, slots=True)
class _Beside:
    """Where a text stands beside or inside a bar, and its room."""

    x: float
    anchor: str
    room: float
    is_inside: bool = False


def timeline(of: Gantt, width: float, _height: float = 0) -> Markup:
    """Return stretches of days below one another, what waits for what, how far each is, and today's line.

    Where there is room, names stand in a column, and the words beside the bars. On a phone a name stands inside its
    bar or beside it, and above it where neither has room.
    """
    canvas, shown = Canvas(width), of.stretches[:MOST_ROWS]
    labels, words = [one.label for one in shown], [one.text for one in shown]
    places = layout(canvas, labels, [], _WORDS)
    if places.is_above and width >= ROOMY:
        places = layout(canvas, labels, words, _WORDS)
    spans = [_span(of, one, places) for one in shown]
    near: list[_Beside | None] = [None] * len(shown)
    if width < ROOMY and places.is_above:
        near = [_near_name(one, span, places.right) for one, span in zip(shown, spans, strict=True)]
        beside = [(_name(one),) if place else None for one, place in zip(shown, near, strict=True)]
        rows, end = places_of(labels, beside, places.right - places.left)
        places = replace(places, rows=rows, end=end)
    _draw_axis(canvas, of, places)
    _join(canvas, shown, spans, places)
    for one, span, place in zip(shown, spans, places.rows, strict=True):
        _stretch(canvas, one, *span, place.top + ROW)
    if of.start <= of.today <= of.end:
        _upright(canvas, _across(of, (of.today - of.start).days + 0.5, places), places.rows, "today")
    for row, (one, own) in enumerate(zip(shown, near, strict=True)):
        if own is not None:
            _write(canvas, own, _name(one), places.rows[row].top, "ink")
            continue
        behind = one.text if places.is_above and width >= ROOMY else ""
        places.write(canvas, row, one.label, behind, ("ink lifted", "lifted"), ROW)
        told = None if places.is_above or width < ROOMY else _near_words(one, spans[row], places)
        if told is not None:
            _write(canvas, told, one.text, places.rows[row].top, "ink" if told.is_inside else "")
    return canvas.finish(tell_more(canvas, len(of.stretches), places.end + ROW), "timeline")


def _across(of: Gantt, day: float, places: RowLayout) -> float:
    """Return where a day begins, counted from the first."""
    days = _days(of)
    return places.left + min(max(day, 0), days) / days * (places.right - places.left)


def _days(of: Gantt) -> int:
    return max(1, (of.end - of.start).days + 1)


def _draw_axis(canvas: Canvas, of: Gantt, places: RowLayout) -> None:
    for day, name in _dates(of, _days(of), places.right - places.left):
        x = _across(of, day, places)
        _upright(canvas, x, places.rows, "rule")
        canvas.text(x, 14, name, width_of(name) + 0.01)


def _join(canvas: Canvas, shown: Sequence[Stretch], spans: Sequence[tuple[float, float]], places: RowLayout) -> None:
    """Draw a line from the end of each stretch to those that wait for it."""
    tops = [row.top + ROW for row in places.rows]
    for row, one in enumerate(shown):
        for before in (place for place in one.after if place < len(shown)):
            start, base = spans[before][1], tops[before] + ROW / 2
            turn = max(start, spans[row][0]) + 2
            canvas.path([(start, base), (turn, base), (turn, tops[row] + (4 if before < row else ROW - 4))], "join")


def _name(one: Stretch) -> str:
    """Return a label as it stands beside what is drawn, which shows the diamond of a moment itself."""
    return " ".join(visible(one.label.removeprefix("◆ ") if one.is_moment else one.label).split())


def _span(of: Gantt, one: Stretch, places: RowLayout) -> tuple[float, float]:
    """Return where a bar begins and ends, or a diamond, which is as wide as it is."""
    x1, x2 = (_across(of, day, places) for day in ((one.start - of.start).days, (one.end - of.start).days + 1))
    middle = min(max((x1 + x2) / 2, places.left + _DIAMOND), places.right - _DIAMOND)
    return (middle - _DIAMOND, middle + _DIAMOND) if one.is_moment else (x1, max(x2, x1 + 2.0))


def _inside(one: Stretch, span: tuple[float, float], wide: float) -> _Beside | None:
    """Return where text of a width stands inside its bar; None where it has no room, or would lie on what is done."""
    is_bare = not one.is_moment and not one.is_done and not one.part
    has_room = is_bare and wide + 2 * _AIR <= span[1] - span[0]
    return _Beside(span[0] + _AIR, "start", wide + 0.01, is_inside=True) if has_room else None


def _near_name(one: Stretch, span: tuple[float, float], right: float) -> _Beside | None:
    """Return where a whole name stands inside its bar, behind it or before it; None where it has no room."""
    wide = width_of(_name(one)) + 0.01
    inside = _inside(one, span, wide)
    if inside is None and span[1] + _AIR + wide <= right:
        return _Beside(span[1] + _AIR, "start", wide)
    if inside is None and EDGE + wide + _AIR <= span[0]:
        return _Beside(span[0] - _AIR, "end", wide)
    return inside


def _near_words(one: Stretch, span: tuple[float, float], places: RowLayout) -> _Beside | None:
    """Return where the words of a stretch are whole: behind its bar, before it or inside it.

    Where they are so nowhere, they are cut on the side with more room; None where that is too little to say anything.
    """
    wide, behind, before = width_of(one.text), places.right - span[1] - _AIR, span[0] - _AIR - places.left
    inside = _inside(one, span, wide) if wide > max(behind, before) else None
    if inside is not None or max(behind, before) < min(wide, _LEAST_WORDS):
        return inside
    if wide <= behind or behind >= before:
        return _Beside(span[1] + _AIR, "start", behind)
    return _Beside(span[0] - _AIR, "end", before)


def _write(canvas: Canvas, place: _Beside, said: str, top: float, kind: str) -> None:
    kinds = kind if place.is_inside else f"{kind} lifted".strip()
    canvas.text(place.x, top + ROW + BASE, said, place.room, anchor=place.anchor, kind=kinds)


def _upright(canvas: Canvas, x: float, rows: Sequence[RowPlace], kind: str) -> None:
    """Draw a line through all rows but where a name stands above its bar."""
    stretches: list[list[float]] = []
    for start, stop in (row.free for row in rows):
        if stretches and stretches[-1][1] == start:
            stretches[-1][1] = stop
        else:
            stretches.append([start, stop])
    if not any(row.is_above for row in rows) and stretches:
        stretches[0][0] -= 4
    canvas.curve(" ".join(f"M{number(x)},{number(y + ROW)} v{number(low - y)}" for y, low in stretches), kind)


def _stretch(canvas: Canvas, one: Stretch, x1: float, x2: float, y: float) -> None:
    """Draw a stretch in its row: a bar, filled as far as it is done, or a diamond for a moment."""
    if one.is_moment:
        x, middle = (x1 + x2) / 2, y + ROW / 2
        corners = [(x1, middle), (x, middle - _DIAMOND), (x2, middle), (x, middle + _DIAMOND)]
        canvas.path(corners, "part", is_closed=True)
        return
    kind = "done" if one.is_done else "open"
    canvas.rect(x1, y + 5, x2 - x1, ROW - 10, kind, f"{one.label}: {one.text}")
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
