"""Git, asked questions: nothing here writes, runs a program that a repository names, or uses the network."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from revplan.errors import GitError, NoGitError, NoRepositoryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SAFE = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "safe.bareRepository=explicit",
)
_OURS = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
_KEPT = ("GIT_CONFIG_", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
"""Of git's own variables only what configures the user's git: a hook's GIT_DIR and GIT_INDEX_FILE are not ours."""


@dataclass(frozen=True, slots=True)
class Git:
    """Git in a folder."""

    folder: Path

    def ask(self, *arguments: str, feed: bytes = b"") -> bytes:
        """Return what git says.

        Raises:
            NoGitError: there is no git on this machine.
            GitError: git refuses, with what it says.
        """
        done = self._run(arguments, feed)
        if done.returncode != 0:
            raise _refusal(self.folder, done.stderr)
        return done.stdout

    def try_to(self, *arguments: str) -> str | None:
        """Return what git says in one line; None where it has no answer.

        Raises:
            NoGitError: there is no git on this machine.
        """
        done = self._run(arguments, b"")
        return os.fsdecode(done.stdout.removesuffix(b"\n")) if done.returncode == 0 else None

    def blobs(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return contents by their object names; what the repository does not hold is not in the answer."""
        wanted = tuple(dict.fromkeys(names))
        if not wanted:
            return {}
        answer = self.ask("cat-file", "--batch", feed="".join(f"{name}\n" for name in wanted).encode())
        return dict(_objects(answer))

    def _run(self, arguments: tuple[str, ...], feed: bytes) -> subprocess.CompletedProcess[bytes]:
        program = shutil.which("git")
        if program is None:
            raise NoGitError("there is no git on this machine", hint="install git; all else works without it")
        try:
            return subprocess.run(  # noqa: S603 - git itself, with arguments of our own
                (program, *_SAFE, *arguments),
                cwd=self.folder,
                input=feed,
                capture_output=True,
                env=_environment(os.environ),
                check=False,
            )
        except (OSError, ValueError) as error:
            raise GitError(f"git cannot be run: {error}") from None


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which git answers for the folder it is run in, and for no other."""
    kept = {name: value for name, value in given.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return kept | _OURS


def _refusal(folder: Path, said: bytes) -> GitError:
    lines = said.decode(errors="replace").strip().splitlines() or ["no reason given"]
    if "not a git repository" in lines[0]:
        return NoRepositoryError(
            f"{folder} is in no git repository", hint="the plan's history begins with `git init` and a first commit"
        )
    if "dubious ownership" in lines[0]:
        hint = f"if you trust it: git config --global --add safe.directory {folder.as_posix()}"
        return GitError(f"git does not trust the repository of {folder}, which belongs to somebody else", hint=hint)
    return GitError(f"git refuses: {lines[0].removeprefix('fatal: ')}")


def _objects(answer: bytes) -> Iterable[tuple[str, bytes]]:
    """Yield the objects of a batch: a line of name, type and size, then the content."""
    start = 0
    while start < len(answer):
        end = answer.index(b"\n", start)
        name, *rest = answer[start:end].decode().split(" ")
        start = end + 1
        if len(rest) == 2:  # noqa: PLR2004 - type and size; a missing object has one word alone
            size = int(rest[1])
            yield name, answer[start : start + size]
            start += size + 1


def top_and_prefix(folder: Path) -> tuple[Path, str]:
    """Return the top of the repository's work tree that a folder lies in, and the way down from there.

    Raises:
        NoGitError, NoRepositoryError, GitError: there is none, or git does not say.
    """
    git = Git(folder)
    top = git.ask("rev-parse", "--show-toplevel").removesuffix(b"\n")
    prefix = git.ask("rev-parse", "--show-prefix").removesuffix(b"\n")
    return Path(os.fsdecode(top)), os.fsdecode(prefix).rstrip("/")
