from __future__ import annotations

from datetime import date
from typing import Any

from revplan.planning.answer import MovedTask, TaskPlace
from revplan.planning.difference import MemberPair, Pair, Sums, difference
from tests.support.filling import planned
from tests.support.plans import plan

HOURS = 23 * 480
"""A member's December, in minutes."""
PRIYA = {"priya": {"skills": {"writing": "3"}}}


def writing(hours: str, **more: Any) -> dict[str, Any]:
    return {"tasks": {"write": {"skill": "writing", "hours": hours}}, **more}


def test_a_plan_beside_itself_differs_in_nothing() -> None:
    found = planned(plan(team=PRIYA, tactics={"seo": writing("8")}))
    same = difference((), found, found)
    assert not same.moves
    assert (same.objectives, same.members) == ((), ())
    assert same.total.before == same.total.after == Sums(value=5000, tactics=1, minutes=480, cash=0)


def test_somebody_who_comes_or_goes_has_nothing_before_or_after() -> None:
    alone = planned(plan(team=PRIYA))
    two = planned(plan(team={**PRIYA, "ann": {}}))
    assert difference((), alone, two).members == (MemberPair("ann", 0, 0, 0, HOURS, 0, 0),)
    assert difference((), two, alone).members == (MemberPair("ann", HOURS, 0, 0, 0, 0, 0),)


def test_tactics_come_and_go_and_their_tasks_move() -> None:
    before = planned(plan(team=PRIYA, tactics={"a": writing("8"), "b": writing("8", impact="4"), "c": writing("8")}))
    tactics = {"b": writing("12", impact="4"), "c": writing("8"), "d": writing("8", cost="50", objective="grow")}
    found = difference(("x",), before, planned(plan(team=PRIYA, tactics=tactics)))
    assert found.words == ("x",)
    assert (found.moves.came_in, found.moves.went_out) == (("d",), ("a",))
    assert found.moves.moved == (
        MovedTask("c", "write", TaskPlace(("priya",), date(2026, 12, 2)), TaskPlace(("priya",), date(2026, 12, 1))),
        MovedTask("b", "write", TaskPlace(("priya",), date(2026, 12, 3)), TaskPlace(("priya",), date(2026, 12, 4))),
    )
    assert found.objectives == (
        Pair("", Sums(14000, 3, 1440, 0), Sums(9000, 2, 1200, 0)),
        Pair("grow", Sums(0, 0, 0, 0), Sums(5000, 1, 480, 5000)),
    )
    assert found.members == (MemberPair("priya", HOURS, 1440, 0, HOURS, 1680, 0),)
