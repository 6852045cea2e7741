"""One value where a list is wanted is a list of one, wherever it is read, renamed or told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.app.editing.rename import refs, rename
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    MakePlan = Callable[..., Path]

PLAN = """\
tactics:
  a:
    title: A
    function: marketing
    impact: 5
    requires: b
    tags: q4
    tasks: {do: {skill: copy, hours: 4, after: draft}, draft: {skill: copy, hours: 1}}
  b: {title: B, function: marketing, impact: 5, tasks: {do: {skill: copy, hours: 4}}}
"""


def test_one_value_is_a_list_of_one(make_plan: MakePlan) -> None:
    tactic = read(make_plan(PLAN)).plan.tactics["a"]
    assert (tactic.requires, tactic.tags, tactic.tasks["do"].after) == (("b",), ("q4",), ("draft",))


def test_a_value_with_commas_is_told_how_a_list_is_written(make_plan: MakePlan) -> None:
    finding = read(make_plan(PLAN.replace("requires: b", "requires: b, c"))).findings[0]
    assert (finding.code, finding.message, finding.hint) == (
        "RP103",
        "a list is expected here",
        "write it in brackets: [b, c]",
    )


def test_it_is_renamed_in_its_place(make_plan: MakePlan) -> None:
    loaded = read(make_plan(PLAN))
    (_, at) = refs(loaded, "tactic", "b")[0]
    assert (at.line, at.column, at.end_column) == (6, 15, 16)
    new = rename(loaded, "tactic", "b", "bee").edits.files[0].new.decode()
    assert new == PLAN.replace("requires: b", "requires: bee").replace("  b: {", "  bee: {")


@pytest.mark.parametrize("broken", ["impact: 5\n    requires", "impact: x\n    requires"])
def test_a_wrong_one_is_told_where_it_stands(make_plan: MakePlan, broken: str) -> None:
    loaded = read(make_plan(PLAN.replace("impact: 5\n    requires: b", f"{broken}: bb")))
    references = {reference.keys: reference.id for _, reference in loaded.plan.broken_references}
    assert references.get(("requires", 0), "bb") == "bb"
    assert (loaded.plan.tactics.get("a") is None) == ("x" in broken)
