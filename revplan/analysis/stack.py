"""The technology: what it lacks, which tools do not talk, and how far each rollout is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.capacity import WORKS_ALONE
from revplan.model.base import free_id
from revplan.model.stack import CORE_CATEGORIES, ROLLOUT_STAGES, Rollout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from revplan.model.plan import Plan
    from revplan.model.stack import Integration, RolloutDates, RolloutStage, Stack, Tool, ToolCategory

    State = Literal["done", "skipped", "planned", "missing"]

REACHED = {"wanted": 0, "purchased": 1, "installed": 2, "configured": 3, "trained": 4, "deployed": 5, "retired": 5}
"""How many of ROLLOUT_STAGES a tool's status says are behind it."""
CONNECTED = frozenset(("live", "building"))
"""States of an integration that works or is being made to."""


def empty_categories(stack: Stack) -> tuple[ToolCategory, ...]:
    """Return the core categories in which there is no tool, not even one that is wanted."""
    filled = {category for tool in stack.tools.values() if tool.status != "retired" for category in tool.categories}
    return tuple(category for category in CORE_CATEGORIES if category not in filled)


def in_category(stack: Stack, category: ToolCategory) -> dict[str, Tool]:
    """Return the tools of a category that are there: bought and not retired."""
    return {
        name: tool
        for name, tool in stack.tools.items()
        if category in tool.categories and tool.status not in ("wanted", "retired")
    }


def integrations_between(stack: Stack, these: frozenset[str], those: frozenset[str]) -> dict[str, Integration]:
    """Return the integrations, whatever their state, that join one of these tools to one of those, either way."""
    return {
        name: integration
        for name, integration in stack.integrations.items()
        if (integration.from_ in these and integration.to in those)
        or (integration.from_ in those and integration.to in these)
    }


def skipped_stages(tool: Tool, rollout: Rollout) -> tuple[RolloutStage, ...]:
    """Return the skipped stages of a rollout, past and future, in order.

    A stage that stands in the rollout is skipped where it is not done and a later one is, by its date or by the
    tool's status. A stage that does not stand there is skipped where a later one does, unless the status says that
    it is behind the tool.
    """
    stages = {name: getattr(rollout, name) for name in ROLLOUT_STAGES}
    behind = REACHED[tool.status]
    given = [position for position, name in enumerate(ROLLOUT_STAGES) if stages[name] is not None]
    done = [position for position in given if stages[ROLLOUT_STAGES[position]].done is not None]
    last_done = max([behind - 1, *done])
    last_given = max(given, default=-1)
    return tuple(
        name
        for position, name in enumerate(ROLLOUT_STAGES)
        if (position in given and position not in done and position < last_done)
        or (position not in given and behind <= position < last_given)
    )


STAGE_MINUTES: Mapping[RolloutStage, int] = {
    "purchase": 4 * 60,
    "install": 4 * 60,
    "configure": 12 * 60,
    "train": 8 * 60,
    "deploy": 4 * 60,
}
"""First guesses of the work in each stage, to be corrected by who does it."""
_SKILLS = {"cms": "web", "analytics": "analytics"}
ANY_SKILL = "operations"


class StageState(NamedTuple):
    """A stage of a rollout.

    Attributes:
        state: done; skipped, where later ones went ahead without it; planned, where a task of the backlog does it;
            else missing.
        day: when it was done, or is due.
        owner: who sees to it, or to the tool.
    """

    stage: RolloutStage
    state: State
    day: date | None
    owner: str


class RolloutProposal(NamedTuple):
    """A proposed tactic with the rollout stages that a tool still lacks.

    Attributes:
        tactic: its id.
        stages: what the backlog does not hold, in order.
        function: the function of the tool's owner.
        skill: what it takes.
        deadline: the last day one of the stages is due, where any is.
    """

    tool: str
    tactic: str
    stages: tuple[StageState, ...]
    function: str
    skill: str
    deadline: date | None


def rollout_states(plan: Plan) -> dict[str, tuple[StageState, ...]]:
    """Return the stages of every tool that has a rollout or is not deployed yet; retired tools are left out."""
    return {
        name: tuple(_states(plan, tool, plan.stack.rollouts.get(name, Rollout())))
        for name, tool in plan.stack.tools.items()
        if tool.status != "retired" and (name in plan.stack.rollouts or tool.status != "deployed")
    }


def _states(plan: Plan, tool: Tool, rollout: Rollout) -> Iterator[StageState]:
    skipped = skipped_stages(tool, rollout)
    for position, name in enumerate(ROLLOUT_STAGES):
        stage: RolloutDates | None = getattr(rollout, name)
        day = (stage.done or stage.due) if stage is not None else None
        owner = stage.owner if stage is not None and stage.owner is not None else tool.owner
        is_done = (stage is not None and stage.done is not None) or position < REACHED[tool.status]
        if is_done and name not in skipped:
            yield StageState(name, "done", day, owner)
        elif _has_task(plan, stage):
            yield StageState(name, "planned", day, owner)
        else:
            yield StageState(name, "skipped" if name in skipped else "missing", day, owner)


def _has_task(plan: Plan, stage: RolloutDates | None) -> bool:
    if stage is None or stage.task is None:
        return False
    tactic, _, task = stage.task.partition("/")
    return tactic in plan.tactics and task in plan.tactics[tactic].tasks and plan.tactics[tactic].status != "dropped"


def proposals(plan: Plan) -> tuple[RolloutProposal, ...]:
    """Return a tactic for each tool whose rollout has stages that are neither done nor in the backlog."""
    found = []
    for name, states in rollout_states(plan).items():
        stages = tuple(own for own in states if own.state in ("skipped", "missing"))
        if stages:
            tool = plan.stack.tools[name]
            days = [own.day for own in stages if own.day is not None]
            owner = plan.team.get(tool.owner)
            found.append(
                RolloutProposal(
                    tool=name,
                    tactic=free_id(f"rollout-{name}", plan.ids("tactic")),
                    stages=stages,
                    function=owner.function if owner is not None else "operations",
                    skill=_skill(plan, tool),
                    deadline=max(days, default=None),
                )
            )
    return tuple(found)


def _skill(plan: Plan, tool: Tool) -> str:
    """Return the skill that a tool takes: the one named like its category, else what its owner does best."""
    named = _SKILLS.get(tool.category, tool.category)
    held = {skill for member in plan.team.values() for skill, level in member.skills.items() if level >= WORKS_ALONE}
    if named in held:
        return named
    own = plan.team[tool.owner].skills if tool.owner in plan.team else {}
    return min(own, key=lambda skill: (-own[skill], skill), default=ANY_SKILL)
