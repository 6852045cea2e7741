"""What is going on, told on stderr while it lasts: only to somebody who is looking, and only after a second."""

from __future__ import annotations

import os
import sys
from time import monotonic
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 1.0
"""Seconds in which nothing is told."""
_CLEAR_LINE = "\r\x1b[2K"


class ProgressLine:
    """One line of a terminal that says what is going on, and is gone when it is over."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self.stream = stream
        self.clock = clock
        self.begun = clock()
        self.is_shown = False

    def __enter__(self) -> Callable[[str], None]:
        return self.tell if is_watched(self.stream) else _tell_nobody

    def __exit__(self, *_: object) -> None:
        if self.is_shown:
            self._write(_CLEAR_LINE)

    def tell(self, step: str) -> None:
        """Show a step in place of the one before, once it has been going on for long enough."""
        seconds = self.clock() - self.begun
        if seconds >= PATIENCE:
            self.is_shown = True
            self._write(f"{_CLEAR_LINE}{step} … {seconds:.0f} s (Ctrl-C: the best plan so far)")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()


def progress() -> ProgressLine:
    """Return the progress of what begins now."""
    return ProgressLine(sys.stderr)


def is_watched(stream: TextIO) -> bool:
    """Tell whether somebody looks at a stream: a terminal that can clear a line, and no CI."""
    return stream.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def _tell_nobody(_step: str) -> None:
    """Keep quiet."""
