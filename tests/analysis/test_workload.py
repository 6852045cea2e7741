from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from revplan.analysis.sprint_due import last_closed
from revplan.analysis.workload import (
    FreeCapacity,
    in_proportion,
    open_sprints,
    people_still_at,
    remaining_by_member,
    rest_in_sprint,
    retainer_minutes,
    rooms,
    spent_minutes,
    split_minutes,
    split_rest,
    unfinished_assignments,
)
from revplan.model.sprints import SprintTask
from tests.support.plans import on, plan

MONTH = {"start": "2026-12-01", "end": "2026-12-31"}
DECEMBER_31 = date(2026, 12, 31)


def row(**body: Any) -> SprintTask:
    return SprintTask.model_validate({"hours": "10", "owners": {"ann": "6", "bob": "4"}, **body})


def test_sprints_are_open_until_they_are_closed_or_over() -> None:
    bodies = {
        "2026-12-15": {"start": "2026-12-15", "end": "2026-12-31"},
        "2026-12-01": {"start": "2026-12-01", "end": "2026-12-14"},
        "2026-12-16": {"start": "2026-12-16", "end": "2026-12-20", "status": "closed"},
    }
    what = plan(sprints=bodies)
    assert [sprint.id for sprint in open_sprints(on("2026-12-14", what))] == ["2026-12-01", "2026-12-15"]
    assert [sprint.id for sprint in open_sprints(on("2026-12-15", what))] == ["2026-12-15"]


def test_dropped_tactics_and_done_tasks_are_finished_with() -> None:
    tactics = {
        "seo": {"tasks": {"write": {"hours": "4"}, "plan": {"hours": "4", "status": "done"}}},
        "fair": {"dropped": "2026-12-04", "tasks": {"book": {"hours": "4"}}},
    }
    what = plan(sprints={"2026-12": {**MONTH, "tactics": tactics}})
    assert [str(one) for one in unfinished_assignments(what.sprints["2026-12"])] == ["seo/write"]


def test_a_task_asks_of_each_their_share_of_what_is_left_and_never_more_than_planned() -> None:
    assert remaining_by_member(row(), DECEMBER_31) == {"ann": 360, "bob": 240}
    assert remaining_by_member(row(status="started", spent="5"), DECEMBER_31) == {"ann": 180, "bob": 120}
    assert remaining_by_member(row(status="started", left="40"), DECEMBER_31) == {"ann": 360, "bob": 240}
    assert remaining_by_member(row(status="done"), DECEMBER_31) == {"ann": 0, "bob": 0}


@pytest.mark.parametrize(
    ("parts", "minutes", "found"),
    [
        ({"ann": 60, "bob": 120}, 90, {"ann": 30, "bob": 60}),
        ({"ann": 78, "bob": 100}, 178, {"ann": 75, "bob": 103}),  # odd: ann 3, bob 10; no quarter between them
        ({"ann": 3760, "bob": 5810}, 9570, {"ann": 3765, "bob": 5805}),  # odd: ann 10, bob 5; a quarter between them
        ({"ann": 3760, "bob": 6000}, 9760, {"ann": 3760, "bob": 6000}),  # the task's own odd minutes stay with ann
        ({"ann": 40, "bob": 40}, 40, {"ann": 20, "bob": 20}),
        ({"ann": 1, "bob": 600}, 300, {"bob": 300}),
        ({"ann": 0, "bob": 0}, 300, {}),
        ({"cy": 60, "ann": 60, "bob": 60}, 100, {"ann": 40, "bob": 30, "cy": 30}),
    ],
)
def test_minutes_are_split_in_quarters_as_parts_are(parts: dict[str, int], minutes: int, found: dict[str, int]) -> None:
    assert in_proportion(parts, minutes) == found


def test_a_part_is_of_the_whole_task_so_what_is_logged_comes_off_it() -> None:
    logged = {"2026-12-02": {"ann": "4"}, "2026-12-03": {"ann": "1", "bob": "2"}}
    assert split_rest(row(log=logged), 180) == {"ann": 60, "bob": 120}
    assert people_still_at(row(log={"2026-12-02": {"ann": "6"}})) == ("bob",)
    odd = SprintTask.model_validate({"hours": "10", "owners": {"ann": "5.48", "bob": "4.52"}})
    assert split_rest(odd, 600) == {"ann": 329, "bob": 271}, "what nobody has begun stays as it is written"
    assert people_still_at(row(log={"2026-12-02": {"ann": "7", "bob": "5"}}, left="2")) == ("ann", "bob")


@pytest.mark.parametrize(
    ("days", "left"),
    [
        ({}, {"ann": 270, "bob": 180}),
        ({"ann": "2026-12-02..2026-12-18", "bob": "2027-01-04..2027-01-05"}, {"ann": 360, "bob": 90}),
        ({"ann": "2026-12-02..2026-12-18", "bob": "2026-12-30..2027-01-05"}, {"ann": 360, "bob": 90}),
        ({"ann": "2026-12-30..2027-01-04", "bob": "2026-12-30..2027-01-05"}, {"ann": 270, "bob": 180}),
    ],
    ids=["days-unknown", "begins-after", "ends-after", "both-end-after"],
)
def test_what_goes_on_after_the_sprint_is_whose_days_lie_there(days: dict[str, str], left: dict[str, int]) -> None:
    """Of 6 h of Ann and 4 of Bob two and a half go on."""
    on_to_january = row(continues="2.5", days=days, due="2027-01-05")
    assert rest_in_sprint(on_to_january, DECEMBER_31) == left


def test_what_nobody_does_is_nobodys() -> None:
    assert split_minutes(SprintTask.model_validate({"hours": "10"}), 600) == {}


def test_hours_spent_count_on_dropped_tactics_too_and_never_twice() -> None:
    one = {"hours": "10", "owner": "bob", "spent": "2"}
    tactics = {
        "seo": {"tasks": {"write": one, "plan": {"hours": "4", "owner": "ann"}}},
        "fair": {"dropped": "2026-12-04", "tasks": {"book": one}},
    }
    what = plan(sprints={"2026-12": {**MONTH, "tactics": tactics}})
    assert spent_minutes(what.sprints["2026-12"]) == {"ann": 0, "bob": 240}


@pytest.mark.parametrize(
    ("contract", "hours"),
    [
        ({}, 46),
        ({"from": "2026-12-01", "until": "2026-12-31"}, 46),
        ({"from": "2026-12-15"}, 26),
        ({"until": "2026-12-14"}, 20),
        ({"from": "2026-11-02", "until": "2027-03-31"}, 46),
    ],
)
def test_a_retainer_buys_its_part_of_the_days_under_contract(contract: dict[str, str], hours: int) -> None:
    # December has 23 workdays, 13 of them from the 15th on: two hours on each.
    what = plan(
        team={"ann": {"kind": "agency", "hours_per_month": "46", **contract}},
        sprints={"2026-12": {**MONTH}},
    )
    assert retainer_minutes(what, what.team["ann"], what.sprints["2026-12"]) == hours * 60


def test_who_has_no_retainer_has_sold_nothing() -> None:
    what = plan(team={"ann": {}}, sprints={"2026-12": {**MONTH}})
    assert retainer_minutes(what, what.team["ann"], what.sprints["2026-12"]) == 0


def test_room_is_what_is_plannable_less_standing_loads_and_never_less_than_nothing() -> None:
    assert FreeCapacity(600, 240).free == 360
    assert FreeCapacity(600, 720).free == 0
    letter = {"recurring": "monthly", "tasks": {"write": {"skill": "writing", "hours": "5", "owner": "ann"}}}
    rows = {"seo": {"tasks": {"write": {"hours": "4", "owner": "ann"}, "ask": {"hours": "1", "owner": "gone"}}}}
    what = plan(
        team={"ann": {}, "bob": {}}, tactics={"letter": letter}, sprints={"2026-12": {**MONTH, "tactics": rows}}
    )
    assert rooms(what, what.sprints["2026-12"]) == {"ann": FreeCapacity(23 * 480, 300)}


SPRINTS = {
    "2026-11": {"start": "2026-11-01", "end": "2026-11-30", "status": "planned"},
    "2026-10": {"start": "2026-10-01", "end": "2026-10-31", "status": "closed"},
    "2026-09": {"start": "2026-09-01", "end": "2026-09-30", "status": "closed"},
    "2026-12": {**MONTH, "status": "planned"},
    "2027-01": {"start": "2027-01-01", "end": "2027-01-31", "status": "active"},
}


def test_the_sprint_closed_last_is_the_latest_of_those_closed() -> None:
    closed = last_closed(on("2026-12-05", plan(sprints=SPRINTS)))
    assert closed is not None
    assert closed.id == "2026-10"
    assert last_closed(on("2026-12-05", plan())) is None
