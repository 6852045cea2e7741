from __future__ import annotations

from datetime import date

from filling import planned
from plans import plan

from revplan.planning.answer import DayLoad, SkillLoad

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


def test_no_tactics_make_an_empty_plan_and_no_members_park_everything() -> None:
    assert planned(plan(team={"priya": {}})).placed == ()
    found = planned(plan(tactics={"seo": {}}))
    assert [(entry.tactic, entry.reason.code) for entry in found.parked] == [("seo", "no-skill")]
    assert found.members == ()
