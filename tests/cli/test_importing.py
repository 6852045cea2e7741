from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from revplan.app.exchange.sources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

TEAM = "team:\n  dana: {name: Dana W, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}\n"
JIRA = '''Summary,Issue key,Status,Description,Labels,Labels,Due date,Original estimate
"New page, ""small""",A-1,To Do,"One
two: three",web,price,31/Dec/26 12:00 AM,14400
=1+1,A-2,In Progress,,,,,
Old,A-3,Done,,,,,
'''
USUAL = ("--function", "sales", "--impact", "5", "--skill", "copy", "--hours", "8")
WRITTEN = """tactics:
  new-page-small:
    title: New page, "small"
    function: sales
    impact: 5
    tags: [web, price]
    deadline: 2026-12-31
    source: jira:A-1
    tasks:
      do: {skill: copy, hours: 4}
    notes: |-
      One
      two: three
  1-1:
    title: =1+1
    function: sales
    impact: 5
    source: jira:A-2
    tasks:
      do: {skill: copy, hours: 8}
"""


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    return make_plan({"team.yaml": TEAM})


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "export.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_preview_writes_nothing(run: Run, root: Path, tmp_path: Path) -> None:
    result = run("-C", root, "import", "csv", table(tmp_path, JIRA), *USUAL)
    assert result.code == 0
    assert "2 new, 0 changed, 0 the same, 1 over there and never here" in result.out
    assert "nothing was written: add --write" in result.err
    assert sorted(path.name for path in root.iterdir()) == ["revplan.yaml", "team.yaml"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_is_written(run: Run, root: Path, tmp_path: Path, encoding: str) -> None:
    file = table(tmp_path, JIRA.replace("New", "Né"), encoding)
    assert run("-C", root, "import", "csv", file, *USUAL, "--write").code == 0
    expected = WRITTEN.replace("new-page", "ne-page").replace("New", "Né")
    assert (root / "tactics" / "sales.yaml").read_text(encoding="utf-8") == expected


def test_a_second_time_changes_what_has_changed(run: Run, root: Path, tmp_path: Path) -> None:
    run("-C", root, "import", "csv", table(tmp_path, JIRA), *USUAL, "--write")
    again = run("-C", root, "import", "csv", table(tmp_path, JIRA), *USUAL, "--write")
    assert "0 new, 0 changed, 2 the same, 1 over there and never here" in again.out
    run("-C", root, "rename", "tactic", "new-page-small", "page")
    changed = JIRA.replace("14400", "16200").replace("New page", "Newer page")
    result = run("-C", root, "import", "csv", table(tmp_path, changed), *USUAL, "--write", "--format", "json")
    rows = json.loads(result.out)["data"]["rows"]
    assert [(row["how"], row["id"], row["fields"]) for row in rows[:2]] == [
        (
            "changed",
            "page",
            {
                "title": {
                    "here": 'New page, "small"',
                    "there": 'Newer page, "small"',
                    "last": 'New page, "small"',
                },
                "hours": {"here": "4", "there": "4.5", "last": "4"},
            },
        ),
        ("same", "1-1", {}),
    ]
    expected = WRITTEN.replace("new-page-small:", "page:").replace("New page", "Newer page")
    expected = expected.replace("hours: 4", "hours: 4.5")
    assert (root / "tactics" / "sales.yaml").read_text() == expected


def test_bad_rows_are_told_with_their_numbers(run: Run, root: Path, tmp_path: Path) -> None:
    bad = ("2;;1;;", "1;Twice;1;;", "3;Never;1;soon;", "4;Who;1;;Otto", "5;Much;lots;;", "6;None;;;")
    rows = ("1;Good;1.5;2026-12-01;Dana W", *bad)
    file = table(tmp_path, "\n".join(("key;title;hours;due;who", *rows)))
    maps = ("key=key", "title=title", "hours=hours", "deadline=due", "owner=who")
    words = [word for each in maps for word in ("--map", each)]
    result = run("-C", root, "import", "csv", file, *words, *USUAL[:6], "--write")
    assert (result.code, (root / "tactics").exists()) == (1, False)
    told = [line for line in result.err.splitlines() if line.startswith("row")]
    assert told == [
        "row 3, title: the title is empty",
        "row 4: 1 stands in the table twice",
        'row 5, due: "soon" is no date',
        'row 6, who: no member is called "Otto"',
        'row 7, hours: "lots" is no duration, such as 2.5, 2h 30m or 1:30',
        "row 8: the hours are missing",
    ]
    assert run("-C", root, "import", "csv", file, *words, *USUAL[:6], "--write", "--skip-bad").code == 0
    assert "do: {skill: copy, hours: 1.5, owner: dana}" in (root / "tactics" / "sales.yaml").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "every tactic needs --function, --impact, --skill\n"),
        ((*USUAL, "--from", "jria"), 'did you mean "jira"?'),
        ((*USUAL, "--map", "titel=Summary"), 'did you mean "title"?'),
        ((*USUAL, "--map", "title=Sumary"), 'did you mean "Summary"?'),
        ((*USUAL, "--from", "csv"), "no column is known to be the key"),
    ],
)
def test_what_cannot_be_understood(run: Run, root: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    result = run("-C", root, "import", "csv", table(tmp_path, JIRA), *words)
    assert (result.code, said in result.err) == (2, True), result.err


@pytest.mark.parametrize("text", ["", "\n\n", 'a,b\n"open'])
def test_what_is_no_table(run: Run, root: Path, tmp_path: Path, text: str) -> None:
    assert run("-C", root, "import", "csv", table(tmp_path, text), *USUAL).code == 2


def test_the_help_names_every_tracker(run: Run) -> None:
    words = set(run("import", "tactics", "--help").out.replace(",", " ").replace(".", " ").split())
    assert {source.name for source in SOURCES} - words == set()
