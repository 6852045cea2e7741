"""What a chart shows, as figures without any drawing: where things begin and end, how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from revplan.reports.document import Words


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something that takes from one day to another.

    Attributes:
        text: what is said of it besides its label: who does it, and when.
        is_done: whether it is behind us.
    """

    label: str
    text: str
    start: date
    end: date
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Gantt:
    """Stretches of days between two days, one below the other.

    Attributes:
        today: marked where it lies between them.
    """

    start: date
    end: date
    today: date
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A thing with two measures.

    Attributes:
        mark: a few characters to know it by in the plot; empty for a bare dot.
        name: what it is.
    """

    mark: str
    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scatter:
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
    """A stage of a funnel: how many are in it, and the same in words."""

    label: str
    count: float
    text: str


@dataclass(frozen=True, slots=True)
class FunnelFigure:
    """Stages, the widest first."""

    stages: tuple[FunnelStage, ...]


@dataclass(frozen=True, slots=True)
class Spread:
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


@dataclass(frozen=True, slots=True)
class Fan:
    """How what may come spreads as time goes on.

    Attributes:
        lowest: the least value on it, in words with its unit.
        highest: the greatest value on it, likewise.
    """

    spreads: tuple[Spread, ...]
    lowest: str
    highest: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Somebody's part of a board: what they do in each of its columns."""

    label: str
    cells: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class SprintBars:
    """Who does what when: a lane each, below the names of its columns."""

    columns: tuple[str, ...]
    lanes: tuple[Lane, ...]


Figure = Gantt | Scatter | FunnelFigure | Fan | SprintBars
