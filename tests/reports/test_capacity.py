"""The figures of `report capacity`, worked out by hand for a December of 23 workdays."""

from __future__ import annotations

from revplan.reports.capacity import build
from tests.support.plans import on, plan

TASKS = {"write": {"skill": "writing", "hours": "30"}, "draw": {"skill": "design", "hours": "20"}}
TEAM = {
    "ana": {"time_off": {"2026-12-24": "Off"}, "business_as_usual": "4"},
    "ben": {"hours_per_week": "10", "function": "sales", "skills": {"calls": "3"}},
}


def test_steps_lead_from_gross_to_plannable_hours() -> None:
    data = build(on("2026-12-01", plan(team=TEAM, tactics={"guide": {"tasks": TASKS}}))).data
    ana, ben = data["members"]
    assert (data["period"], data["start"], data["end"]) == ("2026-12", "2026-12-01", "2026-12-31")
    assert (ana["gross_hours"], ben["gross_hours"]) == (23 * 8, 23 * 2)
    steps = {step["step"]: step["hours"] for step in ana["steps"]}
    assert (steps["time off"], steps["business as usual"]) == (-8, -17.6), "a tenth of the 176 hours that are worked"
    for own in (ana, ben):
        assert own["gross_hours"] + sum(step["hours"] for step in own["steps"]) == own["plannable_hours"]
    assert data["plannable_hours"] == ana["plannable_hours"] + ben["plannable_hours"]


def test_what_the_backlog_asks_stands_beside_who_can_do_it() -> None:
    data = build(on("2026-12-01", plan(team=TEAM, tactics={"guide": {"tasks": TASKS}}))).data
    supply = {own["member"]: own["plannable_hours"] for own in data["members"]}
    assert data["demand_hours"] == 50
    skills = {own["skill"]: (own["demand_hours"], own["supply_hours"], own["short_hours"]) for own in data["skills"]}
    assert skills["writing"] == (30, supply["ana"], 0)
    assert skills["design"] == (20, 0, 20), "nobody draws"
    assert {own["skill"]: own["hours"] for own in data["placeholders"]} == {"design": 20}
    functions = {own["function"]: (own["demand_hours"], own["supply_hours"]) for own in data["functions"]}
    assert functions["marketing"] == (50, supply["ana"])
