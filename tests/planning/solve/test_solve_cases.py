"""Small sprints written out, each for one thing that must come out as it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from revplan.planning.constraints import violations
from revplan.planning.problem import Share
from revplan.planning.solve import best, fill_by_rank
from tests.support.tiny import job, sprint, tactic, worker

if TYPE_CHECKING:
    from revplan.planning.problem import Candidate, SprintProblem


def placed(problem: SprintProblem) -> tuple[str, ...]:
    found = best(problem)
    assert violations(problem, found) == ()
    assert violations(problem, fill_by_rank(problem)) == ()
    return found.placed


def one_day(*candidates: Candidate, minutes: int = 60, **more: Any) -> SprintProblem:
    return sprint([worker("ann", minutes)], [replace(one, deadline=0) for one in candidates], **more)


def test_the_more_valuable_of_two_is_placed() -> None:
    assert placed(one_day(tactic("a", job(), value=1000), tactic("b", job(), value=2000))) == ("b",)


def test_two_small_ones_beat_a_large_one() -> None:
    large = tactic("a", job(minutes=120), value=3000)
    small = [tactic(name, job(), value=2000) for name in "bc"]
    assert placed(one_day(large, *small, minutes=120)) == ("b", "c")
    assert fill_by_rank(one_day(large, *small, minutes=120)).placed == ("a",)


def test_a_must_comes_before_any_value() -> None:
    assert placed(one_day(tactic("a", job(), value=9000), tactic("b", job(), tier="must"))) == ("b",)


def test_what_is_kept_comes_before_musts() -> None:
    problem = one_day(tactic("a", job(), kept=True), tactic("b", job(), tier="must", value=9000))
    assert placed(problem) == fill_by_rank(problem).placed == ("a",)


def test_what_cannot_all_be_kept_is_kept_as_far_as_it_can_be() -> None:
    problem = one_day(tactic("a", job(), kept=True), tactic("b", job(), kept=True), tactic("c", job(), value=9000))
    assert placed(problem) in {("a",), ("b",)}


@pytest.mark.parametrize("change", [{"skill": "design"}, {"level": 3}, {"minutes": 61}])
def test_a_tactic_with_one_task_that_nobody_can_do_is_not_placed(change: dict[str, Any]) -> None:
    assert placed(one_day(tactic("a", job("a", minutes=30), job("b", **{"minutes": 20, **change})))) == ()


def test_a_pinned_task_goes_to_its_owner() -> None:
    problem = sprint([worker("ann", 60), worker("bob", 60)], [tactic("a", job(owner="bob"), deadline=0)])
    assert [one.worker for one in best(problem).assignments] == ["bob"]


def test_a_split_task_is_shared_with_an_hour_at_least_each() -> None:
    team = [worker("ann", 90), worker("bob", 90)]
    problem = sprint(team, [tactic("a", job(minutes=180, split=True), deadline=0)])
    assert [(one.worker, one.minutes) for one in best(problem).assignments] == [("ann", 90), ("bob", 90)]
    assert placed(replace(problem, workers=(worker("ann", 90), worker("bob", 40)))) == ()
    whole = [tactic("a", job(minutes=180), deadline=0)]
    assert placed(sprint(team, whole)) == ()


def test_a_follower_may_start_on_the_day_its_predecessor_is_due() -> None:
    jobs = job("a", minutes=60), job("b", minutes=60, after=("a",))
    assert placed(sprint([worker("ann", 120)], [tactic("a", *jobs, deadline=0)])) == ("a",)


def test_a_chain_takes_the_days_its_owners_need() -> None:
    jobs = job("a", minutes=120), job("b", "design", 60, after=("a",))
    team = [worker("ann", 60, 60, 60), worker("bob", 60, 60, 0, skills="design")]
    problem = sprint(team, [tactic("a", *jobs, deadline=2)])
    starts = {one.task: (one.start, one.due) for one in best(problem).assignments}
    assert starts == {"a": (0, 1), "b": (1, 1)}
    assert placed(replace(problem, workers=(team[0], worker("bob", 60, 0, 0, skills="design")))) == ()


def test_a_task_that_follows_one_already_done_is_free_to_start() -> None:
    assert placed(one_day(tactic("a", job("b", after=("a",))))) == ("a",)


def test_what_is_required_is_placed_and_complete_first() -> None:
    team = [worker("ann", 60, 60)]
    first, then = tactic("z", job(), value=0, deadline=1), tactic("a", job(), requires=("z",), deadline=1)
    problem = sprint(team, [first, then])
    dates = {one.tactic: one.start for one in best(problem).assignments}
    assert dates == {"z": 0, "a": 1}
    assert placed(sprint(team, [first, replace(then, deadline=0)])) in {(), ("z",)}


def test_a_requirement_that_is_unknown_or_goes_in_a_circle_cannot_be_met() -> None:
    circle = [tactic("a", job(minutes=5), requires=("b",)), tactic("b", job(minutes=5), requires=("a",))]
    unknown = tactic("c", job(minutes=5), requires=("nothing",))
    behind = tactic("d", job(minutes=5), requires=("a",))
    assert placed(sprint([worker("ann", *[60] * 5)], [*circle, unknown, behind])) == ()


def test_work_lies_between_release_and_deadline() -> None:
    early, late = tactic("a", job(), deadline=0), tactic("b", job(), release=2)
    problem = sprint([worker("ann", 60, 60, 60)], [early, replace(late, deadline=2), tactic("c", job(), deadline=2)])
    dates = {one.tactic: one.start for one in best(problem).assignments}
    assert dates == {"a": 0, "b": 2, "c": 1}


def test_exclusions_budget_lines_and_shares_hold() -> None:
    a, b = tactic("a", job(minutes=10), value=2000), tactic("b", job(minutes=10), value=1000)
    assert placed(one_day(replace(a, excludes=("b",)), replace(b, excludes=("a",)))) == ("a",)
    costly = replace(a, cost=100, line="ads"), replace(b, cost=100, line="ads")
    assert placed(one_day(*costly)) == ("a", "b")
    assert placed(one_day(*costly, budget=150)) == ("a",)
    assert placed(one_day(*costly, lines=(("ads", 150),))) == ("a",)
    assert placed(one_day(*costly, lines=(("ads", -5),))) == ()
    assert placed(one_day(a, b, shares=(Share("at most", ("a", "b"), 15),))) == ("a",)


@pytest.mark.parametrize("limit", [0, -30])
def test_of_a_share_that_is_used_up_not_a_minute_is_left(limit: int) -> None:
    candidate = tactic("a", job(minutes=1))
    whole = one_day(candidate)
    assert placed(whole) == ("a",)
    used_up = replace(whole, shares=(Share("at most", ("a",), limit),))
    assert placed(used_up) == ()
    assert violations(used_up, best(whole))


def test_a_replan_leaves_work_where_it_was() -> None:
    team = [worker("ann", 60), worker("bob", 60)]
    for member in ("ann", "bob"):
        problem = sprint(team, [tactic("a", job(written=((member, 60),)), deadline=0)])
        assert [one.worker for one in best(problem).assignments] == [member]


def test_what_is_written_decides_between_equals_before_the_tie_break() -> None:
    written = tactic("b", job(written=(("ann", 60),)))
    assert placed(one_day(tactic("a", job()), written)) == ("b",)


def test_equals_are_told_apart_by_deadline_then_minutes_then_id() -> None:
    room = [worker("ann", 60, 0)]
    late = tactic("a", job(), deadline=1)
    soon = tactic("b", job(), deadline=0)
    short = tactic("c", job(minutes=50), deadline=0)
    assert placed(sprint(room, [late, soon])) == ("b",)
    assert placed(sprint(room, [late, soon, short])) == ("c",)
    assert placed(sprint(room, [replace(late, id="x"), late])) == ("a",)


def test_the_least_external_spend_is_taken() -> None:
    team = [worker("agency", 60, rate=9000), worker("zoe", 60)]
    assert [one.worker for one in best(sprint(team, [tactic("a", job(), deadline=0)])).assignments] == ["zoe"]


def test_a_tactic_has_few_owners_and_the_load_is_even() -> None:
    team = [worker("ann", 60, 60), worker("bob", 60, 60)]
    pair = [tactic(name, job("a", minutes=30), job("b", minutes=30), deadline=1) for name in "ab"]
    found = best(sprint(team, pair))
    owners = {name: {one.worker for one in found.assignments if one.tactic == name} for name in "ab"}
    assert sorted(map(sorted, owners.values())) == [["ann"], ["bob"]]


@pytest.mark.parametrize(
    "problem",
    [
        sprint([], []),
        sprint([], [tactic("a", job())]),
        sprint([worker("ann", 60)], []),
        sprint([worker("ann", 0, 0, 0)], [tactic("a", job(), deadline=2)]),
        sprint([worker("ann", 60)], [tactic("a", job(minutes=10_000), deadline=0)]),
        sprint([worker("ann", 60)], [tactic("a", job(), release=9, deadline=9)]),
        sprint([worker("ann", 60)], [tactic("a", job(), deadline=-1)]),
        replace(sprint([], [tactic("a", job())]), days=()),
    ],
)
def test_a_sprint_that_can_hold_nothing_holds_nothing(problem: SprintProblem) -> None:
    for found in (best(problem), fill_by_rank(problem)):
        assert found.assignments == ()
        assert found.value == 0
    assert best(problem).proven


def test_a_worker_without_minutes_on_the_last_days_is_no_stumbling_block() -> None:
    team = [worker("ann", 60, 0, 0), worker("bob", 0, 0, 0)]
    assert placed(sprint(team, [tactic("a", job(), deadline=2)])) == ("a",)
