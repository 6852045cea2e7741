"""A task that several share, logged by hand and planned anew: what each has left is the same wherever it is told."""

from __future__ import annotations

import json
import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

PLAN = """revplan: {format: 1, company: Test, currency: USD, sprint: {reserve: 0%}}
team:
  ann: {name: Ann, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2}}
  bob: {name: Bob, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2}}
tactics:
  book: {title: Book, function: sales, impact: 8, tasks: {write: {skill: writing, hours: 200, split: true}}}
"""
SPRINT = """sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    status: active
    tactics:
      book:
        tasks:
          write: {owners: {bob: 104, ann: 96}, hours: 200, start: 2026-12-01, due: 2026-12-23}
"""


def minutes(hours: float) -> int:
    return round(hours * 60)


def left_by_plan(run: Run, root: Path, today: str, *more: str) -> Counter[str]:
    told = run("sprint", "plan", "2026-12", *more, "--format", "json", "-C", root, "--today", today)
    found: Counter[str] = Counter()
    for entry in json.loads(told.out)["placed"]:
        for task in entry["tasks"]:
            found[task["owner"]] += minutes(task["hours"])
    return found


def left_by_status(run: Run, root: Path, today: str) -> Counter[str]:
    told = run("sprint", "status", "2026-12", "--format", "json", "-C", root, "--today", today)
    return Counter({own["member"]: minutes(own["left_hours"]) for own in json.loads(told.out)["data"]["members"]})


def left_by_brief(run: Run, root: Path, today: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for member in ("ann", "bob"):
        told = run("sprint", "brief", member, "2026-12", "--format", "json", "-C", root, "--today", today)
        found[member] = sum(minutes(task["left_hours"]) for task in json.loads(told.out)["data"]["tasks"])
    return found


def test_each_has_left_what_their_part_is_less_what_they_logged(run: Run, make_plan: Callable[..., Path]) -> None:
    """Ann logs 21 h 20 m and 12 h of 96 h, Bob 7 h 10 m of 104 h; two odd parts become one: 62 h 45 m and 96 h 45 m."""
    root = make_plan({"revplan.yaml": PLAN, "sprint.yaml": SPRINT})
    for who, hours, day in (("ann", "1280m", "03"), ("ann", "12", "04"), ("bob", "430m", "04")):
        did = ("--by", who, "--hours", hours, "--date", f"2026-12-{day}", "--today", "2026-12-04")
        assert run("sprint", "log", "book/write", *did, "-C", root).code == 0
    left = {"ann": 62 * 60 + 45, "bob": 96 * 60 + 45}
    assert left_by_plan(run, root, "2026-12-07") == left
    assert left_by_plan(run, root, "2026-12-07", "--write") == left
    assert left_by_status(run, root, "2026-12-07") == left
    assert left_by_brief(run, root, "2026-12-07") == left
    assert "owners: {bob: 104, ann: 96}, hours: 200" in (root / "sprint.yaml").read_text(encoding="utf-8")


def test_a_task_whose_hours_are_used_up_makes_no_plan_stale(run: Run, make_plan: Callable[..., Path]) -> None:
    """Ann has logged the 4 h of a note that is not done: a quarter of an hour stays, on one day, from plan to plan."""
    note = "  note: {title: Note, function: sales, impact: 9, tasks: {do: {skill: writing, hours: 4, owner: ann}}}\n"
    row = "      note: {tasks: {do: {owner: ann, hours: 4, start: 2026-12-02, due: 2026-12-10}}}\n"
    root = make_plan({"revplan.yaml": PLAN + note, "sprint.yaml": SPRINT + row})
    did = ("--hours", "4", "--today", "2026-12-04")
    assert run("sprint", "log", "note/do", *did, "-C", root).code == 0
    for day in ("2026-12-07", "2026-12-07", "2026-12-09"):
        assert left_by_plan(run, root, day, "--write") == {"ann": 96 * 60 + 15, "bob": 104 * 60}
        checked = run("sprint", "plan", "2026-12", "--check", "-C", root, "--today", day)
        assert checked.code == 0, checked.out
    assert "due: 2026-12-10" in (root / "sprint.yaml").read_text(encoding="utf-8")


def test_who_takes_over_has_their_own_hours_and_the_rest(run: Run, make_plan: Callable[..., Path]) -> None:
    """Ann has logged 20 h and is away from then on: Bob has his 104 h and her other 76 h, of which he logged 4."""
    root = make_plan({"revplan.yaml": PLAN.replace("200,", "140,"), "sprint.yaml": SPRINT.replace("200", "140")})
    for who, hours in (("ann", "20"), ("bob", "4")):
        did = ("--by", who, "--hours", hours, "--date", "2026-12-04", "--today", "2026-12-04")
        assert run("sprint", "log", "book/write", *did, "-C", root).code == 0
    away = PLAN.replace("200,", "140,").replace("{name: Ann,", "{name: Ann, time_off: {2026-12-07..2026-12-31: Ill},")
    (root / "revplan.yaml").write_text(away, encoding="utf-8")
    assert left_by_plan(run, root, "2026-12-07", "--write") == {"bob": 116 * 60}
    assert "owners: {bob: 120, ann: 20}" in (root / "sprint.yaml").read_text(encoding="utf-8")
    assert left_by_status(run, root, "2026-12-07") == {"ann": 0, "bob": 116 * 60}
    assert left_by_brief(run, root, "2026-12-07") == {"ann": 0, "bob": 116 * 60}
    assert run("sprint", "plan", "2026-12", "--check", "-C", root, "--today", "2026-12-07").code == 0
    page = run("sprint", "brief", "ann", "2026-12", "-C", root, "--today", "2026-12-07").out
    assert "0 h to do" in page
    assert "In this order" not in page


def test_what_goes_on_in_january_is_not_asked_of_who_is_away(run: Run, make_plan: Callable[..., Path]) -> None:
    """Ann is ill from the 7th on, and has her 96 h in January: December asks them of nobody, and no rule complains."""
    root = make_plan({"revplan.yaml": PLAN, "sprint.yaml": SPRINT})
    did = ("--by", "bob", "--hours", "4", "--today", "2026-12-04")
    assert run("sprint", "log", "book/write", *did, "-C", root).code == 0
    away = PLAN.replace("{name: Ann,", "{name: Ann, time_off: {2026-12-07..2026-12-31: Ill},")
    (root / "revplan.yaml").write_text(away, encoding="utf-8")
    assert left_by_plan(run, root, "2026-12-07", "--write") == {"ann": 96 * 60, "bob": 100 * 60}
    assert left_by_status(run, root, "2026-12-07") == {"ann": 0, "bob": 100 * 60}
    assert left_by_brief(run, root, "2026-12-07") == {"ann": 0, "bob": 100 * 60}
    assert "error" not in run("validate", "-C", root, "--today", "2026-12-07").out


@pytest.mark.parametrize("seed", range(4))
def test_plan_brief_and_status_agree_day_by_day(run: Run, make_plan: Callable[..., Path], seed: int) -> None:
    some = random.Random(seed)  # noqa: S311 - test data, not secrets
    root = make_plan({"revplan.yaml": PLAN, "sprint.yaml": SPRINT})
    for day in ("2026-12-02", "2026-12-04", "2026-12-09"):
        for who in ("ann", "bob"):
            did = ("--by", who, "--hours", f"{some.randrange(1, 600)}m", "--today", day)
            again = ("--left", f"{some.randrange(100, 160)}") if some.random() < 0.3 else ()
            assert run("sprint", "log", "book/write", *did, *again, "-C", root).code == 0
        planned = left_by_plan(run, root, day, "--write")
        assert left_by_status(run, root, day) == planned
        assert left_by_brief(run, root, day) == planned
        assert sum(own % 15 > 0 for own in planned.values()) <= 1
