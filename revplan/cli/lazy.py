"""Commands that are known by name and one line of help, and imported only when one of them is run."""

from __future__ import annotations

from copy import copy
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from revplan.cli.commands import COMMANDS

if TYPE_CHECKING:
    from revplan.cli.commands import Command

_BY_NAME = {command.name: command for command in COMMANDS}


class CommandGroup(TyperGroup):
    """The commands of the table: its own lines answer `--help` and completion."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - the parser's own type differs by version
        """Return the names of all commands, in the order of the table."""
        return list(_BY_NAME)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - likewise
        """Return what is known of a command without importing it."""
        command = _BY_NAME.get(cmd_name)
        return TyperCommand(name=cmd_name, help=command.help, rich_markup_mode=None) if command else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - likewise
        """Return the command that is to be run, imported."""
        name, known, rest = super().resolve_command(ctx, args)
        return name, known and import_command(_BY_NAME[str(name)], rest[0] if rest else None), rest


def import_command(command: Command, only: str | None = None) -> Any:  # noqa: ANN401 - likewise
    """Return a command, or a group of commands, with its options.

    Args:
        command: as it stands in the table.
        only: the one command of a group that is to be run: the others are then left out, which saves reading their
            options. All of them where it is none of the group's.
    """
    target = getattr(import_module(command.module), command.attribute)
    if isinstance(target, typer.Typer):
        some = copy(target)
        some.registered_commands = [one for one in target.registered_commands if one.name == only] or (
            target.registered_commands
        )
        group = typer.main.get_group(some)
        group.name = command.name
        return group
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(command.name)(target)
    return typer.main.get_command(alone)
