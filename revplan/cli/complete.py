"""Completers of parameters: marks for the table of completion, and answers for typer's own completion."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import typer

from revplan.app import completion


@dataclass(frozen=True, slots=True)
class OfKind:
    """Completes the ids of a kind."""

    kind: str

    def __call__(self, ctx: typer.Context, incomplete: str) -> list[str]:
        """Return the ids that begin with `incomplete`."""
        return [word for word in ids(ctx, self.kind) if word.startswith(incomplete)]


def of_kind(kind: str) -> OfKind:
    """Return the completer of the ids of a kind."""
    return OfKind(kind)


def kinds(_ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the kinds that begin with `incomplete`."""
    return [kind for kind in completion.kinds() if kind.startswith(incomplete)]


def of_named_kind(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of the kind that precedes them on the command line."""
    return OfKind(str(ctx.params.get("kind")))(ctx, incomplete)


def ids(ctx: typer.Context, kind: str) -> tuple[str, ...]:
    """Return the ids of a kind in the command line's plan; empty if there is no plan."""
    named = ctx.params.get("plan") or ctx.find_root().params.get("plan") or os.environ.get("REVPLAN_PLAN")
    return completion.ids_of(kind, str(named) if named else None, str(Path.cwd()))
