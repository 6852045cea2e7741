"""How the process ends, which only a real one shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.plans import EXAMPLES

FULL = Path("/dev/full")
COMMAND = (sys.executable, "-m", "revplan")
MINIMAL = str(EXAMPLES / "minimal")
on_posix = pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")


@on_posix
@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("schema",), ("report", "backlog", "-C", MINIMAL)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told_and_nothing_else(arguments: tuple[str, ...], unbuffered: str) -> None:
    with FULL.open("w") as full:
        ended = subprocess.run(
            [*COMMAND, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={"PYTHONUNBUFFERED": unbuffered, "PATH": ""},
        )
    assert ended.returncode == 2
    assert ended.stderr == "error: the output cannot be used: No space left on device\n"


@on_posix
@pytest.mark.parametrize("arguments", [("validate", "-C", "nope"), ("no-such-command",), ("validate", "-C", MINIMAL)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_cannot_be_told_has_its_exit_code_all_the_same(arguments: tuple[str, ...], unbuffered: str) -> None:
    with FULL.open("w") as full:
        ended = subprocess.run(
            [*COMMAND, *arguments],
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
            env={"PYTHONUNBUFFERED": unbuffered, "PATH": ""},
        )
    assert ended.returncode == 2


@on_posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_fault(closed: str) -> None:
    line = f'exec "$0" -m revplan validate -C "$1" {closed}'
    ended = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, MINIMAL], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr


@on_posix
def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    line = '"$0" -m revplan schema | head -c 1'
    ended = subprocess.run(["/bin/sh", "-c", line, sys.executable], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("{", "")


def test_what_was_asked_to_run_at_the_end_runs() -> None:
    code = "import atexit, sys; from revplan.cli import process; atexit.register(print, 'the end'); process()"
    ended = subprocess.run([sys.executable, "-c", code, "--version"], capture_output=True, text=True, check=False)
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-1] == "the end"


@on_posix
@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ('"$0" -m revplan todo add -C "$1" <&-', 2, "title"),
        ('TZ=\'AAA+99999999999\' "$0" -m revplan validate -C "$1"', 0, ""),
        ('mkdir gone; cd gone; rmdir ../gone; "$0" -m revplan validate', 2, "error: the current folder cannot be used"),
        ('"$0" -OO -m revplan explain RP302', 2, "the manual is left out by Python's optimisation"),
    ],
    ids=["no input", "odd zone", "no folder", "no docstrings"],
)
def test_an_odd_process_is_answered(line: str, code: int, told: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, MINIMAL], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (ended.returncode, told in ended.stderr, "Traceback" in ended.stderr) == (code, True, False), ended.stderr
