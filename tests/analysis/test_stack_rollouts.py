from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.analysis.stack import proposals, rollout_states
from revplan.model.stack import Rollout

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.model.context import Context

PLAN = """team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 8, skills: {crm: 2, writing: 4}}
stack:
  tools:
    keel: {name: Keel, category: crm, owner: ana, status: purchased}
    slip: {name: Slip, category: cms, owner: ana, status: deployed}
    lamp: {name: Lamp, category: other, owner: ana, status: deployed}
    old: {name: Old, category: cms, owner: ana, status: retired}
  rollouts:
    keel:
      {install: {due: 2026-12-04, task: set-up/do}, configure: {due: 2026-12-18}, train: {}, deploy: {due: 2027-01-08}}
    slip:
      {purchase: {done: 2026-01-05}, configure: {done: 2026-02-05}, train: {due: 2026-02-20},
       deploy: {done: 2026-03-05}}
tactics:
  set-up: {title: Set up, function: sales, impact: 4, tasks: {do: {skill: crm, hours: 4}}}
  rollout-keel: {title: Taken, function: sales, impact: 4, tasks: {do: {skill: crm, hours: 4}}}
"""


def test_stages_are_done_planned_skipped_or_missing(read_plan: Callable[[str], Context]) -> None:
    found = rollout_states(read_plan(PLAN).plan)
    assert set(found) == {"keel", "slip"}, "what is deployed or retired needs no rollout"
    assert [own.state for own in found["keel"]] == ["done", "planned", "missing", "missing", "missing"]
    assert [own.state for own in found["slip"]] == ["done", "done", "done", "skipped", "done"]


@pytest.mark.parametrize("task", ["gone/do", "set-up/gone", "dropped/do"])
def test_a_stage_whose_task_is_not_to_be_done_is_missing(read_plan: Callable[[str], Context], task: str) -> None:
    dropped = (
        "  dropped: {title: D, function: sales, impact: 4, status: dropped, tasks: {do: {skill: crm, hours: 4}}}\n"
    )
    what = read_plan(PLAN + dropped)
    stages = {"keel": Rollout.model_validate({"install": {"task": task}})}
    stack = what.plan.stack.model_copy(update={"rollouts": stages})
    states = rollout_states(replace(what.plan, stack=stack))["keel"]
    assert [own.state for own in states] == ["done", "missing", "missing", "missing", "missing"]


def test_what_the_backlog_lacks_is_proposed(read_plan: Callable[[str], Context]) -> None:
    keel, slip = proposals(read_plan(PLAN).plan)
    assert (keel.tactic, keel.skill, keel.function) == ("rollout-keel-2", "crm", "marketing"), "an id is never taken"
    assert [own.stage for own in keel.stages] == ["configure", "train", "deploy"]
    assert keel.deadline == date(2027, 1, 8)
    assert ([own.stage for own in slip.stages], slip.skill) == (["train"], "writing"), "what its owner does best"


def test_an_id_is_counted_up_until_it_is_free(read_plan: Callable[[str], Context]) -> None:
    taken = "  rollout-keel-2: {title: Too, function: sales, impact: 4, tasks: {do: {skill: crm, hours: 4}}}\n"
    keel, _ = proposals(read_plan(PLAN + taken).plan)
    assert keel.tactic == "rollout-keel-3"


def test_a_skill_that_nobody_works_alone_at_is_no_skill_to_go_by(read_plan: Callable[[str], Context]) -> None:
    keel, _ = proposals(read_plan(PLAN.replace("crm: 2, writing: 4", "crm: 1, writing: 4")).plan)
    assert keel.skill == "writing"


def test_without_tools_nothing_is_proposed(read_plan: Callable[[str], Context]) -> None:
    assert proposals(read_plan("team: {}\n").plan) == ()
