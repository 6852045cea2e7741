"""What stands behind each objective: who has committed to it, how able the company is, and the work that serves it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.backlog import finished_tactics, ready_tactics
from revplan.analysis.periods import fiscal_quarter
from revplan.analysis.progress import progress
from revplan.analysis.sprint_due import due_sprint
from revplan.analysis.strategy import has_ended, running_objectives, uncommitted_functions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.analysis.progress import Progress
    from revplan.model.base import Quarter
    from revplan.model.context import Context
    from revplan.model.strategy import Objective
    from revplan.model.tactics import Tactic


@dataclass(frozen=True, slots=True)
class Work:
    """A part of the ready backlog.

    Attributes:
        tactics: ids, as the backlog orders them.
        minutes: what is left to do in them; of a recurring one, each time.
        cash: what they cost besides, in the plan's currency.
        share: the part of all the backlog's minutes.
    """

    tactics: tuple[str, ...]
    minutes: int
    cash: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Backing:
    """An objective of the quarter, with the three steps of agreeing on it and the work behind it.

    Attributes:
        asked: functions that are to commit to it.
        uncommitted: those that have not.
        done: tactics for it that are finished.
        work: what the ready backlog holds for it.
    """

    id: str
    objective: Objective
    asked: int
    uncommitted: tuple[str, ...]
    done: int
    work: Work

    @property
    def is_shared(self) -> bool:
        """Whether every function has committed to it."""
        return self.asked > 0 and not self.uncommitted

    @property
    def is_evaluated(self) -> bool:
        """Whether process and capability have been judged."""
        own = self.objective.assessment
        return own is not None and own.process is not None and own.capability is not None

    @property
    def is_aligned(self) -> bool:
        """Whether it was evaluated, and a tactic closes the gap that was found, if one was."""
        own = self.objective.assessment
        return self.is_evaluated and own is not None and (own.gap is None or own.action is not None)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The quarter's objectives and the work behind them; the shares of all of it add up to one.

    Attributes:
        later: work for objectives of quarters to come.
        random: work that serves none, or one that is over.
    """

    quarter: Quarter
    objectives: tuple[Backing, ...]
    later: Work
    random: Work


def alignment(context: Context) -> Alignment:
    """Return the objectives of the fiscal quarter under way, and what the ready backlog does for each."""
    plan, running = context.plan, running_objectives(context)
    ready = ready_tactics(plan)
    standing = progress(plan, due_sprint(context).period.id, context.today)
    total = sum(standing[tactic.id].minutes for tactic in ready)
    done = finished_tactics(plan)
    objectives = tuple(
        Backing(
            id=name,
            objective=objective,
            asked=len({*plan.company.functions, *objective.commitments}),
            uncommitted=uncommitted_functions(plan, objective),
            done=sum(plan.tactics[tactic].objective == name for tactic in done),
            work=_work([tactic for tactic in ready if tactic.objective == name], standing, total),
        )
        for name, objective in running.items()
    )
    random = random_acts(context)
    later = [tactic for tactic in ready if tactic.objective not in running and tactic not in random]
    quarter = fiscal_quarter(plan.settings, context.today)
    return Alignment(quarter, objectives, _work(later, standing, total), _work(random, standing, total))


def random_acts(context: Context) -> tuple[Tactic, ...]:
    """Return the ready tactics without an objective, or with one that was settled or whose quarter is over."""
    objectives = context.plan.strategy.objectives
    quarter = fiscal_quarter(context.plan.settings, context.today)
    return tuple(
        tactic
        for tactic in ready_tactics(context.plan)
        if tactic.objective is None
        or (tactic.objective in objectives and has_ended(objectives[tactic.objective], quarter))
    )


def _work(tactics: Sequence[Tactic], standing: Mapping[str, Progress], total: int) -> Work:
    minutes = sum(standing[tactic.id].minutes for tactic in tactics)
    return Work(
        tactics=tuple(tactic.id for tactic in tactics),
        minutes=minutes,
        cash=sum((Fraction(tactic.cost) for tactic in tactics), Fraction(0)),
        share=Fraction(minutes, total) if total else Fraction(0),
    )
