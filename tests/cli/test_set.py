"""Settings are shown and changed by their keys; a change touches its own lines alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules_of
from hypothesis import strategies as st

from revplan.app.editing.plan_settings import change_setting
from revplan.store.edit.plan import edit
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

SETTINGS = """\
# Ours since 2026.
revplan:
  format: 1
  company: Copper Kettle   # in Hull
  currency: EUR
  today: 2026-11-28

  sprint: {length: month, focus_factor: 0.8}
  holidays:
    2026-12-25: Christmas Day   # always
  meetings:
    weekly:
      day: mon
      minutes: 60
"""


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    return make_plan({"revplan.yaml": SETTINGS})


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("company", "Bean & Leaf", "Copper Kettle ", "Bean & Leaf "),
        ("sprint.focus_factor", "0.75", "0.8", "0.75"),
        ("revplan.sprint.focus_factor", "75%", "0.8", "75%"),
        ("sprint.reserve", "20%", "0.8}", "0.8, reserve: 20%}"),
        ("sprint.focus_factor", "", ", focus_factor: 0.8", ""),
        ("holidays.2026-12-25", "Christmas", "Christmas Day", "Christmas"),
        ("holidays.2026-12-28..2026-12-31", "Closed", "always\n", "always\n    2026-12-28..2026-12-31: Closed\n"),
        ("holidays.2026-12-24", "{hours: 4}", "always\n", "always\n    2026-12-24: {hours: 4}\n"),
        ("meetings.weekly.time", "09:30", "day: mon\n", "day: mon\n      time: 09:30\n"),
        ("timezone", "Europe/Berlin", "EUR\n", "EUR\n  timezone: Europe/Berlin\n"),
    ],
)
def test_a_setting_is_changed_in_its_place(run: Run, root: Path, key: str, value: str, old: str, new: str) -> None:
    result = run("-C", root, "set", key, value)
    assert result.code == 0, result.err
    assert (root / "revplan.yaml").read_text(encoding="utf-8") == SETTINGS.replace(old, new)


def test_settings_are_shown(run: Run, root: Path) -> None:
    assert run("-C", root, "set").out.splitlines()[:2] == ["format: 1", "company: Copper Kettle"]
    assert run("-C", root, "set", "holidays").out == "holidays.2026-12-25: Christmas Day\n"
    assert run("-C", root, "set", "sprint").out == "sprint.length: month\nsprint.focus_factor: 0.8\n"
    result = run("-C", root, "set", "timezone")
    assert (result.code, result.out, "timezone is not set" in result.err) == (0, "", True)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("holydays.2026-12-24", "Eve"), 2, 'did you mean "holidays"?'),
        (("sprint.", "4"), 2, "there can be length"),
        (("sprint.length", "fortnight"), 1, "a sprint's length"),
        (("holidays.24-12", "Eve"), 1, "is not a date"),
        (("company", ""), 1, '"company" is missing'),
        (("company", "{"), 2, "cannot be read"),
    ],
)
def test_what_is_no_setting_is_refused_and_nothing_written(
    run: Run, root: Path, words: tuple[str, str], code: int, said: str
) -> None:
    result = run("-C", root, "set", *words)
    assert (result.code, said in result.err) == (code, True), result.err
    assert (root / "revplan.yaml").read_text(encoding="utf-8") == SETTINGS


@rules_of(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates().map(str), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_setting_and_removing_leaves_every_byte(make_plan: MakePlan, day: str, name: str) -> None:
    root = make_plan({"revplan.yaml": SETTINGS})
    loaded = read(root)
    (change,) = change_setting(f"holidays.{day}", "x")
    named = type(change)(change.ref, name, change.file)
    if day == "2026-12-25":
        return
    (added,) = edit(loaded, [named]).files
    (root / "revplan.yaml").write_bytes(added.new)
    (removed,) = edit(read(root), change_setting(f"holidays.{day}", "")).files
    assert removed.new.decode() == SETTINGS


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("meetings.weekly.time", "9am", "write 09:00"),
        ("meetings.weekly.time", "9.30", "write 09:30"),
        ("meetings.weekly.time", "14h30", "write 14:30"),
        ("meetings.weekly.time", "2:30 pm", "write 14:30"),
        ("meetings.weekly.time", "0930", "write 09:30"),
        ("meetings.weekly.minutes", "1h", "write 60"),
        ("meetings.weekly.minutes", "90m", "write 90"),
        ("meetings.weekly.minutes", "1h 30", "write 90"),
        ("meetings.weekly.at", "9:30", 'did you mean "time"?'),
        ("meetings.weekly.start", "9:30", 'did you mean "time"?'),
        ("meetings.weekly.participants", "ana", 'did you mean "attendees"?'),
        ("meetings.weekly.duration", "1h", "write minutes: 60"),
        ("meetings.weekly.hours", "1", "write minutes: 60 for an hour"),
        ("meetings.lunch.minutes", "60", "there can be weekly, sprint, quarter, notes (below meetings)"),
        ("strategy.tone", "Warm", "`revplan explain strategy` tells what can stand there"),
        ("meetings.daily.minutes", "15", "there are weekly, sprint and quarter; another meeting is work that recurs"),
    ],
)
def test_what_is_no_setting_of_a_meeting_is_told_with_what_is(
    run: Run, make_plan: MakePlan, key: str, value: str, told: str
) -> None:
    root = make_plan({"revplan.yaml": SETTINGS})
    result = run("set", key, value, "-C", root)
    assert result.code != 0
    assert told in result.err
    assert (root / "revplan.yaml").read_text(encoding="utf-8") == SETTINGS


@pytest.mark.parametrize("name", ["Berlin", "berlin", "Europa/Berlin"])
def test_a_city_alone_is_told_with_its_region(run: Run, make_plan: MakePlan, name: str) -> None:
    result = run("set", "timezone", name, "-C", make_plan({"revplan.yaml": SETTINGS}))
    assert 'did you mean "Europe/Berlin"?' in result.err
