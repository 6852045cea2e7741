"""A close asks before it is early, and the last one can be undone to the byte."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from revplan.app.open import context_of, open_plan
from revplan.app.sprint.life import close, close_and_carry, reopen
from tests.support.plans import save
from tests.support.quay import COMPANY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.quay import Company

    Found = Callable[..., Company]

PATIENCE = 60


def validates(quay: Company, day: str) -> bool:
    return quay.invoke("validate", "-C", str(quay.root), "--today", day).code == 0


# --- close -------------------------------------------------------------------------------------------------------


def test_an_early_close_is_refused_where_nobody_can_be_asked(company: Found) -> None:
    quay = company().started().on("2026-12-09")
    said = quay.refused("close")
    # of December's 23 workdays, 16 come after Wednesday the ninth
    assert "16 workdays are left until its end on 31 December 2026." in said
    assert "Open with 98 h left: Page of the guide, Buyer's guide and A book." in said
    assert "--yes closes it all the same" in said
    assert "comes first in the next sprint" in quay.refused("close", "--carry")
    quay.done("close", "--yes")
    assert quay.sprint().status == "closed"


@pytest.mark.parametrize("day", ["2026-12-31", "2027-01-02", "2027-03-01"])
def test_a_sprint_without_workdays_left_is_closed_at_once(company: Found, day: str) -> None:
    quay = company().started().on(day)
    quay.done("close")
    assert quay.sprint().status == "closed"


def test_a_dry_run_shows_the_close_and_writes_nothing(company: Found) -> None:
    quay = company().started().on("2026-12-09")
    before = quay.bytes()
    ran = quay.done("close", "--dry-run")
    assert ("By tactic" in ran.out, "98 h committed" in ran.out, "wrote nothing" in ran.err) == (True, True, True)
    assert quay.bytes() == before
    assert ran.out == quay.done("close", "--yes").out


def on_a_terminal(quay: Company, key: str, *arguments: str) -> tuple[int, str]:
    """Close a sprint on a terminal of its own, and answer its question; return the exit code and what was shown."""
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "revplan", "sprint", "close", *arguments]
    environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "PAGER": "cat"}
    with subprocess.Popen(
        [*command, "-C", str(quay.root), "--today", quay.today],
        env=environment,
        stdin=inner,
        stdout=subprocess.DEVNULL,
        stderr=inner,
    ) as process:
        os.close(inner)
        screen = ""
        while part := _read(outer, process):
            screen += part
            if key and screen.rstrip().endswith("[y/N]:"):
                os.write(outer, f"{key}\n".encode())
                key = ""
    os.close(outer)
    return process.returncode, screen


def _read(terminal: int, process: subprocess.Popen[bytes]) -> str:
    if not select.select([terminal], [], [], PATIENCE)[0]:
        process.kill()
        raise TimeoutError("neither a question nor an end")
    try:
        return os.read(terminal, 65536).decode()
    except OSError:  # what Linux says when the last writer has gone
        return ""


@pytest.mark.parametrize(("key", "code", "status"), [("n", 1, "active"), ("y", 0, "closed")])
def test_on_a_terminal_it_asks(company: Found, key: str, code: int, status: str) -> None:
    quay = company().started().on("2026-12-09")
    ended, screen = on_a_terminal(quay, key)
    assert (ended, quay.sprint().status) == (code, status)
    for told in ("16 workdays are left", "Open with 98 h left", "competes again", "Close sprint 2026-12? [y/N]"):
        assert told in screen


def test_on_a_terminal_it_asks_at_the_end_too_unless_it_is_told(company: Found) -> None:
    quay = company().started().on("2026-12-31")
    assert on_a_terminal(quay, "n")[0] == 1
    ended, screen = on_a_terminal(quay, "", "--yes")
    assert (ended, "[y/N]" in screen, quay.sprint().status) == (0, False, "closed")


# --- reopen ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("carry", [(), ("--carry",)])
def test_closed_and_opened_again_it_is_what_it_was(company: Found, carry: tuple[str, ...]) -> None:
    quay = company().started().on("2026-12-09")
    quay.done("log", "guide/write", "--hours", "6", "--date", "2026-12-02")
    before = quay.bytes()
    quay.done("close", "--yes", *carry)
    closed = quay.bytes()
    shown = quay.done("reopen", "--dry-run").out
    assert "+    status: active" in shown
    assert quay.bytes() == closed
    assert "reopened sprint 2026-12: it is active again" in quay.done("reopen").err
    assert quay.bytes() == before
    quay.done("close", "--yes", *carry)
    assert quay.bytes() == closed
    assert validates(quay, "2026-12-09")


def test_a_sprint_that_never_began_is_planned_again(company: Found) -> None:
    quay = company()
    quay.done("plan", "--write")
    before = quay.bytes()
    quay.on("2027-01-04").done("close", "2026-12")
    assert "it is planned again" in quay.on("2027-01-04").done("reopen").err
    assert quay.bytes() == before


def test_only_the_last_close_is_undone(company: Found) -> None:
    quay = company().started().on("2026-12-31")
    assert "sprint 2026-12 is active, not closed" in quay.refused("reopen", "2026-12")
    assert "no sprint is closed" in quay.refused("reopen")
    quay.done("close")
    january = quay.on("2027-01-04")
    january.done("plan", "2027-01", "--write")
    assert "sprint 2027-01 has taken up what 2026-12 left of book, guide and page" in january.refused("reopen")
    january.done("start", "2027-01")
    assert "sprint 2027-01 is active" in january.refused("reopen")
    quay.on("2027-01-29").done("close", "2027-01")
    assert "`revplan sprint reopen 2027-01` undoes that one first" in january.refused("reopen", "2026-12")
    assert 'no written sprint "2026-13"' in january.refused("reopen", "2026-13")
    quay.on("2027-01-29").done("reopen")
    assert quay.sprint("2027-01").status == "active"


def test_what_was_edited_is_opened_with_its_edits_and_sealed_anew(company: Found) -> None:
    quay = company().started().on("2026-12-31")
    quay.done("close")
    file = quay.root / "sprints" / "2026-12.yaml"
    file.write_text(file.read_text().replace("hours: 20,", "hours: 21,"))
    assert not validates(quay, "2026-12-31")
    assert "it was edited since it was closed; the edits stay" in quay.done("reopen").err
    assert quay.row("guide", "write").minutes == 21 * 60
    quay.done("close")
    assert validates(quay, "2026-12-31")


def test_a_close_of_before_opens_again_too(company: Found) -> None:
    """A seal that tells neither the status before nor what was carried is one of an earlier version."""
    quay = company().started().on("2026-12-31")
    before = quay.bytes()
    quay.done("close", "--carry")
    file = quay.root / "sprints" / "2026-12.yaml"
    text = file.read_text()
    head, _, seal = text.partition("    closed:")
    lines = [line for line in seal.splitlines() if "carried" not in line and "- " not in line]
    row = head.replace("      guide:\n", "      guide:\n        carry: true\n")
    assert row != head
    file.write_text(row + "    closed:" + "\n".join(lines) + "\n")
    quay.done("reopen")
    # its marks of --carry stay: nothing tells whether they were there before
    assert file.read_bytes().replace(b"        carry: true\n", b"") == before["2026-12.yaml"]


STATUS = st.sampled_from(
    [
        "",
        "status: planned",
        "status: active",
        "status: 'active'  # since Monday",
        'status: "planned"',
        "status:\n      active",
    ]
)
ROW = st.sampled_from(
    [
        "guide: {tasks: {write: {owner: ana, hours: 8, due: 2026-12-04}}}",
        "guide: {carry: false, tasks: {write: {owner: ana, hours: 8}}}",
        "guide:\n        carry: true\n        tasks:\n          write: {owner: ana, hours: 8, due: 2026-12-04}",
        "guide:\n        carry: False  # it competes\n        tasks:\n          write: {owner: ana, hours: 8}",
        "guide:\n        tasks:  # by id\n          write: {owner: ana, hours: 8, due: 2026-12-04}",
        "guide:\n        tasks:\n          write: {owner: ana, hours: 8}\n          # draw later\n        # of it",
    ]
)
GOAL = st.sampled_from(["", "goal: Ship the guide", "goal: >-\n      Ship\n      the guide", "x-mood: fine"])
NOTES = st.sampled_from(["", "notes: So far", "notes: |\n      So far", "x-last: 1"])
GAP = st.sampled_from(
    ["", "", "", "\n", "\n\n", "    # of the sprint\n", "\n    # of what follows\n", "      # further in\n"]
)
END = st.sampled_from(
    ["", "", "\n", "\n\n", "    # at the end\n", "\n    # at the end\n", "    # at\n    # the end\n\n"]
)
AFTER = st.sampled_from(
    ["", "# the end\n", "  # of all sprints\n", "  2026-11: {start: 2026-11-01, end: 2026-11-30, status: planned}\n"]
)


@st.composite
def sprint_files(draw: st.DrawFn) -> str:
    """Return the text of a file with a sprint in some layout: blank lines, comments, braces, keys in any order."""
    fields = [draw(GOAL), draw(STATUS), f"tactics:\n      {draw(ROW)}", draw(NOTES)]
    fields = draw(st.permutations([field for field in fields if field]))
    keys = ["start: 2026-12-01", "end: 2026-12-31", *fields]
    apart = draw(st.booleans())
    body = "".join(f"{draw(GAP) if index else ''}    {key}\n" for index, key in enumerate(keys))
    body = "".join(f"{'' if not index else NEWLINE}    {key}\n" for index, key in enumerate(keys)) if apart else body
    return f"sprints:\n  2026-12:\n{body}{draw(END)}{draw(AFTER)}"


NEWLINE = "\n"
DAY = date(2027, 1, 4)
IN_BRACES = st.sampled_from(
    [
        "sprints: {2026-12: {start: 2026-12-01, end: 2026-12-31, tactics: {guide: {tasks: {write: {hours: 8}}}}}}\n",
        "sprints:\n  2026-12: {start: 2026-12-01, end: 2026-12-31, status: active, tactics: {}}  # nothing yet\n",
        "sprints:\n  2026-12: {\n    start: 2026-12-01,\n    end: 2026-12-31,\n    status: active,  # now\n  }\n",
        "sprints:\n  2026-12: {\n    start: 2026-12-01,\n    end: 2026-12-31  # its last\n    # and no more\n  }\n",
    ]
)


@given(sprint_files() | IN_BRACES, st.booleans(), st.sampled_from(["\n", "\r\n"]), st.booleans())
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_it_is_written_opening_again_undoes_closing(
    company: Found, text: str, carry: bool, line_end: str, last: bool
) -> None:
    quay = company(COMPANY).on("2027-01-04")
    text = text if last else text.rstrip("\n")
    (quay.root / "sprints").mkdir(exist_ok=True)
    file: Path = quay.root / "sprints" / "2026-12.yaml"
    file.write_bytes(text.replace("\n", line_end).encode())
    before = file.read_bytes()
    loaded = open_plan(quay.root, quay.root)
    context = context_of(loaded, DAY, DAY)
    closure = (close_and_carry if carry else close)(loaded, context, "2026-12")
    save(loaded, closure.changes)
    loaded = open_plan(quay.root, quay.root)
    assert loaded.plan.sprints["2026-12"].status == "closed"
    assert loaded.plan.sprints["2026-12"].carries("guide") or not closure.carried
    save(loaded, reopen(context_of(loaded, DAY, DAY), "2026-12").changes)
    assert file.read_bytes() == before
