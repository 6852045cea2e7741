"""The law of every import: the same file once more changes nothing, and takes back nothing that was edited between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = """\
revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28}
team:
  sam: {name: Sam, kind: employee, function: sales, hours_per_week: 40, email: sam@example.org, skills: {calls: 3}}
  noor: {name: Noor, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
goals:
  2026: {measure: recurring, start_revenue: 400k, target_revenue: 640k, acv: 12k, close_rate: 25%}
budget:
  ads: {category: programs, function: marketing, monthly: 10k, accounts: [Ads]}
metrics:
  leads: {name: Leads, unit: leads, owner: sam, target: 20, cadence: weekly, direction: up}
tactics:
  page: {title: Page, function: marketing, impact: 5, tasks: {write: {skill: writing, hours: 40}}}
"""
SPRINT = """\
sprints:
  2026-11:
    start: 2026-11-01
    end: 2026-11-30
    status: active
    capacity: {noor: 100}
    tactics:
      page: {tasks: {write: {owner: noor, hours: 40, start: 2026-11-01, due: 2026-11-30}}}
"""


def spend(amounts: Sequence[int]) -> str:
    rows = (f"2026-{8 + at % 3:02}-0{1 + at},Ads,{each}.25" for at, each in enumerate(amounts))
    return "\n".join(("Date,Account,Amount", *rows)) + "\n"


def readings(amounts: Sequence[int]) -> str:
    return "\n".join(("date,value", *(f"2026-11-{2 + at:02},{each}.5" for at, each in enumerate(amounts)))) + "\n"


def revenue(amounts: Sequence[int]) -> str:
    return "\n".join(("Month,MRR", *(f"2026-{1 + at:02},{each}" for at, each in enumerate(amounts)))) + "\n"


def hours(amounts: Sequence[int]) -> str:
    rows = (f"Noor,Page,write,2026-11-{2 + at:02},0{each % 7}:30:00" for at, each in enumerate(amounts))
    return "\n".join(("User,Project,Task,Start date,Duration", *rows)) + "\n"


def absences(amounts: Sequence[int]) -> str:
    rows = (
        f"Sam,2027-0{1 + at}-{1 + each % 20:02},2027-0{1 + at}-{2 + each % 20:02},Vacation"
        for at, each in enumerate(amounts)
    )
    return "\n".join(("Employee,Start,End,Type", *rows)) + "\n"


def deals(amounts: Sequence[int]) -> str:
    rows = (
        f"d{at},{each}00,2026-0{1 + at}-03,2026-0{2 + at}-10,{'Closed Won' if at % 2 else 'Closed Lost'}"
        for at, each in enumerate(amounts)
    )
    return "\n".join(("Deal ID,Amount,Create Date,Close Date,Deal Stage", *rows)) + "\n"


def tactics(amounts: Sequence[int]) -> str:
    rows = (f"MK-{at},Task {at},To Do,{each * 3600},1{at}/Dec/26 12:00 AM" for at, each in enumerate(amounts))
    return "\n".join(("Issue key,Summary,Status,Original estimate,Due date", *rows)) + "\n"


USUAL = ("--function", "marketing", "--impact", "5", "--skill", "writing", "--hours", "4")
LAWS: dict[str, tuple[tuple[str, ...], Callable[[Sequence[int]], str], str, str]] = {
    "spend": (("import", "spend"), spend, r"(2026-08: )([0-9.]+)", r"\g<1>77777"),
    "readings": (("metric", "import", "--metric", "leads"), readings, r"(2026-11-02: )([0-9.]+)", r"\g<1>77777"),
    "revenue": (("import", "revenue", "--as", "mrr"), revenue, r"(2026-01: )([0-9.]+)", r"\g<1>77777"),
    "time": (("import", "time"), hours, r"(2026-11-02: \{noor: )([0-9.hm]+)", r"\g<1>7"),
    "absences": (("import", "absences"), absences, r"Vacation", "Ski"),
    "deals": (("import", "deals", "--actual"), deals, r"(created: \{2026-01: )([0-9]+)", r"\g<1>77"),
    "tactics": (("import", "tactics", *USUAL), tactics, r"(deadline: )2026-12-10", r"\g<1>2026-12-31"),
}
"""By import: the command, a table of amounts, and an edit of the plan's text between two imports."""


def texts(root: Path) -> dict[str, str]:
    return {str(file.relative_to(root)): file.read_text(encoding="utf-8") for file in sorted(root.rglob("*.yaml"))}


@pytest.mark.parametrize("name", LAWS)
@given(amounts=st.lists(st.integers(1, 90), min_size=2, max_size=5))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_once_more_changes_nothing_and_undoes_nothing(
    tmp_path_factory: pytest.TempPathFactory, run: Callable[..., Ran], name: str, amounts: list[int]
) -> None:
    words, table, place, edited = LAWS[name]
    root = tmp_path_factory.mktemp(name)
    (root / "revplan.yaml").write_text(PLAN, encoding="utf-8")
    (root / "sprints.yaml").write_text(SPRINT, encoding="utf-8")
    assert not read(root).findings
    file = root / "export.csv"
    file.write_text(table(amounts), encoding="utf-8")
    first = run("-C", root, *words, file, "--write")
    assert first.code == 0, first.err
    once = texts(root)
    again = run("-C", root, *words, file, "--write")
    assert (again.code, texts(root) == once) == (0, True), again.out
    assert "0 new, 0 changed" in again.out
    count = 0
    for path, text in once.items():
        changed, found = re.subn(place, edited, text, count=1)
        count += found
        (root / path).write_text(changed, encoding="utf-8")
    assert count, once
    here = texts(root)
    assert here != once
    third = run("-C", root, *words, file, "--write")
    assert (third.code, texts(root) == here) == (0, True), third.out
