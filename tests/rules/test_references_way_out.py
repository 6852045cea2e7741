"""Findings of references name a way out that can be gone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.open import context_of
from revplan.rules import check
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = """revplan: {format: 1, company: Test, currency: USD}
team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
tactics:
  page: {title: Page, function: sales, impact: 9, tasks: {write: {skill: copy, hours: 8}}}
sprints:
  2027-01:
    start: 2027-01-01
    end: 2027-01-31
    tactics:
      page:
        tasks:
          write: {owner: ana, hours: 8, start: 2027-01-04, due: 2027-01-05}
          film: {owner: ana, hours: 4, start: 2027-01-04, due: 2027-01-05DROPPED}
"""


def test_a_task_that_is_off_is_dropped_from_its_sprint(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": PLAN.replace("DROPPED", "")})
    told = run("validate", "-C", root, "--today", "2027-01-04").out
    assert "RP209" in told
    assert "`revplan sprint drop page/film` drops it, and keeps its hours" in told
    assert run("sprint", "drop", "page/film", "-C", root, "--today", "2027-01-04").code == 0
    assert (root / "revplan.yaml").read_text(encoding="utf-8") == PLAN.replace("DROPPED", ", dropped: 2027-01-04")
    assert "RP209" not in run("validate", "-C", root, "--today", "2027-01-04").out


def test_a_tactic_without_tasks_is_told_what_to_write(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    text = PLAN[: PLAN.index("sprints:")].replace(", tasks: {write: {skill: copy, hours: 8}}", "")
    told = run("validate", "-C", make_plan({"revplan.yaml": text}), "--today", "2027-01-04").out
    assert '"tasks" is missing' in told
    assert "such as tasks: {write: {skill: writing, hours: 8}}" in told


EMPTY_IDS = """revplan: {format: 1, company: X, currency: EUR}
tactics:
  a: {title: A, function: "", impact: 5, requires: [" "], tasks: {do: {skill: writing, hours: 2, owner: ""}}}
todos:
  t: {title: T, owner: '', due: 2026-12-01}
strategy:
  objectives: {o: {title: O, owner: "", commitments: {"": 2026-12-01}}}
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
"""


def test_an_empty_id_is_told_once_and_as_what_it_is(make_plan: Callable[..., Path]) -> None:
    found = read(make_plan({"revplan.yaml": EMPTY_IDS})).findings
    assert {each.code for each in found} == {"RP102"}
    assert {each.message for each in found} == {"this id is empty: name one, or leave the key out"}
    assert len(found) == 6
    context = context_of(read(make_plan({"revplan.yaml": EMPTY_IDS})), None, date(2026, 11, 28))
    assert not [each for each in check(context) if each.code.startswith("RP2")]


@pytest.mark.parametrize(
    ("line", "code", "way"),
    [
        ("personas: [cfo]", "RP201", "the plan has no persona yet: `revplan workshop persona` leads to the first"),
        ("budget: ads", "RP214", "the plan has no budget line yet: `revplan budget add` makes one"),
        ("client: acme", "RP213", "the plan has no client yet: `revplan client add` makes one"),
        ("function: alchemy", "RP206", "none with a similar id; `revplan function list` names them"),
    ],
)
def test_where_there_is_none_yet_the_command_is_named(
    make_plan: Callable[..., Path], line: str, code: str, way: str
) -> None:
    function = "" if line.startswith("function") else "function: sales, "
    body = f"{{title: A, {function}impact: 5, {line}, tasks: {{do: {{skill: writing, hours: 2}}}}}}"
    root = make_plan({"revplan.yaml": EMPTY_IDS.partition("tactics:")[0] + f"tactics:\n  a: {body}\n"})
    found = [each for each in check(context_of(read(root), None, date(2026, 11, 28))) if each.code == code]
    assert [way in (each.hint or "") for each in found] == [True], found


def test_keys_inside_a_pipeline_have_their_near_ones(make_plan: Callable[..., Path]) -> None:
    goal = """goals:
  "2026": {measure: recurring, start_revenue: 1M, target_revenue: 2M, acv: 1k, close_rate: 20%,
    pipeline: {2026-11-01: {cuont: 3, amonut: 4, due: {2026-Q4: {cnt: 3}}}}}
"""
    root = make_plan({"revplan.yaml": EMPTY_IDS.partition("tactics:")[0] + goal})
    hints = {each.hint for each in read(root).findings if each.code == "RP101"}
    assert hints == {'did you mean "count"?', 'did you mean "amount"?'}
    assert [each.code for each in read(root).findings] == ["RP101"] * 3
