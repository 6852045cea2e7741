"""The same problem gets the same allocation, whatever the seed of Python's hashing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
sys.path[:0] = sys.argv[1:3]
import generate
from revplan.planning.solve import best, ranked
problem = generate.problem(int(sys.argv[3]), int(sys.argv[4]), 3, sys.argv[5])
print(best(problem), ranked(problem))
"""
FOLDERS = (str(Path(__file__).parents[2]), str(Path(__file__).parent))


def planned(seed: str, *size: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", SCRIPT, *FOLDERS, *size]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("size", [("20", "5", "typical"), ("20", "5", "chained")])
def test_hashing_changes_nothing(size: tuple[str, str, str]) -> None:
    first = planned("1", *size)
    assert "Assignment" in first
    assert planned("77", *size) == first


def test_planning_is_importable_without_the_solver() -> None:
    script = "import sys; import revplan.planning.problem, revplan.planning.constraints, revplan.planning.solve;"
    script += "assert not {'highspy', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], cwd=FOLDERS[0], check=True)
