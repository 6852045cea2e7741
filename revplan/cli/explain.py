"""`revplan explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from revplan.cli import console


def explain(
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE|KIND|KIND.FIELD]",
            help="A rule by code or slug, a kind such as tactic, or a field such as tactic.tasks; all of them if none.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Explain a finding, or what may stand in a plan.

    Example: revplan explain RP201
    """
    from revplan.app.explain import explain as explained
    from revplan.app.explain import overview

    width = console.columns()
    console.out(overview(width) if topic is None else explained(topic, width))
