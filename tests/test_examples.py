"""The example plans tell what the manual says of them."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest

from revplan import rules
from revplan.analysis.capacity import team_capacity
from revplan.analysis.sprint_due import due_sprint
from revplan.analysis.workload import content_digest
from revplan.model.base import Month
from revplan.model.campaigns import LAUNCH_CHECKLIST
from revplan.model.company import BUILT_IN_FUNCTIONS
from revplan.model.context import Context
from revplan.model.money import money_in
from revplan.model.stack import CORE_CATEGORIES
from revplan.store.load import read
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from revplan.model.plan import Plan
    from revplan.store.loaded import Loaded

NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/revplan.yaml"))

BACKLOG = {
    "marketing": {
        "homepage-rewrite": (9, 40), "message-house-workshop": (9, 16), "pricing-page": (7, 24),
        "audit-checklist": (8, 22), "nurture-emails": (7, 18), "downtime-calculator": (8, 44), "linkedin-ads": (6, 20),
        "search-ads": (7, 16), "seo-pillars": (6, 40), "case-studies": (8, 30), "video-testimonial": (6, 28),
        "auditor-webinar": (7, 32), "trade-show": (5, 80), "landing-page-tests": (6, 14), "lead-scoring": (7, 14),
        "attribution-dashboard": (6, 20), "comparison-pages": (7, 26), "benchmark-survey": (4, 36), "podcast": (3, 60),
        "logo-refresh": (2, 90),
    },
    "sales": {
        "marketing-sales-sla": (9, 10), "stage-exit-criteria": (8, 20), "plant-manager-outbound": (7, 16),
        "cfo-outbound": (5, 16), "battlecards": (7, 14), "roi-proposal": (6, 14), "speed-to-lead-routing": (8, 8),
        "win-loss-interviews": (7, 24), "re-engage-closed-lost": (6, 12), "account-based-list": (8, 40),
    },
    "customer work": {
        "onboarding-playbook": (9, 28), "health-score": (8, 18), "referrals": (7, 20), "nps-loop": (6, 10),
        "invoice-clarity": (5, 8),
    },
}  # fmt: skip
"""Impact and hours of the thirty-five tactics that compete in Harbourline's December."""

DONE = {"crm-cleanup", "renewal-calendar", "site-move", "technician-interviews"}
"""What the sprint of November has done."""
OVER = DONE | {"inspector-webinar"}
"""The same, and what was done before there were sprints."""
HOURS = {
    "brightwater": 54, "dana": 46, "elena": 58, "ingrid": 27, "kwame": 41, "marcus": 63, "priya": 95, "tomas": 28,
}  # fmt: skip
WARNED = {
    ("RP310", "member elena skills.design"),
    ("RP310", "member ingrid skills.prospecting"),
    ("RP310", "member priya skills.writing"),
    ("RP801", "stack tools"),
    ("RP913", "cover support-queue until"),
}
"""What Harbourline is warned of: code and place."""
MINUTES_PER_HOUR = 60


@cache
def loaded(name: str) -> Loaded:
    return read(EXAMPLES / name)


def context_of(name: str) -> Context:
    plan = loaded(name).plan
    assert plan.settings.today is not None, "an example pins its day"
    return Context(plan, plan.settings.today, pinned=True)


@pytest.fixture
def harbourline() -> Plan:
    return loaded("harbourline").plan


def hours_by_skill(plan: Plan, tactics: Iterable[str]) -> dict[str, int]:
    tasks = [task for name in tactics for task in plan.tactics[name].tasks.values()]
    skills = {task.skill for task in tasks}
    return {skill: sum(task.minutes for task in tasks if task.skill == skill) // MINUTES_PER_HOUR for skill in skills}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_read_without_a_finding(name: str) -> None:
    assert loaded(name).findings == ()


def test_what_harbourline_is_warned_of_is_meant() -> None:
    told = {(problem.code, str(problem.place)) for problem in rules.check(context_of("harbourline"))}
    assert told == WARNED


def test_minimal_is_not_warned_of_anything() -> None:
    assert list(rules.check(context_of("minimal"))) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_example_names_nothing_that_is_not_there(name: str) -> None:
    assert [problem for problem in rules.check(context_of(name)) if problem.code.startswith("RP2")] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_skill_an_example_needs_is_held_by_two(name: str) -> None:
    plan = loaded(name).plan
    for tactic in plan.tactics.values():
        for task_id, task in tactic.tasks.items():
            able = [member for member in plan.team.values() if member.skills.get(task.skill, 0) >= task.level]
            assert len(able) > 1, f"{tactic.id}/{task_id}"
            assert task.owner is None or task.owner in {member.id for member in able}, f"{tactic.id}/{task_id}"


def test_harbourline_has_the_thirty_five_tactics_of_the_manual(harbourline: Plan) -> None:
    expected = {name: pair for group in BACKLOG.values() for name, pair in group.items()}
    competing = {
        name: (tactic.impact, tactic.minutes // MINUTES_PER_HOUR)
        for name, tactic in harbourline.tactics.items()
        if tactic.recurring is None and name not in OVER
    }
    assert competing == expected
    assert len(expected) == 35
    assert sum(hours for _, hours in expected.values()) == 928


def test_harbourline_has_411_hours_in_december() -> None:
    context = context_of("harbourline")
    period = due_sprint(context).period
    capacity = team_capacity(context.plan, period, period.start)
    hours = {name: entry.plannable / MINUTES_PER_HOUR for name, entry in capacity.items() if entry.plannable}
    assert period.id == "2026-12"
    assert {name: round(number) for name, number in hours.items()} == HOURS
    assert sum(hours.values()) == 411.25


def test_the_skills_said_to_be_short_are_short(harbourline: Plan) -> None:
    demand = hours_by_skill(harbourline, (name for name in harbourline.tactics if name not in OVER))
    supply = {
        skill: sum(hours for name, hours in HOURS.items() if skill in harbourline.team[name].skills) for skill in demand
    }
    assert {skill: (demand[skill], supply[skill]) for skill in demand if demand[skill] > supply[skill]} == {
        "writing": (202, 158), "design": (139, 112), "prospecting": (78, 55),
    }  # fmt: skip


def test_no_task_is_longer_than_two_days(harbourline: Plan) -> None:
    assert max(task.minutes for tactic in harbourline.tactics.values() for task in tactic.tasks.values()) <= 16 * 60


def test_every_tactic_serves_something_and_says_when_it_is_done(harbourline: Plan) -> None:
    for tactic in harbourline.tactics.values():
        assert tactic.objective, tactic.id
        assert tactic.metric, tactic.id
        assert tactic.done_when, tactic.id
        assert not tactic.cost or tactic.budget, tactic.id


def test_november_is_closed_with_its_tactics_done(harbourline: Plan) -> None:
    sprint = harbourline.sprints["2026-11"]
    kept = {name: row for name, row in sprint.tactics.items() if row.dropped is None}
    assert kept.keys() == DONE
    assert all(task.status == "done" and task.spent for row in kept.values() for task in row.tasks.values())
    for name, row in kept.items():
        written = {task_id: task.minutes for task_id, task in row.tasks.items()}
        assert written == {task_id: task.minutes for task_id, task in harbourline.tactics[name].tasks.items()}
    assert sprint.closed is not None
    assert sprint.closed.on.isoformat() == "2026-11-27"
    assert sprint.closed.of == content_digest(sprint)


def test_november_was_planned_within_peoples_hours(harbourline: Plan) -> None:
    sprint = harbourline.sprints["2026-11"]
    taken = dict.fromkeys(sprint.capacity, 0)
    for row in sprint.tactics.values():
        for task in row.tasks.values():
            for member, minutes in task.people.items():
                taken[member] += minutes
    for members in sprint.recurring.values():
        for member, minutes in members.items():
            taken[member] += minutes
    assert {member for member in taken if taken[member] > sprint.capacity[member]} == set()


def test_november_kept_the_order_of_its_tasks(harbourline: Plan) -> None:
    for name, row in harbourline.sprints["2026-11"].tactics.items():
        for task_id, task in harbourline.tactics[name].tasks.items():
            start = row.tasks[task_id].start
            for before in task.after:
                due = row.tasks[before].due
                assert start is not None
                assert due is not None
                assert due <= start, f"{name}/{task_id}"


def test_goals_are_those_of_the_manual(harbourline: Plan) -> None:
    goal = harbourline.goals["2027"]
    assert (goal.start_revenue, goal.target_revenue, goal.acv) == (4_200_000, 5_200_000, 24_000)
    assert (goal.net_revenue_retention, goal.close_rate) == (Decimal("0.98"), Decimal("0.2"))
    assert (goal.cost_per_opportunity, goal.open_opportunities) == (1100, 54)
    for entry in harbourline.goals.values():
        assert sum(entry.close_lag) == 1
        assert not entry.monthly or max(entry.monthly.items())[1] == entry.target_revenue
    assert harbourline.goals["2026"].target_revenue == goal.start_revenue
    assert str(max(harbourline.goals["2026"].actual)) == "2026-10"


@pytest.mark.parametrize(("year", "expected"), [(2026, 230_000), (2027, 250_000)])
def test_programs_have_the_budget_of_the_manual(harbourline: Plan, year: int, expected: int) -> None:
    total = Decimal(0)
    for line in harbourline.budget.values():
        if line.category != "programs":
            continue
        months = [money_in(line.monthly, Month(year, month)) for month in range(1, 13)] if line.monthly else []
        total += sum((amount for amount in months if amount is not None), line.annual or Decimal(0))
    assert total == expected


@pytest.mark.parametrize("year", ["2026", "2027"])
def test_goal_and_budget_meet(harbourline: Plan, year: str) -> None:
    goal = harbourline.goals[year]
    budget = {"2026": 230_000, "2027": 250_000}[year]
    assert goal.net_revenue_retention
    assert goal.cost_per_opportunity
    assert goal.open_opportunities
    customers = (goal.target_revenue - goal.start_revenue * goal.net_revenue_retention) / goal.acv
    affordable = budget / goal.cost_per_opportunity
    closed = list(itertools.accumulate(goal.close_lag))
    in_time = sum((closed[min(left, len(closed) - 1)] for left in range(12)), Decimal(0)) / 12
    in_year = affordable * in_time * goal.close_rate + goal.open_opportunities * goal.close_rate
    assert affordable >= customers / goal.close_rate
    assert in_year >= customers


def test_weekly_metrics_have_thirteen_weeks_of_readings(harbourline: Plan) -> None:
    weekly = [metric for metric in harbourline.metrics.values() if metric.cadence == "weekly"]
    weeks = {day for metric in weekly for day in metric.readings}
    assert len(weeks) == 13
    assert max(weeks) - min(weeks) == timedelta(weeks=12)
    assert 5 <= len(harbourline.metrics) <= 15


def test_every_metric_leads_to_revenue(harbourline: Plan) -> None:
    for metric in harbourline.metrics.values():
        seen = metric
        while not seen.revenue:
            assert seen.drives, metric.id
            seen = harbourline.metrics[seen.drives]


def test_revenue_is_the_same_in_goals_and_metrics(harbourline: Plan) -> None:
    goal, metric = harbourline.goals["2026"], harbourline.metrics["arr"]
    assert {str(month): amount for month, amount in goal.actual.items()} == {
        day.isoformat()[:7]: value for day, value in metric.readings.items()
    }
    assert goal.monthly == metric.target


def test_every_function_answers_to_a_customer(harbourline: Plan) -> None:
    functions = harbourline.company.functions
    assert functions.keys() == set(BUILT_IN_FUNCTIONS)
    assert all(function.accountable and function.measurables for function in functions.values())
    assert set(functions["marketing"].measurables) & set(functions["sales"].measurables)
    assert all(
        objective.commitments.keys() == functions.keys() for objective in harbourline.strategy.objectives.values()
    )


def test_the_gaps_that_are_told_are_there(harbourline: Plan) -> None:
    today = harbourline.settings.today
    assert today is not None
    used = {tool.category for tool in harbourline.stack.tools.values()}
    assert set(CORE_CATEGORIES) - used == {"service-automation"}
    covers = harbourline.company.cover
    assert [name for name, cover in covers.items() if cover.until is None or cover.until < today] == ["support-queue"]


def test_the_campaign_is_open_and_has_two_variants(harbourline: Plan) -> None:
    campaign = harbourline.campaigns["any-tuesday"]
    assert len(campaign.variants) == 2
    assert 0 < len(campaign.open_items()) < len(LAUNCH_CHECKLIST)
    for asset in campaign.assets.values():
        variant = campaign.variants.get(asset.variant or "")
        persona = variant.persona if variant else campaign.target.persona if campaign.target else None
        assert asset.channel in harbourline.personas[persona or ""].channels


def test_minimal_is_read_in_a_minute() -> None:
    text = (EXAMPLES / "minimal" / "revplan.yaml").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 50
    assert 4 <= len(loaded("minimal").plan.tactics) <= 6
