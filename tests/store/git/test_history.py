from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.errors import (
    GitError,
    NoGitError,
    NoPlanError,
    NoRepositoryError,
    ShallowCloneError,
    UnknownRevisionError,
)
from revplan.store.git.commits import commits
from revplan.store.git.history import history
from revplan.store.load import read
from tests.support.gits import ISOLATED, commit, git, repository

if TYPE_CHECKING:
    from revplan.store.loaded import Loaded

BROKEN = sorted((Path(__file__).parents[2] / "broken").iterdir())
SETTINGS = "revplan: {format: 1, company: Test, currency: USD}\n"
TACTIC = "tactics: {one: {title: A, function: sales, impact: 5, tasks: {do: {skill: copy, hours: 4}}}}\n"


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ISOLATED.items():
        monkeypatch.setenv(name, value)


def what(loaded: Loaded) -> tuple[object, ...]:
    """Return all that reading tells, whatever the order."""
    return loaded.plan, set(map(repr, loaded.findings)), dict(loaded.homes), loaded.count, set(loaded.sources)


def head(root: Path) -> Loaded:
    past = history(root.resolve())
    return past.read(past.commit("HEAD")).loaded


def test_every_broken_plan_reads_alike_from_the_disk_and_from_a_commit(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    (top / ".gitattributes").write_text("* -text\n")
    for folder in BROKEN:
        shutil.copytree(folder, top / folder.name)
    commit(top, {})
    for folder in BROKEN:
        root = (top / folder.name).resolve()
        if (root / "revplan.yaml").exists():
            assert what(head(root)) == what(read(root)), folder.name


def test_discovery_is_the_same_in_a_commit(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    exclude = "revplan: {format: 1, company: T, currency: USD, exclude: [drafts, 'old-*.yaml', 'a/?/c']}\n"
    commit(
        top,
        {
            "outside.yaml": "nonsense: 1",
            "plan/revplan.yaml": exclude,
            "plan/.hidden/a.yaml": "nonsense: 1",
            "plan/sub/.hidden.yaml": "nonsense: 1",
            "plan/other/revplan.yaml": "nonsense: 1",
            "plan/other/below/a.yaml": "nonsense: 1",
            "plan/drafts/deep/a.yaml": "nonsense: 1",
            "plan/old-1.yaml": "nonsense: 1",
            "plan/a/b/c/d.yaml": "nonsense: 1",
            "plan/notes.txt": "nonsense",
            "plan/deep/er/in.yml": TACTIC,
        },
    )
    root = (top / "plan").resolve()
    assert set(head(root).sources) == {"revplan.yaml", "deep/er/in.yml"}
    assert what(head(root)) == what(read(root))


ODD_NAMES = ["with space.yaml", "quote'd.yaml", "ünï/cödé.yaml", "-dash.yaml", "a:b.yaml", 'dq".yaml', "tab\there.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_odd_names_are_read(tmp_path: Path) -> None:
    top = repository(tmp_path / "t op:é")
    ids = [f"id-{number}" for number in range(len(ODD_NAMES) + 1)]
    texts = [TACTIC.replace("one", own) for own in ids]
    names = [*ODD_NAMES, "line\nbreak.yaml"]
    files = {f"my plan:2/{name}": text for name, text in zip(names, texts, strict=True)}
    commit(top, {"my plan:2/revplan.yaml": SETTINGS, **files})
    root = (top / "my plan:2").resolve()
    assert list(head(root).plan.tactics) == ids
    assert what(head(root)) == what(read(root))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names in Unicode alone")
def test_a_name_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    with open(os.fsencode(top) + b"/\xff.yaml", "w") as file:  # noqa: PTH123 - pathlib has no bytes
        file.write(TACTIC)
    commit(top, {"revplan.yaml": SETTINGS})
    root = top.resolve()
    assert what(head(root)) == what(read(root))


def linked(root: Path, links: dict[str, str]) -> None:
    for name, target in links.items():
        try:
            (root / name).symlink_to(target)
        except OSError:
            pytest.skip("links are not permitted here")


def test_links_are_followed_within_the_plan_alone(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"outside.yaml": "nonsense: 1", "plan/revplan.yaml": SETTINGS, "plan/parts/one.txt": TACTIC})
    root = (top / "plan").resolve()
    linked(
        root,
        {
            "in.yaml": "parts/one.txt",
            "out.yaml": "../outside.yaml",
            "far.yaml": "/etc/hostname",
            "gone.yaml": "nowhere.yaml",
            "round.yaml": "round.yaml",
            "folder.yaml": "parts",
        },
    )
    commit(top, {})
    loaded = head(root)
    assert list(loaded.plan.tactics) == ["one"]
    assert what(loaded) == what(read(root))


def test_a_pointer_to_large_file_storage_is_told(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    commit(top, {"revplan.yaml": SETTINGS, "big.yaml": pointer})
    (finding,) = head(top).findings
    assert "Git LFS" in repr(finding)


def test_a_submodule_is_named_and_not_read(tmp_path: Path) -> None:
    other = repository(tmp_path / "other")
    commit(other, {"a.yaml": TACTIC})
    top = repository(tmp_path / "top")
    commit(top, {"revplan.yaml": SETTINGS})
    git(top, "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(other), "vendor")
    commit(top, {})
    past = history(top.resolve())
    snapshot = past.read(past.commit("HEAD"))
    assert snapshot.submodules == ("vendor",)
    assert snapshot.loaded.plan.tactics == {}


def test_the_work_tree_and_the_index_stay_as_they_are(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    first = commit(top, {"revplan.yaml": SETTINGS, "t.yaml": TACTIC})
    commit(top, {"t.yaml": None})
    (top / "t.yaml").write_text("mine: 1\n")
    before = {path: path.stat().st_mtime_ns for path in top.rglob("*") if path.is_file()}
    assert list(history(top.resolve()).read(first).loaded.plan.tactics) == ["one"]
    assert {path: path.stat().st_mtime_ns for path in top.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(os.name == "nt", reason="the trap is a shell script")
def test_nothing_that_the_repository_names_is_run(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"revplan.yaml": SETTINGS, ".gitattributes": "*.yaml filter=trap diff=trap\n"})
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/sprung'\n")
    trap.chmod(0o755)
    hooks = top / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        shutil.copy(trap, hooks / hook)
    for key in ("core.fsmonitor", "filter.trap.smudge", "diff.trap.textconv", "diff.external", "core.pager",
                "core.sshCommand", "gpg.program", "core.alternateRefsCommand", "alias.ls-tree"):  # fmt: skip
        git(top, "config", key, str(trap))
    git(top, "config", "log.showSignature", "true")
    past = history(top.resolve())
    past.read(past.fork())
    past.last_on(date(2026, 12, 1))
    assert not (tmp_path / "sprung").exists()


def test_a_hooks_environment_does_not_mislead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"plan/revplan.yaml": SETTINGS, "plan/t.yaml": TACTIC})
    other = repository(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no-index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_PREFIX", "elsewhere/")
    assert list(head((top / "plan").resolve()).plan.tactics) == ["one"]


def test_a_linked_work_tree_has_the_same_history(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"revplan.yaml": SETTINGS, "t.yaml": TACTIC})
    git(top, "worktree", "add", "--quiet", str(tmp_path / "second"))
    assert list(head((tmp_path / "second").resolve()).plan.tactics) == ["one"]


# --- which commits -------------------------------------------------------------------------------------------------


def test_a_branch_is_compared_from_where_it_left_the_main_one(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    first = commit(top, {"revplan.yaml": SETTINGS})
    git(top, "switch", "--quiet", "-c", "work")
    commit(top, {"t.yaml": TACTIC})
    git(top, "switch", "--quiet", "main")
    second = commit(top, {"other.yaml": "personas: {}\n"})
    past = history(top.resolve())
    assert past.fork() == second
    git(top, "switch", "--quiet", "work")
    assert past.fork() == first
    assert past.fork("main") == first
    git(top, "branch", "--quiet", "--move", "main", "trunk")
    assert past.fork() == past.commit("HEAD")


def test_the_last_commit_of_a_day(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    first = commit(top, {"revplan.yaml": SETTINGS}, day="2026-11-02")
    second = commit(top, {"t.yaml": TACTIC}, day="2026-11-09")
    past = history(top.resolve())
    found = [past.last_on(date(2026, 11, day)) for day in (2, 8, 9, 30)]
    assert found == [first, first, second, second]
    with pytest.raises(UnknownRevisionError, match="nothing was committed by 2026-11-01"):
        past.last_on(date(2026, 11, 1))


def test_commits_of_other_programs_are_read(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    first = commit(top, {"revplan.yaml": SETTINGS})
    tree = git(top, "rev-parse", "HEAD^{tree}")
    head = f"tree {tree}\nparent {first}\n"
    latin = "author J\xf6rg <j@x> 1796083200 -0830\ncommitter J <j@x> 1796083200 +0000\nencoding ISO-8859-1\n\n"
    latin += "Gr\xfc\xdfe\nund mehr\n\nText"
    odd = "author nobody\ncommitter J <j@x> 0 +0000\n\n"
    unknown = "author <j@x> 0 +0000\ncommitter J <j@x> 0 +0000\nencoding martian\n\nHello\n"
    names = []
    for text in (latin, odd, unknown):
        made = subprocess.run(
            ("git", "hash-object", "--literally", "-t", "commit", "-w", "--stdin"),
            cwd=top,
            input=(head + text).encode("latin-1"),
            capture_output=True,
            check=True,
        )
        names.append(made.stdout.decode().strip())
    found = commits(history(top.resolve()), names)
    assert [(found[name].author, str(found[name].on), found[name].subject) for name in names] == [
        ("Jörg", "2026-11-30", "Grüße und mehr"),
        ("?", "None", ""),
        ("?", "1970-01-01", "Hello"),
    ]


# --- what can be in the way ------------------------------------------------------------------------------------------


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoGitError, match="no git on this machine"):
        history(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("said", "message", "hint"),
    [
        ("fatal: detected dubious ownership in repository", "git does not trust", "safe.directory"),
        ("fatal: bad config line 1", "git refuses: bad config line 1", None),
        ("", "git refuses: no reason given", None),
    ],
)
def test_git_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, message: str, hint: str | None
) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 128\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    with pytest.raises(GitError, match=message) as told:
        history(tmp_path)
    assert (hint or "") in (told.value.hint or "")
    program.write_text("no program\0")
    with pytest.raises(GitError):
        history(tmp_path)


def test_a_file_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"revplan.yaml": SETTINGS, "big.yaml": "# " + "x" * 2000})
    monkeypatch.setattr("revplan.store.git.history.LARGEST_FILE", 1000)
    assert "RP009" in repr(head(top).findings)


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoRepositoryError, match="in no git repository"):
        history(tmp_path)


def test_nothing_committed(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    with pytest.raises(UnknownRevisionError, match="nothing is committed yet"):
        history(top).commit("HEAD")


@pytest.mark.parametrize("revision", ["nonsense", "--all", "", "HEAD~99", "a\0b", "HEAD:revplan.yaml", "-h"])
def test_an_unknown_revision(tmp_path: Path, revision: str) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"revplan.yaml": SETTINGS})
    with pytest.raises(UnknownRevisionError, match="no revision"):
        history(top).commit(revision)


def test_a_revision_is_guessed(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"revplan.yaml": SETTINGS})
    with pytest.raises(UnknownRevisionError) as told:
        history(top).commit("mian")
    assert told.value.hint == 'did you mean "main"?'


def test_a_shallow_clone_says_so(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    first = commit(top, {"revplan.yaml": SETTINGS})
    git(top, "switch", "--quiet", "-c", "work")
    commit(top, {"t.yaml": TACTIC})
    git(top, "switch", "--quiet", "main")
    commit(top, {"other.yaml": "personas: {}\n"})
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=work", top.as_uri(), str(clone))
    past = history(clone.resolve())
    assert past.is_shallow
    with pytest.raises(ShallowCloneError, match="shallow") as told:
        past.commit(first)
    assert "--unshallow" in (told.value.hint or "")
    with pytest.raises(ShallowCloneError, match="too shallow"):
        past.fork()
    with pytest.raises(ShallowCloneError, match="too shallow to tell what was on 2020-01-01"):
        past.last_on(date(2020, 1, 1))


def test_histories_without_a_common_commit(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"revplan.yaml": SETTINGS})
    git(top, "switch", "--quiet", "--orphan", "work")
    commit(top, {"revplan.yaml": SETTINGS}, "Another beginning")
    with pytest.raises(GitError, match="no commit in common"):
        history(top).fork()


def test_no_plan_at_that_time(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    first = commit(top, {"README": "Hello"})
    commit(top, {"plan/revplan.yaml": SETTINGS})
    past = history((top / "plan").resolve())
    with pytest.raises(NoPlanError, match="no plan in this folder"):
        past.read(first)


def test_a_content_that_the_clone_lacks_is_a_finding(tmp_path: Path) -> None:
    top = repository(tmp_path / "top")
    commit(top, {"revplan.yaml": SETTINGS, "t.yaml": TACTIC})
    git(top, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    subprocess.run(
        ("git", "clone", "--quiet", "--no-checkout", "--filter=blob:none", top.as_uri(), str(clone)),
        check=True,
        env={**os.environ, **ISOLATED},
    )
    past = history(clone.resolve())
    try:
        loaded = past.read(past.commit("HEAD")).loaded
    except GitError:
        return  # versions of git that give up on the whole batch
    assert "does not hold its content" in repr(loaded.findings)


def test_what_a_sparse_checkout_leaves_out_is_named(tmp_path: Path) -> None:
    root = repository(tmp_path / "top") / "plan"
    (root / "tactics").mkdir(parents=True)
    (root / "revplan.yaml").write_text(SETTINGS)
    (root / "tactics" / "all.yaml").write_text(TACTIC)
    (root / "tactics" / "notes.txt").write_text("no part of the plan\n")
    for other in (".github", "other", "drafts"):
        (root / other).mkdir()
    (root / ".github" / "ci.yml").write_text("on: push\n")
    (root / "other" / "revplan.yaml").write_text(SETTINGS)
    (root / "drafts" / "some.yaml").write_text("tactics: {}\n")
    commit(root.parent, {})
    assert history(root).missing_files(()) == ()
    git(root.parent, "sparse-checkout", "set", "--no-cone", "/plan/revplan.yaml")
    assert history(root).missing_files(("drafts/*",)) == ("tactics/all.yaml",)
    git(root.parent, "sparse-checkout", "disable")
    (root / "tactics" / "all.yaml").unlink()
    assert history(root).missing_files(()) == ()
