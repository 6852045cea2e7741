from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

MISSPELLED = """tactics:
  page:
    title: New page
    function: sales
    impact: 5
    personas: [plant-manger]
    tasks: {do: {skill: copy, hours: 4}}
personas:
  plant-manager: {name: P, segment: plants, buying_role: champion, goals: [g], pains: [p], channels: [mail]}
strategy: {segments: {plants: {name: Plants}}}
"""


def test_a_finding_shows_its_place_and_the_way_out(run: Run, make_plan: MakePlan) -> None:
    result = run("validate", "-C", make_plan(MISSPELLED), "--select", "RP2")
    assert result.code == 1
    assert result.out == (
        'error[RP201] unknown-persona: no persona "plant-manger"\n'
        " --> plan.yaml:6:16\n"
        "  |\n"
        "6 |     personas: [plant-manger]\n"
        '  |                ^^^^^^^^^^^^ did you mean "plant-manager"?\n'
        "  = revplan explain RP201\n\n"
    )
    assert result.err.startswith("1 error in 2 files (")


def test_colour_is_for_those_who_want_it(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(MISSPELLED)
    assert "\x1b" not in run("validate", "-C", root).out
    assert "\x1b[1;31merror[RP201]\x1b[0m" in run("validate", "-C", root, "--color", "always").out


def test_json_is_a_versioned_contract(run: Run, make_plan: MakePlan) -> None:
    result = run("validate", "-C", make_plan(MISSPELLED), "--format", "json", "--select", "RP2")
    document = json.loads(result.out)
    assert (document["schema"], document["files"], result.code) == ("revplan/findings/1", 2, 1)
    assert document["findings"] == [
        {
            "code": "RP201",
            "slug": "unknown-persona",
            "severity": "error",
            "message": 'no persona "plant-manger"',
            "hint": 'did you mean "plant-manager"?',
            "location": {"file": "plan.yaml", "line": 6, "column": 16, "end_line": 6, "end_column": 28},
            "related": [],
            "fix": {
                "location": {"file": "plan.yaml", "line": 6, "column": 16, "end_line": 6, "end_column": 28},
                "text": "plant-manager",
            },
        }
    ]


@pytest.mark.parametrize("where", ["before", "after", "environment", "below"])
def test_the_plan_is_named_in_every_way(
    run: Run, make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    root = make_plan({"deep/a.yaml": ""})
    if where == "before":
        result = run("-C", root, "validate")
    elif where == "after":
        result = run("validate", "--plan", root)
    elif where == "environment":
        result = run("validate", environment={"REVPLAN_PLAN": str(root)})
    else:
        monkeypatch.chdir(root / "deep")
        result = run("validate")
    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("no findings in 2 files")


def test_no_plan_is_a_usage_error_with_a_way_out(run: Run, tmp_path: Path) -> None:
    result = run("validate", "-C", tmp_path)
    assert result.code == 2
    assert "there is no plan in" in result.err
    assert "revplan init" in result.err
    assert "Traceback" not in result.err


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("validate", "-C", tmp_path / "nowhere")
    assert (result.code, "there is no folder" in result.err) == (2, True)


def test_hostile_text_reaches_the_terminal_as_text(run: Run, make_plan: MakePlan) -> None:
    result = run("validate", "-C", make_plan('tactics:\n  "\\e[31m[bold]\\u202Ered": {}\n'), "--color", "always")
    assert result.code == 1
    assert "\\x1b[31m[bold]\\u202ered" in result.out


@pytest.mark.parametrize("example", ["harbourline", "minimal"])
def test_examples_have_no_errors(run: Run, example: str) -> None:
    result = run("validate", "-C", EXAMPLES / example)
    assert result.code == 0, result.out


def test_the_smallest_example_has_no_finding_at_all(run: Run) -> None:
    assert run("validate", "-C", EXAMPLES / "minimal").out == ""


def test_version_and_help(run: Run) -> None:
    assert run("--version").out.startswith("revplan ")
    assert "validate" in run("--help").out
    assert "Example:" in run("validate", "--help").out
    assert run("validate", "--no-such-option").code == 2


def test_validate_imports_neither_numpy_nor_planning_nor_the_editing_commands() -> None:
    """The example has a goal that its budget cannot pay for, so the rule with the levers runs whole."""
    code = (
        "import sys; from revplan.cli import main; sys.argv = ['revplan', *sys.argv[1:]]\n"
        "heavy = ('numpy', 'highspy', 'rich', 'revplan.planning', 'revplan.app.editing.entries')\n"
        "try: main()\n"
        "except SystemExit: print([name for name in heavy if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, "validate", "-C", "harbourline", "--today", "2026-11-28"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, cwd=EXAMPLES).stdout
    assert shown.splitlines()[-1] == "[]"
