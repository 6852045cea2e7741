"""A sprint that is written while its process is killed: the plan is as it was or as it was to be, and never between.

Every step of the write that reaches the disk is the last one once, for each way to write a sprint.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TEAM = "team:\n  sam: {name: Sam, kind: employee, function: marketing, hours_per_week: 40, skills: {web: 3}}\n"
TACTIC = "  {0}: {{title: {0}, function: marketing, impact: {1}, tasks: {{do: {{skill: web, hours: {2}}}}}}}\n"
TACTICS = "tactics:\n" + TACTIC.format("a", 7, 8) + TACTIC.format("b", 6, 100) + TACTIC.format("c", 5, 100)
WRITTEN_BEFORE = "sprint plan 2026-12 --write"
COMMANDS = {
    "swap": "swap c b --write",
    "pin": "sprint plan 2026-12 --pin c --write",
    "drop": "sprint plan 2026-12 --drop a --write",
}

KILLED = textwrap.dedent("""
    import os, shutil, sys
    from pathlib import Path
    import revplan.app.sprint.planning_pages, revplan.app.sprint.what_if, revplan.planning.solve.milp
    from revplan import cli
    from revplan.store.disk.lock import Disk

    STEPS = ("write", "replace", "remove", "remove_folder")  # what changes anything
    begin, before, command = Path(sys.argv[1]), sys.argv[2].split(), sys.argv[3].split()

    def run(root, words, last=None):
        child = os.fork()
        if child == 0:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1), os.dup2(quiet, 2)
            calls = 0
            def counted(method):
                def call(*arguments):
                    nonlocal calls
                    calls += 1
                    if calls == last:
                        os._exit(9)
                    return method(*arguments)
                return call
            for name in STEPS:
                setattr(Disk, name, counted(getattr(Disk, name)))
            sys.argv = ["revplan", *words, "-C", str(root), "--today", "2026-12-01"]
            cli.process()
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def files(root):
        found = (path for path in root.rglob("*.yaml") if ".revplan" not in str(path))
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}

    assert run(begin, before) == 0
    old, root, number = files(begin), Path(sys.argv[4]), 0
    new = None
    while True:
        number += 1
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(begin, root)
        code = run(root, command, number)
        if new is None:  # as it is where nothing happens
            whole = root.with_name("whole")
            shutil.copytree(begin, whole)
            assert run(whole, command) == 0
            new = files(whole)
            assert new != old
        if code != 9:
            break
        assert run(root, ["validate"]) == 0, number
        found = files(root)
        assert found in (old, new), number
        print("old" if found == old else "new")
    assert (code, files(root)) == (0, new)
""")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed in copies of one")
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_sprint_is_written_or_not_wherever_the_process_is_killed(
    make_plan: Callable[..., Path], tmp_path: Path, command: str
) -> None:
    root = make_plan({"team.yaml": TEAM, "tactics.yaml": TACTICS})
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    words = [sys.executable, "-c", KILLED, str(root), WRITTEN_BEFORE, command, str(tmp_path / "killed")]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=here)
    assert done.returncode == 0, done.stderr
    seen = done.stdout.split()
    assert seen == sorted(seen, reverse=True)
    assert seen.count("old") > 3
    assert seen.count("new") > 1
