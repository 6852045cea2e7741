"""A month at the border: each import twice, with edits there and here between; the second time nothing is lost."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from revplan.app.open import context_of, open_plan
from revplan.app.sprint.plan import Request, plan_sprint, write_sprint
from revplan.store.load import read
from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

DAY = ("--today", "2026-12-07")

JIRA = """\
Summary,Issue key,Issue id,Issue Type,Status,Parent,Assignee,Due date,Original estimate,Labels
Partner page,MKT-101,10101,Story,To Do,,Priya Raman,18/Dec/26 12:00 AM,57600,web
Write partner page,MKT-102,10102,Sub-task,To Do,10101,Priya Raman,,28800,
Build partner page,MKT-103,10103,Sub-task,To Do,10101,,,28800,
Check of all claims,MKT-104,10104,Task,In Progress,,,,14400,
Old banner,MKT-90,10090,Task,Done,,,,3600,
"""
DEALS = """\
Record ID,Deal Name,Deal Stage,Amount,Create Date,Close Date,Deal Type,Original Source,Associated Company
9001,Alpine Dairy,Closed Won,"18,400.00",2026-11-03 09:12,2026-11-12 16:40,New Business,Organic Search,Alpine Dairy
9002,Bright Bakery,Closed Lost,"9,000.00",2026-11-04 10:00,2026-11-20 11:00,New Business,Paid Search,Bright Bakery
9004,Delta Frozen,Presentation Scheduled,"22,000.00",2026-11-14 12:00,2026-12-05 00:00,New Business,Referral,Delta
"""
MRR = """\
customer_id,month,mrr
c1,2026-11,350000.00
c2,2026-11,1000.00
"""
LEDGER = """\
Date;Account;Vendor;Amount (USD)
03.11.2026;6600;Google Ads;"1.240,50"
11.11.2026;6600;Google Ads;"-200,00"
14.11.2026;6600;LinkedIn;"980,00"
20.11.2026;6820;Trains;"88,20"
"""
TOGGL = """\
User,Project,Task,Start date,Start time,Duration
Priya Raman,Nurture emails after the checklist,write,2026-12-02,09:00:00,02:30:00
Priya Raman,Monthly newsletter for customers and prospects,,2026-12-03,09:00:00,01:00:00
"""
ABSENCES = """\
Employee Name,Absence type,Status,Start date,End date,Start half day,End half day,Days
Priya Raman,Vacation,Approved,2026-12-23,2026-12-31,No,No,5
Marcus Bell,Sick leave,Approved,2026-12-09,2026-12-09,Yes,No,0.5
Dana Whitfield,Vacation,Requested,2026-12-14,2026-12-15,No,No,2
"""
TACTICS = ("tactics", "--function", "marketing", "--impact", "5", "--skill", "writing", "--hours", "4")


class Import(NamedTuple):
    """An export, what takes it, what moves there later, and what the second import then finds to change."""

    words: tuple[str, ...]
    text: str
    there: tuple[str, str]
    moves: int


IMPORTS = {
    "jira": Import(TACTICS, JIRA, ("18/Dec/26", "21/Dec/26"), 1),
    "deals": Import(("deals", "--theirs"), DEALS, ("Presentation Scheduled", "Closed Won"), 1),
    "mrr": Import(("revenue", "--as", "mrr", "--theirs"), MRR, ("c2,2026-11,1000.00", "c2,2026-11,1500.00"), 1),
    "ledger": Import(("spend",), LEDGER, ("980,00", "985,00"), 1),
    "toggl": Import(("time",), TOGGL, ("02:30:00", "03:30:00"), 1),
    "absences": Import(("absences",), ABSENCES, ("2026-12-31,No,No,5", "2026-12-29,No,No,4"), 1),
}


@pytest.fixture(scope="module")
def december(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return Harbourline with its December under way."""
    plan = tmp_path_factory.mktemp("december") / "plan"
    shutil.copytree(HARBOURLINE, plan)
    today = date(2026, 12, 1)
    loaded = open_plan(plan, plan)
    context = context_of(loaded, today, today)
    write_sprint(loaded, context, Request("2026-12"), plan_sprint(loaded, context, Request("2026-12"), lambda _: None))
    file = plan / "sprints" / "2026-12.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("status: planned", "status: active"), encoding="utf-8")
    return plan


@pytest.fixture
def root(december: Path, tmp_path: Path) -> Path:
    """Return that plan for one test to change."""
    return Path(shutil.copytree(december, tmp_path / "plan"))


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Return a function that imports a file of the month and returns what its preview counts."""

    def taken(name: str, text: str, *words: str) -> dict[str, Any]:
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        command = ("import", *IMPORTS[name].words[:1], tmp_path / f"{name}.csv", *IMPORTS[name].words[1:], *words)
        ran = run(*command, "-C", root, *DAY, "--format", "json")
        assert ran.code == 0, ran.err
        rows = json.loads(ran.out)["data"]["rows"]
        return {how: sum(row["how"] == how for row in rows) for how in {row["how"] for row in rows}}

    return taken


@pytest.mark.parametrize("name", IMPORTS)
def test_the_second_time_only_what_moved_there_is_taken(
    take: Callable[..., dict[str, Any]], root: Path, name: str
) -> None:
    one = IMPORTS[name]
    first = take(name, one.text, "--write")
    assert first.get("new", 0) + first.get("changed", 0) > 0
    written = {path: path.read_bytes() for path in sorted(root.rglob("*.yaml"))}
    again = take(name, one.text, "--write")
    assert again.keys() <= {"same", "left"}, again
    assert {path: path.read_bytes() for path in sorted(root.rglob("*.yaml"))} == written
    moved = take(name, one.text.replace(*one.there), "--write")
    assert moved.get("changed", 0) + moved.get("new", 0) >= one.moves, moved


def test_all_of_them_one_after_the_other(run: Callable[..., Ran], take: Callable[..., Any], root: Path) -> None:
    for name, one in IMPORTS.items():
        take(name, one.text, "--write")
    edit(root / "tactics" / "marketing.yaml", "write-partner-page: {skill: writing, hours: 8", "hours: 8", "hours: 12")
    for name, one in IMPORTS.items():
        take(name, one.text.replace(*one.there), "--write")
    replan(run, root)
    plan = read(root).plan
    page = plan.tactics["partner-page"]
    assert page.tasks["write-partner-page"].minutes == 12 * 60, "decided here, and not moved there"
    assert str(page.deadline) == "2026-12-21", "moved there"
    assert plan.sprints["2026-12"].tactics["nurture-emails"].tasks["write"].spent == 210
    spent = {str(month): amount for month, amount in plan.budget["paid-media"].actual.items()}
    assert spent["2026-11"] == Decimal("2025.5"), "1240.50 - 200 + 985"
    revenue = {str(month): amount for month, amount in plan.goals["2026"].actual.items()}
    assert revenue["2026-11"] == 12 * 351_500, "two customers' months, as a year's"
    text = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*") if path.is_file())
    for customer in ("Alpine", "Bright Bakery", "Delta Frozen"):
        assert customer not in text


def replan(run: Callable[..., Ran], root: Path) -> None:
    """Plan the month again, since people are away whom the sprint counts on; then nothing is wrong."""
    assert run("sprint", "plan", "--write", "-C", root, *DAY).code == 0
    assert "error[" not in run("validate", "-C", root, *DAY).out


def edit(file: Path, line: str, old: str, new: str) -> None:
    """Change one line of a file by hand."""
    text = file.read_text(encoding="utf-8")
    assert line in text
    file.write_text(text.replace(line, line.replace(old, new)), encoding="utf-8")
