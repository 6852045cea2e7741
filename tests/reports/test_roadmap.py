"""The figures of `report roadmap`: each tactic has one place, and sprints hold what people have hours for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from revplan.app.open import context_of, open_plan
from revplan.app.sprint import horizon
from revplan.reports.roadmap import build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOURS = {"a": (9, 30), "b": (8, 30), "c": (7, 30), "d": (6, 30), "e": (5, 30), "f": (4, 30), "huge": (9, 300)}
SETTINGS = """revplan:
  {format: 1, company: T, currency: USD, today: 2026-12-01, sprint: {focus_factor: 1, reserve: 0}}
team: {ana: {name: Ana, kind: employee, function: sales, hours_per_week: 10, skills: {copy: 3}}}
"""


def test_sprints_are_filled_in_turn_and_nothing_is_told_twice(make_plan: Callable[..., Path]) -> None:
    """Ten hours a week are 46 in a December of 23 workdays, 42 in a January of 21, and 40 in a February of 20."""
    tactics = "\n".join(
        f"  {name}: {{title: T, function: sales, impact: {impact}, tasks: {{do: {{skill: copy, hours: {hours}}}}}}}"
        for name, (impact, hours) in HOURS.items()
    )
    root = make_plan({"revplan.yaml": SETTINGS, "plan.yaml": f"tactics:\n{tactics}\n"})
    loaded = open_plan(root, root)
    context = context_of(loaded, None, date(2026, 12, 1))
    data = build(context, horizon.roadmap(loaded, context, lambda _: None)).data
    placed = {sprint["id"]: [entry["tactic"] for entry in sprint["placed"]] for sprint in data["sprints"]}
    assert placed == {"2026-12": ["a"], "2027-01": ["b"], "2027-02": ["c"]}
    assert [sprint["value"] for sprint in data["sprints"]] == [9, 8, 7]
    assert data["later"] == [{"tactic": "b", "sprint": "2027-01"}, {"tactic": "c", "sprint": "2027-02"}]
    assert {each["tactic"]: each["verdict"] for each in data["waiting"]} == {
        "d": "waits", "e": "waits", "f": "waits", "huge": "too-large",
    }  # fmt: skip
