"""Which commits touched a plan's files, and who made them: told from git's objects, whatever the user's git shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.store.history import PlanHistory

_NO_OBJECT = re.compile("0+")
_FILE_MODE = "100"
_ENCODING = re.compile(rb"^encoding ([\w.:-]+)$", re.MULTILINE | re.ASCII)
_AUTHOR = re.compile(
    r"author (?P<name>.*?) ?<[^>]*> (?P<seconds>\d{1,11}) (?P<sign>[+-])(?P<hours>\d\d)(?P<minutes>\d\d)"
)


@dataclass(frozen=True, slots=True)
class Commit:
    """Who changed something, when and why.

    Attributes:
        id: the commit's full name.
        author: who made the change.
        on: the author's day; None where the commit does not say it as git does.
        subject: the first paragraph of its message, in one line.
    """

    id: str
    author: str
    on: date | None
    subject: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that a commit changed.

    Attributes:
        name: path relative to the plan's folder, with forward slashes.
        before: the object that held its content, in each of the commit's parents; None where there was no such file.
        after: the object that holds it in the commit; None likewise.
    """

    name: str
    before: tuple[str | None, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class Touch:
    """A commit that changed files of the plan; a merge only where it holds what none of its parents does."""

    commit: str
    files: tuple[FileChange, ...]


def touches(history: PlanHistory, head: str) -> Iterator[Touch]:
    """Yield the commits up to a head that changed YAML files in the plan's folder, the latest first."""
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
    """Return commits by their names."""
    return {name: _commit(name, content) for name, content in history.git.blobs(names).items()}


def _file(described: str, path: str, prefix: str) -> Iterator[FileChange]:
    """Read a line of raw difference: as many colons as parents, modes, objects and letters."""
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


def _text(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding, errors="replace")
    except LookupError:
        return content.decode(errors="replace")


def _day(author: re.Match[str]) -> date:
    away = timedelta(hours=int(author["hours"]), minutes=int(author["minutes"]))
    zone = timezone(-away if author["sign"] == "-" else away)
    return datetime.fromtimestamp(int(author["seconds"]), tz=zone).date()
