"""Whatever stands in the environment or in a sheet of minutes, a command ends with an answer or a message."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from revplan.app.editing.meeting import changes, merge_records, read_record
from revplan.cli.completion import answer_to
from revplan.errors import RevplanError
from revplan.reports.agenda import BLANKS
from revplan.store.edit.plan import edit
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

PLAN = """\
team:
  dana: {name: Dana Whitfield, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
issues: {late: {title: Parts are late, raised: 2026-11-20, owner: dana}}
todos: {call: {title: Call the dairies, owner: dana, due: 2026-12-04}}
"""
VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\0")) | st.sampled_from(
    (
        "0",
        "1",
        "-5",
        "80",
        "²",
        "٣",
        "9" * 30,
        "9" * 5000,
        "dumb",
        "cat",
        "'",
        '"',
        "less -R '",
        "~",
        "/dev/null",
        "\udcff",
    )
)
NAMES = (
    "COLUMNS",
    "LINES",
    "TERM",
    "NO_COLOR",
    "FORCE_COLOR",
    "CI",
    "PAGER",
    "REVPLAN_PAGER",
    "LANG",
    "LC_ALL",
    "EDITOR",
)
COMPLETING = ("COMP_WORDS", "COMP_CWORD", "_TYPER_COMPLETE_ARGS", "REVPLAN_PLAN")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES), st.sampled_from(("validate", "team list", "report capacity")))
@example({"COLUMNS": "9" * 30}, "report capacity")
@example({"COLUMNS": "9" * 5000}, "team list")
@example({"COLUMNS": "²"}, "team list")
@example({"COLUMNS": "1"}, "report capacity")
def test_any_environment(run: Run, make_plan: MakePlan, environment: dict[str, str], command: str) -> None:
    result = run(*command.split(), "-C", make_plan(PLAN), "--today", "2026-11-28", environment=environment)
    assert result.code in (0, 1), result.err


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(VALUES)
def test_any_plan_folder(run: Run, folder: str) -> None:
    if folder.strip("./~ "):
        assert run("validate", environment={"REVPLAN_PLAN": folder}).code == 2


@given(st.dictionaries(st.sampled_from(COMPLETING), VALUES), st.sampled_from(("bash", "zsh", "fish")))
@example({"COMP_WORDS": "revplan tactic", "COMP_CWORD": "²"}, "bash")
@example({"COMP_WORDS": "revplan tactic", "COMP_CWORD": "9" * 5000}, "bash")
@example({"COMP_WORDS": "revplan \udcff", "COMP_CWORD": "1"}, "bash")
def test_any_line_to_complete(environment: dict[str, str], shell: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        assert isinstance(answer_to(f"complete_{shell}"), str)


LABELS = (*(f"**{blank.label}**" for blank in BLANKS), *(f"{blank.label}:" for blank in BLANKS))
WORDS = (
    "dana",
    "Dana Whitfield",
    "late",
    "call",
    "(dana)",
    "(2026-12-04)",
    "dana: 8",
    "dana: 11",
    "- ",
    "  ",
    "—",
    "→ ",
)
LINES = st.builds(
    "{}{}".format,
    st.sampled_from(("", "- ", "* ", "  ", "\t", "1. ")),
    st.text() | st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join) | st.sampled_from(LABELS),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LINES, max_size=20).map("\n".join), st.text())
def test_any_minutes(make_plan: MakePlan, sheet: str, other: str) -> None:
    loaded = read(make_plan(PLAN))
    day = loaded.plan.todos["call"].due
    assert day is not None
    record = merge_records(read_record(sheet), read_record(other))
    with suppress(RevplanError):  # its message says what cannot be read
        assert len(edit(loaded, changes(loaded.plan, "weekly", day, record)).files) > 0
