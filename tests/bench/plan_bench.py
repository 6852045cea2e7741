"""How good and how fast planning is, by size and kind, beside TaskJuggler, and how its cost grows.

Run by hand: python -m tests.bench.plan_bench [size ...], sizes as tactics x members. Each instance is planned in a
process of its own. Seconds are the processor's, since machines have other things to do; ratios are of one run. Beside
them stand those by the clock, fewer where two things are worked out side by side.
"""

from __future__ import annotations

# ruff: noqa: T201 - a script that prints
import math
import multiprocessing
import resource
import statistics
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.constraints import violations
from revplan.planning.solve import best, fill_by_rank
from tests.bench import taskjuggler
from tests.support import generate

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem

SIZES = {"35x8": 3, "80x15": 5, "300x40": 1, "1000x100": 1, "10000x1000": 1}
"""Seeds to run for each kind, by size."""

GROWTH = ("1000x100", "2000x200", "4000x400", "8000x800")
"""Sizes whose cost is compared, each twice the one before; smaller ones are also improved part by part."""

BESIDE = "1000x100"
"""The size that TaskJuggler schedules too."""


class Row(NamedTuple):
    """What came of one instance: value and bound in points, seconds of processor and clock, megabytes at most.

    `short` is what the first tier that is not proven best lacks, with those above it, by its part of their bound.
    """

    name: str
    value: int
    bound: int
    short: float
    must: str
    is_proven: bool
    ranked: float
    seconds: float
    clock: float
    megabytes: int
    broken: tuple[str, ...]

    @property
    def gap(self) -> float:
        """By how much the bound is above the value."""
        return self.bound / max(1, self.value) - 1


def main(sizes: list[str]) -> None:
    """Print one line for each instance, what they come to for each size, and how cost grows."""
    figures = "".join(f" {name:>6}" for name in ("ranked", "s", "clock"))
    print(f"{'instance':24} {'value':>8} {'bound':>8} {'gap':>7} {'short':>6} {'proven':6}{figures} {'MB':>5} sound")
    for size in sizes or SIZES:
        rows = [_apart(size, seed, kind) for kind in generate.KINDS for seed in range(SIZES.get(size, 1))]
        seconds = [row.seconds for row in rows]
        print(
            f"{size}: {sum(row.is_proven for row in rows)} of {len(rows)} proven, "
            f"median gap {statistics.median(row.gap for row in rows):.2%}, "
            f"at most {max(row.short for row in rows):.2%} short in the order of tiers, "
            f"median {statistics.median(seconds):.1f} s and {statistics.median(row.clock for row in rows):.1f} by the "
            f"clock, most {max(seconds):.1f} s and {max(row.megabytes for row in rows)} MB"
        )
        if size == BESIDE:
            _beside_taskjuggler(size, rows[0].seconds)
    if not sizes:
        _growth()


def _apart(size: str, seed: int, kind: str) -> Row:
    """Plan one instance in a process of its own, so that its memory is its own, and print its line."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        row = pool.apply(measure, (size, seed, kind))
    print(
        f"{row.name:24} {row.value:8} {row.bound:8} {row.gap:7.2%} {row.short:6.2%} "
        f"{'yes' if row.is_proven else 'no':6} "
        f"{row.ranked:6.3f} {row.seconds:6.1f} {row.clock:6.1f} {row.megabytes:5} {row.broken[:2] or 'yes'}{row.must}",
        flush=True,
    )
    return row


def measure(size: str, seed: int, kind: str) -> Row:
    """Plan one instance."""
    problem = _problem(size, seed, kind)
    fill = fill_by_rank(problem)
    started, began = time.process_time(), time.perf_counter()
    found = best(problem)
    seconds, clock = time.process_time() - started, time.perf_counter() - began
    return Row(
        name=f"{kind}-{size}-{seed}",
        value=found.value // 1000,
        bound=found.bound // 1000,
        short=_find_short(found),
        must="" if found.must_value == found.must_bound else f" must {found.must_value} of {found.must_bound}",
        is_proven=found.proven,
        ranked=fill.value / max(1, found.value),
        seconds=seconds,
        clock=clock,
        megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        broken=violations(problem, found) + violations(problem, fill),
    )


def _find_short(found: Allocation) -> float:
    """Return the part of its bound that the first open tier lacks, with those above."""
    musts, shoulds = (found.must_value, found.must_bound), (found.should_value, found.should_bound)
    for reached, bound in (musts, tuple(map(sum, zip(musts, shoulds, strict=True))), (found.value, found.bound)):
        if reached < bound:
            return 1 - reached / bound
    return 0.0


def _problem(size: str, seed: int, kind: str) -> SprintProblem:
    tactics, members = (int(part) for part in size.split("x"))
    return generate.problem(tactics, members, seed, kind)


def _beside_taskjuggler(size: str, own: float) -> None:
    seconds = taskjuggler.seconds(_problem(size, 0, generate.KINDS[0]))
    if seconds is None:
        print(f"{size}: not compared, {taskjuggler.COMMAND} is not installed (Debian: apt install tj3)")
    else:
        print(f"{size}: TaskJuggler schedules the first in {seconds:.1f} s, {seconds / own:.1f} times as long")


def _growth() -> None:
    """Fit the exponent of cost by size: the slope of a line through logarithms."""
    costs = [(math.log(int(size.split("x")[0])), math.log(_apart(size, 0, "typical").seconds)) for size in GROWTH]
    slope = statistics.linear_regression(*zip(*costs, strict=True)).slope
    print(f"cost grows as n^{slope:.2f} from {GROWTH[0]} to {GROWTH[-1]}")


if __name__ == "__main__":
    main(sys.argv[1:])
