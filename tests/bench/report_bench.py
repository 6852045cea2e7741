"""How long `report --all` takes and how large its pages are, at 1,000 tactics or as many as are named: run by hand.

    python -m tests.bench.report_bench [TACTICS]

The plan is the Harbourline example with so many tactics more, a written sprint of one task in eight and the rest
parked. Prints the processor's seconds of reading, of building every report (the roadmap plans three sprints) and of
drawing the site, and the size of every page.
"""

from __future__ import annotations

# ruff: noqa: T201 - a script that prints
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from revplan.app.open import context_of, open_plan
from revplan.app.reporting.report import all_reports, first_page
from revplan.formats.site import Page, site
from tests.support.plans import HARBOURLINE

TODAY = date(2026, 12, 9)
FUNCTIONS = ("marketing", "sales", "service")
MEMBERS = ("priya", "dana", "kwame", "marcus")
MOST_SECONDS, MOST_BYTES = 5.0, 500_000


def main(count: int) -> None:
    """Print times and sizes, and whether they are within what is promised for 1,000 tactics."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "plan"
        shutil.copytree(HARBOURLINE, root)
        write(root, count)
        started = time.process_time()
        loaded = open_plan(root, root)
        context = context_of(loaded, TODAY, TODAY)
        read = time.process_time()
        reports = all_reports(loaded, context, lambda _step: None)
        first = first_page(context)
        built = time.process_time()
        files = site("Bench", [Page(name, document) for name, document in reports.items()], first)
        drawn = time.process_time()
    print(f"{len(context.plan.tactics)} tactics: read {read - started:.2f} s, built {built - read:.2f} s,", end=" ")
    print(f"drawn {drawn - built:.2f} s; {drawn - started:.2f} s of {MOST_SECONDS}")
    for name, text in sorted(files.items(), key=lambda entry: -len(entry[1])):
        size = len(text)
        print(f"{size / 1000:8.1f} kB {name}{'' if size < MOST_BYTES else '  TOO LARGE'}")


def write(root: Path, count: int) -> None:
    """Write the tactics, and a sprint that holds some and parks the others."""
    tactics = "".join(tactic(number) for number in range(count))
    (root / "tactics" / "more.yaml").write_text(f"tactics:\n{tactics}", encoding="utf-8")
    placed = "".join(task(number) for number in range(0, count, 8))
    parked = "".join(f"      more-{number}: {{reason: capacity, short: {{writing: 12}}, review: 2026-12-31}}\n"
                     for number in range(count) if number % 8)  # fmt: skip
    head = "sprints:\n  2026-12:\n    start: 2026-12-01\n    end: 2026-12-31\n    status: active\n"
    text = f"{head}    tactics:\n{placed}    parked:\n{parked}"
    (root / "sprints" / "2026-12.yaml").write_text(text, encoding="utf-8")


def tactic(number: int) -> str:
    """Return a tactic as text."""
    return (
        f"  more-{number}:\n    title: Tactic number {number} with a title of usual length\n"
        f"    function: {FUNCTIONS[number % 3]}\n    impact: {number % 10 + 1}\n    objective: full-pipeline\n"
        f"    tasks:\n      write: {{skill: writing, hours: {4 + number % 37}}}\n"
        f"      check: {{skill: research, hours: {1 + number % 9}, after: [write]}}\n"
    )


def task(number: int) -> str:
    """Return what the sprint has of a tactic as text."""
    first, member = 1 + number % 20, MEMBERS[number % 4]
    return (
        f"      more-{number}:\n        tasks:\n          write: {{owner: {member}, hours: {4 + number % 37},"
        f" start: 2026-12-{first:02}, due: 2026-12-{first + 5:02}}}\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
