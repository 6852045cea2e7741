"""More plans of the growth bench: so many of every other kind, and so much in one thing that holds others."""

from __future__ import annotations

import subprocess
from datetime import date, timedelta
from typing import TYPE_CHECKING

from revplan.app.completion import ids_of
from tests.bench.growth_plans import members, todos
from tests.bench.validate_bench import write_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STRATEGY = """\
strategy:
  vision: Every kind is held in any number.
  big_story:
    narrative: Plans grow.
    pillars:
      speed: {{claim: It is fast., proof: This benchmark.}}
{0}
  differentiators:
{1}
  segments:
    all: {{name: Everybody, accounts: 100000}}
{2}
  competitors:
{3}
  objectives:
{4}
  inputs:
{5}
"""
PARTS = (
    "      pillar-{0}: {{claim: It is the case number {0}., proof: Test {0}.}}",
    "    edge-{0}: {{claim: Nobody else says {0}., proof: Test {0}., versus: rival-{0}}}",
    "    segment-{0}: {{name: Segment {0}, accounts: 100}}",
    "    rival-{0}: {{name: Rival {0}, strengths: [Known], claims: [It is the case number {0}.], counter: Ask {0}.}}",
    "    aim-{0}: {{title: Win part {0}, quarter: 2027-Q1, owner: member-1, commitments: {{marketing: 2026-10-02}}}}",
    "    input-{0}: {{kind: event, title: Event {0}, date: 2027-01-11, lead_days: 30, response: tactic-3}}",
)
COMPANY = """\
company:
  functions:
    marketing: {{name: Marketing, accountable: member-1}}
{0}
  touchpoints:
{1}
  cover:
{2}
  processes:
{3}
"""
COMPANY_PARTS = (
    "    function-{0}: {{name: Function {0}, accountable: member-1, sponsor: member-2, measurables: [metric-1]}}",
    "    touch-{0}: {{title: Call {0}, function: function-{0}, standard: Within the hour, rating: 2, evidence: Seen}}",
    "    cover-{0}: {{for: function-{0}, by: marketing, what: All of it, since: 2026-06-01, until: 2027-01-29}}",
    "    process-{0}: {{owner: member-1, functions: [function-{0}], steps: [Ring, Write], done_when: It is written}}",
)
PERSONA = (
    "  buyer-{0}: {{name: Buyer {0}, segment: segment-{0}, buying_role: user, goals: [Speed {0}], "
    "pains: [Waiting], channels: [Mail]}}"
)
CLIENT = "  client-{0}: {{name: Client {0}, hours_per_month: 1, rate: 95}}"
MEETING = (
    "  2026-11-23-weekly-{0}: {{kind: weekly, date: 2026-11-23, attended: [member-1], rating: {{member-1: 8}}, "
    "decisions: [Decision {0}], headlines: [News {0}], cascading_messages: [Tell {0}]}}"
)
COMMIT = "commit refs/heads/main\ncommitter a <a@b> {0} +0000\ndata 3\none\n"


def _lines(form: str, count: int) -> str:
    return "\n".join(form.format(number) for number in range(count))


def every_kind(root: Path, count: int) -> None:
    """As many of what the strategy and the company hold, of personas and of clients."""
    write_plan(root, 10)
    settings = root / "revplan.yaml"
    head = settings.read_text(encoding="utf-8").partition("strategy:")[0]
    settings.write_text(head, encoding="utf-8")
    objectives = "".join(f"    objective-{number}: {{title: Win {number}, quarter: 2027-Q1}}\n" for number in range(7))
    strategy = STRATEGY.format(*(_lines(form, count) for form in PARTS))
    strategy = strategy.replace("  objectives:\n", f"  objectives:\n{objectives}")
    (root / "strategy.yaml").write_text(strategy, encoding="utf-8")
    company = COMPANY.format(*(_lines(form, count) for form in COMPANY_PARTS))
    (root / "company.yaml").write_text(company, encoding="utf-8")
    usual = _lines(PERSONA.replace("buyer-{0}: ", "persona-{0}: ").replace("segment-{0}", "all"), 20)
    personas = f"personas:\n{usual}\n{_lines(PERSONA, count)}\n"
    (root / "people.yaml").write_text(f"{personas}clients:\n{_lines(CLIENT, count)}\n", encoding="utf-8")


def meetings(root: Path, count: int) -> None:
    """The minutes of as many meetings, the last of them of this week."""
    members(root, 10)
    last = date(2026, 11, 27)
    days = (last - timedelta(number) for number in range(count))
    row = MEETING.replace("2026-11-23-weekly-{0}", "{1}-weekly").replace("2026-11-23", "{1}")
    rows = "\n".join(row.format(number, day) for number, day in enumerate(days))
    (root / "meetings.yaml").write_text(f"meetings:\n{rows}\n", encoding="utf-8")


def read_often(root: Path, count: int) -> None:
    """As many readings of each metric."""
    write_plan(root, 10)
    days = (date(2026, 11, 27) - timedelta(number) for number in range(count))
    readings = ", ".join(f"{day}: {number % 50}" for number, day in enumerate(days))
    file = root / "metrics.yaml"
    text = file.read_text(encoding="utf-8").replace("target: 10", f"target: 10, readings: {{{readings}}}")
    file.write_text(text, encoding="utf-8")


def days_off(root: Path, count: int) -> None:
    """As many holidays, and as many days off of one member."""
    members(root, 10)
    days = [date(2024, 1, 1) + timedelta(number) for number in range(count)]
    off = ", ".join(f"{day}: Away" for day in days)
    team, settings = root / "team.yaml", root / "revplan.yaml"
    text = team.read_text(encoding="utf-8").replace("hours_per_week: 40", f"hours_per_week: 40, time_off: {{{off}}}", 1)
    team.write_text(text, encoding="utf-8")
    free = settings.read_text(encoding="utf-8").replace(
        "  currency: USD\n", f"  currency: USD\n  holidays: {{{off}}}\n"
    )
    settings.write_text(free, encoding="utf-8")
    task = "tasks: {do: {skill: web, hours: 9}}"
    text = f"tactics:\n  one: {{title: One, function: marketing, impact: 5, {task}}}\n"
    (root / "tactics.yaml").write_text(text, encoding="utf-8")


def many_tasks(root: Path, count: int) -> None:
    """A tactic of as many tasks, each after the one before, and one of as many beside each other."""
    members(root, 10)
    task = "      task-{0}: {{skill: web, hours: 0.25{1}}}\n"
    following = (f", after: [task-{number - 1}]" if number else "" for number in range(count))
    chain = "".join(task.format(number, after) for number, after in enumerate(following))
    beside = "".join(task.format(number, "") for number in range(count))
    one = "  {0}: \n    title: Title of {0}\n    function: marketing\n    impact: 5\n    tasks:\n{1}"
    text = f"tactics:\n{one.format('chain', chain)}{one.format('beside', beside)}"
    (root / "tactics.yaml").write_text(text, encoding="utf-8")


def logged(root: Path, count: int) -> None:
    """A sprint of one task in which as many hours were logged, on all days by many members."""
    members(root, count)
    task = "{title: Tactic, function: marketing, impact: 5, tasks: {do: {skill: web, hours: 9}}}"
    by = ", ".join(f"member-{number}: 1m" for number in range(count))
    log = f"log: {{2026-11-03: {{{by}}}, 2026-11-04: {{{by}}}}}"
    own = f"{{owner: member-0, hours: 9, start: 2026-11-02, due: 2026-11-27, status: started, {log}}}"
    days = "    start: 2026-11-01\n    end: 2026-11-30\n    status: active\n"
    placed = f"{{tactic-0: {{tasks: {{do: {own}}}}}}}"
    text = f"tactics:\n  tactic-0: {task}\nsprints:\n  2026-11:\n{days}    tactics: {placed}\n"
    (root / "tactics.yaml").write_text(text, encoding="utf-8")


def one_file(root: Path, count: int) -> None:
    """As many todos in one file, each of which was changed since the last commit."""
    todos(root, count)
    for line in ("init -q -b main", "add -A", "-c user.name=a -c user.email=a@b commit -q -m one"):
        subprocess.run(["git", "-C", str(root), *line.split()], check=True)
    file = root / "todos.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Call", "Ring"), encoding="utf-8")


def changed_often(root: Path, count: int) -> None:
    """As many commits, each of which changes the title of one to-do."""
    todos(root, 10)
    text = (root / "todos.yaml").read_text(encoding="utf-8")
    subprocess.run(["git", "-C", str(root), "init", "-q", "-b", "main"], check=True)
    others = "".join(_file(name, (root / name).read_text(encoding="utf-8")) for name in ("revplan.yaml", "team.yaml"))
    texts = (text.replace("Call number 3", f"Call at {number}") for number in range(count))
    files = ((others if number == 0 else "") + _file("todos.yaml", each) for number, each in enumerate(texts))
    stream = "".join(f"{COMMIT.format(1_700_000_000 + number)}{each}\n" for number, each in enumerate(files))
    subprocess.run(["git", "-C", str(root), "fast-import", "--quiet"], input=stream.encode(), check=True)
    subprocess.run(["git", "-C", str(root), "reset", "-q", "--hard", "main"], check=True)


def _file(name: str, text: str) -> str:
    return f"M 100644 inline {name}\ndata {len(text.encode())}\n{text}\n"


def completing(kind: str) -> Callable[[Path], None]:
    """Return a session in which a shell asks for the ids of a kind."""

    def run(root: Path) -> None:
        ids_of(kind, str(root), str(root))

    return run
