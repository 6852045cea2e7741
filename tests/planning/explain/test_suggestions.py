"""What is said to bring a tactic in does bring it in: tried on tiny sprints where many things clash."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.model.numbers import QUARTER_HOUR
from revplan.model.waits import Wait
from revplan.planning.constraints import violations
from revplan.planning.explain import suggestions as way_in
from revplan.planning.explain.claims import Addition, Swap
from revplan.planning.explain.ejection import Ejections
from revplan.planning.explain.insertion import Insertion
from revplan.planning.explain.reason import explain
from revplan.planning.explain.suggestions import find_addition, suggestions
from revplan.planning.insertion_windows import twice_weekly, weekly
from revplan.planning.problem import Allocation, Share, TaskAssignment
from revplan.planning.solve import best
from revplan.planning.trial import pin, protected_tactics, relax, restrict_to
from tests.support import generate, tiny

if TYPE_CHECKING:
    from revplan.planning.explain.ejection import Ejection
    from revplan.planning.problem import Job, SprintProblem


def parked(problem: SprintProblem, found: Allocation) -> list[str]:
    placed = set(found.placed)
    return [one.id for one in problem.candidates if one.id not in placed]


def all_kept(problem: SprintProblem) -> SprintProblem:
    return pin(problem, {one.id for one in problem.candidates})


def check_swap(problem: SprintProblem, found: Allocation, tactic: str, swap: Swap) -> None:
    """Plan exactly what the swap leaves, with what it lets in: everything has its place."""
    names = (set(found.placed) - set(swap.out)) | {tactic, *swap.together}
    plan = best(all_kept(restrict_to(problem, names)))
    assert set(plan.placed) == names
    assert plan.value - found.value == swap.value_change
    assert plan.must_value >= found.must_value
    above = {one.id for one in problem.candidates if one.tier == "should"}
    if all(problem.candidate(name).tier == "nice" for name in {tactic, *swap.together}):
        assert above.isdisjoint(swap.out)


def by_tier(problem: SprintProblem, names: set[str]) -> tuple[int, ...]:
    chosen = [one for one in problem.candidates if one.id in names]
    return tuple(sum(one.value for one in chosen if one.tier == tier) for tier in ("must", "should", "nice"))


def check_addition(problem: SprintProblem, found: Allocation, tactic: str, addition: Addition) -> None:
    """Plan what stays and the tactic, with what is added: all has its place, and tier by tier no less is placed."""
    names = (set(found.placed) - set(addition.out)) | {tactic, *addition.together}
    assert by_tier(problem, names) >= by_tier(problem, set(found.placed))
    changed = all_kept(relax(restrict_to(problem, names), tactic, addition))
    plan = best(changed)
    assert violations(changed, plan) == ()
    assert set(plan.placed) == {one.id for one in changed.candidates}
    others_do_it_all = sum(minutes for of, _, minutes in addition.work if of == tactic)
    assert tactic in plan.placed or others_do_it_all == problem.candidate(tactic).minutes


@settings(max_examples=120)
@given(st.integers(0, 10**6))
def test_what_is_said_to_bring_a_tactic_in_does(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    for tactic, way in suggestions(problem, found, parked(problem, found)).items():
        if isinstance(way, Swap):
            check_swap(problem, found, tactic, way)
        else:
            check_addition(problem, found, tactic, way)


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_a_swap_costs_no_less_than_planning_with_it(seed: int) -> None:
    """The re-solve in which the tactic must be in, and no other parked one may, is the cheapest swap there is."""
    problem = tiny.random_sprint(seed)
    found = best(problem)
    for tactic in parked(problem, found):
        beside = Insertion(problem, found, tactic, twice_weekly)
        stays = protected_tactics(beside.problem, beside.wanted)
        cheapest = beside.swap_in(best(pin(beside.problem, beside.wanted | stays)))
        small = beside.small_swap(2)
        if cheapest is not None:
            check_swap(problem, found, tactic, cheapest)
        if cheapest is not None and small is not None and problem.candidate(tactic).tier != "must":
            assert small.value_change <= cheapest.value_change


def leaves_room(problem: SprintProblem, found: Allocation, beside: Insertion, leaving: str) -> bool:
    """Tell whether all that stays and all that is wanted has its place once one tactic has left."""
    names = (set(found.placed) - {leaving}) | beside.wanted
    return set(best(all_kept(restrict_to(problem, names))).placed) == names


@settings(max_examples=120)
@given(st.integers(0, 10**6))
def test_arithmetic_rules_out_no_tactic_that_could_make_room(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    ejections = Ejections(problem, found)
    for tactic in parked(problem, found):
        beside = Insertion(problem, found, tactic, weekly)
        stays = protected_tactics(beside.problem, beside.wanted)
        needed = {name for one in beside.problem.candidates for name in one.requires}
        able = [
            name
            for name in sorted(set(found.placed) - stays - needed, key=lambda one: (problem.candidate(one).value, one))
            if beside.wanted and leaves_room(problem, found, beside, name)
        ]
        said = ejections.cheapest_ejection(beside) if beside.wanted else None
        if able:
            assert said is not None
            assert able[0] in {*said.open, said.tactic}


def test_work_that_stays_may_change_hands_for_a_swap() -> None:
    """Ann has all of what is placed; Bob could do half of it, and leaves the other half for what only Ann can do."""
    people = [tiny.worker("ann", 120, 120, skills="copy design"), tiny.worker("bob", 120, 0, skills="design")]
    problem = tiny.sprint(
        people,
        [
            tiny.tactic("keeps", tiny.job("a", "design", 120), value=5000, deadline=1),
            tiny.tactic("leaves", tiny.job("a", "copy", 90), tiny.job("b", "design", 30), value=3000, deadline=1),
            tiny.tactic("wanted", tiny.job("a", "copy", 240), value=2500, deadline=1),
        ],
    )
    parts = (
        TaskAssignment("keeps", "a", "ann", 120, ((0, 120),)),
        TaskAssignment("leaves", "a", "ann", 90, ((1, 90),)),
        TaskAssignment("leaves", "b", "bob", 30, ((0, 30),)),
    )
    found = Allocation(parts, 8000, 0, 8000, 0, "exact")
    assert suggestions(problem, found, ["wanted"]) == {"wanted": Swap(("leaves",), -500, is_least=True)}
    beside = Insertion(problem, found, "wanted", weekly)
    ejection = Ejections(problem, found).cheapest_ejection(beside)
    assert ejection.tactic is None
    assert "leaves" in ejection.open
    assert beside.small_swap(1, ejection.open) == Swap(("leaves",), -500)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from([0, way_in.EXACT]))
def test_the_parking_lot_and_explain_say_the_same_amounts(seed: int, exact: int) -> None:
    """They look at hand-overs on other days; an amount that is proven the least is the one thing that may differ."""
    problem = tiny.random_sprint(seed)
    found = best(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(way_in, "EXACT", exact)
        for tactic, way in suggestions(problem, found, parked(problem, found)).items():
            if isinstance(way, Addition):
                explained = find_addition(problem, Insertion(problem, found, tactic, twice_weekly))
                assert explained is not None
                assert explained == way or (explained.is_least and not way.is_least)


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_an_addition_is_what_its_work_adds_up_to(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    for tactic in parked(problem, found):
        addition = Insertion(problem, found, tactic, weekly).least_addition()
        if addition is not None:
            assert sum(minutes for _, minutes in addition.minutes) == sum(minutes for *_, minutes in addition.work)
            assert addition.minutes or addition.cash or addition.deadline is not None or addition.task_deadlines


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_what_is_said_of_dates_brings_tactics_in_whose_tasks_have_their_own(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    problem = tiny.random_sprint(seed)
    last = len(problem.days) - 1
    dated = (
        replace(
            one, jobs=tuple(replace(job, deadline=rng.choice((None, -2, rng.randint(0, last)))) for job in one.jobs)
        )
        for one in problem.candidates
    )
    problem = replace(problem, candidates=tuple(replace(one, kept=False) for one in dated))
    found = best(problem)
    for tactic in parked(problem, found):
        for addition in (
            Insertion(problem, found, tactic, weekly).least_addition(),
            Insertion(problem, found, tactic, weekly).quick_addition(),
        ):
            if addition is not None:
                check_addition(problem, found, tactic, addition)


def test_the_least_help_fills_up_what_is_left() -> None:
    """An hour and a half is free of the two that are wanted."""
    problem = tiny.sprint(
        [tiny.worker("w", 120, 60)],
        [tiny.tactic("a", tiny.job(minutes=90), value=5000), tiny.tactic("b", tiny.job(minutes=120), value=1000)],
    )
    problem = replace(problem, candidates=tuple(replace(one, deadline=1) for one in problem.candidates))
    addition = Insertion(problem, best(problem), "b", weekly).least_addition()
    assert addition == Addition(minutes=(("copy", 30),), work=(("b", "a", 30),))


def test_the_least_help_hands_over_on_whatever_day() -> None:
    """Both have time in their part of one week, and Mondays are the only days of hand-over there are to choose."""
    problem = _in_a_chain(_free_on(1), _free_on(2))
    addition = Insertion(problem, best(problem), "b", weekly).least_addition()
    assert addition == Addition(minutes=(("copy", 30),), work=(("b", "first", 30),))


def test_the_least_help_keeps_the_order_of_tasks() -> None:
    """Who is to begin has time only after who is to follow, so what one of them could do is no use."""
    problem = _in_a_chain(_free_on(2), _free_on(1))
    addition = Insertion(problem, best(problem), "b", weekly).least_addition()
    assert addition is not None
    assert _minutes(addition) == 90


def _minutes(addition: Addition) -> int:
    return sum(minutes for _, minutes in addition.minutes)


def _free_on(free: int) -> list[int]:
    return [60 if day == free else 0 for day in range(14)]


def _in_a_chain(first: list[int], second: list[int]) -> SprintProblem:
    """Return a sprint in which 90 minutes of copy come before 60 of design, each with one who can."""
    chain = [tiny.job("first", "copy", 90), tiny.job("then", "design", 60, after=("first",))]
    able = [tiny.worker("v", *first), tiny.worker("w", *second, skills="design")]
    return tiny.sprint(able, [tiny.tactic("b", *chain, deadline=13)])


@pytest.mark.parametrize("kind", generate.KINDS)
def test_the_least_help_is_no_more_than_what_is_left_over_takes(kind: str) -> None:
    """Least help is counted in quarters of an hour, so a task may take the part of one more."""
    problem = generate.problem(25, 6, 1, kind)
    found = best(problem)
    compared = 0
    for tactic in parked(problem, found):
        beside = Insertion(problem, found, tactic, twice_weekly)
        least, quick = beside.least_addition(), beside.quick_addition()
        if least is not None and quick is not None:
            compared += 1
            parts = max(len(least.work), len(quick.work))
            assert _minutes(least) <= _minutes(quick) + parts * (QUARTER_HOUR - 1)
    assert compared


def test_cash_is_added_to_what_lacks_it() -> None:
    problem = tiny.sprint(
        [tiny.worker("w", 300)],
        [
            tiny.tactic("a", tiny.job(), value=5000, cost=80, line="ads", deadline=0),
            tiny.tactic("b", tiny.job(), value=1000, cost=50, line="ads", deadline=0),
        ],
        budget=120,
        lines=(("ads", 100),),
    )
    addition = Insertion(problem, best(problem), "b", weekly).least_addition()
    assert addition == Addition(cash=(("ads", 30), ("sprint", 10)))


def test_a_later_deadline_is_said_before_hours_are() -> None:
    problem = tiny.sprint(
        [tiny.worker("w", 60, 60, 60)],
        [
            tiny.tactic("a", tiny.job(), value=5000, deadline=0),
            tiny.tactic("b", tiny.job(minutes=90), value=1000, deadline=0),
        ],
    )
    addition = Insertion(problem, best(problem), "b", weekly).least_addition()
    assert addition == Addition(deadline=problem.days[2])


def test_of_deadlines_only_those_that_are_in_the_way_are_moved() -> None:
    """Of the two tasks and the tactic only the deadline of the first task is in the way."""
    chain = tiny.job("first", minutes=150, deadline=0), tiny.job("then", minutes=30, after=("first",), deadline=3)
    problem = tiny.sprint([tiny.worker("w", 60, 60, 60, 60, 60)], [tiny.tactic("b", *chain, deadline=3)])
    beside = Insertion(problem, best(problem), "b", weekly)
    assert beside.least_addition() == Addition(task_deadlines=(("first", problem.days[2]),))
    assert beside.quick_addition() == Addition(task_deadlines=(("first", problem.days[2]),))
    check_addition(problem, best(problem), "b", Addition(task_deadlines=(("first", problem.days[2]),)))


def test_a_task_deadline_is_moved_beside_its_tactics() -> None:
    work = tiny.job("a", minutes=150, deadline=0)
    problem = tiny.sprint([tiny.worker("w", 60, 60, 60, 60)], [tiny.tactic("b", work, deadline=1)])
    addition = Insertion(problem, best(problem), "b", weekly).least_addition()
    day = problem.days[2]
    assert addition == Addition(deadline=day, task_deadlines=(("a", day),))


@pytest.mark.parametrize(
    "jobs",
    [
        (tiny.job("a"), tiny.job("b", after=("a",), waits=(("a", Wait(9)),))),
        (tiny.job("a", release=3, deadline=1), tiny.job("b", release=4, after=("a",), waits=(("a", Wait(2)),))),
    ],
    ids=["a wait longer than the sprint", "a wait beyond its end"],
)
def test_no_hours_are_said_to_help_where_dates_and_waits_leave_no_days(jobs: tuple[Job, ...]) -> None:
    problem = tiny.sprint([tiny.worker("w", 60, 60, 60, 60, 60)], [tiny.tactic("b", *jobs)])
    beside = Insertion(problem, best(problem), "b", weekly)
    assert (beside.least_addition(), beside.quick_addition(), beside.has_days) == (None, None, False)


def test_a_swap_never_lets_a_must_go_for_less() -> None:
    problem = tiny.sprint(
        [tiny.worker("w", 60)],
        [
            tiny.tactic("a", tiny.job(), value=1000, tier="must", deadline=0),
            tiny.tactic("b", tiny.job(), value=5000, deadline=0),
        ],
    )
    assert Insertion(problem, best(problem), "b", weekly).small_swap(2) is None


def test_a_swap_never_lets_go_of_what_is_needed_for_what_is_nice() -> None:
    """Neither quickly nor by planning with it; of two nice-to-haves the one leaves for the other."""
    needed, nice = (tiny.tactic(name, tiny.job(), value=1000, tier=name, deadline=0) for name in ("should", "nice"))
    other = tiny.tactic("other", tiny.job(), value=5000, tier="nice", deadline=0)
    for stays, way in ((needed, None), (nice, Swap(("nice",), 4000))):
        problem = tiny.sprint([tiny.worker("w", 60)], [stays, other])
        found = best(pin(problem, {stays.id}))
        assert found.placed == (stays.id,)
        swap = suggestions(problem, found, ["other"]).get("other")
        quick = Insertion(problem, found, "other", weekly).small_swap(2)
        assert quick == way
        assert (replace(swap, is_least=False) if isinstance(swap, Swap) else None) == way
        ejection = Ejections(problem, found).cheapest_ejection(Insertion(problem, found, "other", weekly))
        assert ejection.tactic == ("nice" if way else None)


def test_what_it_requires_comes_in_with_it() -> None:
    problem = tiny.sprint(
        [tiny.worker("w", 120)],
        [
            tiny.tactic("a", tiny.job(minutes=120), value=9000, deadline=0),
            tiny.tactic("b", tiny.job(), value=1000, deadline=0),
            tiny.tactic("c", tiny.job(), value=2000, requires=("b",), deadline=0),
        ],
    )
    assert Insertion(problem, best(problem), "c", weekly).small_swap(2) == Swap(("a",), -6000, ("b",))


def test_whoever_shares_a_limit_is_in_the_way_though_others_do_the_work() -> None:
    problem = tiny.sprint(
        [tiny.worker("v", 300, skills="copy"), tiny.worker("w", 300, skills="design")],
        [
            tiny.tactic("a", tiny.job(skill="copy"), value=5000, deadline=0),
            tiny.tactic("b", tiny.job(skill="design"), value=1000, deadline=0),
        ],
        shares=(Share("both at most an hour", ("a", "b"), 60),),
    )
    assert Insertion(problem, best(problem), "b", weekly).small_swap(2) == Swap(("a",), -4000)


@pytest.mark.parametrize(("most", "swap"), [(1, None), (2, Swap(("a", "b"), -9000))])
def test_no_more_leave_than_may(most: int, swap: Swap | None) -> None:
    problem = tiny.sprint(
        [tiny.worker("w", 120)],
        [
            tiny.tactic("a", tiny.job(), value=5000, deadline=0),
            tiny.tactic("b", tiny.job(), value=5000, deadline=0),
            tiny.tactic("c", tiny.job(minutes=120), value=1000, deadline=0),
        ],
    )
    assert Insertion(problem, best(problem), "c", weekly).small_swap(most) == swap


@pytest.mark.parametrize("requires", [(), ("b",)])
def test_whoever_takes_the_cash_is_in_the_way_though_others_do_the_work(requires: tuple[str, ...]) -> None:
    problem = tiny.sprint(
        [tiny.worker("v", 300, skills="copy"), tiny.worker("w", 300, skills="design")],
        [
            tiny.tactic("a", tiny.job(skill="copy"), value=5000, cost=80, deadline=0),
            tiny.tactic("b", tiny.job(skill="design"), value=1000, cost=50, deadline=0),
            tiny.tactic(
                "c", tiny.job(skill="design"), value=1000, cost=0 if requires else 50, deadline=0, requires=requires
            ),
            tiny.tactic("d", tiny.job(skill="copy"), value=4000, deadline=0),
        ],
        budget=100,
    )
    assert Insertion(problem, best(problem), "c", weekly).small_swap(2) == Swap(
        ("a",), -3000 if requires else -4000, requires
    )


@pytest.mark.parametrize("seed", range(10))
def test_the_same_is_said_twice(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    names = parked(problem, found)
    assert suggestions(problem, found, names) == suggestions(problem, found, names)


@pytest.mark.parametrize("kind", ["typical", "correlated"])
def test_what_is_found_for_one_does_not_depend_on_the_others(kind: str) -> None:
    problem = generate.problem(20, 5, seed=3, kind=kind)
    found = best(problem)
    names = parked(problem, found)
    alone = {name: way for one in names for name, way in suggestions(problem, found, [one]).items()}
    assert len(alone) > 1
    assert suggestions(problem, found, names) == alone


def test_ctrl_c_leaves_the_rest_not_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = generate.problem(20, 5, seed=3)
    found = best(problem)
    names = parked(problem, found)
    whole = suggestions(problem, found, names)
    cheapest = Ejections.cheapest_ejection

    def until_the_user_stops(ejections: Ejections, insertion: Insertion) -> Ejection:
        if insertion.tactic == names[2]:
            raise KeyboardInterrupt
        return cheapest(ejections, insertion)

    monkeypatch.setattr(Ejections, "cheapest_ejection", until_the_user_stops)
    some = suggestions(problem, found, names)
    assert some.keys() <= set(names[:2])
    assert some.items() <= whole.items()


def test_what_others_help_with_takes_its_time_too() -> None:
    """Copy takes two days whoever does it, and Bob is free to design on the first day only."""
    problem = tiny.sprint(
        [tiny.worker("ann", 480, 480, 0), tiny.worker("bob", 240, 240, 240, skills="design")],
        [
            tiny.tactic("x", tiny.job(minutes=960), value=9000, deadline=2),
            tiny.tactic("y", tiny.job(skill="design", minutes=240), value=9000, release=1, deadline=1),
            tiny.tactic("z", tiny.job(skill="design", minutes=240), value=9000, release=2, deadline=2),
            tiny.tactic(
                "p",
                tiny.job("write", minutes=960),
                tiny.job("draw", "design", minutes=240, after=("write",)),
                deadline=2,
            ),
        ],
    )
    found = best(problem)
    beside = Insertion(problem, found, "p", weekly)
    wanted = (("copy", 960), ("design", 240))
    assert {short.of: short.at_least for short in explain(problem, found)["p"].short} == dict(wanted)
    for addition in (beside.least_addition(), beside.quick_addition()):
        assert addition is not None
        assert addition.minutes == wanted


@pytest.mark.parametrize("seed", range(60))
def test_no_addition_takes_less_than_is_said_to_be_short_at_least(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    for tactic, reason in explain(problem, found).items():
        short = sum(one.at_least for one in reason.short if one.kind == "hours")
        beside = Insertion(problem, found, tactic, weekly)
        for addition in (beside.least_addition(), beside.quick_addition()):
            if addition is not None and addition.minutes and not beside.together and reason.code == "capacity":
                assert sum(minutes for _, minutes in addition.minutes) >= short
