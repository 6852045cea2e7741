"""The table of commands, which imports a command only to run it, and the options before any command."""

from __future__ import annotations

import os
import re
import sys
import warnings
from copy import copy
from difflib import get_close_matches
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NoReturn, TextIO

import typer
from typer.core import TyperCommand, TyperGroup

from revplan import __version__
from revplan.cli import INTERRUPTED, console
from revplan.cli.options import ColorBefore, TodayBefore
from revplan.errors import OutputError, RevplanError, RevplanWarning
from revplan.nouns import NOUNS


class Command(NamedTuple):
    """A command, or a group of commands.

    Attributes:
        name: the command as the user types it.
        help: the first line of the command's help.
        module: the module that defines the command.
        attribute: the name of the function or group in that module.
    """

    name: str
    help: str
    module: str
    attribute: str


_NOUN_COMMANDS = tuple(
    Command(noun.command, noun.help, f"revplan.cli.{noun.module or 'entry'}", "app" if noun.module else noun.command)
    for noun in NOUNS
    if noun.command
)
COMMANDS: tuple[Command, ...] = (
    Command("init", "Begin a plan.", "revplan.cli.init", "init"),
    Command("validate", "Tell everything that is wrong with the plan, in one run.", "revplan.cli.validate", "validate"),
    Command("fmt", "Write plan files in their canonical order and spacing.", "revplan.cli.repository", "fmt"),
    Command("schema", "Print the JSON Schema of plan files, for editors.", "revplan.cli.repository", "schema"),
    Command(
        "explain",
        "Explain a finding, what may stand in a plan, or why a tactic is where it is and what would bring it in.",
        "revplan.cli.explain",
        "explain",
    ),
    Command("set", "Change a setting of the plan: holidays, meetings, the sprint and more.", "revplan.cli.set", "set_"),
    Command(
        "guide",
        "Show how far the system is set up, by facts of the plan, what to do next, and about how long that takes.",
        "revplan.cli.guide",
        "guide",
    ),
    Command(
        "workshop",
        "Hold a workshop: question by question on a terminal, or on paper with a sheet that is read back.",
        "revplan.cli.workshop",
        "workshop",
    ),
    Command(
        "report",
        "Show a report: revenue, goals, forecast, people, campaigns, the roadmap and more.",
        "revplan.cli.report",
        "report",
    ),
    Command(
        "agenda", "Show the agenda of a meeting, prefilled with what the plan knows.", "revplan.cli.report", "agenda"
    ),
    Command("meeting", "Meetings: what was said and decided.", "revplan.cli.meeting", "app"),
    Command("sprint", "Plan the sprint, and follow it.", "revplan.cli.sprint", "app"),
    Command(
        "swap",
        "Show what swapping one tactic for another makes of the sprint: both plans side by side.",
        "revplan.cli.sprint",
        "swap",
    ),
    *_NOUN_COMMANDS,
    Command("skill", "Skills: who has which, and what the backlog asks for.", "revplan.cli.skill", "app"),
    Command(
        "diff",
        "Tell what a branch does to the plan and to the sprint, not to the text.",
        "revplan.cli.repository",
        "diff",
    ),
    Command("export", "The plan for calendars, spreadsheets, diagrams and programs.", "revplan.cli.export", "app"),
    Command(
        "log",
        "Tell what was changed in one thing of the plan, by whom, when and why.",
        "revplan.cli.repository",
        "log",
    ),
    Command("rename", "Give a thing another id, everywhere in the plan.", "revplan.cli.rename", "rename"),
    Command("refs", "List every place that refers to a thing.", "revplan.cli.rename", "refs"),
    Command(
        "lsp",
        "Serve an editor: findings while typing, completion, and what else a language server has.",
        "revplan.cli.lsp",
        "lsp",
    ),
    Command("import", "Take over what other programs know.", "revplan.cli.importing", "app"),
    Command(
        "mcp",
        "Serve the plan to an assistant over the Model Context Protocol, on standard input and output.",
        "revplan.cli.mcp",
        "mcp",
    ),
)
"""The commands in the order of `--help`."""


_BY_NAME = {command.name: command for command in COMMANDS}


class CommandGroup(TyperGroup):
    """The group of all commands. The table answers `--help` and completion without importing a command."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - the parser's own type differs by version
        """Return the names of all commands, in the order of the table."""
        return list(_BY_NAME)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - likewise
        """Return a command with the help of the table, without importing the command."""
        command = _BY_NAME.get(cmd_name)
        return TyperCommand(name=cmd_name, help=command.help, rich_markup_mode=None) if command else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - likewise
        """Import and return the command to run."""
        name, known, rest = super().resolve_command(ctx, args)
        return name, known and import_command(_BY_NAME[str(name)], rest[0] if rest else None), rest


def import_command(command: Command, only: str | None = None) -> Any:  # noqa: ANN401 - likewise
    """Import and return a command, or a group of commands, with its options.

    Args:
        command: the command's row in the table.
        only: the only command of a group to keep, which saves reading the options of the others. If the group has no
            such command, all are kept.
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


app = typer.Typer(
    name="revplan",
    cls=CommandGroup,
    help="Plan a company's revenue work in plain text: validate the plan, fill the sprint, see what is parked and why.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        console.out(f"revplan {__version__}\n")
        raise typer.Exit


@app.callback()
def _global_options(
    plan: Annotated[
        Path | None, typer.Option("--plan", "-C", metavar="DIR", help="The plan's folder, for any command.")
    ] = None,
    today: TodayBefore = None,
    color: ColorBefore = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that may stand before any command."""


def run() -> None:
    """Run the command of the process's arguments.

    Raises:
        KeyboardInterrupt: the user pressed Ctrl-C.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # otherwise pydantic searches all installed packages
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", RevplanWarning)
            warnings.showwarning = _show_warning
            code = app(prog_name="revplan", standalone_mode=False)
    except _PARSER_ERROR as error:
        _say_misuse(error)
        sys.exit(2)
    except typer.Abort:
        console.say(f"aborted: {_words_for_written_files()}")
        sys.exit(1)
    except RevplanError as error:
        console.fail(error)
        sys.exit(error.exit_code)
    except OSError as error:  # usually a full disk under the output; the store handles errors of the plan's files
        what = error.filename or ("the output" if _is_here() else "the current folder")
        failed = OutputError(f"{what} cannot be used: {error.strerror}")
        console.fail(failed)
        sys.exit(failed.exit_code)
    if code == INTERRUPTED:
        raise KeyboardInterrupt  # the parser has made an exit code of it
    sys.exit(code if isinstance(code, int) else 0)


def end_interrupted() -> NoReturn:
    """Say what was written before the user pressed Ctrl-C, and exit."""
    console.say(f"interrupted: {_words_for_written_files()}")
    sys.exit(INTERRUPTED)


def _words_for_written_files() -> str:
    from revplan.app.open import files_cut_off, files_written

    if files_cut_off():
        return f"the write of {', '.join(files_cut_off())} is cut off; the next command finishes it or takes it back"
    names = ", ".join(files_written())
    return f"{names} {'are' if ',' in names else 'is'} written" if names else "no file was written"


def _is_here() -> bool:
    """Tell whether the current folder is still there."""
    try:
        return bool(Path.cwd())
    except OSError:
        return False


_PARSER_ERROR: type[Exception] = typer.BadParameter.__mro__[2]
"""What the parser raises for a command line that it cannot read; the module of this class differs by version."""


def _say_misuse(error: Any) -> None:  # noqa: ANN401 - likewise
    """Write what the parser says of a command line, with our own spelling of "error"."""
    said = StringIO()
    error.show(file=said)
    text = said.getvalue()
    console.say(re.sub(r"^Error: ", "error: ", text, flags=re.MULTILINE).removesuffix("\n"))
    wanted = _NO_SUCH_COMMAND.search(text)
    path = getattr(getattr(error, "ctx", None), "command_path", "revplan")
    meant = _find_other_command(wanted[1], path) if wanted is not None and "Did you mean" not in text else None
    if "Missing argument 'ID'" in text:
        meant = _find_ids(path)
    option = _NO_SUCH_OPTION.search(text)
    if option is not None and meant is None:
        meant = _find_argument(option[1], getattr(error, "ctx", None))
    if meant is not None:
        console.say(f"  hint: {meant}")


def _find_ids(path: str) -> str | None:
    """Return which command lists the ids of the noun that a command is of; None if it is of none that has a list."""
    words = path.split()
    nouns = {noun.command for noun in NOUNS if noun.command and noun.columns}
    return f"`revplan {words[1]} list` shows the ids" if len(words) > 1 and words[1] in nouns else None


def _find_argument(option: str, ctx: Any) -> str | None:  # noqa: ANN401 - likewise
    """Return how to write what is no option of a command, but stands in its place without one; None if it is not."""
    arguments = (each for each in getattr(getattr(ctx, "command", None), "params", ()) if "--" not in str(each.opts))
    if option not in {str(each.metavar or each.name).strip("[]{}").lower() for each in arguments}:
        return None
    return f"the {option} stands without an option: {ctx.command_path} '…'"


_NO_SUCH_OPTION = re.compile(r"No such option: --(\w+)")
_NO_SUCH_COMMAND = re.compile(r"No such command '([^']*)'")
_OTHER_COMMANDS = {
    "plan": "sprint plan",
    "backlog": "report backlog",
    "parking-lot": "report parking-lot",
    "dashboard": "report --all",
    "status": "sprint status",
    "check": "validate",
    "lint": "validate",
    "ls": "tactic list",
    "people": "team list",
    **dict.fromkeys(("member", "members"), "team"),
    **dict.fromkeys(("time-off", "vacation", "absence"), "team time-off"),
    "settings": "set",
    "config": "set",
    "what-if": "sprint plan --what-if CHANGE",
    "help": "--help",
    "begin": "init",
    **dict.fromkeys(("next", "setup", "tour", "tutorial"), "guide"),
    **{name: f"workshop {name}" for name in ("story", "remarkable", "align")},
    **{name: f"report {name}" for name in ("results", "scoreboard", "forecast", "capacity", "strategy")},
    **{name: f"sprint {name}" for name in ("start", "close", "reopen", "brief")},
    "calendar": "report campaigns",
    "weekly": "agenda weekly",
}
"""Commands by the words that people try for them."""
_OTHER_VERBS = {
    **dict.fromkeys(("new", "create", "insert"), "add"),
    **dict.fromkeys(("remove", "delete", "rm", "del"), "drop"),
    **dict.fromkeys(("update", "change", "modify", "set"), "edit"),
    **dict.fromkeys(("ls", "all"), "list"),
    **dict.fromkeys(("view", "get", "info"), "show"),
}
"""The verbs of nouns by other words for them."""
_OTHER_OF_NOUNS = dict.fromkeys(("revplan playbook use", "revplan playbook apply"), "revplan tactic add --playbook ID")
"""Commands of another noun by what people try for them."""


def _find_other_command(word: str, path: str) -> str | None:
    """Return which command was meant by a word that is none, where the parser read it after a path of commands."""
    if path == "revplan import":
        return "`revplan import tactics FILE` reads the exports of trackers, `import deals` those of a CRM"
    if path != "revplan":
        verb = _OTHER_OF_NOUNS.get(f"{path} {word}") or (
            f"{path} {_OTHER_VERBS[word]}" if word in _OTHER_VERBS else None
        )
        return f"write {verb}" if verb is not None else f"`{path} --help` lists what there is"
    if word in _OTHER_COMMANDS:
        return f"write revplan {_OTHER_COMMANDS[word]}"
    singular = next((name for name in (word.removesuffix("s"), f"{word[:-3]}y") if name in _BY_NAME), None)
    if singular is not None:
        return f"write revplan {singular}"
    verb = _OTHER_VERBS.get(word, word)
    if verb in {*_OTHER_VERBS.values()}:
        return f"the noun comes first: revplan tactic {verb}"
    near = get_close_matches(word, _BY_NAME, n=1, cutoff=0.7)
    return f'did you mean "{near[0]}"?' if near else "`revplan --help` lists what there is"


def _show_warning(  # Python's own signature
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,
) -> None:
    if issubclass(category, RevplanWarning):
        console.warn(message)
    else:
        sys.stderr.write(warnings.formatwarning(message, category, filename, lineno, line))
