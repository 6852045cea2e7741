"""The code's own order: maps that are true, names that stand for one thing, modules of a size to be found by."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path
from statistics import median

import pytest

import revplan

ROOT = Path(revplan.__file__).parent
LEFT_OUT = ("_template",)
"""Folders that these tests pass over: files for `init` are no code."""
MODULES = sorted(path for path in ROOT.rglob("*.py") if not {*LEFT_OUT} & {*path.relative_to(ROOT).parts})
PACKAGES = [path.parent for path in MODULES if path.name == "__init__.py" and path.parent.name != "rules"]
"""All but the rules, which stand in a table of their own."""
MOST_LINES, USUAL_LINES = 400, 90
DOUBLED = {"Column", "Reading"}
"""Class names that stand for several classes. Each is to be renamed; none may be added."""


def on_the_map(package: Path) -> list[str]:
    """Return the names before the columns of a package's docstring; the formatter indents some of them by four."""
    text = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")), clean=False) or ""
    return re.findall(r"^(?: {4})?([a-z_]+/?)  +\S", text, re.MULTILINE)


def in_the_folder(package: Path) -> list[str]:
    """Return the modules of a package, and its packages with a slash, by name."""
    modules = [path.stem for path in package.glob("*.py") if not path.stem.startswith("__")]
    return sorted((*modules, *(f"{path.parent.name}/" for path in package.glob("*/__init__.py"))))


def names_of(package: Path) -> str:
    return package.relative_to(ROOT.parent).as_posix()


@pytest.mark.parametrize("package", PACKAGES, ids=names_of)
def test_the_map_of_a_package_is_its_folder(package: Path) -> None:
    assert on_the_map(package) == in_the_folder(package)


def test_a_class_name_stands_for_one_class() -> None:
    places = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: where for name, where in places.items() if len(where) > 1 and name not in DOUBLED} == {}


def test_modules_are_short_enough_to_be_read_and_long_enough_to_be_found() -> None:
    sizes = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > MOST_LINES} == {}
    assert median(size for name, size in sizes.items() if not re.search(r"^rules/|__init__", name)) > USUAL_LINES


def test_nobody_only_hands_the_currency_on() -> None:
    """Amounts are said where the words are made; a function that takes the plan's currency says something in it."""
    idle = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                taken = {
                    each.arg
                    for each in node.args.args
                    if each.annotation and ast.unparse(each.annotation) == "Currency"
                }
                said = {ast.unparse(each.value) for each in ast.walk(node) if isinstance(each, ast.Attribute)}
                idle += [f"{path.relative_to(ROOT).as_posix()}: {node.name}" for name in taken - said]
    assert idle == []
