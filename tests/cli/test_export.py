from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from revplan.analysis.events import Event
from revplan.app.exchange.export import everything
from revplan.app.open import open_plan
from revplan.formats import csv_table, ics, mermaid
from revplan.reports.figures import Stretch
from revplan.store.load import read
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

HARBOURLINE = EXAMPLES / "harbourline"
GOLDEN = Path(__file__).parent / "golden"
DAY = date(2026, 12, 1)


@pytest.mark.parametrize(("name", "file"), [("ics", "export.ics"), ("mermaid", "export.mmd"), ("csv", "export.csv")])
def test_exports_of_harbourline(
    run: Callable[..., Ran], tmp_path: Path, golden: Callable[[Path, str], None], name: str, file: str
) -> None:
    ran = run("export", name, "-C", HARBOURLINE, "-o", tmp_path / file)
    assert ran.code == 0, ran.err
    golden(GOLDEN / file, (tmp_path / file).read_bytes().decode().replace("\r\n", "\n"))


# --- calendars ---------------------------------------------------------------------------------------------------


def test_a_calendar_library_reads_what_is_written(run: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "plan.ics"
    run("export", "ics", "-C", HARBOURLINE, "-o", file)
    content = file.read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    entries = Calendar.from_ical(content).walk("VEVENT")
    ids = [str(entry["UID"]) for entry in entries]
    assert len(set(ids)) == len(ids)
    todo = next(entry for entry in entries if entry["UID"] == "todo-elena-terms@harbourline.revplan")
    assert str(todo["SUMMARY"]) == "Ask Elena for her terms until June"
    assert [todo.decoded(name) for name in ("DTSTART", "DTEND")] == [date(2026, 12, 2), date(2026, 12, 3)]
    assert {each.partition("-")[0] for each in ids} >= {"meeting", "todo", "input"}


@given(title=st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=120))
def test_any_title_comes_back_from_a_calendar(title: str) -> None:
    drawn = ics.draw("A; B, C", (Event("x", title, DAY, DAY, "one\ntwo; three"),), {}, DAY)
    assert all(len(line.encode()) <= 75 for line in drawn.split("\r\n"))
    entry = Calendar.from_ical(drawn).walk("VEVENT")[0]
    assert str(entry["SUMMARY"]) == title
    assert str(entry["DESCRIPTION"]) == "one\ntwo; three"


def test_a_title_cannot_begin_another_entry() -> None:
    drawn = ics.draw("C", (Event("x", "a\r\nEND:VEVENT\r\nBEGIN:VEVENT", DAY, DAY),), {}, DAY)
    assert len(Calendar.from_ical(drawn).walk("VEVENT")) == 1


# --- tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@sum(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert csv_table.neutralise_formula(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+1.5", "12%", "plain", "a=b", ""])
def test_numbers_and_text_stay_as_they_are(cell: str) -> None:
    assert csv_table.neutralise_formula(cell) == cell


@given(rows=st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
def test_cells_come_back_from_a_table(rows: list[tuple[str, str]]) -> None:
    drawn = csv_table.draw(("a", "b"), rows)
    found = list(csv.reader(StringIO(drawn, newline="")))
    assert found == [["a", "b"], *([csv_table.neutralise_formula(cell) for cell in row] for row in rows)]


def test_an_unknown_kind_is_told(run: Callable[..., Ran]) -> None:
    ran = run("export", "csv", "tactis", "-C", HARBOURLINE)
    assert ran.code == 2
    assert 'did you mean "tactic"?' in ran.err


# --- diagrams ----------------------------------------------------------------------------------------------------


def test_titles_cannot_end_a_line_of_a_diagram() -> None:
    stretch = Stretch("a: b; c #1 %%", "", DAY, date(2026, 12, 3), is_done=True)
    assert mermaid.gantt("T: x", {"Who; else": (stretch,)}).splitlines()[1:] == [
        "    title T x",
        "    dateFormat YYYY-MM-DD",
        "    axisFormat %d %b",
        "    inclusiveEndDates",
        "    section Who else",
        "    a b c 1 :done, t1, 2026-12-01, 2026-12-03",
    ]


def test_without_a_sprint_there_is_no_diagram(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    ran = run("export", "mermaid", "-C", make_plan())
    assert ran.code == 2
    assert "no sprint is written yet" in ran.err


# --- the whole plan ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["harbourline", "minimal", "agency"])
def test_the_whole_plan_in_one_file_is_the_same_plan(name: str, tmp_path: Path) -> None:
    loaded = open_plan(EXAMPLES / name, EXAMPLES)
    exported = json.loads(everything(loaded))
    assert exported["schema"] == "revplan/plan/2"
    (tmp_path / "revplan.yaml").write_text(json.dumps(exported["plan"], ensure_ascii=False), encoding="utf-8")
    if (EXAMPLES / name / "brand").is_dir():  # a logo is a file beside the plan
        shutil.copytree(EXAMPLES / name / "brand", tmp_path / "brand")
    again = read(tmp_path)
    assert again.findings == ()
    assert again.plan == loaded.plan


def test_a_plan_that_cannot_be_read_is_not_exported_in_part(
    run: Callable[..., Ran], make_plan: Callable[..., Path]
) -> None:
    ran = run("export", "json", "-C", make_plan("tactics: {a: {title: [}}"))
    assert ran.code == 1
    assert "cannot be read" in ran.err
