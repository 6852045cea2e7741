from __future__ import annotations

from datetime import date
from typing import Any

from revplan.planning.answer import MovedTask, SprintMoves, TaskPlace
from revplan.planning.changes import new_sprint
from revplan.planning.moves import moves
from tests.support.filling import planned
from tests.support.plans import plan

TEAM = {name: {"skills": {"writing": "3"}, "hours_per_week": "10"} for name in ("marcus", "priya")}
SHARED = {"write": {"skill": "writing", "hours": "60", "split": "true"}}


def told(tactics: dict[str, Any], rows: dict[str, Any], **sprint: Any) -> SprintMoves:
    """Return what planning December anew changes in its written rows."""
    body = {"start": "2026-12-01", "end": "2026-12-31", "tactics": rows, **sprint}
    what = plan(team=TEAM, tactics=tactics, sprints={"2026-12": body})
    return moves(planned(what, sprint_id="2026-12"), what.sprints["2026-12"])


def test_the_order_in_which_owners_are_written_is_no_move() -> None:
    owners = {"priya": "14", "marcus": "46"}
    row = {"tasks": {"write": {"hours": "60", "owners": owners, "start": "2026-12-01", "due": "2026-12-31"}}}
    assert told({"seo": {"tasks": SHARED}}, {"seo": row}) == SprintMoves()
    owners = {"marcus": "46", "priya": "14"}
    row = {"tasks": {"write": {"hours": "60", "owners": owners, "start": "2026-12-01", "due": "2026-12-31"}}}
    assert told({"seo": {"tasks": SHARED}}, {"seo": row}) == SprintMoves()


def test_a_task_moves_to_other_hands_or_to_another_day() -> None:
    row = {"tasks": {"write": {"hours": "8", "owner": "priya", "due": "2026-12-04"}}}
    here = TaskPlace(("marcus",), date(2026, 12, 4))
    assert told({"seo": {}}, {"seo": row}).moved == (
        MovedTask("seo", "write", TaskPlace(("priya",), date(2026, 12, 4)), here),
    )
    row = {"tasks": {"write": {"hours": "8", "owner": "marcus", "due": "2026-12-11"}}}
    assert told({"seo": {}}, {"seo": row}).moved == (
        MovedTask("seo", "write", TaskPlace(("marcus",), date(2026, 12, 11)), here),
    )
    assert told({"seo": {}}, {"seo": {"tasks": {}}}).moved == (MovedTask("seo", "write", TaskPlace((), None), here),)


def test_what_is_finished_has_not_gone_out_and_what_was_dropped_was_not_in() -> None:
    done = {"tasks": {"write": {"hours": "8", "owner": "priya", "status": "done"}}}
    off = {"dropped": "2026-12-02", "tasks": {"write": {"hours": "8", "owner": "priya"}}}
    idea = {"tasks": {"write": {"hours": "8", "owner": "priya"}}}
    tactics: dict[str, Any] = {"ads": {}, "seo": {}, "idea": {"status": "idea"}, "off": {}}
    found = told(tactics, {"seo": done, "idea": idea, "off": off})
    assert (found.came_in, found.went_out) == (("ads",), ("idea",))


def test_nothing_moves_in_a_sprint_that_is_new_or_was_computed_from_the_same() -> None:
    what = plan(team=TEAM, tactics={"seo": {}}, sprints={"2026-12": {"start": "2026-12-01", "end": "2026-12-31"}})
    found = planned(what, sprint_id="2026-12")
    assert moves(found, None) == SprintMoves()
    assert moves(found, what.sprints["2026-12"]) == SprintMoves(came_in=("seo",))
    body = {"start": "2026-12-01", "end": "2026-12-31", **new_sprint(found)}
    same = plan(team=TEAM, tactics={"seo": {}}, sprints={"2026-12": body})
    assert moves(found, same.sprints["2026-12"]) == SprintMoves()
