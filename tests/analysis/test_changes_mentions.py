from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.changes import mentions
from revplan.model.stack import Stack
from tests.support.plans import plan

if TYPE_CHECKING:
    from revplan.model.plan import Plan

WRITING = {"skill": "writing", "hours": "4"}


def company() -> Plan:
    base = plan(
        team={"ann": {"skills": {"writing": "2"}}},
        tactics={
            "page": {"tasks": {"write": {**WRITING, "owner": "ann"}, "print": {**WRITING, "after": ["write"]}}},
            "page-two": {"requires": ["page"], "tasks": {"write": WRITING}},
        },
        sprints={
            "2026-12": {
                "start": "2026-12-01",
                "end": "2026-12-31",
                "tactics": {"page": {"tasks": {"write": {"hours": "4", "owner": "ann"}}}},
                "parked": {"page-two": {"reason": "capacity", "short": {"ann": "3"}}},
            }
        },
    )
    tool = {"name": "Keel", "category": "crm", "owner": "ann", "status": "wanted"}
    rollouts = {"keel": {"install": {"task": "page/write"}, "train": {"task": "page-two/write"}}}
    stack = Stack.model_validate({"tools": {"keel": tool}, "rollouts": rollouts})
    return replace(base, stack=stack)


def named(kind: str, name: str) -> list[tuple[str, str]]:
    """Return where a thing is named, and what stands there."""
    return sorted((str(mention.ref), mention.text) for mention in mentions(company(), kind, name))


def test_a_tactic_is_named_by_its_tasks_too_and_not_by_those_of_one_that_begins_alike() -> None:
    found = named("tactic", "page")
    assert [text for _, text in found if "/" in text] == ["page/write"]
    assert {text for _, text in found} == {"page", "page/write"}
    assert len(found) == 3, "the rollout, what requires it, and the sprint"


def test_a_task_is_named_by_its_siblings_by_rollouts_and_by_sprints() -> None:
    assert {text for _, text in named("task", "page/write")} == {"write", "page/write"}
    assert len(named("task", "page/write")) == 3
    assert {text for _, text in named("task", "page-two/write")} == {"page-two/write"}


def test_a_member_is_named_where_a_parked_tactic_is_short_of_them() -> None:
    assert len(named("member", "ann")) == 4, "the tool's owner, the task's, the sprint's, and what was short"
