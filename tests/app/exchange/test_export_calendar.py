"""Calendars that others subscribe to: the same bytes while nothing changes, and told where something did."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from revplan.analysis.events import Event
from revplan.formats import ics

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

LONG = "Book, then pay; the room with the big window that looks out on the harbour and the larger one beside it"
APRIL = datetime(2027, 4, 1, tzinfo=UTC)
PLAN = """\
revplan:
  format: 1
  company: Größe & Co
  currency: EUR
  timezone: Europe/Berlin
  meetings: {weekly: {day: mon, time: "09:30", minutes: 60, attendees: [sam]}}
team:
  sam: {name: Sam, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
  noor: {name: Noor, kind: employee, function: sales, hours_per_week: 40, skills: {calls: 4}}
todos:
  overdue: {title: Send the contract, owner: sam, due: 2026-10-26}
  soon: {title: Book the room, owner: noor, due: 2026-11-30}
  done1: {title: Done thing, owner: sam, due: 2026-11-30, status: done}
"""


def plan(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": PLAN})


def entries(file: Path) -> dict[str, Any]:
    found = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    return {str(entry["UID"]): entry for entry in found}


def test_the_next_day_gives_the_same_bytes(run: Run, make_plan: Callable[..., Path], tmp_path: Path) -> None:
    root = plan(make_plan)
    for day in ("27", "28", "29"):
        ran = run("-C", root, "export", "ics", "-o", tmp_path / f"{day}.ics", "--today", f"2026-11-{day}")
        assert ran.code == 0, ran.err
    assert (
        (tmp_path / "27.ics").read_bytes() == (tmp_path / "28.ics").read_bytes() == (tmp_path / "29.ics").read_bytes()
    )


def test_overdue_work_stays_and_meetings_have_times(run: Run, make_plan: Callable[..., Path], tmp_path: Path) -> None:
    file = tmp_path / "plan.ics"
    run("-C", plan(make_plan), "export", "ics", "-o", file, "--today", "2026-11-28")
    found = entries(file)
    assert found["todo-overdue@groesse-co.revplan"]["DTSTART"].dt == date(2026, 10, 26)
    assert "todo-done1@groesse-co.revplan" not in found
    meeting = found["meeting-weekly-2026-11-30@groesse-co.revplan"]
    assert meeting["DTSTART"].dt == datetime(2026, 11, 30, 8, 30, tzinfo=UTC), "half past nine in Berlin, in winter"
    assert meeting["DTEND"].dt == datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
    calendar = Calendar.from_ical(file.read_bytes())
    assert (str(calendar["X-PUBLISHED-TTL"]), "REFRESH-INTERVAL" in calendar) == ("PT12H", True)


def test_a_meeting_keeps_its_time_of_day_when_clocks_change(run: Run, make_plan: Callable[..., Path]) -> None:
    """Berlin goes to summer time on 28 March 2027, and back on 31 October; New York on 14 March and 7 November."""
    found = {}
    for zone in ("Europe/Berlin", "America/New_York", "Asia/Kolkata"):
        root = make_plan({"revplan.yaml": PLAN.replace("Europe/Berlin", zone)})
        text = run("-C", root, "export", "ics", "--today", "2027-03-01").out
        walked: Any = Calendar.from_ical(text).walk("VEVENT")
        starts = [entry["DTSTART"].dt for entry in walked]
        found[zone] = [f"{each:%m-%d %H:%M}" for each in starts if isinstance(each, datetime) and each < APRIL]
    assert found == {
        "Europe/Berlin": ["03-01 08:30", "03-08 08:30", "03-15 08:30", "03-22 08:30", "03-29 07:30"],
        "America/New_York": ["03-01 14:30", "03-08 14:30", "03-15 13:30", "03-22 13:30", "03-29 13:30"],
        "Asia/Kolkata": ["03-01 04:00", "03-08 04:00", "03-15 04:00", "03-22 04:00", "03-29 04:00"],
    }


def test_what_changed_counts_one_change_more(run: Run, make_plan: Callable[..., Path], tmp_path: Path) -> None:
    root, file = plan(make_plan), tmp_path / "plan.ics"
    uid = "todo-soon@groesse-co.revplan"
    run("-C", root, "export", "ics", "-o", file, "--today", "2026-11-27")
    assert entries(file)[uid]["SEQUENCE"] == 0
    text = (root / "revplan.yaml").read_text(encoding="utf-8")
    (root / "revplan.yaml").write_text(text.replace("Book the room", f'"{LONG}"'), encoding="utf-8")
    run("-C", root, "export", "ics", "-o", file, "--today", "2026-11-28")
    changed = file.read_bytes()
    found = entries(file)
    assert (found[uid]["SEQUENCE"], found[uid]["DTSTAMP"].dt) == (1, datetime(2026, 11, 28, tzinfo=UTC))
    assert {entry["SEQUENCE"] for other, entry in found.items() if other != uid} == {0}
    run("-C", root, "export", "ics", "-o", file, "--today", "2026-11-29")
    assert file.read_bytes() == changed


def test_one_calendar_a_person(run: Run, make_plan: Callable[..., Path], tmp_path: Path) -> None:
    root = plan(make_plan)
    ran = run("-C", root, "export", "ics", "--all", "-o", tmp_path / "calendars", "--today", "2026-11-28")
    assert ran.code == 0, ran.err
    kinds = {
        file.stem: {uid.partition("@")[0] for uid in entries(file) if uid.startswith("todo")}
        for file in (tmp_path / "calendars").iterdir()
    }
    assert kinds == {"sam": {"todo-overdue"}, "noor": {"todo-soon"}}
    one = run("-C", root, "export", "ics", "--member", "noor", "--today", "2026-11-28").out
    assert "meeting-weekly" not in one
    for words in (("--all",), ("--all", "--member", "sam", "-o", tmp_path / "c"), ("--member", "nobody")):
        assert run("-C", root, "export", "ics", *words).code == 2


def test_a_zone_that_is_none_is_told(run: Run, make_plan: Callable[..., Path]) -> None:
    root = make_plan({"revplan.yaml": PLAN.replace("Europe/Berlin", "Europe/Atlantis")})
    ran = run("-C", root, "export", "ics", "--today", "2026-11-28")
    assert (ran.code, 'no time zone "Europe/Atlantis" is known here' in ran.err) == (2, True)


def test_without_a_zone_times_are_the_readers_own() -> None:
    day = date(2026, 11, 30)
    drawn = ics.draw("C", (Event("m", "M", day, day, starts=time(9, 30), minutes=90),), {}, day)
    assert "DTSTART:20261130T093000\r\n" in drawn
    assert "DTEND:20261130T110000\r\n" in drawn


def test_a_page_for_each_who_has_work(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "p", "--example", "harbourline").code == 0
    ran = run("-C", tmp_path / "p", "sprint", "brief", "--all", "--format", "html", "-o", tmp_path / "briefs")
    assert ran.code == 0, ran.err
    names = {file.stem for file in (tmp_path / "briefs").iterdir() if file.suffix == ".html"}
    assert "priya" in names
    one = run("-C", tmp_path / "p", "sprint", "brief", "--all").out
    alone = run("-C", tmp_path / "p", "sprint", "brief", "priya").out
    assert alone.strip() in one
    assert run("-C", tmp_path / "p", "sprint", "brief").code == 2


def drawn_entries(text: str) -> list[Any]:
    return [*Calendar.from_ical(text).walk("VEVENT")]


def test_meetings_keep_their_time_of_day_and_their_length_over_clock_changes() -> None:
    """Berlin goes back on 25 October 2026 and forth on 28 March 2027; New York a week later, and two weeks before."""
    days = [date(2026, 10, 23), date(2026, 10, 30), date(2027, 3, 26), date(2027, 4, 2)]
    starts = {
        "Europe/Berlin": [(7, 0), (8, 0), (8, 0), (7, 0)],
        "America/New_York": [(13, 0), (13, 0), (13, 0), (13, 0)],
        "Asia/Kolkata": [(3, 30)] * 4,
    }
    for name, wanted in starts.items():
        events = [Event(f"m-{day}", "M", day, day, starts=time(9), minutes=90) for day in days]
        text = ics.draw("T", events, {}, days[0], zone=ZoneInfo(name))
        found = [(each["DTSTART"].dt, each["DTEND"].dt) for each in drawn_entries(text)]
        assert [(begin.hour, begin.minute) for begin, _ in found] == wanted
        assert [begin.astimezone(ZoneInfo(name)).time() for begin, _ in found] == [time(9)] * 4
        assert {end - begin for begin, end in found} == {timedelta(minutes=90)}


def test_a_meeting_in_which_the_clocks_change_is_as_long_as_ever() -> None:
    for day in (date(2026, 10, 25), date(2027, 3, 28)):
        event = Event("m", "M", day, day, starts=time(1, 30), minutes=120)
        [entry] = drawn_entries(ics.draw("T", [event], {}, day, zone=ZoneInfo("Europe/Berlin")))
        assert entry["DTEND"].dt - entry["DTSTART"].dt == timedelta(minutes=120)
