"""`revplan schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from revplan.cli import console
from revplan.cli.options import PlanFolder


def schema(
    plan: PlanFolder = None,
    ids: Annotated[
        bool, typer.Option("--ids", help="Complete the plan's own ids where one refers to them, and refuse others.")
    ] = False,
) -> None:
    """Print the JSON Schema of plan files, for editors.

    It describes any one file of a plan. An editor with a YAML language server completes, explains and checks plan
    files by it as they are written.

    Example: revplan schema --ids > .revplan.schema.json
    """
    from revplan.app.open import open_plan
    from revplan.app.schema import schema as any_plan
    from revplan.app.schema import schema_with_ids

    document = schema_with_ids(open_plan(plan, Path.cwd()).plan) if ids else any_plan()
    console.out(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
