"""Every command by name: the one line that `--help` shows, and where it is imported from when it is run."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command, or a group of them.

    Attributes:
        help: the first line of its own help.
        module: where it is.
        attribute: the function, or the group, in that module.
    """

    name: str
    help: str
    module: str
    attribute: str


COMMANDS: tuple[Command, ...] = (
    Command("validate", "Tell everything that is wrong with the plan, in one run.", "revplan.cli.validate", "validate"),
    Command("schema", "Print the JSON Schema of plan files, for editors.", "revplan.cli.schema", "schema"),
    Command("explain", "Explain a finding, or what may stand in a plan.", "revplan.cli.explain", "explain"),
    Command(
        "report", "Show a report: revenue, goals, forecast, people, campaigns and more.", "revplan.cli.report", "report"
    ),
    Command("sprint", "Plan the sprint, and follow it.", "revplan.cli.sprint", "app"),
)
"""In the order in which `--help` lists them."""
