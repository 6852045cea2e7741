"""The plan as it stood at a git revision, read from git's objects: no checkout, and the work tree stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.diagnostics import did_you_mean
from revplan.errors import GitError, NoPlanError, ShallowCloneError, UnknownRevisionError
from revplan.store.git import Git, top_and_prefix
from revplan.store.read import read_from
from revplan.store.tree_files import FilesInTree

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from revplan.store.loaded import Loaded

MAIN_BRANCHES = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master",
                 "refs/heads/main", "refs/heads/master")  # fmt: skip
"""What a branch is compared with, the first of them that there is."""
_DEEPEN = "`git fetch --unshallow` brings the rest; in CI, check out with the full history (fetch-depth: 0)"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The plan at a commit.

    Attributes:
        loaded: the plan as it was read there.
        submodules: folders of the plan that are other repositories, whose files are not in this one's history.
    """

    loaded: Loaded
    submodules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanHistory:
    """The history of a plan.

    Attributes:
        root: the plan's folder.
        git: git at the top of the repository.
        prefix: the way from there down to the plan, with forward slashes; empty where the plan is all there is.
    """

    root: Path
    git: Git
    prefix: str

    @property
    def is_shallow(self) -> bool:
        """Whether the clone lacks older commits."""
        return self.git.try_to("rev-parse", "--is-shallow-repository") == "true"

    def commit(self, revision: str) -> str:
        """Return the name of the commit that a revision means.

        Raises:
            UnknownRevisionError: it means none.
            ShallowCloneError: it means none in this clone, which is shallow.
        """
        if not revision.startswith("-") and "\0" not in revision:
            found = self.git.try_to("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            if found is not None:
                return found
        raise self._unknown(revision)

    def fork(self, branch: str | None = None) -> str:
        """Return the commit at which the work that is checked out left a branch, or else the main one.

        Where there is no main branch, that is the last commit: the work is what is not committed yet.

        Raises:
            UnknownRevisionError: there is no such branch, or nothing is committed yet.
            ShallowCloneError: the clone does not reach back so far.
            GitError: the two have no commit in common.
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
        """Return the last commit of a day or before it, on the way to what is checked out.

        Raises:
            UnknownRevisionError: nothing was committed by then.
            ShallowCloneError: this clone does not reach back so far.
        """
        head = self.commit("HEAD")
        found = self.git.try_to("rev-list", "--max-count=1", f"--before={day.isoformat()}T23:59:59", head)
        if found:
            return found
        if self.is_shallow:
            raise ShallowCloneError(f"this clone is too shallow to tell what was on {day}", hint=_DEEPEN)
        raise UnknownRevisionError(f"nothing was committed by {day}", hint="`git log` tells when the plan began")

    def read(self, commit: str) -> Snapshot:
        """Read the plan as it stood at a commit.

        Raises:
            NoPlanError: there was none in this folder.
            GitError: git does not give it.
        """
        files = self.files(commit)
        if files is None:
            raise NoPlanError(
                f"there is no plan in this folder at {commit[:10]}", hint="name a revision that has a revplan.yaml here"
            )
        return Snapshot(read_from(files), files.submodules)

    def files(self, commit: str) -> FilesInTree | None:
        """Return the plan's files at a commit; None where there was no plan in this folder."""
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
        NoGitError: there is no git on this machine.
        NoRepositoryError: the plan is in no git repository.
        GitError: git does not say.
    """
    top, prefix = top_and_prefix(root)
    return PlanHistory(root, Git(top), prefix)
