from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

PLAN = """\
team:
  dana: {name: Dana Whitfield, kind: employee, function: leadership, hours_per_week: 40}
  tomas: {name: Tomás Aguilar, kind: employee, function: sales, hours_per_week: 40}
issues:
  leads-wait: {title: Leads wait, raised: 2026-11-20}
  for-the-quarter: {title: Which market next, raised: 2026-11-20, horizon: quarter}
todos:
  job-ad: {title: Write the ad, owner: dana, due: 2026-11-27}
"""
ANSWERS = (
    *("Dana, zoe", "Dana, tomás"),
    *("A plant in Ohio signed", ""),
    *("job-add", "job-ad", ""),
    *("leads-wait", "Tomás calls within the hour", ""),
    *("Parts (as ever) are late", "tomás", "Nobody answers on Fridays", "", ""),
    *("Write the rule", "", "dana", "tomorrow", "2026-12-02", "Call the dairies", "tomas", "", ""),
    *("The rule starts on Monday", ""),
    "",
    *("11", "8", ""),
)
CTRL_C = "\x03"
PATIENCE = 2
"""Seconds without an answer before Ctrl-C is pressed again."""
TRIES = 60
"""How often that is waited for before the test gives up: rather a failure than a run that never ends."""

MINUTES = """\
meetings:
  2026-11-30-weekly:
    kind: weekly
    date: 2026-11-30
    attended: [dana, tomas]
    rating: {dana: 8}
    decisions: [The rule starts on Monday]
    headlines: [A plant in Ohio signed]
"""


def on_a_terminal(root: Path, keys: Sequence[str], *arguments: str) -> tuple[int, str]:
    """Close a weekly meeting on a terminal of its own, typing one key sequence at each question.

    Returns:
        The exit code, and everything the terminal has shown.
    """
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "revplan", "meeting", "close", "weekly", "-C", str(root), *arguments]
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1"}
    with subprocess.Popen(
        command,
        env=environment,
        preexec_fn=lambda: os.login_tty(inner),  # noqa: PLW1509 - Ctrl-C needs a session; no thread runs here
    ) as process:
        os.close(inner)
        try:
            screen = answered(outer, keys)
        except TimeoutError:
            process.kill()
            raise
    os.close(outer)
    return process.returncode, screen


def answered(terminal: int, keys: Sequence[str]) -> str:
    """Type the next keys whenever a question is shown, until nobody writes to the terminal any more.

    A Ctrl-C that falls between Python's showing of a prompt and its waiting for keys is noticed at the next key only,
    so where nothing comes of one, it is pressed again, as anybody would.
    """
    waiting, screen, last = list(keys), "", ""
    while part := read(terminal, CTRL_C if last == CTRL_C else ""):
        screen += part
        if waiting and screen.endswith(": "):
            last = waiting.pop(0)
            os.write(terminal, last.encode())
    return screen


def read(terminal: int, again: str) -> str:
    for _ in range(TRIES):
        if select.select([terminal], [], [], PATIENCE)[0]:
            break
        os.write(terminal, again.encode())
    else:
        raise TimeoutError("neither a question nor an end")
    try:
        return os.read(terminal, 65536).decode()
    except OSError:  # what Linux says when the last writer has gone
        return ""


def typed(answers: Sequence[str]) -> list[str]:
    return [f"{answer}\n" for answer in answers]


def test_what_is_missing_is_asked_for_and_asked_again_until_it_fits(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(PLAN)
    code, screen = on_a_terminal(root, typed(ANSWERS), "--today", "2026-11-30")
    assert code == 0, screen
    assert [line.strip() for line in screen.splitlines() if "error:" in line] == [
        'error: no member "zoe"',
        'error: no todo "job-add"',
        'error: "tomorrow" is neither a member nor a day',
        'error: "dana: 11" is no rating',
    ]
    assert "leads-wait: Leads wait" in screen
    assert "Which market next" not in screen
    assert (root / "meetings" / "2026-11-30-weekly.yaml").read_text(encoding="utf-8") == MINUTES
    after = (root / "plan.yaml").read_text(encoding="utf-8")
    assert "solution: Tomás calls within the hour" in after
    assert "title: Parts (as ever) are late\n    raised: 2026-11-30\n    raised_by: tomas\n" in after
    assert "title: Write the rule\n    owner: dana\n    due: 2026-12-02\n" in after
    assert "title: Call the dairies\n    owner: tomas\n    due: 2026-12-07\n" in after
    following = run("agenda", "weekly", "-C", root, "--today", "2026-12-07").out
    assert "The rule starts on Monday" in following
    assert "Leads wait: Tomás calls within the hour" in " ".join(following.split())


def test_what_options_and_the_agenda_say_is_not_asked(make_plan: MakePlan) -> None:
    sheet = make_plan(PLAN) / "monday.md"
    sheet.write_text("**Headlines**\n\n- A plant signed\n", encoding="utf-8")
    said = ("--from", str(sheet), "--attended", "dana", "--rating", "dana=8", "--decision", "No new tool")
    code, screen = on_a_terminal(sheet.parent, typed([""] * 9), "--today", "2026-11-30", *said)
    assert code == 0, screen
    assert "A new to-do" in screen
    assert not any(word in screen for word in ("Who was there", "headline", "A decision", "rates"))


def test_nothing_is_asked_where_that_is_not_wanted(make_plan: MakePlan) -> None:
    code, screen = on_a_terminal(make_plan(PLAN), (), "--today", "2026-11-30", "--yes")
    assert (code, "written down: 2026-11-30-weekly" in screen) == (0, True)
    assert "Who was there" not in screen


def test_a_meeting_that_is_written_down_is_told_before_anything_is_asked(make_plan: MakePlan) -> None:
    root = make_plan(PLAN)
    assert on_a_terminal(root, (), "--today", "2026-11-30", "--yes")[0] == 0
    code, screen = on_a_terminal(root, (), "--today", "2026-11-30")
    assert (code, "already" in screen, "Who was there" in screen) == (2, True, False)


@pytest.mark.parametrize("key", [CTRL_C, "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("count", [0, 1, 7])
def test_broken_off_nothing_is_written(make_plan: MakePlan, key: str, count: int) -> None:
    root = make_plan(PLAN)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    code, screen = on_a_terminal(root, [*typed(ANSWERS[:count]), key], "--today", "2026-11-30")
    assert code == 2
    assert "stopped half-way: nothing is written" in screen
    assert "Traceback" not in screen
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
