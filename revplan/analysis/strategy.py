"""The strategy: what it lacks, which objectives run, what stands behind each, and what competitors claim too."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import fiscal_quarter
from revplan.analysis.progress import finished_tactics, progress, ready_tactics
from revplan.analysis.sprint_due import due_sprint
from revplan.model.strategy import Strategy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from revplan.analysis.progress import Progress
    from revplan.model.base import Quarter
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.strategy import Objective
    from revplan.model.tactics import Tactic

SECTIONS: Mapping[str, str] = {
    "vision": "vision",
    "big_story": "Big Story",
    "value_proposition": "value proposition",
    "differentiators": "differentiators",
    "ideal_customer": "ideal customer",
    "competitors": "competitors",
    "objectives": "objectives",
}
"""The seven sections a revenue strategy needs, by key, in words.

They answer in order: where to, with what story, what for, why us, for whom, against whom, and what next. Segments and
personas refine the ideal customer, swot and inputs are raw material of the quarterly session.
"""


def has_begun(plan: Plan) -> bool:
    """Tell whether anything of a strategy is written."""
    return plan.strategy != Strategy()


def missing_sections(plan: Plan) -> tuple[str, ...]:
    """Return the keys of the sections that are not written, in the order of SECTIONS."""
    return tuple(key for key in SECTIONS if not getattr(plan.strategy, key))


# --- objectives --------------------------------------------------------------------------------------------------


def has_ended(objective: Objective, quarter: Quarter) -> bool:
    """Tell whether an objective ended before a quarter, or was settled early."""
    return objective.status != "open" or (objective.quarter is not None and objective.quarter < quarter)


def served_objective(plan: Plan, tactic: Tactic, today: date) -> Objective | None:
    """Return the objective a tactic serves; None where it names none, or one that has ended by today."""
    objective = plan.strategy.objectives.get(tactic.objective) if tactic.objective is not None else None
    if objective is None or has_ended(objective, fiscal_quarter(plan.settings, today)):
        return None
    return objective


def ending(plan: Plan, tactic: Tactic, today: date) -> str | None:
    """Return how the objective of a tactic ended, in words; None without an objective, or while the objective runs."""
    objective = plan.strategy.objectives.get(tactic.objective) if tactic.objective is not None else None
    if objective is None or not has_ended(objective, fiscal_quarter(plan.settings, today)):
        return None
    return f"is {objective.status}" if objective.status != "open" else f"ended with {objective.quarter}"


def running_objectives(context: Context) -> dict[str, Objective]:
    """Return the objectives of the fiscal quarter of today; those without a quarter always run."""
    quarter = fiscal_quarter(context.plan.settings, context.today)
    return {
        name: objective
        for name, objective in context.plan.strategy.objectives.items()
        if objective.quarter in (None, quarter) and not has_ended(objective, quarter)
    }


def objectives_by_quarter(context: Context) -> dict[Quarter, tuple[str, ...]]:
    """Return the objectives that are not dropped, by this fiscal quarter and each later one that any of them names.

    Those without a quarter count in each.
    """
    now = fiscal_quarter(context.plan.settings, context.today)
    kept = {name: own for name, own in context.plan.strategy.objectives.items() if own.status != "dropped"}
    quarters = sorted({now} | {own.quarter for own in kept.values() if own.quarter is not None and own.quarter > now})
    return {
        quarter: tuple(name for name, own in kept.items() if own.quarter in (None, quarter)) for quarter in quarters
    }


def uncommitted_functions(plan: Plan, objective: Objective) -> tuple[str, ...]:
    """Return the company's functions that have given no date on which they committed to an objective, sorted."""
    asked = {*plan.company.functions, *objective.commitments}
    return tuple(sorted(name for name in asked if objective.commitments.get(name) is None))


# --- claims ------------------------------------------------------------------------------------------------------

ALIKE = Fraction(3, 5)
"""The part of the words of two claims together from which on they say the same."""
_SHORTEST_WORD = 4
_SAYING_LITTLE = frozenset(("from", "have", "than", "that", "their", "with", "your"))


class ClaimIndex:
    """Finds what says the same as a claim, without comparing it with everything that is said.

    Two sets of words that are alike share one of the rarest words of each, so that only such pairs are compared (prefix
    filtering: Chaudhuri, Ganti and Kaushik, A primitive operator for similarity joins in data cleaning, 2006).
    """

    def __init__(self, said: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Take in what each of some speakers says, by the speaker's id."""
        self._said = [(speaker, text, _words(text)) for speaker, texts in said for text in texts]
        self._uses = Counter(word for _, _, words in self._said for word in words)
        self._numbers: dict[str, list[int]] = {}
        for number, (_, _, words) in enumerate(self._said):
            for word in self._rarest(words):
                self._numbers.setdefault(word, []).append(number)

    def like(self, claim: str) -> dict[str, str]:
        """Return by speaker the first text that says the same as a claim, in the order in which they were given."""
        words = _words(claim)
        found: dict[str, str] = {}
        for number in sorted({each for word in self._rarest(words) for each in self._numbers.get(word, ())}):
            speaker, text, others = self._said[number]
            if _are_alike(words, others):
                found.setdefault(speaker, text)
        return found

    def _rarest(self, words: frozenset[str]) -> list[str]:
        """Return as many of a text's words, the rarest first, as leave too few to be alike by the others alone."""
        ordered = sorted(words, key=lambda word: (self._uses[word], word))
        return ordered[: len(words) - ceil(ALIKE * len(words)) + 1]


def shared_claims(plan: Plan) -> dict[tuple[str, str], str]:
    """Return what competitors claim, or are known for, that says the same as a differentiator.

    By the ids of the differentiator and the competitor, in the plan's order; of several claims the first.
    """
    strategy = plan.strategy
    index = ClaimIndex((name, (*each.claims, *each.strengths)) for name, each in strategy.competitors.items())
    return {
        (name, competitor): text
        for name, own in strategy.differentiators.items()
        for competitor, text in index.like(own.claim).items()
    }


def _are_alike(words: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two claims use much the same words: the Jaccard index of their words is ALIKE or more."""
    return bool(words and others) and len(words & others) >= ALIKE * len(words | others)


def _words(text: str) -> frozenset[str]:
    """Return the words of a claim that say something, without a plural's s; numbers are among them."""
    words = (word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _SHORTEST_WORD or word.isdigit())
    return frozenset(word.removesuffix("s") for word in words if word not in _SAYING_LITTLE)


class Work(NamedTuple):
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


class Backing(NamedTuple):
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


class Alignment(NamedTuple):
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
    aimless = {tactic.id for tactic in random}
    later = [tactic for tactic in ready if tactic.objective not in running and tactic.id not in aimless]
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
        cash=sum((Fraction(tactic.cash) for tactic in tactics), Fraction(0)),
        share=Fraction(minutes, total) if total else Fraction(0),
    )
