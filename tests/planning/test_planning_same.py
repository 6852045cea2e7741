"""The same plan gets the same sprint, byte for byte, wherever and however it is kept."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SCRIPT = """
import sys
sys.path[:0] = sys.argv[1:3]
from tests.support import generate
from revplan.planning.solve import best, fill_by_rank
problem = generate.problem(int(sys.argv[3]), int(sys.argv[4]), 3, sys.argv[5])
print(best(problem), fill_by_rank(problem))
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


SMALL = Path(__file__).with_name("small.yaml")
COMMANDS = (
    ("sprint", "plan"),
    ("sprint", "plan", "--format", "json"),
    ("sprint", "plan", "--what-if", "team.ines.hours_per_week=6"),
    ("explain", "book"),
)
SCREENS = ({"COLUMNS": "80"}, {"COLUMNS": "200"})
RUN = """
import json, os, sys
from revplan.cli import main
for command in json.loads(sys.argv[1]):
    sys.argv = ["revplan", *command]
    print(command[:-4], flush=True)
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, command
    sys.stdout.flush()
"""


def runs(commands: Sequence[tuple[str, ...]], root: Path, place: Mapping[str, str]) -> bytes:
    """Return everything that these commands print, run in one process of its own."""
    here = ("--today", "2026-12-07", "-C", str(root))
    arguments = json.dumps([[*command, *here] for command in commands])
    command = [sys.executable, "-c", RUN, arguments]
    return subprocess.run(command, env={**os.environ, **place}, capture_output=True, check=True, cwd=FOLDERS[0]).stdout


def in_files(root: Path, order: Callable[[list[str]], list[str]]) -> Path:
    """Write the small plan with a file for each entry, named by their place in an order."""
    loose = re.split(r"(?m)^(?=\w+:$)", SMALL.read_text(encoding="utf-8"))[1:]
    found = []
    for section in loose:
        name, body = section.split("\n", 1)
        if name in ("team:", "tactics:"):
            found += [f"{name}\n{entry}" for entry in re.split(r"(?m)^(?=  \w)", body) if entry]
        else:
            root.mkdir(exist_ok=True)
            (root / f"{name[:-1]}.yaml").write_text(section, encoding="utf-8")
    assert len(found) == 12
    for number, text in enumerate(order(found)):
        (root / f"{number:03}.yaml").write_text(text, encoding="utf-8")
    return root


TEN = (
    ("0", "UTC", "C", "1"),
    ("1", "Pacific/Kiritimati", "tr_TR.UTF-8", "4"),
    ("2", "America/Adak", "de_DE.UTF-8", "2"),
    ("3", "Asia/Kathmandu", "ja_JP.EUC-JP", "8"),
    ("77", "Europe/Dublin", "C.UTF-8", "3"),
    ("1234", "Antarctica/Troll", "fr_FR.ISO-8859-1", "16"),
    ("4294967295", "Asia/Tehran", "POSIX", "1"),
    ("31337", "Australia/Lord_Howe", "az_AZ.UTF-8", "2"),
    ("99", "America/Caracas", "ar_EG.UTF-8", "5"),
    ("random", "Etc/GMT+12", "en_US.UTF-8", "7"),
)
"""Hash seed, time zone, locale and threads, each time others."""


def test_ten_runs_anywhere_say_the_same_in_every_byte(tmp_path: Path) -> None:
    orders: tuple[Callable[[list[str]], list[str]], ...] = (sorted, lambda texts: sorted(texts)[::-1])
    layouts = [in_files(tmp_path / str(number), order) for number, order in enumerate(orders)]
    whole = tmp_path / "whole"
    whole.mkdir()
    shutil.copy(SMALL, whole / "revplan.yaml")
    layouts.append(whole)
    said: dict[str, set[bytes]] = {}
    for number, (seed, zone, locale, threads) in enumerate(TEN):
        place = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale, "OMP_NUM_THREADS": threads}
        screen = SCREENS[number % len(SCREENS)]
        found = runs(COMMANDS, layouts[number % len(layouts)], {**place, **screen, "PYTHONUTF8": "1"})
        said.setdefault(screen["COLUMNS"], set()).add(found)
    assert [len(one) for one in said.values()] == [1, 1]
    assert all(b'"proven": true' in one and b"Under way" in one for found in said.values() for one in found)


def test_reports_and_agendas_say_the_same_anywhere(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    root = Path(shutil.copy(SMALL, tmp_path / "plan" / "revplan.yaml")).parent
    said = []
    for number, (seed, zone, locale, threads) in enumerate(TEN[:2]):
        place = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "OMP_NUM_THREADS": threads, "PYTHONUTF8": "1"}
        site = tmp_path / f"site{number}"
        report = ("report", "--all", "--format", "html", "-o", str(site))
        agendas = [("agenda", kind, "--format", "markdown") for kind in ("weekly", "sprint", "quarter")]
        runs((report,), root, place)
        pages = {str(page.relative_to(site)): page.read_bytes() for page in sorted(site.rglob("*")) if page.is_file()}
        said.append((runs(agendas, root, place), pages))
    assert said[0] == said[1]
    assert len(said[0][1]) > 1


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
    for file in sorted(HARBOURLINE.rglob("*.yaml"), reverse=True):
        text = file.read_text(encoding="utf-8")
        folder = root / file.relative_to(HARBOURLINE).parent
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
    found = sprint_of(HARBOURLINE, PLACES[0])
    assert b'"proven": true' in found
    assert sprint_of(tmp_path, PLACES[1]) == found
