"""What a little more would add is what planning with it adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.planning.constraints import violations
from revplan.planning.explain.bottleneck import DAY, add, find_bottlenecks
from revplan.planning.explain.claims import Bottleneck
from revplan.planning.explain.reason import explain
from revplan.planning.problem import Share
from revplan.planning.solve import best
from revplan.planning.solve.replan import replan
from tests.support import tiny

if TYPE_CHECKING:
    from revplan.planning.problem import SprintProblem


SKILLS = ("copy", "film", "web")


def found_in(problem: SprintProblem) -> tuple[Bottleneck, ...]:
    plan = best(problem)
    return find_bottlenecks(problem, plan, explain(problem, plan))


def test_a_day_more_of_a_skill_and_of_who_has_it_are_told() -> None:
    """Five hours are short for b, and a freelancer's or Ann's day more brings it in."""
    problem = tiny.sprint(
        [tiny.worker("ann", *[120] * 5)],
        [tiny.tactic("a", tiny.job(minutes=600), value=9000), tiny.tactic("b", tiny.job(minutes=300), value=2000)],
    )
    assert found_in(problem) == (
        Bottleneck("skill", "copy", DAY, 2000, ("b",)),
        Bottleneck("member", "ann", DAY, 2000, ("b",)),
    )


def test_a_tenth_more_cash_is_told_and_what_it_would_push_out_is_counted() -> None:
    """With €110 instead of €100, b (€50) fits beside c (€60) in place of a (€40): 2 more, not 7."""
    problem = tiny.sprint(
        [tiny.worker("ann", *[480] * 5)],
        [
            tiny.tactic("a", tiny.job(), value=5000, cost=4000),
            tiny.tactic("b", tiny.job(), value=7000, cost=5000),
            tiny.tactic("c", tiny.job(), value=8000, cost=6000),
        ],
        budget=10_000,
    )
    assert best(problem).value == 13_000
    assert found_in(problem) == (Bottleneck("cash", "sprint", 1000, 2000, ("b",), ("a",)),)


def test_a_budget_line_is_told_by_its_name() -> None:
    problem = tiny.sprint(
        [tiny.worker("ann", *[480] * 5)],
        [
            tiny.tactic("a", tiny.job(), value=5000, cost=5000, line="ads"),
            tiny.tactic("b", tiny.job(), value=4000, cost=6000, line="ads"),
        ],
        lines=(("ads", 10_000),),
    )
    assert found_in(problem) == (Bottleneck("line", "ads", 1000, 4000, ("b",)),)


def test_nothing_is_told_where_all_is_placed_or_more_would_not_help() -> None:
    alone = tiny.sprint([tiny.worker("ann", 480)], [tiny.tactic("a", tiny.job())])
    assert found_in(alone) == ()
    huge = tiny.sprint([tiny.worker("ann", 480)], [tiny.tactic("a", tiny.job(minutes=6000))])
    assert found_in(huge) == ()


@pytest.mark.parametrize("seed", range(25))
def test_what_is_told_is_what_planning_with_it_adds(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    plan = best(problem)
    told = find_bottlenecks(problem, plan, explain(problem, plan))
    assert list(told) == sorted(told, key=lambda one: -one.value)
    for place, one in enumerate(told):
        more = add(problem, one.kind, one.of, one.add)
        assert more is not None
        exact = best(more)
        assert 0 < one.value <= exact.value - plan.value
        if place == 0:
            assert one.value == exact.value - plan.value
        assert one.tactics
        assert not set(one.tactics) & set(plan.placed)
        values = {tactic.id: tactic.value for tactic in problem.candidates}
        assert sum(values[name] for name in one.tactics) - sum(values[name] for name in one.gone) == one.value


def test_whoever_could_take_the_work_is_told_though_only_one_is_planned_with() -> None:
    """Ann, Bob and Cat are full; eight hours more of any of them bring b in place of a."""
    problem = tiny.sprint(
        [tiny.worker(name, *[120] * 5) for name in ("ann", "bob", "cat")],
        [
            *(tiny.tactic(f"x{number}", tiny.job(minutes=600), value=9000) for number in range(2)),
            tiny.tactic("a", tiny.job(minutes=600), value=2000),
            tiny.tactic("b", tiny.job(minutes=1080), value=5000),
        ],
    )
    assert {(one.kind, one.of, one.value, one.tactics, one.gone) for one in found_in(problem)} == {
        ("member", name, 3000, ("b",), ("a",)) for name in ("ann", "bob", "cat")
    }


def test_where_the_most_promising_brings_nothing_the_next_are_tried() -> None:
    """The copy that a lacks would be there, but not its ten hours of web; b lacks film alone."""
    placed = [tiny.tactic(f"x-{skill}", tiny.job(skill=skill, minutes=600), value=20_000) for skill in SKILLS]
    problem = tiny.sprint(
        [tiny.worker(f"for-{skill}", *[120] * 5, skills=skill) for skill in SKILLS],
        [
            *placed,
            tiny.tactic("a", tiny.job("a", "copy", 300), tiny.job("b", "web", 600), value=19_000),
            tiny.tactic("b", tiny.job(skill="film", minutes=300), value=8000),
        ],
    )
    assert found_in(problem) == (
        Bottleneck("skill", "film", DAY, 8000, ("b",)),
        Bottleneck("member", "for-film", DAY, 8000, ("b",)),
    )


def test_more_of_something_is_spread_over_workdays_in_quarters_and_shares_grow_with_it() -> None:
    problem = tiny.sprint(
        [tiny.worker("ann", 120, 0, 120, 0, 0)],
        [tiny.tactic("a", tiny.job())],
        shares=(Share("half", ("a",), 120),),
    )
    more = add(problem, "skill", "copy", DAY)
    assert more is not None
    helper, ann = more.workers
    assert (helper.minutes, helper.skills) == ((240, 0, 240, 0, 0), (("copy", 4),))
    assert ann == problem.workers[0]
    assert more.shares[0].limit == 120 * 3
    busier = add(problem, "member", "ann", 45)
    assert busier is not None
    assert busier.workers[0].minutes == (135, 0, 150, 0, 0)
    assert add(problem, "member", "bob", 45) is None
    assert add(problem, "cash", "sprint", 45) is None


def test_a_plan_made_again_is_sound_and_never_worse() -> None:
    problem = tiny.random_sprint(3)
    plan = best(problem)
    again = replan(problem, plan)
    assert violations(problem, again) == ()
    assert again.value == plan.value
