"""How much longer commands take on plans twice as large: run by hand.

    python -m tests.bench.growth_bench [CASE ...] [--sizes 250 500 1000 2000]

For every case, a command on a plan that holds so many of something, prints processor seconds of the whole process at
each size, and the exponent of growth: the slope of a line through the logarithms of size and of time, without the time
of starting up. None is to be above 1.2; ends with exit code 1 where one is.
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from revplan.model.campaigns import LAUNCH_CHECKLIST
from tests.bench.validate_bench import SETTINGS, TODAY, _one_process, write_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

MOST = 1.2
"""The exponent that no case may go beyond."""
SIZES = (250, 500, 1000, 2000)
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


@dataclass(frozen=True)
class Case:
    """A plan of a size, and a command on it, or a program after -c that is given the plan's folder."""

    build: Callable[[Path, int], None]
    command: Sequence[str]


def _tactics(root: Path, count: int) -> None:
    write_plan(root, count)


def _unknown(root: Path, count: int) -> None:
    """As many todos with an owner that nobody is as there are members."""
    _members(root, count)
    rows = "".join(TODO.format(number, f"membr-{number}") for number in range(count))
    (root / "todos.yaml").write_text(f"todos:\n{rows}", encoding="utf-8")


def _members(root: Path, count: int) -> None:
    (root / "revplan.yaml").write_text(SETTINGS, encoding="utf-8")
    rows = "".join(MEMBER.format(number, SKILL) for number in range(count))
    (root / "team.yaml").write_text(f"team:\n{rows}", encoding="utf-8")


def _todos(root: Path, count: int) -> None:
    _members(root, 10)
    rows = "".join(TODO.format(number, f"member-{number % 10}") for number in range(count))
    (root / "todos.yaml").write_text(f"todos:\n{rows}", encoding="utf-8")


def _typos(root: Path, count: int) -> None:
    _members(root, 10)
    rows = "".join(TODO.format(number, f"member-{number % 10}").replace("owner", "ownr") for number in range(count))
    (root / "todos.yaml").write_text(f"todos:\n{rows}", encoding="utf-8")


def _campaigns(root: Path, count: int) -> None:
    write_plan(root, count)
    rows = "".join(CAMPAIGN.format(number, number % 20, number % 9) for number in range(count))
    (root / "campaigns.yaml").write_text(f"campaigns:\n{rows}", encoding="utf-8")


def _planned_campaigns(root: Path, count: int) -> None:
    """As many campaigns of whose launch list nothing is open: each is looked at before it is known."""
    _campaigns(root, count)
    campaigns = root / "campaigns.yaml"
    done = ", ".join(f"{item}: done" for item, _ in LAUNCH_CHECKLIST)
    text = campaigns.read_text(encoding="utf-8").replace("    variants:", f"    checklist: {{{done}}}\n    variants:")
    campaigns.write_text(text, encoding="utf-8")


def _csv(root: Path, count: int) -> None:
    write_plan(root, 10)
    rows = "".join(f"KEY-{number},Work package {number} of the release,5 h\n" for number in range(count))
    (root.parent / "rows.csv").write_text(f"key,title,hours\n{rows}", encoding="utf-8")


def _readings(root: Path, count: int) -> None:
    write_plan(root, 10)
    days = (TODAY.fromordinal(TODAY.toordinal() - number) for number in range(1, count + 1))
    rows = "".join(f"metric-1,{day},{number}\n" for number, day in enumerate(days))
    (root.parent / "readings.csv").write_text(f"metric,date,value\n{rows}", encoding="utf-8")


def _ledger(root: Path, count: int) -> None:
    """As many bookings of one account."""
    write_plan(root, 10)
    line = "budget:\n  ads: {category: programs, function: marketing, monthly: 10k, accounts: ['6100']}\n"
    (root / "budget.yaml").write_text(line, encoding="utf-8")
    _table(
        root,
        "date,account,amount,description",
        (f"{day},6100,{10 + number % 90},Ads {number}" for number, day in _days(count)),
    )


def _deals(root: Path, count: int) -> None:
    write_plan(root, 10)
    (root / "goals.yaml").write_text(GOALS, encoding="utf-8")
    stages = "Won", "Lost", "Open"
    rows = (f"{number},{day},{day},{stages[number % 3]},{1000 + number % 900}" for number, day in _days(count))
    _table(root, "id,created,closed,stage,amount", rows)


def _tracked(root: Path, count: int) -> None:
    """As many entries of a time tracker in a sprint of a tenth as many tasks."""
    _members(root, 10)
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


def _parked(root: Path, count: int) -> None:
    """A sprint in which as many tactics were parked."""
    _chain(root, count)
    parked = "".join(
        f"      tactic-{number}: {{reason: capacity, short: {{web: 9}}, review: 2026-12-31}}\n"
        for number in range(count)
    )
    sprint = f"  2026-11:\n    start: 2026-11-01\n    end: 2026-11-30\n    status: active\n    parked:\n{parked}"
    (root / "sprints.yaml").write_text(f"sprints:\n{sprint}", encoding="utf-8")


def _absences(root: Path, count: int) -> None:
    """As many days off, each of another member."""
    _members(root, count)
    _table(root, "name,from,to,reason", (f"Member {number},{day},{day},Holiday" for number, day in _days(count)))


def _customers(root: Path, count: int) -> None:
    """As many customers' months, a year each."""
    write_plan(root, 10)
    (root / "goals.yaml").write_text(GOALS, encoding="utf-8")
    months = ((number // 12, f"2026-{1 + number % 12:02}") for number in range(count))
    _table(root, "customer,month,amount", (f"Customer {who},{month},100" for who, month in months))


def _days(count: int) -> Iterator[tuple[int, date]]:
    return ((number, date(2026, 1, 5) + timedelta(number % 300)) for number in range(count))


def _table(root: Path, head: str, rows: Iterable[str]) -> None:
    (root.parent / "rows.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")


def _entries(root: Path, count: int) -> None:
    """The todos as a sheet in which each title was changed."""
    _todos(root, count)
    rows = (f"todo-{number},Ring number {number},member-{number % 10},2026-12-24" for number in range(count))
    _table(root, "id,title,owner,due", rows)


def _tools(root: Path, count: int) -> None:
    """As many tools, each of which hands on to the next."""
    _members(root, 10)
    tool = "    tool-{0}: {{name: Tool {0}, category: other, status: deployed, owner: member-1}}\n"
    passed = "    pass-{0}: {{from: tool-{0}, to: tool-{1}, objects: [contacts], direction: one-way, status: live}}\n"
    tools = "".join(tool.format(number) for number in range(count))
    links = "".join(passed.format(number, number + 1) for number in range(count - 1))
    (root / "stack.yaml").write_text(f"stack:\n  tools:\n{tools}  integrations:\n{links}", encoding="utf-8")


def _playbooks(root: Path, count: int) -> None:
    """As many playbooks of the company's own."""
    _members(root, 10)
    task = "tasks: {do: {skill: web, hours: 4}}"
    one = "  playbook-{0}: {{title: Playbook {0}, function: marketing, stage: lead, {1}}}\n"
    text = "".join(one.format(number, task) for number in range(count))
    (root / "playbooks.yaml").write_text(f"playbooks:\n{text}", encoding="utf-8")


def _history(root: Path, count: int) -> None:
    write_plan(root, count)
    for line in ("init -q -b main", "add -A", "-c user.name=a -c user.email=a@b commit -q -m one"):
        subprocess.run(["git", "-C", str(root), *line.split()], check=True)
    for path in (root / "tactics").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("new release", "newest one"), encoding="utf-8")


def _commits(root: Path, count: int) -> None:
    """Two commits, between which every tactic changed."""
    _history(root, count)
    line = "-c user.name=a -c user.email=a@b commit -q -a -m two"
    subprocess.run(["git", "-C", str(root), *line.split()], check=True)


def _chain(root: Path, count: int) -> None:
    """As many tactics, each of which requires the one before."""
    _members(root, 10)
    tasks = "tasks: {{do: {{skill: web, hours: 1}}}}"
    row = f"  tactic-{{0}}: {{{{title: Tactic {{0}}, function: marketing, impact: 5, {tasks}{{1}}}}}}\n"
    rows = "".join(
        row.format(number, f", requires: [tactic-{number - 1}]" if number else "") for number in range(count)
    )
    (root / "tactics.yaml").write_text(f"tactics:\n{rows}", encoding="utf-8")


def _untitled(root: Path, count: int) -> None:
    """As many entries that lack fields."""
    _members(root, 10)
    rows = "".join(f"  issue-{number}: {{owner: member-1}}\n" for number in range(count))
    (root / "issues.yaml").write_text(f"issues:\n{rows}", encoding="utf-8")


def _sprints(root: Path, count: int) -> None:
    """As many weeks with an hour of work each."""
    _members(root, 10)
    start = date(1971, 1, 4)
    weeks = (start + timedelta(weeks=number) for number in range(count))
    work = "tactics: {{a: {{tasks: {{do: {{owner: member-1, hours: 1, start: {0}, due: {0}}}}}}}}}"
    row = f"  {{0}}: {{{{start: {{0}}, end: {{1}}, {work}}}}}\n"
    rows = "".join(row.format(day, day + timedelta(6)) for day in weeks)
    tactic = "tactics: {a: {title: A, function: marketing, impact: 5, tasks: {do: {skill: web, hours: 9}}}}\n"
    (root / "sprints.yaml").write_text(f"{tactic}sprints:\n{rows}", encoding="utf-8")


LSP = """\
import sys
from pathlib import Path
from tests.support.lsp_client import Editor
file = Path(sys.argv[-1]) / "tactics" / "from-0.yaml"
editor = Editor(today="2026-11-28")
editor.open(file)
for method in ("completion", "hover", "documentSymbol"):
    editor.about(file, method) if method == "documentSymbol" else editor.at(file, 3, 8, method)
editor.leave()
"""
MCP = """\
import sys
from pathlib import Path
from tests.support.assistant import answer, converse
async def talk(to):
    await answer(to, "validate")
    await answer(to, "list", kind="tactic")
converse(Path(sys.argv[-1]), talk)
"""
TAKEN = ("--map", "key=key", "--map", "title=title", "--map", "hours=hours", "--write")
REPORTS = ("scoreboard", "goals", "forecast", "team", "results", "stack", "company", "guide")
USUAL = ("--function", "marketing", "--impact", "5", "--skill", "web")
SHEET = ("--format", "markdown", "-o", "../sheet.md")
ADDED = ("--function", "marketing", "--impact", "5", "--task", "write=writing:6")
CASES = {
    "validate tactics": Case(_tactics, ("validate",)),
    "validate members": Case(_members, ("validate",)),
    "validate unknown ids": Case(_unknown, ("validate",)),
    "validate --fix ids": Case(_unknown, ("validate", "--fix")),
    "validate --fix keys": Case(_typos, ("validate", "--fix")),
    "validate missing fields": Case(_untitled, ("validate",)),
    "validate chain": Case(_chain, ("validate",)),
    "validate sprints": Case(_sprints, ("validate",)),
    "sprint list": Case(_sprints, ("sprint", "list")),
    "report capacity": Case(_sprints, ("report", "capacity")),
    "sprint plan chain": Case(_chain, ("sprint", "plan")),
    "report roadmap chain": Case(_chain, ("report", "roadmap")),
    "explain TACTIC chain": Case(_chain, ("explain", "tactic-3")),
    "guide chain": Case(_chain, ("guide",)),
    "validate campaigns": Case(_campaigns, ("validate",)),
    "fmt": Case(_tactics, ("fmt",)),
    "todo list": Case(_todos, ("todo", "list")),
    "todo add": Case(_todos, ("todo", "add", "One more", "--owner", "member-1", "--due", "2026-12-24")),
    "tactic add": Case(_tactics, ("tactic", "add", "One more", *ADDED)),
    "tactic list": Case(_tactics, ("tactic", "list")),
    "import csv": Case(_csv, ("import", "csv", "../rows.csv", *TAKEN, *USUAL)),
    "metric import": Case(_readings, ("metric", "import", "../readings.csv", "--write")),
    "rename": Case(_todos, ("rename", "member", "member-1", "member-x")),
    "refs": Case(_todos, ("refs", "member", "member-1")),
    "report campaigns": Case(_campaigns, ("report", "campaigns")),
    "report backlog": Case(_tactics, ("report", "backlog")),
    "report strategy": Case(_tactics, ("report", "strategy")),
    "explain TACTIC": Case(_tactics, ("explain", "tactic-3")),
    "guide": Case(_tactics, ("guide",)),
    "guide campaigns": Case(_planned_campaigns, ("guide",)),
    "diff": Case(_history, ("diff",)),
    "export json": Case(_tactics, ("export", "json")),
    "export csv": Case(_tactics, ("export", "csv")),
    "agenda weekly": Case(_todos, ("agenda", "weekly")),
    "agenda sprint": Case(_campaigns, ("agenda", "sprint")),
    "agenda quarter": Case(_campaigns, ("agenda", "quarter")),
    **{f"report {name}": Case(_campaigns, ("report", name)) for name in REPORTS},
    "report team members": Case(_members, ("report", "team")),
    "report stack tools": Case(_tools, ("report", "stack")),
    "skill list": Case(_members, ("skill", "list")),
    "playbook list": Case(_playbooks, ("playbook", "list")),
    "tactic add playbook": Case(_playbooks, ("tactic", "add", "One", "--playbook", "playbook-1", *ADDED)),
    "workshop tactics": Case(_campaigns, ("workshop", "tactics", *SHEET)),
    "workshop stack": Case(_tools, ("workshop", "stack", *SHEET)),
    "import spend": Case(_ledger, ("import", "spend", "../rows.csv", "--write")),
    "import deals": Case(_deals, ("import", "deals", "../rows.csv", "--write")),
    "import time": Case(_tracked, ("import", "time", "../rows.csv", "--write")),
    "import absences": Case(_absences, ("import", "absences", "../rows.csv", "--write")),
    "import revenue": Case(_customers, ("import", "revenue", "../rows.csv", "--as", "mrr", "--write")),
    "import entries": Case(_entries, ("import", "entries", "todo", "../rows.csv", "--theirs", "--write")),
    "export ics": Case(_campaigns, ("export", "ics")),
    "export xlsx": Case(_campaigns, ("export", "xlsx", "-o", "../all.xlsx")),
    "export mermaid": Case(_tracked, ("export", "mermaid", "2026-11")),
    "diff two": Case(_commits, ("diff", "HEAD^", "HEAD")),
    "sprint plan --what-if": Case(_chain, ("sprint", "plan", "--what-if", "team.member-1.hours_per_week=20")),
    "import holidays": Case(_absences, ("import", "holidays", "DE-BY", "--write")),
    "report sprint": Case(_tracked, ("report", "sprint")),
    "report parking-lot": Case(_parked, ("report", "parking-lot")),
    "log": Case(_history, ("log", "tactic", "tactic-3")),
    "set": Case(_tactics, ("set", "company", "Other")),
    "lsp": Case(_tactics, ("-c", LSP)),
    "mcp": Case(_tactics, ("-c", MCP)),
}


def seconds(case: Case, size: int) -> float:
    """Return the processor's seconds of a command on a new plan of a size."""
    with tempfile.TemporaryDirectory() as folder:
        return _one_process(_laid_out(case, size, folder), {})[0]


def check(case: Case) -> None:
    """Stop where a command cannot do its work: that would be measured as very fast."""
    with tempfile.TemporaryDirectory() as folder:
        ended = subprocess.run(_laid_out(case, 10, folder), capture_output=True, check=False)
    if ended.returncode not in (0, 1) or b"error: " in ended.stderr or b"Traceback" in ended.stderr:
        raise SystemExit(f"{case.command}: {ended.stderr.decode()}")


def _laid_out(case: Case, size: int, folder: str) -> list[str]:
    root = Path(folder).resolve() / "plan"
    root.mkdir()
    case.build(root, size)
    words = [str(root / word) if word.startswith("../") else word for word in case.command]
    if words[0] == "-c":
        return [sys.executable, *words, str(root)]
    return [sys.executable, "-m", "revplan", *words, "--plan", str(root)]


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """Return the slope of the line that fits the logarithms best (least squares)."""
    across, up = [math.log(size) for size in sizes], [math.log(max(time, 1e-3)) for time in times]
    middle, level = sum(across) / len(across), sum(up) / len(up)
    spread = sum((x - middle) ** 2 for x in across)
    return sum((x - middle) * (y - level) for x, y in zip(across, up, strict=True)) / spread


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    arguments = parser.parse_args()
    print(f"{'':24}" + "".join(f"{size:>9,}" for size in arguments.sizes) + "  exponent")
    worst = 0.0
    for name in arguments.cases or CASES:
        check(CASES[name])
        start = min(seconds(CASES[name], 10) for _ in range(2))
        times = [seconds(CASES[name], size) for size in arguments.sizes]
        found = exponent(arguments.sizes, [max(time - start, 0.01) for time in times])
        worst = max(worst, found)
        print(f"{name:24}" + "".join(f"{time:8.2f}s" for time in times) + f"  {found:6.2f}", flush=True)
    sys.exit(1 if worst > MOST else 0)


if __name__ == "__main__":
    main()
