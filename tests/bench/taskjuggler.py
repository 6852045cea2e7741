"""The same sprint for TaskJuggler, so that both can be timed in one run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from revplan.planning.instance import build_instance

if TYPE_CHECKING:
    from revplan.planning.instance import Instance
    from revplan.planning.problem import Candidate, SprintProblem, Worker

COMMAND = "tj3"
SLOT = 60
"""Minutes of TaskJuggler's slots: its coarsest, with which it is fastest; hours are rounded to them."""


def seconds(problem: SprintProblem) -> float | None:
    """Return the processor's seconds that TaskJuggler needs to schedule all tactics; None where it is absent.

    It does not choose: it is given a frame long enough for everything, and one scheduling pass.

    Raises:
        CalledProcessError: TaskJuggler refuses the project.
    """
    if shutil.which(COMMAND) is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sprint.tjp"
        path.write_text(project(problem), encoding="utf-8")
        before = os.times()
        subprocess.run([COMMAND, "--silent", "--no-color", "-o", folder, str(path)], check=True, capture_output=True)
        after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def project(problem: SprintProblem) -> str:
    """Return the sprint as a TaskJuggler project: members, their hours, efforts, alternatives and dependencies."""
    numbered = build_instance(problem)
    head = f'project sprint "Sprint" {problem.days[0]} +24m {{\n  timezone "UTC"\n  timingresolution {SLOT}min\n}}'
    report = 'taskreport schedule "schedule" {\n  formats csv\n  columns id, start, end\n}\n'
    workers = (_resource(problem, worker) for worker in problem.workers)
    tactics = (_task(numbered, tactic, candidate) for tactic, candidate in enumerate(problem.candidates))
    return "\n".join([head, *workers, *tactics, report])


def _resource(problem: SprintProblem, worker: Worker) -> str:
    end = 9 * 60 + max(1, round(max(worker.minutes) / SLOT)) * SLOT
    hours = f"  workinghours mon - fri 9:00 - {end // 60}:{end % 60:02}\n  workinghours sat, sun off"
    days = zip(problem.days, worker.minutes, strict=True)
    leaves = [f"  leaves annual {day}" for day, minutes in days if not minutes and day.weekday() < 5]
    return "\n".join([f'resource {worker.id} "{worker.id}" {{', hours, *leaves, "}"])


def _task(numbered: Instance, tactic: int, candidate: Candidate) -> str:
    lines = [f'task {_name(candidate.id)} "{candidate.id}" {{']
    lines += [f"  depends !{_name(required)}" for required in candidate.requires]
    for number in numbered.of[tactic]:
        task = numbered.tasks[number]
        first, *others = [numbered.workers[worker].id for worker in task.workers] or [""]
        lines.append(f'  task {task.job.id} "{task.job.id}" {{')
        if first:
            alternatives = f" {{ alternative {', '.join(map(str, others))} select minloaded }}" if others else ""
            lines.append(f"    effort {max(1, round(task.job.minutes / SLOT)) * SLOT / 60:g}h")
            lines.append(f"    allocate {first}{alternatives}")
        lines += [f"    depends !{one}" for one in task.job.after]
        lines.append("  }")
    return "\n".join([*lines, "}"])


def _name(tactic: str) -> str:
    return tactic.replace("-", "_")
