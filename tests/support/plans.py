"""Plans of a few lines, built from text as a plan file would hold it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from revplan.model.context import Context
from revplan.model.goals import BudgetLine
from revplan.model.personas import Client
from revplan.model.plan import Plan
from revplan.model.settings import Settings
from revplan.model.sprints import Sprint
from revplan.model.strategy import Strategy
from revplan.model.tactics import Tactic
from revplan.model.team import Member
from revplan.store.disk.transaction import commit
from revplan.store.edit.plan import edit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.model.change import Change, Data
    from revplan.store.loaded import Loaded

EXAMPLES = Path(__file__).parents[2] / "examples"
"""The example companies, as the repository holds them."""
HARBOURLINE = EXAMPLES / "harbourline"

Body = dict[str, Any]

UNDER_WAY = {
    "revplan.yaml": "revplan: {format: 1, company: Test, currency: EUR}\n",
    "team.yaml": "team: {sam: {name: S, kind: employee, function: marketing, hours_per_week: 40, skills: {web: 3}}}\n",
    "tactics.yaml": "tactics:\n  a: {title: A, function: marketing, impact: 7, tasks: {do: {skill: web, hours: 8}}}\n",
    "sprints/2026-12.yaml": """sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    status: active
    tactics:
      a:
        tasks:
          do: {owner: sam, hours: 8, start: 2026-12-01, due: 2026-12-02}
""",
}
"""The files of a plan whose sprint runs: one member, one tactic of one task."""


def member(name: str, **body: Any) -> Member:
    """Return an employee in marketing who writes 40 hours a week, where nothing else is said."""
    usual = {"name": name.title(), "kind": "employee", "function": "marketing", "skills": {"writing": "3"}}
    given = usual | body
    if not {"hours_per_week", "week", "hours_per_month"} & given.keys():
        given["hours_per_week"] = "40"
    return Member.model_validate({"id": name, **given})


def tactic(name: str, **body: Any) -> Tactic:
    """Return a tactic of impact 5 with one writing task of 8 hours, where nothing else is said."""
    tasks = {"tasks": {"write": {"skill": "writing", "hours": "8"}}}
    return Tactic.model_validate(
        {"id": name, "title": name.title(), "function": "marketing", "impact": "5", **tasks, **body}
    )


def plan(
    settings: Mapping[str, Any] | None = None,
    *,
    team: Mapping[str, Any] | None = None,
    tactics: Mapping[str, Any] | None = None,
    sprints: Mapping[str, Any] | None = None,
    budget: Mapping[str, Any] | None = None,
    clients: Mapping[str, Any] | None = None,
    strategy: Mapping[str, Any] | None = None,
) -> Plan:
    """Return a plan whose settings take all of people's time, where nothing else is said."""
    base: Body = {"format": "1", "company": "Harbourline", "currency": "USD"}
    own = {"sprint": {"focus_factor": "1", "reserve": "0"}, **(settings or {})}
    return Plan(
        settings=Settings.model_validate(base | own),
        team={name: member(name, **body) for name, body in (team or {}).items()},
        tactics={name: tactic(name, **body) for name, body in (tactics or {}).items()},
        sprints={name: Sprint.model_validate({"id": name, **body}) for name, body in (sprints or {}).items()},
        budget={name: BudgetLine.model_validate({"id": name, **body}) for name, body in (budget or {}).items()},
        clients={name: Client.model_validate({"id": name, **body}) for name, body in (clients or {}).items()},
        strategy=Strategy.model_validate(strategy or {}),
    )


def on(day: str, what: Plan) -> Context:
    """Return the plan as it is looked at on a day."""
    return Context(what, date.fromisoformat(day))


def value_at(data: Data, *keys: str | int) -> Any:
    """Return the value at a path of keys in plain data; fails where the path leads nowhere."""
    found: Any = data
    for key in keys:
        found = found[key]
    return found


def save(loaded: Loaded, changes: Sequence[Change]) -> tuple[str, ...]:
    """Write changes to a plan's files; return the names of the files written."""
    edits = edit(loaded, changes)
    commit(edits)
    return tuple(file.name for file in edits.files)
