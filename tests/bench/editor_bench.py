"""How long an editor waits for findings: run by hand.

    python -m tests.bench.editor_bench [COUNT ...]

For Harbourline, and for plans of so many tactics (10,000), prints what one key typed takes until its findings are told:
over a real pipe, from the message that a file has changed to the findings of that version, with the wait for the end of
a burst of typing; in the process alone, the same without pipe and wait, in processor seconds, also as a ratio to
reading and checking the plan anew as `revplan validate` does; and what completion and hover take over the pipe. The
median of some runs: a server's time is what its user sees, and a busy machine makes it longer.
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from revplan.app.editor.findings import findings_by_file
from revplan.app.editor.workspace import EditorWorkspace
from tests.bench.validate_bench import checked, fastest, write_plan
from tests.support.lsp_client import Editor
from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 28)
RUNS = 9


def seconds(what: Callable[[], object]) -> float:
    """Return the median of the seconds that something takes."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        what()
        times.append(time.perf_counter() - started)
    return median(times)


def over_the_pipe(file: Path) -> None:
    """Print what typing a key, completion and hover take over a pipe."""
    editor = Editor(today=TODAY.isoformat())
    started = time.perf_counter()
    editor.open(file)
    print(f"  first findings     {time.perf_counter() - started:6.3f} s")
    text = file.read_text(encoding="utf-8")
    row = next(number for number, line in enumerate(text.splitlines()) if line.lstrip().startswith("title: "))
    column = text.splitlines()[row].index("title: ") + len("title: ")
    place = {"start": {"line": row, "character": column}, "end": {"line": row, "character": column}}
    print(
        f"  a key typed        {seconds(lambda: editor.type(file, 'x', place)):6.3f} s, with the wait for the next key"
    )
    print(f"  completion         {seconds(lambda: editor.at(file, row, column - 7, 'completion')):6.3f} s")
    print(f"  hover              {seconds(lambda: editor.at(file, row - 1, 4, 'hover')):6.3f} s")
    editor.leave()


def in_the_process(root: Path, file: Path) -> None:
    """Print the processor time of a key typed, against that of reading and checking the plan anew."""
    workspace = EditorWorkspace(lambda: (TODAY, TODAY))
    text = file.read_text(encoding="utf-8")
    plan = workspace.open(file.as_uri(), 1, text)
    assert plan is not None
    findings_by_file(plan)
    typed = 0

    def type_a_key() -> None:
        nonlocal typed
        typed += 1
        workspace.close(file.as_uri())
        workspace.open(file.as_uri(), typed, text + "#" * typed + "\n")
        findings_by_file(plan)

    key, anew = fastest(type_a_key), fastest(lambda: checked(root))
    print(f"  a key, no pipe     {key:6.3f} s, {key / anew:4.2f} x of reading and checking anew ({anew:.3f} s)")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="*", type=int, metavar="COUNT", default=[10_000])
    arguments = parser.parse_args()
    print("Harbourline")
    over_the_pipe(HARBOURLINE / "tactics" / "marketing.yaml")
    in_the_process(HARBOURLINE, HARBOURLINE / "tactics" / "marketing.yaml")
    for count in arguments.counts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve()
            write_plan(root, count)
            print(f"{count:,} tactics")
            over_the_pipe(root / "tactics" / "from-0.yaml")
            in_the_process(root, root / "tactics" / "from-0.yaml")


if __name__ == "__main__":
    main()
