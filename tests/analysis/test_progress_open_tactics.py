from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import competing, done_tasks, finished_tactics, is_inflated, open_tactics, ready_tactics
from tests.support.plans import plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic

WRITING = {"skill": "writing", "hours": "4"}
TACTICS = {
    "half": {"tasks": {"write": WRITING, "print": WRITING}},
    "idea": {"status": "idea"},
    "letter": {"recurring": "weekly"},
    "off": {"status": "dropped"},
    "old": {"status": "done"},
    "over": {},
    "seo": {},
}
DONE = {"tasks": {"write": {"hours": "4", "status": "done"}}}


def backlog() -> Plan:
    rows = {"half": DONE, "over": DONE, "gone": DONE, "seo": {"tasks": {"write": {"hours": "4"}}}}
    sprint = {"start": "2026-11-01", "end": "2026-11-30", "status": "closed", "tactics": rows}
    return plan(tactics=TACTICS, sprints={"2026-11": sprint})


def ids(tactics: Iterable[Tactic]) -> list[str]:
    return [tactic.id for tactic in tactics]


def test_a_tactic_is_finished_once_every_task_is_done_or_it_says_so() -> None:
    assert done_tasks(backlog()) == {"half": {"write"}, "over": {"write"}, "gone": {"write"}}
    assert finished_tactics(backlog()) == {"old", "over"}


def test_what_is_open_what_is_ready_and_what_competes() -> None:
    assert ids(open_tactics(backlog())) == ["half", "idea", "letter", "seo"]
    assert ids(ready_tactics(backlog())) == ["half", "letter", "seo"]
    assert ids(competing(backlog())) == ["half", "seo"]


def test_impacts_are_inflated_where_not_one_is_less_than_great() -> None:
    def impacts(*values: int) -> tuple[Tactic, ...]:
        return ready_tactics(plan(tactics={f"t{value}": {"impact": str(value)} for value in values}))

    assert is_inflated(impacts(8, 9))
    assert not is_inflated(impacts(7, 9))
