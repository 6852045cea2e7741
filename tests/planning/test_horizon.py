"""Why a tactic never has its turn: what it takes beyond what the roomiest sprint has."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from revplan.planning import horizon
from revplan.planning.answer import ParkedCandidate
from revplan.planning.explain.claims import Reason
from revplan.planning.horizon import TooLarge, _has_hours, _lacking, _share_exceeded, _too_large
from revplan.planning.instance import build_instance
from revplan.planning.problem import Share
from revplan.planning.solve import best, fill_instance_by_rank
from tests.support.tiny import job, random_sprint, sprint, tactic, worker

if TYPE_CHECKING:
    import pytest

    from revplan.planning.instance import Instance
    from revplan.planning.problem import Allocation


def test_what_a_skill_lacks_is_told_of_the_roomiest_sprint_and_by_skill() -> None:
    a = tactic(
        "a", job("v", skill="video", minutes=30), job("x", minutes=60), job("y", minutes=90), job("z", skill="design")
    )
    other = tactic("b", job("x", minutes=500))
    small = sprint([worker("ann", 100), worker("dan", 60, skills="design")], [a, other])
    large = sprint([worker("ann", 70, 50), worker("dan", 40, 0, skills="design")], [a, other])
    found = _lacking("a", [build_instance(small), build_instance(large)])
    assert found == (("copy", 30), ("video", 30))


def test_a_named_owner_is_who_lacks_the_time() -> None:
    a = tactic("a", job("x", minutes=150, owner="ann"))
    found = build_instance(sprint([worker("ann", 100), worker("bob", 100)], [a]))
    assert _lacking("a", [found]) == (("ann", 50),)


def test_a_task_is_too_large_where_nobody_has_the_time_in_any_sprint() -> None:
    a = tactic("a", job("x", minutes=150), job("y", minutes=120), job("z", minutes=260, split=True))
    team = [worker("ann", 100), worker("bob", 120)]
    first = build_instance(sprint(team, [a]))
    assert list(_too_large("a", [first])) == [
        TooLarge("x", "copy", 150, "bob", 120),
        TooLarge("z", "copy", 260, "bob", 220),
    ]
    second = build_instance(sprint([worker("ann", 150), worker("bob", 110)], [a]))
    assert list(_too_large("a", [first, second])) == []


def test_of_equals_the_first_by_name_is_told_and_nobody_where_there_is_none() -> None:
    a = tactic("a", job("x", minutes=150), job("y", skill="video"))
    found = build_instance(sprint([worker("bob", 100), worker("ann", 100)], [a]))
    assert list(_too_large("a", [found])) == [
        TooLarge("x", "copy", 150, "ann", 100),
        TooLarge("y", "video", 60, None, 0),
    ]


def test_a_share_is_exceeded_where_it_is_in_every_sprint() -> None:
    a = tactic("a", job(minutes=120))
    both = Share("ads", ("a",), 119), Share("launch", ("a",), 60)
    tight = sprint([worker("ann", 300)], [a], shares=both)
    assert _share_exceeded("a", [tight]) == "ads"
    wide = sprint([worker("ann", 300)], [a], shares=(Share("ads", ("a",), 120), Share("launch", ("a",), 119)))
    assert _share_exceeded("a", [tight, wide]) == "launch"
    assert _share_exceeded("a", [wide, sprint([worker("ann", 300)], [a])]) is None


def test_hours_are_enough_only_where_all_members_and_each_group_have_them() -> None:
    copy, video = tactic("a", job("x", minutes=100)), tactic("b", job("x", skill="video", minutes=100))
    team = [worker("ann", 100), worker("dan", 100, skills="copy video")]
    assert _has_hours(build_instance(sprint(team, [copy, video])))
    more = tactic("c", job("x", minutes=1))
    assert not _has_hours(build_instance(sprint(team, [copy, video, more])))
    assert not _has_hours(build_instance(sprint(team, [tactic("b", job("x", skill="video", minutes=101))])))
    assert not _has_hours(build_instance(sprint(team, [tactic("b", job("x", skill="events"))])))


def test_what_the_best_plan_holds_whole_has_its_hours() -> None:
    """The shortcut never says that a sprint cannot hold what the search finds a place for."""
    seen = set()
    for seed in range(200):
        problem = random_sprint(seed)
        is_whole = len(best(problem).placed) == len(problem.candidates)
        has_hours = _has_hours(build_instance(problem))
        assert has_hours or not is_whole
        seen.add((is_whole, has_hours))
    assert seen == {(True, True), (False, True), (False, False)}


def test_no_more_sprints_are_looked_at_than_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    fills: list[str] = []

    def counted(numbered: Instance) -> Allocation:
        fills.append(numbered.problem.id)
        return fill_instance_by_rank(numbered)

    monkeypatch.setattr("revplan.planning.horizon.fill_instance_by_rank", counted)
    a, b = tactic("a", job(minutes=90)), tactic("b", job(minutes=60))
    parked = ParkedCandidate(
        "a", "A", "should", 1, 0, 90, Reason("capacity"), None, date(2026, 12, 1), is_carried=False, is_pinned=False
    )
    small, large = (horizon._index(sprint([worker("ann", hours)], [a, b])) for hours in (60, 120))
    assert horizon._waiting(parked, [large, large, large]).verdict == "waits"
    assert len(fills) == 1
    assert horizon._waiting(parked, [small, large, large]).verdict == "waits"
    assert len(fills) == 2, "the first has not its hours, and no third is needed"
