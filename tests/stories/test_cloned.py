"""A plan that was cloned: whatever its author put beside it, reading and reporting only show it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.disks import contents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

READING = (
    ("validate",),
    ("todo", "list"),
    ("sprint", "plan"),
    ("report", "goals"),
    ("export", "json"),
    ("fmt", "--check"),
    ("schema", "--ids"),
    ("todo", "add", "Call", "--owner", "ana", "--due", "2026-12-24", "--dry-run"),
)


@pytest.fixture
def plan(make_plan: Callable[..., Path], tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/profile").write_text("export PATH\n")
    ana = "{name: Ana, kind: employee, function: marketing, hours_per_week: 40}"
    return make_plan({"team.yaml": f"team:\n    ana: {ana}\n"})


@pytest.mark.parametrize("command", READING, ids=" ".join)
@pytest.mark.parametrize("trap", ["lock", "pending", "journal", "all"])
def test_reading_only_reads(run: Run, plan: Path, tmp_path: Path, command: tuple[str, ...], trap: str) -> None:
    if trap in ("lock", "all"):
        (plan / ".revplan.lock").symlink_to(tmp_path / "home/profile")
    if trap == "pending":
        (plan / ".revplan.pending").symlink_to(tmp_path / "home")
    if trap in ("journal", "all"):
        (plan / ".revplan.pending").mkdir()
        step = {"target": "docker-compose.yaml", "old": None, "new": "0"}
        journal = {"base": ".", "folders": [], "steps": [step], "seal": "0"}
        (plan / ".revplan.pending/journal.json").write_text(json.dumps(journal))
        (plan / ".revplan.pending/0.new").write_text("services: {}\n")
    before = contents(tmp_path)
    ran = run("-C", plan, *command)
    assert ran.code in (0, 1), ran.err
    assert ("warning: .revplan.pending holds a write that was not begun here" in ran.err) == (
        trap in ("journal", "all")
    )
    assert contents(tmp_path) == before


WRITING = (("team", "edit", "ana", "--name", "Ann"), ("fmt",), ("validate", "--fix"))


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_writing_with_a_link_for_the_lock_is_refused(
    run: Run, plan: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (plan / "other.yaml").write_text(
        "team:\n    ben: {nmae: Ben, kind: employee, function: sales, hours_per_week: 40}\n"
    )
    (plan / ".revplan.lock").symlink_to(tmp_path / "home/profile")
    before = contents(tmp_path)
    ran = run("-C", plan, *command)
    assert (ran.code, ".revplan.lock is no file of its own" in ran.err) == (2, True)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("link", ["reports", "reports/scoreboard.txt"])
def test_no_report_is_written_through_a_link(run: Run, plan: Path, tmp_path: Path, link: str) -> None:
    (plan / link).parent.mkdir(exist_ok=True)
    (plan / link).symlink_to(tmp_path / ("home" if link == "reports" else "home/profile"))
    before = contents(tmp_path)
    ran = run("-C", plan, "report", "--all", "-o", plan / "reports")
    assert (ran.code, "cannot be written" in ran.err or "was not written through" in ran.err) == (2, True)
    assert "nothing was written" in ran.err or "not written through" in ran.err
    one = run("-C", plan, "report", "scoreboard", "-o", plan / "reports/scoreboard.txt")
    assert (one.code, "was not written through" in one.err) == (2, True)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "command",
    [("report", "goals"), ("export", "json"), ("export", "ics"), ("validate",), ("agenda", "weekly"), ("todo", "list")],
    ids=" ".join,
)
def test_no_output_replaces_a_plan_file(run: Run, plan: Path, command: tuple[str, ...]) -> None:
    before = contents(plan)
    ran = run("-C", plan, *command, "-o", plan / "team.yaml")
    assert (ran.code, "would be a file of the plan; nothing was written" in ran.err) == (2, True)
    assert contents(plan) == before
