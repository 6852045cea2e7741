"""Edits to the disk: all of them or none, also where the process is killed in the middle.

New and old contents are first laid out in a hidden folder of the plan, then a journal beside them says that they are
complete. That is the point of no return: from there on, whoever comes next carries the write through, or takes it
back where somebody has changed one of the files since. Only this user's own journals are taken up, by their seal; what
comes with a clone or belongs to another user is left alone.
"""

from __future__ import annotations

import errno
import os
import stat
import warnings
from typing import TYPE_CHECKING

from revplan.errors import LockError, RevplanWarning, WriteRefusedError
from revplan.store.disk.edits import digest
from revplan.store.disk.journal import JOURNAL, PENDING, Journal, Step, decode, is_pending, is_tracked
from revplan.store.disk.lock import WAIT, Disk, hold_lock
from revplan.store.files import SUFFIXES, plan_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from revplan.store.disk.edits import Edits, FileEdit

_NOT_OURS = f"{PENDING} holds a write that was not begun here by you"
_MANY = 5
"""Files that are named one by one."""


def commit(
    edits: Edits, disk: Disk | None = None, *, again: Callable[[], Edits] | None = None, wait: float = WAIT
) -> None:
    """Write edits to the disk; on return all of them are there.

    Args:
        edits: what to write.
        disk: what is written to.
        again: works the edits out anew, under the lock, where the plan has changed since it was read.
        wait: seconds to wait for another command that writes.

    Raises:
        WriteRefusedError: where a file is not as it was read, cannot be written, or another command is writing.
            No file of the edits has changed then, unless the message says so.
    """
    if not edits.files:
        return
    with hold_lock(edits.root, wait):
        writing = _Writing(edits.root, disk or Disk())
        writing.tidy_up()
        changed = changed_since(edits)
        if changed is not None and again is None:
            raise _changed(changed)
        fresh = edits if changed is None or again is None else again()
        if fresh.files:
            writing.write(fresh)


def changed_since(edits: Edits) -> str | None:
    """Return a file that has changed since edits were worked out from it, or come since; None where all is as it was.

    Raises:
        UnreadablePlanError: the plan's folder cannot be listed any more.
    """
    if edits.basis is None:
        return None
    found = {file.name: file for file in plan_files(edits.root, edits.basis.exclude) if file.fault is None}
    for name, before in edits.basis.digests.items():
        try:
            if name not in found or digest(found[name].path.read_bytes()) != before:
                return name
        except OSError:
            return name
    return min(found.keys() - edits.basis.digests.keys(), default=None)


def recover(root: Path, disk: Disk | None = None) -> None:
    """Finish or take back a write of this user's that was cut off. To be called before a plan is read.

    Nearly always there is none: then nothing is written, and nothing locked. What another user left, or what a clone
    brought along, is left alone.

    Raises:
        WriteRefusedError: where the write can be neither finished nor taken back.
    """
    if not is_pending(root):
        return
    writing = _Writing(root, disk or Disk())
    try:
        content = writing.disk.read(writing.journal)
    except OSError:
        content = b""
    if content is None:
        return  # not yet complete, or of no use any more: the next command that writes clears it away
    if decode(writing.root, content) is None or is_tracked(root):
        _warn(f"{_NOT_OURS}: it is left alone, and the files are read as they are")
        return
    try:
        with hold_lock(root):
            writing.recover()
    except LockError as error:
        _warn(f"a write that was cut off cannot be finished yet, and the files are read as they are: {error}")


def retract(root: Path, disk: Disk | None = None) -> None:
    """Take back a write of new files that was cut off, so that it can be begun anew; finish it where one was edited.

    Raises:
        WriteRefusedError: where it is not this user's, or can be neither taken back nor finished.
    """
    if not os.path.lexists(root / PENDING):
        return
    with hold_lock(root):
        _Writing(root, disk or Disk()).retract()


class _Writing:
    """The writing of one set of edits, by somebody who holds the lock."""

    def __init__(self, root: Path, disk: Disk) -> None:
        self.root = root.resolve()
        self.disk = disk
        self.folder = self.root / PENDING
        self.journal = self.folder / JOURNAL

    def write(self, edits: Edits) -> None:
        """Write the edits, or nothing."""
        base = (edits.base or self.root).resolve()
        try:
            olds = [self.old_content(base, edit, edits) for edit in edits.files]
        except OSError as error:
            raise _refusal(error) from None
        journal = _journal(base, edits, olds)
        try:
            self.stage(journal, [edit.new for edit in edits.files], olds)
        except OSError as error:
            self.give_up()
            raise _refusal(error) from None
        try:
            self.carry_out(journal, is_first=True)
        except OSError as error:
            self.take_back(journal)
            raise _refusal(error) from None
        try:
            self.clear()
        except OSError as error:  # all files are in their places; the next command that writes removes the rest
            _warn(f"all is saved, but {PENDING} cannot be removed: {_reason(error)}")

    def tidy_up(self) -> None:
        """Make the way free for a write: finish or take back what was cut off, and clear the rest away.

        Raises:
            WriteRefusedError: it is not for this user to do.
        """
        if not os.path.lexists(self.folder):
            return
        if self.left() is not None:
            self.recover()
        else:
            self.clear_rest()

    def recover(self) -> None:
        """Finish what another command has left, or take it back where a file was changed since; say so."""
        journal = self.left()
        if journal is None:
            return
        try:
            is_to_finish = all(self.is_ready(journal, number, step) for number, step in enumerate(journal.steps))
            if is_to_finish:
                self.carry_out(journal)
            else:
                self.take_back(journal)
            self.clear()
        except OSError as error:
            raise _interruption(error) from None
        how = "finished" if is_to_finish else "taken back, for a file of it was changed since"
        _warn(f"a write that was cut off is {how}: {_names(journal)}")

    def retract(self) -> None:
        """Take back what is left of a write of new files; finish it where one of them was edited since."""
        journal = self.left()
        if journal is None:
            self.clear_rest()
            return
        try:
            places = [self.found(journal.base / step.target) for step in journal.steps]
            if any(found not in (step.old, step.new) for found, step in zip(places, journal.steps, strict=True)):
                self.recover()
            else:
                self.take_back(journal)
        except OSError as error:
            raise _interruption(error) from None

    # --- before the journal ------------------------------------------------------------------------------------

    def old_content(self, base: Path, edit: FileEdit, edits: Edits) -> bytes | None:
        """Return what stands in the place of an edit, having checked that it may be replaced."""
        target = _target(base, edit, edits)
        if not _is_within(base, target) or not (edits.is_output or edits.base or _is_of_plan(base, target)):
            what = "a link leads there" if edits.is_output or edits.base else "leads to what is no file of this plan"
            raise WriteRefusedError(f"{edit.name} {what}; nothing was written")
        found = self.disk.read(target)
        if not edits.is_output and (None if found is None else digest(found)) != edit.digest:
            raise _changed(edit.name, is_new=edit.old is None)
        return found

    def stage(self, journal: Journal, news: Sequence[bytes], olds: Sequence[bytes | None]) -> None:
        """Lay out old and new contents, and then the journal that says that they are complete."""
        self.disk.make_folder(self.folder)
        self.disk.write(self.folder / ".gitignore", b"*\n", None)
        for number, (step, new, old) in enumerate(zip(journal.steps, news, olds, strict=True)):
            mode = _mode(journal.base / step.target)
            self.disk.write(self.new(number), new, mode)
            if old is not None:
                self.disk.write(self.old(number), old, mode)
        draft = self.folder / "journal.draft"
        self.disk.write(draft, journal.encode(self.root), None)
        self.disk.replace(draft, self.journal)
        self.disk.sync_folder(self.folder)
        self.disk.sync_folder(self.root)

    def give_up(self) -> None:
        """Remove what was laid out; what cannot be removed does no harm, unless the journal says it is complete."""
        try:
            self.clear()
        except OSError as error:
            if self.journal.exists():
                raise _interruption(error) from None

    # --- after it ----------------------------------------------------------------------------------------------

    def left(self) -> Journal | None:
        """Return the journal of a write that was cut off; None where it was not yet written.

        Raises:
            WriteRefusedError: it is not this user's.
        """
        hint = f"look into {self.folder}, and remove it"
        if not is_pending(self.root):
            raise WriteRefusedError(f"{PENDING} is no folder of revplan's; nothing was written", hint=hint)
        try:
            content = self.disk.read(self.journal)
        except OSError as error:
            raise _interruption(error) from None
        if content is None:
            return None
        journal = decode(self.root, content)
        if journal is None or is_tracked(self.root):
            raise WriteRefusedError(f"{_NOT_OURS}; nothing was written", hint=hint)
        if not all(_is_within(journal.base, journal.base / step.target) for step in journal.steps):
            raise WriteRefusedError(f"{PENDING} leads elsewhere by a link; nothing was written", hint=hint)
        return journal

    def is_ready(self, journal: Journal, number: int, step: Step) -> bool:
        """Tell whether a step is done, or can be done without overwriting what somebody else wrote.

        A new content that is not waiting any more was put in its place; what was done to it there came later.
        """
        found = self.found(journal.base / step.target)
        waiting = self.found(self.new(number))
        return found != step.old if waiting is None else found == step.old and waiting == step.new

    def is_waiting(self, number: int) -> bool:
        """Tell whether a new content has still to be put in its place."""
        return self.disk.read(self.new(number)) is not None

    def carry_out(self, journal: Journal, *, is_first: bool = False) -> None:
        """Put every new content in its place, where it is not there yet.

        The first time, each place is looked at once more just before: an editor may have saved meanwhile.
        """
        for number, step in enumerate(journal.steps):
            target = journal.base / step.target
            if is_first or self.is_waiting(number):
                self.disk.make_folder(target.parent)
                if is_first and self.found(target) != step.old:
                    self.take_back(journal)
                    raise _changed(step.target, is_new=step.old is None)
                self.disk.replace(self.new(number), target)
        self.sync(journal)

    def take_back(self, journal: Journal) -> None:
        """Put every old content back in its place, and the whole write out of the way."""
        try:
            for number, step in enumerate(journal.steps):
                target = journal.base / step.target
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
            self.sync(journal)
            for folder in reversed(journal.folders):
                self.disk.remove_empty_folder(journal.base / folder)
            self.clear()
        except OSError as error:
            raise _interruption(error) from None

    def sync(self, journal: Journal) -> None:
        for folder in sorted({(journal.base / step.target).parent for step in journal.steps}):
            if folder.is_dir():
                self.disk.sync_folder(folder)

    def clear(self) -> None:
        """Remove what was prepared: the journal first, because without it the rest means nothing."""
        self.disk.remove(self.journal)
        self.disk.remove_folder(self.folder)

    def clear_rest(self) -> None:
        """Remove what a write left behind that never came to be."""
        try:
            self.clear()
        except OSError as error:
            raise _refusal(error) from None

    def found(self, target: Path) -> str | None:
        """Return the digest of what stands in a place now."""
        content = self.disk.read(target)
        return None if content is None else digest(content)

    def new(self, number: int) -> Path:
        return self.folder / f"{number}.new"

    def old(self, number: int) -> Path:
        return self.folder / f"{number}.old"


def _journal(base: Path, edits: Edits, olds: Sequence[bytes | None]) -> Journal:
    targets = [_target(base, edit, edits) for edit in edits.files]
    steps = tuple(
        Step(target.relative_to(base).as_posix(), None if old is None else digest(old), digest(edit.new))
        for target, edit, old in zip(targets, edits.files, olds, strict=True)
    )
    missing = {folder for target in targets for folder in target.parents if not folder.exists()}
    return Journal(base, steps, tuple(sorted(folder.relative_to(base).as_posix() for folder in missing)))


def _target(base: Path, edit: FileEdit, edits: Edits) -> Path:
    """Return the place of an edit. A link of the plan's to a file of the plan is a way to that file; no other is."""
    return base / edit.name if edits.is_output or edits.base else edit.path.resolve()


def _is_within(base: Path, target: Path) -> bool:
    """Tell whether a place lies in a folder without a link on the way there, nor at its end."""
    return target.is_relative_to(base) and target.resolve() == target


def _is_of_plan(root: Path, target: Path) -> bool:
    """Tell whether a file may be one of the plan's: an edit of the plan is no way to write anything else."""
    parts = target.relative_to(root).parts
    return target.name.endswith(SUFFIXES) and not any(part.startswith(".") for part in parts)


def _mode(target: Path) -> int | None:
    """Return the permissions of a file that is to be replaced; refuse one that is read-only."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None
    if not mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, "the file is read-only", str(target))
    return mode


def _names(journal: Journal) -> str:
    names = [step.target for step in journal.steps]
    more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
    return ", ".join(names[:_MANY]) + more


def _warn(text: str) -> None:
    warnings.warn(text, RevplanWarning, stacklevel=2)


def _changed(name: str, *, is_new: bool = False) -> WriteRefusedError:
    what = "is there already" if is_new else "changed meanwhile"
    return WriteRefusedError(f"{name} {what}; nothing was written", hint="run the command again")


def _refusal(error: OSError) -> WriteRefusedError:
    return WriteRefusedError(f"nothing was written: {_reason(error)}", hint="make it writable, or make room")


def _interruption(error: OSError) -> WriteRefusedError:
    hint = "make it writable, or make room; then any revplan command finishes the write or takes it back"
    return WriteRefusedError(f"a write was cut off, and cannot be finished yet: {_reason(error)}", hint=hint)


def _reason(error: OSError) -> str:
    file = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{file}"
