from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.periods import Period
from revplan.analysis.staffing import FunctionBalance, SinglePoint, SkillBalance, staffing

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.model.context import Context

DECEMBER = Period("2026-12", date(2026, 12, 1), date(2026, 12, 31))
PLAN = """team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3, design: 1}}
  bo: {name: Bo, kind: contractor, function: sales, hours_per_week: 10, rate: 90, skills: {calls: 2, writing: 2}}
  studio: {name: Studio, kind: agency, function: marketing, hours_per_month: 10, rate: 130, skills: {web: 3}}
tactics:
  guide:
    title: Guide
    function: marketing
    impact: 7
    tasks: {write: {skill: writing, hours: 200}, draw: {skill: design, hours: 12}, film: {skill: video, hours: 8}}
  list: {title: List, function: sales, impact: 5, tasks: {call: {skill: calls, hours: 6}}}
  later: {title: Later, function: sales, impact: 5, status: idea, tasks: {call: {skill: calls, hours: 60}}}
"""


def test_a_month_worked_out_by_hand(read_plan: Callable[[str], Context]) -> None:
    # December 2026 has 23 weekdays. Ana: 184 h × 0.8 × 0.9 = 132.48; Bo: 46 × 0.72 = 33.12; Studio: 10 × 0.9 = 9.
    # In whole quarters of an hour 132.25, 33 and 9.
    ana, bo = 7935, 33 * 60
    found = staffing(read_plan(PLAN), DECEMBER)
    assert found.period.id == "2026-12"
    assert [own.plannable for own in found.members] == [ana, bo, 9 * 60]
    assert found.demand == (200 + 12 + 8 + 6) * 60, "ideas ask for nothing yet"
    assert found.functions == (
        FunctionBalance("marketing", 220 * 60, ana + 9 * 60),
        FunctionBalance("sales", 6 * 60, bo),
    )
    writing = next(own for own in found.skills if own.skill == "writing")
    assert writing == SkillBalance("writing", 200 * 60, ana + bo, ("ana", "bo"))
    assert writing.short == 200 * 60 - writing.supply


def test_what_nobody_can_do_is_priced(read_plan: Callable[[str], Context]) -> None:
    # The median of 90 and 130 is 110 an hour. One more full-time person has 23 × 8 × 0.72 = 132.48 hours.
    found = staffing(read_plan(PLAN), DECEMBER)
    assert found.rate == 110
    assert found.full_time == int(132.48 * 60)
    design, video = found.placeholders
    assert (design.skill, design.minutes, design.tactics, design.cash) == ("design", 12 * 60, ("guide",), 1320)
    assert (video.skill, video.cash, video.hires) == ("video", 880, Fraction(8 * 60, int(132.48 * 60)))


def test_a_skill_that_rests_on_one_person(read_plan: Callable[[str], Context]) -> None:
    assert staffing(read_plan(PLAN), DECEMBER).single_points == (SinglePoint("calls", "bo", 1),)


def test_without_rates_nothing_is_priced(read_plan: Callable[[str], Context]) -> None:
    found = staffing(read_plan(PLAN.replace("rate: 90, ", "").replace("rate: 130, ", "")), DECEMBER)
    assert [own.cash for own in found.placeholders] == [None, None]


def test_an_empty_plan_has_nothing(read_plan: Callable[[str], Context]) -> None:
    found = staffing(read_plan("team: {}\n"), DECEMBER)
    assert (found.members, found.skills, found.placeholders, found.plannable) == ((), (), (), 0)
