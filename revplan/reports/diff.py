"""What differs between two states of a plan: not in its text, but in what it means and in what follows from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.budgets import year_budget
from revplan.analysis.capacity import team_capacity
from revplan.analysis.changes import changes
from revplan.analysis.funnel import outlook
from revplan.analysis.periods import fiscal_year
from revplan.analysis.progress import open_tactics, progress
from revplan.analysis.scoring import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from revplan.analysis.changes import EntityChange
    from revplan.analysis.funnel import Outlook
    from revplan.analysis.periods import Period
    from revplan.analysis.scoring import RankedTactic
    from revplan.diagnostics import Diagnostic
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.planning.answer import ParkedCandidate, PlacedTactic, SprintPlan
    from revplan.planning.explain.claims import LeftOut

    Place = PlacedTactic | ParkedCandidate | LeftOut


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states.

    Attributes:
        name: what it is called: a revision, or the work tree.
        commit: the name of the commit; None for the work tree.
        context: the plan, and the day, which is the same on both sides.
        diagnostics: what is wrong with it.
        sprint: its next sprint, planned; None where that cannot be.
        why_not: why it cannot.
    """

    name: str
    commit: str | None
    context: Context
    diagnostics: tuple[Diagnostic, ...] = ()
    sprint: SprintPlan | None = None
    why_not: str | None = None

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.context.plan


class ScoreChange(NamedTuple):
    """A tactic in both backlogs whose score changed."""

    tactic: str
    before: RankedTactic
    after: RankedTactic


class Crossing(NamedTuple):
    """A tactic that enters or leaves the sprint, with its place before and after; None where it had or has no place."""

    tactic: str
    before: Place | None
    after: Place | None


class MinutesChange(NamedTuple):
    """A member's plannable minutes in the sprint; None where they are no member."""

    member: str
    before: int | None
    after: int | None


class Year(NamedTuple):
    """A fiscal year: its goal, what all budget lines plan, and whether goal and program budget meet.

    Attributes:
        target: revenue, in the plan's currency.
        budget: likewise; None where no line says anything of the year.
        outlook: None where there is no goal.
    """

    target: Fraction | None
    budget: Fraction | None
    outlook: Outlook | None


class YearChange(NamedTuple):
    """A fiscal year of which something differs."""

    year: int
    before: Year
    after: Year


@dataclass(frozen=True, slots=True)
class Diff:
    """What differs.

    Attributes:
        period: the sprint that both sides are planned for.
        entities: what the plan says otherwise.
        rescored: tactics with another value or score, the greatest change of value first.
        came_in: tactics that are in the sprint after, and were not before.
        went_out: tactics that were, and are not.
        minutes: members with other hours in the sprint, by id.
        years: fiscal years with another goal or budget.
        new: findings that were not there before.
        gone: findings that are there no longer.
        submodules: folders that cannot be compared, because they are other repositories.
    """

    before: Side
    after: Side
    period: Period
    entities: tuple[EntityChange, ...]
    rescored: tuple[ScoreChange, ...]
    came_in: tuple[Crossing, ...]
    went_out: tuple[Crossing, ...]
    minutes: tuple[MinutesChange, ...]
    years: tuple[YearChange, ...]
    new: tuple[Diagnostic, ...]
    gone: tuple[Diagnostic, ...]
    submodules: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entities or self.new or self.gone)


def build(before: Side, after: Side, period: Period, submodules: tuple[str, ...] = ()) -> Diff:
    """Compare two states of a plan."""
    came_in, went_out = _crossings(before.sprint, after.sprint)
    return Diff(
        before=before,
        after=after,
        period=period,
        entities=changes(before.plan, after.plan),
        rescored=_score_changes(_ranks(before.context, period), _ranks(after.context, period)),
        came_in=came_in,
        went_out=went_out,
        minutes=_changed_minutes(before, after, period),
        years=_years(before.context, after.context),
        new=_without_likes(after.diagnostics, before.diagnostics),
        gone=_without_likes(before.diagnostics, after.diagnostics),
        submodules=submodules,
    )


# --- the sprint ----------------------------------------------------------------------------------------------------


def places(sprint: SprintPlan) -> dict[str, Place]:
    """Return where planning puts every tactic."""
    all_of_them: tuple[Place, ...] = (*sprint.placed, *sprint.parked, *sprint.left_out)
    return {entry.tactic: entry for entry in all_of_them}


def _crossings(
    before: SprintPlan | None, after: SprintPlan | None
) -> tuple[tuple[Crossing, ...], tuple[Crossing, ...]]:
    if before is None or after is None:
        return (), ()
    old, new = places(before), places(after)
    was_in, is_in = ({entry.tactic for entry in sprint.placed} for sprint in (before, after))
    came_in = tuple(
        Crossing(entry.tactic, old.get(entry.tactic), entry) for entry in after.placed if entry.tactic not in was_in
    )
    went_out = tuple(
        Crossing(entry.tactic, entry, new.get(entry.tactic)) for entry in before.placed if entry.tactic not in is_in
    )
    return came_in, went_out


def _changed_minutes(before: Side, after: Side, period: Period) -> tuple[MinutesChange, ...]:
    old, new = (_plannable(side.context, period) for side in (before, after))
    names = sorted(old.keys() | new.keys())
    return tuple(MinutesChange(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def _plannable(context: Context, period: Period) -> dict[str, int]:
    since = max(period.start, context.today)
    return {name: own.plannable for name, own in team_capacity(context.plan, period, since).items()}


# --- the backlog ---------------------------------------------------------------------------------------------------


def _ranks(context: Context, period: Period) -> dict[str, RankedTactic]:
    """Return the ranks of all open tactics, those that recur left out, by the work that is left of them."""
    left = progress(context.plan, period.id, context.today)
    once = (tactic.id for tactic in open_tactics(context.plan) if tactic.recurring is None)
    work = {name: left[name].minutes for name in once}
    return {entry.tactic: entry for entry in rank(context.plan, work, context.today)}


def _score_changes(before: Mapping[str, RankedTactic], after: Mapping[str, RankedTactic]) -> tuple[ScoreChange, ...]:
    found = [
        ScoreChange(name, before[name], after[name])
        for name in before.keys() & after.keys()
        if (before[name].value, before[name].score) != (after[name].value, after[name].score)
    ]
    return tuple(sorted(found, key=lambda each: (-abs(each.after.value - each.before.value), each.tactic)))


# --- money ---------------------------------------------------------------------------------------------------------


def _years(before: Context, after: Context) -> tuple[YearChange, ...]:
    goals = {int(name) for context in (before, after) for name in context.plan.goals}
    years = sorted(goals | {fiscal_year(after.plan.settings, after.today)})
    pairs = ((year, _year(before, year), _year(after, year)) for year in years)
    return tuple(YearChange(year, old, new) for year, old, new in pairs if old != new)


def _year(context: Context, year: int) -> Year:
    plan = context.plan
    goal = plan.goals.get(str(year))
    planned = [year_budget(plan.settings, line, year) for line in plan.budget.values()]
    known = [amount for amount in planned if amount is not None]
    return Year(
        target=Fraction(goal.target_revenue) if goal is not None else None,
        budget=sum(known[1:], known[0]) if known else None,
        outlook=outlook(context, goal) if goal is not None else None,
    )


# --- findings ------------------------------------------------------------------------------------------------------


def _without_likes(these: Sequence[Diagnostic], those: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings of `these` that match none of `those`: first within the same file, then in any file."""
    left_here = _without(these, those, lambda each: (each.code, each.message, each.location.file))
    left_there = _without(those, these, lambda each: (each.code, each.message, each.location.file))
    return tuple(_without(left_here, left_there, lambda each: (each.code, each.message)))


def _without(
    these: Iterable[Diagnostic], those: Iterable[Diagnostic], likeness: Callable[[Diagnostic], Hashable]
) -> list[Diagnostic]:
    known = Counter(likeness(each) for each in those)
    rest = []
    for each in these:
        if known[likeness(each)]:
            known[likeness(each)] -= 1
        else:
            rest.append(each)
    return rest
