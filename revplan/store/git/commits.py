"""Runs git commands that only read: they run no program that a repository names, and use no network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from revplan.errors import GitError, NoGitError, NoRepositoryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from revplan.store.git.history import PlanHistory

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
"""Prefixes of the GIT_ variables to pass on: the user's configuration, but not a hook's GIT_DIR or GIT_INDEX_FILE."""


class Git(NamedTuple):
    """Git in a folder."""

    folder: Path

    def ask(self, *arguments: str, feed: bytes = b"") -> bytes:
        """Return git's output for some arguments; `feed` is its input.

        Raises:
            NoGitError: git is not installed.
            GitError: git failed; the message quotes git.
        """
        done = self._run(arguments, feed)
        if done.returncode != 0:
            raise _refusal(self.folder, done.stderr)
        return done.stdout

    def try_to(self, *arguments: str) -> str | None:
        """Return git's output for some arguments, without its last line end; None if git failed.

        Raises:
            NoGitError: git is not installed.
        """
        done = self._run(arguments, b"")
        return os.fsdecode(done.stdout.removesuffix(b"\n")) if done.returncode == 0 else None

    def blobs(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return contents by object name. Objects that the repository does not hold are missing from the result."""
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
    """Return an environment in which git answers for its working folder, and for no other."""
    kept = {name: value for name, value in given.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return kept | _OURS


def _refusal(folder: Path, said: bytes) -> GitError:
    lines = said.decode(errors="replace").strip().splitlines() or ["no reason given"]
    if "not a git repository" in lines[0]:
        tops = (folder.absolute(), *folder.absolute().parents)
        broken = next((top for top in tops if (top / ".git").exists()), None)
        if broken is not None:
            hint = "its HEAD may be damaged, or what it points to gone; restore it, or clone the repository anew"
            return GitError(f"git does not take {broken / '.git'} for a repository", hint=hint)
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
    """Return the top folder of the repository that holds a folder, and the path from there to the folder.

    Raises:
        NoGitError: git is not installed.
        NoRepositoryError: the folder is in no git repository.
        GitError: git failed.
    """
    git = Git(folder)
    top = git.ask("rev-parse", "--show-toplevel").removesuffix(b"\n")
    prefix = git.ask("rev-parse", "--show-prefix").removesuffix(b"\n")
    return Path(os.fsdecode(top)), os.fsdecode(prefix).rstrip("/")


_NO_OBJECT = re.compile("0+")
_FILE_MODE = "100"
_ENCODING = re.compile(rb"^encoding ([\w.:-]+)$", re.MULTILINE | re.ASCII)
_AUTHOR = re.compile(
    r"author (?P<name>.*?) ?<[^>]*> (?P<seconds>\d{1,11}) (?P<sign>[+-])(?P<hours>\d\d)(?P<minutes>\d\d)"
)


class Commit(NamedTuple):
    """A commit's author, day and subject.

    Attributes:
        id: the commit's full object name.
        author: the author's name.
        on: the day in the author's time zone; None if the commit's author line cannot be read.
        subject: the first paragraph of the message, in one line.
    """

    id: str
    author: str
    on: date | None
    subject: str


class FileChange(NamedTuple):
    """A file that a commit changed.

    Attributes:
        name: path relative to the plan's folder, with forward slashes.
        before: the object of the file's content in each of the commit's parents; None if the file was not there.
        after: the object of the file's content in the commit; None if the file is not there.
    """

    name: str
    before: tuple[str | None, ...]
    after: str | None


class Touch(NamedTuple):
    """A commit that changed files of the plan. A merge counts only if it differs from all of its parents."""

    commit: str
    files: tuple[FileChange, ...]


def touches(history: PlanHistory, head: str) -> Iterator[Touch]:
    """Yield the commits up to `head` that changed YAML files in the plan's folder, the latest first."""
    folder = history.prefix or "."
    listed = history.git.ask("rev-list", "--topo-order", head, "--", folder)
    form = ("--stdin", "--root", "-r", "-c", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff")
    answer = history.git.ask("diff-tree", *form, "--", folder, feed=listed)
    tokens = iter(answer.decode(errors="surrogateescape").split("\0")[:-1])
    files: list[FileChange] = []
    commit = ""
    for token in tokens:
        if token.startswith(":"):
            files += _file(token, next(tokens), history.prefix)
            continue
        if files:
            yield Touch(commit, tuple(files))
        commit, files = token, []
    if files:
        yield Touch(commit, tuple(files))


def commits(history: PlanHistory, names: list[str]) -> dict[str, Commit]:
    """Return commits by object name."""
    return {name: _commit(name, content) for name, content in history.git.blobs(names).items()}


def _file(described: str, path: str, prefix: str) -> Iterator[FileChange]:
    """Read a change of `git diff-tree --raw`: a colon for each parent, then modes, objects and status letters."""
    parents = len(described) - len(described.lstrip(":"))
    modes_and_objects = described[parents:].split(" ")
    modes, objects = modes_and_objects[: parents + 1], modes_and_objects[parents + 1 : 2 * parents + 2]
    held = [_object_name(mode, name) for mode, name in zip(modes, objects, strict=True)]
    if path.endswith((".yaml", ".yml")):
        yield FileChange(path.removeprefix(f"{prefix}/") if prefix else path, tuple(held[:-1]), held[-1])


def _object_name(mode: str, name: str) -> str | None:
    return name if mode.startswith(_FILE_MODE) and not _NO_OBJECT.fullmatch(name) else None


def _commit(name: str, content: bytes) -> Commit:
    head, _, message = content.partition(b"\n\n")
    encoding = _ENCODING.search(head)
    named = encoding[1].decode() if encoding is not None else "utf-8"
    author = _AUTHOR.search(_text(head, named))
    subject = " ".join(_text(message, named).lstrip().split("\n\n")[0].split())
    if author is None:
        return Commit(name, "?", None, subject)
    return Commit(name, author["name"] or "?", _day(author), subject)


_PYTHONS_OWN = frozenset(
    ("idna", "mbcs", "oem", "palmos", "punycode", "raw_unicode_escape", "undefined", "unicode_escape")
)
"""Encodings that Python alone knows: git, which names encodings as iconv does, writes no text in them."""


def _text(content: bytes, encoding: str) -> str:
    if encoding.lower().replace("-", "_") in _PYTHONS_OWN:
        encoding = "utf-8"
    try:
        return content.decode(encoding, errors="replace")
    except (LookupError, ValueError):  # an unknown encoding, or bytes that it cannot decode
        return content.decode(errors="replace")


def _day(author: re.Match[str]) -> date | None:
    away = timedelta(hours=int(author["hours"]), minutes=int(author["minutes"]))
    try:
        zone = timezone(-away if author["sign"] == "-" else away)
        return datetime.fromtimestamp(int(author["seconds"]), tz=zone).date()
    except (OSError, OverflowError, ValueError):  # an impossible time zone or day
        return None
