"""`revplan sprint plan`: plans a sprint, explains what does not fit, and saves the plan with `--write`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING, Literal

from revplan.analysis.scoring import THOUSANDTHS
from revplan.analysis.sprint_due import due_sprint
from revplan.app.editing.changes import save_computed, stale
from revplan.app.editing.entries import require
from revplan.app.sprint.life import drop_from_sprint
from revplan.app.sprint.preconditions import check_preconditions
from revplan.errors import SolverError, SprintError
from revplan.model.sprints import Sprint
from revplan.planning import solve
from revplan.planning.assemble import assemble
from revplan.planning.backlog import formulate, formulate_over
from revplan.planning.changes import changes
from revplan.planning.constraints import violations
from revplan.planning.explain.bottleneck import find_bottlenecks
from revplan.planning.explain.reason import explain, explain_in_passing
from revplan.planning.explain.suggestions import suggestions
from revplan.planning.explain.tiers import find_lack, name_tiers
from revplan.planning.moves import moves
from revplan.planning.trial import exclude
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.analysis.periods import Period
    from revplan.model.change import Change
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.planning.answer import SprintPlan
    from revplan.planning.backlog import Formulation
    from revplan.planning.explain.claims import Bottleneck, Reason, Suggestion
    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.store.loaded import Loaded


@dataclass(frozen=True, slots=True)
class Request:
    """A user's options for planning a sprint.

    Attributes:
        sprint: the sprint's id; None for the sprint that is due.
        policy: `value` for the plan of greatest value, `rank` to fill down the ranked list.
        goal: the sprint's new goal; None to keep the written goal.
        drop: tactics to drop from the written sprint, even if work on them has begun.
        pins: tactics that must be placed, as far as possible, besides those that the written sprint pins.
        without: members who are away for the whole sprint.
        aside: tactics that do not compete for the sprint, besides those that the written sprint sets aside.
        unpin: tactics that the written sprint pins, sets aside or has dropped, to compete like all others again.
        use_reserve: whether planned work may take the reserve; None for what the written sprint says.
    """

    sprint: str | None = None
    policy: Literal["value", "rank"] = "value"
    goal: str | None = None
    drop: tuple[str, ...] = ()
    pins: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    unpin: tuple[str, ...] = ()
    use_reserve: bool | None = None

    @property
    def chooses(self) -> bool:
        """Whether it changes what is pinned, set aside, or away."""
        return bool(self.pins or self.without or self.aside or self.unpin)

    @property
    def plain(self) -> Request:
        """The same without these: what a comparison starts from."""
        return replace(self, pins=(), without=(), aside=(), unpin=())


def apply_request(context: Context, period: Period, request: Request) -> Context:
    """Return the plan without the members that the request excludes, its sprint with what the request asks of it.

    Raises:
        UnknownIdError: there is no such member or tactic.
        SprintError: a tactic to unpin is neither pinned nor set aside nor dropped.
    """
    for name in (*request.pins, *request.aside, *request.unpin):
        require(context.plan, "tactic", name)
    context = _remove_members(drop_from_sprint(context, period.id, request.drop), period, request.without)
    sprint = context.plan.sprints.get(period.id) or _empty_sprint(period)
    asked = _choose(sprint, request)
    if request.use_reserve is not None:
        asked = asked.model_copy(update={"use_reserve": request.use_reserve})
    if asked is sprint:
        return context
    return replace(context, plan=replace(context.plan, sprints={**context.plan.sprints, period.id: asked}))


def _empty_sprint(period: Period) -> Sprint:
    given = {"id": period.id, "start": period.start, "end": period.end}
    return Sprint.model_validate({key: str(value) for key, value in given.items()})


def _choose(sprint: Sprint, request: Request) -> Sprint:
    """Return the sprint with what the request pins, sets aside, and lets compete again, dropped or not."""
    dropped = {name: row for name, row in sprint.tactics.items() if row.dropped is not None}
    known = {*sprint.pins, *sprint.aside, *dropped}
    for name in request.unpin:
        if name not in known:
            hint = did_you_mean(name, known) or "all tactics that are ready compete for it"
            raise SprintError(f'sprint {sprint.id} neither pins "{name}" nor sets it aside', hint=hint)
    gone = {*request.drop, *request.aside, *request.unpin}
    pins = tuple(dict.fromkeys((*(name for name in sprint.pins if name not in gone), *request.pins)))
    back = {*request.pins, *request.unpin}
    aside = tuple(dict.fromkeys((*(name for name in sprint.aside if name not in back), *request.aside)))
    let_in = {name: row.model_copy(update={"dropped": None}) for name, row in dropped.items() if name in back}
    if not let_in and (pins, aside) == (sprint.pins, sprint.aside):
        return sprint
    return sprint.model_copy(update={"pins": pins, "aside": aside, "tactics": {**sprint.tactics, **let_in}})


def _require_competing(formulation: Formulation, pins: tuple[str, ...]) -> None:
    """Refuse to pin what does not compete for the sprint."""
    out = {entry.tactic: entry for entry in formulation.left_out}
    for name in pins:
        if name in out:
            hint = f"`revplan explain {name}` says more"
            raise SprintError(f'"{name}" cannot be pinned: it is left out ({out[name].why})', hint=hint)


def _remove_members(context: Context, period: Period, members: tuple[str, ...]) -> Context:
    """Return the plan with these members marked as having left before the period."""
    team = dict(context.plan.team)
    for name in members:
        require(context.plan, "member", name)
        team[name] = team[name].model_copy(update={"until": period.start - timedelta(days=1)})
    return replace(context, plan=replace(context.plan, team=team)) if members else context


@dataclass(frozen=True, slots=True)
class PlannedSprint:
    """A solved sprint.

    Attributes:
        formulation: the problem that was solved.
        allocation: the solution.
        plan: the sprint plan to show, without suggestions for parked tactics.
    """

    formulation: Formulation
    allocation: Allocation
    plan: SprintPlan

    @property
    def possible(self) -> SprintProblem:
        """The sprint with every parked tactic that may come in: none whose alternative is done, or under way elsewhere.

        What requires such a one cannot come in either.
        """
        gone = [name for name, reason in self.formulation.parked.items() if reason.code == "excludes"]
        return reduce(exclude, gone, self.formulation.whole)


def plan_sprint(loaded: Loaded, context: Context, request: Request, on_progress: Callable[[str], None]) -> SprintPlan:
    """Plan one sprint, with suggestions that would place parked tactics.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        request: the options for planning.
        on_progress: receives progress messages.

    Raises:
        UnknownIdError: no sprint can have the id asked for.
        SprintError: the sprint is past or closed.
        UnsoundError: the plan has errors in data that planning uses.
    """
    worked = work_out(loaded, context, request, on_progress)
    on_progress("looking for what would bring the parked in")
    ways, more = _ways_and_bottlenecks(worked)
    parked = (replace(entry, brings_in=ways.get(entry.tactic)) for entry in worked.plan.parked)
    due = due_sprint(context, request.sprint)
    return replace(worked.plan, parked=tuple(parked), due=due, bottlenecks=more)


def _ways_and_bottlenecks(worked: PlannedSprint) -> tuple[dict[str, Suggestion], tuple[Bottleneck, ...]]:
    """Return what would bring parked tactics in, and what more would be worth most, asked at the same time.

    Neither hangs on the other, so what is found is the same on one core. Ctrl-C leaves out what is not known by then.
    """
    parked = [entry.tactic for entry in worked.plan.musts_first]
    with ThreadPoolExecutor(1) as aside:
        asked = aside.submit(bottlenecks_of, worked)
        ways = suggestions(worked.possible, worked.allocation, parked)
        try:
            return ways, asked.result()
        except KeyboardInterrupt:
            return ways, ()


def is_new_and_empty(plan: Plan, planned: SprintPlan) -> bool:
    """Tell whether a sprint that is not written yet would hold no work, recurring work included."""
    recurring = any(tactic.recurring is not None for tactic in plan.tactics.values())
    return not planned.placed and not recurring and planned.period.id not in plan.sprints


def bottlenecks_of(worked: PlannedSprint) -> tuple[Bottleneck, ...]:
    """Return the value that a little more of each resource would add to the best plan; empty for other policies."""
    if worked.plan.policy == "rank" or worked.allocation.interrupted:
        return ()
    reasons = {entry.tactic: entry.reason for entry in worked.plan.parked}
    return find_bottlenecks(worked.formulation.problem, worked.allocation, reasons)


def work_out(loaded: Loaded, context: Context, request: Request, on_progress: Callable[[str], None]) -> PlannedSprint:
    """Plan one sprint without suggestions. Arguments and errors are those of `plan_sprint`."""
    return solve_sprint(formulate_sprint(loaded, context, request), context, request, on_progress)


def formulate_sprint(loaded: Loaded, context: Context, request: Request) -> Formulation:
    """Turn the plan into the problem for the solver. Arguments and errors are those of `plan_sprint`."""
    period = due_sprint(context, request.sprint).period
    check_preconditions(loaded, context, period.id)
    formulation = formulate(apply_request(context, period, request), period)
    _require_competing(formulation, request.pins)
    return formulation


def solve_sprint(
    formulation: Formulation, context: Context, request: Request, on_progress: Callable[[str], None]
) -> PlannedSprint:
    """Solve a sprint and explain the solution, without suggestions for parked tactics."""
    ranked = solve.fill_by_rank(formulation.problem)
    best = take_written(formulation) or _best(formulation.problem, ranked, on_progress)
    over = None if best.interrupted else formulate_over(formulation, best.assignments)
    if over is not None:
        return solve_sprint(over, context, request, on_progress)
    lack = find_lack(formulation.problem, best, ranked)
    if request.policy == "value":
        worked = _planned_sprint(formulation, context, request, best, ranked, _explain_with_tiers)
        return replace(worked, plan=replace(worked.plan, ranked_lack=lack))
    by_rank = ranked if best.interrupted else solve.by_rank(formulation.problem)
    allocation = replace(by_rank, bound=best.bound, must_bound=best.must_bound, should_bound=best.should_bound)
    worked = _planned_sprint(formulation, context, request, allocation, ranked, explain)
    in_best = frozenset(best.placed)
    names = (entry.tactic for entry in formulation.ranked)
    in_order = tuple(name for name in names if name in in_best)
    return replace(worked, plan=replace(worked.plan, best=in_order, ranked_lack=lack))


def fill_sprint(formulation: Formulation, context: Context, request: Request) -> PlannedSprint:
    """Fill a sprint strictly down the ranked list, without search and with a fast explanation of the rest."""
    ranked = solve.fill_by_rank(formulation.problem)
    by_rank = replace(request, policy="rank")
    return _planned_sprint(formulation, context, by_rank, ranked, ranked, explain_in_passing)


def _planned_sprint(
    formulation: Formulation,
    context: Context,
    request: Request,
    allocation: Allocation,
    ranked: Allocation,
    find_reasons: Callable[[SprintProblem, Allocation], dict[str, Reason]],
) -> PlannedSprint:
    _check(formulation.problem, allocation)
    try:
        reasons = find_reasons(formulation.problem, allocation)
    except KeyboardInterrupt:
        allocation = replace(allocation, interrupted=True)
        reasons = explain_in_passing(formulation.problem, allocation)
    plan = assemble(
        formulation, allocation, reasons, policy=request.policy, ranked_value=ranked.value, goal=request.goal
    )
    written = context.plan.sprints.get(formulation.period.id)
    return PlannedSprint(formulation, allocation, replace(plan, moves=moves(plan, written)))


def _explain_with_tiers(problem: SprintProblem, allocation: Allocation) -> dict[str, Reason]:
    """Return why each candidate is parked that the best plan does without, and where its tier is why."""
    return name_tiers(problem, allocation, explain(problem, allocation))


def take_written(formulation: Formulation) -> Allocation | None:
    """Return the written sprint as the best plan; None where it was computed from other data, or was edited since.

    What it may lack is what it says: it was worked out when it was planned, from the same. Rows that were edited by
    hand are as good if they still work out, have all that must be in, and are worth as much tier by tier.
    """
    sprint = formulation.situation.sprint
    stamp = sprint.plan if sprint is not None else None
    if stamp is None or not stamp.fits(formulation.digest, "value"):
        return None
    found = solve.as_written(formulation.problem)
    if found is None or formulate_over(formulation, found.assignments):
        return None
    told = [
        int(worth * THOUSANDTHS) for worth in (stamp.tiers.get("must", 0), stamp.tiers.get("should", 0), stamp.value)
    ]
    if [found.must_value, found.should_value, found.value] != told:
        return None
    if not {one.id for one in formulation.problem.candidates if one.kept} <= set(found.placed):
        return None
    gaps = {tier: int(lack * THOUSANDTHS) for tier, lack in stamp.tier_gap.items()}
    return replace(
        found,
        bound=int(stamp.bound * THOUSANDTHS),
        must_bound=found.must_value + gaps.get("must", 0),
        should_bound=found.should_value + gaps.get("should", 0),
    )


def _best(problem: SprintProblem, ranked: Allocation, on_progress: Callable[[str], None]) -> Allocation:
    """Return the best allocation; if Ctrl-C interrupts before the first, the ranked one, marked as interrupted."""
    try:
        return solve.best(problem, on_progress)
    except KeyboardInterrupt:
        return replace(ranked, interrupted=True)


def _check(problem: SprintProblem, allocation: Allocation) -> None:
    """Raise an error if an allocation violates a constraint, so that no such plan is shown."""
    broken = violations(problem, allocation)
    if broken:
        hint = "this is a fault of revplan's; please report it with the plan"
        raise SolverError(f"the plan that was found breaks a constraint: {broken[0]}", hint=hint)


def write_sprint(loaded: Loaded, context: Context, request: Request, plan: SprintPlan) -> tuple[str, ...]:
    """Save a planned sprint; return the names of the files written, empty if nothing has changed.

    If another program has written to the plan since it was read, the sprint is saved all the same as long as it is
    computed from the same data.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        request: the options that the sprint was planned with.
        plan: the planned sprint.

    Raises:
        UnsoundError: the plan has errors by now in data that planning uses.
        WriteRefusedError: what the sprint is computed from changed meanwhile, or the files cannot be written. Nothing
            was written.
    """

    def compute(now_loaded: Loaded, now: Context) -> tuple[None, tuple[Change, ...]]:
        return None, changes_of_planned(context, now_loaded, now, request, plan)

    return save_computed(loaded, context, compute)[1]


def changes_of_planned(
    context: Context, loaded: Loaded, now: Context, request: Request, plan: SprintPlan
) -> tuple[Change, ...]:
    """Return the changes that write a sprint into the plan of now, which may be newer than that it was planned in.

    Errors are those of `require_same`.
    """
    if now is not context:
        require_same(context, loaded, now, request, plan)
    return changes_of_sprint(now, plan)


def require_same(before: Context, loaded: Loaded, now: Context, request: Request, plan: SprintPlan) -> None:
    """Refuse a planned sprint if the plan of now gives other data to compute it from, or holds another such sprint.

    Raises:
        UnsoundError: the plan has errors in data that planning uses.
        WriteRefusedError: the data or the written sprint are different.
    """
    period = plan.period.id
    written = before.plan.sprints.get(period), now.plan.sprints.get(period)
    if written[0] != written[1] or formulate_sprint(loaded, now, replace(request, sprint=period)).digest != plan.digest:
        raise stale(f"what sprint {period} is planned from")


def changes_of_sprint(context: Context, plan: SprintPlan) -> tuple[Change, ...]:
    """Return the changes that write a planned sprint; none if it is written so already."""
    return tuple(changes(plan, context.plan.sprints.get(plan.period.id)))
