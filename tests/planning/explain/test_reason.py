from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.planning.explain.claims import Reason, Short
from revplan.planning.explain.flow import MaximumFlow, Piece
from revplan.planning.explain.reason import explain
from revplan.planning.problem import Candidate, Job, Share, SprintProblem, Worker
from tests.support.filling import fill

HOUR = 60
DAYS = tuple(date(2026, 12, 7) + timedelta(days=number) for number in range(5))
"""A week of five workdays."""


def problem(*candidates: Candidate, workers: tuple[Worker, ...] = (), **limits: Any) -> SprintProblem:
    ranked = tuple(
        Candidate(**{name: getattr(one, name) for name in one.__slots__} | {"rank": rank})
        for rank, one in enumerate(candidates, start=1)
    )
    return SprintProblem("2026-12-07", DAYS, workers, tuple(sorted(ranked, key=lambda one: one.id)), **limits)


def worker(name: str, hours: int, *skills: str) -> Worker:
    """Return somebody with so many hours on each of the five days."""
    return Worker(name, tuple((skill, 3) for skill in sorted(skills)), (hours * HOUR,) * len(DAYS))


def tactic(name: str, *jobs: Job, **more: Any) -> Candidate:
    return Candidate(name, "should", 1000, 0, jobs, **{"deadline": 4, **more})


def writing(hours: int, name: str = "write", **more: Any) -> Job:
    return Job(name, "writing", hours * HOUR, **more)


def design(hours: int, **more: Any) -> Job:
    return Job("design", "design", hours * HOUR, **more)


def hours(of: str, number: int) -> Short:
    return Short("hours", of, number * HOUR)


def why(what: SprintProblem) -> dict[str, Reason]:
    return explain(what, fill(what))


PRIYA = worker("priya", 8, "writing")
ELENA = worker("elena", 8, "design", "writing")


def test_nothing_is_said_of_what_is_placed() -> None:
    assert why(problem(tactic("a", writing(8)), workers=(PRIYA,))) == {}


def test_short_of_a_skill_by_what_the_placed_leave() -> None:
    found = why(problem(tactic("a", writing(30)), tactic("b", writing(32)), workers=(PRIYA,)))
    assert found == {"b": Reason("capacity", (hours("writing", 22),))}


def test_placed_work_is_moved_to_make_room_before_anything_is_said_to_be_short() -> None:
    """Elena has 30 hours of writing that Priya could do; 20 hours are free, and design is 5 short."""
    found = why(problem(tactic("a", writing(30)), tactic("b", design(45)), workers=(ELENA, PRIYA)))
    assert found == {"b": Reason("capacity", (hours("design", 5),))}, "nobody could do 45 hours, whatever is placed"
    found = why(
        problem(tactic("a", writing(30)), tactic("b", writing(35)), tactic("c", design(20)), workers=(ELENA, PRIYA))
    )
    assert found == {"c": Reason("capacity", (hours("design", 5),))}


def test_a_named_owner_is_what_is_short() -> None:
    found = why(problem(tactic("a", writing(30)), tactic("b", writing(32, owner="priya")), workers=(PRIYA,)))
    assert found["b"].short == (hours("priya", 22),)


def test_hours_left_of_a_named_member_go_to_their_own_task() -> None:
    """Priya has three hours left, and is named for five; the counting could have them too."""
    team = (worker("priya", 8, "analysis", "writing"),)
    asked = tactic("b", writing(5, owner="priya"), Job("count", "analysis", 5 * HOUR))
    found = why(problem(tactic("a", writing(37)), asked, workers=team))
    assert found["b"].short == (hours("analysis", 5), hours("priya", 2))


def test_two_skills_of_one_person_are_short_together() -> None:
    team = (worker("elena", 8, "design", "writing"),)
    found = why(problem(tactic("a", writing(30)), tactic("b", design(12), writing(7)), workers=team))
    assert found["b"].short == (hours("design", 2), hours("writing", 7))


def test_no_time_is_when_it_would_fit_without_its_deadline() -> None:
    found = why(problem(tactic("a", writing(16), deadline=1), tactic("b", writing(10), deadline=1), workers=(PRIYA,)))
    assert found == {"b": Reason("no-time", (hours("writing", 10),))}


def test_no_time_is_when_its_days_alone_are_too_few() -> None:
    assert why(problem(tactic("a", writing(10), deadline=0), workers=(PRIYA,))) == {"a": Reason("no-time")}


def test_a_task_too_large_for_anyone_is_short_of_capacity() -> None:
    found = why(problem(tactic("a", writing(45)), workers=(ELENA, PRIYA)))
    assert found == {"a": Reason("capacity", (hours("writing", 5),))}


def test_a_chain_longer_than_the_sprint_is_short_of_capacity() -> None:
    chain = (writing(25, "one"), writing(25, "two", after=("one",)))
    assert why(problem(tactic("a", *chain), workers=(PRIYA,))) == {"a": Reason("capacity", (hours("writing", 10),))}


def test_a_chain_that_its_people_cannot_end_in_time() -> None:
    """There are eighty hours, but Elena cannot start before Wednesday, and three days of hers are 24 hours."""
    found = why(problem(tactic("a", writing(24, owner="priya"), design(25, after=("write",))), workers=(ELENA, PRIYA)))
    assert found == {"a": Reason("no-time")}


def test_outranked_is_when_nothing_is_short_but_the_place_is_taken() -> None:
    """Ten hours are free, but in two pieces of five."""
    team = (worker("elena", 2, "writing"), worker("priya", 2, "writing"))
    found = why(
        problem(tactic("a", writing(5)), tactic("b", writing(5, owner="priya")), tactic("c", writing(6)), workers=team)
    )
    assert found == {"c": Reason("outranked", blockers=("a", "b"))}


@pytest.mark.parametrize(("release", "in_the_way"), [(0, ("a", "b")), (2, ("a", "b"))])
def test_what_ends_on_the_first_day_is_in_the_way_too(release: int, in_the_way: tuple[str, ...]) -> None:
    """On the third day an hour of each is taken; six hours of one of them are not left."""
    team = (worker("elena", 2, "writing"), worker("priya", 2, "writing"))
    late = tactic("c", writing(6), release=release)
    found = why(problem(tactic("a", writing(5)), tactic("b", writing(5, owner="priya")), late, workers=team))
    assert found == {"c": Reason("outranked", blockers=in_the_way)}


def test_what_begins_on_the_last_day_is_in_the_way_too() -> None:
    team = (worker("elena", 2, "writing"), worker("priya", 2, "writing"))
    late = (tactic("a", writing(5), release=2), tactic("b", writing(5, owner="priya"), release=2))
    found = why(problem(*late, tactic("c", writing(6), deadline=2), workers=team))
    assert found == {"c": Reason("outranked", blockers=("a", "b"))}


def test_requires_and_excludes_name_the_other() -> None:
    found = why(
        problem(
            tactic("a", writing(8), excludes=("b",)),
            tactic("b", writing(8), excludes=("a",)),
            tactic("c", writing(99)),
            tactic("d", writing(8), requires=("c",)),
            workers=(PRIYA,),
        )
    )
    assert found["b"] == Reason("excludes", blockers=("a",))
    assert found["d"] == Reason("requires", blockers=("c",))


def test_what_it_requires_is_no_reason_where_that_is_placed() -> None:
    parked = tactic("c", writing(32), requires=("a",))
    found = why(problem(tactic("a", writing(8)), tactic("b", writing(20)), parked, workers=(PRIYA,)))
    assert found["c"].code != "requires"
    assert found["c"].short == (hours("writing", 20),)


def test_cash_names_the_sprint_or_the_line() -> None:
    found = why(
        problem(
            tactic("a", writing(1), cost=600, line="ads"),
            tactic("b", writing(1), cost=500, line="ads"),
            tactic("c", writing(1), cost=450),
            tactic("d", writing(1)),
            workers=(PRIYA,),
            budget=1000,
            lines=(("ads", 900),),
        )
    )
    assert found == {
        "b": Reason("budget", (Short("cash", "ads", 200), Short("cash", "sprint", 100)), ("a",)),
        "c": Reason("budget", (Short("cash", "sprint", 50),), ("a",)),
    }


def test_cash_that_is_just_enough_is_no_reason() -> None:
    dear = tactic("b", writing(32), cost=400, line="ads")
    limits: dict[str, object] = {"budget": 1000, "lines": (("ads", 400),)}
    found = why(problem(tactic("a", writing(30), cost=600), dear, workers=(PRIYA,), **limits))
    assert found == {"b": Reason("capacity", (hours("writing", 22),))}


def test_a_share_names_itself_and_who_has_it() -> None:
    share = Share("sales at most 25%", ("a", "b"), 10 * HOUR)
    found = why(problem(tactic("a", writing(6)), tactic("b", writing(6)), workers=(PRIYA,), shares=(share,)))
    assert found == {"b": Reason("share", (hours("sales at most 25%", 2),), ("a",))}


@pytest.mark.parametrize(
    ("limits", "code"), [((40,), "capacity"), ((39,), "share"), ((47, 47), "capacity"), ((60, 39), "share")]
)
def test_hours_are_named_before_a_share_that_lacks_no_more_of_them(limits: tuple[int, ...], code: str) -> None:
    """Of 32 hours 22 are short; what both shares lack of them is the same hours, not twice as many."""
    shares = tuple(Share(f"at most {limit} {name}", ("a", "b"), limit * HOUR) for name, limit in enumerate(limits))
    found = why(problem(tactic("a", writing(30)), tactic("b", writing(32)), workers=(PRIYA,), shares=shares))
    assert found["b"].code == code


def test_only_what_is_on_the_same_line_takes_cash_from_it() -> None:
    found = why(
        problem(
            tactic("a", writing(1), cost=600, line="ads"),
            tactic("b", writing(1), cost=500, line="fairs"),
            tactic("c", writing(1), cost=500, line="ads"),
            workers=(PRIYA,),
            lines=(("ads", 900), ("fairs", 900)),
        )
    )
    assert found == {"c": Reason("budget", (Short("cash", "ads", 200),), ("a",))}


def test_several_shares_are_told_by_name() -> None:
    shares = tuple(Share(name, ("a", "b"), 10 * HOUR) for name in ("sales", "launch"))
    found = why(problem(tactic("a", writing(6)), tactic("b", writing(6)), workers=(PRIYA,), shares=shares))
    assert found == {"b": Reason("share", (hours("launch", 2), hours("sales", 2)), ("a",))}


def test_all_that_two_shares_have_taken_stands_in_the_way() -> None:
    shares = (Share("sales", ("a", "c"), 10 * HOUR), Share("launch", ("b", "c"), 10 * HOUR))
    found = why(
        problem(
            tactic("a", writing(6)), tactic("b", writing(6)), tactic("c", writing(6)), workers=(PRIYA,), shares=shares
        )
    )
    assert found == {"c": Reason("share", (hours("launch", 2), hours("sales", 2)), ("a", "b"))}


def test_nobody_at_all_leaves_everything_short() -> None:
    assert why(problem(tactic("a", writing(6)))) == {"a": Reason("capacity", (hours("writing", 6),))}


# --- the flow ----------------------------------------------------------------------------------------------------


def test_trying_leaves_the_flow_as_it_was() -> None:
    piece = Piece((0, 1), 0, 1)
    flow = MaximumFlow([(5, 5), (5, 5)], [piece])
    flow.take(piece, 0, 0, 4)
    flow.close()
    assert flow.unmet([(piece, 20)]) == flow.unmet([(piece, 20)]) == (4,)
    assert flow.shortfall([(piece, 20)])[0] == flow.shortfall([(piece, 20)])[0] == 4
    assert flow.unmet([(piece, 16)]) == (0,)


def test_room_is_sought_wherever_what_is_in_the_way_could_go() -> None:
    """The first could make room at the second, were that not full of what can only be there; the third is not asked."""
    new, movable, fixed = Piece((0,), 0, 0), Piece((0, 1), 0, 0), Piece((1,), 0, 0)
    flow = MaximumFlow([(5,), (5,), (5,)], [new, movable, fixed])
    flow.take(movable, 0, 0, 5)
    flow.take(fixed, 1, 0, 5)
    assert flow.shortfall([(new, 3)]) == (3, {flow.cell(0, 0), flow.cell(1, 0)})


minutes = st.lists(st.integers(0, 9), min_size=3, max_size=3)


@given(
    team=st.lists(minutes, min_size=2, max_size=2),
    wanted=st.lists(
        st.tuples(st.sampled_from([(0,), (1,), (0, 1)]), st.integers(0, 2), st.integers(0, 2), st.integers(1, 12)),
        min_size=1,
        max_size=4,
    ),
)
@pytest.mark.parametrize("is_taken", [False, True])
def test_what_is_missing_equals_the_smallest_cut(
    team: list[list[int]], wanted: list[tuple[tuple[int, ...], int, int, int]], is_taken: bool
) -> None:
    """Hall's condition: missing is the most by which any set of pieces exceeds all the minutes it may use."""
    work = [(Piece(who, min(first, last), max(first, last)), amount) for who, first, last, amount in wanted]
    taken = [(Piece((0, 1), 0, 2), min(3, team[0][0])), (Piece((1,), 1, 2), min(4, team[1][1]))] if is_taken else []
    flow = MaximumFlow(team, [piece for piece, _ in (*taken, *work)])
    for worker, (piece, amount) in enumerate(taken):
        flow.take(piece, worker, worker, amount)
    flow.close()
    assert sum(flow.unmet(work)) == sum(flow.unmet(work[::-1])) == _largest_excess(team, [*taken, *work])
    for tried in range(1, len(work) + 1):
        assert flow.shortfall(work[:tried])[0] == _largest_excess(team, [*taken, *work[:tried]])


def test_hours_left_go_to_the_work_of_those_who_have_them_before_anything_is_moved() -> None:
    """What is placed could go to the second member's two minutes, to make room for the first piece."""
    first, second, movable = Piece((0,), 0, 0), Piece((1,), 0, 0), Piece((0, 1), 0, 0)
    flow = MaximumFlow([(5,), (2,)], [first, second, movable])
    flow.take(movable, 0, 0, 5)
    flow.close()
    assert flow.unmet([(first, 4), (second, 4)]) == (4, 2)


def _largest_excess(team: list[list[int]], work: list[tuple[Piece, int]]) -> int:
    most = 0
    for chosen in range(1 << len(work)):
        subset = [entry for number, entry in enumerate(work) if chosen >> number & 1]
        cells = {
            (who, day) for piece, _ in subset for who in piece.workers for day in range(piece.first, piece.last + 1)
        }
        most = max(most, sum(amount for _, amount in subset) - sum(team[who][day] for who, day in cells))
    return most
