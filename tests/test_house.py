"""The code's own order: maps that are true, names that stand for one thing, modules of a size to be found by."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from statistics import median

import grimp
import pytest

import revplan

ROOT = Path(revplan.__file__).parent
LEFT_OUT = ("_template",)
"""Folders that these tests pass over: files for `init` are no code."""
MODULES = sorted(path for path in ROOT.rglob("*.py") if not {*LEFT_OUT} & {*path.relative_to(ROOT).parts})
PACKAGES = [path.parent for path in MODULES if path.name == "__init__.py" and path.parent.name != "rules"]
"""All but the rules, which stand in a table of their own."""
MOST_LINES, USUAL_LINES = 400, 90


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
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


GUIDE = (ROOT.parent / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")


def defined_in(path: Path) -> set[str]:
    """Return the names of what a module defines at its top."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                found.add(node.name)
            case ast.ImportFrom(module="revplan.rules.silent"):  # of what is checked at load
                found |= {each.name for each in node.names}
            case ast.Assign():
                found |= {each.id for each in node.targets if isinstance(each, ast.Name)}
            case _:
                pass
    return found


def asked_in(heading: str) -> set[str]:
    """Return the names in code that the first step under a heading of CONTRIBUTING asks of a new file."""
    step = GUIDE.split(f"\n## {heading}\n", 1)[1].split("\n2. ", 1)[0]
    return {code.partition("(")[0] for code in step.split("`")[1::2] if "/" not in code}


def test_the_map_for_contributors_names_every_package() -> None:
    rows = set(re.findall(r"^\| `revplan/([a-z_.]+)` \|", GUIDE, re.MULTILINE))
    parts = {name.rstrip("/") for name in in_the_folder(ROOT) if not name.startswith("_")}
    assert {name.removesuffix(".py") for name in rows} == parts


def test_every_file_that_the_guide_for_contributors_names_is_there() -> None:
    named = re.findall(r"`((?:revplan|tests|examples|\.ci)/[^`<>*]+)`", GUIDE)
    assert [name for name in named if not (ROOT.parent / name.split(" ")[0]).exists()] == []
    assert len(named) > len("a map and ten lists")


FORMATS = re.findall(r"from revplan\.formats import (\w+)", (ROOT / "formats" / "table.py").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("heading", "files"),
    [
        ("Add a rule", [path for path in (ROOT / "rules").glob("*.py") if "CODE" in defined_in(path)]),
        ("Add a planning constraint", [*(ROOT / "planning" / "constraints").glob("[!_]*.py")]),
        ("Add a format", [ROOT / "formats" / f"{name}.py" for name in FORMATS]),
    ],
)
def test_what_contributors_are_asked_to_write_is_what_such_files_have(heading: str, files: list[Path]) -> None:
    asked = asked_in(heading)
    assert asked
    assert len(files) > len(asked)
    lacking = {path.name: asked - defined_in(path) for path in files}
    assert {name: names for name, names in lacking.items() if names} == {}


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


WORD = re.compile(r"\w+")
IRREGULAR = WORD.findall("""
    begun bought built chosen done drawn driven found given gone grown held kept known laid left lost made met paid said
    seen sent shown sold spent spoken taken thrown told won written
""")
"""Participles that do not end in -ed, as names have begun with them."""
PARTICLES = WORD.findall("as at away by for forward from here in into off on out over since so to too up with within")
NOT_PARTICIPLES = WORD.findall("embed feed need red seed speed")
OF_THE_PROTOCOL = ("app/editor/server.py: initialized",)
"""Functions named as the language server protocol names the message that they handle."""


def is_participle(name: str) -> bool:
    """Tell whether a name is a participle with nothing that it belongs to, such as `moved` or `_drawn_in`."""
    first, *rest = name.strip("_").split("_")
    if first not in IRREGULAR and (not first.endswith("ed") or first in NOT_PARTICIPLES):
        return False
    is_compound = (first, *rest[:1]) in {("left", "out"), ("built", "in")} and len(rest) > 1
    return not is_compound and (not rest or rest[0] in PARTICLES)


def test_functions_are_named_by_what_they_do_or_return_and_never_by_a_participle() -> None:
    found = set()
    for path in MODULES:
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and is_participle(node.name):
                is_value = any("property" in ast.unparse(each) for each in node.decorator_list)
                found |= set() if is_value else {f"{name}: {node.name}"}
    assert found == set(OF_THE_PROTOCOL)


COMMANDS = ("cli/", "app/assistant/")
"""Packages whose docstrings are help texts, for whoever runs a command."""


def raises_here(function: ast.FunctionDef) -> bool:
    """Tell whether a function raises an error itself, not by the functions in it."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Raise) and node.exc is not None:
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
    return False


def test_a_public_function_that_raises_says_so() -> None:
    silent = []
    for path in MODULES:
        name = path.relative_to(ROOT).as_posix()
        for owner in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if not name.startswith(COMMANDS) else ():
            is_public = isinstance(owner, ast.Module) or (isinstance(owner, ast.ClassDef) and owner.name[0] != "_")
            for node in owner.body if is_public and isinstance(owner, ast.Module | ast.ClassDef) else ():
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and raises_here(node):
                    said = ast.get_docstring(node) or ""
                    silent += [f"{name}: {node.name}"] if "raise" not in said.lower() else []
    assert silent == []


SECTION = re.compile(r"^Args:\n((?: {4}.*\n?|\n)+)", re.MULTILINE)


def test_arguments_that_a_docstring_lists_are_those_that_the_function_takes() -> None:
    wrong = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            listed = SECTION.search(ast.get_docstring(node) or "") if isinstance(node, ast.FunctionDef) else None
            if isinstance(node, ast.FunctionDef) and listed is not None:
                names = {
                    each
                    for line in re.findall(r"^ {4}([\w, ]+):", listed[1], re.MULTILINE)
                    for each in line.split(", ")
                }
                taken = {each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)}
                taken |= {each.arg for each in (node.args.vararg, node.args.kwarg) if each is not None}
                wrong += (
                    [f"{path.relative_to(ROOT).as_posix()}: {node.name}"] if names != taken - {"self", "cls"} else []
                )
    assert wrong == []


def test_imports_for_types_stand_in_one_place() -> None:
    blocks = {
        path.relative_to(ROOT).as_posix(): sum(
            isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            for node in ast.parse(path.read_text(encoding="utf-8")).body
        )
        for path in MODULES
    }
    assert {name: count for name, count in blocks.items() if count > 1} == {}


def test_a_module_hands_on_only_names_that_it_has() -> None:
    places = {path: ".".join(path.relative_to(ROOT.parent).with_suffix("").parts) for path in MODULES}
    modules = [import_module(name.removesuffix(".__init__")) for name in places.values() if "__main__" not in name]
    listed = {module.__name__: module.__all__ for module in modules if hasattr(module, "__all__")}
    assert listed
    assert [
        f"{name}.{each}" for name, names in listed.items() for each in names if not hasattr(sys.modules[name], each)
    ] == []


def modules_that_need_each_other(needs: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return what is left of who needs whom once nobody is left who needs nobody, or whom nobody needs."""
    left = {name: own & needs.keys() - {name} for name, own in needs.items()}
    while True:
        needed = set[str]().union(*left.values())
        kept = {name: own for name, own in left.items() if own and name in needed}
        if kept.keys() == left.keys():
            return kept
        left = {name: own & kept.keys() for name, own in kept.items()}


def test_who_needs_each_other_is_found() -> None:
    needs = {"top": {"one"}, "one": {"two", "low"}, "two": {"one"}, "low": set[str]()}
    assert modules_that_need_each_other(needs) == {"one": {"two"}, "two": {"one"}}
    assert modules_that_need_each_other({"top": {"one", "two"}, "one": {"two"}, "two": set[str]()}) == {}


FACES = {"revplan.cli": "revplan.cli.commands", "revplan.reports.document": "revplan.reports.figures"}
"""A package's face that starts what stands in it, and a document that knows one figure of those made of its words."""


def test_no_two_modules_need_each_other_not_even_inside_of_a_function() -> None:
    graph = grimp.build_graph("revplan", exclude_type_checking_imports=True, cache_dir=None)
    needs = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    for face, needed in FACES.items():
        needs[face].remove(needed)
    assert modules_that_need_each_other(needs) == {}
