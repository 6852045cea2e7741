"""Importing again and again: what moved there is taken, what was decided here stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.exchange.memory import UNKNOWN, Memory, decide, read_memory
from revplan.errors import InputError
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.model.change import Data
    from tests.support.shell import Ran

USUAL = ("--function", "marketing", "--impact", "5", "--skill", "writing", "--hours", "4")
WEEK = """\
Summary,Issue key,Status,Assignee,Due date,Original estimate,Labels
Pricing page,MK-4,To Do,sam,10/Dec/26 12:00 AM,28800,web
Win-back mails,MK-5,In Progress,noor,18/Dec/26 12:00 AM,14400,email
"""


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Callable[..., Ran]:
    def taken(text: str, *words: str) -> Ran:
        (tmp_path / "jira.csv").write_text(text)
        return run("-C", root, "import", "tactics", tmp_path / "jira.csv", *USUAL, *words)

    return taken


def edit(root: Path, old: str, new: str) -> None:
    file = root / "tactics" / "marketing.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def hows(ran: Ran) -> dict[str, str]:
    return {row["id"] or row["title"]: row["how"] for row in json.loads(ran.out)["data"]["rows"]}


def test_what_did_not_move_there_stays_as_it_was_changed_here(take: Callable[..., Ran], root: Path) -> None:
    take(WEEK, "--write")
    edit(root, "hours: 8", "hours: 12")
    edit(root, "deadline: 2026-12-10", "deadline: 2026-12-14")
    edit(root, "    tags: [email]\n", "")
    before = (root / "tactics" / "marketing.yaml").read_text()
    assert hows(take(WEEK, "--write", "--format", "json")) == {"pricing-page": "same", "win-back-mails": "same"}
    assert (root / "tactics" / "marketing.yaml").read_text() == before


def test_what_moved_on_both_sides_is_listed_until_somebody_decides(take: Callable[..., Ran], root: Path) -> None:
    take(WEEK, "--write")
    edit(root, "deadline: 2026-12-10", "deadline: 2026-12-14")
    moved = WEEK.replace("10/Dec/26", "11/Dec/26").replace("14400", "7200")
    for _ in range(2):
        ran = take(moved, "--write", "--format", "json")
        row = json.loads(ran.out)["data"]["rows"][0]
        assert (row["how"], row["fields"]) == (
            "differing",
            {"deadline": {"here": "2026-12-14", "there": "2026-12-11", "last": "2026-12-10"}},
        )
    assert read(root).plan.tactics["win-back-mails"].minutes == 120
    assert str(read(root).plan.tactics["pricing-page"].deadline) == "2026-12-14"
    take(moved, "--write", "--ours")
    assert hows(take(moved, "--format", "json"))["pricing-page"] == "same"
    again = moved.replace("11/Dec/26", "12/Dec/26")
    assert hows(take(again, "--format", "json"))["pricing-page"] == "differing"
    take(again, "--write", "--theirs")
    assert str(read(root).plan.tactics["pricing-page"].deadline) == "2026-12-12"


def test_a_cell_that_was_emptied_there_is_emptied_here(take: Callable[..., Ran], root: Path) -> None:
    take(WEEK, "--write")
    take(WEEK.replace("10/Dec/26 12:00 AM", "").replace(",28800,", ",,"), "--write")
    page = read(root).plan.tactics["pricing-page"]
    assert (page.deadline, page.minutes) == (None, 480)


def test_over_there_is_over_here(take: Callable[..., Ran], root: Path) -> None:
    take(WEEK, "--write")
    ended = WEEK.replace("To Do", "Done").replace("In Progress", "Won't Do")
    assert hows(take(ended, "--write", "--format", "json")) == {"pricing-page": "over", "win-back-mails": "over"}
    tactics = read(root).plan.tactics
    assert (tactics["pricing-page"].status, tactics["win-back-mails"].status) == ("done", "dropped")
    assert tactics["pricing-page"].done_when == "MK-4 is done in Jira"
    assert set(hows(take(ended, "--write", "--format", "json")).values()) == {"same"}
    take(WEEK, "--write")
    assert read(root).plan.tactics["pricing-page"].status == "ready"


def test_the_day_on_which_it_was_completed_is_kept(take: Callable[..., Ran], root: Path) -> None:
    asana = "Task ID,Name,Completed At,Due Date\n1,Page,,2026-12-10\n"
    take(asana, "--write")
    take(asana.replace("Page,,", "Page,2026-11-20,"), "--write")
    page = read(root).plan.tactics["page"]
    assert (page.status, str(page.done), page.done_when) == ("done", "2026-11-20", "1 is done in Asana")


def test_in_an_open_sprint_the_way_out_is_named(take: Callable[..., Ran], run: Callable[..., Ran], root: Path) -> None:
    take(WEEK, "--write")
    assert run("-C", root, "sprint", "plan", "2026-12", "--write", "--today", "2026-12-01").code == 0
    ran = take(WEEK.replace("To Do", "Done"), "--write", "--format", "json", "--today", "2026-12-02")
    row = json.loads(ran.out)["data"]["rows"][0]
    assert (row["how"], row["hint"]) == (
        "over",
        "in sprint 2026-12, so there: revplan sprint log pricing-page/do --done",
    )
    assert read(root).plan.tactics["pricing-page"].status == "ready"


def test_without_the_memory_nothing_that_is_here_is_overwritten(take: Callable[..., Ran], root: Path) -> None:
    take(WEEK, "--write")
    edit(root, "hours: 8", "hours: 12")
    edit(root, "    tags: [web]\n", "")
    (root / ".revplan" / "imports.tsv").unlink()
    ran = take(WEEK.replace("10/Dec", "11/Dec"), "--write", "--format", "json")
    row = json.loads(ran.out)["data"]["rows"][0]
    assert (row["how"], sorted(row["fields"])) == ("differing", ["deadline", "hours", "tags"])
    page = read(root).plan.tactics["pricing-page"]
    assert (page.minutes, str(page.deadline), page.tags) == (720, "2026-12-10", ("web",))


def test_a_preview_remembers_nothing(take: Callable[..., Ran], root: Path) -> None:
    take(WEEK)
    assert not (root / ".revplan").exists()


def test_the_memory_is_sorted_lines(take: Callable[..., Ran], root: Path) -> None:
    take(WEEK, "--write")
    lines = (root / ".revplan" / "imports.tsv").read_text().splitlines()
    assert lines == sorted(lines)
    assert 'jira:MK-4\tdeadline\t"2026-12-10"' in lines


def test_a_conflict_in_the_memory_is_told(take: Callable[..., Ran], root: Path) -> None:
    take(WEEK, "--write")
    file = root / ".revplan" / "imports.tsv"
    file.write_text("<<<<<<< HEAD\n" + file.read_text())
    ran = take(WEEK)
    assert (ran.code, "line 1: this is no line of what imports remember" in ran.err) == (2, True)
    with pytest.raises(InputError):
        read_memory(root)


VALUES = st.one_of(st.none(), st.text(max_size=5), st.lists(st.text(max_size=5), max_size=3))


@given(st.dictionaries(st.tuples(st.text("abc:-", min_size=1), st.sampled_from(("title", "tags"))), VALUES))
def test_what_is_remembered_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, said: dict[tuple[str, str], Data]
) -> None:
    root = tmp_path_factory.mktemp("plan")
    (root / ".revplan").mkdir()
    (root / ".revplan" / "imports.tsv").write_text(Memory(said).text(), encoding="utf-8", newline="\n")
    assert read_memory(root).said == said


@given(VALUES, VALUES, VALUES)
def test_the_law_of_three_ways(last: Data, ours: Data, theirs: Data) -> None:
    verdict = decide(last, ours, theirs, None)
    if ours == theirs:
        assert verdict == "same"
    elif last == theirs:
        assert verdict == "keep"
    elif last == ours:
        assert verdict == "take"
    else:
        assert verdict == "differ"
        assert (decide(last, ours, theirs, "theirs"), decide(last, ours, theirs, "ours")) == ("take", "keep")
    assert decide(UNKNOWN, ours, theirs, None) != "take" or ours is None
