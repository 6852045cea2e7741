"""The timeline: stretches of days below one another, each in a row of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from revplan import wording
from revplan.formats.characters.labels import MOST_ROWS
from revplan.formats.markup import number
from revplan.formats.svg.canvas import ASCENT, DESCENT, EDGE, LINE, Canvas, fit, width_of
from revplan.formats.svg.rows import BASE, GAP, ROOMY, ROW, layout, places_of, tell_more
from revplan.formats.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.formats.markup import Markup
    from revplan.formats.svg.rows import RowLayout
    from revplan.reports.figures import Gantt, Stretch

_WORDS = 0.26
"""The part of the width that the words behind may take where names stand above the bars."""
_LEAST_WORDS = 90.0
"""The room from which on words beside a bar are worth their beginning."""
_AIR = 5.0
"""What lies between a bar and the text beside it, and around a name inside a bar."""
_DIAMOND = 6.0
_REACH = 140.0
"""How far from its bar words may stand, where lines lie nearer."""
_CLEAR = 3.0
"""What lies between a line and text beside it."""


class _Beside(NamedTuple):
    """A text beside or inside a bar: where it stands, and its room."""

    said: str
    x: float
    anchor: str
    room: float
    is_inside: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where it takes the width."""
        wide = min(self.room, width_of(self.said))
        return (self.x, self.x + wide) if self.anchor == "start" else (self.x - wide, self.x)


class _Wire(NamedTuple):
    """A line from a stretch to one that waits for it: down or up at a place, then across to its beginning.

    Attributes:
        across: where the part that lies across ends; None where the line ends on top of the bar, or below it.
    """

    x: float
    before: int
    after: int
    across: float | None


class _Covered(NamedTuple):
    """What a text covers."""

    left: float
    right: float
    top: float
    bottom: float


def timeline(of: Gantt, width: float, _height: float = 0) -> Markup:
    """Return stretches of days below one another, what waits for what, how far each is, and today's line.

    Where there is room, names stand in a column, and the words beside the bars. On a phone a name stands inside its
    bar or beside it, and above it where neither has room. Upright lines leave out where text stands.
    """
    canvas, shown = Canvas(width), of.stretches[:MOST_ROWS]
    labels, words = [one.label for one in shown], [one.text for one in shown]
    places = layout(canvas, labels, [], _WORDS)
    if places.is_above and width >= ROOMY:
        places = layout(canvas, labels, words, _WORDS)
    spans = [_span(of, one, places) for one in shown]
    wires, now = _wires(shown, spans), _now(of, places)
    near: list[_Beside | None] = [None] * len(shown)
    if width < ROOMY and places.is_above:
        near = [
            _beside([_name(one)], one, span, (EDGE, places.right), _lines_in(row, wires, now))
            for row, (one, span) in enumerate(zip(shown, spans, strict=True))
        ]
        beside = [(_name(one),) if place else None for one, place in zip(shown, near, strict=True)]
        rows, end = places_of(labels, beside, places.right - places.left)
        places = replace(places, rows=rows, end=end)
    elif not places.is_above and width >= ROOMY:
        near = [
            _words_beside(one, span, places, _lines_in(row, wires, now))
            for row, (one, span) in enumerate(zip(shown, spans, strict=True))
        ]
    texts = list(_texts(canvas, shown, near, places))
    _draw_axis(canvas, of, places, texts)
    _join(canvas, wires, places, texts)
    for one, span, place in zip(shown, spans, places.rows, strict=True):
        _stretch(canvas, one, *span, place.top + ROW)
    if now is not None:
        _upright(canvas, now, _top(places), places.end + ROW, texts, "today")
    for row, (one, own) in enumerate(zip(shown, near, strict=True)):
        if own is None or not places.is_above:
            behind = one.text if places.is_above and width >= ROOMY else ""
            places.write(canvas, row, one.label, behind, ("ink lifted", "lifted"), ROW)
        if own is not None:
            kind = "ink" if places.is_above or own.is_inside else ""
            kinds = kind if own.is_inside else f"{kind} lifted".strip()
            y, whole = places.rows[row].top + ROW + BASE, _name(one) if places.is_above else one.text
            canvas.text(own.x, y, own.said, own.room, anchor=own.anchor, kind=kinds, whole=whole)
    return canvas.finish(tell_more(canvas, len(of.stretches), places.end + ROW), "timeline")


# --- lines ---------------------------------------------------------------------------------------------------------


def _wires(shown: Sequence[Stretch], spans: Sequence[tuple[float, float]]) -> list[_Wire]:
    """Return the line from the end of each stretch to each that waits for it."""
    found = []
    for row, one in enumerate(shown):
        for before in (place for place in one.after if place < len(shown)):
            x, start = spans[before][1] + 2, spans[row][0]
            found.append(_Wire(x, before, row, start) if start > x + 1 else _Wire(max(x, start + 2), before, row, None))
    return found


def _now(of: Gantt, places: RowLayout) -> float | None:
    return _across(of, (of.today - of.start).days + 0.5, places) if of.start <= of.today <= of.end else None


def _lines_in(row: int, wires: Sequence[_Wire], now: float | None) -> list[tuple[float, float]]:
    """Return from where to where lines lie in a row, where text might stand."""
    found = [(now, now)] if now is not None else []
    for wire in wires:
        low, high = sorted((wire.before, wire.after))
        if low < row < high:
            found.append((wire.x, wire.x))
        elif row == wire.after and wire.across is not None:
            found.append((wire.x, wire.across))
    return found


def _texts(
    canvas: Canvas, shown: Sequence[Stretch], near: Sequence[_Beside | None], places: RowLayout
) -> Iterator[_Covered]:
    """Yield what the texts among what is drawn cover."""
    for own, one, row in zip(near, shown, places.rows, strict=True):
        if own is not None:
            yield _Covered(*own.ends, row.top + ROW + BASE - ASCENT, row.top + ROW + BASE + DESCENT)
        if row.is_above:
            last = row.top + ROW - 2
            wide = max(map(width_of, row.lines), default=0.0)
            yield _Covered(EDGE, EDGE + wide, last - (len(row.lines) - 1) * LINE - ASCENT, last + DESCENT)
            if places.is_above and canvas.width >= ROOMY:
                yield _Covered(canvas.width - EDGE - width_of(one.text), canvas.width, last - ASCENT, last + DESCENT)


def _upright(canvas: Canvas, x: float, start: float, stop: float, texts: Sequence[_Covered], kind: str) -> None:
    """Draw an upright line, but not where text stands."""
    crossed = sorted(
        (text.top, text.bottom) for text in texts if text.left - 1 < x < text.right + 1 and text.bottom > start
    )
    way, y = [], start
    for top, bottom in crossed:
        if min(top, stop) > y:
            way.append(f"M{number(x)},{number(y)} v{number(min(top, stop) - y)}")
        y = max(y, bottom)
    if y < stop:
        way.append(f"M{number(x)},{number(y)} v{number(stop - y)}")
    if way:
        canvas.curve(" ".join(way), kind)


def _join(canvas: Canvas, wires: Sequence[_Wire], places: RowLayout, texts: Sequence[_Covered]) -> None:
    tops = [row.top + ROW for row in places.rows]
    for wire in wires:
        start, row = tops[wire.before] + ROW / 2, tops[wire.after]
        is_down = wire.before < wire.after
        stop = row + ROW / 2 if wire.across is not None else row + 4 if is_down else row + ROW - 4
        canvas.path([(wire.x - 2, start), (wire.x, start)], "join")
        _upright(canvas, wire.x, min(start, stop), max(start, stop), texts, "join")
        if wire.across is not None:
            canvas.path([(wire.x, stop), (wire.across, stop)], "join")


# --- words ---------------------------------------------------------------------------------------------------------


def _words_beside(
    one: Stretch, span: tuple[float, float], places: RowLayout, lines: Sequence[tuple[float, float]]
) -> _Beside | None:
    """Return where the words of a stretch stand, or fewer of them, or what has room of the fewest.

    None where that is too little to say anything.
    """
    forms, ends = [one.text, *one.shorter], (places.left, places.right)
    found = _beside(forms, one, span, ends, lines) or _beside(forms, one, span, ends, [])
    if found is not None:
        return found
    behind, before = places.right - span[1] - _AIR, span[0] - _AIR - places.left
    if max(behind, before) < _LEAST_WORDS:
        return None
    x, anchor = (span[1] + _AIR, "start") if behind >= before else (span[0] - _AIR, "end")
    return _Beside(fit(forms[-1], max(behind, before)), x, anchor, max(behind, before))


def _beside(
    forms: Sequence[str],
    one: Stretch,
    span: tuple[float, float],
    ends: tuple[float, float],
    lines: Sequence[tuple[float, float]],
) -> _Beside | None:
    """Return where the first of several forms is whole that is so behind its bar, before it or inside it.

    It lies on no line. None where no form has room.
    """
    for said in forms:
        wide = width_of(said) + 0.01
        x = _behind(span[1] + _AIR, wide, ends[1], lines)
        if x is not None:
            return _Beside(said, x, "start", wide)
        # before the bar is behind it, seen from the other side
        x = _behind(_AIR - span[0], wide, -ends[0], [(-stop, -start) for start, stop in lines])
        if x is not None:
            return _Beside(said, -x, "end", wide)
        if not (one.is_moment or one.is_done or one.part) and wide + 2 * _AIR <= span[1] - span[0]:
            return _Beside(said, span[0] + _AIR, "start", wide, is_inside=True)
    return None


def _behind(first: float, wide: float, end: float, lines: Sequence[tuple[float, float]]) -> float | None:
    """Return the first place at which text has room before an end and lies on no line; None where it is too far."""
    x = first
    for start, stop in sorted(lines):
        if start < x + wide + _CLEAR and stop > x - _CLEAR:
            x = stop + _CLEAR
    return x if x + wide <= end and x - first <= _REACH else None


# --- days ----------------------------------------------------------------------------------------------------------


def _across(of: Gantt, day: float, places: RowLayout) -> float:
    """Return where a day begins, counted from the first."""
    days = _days(of)
    return places.left + min(max(day, 0), days) / days * (places.right - places.left)


def _top(places: RowLayout) -> float:
    """Return where upright lines begin: below the days' names."""
    return ROW if any(row.is_above for row in places.rows) else ROW - 4.0


def _days(of: Gantt) -> int:
    return max(1, (of.end - of.start).days + 1)


def _draw_axis(canvas: Canvas, of: Gantt, places: RowLayout, texts: Sequence[_Covered]) -> None:
    for day, name in _dates(of, _days(of), places.right - places.left):
        x = _across(of, day, places)
        _upright(canvas, x, _top(places), places.end + ROW, texts, "rule")
        canvas.text(x, 14, name, width_of(name) + 0.01)


def _name(one: Stretch) -> str:
    """Return a label as it stands beside what is drawn, which shows the diamond of a moment itself."""
    return " ".join(visible(one.label.removeprefix("◆ ") if one.is_moment else one.label).split())


def _span(of: Gantt, one: Stretch, places: RowLayout) -> tuple[float, float]:
    """Return where a bar begins and ends, or a diamond, which is as wide as it is."""
    x1, x2 = (_across(of, day, places) for day in ((one.start - of.start).days, (one.end - of.start).days + 1))
    middle = min(max((x1 + x2) / 2, places.left + _DIAMOND), places.right - _DIAMOND)
    return (middle - _DIAMOND, middle + _DIAMOND) if one.is_moment else (x1, max(x2, x1 + 2.0))


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
