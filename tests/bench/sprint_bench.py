"""What each step of `revplan sprint plan` costs on a plan on disk: run by hand.

    python -m tests.bench.sprint_bench [SIZE ...]

Sizes are tactics x members. Prints the processor's seconds of each step, and the peak memory, in a process of its own
for each size.
"""

from __future__ import annotations

# ruff: noqa: T201 - a script that prints
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from revplan.app.open import context_of
from revplan.app.sprint import plan as plan_sprint
from revplan.app.sprint.plan import Request
from revplan.planning.explain.reason import explain
from revplan.planning.explain.suggestions import suggestions
from revplan.store.load import read
from tests.bench.validate_bench import LAUNCHER
from tests.support import generate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from revplan.planning.problem import Candidate, SprintProblem, Worker

T = TypeVar("T")

SIZES = ("100x10", "1000x100", "10000x1000")
TACTICS_PER_FILE = 500
SETTINGS = """\
revplan:
  format: 1
  company: Bench
  currency: USD
  today: 2026-03-01
  sprint: {{budget: {budget}}}
strategy:
  vision: A sprint of any size is planned before the meeting.
  big_story:
    narrative: Teams grow, and patience does not.
    pillars: {{speed: {{claim: It is fast., proof: This benchmark.}}}}
  objectives: {{more: {{title: More, quarter: 2026-Q1, metric: leads}}}}
"""
METRICS = """\
metrics:
  leads: {{name: Leads, unit: leads, direction: up, owner: {owner}, cadence: weekly, target: 9, revenue: true}}
"""


def write_plan(root: Path, problem: SprintProblem) -> None:
    """Write the sprint as a plan: members with their weekly hours, tactics with all that binds them."""
    (root / "tactics").mkdir()
    budget = (problem.budget or 0) // 100
    (root / "revplan.yaml").write_text(SETTINGS.format(budget=budget), encoding="utf-8")
    (root / "metrics.yaml").write_text(METRICS.format(owner=problem.workers[0].id), encoding="utf-8")
    (root / "team.yaml").write_text("team:\n" + "".join(map(_member, problem.workers)), encoding="utf-8")
    for start in range(0, len(problem.candidates), TACTICS_PER_FILE):
        some = problem.candidates[start : start + TACTICS_PER_FILE]
        lines = (line for candidate in some for line in _tactic(problem, candidate))
        (root / "tactics" / f"from-{start}.yaml").write_text("tactics:\n" + "".join(lines), encoding="utf-8")


def _member(worker: Worker) -> str:
    skills = ", ".join(f"{skill}: {level}" for skill, level in worker.skills)
    week = max(worker.minutes) * 5 / 60
    rest = f"kind: employee, function: marketing, hours_per_week: {week:g}, skills: {{{skills}}}"
    return f"  {worker.id}: {{name: Member {worker.id[1:]}, {rest}}}\n"


def _tactic(problem: SprintProblem, candidate: Candidate) -> Iterator[str]:
    yield f"  {candidate.id}:\n    title: Number {candidate.id[1:]}\n    function: marketing\n    objective: more\n"
    yield f"    tier: {candidate.tier}\n    metric: leads\n    impact: 5\n    value: {candidate.value // 1000}\n"
    if candidate.cost:
        yield f"    cost: {candidate.cost // 100}\n"
    if candidate.release:
        yield f"    not_before: {problem.days[candidate.release]}\n"
    if candidate.deadline < len(problem.days) - 1:
        yield f"    deadline: {problem.days[candidate.deadline]}\n"
    for field, others in (("requires", candidate.requires), ("excludes", candidate.excludes)):
        if others:
            yield f"    {field}: [{', '.join(others)}]\n"
    yield "    tasks:\n"
    for job in candidate.jobs:
        more = f", owner: {job.owner}" if job.owner else ""
        more += ", split: true" if job.split else ""
        more += f", after: [{', '.join(job.after)}]" if job.after else ""
        yield f"      {job.id}: {{skill: {job.skill}, level: {job.level}, hours: {job.minutes / 60:g}{more}}}\n"


def main(sizes: list[str]) -> None:
    """Print the steps of each size, and then the command itself."""
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            tactics, members = (int(part) for part in size.split("x"))
            write_plan(Path(folder), generate.problem(tactics, members, 0))
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                pool.apply(measure, (size, folder))
            command = [sys.executable, "-m", "revplan", "-C", folder, "sprint", "plan", "2026-03"]
            launched = [sys.executable, "-c", LAUNCHER, *command]
            seconds, kilobytes = subprocess.run(launched, capture_output=True, text=True, check=True).stdout.split()
            print(f"{size:12} {'the command':16} {float(seconds):7.2f} s {int(kilobytes) // 1024:6} MB")


def measure(size: str, folder: str) -> None:
    """Plan one sprint from disk, step by step as the command does, and print what each step took."""
    clock = Clock(size)
    loaded = clock.lap("read", lambda: read(Path(folder)))
    context = context_of(loaded, None, date(2026, 3, 1))
    request = Request("2026-03")
    formulation = clock.lap("formulate", lambda: plan_sprint.formulate_sprint(loaded, context, request))
    worked = clock.lap(
        "solve and explain", lambda: plan_sprint.solve_sprint(formulation, context, request, lambda _: None)
    )
    parked = [entry.tactic for entry in worked.plan.parked]
    clock.lap("of it, explain", lambda: explain(formulation.problem, worked.allocation))
    clock.lap("openings", lambda: suggestions(formulation.whole, worked.allocation, parked))


class Clock:
    """Prints the processor's seconds of each lap, and the peak memory so far."""

    def __init__(self, name: str) -> None:
        self._name = name

    def lap(self, step: str, work: Callable[[], T]) -> T:
        """Do a step and print what it took."""
        started = time.process_time()
        result = work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{self._name:12} {step:16} {time.process_time() - started:7.2f} s {peak:6} MB", flush=True)
        return result


if __name__ == "__main__":
    main(sys.argv[1:])
