"""Each protection of git by itself: what a repository names would run, were git asked otherwise."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from revplan.store.git.commits import Git, touches
from revplan.store.git.history import history
from tests.support.gits import ISOLATED, commit, git, repository

if TYPE_CHECKING:
    from pathlib import Path

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="the traps are scripts of a shell")
HOOKED = ("update-ref", "refs/heads/other", "HEAD")


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    found = repository(tmp_path / "plan")
    for number in range(2):
        commit(found, {"revplan.yaml": f"revplan: {{format: 1, company: Test {number}, currency: USD}}\n"})
    return found


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """Make a program that leaves a mark."""
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(tmp_path / 'mark'))}\n")
    script.chmod(0o755)
    return script


@on_posix
@pytest.mark.parametrize("where", [".git/hooks", "hooks"])
def test_no_hook_runs_whatever_git_is_asked(root: Path, trap: Path, where: str) -> None:
    git(root, "config", "core.hooksPath", where)
    (root / where).mkdir(exist_ok=True)
    (root / where / "reference-transaction").symlink_to(trap)
    Git(root).ask(*HOOKED)
    assert not (trap.parent / "mark").exists()
    git(root, "update-ref", "-d", HOOKED[1])
    assert (trap.parent / "mark").exists()


@on_posix
def test_no_external_diff_runs_even_if_texts_were_asked_for(
    root: Path, trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(root, "config", "diff.evil.command", str(trap))
    (root / ".gitattributes").write_text("*.yaml diff=evil\n")
    ask = Git.ask

    def ask_for_texts(self: Git, *arguments: str, feed: bytes = b"") -> bytes:
        return ask(self, *("--patch" if each == "--raw" else each for each in arguments), feed=feed)

    monkeypatch.setattr(Git, "ask", ask_for_texts)
    list(touches(history(root), "HEAD"))
    assert not (trap.parent / "mark").exists()
    git(root, "diff", "HEAD^", "HEAD", check=False)
    assert (trap.parent / "mark").exists()


@on_posix
@pytest.mark.parametrize("name", ["*", ":(top)", "[a-z]", ":!x"])
def test_a_folders_name_is_no_pattern(tmp_path: Path, name: str) -> None:
    top = repository(tmp_path / "top")
    settings = "revplan: {format: 1, company: Test, currency: USD}\n"
    own = commit(top, {f"{name}/revplan.yaml": settings})
    commit(top, {"x/revplan.yaml": settings, "y.yaml": ""})
    assert [touch.commit for touch in touches(history(top / name), "HEAD")] == [own]


def test_what_only_reads_writes_no_index(root: Path) -> None:
    old = (root / ".git/index").read_bytes()
    os.utime(root / "revplan.yaml", (10**9, 10**9))
    Git(root).ask("status", "--porcelain")
    assert (root / ".git/index").read_bytes() == old
    git(root, "status", "--porcelain")
    assert (root / ".git/index").read_bytes() != old


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE"])
def test_a_hook_that_runs_revplan_leads_git_nowhere_else(
    root: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    right = Git(root).ask("rev-parse", "HEAD")
    monkeypatch.setenv(variable, str(root.parent / "elsewhere"))
    assert Git(root).ask("rev-parse", "HEAD") == right
    assert Git(root).ask("status", "--porcelain") == b""


def test_objects_that_are_missing_are_missing(root: Path) -> None:
    blob = git(root, "rev-parse", "HEAD:revplan.yaml")
    missing = "1" * 40
    assert list(Git(root).blobs([blob, missing])) == [blob]
