from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.store.yaml.emit import file_text

if TYPE_CHECKING:
    from revplan.model.change import Data

SPRINT = """\
sprints:
  2026-12:
    start: 2026-12-01
    goal: Plant managers find us before their audit does
    plan: {of: "sha256:1f", on: 2026-11-28, proven: true}
    capacity: {dana: 46, priya: 95}
    recurring:
      newsletter: {priya: 8}
    tactics:
      audit-checklist:
        origin: committed
        tasks:
          write: {owner: priya, hours: 12, start: 2026-12-01, due: 2026-12-03}
          design: {owners: {elena: 6, brightwater: 4}, hours: 10, start: 2026-12-03, due: 2026-12-07}
    parked:
      trade-show: {reason: capacity, short: {events: 22}, review: 2026-12-31}
    notes: |
      Two lines
      of text.
    shares:
      - {function: sales, least: 30%}
      - - a
        - b: |-
            x
            y
    empty: {}
    none: []
"""


def test_a_sprint_is_laid_out_as_people_would() -> None:
    body: Data = {
        "start": "2026-12-01",
        "goal": "Plant managers find us before their audit does",
        "plan": {"of": "sha256:1f", "on": "2026-11-28", "proven": "true"},
        "capacity": {"dana": "46", "priya": "95"},
        "recurring": {"newsletter": {"priya": "8"}},
        "tactics": {
            "audit-checklist": {
                "origin": "committed",
                "tasks": {
                    "write": {"owner": "priya", "hours": "12", "start": "2026-12-01", "due": "2026-12-03"},
                    "design": {
                        "owners": {"elena": "6", "brightwater": "4"},
                        "hours": "10",
                        "start": "2026-12-03",
                        "due": "2026-12-07",
                    },
                },
            }
        },
        "parked": {"trade-show": {"reason": "capacity", "short": {"events": "22"}, "review": "2026-12-31"}},
        "notes": "Two lines\nof text.\n",
        "shares": [{"function": "sales", "least": "30%"}, ["a", {"b": "x\ny"}]],
        "empty": {},
        "none": [],
    }
    assert file_text({"sprints": {"2026-12": body}}) == SPRINT


def test_a_row_that_is_too_long_for_a_line_becomes_a_block() -> None:
    row: Data = {"title": "w" * 80, "owner": "o" * 30}
    assert file_text({"a": {"b": {"c": row, "d": ["x" * 60, "y" * 60]}}}) == (
        f"a:\n  b:\n    c:\n      title: {'w' * 80}\n      owner: {'o' * 30}\n"
        f"    d:\n      - {'x' * 60}\n      - {'y' * 60}\n"
    )
