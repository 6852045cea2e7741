"""Nothing too late: what is found keeps every deadline, also where a plain pass by deadline comes late."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from revplan.planning.constraints import violations
from revplan.planning.instance import Instance, build_instance
from revplan.planning.solve.choose import allocation_of
from revplan.planning.solve.in_time import TRIES, WORK, bring_in_time
from revplan.planning.timetable import take, timetable
from revplan.planning.windows import Window, selected_windows
from tests.support import generate
from tests.support.tiny import job, sprint, tactic, worker

if TYPE_CHECKING:
    from revplan.planning.problem import SprintProblem
    from revplan.planning.timetable import Days, Owners


def owners_by_name(instance: Instance, names: dict[str, str]) -> Owners:
    """Return owners for all tasks, by the names of their tactics."""
    workers = {one.id: number for number, one in enumerate(instance.workers)}
    return {
        task.number: ((workers[names[instance.candidates[task.tactic].id]], task.job.minutes),)
        for task in instance.tasks
    }


def two_pages() -> SprintProblem:
    """Ann has an hour a day and Bob too. The long tactic's second task waits for its first, which either may do."""
    long = tactic("long", job("a", minutes=120), job("b", minutes=120, after=("a",)), deadline=3)
    return sprint([worker("ann", *[60] * 4), worker("bob", *[60] * 4)], [long, tactic("short", job(), deadline=3)])


def test_a_late_task_changes_hands_or_its_place() -> None:
    problem = two_pages()
    instance = build_instance(problem)
    windows = selected_windows(instance, range(len(instance.candidates)))
    assert windows is not None
    owners = owners_by_name(instance, {"long": "ann", "short": "ann"})
    assert timetable(instance, owners, windows).late
    found = bring_in_time(instance, windows, owners)
    assert found is not None
    plan = allocation_of(instance, found)
    assert violations(problem, plan) == ()
    assert plan.placed == ("long", "short")


def test_where_the_hours_are_not_there_nothing_is_found() -> None:
    """Three hours for each of two days, for work that takes seven."""
    both = [tactic("one", job(minutes=210), deadline=1), tactic("two", job(minutes=210), deadline=1)]
    instance = build_instance(sprint([worker("ann", *[90] * 4), worker("bob", *[90] * 4)], both))
    windows = {task.number: Window(0, 1) for task in instance.tasks}
    owners = owners_by_name(instance, {"one": "ann", "two": "bob"})
    assert bring_in_time(instance, windows, owners) is None


def test_many_tasks_get_no_more_work_than_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an hour of work too much for 800 tasks of one member: nothing is found, and what is laid out is counted."""
    many = [tactic(f"t{number}", job(minutes=30), deadline=19) for number in range(800)]
    instance = build_instance(sprint([worker("ann", *[1200] * 19, 1170)], many))
    windows = {task.number: Window(0, 19) for task in instance.tasks}
    owners = {task.number: ((0, 30),) for task in instance.tasks}
    laid = 0

    def count(free: list[int], first: int, minutes: int) -> Days:
        nonlocal laid
        laid += 1
        return take(free, first, minutes)

    monkeypatch.setattr("revplan.planning.solve.in_time.take", count)
    assert bring_in_time(instance, windows, owners) is None
    assert 0 < laid <= TRIES * (WORK + len(owners)) + 2 * len(owners)


@pytest.mark.parametrize("kind", ["tight", "correlated"])
def test_whatever_is_found_breaks_nothing(kind: str) -> None:
    """Tactics down the list, each task with whoever comes first of those who may do it."""
    brought_in = 0
    for seed in range(6):
        problem = replace(generate.problem(25, 6, seed, kind), budget=None, lines=(), shares=())
        instance = build_instance(problem)
        for many in range(1, len(instance.candidates) + 1):
            windows = selected_windows(instance, sorted(instance.with_requirements(*range(many))))
            if windows is None:
                continue
            tasks = ((number, instance.tasks[number]) for number in windows)
            owners = {number: ((task.workers[0], task.job.minutes),) for number, task in tasks}
            table = timetable(instance, owners, windows)
            found = bring_in_time(instance, windows, owners)
            if found is not None:
                assert violations(problem, allocation_of(instance, found)) == ()
                brought_in += bool(table.late)
    assert brought_in > 3
