"""A sheet that chart parts draw on, and how wide text is on it.

Fonts differ from reader to reader. So text is measured by a model that is as wide as the widest of the usual fonts
(DejaVu Sans), and what does not fit is cut with an ellipsis; the whole text then shows on hover.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import combining, east_asian_width

from revplan.formats.markup import Markup, element, join, number, text
from revplan.formats.text import visible

SIZE = 12
"""The height of text, in the drawing's own units."""
LINE = 15
"""What a line of text takes, from one to the next."""
ASCENT, DESCENT = 11, 4
"""What text takes above and below the line that it stands on."""
EDGE = 2
"""What is kept free at the frame."""
_TALL, _TALLEST = 1.2, 1.4
"""Heights for its width between which a drawing is printed smaller, to stand on one sheet with what is above it; one
that is higher is printed as wide screens have it."""
_ELLIPSIS = "…"
_ROUNDING = 1e-6
_ADVANCES: tuple[tuple[frozenset[str], float], ...] = (
    (frozenset("ijlI|!'.,:;` ’‘·"), 0.34),
    (frozenset('frtJ()[]{}/\\-"“”–*'), 0.53),
    (frozenset("mMwW%@—…&→←↔×+=<>~^#●○■▲▼◆◐✗"), 1.03),
    (frozenset("0123456789$€£?_¢"), 0.645),
)
"""Characters by how wide they are, as a part of the font's size."""
_FULL_FROM, _OTHER_FROM = 0x2E80, 0x0590
"""The first characters of scripts that take a full square, and of those that are not Latin, Greek or Cyrillic."""


def width_of(said: str, size: float = SIZE) -> float:
    """Return how much of the width text takes at most, in any of the usual fonts."""
    return size * sum(map(_em, visible(said)))


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    """Return a character's advance as a part of the font's size, rounded up from DejaVu Sans."""
    if combining(character) or character in "\u200d\ufe0f":
        return 0.0
    known = next((part for those, part in _ADVANCES if character in those), None)
    if known is not None:
        return known
    if ord(character) >= _FULL_FROM or east_asian_width(character) in "WF":
        return 1.4
    if ord(character) >= _OTHER_FROM:
        return 1.1
    return 0.645 if character.islower() else 0.8


def fit(said: str, room: float) -> str:
    """Return text, cut with an ellipsis where it is too wide; empty where not even that fits."""
    said = " ".join(said.split())
    if width_of(said) <= room + _ROUNDING:
        return said
    left = room - width_of(_ELLIPSIS)
    taken = 0.0
    for place, character in enumerate(said):
        taken += width_of(character)
        if taken > left:
            kept = said[:place].rstrip()
            return f"{kept}{_ELLIPSIS}" if kept else ""
    return said


def lines_of(said: str, room: float, most: int) -> list[str]:
    """Return text in so many lines at most, broken between words; what the last has no room for is cut."""
    told = said.split()
    found: list[str] = []
    while told:
        count = 1
        while count < len(told) and width_of(" ".join(told[: count + 1])) <= room:
            count += 1
        if len(found) == most - 1:
            count = len(told)
        found.append(fit(" ".join(told[:count]), room))
        told = told[count:]
    return found


def spread(places: list[float], least: float, low: float, high: float) -> list[float | None]:
    """Return places near those wanted, in their order, so that two are at least so far apart and all between two ends.

    None stands for what has no room.
    """
    count = max(0, min(len(places), int((high - low) // least) + 1)) if high >= low else 0
    order = sorted(range(len(places)), key=lambda one: (places[one], one))[:count]
    found: list[float | None] = [None] * len(places)
    at = low
    for one in order:
        at = max(at, places[one])
        found[one] = at
        at += least
    limit = high
    for one in reversed(order):
        found[one] = min(found[one] or 0.0, limit)
        limit = (found[one] or 0.0) - least
    return found


class Canvas:
    """A drawing of some width, to which parts are added from the back to the front."""

    def __init__(self, width: float) -> None:
        """Begin a drawing that is so wide and as high as what is put into it asks for."""
        self.width = width
        self._parts: list[Markup] = []

    def text(
        self,
        x: float,
        y: float,
        said: str,
        room: float,
        *,
        anchor: str = "start",
        kind: str | None = None,
        whole: str = "",
    ) -> None:
        """Write text that starts, ends or is centred at a place and takes no more than its room, inside the frame.

        What is cut shows as a whole on hover; `whole` is the text that it is a line of, where it is one of several.
        """
        shown = fit(said, min(room, self.width - 2 * EDGE))
        if not shown:
            return
        wide = width_of(shown)
        before = {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        x = min(max(x, EDGE + before), self.width - EDGE - wide + before)
        is_cut = shown != said or (whole != said and said.endswith(_ELLIPSIS) and bool(whole))
        title = element("title", text(whole or said)) if is_cut else Markup("")
        end = None if anchor == "start" else anchor
        self._parts.append(element("text", title, text(shown), x=x, y=y, text_anchor=end, class_=kind))

    def rect(self, x: float, y: float, width: float, height: float, kind: str, told: str = "", rx: float = 2) -> None:
        """Draw a box; `told` shows on hover."""
        size = {"x": x, "y": y, "width": max(0.0, width), "height": max(0.0, height), "rx": rx}
        self._add("rect", told, class_=kind, **size)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
        """Draw a straight line."""
        self._add("line", "", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)

    def path(self, points: list[tuple[float, float]], kind: str, *, is_closed: bool = False) -> None:
        """Draw a line from point to point, or the area that it goes round."""
        if points:
            way = " ".join(f"{number(x)},{number(y)}" for x, y in points)
            self._add("path", "", d=f"M{way}{' Z' if is_closed else ''}", class_=kind)

    def curve(self, way: str, kind: str, told: str = "", width: float | None = None) -> None:
        """Draw a path that is given as SVG has it."""
        self._add("path", told, d=way, class_=kind, stroke_width=width)

    def circle(self, x: float, y: float, radius: float, kind: str, told: str = "") -> None:
        """Draw a dot."""
        self._add("circle", told, cx=x, cy=y, r=radius, class_=kind)

    def _add(self, name: str, told: str, **attributes: str | float | None) -> None:
        drawn = element(name, **attributes)
        self._parts.append(element("g", element("title", text(told)), drawn) if told else drawn)

    def finish(self, height: float, kind: str) -> Markup:
        """Return the drawing. It scales with the page, and is for the eye alone: the words stand beside it."""
        box = f"0 0 {number(self.width)} {number(height)}"
        part = height / self.width
        shape = " long" if part > _TALLEST else " tall" if part > _TALL else ""
        kinds = f"pic {kind}{shape}"
        return element("svg", join(*self._parts), class_=kinds, viewBox=box, aria_hidden="true", focusable="false")
