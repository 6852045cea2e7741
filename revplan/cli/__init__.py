"""The command line: parse, call the app, print, exit. What is heavy is imported by the command that needs it.

    campaign     `revplan campaign …`: campaigns and their launch lists
    commands     Every command by name, imported only when it is run, and the options before any command
    complete     What completes a parameter: a mark for the table of completion, and an answer where typer asks by
                 itself
    completion   What shells ask on every press of Tab, answered from a table and from the lines of the plan's
                 files
    console      Where output goes: data to stdout, messages to stderr, colour and width only where a terminal has
                 them
    editing      How editing commands read what was given, ask for what is missing, show the change, write it and
                 tell it
    entry        The verbs that every noun has (add, edit, drop, list, show), with the options of the noun's own
                 fields
    explain      `revplan explain`: the manual of a rule or of a field, or why a tactic is where it is
    export       `revplan export …`: the plan for other programs
    importing    `revplan import …`: what other programs know, into the plan; rows that cannot be used are told
                 one by one
    init         `revplan init`: a plan to begin with
    issue        `revplan issue …`: what stands in the way, from being raised to being solved
    meeting      `revplan meeting …`: what was said and decided, and what is asked on a terminal
    metric       `revplan metric …`: metrics and their readings
    nouns        The nouns of the editing commands, and the fields of each that have an option of their own
    options      Options that several commands share
    output       What commands print: documents, long text by screens, progress, and errors that stop a command
    playbook     `revplan playbook …`: how kinds of tactics are done, the company's own and those of the catalogue
    rename       `revplan rename` and `revplan refs`: an id, and all that names it
    report       `revplan report` and `revplan agenda`: one page, or all of them
    repository   `revplan diff`, `log`, `fmt` and `schema`: the plan as files under git
    sprint       `revplan sprint plan`, `swap`, what-ifs and horizons, and the group of the sprint's commands
    sprint_life  `revplan sprint start`, `log`, `status`, `close`, `reopen` and the like: a sprint's life after it
                 is planned
    stack        `revplan stack …`: the technology
    tactic       `revplan tactic …`: the backlog, and what became of what was done
    team         `revplan team …`: the members and their time
    todo         `revplan todo …`: promises of one person
    validate     `revplan validate`: findings, and the exit code that they make

`commands.py` lists the commands. Nothing is imported here, because a shell that asks for
completion on every press of Tab needs none of it.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; a failure of the user's side is a message, never a traceback."""
    use_utf8()
    if "_REVPLAN_COMPLETE" in os.environ:
        from revplan.cli.completion import complete

        if complete():
            sys.exit()
    from revplan.cli.commands import run

    run()


def use_utf8() -> None:
    """Write UTF-8 and plain line ends whatever the locale, so that the same plan gives the same bytes."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # the shell has closed it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as the process
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def process() -> None:
    """Be the process that runs the command line, and end with it.

    What is in memory is given up as it is: taking a large plan apart, object by object, takes as long as checking it.
    """
    try:
        main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _leave(end.code or 0)
        raise


def _leave(code: int) -> None:
    import atexit

    atexit._run_exitfuncs()  # noqa: SLF001 - as multiprocessing ends its processes
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:
            code = code or 1  # whoever read it has seen enough
        except OSError as error:
            if code != _COULD_NOT_RUN:  # else it has been told
                os.write(2, f"error: the output cannot be used: {error.strerror}\n".encode())
            code = _COULD_NOT_RUN
    os._exit(code)


_COULD_NOT_RUN = 2
"""The exit code."""
