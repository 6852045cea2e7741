from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan.analysis import workload
from revplan.analysis.workload import assignments, task_order
from tests.support.plans import plan

if TYPE_CHECKING:
    import pytest

WRITING = {"skill": "writing", "hours": "4"}
TACTICS = {
    "brief": {"tasks": {"ask": WRITING, "write": {**WRITING, "after": ["ask"]}}},
    "film": {"requires": ["brief"], "tasks": {"shoot": WRITING, "cut": {**WRITING, "after": ["shoot"]}}},
    "fair": {"tasks": {"book": WRITING}},
}


def names(found: Any) -> list[str]:
    return [str(one) for one in found]


def waits(task: str, **rows: dict[str, Any]) -> tuple[list[str], list[str]]:
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
    order = task_order(what, sprint)
    return names(order.waits_for(one)), names(order.followers_of(one))


def test_a_task_waits_for_those_it_follows() -> None:
    assert waits("brief/ask") == ([], ["brief/write"])
    assert waits("film/cut") == (["film/shoot"], [])
    assert waits("fair/book") == ([], [])


def test_the_first_task_waits_for_the_last_of_what_its_tactic_requires() -> None:
    assert waits("film/shoot") == (["brief/write"], ["film/cut"])
    assert waits("brief/write") == (["brief/ask"], ["film/shoot"])


def test_nobody_waits_for_what_is_done_or_dropped() -> None:
    done = {"tasks": {"ask": {"hours": "4", "status": "done"}, "write": {"hours": "4"}}}
    assert waits("brief/write", brief=done) == ([], ["film/shoot"])
    dropped = {"dropped": "2026-12-04", "tasks": {"ask": {"hours": "4"}, "write": {"hours": "4"}}}
    assert waits("film/shoot", brief=dropped) == ([], ["film/cut"])


def test_what_the_backlog_does_not_know_waits_for_nothing() -> None:
    unknown = {"tasks": {"shoot": {"hours": "4"}}}
    assert waits("gone/shoot", gone=unknown) == ([], [])
    assert waits("film/more", film={"tasks": {"more": {"hours": "4"}, "shoot": {"hours": "4"}}}) == ([], [])


def test_each_task_is_compared_with_those_near_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or a brief of a long sprint takes four times as long where the sprint is twice as long."""
    compared: list[object] = []
    follows = workload._follows

    def watched(*asked: Any) -> bool:
        compared.append(asked)
        return follows(*asked)

    monkeypatch.setattr(workload, "_follows", watched)
    count = 60
    booked = {"tasks": {"book": WRITING}}
    tactics = {f"t{each}": {**booked, "requires": [f"t{each - 1}"] if each else []} for each in range(count)}
    rows = {name: {"tasks": {"book": {"hours": "4"}}} for name in tactics}
    what = plan(tactics=tactics, sprints={"2026-12": {"start": "2026-12-01", "end": "2026-12-31", "tactics": rows}})
    order = task_order(what, what.sprints["2026-12"])
    found = [(order.waits_for(one), order.followers_of(one)) for one in assignments(what.sprints["2026-12"])]
    assert [names(before) for before, _ in found] == [[], *([f"t{each}/book"] for each in range(count - 1))]
    assert [names(after) for _, after in found] == [*([f"t{each}/book"] for each in range(1, count)), []]
    assert len(compared) <= 4 * count
