"""How much processor time 20,000 deals take: run by hand.

    python -m tests.bench.deals_bench [COUNT]

Prints the seconds, user and system, of a preview and of a writing import into a plan with one goal, each as a process
of its own. The design asks for less than three.
"""

# ruff: noqa: T201, S311 - a script that prints; chance needs no secrecy here

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

TODAY = date(2026, 11, 28)
HEADER = (
    *("Record ID", "Deal Name", "Deal Stage", "Close Date", "Create Date", "Amount", "Deal owner", "Deal Type"),
    *("Original Traffic Source", "Associated Company", "Pipeline", "Next step"),
)
PLAN = """revplan: {format: 1, company: Bench, currency: USD, today: 2026-11-28}
goals:
  "2026": {measure: recurring, start_revenue: 30M, target_revenue: 40M, acv: 24k, close_rate: 20%}
"""


def write_deals(file: Path, count: int) -> None:
    """Write deals of three years."""
    draw = random.Random(count)
    with file.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(HEADER)
        for number in range(count):
            created = TODAY - timedelta(days=draw.randrange(1, 1000))
            closed = created + timedelta(days=draw.randrange(200))
            stage = draw.choices(("Closed Won", "Closed Lost", "Demo"), (17, 70, 13))[0] if closed < TODAY else "Demo"
            source, firm = draw.choice(("Organic Search", "Paid Search", "Referrals")), f"Firm {number}"
            amount = f"{draw.randrange(5_000, 90_000)}.50"
            rows.writerow(
                [number, firm, stage, f"{closed} 10:00", f"{created} 09:11", amount, "Ana", "newbusiness", source, firm]
            )


def seconds(*words: str) -> float:
    """Return the processor seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "revplan", *words], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Measure, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "revplan.yaml").write_text(PLAN, encoding="utf-8")
        write_deals(root / "deals.csv", count)
        words = ("import", "deals", str(root / "deals.csv"), "-C", folder)
        print(f"{count:,} deals: preview {seconds(*words):.2f} s, written {seconds(*words, '--write'):.2f} s")


if __name__ == "__main__":
    main()
