from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Told = Callable[..., list[tuple[str, str]]]

TEAM = """
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
  ben: {name: Ben, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2}}
"""


def todos(**bodies: str) -> str:
    return TEAM + "todos:\n" + "".join(f"  {name}: {{title: T, {body}}}\n" for name, body in bodies.items())


def test_a_todo_has_one_owner_and_a_date(told: Told) -> None:
    found = told(todos(none="status: open", done="status: done", off="status: dropped"))
    assert found == [("RP901", '"none" has no owner and no due date')]


def test_seven_days_are_not_far_off(told: Told) -> None:
    assert told(todos(near="owner: ana, due: 2026-12-05", far="owner: ana, due: 2026-12-06")) == [
        ("RP921", '"far" is due in 8 days; a to-do is done within seven')
    ]


def test_nine_of_ten_done_is_enough(told: Told) -> None:
    ten = {f"t{number}": "owner: ana, due: 2026-11-25, status: done" for number in range(10)}
    assert told(todos(**ten | {"t9": "owner: ana, due: 2026-11-25"})) == []
    found = told(todos(**ten | dict.fromkeys(("t8", "t9"), "owner: ana, due: 2026-11-25")))
    assert found == [("RP920", "8 of 10 to-dos due since 2026-11-21 are done (80%)")]


@pytest.mark.parametrize(("until", "codes"), [("2026-11-27", ["RP913"]), ("2026-11-28", []), ("", ["RP914"])])
def test_a_covers_last_day_counts(told: Told, until: str, codes: list[str]) -> None:
    cover = f"for: support, by: service, what: W, since: 2026-06-15, until: {until}"
    assert [code for code, _ in told(f"company: {{cover: {{queue: {{{cover}}}}}}}\n")] == codes


def test_a_metric_that_names_the_function_measures_it(told: Told) -> None:
    metric = "name: M, unit: m, direction: up, owner: ana, cadence: weekly, target: 9, revenue: true, function: sales"
    text = f"{TEAM}metrics: {{m: {{{metric}}}}}\ncompany: {{functions: {{sales: {{name: Sales, accountable: ana}}}}}}\n"
    assert told(text) == []


def test_an_issue_solved_by_a_todo_was_acted_on(told: Told) -> None:
    issue = "issues: {slow: {title: Slow, raised: 2026-11-20, status: solved}}\n"
    assert told(TEAM + issue) == [("RP916", '"slow" is solved, with no solution and no to-do')]
    assert told(todos(ask="owner: ana, due: 2026-12-01, issue: slow") + issue) == []


SPRINTS = """
tactics:
  guide: {title: A guide, function: marketing, impact: 6, tasks: {write: {skill: writing, hours: 8}}}
sprints:
  2026-11:
    start: 2026-11-01
    end: 2026-11-30
    status: STATUS
    tactics:
      guide: {tasks: {wriet: {owner: ana, hours: 8, start: 2026-11-02, due: 2026-11-03}}}
"""


def test_a_sprints_task_must_be_its_tactics(told: Told) -> None:
    found = told(TEAM + SPRINTS.replace("STATUS", "planned"))
    assert ("RP209", 'the tactic "guide" has no task "wriet"') in found


def test_a_closed_sprint_is_history(told: Told) -> None:
    found = told(TEAM + SPRINTS.replace("STATUS", "closed"))
    assert "RP209" not in {code for code, _ in found}
