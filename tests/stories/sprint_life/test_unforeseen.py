"""Work that nobody foresaw takes the reserve before all else, and no other work's hours."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.analysis.capacity import team_capacity
from revplan.app.open import context_of, open_plan
from revplan.app.sprint.plan import Request, work_out
from revplan.model.numbers import QUARTER_HOUR

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

HEAD = "revplan: {format: 1, company: Test, currency: USD, sprint: {focus_factor: 1, reserve: 20%}}\n"
TEAM = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
  ben: {name: Ben, kind: employee, function: sales, hours_per_week: 20, skills: {art: 3}}
"""
BACKLOG = """tactics:
  book: {title: Book, function: sales, impact: 5, tasks: {write: {skill: copy, hours: 134}}}
  pics: {title: Pictures, function: sales, impact: 3, tasks: {draw: {skill: art, hours: 10}}}
"""
# January 2027 has 21 workdays: Ana 168 h, of which 134.25 are planned with and 33.75 are kept; Ben's 84 keep 17.
WHOLE = 50.75


@pytest.fixture
def planned(run: Run, make_plan: Callable[..., Path]) -> Callable[..., dict[str, Any]]:
    """Plan January with an unforeseen tactic of so many hours of copy."""

    def planned(hours: int, tier: str = "nice", flag: str = "true") -> dict[str, Any]:
        crisis = f"title: Crisis, function: sales, impact: 1, tier: {tier}, unforeseen: {flag}"
        crisis = f"  crisis: {{{crisis}, tasks: {{answer: {{skill: copy, hours: {hours}}}}}}}\n"
        root = make_plan({"revplan.yaml": HEAD, "plan.yaml": TEAM + BACKLOG + crisis})
        ran = run("sprint", "plan", "--write", "-C", root, "--today", "2027-01-01", "--format", "json")
        assert ran.code == 0, ran.err
        assert "error" not in run("validate", "-C", root, "--today", "2027-01-01").out
        assert "follows from the plan" in run("sprint", "plan", "--check", "-C", root, "--today", "2027-01-01").out
        return dict(json.loads(ran.out), root=root)

    return planned


def placed(found: dict[str, Any]) -> list[str]:
    """Return the placed tactics, sorted."""
    return sorted(entry["tactic"] for entry in found["placed"])


def test_it_comes_in_beside_a_full_sprint(planned: Callable[..., dict[str, Any]]) -> None:
    assert placed(planned(20, flag="false")) == ["book", "pics"], "134 + 20 h are more than Ana's 134.25"
    found = planned(20)
    assert placed(found) == ["book", "crisis", "pics"]
    assert found["reserve"] == {"hours": WHOLE, "left": WHOLE - 20, "used": False, "unforeseen": 20}


def test_what_the_reserve_does_not_hold_competes_by_its_tier(planned: Callable[..., dict[str, Any]]) -> None:
    found = planned(40)
    assert placed(found) == ["book", "pics"], "a nice-to-have of 40 h, where 33.75 + 0.25 are left"
    assert found["reserve"] == {"hours": WHOLE, "left": WHOLE, "used": False, "unforeseen": 0}
    must = planned(40, "must")
    assert placed(must) == ["crisis", "pics"], "168 - 40 h leave the book six too few"
    assert must["reserve"] == {"hours": WHOLE, "left": WHOLE - 33.75, "used": False, "unforeseen": 33.75}


def test_every_screen_says_what_is_left(planned: Callable[..., dict[str, Any]], run: Run) -> None:
    root = planned(20)["root"]
    said = "Reserve: 50.75 h, of which unforeseen work takes 20 h; 30.75 h of it are left."
    assert run("sprint", "start", "-C", root, "--today", "2027-01-01").code == 0
    for command in (("sprint", "status"), ("report", "capacity")):
        assert said in " ".join(run(*command, "-C", root, "--today", "2027-01-01").out.split())


def test_a_replan_keeps_what_is_under_way(planned: Callable[..., dict[str, Any]], run: Run) -> None:
    root = planned(20)["root"]
    day = ("-C", root, "--today", "2027-01-18")
    run("sprint", "start", "-C", root, "--today", "2027-01-01")
    for task, spent, left in (("book/write", "20", "54"), ("crisis/answer", "4", "8")):
        for worked in ("2027-01-05", "2027-01-06", "2027-01-07"):
            did = ("--hours", spent, "--left", left, "--date", worked)
            assert run("sprint", "log", task, *did, *day).code == 0
    ran = run("sprint", "plan", "--write", "--format", "json", *day)
    assert ran.code == 0, ran.err
    assert placed(json.loads(ran.out)) == ["book", "crisis", "pics"]
    assert "error" not in run("validate", *day).out


def test_in_mid_sprint_status_has_the_hours_that_the_plan_has(planned: Callable[..., dict[str, Any]], run: Run) -> None:
    """Nobody has begun the 20 h of the crisis on the 18th: they take most of the reserve of the days that are left."""
    root = planned(20)["root"]
    day = ("-C", root, "--today", "2027-01-18", "--format", "json")
    run("sprint", "start", "-C", root, "--today", "2027-01-01")
    again = json.loads(run("sprint", "plan", "--write", *day).out)
    status = json.loads(run("sprint", "status", *day).out)["data"]
    free = {own["member"]: own["plannable"] - own["recurring"] for own in again["members"]}
    assert {own["member"]: own["free_hours"] for own in status["members"]} == free
    report = json.loads(run("report", "capacity", *day).out)["data"]
    assert {own["member"]: own["plannable_hours"] for own in report["members"]} == free


def test_recurring_work_is_foreseen(run: Run, make_plan: Callable[..., Path]) -> None:
    backlog = "tactics: {calls: {title: Calls, function: sales, impact: 1, unforeseen: true, recurring: weekly, "
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": backlog + "tasks: {call: {skill: copy, hours: 1}}}}\n"})
    assert "what comes weekly is not unforeseen" in run("validate", "-C", root).out


# --- the law -----------------------------------------------------------------------------------------------------


@st.composite
def backlogs(draw: st.DrawFn) -> str:
    """Return tactics for two people, some of them unforeseen."""
    lines = ["tactics:"]
    for number in range(draw(st.integers(1, 6))):
        tier = draw(st.sampled_from(("must", "should", "nice")))
        flag = draw(st.sampled_from(("", ", unforeseen: true")))
        last = date(2027, 1, 4) + timedelta(draw(st.integers(0, 27)))
        about = f"title: T{number}, function: sales, impact: {draw(st.integers(1, 9))}, tier: {tier}{flag}"
        about += f", deadline: {last}" if draw(st.booleans()) else ""
        tasks = [
            f"t{task}: {{skill: {draw(st.sampled_from(('copy', 'art')))}, hours: {draw(st.integers(1, 70))}}}"
            for task in range(draw(st.integers(1, 2)))
        ]
        lines.append(f"  t{number}: {{{about}, tasks: {{{', '.join(tasks)}}}}}")
    return "\n".join(lines) + "\n"


@settings(max_examples=40, deadline=None)
@given(backlogs(), st.integers(1, 20))
def test_other_work_has_no_more_than_without_it(backlog: str, day: int) -> None:
    with TemporaryDirectory() as folder:
        root, today = Path(folder), date(2027, 1, day)
        (root / "revplan.yaml").write_text(HEAD, encoding="utf-8")
        (root / "plan.yaml").write_text(TEAM + backlog, encoding="utf-8")
        loaded = open_plan(root, root)
    context = context_of(loaded, today, today)
    found = work_out(loaded, context, Request("2027-01"), lambda _: None)
    kept = team_capacity(context.plan, found.plan.period, max(found.plan.period.start, today), {})
    other: Counter[str] = Counter()
    for one in found.allocation.assignments:
        if not context.plan.tactics[one.tactic].unforeseen:
            other[one.worker] += one.minutes
    for member, minutes in other.items():
        assert minutes < kept[member].plannable + QUARTER_HOUR, member


CHOICE = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 8, business_as_usual: 4, skills: {web: 4}}
  bo: {name: Bo, kind: employee, function: sales, hours_per_week: 40, business_as_usual: 4, skills: {web: 4}}
tactics:
  fix: {title: Fix, function: sales, impact: 9, unforeseen: true, tasks: {build: {skill: web, hours: 10}}}
"""


@pytest.mark.parametrize("reserve", ["0", "10%", "30%"])
def test_who_is_written_for_unforeseen_work_changes_nothing_that_it_follows_from(
    run: Run, make_plan: Callable[..., Path], reserve: str
) -> None:
    """In all of November Ana has the ten hours, from the 22nd on only Bo has: writing his name asks nothing new."""
    root = make_plan({"revplan.yaml": HEAD.replace("20%", reserve), "plan.yaml": CHOICE})
    on = ("-C", root, "--today", "2026-11-22")
    assert run("sprint", "plan", "--write", *on).code == 0
    assert "owner: bo" in (root / "sprints" / "2026-11.yaml").read_text(encoding="utf-8")
    assert "follows from the plan" in run("sprint", "plan", "--check", *on).out
    assert "up to date" in run("sprint", "plan", "--write", *on).err
