from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.checking.fix import fix_plan
from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.diagnostics import Fix
from revplan.notations import tidy
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.app.checking.validate import Validation
    from revplan.store.loaded import Loaded

    MakePlan = Callable[..., Path]

TEAM = "team: {ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}}\n"
TACTIC = "{title: A, function: sales, impact: 5, tasks: {do: {skill: copy, hours: 4}}}"


def check(loaded: Loaded) -> Validation:
    return validate(loaded, context_of(loaded, None, date(2026, 11, 28)))


def everything(found: Validation) -> Validation:
    return found


def after_fix(root: Path, name: str = "plan.yaml") -> str:
    fix_plan(read(root), check, everything)
    return (root / name).read_bytes().decode()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("titel: A", "title: A"),
        ("functoin: sales", "function: sales"),
        ("deadline: 2026-12-1", "deadline: 2026-12-01"),
        ("deadline: '2026/12/1'  # when the fair is", "deadline: '2026-12-01'  # when the fair is"),
        ("deadline: 1/12/2026", "deadline: 1/12/2026"),
        ("cost: 1,5k", "cost: 1.5k"),
        ("cost: 1,500", "cost: 1,500"),
        ("metric: lead", "metric: lead"),
        ("status: redy", "status: ready"),
        ("tasks: {do: {skill: copy, hours: 4 hours}}", "tasks: {do: {skill: copy, hours: 4h}}"),
        ("tasks: {do: {skill: copy, hours: 4, owner: anna}}", "tasks: {do: {skill: copy, hours: 4, owner: anna}}"),
        ("recurring: triweekly", "recurring: triweekly"),
        ("recurring: bi-weekly", "recurring: bi-weekly"),
        ("tasks: {do: {skill: copy, duration: 4}}", "tasks: {do: {skill: copy, duration: 4}}"),
    ],
)
def test_what_can_only_have_been_meant_otherwise(make_plan: MakePlan, wrong: str, right: str) -> None:
    def text(line: str) -> str:
        fields = {"title": "A", "function": "sales", "impact": "5", "tasks": "{do: {skill: copy, hours: 4}}"}
        given_keys = {line.partition(":")[0], right.partition(":")[0]}
        rows = [f"    {key}: {value}\n" for key, value in fields.items() if key not in given_keys]
        metric = "metrics: {leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 5}}\n"
        return "tactics:\n  one:\n" + "".join(rows) + f"    {line}\n" + metric + TEAM

    assert after_fix(make_plan(text(wrong))) == text(right)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("time: 2:30pm", 'time: "14:30"'),
        ("time: 14h", 'time: "14:00"'),
        ("time: 2", "time: 2"),
        ("time: 9.30", "time: 9.30"),
        ("minutes: 1h", "minutes: 60"),
        ("at: 09:30", "time: 09:30"),
    ],
)
def test_of_a_meetings_length_and_time_only_what_is_sure(make_plan: MakePlan, wrong: str, right: str) -> None:
    settings = "revplan: {{format: 1, company: A, currency: EUR, meetings: {{weekly: {{day: mon, {}}}}}}}\n"
    root = make_plan({"revplan.yaml": settings.format(wrong)})
    assert after_fix(root, "revplan.yaml") == settings.format(right)


def test_of_two_near_matches_neither_is_taken(make_plan: MakePlan) -> None:
    body = "{name: A, kind: employee, function: sales, hours_per_week: 40}"
    text = f"team: {{anna: {body}, hanna: {body}}}\ntodos: {{call: {{title: Call, owner: annna}}}}\n"
    assert after_fix(make_plan(text)) == text


def test_a_fix_that_makes_another_finding_is_not_made(make_plan: MakePlan) -> None:
    text = f"tactics: {{one: {TACTIC[:-1]}, titel: B}}}}\n" + TEAM
    assert after_fix(make_plan(text)) == text


def test_other_fixes_are_made_beside_one_that_is_not(make_plan: MakePlan) -> None:
    text = f"tactics: {{one: {TACTIC[:-1]}, titel: B}}}}\nteem: {{}}\n" + TEAM
    assert after_fix(make_plan(text)) == text
    text = text.replace("teem: {}", "todos: {call: {title: Call, onwer: ana}}")
    assert after_fix(make_plan(text)) == text.replace("onwer", "owner")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("todos:  # revplan: ignore[random-act] no longer\n", "todos:\n"),
        ("# revplan: ignore[random-act]\ntodos:\n", "todos:\n"),
        ("todos: # revplan: ignore[random-act, long-task] why\n", "todos:\n"),
        ("todos: # revplan: ignore[randm-act]\n", "todos: # revplan: ignore[randm-act]\n"),
        ("todos: # revplan: ignore\n", "todos: # revplan: ignore\n"),
    ],
)
def test_an_ignore_that_ignores_nothing_goes(make_plan: MakePlan, wrong: str, right: str) -> None:
    assert after_fix(make_plan(wrong)) == right


def test_fixes_of_one_place_are_made_in_rounds(make_plan: MakePlan) -> None:
    """Every fix is offered with a second that reaches into it from the left: one of both is made, never both."""
    tried: list[str] = []

    def watched(loaded: Loaded) -> Validation:
        tried.append(loaded.sources["plan.yaml"].text)
        return check(loaded)

    root = make_plan("todos: {call: { titel: Call, onwer: ana}}\n" + TEAM)

    def with_overlaps(found: Validation) -> Validation:
        more = [
            replace(each, fix=Fix(each.fix.location._replace(column=each.fix.location.column - 1), f" {each.fix.text}"))
            for each in found.diagnostics
            if each.fix is not None
        ]
        return replace(found, diagnostics=(*found.diagnostics, *more))

    _, done = fix_plan(read(root), watched, with_overlaps)
    assert len(done) == 2
    assert [text for text in tried if "titletitle" in text.replace(" ", "")] == []
    assert (root / "plan.yaml").read_text() == "todos: {call: { title: Call, owner: ana}}\n" + TEAM


def test_what_a_fix_reveals_is_fixed_in_the_next_round(make_plan: MakePlan) -> None:
    """Only where the key is known, its date is read, and known to be one."""
    root = make_plan("issues:\n  late: {title: Late, owner: ana, rasied: 11/20/2026}\n" + TEAM)
    assert after_fix(root) == "issues:\n  late: {title: Late, owner: ana, raised: 2026-11-20}\n" + TEAM


def test_byte_order_mark_and_line_ends_stay(make_plan: MakePlan) -> None:
    root = make_plan("\ufefftodos:\r\n  call: {titel: Call}\r\n")
    assert after_fix(root) == "\ufefftodos:\r\n  call: {title: Call}\r\n"


def test_what_was_done_is_said(make_plan: MakePlan) -> None:
    root = make_plan("todos:\n  call: {titel: Call}  # revplan: ignore[random-act]\n")
    _, done = fix_plan(read(root), check, everything)
    assert list(map(str, done)) == [
        "plan.yaml:2:10 unknown-key: titel → title",
        "plan.yaml:2:22 unused-ignore: removed # revplan: ignore[random-act]",
    ]


@given(st.from_regex(r"\d{1,4}[-/., ]?\d{0,2}[-/., ]?\d{0,4} ?(k|%|h|hours|min|days|€)?", fullmatch=True))
def test_what_is_tidied_is_tidy(text: str) -> None:
    once = tidy(text)
    assert once is None or tidy(once) in (None, once)
