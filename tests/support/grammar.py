"""The table that completion answers from, as the commands themselves say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan.cli import complete
from revplan.cli.commands import COMMANDS, import_command

if TYPE_CHECKING:
    from collections.abc import Iterator


def table() -> str:
    """Return the lines of every command: its name and help, then its parameters, indented by a tab."""
    return "\n" + "".join(f"{line}\n" for each in COMMANDS for line in _lines(each.name, import_command(each)))


def _lines(name: str, command: Any) -> Iterator[str]:
    yield f"{name}\t{_first_line(command.help)}"
    inner = getattr(command, "commands", None)
    if inner is not None:
        for own, each in inner.items():
            yield from _lines(f"{name} {own}", each)
        return
    for each in (own for own in command.params if not getattr(own, "hidden", False)):
        several = "+" if each.nargs == -1 else ""
        is_flag = getattr(each, "is_flag", False) or getattr(each, "count", False)
        takes = "" if is_flag else several + _takes(each)
        is_option = each.opts[0].startswith("-")
        names = ",".join((*each.opts, *each.secondary_opts)) if is_option else str(each.name)
        yield f"\t{names}\t{takes}\t{_first_line(getattr(each, 'help', ''))}"


def _takes(parameter: Any) -> str:
    info = parameter.type_descriptor.parameter_info
    completer = info.autocompletion
    if completer is complete.kinds:
        return "@*"
    if completer is complete.of_named_kind:
        return "@?"
    if isinstance(completer, complete.OfKind):
        return f"@{completer.kind}"
    if completer is not None:
        return "|".join(completer(""))  # of words that are always the same
    choices = parameter.type_descriptor.choices
    metavar = parameter.metavar or ""
    words = [str(getattr(each, "value", each)) for each in choices or metavar.split("|")]
    listed = choices or (len(words) > 1 and not set("[=") & set(metavar))
    return "|".join(words) if listed else "."


def _first_line(text: str | None) -> str:
    return (text or "").partition("\n")[0].replace("\t", " ")
