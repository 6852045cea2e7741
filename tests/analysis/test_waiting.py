from __future__ import annotations

from typing import Any

from revplan.analysis.workload import assignments, followers_of, waits_for
from tests.support.plans import plan

WRITING = {"skill": "writing", "hours": "4"}
TACTICS = {
    "brief": {"tasks": {"ask": WRITING, "write": {**WRITING, "after": ["ask"]}}},
    "film": {"requires": ["brief"], "tasks": {"shoot": WRITING, "cut": {**WRITING, "after": ["shoot"]}}},
    "fair": {"tasks": {"book": WRITING}},
}


def names(found: Any) -> list[str]:
    return [str(one) for one in found]


def waiting(task: str, **rows: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return what a task of the sprint waits for, and what waits for it."""
    tactics: dict[str, Any] = {
        "brief": {"tasks": {"ask": {"hours": "4"}, "write": {"hours": "4"}}},
        "film": {"tasks": {"shoot": {"hours": "4"}, "cut": {"hours": "4"}}},
        "fair": {"tasks": {"book": {"hours": "4"}}},
        **rows,
    }
    what = plan(tactics=TACTICS, sprints={"2026-12": {"start": "2026-12-01", "end": "2026-12-31", "tactics": tactics}})
    sprint = what.sprints["2026-12"]
    (one,) = (one for one in assignments(sprint) if str(one) == task)
    return names(waits_for(what, sprint, one)), names(followers_of(what, sprint, one))


def test_a_task_waits_for_those_it_follows() -> None:
    assert waiting("brief/ask") == ([], ["brief/write"])
    assert waiting("film/cut") == (["film/shoot"], [])
    assert waiting("fair/book") == ([], [])


def test_the_first_task_waits_for_the_last_of_what_its_tactic_requires() -> None:
    assert waiting("film/shoot") == (["brief/write"], ["film/cut"])
    assert waiting("brief/write") == (["brief/ask"], ["film/shoot"])


def test_nobody_waits_for_what_is_done_or_dropped() -> None:
    done = {"tasks": {"ask": {"hours": "4", "status": "done"}, "write": {"hours": "4"}}}
    assert waiting("brief/write", brief=done) == ([], ["film/shoot"])
    dropped = {"dropped": "2026-12-04", "tasks": {"ask": {"hours": "4"}, "write": {"hours": "4"}}}
    assert waiting("film/shoot", brief=dropped) == ([], ["film/cut"])


def test_what_the_backlog_does_not_know_waits_for_nothing() -> None:
    unknown = {"tasks": {"shoot": {"hours": "4"}}}
    assert waiting("gone/shoot", gone=unknown) == ([], [])
    assert waiting("film/more", film={"tasks": {"more": {"hours": "4"}, "shoot": {"hours": "4"}}}) == ([], [])
