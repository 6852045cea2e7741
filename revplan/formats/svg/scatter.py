"""A bar and a spark, which stand in a line of text, and points in quadrants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.formats.markup import Markup, element, number, percent, text
from revplan.formats.svg.canvas import DESCENT, EDGE, LINE, Canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.reports.document import Bar, Spark
    from revplan.reports.figures import Scatter

BAR_HEIGHT = 12
_PLOT_HEIGHT = 320
_ROUND = 12
"""The half of what a point with a mark takes."""
_BESIDE = 20
"""What lies between two points with marks."""
_HOVERED = 400
"""The width from which on dots have their names on hover: narrower ones are for phones, which are touched."""
_MOST_NAMES = 3
"""Names that show on hover where several dots are one; the table has them all."""
_LEAST = 0.2
"""The part of an axis that a quadrant has at least."""
_MOST_ASIDE, _MOST_ABOVE = 6, 2
"""Places to each side of a point, and above and below it, that are tried for its mark."""
SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 72, 18, 2


def bar(of: Bar) -> Markup:
    """Return a part of a whole. What exceeds the whole is all of the bar, and beyond the whole in another colour."""
    if of.part > of.whole:
        return _drawing(BAR_HEIGHT, _rounded_bar(0, 1, "over"), _rounded_bar(0, of.whole / of.part, "part"))
    part = of.part / of.whole if of.whole else 0.0
    return _drawing(BAR_HEIGHT, _rounded_bar(0, 1, "whole"), _rounded_bar(0, part, "part"))


def spark(of: Spark) -> Markup:
    """Return a row of values as a line with a dot at the newest, over a line where they are to be."""
    known = [(place, value) for place, value in enumerate(of.values) if value is not None]
    scale = [value for _, value in known] + ([of.target] if of.target is not None and known else [])
    low, high = min(scale, default=0.0), max(scale, default=0.0)
    places = [_spark_place(place, value, len(of.values), low, high) for place, value in known]
    line = element("path", d="M" + " ".join(f"{number(x)},{number(y)}" for x, y in places)) if places else Markup("")
    dot = element("circle", cx=places[-1][0], cy=places[-1][1], r=2) if places else Markup("")
    aim = Markup("")
    if of.target is not None and known:
        _, y = _spark_place(0, of.target, len(of.values), low, high)
        aim = element("line", x1=0, x2=SPARK_WIDTH, y1=y, y2=y, class_="aim")
    return element(
        "svg",
        aim,
        line,
        dot,
        class_="spark",
        width=SPARK_WIDTH,
        height=_SPARK_HEIGHT,
        role="img",
        aria_label=of.spoken,
    )


def _spark_place(place: int, value: float, count: int, low: float, high: float) -> tuple[float, float]:
    across = place / (count - 1) if count > 1 else 1.0
    up = (value - low) / (high - low) if high > low else 0.5
    width, height = SPARK_WIDTH - 2 * _SPARK_EDGE, _SPARK_HEIGHT - 2 * _SPARK_EDGE
    return _SPARK_EDGE + across * width, _SPARK_EDGE + (1 - up) * height


def _rounded_bar(start: float, part: float, kind: str) -> Markup:
    return element("rect", x=percent(start), width=percent(part), height=BAR_HEIGHT, rx=3, class_=kind)


def _drawing(height: float, *content: Markup, kind: str = "row") -> Markup:
    return element("svg", *content, class_=kind, width="100%", height=height, aria_hidden="true")


# --- the plot -----------------------------------------------------------------------------------------------------


def scatter(of: Scatter, width: float, height: float = _PLOT_HEIGHT) -> Markup:
    """Return points in four quadrants, whose names stand in the corners; a mark that has no room is a dot."""
    canvas = Canvas(width)
    x_low, x_high = _with_room(_range([of.x_split, *(point.x for point in of.points)]), of.x_split)
    y_low, y_high = _with_room(_range([of.y_split, *(point.y for point in of.points)]), of.y_split)
    left, right, top, bottom = _ROUND, width - _ROUND, LINE + EDGE + _ROUND, height - LINE - EDGE - _ROUND

    def at(x: float, y: float) -> tuple[float, float]:
        across = left + (x - x_low) / (x_high - x_low) * (right - left)
        return across, bottom - (y - y_low) / (y_high - y_low) * (bottom - top)

    split = at(of.x_split, of.y_split)
    canvas.line(split[0], 0, split[0], height, "split")
    canvas.line(0, split[1], width, split[1], "split")
    _corners(canvas, of.quadrants, width, height)
    dots: dict[tuple[float, float], list[str]] = {}
    for point in of.points:
        if not point.mark:
            dots.setdefault(at(point.x, point.y), []).append(point.name)
    for place, names in dots.items():
        canvas.circle(*place, 4, "dot", _few_names(names) if width >= _HOVERED else "")
    marked = [(point, at(point.x, point.y)) for point in of.points if point.mark]
    sides = [(_quadrant(x, split[0], left, right), _quadrant(y, split[1], top, bottom)) for _, (x, y) in marked]
    places = _free_places([place for _, place in marked], sides)
    for (point, place), free in zip(marked, places, strict=True):
        if free is None:  # below the marks, which say more
            canvas.circle(*place, 4, "dot", point.name)
    for (point, _), free in zip(marked, places, strict=True):
        if free is not None:
            canvas.circle(*free, _ROUND - EDGE, "spot", point.name)
            canvas.text(free[0], free[1] + 4, point.mark, _BESIDE, anchor="middle", kind="mark")
    return canvas.finish(height, "plot")


def _quadrant(at: float, split: float, least: float, most: float) -> tuple[float, float]:
    """Return from where to where a mark may be moved on an axis: on its own side of the split, and not across it.

    What lies on the split belongs to the left and to the top.
    """
    return (least, max(at, split - _ROUND)) if at <= split else (min(at, split + _ROUND), most)


def _free_places(
    places: Sequence[tuple[float, float]], sides: Sequence[tuple[tuple[float, float], tuple[float, float]]]
) -> list[tuple[float, float] | None]:
    """Return where each mark is drawn so that none covers another: at its place or the nearest; None without room.

    Args:
        places: the points' places.
        sides: from where to where each may be moved, across and down.
    """
    across, down = range(-_MOST_ASIDE, _MOST_ASIDE + 1), range(-_MOST_ABOVE, _MOST_ABOVE + 1)
    steps = sorted(
        ((x, y) for x in across for y in down), key=lambda one: (one[0] ** 2 + one[1] ** 2, one[1] != 0, -one[0])
    )
    taken: list[tuple[float, float]] = []
    found: list[tuple[float, float] | None] = []
    for (x, y), ((left, right), (top, bottom)) in zip(places, sides, strict=True):
        beside = ((x + aside * _BESIDE, y + below * _BESIDE) for aside, below in steps)
        inside = ((a, b) for a, b in beside if left <= a <= right and top <= b <= bottom)
        free = (one for one in inside if all(max(abs(one[0] - a), abs(one[1] - b)) >= _BESIDE for a, b in taken))
        place = next(free, None)
        taken += [place] if place is not None else []
        found.append(place)
    return found


def _few_names(names: Sequence[str]) -> str:
    """Return what the points of one place are called, and how many more there are."""
    more = [f"and {len(names) - _MOST_NAMES} more"] if len(names) > _MOST_NAMES else []
    return "; ".join([*names[:_MOST_NAMES], *more])


def axes(of: Scatter) -> Markup:
    """Return what the axes of a plot are, from where to where."""
    x_low, x_high = _range([of.x_split, *(point.x for point in of.points)])
    y_low, y_high = _range([of.y_split, *(point.y for point in of.points)])
    upward = f"Upward: {of.y_title}, {number(y_low)} to {number(y_high)}, parted at {number(of.y_split)}."
    aside = f"To the right: {of.x_title}, {number(x_low)} to {number(x_high)}, parted at {number(of.x_split)}."
    return element("p", text(f"{upward} {aside}"), class_="dim")


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 1, high + 1)


def _with_room(ends: tuple[float, float], split: float) -> tuple[float, float]:
    """Return the ends of an axis so far out that every quadrant is wide enough for its name."""
    low, high = ends
    low = min(low, (split - _LEAST * high) / (1 - _LEAST))
    return low, max(high, (split - _LEAST * low) / (1 - _LEAST))


def _corners(canvas: Canvas, names: tuple[str, str, str, str], width: float, height: float) -> None:
    room = width / 2 - 2 * EDGE
    low = height - DESCENT - EDGE
    for name, y, end in zip(names, (LINE, LINE, low, low), (False, True, False, True), strict=True):
        x, anchor = (width - EDGE, "end") if end else (EDGE, "start")
        canvas.text(x, y, name, room, anchor=anchor, kind="corner")
