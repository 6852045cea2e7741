from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.app.reporting.explain import explain
from revplan.app.reporting.reference import fields_of
from revplan.diagnostics import CODES
from revplan.model.plan import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from revplan.model.base import Part
    from tests.support.shell import Ran

    Run = Callable[..., Ran]


def test_a_rule_by_code_or_slug(run: Run) -> None:
    by_code, by_slug = run("explain", "RP921"), run("explain", "todo-far-off")
    assert by_code.code == 0
    assert by_code.out == by_slug.out
    assert by_code.out == (
        "RP921 todo-far-off (advice)\n"
        "A to-do due more than a week from now.\n"
        "\n"
        "What: an open to-do's due date is more than seven days after today.\n"
        "\n"
        "Why: to-dos are asked about in the next weekly meeting. What takes longer is a\n"
        "tactic, with tasks and hours.\n"
        "\n"
        "Bad:\n"
        "    todos:\n"
        "      call-auditor: {title: Ask the auditor for a date, owner: ana, due: 2026-12-18}\n"
        "\n"
        "Good:\n"
        "    todos:\n"
        "      call-auditor: {title: Ask the auditor for a date, owner: ana, due: 2026-12-04}\n"
        "\n"
        "To set it aside on one line: # revplan: ignore[todo-far-off] and the reason. For\n"
        "the whole plan, under revplan.rules: todo-far-off: ignore, or another severity.\n"
    )


def test_faults_that_cannot_be_ignored_say_so(run: Run) -> None:
    assert run("explain", "unknown-persona").out.endswith("\nIt cannot be ignored.\n")


def test_a_kind_and_its_fields(run: Run) -> None:
    result = run("explain", "todo")
    assert result.out == (
        "todo: A promise of one person, for about a week.\n"
        "Stands under todos, by id.\n"
        "\n"
        "  title*: text\n"
        "      What is to be done.\n"
        "  owner: the id of a member\n"
        "      The one person who does it.\n"
        "  due: a day, such as 2026-12-01\n"
        "      By when.\n"
        "  status: open, done or dropped; open where not given\n"
        "      Where it stands.\n"
        "  done: a day, such as 2026-12-01\n"
        "      When it was done.\n"
        "  issue: the id of an issue\n"
        "      The issue it helps to solve.\n"
        "  notes: text\n"
        "      Anything worth remembering; no rule reads it.\n"
        "\n"
        "* is required\n"
    )
    assert run("explain", "todos").out == result.out


def test_a_field_however_deep(run: Run) -> None:
    assert run("explain", "strategy.big_story.pillars.claim").out == (
        "claim*: text\n    What is claimed, in one sentence.\n"
    )
    assert "focus_factor: a part of a whole" in run("explain", "revplan.sprint").out


@pytest.mark.parametrize(
    ("topic", "hint"),
    [
        ("RP92", 'did you mean "RP921"?'),
        ("todo-far-of", 'did you mean "todo-far-off"?'),
        ("tactik", 'did you mean "tactic"?'),
        ("tactic.taks", 'did you mean "tactic.tasks"?'),
        ("tactic.title.words", 'did you mean "tactic.title"?'),
        ("strategy.big_story.pilars", 'did you mean "strategy.big_story.pillars"?'),
        ("zzz", "`revplan explain` alone lists all there is"),
    ],
)
def test_what_is_unknown_is_a_usage_error_with_a_way_out(run: Run, topic: str, hint: str) -> None:
    result = run("explain", topic)
    assert (result.code, result.out) == (2, "")
    assert f"hint: {hint}" in result.err


def test_alone_it_lists_every_rule_and_kind(run: Run) -> None:
    lines = run("explain").out.splitlines()
    assert [line for line in lines if line.startswith("  RP")] == [
        f"  {code.code} {code.slug} ({code.severity})" for code in CODES
    ]
    assert {f"  {kind.name}" for kind in KINDS} <= set(lines)
    assert max(map(len, lines)) <= 80


def models() -> Iterator[tuple[str, type[Part]]]:
    todo = [(kind.name, kind.model) for kind in KINDS]
    while todo:
        path, model = todo.pop()
        yield path, model
        todo.extend((f"{path}.{field.name}", field.model) for field in fields_of(model) if field.model is not None)


@pytest.mark.parametrize(("path", "model"), [pytest.param(path, model, id=path) for path, model in models()])
def test_every_field_says_what_it_is(path: str, model: type[Part]) -> None:
    for field in fields_of(model):
        assert field.description.endswith((".", "…"))
        assert field.holds
        assert field.model is not None or "of its own keys" not in field.holds
        assert explain(f"{path}.{field.name}", 80)
