"""What is proven without planning anew says the same as planning anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revplan.app.sprint import explain
from revplan.model.waits import Wait
from revplan.planning import solve
from revplan.planning.constraints import violations
from revplan.planning.explain.claims import Addition
from revplan.planning.explain.insertion import Insertion
from revplan.planning.explain.least import cheapest_swap
from revplan.planning.explain.reason import explain as find_reasons
from revplan.planning.insertion_windows import twice_weekly
from revplan.planning.solve import Worth, best
from revplan.planning.trial import exclude, relieve, restrict_to
from tests.support import brute, generate, tiny


def silent(_step: str) -> None:
    """Tell nobody."""


@pytest.mark.parametrize("seed", range(40))
def test_what_can_be_reached_is_never_out_of_reach_and_what_is_beyond_all_value_is(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    best = Worth(*brute.optimum(problem))
    assert not solve.is_out_of_reach(problem, best)
    assert not solve.is_out_of_reach(problem, best._replace(nice=best.nice - 1))
    everything = solve.worth_of(problem.candidates)
    assert solve.is_out_of_reach(problem, everything._replace(nice=everything.nice + 1))


def test_only_the_best_plan_is_unbeaten_and_mostly_that_is_proven() -> None:
    proven = 0
    for seed in range(40):
        problem = tiny.random_sprint(seed)
        optimum = Worth(*brute.optimum(problem))
        ranked = solve.fill_by_rank(problem)
        is_best = solve.worth_of([one for one in problem.candidates if one.id in ranked.placed]) == optimum
        assert is_best or not solve.is_unbeaten(problem, ranked)
        proven += solve.is_unbeaten(problem, solve.best(problem))
    assert proven > 35


@pytest.mark.parametrize("seed", range(20))
def test_what_is_placed_can_be_placed_by_the_same_people_and_by_nobody_else(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    best = solve.best(problem)
    placed = restrict_to(problem, frozenset(best.placed))
    again = solve.place_near(placed, best)
    assert again is not None
    assert again.placed == best.placed
    assert violations(placed, again) == ()
    idle = tuple(replace(worker, minutes=tuple(0 for _ in worker.minutes)) for worker in placed.workers)
    assert not best.placed or solve.place_near(replace(placed, workers=idle), best) is None


def test_a_swap_that_is_proven_cheapest_is_the_one_that_planning_anew_finds() -> None:
    proven = []
    for kind in generate.KINDS:
        problem = generate.problem(16, 4, 4, kind)
        allocation = solve.best(problem)
        for tactic in (one.id for one in problem.candidates if one.id not in allocation.placed):
            insertion = Insertion(problem, allocation, tactic, twice_weekly)
            swap = explain._cheapest_swap(insertion, problem) if insertion.wanted else None
            if swap is not None:
                anew = cheapest_swap(problem, allocation, tactic, insertion.wanted)
                assert anew is not None
                assert swap.value_change == anew.value_change
                proven.append(tactic)
    assert proven


def test_without_a_tactic_goes_what_requires_it() -> None:
    chain = [
        tiny.tactic("a", tiny.job()),
        tiny.tactic("b", tiny.job(), requires=("a",)),
        tiny.tactic("c", tiny.job(), requires=("b",)),
        tiny.tactic("d", tiny.job()),
    ]
    problem = tiny.sprint([tiny.worker("ann", 60)], chain)
    assert [one.id for one in exclude(problem, "a").candidates] == ["d"]
    assert [one.id for one in exclude(problem, "c").candidates] == ["a", "b", "d"]


def test_no_help_brings_in_what_a_wait_leaves_no_days() -> None:
    """The launch takes Sam until day 3; what waits three days after that would be on day 6, and the last is 5."""
    after = [tiny.job("set", minutes=60), tiny.job("tell", minutes=60, after=("set",), waits=(("set", Wait(3)),))]
    candidates = [
        tiny.tactic("ads", *after, deadline=5, requires=("launch",)),
        tiny.tactic("launch", tiny.job(minutes=4 * 480), deadline=5),
    ]
    problem = tiny.sprint([tiny.worker("sam", *[480] * 6)], candidates)
    found = best(problem)
    assert found.placed == ("launch",)
    assert Insertion(problem, found, "ads", twice_weekly).quick_addition() is None


def test_what_waits_for_a_task_that_others_do_waits_all_the_same() -> None:
    jobs = [
        tiny.job("a"),
        tiny.job("b", after=("a",), waits=(("a", Wait(2)),)),
        tiny.job("c", after=("b",), waits=(("b", Wait(4)),)),
    ]
    problem = tiny.sprint([tiny.worker("sam", *[480] * 9)], [tiny.tactic("ads", *jobs, deadline=8)])
    (ads,) = relieve(problem, {("ads", "b"): 60}).candidates
    assert [(job.id, job.after, job.waits, job.release) for job in ads.jobs] == [
        ("a", (), (), 0),
        ("c", ("a",), (("a", Wait(4)),), 0),
    ]
    (ads,) = relieve(problem, {("ads", "a"): 60, ("ads", "b"): 60}).candidates
    assert [(job.after, job.waits, job.release) for job in ads.jobs] == [((), (("", Wait(4)),), 4)]


def test_a_tactic_of_one_sprint_has_the_days_of_one_though_another_has_those_of_two() -> None:
    """Sam has two hours a day on four days; the sprint ends after two. Site goes on, and mail may not."""
    candidates = [
        tiny.tactic("blog", tiny.job(minutes=180), value=2000, deadline=1),
        tiny.tactic("mail", tiny.job(minutes=120), value=1000, deadline=1),
        tiny.tactic("site", tiny.job(minutes=240), value=3000, deadline=3),
    ]
    problem = tiny.sprint([tiny.worker("sam", *[120] * 4)], candidates, end=1)
    found = best(problem)
    assert found.placed == ("blog", "site")
    assert find_reasons(problem, found)["mail"].code == "capacity"
    assert Insertion(problem, found, "mail", twice_weekly).least_addition() == Addition(
        minutes=(("copy", 60),), work=(("mail", "a", 60),)
    )
