"""What the code says, it says once: a constant of the domain has one place, from which others import it."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import revplan

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(revplan.__file__).parent
MODULES = sorted(path for path in ROOT.rglob("*.py") if "_template" not in path.parts)
OF_EACH_MODULE = {
    "TYPE_CHECKING": "modules that answer before anything is imported do without `typing`",
    "SEVERITY": "every rule has one, and it is part of the rule's own description",
    "YEARS": "the command line starts without the model; a test compares the two",
}
"""Constants that each module has of its own, with the reason."""
BY_CHANCE = frozenset(
    (
        "FEW",
        "LONGEST",
        "MONTHS_KEPT",
        "MOST",
        "NAMED",
        "NONE",
        "NOTHING",
        "ROUNDING",
        "ROUNDS",
        "SHOWN",
        "THOUSANDTHS",
    )
)
"""Limits and zeros of one module each: that two have the same name and number says nothing."""


def constants(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and value of each constant at a module's top; what begins with an underscore has the same name."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not name.startswith("__"):
                yield name.strip("_"), ast.unparse(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name.strip("_"), ast.unparse(value)
            case _:
                pass


def find_doubled(paths: list[Path]) -> dict[str, list[str]]:
    """Return the modules of each constant that stands in several with the same name and value."""
    places = defaultdict(list)
    for path in paths:
        for constant in constants(path):
            places[constant].append(path.name)
    return {" = ".join(constant): where for constant, where in places.items() if len(where) > 1}


def test_a_constant_is_defined_once() -> None:
    known = {*OF_EACH_MODULE, *BY_CHANCE}
    doubled = find_doubled(MODULES)
    assert {name: where for name, where in doubled.items() if name.split(" = ")[0] not in known} == {}


UNITS = {"15": "QUARTER_HOUR", "60": "MINUTES_PER_HOUR", "24 * 60": "MINUTES_PER_DAY", "timedelta(days=7)": "ONE_WEEK"}
"""Values of which a name for time says that they are the unit of `model`."""


def test_units_of_time_are_those_of_the_model() -> None:
    named = {
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path in MODULES
        for name, value in constants(path)
        if value in UNITS and name != UNITS[value] and {"HOUR", "QUARTER", "DAY", "WEEK"} & {*name.split("_")}
    }
    assert named == set()


def test_a_doubled_constant_is_found(tmp_path: Path) -> None:
    paths = [tmp_path / "one.py", tmp_path / "other.py", tmp_path / "third.py"]
    for path, text in zip(paths, ("QUARTER = 15\n", "_QUARTER: int = 15\n", "QUARTER = 3\n"), strict=True):
        path.write_text(text, encoding="utf-8")
    assert find_doubled(paths) == {"QUARTER = 15": ["one.py", "other.py"]}
