"""What nobody types on purpose: a message with the way out, exit code 1 or 2, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.app.exchange.dates import check_date_format
from revplan.app.exchange.files import parse_table
from revplan.cli import options
from revplan.cli.completion import answer_to
from revplan.errors import InputError, RevplanError
from revplan.model import base
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

MINIMAL = EXAMPLES / "minimal"
TAKEN = ("--map", "key=key", "--map", "title=title", "--function", "sales", "--impact", "5", "--skill", "web")


@pytest.mark.parametrize("today", ["0001-01-01", "1969-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "command", [("validate",), ("sprint", "plan"), ("agenda", "weekly"), ("report", "team"), ("export", "ics")]
)
def test_a_day_outside_of_all_plans_is_told(run: Run, today: str, command: tuple[str, ...]) -> None:
    ran = run("-C", MINIMAL, *command, "--today", today)
    assert (ran.code, ran.err) == (
        2,
        f"error: the day {today} lies outside of all plans\n  hint: plans reach from 1970 to 2199\n",
    )


@pytest.mark.parametrize("today", ["1970-01-01", "2199-12-31"])
@pytest.mark.parametrize(
    "command",
    [
        *(("report", name) for name in ("scoreboard", "goals", "forecast", "team", "capacity", "roadmap", "campaigns")),
        *(("agenda", kind) for kind in ("weekly", "sprint", "quarter")),
        *(("validate",), ("sprint", "plan"), ("sprint", "plan", "--horizon", "3"), ("export", "ics"), ("backlog",)),
    ],
)
def test_the_first_and_the_last_day_of_all_plans_are_days(run: Run, today: str, command: tuple[str, ...]) -> None:
    ran = run("-C", MINIMAL, *command, "--today", today)
    assert ran.code in (0, 1, 2)
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("year", "said"),
    [(-5, "0001-01-01"), (1901, "1901-01-01"), (1969, "1969-01-01"), (2200, "2200-01-01"), (31690708, "9999-12-31")],
)
@pytest.mark.parametrize("command", [("validate",), ("sprint", "plan"), ("agenda", "weekly"), ("init", "new", "--yes")])
def test_a_clock_outside_of_all_plans_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int, said: str, command: tuple[str, ...]
) -> None:
    root = with_clock(tmp_path, monkeypatch, year)
    words = (command[0], tmp_path / command[1], command[2]) if command[0] == "init" else (*command, "-C", root)
    ran = run(*words)
    error, hint = ran.err.splitlines()
    assert (ran.code, error) == (2, f"error: this machine's clock says {said}, a day outside of all plans")
    assert hint == "  hint: set the clock, or give --today; plans reach from 1970 to 2199"
    assert not (tmp_path / "new").exists()
    assert run(*words, "--today", "2026-11-28").code == 0


@pytest.mark.parametrize("year", [1970, 2199])
def test_any_other_clock_is_taken(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    root = with_clock(tmp_path, monkeypatch, year)
    assert f"As of 1 January {year}" in run("agenda", "weekly", "-C", root).out


def test_a_plan_that_pins_its_day_needs_no_clock(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_clock(tmp_path, monkeypatch, 31690708)
    assert run("validate", "-C", MINIMAL).code == 0


def with_clock(folder: Path, monkeypatch: pytest.MonkeyPatch, year: int) -> Path:
    """Set the clock to the first day of a year; return a plan that does not pin its day."""
    now = time.struct_time((year, 1, 1, 12, 0, 0, 0, 1, 0))
    monkeypatch.setattr(options, "time", SimpleNamespace(localtime=lambda: now))
    shutil.copytree(MINIMAL, folder / "plan")
    text = (folder / "plan/revplan.yaml").read_text(encoding="utf-8")
    (folder / "plan/revplan.yaml").write_text(re.sub(r"(?m)^  today: .*\n", "", text), encoding="utf-8")
    return folder / "plan"


@pytest.mark.parametrize(
    "seconds", [-(2**31) - 10**6, 0, 4_102_444_800, 2**34 - 1], ids=["1901", "1970", "2100", "2514"]
)
def test_when_files_were_written_makes_no_difference(run: Run, tmp_path: Path, seconds: int) -> None:
    root = tmp_path / "plan"
    shutil.copytree(MINIMAL, root)
    commands = (("validate",), ("report", "team"), ("export", "ics"), ("export", "csv", "tactic"))
    before = [run(*command, "-C", root).out for command in commands]
    for path in (*root.rglob("*"), root):
        os.utime(path, (seconds, seconds))
    assert [run(*command, "-C", root).out for command in commands] == before
    assert run("set", "company", "Other", "-C", root).code == 0
    assert "company: Other" in (root / "revplan.yaml").read_text(encoding="utf-8")


def test_the_command_line_and_the_format_know_the_same_years() -> None:
    assert options.YEARS == base.YEARS


@pytest.mark.parametrize("sprint", ["2200-01", "9999-12", "0001-01", "10000-01", "2026-13", "\udcff"])
def test_a_sprint_outside_of_all_plans_is_none(run: Run, sprint: str) -> None:
    ran = run("-C", MINIMAL, "sprint", "plan", sprint, "--write")
    assert (ran.code, "there is no sprint" in ran.err) == (2, True)


def test_the_last_sprint_of_all_is_written_soundly(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path, "--example", "minimal").code == 0
    assert run("-C", tmp_path, "sprint", "plan", "2199-12", "--write", "--today", "2199-11-28").code == 0
    assert run("-C", tmp_path, "validate", "--today", "2199-11-28").code == 0


MEMBER = "team: {ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}}\n"
TACTIC = "  %s: {title: %s, function: sales, impact: 5%s, tasks: {do: {skill: copy, hours: %s}}}\n"


@pytest.mark.parametrize("hours", ["1e999999999", "-1e999999999", "1e-999999999", "NaN", "Infinity", ".inf", "9" * 400])
def test_hours_that_are_none_are_told(run: Run, make_plan: Callable[..., Path], hours: str) -> None:
    root = make_plan(MEMBER + "tactics:\n" + TACTIC % ("a", "A", "", hours))
    ran = run("validate", "-C", root)
    assert (ran.code, "plan.yaml:3:" in ran.out) == (1, True)
    added = run("task", "add", "a", "write", "--skill", "copy", f"--hours={hours}", "-C", root)
    assert (added.code, "Traceback" in added.err) == (2, False)


@pytest.mark.parametrize(("hours", "code"), [("100000", 0), ("6000000m", 0), ("100000.01", 1), ("6000001m", 1)])
def test_the_longest_work_is_100_000_hours(run: Run, make_plan: Callable[..., Path], hours: str, code: int) -> None:
    root = make_plan(MEMBER + "tactics:\n" + TACTIC % ("a", "A", "", hours))
    ran = run("validate", "-C", root)
    assert (ran.code, "is more than 100,000 hours" in ran.out) == (code, code == 1)


@pytest.mark.parametrize("value", ["1000000000000", "999999999999"])
def test_values_that_are_sound_are_planned_with(run: Run, make_plan: Callable[..., Path], value: str) -> None:
    worth = f", value: {value}"
    root = make_plan(MEMBER + "tactics:\n" + TACTIC % ("a", "A", worth, "4") + TACTIC % ("b", "B", worth, "4"))
    assert run("validate", "-C", root).code == 0
    ran = run("sprint", "plan", "2026-12", "-C", root, "--format", "json")
    assert ran.code == 0
    assert {each["tactic"] for each in json.loads(ran.out)["placed"]} == {"a", "b"}


HALF = os.fsdecode(b"\xff\xfe")


@pytest.mark.parametrize(
    "command",
    [
        ("todo", "add", HALF, "--owner", "sam", "--due", "2026-12-24"),
        *((HALF,), ("diff", HALF), ("log", "tactic", HALF), ("log", HALF, "x"), ("-C", HALF, "validate")),
        *(("validate", HALF), ("validate", "--select", HALF), ("explain", HALF), ("report", HALF), ("agenda", HALF)),
        *(("refs", "member", HALF), ("rename", "member", "sam", HALF), ("sprint", "plan", "--pin", HALF)),
        *(("sprint", "plan", "--what-if", HALF), ("sprint", "plan", "--goal", HALF, "--write"), ("swap", HALF, HALF)),
        *(("import", "csv", HALF), ("metric", "import", HALF), ("metric", "record", HALF, "5"), ("todo", "done", HALF)),
        *(
            ("team", "time-off", "sam", HALF),
            ("campaign", "check", HALF),
            ("export", "csv", HALF),
            ("init", HALF, "-y"),
        ),
    ],
)
def test_half_a_character_is_told(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert run("init", tmp_path, "--example", "minimal").code == 0
    ran = run(*command, environment={"REVPLAN_PLAN": str(tmp_path)})
    assert ran.code == 2
    assert "Traceback" not in ran.err
    ran.err.encode()


TABLES = {
    "NUL": b"key,title\n1,a\0b\n",
    "large field": b'key,title\n1,"' + b"w" * 200_000 + b'"\n',
    "nothing": b"",
    "open quote": b'key,"title\n1,a\n',
    "bytes": bytes(range(256)) * 4,
    "surrogates": b"key,title\n1,\xed\xa0\x80\n",
    "half of UTF-16": b"\xff\xfea",
    "old line ends": b"key,title\r1,a\r",
    "many columns": b",".join([b"title"] * 5_000) + b"\n" + b",".join([b"a"] * 5_000) + b"\n",
    "empty lines": b"\n" * 10_000,
}


@pytest.mark.parametrize("content", TABLES.values(), ids=TABLES)
def test_tables_of_any_kind(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "table.csv").write_bytes(content)
    for command in (("import", "csv", tmp_path / "table.csv", *TAKEN), ("metric", "import", tmp_path / "table.csv")):
        ran = run("-C", MINIMAL, *command)
        assert ran.code in (0, 1, 2)
        assert "Traceback" not in ran.err


@pytest.mark.parametrize("file", ["/dev/zero", "."])
def test_what_is_no_table_is_told(run: Run, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("revplan.app.exchange.files._LARGEST", 10_000)
    ran = run("-C", MINIMAL, "import", "csv", file, *TAKEN)
    assert (ran.code, "is larger than" in ran.err or "cannot be read" in ran.err) == (2, True)


@pytest.mark.parametrize("form", ["%Y%Y", "%", "%q", "", "%Y", "%j", "(", "%Z", "\\", "%Y-%m-%d-%Y", "%H:%M"])
def test_what_is_no_format_of_dates_is_told(form: str) -> None:
    with pytest.raises(InputError, match="is no format of dates"):
        check_date_format(form)


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%y", "%d %b %Y", "%A, %d %B %Y"])
def test_a_format_of_dates_is_one(form: str) -> None:
    check_date_format(form)


@given(st.text(max_size=20))
@settings(max_examples=300)
def test_any_format_of_dates(form: str) -> None:
    try:
        check_date_format(form)
    except InputError:
        return


@given(st.text(max_size=200))
@settings(max_examples=300)
def test_any_table(text: str) -> None:
    try:
        parse_table(text, "table.csv")
    except RevplanError:
        return


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["todo", "done", "tactic", "show", "-C", "--plan", "=", "'", '"', "\\", "sprint", "plan", "--", "refs"]
        ),
        st.text(st.characters(exclude_characters="\0"), max_size=8),
    ),
    max_size=6,
)


@given(WORDS, st.text("0123456789-x", max_size=4), st.sampled_from(["bash", "zsh", "fish"]), st.booleans())
@settings(max_examples=300)
def test_completion_of_any_words(words: list[str], number: str, shell: str, is_open: bool) -> None:
    line = " ".join(["revplan", *words]) + ("" if is_open else " ")
    given_by_shell = {
        "COMP_WORDS": line,
        "COMP_CWORD": number,
        "_TYPER_COMPLETE_ARGS": line,
        "REVPLAN_PLAN": str(MINIMAL),
    }
    with pytest.MonkeyPatch.context() as patch:
        try:
            for name, value in given_by_shell.items():
                patch.setenv(name, value)
        except (UnicodeEncodeError, ValueError):
            return  # no shell can ask so
        answer_to(f"complete_{shell}")
