from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from revplan.analysis.sprint_due import due_sprint
from revplan.planning.answer import DayLoad, SkillLoad, TaskPlace
from revplan.planning.assemble import assemble
from revplan.planning.backlog import formulate
from revplan.planning.explain.claims import TierLack
from tests.support.filling import fill, planned
from tests.support.plans import on, plan

MINUTES_OF_PRIYA = 23 * 480


def test_everything_a_report_says_of_a_sprint() -> None:
    tactics = {
        "fair": {"impact": "2", "tasks": {"film": {"skill": "video", "hours": "6"}}},
        "newsletter": {
            "recurring": "monthly",
            "tasks": {"write": {"skill": "writing", "hours": "3", "owner": "priya"}},
        },
        "seo": {"tier": "must", "tasks": {"write": {"skill": "writing", "hours": "12"}}},
    }
    found = planned(plan(team={"priya": {"skills": {"writing": "3"}}}, tactics=tactics))
    assert (found.value, found.bound, found.proven, found.method, found.is_reproducible) == (
        5000,
        5000,
        True,
        "ranked",
        True,
    )
    (seo,) = found.placed
    assert (seo.title, seo.tier, seo.rank, seo.value, seo.minutes) == ("Seo", "must", 1, 5000, 720)
    (task,) = seo.tasks
    assert (task.owner, task.skill, task.start, task.due) == ("priya", "writing", date(2026, 12, 1), date(2026, 12, 2))
    assert task.days == ((date(2026, 12, 1), 300), (date(2026, 12, 2), 420))
    (fair,) = found.parked
    assert (fair.tactic, fair.reason.code, fair.minutes, fair.brings_in) == ("fair", "no-skill", 360, None)
    (priya,) = found.members
    assert (priya.gross, priya.plannable, priya.allocated) == (MINUTES_OF_PRIYA, MINUTES_OF_PRIYA, 720)
    assert priya.recurring == (("newsletter", 180),)
    assert priya.days[0] == DayLoad(date(2026, 12, 1), plannable=480, recurring=180, allocated=300)
    assert found.skills == (
        SkillLoad("video", supply=0, demand=360, allocated=0),
        SkillLoad("writing", supply=MINUTES_OF_PRIYA - 180, demand=720, allocated=720),
    )
    assert found.last_workday == date(2026, 12, 31)


def test_a_shared_task_has_all_of_its_owners_and_ends_with_the_last() -> None:
    team = {name: {"skills": {"writing": "3"}, "hours_per_week": "10"} for name in ("priya", "marcus")}
    tasks = {"write": {"skill": "writing", "hours": "60", "split": "true"}}
    (seo,) = planned(plan(team=team, tactics={"seo": {"tasks": tasks}})).placed
    assert {part.owner for part in seo.parts["write"]} == {"marcus", "priya"}
    assert seo.places == {"write": TaskPlace(("marcus", "priya"), date(2026, 12, 31))}


def test_the_most_valuable_comes_first_and_of_what_is_parked_the_musts() -> None:
    film = {"film": {"skill": "video", "hours": "6"}}
    tactics = {
        "a": {"impact": "4", "tasks": {"write": {"skill": "writing", "hours": "1"}}},
        "b": {"impact": "8", "tasks": {"write": {"skill": "writing", "hours": "32"}}},
        "c": {"impact": "4", "tasks": {"write": {"skill": "writing", "hours": "1"}}},
        "d": {"impact": "9", "tasks": film},
        "e": {"impact": "1", "tier": "must", "tasks": film},
        "f": {"impact": "5", "tasks": film},
    }
    found = planned(plan(team={"priya": {"skills": {"writing": "3"}}}, tactics=tactics))
    assert [entry.tactic for entry in found.placed] == ["a", "c", "b"], "by rank, which is by impact and effort"
    assert [entry.tactic for entry in found.by_value] == ["b", "a", "c"]
    assert [entry.tactic for entry in found.parked] == ["d", "f", "e"]
    assert [entry.tactic for entry in found.musts_first] == ["e", "d", "f"]


@pytest.mark.parametrize(
    ("october", "november", "since"),
    [
        (None, None, "2026-11-28"),
        (None, {}, "2026-11-01"),
        (None, {"since": "2026-09-15"}, "2026-09-15"),
        ({"since": "2026-09-15"}, None, "2026-11-28"),
        ({"since": "2026-09-15"}, {"since": "2026-10-30"}, "2026-10-30"),
    ],
)
def test_what_is_parked_is_so_since_the_sprint_before_says(
    october: dict[str, str] | None, november: dict[str, str] | None, since: str
) -> None:
    rows = {"2026-11": november, "2026-10": october}
    sprints: dict[str, Any] = {
        month: {
            "start": f"{month}-01",
            "end": f"{month}-30",
            "status": "closed",
            "parked": {"fair": {"reason": "no-skill", **row}} if row is not None else {},
        }
        for month, row in rows.items()
    }
    tactics = {"fair": {"tasks": {"film": {"skill": "video", "hours": "6"}}}}
    (fair,) = planned(plan(tactics=tactics, sprints=sprints)).parked
    assert fair.since == date.fromisoformat(since)
    sprints["2026-12"] = {"start": "2026-12-01", "end": "2026-12-31"}
    (fair,) = planned(plan(tactics=tactics, sprints=sprints)).parked
    assert fair.since == date.fromisoformat(since), "nor does it matter that this one is written"


def test_no_tactics_make_an_empty_plan_and_no_members_park_everything() -> None:
    assert planned(plan(team={"priya": {}})).placed == ()
    found = planned(plan(tactics={"seo": {}}))
    assert [(entry.tactic, entry.reason.code) for entry in found.parked] == [("seo", "no-skill")]
    assert found.members == ()


@pytest.mark.parametrize(
    ("must", "should", "gap"),
    [(0, 0, None), (0, 3000, TierLack("should", 3000)), (2000, 3000, TierLack("must", 2000))],
)
def test_the_first_tier_that_is_not_proven_best_is_told(must: int, should: int, gap: TierLack | None) -> None:
    context = on("2026-11-28", plan(team={"priya": {"skills": {"writing": "3"}}}, tactics={}))
    formulation = formulate(context, due_sprint(context, "2026-12").period)
    filled = fill(formulation.problem)
    open_tiers = replace(filled, must_bound=filled.must_value + must, should_bound=filled.should_value + should)
    found = assemble(formulation, open_tiers, {})
    assert (found.tier_gap, found.proven) == (gap, gap is None)
