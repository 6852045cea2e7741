"""A task that takes two people at once, from the backlog to its end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

HEAD = "revplan: {format: 1, company: Test, currency: USD}\n"
TEAM = """team:
  noor: {name: Noor, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2}}
  sam: {name: Sam, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 3}}
"""
MEET = """tactics:
  workshop: {title: Workshop, function: sales, impact: 8, tasks: {meet: {skill: writing, hours: 8, people: 2}}}
"""
APART = """team:
  bo: {name: Bo, kind: employee, function: sales, week: {mon: 8}, skills: {writing: 2}}
  cy: {name: Cy, kind: employee, function: sales, week: {fri: 8}, skills: {writing: 3}}
"""


def test_each_books_the_hours_and_goes_on_with_their_own_part(run: Run, make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": TEAM + MEET})
    assert run("sprint", "plan", "2026-12", "--write", "-C", root, "--today", "2026-11-28").code == 0
    row = (root / "sprints" / "2026-12.yaml").read_text(encoding="utf-8")
    assert "owners: {noor: 8, sam: 8}\n            hours: 16\n" in row
    assert "days: {noor: 2026-12-01..2026-12-02, sam: 2026-12-01..2026-12-02}" in row
    brief = run("sprint", "brief", "sam", "2026-12", "-C", root, "--today", "2026-12-01").out
    assert "meet, Workshop (at once with Noor)" in " ".join(brief.split())
    calendar = run("export", "ics", "--member", "sam", "-C", root, "--today", "2026-12-01").out
    assert "Due in sprint 2026-12\\, at once from 2026-12-01 on\\nNoor\\, Sam" in calendar
    run("sprint", "start", "2026-12", "-C", root, "--today", "2026-12-01")
    run("sprint", "log", "workshop/meet", "--hours", "8", "--by", "noor", "-C", root, "--today", "2026-12-01")
    again = run("sprint", "plan", "2026-12", "--write", "-C", root, "--today", "2026-12-02", "--format", "json")
    (tasks,) = [entry["tasks"] for entry in json.loads(again.out)["placed"]]
    assert [(task["task"], task["owner"], task["hours"]) for task in tasks] == [("meet", "sam", 8)]
    row = (root / "sprints" / "2026-12.yaml").read_text(encoding="utf-8")
    assert "owners: {noor: 8, sam: 8}\n            hours: 16\n" in row
    assert "8 h to do" in run("sprint", "brief", "sam", "-C", root, "--today", "2026-12-02").out
    assert "8 h to do" not in run("sprint", "brief", "noor", "-C", root, "--today", "2026-12-02").out
    assert "error" not in run("validate", "-C", root, "--today", "2026-12-02").out


def test_people_who_never_meet_are_no_pair_and_the_screen_says_so(run: Run, make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": APART + MEET.replace("hours: 8", "hours: 2")})
    screen = run("sprint", "plan", "2026-12", "-C", root, "--today", "2026-11-28").out
    assert "the people of meet have no days together" in screen
    pinned = run("sprint", "plan", "2026-12", "--pin", "workshop", "-C", root, "--today", "2026-11-28").out
    assert "No plan has it in" in pinned
    told = run("explain", "workshop", "-C", root, "--today", "2026-12-01").out
    assert (
        "Not even a sprint that holds nothing else has time for it: the people of meet have no days together"
        in " ".join(told.split())
    )


def test_what_keeps_people_from_meeting_is_named(run: Run, make_plan: Callable[..., Path]) -> None:
    """Both have Mondays, of which the note takes Bo's first; Bo has Thursdays and Cy Fridays besides."""
    team = APART.replace("{mon: 8}", "{mon: 2, thu: 8}").replace("{fri: 8}", "{mon: 2, fri: 8}")
    workshop = MEET.replace("hours: 8", "hours: 4, deadline: 2026-12-21")
    do = "{skill: writing, hours: 1.25, owner: bo, not_before: 2026-12-07, deadline: 2026-12-07}"
    note = f"  note: {{title: Note, function: sales, impact: 9, tier: must, tasks: {{do: {do}}}}}\n"
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": team + workshop})
    assert (
        "Workshop" in run("sprint", "plan", "2026-12", "-C", root, "--today", "2026-11-28").out.split("Parking lot")[0]
    )
    (root / "plan.yaml").write_text(team + workshop + note, encoding="utf-8")
    screen = run("sprint", "plan", "2026-12", "-C", root, "--today", "2026-11-28").out
    assert "the people of meet have no days together beside Note" in " ".join(screen.split())


def test_a_written_sprint_in_which_they_never_meet_is_warned_of(run: Run, make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": APART + MEET.replace("hours: 8", "hours: 2")})
    days = "days: {bo: 2026-12-07, cy: 2026-12-04}"
    row = f"{{owners: {{bo: 2, cy: 2}}, hours: 4, start: 2026-12-04, due: 2026-12-07, {days}}}"
    head = "sprints:\n  2026-12: {start: 2026-12-01, end: 2026-12-31, tactics: "
    (root / "sprint.yaml").write_text(f"{head}{{workshop: {{tasks: {{meet: {row}}}}}}}}}\n", encoding="utf-8")
    found = run("validate", "-C", root, "--today", "2026-11-28").out
    assert "workshop/meet takes its people at once, and no day is one of bo and cy together" in found


def test_as_many_as_it_takes_are_named_and_edited(run: Run, make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": TEAM + MEET})
    edited = run("task", "edit", "workshop/meet", "--owner", "sam", "--owner", "noor", "-C", root)
    assert edited.code == 0
    assert "owner: [sam, noor]" in (root / "plan.yaml").read_text(encoding="utf-8")
    added = run("task", "add", "workshop/note", "--skill", "writing", "--hours", "1", "--owner", "sam", "-C", root)
    assert added.code == 0
    assert "owner: sam" in (root / "plan.yaml").read_text(encoding="utf-8")
    assert "contradictory-people" in run("task", "edit", "workshop/meet", "--people", "3", "-C", root).err
