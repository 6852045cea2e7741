"""Reads the plan at a git revision from git's objects, without a checkout and without touching the work tree."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from revplan.errors import GitError, NoPlanError, ShallowCloneError, UnknownRevisionError
from revplan.model.base import Entity, Part, Ref
from revplan.model.plan import text_path
from revplan.spelling import did_you_mean
from revplan.store.files import LARGEST_FILE, SUFFIXES, FoundFile, is_excluded, too_large
from revplan.store.git.commits import Git, top_and_prefix
from revplan.store.ids import SETTINGS_FILE
from revplan.store.load import read_from
from revplan.store.yaml.events import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from revplan.model.plan import Kind
    from revplan.store.loaded import Loaded

_SKIPPED = b"S "
"""How `git ls-files -t` marks a file that is not to be in the work tree."""
_LINK = "120000"
_POINTER = b"version https://git-lfs.github.com/spec/"
_NOT_HERE = "the file cannot be read: this clone does not hold its content"
_IN_LFS = "the file is kept in Git LFS, and its history holds only a pointer to it"
_LED_ASTRAY = {
    "symlink": ("RP014", "the link leads out of the plan"),
    "loop": ("RP011", "the file cannot be read: links lead in a circle"),
    "dangling": ("RP011", "the file cannot be read: No such file or directory"),
}


class TreeEntry(NamedTuple):
    """An entry of a tree: a file, a link, or a submodule (type `commit`)."""

    name: str
    mode: str
    type: str
    object: str
    size: int


@dataclass(frozen=True)
class FilesInTree:
    """The files of a plan in a git tree.

    Attributes:
        root: the folder that the plan would have after a checkout.
        git: git at the top of the repository.
        tree: the object name of the folder's tree.
        entries: every entry in the tree and in its subfolders, by path.
    """

    root: Path
    git: Git
    tree: str
    entries: Mapping[str, TreeEntry]

    @classmethod
    def of(cls, root: Path, git: Git, tree: str) -> FilesInTree:
        """Return the files in a tree.

        Raises:
            GitError: git failed, for example because the object is not a tree.
        """
        listed = git.ask("ls-tree", "-r", "-z", "-l", "--full-tree", tree)
        entries = (_entry(line) for line in listed.split(b"\0") if line)
        return cls(root, git, tree, {entry.name: entry for entry in entries})

    @property
    def has_settings(self) -> bool:
        """Whether the tree has a settings file, so that it holds a plan."""
        return SETTINGS_FILE in self.entries

    @cached_property
    def submodules(self) -> tuple[str, ...]:
        """Paths of the folders that are submodules."""
        return tuple(sorted(entry.name for entry in self.entries.values() if entry.type == "commit"))

    def settings_file(self) -> FoundFile:
        """Return the file that holds the plan's settings."""
        return self._fetch_files((self.entries[SETTINGS_FILE],))[0]

    def plan_files(self, exclude: tuple[str, ...]) -> tuple[FoundFile, ...]:
        """List the plan's files, sorted by name."""
        return self._fetch_files(
            [self.entries[name] for name in sorted(self.entries) if self.is_of_plan(name, exclude)]
        )

    def content(self, file: FoundFile) -> bytes:
        """Return a file's bytes."""
        return self._contents[file.name]

    def is_of_plan(self, name: str, exclude: tuple[str, ...]) -> bool:
        """Tell whether `store.files.plan_files` would list a file if it were on disk."""
        entry = self.entries.get(name)
        is_file = name.endswith(SUFFIXES) and (entry is None or entry.type == "blob")
        is_hidden = any(part.startswith(".") for part in name.split("/"))
        return is_file and not is_hidden and not is_excluded(name, exclude) and not name.startswith(self._other_plans)

    @cached_property
    def _other_plans(self) -> tuple[str, ...]:
        """Subfolders that hold plans of their own, each with a slash at the end."""
        return tuple(name.removesuffix(SETTINGS_FILE) for name in self.entries if name.endswith(f"/{SETTINGS_FILE}"))

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        """Cache of contents by file name."""
        return {}

    def _fetch_files(self, entries: Iterable[TreeEntry]) -> tuple[FoundFile, ...]:
        """Fetch the contents of files in one call of git; return each file with its fault, if it cannot be read."""
        places = {entry.name: self._resolve_link(entry) for entry in entries}
        sound = [place for place in places.values() if isinstance(place, TreeEntry) and place.size <= LARGEST_FILE]
        blobs = self.git.blobs(place.object for place in sound)
        return tuple(self._file(name, place, blobs) for name, place in places.items())

    def _file(self, name: str, place: TreeEntry | tuple[str, str], blobs: Mapping[str, bytes]) -> FoundFile:
        path = self.root / name
        if not isinstance(place, TreeEntry):
            return FoundFile(name, path, place)
        if place.size > LARGEST_FILE:
            return FoundFile(name, path, too_large(place.size))
        content = blobs.get(place.object)
        if content is None:
            return FoundFile(name, path, ("RP011", _NOT_HERE))
        if content.startswith(_POINTER):
            return FoundFile(name, path, ("RP011", _IN_LFS))
        self._contents[name] = content
        return FoundFile(name, path)

    def _resolve_link(self, entry: TreeEntry) -> TreeEntry | tuple[str, str]:
        """Return the file that a link leads to within the plan's folder, or the fault of the link."""
        if entry.mode != _LINK:
            return entry
        if "\n" in entry.name:
            return "RP011", "the file cannot be read: a link's name has a line break"
        asked = os.fsencode(f"{self.tree}:{entry.name}\n")
        answer = self.git.ask("cat-file", "--batch-check", "--follow-symlinks", feed=asked).split()
        if len(answer) == 3 and answer[1] == b"blob":  # noqa: PLR2004 - name, type and size
            return TreeEntry(entry.name, entry.mode, "blob", answer[0].decode(), int(answer[2]))
        if len(answer) == 3 and answer[1] == b"tree":  # noqa: PLR2004 - likewise
            return "RP011", "this is no regular file"
        return _LED_ASTRAY.get(answer[0].decode(errors="replace"), _LED_ASTRAY["dangling"])


def _entry(line: bytes) -> TreeEntry:
    """Read a line of `git ls-tree -l`: mode, type, object and size, then a tab and the name."""
    head, _, name = line.partition(b"\t")
    mode, kind, object_name, size = head.decode().split()
    return TreeEntry(os.fsdecode(name), mode, kind, object_name, int(size) if size.isdigit() else 0)


MAIN_BRANCHES = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master",
                 "refs/heads/main", "refs/heads/master")  # fmt: skip
"""Candidates for the main branch; the first that exists is used."""
_DEEPEN = "`git fetch --unshallow` brings the rest; in CI, check out with the full history (fetch-depth: 0)"


class Snapshot(NamedTuple):
    """The plan at a commit.

    Attributes:
        loaded: the plan as it was read at the commit.
        submodules: folders of the plan that are submodules; their files are not in this repository's history.
    """

    loaded: Loaded
    submodules: tuple[str, ...]


class PlanHistory(NamedTuple):
    """The history of a plan.

    Attributes:
        root: the plan's folder.
        git: git at the top of the repository.
        prefix: the path from the top to the plan, with forward slashes; empty if the plan is at the top.
    """

    root: Path
    git: Git
    prefix: str

    @property
    def is_shallow(self) -> bool:
        """Whether the clone lacks older commits."""
        return self.git.try_to("rev-parse", "--is-shallow-repository") == "true"

    def commit(self, revision: str) -> str:
        """Return the object name of the commit that a revision names.

        Raises:
            UnknownRevisionError: the revision names no commit.
            ShallowCloneError: the revision names no commit in this clone, which is shallow.
        """
        if not revision.startswith("-") and "\0" not in revision:
            found = self.git.try_to("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            if found is not None:
                return found
        raise self._unknown(revision)

    def fork(self, branch: str | None = None) -> str:
        """Return the commit at which HEAD forked from a branch, or from the main branch if none is given.

        Without a main branch, return HEAD itself: the changes to compare are then the uncommitted ones.

        Raises:
            UnknownRevisionError: there is no such branch, or nothing is committed yet.
            ShallowCloneError: the clone lacks the commit at the fork.
            GitError: HEAD and the branch have no commit in common.
        """
        head = self.commit("HEAD")
        base = self._main(head) if branch is None else self.commit(branch)
        found = self.git.try_to("merge-base", base, head)
        if found is not None:
            return found
        of = f"{branch or 'the main branch'} and what is checked out"
        if self.is_shallow:
            raise ShallowCloneError(f"this clone is too shallow to tell where {of} part", hint=_DEEPEN)
        raise GitError(f"{of} have no commit in common", hint="name two revisions: `revplan diff BASE HEAD`")

    def last_on(self, day: date) -> str:
        """Return the last commit on a day or before, among HEAD and its ancestors.

        Raises:
            UnknownRevisionError: nothing was committed by the end of the day.
            ShallowCloneError: the clone lacks commits that are so old.
        """
        head = self.commit("HEAD")
        found = self.git.try_to("rev-list", "--max-count=1", f"--before={day.isoformat()}T23:59:59", head)
        if found:
            return found
        if self.is_shallow:
            raise ShallowCloneError(f"this clone is too shallow to tell what was on {day}", hint=_DEEPEN)
        raise UnknownRevisionError(f"nothing was committed by {day}", hint="`git log` tells when the plan began")

    def read(self, commit: str) -> Snapshot:
        """Read the plan at a commit.

        Raises:
            NoPlanError: the commit has no plan in this folder.
            GitError: git failed.
        """
        files = self.files(commit)
        if files is None:
            raise NoPlanError(
                f"there is no plan in this folder at {commit[:10]}", hint="name a revision that has a revplan.yaml here"
            )
        return Snapshot(read_from(files), files.submodules)

    def missing_files(self, exclude: tuple[str, ...]) -> tuple[str, ...]:
        """Return the plan files that a sparse checkout leaves out of the work tree, by name.

        Raises:
            GitError: git failed.
        """
        listed = self.git.ask("ls-files", "-t", "-z", "--", self.prefix or ".").split(b"\0")
        skipped = (os.fsdecode(line[2:]) for line in listed if line.startswith(_SKIPPED))
        names = sorted(name.removeprefix(f"{self.prefix}/") for name in skipped)
        files = self.files(self.commit("HEAD")) if names else None
        if files is None:
            return ()
        return tuple(name for name in names if files.is_of_plan(name, exclude) and not (self.root / name).exists())

    def files(self, commit: str) -> FilesInTree | None:
        """Return the plan's files at a commit; None if the commit has no plan in this folder."""
        tree = self.git.try_to("rev-parse", "--verify", "--quiet", f"{commit}:{self.prefix}")
        files = FilesInTree.of(self.root, self.git, tree) if tree is not None else None
        return files if files is not None and files.has_settings else None

    def _main(self, head: str) -> str:
        found = (self.git.try_to("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}") for name in MAIN_BRANCHES)
        return next((commit for commit in found if commit is not None), head)

    def _unknown(self, revision: str) -> GitError:
        if self.git.try_to("rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None:
            return UnknownRevisionError("nothing is committed yet", hint="the plan's history begins with `git commit`")
        if self.is_shallow:
            return ShallowCloneError(f'there is no revision "{revision}" in this clone, which is shallow', hint=_DEEPEN)
        names = (self.git.try_to("for-each-ref", "--format=%(refname:short)") or "").splitlines()
        hint = did_you_mean(revision, names) or "`git log` lists commits; `git fetch` brings those of others"
        return UnknownRevisionError(f'there is no revision "{revision}"', hint=hint)


def history(root: Path) -> PlanHistory:
    """Return the history of the plan in a folder.

    Raises:
        NoGitError: git is not installed.
        NoRepositoryError: the plan is in no git repository.
        GitError: git failed.
    """
    top, prefix = top_and_prefix(root)
    return PlanHistory(root, Git(top), prefix)


class Unreadable:
    """Marks an entity that a file contains but that cannot be read."""


UNREADABLE = Unreadable()
PastEntity = Part | Unreadable | None


class PastEntities:
    """Reads past entities of one kind from the git objects of their files."""

    def __init__(self, git: Git, kind: Kind, context: Mapping[str, Any]) -> None:
        self.git = git
        self.kind = kind
        self.context = dict(context)
        self.texts: dict[str, bytes] = {}
        self.known: dict[tuple[str, str], PastEntity] = {}

    def fetch(self, objects: Iterable[str | None]) -> None:
        """Load the texts of some objects; discard the texts loaded before."""
        self.texts = self.git.blobs(name for name in objects if name is not None)

    def find(self, objects: Iterable[str | None], entry_id: str) -> PastEntity:
        """Return an entity from the first of these objects that contains the entity; None if none does."""
        found = (self._in(name, entry_id) for name in objects if name is not None)
        return next((each for each in found if each is not None), None)

    def all_in(self, objects: Iterable[str | None], like: str) -> dict[str, Part]:
        """Return the readable entities with the owner of the id `like`, by id; that id need not exist."""
        *way, _ = text_path(Ref(self.kind.name, like))
        prefix = f"{like.rpartition('/')[0]}/" if "/" in like else ""
        found: dict[str, Part] = {}
        for name in objects:
            beside = _at(self._data(name), way) if name is not None else None
            for own, body in beside.items() if isinstance(beside, dict) else ():
                entity = self._entity(own, body)
                if isinstance(entity, Part):
                    found[f"{prefix}{own}"] = entity
        return found

    def _in(self, name: str, entry_id: str) -> PastEntity:
        key = (name, entry_id)
        if key not in self.known:
            self.known[key] = self._read(name, entry_id)
        return self.known[key]

    def _read(self, name: str, entry_id: str) -> PastEntity:
        way = text_path(Ref(self.kind.name, entry_id))
        own, text = str(way[-1]), self.texts.get(name, b"")
        if own.encode() not in text or str(way[0]).encode() not in text:
            return None
        holder = _at(self._data(name), way[:-1])
        return self._entity(own, holder[own]) if isinstance(holder, dict) and own in holder else None

    def _data(self, name: str) -> Any:
        return parse(self.texts.get(name, b"").decode(errors="replace").removeprefix("\ufeff")).data

    def _entity(self, own_id: str, body: Any) -> PastEntity:
        given = {**body, "id": own_id} if issubclass(self.kind.model, Entity) and isinstance(body, dict) else body
        try:
            return self.kind.model.model_validate(given, context=self.context)
        except ValidationError:
            return UNREADABLE


def _at(data: Any, way: Iterable[str | int]) -> Any:
    for key in way:
        if not isinstance(data, dict):
            return None
        data = data.get(key)
    return data
