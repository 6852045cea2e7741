"""Formulation, allocation and reasons to the finished answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.calibration import known_skills
from revplan.analysis.capacity import by_skill, reserve
from revplan.analysis.periods import last_workday
from revplan.analysis.progress import work_done
from revplan.planning.answer import (
    DayLoad,
    MemberLoad,
    ParkedCandidate,
    PlacedTactic,
    PlacedTask,
    SkillLoad,
    SprintPlan,
)
from revplan.planning.cash import committed_cash, finished_cash, later_by_month
from revplan.planning.estimates import estimates
from revplan.planning.explain.claims import TierLack
from revplan.planning.hours_left import could_take, has_hours_left, tell_apart
from revplan.planning.running_over import minutes_after
from revplan.planning.situation import whole_hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from revplan.analysis.capacity import Reserve
    from revplan.model.tactics import Tactic
    from revplan.planning.answer import ParkedTask, Policy
    from revplan.planning.backlog import Formulation
    from revplan.planning.explain.claims import Reason
    from revplan.planning.problem import Allocation, Candidate, TaskAssignment, Worker


def assemble(
    formulation: Formulation,
    allocation: Allocation,
    reasons: Mapping[str, Reason],
    *,
    policy: Policy = "value",
    ranked_value: int | None = None,
    goal: str | None = None,
) -> SprintPlan:
    """Join everything that is said about a planned sprint.

    Args:
        formulation: what was asked.
        allocation: what was chosen.
        reasons: why each candidate that is not placed is parked (KeyError where one is missing).
        policy: how it was filled.
        ranked_value: what working down the ranked list would give, in thousandths of a score point.
        goal: the sprint's new goal; the written one where not given.
    """
    context, situation = formulation.context, formulation.situation
    parked = tuple(_parked_candidates(formulation, allocation, reasons))
    written_goal = situation.sprint.goal if situation.sprint is not None else None
    return SprintPlan(
        period=situation.period,
        policy=policy,
        today=context.today,
        is_today_pinned=context.pinned,
        digest=formulation.digest,
        goal=goal or written_goal,
        value=allocation.value,
        bound=allocation.bound,
        ranked_value=ranked_value,
        proven=allocation.proven,
        tier_gap=_tier_gap(allocation),
        method=allocation.method,
        is_reproducible=not allocation.interrupted,
        placed=tuple(_placed_tactics(formulation, allocation)),
        parked=parked,
        left_out=formulation.left_out,
        members=tuple(_members(formulation, allocation.assignments, parked)),
        skills=tuple(_skills(formulation, allocation.assignments)),
        last_workday=last_workday(context.plan.settings, situation.period),
        calibrations=tuple(known_skills(context.plan).values()),
        is_calibrated=context.plan.settings.sprint.calibrate,
        reserve=_reserve(formulation, allocation),
        committed=committed_cash(situation),
        finished=finished_cash(situation),
        pins=situation.pins,
        aside=situation.aside,
    )


def _tier_gap(allocation: Allocation) -> TierLack | None:
    """Return by how much the bound of the first tier that is not proven best exceeds what the plan has of it."""
    tiers = (
        ("must", allocation.must_bound - allocation.must_value),
        ("should", allocation.should_bound - allocation.should_value),
    )
    return next((TierLack(tier, gap) for tier, gap in tiers if gap > 0), None)


def _reserve(formulation: Formulation, allocation: Allocation) -> Reserve:
    """Return the sprint's reserve, and what planned and recurring work leaves of it."""
    situation = formulation.situation
    taken = {name: load.minutes for name, load in situation.loads.items()}
    unforeseen: dict[str, int] = {}
    for one in allocation.assignments:
        own = sum(minutes for day, minutes in one.days if situation.is_in_sprint(day))
        taken[one.worker] = taken.get(one.worker, 0) + own
        if one.tactic in formulation.unforeseen:
            unforeseen[one.worker] = unforeseen.get(one.worker, 0) + own
    return reserve(situation.plan, situation.period, situation.since, taken, unforeseen)


def _placed_tactics(formulation: Formulation, allocation: Allocation) -> Iterator[PlacedTactic]:
    candidates = {candidate.id: candidate for candidate in formulation.problem.candidates}
    tasks: dict[str, list[TaskAssignment]] = {}
    for assignment in allocation.assignments:
        tasks.setdefault(assignment.tactic, []).append(assignment)
    for entry in formulation.ranked:
        if entry.tactic not in tasks:
            continue
        tactic = formulation.context.plan.tactics[entry.tactic]
        candidate = candidates[entry.tactic]
        yield PlacedTactic(
            tactic=tactic.id,
            title=tactic.title,
            tier=tactic.tier,
            function=tactic.function,
            campaign=tactic.campaign,
            objective=tactic.objective,
            rank=entry.rank,
            value=entry.value,
            cost=candidate.cost,
            is_carried=formulation.situation.progress[tactic.id].carried,
            is_pinned=tactic.id in formulation.situation.pins,
            later=later_by_month(formulation.situation, tactic.id),
            estimates=tuple(estimates(tactic, formulation.situation.progress[tactic.id]).items()),
            tasks=tuple(sorted(_tasks(formulation, candidate, tasks[tactic.id]), key=_by_start)),
        )


def _tasks(
    formulation: Formulation, candidate: Candidate, assignments: Sequence[TaskAssignment]
) -> Iterator[PlacedTask]:
    days = formulation.problem.days
    jobs = {job.id: job for job in candidate.jobs}
    tasks = formulation.context.plan.tactics[candidate.id].tasks
    for assignment in assignments:
        job = jobs[assignment.task]
        yield PlacedTask(
            task=job.task,
            skill=job.skill,
            owner=assignment.worker,
            minutes=assignment.minutes,
            start=days[assignment.start],
            due=days[assignment.due],
            days=tuple((days[number], minutes) for number, minutes in assignment.days),
            continues=minutes_after(formulation.situation, assignment.days),
            people=tasks[job.task].people,
        )


def _by_start(task: PlacedTask) -> tuple[date, date, str, str]:
    return task.start, task.due, task.task, task.owner


def _parked_candidates(
    formulation: Formulation, allocation: Allocation, reasons: Mapping[str, Reason]
) -> Iterator[ParkedCandidate]:
    placed = set(allocation.placed)
    for entry in formulation.ranked:
        if entry.tactic in placed:
            continue
        tactic = formulation.context.plan.tactics[entry.tactic]
        yield ParkedCandidate(
            tactic=tactic.id,
            title=tactic.title,
            tier=tactic.tier,
            rank=entry.rank,
            value=entry.value,
            minutes=entry.minutes,
            reason=formulation.parked.get(tactic.id) or _reason(formulation, reasons[tactic.id], tactic),
            brings_in=None,
            since=_first_parked(formulation, tactic.id),
            is_carried=formulation.situation.progress[tactic.id].carried,
            is_pinned=tactic.id in formulation.situation.pins,
            spent=work_done(formulation.context.plan, tactic.id),
        )


def _reason(formulation: Formulation, reason: Reason, tactic: Tactic) -> Reason:
    """Return why a tactic is parked: hours of the next sprint, where these are looked at too, are none that it has."""
    situation = formulation.situation
    looks_ahead = len(situation.days) > situation.period.length
    due = tactic.first_deadline
    is_due_later = due is None or due >= situation.period.end
    if looks_ahead and is_due_later and reason.code == "no-time" and reason.short:
        return replace(reason, code="capacity")
    return reason


def _first_parked(formulation: Formulation, tactic: str) -> date:
    """Return when it was first parked, as this sprint or the one before it says; today where neither does."""
    sprints = formulation.context.plan.sprints.values()
    earlier = [sprint for sprint in sprints if sprint.start < formulation.period.start]
    before = max(earlier, key=lambda sprint: sprint.start, default=None)
    for sprint in (formulation.situation.sprint, before):
        if sprint is not None and tactic in sprint.parked:
            planned_on = sprint.plan.on if sprint.plan is not None else sprint.start
            return sprint.parked[tactic].since or planned_on
    return formulation.context.today


def _members(
    formulation: Formulation, assignments: Sequence[TaskAssignment], parked: Sequence[ParkedCandidate]
) -> Iterator[MemberLoad]:
    situation, wanted = formulation.situation, tell_apart(formulation.whole, parked)
    allocated: dict[str, list[int]] = {name: [0] * situation.period.length for name in situation.workers}
    for assignment in assignments:
        for number, minutes in assignment.days:
            if number < situation.period.length:
                allocated[assignment.worker][number] += minutes
    whole, whole_loads = whole_hours(formulation.context, situation)
    for name, own in situation.capacity.items():
        load = situation.loads[name]
        by_day = zip(situation.period.days, own.minutes, load.taken, allocated[name], strict=True)
        yield MemberLoad(
            member=name,
            name=formulation.context.plan.team[name].name,
            gross=own.gross,
            steps=own.steps,
            plannable=own.plannable,
            recurring=load.tactics,
            overload=load.overload,
            allocated=sum(allocated[name]),
            days=tuple(DayLoad(*day) for day in by_day),
            could_take=tuple(_could_take(formulation, situation.workers[name], allocated[name], wanted.short)),
            could_do_more=any(_could_take(formulation, situation.workers[name], allocated[name], wanted.others)),
            whole_plannable=whole[name].plannable,
            whole_recurring=whole_loads[name].tactics,
        )


def _could_take(
    formulation: Formulation, worker: Worker, allocated: Sequence[int], wanted: Sequence[Candidate]
) -> Iterator[ParkedTask]:
    """Yield what a member with hours left could take of what is parked, within the sprint's own days."""
    left = [free - taken for free, taken in zip(worker.minutes, allocated, strict=True)]
    if has_hours_left(sum(worker.minutes), sum(left)):
        yield from could_take(formulation.whole, worker, left, wanted)


def _skills(formulation: Formulation, assignments: Sequence[TaskAssignment]) -> Iterator[SkillLoad]:
    plan, situation = formulation.context.plan, formulation.situation
    supply = by_skill(plan, {name: sum(worker.minutes) for name, worker in situation.workers.items()})
    demand: dict[str, int] = {}
    for entry in formulation.ranked:
        for task, minutes in situation.progress[entry.tactic].left.items():
            skill = plan.tactics[entry.tactic].tasks[task].skill
            demand[skill] = demand.get(skill, 0) + minutes
    allocated: dict[str, int] = {}
    skills = {(one.id, job.id): job.skill for one in formulation.problem.candidates for job in one.jobs}
    for assignment in assignments:
        skill = skills[assignment.tactic, assignment.task]
        here = assignment.minutes - minutes_after(situation, assignment.days)
        allocated[skill] = allocated.get(skill, 0) + here
    for skill in sorted(supply.keys() | demand.keys()):
        yield SkillLoad(skill, supply.get(skill, 0), demand.get(skill, 0), allocated.get(skill, 0))
