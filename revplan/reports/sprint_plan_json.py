"""A planned sprint for programs: the versioned contract of `revplan sprint plan --format json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.reports import bottlenecks, sprint_check, sprint_close, sprint_tables, suggestions, which_sprint

if TYPE_CHECKING:
    from revplan.model.plan import Plan
    from revplan.planning.answer import MemberLoad, ParkedCandidate, PlacedTactic, PlacedTask, SkillLoad, SprintPlan
    from revplan.planning.explain.claims import Short, TierLack

SCHEMA = "revplan/sprint-plan/1"


def document(plan: Plan, sprint: SprintPlan) -> dict[str, Any]:
    """Return a planned sprint as plain data: hours and money as decimals, dates as ISO text."""
    return {
        "schema": SCHEMA,
        "today": sprint.today.isoformat(),
        "today_pinned": sprint.is_today_pinned,
        "policy": sprint.policy,
        "input": sprint.digest,
        "sprint": {
            "id": sprint.period.id,
            "start": sprint.period.start.isoformat(),
            "end": sprint.period.end.isoformat(),
            "goal": sprint.goal,
        },
        "due": which_sprint.data(sprint.due),
        "value": wording.as_score(sprint.value),
        "bound": wording.as_score(sprint.bound),
        "ranked_value": None if sprint.ranked_value is None else wording.as_score(sprint.ranked_value),
        "ranked_lack": _lack(sprint.ranked_lack),
        "best_placed": None if sprint.best is None else list(sprint.best),
        "proven": sprint.proven,
        "tier_gap": _lack(sprint.tier_gap),
        "reproducible": sprint.is_reproducible,
        "pins": list(sprint.pins),
        "aside": list(sprint.aside),
        "placed": [placed_data(tactic) for tactic in sprint.placed],
        "parked": [parked_data(tactic) for tactic in sprint.parked],
        "sequence": _sequence(sprint),
        "bottlenecks": bottlenecks.data(sprint.bottlenecks),
        "moves": sprint_check.data(sprint.moves),
        "velocity": sprint_tables.velocity_data(plan),
        "estimates": {"used": sprint.is_calibrated, "skills": sprint_close.data(sprint.calibrations)},
        "left_out": [{"tactic": each.tactic, "why": each.why, "of": list(each.of)} for each in sprint.left_out],
        **({"committed": wording.as_money(sprint.committed)} if sprint.committed else {}),
        "reserve": sprint_tables.reserve_data(sprint.reserve),
        "members": [_member(member) for member in sprint.members],
        "skills": [_skill(skill) for skill in sprint.skills],
    }


def _sequence(sprint: SprintPlan) -> dict[str, Any]:
    """Return how soon value comes: the day by which half of it is there, and the working day on average."""
    half, finish = sprint.half_value_by, sprint.value_weighted_finish
    return {
        "half_value_by": half.isoformat() if half is not None else None,
        "value_weighted_finish": wording.as_number(finish),
    }


def _lack(lack: TierLack | None) -> dict[str, Any] | None:
    return None if lack is None else {"tier": lack.tier, "value": wording.as_score(lack.value)}


def placed_data(tactic: PlacedTactic) -> dict[str, Any]:
    """Return a placed tactic as plain data."""
    return {
        "tactic": tactic.tactic,
        "title": tactic.title,
        "tier": tactic.tier,
        "function": tactic.function,
        "campaign": tactic.campaign,
        "objective": tactic.objective,
        "rank": tactic.rank,
        "value": wording.as_score(tactic.value),
        "cost": wording.as_money(tactic.cost),
        **({"later": {str(month): wording.as_money(cents) for month, cents in tactic.later}} if tactic.later else {}),
        "carried": tactic.is_carried,
        "pinned": tactic.is_pinned,
        "tasks": [_task(task) for task in tactic.tasks],
        "estimates": {task: wording.as_hours(minutes) for task, minutes in tactic.estimates},
    }


def _task(task: PlacedTask) -> dict[str, Any]:
    return {
        "task": task.task,
        "skill": task.skill,
        "owner": task.owner,
        "hours": wording.as_hours(task.minutes),
        "continues": wording.as_hours(task.continues),
        "start": task.start.isoformat(),
        "due": task.due.isoformat(),
        "days": {day.isoformat(): wording.as_hours(minutes) for day, minutes in task.days},
    }


def parked_data(tactic: ParkedCandidate) -> dict[str, Any]:
    """Return a parked tactic as plain data."""
    return {
        "tactic": tactic.tactic,
        "title": tactic.title,
        "tier": tactic.tier,
        "rank": tactic.rank,
        "value": wording.as_score(tactic.value),
        "hours": wording.as_hours(tactic.minutes),
        "reason": tactic.reason.code,
        "short": [_short(short) for short in tactic.reason.short],
        "blockers": list(tactic.reason.blockers),
        "above": list(tactic.reason.above),
        "brings_in": suggestions.data(tactic.brings_in),
        "since": tactic.since.isoformat(),
        "carried": tactic.is_carried,
        "pinned": tactic.is_pinned,
        "begun": tactic.spent is not None,
        "spent": wording.as_hours(tactic.spent or 0),
    }


def _short(short: Short) -> dict[str, Any]:
    lacking = wording.as_hours(short.at_least) if short.kind == "hours" else wording.as_money(short.at_least)
    return {"kind": short.kind, "of": short.of, "at_least": lacking}


def _member(member: MemberLoad) -> dict[str, Any]:
    return {
        "member": member.member,
        "gross": wording.as_hours(member.gross),
        "gross_to_plannable": [{"step": step.name, "hours": wording.as_hours(step.minutes)} for step in member.steps],
        "plannable": wording.as_hours(member.plannable),
        "recurring": wording.as_hours(sum(minutes for _, minutes in member.recurring)),
        "allocated": wording.as_hours(member.allocated),
        "could_take": [
            {"tactic": one.tactic, "task": one.task, "hours": wording.as_hours(one.minutes)}
            for one in member.could_take
        ],
        "days": {
            day.day.isoformat(): {
                "plannable": wording.as_hours(day.plannable),
                "allocated": wording.as_hours(day.allocated),
            }
            for day in member.days
            if day.plannable or day.allocated
        },
    }


def _skill(skill: SkillLoad) -> dict[str, Any]:
    return {
        "skill": skill.skill,
        "supply": wording.as_hours(skill.supply),
        "demand": wording.as_hours(skill.demand),
        "allocated": wording.as_hours(skill.allocated),
    }
