"""Amounts in other currencies, from the settings to every place where they come out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

PLAN = """revplan:
  format: 1
  company: Test
  currency: USD
  today: 2026-11-28
  currencies: {EUR: {2026-01: 1.08, 2026-06: 1.125}}
  sprint: {budget: 800 EUR}
tactics:
  fair: {title: Fair, function: marketing, impact: 5, budget: events, cost: {2026-12: 400 EUR, 2027-01: 100},
    tasks: {book: {skill: events, hours: 2}}}
  film: {title: Film, function: marketing, impact: 5, cost: 333.33 EUR, tasks: {cut: {skill: events, hours: 2}}}
budget:
  events: {category: events, function: marketing, annual: 6k EUR, actual: {2026-02: 100 EUR, 2026-10: 50}}
stack: {tools: {crm: {name: CRM, category: crm, owner: ana, annual_cost: 1.2k EUR}}}
team: {ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {events: 3}}}
"""


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": PLAN})


def test_the_rate_and_its_month_are_shown(run: Run, root: Path) -> None:
    explained = run("-C", root, "explain", "film")
    assert explained.code == 0, explained.err
    said = " ".join(explained.out.split())
    assert "Cost $375 (333.33 EUR at 1.125 of 2026-06)" in said
    said = " ".join(run("-C", root, "report", "stack").out.split())
    assert "Amounts in USD; those in EUR at 1.08 of 2026-01 to 1.125 of 2026-06, month by month." in said
    assert "$1,350 (1200 EUR at 1.125 of 2026-06)" in run("-C", root, "report", "stack", "--format", "markdown").out
    said = " ".join(run("-C", root, "sprint", "plan", "2026-12").out.split())
    assert "Cash: $825 of $900. Instalments to come: $100 in 2027-01." in said  # 450 + 375 of 800 × 1.125
    assert "Amounts in USD; those in EUR at 1.08" in said


def test_json_has_the_plans_currency_and_what_is_written(run: Run, root: Path) -> None:
    data = json.loads(run("-C", root, "export", "json").out)
    assert data["plan"]["tactics"]["film"]["cost"] == "333.33 EUR"
    found = {(each["id"], *each["field"]): each for each in data["converted"]}
    assert len(found) == 6
    assert found["fair", "cost", "2026-12"] == {
        "kind": "tactic",
        "id": "fair",
        "field": ["cost", "2026-12"],
        "written": "400 EUR",
        "amount": 450,
        "rate": 1.125,
        "month": "2026-06",
    }
    assert found["events", "actual", "2026-02"]["amount"] == 108
    assert found["", "sprint", "budget"]["amount"] == 900


def test_tactics_go_out_and_come_back_as_written(run: Run, root: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "t.csv"
    assert run("-C", root, "export", "csv", "tactic", "-o", sheet).code == 0
    assert "0 new, 0 changed, 2 the same" in run("-C", root, "import", "tactics", sheet).out
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("333.33 EUR", "300 EUR"), encoding="utf-8")
    assert run("-C", root, "import", "tactics", sheet, "--write").code == 0
    assert "cost: 300 EUR, tasks" in (root / "revplan.yaml").read_text(encoding="utf-8")


def test_a_rate_is_set_and_then_amounts_are_taken(run: Run, root: Path) -> None:
    refused = run("-C", root, "budget", "record", "events", "12 GBP", "--month", "2026-09")
    assert (refused.code, "no exchange rate of GBP" in refused.err) == (2, True)
    assert "`revplan set currencies.GBP.2026-09 RATE`" in refused.err
    assert run("-C", root, "set", "currencies.GBP.2026-09", "1.3").code == 0
    assert run("-C", root, "budget", "record", "events", "12 GBP", "--month", "2026-09").code == 0
    text = (root / "revplan.yaml").read_text(encoding="utf-8")
    assert "GBP: {2026-09: 1.3}" in text
    assert "2026-09: 12 GBP" in text
    assert run("-C", root, "budget", "record", "events", "10", "--month", "2026-09", "--more").code == 0
    assert "2026-09: 25.6" in (root / "revplan.yaml").read_text(encoding="utf-8")  # 12 × 1.3 + 10
    own = run("-C", root, "set", "currencies.USD.2026-09", "1")
    assert (own.code, "the plan's own currency" in own.err) == (1, True)
    zero = run("-C", root, "set", "currencies.GBP.2026-10", "0")
    assert (zero.code, "an exchange rate is more than 0" in zero.err) == (1, True)
