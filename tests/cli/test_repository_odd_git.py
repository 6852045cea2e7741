"""Objects of git as nobody makes them by hand: told as far as they can be read, and never a traceback."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revplan.store.git.commits import _commit
from tests.support.gits import ISOLATED, commit, git, repository
from tests.support.inputs import any_seed
from tests.support.mutation import ODD, mutated

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28}\n"
TACTIC = (
    "tactics:\n  call:\n    title: %s\n    function: sales\n    impact: 5\n    tasks: {a: {skill: web, hours: 4}}\n"
)
ASKING = (("diff", "HEAD^"), ("diff", "HEAD^", "HEAD"), ("log", "tactic", "call"), ("agenda", "weekly"), ("validate",))


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM"):
        monkeypatch.setenv(name, ISOLATED[name])
    root = repository(tmp_path / "plan")
    commit(root, {"revplan.yaml": SETTINGS, "tactics.yaml": TACTIC % "Call"})
    commit(root, {"tactics.yaml": TACTIC % "Ring"})
    return root


def write(root: Path, kind: str, content: bytes) -> str:
    """Write any object, whatever git thinks of it."""
    command = ["git", "hash-object", "-t", kind, "-w", "--stdin", "--literally"]
    return subprocess.run(command, cwd=root, input=content, capture_output=True, check=True).stdout.decode().strip()


def commit_object(root: Path, lines: bytes) -> None:
    """Make the last commit say other things of itself."""
    tree, parent = (git(root, "rev-parse", name) for name in ("HEAD^{tree}", "HEAD^"))
    name = write(root, "commit", f"tree {tree}\nparent {parent}\n".encode() + lines)
    git(root, "update-ref", "refs/heads/main", name)


COMMITS = {
    "zone beyond all": b"author A <a@b> 1700000000 +9999\ncommitter A <a@b> 1700000000 +9999\n\nSubject\n",
    "zone of a day": b"author A <a@b> 1700000000 -2400\ncommitter A <a@b> 1700000000 -2400\n\nSubject\n",
    "late": b"author A <a@b> 99999999999 +0000\ncommitter A <a@b> 99999999999 +0000\n\nSubject\n",
    "beyond all days": b"author A <a@b> 99999999999999999999 +0000\ncommitter A <a@b> 1 +0000\n\nSubject\n",
    "no date": b"author A <a@b>\ncommitter A <a@b> 1 +0000\n\nSubject\n",
    "no author": b"committer A <a@b> 1 +0000\n\nSubject\n",
    "name of bytes": b"author \xff\xfe\x1b[31m <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\n\xff\x00\x1b]0;x\x07\n",
    "no message": b"author A <a@b> 1700000000 +0000\ncommitter A <a@b> 1 +0000\n",
    **{
        f"encoding {name}": b"author \xc3\xa9 <a@b> 1700000000 +0000\ncommitter A <a@b> 1 +0000\nencoding "
        + name.encode()
        + b"\n\n\xc3\xa9 \xff\xfe\n"
        for name in (
            "latin-1",
            "utf-16",
            "idna",
            "punycode",
            "undefined",
            "hex",
            "zip",
            "unicode_escape",
            "nobody",
            "mbcs",
        )
    },
}


@pytest.mark.parametrize("lines", COMMITS.values(), ids=COMMITS)
def test_commits(run: Run, plan: Path, lines: bytes) -> None:
    commit_object(plan, lines)
    for command in ASKING:
        ran = run("-C", plan, *command)
        assert (ran.code in (0, 1, 2), "Traceback" in ran.err) == (True, False)
        assert "\x1b" not in ran.out + ran.err


CONTENTS = (b"", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"tactics: {call: *a}\n", b"[" * 5_000, b"tactics: {call: [" * 30)


@pytest.mark.parametrize("content", CONTENTS)
@pytest.mark.parametrize(
    "name", [b"tactics.yaml", b"\xff.yaml", b"a\nb.yaml", b"\x1b[31m.yaml", b"sub/x.yaml", b".yaml"]
)
def test_files(run: Run, plan: Path, name: bytes, content: bytes) -> None:
    blob, setting = write(plan, "blob", content), git(plan, "rev-parse", "HEAD:revplan.yaml")
    tree = b"".join(
        mode + b" " + entry + b"\0" + bytes.fromhex(held)
        for mode, entry, held in sorted(
            [(b"100644", name, blob), (b"100644", b"revplan.yaml", setting)], key=lambda e: e[1]
        )
    )
    made = git(plan, "commit-tree", write(plan, "tree", tree), "-p", "HEAD", "-m", "Odd")
    git(plan, "update-ref", "refs/heads/main", made)
    for command in ASKING[:3]:
        ran = run("-C", plan, *command)
        assert (ran.code in (0, 1, 2), "Traceback" in ran.err) == (True, False)
        assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize("mode", [b"40000", b"120000", b"160000", b"100755", b"0", b"999999"])
def test_modes(run: Run, plan: Path, mode: bytes) -> None:
    blob, setting = git(plan, "rev-parse", "HEAD:tactics.yaml"), git(plan, "rev-parse", "HEAD:revplan.yaml")
    tree = b"100644 revplan.yaml\0" + bytes.fromhex(setting) + mode + b" tactics.yaml\0" + bytes.fromhex(blob)
    made = git(plan, "commit-tree", write(plan, "tree", tree), "-p", "HEAD", "-m", "Odd")
    git(plan, "update-ref", "refs/heads/main", made)
    for command in ASKING[:3]:
        ran = run("-C", plan, *command)
        assert (ran.code in (0, 1, 2), "Traceback" in ran.err) == (True, False)


def test_an_object_that_is_broken(run: Run, plan: Path) -> None:
    blob = git(plan, "rev-parse", "HEAD^:tactics.yaml")
    path = plan / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(os.urandom(40))
    for command in ASKING:
        ran = run("-C", plan, *command)
        assert (ran.code in (0, 1, 2), "Traceback" in ran.err) == (True, False)


def test_a_repository_without_its_head_is_not_called_none(run: Run, plan: Path) -> None:
    (plan / ".git/HEAD").write_text("broken")
    ran = run("-C", plan, "log", "tactic", "call")
    assert ran.code == 2
    assert f"git does not take {plan / '.git'} for a repository" in ran.err
    assert "git init" not in ran.err


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [b"author A <a@b> 1 +0000", b"encoding ", b"author ", b" <", b"> ", b"99999999999 +9959", b"\n", b"\n\n"]
        ),
        st.binary(max_size=20),
    ),
    max_size=8,
).map(b"".join)


@given(LINES)
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
def test_any_commit(content: bytes) -> None:
    _commit("0" * 40, content)


@pytest.mark.parametrize("encoding", ["unicode_escape", "Unicode-Escape", "raw_unicode_escape", "idna", "punycode"])
def test_what_only_python_calls_an_encoding_is_none(encoding: str) -> None:
    """Git's names of encodings are those of iconv; Python would read escapes, and warn of odd ones."""
    read = _commit("0" * 40, rb"author A\x41 <a@b\> 1 +0000" + f"\nencoding {encoding}".encode() + b"\n\nB\\x42")
    assert (read.author, read.subject) == ("A\\x41", "B\\x42")


WORDS = ("author ", "encoding ", "utf-16", "latin-1", "idna", "<", ">", "+9999", "-0000", "9" * 25, "\n\n", "\n", *ODD)


@any_seed(100)
def test_any_commit_nearly_right(seed: random.Random) -> None:
    """A commit's author and subject are text that can be shown, its day a day or none, whatever is written in it."""
    text = seed.choice(tuple(COMMITS.values())).decode(errors="surrogateescape")
    content = mutated(seed, text, WORDS).encode(errors="surrogatepass")
    read = _commit("0" * 40, content)
    assert read.author
    assert "\n" not in read.subject


NAMES = st.sampled_from(
    (b"tactics.yaml", b"a.yaml", b"sub", b".", b"..", b".git", b"a\nb.yaml", b"\xff.yaml", b"-o.yaml")
)
MODES = st.sampled_from((b"100644", b"100755", b"120000", b"160000", b"40000", b"0", b"7", b"100664"))
ENTRIES = st.dictionaries(
    NAMES | st.binary(min_size=1, max_size=8).map(lambda name: name.replace(b"\0", b"")).filter(bool),
    st.tuples(MODES, st.sampled_from(("blob", "tree", "commit", "missing")) | st.binary(max_size=60)),
    max_size=4,
)


@given(ENTRIES, st.binary(max_size=3))
@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    deadline=None,
)
def test_any_tree(run: Run, plan: Path, entries: dict[bytes, tuple[bytes, str | bytes]], rest: bytes) -> None:
    """A tree of any names, modes and objects, and with bytes behind it that are no entry."""
    first = git(plan, "rev-list", "--max-parents=0", "HEAD")
    known = {"blob": "tactics.yaml", "tree": "", "commit": None}
    held = {kind: git(plan, "rev-parse", first if at is None else f"{first}:{at}") for kind, at in known.items()}
    held["missing"] = "1" * 40
    rows = [(b"revplan.yaml", b"100644", git(plan, "rev-parse", f"{first}:revplan.yaml"))]
    for name, (mode, what) in entries.items():
        rows.append((name, mode, held[what] if isinstance(what, str) else write(plan, "blob", what)))
    tree = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(object_name) for name, mode, object_name in sorted(rows))
    top = f"tree {write(plan, 'tree', tree + rest)}\nparent {first}\n".encode()
    made = write(plan, "commit", top + b"author A <a@b> 1700000000 +0000\ncommitter A <a@b> 1 +0000\n\nOdd\n")
    for command in (("diff", first, made), ("diff", made), ("log", "tactic", "call")):
        git(plan, "update-ref", "refs/heads/main", made)
        ran = run("-C", plan, *command)
        assert (ran.code in (0, 1, 2), "Traceback" in ran.err) == (True, False), ran.err
        assert "\x1b" not in ran.out + ran.err


def test_a_work_tree_of_which_a_sparse_checkout_leaves_files_out_is_not_compared(run: Run, plan: Path) -> None:
    git(plan, "sparse-checkout", "set", "--no-cone", "/revplan.yaml")
    refused = run("diff", "-C", plan)
    assert refused.code == 2
    assert "a sparse checkout leaves 1 file of the plan out" in refused.err
    assert "`git sparse-checkout disable`" in refused.err
    assert run("diff", "HEAD^", "HEAD", "-C", plan).code == 0
    git(plan, "sparse-checkout", "disable")
    assert run("diff", "-C", plan).code == 0
