from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.app.sprint.preconditions import UnsoundError, check_preconditions
from revplan.diagnostics import Severity
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from revplan.diagnostics import Diagnostic

    MakePlan = Callable[[Mapping[str, str] | str], Path]

TEAM = "team:\n  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40}\n"
LATE = "  call: {title: Call the auditor, owner: ana, due: 2027-01-15}"


def found(root: Path) -> tuple[Diagnostic, ...]:
    loaded = read(root)
    return validate(loaded, context_of(loaded, None, date(2026, 11, 28))).diagnostics


def told(root: Path) -> list[tuple[str, int, str]]:
    return [(each.code, each.location.line, each.message) for each in found(root)]


def todos(*lines: str) -> str:
    return TEAM + "todos:\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "lines",
    [
        (f"{LATE}  # revplan: ignore[todo-far-off] away until January",),
        (f"{LATE}  # revplan: ignore[RP921]",),
        ("  # revplan: ignore[todo-far-off] away until January", LATE),
        ("  # revplan: ignore[todo-far-off]", "  # Ask again in December.", LATE),
    ],
)
def test_a_comment_sets_a_finding_aside(make_plan: MakePlan, lines: tuple[str, ...]) -> None:
    assert told(make_plan(todos(*lines))) == []


def test_one_comment_may_name_several_rules(make_plan: MakePlan) -> None:
    both = "  call: {title: Call, due: 2027-01-15}  # revplan: ignore[todo-far-off, todo-without-owner-or-due] later"
    assert told(make_plan(todos(both))) == []


def test_an_ignore_that_ignores_nothing_is_told(make_plan: MakePlan) -> None:
    lines = ("  call: {title: Call, owner: ana, due: 2026-12-01}  # revplan: ignore[todo-far-off]",)
    assert told(make_plan(todos(*lines))) == [("RP020", 4, "nothing to ignore: todo-far-off finds nothing on line 4")]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore[todo-far-of]", 'there is no rule "todo-far-of"'),
        ("ignore[unknown-member]", "unknown-member cannot be ignored; only RP3xx to RP9xx can"),
        ("ignore", "this ignore names no rule"),
        ("ignore[]", "this ignore names no rule"),
    ],
)
def test_an_ignore_that_can_never_work_is_told(make_plan: MakePlan, comment: str, message: str) -> None:
    root = make_plan(todos(f"{LATE}  # revplan: {comment}"))
    assert [each for _, _, each in told(root) if "to-do" not in each] == [message]


def test_an_ignore_of_a_rule_that_may_be_silent_for_other_faults_is_not_told(make_plan: MakePlan) -> None:
    broken = "  other: {titel: Other}"
    lines = (broken, "  call: {title: Call, owner: ana, due: 2026-12-01}  # revplan: ignore[todo-far-off]")
    assert {code for code, _, _ in told(make_plan(todos(*lines)))} == {"RP101"}


@pytest.mark.parametrize(
    "text",
    [
        '  call: {title: "Call # revplan: ignore[todo-far-off]", owner: ana, due: 2027-01-15}',
        "  call:\n    title: |\n      Call\n      # revplan: ignore[todo-far-off]\n    owner: ana\n    due: 2027-01-15",
    ],
)
def test_text_is_no_comment(make_plan: MakePlan, text: str) -> None:
    assert [code for code, _, _ in told(make_plan(todos(text)))] == ["RP921"]


def settings(rules: str) -> dict[str, str]:
    head = "revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28, rules: {"
    return {"revplan.yaml": head + rules + "}}\n", "plan.yaml": todos(LATE)}


@pytest.mark.parametrize(
    ("rules", "severities"),
    [
        ("", ["advice"]),
        ("todo-far-off: error", ["error"]),
        ("RP921: warning", ["warning"]),
        ("todo-far-off: ignore", []),
    ],
)
def test_the_settings_give_a_rule_its_severity(make_plan: MakePlan, rules: str, severities: list[str]) -> None:
    assert [str(each.severity) for each in found(make_plan(settings(rules)))] == severities


def test_a_severity_for_no_rule_is_told_at_its_key(make_plan: MakePlan) -> None:
    (one, _) = sorted(found(make_plan(settings("todo-far-of: ignore"))), key=lambda each: each.code)
    assert (one.code, one.message) == ("RP101", 'there is no rule "todo-far-of"')
    assert one.hint == 'did you mean "todo-far-off"?'
    assert one.excerpt[one.location.column - 1 : one.location.end_column - 1] == "todo-far-of"


@pytest.mark.parametrize("word", ["ignore", "warning", "advice"])
def test_faults_of_reference_stay_errors(make_plan: MakePlan, word: str) -> None:
    files = settings(f"unknown-member: {word}") | {"plan.yaml": "todos:\n" + LATE.replace("2027-01-15", "2026-12-01")}
    assert [(each.code, str(each.severity)) for each in found(make_plan(files))] == [
        ("RP207", "error"),
        ("RP105", "error"),
    ]


def test_an_unused_ignore_can_be_made_worse_but_not_milder(make_plan: MakePlan) -> None:
    idle = todos("  call: {title: Call, owner: ana, due: 2026-12-01}  # revplan: ignore[todo-far-off]")
    worse = found(make_plan(settings("unused-ignore: error") | {"plan.yaml": idle}))
    assert [(each.code, str(each.severity)) for each in worse] == [("RP020", "error")]
    milder = found(make_plan(settings("unused-ignore: ignore") | {"plan.yaml": idle}))
    assert sorted(each.code for each in milder) == ["RP020", "RP105"]


RECURRING = """tactics:
  calls:
    title: Calls
    function: sales
    impact: 5
    recurring: weekly
    tasks: {call: {skill: writing, hours: 1}}
"""


def test_an_error_stops_the_planning_unless_it_is_set_aside(make_plan: MakePlan) -> None:
    loaded = read(make_plan(RECURRING))
    with pytest.raises(UnsoundError) as stopped:
        check_preconditions(loaded, context_of(loaded, None, date(2026, 11, 28)), "2026-12")
    assert [each.code for each in stopped.value.diagnostics] == ["RP402"]
    assert {each.severity for each in stopped.value.diagnostics} == {Severity.ERROR}
    milder = read(make_plan(settings("recurring-without-owner: warning") | {"plan.yaml": RECURRING}))
    check_preconditions(milder, context_of(milder, None, date(2026, 11, 28)), "2026-12")
