"""The seal on a journal: only this user of this machine can have made it, so that a cloned journal is never followed.

The key lies outside every plan, in the folder where a user's programs keep their state.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

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
