"""Parts of which each thing has a row of its own: waterfall, ranking, tree and grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from revplan.formats.characters.labels import MOST_ROWS
from revplan.formats.svg.canvas import EDGE, LINE, Canvas, fit, lines_of, width_of
from revplan.formats.text import visible
from revplan.reports.document import Tone
from revplan.reports.figures import MORE_THAN_FULL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.formats.markup import Markup
    from revplan.reports.figures import Cell, Grid, Ranking, Tree, Waterfall

ROW = 22
BASE = 15
"""The line in a row on which text stands."""
GAP = 8
_LABELS, _WORDS = 0.36, 0.26
"""The parts of the width that the labels before, and the words behind, may take."""
_TREE_WORDS = 0.4
"""The part that the words behind may take in a tree, whose names have a second line instead."""
_MOST_LINES = 2
"""Lines that a label takes at most."""
ROOMY = 480.0
"""The width from which on a label may take all of them beside its bar."""
_FEW = 4
"""One label in so many may be too long for that: it alone stands above its bar then."""
_HEAD_LINES = 3
"""Lines that the name of a grid's column takes at most."""
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


class RowPlace(NamedTuple):
    """Where a row has its name, and where what is drawn of it lies.

    Attributes:
        lines: the name, in as many lines as it takes.
        is_above: whether the name stands above what is drawn, not beside it.
        top: where what is drawn begins; it is `ROW` high.
    """

    lines: tuple[str, ...]
    is_above: bool
    top: float


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Where the rows of a drawing have their names, what is drawn, and the words behind it.

    Names stand beside what is drawn, in two lines where one is too narrow; the few for which that is too little stand
    above their own bar. On a phone, where names beside bars would leave the bars no room, all stand above them.

    Attributes:
        left: where what is drawn begins.
        right: where it ends.
        words: the room of the words behind.
        rows: each row's place.
        end: where the last row ends.
        is_above: whether all names stand above what is drawn, and the words with them.
    """

    left: float
    right: float
    words: float
    rows: tuple[RowPlace, ...]
    end: float
    is_above: bool

    def write(
        self,
        canvas: Canvas,
        row: int,
        label: str,
        words: str,
        kinds: tuple[str | None, str | None],
        down: float = 0.0,
    ) -> None:
        """Write a row's label and the words behind it, each of its kind, all so far down."""
        own, count = self.rows[row], len(self.rows[row].lines)
        beside = down + own.top + BASE
        first = down + own.top - 2 - (count - 1) * LINE if own.is_above else beside - (count - 1) * LINE / 2
        for place, line in enumerate(own.lines):
            canvas.text(EDGE, first + place * LINE, line, width_of(line) + 0.01, kind=kinds[0], whole=label)
        base = first + (count - 1) * LINE if self.is_above else beside
        canvas.text(canvas.width - EDGE, base, words, self.words, anchor="end", kind=kinds[1])


def layout(
    canvas: Canvas, labels: Sequence[str], words: Sequence[str], part: float, label_part: float = _LABELS
) -> RowLayout:
    """Return where rows have their parts; labels and the words behind may take a part of the width."""
    behind = max(map(width_of, words), default=0.0)
    names = [" ".join(visible(each).split()) for each in labels]
    room = canvas.width * label_part
    found = [_beside(name, room, 2 if canvas.width >= ROOMY else 1) for name in names]
    whole = canvas.width - 2 * EDGE
    few = sum(one is None for one in found) * _FEW <= len(found) and canvas.width >= ROOMY
    if behind <= canvas.width * part and (few or None not in found):
        label = max((width_of(line) for lines in found if lines for line in lines), default=0.0)
        rows, end = places_of(names, found, whole)
        right = canvas.width - EDGE - (behind + GAP if behind else 0.0)
        return RowLayout(EDGE + label + GAP, right, behind + 0.01, rows, end, is_above=False)
    behind = min(behind, whole / 2)
    rows, end = places_of(names, [None] * len(names), whole - (behind + GAP if behind else 0.0))
    return RowLayout(EDGE, canvas.width - EDGE, behind + 0.01, rows, end, is_above=True)


def _beside(name: str, room: float, most: int) -> tuple[str, ...] | None:
    """Return a name in so many lines at most; None where it would be cut."""
    lines = tuple(lines_of(name, room, most))
    return lines if " ".join(lines) == name else None


def places_of(
    names: Sequence[str], beside: Sequence[tuple[str, ...] | None], room: float
) -> tuple[tuple[RowPlace, ...], float]:
    """Return each row, its name beside what is drawn or above it in a room, and where the last ends."""
    found, y = [], 0.0
    for name, lines in zip(names, beside, strict=True):
        start = y
        if lines is None:
            lines = tuple(lines_of(name, room, _MOST_LINES))  # noqa: PLW2901
            start = y + LINE * max(1, len(lines))
            found.append(RowPlace(lines, is_above=True, top=start))
            y = start + ROW
        else:
            high = max(float(ROW), LINE * len(lines) + 6.0)
            found.append(RowPlace(lines, is_above=False, top=y + (high - ROW) / 2))
            y += high
    return tuple(found), y


def tell_more(canvas: Canvas, count: int, y: float) -> float:
    """Say how many rows are left out, and return the drawing's height."""
    if count <= MOST_ROWS:
        return y
    canvas.text(EDGE, y + 14, f"and {count - MOST_ROWS:,} more", canvas.width)
    return y + ROW


def waterfall(of: Waterfall, width: float, _height: float = 0) -> Markup:
    """Return steps below one another, each from where the one before it ends."""
    canvas, steps = Canvas(width), of.steps[:MOST_ROWS]
    places = layout(canvas, [step.label for step in steps], [step.text for step in steps], _WORDS)
    spans, level = [], 0.0
    for step in steps:
        start = 0.0 if step.is_total else level
        level = step.amount if step.is_total else level + step.amount
        spans.append((start, level))
    ends = [0.0, *(end for span in spans for end in span)]
    low, high = min(ends), max(ends)

    def across(value: float) -> float:
        return places.left + (value - low) / ((high - low) or 1.0) * (places.right - places.left)

    for row, (step, (start, end)) in enumerate(zip(steps, spans, strict=True)):
        x1, x2 = sorted((across(start), across(end)))
        kind = "part" if step.is_total else "gain" if end >= start else "loss"
        y, below = places.rows[row].top + 4, places.rows[min(len(steps) - 1, row + 1)]
        last = (places.rows[row] if below.is_above else below).top
        canvas.rect(x1, y, max(1.0, x2 - x1), ROW - 8, kind, f"{step.label}: {step.text}")
        canvas.line(across(end), y, across(end), last + ROW - 4, "rule")
        places.write(canvas, row, step.label, step.text, ("ink" if step.is_total else None, "value"))
    return canvas.finish(tell_more(canvas, len(of.steps), places.end) or ROW, "waterfall")


def ranking(of: Ranking, width: float, _height: float = 0) -> Markup:
    """Return bars on one scale; an upright mark shows what each is measured against."""
    canvas, shown = Canvas(width), of.measures[:MOST_ROWS]
    places = layout(canvas, [one.label for one in shown], [one.text for one in shown], _WORDS + 0.08)
    left, room = places.left, places.right - places.left
    most = max((one.reach for one in shown), default=0.0) or 1.0
    for row, one in enumerate(shown):
        y = places.rows[row].top + 4
        ground = room if one.whole is None else max(0.0, one.whole) / most * room
        canvas.rect(left, y, ground, ROW - 8, "whole")
        kind = {Tone.BAD: "over", Tone.WARN: "amber", Tone.GOOD: "fine"}.get(one.tone, "part")
        canvas.rect(left, y, max(0.0, one.value) / most * room, ROW - 8, kind, f"{one.label}: {one.text}")
        if one.more > 0:
            start = left + max(0.0, one.value) / most * room
            canvas.rect(start, y, one.more / most * room, ROW - 8, "open", f"{one.label}: {one.text}")
        if one.target is not None:
            x = left + max(0.0, one.target) / most * room
            canvas.line(x, y - 2, x, y + ROW - 6, "mark")
        places.write(canvas, row, one.label, one.text, (None, "value"))
    return canvas.finish(tell_more(canvas, len(of.measures), places.end) or ROW, "ranking")


def tree(of: Tree, width: float, _height: float = 0) -> Markup:
    """Return things below the one that they belong to, joined by lines; a long name takes two lines."""
    canvas, shown = Canvas(width), of.nodes[:MOST_ROWS]
    beside = [min(canvas.width * _TREE_WORDS, width_of(node.text)) for node in shown]
    deepest = max((node.depth for node in shown), default=0)
    indent = min(22.0, width * 0.3 / max(1, deepest))
    starts = [EDGE + 6 + node.depth * indent for node in shown]
    rooms = [width - EDGE - wide - GAP - x - 10 for x, wide in zip(starts, beside, strict=True)]
    names = [lines_of(node.label, room, _MOST_LINES) for node, room in zip(shown, rooms, strict=True)]
    height = ROW + LINE * (max(map(len, names), default=1) > 1)
    parents: dict[int, int] = {}
    for row, node in enumerate(shown):
        x, y = starts[row], row * height + ROW / 2
        if node.depth and node.depth - 1 in parents:
            canvas.path(
                [(x - indent, parents[node.depth - 1] * height + ROW / 2 + 5), (x - indent, y), (x - 5, y)], "join"
            )
        parents[node.depth] = row
        canvas.circle(x, y, 4, f"state {node.tone.value}")
        for place, line in enumerate(names[row]):
            canvas.text(x + 10, y + 4 + place * LINE, line, rooms[row], kind="ink", whole=node.label)
        canvas.text(width - EDGE, y + 4, node.text, beside[row] + 0.01, anchor="end", kind=node.tone.value)
    return canvas.finish(tell_more(canvas, len(of.nodes), len(shown) * height) or ROW, "tree")


# --- the grid ----------------------------------------------------------------------------------------------------


def grid(of: Grid, width: float, _height: float = 0) -> Markup:
    """Return things against things; a heat map darkens with the share, and hatches what is more than full."""
    canvas, rows = Canvas(width), of.rows[:MOST_ROWS]
    count, wanted = max(1, len(of.columns)), _column_width(of)
    most = max(width * _LABELS, width - EDGE - GAP - count * wanted)
    places = layout(canvas, [label for label, _ in rows], [], 0.0, most / width)
    left = places.left
    slot = min(max(_WIDEST_COLUMN if of.is_over_time else _COLUMN, wanted), (width - EDGE - left) / count)
    down = _heads(canvas, of, left, slot) + ROW
    for row, (label, cells) in enumerate(rows):
        places.write(canvas, row, label, "", (None, None), down)
        for place, cell in enumerate(cells):
            told = f"{label}, {of.columns[place]}: {cell.text}"
            _cell(canvas, cell, left + place * slot, places.rows[row].top + down, slot, told)
    return canvas.finish(tell_more(canvas, len(of.rows), places.end + down), "grid")


def _column_width(of: Grid) -> float:
    """Return the width at which a grid's columns show all that they say, as far as that is not too much.

    Their names may take two lines: a part of a name's width does, as far as no word is wider.
    """
    texts = [width_of(cell.text) for _, cells in of.rows for cell in cells]
    names = [max(width_of(name) * _TWO_LINES, *map(width_of, name.split() or [""])) for name in of.columns]
    return min(_WIDEST_COLUMN, max([_LEAST_COLUMN, *(wide + GAP for wide in (*texts, *names))]))


def _heads(canvas: Canvas, of: Grid, left: float, slot: float) -> float:
    """Write the columns' names, and return how much higher than a line they are.

    Names of things stand in two or three lines where one is too narrow. Of times every n-th is written, in full, as
    where columns are too narrow for names at all.
    """
    names, room = of.columns, slot - 6
    if of.is_over_time or room < _SLIMMEST_NAME:
        _some_heads(canvas, names, left, slot)
        return 0.0
    written = [lines_of(name, room, _HEAD_LINES) for name in names]
    for place, lines in enumerate(written):
        for number, line in enumerate(lines):
            canvas.text(left + place * slot + 1, BASE + number * LINE, line, room, whole=names[place])
    return float(LINE * (max(map(len, written), default=1) - 1))


def _some_heads(canvas: Canvas, names: Sequence[str], left: float, slot: float) -> None:
    """Write each name cut to its column, or every n-th in full where the columns are too narrow."""
    step = 1
    while step < len(names) and slot * step - 6 < min(60.0, max(map(width_of, names))):
        step += 1
    for place in range(0, len(names), step):
        room = min(slot * step, canvas.width - EDGE - left - place * slot) - 6
        if step > 1 and width_of(names[place]) > room < slot * step - 6:
            continue  # the last one that has less room than the others is left out, not cut
        canvas.text(left + place * slot + 1, BASE, names[place], room)


def _cell(canvas: Canvas, cell: Cell, x: float, y: float, slot: float, told: str) -> None:
    gap = 1.0 if slot > _SLIM else 0.0
    canvas.rect(x + gap, y + 2, slot - 2 * gap, ROW - 4, heat(cell), told)
    if fit(cell.text, slot - 4) == cell.text:
        canvas.text(x + slot / 2, y + BASE, cell.text, slot - 4, anchor="middle", kind=f"on {heat(cell)}")


def heat(cell: Cell) -> str:
    """Return the kind of a cell: `h0` to `h5` by its share, `hx` for more than full, or its tone."""
    if cell.share is None:
        return f"tone {cell.tone.value}"
    step = sum(cell.share >= least for least in _HEAT_STEPS)
    return "hx" if step == len(_HEAT_STEPS) else f"h{step}"
