"""The best first: what is worth most for its work is done first, whole quarters of an hour, until it is done."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Any

import pytest

from revplan.planning.constraints import violations
from revplan.planning.effort import EFFORT
from revplan.planning.instance import build_instance
from revplan.planning.solve import best, by_rank, fill_by_rank
from revplan.planning.solve.layout import OrderLayout
from tests.support import generate
from tests.support.tiny import job, sprint, tactic, worker

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem


def finish(problem: SprintProblem, allocation: Allocation) -> int:
    """Return value times day of finish, summed over the placed tactics."""
    values = {candidate.id: candidate.value for candidate in problem.candidates}
    due: dict[str, int] = {}
    for part in allocation.assignments:
        due[part.tactic] = max(due.get(part.tactic, 0), part.due)
    return sum(values[name] * day for name, day in due.items())


@pytest.mark.parametrize("seed", range(8))
def test_one_member_works_in_the_order_that_no_other_order_beats(seed: int) -> None:
    """Smith's rule and what days make of it: all orders are tried, each task after the one before it."""
    minutes = [60 * (1 + (seed * number + number * number) % 5) for number in range(1, 6)]
    values = [1000 * (1 + (3 * seed + 7 * number) % 9) for number in range(1, 6)]
    tasks = list(zip(minutes, values, strict=True))
    candidates = [
        tactic(f"t{number}", job(minutes=work), value=value, deadline=19) for number, (work, value) in enumerate(tasks)
    ]
    problem = sprint([worker("ann", *[60] * 20)], candidates)
    least = min(
        sum(value * ((sum(work for work, _ in order[: place + 1]) - 1) // 60) for place, (_, value) in enumerate(order))
        for order in permutations(tasks)
    )
    assert finish(problem, best(problem)) == least


def test_a_deadline_comes_before_value() -> None:
    problem = sprint(
        [worker("ann", 60, 60, 60, 60)],
        [tactic("rich", job(minutes=120), value=9000, deadline=3), tactic("urgent", job(minutes=60), deadline=0)],
    )
    due = {part.tactic: part.due for part in best(problem).assignments}
    assert due == {"urgent": 0, "rich": 2}


def test_work_that_is_worth_more_waits_for_nobody_who_could_be_relieved() -> None:
    """Two who are as good owners: both tactics are done on the first day, not one after the other."""
    both = [tactic("a", job(minutes=60), value=2000), tactic("b", job(minutes=60), value=1000)]
    problem = sprint([worker("ann", *[60] * 5), worker("bob", *[60] * 5)], both)
    assert {part.due for part in best(problem).assignments} == {0}


def test_who_is_of_the_function_and_of_the_higher_level_has_the_work() -> None:
    page = tactic("page", job(minutes=60, skill="copy"), function="sales")
    seller = worker("zoe", 60, 60, 60, 60, 60)
    writer = worker("amy", 60, 60, 60, 60, 60)

    team = [replace(writer, function="marketing"), replace(seller, function="sales")]
    assert [part.worker for part in best(sprint(team, [page])).assignments] == ["zoe"]
    novice, master = worker("ann", *[60] * 5, level=2), worker("bob", *[60] * 5, level=4)
    plain = tactic("page", job(minutes=60))
    assert [part.worker for part in best(sprint([novice, master], [plain])).assignments] == ["bob"]


def test_a_shared_task_has_as_few_owners_as_can_be_and_no_part_under_two_hours() -> None:
    days = [240] * 5
    big = tactic("big", job(minutes=1500, split=True), value=5000)
    team = [worker(name, *days) for name in ("ann", "bob", "cid", "dan")]
    parts = best(sprint(team, [big])).assignments
    assert len(parts) == 2
    assert min(part.minutes for part in parts) >= 120
    small = tactic("big", job(minutes=900, split=True), value=5000)
    assert len(best(sprint(team, [small])).assignments) == 1


@pytest.mark.parametrize("kind", generate.KINDS)
def test_value_comes_in_sooner_than_down_the_list_and_work_goes_on_until_it_is_done(kind: str) -> None:
    problem = generate.problem(25, 6, 2, kind)
    fill, found = fill_by_rank(problem), by_rank(problem)
    assert violations(problem, found) == ()
    assert found.placed == fill.placed
    assert finish(problem, found) <= finish(problem, fill)
    minutes = {one.id: one.minutes for one in problem.workers}
    pieces = sum(
        1 + sum(any(minutes[part.worker][day] for day in range(first + 1, then)) for (first, _), (then, _) in pairs)
        for part in found.assignments
        for pairs in (list(pairwise(part.days)),)
    )
    assert pieces <= 1.3 * len(found.assignments)


def test_pieces_of_a_day_are_whole_quarters_but_for_odd_minutes_at_the_end() -> None:
    odd = [
        tactic(f"t{number}", job(minutes=65 + 35 * number), value=1000 * (5 - number), deadline=7)
        for number in range(4)
    ]
    problem = sprint([worker("ann", *[90] * 8)], odd)
    for part in best(problem).assignments:
        assert all(minutes % 15 == 0 for _, minutes in part.days[:-1])
    assert len(build_instance(problem).tasks) == len(best(problem).assignments)


def test_a_long_order_is_searched_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = generate.problem(200, 25, seed=1)
    searched = finish(problem, by_rank(problem))
    monkeypatch.setattr("revplan.planning.solve.dispatch.EFFORT", replace(EFFORT, sequence_long=0))
    assert searched < finish(problem, by_rank(problem))


@pytest.mark.parametrize("walks", [1, 3, 8])
def test_however_many_ways_are_gone_they_share_one_effort(walks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = generate.problem(35, 8, seed=0)
    take, laid = OrderLayout.take, 0

    def count(*args: Any) -> Any:
        nonlocal laid
        laid += 1
        return take(*args)

    monkeypatch.setattr(OrderLayout, "take", count)
    monkeypatch.setattr("revplan.planning.solve.dispatch.WALKS", walks)
    found = by_rank(problem)
    assert violations(problem, found) == ()
    assert EFFORT.ordering(len(found.assignments)) / 4 < laid <= EFFORT.ordering(len(found.assignments))


def test_several_ways_finish_sooner_than_one_over_many_sprints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one sprint the one way may be better, by chance."""
    problems = [generate.problem(35, 8, seed, kind) for kind in ("typical", "chained") for seed in range(3, 9)]
    several = [finish(problem, by_rank(problem)) for problem in problems]
    monkeypatch.setattr("revplan.planning.solve.dispatch.WALKS", 1)
    one = [finish(problem, by_rank(problem)) for problem in problems]
    assert sum(new / old for new, old in zip(several, one, strict=True)) < len(problems)
