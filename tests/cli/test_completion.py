from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.app.editing.entries import declared_ids
from revplan.cli import completion
from revplan.model.plan import KIND_BY_NAME, KINDS, SINGLETONS
from revplan.model.playbooks import catalogue_ids
from revplan.nouns import NOUNS, PATHS
from revplan.store.ids import ids, ids_below
from revplan.store.load import read
from tests.support import grammar
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

ROOT = Path(completion.__file__).parents[2]
PLAN = """tactics:
  page: {title: A, function: sales, impact: 5, tasks: {do: {skill: copy, hours: 4}}}
  post: {title: B, function: sales, impact: 5, tasks: {do: {skill: copy, hours: 4}}}
team:
  dana: {name: D, kind: employee, function: sales, hours_per_week: 40}
"""


def asked(run: Run, root: Path, line: str, shell: str = "bash") -> list[str]:
    """Return what a shell is answered for a line whose last word is being typed."""
    words = line.split(" ")
    environment = {"_REVPLAN_COMPLETE": f"complete_{shell}", "REVPLAN_PLAN": str(root)}
    if shell == "bash":
        environment |= {"COMP_WORDS": f"revplan {line}", "COMP_CWORD": str(len(words))}
    else:
        environment |= {"_TYPER_COMPLETE_ARGS": f"revplan {line}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    result = run(environment=environment)
    assert (result.code, result.err) == (0, "")
    return result.out.splitlines()


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("tact", ["tactic"]),
        ("tactic sh", ["show"]),
        ("tactic show p", ["page", "post"]),
        ("tactic edit page --notes x --requires po", ["post"]),
        ("tactic add Title --obj", ["--objective"]),
        ("team time-off d", ["dana"]),
        ("team time-off dana 2026-12-01 ", [""]),
        ("task show page/", ["page/do"]),
        ("rename tactic pa", ["page"]),
        ("refs memb", ["member"]),
        ("validate --format git", ["github", "gitlab"]),
        ("tactic show 'p", ["page", "post"]),
        ("report ro", ["roadmap"]),
        ("tactic add Title --tier ", ["must", "should", "nice"]),
        ("sprint plan --policy r", ["rank"]),
        ("init --example mi", ["minimal"]),
        ("todo done one ", [""]),
        ("tactic show page p", [""]),
        ("tactic edit page --objective x --tier m", ["must"]),
        ("nonsense ", [""]),
        ("-C ", [""]),
        ("--today ", [""]),
        ("--today 2026-12-01 --color a", ["auto", "always"]),
        ("--today 2026-12-01 --color never tactic show p", ["page", "post"]),
    ],
)
def test_bash_is_answered(run: Run, make_plan: MakePlan, line: str, answer: list[str]) -> None:
    assert asked(run, make_plan(PLAN), line) == answer


def test_a_value_may_follow_an_equals_sign(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(PLAN)
    assert asked(run, root, "tactic edit page --tier = m") == ["must"]
    assert asked(run, root, "tactic edit page --tier =") == ["must", "should", "nice"]
    assert asked(run, root, "tactic edit page --tier=m", "fish") == ["--tier=must"]
    assert asked(run, root, "tactic edit page --requires=po", "fish") == ["--requires=post"]


TYPER = tuple(map(int, metadata.version("typer").split(".")[:2]))


@pytest.mark.skipif(TYPER < (0, 29), reason="typer before 0.29 describes no parameters")
def test_the_table_is_what_the_commands_say(golden: Callable[[Path, str], None]) -> None:
    golden(Path(completion.__file__).with_name("completion.txt"), grammar.table())


def test_nothing_is_imported_that_takes_long() -> None:
    code = "import sys; from revplan.cli import main\ntry: main()\nexcept SystemExit: print(*sys.modules)"
    environment = {"_REVPLAN_COMPLETE": "complete_bash", "COMP_WORDS": "revplan tactic show ", "COMP_CWORD": "3"}
    asked = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(asked.stdout.split())
    assert "revplan.store.ids" in loaded
    assert loaded.isdisjoint(("typer", "pydantic", "yaml", "rich", "typing", "pathlib", "json"))


def test_zsh_and_fish_are_answered(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(PLAN)
    assert asked(run, root, "tactic show p", "zsh") == ['_arguments \'*: :(("page"', '"post"))\'']
    assert r"""Show one person'\''s page""" in "".join(asked(run, root, "sprint brie", "zsh"))
    assert asked(run, root, "tactic show z", "zsh") == ["_files"]
    assert asked(run, root, "tactic show p", "fish") == ["page", "post"]
    assert asked(run, root, "persona l", "fish") == ["list\tList them."]


def test_the_plan_named_on_the_line_is_the_one_asked(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    root = make_plan(PLAN)
    assert asked(run, tmp_path, f"-C {root} tactic show pa") == ["page"]
    assert asked(run, tmp_path, f"tactic show --plan {root} pa") == ["page"]


@pytest.mark.parametrize("example", ["harbourline", "minimal"])
def test_the_scan_finds_what_reading_finds(example: str) -> None:
    plan = read(EXAMPLES / example).plan
    for kind, path in PATHS.items():
        brought = catalogue_ids() if kind == "playbook" else frozenset()
        assert set(ids(str(EXAMPLES / example), path)) == declared_ids(plan, kind) | brought, kind


def test_the_paths_are_those_of_the_model() -> None:
    for kind in KINDS:
        if kind in SINGLETONS:
            continue
        owner = KIND_BY_NAME[kind.owner].path if kind.owner else ()
        assert PATHS[kind.name] == ((*owner, "*", kind.within) if kind.owner else kind.path)
    assert len(PATHS) == len(KINDS) - len(SINGLETONS)


@pytest.mark.parametrize(
    "text",
    [
        "team: {a: {name: x, skills: {no: 1}}, b: {}}\n",
        "team:\n  a:\n    name: don't # it's\n  'b': {}\n",
        'team:\n  # c: no\n  a: {name: "d: {", kind: x,\n    e: f}\n  b:\n    {name: x}\nmetrics:\n  z: {}\n',
        "team:\n    a:\n        skills:\n            no: 3\n    b:\nstrategy: {team: {no: 1}}\n",
    ],
)
def test_ids_are_found_however_they_are_written(text: str) -> None:
    assert sorted(ids_below(text, ("team",))) == ["a", "b"]


def test_every_option_completes_what_its_field_refers_to() -> None:
    from revplan.model import references

    for noun in NOUNS:
        model = KIND_BY_NAME[noun.kind].model
        shapes = {key: shape for _, key, shape in references._referring_fields(model)}
        names = {field.alias or name for name, field in model.model_fields.items()}
        for flag in noun.flags:
            assert flag.field in names, (noun.kind, flag.field)
            shape = shapes.get(flag.field)
            kind = shape and (shape.kind or (shape.item and shape.item.kind))
            assert flag.kind == (None if kind == "sibling-task" else kind), (noun.kind, flag.field)
