"""Edits to the disk: all of them or none, also where the process is killed in the middle.

New and old contents are first laid out in a hidden folder of the plan, then a journal beside them says that they are
complete. That is the point of no return: from there on, whoever comes next carries the write through, or takes it
back where somebody has changed one of the files since.
"""

from __future__ import annotations

import errno
import json
import stat
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path  # noqa: TC003 - a field's type
from typing import TYPE_CHECKING

from revplan.errors import WriteRefusedError
from revplan.store.discover import SUFFIXES
from revplan.store.disk import Disk
from revplan.store.edits import digest
from revplan.store.lock import locked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.store.edits import Edits, FileEdit

PENDING = ".revplan.pending"
"""The folder in which a write is prepared; nothing of it is left when the write is done."""


def commit(edits: Edits, disk: Disk | None = None) -> None:
    """Write edits to the disk; on return all of them are there.

    Raises:
        WriteRefusedError: where a file is not as it was read, cannot be written, or another command is writing.
            No file of the edits has changed then, unless the message says so.
    """
    if not edits.files:
        return
    with locked(edits.root):
        _Writing(edits.root, disk or Disk()).write(edits)


def recover(root: Path, disk: Disk | None = None) -> None:
    """Finish or take back a write that was cut off. To be called before a plan is read; nearly always does nothing.

    Raises:
        WriteRefusedError: where another command is writing just now, or where it can be neither finished nor
            taken back.
    """
    if not (root / PENDING).is_dir():
        return
    with locked(root):
        _Writing(root, disk or Disk()).recover()


@dataclass(frozen=True, slots=True)
class _Step:
    """One file of a write; `old` and `new` are digests, and None where there is no file before."""

    target: str
    old: str | None
    new: str


class _Writing:
    """The writing of one set of edits, by somebody who holds the lock."""

    def __init__(self, root: Path, disk: Disk) -> None:
        self.root = root.resolve()
        self.disk = disk
        self.folder = self.root / PENDING
        self.journal = self.folder / "journal.json"

    def write(self, edits: Edits) -> None:
        """Write the edits, or nothing."""
        self.recover()
        steps = [self.step(edit) for edit in edits.files]
        try:
            self.stage(edits.files, steps)
        except OSError as error:
            self.give_up()
            raise _refused(error) from None
        try:
            self.carry_out(steps)
        except OSError as error:
            self.take_back(steps)
            raise _refused(error) from None
        with suppress(OSError):  # all files are in their places; what is left beside them the next command removes
            self.clear()

    def recover(self) -> None:
        """Finish what another command has left, or take it back where a file was changed since."""
        try:
            steps = self.left()
            if all(self.is_ready(number, step) for number, step in enumerate(steps)):
                self.carry_out(steps)
            else:
                self.take_back(steps)
            self.clear()
        except OSError as error:
            raise _cut_off(error) from None

    # --- before the journal ------------------------------------------------------------------------------------

    def step(self, edit: FileEdit) -> _Step:
        """Return where an edit goes, having checked that the file is still the one that was read."""
        target = edit.path.resolve()
        if not self.may_write(target):
            raise WriteRefusedError(f"{edit.name} leads to what is no file of this plan; nothing was written")
        try:
            found = self.found(target)
        except OSError as error:
            raise _refused(error) from None
        if found != edit.digest:
            what = "is there already" if edit.old is None else "changed meanwhile"
            raise WriteRefusedError(f"{edit.name} {what}; nothing was written", hint="run the command again")
        return _Step(target.relative_to(self.root).as_posix(), found, digest(edit.new))

    def may_write(self, target: Path) -> bool:
        """Tell whether a file may be one of the plan's: a journal is no way to write anything else."""
        if not target.is_relative_to(self.root) or target.resolve() != target:
            return False
        parts = target.relative_to(self.root).parts
        return target.name.endswith(SUFFIXES) and not any(part.startswith(".") for part in parts)

    def stage(self, edits: Sequence[FileEdit], steps: Sequence[_Step]) -> None:
        """Lay out old and new contents, and then the journal that says that they are complete."""
        self.disk.make_folder(self.folder)
        for number, (edit, step) in enumerate(zip(edits, steps, strict=True)):
            mode = _mode(self.root / step.target)
            self.disk.write(self.new(number), edit.new, mode)
            if edit.old is not None:
                self.disk.write(self.old(number), edit.old, mode)
        draft = self.folder / "journal.draft"
        self.disk.write(draft, json.dumps([asdict(step) for step in steps]).encode(), None)
        self.disk.replace(draft, self.journal)
        self.disk.sync_folder(self.folder)
        self.disk.sync_folder(self.root)

    def give_up(self) -> None:
        """Remove what was laid out; what cannot be removed does no harm, unless the journal says it is complete."""
        try:
            self.clear()
        except OSError as error:
            if self.journal.exists():
                raise _cut_off(error) from None

    # --- after it ----------------------------------------------------------------------------------------------

    def left(self) -> tuple[_Step, ...]:
        """Return the steps of a write that was cut off; none where its journal was not yet written."""
        content = self.disk.read(self.journal)
        if content is None:
            return ()
        try:
            steps = tuple(_Step(**step) for step in json.loads(content))
            sound = all(self.may_write(self.root / step.target) for step in steps)
        except (TypeError, ValueError):
            sound = False
        if not sound:
            raise WriteRefusedError(f"{PENDING} is not what revplan writes", hint="look into it, and remove it")
        return steps

    def is_ready(self, number: int, step: _Step) -> bool:
        """Tell whether a step is done, or can be done without overwriting what somebody else wrote.

        A new content that is not waiting any more was put in its place; what was done to it there came later.
        """
        found = self.found(self.root / step.target)
        return (found == step.old) == self.is_waiting(number)

    def is_waiting(self, number: int) -> bool:
        """Tell whether a new content has still to be put in its place."""
        return self.disk.read(self.new(number)) is not None

    def carry_out(self, steps: Sequence[_Step]) -> None:
        """Put every new content in its place, where it is not there yet."""
        for number, step in enumerate(steps):
            target = self.root / step.target
            if self.is_waiting(number):
                self.disk.make_folder(target.parent)
                self.disk.replace(self.new(number), target)
        self.sync(steps)

    def take_back(self, steps: Sequence[_Step]) -> None:
        """Put every old content back in its place, and the whole write out of the way."""
        try:
            for number, step in enumerate(steps):
                target = self.root / step.target
                found = self.found(target)
                if self.is_waiting(number) or found == step.old:
                    continue
                if found != step.new:
                    hint = f"look at `git diff`, put the files right by hand, and remove {PENDING}"
                    raise WriteRefusedError(f"a write was cut off, and {step.target} changed since", hint=hint)
                if step.old is None:
                    self.disk.remove(target)
                else:
                    self.disk.replace(self.old(number), target)
            self.sync(steps)
            self.clear()
        except OSError as error:
            raise _cut_off(error) from None

    def sync(self, steps: Sequence[_Step]) -> None:
        for folder in sorted({(self.root / step.target).parent for step in steps}):
            if folder.is_dir():
                self.disk.sync_folder(folder)

    def clear(self) -> None:
        """Remove what was prepared: the journal first, because without it the rest means nothing."""
        self.disk.remove(self.journal)
        self.disk.remove_folder(self.folder)

    def found(self, target: Path) -> str | None:
        """Return the digest of what stands in a place now."""
        content = self.disk.read(target)
        return None if content is None else digest(content)

    def new(self, number: int) -> Path:
        return self.folder / f"{number}.new"

    def old(self, number: int) -> Path:
        return self.folder / f"{number}.old"


def _mode(target: Path) -> int | None:
    """Return the permissions of a file that is to be replaced; refuse one that is read-only."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None
    if not mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, "the file is read-only", str(target))
    return mode


def _refused(error: OSError) -> WriteRefusedError:
    return WriteRefusedError(f"nothing was written: {_reason(error)}", hint="make it writable, or make room")


def _cut_off(error: OSError) -> WriteRefusedError:
    hint = "make it writable, or make room; then any revplan command finishes the write or takes it back"
    return WriteRefusedError(f"a write was cut off, and cannot be finished yet: {_reason(error)}", hint=hint)


def _reason(error: OSError) -> str:
    file = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{file}"
