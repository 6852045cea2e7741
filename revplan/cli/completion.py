"""What shells ask on every press of Tab, answered without parsing: parsing imports the models, which takes too long.

The shells' scripts are typer's own (`revplan --install-completion`), and what they ask for is answered here.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import typer

from revplan.cli import console
from revplan.cli.commands import COMMANDS
from revplan.cli.lazy import imported

_PLAN_OPTIONS = ("-C", "--plan")
_ESCAPED_FOR_ZSH = re.compile(r"[\"'$`:\\]")


class Candidate(NamedTuple):
    """A word that may stand there, and what it means."""

    word: str
    help: str = ""


def complete() -> bool:
    """Answer a shell, if one asks; return whether that was so."""
    answer = answer_to(os.environ.get("_REVPLAN_COMPLETE", ""))
    if answer is None:
        return False
    console.out(answer + "\n")
    return True


def answer_to(asked: str) -> str | None:
    """Return the answer to a shell; None for what typer answers itself, such as printing its script."""
    action, _, shell = asked.partition("_")
    if action != "complete" or shell not in ("bash", "zsh", "fish"):
        return None
    words, beginning = _line(shell)
    return _written(shell, [each for each in candidates(words, beginning) if each.word.startswith(beginning)])


def _line(shell: str) -> tuple[list[str], str]:
    """Return the words of the line before the one that is being typed, without the program's name, and that one."""
    if shell == "bash":
        words = _split(os.environ.get("COMP_WORDS", ""))
        position = int(os.environ.get("COMP_CWORD", "0"))
        return words[1:position], words[position] if position < len(words) else ""
    line = os.environ.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(line)[1:]
    return (words[:-1], words[-1]) if words and not line.endswith(" ") else (words, "")


def _split(line: str) -> list[str]:
    """Return a line's words; a quote that is still open ends with the line."""
    for quote in ("", '"', "'"):
        try:
            return shlex.split(line + quote)
        except ValueError:
            continue
    return line.split()


def _written(shell: str, found: Sequence[Candidate]) -> str:
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
    return {'"': '""', "'": "''", ":": r"\\:"}.get(character, "\\" + character)


# --- what may stand there ----------------------------------------------------------------------------------------


def candidates(words: Sequence[str], beginning: str) -> Iterator[Candidate]:
    """Yield what may stand after some words; more than begins so."""
    rest, plan = _without_plan(list(words))
    if rest is None:
        return
    if not rest:
        yield from (Candidate(command.name, command.help) for command in COMMANDS)
        return
    known = next((command for command in COMMANDS if command.name == rest[0]), None)
    if known is None:
        return
    command, rest = imported(known), rest[1:]
    inner = getattr(command, "commands", None)
    if inner is not None and not rest:
        yield from (Candidate(name, _first_line(each.help)) for name, each in inner.items())
    elif inner is None or rest[0] in inner:
        leaf, rest = (command, rest) if inner is None else (inner[rest[0]], rest[1:])
        yield from _of_command(leaf, rest, beginning, {"plan": plan} if plan else {})


def _without_plan(words: list[str]) -> tuple[list[str] | None, str]:
    """Return the words from the command on, and the plan named before it; None where its folder is being typed."""
    plan = ""
    while words and words[0].startswith("-"):
        option = words.pop(0)
        if option in _PLAN_OPTIONS:
            if not words:
                return None, ""
            plan = words.pop(0)
    return words, plan


def _of_command(
    command: Any,  # noqa: ANN401 - the parser's own type differs by version
    words: Sequence[str],
    beginning: str,
    given: dict[str, Any],
) -> Iterator[Candidate]:
    """Yield what may stand after a command and some of its words."""
    options = {name: each for each in command.params for name in each.opts if name.startswith("-")}
    waiting, loose = _read(options, words, given)
    if waiting is None and beginning.startswith("-"):
        yield from (Candidate(name, _first_line(each.help)) for name, each in options.items() if name.startswith("--"))
        return
    arguments = [each for each in command.params if not each.opts[0].startswith("-")]
    given.update((argument.name, word) for argument, word in zip(arguments, loose, strict=False))
    wanted = waiting or _argument(arguments, len(loose))
    if wanted is not None:
        context = typer.Context(command)
        context.params.update(given)
        yield from (Candidate(each.value) for each in wanted.shell_complete(context, beginning))


def _read(options: Mapping[str, Any], words: Sequence[str], given: dict[str, Any]) -> tuple[Any, list[str]]:
    """Note the values of options; return the one whose value comes next, and the words that belong to none."""
    waiting, loose = None, []
    for word in words:
        if waiting is not None:
            given[waiting.name], waiting = word, None
        elif word in options:
            waiting = None if options[word].is_flag or options[word].count else options[word]
        elif not word.startswith("-"):
            loose.append(word)
    return waiting, loose


def _argument(arguments: Sequence[Any], number: int) -> Any:  # noqa: ANN401 - likewise
    """Return the argument that comes after so many; the last again where it takes several, or None."""
    if number < len(arguments):
        return arguments[number]
    return arguments[-1] if arguments and arguments[-1].nargs != 1 else None


def _first_line(text: str | None) -> str:
    return (text or "").partition("\n")[0]
