"""Pieces of work on members' calendars: what is left undone, and how it is eased."""

from __future__ import annotations

import random

import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st

from revplan.planning.network import network
from revplan.planning.schedule import unmet
from revplan.planning.solve.loads import Loads
from revplan.planning.windows import Window

DAY = Window(0, 0)


def loads(*minutes: int, team: tuple[int, ...] = (100, 100), **more: object) -> Loads:
    """Return one-day loads of tasks with these minutes, which anybody may do; nobody has them yet."""
    tactics = [tiny.tactic(f"t{number}", tiny.job(minutes=one, **more)) for number, one in enumerate(minutes)]
    found = Loads(network(tiny.sprint([tiny.worker(f"w{index}", own) for index, own in enumerate(team)], tactics)))
    for number in range(len(minutes)):
        found.enter(number, DAY)
    return found


def give(found: Loads, owners: list[int]) -> None:
    for number, worker in enumerate(owners):
        found.put((number, 0), worker)


# --- pieces ------------------------------------------------------------------------------------------------------


def test_a_split_task_is_cut_into_hours_and_its_last_piece_takes_what_is_over() -> None:
    found = loads(150, 45, split=True)
    assert found.pieces([0, 1]) == [(0, 1), (0, 0), (1, 0)], "90, 60 and 45 minutes, the longest first"
    assert len(loads(150).pieces([0])) == 1


def test_parts_that_are_given_are_cut_by_themselves() -> None:
    """75 minutes are no hour and a quarter by itself, 130 are an hour and the rest."""
    found = loads(205, split=True)
    found.enter(0, DAY, [75, 130])
    parts = ((0, 75), (1, 130))
    assert len(found.pieces([0])) == 3
    assert all(found.follow(piece, {0: parts}) for piece in found.pieces([0]))
    assert found.owners == {0: parts}


def test_each_owner_gets_pieces_until_their_minutes_are_reached() -> None:
    found = loads(180, split=True)
    assert [found.follow(piece, {0: ((0, 61), (1, 119))}) for piece in found.pieces([0])] == [True] * 3
    assert found.owners == {0: ((0, 120), (1, 60))}


def test_who_has_too_little_time_in_its_days_does_not_get_a_piece() -> None:
    found = loads(90, team=(80, 100))
    assert not found.follow((0, 0), {0: ((0, 90),)})
    assert found.follow((0, 0), {0: ((1, 90),)})
    assert not found.follow((0, 0), {}), "nobody is named"


def test_what_leaves_takes_its_load_along() -> None:
    found = loads(80, 70)
    give(found, [0, 0])
    found.leave(0)
    assert (found.total, found.free(0), found.owners, found.tasks_of(0)) == (0, 30, {1: ((0, 70),)}, {1})


# --- what is left undone -----------------------------------------------------------------------------------------


def test_what_is_too_much_is_left_undone() -> None:
    found = loads(80, 70, 90)
    give(found, [0, 0, 1])
    assert (found.total, found.free(0), found.free(1)) == (50, -50, 10)
    assert found.overloaded == (0,)
    assert found.is_overloaded(0)
    assert not found.is_overloaded(1)


def test_who_leaves_most_undone_comes_first() -> None:
    found = loads(80, 70, 90, 90)
    give(found, [0, 0, 1, 1])
    assert found.overloaded == (1, 0)


def test_days_count_and_not_only_sums() -> None:
    found = Loads(
        network(tiny.sprint([tiny.worker("w", 60, 60)], [tiny.tactic(name, tiny.job(minutes=50)) for name in "ab"]))
    )
    found.enter(0, Window(0, 0))
    found.enter(1, Window(0, 0))
    give(found, [0, 0])
    assert (found.total, found.free(0)) == (40, 20)
    found.move_window(1, Window(0, 1))
    assert (found.total, found.owners) == (0, {0: ((0, 50),), 1: ((0, 50),)})


@given(st.integers(0, 10**6))
def test_what_is_undone_is_kept_up_to_date(seed: int) -> None:
    """After any changes, it is what counting everything anew comes to."""
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    team = [tiny.worker(f"w{number}", *(rng.randrange(0, 90) for _ in range(3))) for number in range(2)]
    tactics = [tiny.tactic(f"t{number}", tiny.job(minutes=rng.randrange(10, 90))) for number in range(5)]
    found = Loads(network(tiny.sprint(team, tactics)))
    for number in range(5):
        found.enter(number, _window(rng))
        found.put((number, 0), rng.randrange(2))
    before, undone = found.owners, found.total
    found.trail.clear()
    for _ in range(8):
        found.put((rng.randrange(5), 0), rng.randrange(2))
    assert found.total == _counted(found)
    found.go_back(tuple(found.trail))
    assert (found.owners, found.total) == (before, undone)
    found.move_window(rng.randrange(5), _window(rng))
    found.leave(rng.randrange(5))
    assert found.total == _counted(found)


def _window(rng: random.Random) -> Window:
    first, last = sorted((rng.randrange(3), rng.randrange(3)))
    return Window(first, last)


def _counted(found: Loads) -> int:
    total = 0
    for number, worker in enumerate(found.network.workers):
        own = [(task, minutes) for task, parts in found.owners.items() for who, minutes in parts if who == number]
        work = sorted((found.windows[task].deadline, found.windows[task].release, minutes) for task, minutes in own)
        total += unmet(worker.minutes, work)
    return total


# --- who gets what -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("team", "rates", "expected"),
    [((50, 100), (0, 0), 1), ((100, 100), (10, 0), 1), ((90, 100), (0, 0), 1), ((100, 100), (0, 0), 0)],
    ids=["who has time", "who is cheaper", "who has more room", "the first of equals"],
)
def test_a_piece_goes_where_it_harms_least(team: tuple[int, int], rates: tuple[int, int], expected: int) -> None:
    workers = [tiny.worker(f"w{number}", own, rate=rates[number]) for number, own in enumerate(team)]
    found = Loads(network(tiny.sprint(workers, [tiny.tactic("t", tiny.job(minutes=60))])))
    found.enter(0, DAY)
    assert found.settle((0, 0))
    assert found.owners == {0: ((expected, 60),)}


def test_who_is_cheaper_but_full_does_not_get_a_piece() -> None:
    workers = [tiny.worker("v", 100), tiny.worker("w", 60, rate=10)]
    found = Loads(network(tiny.sprint(workers, [tiny.tactic(name, tiny.job()) for name in "ab"])))
    found.enter(0, DAY)
    found.enter(1, DAY)
    found.put((0, 0), 0)
    assert found.settle((1, 0))
    assert found.owners == {0: ((0, 60),), 1: ((1, 60),)}


def test_a_piece_that_nobody_has_time_for_is_not_given_to_anybody() -> None:
    found = loads(101)
    assert not found.settle((0, 0))


def test_a_piece_goes_to_somebody_even_where_all_are_full() -> None:
    found = loads(100, 100, 30)
    give(found, [0, 1])
    assert found.settle((2, 0))
    assert found.total == 30


# --- easing ------------------------------------------------------------------------------------------------------


def test_a_shift_eases() -> None:
    found = loads(80, 20, 60)
    give(found, [0, 0, 0])
    assert found.ease(1)
    assert (found.total, found.owners[2]) == (0, ((1, 60),))


def test_a_swap_eases_where_no_shift_does() -> None:
    """The 40 minutes too many here are too many there as well, but not if 30 come back for them."""
    found = loads(90, 40, 30, 50, team=(120, 100))
    give(found, [0, 0, 1, 1])
    assert found.ease(1)
    assert (found.owners[1], found.owners[2]) == (((1, 40),), ((0, 30),))


def test_two_moves_ease_what_one_does_not() -> None:
    found = loads(50, 50, 50, 50, team=(100, 70, 70))
    give(found, [0, 0, 0, 0])
    assert not found.ease(1)
    assert found.ease(1)


def test_easing_ends_where_there_is_no_more_to_win() -> None:
    found = loads(60, 60, 60)
    give(found, [0, 0, 1])
    assert not found.ease(20)
    assert found.total == 20
    assert found.ease(20, enough=20)


def test_nobody_is_given_what_they_have_no_skill_for() -> None:
    workers = [tiny.worker("v", 60), tiny.worker("w", 100, skills="design")]
    found = Loads(network(tiny.sprint(workers, [tiny.tactic(name, tiny.job(minutes=40)) for name in "ab"])))
    found.enter(0, DAY)
    found.enter(1, DAY)
    give(found, [0, 0])
    assert not found.ease(10)
    assert found.owners == {0: ((0, 40),), 1: ((0, 40),)}
