"""What `revplan fmt` takes of ever longer files: run by hand.

    python -m tests.bench.fmt_bench [COUNT]

Prints the processor's seconds of one file with so many tactics (10,000 unless said) and of three halvings of it, for a
file that is canonical, for one that lacks its spacing, and for one whose keys stand in any order. Each doubling is to
take little more than twice the time: the last column is how many times as much it took.
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import sys
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from revplan.store.edit.canonical import canonical
from tests.bench.validate_bench import fastest, tactic

if TYPE_CHECKING:
    from collections.abc import Callable

HALVINGS = 3


def spread(number: int) -> str:
    """Return a tactic after too many empty lines, with a comment in it."""
    return "\n\n\n" + tactic(number).replace("    impact", "    # as the team sees it   \n    impact")


def shuffled(number: int) -> str:
    """Return a tactic whose keys stand in any order."""
    name, *rows = tactic(number).splitlines(keepends=True)
    keys = [*rows[:-3], "".join(rows[-3:])]
    Random(number).shuffle(keys)  # noqa: S311 - no secret
    return "".join((name, *keys))


def show(name: str, one: Callable[[int], str], count: int) -> None:
    """Print the times of one kind of file."""
    before = None
    for halving in range(HALVINGS, -1, -1):
        text = "tactics:\n" + "".join(map(one, range(count >> halving)))
        text = canonical(text) if name == "canonical" else text
        seconds = fastest(partial(canonical, text), runs=1)
        growth = f"{seconds / before:5.2f} x" if before is not None else ""
        print(f"{name:10} {count >> halving:7,} tactics {seconds:7.3f} s {growth}")
        before = seconds


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for name, one in (("canonical", tactic), ("spread", spread), ("shuffled", shuffled)):
        show(name, one, count)


if __name__ == "__main__":
    main()
