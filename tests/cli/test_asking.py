"""What `add` asks for on a terminal: each answer is checked when it is given, and nothing typed is lost."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import pytest
import typer

from revplan.app.editing.entries import Setting, settings_of, skill_words, skills_of, task_words, tasks_of
from revplan.cli.asking import command_of
from revplan.nouns import EDITED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

TEAM = "team:\n  dana: {name: Dana Whitfield, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}\n"


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    return make_plan({"team.yaml": TEAM})


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Iterable[str | None]], list[str]]:
    """Return what types answers at a terminal, and lists the fields asked for; None is Ctrl-C."""

    def typing(answers: Iterable[str | None]) -> list[str]:
        asked: list[str] = []
        waiting = iter(answers)

        def prompt(text: str, **_: object) -> str:
            asked.append(text.partition(":")[0])
            answer = next(waiting)
            if answer is None:
                raise typer.Abort
            return answer

        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("typer.prompt", prompt)
        return asked

    return typing


def test_a_member_can_be_added_by_answers_alone(
    run: Run, root: Path, type_in: Callable[[Iterable[str | None]], list[str]]
) -> None:
    asked = type_in(["Noor Said", "employee", "sales", "32", "calls:3, copy:2"])
    result = run("-C", root, "team", "add")
    assert result.code == 0, result.err
    assert asked == ["name", "kind", "function", "hours_per_week", "skills"]
    added = "  noor-said:\n    name: Noor Said\n    kind: employee\n    function: sales\n    hours_per_week: 32\n"
    assert (root / "team.yaml").read_text(encoding="utf-8") == f"{TEAM}{added}    skills: {{calls: 3, copy: 2}}\n"


def test_who_has_other_hours_is_not_asked_for_these(
    run: Run, root: Path, type_in: Callable[[Iterable[str | None]], list[str]]
) -> None:
    asked = type_in(["agency", "sales", ""])
    assert run("-C", root, "team", "add", "Brightwater", "--hours-per-month", "60").code == 0
    assert asked == ["kind", "function", "skills"]


def test_each_answer_is_checked_when_it_is_given(
    run: Run, root: Path, type_in: Callable[[Iterable[str | None]], list[str]]
) -> None:
    asked = type_in(
        [
            *("New page", "retail", "sales", "high", "11", "7"),
            *("call", "call=copy:2h:zoe", "call=copy:2h after=plan:2d", "call=copy:2h:Dana", "x"),
        ]
    )
    result = run("-C", root, "tactic", "add")
    assert result.code == 0, result.err
    assert asked == ["title", "function", "function", "impact", "impact", "impact", *["tasks"] * 4]
    for said in (
        'no function "retail"',
        "from 1 to 10",
        "11 is more than 10",
        "is no task",
        'no member "zoe"',
        'follows "plan"',
    ):
        assert said in result.err
    assert "do" not in (root / "team.yaml").read_text(encoding="utf-8").partition("tasks")[2]
    assert "owner: dana" in "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.yaml"))


def test_a_name_is_taken_for_its_id(run: Run, root: Path, type_in: Callable[[Iterable[str | None]], list[str]]) -> None:
    type_in(["Dana Whitfield"])
    result = run("-C", root, "todo", "add", "Call the printer")
    assert (result.code, "taken as dana" in result.err) == (0, True)
    assert "owner: dana\n" in "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.yaml"))


def test_what_was_typed_before_ctrl_c_is_shown_as_a_command(
    run: Run, root: Path, type_in: Callable[[Iterable[str | None]], list[str]]
) -> None:
    type_in(["Noor Said", "employee", None])
    result = run("-C", root, "team", "add", "--skill", "calls:3,copy:2")
    assert result.code != 0
    assert "revplan team add 'Noor Said' --skill calls:3,copy:2 --kind employee\n" in result.err


def test_what_was_typed_is_kept_where_the_plan_refuses_it(
    run: Run, root: Path, type_in: Callable[[Iterable[str | None]], list[str]]
) -> None:
    type_in(["Dana", "employee", "sales", "32", ""])
    result = run("-C", root, "team", "add", "--id", "dana")
    assert result.code == 2
    assert "revplan team add Dana --kind employee --function sales --hours-per-week 32\n" in result.err


def test_without_a_terminal_hours_are_asked_for_by_name(run: Run, root: Path) -> None:
    result = run("-C", root, "team", "add", "Bo", "--kind", "employee", "--function", "sales")
    assert (result.code, "a member needs --hours-per-week" in result.err) == (2, True)
    assert (root / "team.yaml").read_text(encoding="utf-8") == TEAM


def test_tasks_are_written_with_their_order_and_level(run: Run, root: Path) -> None:
    tasks = ("--task", "write=copy:6", "--task", "edit=copy:2:dana after=write level=3")
    words = ("--function", "sales", "--impact", "5", *tasks)
    assert run("-C", root, "tactic", "add", "Page", *words).code == 0
    written = "".join(path.read_text(encoding="utf-8") for path in root.rglob("*.yaml"))
    assert "edit: {skill: copy, hours: 2, level: 3, owner: dana, after: [write]}" in written


def test_the_command_says_what_was_typed() -> None:
    tasks = tasks_of(["write=copy:6", "edit=copy:90m:dana after=write+plan level=3"])
    skills = skills_of(["calls:3,copy:2", "web:1"])
    assert isinstance(tasks, dict)
    assert isinstance(skills, dict)
    assert tasks_of(task_words(tasks)) == tasks
    assert skills_of(skill_words(skills)) == skills
    said = [Setting(("title",), "It's new"), Setting(("tags",), ["a b", "c"]), *settings_of(["result.by=4"])]
    command = command_of(EDITED["tactic"], [*said, Setting(("tasks",), tasks)])
    assert shlex.split(command)[:8] == ["revplan", "tactic", "add", "It's new", "--tag", "a b", "--tag", "c"]
    assert "--set result.by=4" in command
    assert "--task 'edit=copy:90m:dana after=write+plan level=3'" in command


def test_without_a_terminal_the_hint_names_the_ids_there_are(root: Path, run: Run) -> None:
    ran = run("tactic", "add", "Poll", "--impact", "3", "--task", "write=copy:2", "-C", root)
    assert ran.code != 0
    assert "a tactic needs --function" in ran.err
    assert "sales" in ran.err.partition("function: The function it belongs to.")[2]
    ran = run("todo", "add", "Poll", "--due", "2026-12-04", "-C", root)
    assert "owner: " in ran.err
    assert "dana" in ran.err.partition("owner: ")[2]
    ran = run("tactic", "add", "Poll", "--function", "sales", "--impact", "3", "-C", root)
    assert "such as write=writing:6" in ran.err


MEMBER = ("--kind", "employee", "--function", "sales", "--hours-per-week", "32")


@pytest.mark.parametrize(
    ("answer", "skills"), [("y", "{copy: 2, calls: 3}"), ("", "{copy: 2, calls: 3}"), ("n", "{cpoy: 2, calls: 3}")]
)
def test_a_skill_like_a_known_one_is_asked_about(
    run: Run, root: Path, type_in: Callable[[Iterable[str | None]], list[str]], answer: str, skills: str
) -> None:
    asked = type_in([answer or "y"])
    result = run("-C", root, "team", "add", "Noor", *MEMBER, "--skill", "cpoy:2,calls:3")
    assert (result.code, asked) == (0, ["cpoy"]), result.err
    assert f"skills: {skills}\n" in (root / "team.yaml").read_text(encoding="utf-8")
    assert 'the skill "calls" is new: no member has it, and no task takes it\n' in result.err


def test_a_broken_off_question_about_a_skill_loses_nothing(
    run: Run, root: Path, type_in: Callable[[Iterable[str | None]], list[str]]
) -> None:
    type_in([None])
    result = run("-C", root, "team", "add", "Noor", *MEMBER, "--skill", "cpoy:2")
    assert "revplan team add Noor" in result.err
    assert "--skill cpoy:2" in result.err
    assert (root / "team.yaml").read_text(encoding="utf-8") == TEAM


def test_elsewhere_a_new_skill_is_told(run: Run, root: Path) -> None:
    for words in (("add", "Noor", *MEMBER, "--skill", "cpoy:2"), ("edit", "dana", "--set", "skills.cpoy=2")):
        result = run("-C", root, "team", *words, "--dry-run")
        assert result.code == 0, result.err
        assert 'the skill "cpoy" is new: no member has it, and no task takes it; did you mean copy?\n' in result.err
        assert "cpoy: 2" in result.out
    assert "is new" not in run("-C", root, "team", "edit", "dana", "--skill", "copy:4").err
