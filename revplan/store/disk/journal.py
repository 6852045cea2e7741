"""The sealed journal of a write: what is to be put where, taken up only by the user and machine that made it."""

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
from typing import TYPE_CHECKING

from revplan.errors import GitError

if TYPE_CHECKING:
    from collections.abc import Iterator

_BYTES = 32
_FOR_OTHERS = 0o077


def seal(root: Path, content: bytes) -> str:
    """Return the seal of a content that belongs to a folder; nobody without the key can make it."""
    return hmac.new(_key(root), os.fsencode(root) + b"\0" + content, hashlib.sha256).hexdigest()


def is_sealed(root: Path, content: bytes, sealed: object) -> bool:
    """Tell whether a seal is this user's own, for this content in this folder."""
    return isinstance(sealed, str) and sealed.isascii() and hmac.compare_digest(seal(root, content), sealed)


def _key(root: Path) -> bytes:
    """Return the user's key, made when it is first asked for.

    Where no folder takes one, a new key is returned each time: nothing that it seals is ever taken up.
    """
    for folder in _folders():
        if folder.is_relative_to(root):
            continue
        path = folder / "key"
        with suppress(OSError):
            found = _read(path)
            if found is None:
                _make(path)
                found = _read(path)
            if found is not None:
                return found
    return secrets.token_bytes(_BYTES)


def _folders() -> Iterator[Path]:
    """Yield the folders that may hold the key, the usual one first."""
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME")
    if named and Path(named).is_absolute():
        yield Path(named) / "revplan"
    with suppress(RuntimeError):  # no home
        yield Path.home() / ".local" / "state" / "revplan"
    yield Path(tempfile.gettempdir()) / f"revplan-{os.getuid() if os.name != 'nt' else 'state'}"


def _read(path: Path) -> bytes | None:
    """Return a key that is the user's own and nobody else's; None where there is none."""
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
    """Write a new key, whole from the first moment on."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"key.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


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
    from revplan.store.git.commits import Git  # noqa: PLC0415 - hardly ever asked, and slow to import

    try:
        return bool(Git(root).try_to("ls-files", "--", PENDING))
    except GitError:
        return False


def _text(body: object) -> bytes:
    return json.dumps(body, sort_keys=True).encode()
