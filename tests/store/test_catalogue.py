"""The playbooks that revplan brings: each is sound, says what it must, can be placed, and is like no other."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from revplan.analysis.playbooks import missing_tasks
from revplan.app.checking.validate import validate
from revplan.app.editing.entries import body_of
from revplan.app.guide.playbooks import all_playbooks, fields_of_tactic
from revplan.app.open import context_of
from revplan.app.sprint.plan import Request, plan_sprint
from revplan.model.playbooks import CATALOGUE_FOLDER, STAGES, catalogue_ids
from revplan.model.tactics import Tactic
from revplan.store.catalogue import catalogue
from revplan.store.edit import canonical
from revplan.store.load import read
from tests.support.plans import plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.model.playbooks import Playbook

    MakePlan = Callable[..., Path]

IDS = sorted(catalogue_ids())
PLAYBOOKS = catalogue()
SKILLS = sorted({skill for playbook in PLAYBOOKS.values() for skill in playbook.skills})
LONGEST_TASK = 16 * 60


def test_there_are_about_eighty_and_some_for_every_function_and_stage() -> None:
    assert len(IDS) >= 80
    functions = [playbook.function for playbook in PLAYBOOKS.values()]
    assert all(functions.count(function) >= 15 for function in ("marketing", "sales", "service", "operations"))
    stages = [playbook.stage for playbook in PLAYBOOKS.values()]
    assert all(stages.count(stage) >= 4 for stage in STAGES)


@pytest.mark.parametrize("name", IDS)
def test_its_file_is_a_plan_file_without_a_finding(make_plan: MakePlan, name: str) -> None:
    text = (CATALOGUE_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    loaded = read(make_plan({"playbooks/own.yaml": text}))
    found = validate(loaded, context_of(loaded, None, date(2026, 11, 28))).diagnostics
    assert [str(each.message) for each in found if each.code != "RP505"] == []
    assert loaded.plan.playbooks == {name: PLAYBOOKS[name]}


@pytest.mark.parametrize("name", IDS)
def test_it_says_all_that_a_standard_says(name: str) -> None:
    playbook = PLAYBOOKS[name]
    assert playbook.purpose
    assert playbook.done_when
    assert playbook.metrics
    assert len(playbook.pitfalls) >= 2
    assert playbook.basis == "starting-guess"
    assert playbook.confidence is not None
    assert 0 < playbook.confidence < 1


@pytest.mark.parametrize("name", IDS)
def test_its_hours_are_a_range_with_the_usual_inside(name: str) -> None:
    playbook = PLAYBOOKS[name]
    least, most = playbook.range_minutes
    assert least < playbook.minutes < most
    assert playbook.minutes * 5 >= most * 2, "a range that wide says nothing"
    for task in playbook.tasks.values():
        assert task.minutes <= LONGEST_TASK
        assert task.least_minutes is not None
        assert task.most_minutes is not None


def test_no_two_are_alike() -> None:
    for one, other in combinations(PLAYBOOKS.values(), 2):
        assert one.title != other.title
        assert one.purpose != other.purpose
        first, second = (_words(each) for each in (one, other))
        assert len(first & second) * 2 < len(first | second), (one.id, other.id)


def _words(playbook: Playbook) -> set[str]:
    text = " ".join((playbook.title, playbook.done_when or "", *(task.title or "" for task in playbook.tasks.values())))
    return {word.strip(".,:;?").lower() for word in text.split() if len(word) > 3}


@pytest.fixture(scope="module")
def everybody() -> str:
    """A team that can do everything, five of each skill with all their time."""
    lines = ["team:"]
    for number in range(5):
        for skill in SKILLS:
            who = f"{skill}-{number}"
            lines.append(f"  {who}: {{name: {who}, kind: employee, function: marketing, hours_per_week: 40,")
            lines.append(f"    skills: {{{skill}: 4}}}}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("function", ["marketing", "sales", "service", "operations", "billing", "support"])
def test_tactics_of_them_are_placed_in_a_sprint_whose_team_has_the_skills(
    make_plan: MakePlan, everybody: str, function: str
) -> None:
    names = [name for name, playbook in PLAYBOOKS.items() if playbook.function == function]
    root = make_plan({"team.yaml": everybody, "tactics.yaml": canonical_tactics(names)})
    loaded = read(root)
    context = context_of(loaded, None, date(2026, 11, 28))
    planned = plan_sprint(loaded, context, Request(sprint="2026-12"), lambda _: None)
    assert sorted(placed.tactic for placed in planned.placed) == names
    assert all(missing_tasks(PLAYBOOKS[name], loaded.plan.tactics[name]) == () for name in names)


def canonical_tactics(names: list[str]) -> str:
    """Return a plan file with a tactic of each playbook, as the command would write it."""
    return "tactics:\n" + "".join(_entry(name) for name in names)


def _entry(name: str) -> str:
    body = body_of("tactic", [*fields_of_tactic(plan(), name)])
    tasks = body.pop("tasks")
    assert isinstance(tasks, dict)
    lines = [f"  {name}:", f"    playbook: {name}"]
    lines += [f"    {key}: {_quoted(value)}" for key, value in body.items()]
    lines.append("    tasks:")
    for task, fields in tasks.items():
        assert isinstance(fields, dict)
        parts = (f"{key}: {_quoted(value)}" for key, value in fields.items())
        lines.append(f"      {task}: {{{', '.join(parts)}}}")
    return "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else "'" + str(value).replace("'", "''") + "'"


def test_the_plans_own_comes_before_the_catalogues() -> None:
    own = plan().__class__
    mine = PLAYBOOKS["webinar"].model_copy(update={"title": "Ours"})
    found = all_playbooks(own(plan().settings, playbooks={"webinar": mine}))
    assert found["webinar"].title == "Ours"
    assert len(found) == len(IDS)
    assert [*found] == sorted(found)


@pytest.mark.parametrize("name", IDS)
def test_a_tactic_of_it_has_its_tasks_with_the_usual_hours(name: str) -> None:
    body = body_of("tactic", [*fields_of_tactic(plan(), name)])
    tactic = Tactic.model_validate({**body, "id": name})
    assert tactic.minutes == PLAYBOOKS[name].minutes
    assert {task: own.after for task, own in tactic.tasks.items()} == {
        task: own.after for task, own in PLAYBOOKS[name].tasks.items()
    }


@pytest.mark.parametrize("name", IDS)
def test_its_file_is_in_canonical_form(name: str) -> None:
    text = (CATALOGUE_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert canonical.canonical(text) == text
