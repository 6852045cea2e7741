from __future__ import annotations

from revplan.cli.commands import COMMANDS, import_command


def test_the_table_of_commands_says_what_the_commands_say() -> None:
    for command in COMMANDS:
        own = import_command(command).help
        assert own.splitlines()[0] == command.help, command.name


def test_no_command_stands_twice() -> None:
    names = [command.name for command in COMMANDS]
    assert len(set(names)) == len(names)
