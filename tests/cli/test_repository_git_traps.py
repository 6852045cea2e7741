"""A repository that was cloned can make git run programs: asked by revplan, git runs none of them.

Every trap would leave a mark; none may, whatever is asked of the plan.
"""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.gits import ISOLATED, commit, git, repository

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the traps are scripts of a shell")

SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28}\n"
TACTIC = (
    "tactics:\n  call:\n    title: Call\n    function: sales\n    impact: %d\n    tasks: {a: {skill: web, hours: 4}}\n"
)
ASKING = (("validate",), ("diff",), ("diff", "HEAD^", "HEAD"), ("log", "tactic", "call"), ("agenda", "weekly"))
BUILT_IN = ("rev-parse", "rev-list", "ls-tree", "ls-files", "cat-file", "diff-tree", "merge-base", "for-each-ref")
HOOKS = (
    "post-checkout",
    "post-index-change",
    "pre-commit",
    "reference-transaction",
    "fsmonitor-watchman",
    "pre-auto-gc",
)

TRAPS: dict[str, dict[str, str]] = {
    "fsmonitor": {"core.fsmonitor": "%s"},
    "fsmonitor, version 1": {"core.fsmonitor": "%s", "core.fsmonitorHookVersion": "1"},
    "folder of hooks": {"core.hooksPath": "hooks"},
    "external diff": {"diff.external": "%s"},
    "textconv": {"diff.evil.textconv": "%s", "diff.evil.cachetextconv": "true"},
    "diff by attribute": {"diff.evil.command": "%s"},
    "clean filter": {"filter.evil.clean": "%s", "filter.evil.required": "true"},
    "smudge filter": {"filter.evil.smudge": "%s", "filter.evil.required": "true"},
    "filter process": {"filter.evil.process": "%s", "filter.evil.required": "true"},
    "merge driver": {"merge.evil.driver": "%s"},
    "pager": {"core.pager": "%s"},
    "pagers by command": {f"pager.{name}": "%s" for name in BUILT_IN},
    "aliases": {f"alias.{name}": "!%s" for name in BUILT_IN},
    "editor": {"core.editor": "%s", "sequence.editor": "%s"},
    "ssh": {"core.sshCommand": "%s", "remote.origin.url": "ssh://example.invalid/x", "remote.origin.promisor": "true"},
    "promisor remote": {
        "remote.origin.url": "ext::%s",
        "remote.origin.promisor": "true",
        "extensions.partialClone": "origin",
        "protocol.ext.allow": "always",
    },
    "promisor over a local path": {
        "remote.origin.url": "../other",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": "%s",
        "extensions.partialClone": "origin",
        "protocol.file.allow": "always",
    },
    "credentials": {"credential.helper": "!%s", "core.askPass": "%s"},
    "signatures": {"gpg.program": "%s", "log.showSignature": "true"},
    "signatures by ssh": {"gpg.format": "ssh", "gpg.ssh.program": "%s", "log.showSignature": "true"},
    "alternate refs": {"core.alternateRefsCommand": "%s"},
    "proxy": {"core.gitProxy": "%s"},
    "packing": {"uploadpack.packObjectsHook": "%s"},
    "tools": {"difftool.evil.cmd": "%s", "diff.tool": "evil", "mergetool.evil.cmd": "%s", "diff.guitool": "evil"},
    "diff filter": {"interactive.diffFilter": "%s"},
    "submodule": {"submodule.sub.update": "!%s", "submodule.sub.active": "true", "submodule.recurse": "true"},
    "trailers": {"trailer.evil.command": "%s", "trailer.evil.cmd": "%s"},
    "maintenance": {"gc.auto": "1", "gc.autoDetach": "false", "maintenance.auto": "true"},
    "trace": {"trace2.eventTarget": "%s.trace", "trace2.normalTarget": "%s.trace"},
    "browser": {
        "browser.evil.cmd": "%s",
        "help.browser": "evil",
        "man.evil.cmd": "%s",
        "help.autoCorrect": "immediate",
    },
}


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, ISOLATED[name])
    root = repository(tmp_path / "plan")
    attributes = "*.yaml diff=evil filter=evil merge=evil\n"
    commit(root, {"revplan.yaml": SETTINGS, "tactics.yaml": TACTIC % 5, ".gitattributes": attributes})
    commit(root, {"tactics.yaml": TACTIC % 7})
    (root / "tactics.yaml").write_text(TACTIC % 8)
    return root


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """Make the program that a trap runs."""
    return program(tmp_path, "cat\n")


def program(folder: Path, rest: str = "") -> Path:
    """Write a program that leaves a mark; the rest of it may hand on what it is given, as filters do."""
    script = folder / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {shlex.quote(str(folder / 'mark'))}\n{rest}")
    script.chmod(0o755)
    return script


def set_up(plan: Path, config: Mapping[str, str], trap: Path) -> None:
    for name, value in config.items():
        git(plan, "config", name, value.replace("%s", str(trap)))


def asked(run: Run, plan: Path) -> None:
    for command in ASKING:
        ran = run("-C", plan, *command)
        assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("name", "command"),
    [("fsmonitor", "status"), ("external diff", "diff"), ("textconv", "diff"), ("clean filter", "diff")],
)
def test_git_itself_is_caught(plan: Path, trap: Path, name: str, command: str) -> None:
    set_up(plan, TRAPS[name], trap)
    git(plan, command, check=False)
    assert (trap.parent / "mark").exists()


@pytest.mark.parametrize("name", TRAPS)
def test_no_configuration_runs_a_program(run: Run, plan: Path, trap: Path, name: str) -> None:
    set_up(plan, TRAPS[name], trap)
    asked(run, plan)
    assert not (trap.parent / "mark").exists()
    assert not (trap.parent / "evil.sh.trace").exists()


@pytest.mark.parametrize("where", [".git/hooks", "hooks"])
def test_no_hook_runs(run: Run, plan: Path, trap: Path, where: str) -> None:
    git(plan, "config", "core.hooksPath", where)
    (plan / where).mkdir(exist_ok=True)
    for hook in HOOKS:
        (plan / where / hook).symlink_to(trap)
    asked(run, plan)
    assert not (trap.parent / "mark").exists()


def test_no_included_configuration_runs_a_program(run: Run, plan: Path, trap: Path) -> None:
    (plan / "evil.gitconfig").write_text(
        f"[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n[diff]\n\texternal = {trap}\n"
    )
    git(plan, "config", "include.path", "../evil.gitconfig")
    git(plan, "config", "includeIf.gitdir:**.path", "../evil.gitconfig")
    asked(run, plan)
    assert not (trap.parent / "mark").exists()


def test_objects_that_a_clone_lacks_are_not_fetched(run: Run, plan: Path, tmp_path: Path) -> None:
    """The remote's program ends at once: one that waits for git would be waited for by git."""
    trap = program(tmp_path)
    set_up(plan, TRAPS["promisor remote"], trap)
    blob = git(plan, "rev-parse", "HEAD^:tactics.yaml")
    (plan / ".git/objects" / blob[:2] / blob[2:]).unlink()
    asked(run, plan)
    assert not (tmp_path / "mark").exists()
    git(plan, "cat-file", "-p", blob, check=False)
    assert (tmp_path / "mark").exists()


def test_a_bare_repository_within_the_plan_is_not_asked(run: Run, plan: Path, trap: Path) -> None:
    git(plan, "config", "core.fsmonitor", str(trap))
    git(plan, "config", "core.worktree", ".")
    for path in (plan / ".git").iterdir():
        path.rename(plan / path.name)
    (plan / ".git").rmdir()
    ran = run("-C", plan, "diff")
    assert (ran.code, "cannot use bare repository" in ran.err) == (2, True)
    assert not (trap.parent / "mark").exists()


@pytest.mark.parametrize("target", ["elsewhere", "/dev/zero", ""])
def test_a_git_file_that_leads_anywhere_is_told(run: Run, tmp_path: Path, target: str) -> None:
    root = tmp_path / "plan"
    root.mkdir()
    (root / "revplan.yaml").write_text(SETTINGS)
    (root / ".git").write_text(f"gitdir: {target}\n")
    ran = run("-C", root, "diff")
    assert (ran.code, "Traceback" in ran.err) == (2, False)


def test_the_users_own_environment_leads_git_nowhere(
    run: Run, plan: Path, trap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_EDITOR", "GIT_ASKPASS", "GIT_PROXY_COMMAND"):
        monkeypatch.setenv(name, str(trap))
    monkeypatch.setenv("GIT_DIR", str(trap.parent / "elsewhere"))
    ran = run("-C", plan, "diff")
    assert ran.code == 0
    assert not (trap.parent / "mark").exists()
