"""A tactic that the backlog calls done is done in the sprint that holds it: every page says the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from revplan.reports.catalog import NAMES as REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = """\
team:
  ana: {{name: Ana Lind, kind: employee, function: marketing, hours_per_week: 40, skills: {{copy: 3, web: 3}}}}
tactics:
  page: {{title: A page, function: sales, impact: 8, done_when: It is up.{called},
    tasks: {{write: {{skill: copy, hours: 60}}, build: {{skill: web, hours: 70}}}}}}
  talk: {{title: A talk, function: sales, impact: 3, done_when: It is held.,
    tasks: {{hold: {{skill: copy, hours: 10}}}}}}
sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    status: active
    tactics:
      page:
        tasks:
          write: {{owner: ana, hours: 60, start: 2026-12-01, due: 2026-12-15{row}}}
          build: {{owner: ana, hours: 70, start: 2026-12-15, due: 2026-12-30{row}}}
      talk:
        tasks:
          hold: {{owner: ana, hours: 10, start: 2026-12-30, due: 2026-12-31}}
"""
CALLED = ", status: done, done: 2026-12-09"
UNTOUCHED = PLAN.format(called=CALLED, row="")
LOGGED = PLAN.format(called=CALLED, row=", status: done")
PAGES = (
    *(("report", name) for name in REPORTS),
    ("agenda", "weekly"),
    ("agenda", "sprint"),
    ("agenda", "quarter"),
    ("sprint", "status"),
    ("sprint", "show"),
    ("sprint", "list"),
    ("sprint", "brief", "ana"),
    ("sprint", "plan", "2026-12"),
    ("sprint", "plan", "2027-01"),
    ("sprint", "close", "--dry-run", "--yes"),
    ("tactic", "list"),
    ("tactic", "list", "--all"),
    ("export", "ics"),
    ("export", "mermaid"),
    ("export", "csv", "assignment"),
    ("validate",),
)


@pytest.fixture
def plans(make_plan: Callable[..., Path]) -> Callable[[str], Path]:
    return make_plan


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_every_page_is_that_of_a_sprint_whose_tasks_are_done(
    run: Callable[..., Ran], plans: Callable[[str], Path], page: tuple[str, ...]
) -> None:
    day = () if page == ("sprint", "list") else ("--today", "2026-12-10")
    seen = []
    for text in (UNTOUCHED, LOGGED):
        root = plans(text)
        ran = run(*page, "-C", root, *day)
        assert ran.code in {0, 1}, ran.err
        seen.append(ran.out.replace(str(root), ""))
    assert seen[0] == seen[1]
    assert seen[0] or page == ("validate",)


def test_the_sprint_counts_its_tasks_as_done_with_no_hours_left(
    run: Callable[..., Ran], plans: Callable[[str], Path]
) -> None:
    root = plans(UNTOUCHED)
    status = " ".join(run("sprint", "status", "-C", root, "--today", "2026-12-10").out.split())
    assert "Done: 130 of 140 h of planned work" in status
    assert "10 h left" in status
    backlog = json.loads(run("report", "backlog", "-C", root, "--today", "2026-12-10", "--format", "json").out)
    assert "page" not in json.dumps(backlog["data"]["tactics"])


def test_work_is_still_logged_but_not_said_to_be_left(run: Callable[..., Ran], plans: Callable[[str], Path]) -> None:
    root = plans(UNTOUCHED)
    where = ("-C", root, "--today", "2026-12-10")
    ran = run("sprint", "log", "page/write", "--hours", "3", "--left", "5", *where)
    assert ran.code == 2
    assert "page is done, the backlog says" in ran.err
    assert "revplan tactic edit page --status ready" in ran.err
    assert run("sprint", "log", "page/write", "--hours", "3", *where).code == 0
    assert "3 h spent, 10 h left" in " ".join(run("sprint", "status", *where).out.split())


def test_a_closed_sprint_keeps_what_was_true_when_it_closed(
    run: Callable[..., Ran], plans: Callable[[str], Path]
) -> None:
    root = plans(UNTOUCHED)
    where = ("-C", root, "--today", "2026-12-31")
    assert run("sprint", "close", "--yes", *where).code == 0
    assert "RP306" not in run("validate", *where).out
    assert "done: [page]" in (root / "plan.yaml").read_text(encoding="utf-8")
    before = run("sprint", "show", "2026-12", *where).out
    assert run("tactic", "edit", "page", "--status", "ready", "-C", root).code == 0
    assert run("sprint", "show", "2026-12", *where).out == before
    assert run("tactic", "edit", "talk", "--status", "done", "-C", root).code == 0
    assert run("sprint", "show", "2026-12", *where).out == before
    assert "RP306" not in run("validate", *where).out


def test_to_reopen_gives_back_the_same_text(run: Callable[..., Ran], plans: Callable[[str], Path]) -> None:
    root = plans(UNTOUCHED)
    before = (root / "plan.yaml").read_bytes()
    assert run("sprint", "close", "--yes", "-C", root, "--today", "2026-12-31").code == 0
    assert run("sprint", "reopen", "-C", root, "--today", "2026-12-31").code == 0
    assert (root / "plan.yaml").read_bytes() == before
