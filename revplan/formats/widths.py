"""How wide a table is at least, and so how it shows: as it is, in small letters, or row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from revplan.formats import svg
from revplan.formats.markup import together
from revplan.formats.svg.canvas import width_of
from revplan.formats.text import split_commands
from revplan.reports.document import Align, Spark, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from revplan.reports.document import Table, Words
    from revplan.reports.figures import SprintBars

_WEEK_LEAST, _TASK_EDGE = 112, 16
"""Pixels that a week of a board takes at least, and those of a task's edge."""
_PIECES = re.compile(r"[^\s/-]+[/-]*|[/-]+")
"""What of an id stays on one line."""
_SHORT, _FAIR, _LONG = 16, 24, 60
"""Characters up to which a cell stands on one line, does so where the screen is wide, and takes little room."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """Pixels of a table, as the style sheet has them."""

    text: float
    """Size of its text."""
    head: float
    """Size of its columns' names."""
    gap: float
    """What lies between two columns."""
    after_figures: float
    """What lies besides between a column of figures and one of words."""
    long_least: float
    """Width that a cell takes at least that wraps."""
    text_least: float
    """Width that a cell of many words takes at least."""
    character: float
    """Advance of a character of a command; a command in a table does not wrap."""
    is_close: bool = False
    """Whether short cells of words wrap too."""


_USUAL = _Measure(text=16, head=14, gap=12, after_figures=8, long_least=144, text_least=288, character=9.0)
_TIGHT = _Measure(text=14, head=13, gap=8, after_figures=8, long_least=128, text_least=192, character=7.9)
_SMALL = _Measure(text=13, head=13, gap=8, after_figures=4, long_least=112, text_least=168, character=7.4)
_CLOSE = replace(_SMALL, is_close=True)
_KINDS = (
    (_USUAL, svg.PHONE, None),
    (_USUAL, 608, "cards"),
    (_USUAL, 767, "slim"),
    (_TIGHT, 767, "slim tight"),
    (_SMALL, 767, "slim small"),
    (_CLOSE, 767, "slim small close"),
    (_TIGHT, 864, "wide tight"),
)
"""How tables show that take up to so many pixels in such letters: as they are, or row by row where it is too narrow."""
_WIDEST = "vast"
"""How tables show that are wider."""


def kind_of(table: Table) -> str | None:
    """Return the kind of a table by its width, which the style sheet knows; None for one that fits every screen."""
    return _kind_for(partial(_least_width, list(_extents(table))))


def kind_of_board(board: SprintBars) -> str | None:
    """Return the kind of a board by its width, as `kind_of` does."""
    return _kind_for(partial(_board_width, board))


def name_width(said: str) -> str | None:
    """Return how a row's name wraps; it takes no more room than it needs, for the figures to stay in sight."""
    if len(said) <= _SHORT:
        return None
    return "fair" if len(said) <= _FAIR else "long"


def text_width(said: str) -> str | None:
    """Return how a cell wraps: a text of many words has room, for its row not to grow tall on a phone.

    A command does not wrap; a few words beside it stay on its line where the screen is wide.
    """
    if "`" in said and len(said) > _SHORT:
        pieces = split_commands(said)
        beside = sum(len(piece) for piece, is_command in pieces if not is_command)
        if len(pieces) > 1 and beside <= _FAIR:
            return "fair"
    return "text" if len(said) > _LONG else name_width(said)


def _kind_for(width: Callable[[_Measure], float]) -> str | None:
    """Return how a table shows whose width in pixels is known for each measure."""
    return next((kind for measure, most, kind in _KINDS if width(measure) <= most), _WIDEST)


class _Extent(NamedTuple):
    """What a column holds, its texts in parts of their letters' size."""

    head: float
    """The longest word of its name."""
    said: float
    """The longest of what does not wrap: words, and whole cells that are short."""
    word: float
    """The longest of what does not wrap where short cells of words wrap too."""
    spark: float
    """What stands in the cell beside a spark; less than 0 where the column has none."""
    command: int
    """Characters of the longest command."""
    wraps: bool
    """Whether a cell wraps."""
    is_text: bool
    """Whether a cell has many words."""
    follows_figures: bool
    """Whether it is a column of words behind one of figures."""

    def width(self, measure: _Measure) -> float:
        """Return the pixels that the column takes at least."""
        room = measure.text_least if self.is_text else measure.long_least if self.wraps else 0
        spark = svg.SPARK_WIDTH + self.spark * measure.text if self.spark >= 0 else 0
        command = self.command * measure.character
        said = self.word if measure.is_close else self.said
        found = max(self.head * measure.head, said * measure.text, spark, command, room) + measure.gap
        return found + measure.after_figures if self.follows_figures else found


def _least_width(extents: Sequence[_Extent], measure: _Measure) -> float:
    """Return the pixels that a table takes at least, as the style sheet has it."""
    return sum(extent.width(measure) for extent in extents)


def _extents(table: Table) -> Iterator[_Extent]:
    before = Align.LEFT
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        sparks = [cell for cell in cells if _has_spark(cell)]
        said = [together(plain(cell)) for cell in cells if not _has_spark(cell)]
        wrapping = name_width if place == table.naming_column else text_width
        kinds = [None if column.align is Align.RIGHT else wrapping(one) for one in said]
        pieces = {
            piece
            for one, kind in zip(said, kinds, strict=True)
            for piece in ([one] if kind is None else one.split(" "))
        }
        yield _Extent(
            head=_longest(column.title.split()),
            said=_longest(pieces),
            word=_longest(pieces if column.align is Align.RIGHT else {word for one in said for word in one.split(" ")}),
            spark=max((_beside_spark(cell) for cell in sparks), default=-1.0),
            command=max(
                (len(piece) for one in said for piece, is_command in split_commands(one) if is_command), default=0
            ),
            wraps=any(kind is not None for kind in kinds),
            is_text="text" in kinds,
            follows_figures=before is Align.RIGHT and column.align is not Align.RIGHT,
        )
        before = column.align


def _longest(pieces: Iterable[str]) -> float:
    return max((width_of(piece, 1) for piece in pieces), default=0.0)


def _has_spark(cell: Words) -> bool:
    return any(isinstance(run, Spark) for run in cell)


def _beside_spark(cell: Words) -> float:
    return sum(width_of(run.text, 1) for run in cell if not isinstance(run, Spark))


def _board_width(board: SprintBars, _measure: _Measure) -> float:
    """Return the pixels that a board takes at least for each part of an id to be whole, as the style sheet has it.

    A board has one size of letters.
    """
    found = max((width_of(lane.label, _USUAL.text) for lane in board.lanes), default=0.0) + _USUAL.gap
    for place in range(len(board.columns)):
        said = [plain(task) for lane in board.lanes for task in lane.cells[place]]
        pieces = (width_of(piece, _USUAL.head) for each in said for piece in _PIECES.findall(each))
        found += max([_WEEK_LEAST, *(wide + _TASK_EDGE for wide in pieces)]) + _USUAL.gap
    return found
