"""The lists and the page of playbooks, each figure worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from revplan.model.goals import Goal
from revplan.model.playbooks import Playbook
from revplan.reports.document import Items, Line, Table, plain
from revplan.reports.playbooks import fitting, listing, page
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.context import Context
    from revplan.reports.document import Document, Section


def playbook(name: str, **body: Any) -> Playbook:
    tasks = {"hold": {"skill": "writing", "hours": "6", "least": "4", "most": "9"}}
    return Playbook.model_validate(
        {"id": name, "title": name.title(), "function": "marketing", "stage": "lead", "tasks": tasks, **body}
    )


def at(own: tuple[Playbook, ...] = (), **more: Any) -> Context:
    made = plan(team={"ana": {}}, **more)
    return on("2026-11-28", replace(made, playbooks={each.id: each for each in own}))


def section(document: Document, title: str) -> Section:
    (found,) = (each for each in document.sections if plain(each.title).startswith(title))
    return found


def rows(document: Document, title: str) -> list[dict[str, str]]:
    (table,) = (block for block in section(document, title).blocks if isinstance(block, Table))
    names = [column.title for column in table.columns]
    return [dict(zip(names, map(plain, row), strict=True)) for row in table.rows]


def lines(document: Document, title: str) -> list[str]:
    found: list[str] = []
    for block in section(document, title).blocks:
        if isinstance(block, Items):
            found += map(plain, block.items)
        elif isinstance(block, Line):
            found.append(plain(block.words))
    return found


def data_of(document: Document) -> Mapping[str, Any]:
    assert document.data is not None
    return document.data


EVEN = playbook("even", tasks={"hold": {"skill": "writing", "hours": "2"}, "call": {"skill": "calls", "hours": "3"}})


def test_the_list_has_hours_range_and_where_each_is_from() -> None:
    ours, theirs = playbook("ours"), EVEN
    found = listing(at((ours,)), (ours, theirs))
    told = {row["Playbook"]: (row["h"], row["Range"], row["From"]) for row in rows(found, "2 shown")}
    assert told == {"ours": ("6", "4–9", "plan"), "even": ("5", "", "catalogue")}
    data = {own["playbook"]: own for own in data_of(found)["playbooks"]}
    assert [data["ours"][name] for name in ("hours", "least_hours", "most_hours", "from")] == [6, 4, 9, "plan"]
    assert [data["even"][name] for name in ("hours", "least_hours", "most_hours", "from")] == [5, 5, 5, "catalogue"]


@pytest.mark.parametrize(("own", "told"), [((), "The plan has no playbook of its own yet"), ((EVEN,), "None of these")])
def test_an_empty_list_says_why(own: tuple[Playbook, ...], told: str) -> None:
    assert lines(listing(at(own), ()), "0 shown")[0].startswith(told)


def test_what_is_open_about_a_playbook() -> None:
    """Nobody calls or draws: the first needs both, the next is in the backlog, the last is there and needs calls."""
    draw = {"skill": "design", "hours": "2"}
    both = playbook("both", tasks={"hold": {"skill": "calls", "hours": "2"}, "draw": draw})
    begun = {"run": {"playbook": "begun"}, "go": {"playbook": "lame"}}
    lame = playbook("lame", tasks={"hold": {"skill": "calls", "hours": "2"}})
    found = fitting(at(tactics=begun), (both, playbook("begun"), lame))
    told = {row["Playbook"]: row["Open"] for row in rows(found, "3 playbooks by how they fit")}
    assert told == {
        "both": "no calls or design",
        "begun": "in the backlog as run",
        "lame": "no calls; in the backlog as go",
    }
    assert "Short" not in rows(found, "3 playbooks")[0], "nothing says where the plan is short"


def test_stages_that_are_short_for_one_reason_are_told_in_one_line() -> None:
    goal = {
        "measure": "recurring", "start_revenue": "1M", "target_revenue": "1.48M", "acv": "10k", "close_rate": "20%",
        "close_lag": ["1"], "open_opportunities": "0", "cost_per_opportunity": "1k",
    }  # fmt: skip
    short = at(budget={"ads": {"category": "programs", "function": "marketing", "annual": "60k"}})
    short = replace(short, plan=replace(short.plan, goals={"2027": Goal.model_validate({"id": "2027", **goal})}))
    found = fitting(short, (playbook("ours"),))
    # 48 customers need 240 opportunities; 60k buy 60 of them, a quarter.
    budget = [text for text in lines(found, "Where the plan is short") if "the budget of 2027 pays for 25%" in text]
    (one,) = budget
    stages = sorted(own["stage"] for own in data_of(found)["short"] if own["why"] in one)
    assert len(stages) > 1
    assert all(stage in one.partition(", 75% short")[0] for stage in stages)
    assert rows(found, "1 playbook")[0]["Short"] == "75%"


def test_the_page_tells_levels_waits_people_and_ranges() -> None:
    tasks = {
        "hold": {"skill": "writing", "level": "3", "hours": "6", "least": "4", "most": "9", "people": "2"},
        "one": {"skill": "calls", "level": "2", "hours": "2", "after": ["hold"], "wait": "3d"},
        "two": {"skill": "calls", "hours": "2", "after": {"hold": "2d", "one": "5d"}, "waits": "The hall is booked"},
        "half": {"skill": "calls", "hours": "2", "after": {"hold": "2d", "one": "0d"}},
        "mixed": {"skill": "calls", "hours": "2", "after": {"hold": "2d", "one": None}, "wait": "3d"},
        "but": {"skill": "calls", "hours": "2", "after": {"hold": "0d", "one": "3d"}, "wait": "3d"},
    }
    measured = playbook("ours", tasks=tasks, basis="measured", measured="4", roles=["champion"])
    found = page(at((measured,)), measured)
    assert "(measured on 4 tactics)" in plain(found.lead[-1])
    assert lines(found, "Needs and moves")[0] == "Skills: writing at level 3 and calls"
    assert "Speaks to: champion" in lines(found, "Needs and moves")
    told = {row["Task"]: row for row in rows(found, "Tasks")}
    assert (told["hold"]["Skill"], told["hold"]["h"], told["hold"]["Range"]) == ("writing 3", "2 × 6", "4–9")
    assert (told["one"]["Skill"], told["one"]["h"], told["one"]["Range"]) == ("calls", "2", "")
    assert told["one"]["Waits for"] == "3 days"
    assert told["half"]["Waits for"] == "2 days after hold"
    assert told["mixed"]["Waits for"] == "2 days after hold; 3 days after one"
    assert told["but"]["Waits for"] == "3 days after one"
    assert told["two"]["Waits for"] == "2 days after hold; 5 days after one; The hall is booked"
    data = {own["task"]: own for own in data_of(found)["tasks"]}
    assert [data["hold"][name] for name in ("hours", "least_hours", "most_hours", "people")] == [6, 4, 9, 2]
    assert all(plain(each.title) != "Use it" for each in found.sections), "it is the plan's own already"
    assert section(page(at(), measured), "Use it")


def test_what_came_of_a_playbook_here() -> None:
    """Two moved, one did not: 67% of hits where 50% was stated. Eight hours were to be, twelve it took."""
    done = {
        name: {"status": "done", "playbook": "even", "confidence": "0.5", "result": {"moved": moved}}
        for name, moved in (("a", "yes"), ("b", "yes"), ("c", "no"))
    }
    row = {"owner": "ana", "hours": "8", "spent": "12", "status": "done", "done": "2026-10-01"}
    sprint = {"start": "2026-10-01", "end": "2026-10-31", "tactics": {"a": {"tasks": {"write": row}}}}
    even = playbook("even", tasks={"write": {"skill": "writing", "hours": "8"}})
    context = at((even,), tactics={**done, "open": {"playbook": "even"}}, sprints={"2026-10": sprint})
    found = page(context, even)
    told = lines(found, "What came of it here")
    assert told[0].startswith("In the backlog: ")
    assert "Open" in told[0]
    assert told[1] == "Done: 3; moved their metric: 2, did not: 1, unclear: 0"
    assert told[2] == "Hit rate 66.7%, stated confidence 50%"
    assert told[3].startswith("Took 12 h for the usual 8 h")
    assert (data_of(found)["done"], data_of(found)["moved"], data_of(found)["hit_rate"]) == (3, 2, 0.6667)
