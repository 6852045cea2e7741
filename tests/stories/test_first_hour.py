"""A new company goes from `init` to a first sprint, and on to a system that is set up, by what `guide` names alone."""

from __future__ import annotations

import json
import shlex
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from revplan.app.guide.session import begin, find_workshop
from revplan.app.open import context_of, open_plan
from tests.support.plans import EXAMPLES
from tests.support.room import ROOM, on_a_terminal, typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

TODAY = "2026-12-01"
WITHIN = 60
"""Minutes in which a company is to have its first sprint."""
MOST_STEPS = 30
"""Commands after which a guide that never ends counts as lost."""


class Company:
    """A company that does what the guide says, on a terminal."""

    def __init__(self, run: Run, root: Path) -> None:
        self.run, self.root = run, root
        self.done: list[tuple[str, int]] = []

    def guide(self) -> dict[str, Any]:
        ran = self.run("guide", "-C", self.root, "--today", TODAY, "--format", "json")
        assert ran.code == 0, ran.err
        data: dict[str, Any] = json.loads(ran.out)["data"]
        return data

    def does(self, command: str, minutes: int) -> None:
        """Do what the guide names; a placeholder is filled in as anybody would."""
        words = shlex.split(command.replace("NUMBER", "7"))[1:]
        code, screen = on_a_terminal(self.root, self.lines(words), *words, "--today", TODAY)
        assert code == 0, f"{command}: {screen[-2000:]}"
        self.done.append((command, minutes))

    def lines(self, words: list[str]) -> list[str]:
        if words[0] != "workshop":
            return []
        loaded = open_plan(self.root, self.root)
        context = context_of(loaded, date.fromisoformat(TODAY), date.fromisoformat(TODAY))
        session = begin(loaded, context, find_workshop(words[1]), None, every=False)
        return [*typed(session, ROOM[words[1]]), "y"]


def facts(data: dict[str, Any]) -> dict[str, bool]:
    return {fact["fact"]: fact["set_up"] for part in data["parts"] for fact in part["facts"]}


@pytest.fixture
def company(run: Run, tmp_path: Path) -> Company:
    people = ["Copper Kettle", "USD", "January", "Ann Lee", "Bo Dahl"]
    code, screen = on_a_terminal(tmp_path / "plan", people, "init", str(tmp_path / "plan"), "--today", TODAY)
    assert code == 0, screen
    return Company(run, tmp_path / "plan")


def test_a_new_company_is_led_to_its_first_sprint_and_to_a_system_that_is_set_up(company: Company) -> None:
    standing = company.guide()
    while standing["next"] and len(company.done) < MOST_STEPS:
        step = standing["next"][0]
        before = facts(standing)
        company.does(step["command"], step["minutes"])
        standing = company.guide()
        after = facts(standing)
        is_part = any(words in step["command"] for words in ("metric record", "sprint plan"))
        assert sum(after.values()) > sum(before.values()) or is_part, step
        assert all(after[name] for name, was in before.items() if was and name not in ("skills", "launch")), step
    commands = [command for command, _ in company.done]
    first_sprint = commands.index("revplan sprint plan --write")
    assert sum(minutes for _, minutes in company.done[: first_sprint + 1]) < WITHIN
    assert commands[first_sprint + 1] == "revplan sprint start 2026-12"
    sprint = (company.root / "sprints" / "2026-12.yaml").read_text()
    assert "status: active" in sprint
    assert "newsletter-launch" in sprint
    assert all(facts(standing).values())
    assert company.run("validate", "-C", company.root, "--today", TODAY).code == 0


def test_the_programme_is_planned_like_any_other_work_and_written_once(company: Company) -> None:
    wrote = company.run("guide", "-C", company.root, "--today", TODAY, "--write")
    assert (wrote.code, "the programme is in the backlog" in wrote.err) == (0, True)
    files = {path: path.read_bytes() for path in company.root.rglob("*.yaml")}
    again = company.run("guide", "-C", company.root, "--today", TODAY, "--write")
    assert (again.code, "nothing to change" in again.err) == (0, True)
    assert {path: path.read_bytes() for path in company.root.rglob("*.yaml")} == files
    assert "RP424" not in company.run("validate", "-C", company.root, "--today", TODAY).out
    planned = json.loads(company.run("sprint", "plan", "-C", company.root, "--today", TODAY, "--format", "json").out)
    text = json.dumps(planned)
    for name in (
        "goals",
        "story",
        "persona",
        "remarkable",
        "tactics",
        "align",
        "stack",
        "campaign",
        "readings",
        "review",
    ):
        assert f"set-up-{name}" in text


def test_the_programme_leaves_out_what_is_set_up(company: Company) -> None:
    company.does("revplan workshop story", 0)
    company.run("guide", "-C", company.root, "--today", TODAY, "--write")
    written = (company.root / "tactics" / "marketing.yaml").read_text()
    assert "set-up-story" not in written
    assert "set-up-goals" in written


def test_work_of_the_programme_that_nobody_can_do_is_parked_with_the_reason(run: Run, tmp_path: Path) -> None:
    root = tmp_path / "empty"
    root.mkdir()
    (root / "revplan.yaml").write_text("revplan: {format: 1, company: Alone, currency: USD}\n")
    assert run("guide", "-C", root, "--today", TODAY, "--write").code == 0
    planned = run("sprint", "plan", "-C", root, "--today", TODAY).out
    assert "Set up: The Big Story" in planned
    assert "operations" in planned


@pytest.mark.parametrize("name", ["harbourline", "minimal", "agency"])
@pytest.mark.parametrize("kind", ["terminal", "markdown", "html", "json", "csv"])
def test_every_example_has_a_guide(run: Run, name: str, kind: str) -> None:
    ran = run("guide", "-C", EXAMPLES / name, "--format", kind)
    assert ran.code == 0, ran.err
    report = run("report", "guide", "-C", EXAMPLES / name, "--format", kind)
    assert report.out == ran.out
