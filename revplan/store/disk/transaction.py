"""Writes edits to the disk in one transaction: all of them or none, even if the process is killed in the middle.

A write first stages the new and old contents in a hidden folder of the plan. Then it writes a journal there, which
says that the contents are complete. From then on the write is durable: the next command completes the write, or rolls
it back if another program has changed one of the files since. A seal marks a journal as this user's own. A journal
that came with a clone or belongs to another user is left alone.
"""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

from revplan.errors import FinishedWriteError, LockError, RevplanWarning, WriteRefusedError
from revplan.store.disk.edits import find_changed_file, is_of_plan, is_within, mode_to_keep, target_of
from revplan.store.disk.journal import (
    DONE,
    JOURNAL,
    Journal,
    JournalStep,
    decode,
    is_of_this_command,
    is_tracked,
    journal_of,
)
from revplan.store.disk.lock import WAIT, Disk, hold_lock
from revplan.store.disk.written import PENDING, is_pending, note_cut_off, note_written
from revplan.store.files import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from revplan.store.disk.edits import Edits, FileEdit

_NOT_OURS = f"{PENDING} holds a write that was not begun here by you"


def commit(
    edits: Edits, disk: Disk | None = None, *, again: Callable[[], Edits] | None = None, wait: float = WAIT
) -> None:
    """Write edits to the disk. When the function returns, all edits are on the disk.

    Args:
        edits: the files to write.
        disk: the disk to write to; None for the real disk.
        again: recomputes the edits, under the lock, if the plan has changed since it was read.
        wait: seconds to wait for another command that is writing.

    Raises:
        WriteRefusedError: a file has changed since it was read or cannot be written, or another command is writing.
            No file has changed then, unless the message says so.
        KeyboardInterrupt: the user pressed Ctrl-C. All edits are on the disk then, or none; `WRITTEN` tells which, and
            `CUT_OFF`, once it was pressed again, what the next command sees to.
    """
    if not edits.files:
        return
    with hold_lock(edits.root, wait):
        writing = _Transaction(edits.root, disk or Disk())
        writing.prepare()
        changed = find_changed_file(edits)
        if changed is not None and again is None:
            raise _change_error(changed)
        fresh = edits if changed is None or again is None else again()
        if fresh.files:
            try:
                writing.write(fresh)
            except KeyboardInterrupt:
                writing.settle()
                raise


def recover(root: Path, disk: Disk | None = None) -> None:
    """Complete or roll back an interrupted write of this user's. Call this before reading a plan.

    Without an interrupted write, the function writes nothing and takes no lock. It leaves alone what another user
    left behind or a clone contains.

    Raises:
        FinishedWriteError: the write was that of the very command that runs now, and it is complete.
        WriteRefusedError: the write can be neither completed nor rolled back.
    """
    if not is_pending(root):
        return
    writing = _Transaction(root, disk or Disk())
    try:
        content = writing.disk.read(writing.journal)
    except OSError:
        content = b""
    if content is None and not is_of_this_command(writing.finished_journal()):
        return  # incomplete or obsolete: the next command that writes removes it
    if content is not None and (decode(writing.root, content) is None or is_tracked(root)):
        _warn(f"{_NOT_OURS}: it is left alone, and the files are read as they are")
        return
    try:
        with hold_lock(root):  # another command may have removed all of it by then
            journal = writing.recover() if is_pending(root) else None
    except LockError as error:
        _warn(f"a write that was cut off cannot be finished yet, and the files are read as they are: {error}")
        return
    if journal is not None and is_of_this_command(journal):
        message = f"this command was cut off before, and what it writes is written: {journal.file_names}"
        raise FinishedWriteError(message, hint="run it once more to do it again")


def retract(root: Path, disk: Disk | None = None) -> None:
    """Roll back an interrupted write of new files, so that it can start again; complete it if a file was edited since.

    Raises:
        WriteRefusedError: the write is not this user's, or can be neither rolled back nor completed.
    """
    if not os.path.lexists(root / PENDING):
        return
    with hold_lock(root):
        _Transaction(root, disk or Disk()).retract()


class _Transaction:
    """Writes one set of edits. The caller holds the lock."""

    def __init__(self, root: Path, disk: Disk) -> None:
        self.root = root.resolve()
        self.disk = disk
        self.folder = self.root / PENDING
        self.journal = self.folder / JOURNAL
        self.done = self.folder / DONE

    def write(self, edits: Edits) -> None:
        """Write all the edits or none of them."""
        base = (edits.base or self.root).resolve()
        try:
            olds = [self.old_content(base, edit, edits) for edit in edits.files]
        except OSError as error:
            raise _refusal(error) from None
        journal = journal_of(base, edits, olds)
        try:
            self.stage(journal, [edit.new for edit in edits.files], olds)
        except OSError as error:
            self.discard()
            raise _refusal(error) from None
        try:
            self.move_into_place(journal, is_first=True)
        except OSError as error:
            self.roll_back(journal)
            raise _refusal(error) from None
        note_written(journal.file_names)
        try:
            self.finish()
        except OSError as error:  # all files are in place; the next command that writes removes the leftovers
            _warn(f"all is saved, but {PENDING} cannot be removed: {_reason(error)}")

    def prepare(self) -> None:
        """Prepare for a write: complete or roll back an interrupted write, and remove its leftovers.

        Raises:
            WriteRefusedError: the interrupted write is another user's.
        """
        if not os.path.lexists(self.folder):
            return
        if self.pending_journal() is not None:
            self.recover()
        else:
            self.clear_leftovers()

    def recover(self) -> Journal | None:
        """Complete an interrupted write, or roll it back if a file has changed since; warn the user of either.

        Returns the journal of a write that is complete; None if there is none.
        """
        journal = self.pending_journal()
        if journal is None:
            finished = self.finished_journal()
            self.clear_leftovers()
            return finished
        is_to_finish = self.settle_journal(journal)
        how = "finished" if is_to_finish else "taken back, for a file of it was changed since"
        _warn(f"a write that was cut off is {how}: {journal.summary}")
        return journal if is_to_finish else None

    def settle_journal(self, journal: Journal) -> bool:
        """Complete an interrupted write, or roll it back if a file has changed since; tell whether it is complete."""
        try:
            is_to_finish = all(self.is_ready(journal, number, step) for number, step in enumerate(journal.steps))
            if is_to_finish:
                self.move_into_place(journal)
                note_written(journal.file_names)
                self.finish()
            else:
                self.roll_back(journal)
        except OSError as error:
            raise _interruption(error) from None
        return is_to_finish

    def settle(self) -> None:
        """End the write that the user has just interrupted: complete it from its journal, or remove what is staged."""
        try:
            journal = self.pending_journal() if is_pending(self.root) else None
            if journal is None:
                self.discard()
            else:
                self.settle_journal(journal)
        except KeyboardInterrupt:
            journal = self.pending_journal() if is_pending(self.root) else None
            if journal is not None:
                note_cut_off(journal.file_names)
            raise

    def retract(self) -> None:
        """Roll back an interrupted write of new files; complete it if one of them was edited since."""
        if not os.path.lexists(self.folder):  # it was no interrupted write: another command has just completed it
            return
        journal = self.pending_journal()
        if journal is None:
            self.clear_leftovers()
            return
        try:
            places = [self.digest_at(journal.base / step.target) for step in journal.steps]
            if any(found not in (step.old, step.new) for found, step in zip(places, journal.steps, strict=True)):
                self.recover()
            else:
                self.roll_back(journal)
        except OSError as error:
            raise _interruption(error) from None

    # --- before the journal ------------------------------------------------------------------------------------

    def old_content(self, base: Path, edit: FileEdit, edits: Edits) -> bytes | None:
        """Return the content that an edit replaces; refuse if that content must not be replaced."""
        target = target_of(base, edit, edits)
        if not is_within(base, target) or not (edits.is_output or edits.base or is_of_plan(base, target)):
            what = "a link leads there" if edits.is_output or edits.base else "leads to what is no file of this plan"
            raise WriteRefusedError(f"{edit.name} {what}; nothing was written")
        found = self.disk.read(target)
        if not edits.is_output and (None if found is None else digest(found)) != edit.digest:
            raise _change_error(edit.name, is_new=edit.old is None)
        return found

    def stage(self, journal: Journal, news: Sequence[bytes], olds: Sequence[bytes | None]) -> None:
        """Write the old and new contents to the pending folder, then the journal that marks them as complete."""
        self.disk.make_folder(self.folder)
        self.disk.write(self.folder / ".gitignore", b"*\n", None)
        for number, (step, new, old) in enumerate(zip(journal.steps, news, olds, strict=True)):
            mode = mode_to_keep(journal.base / step.target)
            self.disk.write(self.staged_path(number), new, mode)
            if old is not None:
                self.disk.write(self.backup_path(number), old, mode)
        draft = self.folder / "journal.draft"
        self.disk.write(draft, journal.encode(self.root), None)
        self.disk.replace(draft, self.journal)
        self.disk.sync_folder(self.folder)
        self.disk.sync_folder(self.root)

    def discard(self) -> None:
        """Remove the staged files. A file that cannot be removed is harmless, unless the journal exists."""
        try:
            self.clear()
        except OSError as error:
            if self.journal.exists():
                raise _interruption(error) from None

    # --- after it ----------------------------------------------------------------------------------------------

    def pending_journal(self) -> Journal | None:
        """Return the journal of an interrupted write; None if the write had not reached its journal.

        Raises:
            WriteRefusedError: the journal is not this user's.
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
        if not all(is_within(journal.base, journal.base / step.target) for step in journal.steps):
            raise WriteRefusedError(f"{PENDING} leads elsewhere by a link; nothing was written", hint=hint)
        return journal

    def finished_journal(self) -> Journal | None:
        """Return the journal of a write that was cut off when all was in place; None if there is none."""
        try:
            return decode(self.root, self.disk.read(self.done) or b"")
        except OSError:
            return None

    def is_ready(self, journal: Journal, number: int, step: JournalStep) -> bool:
        """Tell whether a step is done, or can be done without overwriting another program's change.

        A new content that is no longer staged was moved into place, so any other content there is a later change.
        """
        found = self.digest_at(journal.base / step.target)
        staged = self.digest_at(self.staged_path(number))
        return found != step.old if staged is None else found == step.old and staged == step.new

    def is_staged(self, number: int) -> bool:
        """Tell whether a new content is still staged and not yet moved into place."""
        return self.disk.read(self.staged_path(number)) is not None

    def move_into_place(self, journal: Journal, *, is_first: bool = False) -> None:
        """Move every staged content into place.

        On the first attempt, check each target once more just before: an editor may have saved meanwhile.
        """
        for number, step in enumerate(journal.steps):
            target = journal.base / step.target
            if is_first or self.is_staged(number):
                self.disk.make_folder(target.parent)
                if is_first and self.digest_at(target) != step.old:
                    self.roll_back(journal)
                    raise _change_error(step.target, is_new=step.old is None)
                self.disk.replace(self.staged_path(number), target)
        self.sync(journal)

    def roll_back(self, journal: Journal) -> None:
        """Restore every old content, then remove the pending write."""
        try:
            for number, step in enumerate(journal.steps):
                target = journal.base / step.target
                found = self.digest_at(target)
                if self.is_staged(number) or found == step.old:
                    continue
                if found != step.new:
                    hint = f"look at `git diff`, put the files right by hand, and remove {PENDING}"
                    raise WriteRefusedError(f"a write was cut off, and {step.target} changed since", hint=hint)
                if step.old is None:
                    self.disk.remove(target)
                else:
                    self.disk.replace(self.backup_path(number), target)
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

    def finish(self) -> None:
        """Mark the write as done, then remove the pending folder. Cut off between, the mark tells what was done."""
        self.disk.replace(self.journal, self.done)
        self.disk.remove_folder(self.folder)

    def clear(self) -> None:
        """Remove the pending folder. Remove the journal first, because the rest has no effect without it."""
        self.disk.remove(self.journal)
        self.disk.remove_folder(self.folder)

    def clear_leftovers(self) -> None:
        """Remove the leftovers of a write that never reached its journal."""
        try:
            self.clear()
        except OSError as error:
            raise _refusal(error) from None

    def digest_at(self, target: Path) -> str | None:
        """Return the digest of a file's present content; None if there is no file."""
        content = self.disk.read(target)
        return None if content is None else digest(content)

    def staged_path(self, number: int) -> Path:
        return self.folder / f"{number}.new"

    def backup_path(self, number: int) -> Path:
        return self.folder / f"{number}.old"


def _warn(text: str) -> None:
    warnings.warn(text, RevplanWarning, stacklevel=2)


def _change_error(name: str, *, is_new: bool = False) -> WriteRefusedError:
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
