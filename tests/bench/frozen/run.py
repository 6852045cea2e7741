"""Plans the frozen instances, and prints what differs from version 1 of the engine and from the yardstick.

Seconds are the process's own. A machine that is busy makes them longer, so each is given beside those of a fixed
piece of work done just before and after it: `effort` is the ratio of the two, and efforts are what is compared.
"""

from __future__ import annotations

# ruff: noqa: T201 - a script that prints
import argparse
import fnmatch
import json
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.constraints import violations
from revplan.planning.problem import ENGINE
from revplan.planning.solve import best

from .answers import write_answers
from .dispatch import has_days
from .instances import find_digest, list_instances
from .knapsacks import as_sprint, draw_knapsack
from .measures import measure
from .plain_model import PlainModel

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem

RECORDS = Path(__file__).with_name("records.json")
LEAST_SECONDS = 0.2
"""What the yardstick gets at least: no search can begin in less."""

SLOW = 60.0
"""Seconds that version 1 took for what is left out of a run unless it is named: a run is to take 25 minutes at most."""

UNIT_NODES = 20
"""Branch-and-bound nodes of the fixed piece of work."""


class Record(NamedTuple):
    """What came of one instance.

    Attributes:
        digest: of the instance.
        tiers: value by tier, in thousandths.
        value: the sum of them.
        bound: as the engine gives it.
        proven: whether the engine says that nothing is better.
        seconds: the process's own.
        effort: seconds in units of the fixed piece of work.
        finish, pieces, crumbs, spend: see `measures.Measures`.
        plain: what the plain model reached by tier in the same seconds.
        plain_bounds: and what it proved that no plan can exceed.
        plain_dated: whether its answer has days, so that it is a plan.
        plain_seconds: what it took of them.
    """

    digest: str
    tiers: list[int]
    value: int
    bound: int
    proven: bool
    seconds: float
    effort: float
    finish: float
    pieces: float
    crumbs: int
    spend: int
    plain: list[int]
    plain_bounds: list[int]
    plain_dated: bool
    plain_seconds: float


class Unit:
    """The fixed piece of work that seconds are compared with: a knapsack to a fixed number of nodes."""

    def __init__(self) -> None:
        self._problem = as_sprint(draw_knapsack(40, 5, 50, 7))

    def take(self) -> float:
        """Do the work and return its seconds."""
        started = time.process_time()
        PlainModel(self._problem).solve(3600, UNIT_NODES)
        total = 0
        for number in range(1_000_000):
            total += number % 7
        return time.process_time() - started


def run_one(problem: SprintProblem, unit: Unit) -> tuple[Record, Allocation]:
    """Plan an instance with the engine, and give the plain model as long."""
    before = unit.take()
    started = time.process_time()
    found = best(problem)
    seconds = time.process_time() - started
    units = (before + unit.take()) / 2
    broken = violations(problem, found)
    if broken:
        raise SystemExit(f"the plan breaks a constraint: {broken[0]}")
    plain = PlainModel(problem).solve(max(LEAST_SECONDS, seconds))
    of_plan = measure(problem, found)
    record = Record(
        digest=find_digest(problem),
        tiers=list(of_plan.tiers),
        value=found.value,
        bound=found.bound,
        proven=found.proven,
        seconds=round(seconds, 3),
        effort=round(seconds / units, 3),
        finish=round(of_plan.finish, 3),
        pieces=round(of_plan.pieces, 3),
        crumbs=of_plan.crumbs,
        spend=of_plan.spend,
        plain=list(plain.reached),
        plain_bounds=list(plain.bounds),
        plain_dated=has_days(problem, plain.owners),
        plain_seconds=round(plain.seconds, 3),
    )
    return record, found


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.frozen", description=__doc__.split("\n\n")[0])
    parser.add_argument("patterns", nargs="*", help="names, with * for any part of one; all where there is none")
    parser.add_argument(
        "--under", type=float, default=SLOW, help="only instances that took version 1 fewer seconds (default: 60)"
    )
    parser.add_argument("--record", action="store_true", help="write what this engine makes of them")
    parser.add_argument("--answers", action="store_true", help="write the answers' digest beside the engine's version")
    asked = parser.parse_args()
    if asked.answers:
        print(write_answers())
        return
    old = read_records()
    names = [name for name in list_instances() if _is_asked(name, asked.patterns)]
    if not asked.patterns:
        names = [name for name in names if name in old and old[name].seconds < asked.under]
    print(HEADINGS)
    rows: dict[str, Record] = {}
    for name in names:
        rows[name] = _run_and_print(name, old.get(name))
        if asked.record:
            write_records(old | rows)
    _print_summary(rows, old)


def _is_asked(name: str, patterns: list[str]) -> bool:
    return not patterns or any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def _run_and_print(name: str, old: Record | None) -> Record:
    record, _ = run_one(list_instances()[name](), Unit())
    print(format_row(name, record, old), flush=True)
    return record


HEADINGS = (
    f"{'instance':40} {'value':>9} {'bound':>9} {'seconds':>8} {'finish':>6} {'pieces':>6} {'spend':>9}"
    "  against version 1: value, bound, effort, finish; against the plain model: value, bound"
)


def format_row(name: str, record: Record, old: Record | None) -> str:
    """Return one line of the table: what came of it, and the differences."""
    proven = "*" if record.proven else " "
    own = (
        f"{name:40} {record.value / 1000:9.0f} {record.bound / 1000:8.0f}{proven} {record.seconds:8.2f} "
        f"{record.finish:6.1f} {record.pieces:6.2f} {record.spend / 100:9.0f}"
    )
    return f"{own}  {_against_old(record, old)}  {_against_plain(record)}"


def _against_old(record: Record, old: Record | None) -> str:
    if old is None:
        return f"{'(not recorded)':>34}"
    if old.digest != record.digest:
        return f"{'(ANOTHER INSTANCE)':>34}"
    worse = " WORSE" if record.tiers < old.tiers else " SLOW" if is_slower(record, old) else ""
    value, bound = percent(record.value, old.value), percent(record.bound, old.bound)
    return f"{value} {bound} {record.effort / max(old.effort, 1e-9):6.2f}x {record.finish - old.finish:+6.1f}{worse}"


def _against_plain(record: Record) -> str:
    below = is_below_plain(record)
    what = " BELOW PLAIN" if below else "" if record.plain_dated else " (no plan)"
    return f"{percent(sum(record.tiers), sum(record.plain))} {percent(record.bound, sum(record.plain_bounds))}{what}"


def percent(new: int, old: int) -> str:
    """Return by how much a figure differs, in percent."""
    return f"{100 * (new / old - 1):+7.2f}%" if old else f"{'from 0':>8}"


def is_slower(record: Record, old: Record) -> bool:
    """Return whether it took over 1.3 times the effort, leaving out what is too short to be measured."""
    return record.effort > 1.3 * old.effort and record.seconds > LEAST_SECONDS


def is_below_plain(record: Record) -> bool:
    """Return whether the plain model found a better plan in the same seconds."""
    return record.plain_dated and record.tiers < record.plain


def _print_summary(rows: dict[str, Record], old: dict[str, Record]) -> None:
    """Print what must hold over the whole set."""
    known = {name: row for name, row in rows.items() if name in old and old[name].digest == row.digest}
    same = [name for name, row in known.items() if row.tiers == old[name].tiers and old[name].finish]
    sooner = [1 - known[name].finish / old[name].finish for name in same]
    for what, names in (
        ("worse in value than version 1", [name for name, row in known.items() if row.tiers < old[name].tiers]),
        ("better", [name for name, row in known.items() if row.tiers > old[name].tiers]),
        ("over 1.3 times slower", [name for name, row in known.items() if is_slower(row, old[name])]),
        ("below the plain model at equal seconds", [name for name, row in rows.items() if is_below_plain(row)]),
        ("finishing later at equal value", [name for name in same if known[name].finish > old[name].finish + 0.05]),
    ):
        print(f"{len(names):3} of {len(rows)} {what}: {', '.join(names) or 'none'}")
    if sooner:
        print(
            f"value comes in {100 * statistics.median(sooner):.1f}% sooner in the median of {len(same)} of equal value"
        )
    print(f"pieces for each task: {statistics.median(row.pieces for row in rows.values()):.2f} in the median")
    print(f"{sum(row.seconds for row in rows.values()):.0f} s in all, and as much for the yardstick")


def read_records() -> dict[str, Record]:
    """Return what is recorded of version 1, by instance."""
    if not RECORDS.exists():
        return {}
    return {name: Record(**row) for name, row in json.loads(RECORDS.read_text(encoding="utf-8"))["instances"].items()}


def write_records(rows: dict[str, Record]) -> None:
    """Write the records, an instance a line."""
    ordered = [name for name in list_instances() if name in rows]
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(rows[name]._asdict())}" for name in ordered)
    notes = json.dumps(
        f"engine {ENGINE}, Python {sys.version.split()[0]}; effort: seconds / those of a fixed piece of work"
    )
    RECORDS.write_text(f'{{"notes": {notes},\n"instances": {{\n{lines}\n}}}}\n', encoding="utf-8")
