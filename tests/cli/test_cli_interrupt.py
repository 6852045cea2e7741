"""Ctrl-C ends a command with exit code 130, and with a word about what it has written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from revplan.cli import commands
from revplan.store.disk import journal, written
from revplan.store.disk.lock import Disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

TEAM = "team:\n  sam: {name: Sam, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}\n"
TACTIC = "  page: {title: Page, function: marketing, impact: 5, tasks: {do: {skill: writing, hours: 4}}}\n"
PLAN = f"{TEAM}tactics:\n{TACTIC}  post{TACTIC[6:]}"
COMMANDS = {
    "add": ("todo", "add", "Call", "--owner", "sam", "--due", "2026-12-04"),
    "plan": ("sprint", "plan", "--write"),
    "pin": ("sprint", "plan", "--pin", "page", "--write"),
    "rename": ("rename", "member", "sam", "sue"),
    "output": ("report", "team", "-o", "{}/team.txt"),
    "site": ("report", "--all", "-o", "{}/site"),
}


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "WRITTEN", [])
    monkeypatch.setattr(written, "CUT_OFF", [])
    for name in ("WRITTEN", "CUT_OFF"):
        monkeypatch.setattr(f"revplan.app.open.{name}", getattr(written, name))


def _interrupt(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(
    ("method", "told"), [("write", "no file was written"), ("sync_folder", "written")], ids=["before", "past"]
)
def test_what_was_written_is_told(
    december_plan: Callable[[str], Path],
    run: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    method: str,
    told: str,
) -> None:
    root = december_plan(PLAN)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done = getattr(Disk, method)

    def interrupt_once(*arguments: object) -> NoReturn:
        monkeypatch.setattr(Disk, method, done)
        if method != "write":
            done(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(Disk, method, interrupt_once)
    ran = run("-C", root, *(word.format(root) for word in command))
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert (ran.code, after == before) == (130, method == "write"), ran.err
    assert ran.err.splitlines()[-1].startswith("interrupted: ")
    assert ran.err.endswith(f"{told}\n")


def test_before_the_command_is_known_it_is_told_too(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "run", _interrupt)
    ran = run("validate")
    assert (ran.code, ran.err) == (130, "interrupted: no file was written\n")


def test_who_presses_it_again_is_told_that_the_next_command_sees_to_it(
    december_plan: Callable[[str], Path], run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = december_plan(PLAN)
    with monkeypatch.context() as patch:
        patch.setattr(Disk, "sync_folder", _interrupt)  # the journal is in its place, and no file is yet
        patch.setattr(Disk, "replace", _interrupted_but_for_the_journal)
        ran = run("-C", root, *COMMANDS["add"])
    assert (ran.code, ran.err.splitlines()[-1]) == (
        130,
        "interrupted: the write of company.yaml is cut off; the next command finishes it or takes it back",
    )
    assert not (root / "company.yaml").exists()
    ran = run("-C", root, "todo", "list")
    assert "a write that was cut off is finished: company.yaml" in ran.err
    assert "call" in ran.out


def _interrupted_but_for_the_journal(_: Disk, source: Path, target: Path) -> None:
    if target.name != journal.JOURNAL:
        raise KeyboardInterrupt
    source.replace(target)


ENDED = """
import os, signal, sys
from revplan.cli import process
from revplan.store.disk.lock import Disk

number, sync = signal.Signals[sys.argv.pop()], Disk.sync_folder

def end(*_):
    os.kill(os.getpid(), number)
    Disk.sync_folder = sync

signal.signal(number, signal.SIG_DFL)  # whoever runs the tests may ignore it
Disk.sync_folder = end
process()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there are no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("command", [COMMANDS["add"], COMMANDS["output"]], ids=["plan", "output"])
def test_a_process_that_is_ended_says_what_it_has_written(
    december_plan: Callable[[str], Path], command: tuple[str, ...], name: str
) -> None:
    root = december_plan(PLAN)
    words = [sys.executable, "-c", ENDED, "-C", str(root), *(word.format(root) for word in command), name]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})
    written = "company.yaml" if command == COMMANDS["add"] else str(root / "team.txt")
    assert done.stderr == f"warning: ended by {name}: {written} is written\n"
    assert done.returncode == -signal.Signals[name]
    assert [path.name for path in root.glob(".revplan*")] == []
