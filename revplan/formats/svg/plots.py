"""Values over time: columns with what they were to be, lines, and the fan of what may come."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from revplan.formats.svg.canvas import ASCENT, EDGE, LINE, Canvas, fit, spread, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.formats.markup import Markup
    from revplan.reports.figures import Columns, Fan, LineChart, Tick

HEIGHT = 220
_GAP = 6
_BELOW = 25
"""What the times take below the axis, with the half line of the value that stands at its foot."""
_GUTTER_PART = 0.3
"""The part of the width that the words beside an axis may take."""
_KEY = 14
"""The length of the stroke that stands before a name, drawn as its line is."""
_LABEL = 18
"""Height of a figure above its column, with its distance."""
_DOTS_UP_TO = 40
"""Points of a line up to which each is a dot of its own."""


class _Frame(NamedTuple):
    """Where values and times have their place: pixels of the four sides, and the values at the bottom and the top."""

    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float

    def down(self, value: float) -> float:
        """Return where a value lies."""
        part = (value - self.low) / (self.high - self.low)
        return self.bottom - min(1.0, max(0.0, part)) * (self.bottom - self.top)

    def slot(self, count: int) -> float:
        """Return the width of each of so many times."""
        return (self.right - self.left) / max(1, count)

    def middle(self, place: int, count: int) -> float:
        """Return the middle of a time's slot."""
        return self.left + (place + 0.5) * self.slot(count)


def _frame(canvas: Canvas, scale: Sequence[Tick], labels: Sequence[str], names: Sequence[str], height: float) -> _Frame:
    """Draw the axes, and return the room between them; `names` stand to the right of it."""
    most = canvas.width * _GUTTER_PART
    left = EDGE + min(most, max((width_of(tick.text) for tick in scale), default=0.0)) + _GAP
    beside = min(most, max(map(width_of, names), default=0.0))
    right = canvas.width - EDGE - (beside + _KEY + 2 * _GAP if names else _GAP)
    low, high = (scale[0].value, scale[-1].value) if len(scale) > 1 else (0.0, 1.0)
    frame = _Frame(left, right, EDGE + ASCENT + _GAP, height - _BELOW, low, high)
    _grid(canvas, frame, scale)
    _times(canvas, frame, labels, height)
    return frame


def _grid(canvas: Canvas, frame: _Frame, scale: Sequence[Tick]) -> None:
    above = float("inf")
    for tick in scale:
        y = frame.down(tick.value)
        canvas.line(frame.left, y, frame.right, y, "rule" if tick.value else "axis")
        if above - y >= LINE:
            canvas.text(frame.left - _GAP, y + 4, tick.text, frame.left - _GAP - EDGE, anchor="end")
            above = y


def _times(canvas: Canvas, frame: _Frame, labels: Sequence[str], height: float) -> None:
    """Write as many of the times as have room, every one of them, or every second, or every third."""
    if not labels:
        return
    slot, widest = frame.slot(len(labels)), max(map(width_of, labels))
    step = max(1, ceil((min(widest, canvas.width / 3) + _GAP) / slot))
    last = float("-inf")
    for place in range(0, len(labels), step):
        middle, half = frame.middle(place, len(labels)), min(width_of(labels[place]), step * slot - _GAP) / 2
        at = min(max(middle, EDGE + half), canvas.width - EDGE - half)
        if at - half >= last:
            canvas.text(at, height - 5, labels[place], 2 * half + 0.01, anchor="middle")
            last = at + half


def _names(canvas: Canvas, frame: _Frame, named: Sequence[tuple[str, float, str]]) -> None:
    """Write names to the right of where their lines end, (name, height, kind), none on another.

    Before each stands a stroke as its line is drawn: lines that end at one height are told apart.
    """
    places = spread([y + 4 for _, y, _ in named], LINE, frame.top + 4, frame.bottom + 4)
    for (name, _, kind), y in zip(named, places, strict=True):
        if y is not None:
            start = frame.right + _GAP
            if kind:
                canvas.line(start, y - 4, start + _KEY, y - 4, f"drawn {kind}")
            start += _KEY + _GAP
            canvas.text(start, y, name, canvas.width - EDGE - start + 0.01, kind="name")


def columns(of: Columns, width: float, height: float = HEIGHT) -> Markup:
    """Return columns, each with a dash at what it was to be; the last known value stands above its column."""
    canvas = Canvas(width)
    has_target = any(one.target is not None for one in of.uprights)
    frame = _frame(canvas, of.scale, [one.label for one in of.uprights], [of.target_name] if has_target else [], height)
    count, slot = len(of.uprights), frame.slot(len(of.uprights))
    broad, ground = max(0.5, slot * 0.62), frame.down(0.0)
    for place, one in enumerate(of.uprights):
        x = frame.middle(place, count)
        if one.value is not None:
            y = frame.down(one.value)
            canvas.rect(x - broad / 2, min(y, ground), broad, abs(ground - y), "part", f"{one.label}: {one.text}")
        if one.target is not None:
            y = frame.down(one.target)
            canvas.line(x - slot / 2, y, x + slot / 2, y, "aim")
    _values(canvas, frame, of)
    aimed = [one.target for one in of.uprights if one.target is not None]
    if aimed:
        _names(canvas, frame, [(of.target_name, frame.down(aimed[-1]), "aim")])
    return canvas.finish(height, "columns")


def _values(canvas: Canvas, frame: _Frame, of: Columns) -> None:
    """Write every value above its column, and above a target that is right there, where all have room.

    Else the last alone.
    """
    known = [place for place, one in enumerate(of.uprights) if one.value is not None]
    slot = frame.slot(len(of.uprights))
    if any(width_of(of.uprights[place].text) + 4 > slot for place in known):
        known = known[-1:]
    for place in known:
        one = of.uprights[place]
        top = frame.down(one.value or 0.0)
        target = frame.down(one.target) if one.target is not None else frame.bottom
        if top - _LABEL < target <= top:  # else the figure would stand on the target's dash
            top = target
        shown = fit(one.text, frame.right - frame.left)
        half = width_of(shown) / 2
        x = min(max(frame.middle(place, len(of.uprights)), frame.left + half), frame.right - half)
        canvas.text(x, top - 4, shown, 2 * half + 0.01, anchor="middle", kind="value")


def lines(of: LineChart, width: float, height: float = HEIGHT) -> Markup:
    """Return a line a series, named where it ends; what was planned is dashed, today is an upright line."""
    canvas = Canvas(width)
    drawn = [series for series in of.series if any(value is not None for value in series.values)]
    frame = _frame(canvas, of.scale, of.labels, [series.name for series in drawn], height)
    count = len(of.labels)
    if of.now is not None:
        x = frame.middle(of.now, count)
        canvas.line(x, frame.top, x, frame.bottom, "today")
    named = []
    actual = [series for series in drawn if not series.is_plan]
    for series in drawn:
        kind = "planned" if series.is_plan else f"line{actual.index(series) % 3}"
        points = [
            (frame.middle(place, count), frame.down(value))
            for place, value in enumerate(series.values)
            if value is not None
        ]
        canvas.path(points, f"drawn {kind}")
        if not series.is_plan and len(points) <= _DOTS_UP_TO:
            for x, y in points[-1:]:
                canvas.circle(x, y, 3, f"dot {kind}")
        named.append((series.name, points[-1][1], kind))
    _names(canvas, frame, named)
    return canvas.finish(height, "lines")


def fan(of: Fan, width: float, height: float = HEIGHT) -> Markup:
    """Return the band of what may come, its middle, what is known before it, and what is aimed at in dashes."""
    canvas = Canvas(width)
    aimed = [(place, one.target) for place, one in enumerate(of.spreads) if one.target is not None]
    names = _ends_of(of, width)
    frame = _frame(canvas, of.scale, [one.label for one in of.spreads], names, height)
    count, first = len(of.spreads), max(0, of.known - 1)

    def at(place: int, value: float) -> tuple[float, float]:
        return frame.middle(place, count), frame.down(value)

    ahead = list(enumerate(of.spreads))[first:]
    band = [at(place, one.low) for place, one in ahead] + [at(place, one.high) for place, one in reversed(ahead)]
    canvas.path(band, "band", is_closed=True)
    canvas.path([at(place, one.middle) for place, one in ahead], "drawn line0 may")
    canvas.path([at(place, one.middle) for place, one in enumerate(of.spreads[: of.known])], "drawn line0")
    canvas.path([at(place, value) for place, value in aimed], "drawn planned")
    for place, one in enumerate(of.spreads[: of.known]):
        canvas.circle(*at(place, one.middle), 3, "dot line0", one.label)
    if of.spreads:
        last = of.spreads[-1]
        ends = [
            (last.high, "edge"),
            (last.middle, "line0 may"),
            (last.low, "edge"),
            *((value, "planned") for _, value in aimed[-1:]),
        ]
        named = [(name, frame.down(value), kind) for name, (value, kind) in zip(names, ends, strict=True)]
        _names(canvas, frame, named)
    return canvas.finish(height, "fan")


def _ends_of(of: Fan, width: float) -> list[str]:
    """Return what the ends of a fan are called: with their values where these have room beside it."""
    if not of.spreads:
        return []
    bare = ["9 in 10", "median", "1 in 10"] + ["target"] * any(one.target is not None for one in of.spreads)
    between = (" below ", " ", " below ", " ")
    full = [f"{name}{word}{value}" for name, word, value in zip(bare, between, of.ends, strict=False)]
    has_room = max(map(width_of, full), default=0.0) <= width * _GUTTER_PART
    return full if len(full) == len(bare) and has_room else bare
