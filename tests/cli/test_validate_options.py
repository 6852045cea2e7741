from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

FILES = {
    "team.yaml": "team: {ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40}}\n",
    "todos/far.yaml": "todos: {far: {title: Far, owner: ana, due: 2027-01-15}}\n",
    "todos/none.yaml": "todos: {none: {title: None}}\n",
    "company.yaml": "company: {cover: {queue: {for: support, by: service, what: W, since: 2026-06-15}}}\n",
}


def codes(ran: Ran) -> list[str]:
    return [finding["code"] for finding in json.loads(ran.out)["findings"]]


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    return make_plan(FILES)


def test_everything_is_shown_where_nothing_is_asked(run: Run, root: Path) -> None:
    assert codes(run("validate", "-C", root, "--format", "json")) == ["RP914", "RP921", "RP901"]


@pytest.mark.parametrize(
    ("options", "shown", "exit_code"),
    [
        (("--select", "RP91"), ["RP914"], 0),
        (("--select", "cover-without-limit,RP92"), ["RP914", "RP921"], 0),
        (("--select", "RP914", "--select", "RP921"), ["RP914", "RP921"], 0),
        (("--ignore", "todo-without-owner-or-due"), ["RP914", "RP921"], 0),
        (("--select", "RP9", "--ignore", "RP914"), ["RP921", "RP901"], 1),
        (("--strict", "--select", "RP914"), ["RP914"], 1),
        (("--strict", "--select", "RP921"), ["RP921"], 0),
    ],
)
def test_rules_are_chosen(run: Run, root: Path, options: tuple[str, ...], shown: list[str], exit_code: int) -> None:
    result = run("validate", "-C", root, "--format", "json", *options)
    assert (codes(result), result.code) == (shown, exit_code)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_is_a_usage_error_with_a_way_out(run: Run, root: Path, option: str) -> None:
    result = run("validate", "-C", root, option, "todo-far-of")
    assert (result.code, result.out) == (2, "")
    assert result.err == 'error: there is no rule "todo-far-of"\n  hint: did you mean "todo-far-off"?\n'
    assert run("validate", "-C", root, option, "RP99").code == 2


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        (("todos/far.yaml",), ["RP921"]),
        (("todos",), ["RP921", "RP901"]),
        (("todos/none.yaml", "company.yaml"), ["RP914", "RP901"]),
        ((".",), ["RP914", "RP921", "RP901"]),
    ],
)
def test_paths_narrow_what_is_shown(run: Run, root: Path, paths: tuple[str, ...], shown: list[str]) -> None:
    result = run("validate", "-C", root, "--format", "json", *(root / path for path in paths))
    assert codes(result) == shown


def test_paths_outside_the_plan_are_usage_errors(run: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("", encoding="utf-8")
    assert "is no part of the plan" in run("validate", "-C", root, tmp_path / "other.yaml").err
    gone = run("validate", "-C", root, root / "gone.yaml")
    assert (gone.code, gone.out) == (2, "")
    assert "there is no file or folder" in gone.err


def test_the_findings_go_to_a_file(run: Run, root: Path, tmp_path: Path) -> None:
    result = run("validate", "-C", root, "--output", tmp_path / "found.txt", "--color", "always")
    assert (result.code, result.out) == (1, "")
    assert "1 error, 1 warning, 1 piece of advice" in result.err
    written = (tmp_path / "found.txt").read_text(encoding="utf-8")
    assert written.startswith("advice[RP921] todo-far-off")
    assert "\x1b" not in written


def test_a_file_that_cannot_be_written_is_told(run: Run, root: Path, tmp_path: Path) -> None:
    result = run("validate", "-C", root, "--output", tmp_path / "nowhere" / "found.txt")
    assert result.code == 2
    assert "cannot be written" in result.err


def test_tools_find_files_from_where_revplan_runs(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root.parent)
    assert "file=plan/todos/none.yaml," in run("validate", "-C", root, "--format", "github").out
    monkeypatch.chdir(root)
    assert "file=todos/none.yaml," in run("validate", "--format", "github").out


@pytest.mark.parametrize("name", ["github", "gitlab", "sarif", "junit"])
def test_other_formats_write_nothing_but_themselves(run: Run, root: Path, name: str) -> None:
    result = run("validate", "-C", root, "--format", name)
    assert (result.code, result.err) == (1, "")
    assert "RP901" in result.out


def test_fix_says_what_it_did_and_what_is_left(run: Run, make_plan: MakePlan) -> None:
    root = make_plan("todos:\n  call: {titel: Call, owner: ana, due: 2026-12-1}\n")
    ran = run("validate", "--fix", "--select", "RP1,RP2", "-C", root)
    assert ran.code == 1
    assert ran.err.splitlines()[:2] == [
        "fixed plan.yaml:2:10 unknown-key: titel → title",
        "fixed plan.yaml:2:40 wrong-type: 2026-12-1 → 2026-12-01",
    ]
    assert "RP207" in ran.out
    assert (root / "plan.yaml").read_text() == "todos:\n  call: {title: Call, owner: ana, due: 2026-12-01}\n"


def test_the_summary_counts_by_rule(run: Run, root: Path) -> None:
    result = run("validate", "-C", root, "--summary")
    assert (result.code, result.out.splitlines()[-1]) == (1, "1 error[RP901] todo-without-owner-or-due")
    assert "1 error, 1 warning, 1 piece of advice" in result.err
    assert run("validate", "-C", root, "--summary", "--format", "json").code == 2
