"""The plans of the growth bench: each builder writes one that holds so many of something."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

from revplan.model.campaigns import LAUNCH_CHECKLIST
from tests.bench.validate_bench import SETTINGS, TODAY, write_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MEMBER = "  member-{0}: {{name: Member {0}, kind: employee, function: marketing, hours_per_week: 40, {1}}}\n"
SKILL = "skills: {writing: 3, design: 3, web: 3, research: 3, outreach: 3}"
TODO = "  todo-{0}: {{title: Call number {0}, owner: {1}, due: 2026-12-24}}\n"
GOALS = (
    "goals:\n  2026: {measure: recurring, start_revenue: 500000, target_revenue: 900000, acv: 9000, close_rate: 20%}\n"
)
CAMPAIGN = """\
  campaign-{0}:
    title: Campaign {0}
    message: It is fast, number {0}
    pillar: speed
    target: {{persona: persona-{1}}}
    start: 2027-01-11
    end: 2027-02-11
    metrics: {{metric-{2}: 10}}
    assets:
      page: {{title: A page for {0}, channel: Mail, task: tactic-{0}/write, variant: other}}
      post: {{title: A post for {0}, channel: Mail, task: tactic-{0}/build}}
    variants:
      other: {{persona: persona-{1}, message: It is faster for you}}
"""


def tactics(root: Path, count: int) -> None:
    write_plan(root, count)


def sprint(root: Path, count: int, status: str = "active", people: int = 10) -> None:
    """A sprint in which as many tactics have two tasks each."""
    members(root, people)
    one = "  tactic-{0}: {{title: Tactic {0}, function: marketing, impact: 5{1}}}\n"
    task = ", tasks: {do: {skill: web, hours: 1}, see: {skill: web, hours: 1}}"
    text = "tactics:\n" + "".join(one.format(number, task) for number in range(count))
    own = "owner: member-{0}, hours: 1, start: 2026-11-02, due: 2026-11-27"
    both = "{{do: {{{0}}}, see: {{{0}}}}}"
    rows = (both.format(own.format(number % people)) for number in range(count))
    placed = "".join(f"      tactic-{number}: {{tasks: {row}}}\n" for number, row in enumerate(rows))
    days = f"    start: 2026-11-01\n    end: 2026-11-30\n    status: {status}\n"
    (root / "tactics.yaml").write_text(f"{text}sprints:\n  2026-11:\n{days}    tactics:\n{placed}", encoding="utf-8")


def staffed_sprint(root: Path, count: int) -> None:
    """A sprint with as many members, and a tactic for each."""
    sprint(root, count, people=count)


def planned_sprint(root: Path, count: int) -> None:
    sprint(root, count, "planned")


def closed_sprint(root: Path, count: int) -> None:
    """As many tactics in a sprint that the command itself has closed."""
    sprint(root, count)
    words = ("sprint", "close", "2026-11", "--carry", "--today", "2026-12-01", "--plan", str(root))
    subprocess.run([sys.executable, "-m", "revplan", *words], check=True, capture_output=True)


def done_tactics(root: Path, count: int) -> None:
    """As many tactics that are done, and whose metric is known."""
    write_plan(root, 10)
    one = "  over-{0}: {{title: Over {0}, function: marketing, impact: 5, metric: metric-1, status: done, {1}}}\n"
    task = "done: 2026-11-20, tasks: {do: {skill: web, hours: 1}}"
    text = "".join(one.format(number, task) for number in range(count))
    (root / "over.yaml").write_text(f"tactics:\n{text}", encoding="utf-8")


def issues(root: Path, count: int) -> None:
    members(root, 10)
    one = "  issue-{0}: {{title: Part {0} is late, owner: member-1, raised: 2026-11-20}}\n"
    text = "".join(one.format(number) for number in range(count))
    (root / "issues.yaml").write_text(f"issues:\n{text}", encoding="utf-8")


def budget(root: Path, count: int) -> None:
    """As many lines of a budget, and a goal."""
    members(root, 10)
    one = "  line-{0}: {{category: programs, function: marketing, monthly: 10k}}\n"
    text = "".join(one.format(number) for number in range(count))
    (root / "budget.yaml").write_text(f"{GOALS}budget:\n{text}", encoding="utf-8")


def metrics(root: Path, count: int) -> None:
    members(root, 10)
    one = (
        "  metric-{0}: {{name: Metric {0}, unit: leads, direction: up, owner: member-1, cadence: weekly, target: 5}}\n"
    )
    text = "".join(one.format(number) for number in range(count))
    (root / "metrics.yaml").write_text(f"metrics:\n{text}", encoding="utf-8")


def minutes(root: Path, count: int) -> None:
    """As many to-dos, and a sheet that says that each is done."""
    todos(root, count)
    done = "".join(f"- todo-{number}\n" for number in range(count))
    (root.parent / "minutes.md").write_text(f"**Attended**\n- member-1\n\n**To-dos done**\n{done}", encoding="utf-8")


def unknown(root: Path, count: int) -> None:
    """As many todos with an owner that nobody is as there are members."""
    members(root, count)
    rows = "".join(TODO.format(number, f"membr-{number}") for number in range(count))
    (root / "todos.yaml").write_text(f"todos:\n{rows}", encoding="utf-8")


def members(root: Path, count: int) -> None:
    (root / "revplan.yaml").write_text(SETTINGS, encoding="utf-8")
    rows = "".join(MEMBER.format(number, SKILL) for number in range(count))
    (root / "team.yaml").write_text(f"team:\n{rows}", encoding="utf-8")


def todos(root: Path, count: int) -> None:
    members(root, 10)
    rows = "".join(TODO.format(number, f"member-{number % 10}") for number in range(count))
    (root / "todos.yaml").write_text(f"todos:\n{rows}", encoding="utf-8")


def typos(root: Path, count: int) -> None:
    members(root, 10)
    rows = "".join(TODO.format(number, f"member-{number % 10}").replace("owner", "ownr") for number in range(count))
    (root / "todos.yaml").write_text(f"todos:\n{rows}", encoding="utf-8")


def campaigns(root: Path, count: int) -> None:
    write_plan(root, count)
    rows = "".join(CAMPAIGN.format(number, number % 20, number % 9) for number in range(count))
    (root / "campaigns.yaml").write_text(f"campaigns:\n{rows}", encoding="utf-8")


def planned_campaigns(root: Path, count: int) -> None:
    """As many campaigns of whose launch list nothing is open: each is looked at before it is known."""
    campaigns(root, count)
    file = root / "campaigns.yaml"
    done = ", ".join(f"{item}: done" for item, _ in LAUNCH_CHECKLIST)
    text = file.read_text(encoding="utf-8").replace("    variants:", f"    checklist: {{{done}}}\n    variants:")
    file.write_text(text, encoding="utf-8")


def csv(root: Path, count: int) -> None:
    write_plan(root, 10)
    rows = "".join(f"KEY-{number},Work package {number} of the release,5 h\n" for number in range(count))
    (root.parent / "rows.csv").write_text(f"key,title,hours\n{rows}", encoding="utf-8")


def readings(root: Path, count: int) -> None:
    write_plan(root, 10)
    days = (TODAY.fromordinal(TODAY.toordinal() - number) for number in range(1, count + 1))
    rows = "".join(f"metric-1,{day},{number}\n" for number, day in enumerate(days))
    (root.parent / "readings.csv").write_text(f"metric,date,value\n{rows}", encoding="utf-8")


def ledger(root: Path, count: int) -> None:
    """As many bookings of one account."""
    write_plan(root, 10)
    line = "budget:\n  ads: {category: programs, function: marketing, monthly: 10k, accounts: ['6100']}\n"
    (root / "budget.yaml").write_text(line, encoding="utf-8")
    _table(
        root,
        "date,account,amount,description",
        (f"{day},6100,{10 + number % 90},Ads {number}" for number, day in _days(count)),
    )


def deals(root: Path, count: int) -> None:
    write_plan(root, 10)
    (root / "goals.yaml").write_text(GOALS, encoding="utf-8")
    stages = "Won", "Lost", "Open"
    rows = (f"{number},{day},{day},{stages[number % 3]},{1000 + number % 900}" for number, day in _days(count))
    _table(root, "id,created,closed,stage,amount", rows)


def tracked(root: Path, count: int) -> None:
    """As many entries of a time tracker in a sprint of a tenth as many tasks."""
    members(root, 10)
    tasks = range(max(1, count // 10))
    one = (
        "  tactic-{0}: {{title: Tactic {0}, function: marketing, impact: 5, tasks: {{do: {{skill: web, hours: 9}}}}}}\n"
    )
    task = "do: {owner: member-1, hours: 9, start: 2026-11-02, due: 2026-11-27}"
    placed = "".join(f"      tactic-{number}: {{tasks: {{{task}}}}}\n" for number in tasks)
    sprint = f"  2026-11:\n    start: 2026-11-01\n    end: 2026-11-30\n    status: active\n    tactics:\n{placed}"
    text = "tactics:\n" + "".join(one.format(number) for number in tasks) + f"sprints:\n{sprint}"
    (root / "tactics.yaml").write_text(text, encoding="utf-8")
    days = (date(2026, 11, 2 + number % 24) for number in range(count))
    rows = (f"Member {number % 10},Tactic {number % len(tasks)},do,{day},0.5" for number, day in enumerate(days))
    _table(root, "member,project,task,date,hours", rows)


def parked(root: Path, count: int) -> None:
    """A sprint in which as many tactics were parked."""
    chain(root, count)
    parked = "".join(
        f"      tactic-{number}: {{reason: capacity, short: {{web: 9}}, review: 2026-12-31}}\n"
        for number in range(count)
    )
    sprint = f"  2026-11:\n    start: 2026-11-01\n    end: 2026-11-30\n    status: active\n    parked:\n{parked}"
    (root / "sprints.yaml").write_text(f"sprints:\n{sprint}", encoding="utf-8")


def absences(root: Path, count: int) -> None:
    """As many days off, each of another member."""
    members(root, count)
    _table(root, "name,from,to,reason", (f"Member {number},{day},{day},Holiday" for number, day in _days(count)))


def customers(root: Path, count: int) -> None:
    """As many customers' months, a year each."""
    write_plan(root, 10)
    (root / "goals.yaml").write_text(GOALS, encoding="utf-8")
    months = ((number // 12, f"2026-{1 + number % 12:02}") for number in range(count))
    _table(root, "customer,month,amount", (f"Customer {who},{month},100" for who, month in months))


def _days(count: int) -> Iterator[tuple[int, date]]:
    return ((number, date(2026, 1, 5) + timedelta(number % 300)) for number in range(count))


def _table(root: Path, head: str, rows: Iterable[str]) -> None:
    (root.parent / "rows.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")


def entries(root: Path, count: int) -> None:
    """The todos as a sheet in which each title was changed."""
    todos(root, count)
    rows = (f"todo-{number},Ring number {number},member-{number % 10},2026-12-24" for number in range(count))
    _table(root, "id,title,owner,due", rows)


def tools(root: Path, count: int) -> None:
    """As many tools, each of which hands on to the next."""
    members(root, 10)
    tool = "    tool-{0}: {{name: Tool {0}, category: other, status: deployed, owner: member-1}}\n"
    passed = "    pass-{0}: {{from: tool-{0}, to: tool-{1}, objects: [contacts], direction: one-way, status: live}}\n"
    tools = "".join(tool.format(number) for number in range(count))
    links = "".join(passed.format(number, number + 1) for number in range(count - 1))
    (root / "stack.yaml").write_text(f"stack:\n  tools:\n{tools}  integrations:\n{links}", encoding="utf-8")


def playbooks(root: Path, count: int) -> None:
    """As many playbooks of the company's own."""
    members(root, 10)
    task = "tasks: {do: {skill: web, hours: 4}}"
    one = "  playbook-{0}: {{title: Playbook {0}, function: marketing, stage: lead, {1}}}\n"
    text = "".join(one.format(number, task) for number in range(count))
    (root / "playbooks.yaml").write_text(f"playbooks:\n{text}", encoding="utf-8")


def history(root: Path, count: int) -> None:
    write_plan(root, count)
    for line in ("init -q -b main", "add -A", "-c user.name=a -c user.email=a@b commit -q -m one"):
        subprocess.run(["git", "-C", str(root), *line.split()], check=True)
    for path in (root / "tactics").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("new release", "newest one"), encoding="utf-8")


def commits(root: Path, count: int) -> None:
    """Two commits, between which every tactic changed."""
    history(root, count)
    line = "-c user.name=a -c user.email=a@b commit -q -a -m two"
    subprocess.run(["git", "-C", str(root), *line.split()], check=True)


def chain(root: Path, count: int) -> None:
    """As many tactics, each of which requires the one before."""
    members(root, 10)
    tasks = "tasks: {{do: {{skill: web, hours: 1}}}}"
    row = f"  tactic-{{0}}: {{{{title: Tactic {{0}}, function: marketing, impact: 5, {tasks}{{1}}}}}}\n"
    rows = "".join(
        row.format(number, f", requires: [tactic-{number - 1}]" if number else "") for number in range(count)
    )
    (root / "tactics.yaml").write_text(f"tactics:\n{rows}", encoding="utf-8")


def untitled(root: Path, count: int) -> None:
    """As many entries that lack fields."""
    members(root, 10)
    rows = "".join(f"  issue-{number}: {{owner: member-1}}\n" for number in range(count))
    (root / "issues.yaml").write_text(f"issues:\n{rows}", encoding="utf-8")


def sprints(root: Path, count: int) -> None:
    """As many weeks with an hour of work each."""
    members(root, 10)
    start = date(1971, 1, 4)
    weeks = (start + timedelta(weeks=number) for number in range(count))
    work = "tactics: {{a: {{tasks: {{do: {{owner: member-1, hours: 1, start: {0}, due: {0}}}}}}}}}"
    row = f"  {{0}}: {{{{start: {{0}}, end: {{1}}, {work}}}}}\n"
    rows = "".join(row.format(day, day + timedelta(6)) for day in weeks)
    tactic = "tactics: {a: {title: A, function: marketing, impact: 5, tasks: {do: {skill: web, hours: 9}}}}\n"
    (root / "sprints.yaml").write_text(f"{tactic}sprints:\n{rows}", encoding="utf-8")


def twice(root: Path, count: int) -> None:
    """As many tactics, twice the work that a month of ten members has hours for, and two that exclude each other."""
    members(root, 10)
    task = "tasks: {{do: {{skill: web, hours: {2}m}}}}{3}"
    row = f"  {{0}}: {{{{title: Tactic {{0}}, function: marketing, impact: {{1}}, {task}}}}}\n"
    minutes = 15 * min(80, max(1, 8000 // count))
    rows = "".join(row.format(f"tactic-{number}", 2 + number % 8, minutes, "") for number in range(count))
    rows += row.format("first", 10, 60, "") + row.format("last", 1, 60, ", excludes: [first]")
    (root / "tactics.yaml").write_text(f"tactics:\n{rows}", encoding="utf-8")
