"""Parts of which each thing has a row of its own, drawn in characters."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from revplan import wording
from revplan.formats.characters.labels import MOST_ROWS, align_right, gutter, legend_lines, more, pad, wrap
from revplan.formats.text import visible
from revplan.formats.text import width as columns_of
from revplan.reports import figures
from revplan.reports.document import Run, Tone, dim, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.reports.document import Words
    from revplan.reports.figures import Cell, Flow, FunnelFigure, Gantt, Grid, Ranking, Tree, Waterfall

_SHADES = (" ", "░", "▒", "▓", "█")
_FULL, _MORE, _EMPTY = "█", "▒", "░"


_LEAST_BAR = 12
"""Columns that a bar has at least beside its label."""


class LabelledRows(NamedTuple):
    """Where rows have their labels, their bars and the words behind.

    Labels stand beside the bars, a long one in several lines, where that takes no more lines; else above, in lines of
    their own. None is cut.

    Attributes:
        left: columns of the labels; 0 where they stand above.
        room: columns of the bars.
        behind: columns of the words behind.
    """

    width: int
    left: int
    room: int
    behind: int

    def row(self, label: str, bar: str | Run, said: str | Run = "") -> list[Words]:
        """Return the lines of a row."""
        run = said if isinstance(said, Run) else Run(said)
        behind: list[str | Run] = [" ", Run(align_right(run.text, self.behind), run.tone)] if self.behind else []
        return self.lines(label, bar, *behind)

    def lines(self, label: str, *bar: str | Run) -> list[Words]:
        """Return the lines of a row whose bar is made of several runs."""
        beside = _wrap_whole(label, self.left)
        if beside is None:
            start = [" " * (self.left + 1)] if self.left else []
            return [*(words(line) for line in wrap(label, self.width)), words(*start, *bar)]
        first, *others = beside or [""]
        return [words(f"{pad(first, self.left)} ", *bar), *map(words, others)]


def _rows(labels: Sequence[str], said: Sequence[str], width: int) -> LabelledRows:
    """Return where rows have their parts: labels take two fifths at most, the words behind as much."""
    most = width * 2 // 5
    behind = gutter(said, most)
    taken = behind + (behind > 0)
    above = LabelledRows(width, 0, width - taken, behind)
    broken = [lines for label in labels if (lines := _wrap_whole(label, most)) is not None]
    left = gutter([line for lines in broken for line in lines], most)
    beside = LabelledRows(width, left, width - left - 1 - taken, behind)
    if not left or beside.room < _LEAST_BAR:
        return above
    fewest, other = (sum(len(places.lines(label)) for label in labels) for places in (beside, above))
    return beside if fewest <= other else above


def _wrap_whole(label: str, room: int) -> list[str] | None:
    """Return a label in lines of so many columns; None where one of its words has no room in a line."""
    return None if gutter(visible(label).split(), room + 1) > room else wrap(label, room)


def waterfall(of: Waterfall, width: int) -> Sequence[Words]:
    """Return steps below one another, each from where the one before it ends."""
    shown = of.steps[:MOST_ROWS]
    places = _rows([step.label for step in shown], [step.text for step in shown], width)
    level, spans = 0.0, []
    for step in shown:
        start = 0.0 if step.is_total else level
        level = step.amount if step.is_total else level + step.amount
        spans.append(sorted((start, level)))
    low, high = min((first for first, _ in spans), default=0.0), max((last for _, last in spans), default=0.0)
    unit = places.room / ((high - low) or 1.0)
    lines: list[Words] = []
    for step, (first, last) in zip(shown, spans, strict=True):
        start = min(places.room - 1, round((first - low) * unit))
        size = max(1, min(places.room - start, round((last - first) * unit)))
        bar = (_FULL if step.is_total else "▒") * size
        lines += places.row(step.label, f"{' ' * start}{bar}".ljust(places.room), step.text)
    return [*lines, *more(len(of.steps))]


def ranking(of: Ranking, width: int) -> Sequence[Words]:
    """Return bars on one scale; an upright mark shows what each is measured against."""
    shown = of.measures[:MOST_ROWS]
    places = _rows([one.label for one in shown], [one.text for one in shown], width)
    most, room = max((one.reach for one in shown), default=0.0) or 1.0, places.room
    lines: list[Words] = []
    for one in shown:
        size = min(room, round(max(0.0, one.value) / most * room))
        open_size = min(room - size, round(max(0.0, one.more) / most * room))
        ground = room if one.whole is None else round(max(0.0, one.whole) / most * room)
        bar = list((_FULL * size + _MORE * open_size).ljust(ground, _EMPTY).ljust(room))
        if one.target is not None:
            bar[min(room - 1, max(0, round(one.target / most * room) - 1))] = "┃"
        lines += places.row(one.label, Run("".join(bar), one.tone), one.text)
    return [*lines, *more(len(of.measures))]


def tree(of: Tree, width: int) -> Sequence[Words]:
    """Return things below the one that they belong to; a name that has no room goes on in the next line."""
    shown = of.nodes[:MOST_ROWS]
    behind = gutter([node.text for node in shown], width // 3)
    lines = []
    for node in shown:
        depth = min(node.depth, width // 6)
        branch = "  " * (depth - 1) + "└ " if depth else ""
        room = width - columns_of(branch) - behind - 1
        first, *others = wrap(node.label, room) or [""]
        text = Run(align_right(node.text, behind), node.tone)
        lines.append(words(dim(branch), f"{pad(first, room)} ", text))
        lines += [words(f"{' ' * columns_of(branch)}{line}") for line in others]
    return [*lines, *more(len(of.nodes))]


def grid(of: Grid, width: int) -> Sequence[Words]:
    """Return things against things; cells of a heat map are shaded by their share."""
    shown = of.rows[:MOST_ROWS]
    places = _rows([label for label, _ in shown], [], width)
    texts = [_say(cell, width).rstrip() for _, cells in shown for cell in cells]
    words_of = [word for name in of.columns for word in name.split()]
    whole, wrapped = (max(map(columns_of, [*texts, *names, " "])) + 1 for names in (of.columns, words_of))
    if places.room < wrapped * len(of.columns):
        places = LabelledRows(width, 0, width, 0)
    fair = places.room // max(1, len(of.columns))
    slot = whole + _BREATH if whole + _BREATH <= fair else max(min(wrapped, places.room), fair)
    count = min(len(of.columns), places.room // slot)
    start = " " * (places.left + 1 if places.left else 0)
    heads = [wrap(name, slot - 1) for name in of.columns[:count]]
    lines = [
        words(dim((start + "".join(pad(head[row] if row < len(head) else "", slot) for head in heads)).rstrip()))
        for row in range(max(map(len, heads), default=0))
    ]
    for label, cells in shown:
        runs = [Run(f"{_say(cell, slot - 1)} ", cell.tone) for cell in cells[:count]]
        lines += places.lines(label, *runs)
    beyond = len(of.columns) - count
    missing = legend_lines(f"and {wording.plural(beyond, 'column')} more in the table", width) if beyond else []
    return [*lines, *more(len(of.rows)), *missing]


_BREATH = 2
"""Columns that cells have between them besides one, where there is room."""


def _say(cell: Cell, room: int) -> str:
    """Return a cell's text, behind its shade where it has one, in so many columns."""
    return pad(cell.text or "·", room) if cell.share is None else f"{_shade(cell.share)} {pad(cell.text, room - 2)}"


def _shade(share: float) -> str:
    """Return a shading character for a share from 0 to 1; a share above 1 has a mark of its own."""
    return "▲" if share > figures.MORE_THAN_FULL else _SHADES[min(len(_SHADES) - 1, ceil(max(0.0, share) * 4 - 1e-9))]


def timeline(of: Gantt, width: int) -> Sequence[Words]:
    """Return stretches of days below one another, how far each is, and today's line."""
    shown = of.stretches[:MOST_ROWS]
    days = max(1, (of.end - of.start).days + 1)
    places = _rows([one.label for one in shown], [], width)
    room = places.room
    now = (of.today - of.start).days * room // days if of.start <= of.today <= of.end else None
    start = " " * (places.left + 1 if places.left else 0)
    lines = [words(dim(f"{start}{_days(of, days, room)}"))]
    for one in shown:
        first = min(days - 1, max(0, (one.start - of.start).days)) * room // days
        last = max(first + 1, min(days, (one.end - of.start).days + 1) * room // days)
        done = last if one.is_done else first + round((last - first) * one.part)
        if one.is_moment:
            last = first + 1
        cells = ["◆"] if one.is_moment else ["▓" if column < done else _FULL for column in range(first, last)]
        line = list(" " * first + "".join("▒" if one.is_done else cell for cell in cells) + " " * (room - last))
        if now is not None and line[now] == " ":
            line[now] = "│"
        lines += places.row(one.label, "".join(line).rstrip())
    drawn = {mark for line in lines[1:] for mark in line[-1].text}
    marks = ", ".join(f"{mark} {meaning}" for mark, meaning in _MEANINGS if mark in drawn)
    return [*lines, *more(len(of.stretches)), *legend_lines(marks, width)]


_MEANINGS = ((_FULL, "to do"), ("▓", "done of it"), ("▒", "done"), ("│", "today"))


def _days(of: Gantt, days: int, room: int) -> str:
    """Return the names of Mondays at their places, as many as have room."""
    line = ""
    for number in range(days):
        day = of.start + timedelta(number)
        place, name = number * room // days, wording.short_date(day)
        if day.weekday() == 0 and (not line or place > len(line)) and place + len(name) <= room:
            line = line.ljust(place) + name
    return line


def flow(of: Flow, width: int) -> Sequence[Words]:
    """Return what goes from where to where; what does not fit a line stands in lines of its own."""
    shown = of.links[:MOST_ROWS]
    left, end = (gutter(side, width) for side in ([one.source for one in shown], [one.target for one in shown]))
    room = width - left - end - 6
    arrows = {Tone.BAD: "─✗→", Tone.WARN: "┄┄→"}
    lines: list[Words] = []
    for one in shown:
        arrow = arrows.get(one.tone, "──→")
        if columns_of(one.text) <= room:
            lines.append(words(f"{pad(one.source, left)} {arrow} {pad(one.target, end)} ", Run(one.text, one.tone)))
        else:
            lines += [words(line) for line in wrap(f"{one.source} {arrow} {one.target}", width)]
            lines += [words("  ", Run(line, one.tone)) for line in wrap(one.text, width - 2)]
    return [*lines, *more(len(of.links))]


def funnel(of: FunnelFigure, width: int) -> Sequence[Words]:
    """Return stages, the widest first, by the square root of their counts; what is there fills what is needed."""
    places = _rows([one.label for one in of.stages], [one.text for one in of.stages], width)
    most = max((max(one.count, one.actual or 0.0) for one in of.stages), default=0.0) or 1.0
    lines: list[Words] = []
    for stage in of.stages:
        size = max(1, round((max(0.0, stage.count) / most) ** 0.5 * places.room))
        had = 0 if stage.actual is None else min(size, round((max(0.0, stage.actual) / most) ** 0.5 * places.room))
        drawn = _FULL * size if stage.actual is None else _FULL * had + _EMPTY * (size - had)
        lines += places.row(stage.label, drawn.center(places.room), stage.text)
    return lines
