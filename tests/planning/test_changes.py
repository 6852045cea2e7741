from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.sprints import Sprint
from revplan.planning.changes import changes
from revplan.planning.moves import moves
from revplan.planning.problem import ENGINE
from revplan.wording import hours_text
from tests.support.filling import planned
from tests.support.plans import plan, value_at

if TYPE_CHECKING:
    from revplan.planning.answer import SprintPlan

Body = dict[str, Any]
DECEMBER = Ref("sprint", "2026-12")
TEAM: Body = {"elena": {"skills": {"design": "3"}, "hours_per_week": "10"}, "priya": {"skills": {"writing": "3"}}}
CHECKLIST: Body = {
    "title": "Audit checklist",
    "tasks": {
        "write": {"skill": "writing", "hours": "12"},
        "design": {"skill": "design", "hours": "3.5", "after": ["write"]},
    },
}
FAIR = {"impact": "1", "tasks": {"stand": {"skill": "design", "hours": "60"}}}
NEWSLETTER = {"recurring": "weekly", "tasks": {"write": {"skill": "writing", "hours": "2", "owner": "priya"}}}
TACTICS = {"audit-checklist": CHECKLIST, "newsletter": NEWSLETTER, "trade-show": FAIR}


def december(
    sprint: Body | None = None, day: str = "2026-11-28", tactics: Body | None = None
) -> tuple[SprintPlan, Sprint | None]:
    sprints = {"2026-12": sprint} if sprint is not None else {}
    what = plan(team=TEAM, tactics={**TACTICS, **(tactics or {})}, sprints=sprints)
    return planned(what, day, "2026-12"), what.sprints.get("2026-12")


def written(**more: Any) -> Body:
    """Return the sprint as planning writes it, with keys of its own added or replaced."""
    answer, _ = december()
    (change,) = changes(answer, None)
    assert isinstance(change.value, dict)
    return {**change.value, **more}


def test_a_new_sprint_is_written_whole() -> None:
    answer, _ = december()
    (change,) = changes(answer, None)
    assert (change.ref, change.file) == (DECEMBER, "sprints/2026-12.yaml")
    stamp: Body = {
        "of": answer.digest,
        "on": "2026-11-28",
        "engine": ENGINE,
        "value": "5",
        "bound": "5",
        "proven": "true",
    }
    stamp["tiers"] = {"should": "5"}
    assert change.value == {
        "start": "2026-12-01",
        "end": "2026-12-31",
        "status": "planned",
        "plan": stamp,
        "capacity": {"elena": "46", "priya": "184"},
        "recurring": {"newsletter": {"priya": "8"}},
        "tactics": {
            "audit-checklist": {
                "origin": "committed",
                "tasks": {
                    "design": {"owner": "elena", "hours": "3.5", "start": "2026-12-02", "due": "2026-12-03"},
                    "write": {"owner": "priya", "hours": "12", "start": "2026-12-01", "due": "2026-12-02"},
                },
            }
        },
        "parked": {
            "trade-show": {
                "reason": "capacity", "short": {"design": "14"}, "review": "2026-12-31", "since": "2026-11-28",
            }
        },
    }  # fmt: skip


def test_what_is_written_already_is_not_written_anew_on_another_day() -> None:
    answer, stands = december(written())
    assert changes(replace(answer, today=date(2026, 11, 30)), stands) == ()


def test_rows_that_somebody_took_out_come_back_though_the_input_is_the_same() -> None:
    sprint = written()
    sprint["tactics"] = {}
    answer, stands = december(sprint)
    assert {change.ref for change in changes(answer, stands)} == {DECEMBER.at("tactics")}
    assert moves(answer, stands).came_in == ("audit-checklist",)


def test_a_new_goal_is_written_even_so() -> None:
    answer, stands = december(written(goal="Be found"))
    assert answer.goal == "Be found"
    assert changes(answer, stands) == ()
    assert changes(replace(answer, goal="Be seen"), stands) == (Change(DECEMBER.at("goal"), "Be seen"),)


def test_another_policy_is_another_plan() -> None:
    answer, stands = december(written())
    told = changes(replace(answer, policy="rank"), stands)
    assert told == (Change(DECEMBER.at("plan", "policy"), "rank"),)


def test_only_what_changed_is_written() -> None:
    """The checklist takes longer; the review set by hand, the goal and notes stay."""
    parked = {"trade-show": {"reason": "capacity", "short": {"design": "14.0"}, "review": "2027-01-15"}}
    stands = written(goal="Be found", notes="Ask Marcus", parked=parked)
    longer = {**CHECKLIST, "tasks": {**CHECKLIST["tasks"], "write": {"skill": "writing", "hours": "17"}}}
    answer, sprint = december(stands, tactics={"audit-checklist": longer})
    task = DECEMBER.at("tactics", "audit-checklist", "tasks")
    assert changes(answer, sprint) == (
        Change(DECEMBER.at("plan", "of"), answer.digest),
        Change(task.at("write", "hours"), "17"),
        Change(task.at("write", "due"), "2026-12-03"),
        Change(task.at("design", "start"), "2026-12-03"),
        Change(task.at("design", "due"), "2026-12-04"),
        Change(DECEMBER.at("parked", "trade-show", "since"), "2026-11-28"),
    )


def test_sections_that_are_empty_before_and_after_are_not_written() -> None:
    """Nothing is parked, nothing recurs: only the tactic's own row, and what the plan is of, change."""

    def checklist(hours: str, sprints: Body) -> tuple[SprintPlan, Sprint | None]:
        tasks = {"write": {"skill": "writing", "hours": hours}}
        what = plan(team=TEAM, tactics={"audit-checklist": {"tasks": tasks}}, sprints=sprints)
        return planned(what, "2026-11-28", "2026-12"), what.sprints.get("2026-12")

    (new,) = changes(*checklist("6", {}))
    answer, stands = checklist("7", {"2026-12": new.value})
    assert [change.ref.keys for change in changes(answer, stands)] == [
        ("plan", "of"),
        ("tactics", "audit-checklist", "tasks", "write", "hours"),
    ]


def test_what_leaves_a_planned_sprint_leaves_its_file() -> None:
    stands = written()
    answer, sprint = december(stands, tactics={"audit-checklist": {**CHECKLIST, "status": "idea"}})
    told = {change.ref.keys: change.value for change in changes(answer, sprint)}
    assert told["tactics",] is None


def test_what_has_begun_and_cannot_go_on_stays_in_its_file_as_dropped() -> None:
    rows = {"write": {"hours": "12", "owner": "priya", "spent": "2"}, "design": {"hours": "3.5", "owner": "elena"}}
    stands = written(tactics={"audit-checklist": {"tasks": rows}})
    nobody = {**CHECKLIST, "tasks": {name: {**task, "skill": "none"} for name, task in CHECKLIST["tasks"].items()}}
    answer, sprint = december(stands, tactics={"audit-checklist": nobody})
    assert "audit-checklist" in {entry.tactic for entry in answer.parked}
    row = DECEMBER.at("tactics", "audit-checklist")
    assert Change(row.at("dropped"), "2026-11-28") in changes(answer, sprint)


def begun() -> Body:
    """Return December under way: the checklist's writing has begun, the blog was committed and nobody works on it."""
    sprint = written(status="active")
    write = {
        "owner": "priya",
        "hours": "12",
        "start": "2026-12-01",
        "due": "2026-12-02",
        "status": "started",
        "spent": "4",
    }
    design = {"owner": "elena", "hours": "3.5", "start": "2026-12-02", "due": "2026-12-03"}
    sprint["tactics"] = {
        "audit-checklist": {"origin": "committed", "tasks": {"write": write, "design": design}},
        "blog": {"origin": "committed", "tasks": {"write": {"owner": "priya", "hours": "8"}}},
    }
    return sprint


def test_figures_of_the_whole_sprint_stay_what_they_are_in_mid_sprint() -> None:
    """Two hours on each of four Mondays, and 23 days of 8 hours, whatever day it is."""
    answer, sprint = december(begun(), day="2026-12-14", tactics={"blog": {}})
    assert sprint is not None
    assert sprint.recurring == {"newsletter": {"priya": 4 * 120}}
    assert sprint.capacity["priya"] == 23 * 480
    assert not [change for change in changes(answer, sprint) if change.ref.keys[0] in ("capacity", "recurring")]


def test_recurring_work_that_is_over_keeps_its_figure_where_hours_of_it_are_logged() -> None:
    log = {"newsletter": {"2026-12-07": {"priya": "3"}}}
    for logged, stays in (({"recurring_log": log}, True), ({}, False)):
        over = {**NEWSLETTER, "status": "done"}
        answer, sprint = december({**begun(), **logged}, day="2026-12-14", tactics={"newsletter": over})
        gone = [change.ref.keys for change in changes(answer, sprint) if change.ref.keys[0] == "recurring"]
        assert (not gone) is stays


def test_of_what_has_begun_only_the_days_ahead_are_planned_anew() -> None:
    answer, sprint = december(begun(), day="2026-12-14", tactics={"blog": {}})
    told = {change.ref.keys[1:]: change.value for change in changes(answer, sprint) if change.ref.keys[0] == "tactics"}
    checklist = ("audit-checklist", "tasks")
    assert told == {
        (*checklist, "write", "due"): "2026-12-15",
        (*checklist, "design", "start"): "2026-12-15",
        (*checklist, "design", "due"): "2026-12-16",
        ("blog", "tasks", "write", "start"): "2026-12-15",
        ("blog", "tasks", "write", "due"): "2026-12-16",
    }


def test_what_leaves_a_running_sprint_is_marked_and_may_come_back() -> None:
    too_late = {"deadline": "2026-12-10"}
    answer, sprint = december(begun(), day="2026-12-14", tactics={"blog": too_late})
    told = {change.ref.keys: change.value for change in changes(answer, sprint)}
    assert told["tactics", "blog", "dropped"] == "2026-12-14"
    assert told["parked", "blog"] == {"reason": "no-time", "review": "2026-12-31", "since": "2026-12-14"}
    later = begun()
    later["tactics"]["blog"]["dropped"] = "2026-12-14"
    later["parked"] = {"blog": {"reason": "no-time"}}
    answer, sprint = december(later, day="2026-12-15", tactics={"blog": {}})
    told = {change.ref.keys: change.value for change in changes(answer, sprint)}
    assert told["tactics", "blog", "dropped"] is None
    assert told["parked", "blog"] is None


def test_what_a_running_sprint_takes_up_is_marked_as_added() -> None:
    sprint = begun()
    del sprint["tactics"]["blog"]
    answer, stands = december(sprint, day="2026-12-14", tactics={"blog": {}})
    told = {change.ref.keys: change.value for change in changes(answer, stands)}
    row = told["tactics", "blog"]
    assert isinstance(row, dict)
    assert row["origin"] == "added"


def test_what_is_finished_stays_as_it_is() -> None:
    sprint = begun()
    for task in sprint["tactics"]["audit-checklist"]["tasks"].values():
        task["status"] = "done"
    answer, stands = december(sprint, day="2026-12-14", tactics={"blog": {}})
    assert [entry.tactic for entry in answer.placed] == ["blog"]
    assert not [change for change in changes(answer, stands) if "audit-checklist" in change.ref.keys]


def test_a_goal_is_written_into_a_new_sprint() -> None:
    answer, _ = december()
    (change,) = changes(replace(answer, goal="Be found"), None)
    assert isinstance(change.value, dict)
    assert list(change.value)[:4] == ["start", "end", "goal", "status"]


def test_begun_work_may_change_hands() -> None:
    """Quinn shared the writing and has left; Priya goes on alone."""
    sprint = begun()
    write = sprint["tactics"]["audit-checklist"]["tasks"]["write"]
    sprint["tactics"]["audit-checklist"]["tasks"]["write"] = {
        **{key: value for key, value in write.items() if key != "owner"}, "owners": {"priya": "6", "quinn": "6"},
    }  # fmt: skip
    answer, stands = december(sprint, day="2026-12-14", tactics={"blog": {}})
    told = {change.ref.keys[4:]: change.value for change in changes(answer, stands) if "write" in change.ref.keys}
    assert told["owner",] == "priya"
    assert told["owners",] is None


def test_work_that_is_shared_lists_its_owners() -> None:
    shared = {"tasks": {"write": {"skill": "writing", "hours": "200", "split": "true"}}}
    what = plan(team={"priya": TEAM["priya"], "quinn": TEAM["priya"]}, tactics={"book": shared})
    (change,) = changes(planned(what), None)
    assert value_at(change.value, "tactics", "book", "tasks", "write") == {
        "owners": {"priya": "184", "quinn": "16"}, "hours": "200", "start": "2026-12-01", "due": "2026-12-31",
        "days": {"priya": "2026-12-01..2026-12-31", "quinn": "2026-12-01..2026-12-02"},
    }  # fmt: skip


def test_shared_work_begins_with_the_first_of_its_owners() -> None:
    shared = {"tasks": {"write": {"skill": "writing", "hours": "160", "split": "true"}}}
    away: Body = {**TEAM["priya"], "time_off": {"2026-12-01..2026-12-10": "Leave"}}
    what = plan(team={"priya": away, "quinn": {**TEAM["priya"], "hours_per_week": "10"}}, tactics={"book": shared})
    (change,) = changes(planned(what), None)
    row = value_at(change.value, "tactics", "book", "tasks", "write")
    assert (row["start"], row["due"]) == ("2026-12-01", "2026-12-31")


def test_carried_work_says_so_and_what_was_parked_before_says_since_when() -> None:
    row: Body = {"tasks": {"write": {"hours": "8", "status": "started", "spent": "3"}}}
    november: Body = {
        "start": "2026-11-01", "end": "2026-11-30", "status": "closed", "tactics": {"blog": row},
        "parked": {"trade-show": {"reason": "capacity", "since": "2026-10-30"}},
    }  # fmt: skip
    what = plan(team=TEAM, tactics={**TACTICS, "blog": {}}, sprints={"2026-11": november})
    answer = planned(what)
    (change,) = changes(answer, None)
    blog = value_at(change.value, "tactics", "blog")
    assert (blog["origin"], blog["tasks"]["write"]["hours"]) == ("carried", "5")
    assert {entry.tactic: entry.is_carried for entry in answer.placed} == {"audit-checklist": False, "blog": True}
    assert str(answer.parked[0].since) == "2026-10-30"


def test_hours_are_written_so_that_every_minute_can_be_read_back() -> None:
    assert [hours_text(minutes) for minutes in (0, 1, 20, 90, 720, 6000)] == ["0", "0.02", "0.33", "1.5", "12", "100"]
    for minutes in range(1000):
        sprint = Sprint.model_validate(
            {"id": "2026-12", "start": "2026-12-01", "end": "2026-12-31", "capacity": {"dana": hours_text(minutes)}}
        )
        assert sprint.capacity["dana"] == minutes
