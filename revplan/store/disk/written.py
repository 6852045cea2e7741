"""What this process writes to plans: its command line, the files in place, and the folder of a write under way.

Every command that reads a plan asks this module alone; the journal and the transaction are for those that write.
"""

from __future__ import annotations

import stat
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PENDING = ".revplan.pending"
"""Name of the folder in which a write is prepared. A completed write removes the folder."""

COMMAND: ContextVar[str] = ContextVar("COMMAND", default="")
"""The command line that runs, for the journal of what it writes; empty in a program or server, which runs many."""
WRITTEN: list[str] = []
"""Names of the files that this process has written, for a command that the user interrupts."""
CUT_OFF: list[str] = []
"""Names of the files of a write that the user interrupted twice: the next command finishes it or takes it back."""


def note_written(names: str) -> None:
    """Note the names of files that are now in place."""
    if names not in WRITTEN:
        WRITTEN.append(names)


def note_cut_off(names: str) -> None:
    """Note the names of files whose write was cut off, unless they are in place all the same."""
    if names not in WRITTEN:
        CUT_OFF.append(names)


def is_pending(root: Path) -> bool:
    """Tell whether a folder holds an unfinished write: a real folder named PENDING, not a link."""
    try:
        return stat.S_ISDIR((root / PENDING).lstat().st_mode)
    except OSError:
        return False
