"""Answers a shell's requests for completion, from a table and from the lines of the plan's files.

This module imports neither the commands nor a parser, because that would be too slow for a press of Tab. The tests
generate the table from the commands and check that the table is up to date. The shells' scripts are typer's own
(`revplan --install-completion`); this module answers their requests.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TABLE = os.path.join(os.path.dirname(__file__), "completion.txt")
_PLAN_OPTIONS = ("-C", "--plan")
_BEFORE_ANY = {**dict.fromkeys((*_PLAN_OPTIONS, "--today"), "."), "--color": "auto|always|never"}
"""What the options before any command take, as in the table."""
_ESCAPED_FOR_ZSH = re.compile(r"[\"'$`:\\]")

Candidate = namedtuple("Candidate", ("word", "help"), defaults=("",))
"""A possible word, and its meaning."""

Parameter = namedtuple("Parameter", ("names", "takes", "help"))
"""An option or an argument of a command.

`takes` says what may stand there: nothing where it is empty, as for a flag; `.` for what nobody can list, `@KIND` for
the ids of a kind, `@*` for the kinds, `@?` for the ids of the kind named before; else words with `|` between them. A
`+` before it says that there may be several.
"""


def complete() -> bool:
    """Answer a shell's request, if there is one; return whether there was one."""
    answer = answer_to(os.environ.get("_REVPLAN_COMPLETE", ""))
    if answer is None:
        return False
    sys.stdout.write(answer + "\n")
    return True


def answer_to(asked: str) -> str | None:
    """Return the answer to a shell's request; None for requests that typer answers, such as printing its script."""
    action, _, shell = asked.partition("_")
    if action != "complete" or shell not in ("bash", "zsh", "fish"):
        return None
    words, beginning = _line(shell)
    return _format_answers(shell, [each for each in candidates(words, beginning) if each.word.startswith(beginning)])


def _line(shell: str) -> tuple[list[str], str]:
    """Return the words of the line before the one that is being typed, without the program's name, and that one."""
    if shell == "bash":
        words, position = _split(os.environ.get("COMP_WORDS", "")), os.environ.get("COMP_CWORD", "")
        number = int(position[:_FEW_DIGITS]) if position.isascii() and position.isdigit() else 0
        before, beginning = words[1:number], words[number] if number < len(words) else ""
        # bash splits --option=value into three words
        return [word for word in before if word != "="], "" if beginning == "=" else beginning
    line = os.environ.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(line)[1:]
    return (words[:-1], words[-1]) if words and not line.endswith(" ") else (words, "")


_FEW_DIGITS = 6
"""Digits of the number of a word on a line that are read; no line has as many words."""


def _split(line: str) -> list[str]:
    """Return a line's words; the end of the line closes an open quote."""
    for quote in ("", '"', "'"):
        try:
            return shlex.split(line + quote)
        except ValueError:
            continue
    return line.split()


def _format_answers(shell: str, found: Sequence[Candidate]) -> str:
    if shell == "zsh":
        return f"_arguments '*: :(({chr(10).join(map(_for_zsh, found))}))'" if found else "_files"
    if shell == "fish" and os.environ.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        raise SystemExit(0 if found else 1)
    helps = shell == "fish"
    return "\n".join(f"{each.word}\t{each.help}" if helps and each.help else each.word for each in found)


def _for_zsh(candidate: Candidate) -> str:
    word, words = (_ESCAPED_FOR_ZSH.sub(_zsh_escape, text) for text in candidate)
    return f'"{word}":"{words}"' if words else f'"{word}"'


def _zsh_escape(match: re.Match[str]) -> str:
    character = match[0]
    return {"'": r"'\''", ":": r"\\:"}.get(character, "\\" + character)


# --- what may stand there ----------------------------------------------------------------------------------------


def candidates(words: Sequence[str], beginning: str) -> Iterator[Candidate]:
    """Yield the words that may follow some words, including words that do not begin with `beginning`."""
    rest, plan, wanted = _without_options(list(words))
    if wanted:
        yield from map(Candidate, _values(wanted, (), plan))
        return
    with open(_TABLE, encoding="utf-8") as file:
        table = file.read()
    command = ""
    while rest and f"\n{command}{rest[0]}\t" in table:
        command += rest.pop(0) + " "
    parameters = list(_parameters(table, command.rstrip())) if command else []
    if parameters:
        yield from _of_command(parameters, rest, beginning, plan)
    elif not rest:
        yield from _below(table, command)


def _without_options(words: list[str]) -> tuple[list[str], str, str]:
    """Return the words from the command on, the plan's folder named before, and what the value being typed may be."""
    plan = ""
    while words and words[0].startswith("-"):
        option = words.pop(0)
        if option in _BEFORE_ANY and not words:
            return [], plan, _BEFORE_ANY[option]
        if option in _BEFORE_ANY:
            value = words.pop(0)
            plan = value if option in _PLAN_OPTIONS else plan
    return words, plan, ""


def _below(table: str, group: str) -> Iterator[Candidate]:
    """Yield the commands of a group."""
    for line in table.splitlines():
        name, _, words = line.partition("\t")
        own = name.removeprefix(group)
        if own and (own != name or not group) and " " not in own:
            yield Candidate(own, words)


def _parameters(table: str, command: str) -> Iterator[Parameter]:
    """Yield a command's parameters; none for a group or an unknown command."""
    _, found, rest = table.partition(f"\n{command}\t")
    for line in rest.splitlines()[1:] if found else ():
        if not line.startswith("\t"):
            return
        _, names, takes, words = line.split("\t")
        yield Parameter(names.split(","), takes, words)


def _of_command(
    parameters: Sequence[Parameter], words: Sequence[str], beginning: str, plan: str
) -> Iterator[Candidate]:
    """Yield the words that may follow a command and some of its words."""
    options = {name: each for each in parameters for name in each.names if name.startswith("-")}
    waiting, loose, named = _read(options, words)
    option, equals, _ = beginning.partition("=")
    if waiting is None and beginning.startswith("-"):
        if not equals:
            yield from (Candidate(name, each.help) for name, each in options.items() if name.startswith("--"))
        elif option in options:
            yield from (
                Candidate(option + equals + word) for word in _values(options[option].takes, loose, named or plan)
            )
        return
    arguments = [each for each in parameters if not each.names[0].startswith("-")]
    wanted = waiting or _argument(arguments, len(loose))
    if wanted is not None:
        yield from map(Candidate, _values(wanted.takes, loose, named or plan))


def _read(options: dict[str, Parameter], words: Sequence[str]) -> tuple[Parameter | None, list[str], str]:
    """Return the option whose value comes next, the words that are arguments, and the plan's folder."""
    waiting, loose, plan = None, [], ""
    for word in words:
        if waiting is not None:
            if waiting.names[0] in _PLAN_OPTIONS:
                plan = word
            waiting = None
        elif word in options:
            waiting = options[word] if options[word].takes else None
        elif not word.startswith("-"):
            loose.append(word)
    return waiting, loose, plan


def _argument(arguments: Sequence[Parameter], number: int) -> Parameter | None:
    """Return the argument at index `number`; past the end the last argument if it is repeatable, else None."""
    if number < len(arguments):
        return arguments[number]
    return arguments[-1] if arguments and arguments[-1].takes.startswith("+") else None


def _values(takes: str, loose: Sequence[str], plan: str) -> Sequence[str]:
    """Return the possible values of a parameter."""
    from revplan.app.completion import ids_of, kinds

    takes = takes.removeprefix("+")
    if takes == "@*":
        return kinds()
    if not takes.startswith("@"):
        return takes.split("|") if takes != "." else ()
    kind = (loose[0] if loose else "") if takes == "@?" else takes[1:]
    return ids_of(kind, plan or os.environ.get("REVPLAN_PLAN"), os.getcwd())
