from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.cli import commands
from revplan.cli.commands import COMMANDS, import_command
from revplan.nouns import NOUNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran


def test_the_table_of_commands_says_what_the_commands_say() -> None:
    for command in COMMANDS:
        own = import_command(command).help
        assert own.splitlines()[0] == command.help, command.name


def test_no_command_stands_twice() -> None:
    names = [command.name for command in COMMANDS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("plan",), "error: No such command 'plan'."),
        (("report", "--colour"), "error: No such option: --colour"),
        (("todo", "add", "--title", "Call"), "hint: the title stands without an option: revplan todo add '…'"),
        (("team", "add", "--name", "Noor"), "hint: the name stands without an option: revplan team add '…'"),
        (("sprint", "log"), "error: Missing argument 'TACTIC/TASK'."),
        (("sprint", "plan", "--policy", "luck"), "error: Invalid value for '--policy'"),
    ],
)
def test_errors_are_spelt_in_one_way(run: Callable[..., Ran], arguments: tuple[str, ...], told: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert told in ran.err
    assert "Error:" not in ran.err
    assert ran.err.startswith("Usage: revplan")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("backlog",), "write revplan report backlog"),
        (("plan",), "write revplan sprint plan"),
        (("tactics", "list"), "write revplan tactic"),
        (("tactic", "new", "x"), "write revplan tactic add"),
        (("todo", "remove", "x"), "write revplan todo drop"),
        (("delete", "x"), "the noun comes first: revplan tactic drop"),
        (("import", "jira", "x.csv"), "`revplan import tactics FILE`"),
        (("export", "pdf"), "`revplan export --help` lists"),
        (("results",), "write revplan report results"),
        (("member", "list"), "write revplan team"),
        (("time-off", "priya"), "write revplan team time-off"),
        (("remarkable",), "write revplan workshop remarkable"),
        (("start",), "write revplan sprint start"),
        (("help",), "write revplan --help"),
        (("campaign", "brief"), "`revplan campaign list` shows the ids"),
        (("playbook", "show"), "`revplan playbook list` shows the ids"),
        (("playbook", "use", "webinar"), "write revplan tactic add --playbook ID"),
        (("valdate",), 'did you mean "validate"?'),
        (("qqq",), "`revplan --help` lists"),
    ],
)
def test_a_command_that_there_is_not_names_the_one_that_is_meant(
    run: Callable[..., Ran], arguments: tuple[str, ...], told: str
) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert f"  hint: {told}" in ran.err


def test_a_noun_whose_ids_are_asked_for_lists_them(run: Callable[..., Ran]) -> None:
    lists = [noun.command for noun in NOUNS if commands._find_ids(f"revplan {noun.command} show") is not None]
    assert {"campaign", "playbook", "tactic", "persona"} <= {*lists}
    for name in lists:
        assert run(name, "list", "--help").code == 0, name


def test_the_commands_that_are_named_instead_exist(run: Callable[..., Ran]) -> None:
    for words in commands._OTHER_COMMANDS.values():
        path = [word for word in words.split() if word.islower() and not word.startswith("-")]
        assert run(*path, "--help").code == 0, words
