"""The tests' own order: each stands where the module stands that it tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import revplan

TESTS = Path(__file__).parent
PACKAGE = Path(revplan.__file__).parent
NO_MIRRORS = ("bench", "broken", "stories", "support")
"""Folders of the tests that stand for no package: see tests/README.md."""
OF_THE_REPOSITORY = ("examples", "house", "readme")
"""What tests at the top are about, beside modules: the example plans, the order of the code, the README."""
FILES = sorted(
    path.relative_to(TESTS).as_posix()
    for path in TESTS.rglob("test_*.py")
    if path.relative_to(TESTS).parts[0] not in NO_MIRRORS
)


def is_mirror(file: str) -> bool:
    """Tell whether a test is named after a module of the package in its folder, or after that package as a whole.

    What follows the name of the module is the aspect that is tested: `test_capacity_by_simulation.py`.
    """
    path = Path(file)
    folder = PACKAGE / path.parent
    words = path.stem.removeprefix("test_").split("_")
    names = {"_".join(words[:count]) for count in range(1, len(words) + 1)}
    modules = {each.stem for each in folder.glob("*.py")} | {each.parent.name for each in folder.glob("*/__init__.py")}
    whole = {*OF_THE_REPOSITORY} if folder == PACKAGE else {folder.name} if folder.is_dir() else set()
    return bool(names & (modules | whole))


def test_a_test_stands_where_its_module_stands() -> None:
    assert len(FILES) > len(NO_MIRRORS)
    assert [file for file in FILES if not is_mirror(file)] == []


@pytest.mark.parametrize(
    ("file", "is_one"),
    [
        ("analysis/test_capacity.py", True),
        ("analysis/test_capacity_by_simulation.py", True),
        ("app/guide/test_guide_agreement.py", True),
        ("planning/test_solve_laws.py", True),
        ("test_wording.py", True),
        ("test_revplan.py", False),
        ("analysis/test_capacities.py", False),
        ("formats/test_capacity.py", False),
        ("guide/test_guide.py", False),
    ],
)
def test_what_a_mirror_is(file: str, is_one: bool) -> None:
    assert is_mirror(file) == is_one


def test_the_readme_of_the_tests_has_a_row_for_each_folder_that_is_no_mirror() -> None:
    text = (TESTS / "README.md").read_text(encoding="utf-8")
    assert [name for name in NO_MIRRORS if f"| `tests/{name}/" not in text] == []
