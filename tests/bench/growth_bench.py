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
    from collections.abc import Callable, Sequence

MOST = 1.2
"""The exponent that no case may go beyond."""
SIZES = (250, 500, 1000, 2000)
MEMBER = "  member-{0}: {{name: Member {0}, kind: employee, function: marketing, hours_per_week: 40, {1}}}\n"
SKILL = "skills: {writing: 3, design: 3, web: 3, research: 3, outreach: 3}"
TODO = "  todo-{0}: {{title: Call number {0}, owner: {1}, due: 2026-12-24}}\n"
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
    """A plan of a size, and a command on it."""

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


def _history(root: Path, count: int) -> None:
    write_plan(root, count)
    for line in ("init -q -b main", "add -A", "-c user.name=a -c user.email=a@b commit -q -m one"):
        subprocess.run(["git", "-C", str(root), *line.split()], check=True)
    for path in (root / "tactics").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("new release", "newest one"), encoding="utf-8")


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


TAKEN = ("--map", "key=key", "--map", "title=title", "--map", "hours=hours", "--write")
USUAL = ("--function", "marketing", "--impact", "5", "--skill", "web")
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
}


def seconds(case: Case, size: int) -> float:
    """Return the processor's seconds of a command on a new plan of a size."""
    with tempfile.TemporaryDirectory() as folder:
        return _one_process(_laid_out(case, size, folder), {})[0]


def check(case: Case) -> None:
    """Stop where a command cannot do its work: that would be measured as very fast."""
    with tempfile.TemporaryDirectory() as folder:
        ended = subprocess.run(_laid_out(case, 10, folder), capture_output=True, check=False)
    if ended.returncode not in (0, 1):
        raise SystemExit(f"{case.command}: {ended.stderr.decode()}")


def _laid_out(case: Case, size: int, folder: str) -> list[str]:
    root = Path(folder).resolve() / "plan"
    root.mkdir()
    case.build(root, size)
    words = [str(root / word) if word.startswith("../") else word for word in case.command]
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
