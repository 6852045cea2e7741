"""Months in the life of small plans, commands drawn by chance: whatever comes, the plan stays sound and says the truth.

After every command: no command fails otherwise than with a message, none makes an error that was not there, what
`sprint plan --write` writes follows from the plan and is written once, and hours are as many as were logged. By hand, a
long walk: `REVPLAN_MONTHS=8:400 pytest tests/stories/test_random_months.py`.
"""

# ruff: noqa: S311 - chance that is the same every time

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

SKILLS = ("writing", "design", "web", "calls")
NAMES = ("ana", "bo", "cy", "dee")
STEPS = 25
SEEDS = range(*map(int, os.environ.get("REVPLAN_MONTHS", "0:8").split(":")))
REPORTS = ("capacity", "sprint", "results", "parking-lot", "team", "scoreboard", "roadmap", "alignment")
WISHES = ("t0.tier=must", "t1.deadline=2026-12-20", "ana.hours=8", "cash+500", "add t0")


class Month:
    """One plan and its commands.

    Attributes:
        logged: minutes that were logged, as the commands were given.
    """

    def __init__(self, run: Run, root: Path, seed: int) -> None:
        self.run, self.root, self.random = run, root, Random(seed)
        self.today = date(2026, 11, self.random.randint(20, 30))
        self.logged = Fraction(0)
        self.members = NAMES[: self.random.randint(2, len(NAMES))]
        self.tactics: list[str] = []
        self.write_files()

    def call(self, *words: str) -> Ran:
        return self.run(*words, "-C", self.root, "--today", self.today.isoformat())

    def write_files(self) -> None:
        """Write settings, people and a backlog, and bring them into the canonical form."""
        some = self.random
        sprint = f"{{budget: {some.choice((0, 500, 2000))}, focus_factor: {some.choice(('1', '80%'))}, "
        sprint += f"reserve: {some.choice(('0', '10%'))}}}"
        start = some.choice((1, 7))
        head = f"revplan: {{format: 1, company: Test, currency: EUR, fiscal_year_start: {start}, sprint: {sprint}}}\n"
        (self.root / "revplan.yaml").write_text(head, encoding="utf-8")
        team = "".join(self.write_member(name) for name in self.members)
        (self.root / "team.yaml").write_text(f"team:\n{team}", encoding="utf-8")
        backlog = "".join(self.write_tactic(f"t{number}") for number in range(some.randint(2, 8)))
        (self.root / "tactics.yaml").write_text(f"tactics:\n{backlog}", encoding="utf-8")
        assert self.run("fmt", "-C", self.root).code == 0

    def write_member(self, name: str) -> str:
        some = self.random
        skills = ", ".join(f"{skill}: {some.randint(2, 4)}" for skill in some.sample(SKILLS, some.randint(2, 4)))
        hours = f"hours_per_week: {some.choice((8, 20, 32, 40))}, business_as_usual: {some.choice((0, 4))}"
        return f"  {name}: {{name: {name.title()}, kind: employee, function: sales, {hours}, skills: {{{skills}}}}}\n"

    def write_tactic(self, name: str) -> str:
        some = self.random
        more = [f"impact: {some.randint(1, 10)}"]
        more += [f"tier: {some.choice(('must', 'nice'))}"] if some.random() < 0.3 else []
        more += [f"cost: {some.choice((100, 400, 900))}"] if some.random() < 0.3 else []
        more += [f"requires: [{some.choice(self.tactics)}]"] if self.tactics and some.random() < 0.2 else []
        more += [f"deadline: 2026-12-{some.randint(5, 28):02}"] if some.random() < 0.15 else []
        more += ["unforeseen: true"] if some.random() < 0.1 else []
        tasks = ", ".join(self.write_task(number) for number in range(some.randint(1, 4)))
        self.tactics.append(name)
        return f"  {name}: {{title: {name}, function: sales, {', '.join(more)}, tasks: {{{tasks}}}}}\n"

    def write_task(self, number: int) -> str:
        some = self.random
        body = f"skill: {some.choice(SKILLS)}, hours: {some.choice((0.5, 2, 4, 6, 10, 25))}"
        if number and some.random() < 0.4:
            body += f", after: [k{some.randrange(number)}]"
        if some.random() < 0.25:
            body += some.choice((", split: true", ", people: 2", ", level: 1"))
        return f"k{number}: {{{body}}}"

    # --- commands ------------------------------------------------------------------------------------------------

    def draw(self) -> tuple[str, ...]:
        """Return a command; those of a sprint's life are frequent."""
        some = self.random
        kinds = (
            self.plan,
            self.plan,
            self.plan,
            self.log,
            self.log,
            self.log,
            self.live,
            self.live,
            self.edit,
            self.look,
        )
        return some.choice(kinds)()

    def plan(self) -> tuple[str, ...]:
        some = self.random
        more = some.choice(((), (), (), ("--use-reserve",), ("--drop", some.choice(self.tactics))))
        return ("sprint", "plan", "--write", *more)

    def log(self) -> tuple[str, ...]:
        some = self.random
        open_tasks = [
            f"{tactic}/{task}"
            for sprint in read(self.root).plan.sprints.values()
            if sprint.status != "closed"
            for tactic, body in sprint.tactics.items()
            for task in body.tasks
        ]
        words = ["sprint", "log", some.choice(open_tasks or ["t0/k0"])]
        words += ["--hours", some.choice(("0.25", "1", "3", "-1", "8"))] if some.random() < 0.8 else []
        words += ["--left", some.choice(("0", "1", "5"))] if some.random() < 0.3 else []
        words += ["--done"] if some.random() < 0.3 else []
        words += ["--by", some.choice(self.members)] if some.random() < 0.3 else []
        words += ["--date", str(self.today - timedelta(days=some.randint(0, 4)))] if some.random() < 0.2 else []
        return tuple(words)

    def live(self) -> tuple[str, ...]:
        some = self.random
        tactic, other = some.choice(self.tactics), some.choice(self.tactics)
        return some.choice(
            (
                ("sprint", "start"),
                ("sprint", "start"),
                ("sprint", "close", "--yes"),
                ("sprint", "close", "--yes", "--carry"),
                ("sprint", "reopen"),
                ("sprint", "drop", f"{tactic}/k0"),
                ("swap", tactic, other, "--write"),
            )
        )

    def edit(self) -> tuple[str, ...]:
        some = self.random
        tactic, member = some.choice(self.tactics), some.choice(self.members)
        return some.choice(
            (
                ("tactic", "edit", tactic, "--impact", str(some.randint(1, 10))),
                ("tactic", "edit", tactic, "--tier", some.choice(("must", "should", "nice"))),
                ("tactic", "edit", tactic, "--deadline", f"2026-12-{some.randint(1, 31)}"),
                ("tactic", "edit", tactic, "--status", some.choice(("idea", "ready"))),
                ("tactic", "drop", tactic),
                ("team", "edit", member, "--hours-per-week", some.choice(("0", "16", "40"))),
                ("team", "edit", member, "--until", "2026-12-15"),
                ("set", "sprint.budget", "300"),
                ("set", "sprint.reserve", "20%"),
                ("set", "holidays.2026-12-24", "Eve"),
                ("rename", "tactic", tactic, f"n{some.randrange(10**6)}"),
            )
        )

    def look(self) -> tuple[str, ...]:
        some = self.random
        return some.choice(
            (
                ("explain", some.choice(self.tactics)),
                ("sprint", "status", "--format", "json"),
                ("sprint", "brief", "--all", "-o", str(self.root / "out")),
                ("report", some.choice(REPORTS)),
                ("agenda", some.choice(("weekly", "sprint", "quarter"))),
                ("sprint", "plan", "--what-if", some.choice(WISHES)),
            )
        )

    # --- what holds ----------------------------------------------------------------------------------------------

    def errors(self) -> frozenset[str]:
        """Return the codes of the errors that the plan has."""
        found = self.call("validate", "--format", "json")
        assert found.code in (0, 1), found.err
        told: list[dict[str, Any]] = json.loads(found.out)["findings"]
        return frozenset(one["code"] for one in told if one["severity"] == "error")

    def step(self) -> Step:
        """Do one thing, and check all that holds after it."""
        if self.random.random() < 0.15:
            self.today += timedelta(days=self.random.choice((1, 1, 2, 5, 9, 20)))
            return Step(f"# {self.today}", 0)
        words, before = self.draw(), self.errors()
        ran = self.call(*words)
        done = Step(" ".join(words), ran.code)
        assert ran.code in (0, 1, 2), (done, ran.err)
        assert "internal" not in ran.err, (done, ran.err)
        assert "Traceback" not in ran.err, (done, ran.err)
        assert ran.code == 0 or ran.out.strip() or ran.err.strip(), done
        if words[0] not in ("set", "team", "tactic"):  # those may make a plan unsound, and say so
            assert self.errors() <= before, (done, self.call("validate").out)
        if words[0] == "rename" and ran.code == 0:
            self.tactics[self.tactics.index(words[2])] = words[3]
        if words[:2] == ("sprint", "log") and ran.code == 0 and "--hours" in words:
            self.logged += Fraction(words[words.index("--hours") + 1]) * 60
        assert self.minutes_in_files() == self.logged, done
        if words[:3] == ("sprint", "plan", "--write") and ran.code == 0:
            checked = self.call("sprint", "plan", "--check")
            assert checked.code == 0, (done, checked.out)
            before_again = self.written()
            self.call("sprint", "plan", "--write")  # what dropped work was computed from is stamped anew, nothing else
            assert self.written() == before_again, done
            assert "up to date" in self.call("sprint", "plan", "--write").err, done
        return done

    def written(self) -> list[str]:
        """Return what the sprints say, without the stamp of what they were computed from."""
        files = sorted((self.root / "sprints").glob("*.yaml"))
        lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
        return [line for line in lines if not line.strip().startswith("of: sha256:")]

    def minutes_in_files(self) -> int:
        """Add up every minute that the sprints say was worked."""
        return sum(
            sum(minutes for by_member in row.log.values() for minutes in by_member.values()) + (row.undated or 0)
            for sprint in read(self.root).plan.sprints.values()
            for body in sprint.tactics.values()
            for row in body.tasks.values()
        )


class Step(NamedTuple):
    """A command, and the code that it ended with."""

    words: str
    code: int


def live_through(run: Run, root: Path, seed: int) -> list[Step]:
    """Live through a month; a failure says which seed it was and what came before."""
    month = Month(run, root, seed)
    steps: list[Step] = []
    try:
        steps.extend(month.step() for _ in range(STEPS))
        assert run("fmt", "--check", "-C", root).code == 0, "what the commands write is canonical"
    except AssertionError as error:
        told = "\n".join(f"{step.words} -> {step.code}" for step in steps)
        raise AssertionError(f"seed {seed}, in {root}:\n{told}\nthen: {error}") from error
    return steps


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_comes_the_plan_stays_sound(run: Run, tmp_path: Path, seed: int) -> None:
    steps = live_through(run, tmp_path, seed)
    assert sum(step.code == 0 for step in steps) > STEPS // 5, steps
