from __future__ import annotations

from typing import Any

import pytest

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
