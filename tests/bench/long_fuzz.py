"""Runs the fuzzers of the tests for long, with a seed of its own each round: by hand.

    python -m tests.bench.long_fuzz [ENTRY ...] [--seconds 3600] [--seed 1] [--times 1]

Round after round, in one process, every property test of an entry point draws new inputs; those that cost little draw
many. Each round of each fuzzer prints a line: the seed, how many inputs it drew, how many all have drawn, and whether
it passed. Counts by entry point come last. A failure prints what pytest says of it, and the other fuzzers go on. Ends
with exit code 1 where one failed.
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
FUZZERS = {
    "files": {
        "tests/store/test_load_hostile.py::test_any_bytes": 100,
        "tests/store/test_load_hostile.py::test_any_bytes_like_yaml": 100,
        "tests/store/test_load_mutated.py::test_any_file_nearly_right_is_read": 6000,
        "tests/store/test_load_mutated.py::test_any_plan_nearly_right_is_judged_and_shown": 500,
        "tests/store/test_load_mutated.py::test_any_plan_nearly_right_is_fixed_and_set_in_order": 400,
    },
    "arguments": {
        "tests/cli/test_cli_odd_input.py::test_completion_of_any_words": 300,
        "tests/cli/test_cli_odd_input.py::test_any_format_of_dates": 1000,
        "tests/cli/test_completion_mutated.py::test_any_line_nearly_right_is_completed": 6000,
        "tests/cli/test_commands_fuzz.py::test_any_command_line": 100,
        "tests/cli/test_commands_fuzz.py::test_any_example_nearly_right": 150,
    },
    "environment": {
        "tests/cli/test_cli_fuzz.py::test_any_environment": 20,
        "tests/cli/test_cli_fuzz.py::test_any_plan_folder": 30,
        "tests/cli/test_cli_fuzz.py::test_any_line_to_complete": 1000,
    },
    "tables": {
        "tests/cli/test_cli_odd_input.py::test_any_table": 500,
        "tests/app/exchange/test_cells_fuzz.py::test_any_cells": 50,
        "tests/app/exchange/test_cells_fuzz.py::test_any_rows": 300,
        "tests/app/exchange/sources/test_sources_mutated.py::test_any_table_nearly_right": 5000,
        "tests/app/exchange/sources/test_sources_mutated.py::test_any_export_nearly_right": 300,
        "tests/app/exchange/sources/test_sources_mutated.py::test_any_calendar_nearly_right": 5000,
        "tests/cli/test_commands_fuzz.py::test_any_import": 60,
    },
    "minutes": {
        "tests/cli/test_cli_fuzz.py::test_any_minutes": 50,
        "tests/app/editing/test_meeting_mutated.py::test_any_sheet_nearly_right": 30000,
        "tests/app/guide/test_sheets_mutated.py::test_any_sheet_nearly_right": 100,
    },
    "git": {
        "tests/cli/test_repository_odd_git.py::test_any_commit": 500,
        "tests/cli/test_repository_odd_git.py::test_any_commit_nearly_right": 100000,
        "tests/cli/test_repository_odd_git.py::test_any_tree": 8,
    },
    "lsp": {
        "tests/cli/test_lsp_fuzz.py::test_any_message_has_an_answer": 200,
        "tests/cli/test_lsp_fuzz.py::test_any_bytes_are_survived": 200,
        "tests/app/editor/test_server_mutated.py::test_any_text_nearly_right_is_worked_on": 1000,
    },
    "mcp": {
        "tests/app/assistant/test_tool_hostile.py::test_any_call_is_answered_or_refused_in_words": 100,
        "tests/app/assistant/test_tool_mutated.py::test_any_call_nearly_right": 500,
    },
}
"""The fuzzers of each entry point, and how many inputs each draws a round: some seconds' worth of each."""


class Round:
    """A round, as pytest is told of it: each fuzzer draws its own number of inputs, and prints a line as it ends."""

    def __init__(self, seed: int, inputs: dict[str, int], before: int) -> None:
        self.seed, self.inputs, self.total = seed, inputs, before
        self.drawn: Counter[str] = Counter()
        self.has_failed = False

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        from tests.support.inputs import draw_many

        for item in items:
            draw_many(item.obj, self.inputs[_fuzzer(item.nodeid)], self.seed)  # type: ignore[attr-defined]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        from tests.support.inputs import take_drawn

        self.has_failed |= report.failed
        if report.when != "call" or not (drawn := take_drawn()):
            return
        self.drawn[_fuzzer(report.nodeid)] += drawn
        self.total += drawn
        said = f"{report.outcome} in {report.duration:.1f} s"
        print(f"\n{self.seed} {drawn:7,} {self.total:10,} {report.nodeid} {said}", flush=True)


def _fuzzer(node: str) -> str:
    return node.partition("[")[0]


def main() -> None:
    """Run in rounds until the time is over, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entries", nargs="*", metavar="ENTRY", help=", ".join(FUZZERS))
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=float, default=1, help="How many times as many inputs a round.")
    arguments = parser.parse_args()
    end, seed, counts, has_failed = time.monotonic() + arguments.seconds, arguments.seed, Counter[str](), False
    while time.monotonic() < end:
        for entry in arguments.entries or FUZZERS:
            inputs = {name: max(1, int(count * arguments.times)) for name, count in FUZZERS[entry].items()}
            told = Round(seed, inputs, counts.total())
            options = ("-q", "-p", "no:cacheprovider", f"--rootdir={HERE}", f"--hypothesis-seed={seed}")
            pytest.main([*options, *(str(HERE / name) for name in inputs)], plugins=[told])
            counts[entry] += told.drawn.total()
            has_failed |= told.has_failed
        seed += 1
        print("\n".join(f"{entry:12} {count:10,}" for entry, count in counts.items()), flush=True)
    sys.exit(has_failed)


if __name__ == "__main__":
    main()
