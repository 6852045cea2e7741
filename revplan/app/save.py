"""The last step of a command that edits the plan: changes to text, text to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.store.commit import commit
from revplan.store.edit import edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.model.change import Change
    from revplan.store.loaded import Loaded


def save(loaded: Loaded, changes: Sequence[Change]) -> tuple[str, ...]:
    """Make the plan's files say the changes; return those that were written, none where nothing changes.

    Raises:
        WriteRefusedError: the files changed meanwhile or cannot be written; nothing was.
    """
    edits = edit(loaded, changes)
    commit(edits)
    return tuple(file.name for file in edits.files)


def preview(loaded: Loaded, changes: Sequence[Change]) -> str:
    """Return what the changes would do to the plan's files as a unified diff; nothing is written.

    Raises:
        WriteRefusedError: they cannot be made without a hand.
    """
    return edit(loaded, changes).diff()
