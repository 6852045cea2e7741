"""What the technology lacks: core categories without a tool, tools that do not talk, rollout stages left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.model.stack import CORE_CATEGORIES, ROLLOUT_STAGES

if TYPE_CHECKING:
    from revplan.model.stack import Integration, Rollout, RolloutStage, Stack, Tool, ToolCategory

REACHED = {"wanted": 0, "purchased": 1, "installed": 2, "configured": 3, "trained": 4, "deployed": 5, "retired": 5}
"""How many of ROLLOUT_STAGES a tool's status says are behind it."""
CONNECTED = frozenset(("live", "building"))
"""States of an integration that works or is being made to."""


def empty_categories(stack: Stack) -> tuple[ToolCategory, ...]:
    """Return the core categories in which there is no tool, not even one that is wanted."""
    filled = {tool.category for tool in stack.tools.values() if tool.status != "retired"}
    return tuple(category for category in CORE_CATEGORIES if category not in filled)


def in_category(stack: Stack, category: ToolCategory) -> dict[str, Tool]:
    """Return the tools of a category that are there: bought and not retired."""
    return {
        name: tool
        for name, tool in stack.tools.items()
        if tool.category == category and tool.status not in ("wanted", "retired")
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
    """Return the stages of a rollout that were or are to be passed over, in order.

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
