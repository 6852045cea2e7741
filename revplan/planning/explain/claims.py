"""What is said of tactics: why one is not in the sprint, what would bring it in, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - part of the public signature, read by dataclass tools
from typing import TYPE_CHECKING, Literal

from revplan.model.sprints import ReasonWord  # noqa: TC001 - part of the public signature, read by dataclass tools

if TYPE_CHECKING:
    from revplan.analysis.scoring import RankedTactic
    from revplan.analysis.standing import TacticStanding
    from revplan.planning.answer import ParkedCandidate, PlacedTactic, SprintPlan
    from revplan.planning.horizon import Waiting

BottleneckKind = Literal["skill", "member", "line", "cash"]
LeftOutWord = Literal["idea", "dropped", "aside", "not-before", "blocked-by", "done", "in-sprint", "recurring"]


@dataclass(frozen=True, slots=True)
class Short:
    """What is lacking.

    Attributes:
        kind: hours or cash.
        of: the skill, member, share or budget line it is short of.
        at_least: minutes or cents; with less than this the tactic cannot be placed beside the others.
    """

    kind: Literal["hours", "cash"]
    of: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a tactic is parked.

    Attributes:
        code: the reason's word.
        short: what is lacking, sorted; where there are several, so much in all. Empty where it is not worked out.
        blockers: tactics that stand in the way, sorted; where hours are short, all the others do, and none is named.
        above: placed tactics of a tier above its own, sorted, without which it would be in by value alone; empty where
            its tier decided nothing.
        apart: its tasks whose people have the hours, but not on the same days, sorted.
    """

    code: ReasonWord
    short: tuple[Short, ...] = ()
    blockers: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A tactic that does not compete for the sprint.

    Attributes:
        tactic: its id.
        why: the reason's word.
        of: the tactics it waits for, or the sprint it is in.
    """

    tactic: str
    why: LeftOutWord
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Swap:
    """Others leave for it.

    Attributes:
        out: the tactics that leave, sorted.
        value_change: of the whole sprint, in thousandths of a score point; below 0 where the swap costs value.
        together: parked tactics that come in with it, because it requires them or since there is room then, sorted.
        is_least: whether it is proven that no swap costs less.
    """

    out: tuple[str, ...]
    value_change: int
    together: tuple[str, ...] = ()
    is_least: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """Something is added, and tier by tier the sprint is worth no less.

    Attributes:
        minutes: (skill, or member where one is named, minutes): work on its tasks that others do, or that those who
            have the skill do beyond their hours, in the days of these tasks.
        cash: (budget line or `sprint`, cents): beyond what may be spent.
        deadline: the day by which it can end; None where that is not what it takes.
        task_deadlines: (task of it, the day by which that can end): of tasks that may end later than their deadlines.
        together: parked tactics that come in with it, because it requires them or since there is room then, sorted.
        work: (tactic, task, minutes): the work that these minutes are.
        out: tactics that leave for it, although the sprint is worth no less then, sorted.
        is_least: whether it is proven that less does not do.
    """

    minutes: tuple[tuple[str, int], ...] = ()
    cash: tuple[tuple[str, int], ...] = ()
    deadline: date | None = None
    task_deadlines: tuple[tuple[str, date], ...] = ()
    together: tuple[str, ...] = ()
    work: tuple[tuple[str, str, int], ...] = ()
    out: tuple[str, ...] = ()
    is_least: bool = False


Suggestion = Swap | Addition
"""One change that would bring a tactic in, verified by a plan that holds it."""


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """What a little more of something that is short would add to the sprint, planned with it.

    Attributes:
        kind: a skill, a member, a budget line, or the sprint's cash.
        of: the skill's, member's or line's id; `sprint` for cash.
        add: how much more: minutes, or cents for cash and lines.
        value: what the sprint gains, in thousandths of a score point, above 0.
        tactics: parked tactics that then come in, the best ranked first.
        gone: placed tactics that leave for them, the best ranked first.
    """

    kind: BottleneckKind
    of: str
    add: int
    value: int
    tactics: tuple[str, ...]
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnmetPin:
    """A tactic that is pinned and that no plan has.

    Attributes:
        entry: how it is parked: by itself, where not even a sprint that holds nothing else has room for it.
        beside: other pinned tactics, sorted: without any one of them it would be in.
        is_beside_all: whether it would be in without what else is pinned or has begun.
    """

    entry: ParkedCandidate
    beside: tuple[str, ...]
    is_beside_all: bool


@dataclass(frozen=True, slots=True)
class TacticExplanation:
    """Why a tactic is where it is.

    Attributes:
        tactic: its id.
        sprint: the sprint as it is planned.
        ranked: its score and rank; None where it does not compete.
        place: where it is.
        standing: where it stands by the plan and the sprints as they are written, which may be elsewhere.
        swap: the cheapest swap, found by planning the sprint of what is placed with it; None where there is none.
        is_cheapest: whether no swap is cheaper; the search may have ended before that was proven.
        pinned: what would leave if it were pinned, where there is no swap since that would be of a tier above, or has
            begun; None where no plan has it.
        alone: what becomes of it in a sprint that holds nothing else, where no plan has it beside what must stay.
        addition: the least found that would have to be added; None where that is not worked out.
        is_taken: whether the best plan, given the addition, would place the tactic; None without one.
        has_days: whether its dates and waits leave it days in the sprint; where not, no hours bring it in.
    """

    tactic: str
    sprint: SprintPlan
    ranked: RankedTactic | None
    place: PlacedTactic | ParkedCandidate | LeftOut
    standing: TacticStanding
    swap: Swap | None = None
    is_cheapest: bool = False
    pinned: Swap | None = None
    alone: Waiting | None = None
    addition: Addition | None = None
    is_taken: bool | None = None
    has_days: bool = True


@dataclass(frozen=True, slots=True)
class TierLack:
    """What a plan lacks of a tier beside another, which may be worth no more in all.

    Attributes:
        tier: the first in which it has less.
        value: how much less, in thousandths of a score point; the most it can be where the other is not known.
    """

    tier: str
    value: int
