from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.changes import changes
from tests.support.plans import plan

if TYPE_CHECKING:
    from revplan.model.plan import Plan


def told(before: Plan, after: Plan) -> list[str]:
    """Return what changed, a line each: what, where, and the fields with their values."""
    return [
        " ".join((change.what, str(change.ref), *(("from", change.was) if change.was else ())))
        + "".join(f" [{'.'.join(field.keys)}: {field.before} > {field.after}]" for field in change.fields)
        for change in changes(before, after)
    ]


def test_the_same_meaning_is_no_change() -> None:
    before = plan(tactics={"a": {"confidence": "1"}, "b": {}}, team={"ana": {"hours_per_week": "40"}})
    after = plan(tactics={"b": {}, "a": {}}, team={"ana": {"hours_per_week": "40h"}})
    assert told(before, after) == []


def test_what_came_what_went_and_what_is_otherwise() -> None:
    before = plan(tactics={"a": {"impact": "5"}, "b": {"impact": "3"}})
    after = plan(tactics={"a": {"impact": "8", "tags": ["x"]}, "c": {}})
    assert told(before, after) == [
        "changed tactic a [impact: 5 > 8] [tags: () > ('x',)]",
        "removed tactic b",
        "added tactic c",
    ]


def test_fields_are_named_down_to_the_value() -> None:
    write = {"skill": "writing", "hours": "8"}
    before = plan(tactics={"a": {"tasks": {"write": write}}})
    after = plan(
        tactics={"a": {"tasks": {"write": {**write, "hours": "6"}, "draw": {"skill": "design", "hours": "2"}}}}
    )
    (change,) = changes(before, after)
    assert [field.keys for field in change.fields] == [("tasks", "write", "hours"), ("tasks", "draw")]
    assert change.fields[0].before == 480
    assert change.fields[1].before is None


def test_a_rename_is_known_by_what_stays_the_same() -> None:
    before = plan(tactics={"old": {"title": "One"}, "x": {"title": "Two"}, "left": {"title": "Three"}})
    after = plan(tactics={"new": {"title": "One"}, "y": {"title": "Two", "impact": "9"}, "came": {"title": "Four"}})
    assert told(before, after) == [
        "added tactic came",
        "removed tactic left",
        "renamed tactic new from old",
        "renamed tactic y from x [impact: 5 > 9]",
    ]


def test_of_two_with_one_title_the_one_that_changed_is_found_once_the_other_is() -> None:
    before = plan(tactics={"a": {"title": "One", "impact": "1"}, "b": {"title": "One", "impact": "2"}})
    after = plan(tactics={"c": {"title": "One", "impact": "1"}, "d": {"title": "One", "impact": "9"}})
    assert told(before, after) == ["renamed tactic c from a", "renamed tactic d from b [impact: 2 > 9]"]


def test_a_map_that_becomes_a_single_value_is_one_change() -> None:
    line = {"category": "programs", "function": "sales"}
    before = plan(budget={"ads": {**line, "monthly": {"2026-01": "1k"}}})
    after = plan(budget={"ads": {**line, "monthly": "2k"}})
    for one, other in ((before, after), (after, before)):
        (change,) = changes(one, other)
        assert [field.keys for field in change.fields] == [("monthly",)]


def test_of_several_alike_none_is_a_rename() -> None:
    before = plan(tactics={"a": {"title": "One"}, "b": {"title": "One"}})
    after = plan(tactics={"c": {"title": "One"}})
    assert told(before, after) == ["removed tactic a", "removed tactic b", "added tactic c"]


def test_parts_of_singletons_stand_for_themselves() -> None:
    objective = {"title": "Grow"}
    before = plan(
        {"holidays": {"2026-12-25": "Christmas"}}, strategy={"vision": "Far", "objectives": {"grow": objective}}
    )
    after = plan(
        {"holidays": {}, "sprint": {"reserve": "0.2"}},
        strategy={
            "vision": "Near",
            "objectives": {"grow": {**objective, "weight": "2"}, "keep": objective | {"title": "Keep"}},
        },
    )
    assert told(before, after) == [
        (
            "changed revplan [sprint.focus_factor: 1 > 0.8] [sprint.reserve: 0 > 0.2]"
            " [holidays.2026-12-25: Absence(minutes=None, reason='Christmas', half=False) > None]"
        ),
        "changed strategy [vision: Far > Near]",
        "changed objective grow [weight: 1 > 2]",
        "added objective keep",
    ]


def test_what_cannot_be_read_is_not_taken_for_gone() -> None:
    whole = plan(tactics={"a": {}, "b": {}}, strategy={"vision": "Far"})
    broken = replace(plan(tactics={"b": {}}), broken=frozenset({("tactic", "a"), ("strategy", "vision")}))
    unread = replace(plan(), unread=frozenset({"a", "b", "vision"}))
    assert told(whole, broken) == ["broken tactic a"]
    assert told(broken, whole) == ["mended tactic a"]
    assert told(whole, unread) == ["broken tactic a", "broken tactic b"]
