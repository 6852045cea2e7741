"""Lists of what has no table of its own: skills, and the functions that every plan may name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

PLAN = """\
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 2, web: 3}}
  ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 4}}
tactics:
  page: {title: P, function: sales, impact: 5, tasks: {a: {skill: writing, hours: 6}, b: {skill: wrting, hours: 90m}}}
  film: {title: F, function: sales, impact: 5, tasks: {a: {skill: video, hours: 8}, b: {skill: writing, hours: 2}}}
  idea: {title: Idea, function: marketing, impact: 5, status: idea, tasks: {a: {skill: drawing, hours: 8}}}
company:
  functions: {marketing: {name: Market making, accountable: ana}, events: {name: Events}}
"""


def test_skills_are_listed_with_who_has_them_and_what_is_asked_for(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(PLAN)
    result = run("skill", "list", "-C", root, "--today", "2026-11-28")
    assert result.code == 0, result.err
    assert [line.split() for line in result.out.splitlines()[4:]] == [
        ["video", "nobody", "8"],
        ["web", "ana", "3", "0"],
        ["writing", "ben", "4,", "ana", "2", "8"],
        ["wrting", "nobody;", "did", "you", "mean", '"writing"?', "1.5"],
    ]
    found = json.loads(run("skill", "list", "-C", root, "--format", "json").out)
    assert found["data"]["skills"][2] == {"skill": "writing", "levels": {"ben": 4, "ana": 2}, "hours": 8, "like": None}


def test_functions_are_listed_with_the_built_in_ones(run: Run, make_plan: MakePlan) -> None:
    out = run("function", "list", "-C", make_plan(PLAN)).out
    assert "13 shown" in out
    rows = {line.split()[0]: " ".join(line.split()[1:]) for line in out.splitlines()[4:]}
    assert rows["marketing"] == "Market making ana –"
    assert rows["events"] == "Events – –"
    assert rows["sales"] == "Sales (built in) – –"
