"""Sprints: what a closed one carries into the next."""

from __future__ import annotations

from revplan.model.sprints import Closing, Sprint


def closing(*carried: str) -> Closing:
    return Closing.model_validate({"on": "2026-12-01", "of": "digest", "carried": list(carried)})


def test_a_close_carries_what_it_names() -> None:
    days = {"id": "2026-11", "start": "2026-11-01", "end": "2026-11-30", "closed": closing("guide", "fair")}
    sprint = Sprint.model_validate(days)
    assert [name for name in ("fair", "guide", "podcast") if sprint.carries(name)] == ["fair", "guide"]


def test_what_a_close_carries_is_gathered_once_and_is_no_part_of_it() -> None:
    asked, other = closing("guide"), closing("guide")
    assert asked.carried_tactics is asked.carried_tactics
    assert asked == other
    assert asked.model_dump() == other.model_dump()
