"""Among plans for the same tactics, the better owners: what nobody asks for in value, but everybody in the team.

In this order: the fewest minutes moved away from whom the written sprint gave them to, the least external spend, the
fewest owners in each tactic, the most even load. Steps down from the plan at hand, over shifts and swaps in a fixed
order, in integers; the solver then says whether less could be moved or spent, and its owners are taken if so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.network import HOUR
from revplan.planning.schedule import timetable, unmet
from revplan.planning.solve.between import between, hand_overs
from revplan.planning.solve.board import Plan
from revplan.planning.windows import able

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from revplan.planning.network import Network, Task
    from revplan.planning.schedule import Owners

PASSES = 20
"""How often all pieces are looked at, at most."""

MOVES = 100_000
"""About how many moves are tried in all: large sprints have fewer passes, but one at least."""

SWAPS = 250
"""Pieces up to which swaps are tried: beyond, there are too many pairs."""


class Merit(NamedTuple):
    """What makes owners better, less being better, compared in this order.

    Attributes:
        moved: minutes no longer with whom the written sprint gave them to.
        spend: external spend, in cents an hour times minutes.
        owners: owners in each tactic, summed.
        load: how uneven: squares of the load over the minutes there are, summed.
    """

    moved: int
    spend: int
    owners: int
    load: int


def polished(network: Network, plan: Plan) -> Plan:
    """Return the plan with better owners for its tasks, if any are found; days of hand-over stay."""
    shop = _Shop(network, plan)
    tried = 0
    for _ in range(PASSES):
        moves = (*shop.shifts(), *shop.handed_over(), *shop.swaps())
        tried += len(moves)
        if not sum(shop.improve(move) for move in moves) or tried > MOVES:
            break
    found = shop.owners()
    table = timetable(network, found, shop.windows)
    return plan if table.late else Plan(found, table.days)


def merit(network: Network, plan: Plan) -> Merit:
    """Return how good the plan's owners are."""
    shop = _Shop(network, plan)
    return shop.merit()


def minutes_moved(network: Network, owners: Owners) -> int:
    """Return the minutes of these tasks that are no longer with whom the written sprint gave them to."""
    return sum(_moved(network, network.tasks[number], parts) for number, parts in owners.items())


def _moved(network: Network, task: Task, parts: Iterable[tuple[int, int]]) -> int:
    given: dict[str, int] = {}
    for worker, minutes in parts:
        member = network.workers[worker].id
        given[member] = given.get(member, 0) + minutes
    return sum(max(0, minutes - given.get(member, 0)) for member, minutes in task.job.written)


class _Shop:
    """The pieces of a plan and who has them."""

    def __init__(self, network: Network, plan: Plan) -> None:
        self.network = network
        self.windows = between(network, plan, hand_overs(network, plan))
        self.parts = [(number, minutes) for number in sorted(plan.owners) for _, minutes in plan.owners[number]]
        self.owner = [worker for number in sorted(plan.owners) for worker, _ in plan.owners[number]]
        self.work: list[set[int]] = [set() for _ in network.workers]
        self.loads = [0] * len(network.workers)
        for part, worker in enumerate(self.owner):
            self.work[worker].add(part)
            self.loads[worker] += self.parts[part][1]
        self.able = [able(network, network.tasks[number], self.windows[number]) for number, _ in self.parts]
        self.mates: dict[int, list[int]] = {}
        for part, (number, _) in enumerate(self.parts):
            self.mates.setdefault(network.tasks[number].tactic, []).append(part)

    def shifts(self) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield each part with each other member who may have it."""
        for part, workers in enumerate(self.able):
            for worker in workers:
                yield ((part, worker),)

    def handed_over(self) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield all that a member has of a tactic with each other member."""
        for parts in self.mates.values():
            for owner in sorted({self.owner[part] for part in parts}):
                own = [part for part in parts if self.owner[part] == owner]
                for worker in self.able[own[0]] if len(own) > 1 else ():
                    if all(worker in self.able[part] for part in own):
                        yield tuple((part, worker) for part in own)

    def swaps(self) -> Iterator[tuple[tuple[int, int], ...]]:
        """Yield pairs of parts; who has them is looked up when it comes to it."""
        if len(self.parts) <= SWAPS:
            for one in range(len(self.parts)):
                for other in range(one):
                    yield ((one, -1 - other), (other, -1 - one))

    def improve(self, move: tuple[tuple[int, int], ...]) -> bool:
        """Make the move if it is possible and better; tell whether it was made."""
        targets = [(part, worker if worker >= 0 else self.owner[-1 - worker]) for part, worker in move]
        if all(self.owner[part] == worker for part, worker in targets):
            return False
        if any(worker not in self.able[part] for part, worker in targets):
            return False
        touched = sorted({self.owner[part] for part, _ in targets} | {worker for _, worker in targets})
        back = [(part, self.owner[part]) for part, _ in targets]
        before = self._merit_of(touched, back)
        self._apply(targets)
        is_within = all(self.loads[worker] <= self.network.calendars[worker].total[-1] for worker in touched)
        if is_within and self._merit_of(touched, back) < before and all(self._fits(worker) for worker in touched):
            return True
        self._apply(back)
        return False

    def _apply(self, targets: list[tuple[int, int]]) -> None:
        for part, worker in targets:
            self.work[self.owner[part]].discard(part)
            self.loads[self.owner[part]] -= self.parts[part][1]
            self.work[worker].add(part)
            self.loads[worker] += self.parts[part][1]
            self.owner[part] = worker

    def _fits(self, worker: int) -> bool:
        work = []
        for part in self.work[worker]:
            number, minutes = self.parts[part]
            release, deadline = self.windows[number]
            work.append((deadline, release, minutes))
        return unmet(self.network.workers[worker].minutes, sorted(work)) == 0

    def _merit_of(self, workers: list[int], parts: list[tuple[int, int]]) -> Merit:
        """Return the share of the merit that depends on these workers and the tactics and tasks of these parts."""
        tactics = sorted({self.network.tasks[self.parts[part][0]].tactic for part, _ in parts})
        tasks = sorted({self.parts[part][0] for part, _ in parts})
        return Merit(
            moved=sum(self._moved(number) for number in tasks),
            spend=sum(self.parts[part][1] * self.network.workers[self.owner[part]].rate for part, _ in parts),
            owners=sum(len({self.owner[part] for part in self.mates[tactic]}) for tactic in tactics),
            load=sum(self._load(worker) for worker in workers),
        )

    def merit(self) -> Merit:
        """Return the merit of all the owners."""
        return self._merit_of(
            list(range(len(self.network.workers))), [(part, worker) for part, worker in enumerate(self.owner)]
        )

    def _moved(self, number: int) -> int:
        task = self.network.tasks[number]
        if not task.job.written:
            return 0
        parts = (part for part in self.mates[task.tactic] if self.parts[part][0] == number)
        return _moved(self.network, task, ((self.owner[part], self.parts[part][1]) for part in parts))

    def _load(self, worker: int) -> int:
        load = self.loads[worker]
        return load * load * HOUR // max(1, self.network.calendars[worker].total[-1])

    def owners(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Return the owners as they now are."""
        minutes: dict[int, dict[int, int]] = {}
        for (number, part), worker in zip(self.parts, self.owner, strict=True):
            of_task = minutes.setdefault(number, {})
            of_task[worker] = of_task.get(worker, 0) + part
        return {number: tuple(sorted(of_task.items())) for number, of_task in minutes.items()}
