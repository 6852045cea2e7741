"""Drawings whose places along the width are per cents: a bar or a spark in a line of text, and points in quadrants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.formats.markup import Markup, element, join, number, percent, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.reports.document import Bar, Spark
    from revplan.reports.figures import Point, Scatter

BAR_HEIGHT = 12
_PLOT_HEIGHT = 320
_ASIDE, _ABOVE = 0.05, 0.1
"""The parts of a plot's width and height that are kept free around its points."""
_BESIDE = 20
"""Pixels between points that would lie on one another."""
_NEAR = 0.012
"""The part of a plot's width within which points of one height lie on one another."""
_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 72, 18, 2


def bar(of: Bar) -> Markup:
    """Return a part of a whole; what exceeds the whole fills it in another colour."""
    is_over = of.part > of.whole
    part = 1.0 if is_over else of.part / of.whole if of.whole else 0.0
    kind = "over" if is_over else "part"
    return _drawing(BAR_HEIGHT, _rounded_bar(0, 1, "whole"), _rounded_bar(0, part, kind))


def spark(of: Spark) -> Markup:
    """Return a row of values as a line with a dot at the newest, read out as it is spoken."""
    known = [(place, value) for place, value in enumerate(of.values) if value is not None]
    low, high = (min(value for _, value in known), max(value for _, value in known)) if known else (0.0, 0.0)
    places = [_spark_place(place, value, len(of.values), low, high) for place, value in known]
    line = element("path", d="M" + " ".join(f"{number(x)},{number(y)}" for x, y in places)) if places else Markup("")
    dot = element("circle", cx=places[-1][0], cy=places[-1][1], r=2) if places else Markup("")
    return element(
        "svg", line, dot, class_="spark", width=_SPARK_WIDTH, height=_SPARK_HEIGHT, role="img", aria_label=of.spoken
    )


def _spark_place(place: int, value: float, count: int, low: float, high: float) -> tuple[float, float]:
    across = place / (count - 1) if count > 1 else 1.0
    up = (value - low) / (high - low) if high > low else 0.5
    width, height = _SPARK_WIDTH - 2 * _SPARK_EDGE, _SPARK_HEIGHT - 2 * _SPARK_EDGE
    return _SPARK_EDGE + across * width, _SPARK_EDGE + (1 - up) * height


def _rounded_bar(start: float, part: float, kind: str) -> Markup:
    return element("rect", x=percent(start), width=percent(part), height=BAR_HEIGHT, rx=3, class_=kind)


def _upright(part: float, kind: str) -> Markup:
    return element("line", x1=percent(part), x2=percent(part), y1=0, y2="100%", class_=kind)


def _drawing(height: float, *content: Markup, kind: str = "row") -> Markup:
    return element("svg", *content, class_=kind, width="100%", height=height, aria_hidden="true")


# --- the plot -----------------------------------------------------------------------------------------------------


def scatter(of: Scatter) -> Markup:
    """Return points in four quadrants; what the axes are stands below."""
    x_low, x_high = _range([of.x_split, *(point.x for point in of.points)])
    y_low, y_high = _range([of.y_split, *(point.y for point in of.points)])

    def across(x: float) -> float:
        return _ASIDE + (x - x_low) / (x_high - x_low) * (1 - 2 * _ASIDE)

    def down(y: float) -> float:
        return _PLOT_HEIGHT * (1 - _ABOVE - (y - y_low) / (y_high - y_low) * (1 - 2 * _ABOVE))

    level = down(of.y_split)
    lines = (
        _upright(across(of.x_split), "split"),
        element("line", x1=0, x2="100%", y1=level, y2=level, class_="split"),
    )
    dots = [_dot(point, across(point.x), down(point.y)) for point in of.points if not point.mark]
    marked = [point for point in of.points if point.mark]
    places = [(across(point.x), down(point.y)) for point in marked]
    marks = [_mark(point, *place, order) for point, place, order in zip(marked, places, _orders(places), strict=True)]
    drawn = _drawing(_PLOT_HEIGHT, *lines, *_corners(of.quadrants), *dots, *marks, kind="plot")
    upward = f"Upward: {of.y_title}, {number(y_low)} to {number(y_high)}, parted at {number(of.y_split)}."
    aside = f"To the right: {of.x_title}, {number(x_low)} to {number(x_high)}, parted at {number(of.x_split)}."
    return join(drawn, element("p", text(f"{upward} {aside}"), class_="dim"))


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 1, high + 1)


def _orders(places: Sequence[tuple[float, float]]) -> Iterator[int]:
    """Yield for each place how many before it lie so near that their points would cover one another."""
    for number_of, (x, y) in enumerate(places):
        yield sum(abs(x - across) < _NEAR and abs(y - down) < _BESIDE for across, down in places[:number_of])


def _dot(point: Point, x: float, y: float) -> Markup:
    return element("g", element("title", text(point.name)), element("circle", cx=percent(x), cy=y, r=4))


def _mark(point: Point, x: float, y: float, order: int) -> Markup:
    moved = f"translate({_BESIDE * order} 0)" if order else None
    name = element("title", text(point.name))
    mark = element("text", text(point.mark), x=percent(x), y=y + 4, class_="mark")
    return element("g", name, element("circle", cx=percent(x), cy=y, r=10), mark, transform=moved)


def _corners(names: tuple[str, str, str, str]) -> Iterator[Markup]:
    places = (
        ("0.5%", 14, None),
        ("99.5%", 14, "end"),
        ("0.5%", _PLOT_HEIGHT - 6, None),
        ("99.5%", _PLOT_HEIGHT - 6, "end"),
    )
    for name, (x, y, anchor) in zip(names, places, strict=True):
        yield element("text", text(name), x=x, y=y, text_anchor=anchor, class_="corner")
