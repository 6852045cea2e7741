"""How much longer commands take on plans twice as large: run by hand.

    python -m tests.bench.growth_bench [CASE ...] [--sizes 200 400 800 1600] [--calls]

For every case, a command on a plan that holds so many of something (growth_plans.py), prints processor seconds of the
command and of what it starts at each size, and the exponent of growth: the slope of a line through the logarithms of
size and of time, without the time that a small plan takes. Commands run in forks of a process that has imported all;
so do sessions with the servers (growth_servers.py), of which each call of one is a case. What looks too steep is
measured again, and the least time counts. With --calls it counts calls of functions instead: the same on a busy
machine, and blind to the solver and to what git does. None is to be above 1.2; ends with exit code 1 where one is. A
command that is refused ends the run: that would be measured as very fast. A test compares the cases with the commands.
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import cProfile
import math
import os
import subprocess
import sys
import tempfile
from contextvars import copy_context
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from revplan import cli
from revplan.cli.commands import COMMANDS
from tests.bench import growth_kinds as kinds
from tests.bench import growth_plans as plans
from tests.bench.growth_servers import ASSISTING, EDITING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Meter = Callable[[Callable[[], None]], float]
    """Does some work, and returns what it took."""

MOST = 1.2
"""The exponent that no case may go beyond."""
SIZES = (200, 400, 800, 1600)


@dataclass(frozen=True)
class Case:
    """A plan of a size, and a command on it, or a session with a server that is given the plan's folder."""

    build: Callable[[Path, int], None]
    command: Sequence[str] = ()
    session: Callable[[Path], None] | None = None
    times: int = 1
    """How many times as large the plans are as those of others: small ones are planned without a search."""


TAKEN = ("--map", "key=key", "--map", "title=title", "--map", "hours=hours", "--write")
REPORTS = ("scoreboard", "goals", "forecast", "team", "results", "stack", "company", "guide")
USUAL = ("--function", "marketing", "--impact", "5", "--skill", "web")
SHEET = ("--format", "markdown", "-o", "../sheet.md")
ADDED = ("--function", "marketing", "--impact", "5", "--task", "write=writing:6")
OTHERS = {
    "story": ("story",),
    "persona": ("persona", "--for", "buyer-3"),
    "remarkable": ("remarkable",),
    "goals": ("goals",),
    "align": ("align",),
}
OF_KINDS = (
    "validate",
    "fmt",
    "guide",
    "report company",
    "report strategy",
    "report roadmap",
    "agenda quarter",
    "agenda sprint",
    "sprint plan",
    "persona list",
    "schema --ids",
)
OF_MEETINGS = ("validate", "agenda weekly", "agenda quarter", "guide")
OF_READINGS = ("validate", "report scoreboard", "agenda weekly", "report results", "report goals", "metric list")
OF_DAYS_OFF = ("validate", "sprint plan", "report capacity", "agenda weekly", "report team")
SEARCHING = ("explain", "what_if")
OF_LOGGED = ("validate", "sprint status", "sprint show", "agenda sprint", "report sprint")
OF_STAFFED = (
    "validate",
    "agenda weekly",
    "agenda sprint",
    "sprint status",
    "sprint show",
    "sprint brief --all",
    "report sprint",
    "report team",
    "report capacity",
    "report results",
    "sprint plan",
    "export mermaid 2026-11",
)
CASES = {
    "validate tactics": Case(plans.tactics, ("validate",)),
    "validate members": Case(plans.members, ("validate",)),
    "validate unknown ids": Case(plans.unknown, ("validate",)),
    "validate --fix ids": Case(plans.unknown, ("validate", "--fix")),
    "validate --fix keys": Case(plans.typos, ("validate", "--fix")),
    "validate missing fields": Case(plans.untitled, ("validate",)),
    "validate chain": Case(plans.chain, ("validate",)),
    "validate sprints": Case(plans.sprints, ("validate",)),
    "sprint list": Case(plans.sprints, ("sprint", "list")),
    "report capacity": Case(plans.sprints, ("report", "capacity")),
    "sprint plan chain": Case(plans.chain, ("sprint", "plan")),
    "report roadmap chain": Case(plans.chain, ("report", "roadmap")),
    "explain TACTIC chain": Case(plans.chain, ("explain", "tactic-3")),
    "guide chain": Case(plans.chain, ("guide",)),
    "validate campaigns": Case(plans.campaigns, ("validate",)),
    "fmt": Case(plans.tactics, ("fmt",)),
    "todo list": Case(plans.todos, ("todo", "list")),
    "todo add": Case(plans.todos, ("todo", "add", "One more", "--owner", "member-1", "--due", "2026-12-24")),
    "tactic add": Case(plans.tactics, ("tactic", "add", "One more", *ADDED)),
    "tactic list": Case(plans.tactics, ("tactic", "list")),
    "import csv": Case(plans.csv, ("import", "csv", "../rows.csv", *TAKEN, *USUAL)),
    "metric import": Case(plans.readings, ("metric", "import", "../readings.csv", "--write")),
    "rename": Case(plans.todos, ("rename", "member", "member-1", "member-x")),
    "refs": Case(plans.todos, ("refs", "member", "member-1")),
    "report campaigns": Case(plans.campaigns, ("report", "campaigns")),
    "report backlog": Case(plans.tactics, ("report", "backlog")),
    "report strategy": Case(plans.tactics, ("report", "strategy")),
    "explain TACTIC": Case(plans.tactics, ("explain", "tactic-3")),
    "guide": Case(plans.tactics, ("guide",)),
    "guide campaigns": Case(plans.planned_campaigns, ("guide",)),
    "diff": Case(plans.history, ("diff",)),
    "export json": Case(plans.tactics, ("export", "json")),
    "export csv": Case(plans.tactics, ("export", "csv")),
    "agenda weekly": Case(plans.todos, ("agenda", "weekly")),
    "agenda sprint": Case(plans.campaigns, ("agenda", "sprint")),
    "agenda quarter": Case(plans.campaigns, ("agenda", "quarter")),
    **{f"report {name}": Case(plans.campaigns, ("report", name)) for name in REPORTS},
    "report team members": Case(plans.members, ("report", "team")),
    "report stack tools": Case(plans.tools, ("report", "stack")),
    "skill list": Case(plans.members, ("skill", "list")),
    "playbook list": Case(plans.playbooks, ("playbook", "list")),
    "tactic add playbook": Case(plans.playbooks, ("tactic", "add", "One", "--playbook", "playbook-1", *ADDED)),
    "workshop tactics": Case(plans.campaigns, ("workshop", "tactics", *SHEET)),
    "workshop stack": Case(plans.tools, ("workshop", "stack", *SHEET)),
    "import spend": Case(plans.ledger, ("import", "spend", "../rows.csv", "--write")),
    "import deals": Case(plans.deals, ("import", "deals", "../rows.csv", "--write")),
    "import time": Case(plans.tracked, ("import", "time", "../rows.csv", "--write")),
    "import absences": Case(plans.absences, ("import", "absences", "../rows.csv", "--write")),
    "import revenue": Case(plans.customers, ("import", "revenue", "../rows.csv", "--as", "mrr", "--write")),
    "import entries": Case(plans.entries, ("import", "entries", "todo", "../rows.csv", "--theirs", "--write")),
    "export ics": Case(plans.campaigns, ("export", "ics")),
    "export xlsx": Case(plans.campaigns, ("export", "xlsx", "-o", "../all.xlsx")),
    "export mermaid": Case(plans.tracked, ("export", "mermaid", "2026-11")),
    "diff two": Case(plans.commits, ("diff", "HEAD^", "HEAD")),
    "sprint plan --what-if": Case(plans.chain, ("sprint", "plan", "--what-if", "team.member-1.hours_per_week=20")),
    "import holidays": Case(plans.absences, ("import", "holidays", "DE-BY", "--write")),
    "report sprint": Case(plans.tracked, ("report", "sprint")),
    "report parking-lot": Case(plans.parked, ("report", "parking-lot")),
    "log": Case(plans.history, ("log", "tactic", "tactic-3")),
    "set": Case(plans.tactics, ("set", "company", "Other")),
    "schema": Case(plans.tactics, ("schema", "--ids")),
    "tactic edit": Case(plans.tactics, ("tactic", "edit", "tactic-3", "--impact", "7")),
    "tactic drop": Case(plans.tactics, ("tactic", "drop", "tactic-3")),
    "tactic show": Case(plans.tactics, ("tactic", "show", "tactic-3")),
    "tactic result": Case(plans.done_tactics, ("tactic", "result", "over-3", "--moved", "yes")),
    "task add": Case(plans.tactics, ("task", "add", "tactic-3/again", "--skill", "web", "--hours", "2")),
    "todo done": Case(plans.todos, ("todo", "done", "todo-3")),
    "issue raise": Case(plans.issues, ("issue", "raise", "One more", "--owner", "member-1")),
    "issue solve": Case(plans.issues, ("issue", "solve", "issue-3", "--solution", "Ring")),
    "metric record": Case(plans.metrics, ("metric", "record", "metric-3", "38", "--date", "2026-11-27")),
    "team time-off": Case(plans.members, ("team", "time-off", "member-3", "2026-12-21")),
    "goal record": Case(plans.budget, ("goal", "record", "4M", "--month", "2026-11")),
    "budget record": Case(plans.budget, ("budget", "record", "line-3", "1200", "--month", "2026-11")),
    "meeting close": Case(plans.minutes, ("meeting", "close", "weekly", "--from", "../minutes.md")),
    "campaign check": Case(plans.campaigns, ("campaign", "check", "--within", "90")),
    "campaign checklist": Case(plans.campaigns, ("campaign", "checklist", "campaign-3", "proofread")),
    "campaign plan": Case(plans.campaigns, ("campaign", "plan", "campaign-3")),
    "campaign brief": Case(plans.campaigns, ("campaign", "brief", "campaign-3")),
    "campaign links": Case(plans.campaigns, ("campaign", "links", "campaign-3")),
    "stack plan": Case(plans.tools, ("stack", "plan")),
    "sprint start": Case(plans.planned_sprint, ("sprint", "start", "2026-11")),
    "sprint log": Case(plans.sprint, ("sprint", "log", "tactic-3/do", "--hours", "1", "--by", "member-3")),
    "sprint drop": Case(plans.sprint, ("sprint", "drop", "tactic-3/see")),
    "sprint status": Case(plans.sprint, ("sprint", "status")),
    "sprint show": Case(plans.sprint, ("sprint", "show", "2026-11")),
    "sprint brief": Case(plans.sprint, ("sprint", "brief", "member-3", "2026-11")),
    "sprint close": Case(plans.sprint, ("sprint", "close", "2026-11", "--carry", "--today", "2026-12-01")),
    "sprint reopen": Case(plans.closed_sprint, ("sprint", "reopen", "2026-11", "--today", "2026-12-01")),
    "swap": Case(plans.twice, ("swap", "last", "first", "--sprint", "2026-12")),
    "sprint plan twice": Case(plans.twice, ("sprint", "plan", "2026-12")),
    "sprint plan --horizon": Case(plans.twice, ("sprint", "plan", "2026-12", "--horizon", "2")),
    "sprint plan": Case(plans.tactics, ("sprint", "plan", "2026-12", "--tasks"), times=4),
    "sprint plan --policy rank": Case(plans.twice, ("sprint", "plan", "2026-12", "--policy", "rank")),
    "sprint plan --pin": Case(
        plans.twice, ("sprint", "plan", "2026-12", "--pin", "last", "--without", "member-3"), times=4
    ),
    "sprint plan --write": Case(plans.twice, ("sprint", "plan", "2026-12", "--write")),
    "sprint plan --check": Case(plans.planned_sprint, ("sprint", "plan", "2026-11", "--check")),
    "sprint plan tasks": Case(kinds.many_tasks, ("sprint", "plan", "2026-12", "--tasks")),
    "report --all": Case(plans.campaigns, ("report", "--all", "--format", "html", "-o", "../site")),
    "playbook list --fits": Case(plans.playbooks, ("playbook", "list", "--fits")),
    **{
        f"workshop {name}": Case(kinds.every_kind, ("workshop", *words, "--all", *SHEET))
        for name, words in OTHERS.items()
    },
    "workshop campaign": Case(plans.campaigns, ("workshop", "campaign", "--for", "campaign-3", "--all", *SHEET)),
    **{f"{name} kinds": Case(kinds.every_kind, tuple(name.split())) for name in OF_KINDS},
    **{f"{name} staffed": Case(plans.staffed_sprint, tuple(name.split())) for name in OF_STAFFED},
    **{f"{name} meetings": Case(kinds.meetings, tuple(name.split())) for name in OF_MEETINGS},
    **{f"{name} readings": Case(kinds.read_often, tuple(name.split())) for name in OF_READINGS},
    **{f"{name} days off": Case(kinds.days_off, tuple(name.split())) for name in OF_DAYS_OFF},
    **{f"{name} tasks": Case(kinds.many_tasks, tuple(name.split())) for name in ("validate", "tactic list", "fmt")},
    **{f"{name} logged": Case(kinds.logged, tuple(name.split())) for name in OF_LOGGED},
    "sprint log logged": Case(kinds.logged, ("sprint", "log", "tactic-0/do", "--hours", "1", "--by", "member-3")),
    "todo edit": Case(plans.todos, ("todo", "edit", "todo-3", "--title", "Ring")),
    "diff one file": Case(kinds.one_file, ("diff", "--format", "markdown")),
    "log commits": Case(kinds.changed_often, ("log", "todo", "todo-3")),
    "diff commits": Case(kinds.changed_often, ("diff", "--since", "2026-11-01")),
    "completion": Case(plans.tactics, session=kinds.completing("tactic")),
    "completion campaigns": Case(plans.campaigns, session=kinds.completing("campaign")),
    **{f"lsp {name}": Case(build, session=session) for name, (build, session) in EDITING.items()},
    **{
        f"mcp {name}": Case(build, session=session, times=4 if name in SEARCHING else 1)
        for name, (build, session) in ASSISTING.items()
    },
}
OF_EVERY_NOUN = ("add", "edit", "drop", "list", "show")
"""Commands of nouns that are one code for all: cases of tactics stand for the rest."""
WITHOUT = {
    "init": "a new plan is always of one size",
    "import tactics": "`import csv`, its older name, is measured",
}
"""Commands that no case measures, and why."""
TRIES = 3
"""Times at most that a case is measured: other work on the machine adds time, and takes none away."""
SMALLEST = 10
"""The size whose time counts as that of starting."""
LARGEST = 8000
"""The size up to which a case is doubled, if what it takes is little beside the time of starting."""


def measured(case: Case, size: int, meter: Meter) -> float:
    """Return what a case takes on a new plan of a size, in the meter's unit."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as folder:
        warming, work = _work(case, SMALLEST, first), _work(case, size, folder)
        try:
            return _in_a_fork(warming, lambda: meter(work))
        except ValueError:
            raise SystemExit(f"{case.command} on {size}: refused, or it failed") from None


def _in_a_fork(warming: Callable[[], None], work: Callable[[], float]) -> float:
    """Return what work comes to in a process of its own, after other work that has imported all that it needs.

    Raises:
        ValueError: the work failed.
    """
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(quiet, stream)
        try:
            warming()
            os.write(telling, repr(work()).encode())
        finally:
            os._exit(0)
    os.close(telling)
    os.waitpid(child, 0)
    with os.fdopen(told) as answer:
        return float(answer.read())


def _work(case: Case, size: int, folder: str) -> Callable[[], None]:
    """Lay out a plan of a size, and return what a case does on it."""
    words = _laid_out(case, size, folder)
    session = case.session
    if session is not None:
        return lambda: session(Path(words[-1]))
    return lambda: _run(words[3:])


def _run(words: Sequence[str]) -> None:
    sys.argv = ["revplan", *words]
    try:
        copy_context().run(cli.main)
    except SystemExit as ended:
        sys.stdout.flush()
        if ended.code not in (0, 1, None):
            raise


def seconds(work: Callable[[], None]) -> float:
    """Return the processor's seconds of some work, and of processes that it starts and ends."""
    start = sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - start


def calls(work: Callable[[], None]) -> float:
    """Return how many functions some work calls, those written in C included."""
    profile = cProfile.Profile()
    profile.runcall(work)
    return float(sum(each.callcount for each in profile.getstats()))


def check(case: Case) -> None:
    """Stop where a command tells an error and yet goes on: that would be measured as very fast."""
    if case.session is not None:
        return
    with tempfile.TemporaryDirectory() as folder:
        ended = subprocess.run(_laid_out(case, SMALLEST, folder), capture_output=True, check=False)
    if ended.returncode not in (0, 1) or b"error: " in ended.stderr or b"Traceback" in ended.stderr:
        raise SystemExit(f"{case.command}: {ended.stderr.decode()}")


def _laid_out(case: Case, size: int, folder: str) -> list[str]:
    root = Path(folder).resolve() / "plan"
    root.mkdir()
    case.build(root, size)
    words = [str(root / word) if word.startswith("../") else word for word in case.command]
    return [sys.executable, "-m", "revplan", *words, "--plan", str(root)]


def measure(case: Case, sizes: Sequence[int], meter: Meter) -> tuple[list[int], list[float], float]:
    """Return sizes, what each takes and the exponent of growth; seconds that look too steep are measured again.

    The least time of each size counts. Where starting takes as long as the largest size, the sizes are doubled first.
    """
    start = measured(case, SMALLEST, meter)
    tried, times = [*sizes], [measured(case, size, meter) for size in sizes]
    for _ in range(TRIES - 1 if meter is seconds else 0):
        start = min(start, measured(case, SMALLEST, meter))
        if exponent(tried, [max(time - start, 0.01) for time in times]) <= MOST:
            break
        if times[-1] < 3 * start and tried[-1] < LARGEST:
            tried, times = [*tried[1:], tried[-1] * 2], [*times[1:], measured(case, tried[-1] * 2, meter)]
        times = [min(time, measured(case, size, meter)) for size, time in zip(tried, times, strict=True)]
    return tried, times, exponent(tried, [max(time - start, 0.01) for time in times])


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
    parser.add_argument("--calls", action="store_true", help="count calls of functions instead of seconds")
    arguments = parser.parse_args()
    meter, unit = (calls, "{:11,.0f}") if arguments.calls else (seconds, "{:6.2f}s")
    worst = 0.0
    for command in COMMANDS:
        import_module(command.module)
    for name in arguments.cases or CASES:
        case = CASES[name]
        check(case)
        sizes, times, found = measure(case, [size * case.times for size in arguments.sizes], meter)
        worst = max(worst, found)
        pairs = "".join(f"{size:7,} {unit.format(time)}" for size, time in zip(sizes, times, strict=True))
        print(f"{name:24}{pairs}  {found:6.2f}", flush=True)
    sys.exit(1 if worst > MOST else 0)


if __name__ == "__main__":
    main()
