from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

PLAN = """tactics:
  "page": # the page
    {title: A, function: sales, impact: 5, tasks: {write: {skill: copy, hours: 4, owner: 'dana'},
     check: {skill: copy, hours: 1, after: [write]}}, notes: not dana}
  post: {title: B, function: sales, impact: 5, requires: [page], tasks: {do: {skill: copy, hours: 4}}}
team:
  dana: {name: dana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
x-mine: dana
"""


def test_a_member_is_renamed_wherever_they_are_meant(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(PLAN)
    result = run("-C", root, "rename", "member", "dana", "dana-w")
    assert (result.code, "with 1 reference (plan.yaml)" in result.err) == (0, True)
    expected = PLAN.replace("'dana'", "'dana-w'").replace("  dana:", "  dana-w:")
    assert (root / "plan.yaml").read_text() == expected


def test_a_tactic_and_its_tasks_keep_their_quotes(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(PLAN)
    assert run("-C", root, "rename", "tactic", "page", "site").code == 0
    assert run("-C", root, "rename", "task", "site/write", "draft").code == 0
    expected = PLAN.replace('"page"', '"site"').replace("[page]", "[site]")
    expected = expected.replace("{write:", "{draft:").replace("[write]", "[draft]")
    assert (root / "plan.yaml").read_text() == expected


def test_rows_of_sprints_and_what_was_short_follow(run: Run, make_plan: MakePlan) -> None:
    sprint = """sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    tactics: {page: {tasks: {write: {owner: dana, hours: 4}}}}
    parked: {post: {reason: capacity, short: {dana: 3, copy: 1}}}
"""
    root = make_plan({"plan.yaml": PLAN, "sprints/2026-12.yaml": sprint})
    assert run("-C", root, "rename", "task", "page/write", "draft").code == 0
    assert run("-C", root, "rename", "member", "dana", "dee").code == 0
    expected = sprint.replace("{write:", "{draft:").replace("owner: dana", "owner: dee").replace("{dana: 3", "{dee: 3")
    assert (root / "sprints" / "2026-12.yaml").read_text() == expected


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("tactic", "page", "post"), 2, "already"),
        (("tactic", "page", "a/b"), 2, "no new id"),
        (("tactic", "page", "Not An Id"), 1, "error[RP106]"),
        (("tactic", "pgae", "x"), 2, 'did you mean "page"?'),
        (("tactik", "page", "x"), 2, 'did you mean "tactic"?'),
        (("function", "sales", "selling"), 2, 'no function "sales"'),
        (("task", "page/write", "post/write"), 2, "no new id"),
        (("sprint", "2026-12", "2027-01"), 2, 'no sprint "2026-12"'),
    ],
)
def test_what_cannot_be_renamed_stays(
    run: Run, make_plan: MakePlan, words: tuple[str, ...], code: int, said: str
) -> None:
    root = make_plan(PLAN)
    result = run("-C", root, "rename", *words)
    assert (result.code, said in result.err) == (code, True), result.err
    assert (root / "plan.yaml").read_text() == PLAN


def test_nothing_is_renamed_while_something_cannot_be_read(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"plan.yaml": PLAN, "broken.yaml": "tactics: {x: {impact: 3}}\n"})
    assert "cannot be read, and may name it too" in run("-C", root, "rename", "member", "dana", "dan").err
    assert (root / "plan.yaml").read_text() == PLAN


def test_an_alias_of_all_that_is_meant_follows(run: Run, make_plan: MakePlan) -> None:
    text = PLAN.replace("do: {skill", "do: &work {owner: dana, skill") + "x-more: *work\n"
    root = make_plan(text)
    result = run("-C", root, "rename", "member", "dana", "dana-w")
    assert (result.code, "its text would say something else" in result.err) == (2, True)
    assert (root / "plan.yaml").read_text() == text


def test_a_closed_sprint_is_sealed_anew_and_that_is_said(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "plan"
    shutil.copytree(EXAMPLES / "harbourline", root)
    result = run("-C", root, "rename", "member", "priya", "priya-raman")
    assert (result.code, "sprint 2026-11 names it: its seal is made anew" in result.err) == (0, True)
    assert "error" not in run("-C", root, "validate").out
    assert run("-C", root, "rename", "member", "priya-raman", "priya").code == 0
    for path in (EXAMPLES / "harbourline").rglob("*.yaml"):
        assert (root / path.relative_to(EXAMPLES / "harbourline")).read_bytes() == path.read_bytes()


def test_refs_name_the_places(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(PLAN)
    assert run("-C", root, "refs", "task", "page/write").out == "plan.yaml:4:45: tactic page tasks.check.after.0\n"
    document = json.loads(run("-C", root, "refs", "member", "dana", "--format", "json").out)
    assert document["references"] == [
        {
            "kind": "tactic",
            "id": "page",
            "keys": ["tasks", "write", "owner", 0],  # one owner is a list of one
            "file": "plan.yaml",
            "line": 3,
            "column": 90,
        }
    ]
    assert run("-C", root, "refs", "tactic", "post").err == "0 references to tactic post\n"


def test_refs_of_a_function_that_needs_no_entry(run: Run, make_plan: MakePlan) -> None:
    result = run("-C", make_plan(PLAN), "refs", "function", "sales")
    assert (result.code, "function" in result.out) == (0, True)
    assert run("-C", make_plan(PLAN), "refs", "function", "marketting").code == 2
