"""Findings of references name a way out that can be gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = """revplan: {format: 1, company: Test, currency: USD}
team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
tactics:
  page: {title: Page, function: sales, impact: 9, tasks: {write: {skill: copy, hours: 8}}}
sprints:
  2027-01:
    start: 2027-01-01
    end: 2027-01-31
    tactics:
      page:
        tasks:
          write: {owner: ana, hours: 8, start: 2027-01-04, due: 2027-01-05}
          film: {owner: ana, hours: 4, start: 2027-01-04, due: 2027-01-05DROPPED}
"""


def test_a_task_that_is_off_is_dropped_from_its_sprint(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": PLAN.replace("DROPPED", "")})
    told = run("validate", "-C", root, "--today", "2027-01-04").out
    assert "RP209" in told
    assert "`revplan sprint drop page/film` drops it, and keeps its hours" in told
    assert run("sprint", "drop", "page/film", "-C", root, "--today", "2027-01-04").code == 0
    assert (root / "revplan.yaml").read_text(encoding="utf-8") == PLAN.replace("DROPPED", ", dropped: 2027-01-04")
    assert "RP209" not in run("validate", "-C", root, "--today", "2027-01-04").out


def test_a_tactic_without_tasks_is_told_what_to_write(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    text = PLAN[: PLAN.index("sprints:")].replace(", tasks: {write: {skill: copy, hours: 8}}", "")
    told = run("validate", "-C", make_plan({"revplan.yaml": text}), "--today", "2027-01-04").out
    assert '"tasks" is missing' in told
    assert "such as tasks: {write: {skill: writing, hours: 8}}" in told
