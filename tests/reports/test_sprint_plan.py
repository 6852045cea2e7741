from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from revplan.planning.explain.claims import TierLack
from revplan.reports import horizon
from revplan.reports.document import Items
from revplan.reports.sprint_plan import layout
from tests.support.filling import planned
from tests.support.plans import plan

WEB = {"skills": {"web": "2", "design": "2"}}
WRITE = {"skill": "writing", "hours": "40"}
PAGES = {
    "title": "Pages",
    "tasks": {
        "write": WRITE,
        "build": {"skill": "web", "hours": "10"},
        "draw": {"skill": "design", "hours": "2"},
    },
}


def said(team: dict[str, Any], tactics: dict[str, Any]) -> list[str]:
    """Return what is said of those who have hours left."""
    what = plan(team={"priya": {"hours_per_week": "2", "skills": {"writing": "3"}}, **team}, tactics=tactics)
    (section,) = (one for one in layout(what, planned(what)).sections if str(one.title[0].text).startswith("Who has"))
    return [
        "".join(part.text for part in item)
        for block in section.blocks
        if isinstance(block, Items)
        for item in block.items
    ]


def test_who_has_hours_left_is_told_what_they_could_take_tactic_by_tactic() -> None:
    third = {"tasks": {"write": WRITE, "build": {"skill": "web", "hours": "3"}}}
    lines = said({"dov": WEB}, {"pages": PAGES, "more": {**PAGES, "title": "More"}, "third": third})
    assert lines == [
        "Dov could take build (3 h) of Third; or build (10 h) or draw (2 h) of More; or 2 other tasks",
        "Priya could take nothing of what is parked",
    ]


def test_of_many_people_the_first_are_named_and_the_others_counted() -> None:
    team = {f"dov{number}": WEB | {"hours_per_week": f"{40 - number}"} for number in range(8)}
    lines = said(team, {"pages": PAGES})
    assert [line.split(" could ")[0] for line in lines] == [
        *(f"Dov{number}" for number in range(6)),
        "2 others",
        "Priya",
    ]


@pytest.mark.parametrize(
    ("team", "line"),
    [
        ({}, "Priya has hours left; nothing is parked"),
        ({"dov": WEB}, "Dov and Priya have hours left; nothing is parked"),
    ],
)
def test_where_nothing_is_parked_those_with_hours_left_are_named(team: dict[str, Any], line: str) -> None:
    assert said(team, {"news": {"tasks": {"write": {"skill": "writing", "hours": "2"}}}}) == [line]


def test_who_is_full_is_not_named() -> None:
    assert said({}, {"news": {"tasks": {"write": {"skill": "writing", "hours": "9"}}}}) == []


@pytest.mark.parametrize(
    ("gap", "more", "verdict", "in_a_line"),
    [
        (None, 9000, "at most 9 more is possible", "up to 10 is possible"),
        (TierLack("should", 88000), 9000, "at most 88 more in shoulds, and 9 more in all, is possible", "up to 10 is"),
        (TierLack("must", 2000), 0, "at most 2 more in musts, and no more in all, is possible", "not proven best"),
    ],
)
def test_how_much_better_another_plan_may_be_is_said_tier_by_tier(
    gap: TierLack | None, more: int, verdict: str, in_a_line: str
) -> None:
    what = plan(team={"dov": WEB}, tactics={"pages": PAGES})
    open_plan = replace(planned(what), value=1000, bound=1000 + more, proven=False, tier_gap=gap)
    (line, *_) = layout(what, open_plan).close
    assert f"not proven best; {verdict}" in "".join(part.text for part in line)
    title = "".join(part.text for part in horizon.title(open_plan))
    assert f"; {in_a_line}" in title
