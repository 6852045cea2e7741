"""Plannable minutes against a slow simulation of a month that reads the plan's own text, minute by minute."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.capacity import team_capacity
from revplan.analysis.periods import Period
from tests.support.plans import plan

if TYPE_CHECKING:
    from collections.abc import Iterator

Body = dict[str, Any]
DECEMBER = Period("2026-12", date(2026, 12, 1), date(2026, 12, 31))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_DAY = 480

days = st.integers(1, 31).map(lambda day: f"2026-12-{day:02}")
spans = st.tuples(st.integers(1, 31), st.integers(0, 5)).map(
    lambda span: f"2026-12-{span[0]:02}..2026-12-{min(31, sum(span)):02}"
)
parts = st.one_of(
    st.sampled_from(["Off", "half day"]),
    st.integers(0, 12).map(lambda hours: f"{hours}h"),
    st.integers(0, 12).map(lambda hours: {"hours": str(hours), "reason": "Off"}),
)
days_off = st.dictionaries(st.one_of(days, spans), parts, max_size=4)
weeks = st.dictionaries(st.sampled_from(WEEKDAYS), st.integers(0, 10).map(str), min_size=1, max_size=5)
turns = st.fixed_dictionaries({"even": weeks, "odd": weeks})
week_or_turns = st.one_of(weeks, turns)
patterns = st.one_of(
    st.integers(0, 60).map(lambda hours: {"hours_per_week": str(hours)}),
    st.builds(
        lambda one, day, two: {"hours_per_week": {"2026-01-01": one, day: two}}, st.just("40"), days, st.just("25")
    ),
    week_or_turns.map(lambda week: {"week": week}),
    st.builds(lambda one, day, two: {"week": {"2026-01-01": one, day: two}}, week_or_turns, days, week_or_turns),
)
more_of_members: st.SearchStrategy[Body] = st.fixed_dictionaries(
    {"business_as_usual": st.integers(0, 30).map(str), "time_off": days_off},
    optional={"from": days, "until": days, "calendar": st.sampled_from(["india", "bavaria"])},
)
members = st.builds(
    lambda pattern, more: pattern | more,
    patterns,
    more_of_members.filter(lambda body: body.get("from", "") <= body.get("until", "9")),
)
settings = st.fixed_dictionaries(
    {
        "holidays": days_off,
        "calendars": st.fixed_dictionaries(
            {"india": days_off, "bavaria": days_off.map(lambda body: body | {"also": "true"})}
        ),
        "meetings": st.fixed_dictionaries(
            {
                "weekly": st.fixed_dictionaries(
                    {"day": st.sampled_from(WEEKDAYS[:5]), "minutes": st.integers(0, 600).map(str)}
                ),
                "sprint": st.fixed_dictionaries({"minutes": st.integers(0, 1200).map(str)}),
            }
        ),
        "sprint": st.fixed_dictionaries({"focus_factor": st.just("0.8"), "reserve": st.just("0.1")}),
    }
)


def covered(written: str, day: date) -> bool:
    first, _, last = written.partition("..")
    return date.fromisoformat(first) <= day <= date.fromisoformat(last or first)


def off(entries: Body, day: date, minutes: Fraction) -> Fraction:
    """Return what days off, as they are written, take of a day's minutes."""
    taken = Fraction(0)
    for written, entry in entries.items():
        if written != "also" and covered(written, day):
            hours = entry["hours"] if isinstance(entry, dict) else entry
            if hours == "Off":
                taken += minutes
            elif hours == "half day":
                taken += minutes / 2
            else:
                taken += int(hours.removesuffix("h")) * 60
    return min(taken, minutes)


def pattern(member: Body, day: date) -> tuple[Fraction, Fraction]:
    """Return the minutes of a day and of its week as the member's text has them."""
    written: Any = member.get("hours_per_week", member.get("week"))
    if isinstance(written, dict) and any(key.startswith("2026") for key in written):
        written = written[max(key for key in written if key <= day.isoformat())]
    if isinstance(written, str):
        return Fraction(int(written) * 60, 5) if day.weekday() < 5 else Fraction(0), Fraction(int(written) * 60)
    if "even" in written or "odd" in written:
        written = written["odd" if day.isocalendar()[1] % 2 else "even"]
    return Fraction(int(written.get(WEEKDAYS[day.weekday()], 0)) * 60), Fraction(sum(map(int, written.values())) * 60)


def simulate(own: Body, member: Body) -> list[Fraction]:
    """Return the plannable minutes of each day of December, before rounding."""
    place = own["calendars"].get(member.get("calendar"), {})
    company = [own["holidays"]]
    holidays = company if not place and "calendar" not in member else [place]
    if "also" in place:
        holidays = [place, own["holidays"]]
    there: list[int] = []
    usual: list[Fraction] = []
    works: list[bool] = []
    for day in DECEMBER.days:
        minutes, week = pattern(member, day)
        worked = max(Fraction(0), minutes - sum(off(each, day, minutes) for each in holidays))
        left = worked - off(member["time_off"], day, worked)
        has_left = day < date.fromisoformat(member.get("from", "2026-12-01"))
        has_left |= day > date.fromisoformat(member.get("until", "2026-12-31"))
        left = Fraction(0) if has_left else left
        assert left.denominator == 1
        there.append(int(left))
        usual.append(Fraction(member["business_as_usual"]) * 60 * worked / week if week else Fraction(0))
        works.append(bool(left) if has_hours(member) else not has_left and not is_off(member["time_off"], day))
    for number, length in meetings(own):
        if works[number]:
            for _ in range(length):  # a minute of a meeting takes a minute of the first day that has one left
                free = next((each for each in (*range(number, 31), *range(number - 1, -1, -1)) if there[each]), None)
                if free is not None:
                    there[free] -= 1
    rest = (max(Fraction(0), left - taken) for left, taken in zip(there, usual, strict=True))
    return [left * Fraction(4, 5) * Fraction(9, 10) for left in rest]


def has_hours(member: Body) -> bool:
    """Tell whether any figure of the working pattern is more than nothing."""
    return any(
        figure != "0" for figure in leaves(member["hours_per_week"] if "hours_per_week" in member else member["week"])
    )


def leaves(body: Body | str) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    else:
        for below in body.values():
            yield from leaves(below)


def is_off(entries: Body, day: date) -> bool:
    return off(entries, day, Fraction(10**9)) == 10**9


def meetings(own: Body) -> list[tuple[int, int]]:
    """Return day and minutes of each meeting: the planning on the first workday, the weekly on each of its weekdays."""
    workdays = [
        day for day in DECEMBER.days if day.weekday() < 5 and off(own["holidays"], day, Fraction(FULL_DAY)) < FULL_DAY
    ]
    weekly, sprint = own["meetings"]["weekly"], own["meetings"]["sprint"]
    held = [(day.day - 1, int(weekly["minutes"])) for day in workdays if WEEKDAYS[day.weekday()] == weekly["day"]]
    held += [(workdays[0].day - 1, int(sprint["minutes"]))] if workdays else []
    return sorted(held)


@given(own=settings, member=members)
def test_plannable_minutes_are_those_of_a_simulation(own: Body, member: Body) -> None:
    found = team_capacity(plan(own, team={"dana": member}), DECEMBER, DECEMBER.start)["dana"]
    running, rounded = Fraction(0), []
    for minutes in simulate(own, member):
        rounded.append(15 * (floor((running + minutes) / 15) - floor(running / 15)))
        running += minutes
    assert list(found.minutes) == rounded
    assert found.gross + sum(step.minutes for step in found.steps) == found.plannable


@given(own=settings, member=members, begin=st.integers(0, 30))
def test_a_day_does_not_depend_on_the_day_from_which_one_counts(own: Body, member: Body, begin: int) -> None:
    what, since = plan(own, team={"dana": member}), DECEMBER.start + timedelta(days=begin)
    whole = team_capacity(what, DECEMBER, DECEMBER.start)["dana"]
    found = team_capacity(what, DECEMBER, since)["dana"]
    assert found.minutes == (0,) * begin + whole.minutes[begin:]
    assert found.gross + sum(step.minutes for step in found.steps) == found.plannable
    assert -15 < found.step("rounding") <= 15
