"""Improve: large-neighbourhood search on a plan (Shaw 1998), and the search for sprints too large to be solved whole.

A neighbourhood is a part of the sprint: a handful of members who compete for the same work. Their tactics are taken
off, and what they could place instead is solved as a sprint of its own, with the days, the cash and the shares that the
rest of the plan leaves them. Another neighbourhood keeps the days of hand-over and lets everything else be chosen anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.planning.effort import EFFORT
from revplan.planning.instance import build_instance as numbered
from revplan.planning.problem import Share, SprintProblem
from revplan.planning.solve.choose import Rounds
from revplan.planning.solve.construct import Builder, by_density, without
from revplan.planning.solve.ejection import has_cash
from revplan.planning.solve.formulations import most_valuable
from revplan.planning.solve.formulations.selection import SelectionModel
from revplan.planning.solve.handover import Spreader, earliest, halfway, latest, plan_windows
from revplan.planning.solve.reduce import reduce
from revplan.planning.solve.schedule import Solution, selection_of, solution_worth
from revplan.planning.timetable import timetable
from revplan.planning.windows import windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from revplan.planning.instance import Instance, NumberedTask
    from revplan.planning.problem import Candidate, Job
    from revplan.planning.solve.handover import Choice
    from revplan.planning.windows import Window

    OnProgress = Callable[[str], None]

HANDOVERS = (halfway, latest, earliest)
"""Which of the days between two tasks the one hands over to the other on, in turn."""


def improve(instance: Instance, plan: Solution, on_progress: OnProgress) -> tuple[Solution, bool]:
    """Return a plan never worth less, and whether the user stopped it."""
    try:
        plan = improve_at_fixed_handovers(instance, plan, on_progress)
    except KeyboardInterrupt:
        return plan, True
    return search_parts(instance, plan, on_progress)


# --- days of hand-over stay ------------------------------------------------------------------------------------------


def improve_at_fixed_handovers(instance: Instance, plan: Solution, on_progress: OnProgress) -> Solution:
    """Return a plan made better while its days of hand-over stay: for given days the selection model is exact."""
    spreader = Spreader(instance, windows(instance))
    in_vain = 0
    for step in range(EFFORT.dated_steps):
        if in_vain == len(HANDOVERS):
            break
        on_progress(f"planning on the days at hand, step {step + 1}")
        found = _plan_on_days(instance, plan, spreader, HANDOVERS[step % len(HANDOVERS)])
        is_better = found is not None and solution_worth(instance, found) > solution_worth(instance, plan)
        in_vain = 0 if is_better else in_vain + 1
        plan = found if found is not None and is_better else plan
    return plan


def _plan_on_days(instance: Instance, plan: Solution, spreader: Spreader, choice: Choice) -> Solution | None:
    days = _all_days(instance, plan, spreader, choice)
    model = SelectionModel(reduce(instance, days), has_owners=True, to_the_day=True)
    is_large = sum(len(factors) for factors, _, _ in model.model.rows) > EFFORT.dated_entries
    found = None if is_large else most_valuable(model, model.values(plan.owners), EFFORT.dated_nodes)
    if found is None:
        return None
    owners = model.owners(found.values, found.selection)
    own = {number: window for number in owners if (window := days[number]) is not None}
    table = timetable(instance, owners, own)
    return None if table.late else Solution(owners, table.days)


def _all_days(instance: Instance, plan: Solution, spreader: Spreader, choice: Choice) -> list[Window | None]:
    """Return windows that meet on days of hand-over: the plan's own, and for the rest some that leave those alone."""
    found = plan_windows(instance, plan, choice)
    known = set(selection_of(instance, plan))
    for tactic in range(len(instance.of)):
        for needed in instance.with_requirements(tactic):
            if needed not in known and known.issuperset(instance.requires[needed]):
                own = spreader.windows(instance.of[needed], found, {})
                if own is not None:
                    found.update(own)
                    known.add(needed)
    return [found.get(task.number) for task in instance.tasks]


# --- part by part ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A small sprint within the large one.

    Attributes:
        sprint: its instance.
        tasks: the number in the large instance of each of its tasks.
        workers: the number in the large instance of each of its workers.
        rest: the plan without what the part may replace.
        builder: a schedule of the rest.
    """

    sprint: Instance
    tasks: tuple[int, ...]
    workers: tuple[int, ...]
    rest: Solution
    builder: Builder

    def narrow(self, plan: Solution) -> Solution:
        """Return what a plan says of the part, in the part's numbers."""
        worker_of = {whole: own for own, whole in enumerate(self.workers)}
        owners = {
            own: tuple((worker_of[worker], minutes) for worker, minutes in plan.owners[number])
            for own, number in enumerate(self.tasks)
            if number in plan.owners
        }
        days = {
            (own, worker): plan.days[self.tasks[own], self.workers[worker]]
            for own, parts in owners.items()
            for worker, _ in parts
        }
        return Solution(owners, days)

    def widen(self, plan: Solution) -> Solution | None:
        """Return the rest with a plan of the part; None where a constraint does not let them stand together."""
        owners = {
            self.tasks[own]: tuple((self.workers[worker], minutes) for worker, minutes in parts)
            for own, parts in plan.owners.items()
        }
        days = {(self.tasks[own], self.workers[worker]): days for (own, worker), days in plan.days.items()}
        whole = Solution({**self.rest.owners, **owners}, {**self.rest.days, **days})
        instance, schedule = self.builder.instance, self.builder.schedule
        chosen = {instance.tasks[number].tactic for number in owners}
        for tactic in (one for first in sorted(chosen) for one in instance.with_requirements(first) if one in chosen):
            if tactic not in schedule.placed:
                if not schedule.allows(tactic):
                    return None
                schedule.enter(tactic, plan_windows(instance, whole))
        return whole


def search_parts(instance: Instance, plan: Solution, on_progress: OnProgress) -> tuple[Solution, bool]:
    """Return the plan after solving one part after another, never worse, and whether the user stopped it."""
    links = _links(instance)
    members = len(instance.workers)
    count = min(EFFORT.parts, EFFORT.part_rounds * members // EFFORT.part_members + 1) if members else 0
    visits = [0] * members
    for number in range(count):
        on_progress(f"improving the plan, part {number + 1} of {count}")
        seed = min(range(members), key=lambda worker: (visits[worker], worker))
        team = _team(links, visits, seed)
        for worker in team:
            visits[worker] += 1
        try:
            found = _solve_part(instance, plan, team)
        except KeyboardInterrupt:
            return plan, True
        if found is not None and solution_worth(instance, found) > solution_worth(instance, plan):
            plan = found
    return plan, False


def _solve_part(instance: Instance, plan: Solution, members: Sequence[int]) -> Solution | None:
    """Return the plan with the best that is found for a part."""
    part = _part(instance, plan, members)
    now = part.narrow(plan)
    effort = replace(EFFORT, rounds=1, nodes=EFFORT.part_nodes, day_nodes=0, timed_pairs=EFFORT.part_pairs)
    search = Rounds(part.sprint, now, lambda _step: None, effort)
    search.find_best()
    return part.widen(search.plan) if search.worth > solution_worth(part.sprint, now) else None


def _links(instance: Instance) -> list[list[int]]:
    """Return how closely each two workers are linked: by tactics that both could work on, the narrower the closer."""
    links = [[0] * len(instance.workers) for _ in instance.workers]
    for numbers in instance.of:
        able = sorted({worker for number in numbers for worker in instance.tasks[number].workers})
        weight = 10_000 // max(1, len(able)) ** 2
        for one in able:
            for other in able:
                links[one][other] += weight
    return links


def _team(links: list[list[int]], visits: list[int], seed: int) -> tuple[int, ...]:
    """Return the workers most closely linked to the seed and to each other, rather those seldom visited."""
    chosen = [seed]
    ties = list(links[seed])
    while len(chosen) < min(EFFORT.part_members, len(links)):
        others = (worker for worker in range(len(links)) if worker not in chosen)
        nearest = min(others, key=lambda worker: (-ties[worker] // (1 + visits[worker]), worker))
        chosen.append(nearest)
        ties = [tie + more for tie, more in zip(ties, links[nearest], strict=True)]
    return tuple(sorted(chosen))


def _part(instance: Instance, plan: Solution, members: Sequence[int]) -> Neighbourhood:
    """Cut these members' part out of a plan."""
    loose = _few(instance, plan, _loose(instance, plan, members))
    rest = without(instance, plan, loose)
    owners = {worker for tactic in loose for number in instance.of[tactic] for worker, _ in plan.owners[number]}
    team = tuple(sorted(owners.union(members)))
    builder = Builder.of(instance, rest)
    chosen = sorted(loose | _parked_tactics(builder, team, loose))
    candidates = tuple(_within(instance, rest, tactic, chosen) for tactic in chosen)
    free = {worker: list(instance.workers[worker].minutes) for worker in team}
    for (_, worker), days in rest.days.items():
        for day, minutes in days if worker in free else ():
            free[worker][day] -= minutes
    workers = tuple(replace(instance.workers[worker], minutes=tuple(free[worker])) for worker in team)
    schedule, problem = builder.schedule, instance.problem
    sprint = SprintProblem(
        problem.id,
        problem.days,
        workers,
        candidates,
        None if problem.budget is None else problem.budget - schedule.cash(),
        tuple((line, left - schedule.cash(line)) for line, left in problem.lines),
        tuple(
            Share(share.of, share.candidates, share.limit - schedule.share_minutes(place))
            for place, share in enumerate(problem.shares)
        ),
        workdays=problem.workdays,
    )
    tasks = tuple(number for tactic in chosen for number in instance.of[tactic])
    return Neighbourhood(numbered(sprint), tasks, team, rest, builder)


def _loose(instance: Instance, plan: Solution, members: Iterable[int]) -> set[int]:
    """Return the placed tactics that these members work on and that are not tied to others by what they require."""
    placed = set(selection_of(instance, plan))
    team = set(members)
    return _leave_tied(
        instance, placed, {instance.tasks[number].tactic for number, worker in plan.days if worker in team}
    )


def _leave_tied(instance: Instance, placed: set[int], loose: set[int]) -> set[int]:
    """Return the loose tactics that are not tied to other placed ones by what they require."""
    while True:
        fixed = placed - loose
        tied = {required for tactic in fixed for required in instance.requires[tactic]}
        tied |= {tactic for tactic in loose if not fixed.isdisjoint(instance.requires[tactic])}
        if loose.isdisjoint(tied):
            return loose
        loose -= tied


def _few(instance: Instance, plan: Solution, loose: set[int]) -> set[int]:
    """Return so many of the loose tactics that the part stays small, those of least value for work."""
    kept = [tactic for tactic in by_density(instance) if tactic in loose]
    while sum(len(instance.tasks[one].workers) for tactic in kept for one in instance.of[tactic]) > EFFORT.most_pairs:
        kept = kept[1 + len(kept) // 8 :]
    return _leave_tied(instance, set(selection_of(instance, plan)), set(kept))


def _parked_tactics(builder: Builder, members: Sequence[int], loose: set[int]) -> set[int]:
    """Return parked tactics that these members could place, the most value for work first, up to a number."""
    instance, schedule = builder.instance, builder.schedule
    team = set(members)
    pairs = sum(len(team.intersection(instance.tasks[one].workers)) for tactic in loose for one in instance.of[tactic])
    parked: set[int] = set()
    for tactic in by_density(instance):
        if pairs >= EFFORT.part_pairs:
            break
        known = schedule.placed | loose | parked
        able = [team.intersection(instance.tasks[number].workers) for number in instance.of[tactic]]
        has_days = all(builder.widest[number] for number in instance.of[tactic])
        if tactic in known or not has_days or not all(able) or not known.issuperset(instance.requires[tactic]):
            continue
        if has_cash(builder, tactic):
            pairs += sum(len(workers) for workers in able)
            parked.add(tactic)
    return parked


def _within(instance: Instance, rest: Solution, tactic: int, chosen: Sequence[int]) -> Candidate:
    """Return the candidate as it stands in the part: what it requires of the rest is a release."""
    candidate = instance.candidates[tactic]
    inside = {instance.candidates[other].id for other in chosen}
    outside = [other for other in instance.requires[tactic] if instance.candidates[other].id not in inside]
    release = max([candidate.release, *(rest.due(number) for other in outside for number in instance.of[other])])
    requires = tuple(required for required in candidate.requires if required in inside)
    excludes = tuple(other for other in candidate.excludes if other in inside)
    jobs = tuple(_after_waits(instance, rest, instance.tasks[number]) for number in instance.of[tactic])
    return replace(candidate, release=release, requires=requires, excludes=excludes, jobs=jobs)


def _after_waits(instance: Instance, rest: Solution, task: NumberedTask) -> Job:
    """Return a job that has waited for what its tactic requires of the rest."""
    others = (first for first in task.before if (first, task.number) in instance.lags and first in rest.owners)
    outside = [first for first in others if instance.tasks[first].tactic != task.tactic]
    begins = (instance.opens(first, task.number, rest.due(first)) for first in outside)
    return replace(task.job, release=max([task.job.release, *begins])) if outside else task.job
