"""The work of a search is bounded where a plan holds much more of something than plans do: counted, not timed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from revplan.planning.effort import EFFORT
from revplan.planning.instance import build_instance
from revplan.planning.solve import construct
from revplan.planning.solve.construct import repair_by_dropping
from revplan.planning.solve.finish import polish
from revplan.planning.timetable import timetable
from revplan.planning.windows import windows
from tests.support.tiny import job, sprint, tactic, worker

if TYPE_CHECKING:
    from collections.abc import Callable, Sized

    import pytest

FINISH = sys.modules[polish.__module__]  # the package has a function of the module's name


def note(seen: list[int], work: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, which notes how many things its second argument has whenever it is called."""

    def noted(one: object, other: Sized, *more: object) -> Any:
        seen.append(len(other))
        return work(one, other, *more)

    return noted


def test_of_many_tactics_that_come_late_more_are_dropped_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    tactics = [tactic(f"t{number:03}", job(minutes=60), value=1000 + number) for number in range(400)]
    instance = build_instance(sprint([worker("ana", 480, 480, 480, 480, 480)], tactics))
    rounds: list[int] = []
    monkeypatch.setattr(construct, "timetable", note(rounds, timetable))
    plan = repair_by_dropping(instance, dict.fromkeys(range(400), ((0, 60),)))
    assert len(plan.owners) == 40  # hours that there are
    assert len(rounds) < 100


def test_few_tactics_that_come_late_are_dropped_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    tactics = [tactic(f"t{number:03}", job(minutes=60), value=1000 + number) for number in range(50)]
    instance = build_instance(sprint([worker("ana", 480, 480, 480, 480, 480)], tactics))
    rounds: list[int] = []
    monkeypatch.setattr(construct, "timetable", note(rounds, timetable))
    repair_by_dropping(instance, dict.fromkeys(range(50), ((0, 60),)))
    assert len(rounds) == 11


def test_owners_of_a_tactic_of_many_tasks_are_looked_at_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [job(f"j{number:03}", minutes=15) for number in range(200)]
    members = [worker(f"w{number}", *[480] * 5, rate=number) for number in range(10)]
    instance = build_instance(sprint(members, [tactic("one", *jobs)]))
    owners = {number: ((number % 10, 15),) for number in range(200)}
    plan = timetable(instance, owners, windows(instance)).plan
    gone_through: list[int] = []
    monkeypatch.setattr(FINISH, "tactic_merit", note(gone_through, FINISH.tactic_merit))
    polish(instance, plan)
    assert sum(gone_through) < 10 * EFFORT.owner_looks
