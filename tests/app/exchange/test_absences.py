"""Time off from tables and calendars: ranges, half days, and reasons that are nobody's business."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

FILES = {
    "revplan.yaml": "revplan: {format: 1, company: Test, currency: EUR, today: 2026-11-28, timezone: Europe/Berlin}\n",
    "team.yaml": """team:
  sam:
    name: Sam Lee
    email: sam@example.org
    kind: employee
    function: marketing
    hours_per_week: 40
    skills: {writing: 3}
  noor: {name: Noor Aziz, kind: employee, function: sales, hours_per_week: 40, skills: {calls: 3},
    time_off: {2026-12-24..2026-12-31: Closed}}
""",
}
PERSONIO = """\
First name,Last name,Email,Absence type,Start date,Half day start,End date,Half day end,Days,Status
Sam,Lee,sam@example.org,Paid vacation,21.12.2026,No,23.12.2026,Yes,2.5,Approved
Sam,Lee,sam@example.org,Sick leave,01.12.2026,No,02.12.2026,No,2,Approved
Noor,Aziz,,Paid vacation,28.12.2026,No,30.12.2026,No,3,Approved
Noor,Aziz,,Paid vacation,11.01.2027,Yes,11.01.2027,No,0.5,Approved
Sam,Lee,sam@example.org,Paid vacation,15.02.2027,No,16.02.2027,No,2,Requested
Sam,Lee,sam@example.org,Paid vacation,22.02.2027,No,23.02.2027,No,2,Rejected
Max,Muster,,Paid vacation,22.02.2027,No,23.02.2027,No,2,Approved
"""
BAMBOOHR = """\
Employee,Category,From,To,Requested,Unit,Status
"Lee, Sam",Vacation,12/21/2026,12/22/2026,16,hours,approved
"Lee, Sam",Vacation,12/23/2026,12/23/2026,4,hours,approved
"Lee, Sam",Sick,12/01/2026,12/02/2026,2,days,approved
Noor Aziz,Vacation,01/11/2027,01/11/2027,0.5,days,approved
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTART;VALUE=DATE:20261221
DTEND;VALUE=DATE:20261223
SUMMARY:Sam Lee – Vacation\\, at
  last
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20261223T080000Z
DTEND:20261223T120000Z
SUMMARY:Vacation
ATTENDEE;CN="Lee; Sam":mailto:Sam@example.org
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART;VALUE=DATE:20261201
DTEND;VALUE=DATE:20261203
SUMMARY:sam: sick
BEGIN:VALARM
SUMMARY:Noor Aziz
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:4
DTSTART;VALUE=DATE:20270105
RRULE:FREQ=WEEKLY
SUMMARY:Noor Aziz at school
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART;VALUE=DATE:20270105
SUMMARY:Team lunch
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan(FILES)


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Callable[..., Ran]:
    def taken(text: str, *words: str) -> Ran:
        (tmp_path / "absences").write_text(text, encoding="utf-8")
        return run("-C", root, "import", "absences", tmp_path / "absences", *words)

    return taken


def off(root: Path, member: str) -> dict[str, str]:
    """Return a member's days off: the reason, and in front of it the hours of a part of a day."""
    return {
        str(days): " ".join(
            filter(None, ("half" if own.half else f"{own.minutes} min" if own.minutes else "", own.reason))
        )
        for days, own in read(root).plan.team[member].time_off.items()
    }


def test_personio_with_half_days_and_what_is_off_already(take: Callable[..., Ran], root: Path) -> None:
    ran = take(PERSONIO, "--write")
    assert ran.code == 0, ran.err
    assert off(root, "sam") == {
        "2026-12-01..2026-12-02": "away",
        "2026-12-21..2026-12-22": "Paid vacation",
        "2026-12-23": "half Paid vacation",
    }
    assert off(root, "noor") == {"2026-12-24..2026-12-31": "Closed", "2027-01-11": "half Paid vacation"}
    said = " ".join(ran.out.split())
    assert "1 request not approved yet, left out" in said
    assert "nobody of the team: Max Muster" in said
    assert "sick" not in (root / "team.yaml").read_text().lower()


def test_bamboohr_counts_in_hours_and_days(take: Callable[..., Ran], root: Path) -> None:
    assert take(BAMBOOHR, "--write").code == 0
    assert off(root, "sam") == {
        "2026-12-01..2026-12-02": "away",
        "2026-12-21..2026-12-22": "Vacation",
        "2026-12-23": "240 min Vacation",
    }
    assert off(root, "noor")["2027-01-11"] == "half Vacation"


def test_a_calendar_says_whose_it_is_by_name_or_address(take: Callable[..., Ran], root: Path) -> None:
    ran = take(CALENDAR, "--write", "--skip-bad")
    assert ran.code == 0, ran.err
    assert off(root, "sam") == {
        "2026-12-01..2026-12-02": "away",
        "2026-12-21..2026-12-22": "Vacation, at last",
        "2026-12-23": "240 min Vacation",
    }
    assert 'row 32, event: "Noor Aziz at school" comes again and again' in ran.err
    assert "nobody of the team: Team lunch" in " ".join(ran.out.split())


def test_again_adds_nothing_and_what_is_cancelled_ends(take: Callable[..., Ran], root: Path) -> None:
    take(PERSONIO, "--write")
    before = (root / "team.yaml").read_text()
    assert "nothing to change" in take(PERSONIO, "--write").err
    assert (root / "team.yaml").read_text() == before
    cancelled = PERSONIO.replace("No,23.12.2026,Yes,2.5,Approved", "No,23.12.2026,Yes,2.5,Cancelled")
    take(cancelled, "--write")
    assert off(root, "sam") == {"2026-12-01..2026-12-02": "away"}


def test_what_was_changed_here_stays(take: Callable[..., Ran], root: Path) -> None:
    take(PERSONIO, "--write")
    text = (root / "team.yaml").read_text()
    (root / "team.yaml").write_text(
        text.replace("2026-12-21..2026-12-22: Paid vacation", "2026-12-21..2026-12-22: Rome")
    )
    take(PERSONIO, "--write")
    assert off(root, "sam")["2026-12-21..2026-12-22"] == "Rome"


def test_what_is_no_longer_there_is_named(take: Callable[..., Ran]) -> None:
    take(PERSONIO, "--write")
    part = "\n".join(line for line in PERSONIO.splitlines() if "21.12.2026" not in line)
    notes = json.loads(take(part, "--format", "json").out)["data"]["notes"]
    assert notes[-1] == ("here and no longer there, so look yourself: sam 2026-12-21..2026-12-22 and sam 2026-12-23")


@pytest.mark.parametrize("days", ["21.12.2026,No,21.12.2026", "18.12.2026,No,22.12.2026", "22.12.2026,No,28.12.2026"])
def test_days_that_moved_there_move_here(take: Callable[..., Ran], root: Path, days: str) -> None:
    table = "Employee,Start date,Half day start,End date,Half day end,Amount,Status\nSam Lee,{},No,2,Approved\n"
    take(table.format("21.12.2026,No,22.12.2026"), "--write")
    assert off(root, "sam") == {"2026-12-21..2026-12-22": "away"}
    take(table.format(days), "--write")
    first, _, last = (part[6:] + "-" + part[3:5] + "-" + part[:2] if "." in part else "" for part in days.split(","))
    assert off(root, "sam") == {first if first == last else f"{first}..{last}": "away"}
    assert "nothing to change" in take(table.format(days), "--write").err


def test_days_that_moved_there_and_were_changed_here_differ(take: Callable[..., Ran], root: Path) -> None:
    table = "Employee,Start date,End date,Type,Status\nSam Lee,2026-12-21,2026-12-{},Vacation,Approved\n"
    take(table.format(23), "--write")
    text = (root / "team.yaml").read_text()
    (root / "team.yaml").write_text(text.replace("2026-12-23: Vacation", "2026-12-23: Rome"))
    assert "differing" in take(table.format(22), "--write").out
    assert off(root, "sam")["2026-12-21..2026-12-23"] == "Rome"


def test_a_table_without_names_is_one_members(take: Callable[..., Ran], root: Path) -> None:
    text = "from,to,reason\n2027-03-01,2027-03-05,Trip\n2027-03-08,2027-03-07,Trip\n"
    ran = take(text, "--member", "noor")
    assert "row 3, to: 2027-03-07 comes before 2027-03-08" in ran.err
    take(text, "--member", "noor", "--write", "--skip-bad")
    assert off(root, "noor")["2027-03-01..2027-03-05"] == "Trip"
    assert take(text).code == 1


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        ("0.25", "days", "120 min "),
        ("0.5", "days", "half "),
        ("0.75", "", "360 min "),
        ("1", "days", ""),
        ("6", "hours", "360 min "),
    ],
)
def test_a_part_of_a_day_is_that_part(take: Callable[..., Ran], root: Path, amount: str, unit: str, said: str) -> None:
    text = f"Employee Name,Time Off Type,From,To,Amount,Unit\nSam Lee,Vacation,2026-12-21,2026-12-21,{amount},{unit}\n"
    assert take(text, "--write").code == 0
    assert off(root, "sam") == {"2026-12-21": f"{said}Vacation"}


@pytest.mark.parametrize(("amount", "unit"), [("2.5", "days"), ("4", "hours")])
def test_a_part_of_several_days_is_refused(take: Callable[..., Ran], root: Path, amount: str, unit: str) -> None:
    text = f"Employee Name,Time Off Type,From,To,Amount,Unit\nSam Lee,Vacation,2026-12-21,2026-12-23,{amount},{unit}\n"
    ran = take(text, "--write")
    assert ran.code == 1
    assert f"row 2, Amount: {amount} {unit} of 2026-12-21..2026-12-23, and nothing says on which days" in ran.err
    assert off(root, "sam") == {}


LASTING = """\
BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
SUMMARY:Sam Lee: Vacation\r
DTSTART;VALUE=DATE:20261221\r
DURATION:P3D\r
END:VEVENT\r
BEGIN:VEVENT\r
SUMMARY:Sam Lee: dentist\r
DTSTART:20261228T090000\r
DURATION:PT1H30M\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_an_event_that_says_how_long_it_takes(take: Callable[..., Ran], root: Path) -> None:
    assert take(LASTING, "--write").code == 0
    assert off(root, "sam") == {"2026-12-21..2026-12-23": "Vacation", "2026-12-28": "90 min dentist"}


@pytest.mark.parametrize(
    ("line", "said"), [("RDATE;VALUE=DATE:20270101", "comes again and again"), ("DURATION:soon", "is no duration")]
)
def test_an_event_that_nobody_can_place_is_refused(take: Callable[..., Ran], line: str, said: str) -> None:
    text = LASTING.replace("DURATION:P3D", line)
    assert said in take(text, "--write").err
