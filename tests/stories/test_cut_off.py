"""A command that is cut off while it writes, and then typed again: done once, and never twice."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from revplan.store.disk.lock import Disk
from tests.support.disks import METHODS, contents
from tests.support.plans import UNDER_WAY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

PLAN = {
    **UNDER_WAY,
    "revplan.yaml": "revplan: {format: 1, company: Test, currency: EUR, today: 2026-12-02}\n",
}
LOG = ("sprint", "log", "a/do", "--hours", "1")
COMMANDS = {
    "log": LOG,
    "close": ("sprint", "close", "--yes"),
    "rename": ("rename", "member", "sam", "sue"),
    "add": ("todo", "add", "Call", "--owner", "sam", "--due", "2026-12-04"),
}


class CutOffError(BaseException):
    """Stands for the end of a process: no code of the command handles it."""


def cut_off(patch: pytest.MonkeyPatch, last: int, *, is_after: bool) -> list[str]:
    """End the command at a call of the disk, before or after it; return the list that gets each call's name."""
    calls: list[str] = []

    def watched(name: str) -> Callable[..., object]:
        method = getattr(Disk, name)

        def call(*arguments: object) -> object:
            calls.append(name)
            if len(calls) == last and not is_after:
                raise CutOffError
            result = method(*arguments)
            if len(calls) == last:
                raise CutOffError
            return result

        return call

    for name in METHODS:
        patch.setattr(Disk, name, watched(name))
    return calls


def run_until(run: Run, root: Path, command: tuple[str, ...], last: int, *, is_after: bool = False) -> list[str]:
    """Run a command until a call of the disk, or to its end where there are fewer; return the calls' names."""
    with pytest.MonkeyPatch.context() as patch:
        calls = cut_off(patch, last, is_after=is_after)
        with suppress(CutOffError):
            run("-C", root, *command)
        return calls


@pytest.fixture
def start(make_plan: Callable[..., Path]) -> Callable[[], Path]:
    """Lay the plan out anew in the same folder."""

    def lay_out() -> Path:
        root = make_plan(PLAN)
        shutil.rmtree(root)
        return make_plan(PLAN)

    return lay_out


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_the_same_command_again_does_it_once(run: Run, start: Callable[[], Path], command: tuple[str, ...]) -> None:
    root = start()
    count = len(run_until(run, root, command, 0))
    once = contents(root)
    told = 0
    for number in range(1, count + 1):
        for is_after in (False, True):
            if (number, is_after) == (count, True):
                continue  # all was done, and only the message is missing
            run_until(run, start(), command, number, is_after=is_after)
            again = run("-C", root, *command)
            assert (again.code, contents(root)) == (0, once), (number, is_after, again.err)
            told += "this command was cut off before, and what it writes is written" in again.err
    assert 0 < told < 2 * count - 1


def test_cut_off_while_it_is_finished_it_is_done_once(run: Run, start: Callable[[], Path]) -> None:
    root = start()
    calls = run_until(run, root, LOG, 0)
    once = contents(root)
    for first in range(calls.index("replace") + 2, len(calls) + 1):  # from the journal on
        for second in range(1, 8):
            run_until(run, start(), LOG, first)
            if len(run_until(run, root, LOG, second)) == second:
                assert "cut off before" in run("-C", root, *LOG).err
            assert contents(root) == once, (first, second)


def test_another_command_finishes_the_write_and_goes_on(run: Run, start: Callable[[], Path]) -> None:
    root = start()
    calls = run_until(run, root, LOG, 0)
    second = calls.index("replace", calls.index("replace") + 1) + 1
    run_until(run, start(), LOG, second)
    ran = run("-C", root, *LOG[:-1], "2")
    assert ran.code == 0
    assert f"is finished: sprints/2026-12.yaml (by `revplan -C {root} sprint log a/do --hours 1`)" in ran.err
    assert "log: {2026-12-02: {sam: 3}}" in (root / "sprints/2026-12.yaml").read_text()
