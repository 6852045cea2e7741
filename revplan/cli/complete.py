"""The plan's own ids for shells to complete, found without reading the plan."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import typer

PATHS: dict[str, tuple[str, ...]] = {
    "asset": ("campaigns", "*", "assets"),
    "budget-line": ("budget",),
    "campaign": ("campaigns",),
    "client": ("clients",),
    "competitor": ("strategy", "competitors"),
    "cover": ("company", "cover"),
    "differentiator": ("strategy", "differentiators"),
    "function": ("company", "functions"),
    "goal": ("goals",),
    "input": ("strategy", "inputs"),
    "integration": ("stack", "integrations"),
    "issue": ("issues",),
    "meeting": ("meetings",),
    "member": ("team",),
    "metric": ("metrics",),
    "objective": ("strategy", "objectives"),
    "persona": ("personas",),
    "pillar": ("strategy", "big_story", "pillars"),
    "process": ("company", "processes"),
    "rollout": ("stack", "rollouts"),
    "segment": ("strategy", "segments"),
    "sprint": ("sprints",),
    "tactic": ("tactics",),
    "task": ("tactics", "*", "tasks"),
    "todo": ("todos",),
    "tool": ("stack", "tools"),
    "touchpoint": ("company", "touchpoints"),
    "variant": ("campaigns", "*", "variants"),
}
"""By kind, the keys from the top of a plan file down to its ids; a test holds them to the model's."""

Completer = Callable[[typer.Context, str], list[str]]


def of_kind(kind: str) -> Completer:
    """Return what completes the ids of a kind."""

    def completer(ctx: typer.Context, incomplete: str) -> list[str]:
        return beginning(ids(ctx, kind), incomplete)

    return completer


def kinds(_ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete a kind."""
    return beginning(PATHS, incomplete)


def of_named_kind(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the ids of the kind that stands before them."""
    return beginning(ids(ctx, str(ctx.params.get("kind"))), incomplete)


def ids(ctx: typer.Context, kind: str) -> tuple[str, ...]:
    """Return the ids of a kind in the plan that a command line is about; none where there is no plan."""
    from revplan.store.ids import ids as scanned
    from revplan.store.ids import plan_above

    named = ctx.params.get("plan") or ctx.find_root().params.get("plan") or os.environ.get("REVPLAN_PLAN")
    root = Path(named) if named else plan_above(Path.cwd())
    if root is None or kind not in PATHS:
        return ()
    return scanned(root, PATHS[kind])


def beginning(words: Iterable[str], start: str) -> list[str]:
    """Return the words that begin so."""
    return [word for word in words if word.startswith(start)]
