"""How much processor time starting and validating take: run by hand.

    python -m tests.bench.validate_bench [COUNT ...] [--check-jsonschema PATH]

Prints start-up as a ratio to `import typer`; for plans of 100, 1,000 and 10,000 tactics the time of reading and of
checking all rules, as a ratio to a bare pass over the C parser's events in the same run, with the peak memory of the
process; where check-jsonschema is named, its time with revplan's own schema on the same files; and the time of a Tab
that completes the ids of the tactics. Times are
processor seconds, user and system, the least of some runs: all of it runs on one thread, and a busy machine blurs
them less than a clock's. Every process finds compiled modules, as pip leaves them behind, also where the environment
forbids writing them.
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import atexit
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.store.files import plan_files
from revplan.store.load import read
from revplan.store.yaml.parser import events

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

RUNS = 5
"""Of each measurement; the fastest counts."""
TACTICS_PER_FILE = 500
TODAY = date(2026, 11, 28)
LAUNCHER = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, _, usage = os.wait4(child.pid, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""
"""Starts a command from a small process: a child's peak memory counts what it was forked from."""
SKILLS = ("writing", "design", "web", "research", "outreach")
SETTINGS = """\
revplan:
  format: 1
  company: Bench
  currency: USD
  today: 2026-11-28
strategy:
  vision: A plan of any size is checked before the commit.
  big_story:
    narrative: Plans grow, and patience does not.
    pillars: {speed: {claim: It is fast., proof: This benchmark.}}
  segments: {all: {name: Everybody, accounts: 100000}}
"""
TACTIC = """\
  tactic-{number}:
    title: Tell segment {number} what the new release does for them
    function: marketing
    objective: objective-{objective}
    impact: {impact}
    confidence: 0.8
    personas: [persona-{persona}]
    metric: metric-{metric}
    tasks:
      write: {{skill: {first}, hours: 6}}
      build: {{skill: {second}, hours: 4.5, owner: member-{member}, after: [write]}}
"""


def write_plan(root: Path, count: int) -> None:
    """Write a sound plan of so many tactics, in files of some hundreds."""
    (root / "tactics").mkdir()
    (root / "revplan.yaml").write_text(SETTINGS + "".join(_objectives()) + "".join(_personas()), encoding="utf-8")
    (root / "team.yaml").write_text("team:\n" + "".join(_members()), encoding="utf-8")
    (root / "metrics.yaml").write_text("metrics:\n" + "".join(_metrics()), encoding="utf-8")
    for start in range(0, count, TACTICS_PER_FILE):
        tactics = (tactic(number) for number in range(start, min(count, start + TACTICS_PER_FILE)))
        (root / "tactics" / f"from-{start}.yaml").write_text("tactics:\n" + "".join(tactics), encoding="utf-8")


def _objectives() -> Sequence[str]:
    rows = [f"    objective-{number}: {{title: Win part {number}, quarter: 2027-Q1}}\n" for number in range(7)]
    return ["  objectives:\n", *rows]


def _personas() -> Sequence[str]:
    rest = "segment: all, buying_role: user, goals: [Speed], pains: [Waiting], channels: [Mail]"
    return ["personas:\n", *(f"  persona-{number}: {{name: Persona {number}, {rest}}}\n" for number in range(20))]


def _members() -> Sequence[str]:
    skills = ", ".join(f"{skill}: 3" for skill in SKILLS)
    rest = f"kind: employee, function: marketing, hours_per_week: 40, skills: {{{skills}}}"
    return [f"  member-{number}: {{name: Member {number}, {rest}}}\n" for number in range(20)]


def _metrics() -> Sequence[str]:
    rest = "unit: leads, direction: up, owner: member-1, cadence: weekly, target: 10"
    first = f"  metric-0: {{name: Revenue, revenue: true, {rest}}}\n"
    return [first, *(f"  metric-{each}: {{name: Metric {each}, drives: metric-0, {rest}}}\n" for each in range(1, 9))]


def tactic(number: int) -> str:
    """Return the lines of a tactic."""
    return TACTIC.format(
        number=number,
        objective=number % 7,
        impact=1 + number % 9,
        persona=number % 20,
        metric=number % 9,
        first=SKILLS[number % 5],
        second=SKILLS[(number + 1) % 5],
        member=number % 20,
    )


# --- measuring ---------------------------------------------------------------------------------------------------


def fastest(what: Callable[[], object], runs: int = RUNS) -> float:
    """Return the seconds of the fastest of some runs."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        what()
        times.append(time.process_time() - started)
    return min(times)


def process(*command: str, **variables: str) -> tuple[float, float]:
    """Return the seconds of the fastest run of a command with some variables, and its peak memory in megabytes."""
    _one_process(command, variables)  # compiles what is not yet
    runs = [_one_process(command, variables) for _ in range(RUNS)]
    return min(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def _one_process(command: Sequence[str], variables: Mapping[str, str]) -> tuple[float, float]:
    launcher = [sys.executable, "-c", LAUNCHER, *command]
    launched = subprocess.run(launcher, capture_output=True, check=True, text=True, env={**_environment(), **variables})
    seconds, peak = map(float, launched.stdout.split())
    return seconds, peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


@cache
def _environment() -> dict[str, str]:
    """Return the environment of what is measured."""
    compiled = tempfile.TemporaryDirectory()
    atexit.register(compiled.cleanup)
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return own | {"PYTHONPYCACHEPREFIX": compiled.name}


def events_of(texts: Sequence[str]) -> None:
    """Let the parser walk through texts, and do nothing with what it says."""
    for text in texts:
        for _event in events(text):
            pass


def checked(root: Path) -> int:
    """Read a plan, check all rules, and return how many findings there are."""
    loaded = read(root)
    return len(validate(loaded, context_of(loaded, None, TODAY)).diagnostics)


def show_start() -> None:
    base, _ = process(sys.executable, "-c", "import typer")
    print(f"import typer         {base:6.3f} s")
    for option in ("--version", "--help"):
        seconds, _ = process(sys.executable, "-m", "revplan", option)
        print(f"revplan {option:12} {seconds:6.3f} s  {seconds / base:4.2f} x")


def show_completion(root: Path, count: int) -> None:
    """Print what a press of Tab takes that asks for the ids of a plan's tactics."""
    bare, _ = process(sys.executable, "-c", "pass")
    typer, _ = process(sys.executable, "-c", "import typer")
    asked = {"COMP_WORDS": "revplan tactic show tactic-9", "COMP_CWORD": "3", "_REVPLAN_COMPLETE": "complete_bash"}
    seconds, _ = process(sys.executable, "-m", "revplan", REVPLAN_PLAN=str(root), **asked)
    ratios = f"{seconds / bare:4.2f} x python -c pass  {seconds / typer:4.2f} x import typer"
    print(f"Tab of {count:,} tactics  {seconds:6.3f} s  {ratios}")


def show_plan(root: Path, count: int, other: str | None) -> None:
    texts = [file.path.read_text(encoding="utf-8") for file in plan_files(root, ())]
    base = fastest(lambda: events_of(texts))
    reading, all_rules = fastest(lambda: read(root)), fastest(lambda: checked(root))
    megabytes = sum(map(len, texts)) / 1e6
    print(f"\n{count:,} tactics, {megabytes:.2f} MB, {len(texts)} files, {checked(root)} findings")
    print(f"events               {base:6.3f} s")
    print(f"read                 {reading:6.3f} s  {reading / base:4.2f} x")
    print(f"read and check       {all_rules:6.3f} s  {all_rules / base:4.2f} x")
    whole, memory = process(sys.executable, "-m", "revplan", "validate", "-C", str(root))
    print(f"revplan validate     {whole:6.3f} s  {memory:4.0f} MB")
    if other is not None:
        show_other(root, whole, other)


def show_other(root: Path, whole: float, other: str) -> None:
    schema = root / "schema.json"
    with schema.open("w", encoding="utf-8") as file:
        subprocess.run([sys.executable, "-m", "revplan", "schema"], stdout=file, check=True)
    names = [str(file.path) for file in plan_files(root, ())]
    seconds, memory = process(other, "--schemafile", str(schema), *names)
    print(f"check-jsonschema     {seconds:6.3f} s  {memory:4.0f} MB  {seconds / whole:4.1f} x revplan validate")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="*", type=int, metavar="COUNT", default=[100, 1_000, 10_000])
    parser.add_argument("--check-jsonschema", metavar="PATH", help="the command to compare with")
    arguments = parser.parse_args()
    show_start()
    for count in arguments.counts:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve()
            write_plan(root, count)
            show_plan(root, count, arguments.check_jsonschema)
            show_completion(root, count)


if __name__ == "__main__":
    main()
