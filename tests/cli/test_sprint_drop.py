"""`sprint drop` takes a task out of a written sprint: its hours stay, and the plan stays sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = """revplan: {format: 1, company: Test, currency: USD}
team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
tactics:
  page: {title: Page, function: sales, impact: 9, tasks: {write: {skill: copy, hours: 8}, film: {skill: copy, hours: 4},
    cut: {skill: copy, hours: 2, after: film}}}
sprints:
  2027-01:
    start: 2027-01-01
    end: 2027-01-31
    status: active
    tactics:
      page:
        tasks:
          write: {owner: ana, hours: 8, start: 2027-01-04, due: 2027-01-05}
          film: {owner: ana, hours: 4, start: 2027-01-05, due: 2027-01-05, status: started, spent: 1}
          cut: {owner: ana, hours: 2, start: 2027-01-06, due: 2027-01-06}
"""
TODAY = ("--today", "2027-01-05")


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": PLAN})


def test_what_is_dropped_leaves_sprint_and_backlog_and_keeps_its_hours(run: Callable[..., Ran], root: Path) -> None:
    ran = run("sprint", "drop", "page/film", "page/cut", "-C", root, *TODAY)
    assert ran.code == 0
    assert "dropped page/film and page/cut from sprint 2027-01" in ran.err
    text = (root / "revplan.yaml").read_text(encoding="utf-8")
    assert text.count("dropped: 2027-01-05") == 2
    assert "spent: 1" in text
    assert "tasks: {write: {skill: copy, hours: 8}}" in " ".join(text.split())
    assert run("validate", "-C", root, *TODAY).code == 0
    status = " ".join(run("sprint", "status", "-C", root, *TODAY).out.split())
    assert "of 8 h of planned work" in status
    assert "8 h left" in status
    assert "1 h spent" in status
    assert "Page committed 14 8 1 8" in " ".join(run("sprint", "show", "-C", root, *TODAY).out.split())


def test_a_dry_run_writes_nothing(run: Callable[..., Ran], root: Path) -> None:
    ran = run("sprint", "drop", "page/cut", "--dry-run", "-C", root, *TODAY)
    assert ran.code == 0
    assert "dropped: 2027-01-05" in ran.out
    assert (root / "revplan.yaml").read_text(encoding="utf-8") == PLAN


def test_a_task_that_others_follow_stays(run: Callable[..., Ran], root: Path) -> None:
    ran = run("sprint", "drop", "page/film", "-C", root, *TODAY)
    assert ran.code == 1
    assert 'no task "film"' in ran.err
    assert (root / "revplan.yaml").read_text(encoding="utf-8") == PLAN


@pytest.mark.parametrize(
    ("tasks", "told"),
    [
        (("page",), "--drop page --write` takes a whole tactic out"),
        (("page/wriet",), 'did you mean "page/write"?'),
        (("page/write", "page/film", "page/cut"), "nothing would be left of page"),
    ],
)
def test_what_cannot_be_dropped_is_told(run: Callable[..., Ran], root: Path, tasks: tuple[str, ...], told: str) -> None:
    ran = run("sprint", "drop", *tasks, "-C", root, *TODAY)
    assert ran.code == 2
    assert told in ran.err
    assert (root / "revplan.yaml").read_text(encoding="utf-8") == PLAN


def test_the_list_takes_a_day(run: Callable[..., Ran], root: Path) -> None:
    assert "2027-01" in run("sprint", "list", "-C", root, *TODAY).out
