"""Calendars, the order of tasks, and the days within which each can be done."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from revplan.planning.insertion_windows import never, options, twice_weekly, weekly
from revplan.planning.instance import build_instance, calendar
from revplan.planning.windows import Window, able, half_weeks, selected_windows, windows
from tests.support import tiny
from tests.support.tiny import job, sprint, tactic, worker

MINUTES = st.lists(st.sampled_from((0, 0, 30, 60)), min_size=1, max_size=6)


@given(MINUTES, st.integers(0, 5), st.integers(1, 200))
def test_work_ends_on_the_first_day_by_which_there_were_minutes_enough(
    minutes: list[int], first: int, work: int
) -> None:
    first = min(first, len(minutes) - 1)
    enough = [last for last in range(first, len(minutes)) if sum(minutes[first : last + 1]) >= work]
    assert calendar(minutes).finish(first, work) == min(enough, default=len(minutes))


@given(MINUTES, st.integers(0, 5), st.integers(1, 200))
def test_work_begins_at_the_latest_when_there_are_still_minutes_enough(
    minutes: list[int], last: int, work: int
) -> None:
    last = min(last, len(minutes) - 1)
    enough = [first for first in range(last + 1) if sum(minutes[first : last + 1]) >= work]
    assert calendar(minutes).latest_start(last, work) == max(enough, default=-1)


# --- what follows what -------------------------------------------------------------------------------------------


def test_the_first_tasks_of_a_tactic_wait_for_the_last_of_those_it_requires() -> None:
    found = build_instance(
        sprint(
            [worker("ann", 60)],
            [
                tactic("a", job("draft"), job("edit", after=("draft",)), job("film")),
                tactic("b", job("send", after=("list", "gone")), job("list"), requires=("a",)),
            ],
        )
    )
    names = {task.number: task.job.id for task in found.tasks}
    waits = {task.job.id: sorted(names[first] for first in task.before) for task in found.tasks}
    assert waits == {"draft": [], "edit": ["draft"], "film": [], "list": ["edit", "film"], "send": ["list"]}
    assert all(number in found.tasks[first].after for number in names for first in found.tasks[number].before)


@given(st.integers(0, 10**6))
def test_no_task_comes_before_what_it_follows(seed: int) -> None:
    found = build_instance(tiny.random_sprint(seed))
    place = {number: index for index, number in enumerate(found.order)}
    assert len(place) == len(found.tasks)
    assert all(place[first] < place[task.number] for task in found.tasks for first in task.before)


def test_what_goes_in_a_circle_has_no_place_in_the_order() -> None:
    round_about = tactic("a", job("x", after=("y",)), job("y", after=("x",)), job("z"))
    found = build_instance(sprint([worker("ann", 60)], [round_about]))
    assert [found.tasks[number].job.id for number in found.order] == ["z"]
    assert windows(found) == {}


def test_pairs_that_exclude_each_other_are_told_once_and_strangers_never() -> None:
    candidates = [
        tactic("a", job(), excludes=("c", "gone")),
        tactic("b", job()),
        tactic("c", job(), excludes=("a",)),
    ]
    assert build_instance(sprint([worker("ann", 60)], candidates)).excludes == ((0, 2),)
    names = "abcdefgh"
    everyone = [tactic(name, job(), excludes=tuple(names.replace(name, ""))) for name in names]
    pairs = build_instance(sprint([worker("ann", 60)], everyone)).excludes
    assert pairs == tuple(combinations(range(len(names)), 2))


def test_all_that_a_tactic_needs_comes_before_it() -> None:
    chain = [tactic("a", job()), tactic("b", job(), requires=("a",)), tactic("c", job(), requires=("a", "b"))]
    found = build_instance(sprint([worker("ann", 60)], chain))
    assert [found.with_requirements(number) for number in range(3)] == [(0,), (0, 1), (0, 1, 2)]


@given(st.integers(0, 10**6))
def test_all_that_requires_a_tactic_is_all_whose_needs_hold_it(seed: int) -> None:
    found = build_instance(tiny.random_sprint(seed))
    whole = range(len(found.candidates))
    for first in whole:
        behind: set[int] = set()
        found.add_with_dependents(first, behind)
        assert behind == {other for other in whole if first in found.with_requirements(other)}


@given(st.integers(0, 10**6))
def test_what_is_placed_is_not_needed_any_more(seed: int) -> None:
    found = build_instance(tiny.random_sprint(seed))
    for first in range(len(found.candidates)):
        placed = set(found.with_requirements(first))
        for other in range(len(found.candidates)):
            whole = found.with_requirements(other)
            assert found.with_requirements(other, placed=placed) == tuple(one for one in whole if one not in placed)
            assert set(found.with_requirements(first, other)) == placed | set(whole)


# --- windows -----------------------------------------------------------------------------------------------------


def test_windows_leave_what_comes_before_and_after_its_least_time() -> None:
    # Ann writes 60 minutes on each of five days: the draft takes two of them, so editing starts on the second day
    # at the earliest, and the draft ends on the fourth at the latest, for the edit takes two as well.
    a = tactic("a", job("draft", minutes=90), job("edit", minutes=120, after=("draft",)))
    assert windows(build_instance(sprint([worker("ann", *[60] * 5)], [a]))) == {0: Window(0, 3), 1: Window(1, 4)}


def test_windows_lie_within_release_deadline_and_the_sprint() -> None:
    a, b = tactic("a", job(), release=1, deadline=3), tactic("b", job(), release=-2, deadline=9)
    assert windows(build_instance(sprint([worker("ann", *[60] * 5)], [a, b]))) == {0: Window(1, 3), 1: Window(0, 4)}


def test_what_is_required_by_the_chosen_alone_leaves_them_time() -> None:
    a, b = tactic("a", job()), tactic("b", job(minutes=120), requires=("a",))
    found = build_instance(sprint([worker("ann", *[60] * 5)], [a, b]))
    assert windows(found) == {0: Window(0, 4), 1: Window(0, 4)}
    assert selected_windows(found, {0}) == {0: Window(0, 4)}
    assert selected_windows(found, {0, 1}) == {0: Window(0, 3), 1: Window(0, 4)}


def test_a_split_task_is_as_fast_as_all_of_its_owners_together() -> None:
    a = tactic("a", job("x", minutes=240, split=True), job("y", after=("x",)))
    found = build_instance(sprint([worker("ann", *[60] * 5), worker("bob", *[60] * 5)], [a]))
    assert windows(found)[1] == Window(1, 4)
    alone = tactic("a", job("x", minutes=240), job("y", after=("x",)))
    assert windows(build_instance(sprint([worker("ann", *[60] * 5), worker("bob", *[60] * 5)], [alone])))[1] == Window(
        3, 4
    )


def test_there_is_no_window_without_time_without_anybody_or_behind_what_has_none() -> None:
    ann = worker("ann", 60, 60, 0)
    assert windows(build_instance(sprint([ann], [tactic("a", job(minutes=121))]))) == {}
    assert windows(build_instance(sprint([ann], [tactic("a", job(skill="design"))]))) == {}
    assert windows(build_instance(sprint([ann], [tactic("a", job(minutes=120, split=True, skill="design"))]))) == {}
    assert windows(build_instance(sprint([ann], [tactic("a", job(), release=3)]))) == {}
    assert windows(build_instance(sprint([ann], [tactic("a", job(), deadline=-1)]))) == {}
    behind = [
        tactic("a", job(), requires=("b",)),
        tactic("b", job(), requires=("c",)),
        tactic("c", job(minutes=121)),
        tactic("d", job()),
    ]
    assert windows(build_instance(sprint([ann], behind))) == {3: Window(0, 2)}


@given(st.integers(0, 10**6))
def test_choosing_tactics_never_widens_a_window(seed: int) -> None:
    found = build_instance(tiny.random_sprint(seed))
    wide = windows(found)
    for chosen, numbers in enumerate(found.of):
        narrow = selected_windows(found, found.with_requirements(chosen))
        assert (narrow is None) == any(number not in wide for number in numbers)
        for number, own in (narrow or {}).items():
            assert wide[number].release == own.release <= own.deadline <= wide[number].deadline


def test_who_is_able_has_the_minutes_within_the_window() -> None:
    team = [worker("ann", 60, 60, 60), worker("bob", 0, 60, 120), worker("cat", 0, 30, 30)]
    found = build_instance(sprint(team, [tactic("a", job(minutes=120)), tactic("b", job(minutes=120, split=True))]))
    whole, shared = found.tasks
    assert able(found, whole, Window(0, 1)) == (0,)
    assert able(found, whole, Window(0, 2)) == (0, 1)
    assert able(found, shared, Window(0, 1)) == (0, 1)
    assert able(found, shared, Window(1, 2)) == (0, 1, 2)


def test_half_weeks_begin_on_mondays_and_thursdays() -> None:
    found = build_instance(sprint([worker("ann", *[60] * 12)], []))  # from a Monday on
    assert half_weeks(found, Window(1, 1)) == (0, 2)
    assert half_weeks(found, Window(2, 3)) == (0, 6)
    assert half_weeks(found, Window(4, 7)) == (3, 9)
    assert half_weeks(found, Window(11, 11)) == (10, 11)


# --- days of hand-over -------------------------------------------------------------------------------------------


def test_work_is_handed_over_on_some_days_where_there_are_many() -> None:
    found = build_instance(sprint([worker("ann", *[60] * 15)], []))
    assert weekly(found, range(1, 8)) == twice_weekly(found, range(1, 8)) == [1, 2, 3, 4, 5, 6, 7]
    assert weekly(found, range(15)) == [0, 7, 14]
    assert twice_weekly(found, range(15)) == [0, 3, 7, 10, 14]
    assert never(found, range(15)) == ()


def test_what_stays_keeps_its_days_and_what_is_new_may_choose_among_some() -> None:
    chain = tactic("a", job("x"), job("y", after=("x",)), job("z", after=("y",)), deadline=3)
    found = build_instance(sprint([worker("ann", *[60] * 5)], [chain]))
    x, y, z = range(3)
    every = options(found, {}, weekly)
    assert every[x] == tuple(Window(0, end) for end in range(4))
    assert every[y] == tuple(Window(first, last) for first in range(4) for last in range(first, 4))
    assert every[z] == tuple(Window(first, 3) for first in range(4))
    placed = options(found, {x: 1, y: 2, z: 3}, weekly)
    assert placed == {x: (Window(0, 1),), y: (Window(1, 2),), z: (Window(2, 3),)}
    assert options(found, {y: 2, z: 3}, weekly)[y] == (Window(0, 2),)
    beside = options(found, {x: 1}, weekly)
    assert beside[x] == (Window(0, 1),)
    assert beside[y] == tuple(Window(1, last) for last in range(1, 4))
    assert options(found, {}, never) == dict.fromkeys((x, y, z), (Window(0, 3),))


def test_options_lie_within_the_sprint_and_the_tactics_own_days() -> None:
    wide = tactic("a", job(), release=-3, deadline=9)
    late = tactic("b", job("x"), job("y", after=("x",)), release=2, deadline=3)
    found = build_instance(sprint([worker("ann", *[60] * 5)], [wide, late]))
    possible = options(found, {}, weekly)
    assert possible[0] == (Window(0, 4),)
    assert possible[1] == (Window(2, 2), Window(2, 3))
    assert possible[2] == (Window(2, 3), Window(3, 3))
    assert all(one < other for every in possible.values() for one, other in pairwise(every))
