"""The sealed journal of a write: which files to replace. Only the user and machine that made a journal may use it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import stat
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from revplan.errors import GitError
from revplan.store.disk.edits import target_of
from revplan.store.disk.written import COMMAND, PENDING
from revplan.store.files import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.store.disk.edits import Edits

_BYTES = 32
_FOR_OTHERS = 0o077


def seal(root: Path, content: bytes) -> str:
    """Return the seal of a content in a folder: a keyed digest that needs the user's key."""
    return hmac.new(_key(root), os.fsencode(root) + b"\0" + content, hashlib.sha256).hexdigest()


def is_sealed(root: Path, content: bytes, sealed: object) -> bool:
    """Tell whether this user's key made the seal, for this content in this folder."""
    return isinstance(sealed, str) and sealed.isascii() and hmac.compare_digest(seal(root, content), sealed)


def _key(root: Path) -> bytes:
    """Return the user's key; create the key on first use.

    If no folder can store a key, each call returns a new key. A journal sealed with such a key is never used again.
    """
    for folder in _folders():
        if folder.is_relative_to(root):
            continue
        path = folder / "key"
        with suppress(OSError):
            found = _read_key(path)
            if found is None:
                _make(path)
                found = _read_key(path)
            if found is not None:
                return found
    return secrets.token_bytes(_BYTES)


def _folders() -> Iterator[Path]:
    """Yield the folders that may hold the key, the preferred folder first."""
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME")
    if named and Path(named).is_absolute():
        yield Path(named) / "revplan"
    with suppress(RuntimeError):  # the user has no home folder
        yield Path.home() / ".local" / "state" / "revplan"
    yield Path(tempfile.gettempdir()) / f"revplan-{os.getuid() if os.name != 'nt' else 'state'}"


def _read_key(path: Path) -> bytes | None:
    """Return the key in a file that only the user can read; None if there is no such file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        is_private = os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & _FOR_OTHERS)
        content = file.read(_BYTES + 1) if stat.S_ISREG(found.st_mode) and is_private else b""
    return content if len(content) == _BYTES else None


def _make(path: Path) -> None:
    """Write a new key file atomically."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"key.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


JOURNAL = "journal.json"
DONE = "journal.done"
"""The journal's name when all files are in place."""
_MANY = 5
"""Number of files that a message names one by one."""
_LONGEST = 200
"""Number of characters of a command that a message shows."""


@dataclass(frozen=True, slots=True)
class JournalStep:
    """One file of a write. `old` and `new` are digests; `old` is None for a new file."""

    target: str
    old: str | None
    new: str


class Journal(NamedTuple):
    """A write whose new contents are all staged and ready to be moved into place.

    Attributes:
        base: the folder that the steps' targets are relative to.
        steps: the files, in the order in which they are moved into place.
        folders: the folders that the write creates, the outermost first. A rollback removes them.
        command: the command line that writes; empty if it is not known.
    """

    base: Path
    steps: tuple[JournalStep, ...]
    folders: tuple[str, ...] = ()
    command: str = ""

    @property
    def file_names(self) -> str:
        """The names of the files, the first few of many."""
        names = [step.target for step in self.steps]
        more = f" and {len(names) - _MANY} more" if len(names) > _MANY else ""
        return ", ".join(names[:_MANY]) + more

    @property
    def summary(self) -> str:
        """The names of the files, and the command that writes them if it is known."""
        words = self.command[:_LONGEST] + ("…" if len(self.command) > _LONGEST else "")
        return self.file_names + (f" (by `{words}`)" if words else "")

    def encode(self, root: Path) -> bytes:
        """Return the journal's sealed text for a folder."""
        body = {
            "base": Path(os.path.relpath(self.base, root)).as_posix(),
            "command": self.command,
            "folders": list(self.folders),
            "steps": [asdict(step) for step in self.steps],
        }
        return json.dumps({**body, "seal": seal(root, _text(body))}).encode()


def journal_of(base: Path, edits: Edits, olds: Sequence[bytes | None]) -> Journal:
    """Return the journal of edits whose targets are in a folder and have these old contents."""
    targets = [target_of(base, edit, edits) for edit in edits.files]
    steps = tuple(
        JournalStep(target.relative_to(base).as_posix(), None if old is None else digest(old), digest(edit.new))
        for target, edit, old in zip(targets, edits.files, olds, strict=True)
    )
    missing = {folder for target in targets for folder in target.parents if not folder.exists()}
    folders = tuple(sorted(folder.relative_to(base).as_posix() for folder in missing))
    return Journal(base, steps, folders, COMMAND.get())


def decode(root: Path, content: bytes) -> Journal | None:
    """Return the journal if this user wrote it in this folder on this machine, else None."""
    try:
        body = json.loads(content)
        sealed = body.pop("seal")
        if not is_sealed(root, _text(body), sealed):
            return None
        steps = tuple(JournalStep(**step) for step in body["steps"])
        base = Path(os.path.normpath(root / body["base"]))
        return Journal(base, steps, tuple(body["folders"]), str(body.get("command", "")))
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None


def is_of_this_command(journal: Journal | None) -> bool:
    """Tell whether the very command line that runs now began a write."""
    return journal is not None and bool(journal.command) and journal.command == COMMAND.get()


def is_tracked(root: Path) -> bool:
    """Tell whether git tracks the folder of a pending write, so that it came with a clone or a checkout."""
    from revplan.store.git.commits import Git  # noqa: PLC0415 - hardly ever asked, and slow to import

    try:
        return bool(Git(root).try_to("ls-files", "--", PENDING))
    except GitError:
        return False


def _text(body: object) -> bytes:
    return json.dumps(body, sort_keys=True).encode()
