"""A planned sprint for programs: the versioned contract of `revplan sprint plan --format json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan.model.base import MINUTES_PER_HOUR
from revplan.reports import estimates, sprint_moves, ways

if TYPE_CHECKING:
    from revplan.planning.answer import MemberLoad, ParkedTactic, PlacedTactic, PlacedTask, SkillLoad, SprintPlan
    from revplan.planning.reasons import Short

SCHEMA = "revplan/sprint-plan/1"
_VALUE_UNIT = 1000
_CENTS = 100


def document(sprint: SprintPlan) -> dict[str, Any]:
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
        "value": _score(sprint.value),
        "bound": _score(sprint.bound),
        "ranked_value": None if sprint.ranked_value is None else _score(sprint.ranked_value),
        "proven": sprint.proven,
        "reproducible": sprint.is_reproducible,
        "placed": [placed(tactic) for tactic in sprint.placed],
        "parked": [parked(tactic) for tactic in sprint.parked],
        "moves": sprint_moves.data(sprint.moves),
        "estimates": {"used": sprint.is_calibrated, "skills": estimates.data(sprint.calibrations)},
        "left_out": [{"tactic": each.tactic, "why": each.why, "of": list(each.of)} for each in sprint.left_out],
        "members": [_member(member) for member in sprint.members],
        "skills": [_skill(skill) for skill in sprint.skills],
    }


def placed(tactic: PlacedTactic) -> dict[str, Any]:
    """Return a placed tactic as plain data."""
    return {
        "tactic": tactic.tactic,
        "title": tactic.title,
        "tier": tactic.tier,
        "function": tactic.function,
        "campaign": tactic.campaign,
        "objective": tactic.objective,
        "rank": tactic.rank,
        "value": _score(tactic.value),
        "cost": _number(tactic.cost, _CENTS),
        "carried": tactic.is_carried,
        "tasks": [_task(task) for task in tactic.tasks],
        "estimates": {task: _hours(minutes) for task, minutes in tactic.estimates},
    }


def _task(task: PlacedTask) -> dict[str, Any]:
    return {
        "task": task.task,
        "skill": task.skill,
        "owner": task.owner,
        "hours": _hours(task.minutes),
        "start": task.start.isoformat(),
        "due": task.due.isoformat(),
        "days": {day.isoformat(): _hours(minutes) for day, minutes in task.days},
    }


def parked(tactic: ParkedTactic) -> dict[str, Any]:
    """Return a parked tactic as plain data."""
    return {
        "tactic": tactic.tactic,
        "title": tactic.title,
        "tier": tactic.tier,
        "rank": tactic.rank,
        "value": _score(tactic.value),
        "hours": _hours(tactic.minutes),
        "reason": tactic.reason.code,
        "short": [_short(short) for short in tactic.reason.short],
        "blockers": list(tactic.reason.blockers),
        "brings_in": ways.data(tactic.brings_in),
        "since": tactic.since.isoformat(),
        "carried": tactic.is_carried,
    }


def _short(short: Short) -> dict[str, Any]:
    unit = MINUTES_PER_HOUR if short.kind == "hours" else _CENTS
    return {"kind": short.kind, "of": short.of, "at_least": _number(short.at_least, unit)}


def _member(member: MemberLoad) -> dict[str, Any]:
    return {
        "member": member.member,
        "gross": _hours(member.gross),
        "gross_to_plannable": [{"step": step.name, "hours": _hours(step.minutes)} for step in member.steps],
        "plannable": _hours(member.plannable),
        "recurring": _hours(sum(minutes for _, minutes in member.recurring)),
        "allocated": _hours(member.allocated),
        "days": {
            day.day.isoformat(): {"plannable": _hours(day.plannable), "allocated": _hours(day.allocated)}
            for day in member.days
            if day.plannable or day.allocated
        },
    }


def _skill(skill: SkillLoad) -> dict[str, Any]:
    return {
        "skill": skill.skill,
        "supply": _hours(skill.supply),
        "demand": _hours(skill.demand),
        "allocated": _hours(skill.allocated),
    }


def _hours(minutes: int) -> int | float:
    return _number(minutes, MINUTES_PER_HOUR)


def _score(value: int) -> int | float:
    return _number(value, _VALUE_UNIT)


def _number(count: int, unit: int) -> int | float:
    """Return a count in its unit: whole where it is, else to four digits."""
    return count // unit if count % unit == 0 else round(count / unit, 4)
