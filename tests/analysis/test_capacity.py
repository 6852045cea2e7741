from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.capacity import STEPS, Capacity, by_function, by_skill, team_capacity
from revplan.analysis.periods import Period
from revplan.analysis.recurring import StandingLoad, standing_loads
from revplan.analysis.sprint_due import due_sprint
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from revplan.model.plan import Plan

HOUR = 60
DECEMBER = Period("2026-12", date(2026, 12, 1), date(2026, 12, 31))
"""It begins on a Tuesday and has 23 weekdays."""


def of(what: Plan, name: str = "dana", since: date = DECEMBER.start) -> Capacity:
    return team_capacity(what, DECEMBER, since)[name]


def on_day(capacity: Capacity, day: int) -> int:
    return capacity.minutes[day - 1]


def steps(capacity: Capacity) -> dict[str, int]:
    return {step.name: step.minutes for step in capacity.steps if step.minutes}


def test_every_step_of_a_month_by_hand() -> None:
    """23 weekdays of 8 hours, from gross to plannable."""
    settings = {
        "holidays": {"2026-12-25": "Christmas Day"},
        "sprint": {"focus_factor": "0.8", "reserve": "10%"},
        "meetings": {"weekly": {"day": "mon", "minutes": "90"}, "sprint": {"minutes": "240"}},
    }
    dana = {
        "time_off": {"2026-12-10": {"hours": "4", "reason": "dentist"}, "2026-12-21..2026-12-22": "ski"},
        "business_as_usual": "5",
        "until": "2026-12-30",
    }
    found = of(plan(settings, team={"dana": dana}))
    assert found.gross == 23 * 8 * HOUR
    assert steps(found) == {
        "holidays": -8 * HOUR,
        "time off": -(2 * 8 + 4) * HOUR,
        "contract": -8 * HOUR,
        "business as usual": -19 * HOUR,  # an hour on each day that is neither holiday, skiing nor after the contract
        "meetings": -(3 * 90 + 240),  # Mondays the 7th, 14th and 28th; planning on the 1st
        "focus factor": -1446,  # a fifth of the 7,230 minutes left
        "reserve": -579,  # a tenth of 5,784, rounded so that what is left is whole minutes
        # 5,205 minutes are 347 whole quarters of an hour, so rounding takes nothing
    }
    assert found.plannable == 5205


def test_half_a_day_off_leaves_the_other_half() -> None:
    found = of(plan(team={"dana": {"time_off": {"2026-12-10": {"hours": "4"}}}}))
    assert on_day(found, 10) == 4 * HOUR


def test_hours_off_add_up_and_never_below_nothing() -> None:
    off = {"2026-12-10": {"hours": "4"}, "2026-12-10..2026-12-11": {"hours": "5"}}
    found = of(plan(team={"dana": {"time_off": off}}))
    assert on_day(found, 10) == 0
    assert on_day(found, 11) == 3 * HOUR


def test_hours_change_in_the_middle_of_the_month() -> None:
    found = of(plan(team={"dana": {"hours_per_week": {"2026-01-01": "40", "2026-12-16": "20"}}}))
    assert on_day(found, 15) == 8 * HOUR
    assert on_day(found, 16) == 4 * HOUR


def test_nobody_has_hours_before_their_pattern_begins() -> None:
    found = of(plan(team={"dana": {"hours_per_week": {"2026-12-16": "20"}}}))
    assert on_day(found, 15) == 0
    found = of(plan(team={"dana": {"week": {"2026-12-16": {"mon": "8"}}}}))
    assert on_day(found, 14) == 0
    assert on_day(found, 21) == 8 * HOUR


def test_a_week_of_uneven_days_may_hold_a_saturday() -> None:
    found = of(plan(team={"dana": {"week": {"tue": "8", "wed": "2", "sat": "5"}, "business_as_usual": "3"}}))
    tuesday, wednesday = 8 * HOUR - 3 * HOUR * 8 // 15, 2 * HOUR - 3 * HOUR * 2 // 15
    assert (tuesday, wednesday) == (384, 96)
    assert on_day(found, 1) == 375, "25 whole quarters of 384 minutes"
    assert on_day(found, 2) == 105, "480 minutes by Wednesday are whole quarters again"
    assert on_day(found, 5) == 4 * HOUR


def test_business_as_usual_is_not_made_up_for_on_other_days() -> None:
    found = of(plan({"holidays": {"2026-12-08": "Feast"}}, team={"dana": {"business_as_usual": "10"}}))
    assert on_day(found, 8) == 0
    assert on_day(found, 9) == 6 * HOUR


def test_a_retainer_is_spread_over_the_months_workdays() -> None:
    settings = {"holidays": {"2026-12-25": "Christmas Day"}, "sprint": {"reserve": "10%"}}
    team = {"brightwater": {"kind": "agency", "hours_per_month": "66", "time_off": {"2026-12-01": "closed"}}}
    found = of(plan(settings, team=team), "brightwater")
    assert found.gross == 66 * HOUR, "22 workdays of 3 hours, and the holiday costs nothing"
    assert steps(found) == {"time off": -3 * HOUR, "reserve": -63 * HOUR // 10, "rounding": -12}
    assert found.plannable == 63 * HOUR * 9 // 10 - 12, "226 quarters of an hour of 3,402 minutes"


def test_a_retainer_has_usual_business_focus_and_meetings_only_where_set() -> None:
    settings = {"meetings": {"sprint": {"minutes": "30", "attendees": ["brightwater"]}}}
    team = {
        "brightwater": {
            "kind": "agency", "hours_per_month": "46", "business_as_usual": "5", "focus_factor": "50%",
        }
    }  # fmt: skip
    found = of(plan(settings, team=team), "brightwater")
    assert on_day(found, 1) == (2 * HOUR - HOUR - 30) // 2
    assert on_day(found, 2) == (2 * HOUR - HOUR) // 2


def test_meetings_are_for_employees_unless_listed() -> None:
    settings = {"meetings": {"weekly": {"day": "tue", "minutes": "60"}}}
    team = {"dana": {}, "elena": {"kind": "contractor"}}
    assert on_day(of(plan(settings, team=team)), 1) == 7 * HOUR
    assert on_day(of(plan(settings, team=team), "elena"), 1) == 8 * HOUR
    listed = {"meetings": {"weekly": {"day": "tue", "minutes": "60", "attendees": ["elena"]}}}
    assert on_day(of(plan(listed, team=team)), 1) == 8 * HOUR
    assert on_day(of(plan(listed, team=team), "elena"), 1) == 7 * HOUR


def test_the_strategy_session_is_on_the_quarters_first_workday() -> None:
    settings = {
        "fiscal_year_start": "12",
        "holidays": {"2026-12-01": "Anniversary"},
        "meetings": {"quarter": {"minutes": "480"}, "sprint": {"minutes": "60"}},
    }
    found = of(plan(settings, team={"dana": {}}))
    assert (on_day(found, 1), on_day(found, 2), on_day(found, 3)) == (0, 0, 7 * HOUR), (
        "nine hours: one comes off the next day"
    )


def test_a_period_under_way_counts_from_today() -> None:
    settings = {"meetings": {"sprint": {"minutes": "240"}}}
    found = of(plan(settings, team={"dana": {}}), since=date(2026, 12, 30))
    assert found.gross == found.plannable == 2 * 8 * HOUR
    assert found.minutes[:29] == (0,) * 29


def test_rounding_loses_less_than_a_quarter_in_the_whole_sprint() -> None:
    """37 hours a week are 319.68 minutes a day: 7,352.64 in December, of which 490 whole quarters are 7,350."""
    found = of(plan({"sprint": {}}, team={"dana": {"hours_per_week": "37"}}))
    assert found.plannable == 7350
    assert found.step("rounding") == -2, "beside the part of a minute that steps leave out"
    assert {minutes for minutes in found.minutes if minutes} == {315, 330}


def test_a_sprint_under_way_has_the_days_it_had() -> None:
    """From the 2nd on 22 days are 7,032.96 minutes; the quarter that the 1st did not fill is the 2nd's."""
    dana = plan({"sprint": {}}, team={"dana": {"hours_per_week": "37"}})
    whole, rest = of(dana), of(dana, since=date(2026, 12, 2))
    assert rest.minutes == (0, *whole.minutes[1:])
    assert (rest.plannable, rest.step("rounding")) == (7350 - 315, 3)


def test_totals_by_function_and_by_skill() -> None:
    team = {
        "dana": {"function": "sales", "skills": {"writing": "3", "design": "1"}},
        "priya": {"skills": {"writing": "2"}},
    }
    what = plan(team=team)
    minutes = {"dana": 100, "priya": 50}
    assert by_function(what, minutes) == {"marketing": 50, "sales": 100}
    assert by_skill(what, minutes) == {"design": 0, "writing": 150}


# --- laws --------------------------------------------------------------------------------------------------------

hours = st.integers(0, 60).map(str)
december_days = st.integers(1, 31).map(lambda day: f"2026-12-{day:02}")
absences = st.dictionaries(december_days, st.one_of(st.just("off"), st.builds(lambda h: {"hours": h}, hours)))
factors = st.integers(0, 100).map(lambda percent: f"{percent}%")
members = st.fixed_dictionaries(
    {"hours_per_week": hours, "business_as_usual": hours, "time_off": absences, "focus_factor": factors},
    optional={"from": december_days, "until": st.just("2026-12-31")},
)
meetings = st.fixed_dictionaries(
    {}, optional={"weekly": st.just({"day": "wed"}), "sprint": st.just({}), "quarter": st.just({})}
)


@given(member=members, reserve=factors, held=meetings)
def test_the_steps_add_up_and_leave_nobody_less_than_nothing(
    member: dict[str, Any], reserve: str, held: dict[str, Any]
) -> None:
    found = of(plan({"sprint": {"reserve": reserve}, "meetings": held}, team={"dana": member}))
    assert [step.name for step in found.steps] == list(STEPS)
    assert found.gross + sum(step.minutes for step in found.steps) == found.plannable
    assert all(step.minutes <= 0 for step in found.steps if step.name != "beyond hours")
    assert 0 <= found.step("beyond hours") <= found.meetings
    assert min(found.minutes) >= 0


@given(member=members, more=absences)
def test_more_time_off_never_gives_more_hours(member: dict[str, Any], more: dict[str, Any]) -> None:
    before = of(plan({"sprint": {}}, team={"dana": member}))
    off = member["time_off"] | {f"{day}..2026-12-31": entry for day, entry in more.items()}
    after = of(plan({"sprint": {}}, team={"dana": member | {"time_off": off}}))
    assert after.plannable <= before.plannable
    assert after.gross == before.gross


# --- standing loads ----------------------------------------------------------------------------------------------


def load(what: Plan, since: date = DECEMBER.start, period: Period = DECEMBER) -> StandingLoad:
    return standing_loads(what, period, since, team_capacity(what, period, since))["dana"]


def newsletter(every: str, hours: str, **more: str) -> dict[str, dict[str, Any]]:
    return {
        "newsletter": {
            "recurring": every, "tasks": {"write": {"skill": "writing", "hours": hours, "owner": "dana"}}, **more,
        }
    }  # fmt: skip


def taken_on(found: StandingLoad, period: Period = DECEMBER) -> dict[int, int]:
    return {
        (period.start + timedelta(days=number)).day: minutes for number, minutes in enumerate(found.taken) if minutes
    }


def test_a_weekly_load_falls_on_each_weeks_first_workday() -> None:
    found = load(plan({"holidays": {"2026-12-14": "Feast"}}, team={"dana": {}}, tactics=newsletter("weekly", "2")))
    assert taken_on(found) == {7: 120, 15: 120, 21: 120, 28: 120}, "the week of the 1st began in November"
    assert found.tactics == (("newsletter", 480),)
    assert found.minutes == 480


def test_a_week_without_a_workday_has_no_load() -> None:
    holidays = {f"2026-12-{day}": "Closed" for day in range(21, 26)}
    found = load(plan({"holidays": holidays}, team={"dana": {}}, tactics=newsletter("weekly", "2")))
    assert taken_on(found) == {7: 120, 14: 120, 28: 120}


def test_a_monthly_load_falls_on_the_months_first_workday_and_spreads_forward() -> None:
    found = load(plan(team={"dana": {}}, tactics=newsletter("monthly", "20")))
    assert taken_on(found) == {1: 480, 2: 480, 3: 240}


def test_sprints_of_days_hold_each_occurrence_once() -> None:
    what = plan(
        {"sprint": {"length": "10", "starts": "2026-12-02"}}, team={"dana": {}}, tactics=newsletter("monthly", "1")
    )
    first = due_sprint(on("2026-12-01", what)).period
    assert load(what, first.start, first).minutes == 0


def test_what_finds_no_room_before_the_end_is_done_ahead() -> None:
    team = {"dana": {"time_off": {"2026-12-29..2026-12-31": "ski"}}}
    found = load(plan(team=team, tactics=newsletter("weekly", "10")))
    assert found.overload == 0
    assert taken_on(found) == {7: 480, 8: 120, 14: 480, 15: 120, 21: 480, 22: 120, 25: 120, 28: 480}


def test_overload_leaves_nothing_and_is_told() -> None:
    found = load(plan(team={"dana": {"hours_per_week": "5"}}, tactics=newsletter("monthly", "30")))
    assert found.overload == (30 - 23) * HOUR
    assert sum(found.taken) == 23 * HOUR


def test_only_ready_tactics_within_their_dates_take_hours() -> None:
    team: dict[str, Any] = {"dana": {}}
    assert load(plan(team=team, tactics=newsletter("weekly", "2", status="idea"))).minutes == 0
    dated = newsletter("weekly", "2", not_before="2026-12-10", deadline="2026-12-27")
    assert taken_on(load(plan(team=team, tactics=dated))) == {14: 120, 21: 120}
    to_the_day = newsletter("weekly", "2", not_before="2026-12-14", deadline="2026-12-21")
    assert taken_on(load(plan(team=team, tactics=to_the_day))) == {14: 120, 21: 120}
    running = load(plan(team=team, tactics=newsletter("weekly", "2")), since=date(2026, 12, 22))
    assert taken_on(running) == {28: 120}
