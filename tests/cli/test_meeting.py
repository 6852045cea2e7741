from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.app.editing.meeting import MeetingRecord, read_record
from revplan.reports.agenda import BLANKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = """\
team:
  dana: {name: Dana Whitfield, kind: employee, function: leadership, hours_per_week: 40}
  tomas: {name: Tomás Aguilar, kind: employee, function: sales, hours_per_week: 40}
  tom: {name: Tom Reed, kind: employee, function: sales, hours_per_week: 40}
  alex-b: {name: Alex Bo, kind: employee, function: sales, hours_per_week: 40}
  alex-c: {name: Alex Cho, kind: employee, function: sales, hours_per_week: 40}
issues:
  leads-wait: {title: Leads wait, raised: 2026-11-20}
todos:
  job-ad: {title: Write the ad, owner: dana, due: 2026-11-27}
"""
FILLED = {
    "Attended": ["Dana, tomás"],
    "Headlines": ["A plant in Ohio signed"],
    "To-dos done": ["job-ad"],
    "Issues solved": ["leads-wait: Tomás calls within the hour"],
    "New issues": ["Nobody answers on Fridays (tom)", "Parts (as ever) are late"],
    "New to-dos": ["Write the rule (as agreed) (dana, 2026-12-02)", "Call the dairies (tomas)"],
    "Decisions": ["The rule starts on Monday", "No new tool"],
    "Cascading messages": ["The rule has changed"],
    "Rating": ["dana: 8", "tomas = 9"],
}


def filled(agenda: str) -> str:
    """Write into an agenda's blanks as a hand would."""
    for label, entries in FILLED.items():
        head, mark, tail = agenda.partition(f"**{label}**")
        assert mark, label
        hint, _, rest = tail.partition("\n-")
        agenda = head + mark + hint + "\n" + "\n".join(f"- {entry}" for entry in entries) + rest
    return agenda


def test_a_filled_in_agenda_is_written_down_and_the_next_one_shows_what_came_of_it(
    run: Callable[..., Ran], make_plan: Callable[..., Path], tmp_path: Path
) -> None:
    root = make_plan(PLAN)
    sheet = tmp_path / "monday.md"
    assert run("agenda", "weekly", "-C", root, "--format", "markdown", "-o", sheet).code == 0
    sheet.write_text(filled(sheet.read_text(encoding="utf-8")), encoding="utf-8")
    closed = run("meeting", "close", "weekly", "-C", root, "--from", sheet, "--today", "2026-11-30")
    assert closed.code == 0, closed.err
    assert (root / "meetings" / "2026-11-30-weekly.yaml").read_text(encoding="utf-8") == (
        "meetings:\n  2026-11-30-weekly:\n    kind: weekly\n    date: 2026-11-30\n    attended: [dana, tomas]\n"
        "    rating: {dana: 8, tomas: 9}\n    decisions: [The rule starts on Monday, No new tool]\n"
        "    headlines: [A plant in Ohio signed]\n    cascading_messages: [The rule has changed]\n"
    )
    after = (root / "plan.yaml").read_text(encoding="utf-8")
    assert "status: solved" in after
    assert "status: done" in after
    assert "title: Write the rule (as agreed)\n    owner: dana\n    due: 2026-12-02" in after
    assert "title: Call the dairies\n    owner: tomas\n    due: 2026-12-07" in after
    following = run("agenda", "weekly", "-C", root, "--today", "2026-12-07").out
    assert "Decided on 30 November 2026\n  - The rule starts on Monday" in following
    assert "rated 8.5 of 10" in following
    assert "call-the-dairies" in following
    assert "Nobody answers on Fridays" in following


def test_an_agenda_that_nobody_filled_in_says_nothing(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    root = make_plan(PLAN)
    for kind in ("weekly", "sprint", "quarter"):
        assert read_record(run("agenda", kind, "-C", root, "--format", "markdown").out) == MeetingRecord(), kind


def test_every_blank_has_a_field_to_be_read_into() -> None:
    written = "\n\n".join(f"**{blank.label}**: {blank.hint}\n\n- one\n- two\n  and more" for blank in BLANKS)
    found = read_record(written)
    assert all(getattr(found, name) == ("one", "two and more") for name in MeetingRecord.__dataclass_fields__)


def test_options_write_it_down_too(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    root = make_plan(PLAN)
    ran = run(
        *("meeting", "close", "sprint", "-C", root, "--today", "2026-12-01", "--attended", "dana,tomas"),
        *("--decision", "Less, but done", "--done", "job-ad", "--dry-run"),
    )
    assert ran.code == 0
    assert "+    attended: [dana, tomas]" in ran.out
    assert "Less, but done" in ran.out
    assert not (root / "meetings").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--todo", "Call them"], 'nobody is to do "Call them"'),
        (["--todo", "Call them (danna, 2026-12-01)"], 'no member "danna"'),
        (["--todo", "Call them (dana, tomas)"], "several people or days"),
        (["--rating", "dana"], '"dana" is no rating'),
        (["--solved", "leads-wait"], "does not say what was decided"),
        (["--solved", "leads-late: now"], 'no issue "leads-late"'),
        (["--attended", "nobody"], 'no member "nobody"'),
        (["--attended", "alex"], '"alex" may be alex-b or alex-c'),
        (["--from", "missing.md"], "missing.md cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_written(
    run: Callable[..., Ran], make_plan: Callable[..., Path], arguments: list[str], message: str
) -> None:
    root = make_plan(PLAN)
    before = (root / "plan.yaml").read_bytes()
    ran = run("meeting", "close", "weekly", "-C", root, "--today", "2026-11-30", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert (root / "plan.yaml").read_bytes() == before


def test_a_meeting_is_written_down_once(run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    root = make_plan(PLAN)
    assert run("meeting", "close", "weekly", "-C", root, "--today", "2026-11-30").code == 0
    again = run("meeting", "close", "weekly", "-C", root, "--today", "2026-11-30")
    assert again.code == 2
    assert "already" in again.err
