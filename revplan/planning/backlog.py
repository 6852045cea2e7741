"""Plan and period to the sprint problem, and to what is parked or left out before anything is solved.

Every tactic of the plan ends in exactly one place: a candidate of the problem, parked, or left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.scoring import rank, value
from revplan.model.calendar import company_calendar
from revplan.planning.cash import cash, cost, later
from revplan.planning.digest import digest
from revplan.planning.eligibility import ineligible
from revplan.planning.jobs import jobs
from revplan.planning.problem import Candidate, SprintProblem
from revplan.planning.running_over import ends, last_day_of_two, look_ahead
from revplan.planning.screening import screen
from revplan.planning.shares import shares
from revplan.planning.situation import planning_inputs
from revplan.planning.trial import pin
from revplan.planning.unforeseen import release

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from revplan.analysis.periods import Period
    from revplan.analysis.scoring import RankedTactic
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.planning.cash import Cash
    from revplan.planning.explain.claims import LeftOut, Reason
    from revplan.planning.problem import TaskAssignment
    from revplan.planning.situation import Situation

    Drafts = dict[str, Candidate]
    """Candidates that nobody has looked at yet, by tactic."""


RUNS_OVER = ("capacity", "no-time")
"""Why a begun tactic cannot end in its sprint although somebody could end it later."""


class Over(NamedTuple):
    """What is known of tactics that run over the sprint's end, or would take its reserve.

    Attributes:
        begun: those that have begun and cannot end in the sprint: they go on after it.
        in_one: those that may take two sprints and were not begun in this one: they have this one alone.
        in_hours: unforeseen ones that found no place with the reserve: they have ordinary hours alone.
    """

    begun: frozenset[str] = frozenset()
    in_one: frozenset[str] = frozenset()
    in_hours: frozenset[str] = frozenset()


NOTHING_OVER = Over()


@dataclass(frozen=True, slots=True)
class Formulation:
    """A sprint ready to be solved.

    Attributes:
        context: the plan, and the day it is looked at.
        situation: hours, standing loads and progress.
        problem: what the solver is asked.
        whole: the same with the tactics that are parked before solving among its candidates, as if they might fit.
        digest: of all this; while the sprint is planned, of what would be asked for the whole period.
        ranked: candidates and parked tactics, from the best to the worst.
        parked: why tactics are parked before solving, by tactic.
        left_out: what does not compete, sorted by tactic.
        over: what is known of tactics that run over the sprint's end.
        unforeseen: the tactics with tasks that take hours of the reserve.
    """

    context: Context
    situation: Situation
    problem: SprintProblem
    whole: SprintProblem
    digest: str
    ranked: tuple[RankedTactic, ...]
    parked: Mapping[str, Reason]
    left_out: tuple[LeftOut, ...]
    over: Over = NOTHING_OVER
    unforeseen: frozenset[str] = frozenset()

    @property
    def period(self) -> Period:
        """The sprint's days."""
        return self.situation.period


def formulate(context: Context, period: Period, over: Over = NOTHING_OVER) -> Formulation:
    """Turn the plan into the problem of planning one period; a period under way is planned from today.

    Args:
        context: the plan and the day.
        period: the sprint's days.
        over: what is known of tactics that run over the sprint's end, or would take its reserve.
    """
    found = _formulate(context, period, max(period.start, context.today), over)
    late = frozenset(name for name in found.parked if found.situation.is_kept(name)) - over.begun
    if late and any(found.parked[name].code in RUNS_OVER for name in late):
        return formulate(context, period, over._replace(begun=over.begun | late))
    sprint = found.situation.sprint
    if found.situation.since == period.start or (sprint is not None and sprint.status == "active"):
        return found
    return replace(found, digest=_formulate(context, period, period.start, over).digest)


def formulate_over(formulation: Formulation, assignments: Sequence[TaskAssignment]) -> Formulation | None:
    """Return the same sprint with begun tactics that found no place going on after it; None where all is well.

    A tactic that may be planned over two sprints is begun in the first: one that was laid into the second alone has to
    do with this sprint. An unforeseen tactic that found no place has to do with ordinary hours. What the sprint was
    computed from is the same, and so is the digest.
    """
    problem, situation = formulation.problem, formulation.situation
    here = {one.tactic for one in assignments if situation.is_in_sprint(one.start)}
    placed = {one.tactic for one in assignments}
    begun = frozenset(one.id for one in problem.candidates if situation.is_kept(one.id))
    late = begun - placed
    if late and late <= formulation.over.begun:
        late = _beside(formulation, late, begun)
    over = Over(
        formulation.over.begun | late,
        formulation.over.in_one | {name for name in placed - here - begun if situation.plan.tactics[name].over > 1},
        formulation.over.in_hours | (formulation.unforeseen - placed),
    )
    if over == formulation.over:
        return None
    found = formulate(formulation.context, formulation.period, over)
    names = {one.id for one in problem.candidates if one.kept} - over.in_hours
    return replace(found, problem=pin(found.problem, names), whole=pin(found.whole, names), digest=formulation.digest)


def _beside(formulation: Formulation, late: AbstractSet[str], begun: AbstractSet[str]) -> frozenset[str]:
    """Return what has to run over too where work that runs over still finds no place: what may take its people."""
    able = {
        one.id: {
            worker.id
            for job in one.jobs
            for worker in formulation.problem.workers
            if (job.owner in (None, worker.id)) and worker.has(job.skill, job.level)
        }
        for one in formulation.problem.candidates
        if one.id in begun
    }
    shared = set().union(*(able[name] for name in late))
    return frozenset(name for name in begun if able[name] & shared)


def _formulate(context: Context, period: Period, since: date, over: Over) -> Formulation:
    situation, out, drafts = _competing(context, planning_inputs(context, period, since), over)
    asked = _ask(context, situation, drafts)
    released = release(situation, drafts.values(), over.in_hours)
    # Whose reserve is released follows from who has the work as it is written. So the digest is of what was asked
    # before, and of the reserve that there is.
    what = digest(asked.problem, asked.parked, situation.loads, released.reserve if released is not None else None)
    if released is not None:
        more = planning_inputs(context, period, since, released.parts)
        situation, out, drafts = _competing(context, more, over)
        asked = _ask(
            context, situation, {name: released.pin(draft) for name, draft in drafts.items()}, released.covered
        )
    unforeseen = released.tactics if released is not None else frozenset()
    return Formulation(context, situation, *asked[:2], what, *asked[2:], tuple(out.values()), over, unforeseen)


class _Asked(NamedTuple):
    problem: SprintProblem
    whole: SprintProblem
    ranked: tuple[RankedTactic, ...]
    parked: Mapping[str, Reason]


def _ask(
    context: Context, situation: Situation, drafts: Mapping[str, Candidate], covered: AbstractSet[str] = frozenset()
) -> _Asked:
    """Return what the solver is asked of some drafts; those that the reserve covers come first."""
    limits = cash(situation, drafts.values())
    parked = screen(situation, drafts, limits)
    order = rank(context.plan, {name: draft.minutes for name, draft in drafts.items()}, context.today)
    first = {name for name in drafts if situation.progress[name].comes_first or name in situation.pins} | covered
    fitting = _candidates(drafts, drafts.keys() - parked.keys(), order, first)
    problem = _problem(situation, fitting, limits)
    whole = _problem(situation, _candidates(drafts, drafts.keys(), order, first), limits) if parked else problem
    return _Asked(problem, whole, order, parked)


def _competing(context: Context, situation: Situation, over: Over) -> tuple[Situation, dict[str, LeftOut], Drafts]:
    """Return the situation with the days that tactics may run over into, what is left out, and what competes."""
    out = ineligible(situation)
    names = context.plan.tactics.keys() - out.keys()
    two = {name for name in names if context.plan.tactics[name].over > 1} - over.in_one
    if over.begun or two:
        situation = look_ahead(context, situation, over.begun)
    drafts = _drafts(situation, names)
    for name in over.begun & drafts.keys():  # whoever has it keeps it, where there is time for it in the sprints ahead
        drafts[name] = _draft(situation, name, drafts[name].excludes, len(situation.days) - 1, runs_over=True)
    last_days = {name: last_day_of_two(situation, name) for name in two if not situation.progress[name].begun_before}
    second = two - last_days.keys() - over.begun
    for name, last in (last_days | ends(situation, drafts, over.begun, second)).items():
        drafts[name] = _draft(situation, name, drafts[name].excludes, last, runs_over=name in over.begun)
    return situation, out, drafts


def _problem(situation: Situation, candidates: tuple[Candidate, ...], limits: Cash) -> SprintProblem:
    return SprintProblem(
        id=situation.period.id,
        days=situation.days,
        workers=tuple(situation.ahead.values()),
        candidates=candidates,
        budget=limits.budget,
        lines=tuple((name, limits.lines[name]) for name in sorted({line for one in candidates for line in one.purses})),
        shares=shares(situation, candidates),
        workdays=_workdays(situation, candidates),
        end=situation.period.length - 1 if len(situation.days) > situation.period.length else None,
    )


def _workdays(situation: Situation, candidates: tuple[Candidate, ...]) -> tuple[int, ...]:
    """Return the numbers of the days on which the company works, where some job waits for workdays."""
    if not any(wait.is_workdays for one in candidates for job in one.jobs for _, wait in job.waits):
        return ()
    calendar = company_calendar(situation.plan.settings)
    return tuple(number for number, day in enumerate(situation.days) if calendar.is_workday(day))


def _candidates(
    drafts: Mapping[str, Candidate],
    names: AbstractSet[str],
    order: tuple[RankedTactic, ...],
    first: Collection[str],
) -> tuple[Candidate, ...]:
    """Return some of the drafts with their ranks and with references to each other only; some of them come first."""
    ranks = {entry.tactic: entry.rank for entry in order}
    return tuple(
        replace(
            drafts[name],
            rank=ranks[name],
            kept=drafts[name].kept or name in first,
            requires=tuple(other for other in drafts[name].requires if other in names),
            excludes=tuple(
                other
                for other in drafts[name].excludes
                if other in names and not (drafts[name].kept and drafts[other].kept)
            ),
        )
        for name in sorted(names)
    )


def _drafts(situation: Situation, names: AbstractSet[str]) -> dict[str, Candidate]:
    """Return tactics as candidates that nobody has looked at yet: some may be impossible."""
    alternatives = _alternatives(situation.plan)
    return {name: _draft(situation, name, alternatives.get(name, ())) for name in sorted(names)}


def _draft(
    situation: Situation, name: str, excludes: Collection[str], last: int | None = None, *, runs_over: bool = False
) -> Candidate:
    """Return a tactic as a candidate.

    Args:
        situation: what planning starts from.
        name: the tactic.
        excludes: its alternatives.
        last: number of the day by which it is done where that may lie after the sprint's end.
        runs_over: it has begun and cannot end in time.
    """
    tactic = situation.plan.tactics[name]
    release, deadline = _window(situation, name)
    deadline = deadline if last is None else last
    line = tactic.budget if tactic.budget in situation.plan.budget else None
    return Candidate(
        id=name,
        tier=tactic.tier,
        value=value(situation.plan, tactic, situation.today),
        rank=0,
        jobs=jobs(situation, name, release, deadline, runs_over=runs_over),
        requires=tuple(sorted(set(tactic.requires) - {name})),
        excludes=tuple(sorted(excludes)),
        release=release,
        deadline=deadline,
        cost=cost(situation, name),
        line=line,
        later=later(situation, name),
        kept=situation.is_kept(name),
        function=tactic.function,
    )


def _window(situation: Situation, name: str) -> tuple[int, int]:
    """Return the first and last day number on which the tactic may be worked on.

    What has begun goes on: neither a later not-before nor a deadline that has passed takes it out of the sprint.
    """
    tactic = situation.plan.tactics[name]
    first, end = situation.since, situation.period.end
    last = min(end, tactic.deadline or end)
    if situation.is_kept(name):
        return situation.day_number(first), situation.day_number(last if last >= first else end)
    dues = [situation.progress[required].due for required in tactic.requires if required in situation.progress]
    release = max(day for day in (first, tactic.not_before, *dues) if day is not None)
    return situation.day_number(release), situation.day_number(last)


def _alternatives(plan: Plan) -> dict[str, set[str]]:
    """Return what each tactic excludes or is excluded by."""
    found: dict[str, set[str]] = {}
    for name, tactic in plan.tactics.items():
        for other in set(tactic.excludes) - {name}:
            found.setdefault(name, set()).add(other)
            found.setdefault(other, set()).add(name)
    return found
