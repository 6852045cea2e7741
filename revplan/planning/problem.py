"""A sprint as the solver sees it: whole minutes, whole cents, day numbers, and no names of files.

Days are counted from the sprint's first calendar day (0). A day nobody works has no minutes, so weekends and
holidays need no special case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - part of the public signature, read by dataclass tools
from typing import TYPE_CHECKING

from revplan.model.waits import Wait  # noqa: TC001 - likewise

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGINE = "2.11"
"""The planning engine's version: changes whenever the same problem may get another answer."""
TIERS = ("must", "should", "nice")
"""Tiers of value, the most needed first: in this order a sprint is filled."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A member's hours in the sprint.

    Attributes:
        id: the member.
        skills: (skill, level) pairs, level 1 to 4, sorted by skill.
        minutes: plannable minutes per day of the sprint, recurring work already taken off.
        rate: external spend in cents an hour; 0 for employees and for retainers, whose cost is sunk.
        function: marketing, sales or service; a tactic's work is best done by people of its own.
    """

    id: str
    skills: tuple[tuple[str, int], ...]
    minutes: tuple[int, ...]
    rate: int = 0
    function: str = ""

    def has(self, skill: str, level: int) -> bool:
        """Tell whether the worker has the skill at this level or above."""
        return any(name == skill and own >= level for name, own in self.skills)


@dataclass(frozen=True, slots=True)
class Job:
    """A task to be placed, or one person's part of one that several do at once: what is left of it.

    Attributes:
        id: the task's id within its tactic; of one person's part, that and a number.
        minutes: work to do, 1 or more.
        level: least skill level.
        owner: the member the plan pins it to, or the one who has started it; None where anyone may take it.
            A pinned owner is one of the problem's workers and has the skill and level.
        split: whether several may share it, an hour at least each (or all of it, where it is shorter).
        after: ids of tasks of the same tactic that must be complete first.
        written: (member, minutes) as the written sprint has it; a replan disturbs these least.
        span: first and last day as the written sprint has them; a replan keeps them where it can.
        release: first day on which it may start, if its tactic's is not later.
        deadline: last day on which it may end, if its tactic's is not sooner; None where it has none of its own.
        waits: (task of the same tactic, how long this one waits once that is complete), sorted; a task that follows no
            other waits so after what its tactic requires, which has no name here: "".
        of: the task that several people do at once, of which this is one person's part; no member has two parts of
            it. None where the job is a whole task.
    """

    id: str
    skill: str
    minutes: int
    level: int = 2
    owner: str | None = None
    split: bool = False
    after: tuple[str, ...] = ()
    written: tuple[tuple[str, int], ...] = ()
    span: tuple[int, int] | None = None
    release: int = 0
    deadline: int | None = None
    waits: tuple[tuple[str, Wait], ...] = ()
    of: str | None = None

    @property
    def task(self) -> str:
        """The id of its task."""
        return self.id if self.of is None else self.of


def is_at_once(parts: Iterable[Job]) -> bool:
    """Tell whether people do the parts of a task at once: as much is left of each; it is not where one began alone."""
    return len({part.minutes for part in parts}) == 1


PART = "/"
"""Stands between the id of a task and the number of one person's part of it; no id of a task holds it."""


def task_of(job: str) -> str:
    """Return the id of a job's task."""
    return job.partition(PART)[0]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tactic that may be placed, whole or not at all.

    Attributes:
        id: the tactic.
        tier: must, should or nice.
        value: what placing it is worth, in thousandths of a score point, 0 or more.
        rank: its place in the ranked backlog, 1 the best; no two alike.
        jobs: its tasks, one or more, sorted by id; no cycle in `after`.
        requires: other candidates that must be placed too, and be complete before its first task starts.
        excludes: other candidates that may not be placed beside it; symmetric.
        release: first day on which it may start.
        deadline: last day on which it may end; the sprint's last day where it has none.
        cost: cash of the sprint, in cents.
        line: the budget line that pays, if any.
        later: (budget line, or line and month, cents) of what it will cost after the sprint, by instalments.
        kept: it must be placed: work on it has started, the user pinned it, or the sprint before hands it on first.
        function: marketing, sales or service.
    """

    id: str
    tier: str
    value: int
    rank: int
    jobs: tuple[Job, ...]
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    release: int = 0
    deadline: int = 0
    cost: int = 0
    line: str | None = None
    later: tuple[tuple[str, int], ...] = ()
    kept: bool = False
    function: str = ""

    @property
    def minutes(self) -> int:
        """Work in the whole tactic, in minutes."""
        return sum(job.minutes for job in self.jobs)

    @property
    def purses(self) -> frozenset[str]:
        """The budget lines that it takes money of, and those of later months as `line month`."""
        return frozenset(purse for purse, _ in self.later) | ({self.line} if self.line is not None else frozenset())

    def takes(self, purse: str) -> int:
        """Return the cents that it takes of a budget line, or of a line's later month."""
        return self.cost * (purse == self.line) + sum(cents for name, cents in self.later if name == purse)


@dataclass(frozen=True, slots=True)
class Share:
    """A cap on the minutes that some candidates take together.

    `most` for a group caps the group; `least` for a group caps all the others at what it leaves, which can
    never make the problem infeasible.

    Attributes:
        of: the share in words for messages, such as "marketing at most 50%".
        candidates: ids the cap counts, sorted.
        limit: minutes.
        worked: minutes that the group has had of the sprint already, and all of them: the limit is what these leave.
    """

    of: str
    candidates: tuple[str, ...]
    limit: int
    worked: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class SprintProblem:
    """Everything the choice depends on, in canonical order (all tuples sorted by id).

    Attributes:
        id: the sprint.
        days: its calendar days, in order.
        workers: members with their hours.
        candidates: tactics that compete.
        budget: cash the sprint may commit, in cents; None where there is no limit.
        lines: (budget line, cents left on it) for the lines that candidates name, and (line and month, cents) for the
            months in which their later instalments fall.
        shares: caps on groups of candidates.
        workdays: numbers of the days on which the company works, in order; left out where no job waits for workdays.
        end: number of the sprint's own last day, where tactics that run over it have days after it; else None.
    """

    id: str
    days: tuple[date, ...]
    workers: tuple[Worker, ...]
    candidates: tuple[Candidate, ...]
    budget: int | None = None
    lines: tuple[tuple[str, int], ...] = ()
    shares: tuple[Share, ...] = ()
    workdays: tuple[int, ...] = ()
    end: int | None = None

    def last_day(self, candidate: Candidate) -> int:
        """Return the last day that a candidate could have without any deadline: the sprint's, or the next one's."""
        last = len(self.days) - 1
        return last if self.end is None or candidate.deadline > self.end else self.end

    def worker(self, member: str) -> Worker:
        """Return the worker with this id.

        Raises:
            KeyError: there is none.
        """
        for worker in self.workers:
            if worker.id == member:
                return worker
        raise KeyError(member)

    def candidate(self, tactic: str) -> Candidate:
        """Return the candidate with this id.

        Raises:
            KeyError: there is none.
        """
        for candidate in self.candidates:
            if candidate.id == tactic:
                return candidate
        raise KeyError(tactic)


@dataclass(frozen=True, slots=True)
class TaskAssignment:
    """One owner's part of one placed task (a split task has one for each owner).

    Attributes:
        minutes: this owner's part of the task.
        days: (day number, minutes) for the days worked, in order; the first is the start, the last is due.
    """

    tactic: str
    task: str
    worker: str
    minutes: int
    days: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Day number of the first day worked."""
        return self.days[0][0]

    @property
    def due(self) -> int:
        """Day number of the last day worked."""
        return self.days[-1][0]


@dataclass(frozen=True, slots=True)
class Allocation:
    """What was chosen, who does it and when.

    Attributes:
        assignments: sorted by tactic, task, worker.
        value: total value of the placed candidates, in thousandths.
        must_value: the part of it that `must` candidates bring.
        bound: no plan that is as good in every tier down to the first open one has more total value than this.
        must_bound: no plan has more `must` value than this.
        method: how it was reached: "exact", "neighbourhood" or "ranked".
        interrupted: the search was stopped by the user or by the clock, so it may differ next time.
        should_value: the part of the value that `should` candidates bring.
        should_bound: no plan that places as much `must` value has more `should` value than this.
    """

    assignments: tuple[TaskAssignment, ...]
    value: int
    must_value: int
    bound: int
    must_bound: int
    method: str
    interrupted: bool = False
    should_value: int = 0
    should_bound: int = 0

    @property
    def proven(self) -> bool:
        """Whether no plan can be worth more."""
        reached = self.must_value, self.should_value, self.value
        return all(
            own >= most for own, most in zip(reached, (self.must_bound, self.should_bound, self.bound), strict=True)
        )

    @property
    def placed(self) -> tuple[str, ...]:
        """Ids of the placed tactics, sorted."""
        return tuple(sorted({assignment.tactic for assignment in self.assignments}))
