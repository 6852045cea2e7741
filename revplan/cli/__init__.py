"""The command line: parse, call the app, print, exit. Each command imports heavy modules itself.

    asking          Asks on a terminal for the fields that a new entry needs; each answer is checked when it is
                    given
    budget          `revplan budget …`: budget lines, and what they took
    campaign        `revplan campaign …`: campaigns, the work before their launch, their briefs, links and launch
                    lists
    commands        The table of commands, which imports a command only to run it, and the options before any
                    command
    complete        Completers of parameters: marks for the table of completion, and answers for typer's own
                    completion
    completion      Answers a shell's requests for completion, from a table and from the lines of the plan's files
    console         Writes data to stdout and messages to stderr
    editing         Steps of the editing commands: read options, show the change, write and report the change
    entry           The commands that every noun has (add, edit, drop, list, show), with options for the noun's
                    fields
    explain         `revplan explain`
    export          `revplan export …`: the plan for other programs
    goal            `revplan goal …`: fiscal years with their numbers, and the revenue of months
    guide           `revplan guide`: where the system stands, what to do next, and the programme that sets it up
    import_figures  `revplan import deals|revenue|spend`: figures that other programs know
    import_options  Options that the commands `revplan import …` share, and how an import is shown and written
    import_people   `revplan import time|absences|holidays`: what people worked, and when they are away
    importing       `revplan import …`: what other programs know, into the plan; rows that cannot be used are told
                    one by one
    init            `revplan init`
    interview       Asks the questions of a workshop on a terminal, one screen each, and keeps each answer as it
                    comes
    issue           `revplan issue …`: issues, from raising to solving
    lsp             `revplan lsp`: the language server, which an editor starts
    mcp             `revplan mcp`: the plan for assistants, over the Model Context Protocol
    meeting         `revplan meeting …`: the record of a meeting, and the questions that complete the record
    metric          `revplan metric …`: metrics and their readings
    options         Options that several commands share
    output          Prints documents, long text through a pager, progress, and the errors that stop a command
    playbook        `revplan playbook …`: how kinds of tactics are done, the company's own and those of the
                    catalogue
    rename          `revplan rename` and `revplan refs`
    report          `revplan report` and `revplan agenda`
    repository      `revplan diff`, `log`, `fmt` and `schema`
    set             `revplan set`: the settings, without opening an editor
    skill           `revplan skill list`: what the team can do
    sprint          `revplan sprint plan`, `swap`, what-ifs and horizons, and the group of the sprint's commands
    sprint_life     `revplan sprint start`, `log`, `drop`, `status`, `close` and the like: a sprint's life after
                    it is planned
    stack           `revplan stack …`: the technology
    tactic          `revplan tactic …`: the backlog, and the results of finished tactics
    team            `revplan team …`: the members and their time
    todo            `revplan todo …`: promises of one person
    validate        `revplan validate`
    workshop        `revplan workshop`: the workshops, on a terminal question by question, or on paper

`commands` lists the commands. This module imports nothing heavy, because every import would delay shell completion.
"""

from __future__ import annotations

import gc
import os
import sys

_COLLECT_RARELY = 500_000
"""New objects before a garbage collection. Collections are rare because a command is short and uses all of its plan."""
INTERRUPTED = 130
"""The exit code of a command that the user interrupts, as shells have it: 128 and the number of the signal."""


def main() -> None:
    """Run the command line. A user's mistake gives a message, never a traceback; so does Ctrl-C, at any time."""
    gc.set_threshold(_COLLECT_RARELY)
    try:
        use_utf8()
        if "_REVPLAN_COMPLETE" in os.environ:
            from revplan.cli.completion import complete

            if complete():
                sys.exit()
        from revplan.cli.commands import run

        run()
    except KeyboardInterrupt:
        from revplan.cli.commands import end_interrupted

        end_interrupted()


def use_utf8() -> None:
    """Set the standard streams to UTF-8 and plain line ends: the same plan gives the same bytes in any locale."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the shell has closed the stream
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as the process
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - likewise
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def process() -> None:
    """Run the command line and end the process.

    The process ends without freeing its memory, because freeing a large plan takes as long as checking the plan.
    """
    try:
        main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _leave(end.code or 0)
        raise
    except KeyboardInterrupt:  # once more, while the first is answered
        _leave(INTERRUPTED)
    except OSError:  # not even the message about a failure can be written
        _leave(_COULD_NOT_RUN)


def _leave(code: int) -> None:
    import atexit

    atexit._run_exitfuncs()  # noqa: SLF001 - as multiprocessing ends its processes
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:
            code = code or 1  # the reader of the output has closed it
        except OSError as error:
            if code != _COULD_NOT_RUN:  # otherwise the failure is reported already
                os.write(2, f"error: the output cannot be used: {error.strerror}\n".encode())
            code = _COULD_NOT_RUN
    os._exit(code)


_COULD_NOT_RUN = 2
"""The exit code of a command that could not run."""
