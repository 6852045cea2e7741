from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

UNTIDY = b"\xef\xbb\xbftodos:\r\n    call: {owner: ana, title: Call}\r\n\r\n\r\n"
TIDY = b"\xef\xbb\xbftodos:\r\n  call: {title: Call, owner: ana}\r\n"


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    root = make_plan({"broken.yaml": "team: [\n", "fine.yaml": "todos: {mail: {title: Mail}}\n"})
    (root / "untidy.yaml").write_bytes(UNTIDY)
    return root


def test_check_names_the_files_and_writes_nothing(run: Run, root: Path) -> None:
    ran = run("fmt", "--check", "-C", root)
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "would change untidy.yaml",
        "left alone broken.yaml: its text has faults; `revplan validate` tells them",
    ]
    assert (root / "untidy.yaml").read_bytes() == UNTIDY


def test_fmt_writes_all_but_the_broken(run: Run, root: Path) -> None:
    assert run("fmt", "-C", root).code == 1
    assert (root / "untidy.yaml").read_bytes() == TIDY
    assert (root / "broken.yaml").read_text() == "team: [\n"
    assert run("fmt", "--check", "-C", root, root / "untidy.yaml").code == 0


def test_paths_narrow(run: Run, root: Path) -> None:
    ran = run("fmt", "-C", root, root / "fine.yaml")
    assert (ran.code, ran.err) == (0, "")
    assert (root / "untidy.yaml").read_bytes() == UNTIDY


def test_a_new_plan_is_canonical(run: Run, tmp_path: Path) -> None:
    assert run("init", "--yes", tmp_path / "new").code == 0
    assert run("fmt", "--check", "-C", tmp_path / "new").code == 0
