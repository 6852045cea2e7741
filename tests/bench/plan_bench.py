"""How good and how fast planning is, by size and kind. Run by hand: python tests/bench/plan_bench.py [size ...]."""

from __future__ import annotations

# ruff: noqa: E402, T201 - a script that finds its neighbours by path, and prints
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "planning"), str(Path(__file__).parents[2])]

import generate

from revplan.planning.constraints import violations
from revplan.planning.solve import best, ranked

SIZES = {"35x8": 3, "80x15": 5, "300x40": 1, "1000x100": 1}
"""Seeds to run for each kind, by size."""


def main(sizes: list[str]) -> None:
    """Print one line for each instance, and what they come to for each size."""
    print(f"{'instance':26} {'value':>9} {'bound':>9} {'gap':>7} {'proven':7} {'ranked':>7} {'s':>6} sound")
    for size in sizes:
        tactics, members = (int(part) for part in size.split("x"))
        seeds = range(SIZES.get(size, 1))
        rows = [measure(tactics, members, seed, kind) for kind in generate.KINDS for seed in seeds]
        seconds = sorted(row[1] for row in rows)
        proven = sum(row[0] for row in rows)
        median = seconds[len(rows) // 2]
        print(f"{size}: {proven} of {len(rows)} proven, median {median:.1f} s, most {seconds[-1]:.1f} s")


def measure(tactics: int, members: int, seed: int, kind: str) -> tuple[bool, float]:
    """Plan one instance and print its line; seconds are the processor's, since machines have other things to do."""
    problem = generate.problem(tactics, members, seed, kind)
    fill = ranked(problem)
    started = time.process_time()
    found = best(problem)
    seconds = time.process_time() - started
    gap = found.bound / max(1, found.value) - 1
    broken = violations(problem, found) + violations(problem, fill)
    print(
        f"{kind + '-' + str(tactics) + 'x' + str(members) + '-' + str(seed):26} {found.value // 1000:9}"
        f" {found.bound // 1000:9} {gap:7.2%} {found.proven!s:7} {fill.value / max(1, found.value):7.3f}"
        f" {seconds:6.1f} {'yes' if not broken else broken[:2]}"
        f"{'' if found.must_value == found.must_bound else f' must {found.must_value} of {found.must_bound}'}",
        flush=True,
    )
    return found.proven, seconds


if __name__ == "__main__":
    main(sys.argv[1:] or [*SIZES])
