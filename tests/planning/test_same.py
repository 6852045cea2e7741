"""The same plan gets the same sprint, byte for byte, wherever and however it is kept."""

from __future__ import annotations

import os
import re
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


EXAMPLE = Path(__file__).parents[2] / "examples" / "harbourline"

PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "OMP_NUM_THREADS": "4"},
)


def sprint_of(root: Path, place: dict[str, str]) -> bytes:
    """Return the sprint of a plan as it is printed for programs."""
    arguments = ("sprint", "plan", "2026-12", "--today", "2026-11-22", "--format", "json", "-C", str(root))
    command = [sys.executable, "-m", "revplan", *arguments]
    ran = subprocess.run(command, env={**os.environ, **place}, capture_output=True, check=True, cwd=FOLDERS[0])
    return ran.stdout


def kept_otherwise(root: Path) -> None:
    """Write the example so that each tactic and member has a file of its own, named in another order."""
    number = 0
    for file in sorted(EXAMPLE.rglob("*.yaml"), reverse=True):
        text = file.read_text(encoding="utf-8")
        folder = root / file.relative_to(EXAMPLE).parent
        folder.mkdir(parents=True, exist_ok=True)
        collection = re.match(r"(?:#.*\n|\n)*(tactics|team):\n", text)
        body = text[collection.end() :] if collection else ""
        if not collection or re.search(r"(?m)^\w", body):
            (folder / file.name).write_text(text, encoding="utf-8")
            continue
        entries = [entry for entry in re.split(r"(?m)^(?=  [\w-]+:)", body) if entry.startswith("  ") and entry.strip()]
        for entry in reversed(entries):
            number += 1
            (folder / f"{number:03}.yaml").write_text(f"{collection[1]}:\n{entry}", encoding="utf-8")
    assert number > 30, "the example is kept as it was"


def test_neither_the_place_nor_the_order_of_the_files_changes_a_byte(tmp_path: Path) -> None:
    kept_otherwise(tmp_path)
    found = sprint_of(EXAMPLE, PLACES[0])
    assert b'"proven": true' in found
    assert sprint_of(tmp_path, PLACES[1]) == found
