"""Owners to dates."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from revplan.planning.instance import build_instance
from revplan.planning.timetable import assignments, timetable, unmet
from revplan.planning.windows import Window, windows
from tests.support.tiny import job, sprint, tactic, worker

DAYS = 5
PIECE = st.tuples(st.integers(0, DAYS - 1), st.integers(0, DAYS - 1), st.sampled_from((30, 60, 90, 150)))


@given(
    st.lists(st.sampled_from((0, 0, 60, 120)), min_size=DAYS, max_size=DAYS),
    st.lists(PIECE.filter(lambda piece: piece[1] <= piece[0]), max_size=5),
)
def test_all_is_done_in_time_exactly_where_no_stretch_of_days_holds_too_much(
    free: list[int], pieces: list[tuple[int, int, int]]
) -> None:
    # Hall's condition for work that may be interrupted.
    stretches = product(range(DAYS), repeat=2)
    fits = all(
        sum(minutes for deadline, release, minutes in pieces if first <= release and deadline <= last)
        <= sum(free[first : last + 1])
        for first, last in stretches
    )
    assert (unmet(free, [(*piece, None) for piece in sorted(pieces)]) == 0) == fits


def test_what_is_left_undone_is_counted_to_the_minute() -> None:
    assert unmet([60, 60, 60], [(0, 0, 90, "a"), (1, 0, 90, "b"), (2, 2, 50, "c")]) == 30 + 30
    assert unmet([0, 60, 30], [(1, 0, 60, "a"), (2, 0, 60, "b")]) == 30
    assert unmet([60], []) == 0


def test_a_timetable_worked_out_by_hand() -> None:
    # The edit must be begun by the second day, so the draft, though it may end on the third, comes before the fair.
    seo = tactic("a", job("draft"), job("edit", minutes=120, after=("draft",)), deadline=2)
    fair = tactic("b", job("book"), deadline=1)
    team = [worker("ann", 60, 60, 60), worker("bob", 60, 60, 60)]
    found = build_instance(sprint(team, [seo, fair]))
    draft, edit, book = range(3)
    times = {draft: Window(0, 2), edit: Window(0, 2), book: Window(0, 1)}
    owners = {draft: ((0, 60),), edit: ((1, 120),), book: ((0, 60),)}
    table = timetable(found, owners, times)
    assert table.late == ()
    assert table.plan.days == {(draft, 0): ((0, 60),), (book, 0): ((1, 60),), (edit, 1): ((0, 60), (1, 60))}
    assert [table.plan.due(task) for task in (draft, edit, book)] == [0, 1, 1]
    done = assignments(found, table.plan)
    assert [(one.tactic, one.task, one.worker, one.start, one.due) for one in done] == [
        ("a", "draft", "ann", 0, 0),
        ("a", "edit", "bob", 0, 1),
        ("b", "book", "ann", 1, 1),
    ]


def test_what_ends_after_its_window_is_late_and_what_never_ends_is_too() -> None:
    team = [worker("ann", 60, 60, 60)]
    found = build_instance(
        sprint(team, [tactic("a", job(minutes=90)), tactic("b", job(minutes=60)), tactic("c", job())])
    )
    times = {0: Window(0, 1), 1: Window(0, 1), 2: Window(2, 2)}
    table = timetable(found, {0: ((0, 90),), 1: ((0, 60),), 2: ((0, 60),)}, times)
    assert table.late == (1, 2)
    assert table.plan.days[1, 0] == ((1, 30), (2, 30))
    assert table.plan.days[2, 0] == ((2, 30), (3, 30)), "minutes without a day lie behind the last one"


def test_a_split_task_is_complete_with_its_last_piece() -> None:
    a = tactic("a", job("x", minutes=180, split=True), job("y", after=("x",)))
    team = [worker("ann", *[60] * 5), worker("bob", 60, *[0] * 3, 60)]
    found = build_instance(sprint(team, [a]))
    table = timetable(found, {0: ((0, 60), (1, 120)), 1: ((0, 60),)}, windows(found))
    assert (table.plan.due(0), table.plan.days[1, 0]) == (4, ((4, 60),))
