"""A small company with a backlog for a year, in text as a plan file holds it, and what one does with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from revplan.app.open import context_of, open_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.model.context import Context
    from revplan.model.sprints import Sprint, SprintTask
    from revplan.store.loaded import Loaded
    from tests.support.shell import Ran

TEAM = """team:
  ana: {name: Ana Ruiz, kind: employee, function: marketing, hours_per_week: 30, skills: {writing: 3, web: 2}}
  ben: {name: Ben Okoye, kind: employee, function: marketing, hours_per_week: 20, skills: {design: 3, web: 3}}
"""
GUIDE = """  guide:
    title: Buyer's guide
    function: marketing
    impact: 9
    done_when: Three buyers have it
    tasks:
      write: {skill: writing, hours: 20}
      draw: {skill: design, hours: 10, after: [write]}
"""
PAGE = """  page:
    title: Page of the guide
    function: marketing
    impact: 8
    requires: [guide]
    done_when: It is live
    tasks: {build: {skill: web, hours: 8, title: Build the page}}
"""
BOOK = """  book: {title: A book, function: marketing, impact: 2, tasks: {write: {skill: writing, hours: 60}}}
"""
BACKLOG = f"tactics:\n{GUIDE}{PAGE}{BOOK}"
COMPANY = TEAM + BACKLOG


def settings(today: str = "2026-12-01", sprint: str = "{focus_factor: 1, reserve: 0}") -> str:
    return f"revplan: {{format: 1, company: Quay, currency: USD, today: {today}, sprint: {sprint}}}\n"


def year(count: int) -> str:
    """Return a backlog of many tactics of two tasks each, all of them with a definition of done."""
    tactics = (
        f"  t{number:02}:\n    title: Tactic {number}\n    function: marketing\n    impact: {1 + number % 10}\n"
        f"    done_when: It is used\n    tasks:\n"
        f"      write: {{skill: writing, hours: {4 + number % 7 * 3}}}\n"
        f"      draw: {{skill: design, hours: {2 + number % 5 * 4}, after: [write]}}\n"
        for number in range(count)
    )
    return "tactics:\n" + "".join(tactics)


@dataclass
class Company:
    """A plan on disk, and what one does with it on a day."""

    root: Path
    invoke: Callable[..., Ran]
    today: str = "2026-12-01"

    def on(self, day: str) -> Company:
        return Company(self.root, self.invoke, day)

    def do(self, *arguments: str) -> Ran:
        """Run `revplan sprint …` on the day."""
        return self.invoke("sprint", *arguments, "-C", str(self.root), "--today", self.today)

    def done(self, *arguments: str) -> Ran:
        """Run it, and expect that it works."""
        ran = self.do(*arguments)
        assert ran.code == 0, ran.err
        return ran

    def refused(self, *arguments: str) -> str:
        """Run it, expect that it is refused and changes nothing, and return what is said."""
        before = self.bytes()
        ran = self.do(*arguments)
        assert (ran.code, ran.out, self.bytes()) == (2, "", before)
        return ran.err

    def read(self) -> tuple[Loaded, Context]:
        loaded = open_plan(self.root, self.root)
        return loaded, context_of(loaded, date.fromisoformat(self.today), date(2000, 1, 1))

    def sprint(self, name: str = "2026-12") -> Sprint:
        return self.read()[1].plan.sprints[name]

    def row(self, tactic: str, task: str, sprint: str = "2026-12") -> SprintTask:
        return self.sprint(sprint).tactics[tactic].tasks[task]

    def bytes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.root.rglob("*.yaml"))}

    def started(self) -> Company:
        """Plan and start December."""
        self.done("plan", "--write")
        self.done("start")
        return self
