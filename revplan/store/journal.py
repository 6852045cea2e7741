"""The journal of a write: what is to be put where, sealed, so that no journal but this user's own is ever taken up."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import asdict, dataclass
from pathlib import Path

from revplan.errors import GitError
from revplan.store.seal import is_sealed, seal

PENDING = ".revplan.pending"
"""The folder in which a write is prepared; nothing of it is left when the write is done."""
JOURNAL = "journal.json"


@dataclass(frozen=True, slots=True)
class Step:
    """One file of a write; `old` and `new` are digests, and `old` is None where there is no file before."""

    target: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class Journal:
    """A write that is complete but for being put in its place.

    Attributes:
        base: the folder that the steps' targets start from.
        steps: the files, in the order in which they are put in their places.
        folders: the folders that the write makes, the outermost first; they go where it is taken back.
    """

    base: Path
    steps: tuple[Step, ...]
    folders: tuple[str, ...] = ()

    def encode(self, root: Path) -> bytes:
        """Return the journal as it is written in a folder."""
        body = {
            "base": Path(os.path.relpath(self.base, root)).as_posix(),
            "folders": list(self.folders),
            "steps": [asdict(step) for step in self.steps],
        }
        return json.dumps({**body, "seal": seal(root, _text(body))}).encode()


def decode(root: Path, content: bytes) -> Journal | None:
    """Return a journal that this user of this machine wrote in this folder; None for any other."""
    try:
        body = json.loads(content)
        sealed = body.pop("seal")
        if not is_sealed(root, _text(body), sealed):
            return None
        steps = tuple(Step(**step) for step in body["steps"])
        return Journal(Path(os.path.normpath(root / body["base"])), steps, tuple(body["folders"]))
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None


def is_pending(root: Path) -> bool:
    """Tell whether a folder holds what a write left behind: a folder of its own, and no link to another."""
    try:
        return stat.S_ISDIR((root / PENDING).lstat().st_mode)
    except OSError:
        return False


def is_tracked(root: Path) -> bool:
    """Tell whether git holds the folder of a pending write, which then came with a clone or a checkout."""
    from revplan.store.git import Git  # noqa: PLC0415 - hardly ever asked, and slow to import

    try:
        return bool(Git(root).try_to("ls-files", "--", PENDING))
    except GitError:
        return False


def _text(body: object) -> bytes:
    return json.dumps(body, sort_keys=True).encode()
