"""Two figures: bands from things on the left to things on the right, and a funnel with one bar for each stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.formats.svg.canvas import EDGE, LINE, Canvas, lines_of, width_of
from revplan.formats.svg.rows import ROW
from revplan.reports.document import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.formats.markup import Markup
    from revplan.reports.figures import Flow, FunnelFigure, Link

MOST_ENDS = 24
"""Things of a side that are drawn; the table has them all."""
_SIDE, _NARROW_SIDE = 0.42, 0.3
"""The part of the width that names take at most: on one line, and on two where the bands would be cramped."""
_LEAST_BANDS = 0.4
"""The part of the width that bands take at least for names to stand on one line."""
_GAP, _BLOCK = 8, 8
_UNIT = 34.0
"""The height of the heaviest link."""
_SAME = 6.0
"""The height of links that are all as heavy."""


def flow(of: Flow, width: float, _height: float = 0) -> Markup:
    """Return links as bands whose height is their weight; what is not good is dashed."""
    canvas = Canvas(width)
    sources, targets = (_first(side) for side in ([one.source for one in of.links], [one.target for one in of.links]))
    links = [one for one in of.links if one.source in sources and one.target in targets]
    weights = {one.weight for one in links}
    unit = (_UNIT if len(weights) > 1 else _SAME) / (max(weights, default=0.0) or 1.0)
    names_left, names_right = _names(sources, width, _SIDE, 1), _names(targets, width, _SIDE, 1)
    if width - _room(names_left) - _room(names_right) < _LEAST_BANDS * width:
        names_left, names_right = _names(sources, width, _NARROW_SIDE, 2), _names(targets, width, _NARROW_SIDE, 2)
    left, right = EDGE + _room(names_left) + _GAP, width - EDGE - _room(names_right) - _GAP
    starts, low_left = _stack(links, names_left, unit, is_source=True)
    ends, low_right = _stack(links, names_right, unit, is_source=False)
    for link in links:
        high = max(1.0, link.weight * unit)
        y1, y2 = (side[name] + high / 2 for side, name in ((starts, link.source), (ends, link.target)))
        starts[link.source] += high
        ends[link.target] += high
        middle = (left + right) / 2
        way = (
            f"M{left + _BLOCK:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {right - _BLOCK:.1f},{y2:.1f}"
        )
        kind = "bad" if link.tone is Tone.BAD else "wanted" if link.tone is Tone.WARN else "live"
        canvas.curve(way, f"link {kind}", f"{link.source} → {link.target}: {link.text}", high)
    _side(canvas, links, names_left, unit, left, is_source=True)
    _side(canvas, links, names_right, unit, right, is_source=False)
    return canvas.finish(max(low_left, low_right, ROW), "flow")


def _first(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))[:MOST_ENDS]


def _names(names: Sequence[str], width: float, side: float, most: int) -> dict[str, list[str]]:
    """Return each name in so many lines at most, for a part of the width."""
    return {name: lines_of(name, width * side, most) or [name] for name in names}


def _room(names: Mapping[str, Sequence[str]]) -> float:
    """Return how much of the width names in lines take."""
    return max((width_of(line) for lines in names.values() for line in lines), default=0.0)


def _height_of(links: Sequence[Link], name: str, unit: float, *, is_source: bool) -> float:
    own = [one for one in links if (one.source if is_source else one.target) == name]
    return sum(max(1.0, one.weight * unit) for one in own)


def _stack(
    links: Sequence[Link], names: Mapping[str, Sequence[str]], unit: float, *, is_source: bool
) -> tuple[dict[str, float], float]:
    """Return where each thing of a side begins, from the top, and where the side ends."""
    at, found = 4.0, {}
    for name, lines in names.items():
        high = _height_of(links, name, unit, is_source=is_source)
        room = max(high, LINE * len(lines))
        found[name] = at + (room - high) / 2
        at += room + 4
    return found, at


def _side(
    canvas: Canvas,
    links: Sequence[Link],
    names: Mapping[str, Sequence[str]],
    unit: float,
    edge: float,
    *,
    is_source: bool,
) -> None:
    places, _ = _stack(links, names, unit, is_source=is_source)
    for name, y in places.items():
        high = _height_of(links, name, unit, is_source=is_source)
        canvas.rect(edge if is_source else edge - _BLOCK, y, _BLOCK, high, "part", rx=1)
        x, anchor = (edge - _GAP / 2, "end") if is_source else (edge + _GAP / 2, "start")
        room = edge - _GAP / 2 - EDGE if is_source else canvas.width - EDGE - edge - _GAP / 2
        top = y + high / 2 + 4 - LINE * (len(names[name]) - 1) / 2
        for row, line in enumerate(names[name]):
            canvas.text(x, top + LINE * row, line, room, anchor=anchor, kind="ink", whole=name)


def funnel(of: FunnelFigure, width: float, _height: float = 0) -> Markup:
    """Return stages, the widest first, by the square root of their counts; what is there fills what is needed."""
    canvas = Canvas(width)
    labels = EDGE + min(width * _SIDE, max((width_of(one.label) for one in of.stages), default=0.0)) + _GAP
    behind = min(width * 0.34, max((width_of(one.text) for one in of.stages), default=0.0))
    right = width - EDGE - behind - _GAP
    most = max((max(one.count, one.actual or 0.0) for one in of.stages), default=0.0) or 1.0
    middle, room = (labels + right) / 2, right - labels
    for row, stage in enumerate(of.stages):
        y = row * ROW
        part = (max(0.0, stage.count) / most) ** 0.5 * room
        canvas.text(EDGE, y + 15, stage.label, labels - _GAP - EDGE, kind="ink")
        canvas.rect(middle - part / 2, y + 3, part, ROW - 6, "whole" if stage.actual is not None else "part")
        if stage.actual is not None:
            had = (max(0.0, stage.actual) / most) ** 0.5 * room
            canvas.rect(middle - had / 2, y + 6, had, ROW - 12, "part", f"{stage.label}: {stage.text}")
        canvas.text(width - EDGE, y + 15, stage.text, behind + 0.01, anchor="end", kind="value")
    return canvas.finish(max(1, len(of.stages)) * ROW, "funnel")
