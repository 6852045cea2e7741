"""Runs the fuzzers of the tests for long, with a seed of its own each round: by hand.

    python tests/bench/long_fuzz.py [ENTRY ...] [--seconds 3600] [--seed 1]

Round after round, every property test of an entry point draws new inputs. Each round of each fuzzer prints a line: the
seed, how many inputs it drew, and whether it passed. Counts by entry point come last. A failure prints what pytest says
of it, and the other fuzzers go on. Ends with exit code 1 where one failed.
"""

# ruff: noqa: T201 - a script that prints

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parents[2]
FUZZERS = {
    "files": (
        ("tests/store/test_load_hostile.py::test_any_bytes", 8000),
        ("tests/store/test_load_hostile.py::test_any_bytes_like_yaml", 8000),
    ),
    "arguments": (
        ("tests/cli/test_cli_odd_input.py::test_completion_of_any_words", 4000),
        ("tests/cli/test_cli_odd_input.py::test_any_format_of_dates", 4000),
        ("tests/cli/test_commands_fuzz.py::test_any_command_line", 1000),
    ),
    "environment": (
        ("tests/cli/test_cli_fuzz.py::test_any_environment", 300),
        ("tests/cli/test_cli_fuzz.py::test_any_plan_folder", 300),
        ("tests/cli/test_cli_fuzz.py::test_any_line_to_complete", 4000),
    ),
    "tables": (
        ("tests/cli/test_cli_odd_input.py::test_any_table", 8000),
        ("tests/app/exchange/test_cells_fuzz.py::test_any_cells", 8000),
        ("tests/app/exchange/test_cells_fuzz.py::test_any_rows", 8000),
        ("tests/cli/test_commands_fuzz.py::test_any_import", 1000),
    ),
    "minutes": (("tests/cli/test_cli_fuzz.py::test_any_minutes", 2000),),
    "git": (
        ("tests/cli/test_repository_odd_git.py::test_any_commit", 8000),
        ("tests/cli/test_repository_odd_git.py::test_any_tree", 100),
    ),
    "lsp": (
        ("tests/cli/test_lsp_fuzz.py::test_any_message_has_an_answer", 2000),
        ("tests/cli/test_lsp_fuzz.py::test_any_bytes_are_survived", 2000),
    ),
    "mcp": (("tests/app/assistant/test_tool_hostile.py::test_any_call_is_answered_or_refused_in_words", 1000),),
}
"""The fuzzers of each entry point, and how many inputs each draws a round."""


def run(fuzzer: str, inputs: int, seed: int) -> tuple[int, str]:
    """Return how many inputs a fuzzer drew, and what pytest said if it failed."""
    command = ["-q", "-x", "-p", "no:cacheprovider", f"--inputs={inputs}", f"--hypothesis-seed={seed}", fuzzer]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *command], cwd=HERE, capture_output=True, text=True, check=False
    )
    drawn = re.search(r"^drawn inputs: (\d+)$", ended.stdout, re.MULTILINE)
    return int(drawn[1]) if drawn else 0, ended.stdout + ended.stderr if ended.returncode else ""


def main() -> None:
    """Run in rounds until the time is over, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entries", nargs="*", metavar="ENTRY", help=", ".join(FUZZERS))
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    end, seed, counts, has_failed = time.monotonic() + arguments.seconds, arguments.seed, Counter[str](), False
    while time.monotonic() < end:
        for entry in arguments.entries or FUZZERS:
            for fuzzer, inputs in FUZZERS[entry]:
                drawn, said = run(fuzzer, inputs, seed)
                counts[entry] += drawn
                has_failed |= bool(said)
                total = sum(counts.values())
                print(
                    f"{seed} {drawn:7,} {total:10,} {fuzzer} {'FAILED' if said else 'passed'}\n{said}",
                    end="",
                    flush=True,
                )
        seed += 1
    for entry, count in counts.items():
        print(f"{entry:12} {count:10,}")
    sys.exit(has_failed)


if __name__ == "__main__":
    main()
