"""What a finding says to write in place of a value can be read in its place, and is what was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.diagnostics import Finding

    MakePlan = Callable[..., Path]

OTHER_NOTATIONS = (
    *("2026-4", "2026/12", "2026-1-5", "5.1.2026", "3 DEC 2026", "Q4 2026", "2026-q4"),
    *("Monday", "MON to FRI", "90 min", "1,5h", "2 days", "1h30", "8:30", "1.000,50", "$5", "5 USD", "7,5%"),
)
PLACES = {
    "hours": "tactics: {a: {title: A, function: sales, tasks: {do: {skill: copy, hours: VALUE}}}}",
    "date": "tactics: {a: {title: A, function: sales, deadline: VALUE, tasks: {do: {skill: copy, hours: 1}}}}",
    "score": "tactics: {a: {title: A, function: sales, impact: VALUE, tasks: {do: {skill: copy, hours: 1}}}}",
    "money": "tactics: {a: {title: A, function: sales, cost: VALUE, tasks: {do: {skill: copy, hours: 1}}}}",
    "rate": "goals: {2027: {win_rate: VALUE}}",
    "quarter": "strategy: {objectives: {a: {title: A, owner: ana, quarter: VALUE}}}",
    "number": "metrics: {a: {name: A, unit: '%', direction: up, owner: ana, cadence: weekly, target: VALUE}}",
}


def told(make_plan: MakePlan, place: str, value: str) -> list[Finding]:
    """Return what is said of a value that cannot be read."""
    found = read(make_plan({"plan.yaml": PLACES[place].replace("VALUE", f'"{value}"')})).findings
    return [finding for finding in found if finding.code == "RP103" and value in finding.message]


@pytest.mark.parametrize("place", PLACES)
def test_what_is_to_be_written_can_be_read(make_plan: MakePlan, place: str) -> None:
    for value in OTHER_NOTATIONS:
        for finding in told(make_plan, place, value):
            to_write = re.fullmatch(r"write (\S+)", finding.hint or "")
            assert to_write is None or told(make_plan, place, to_write[1]) == [], (value, finding.hint)
            assert finding.fix is None or told(make_plan, place, str(finding.fix)) == [], (value, finding.fix)


@pytest.mark.parametrize(
    ("place", "value", "hint"),
    [
        ("quarter", "2026-4", None),  # the fourth quarter, or the one of April
        ("quarter", "Q4 2026", "write 2026-Q4"),
        ("date", "2026/12", "write a day: 2026-12-01 is its first, 2026-12-31 its last"),
        ("date", "3 DEC 2026", "write 2026-12-03"),
        ("hours", "8:30", "write 510m, if 8:30 is hours and minutes"),
        ("hours", "1,5h", "write 1.5h"),
        ("hours", "$5", None),
        ("money", "$5", "write 5"),
        ("score", "Monday", None),
    ],
)
def test_the_way_out_is_of_the_kind_that_is_expected(
    make_plan: MakePlan, place: str, value: str, hint: str | None
) -> None:
    settings = {"revplan.yaml": "revplan: {format: 1, company: Test, currency: USD}\n"}
    found = read(make_plan({**settings, "plan.yaml": PLACES[place].replace("VALUE", f'"{value}"')})).findings
    assert [finding.hint for finding in found if finding.code == "RP103"] == [hint]
