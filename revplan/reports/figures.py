"""What a chart shows, as figures without any drawing: where things begin and end, how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, NamedTuple

from revplan.reports.document import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from revplan.reports.document import Words

MORE_THAN_FULL = 1.0001
"""The share from which on a cell is more than full, whatever rounding did."""
_MOST_STEPS = 5
_STEPS = (1, 2, 5, 10)
"""What a tick's step may be, times a power of ten."""


class Tick(NamedTuple):
    """A value of an axis, and how it is written, with its unit."""

    value: float
    text: str


def ticks(values: Iterable[float], say: Callable[[float], str], *, from_zero: bool = True) -> tuple[Tick, ...]:
    """Return round values, from zero on or from below the least of the values, to above the greatest.

    The first is not above any value and the last not below any, so that all of them have their place between the two.
    Columns begin at zero; lines need not.
    """
    known = [*values, 0.0] if from_zero else [*values] or [0.0]
    low, high = min(known), max(known)
    if high <= low:
        high = low + 1
    raw = (high - low) / _MOST_STEPS
    power = 10.0 ** floor(log10(raw))
    step = next((power * each for each in _STEPS if power * each >= raw), power * 10)
    first, last = floor(low / step), -floor(-high / step)
    return tuple(Tick(number * step, say(number * step)) for number in range(first, last + 1))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that takes from one day to another.

    Attributes:
        text: what is said of it besides its label: who does it, and when.
        shorter: the same in fewer and fewer words, for where there is little room.
        is_done: whether it is behind us.
        part: how much of it is done, from 0 to 1.
        after: places of the stretches of the same figure that must end before this one begins, counted from 0.
        is_moment: whether it is a day on which something happens, and no work.
    """

    label: str
    text: str
    start: date
    end: date
    is_done: bool = False
    part: float = 0.0
    after: tuple[int, ...] = ()
    is_moment: bool = False
    shorter: tuple[str, ...] = ()


class Gantt(NamedTuple):
    """Stretches of days between two days, one below the other.

    Attributes:
        today: marked where it lies between them.
    """

    start: date
    end: date
    today: date
    stretches: tuple[Stretch, ...]


class Point(NamedTuple):
    """A thing with two measures.

    Attributes:
        mark: a few characters to know it by in the plot; empty for a bare dot.
        name: what it is.
    """

    mark: str
    name: str
    x: float
    y: float


class Scatter(NamedTuple):
    """Points in four quadrants.

    Attributes:
        x_title: what grows to the right, with its unit.
        y_title: what grows upward.
        x_split: where left becomes right.
        y_split: where below becomes above.
        quadrants: what they are called: above left, above right, below left, below right.
    """

    x_title: str
    y_title: str
    x_split: float
    y_split: float
    quadrants: tuple[str, str, str, str]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """A stage of a funnel: how many are in it, and the same in words.

    Attributes:
        actual: how many there are of those needed; None where that is not known.
    """

    label: str
    count: float
    text: str
    actual: float | None = None


@dataclass(frozen=True, slots=True)
class FunnelFigure:
    """Stages, the widest first."""

    stages: tuple[FunnelStage, ...]


class Spread(NamedTuple):
    """What may come at a time: a low, a middle and a high value, and what is aimed at.

    Attributes:
        label: the time.
        target: None where nothing is aimed at.
    """

    label: str
    low: float
    middle: float
    high: float
    target: float | None


class Fan(NamedTuple):
    """How what may come spreads as time goes on.

    Attributes:
        lowest: the least value on it, in words with its unit.
        highest: the greatest value on it, likewise.
        known: how many of the first spreads are known values, and no forecast.
        scale: ticks of the axis of values; none for an axis without.
        ends: the last spread's high, middle and low value and the last target in words; empty where they are not told.
    """

    spreads: tuple[Spread, ...]
    lowest: str
    highest: str
    known: int = 0
    scale: tuple[Tick, ...] = ()
    ends: tuple[str, ...] = ()


class Lane(NamedTuple):
    """Somebody's part of a board: what they do in each of its columns."""

    label: str
    cells: tuple[tuple[Words, ...], ...]


class SprintBars(NamedTuple):
    """Who does what when: a lane each, below the names of its columns."""

    columns: tuple[str, ...]
    lanes: tuple[Lane, ...]


class Upright(NamedTuple):
    """A column: what there is at a time, and what there was to be.

    Attributes:
        value: None where it is not known.
        target: None where nothing was aimed at.
        text: the value in words.
    """

    label: str
    value: float | None
    target: float | None
    text: str


class Columns(NamedTuple):
    """Values by time as columns, and what each was to be as a line."""

    uprights: tuple[Upright, ...]
    scale: tuple[Tick, ...]
    target_name: str = "target"


class Series(NamedTuple):
    """Values over time under one name.

    Attributes:
        values: one a label of the axis; None where there is none.
        is_plan: whether it is what was planned, drawn in dashes.
    """

    name: str
    values: tuple[float | None, ...]
    is_plan: bool = False


class LineChart(NamedTuple):
    """How values go over time.

    Attributes:
        labels: the times.
        now: the place of today among the labels; None where it is not among them.
    """

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    scale: tuple[Tick, ...]
    now: int | None = None


class Cell(NamedTuple):
    """A cell of a grid.

    Attributes:
        text: a few characters; the cell has its meaning without its colour.
        share: how full it is, 1 for full; None in a grid that is no heat map.
        tone: what it says.
    """

    text: str
    share: float | None = None
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Grid:
    """Things against things: a heat map where its cells have shares, else marks.

    Attributes:
        is_over_time: whether the columns are times, one after the other: some of their names are enough.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    is_over_time: bool = False


class WaterfallStep(NamedTuple):
    """A step of a waterfall.

    Attributes:
        amount: what it adds, or takes where it is negative; of a total, the level itself.
        text: the amount in words.
        is_total: whether it stands on the ground.
    """

    label: str
    amount: float
    text: str
    is_total: bool = False


class Waterfall(NamedTuple):
    """How one amount becomes another, step by step."""

    steps: tuple[WaterfallStep, ...]


class Link(NamedTuple):
    """What goes from one thing to another.

    Attributes:
        weight: how much, at least 0.
        text: the same in words.
        tone: how it stands; what is not good is drawn in dashes.
    """

    source: str
    target: str
    weight: float
    text: str
    tone: Tone = Tone.PLAIN


class Flow(NamedTuple):
    """What goes from the things on the left to those on the right."""

    links: tuple[Link, ...]


class TreeNode(NamedTuple):
    """A thing in a tree, with what is said of it."""

    label: str
    text: str
    depth: int
    tone: Tone = Tone.PLAIN


class Tree(NamedTuple):
    """Things below the one they belong to, in the order of a walk from the top."""

    nodes: tuple[TreeNode, ...]


class Measure(NamedTuple):
    """A bar of a ranking: how much, and against what.

    Attributes:
        more: what is to be added to it for certain, such as money that is committed beside what is spent.
        whole: what there is in all; None where the bars' ground says nothing.
    """

    label: str
    value: float
    text: str
    target: float | None = None
    tone: Tone = Tone.PLAIN
    more: float = 0.0
    whole: float | None = None

    @property
    def reach(self) -> float:
        """How far it and all that it is measured against reach."""
        return max(self.value + self.more, self.target or 0.0, self.whole or 0.0)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Bars of one scale below one another; a mark shows what each is measured against."""

    measures: tuple[Measure, ...]


Drawing = Gantt | Scatter | FunnelFigure | Fan | Columns | LineChart | Grid | Waterfall | Flow | Tree | Ranking
"""What a drawing shows."""
Figure = Drawing | SprintBars
"""What a chart shows: a drawing, or a board of text."""
