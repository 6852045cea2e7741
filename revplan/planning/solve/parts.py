"""Large sprints: a good plan made better part by part, each part a small sprint of its own.

A part is a handful of members who compete for the same work: their tactics are taken off, and what they could place
instead is solved as a sprint with the days, the cash and the shares that the rest of the plan leaves them. The rest
stays as it is, so a part that is worth more makes the whole worth more. (Large-neighbourhood search, Shaw 1998, with
an exact search inside.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.planning.network import Network, network
from revplan.planning.problem import Candidate, Share, SprintProblem
from revplan.planning.solve.board import Board, Plan, by_density
from revplan.planning.solve.exact import Effort, Exact
from revplan.planning.solve.polish import minutes_moved
from revplan.planning.solve.result import selection
from revplan.planning.solve.settle import selected_windows
from revplan.planning.solve.undisturbed import least_moved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from revplan.planning.solve.board import Worth

MEMBERS = 4
"""Members in a part."""

PAIRS = 400
"""Pairs of a task and a member in a part: beyond, parked tactics of least value for work are left out."""

ROUNDS = 3
"""How often, on average, each member is in a part where the team is small enough."""

PARTS = 24
"""Most parts that are solved."""

EFFORT = Effort(rounds=1, nodes=50, days=0)
"""How far to go for each part."""


@dataclass(frozen=True, slots=True)
class Part:
    """A small sprint within the large one.

    Attributes:
        sprint: its network.
        tasks: the number in the large network of each of its tasks.
        workers: the number in the large network of each of its workers.
        tactics: positions, in the large network, of the placed tactics that it may replace.
    """

    sprint: Network
    tasks: tuple[int, ...]
    workers: tuple[int, ...]
    tactics: frozenset[int]


def improved(board: Board, tell: Callable[[str], None]) -> tuple[Board, bool]:
    """Return the board after solving one part after another, never worse, and whether the user stopped it."""
    whole = board.network
    links = _links(whole)
    count = min(PARTS, ROUNDS * len(whole.workers) // MEMBERS + 1) if whole.workers else 0
    visits = [0] * len(whole.workers)
    for number in range(count):
        tell(f"improving the plan, part {number + 1} of {count}")
        seed = min(range(len(visits)), key=lambda worker: (visits[worker], worker))
        members = _members(links, visits, seed)
        for worker in members:
            visits[worker] += 1
        try:
            board = max(_solved(board, members), board, key=_rank)
        except KeyboardInterrupt:
            return board, True
    return board, False


def _rank(board: Board) -> tuple[Worth, int]:
    """Return what makes a board better: what it is worth, and then how little it moves of the written sprint."""
    return board.worth, -minutes_moved(board.network, board.owners)


def _solved(board: Board, members: Sequence[int]) -> Board:
    """Return the board with the best plan that is found for a part."""
    part = _part(board, members)
    now = Board.of(part.sprint, _narrow(part, board.plan))
    search = Exact(part.sprint, now, _silent, EFFORT)
    search.find_best()
    found = _undisturbed(part.sprint, search.plan) if search.worth > now.worth else search.plan
    wide = _widened(part, found)
    rest = board.without_these(part.tactics).plan
    plan = Plan({**rest.owners, **wide.owners}, {**rest.days, **wide.days})
    return Board.of(board.network, plan)


def _undisturbed(sprint: Network, plan: Plan) -> Plan:
    """Return a plan for the same tactics that moves as little as can be of what is written."""
    windows = selected_windows(sprint, selection(sprint, plan))
    return least_moved(sprint, plan, windows) if windows and minutes_moved(sprint, plan.owners) else plan


def _silent(_step: str) -> None:
    """Tell nobody."""


def _links(whole: Network) -> list[list[int]]:
    """Return how closely each two workers are linked: by tactics that both could work on, the narrower the closer."""
    links = [[0] * len(whole.workers) for _ in whole.workers]
    for numbers in whole.of:
        able = sorted({worker for number in numbers for worker in whole.tasks[number].workers})
        weight = 10_000 // max(1, len(able)) ** 2
        for one in able:
            for other in able:
                links[one][other] += weight
    return links


def _members(links: list[list[int]], visits: list[int], seed: int) -> tuple[int, ...]:
    """Return the workers most closely linked to the seed and to each other, rather those seldom visited."""
    chosen = [seed]
    ties = list(links[seed])
    while len(chosen) < min(MEMBERS, len(links)):
        others = (worker for worker in range(len(links)) if worker not in chosen)
        nearest = min(others, key=lambda worker: (-ties[worker] // (1 + visits[worker]), worker))
        chosen.append(nearest)
        ties = [tie + more for tie, more in zip(ties, links[nearest], strict=True)]
    return tuple(sorted(chosen))


def _part(board: Board, members: Sequence[int]) -> Part:
    """Cut these members' part out of the board's problem."""
    whole = board.network
    loose = _loose(board, members)
    rest = board.without_these(loose)
    owners = {worker for tactic in loose for number in whole.of[tactic] for worker, _ in board.owners[number]}
    team = tuple(sorted(owners.union(members)))
    parked = _parked(board, rest, team, loose)
    chosen = sorted(loose | parked)
    candidates = tuple(_within(rest, tactic, chosen) for tactic in chosen)
    problem = whole.problem
    left = rest.left
    lines = tuple((line, amount or 0) for (line, _), amount in zip(problem.lines, left[1:], strict=False))
    shares = tuple(
        Share(share.of, share.candidates, amount or 0)
        for share, amount in zip(problem.shares, left[1 + len(lines) :], strict=True)
    )
    workers = tuple(replace(whole.workers[worker], minutes=rest.free(worker)) for worker in team)
    sprint = SprintProblem(problem.id, problem.days, workers, candidates, left[0], lines, shares)
    tasks = tuple(number for tactic in chosen for number in whole.of[tactic])
    return Part(network(sprint), tasks, team, frozenset(loose))


def _loose(board: Board, members: Sequence[int]) -> set[int]:
    """Return the placed tactics that these members work on and that are not tied to others by what they require."""
    whole = board.network
    loose = {tactic for worker in members for tactic in board.tactics_of(worker)}
    while True:
        fixed = board.placed - loose
        tied = {required for tactic in fixed for required in whole.requires[tactic]}
        tied |= {tactic for tactic in loose if not fixed.isdisjoint(whole.requires[tactic])}
        if loose.isdisjoint(tied):
            return loose
        loose -= tied


def _parked(board: Board, rest: Board, members: Sequence[int], loose: set[int]) -> set[int]:
    """Return parked tactics that these members could place, the most value for work first, up to a number."""
    whole = board.network
    team = set(members)
    pairs = sum(len(team.intersection(whole.tasks[number].workers)) for tactic in loose for number in whole.of[tactic])
    parked: set[int] = set()
    for tactic in by_density(whole, ()):
        if any(board.windows[number] is None for number in whole.of[tactic]):
            continue
        able = [team.intersection(whole.tasks[number].workers) for number in whole.of[tactic]]
        known = rest.placed | loose | parked
        if tactic in known or not all(able) or not known.issuperset(whole.requires[tactic]):
            continue
        if rest.allows(tactic) and pairs < PAIRS:
            pairs += sum(len(workers) for workers in able)
            parked.add(tactic)
    return parked


def _within(rest: Board, tactic: int, chosen: Sequence[int]) -> Candidate:
    """Return the candidate as it stands in the part: what it requires of the rest is a release."""
    whole = rest.network
    candidate = whole.candidates[tactic]
    inside = {whole.candidates[other].id for other in chosen}
    outside = [other for other in whole.requires[tactic] if whole.candidates[other].id not in inside]
    release = max([candidate.release, *(rest.due(number) for other in outside for number in whole.of[other])])
    requires = tuple(required for required in candidate.requires if required in inside)
    excludes = tuple(other for other in candidate.excludes if other in inside)
    return replace(candidate, release=release, requires=requires, excludes=excludes)


def _narrow(part: Part, plan: Plan) -> Plan:
    """Return what the plan says of the part, in the part's numbers."""
    worker_of = {whole: own for own, whole in enumerate(part.workers)}
    owners = {
        own: tuple((worker_of[worker], minutes) for worker, minutes in plan.owners[number])
        for own, number in enumerate(part.tasks)
        if number in plan.owners
    }
    days = {
        (own, worker): plan.days[part.tasks[own], part.workers[worker]]
        for own, parts in owners.items()
        for worker, _ in parts
    }
    return Plan(owners, days)


def _widened(part: Part, plan: Plan) -> Plan:
    """Return a plan of the part in the numbers of the whole."""
    owners = {
        part.tasks[own]: tuple((part.workers[worker], minutes) for worker, minutes in parts)
        for own, parts in plan.owners.items()
    }
    days = {(part.tasks[own], part.workers[worker]): days for (own, worker), days in plan.days.items()}
    return Plan(owners, days)
