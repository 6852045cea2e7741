"""Where something has slipped, what is worth more is late by less, and what need not move does not."""

from __future__ import annotations

from revplan.planning.instance import build_instance
from revplan.planning.solve import best
from revplan.planning.solve.delays import delay
from revplan.planning.timetable import solution_of
from tests.support.tiny import job, sprint, tactic, worker


def test_what_slipped_and_is_worth_most_is_not_left_with_what_nobody_wanted() -> None:
    """Ann was to be done with the best on the first day; others hold all days but the last."""
    written = {"best": (0, 0), "fair": (1, 1), "least": (2, 2)}
    values = {"best": 9000, "fair": 5000, "least": 1000}
    candidates = [
        tactic(name, job(minutes=60, written=(("ann", 60),), span=span), value=values[name], deadline=3)
        for name, span in written.items()
    ]
    problem = sprint([worker("ann", 0, 60, 60, 60)], candidates)
    found = best(problem)
    due = {part.tactic: part.due for part in found.assignments}
    assert due == {"best": 1, "fair": 2, "least": 3}, "what is worth less lets go of its date"
    numbered = build_instance(problem)
    assert delay(numbered, solution_of(numbered, found)) == 9000 + 5000 + 1000


def test_who_is_not_in_the_way_keeps_the_date() -> None:
    """Bob's work is worth less than what Ann is late with, and is none of hers."""
    candidates = [
        tactic("a", job(minutes=60, owner="ann", written=(("ann", 60),), span=(0, 0)), value=9000, deadline=3),
        tactic("b", job(minutes=60, owner="ann", written=(("ann", 60),), span=(1, 1)), value=1000, deadline=3),
        tactic("c", job(minutes=60, owner="bob", written=(("bob", 60),), span=(3, 3)), value=1000, deadline=3),
    ]
    problem = sprint([worker("ann", 0, 60, 60, 60), worker("bob", 60, 60, 60, 60)], candidates)
    assert {part.tactic: part.due for part in best(problem).assignments} == {"a": 1, "b": 2, "c": 3}


def test_dates_that_need_not_move_do_not() -> None:
    candidates = [
        tactic(name, job(minutes=60, written=(("ann", 60),), span=(day, day)), value=value, deadline=3)
        for name, day, value in (("a", 2, 9000), ("b", 1, 1000))
    ]
    due = {part.tactic: part.due for part in best(sprint([worker("ann", 60, 60, 60, 60)], candidates)).assignments}
    assert due == {"a": 2, "b": 1}


def test_where_nothing_has_slipped_what_comes_in_moves_as_little_as_before() -> None:
    """The new must takes Ann's first hour; the least loses it, though less value were late if the best moved up."""
    new = tactic("new", job(minutes=60), value=500, tier="must", deadline=0)
    old = [
        tactic(name, job(minutes=60, written=(("ann", 60),), span=(day, day)), value=value, deadline=3)
        for name, day, value in (("first", 0, 5000), ("then", 1, 1000), ("last", 2, 1000))
    ]
    problem = sprint([worker("ann", 60, 60, 60, 60)], [new, *old])
    due = {part.tactic: part.due for part in best(problem).assignments}
    assert due == {"new": 0, "first": 3, "then": 1, "last": 2}
