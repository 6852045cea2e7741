"""The command line: parse, call the app, print, exit. What is heavy is imported by the command that needs it.

`commands.py` lists the commands, `root.py` joins them. Nothing is imported here, because a shell that asks for
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
