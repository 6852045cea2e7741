"""A year of a company through the command line alone: begun, planned, worked, changed, merged, closed twelve times."""

from __future__ import annotations

import shlex
from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.support.branches import BRANCHES
from tests.support.gits import repository
from tests.support.office import Office
from tests.support.story import (
    BACKLOG,
    BEFORE,
    BEGINNING,
    CARDS,
    CARDS_LATER,
    COMPANY,
    DAYS_OFF,
    FACTORS,
    NO_DAYS_OFF,
    READINGS,
    WITHIN,
    YEAR,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.shell import Ran
    from tests.support.story import Row

REPORTS = ("scoreboard", "goals", "forecast", "capacity", "team", "sprint", "parking-lot", "backlog", "strategy")
MORE_REPORTS = ("campaigns", "stack", "company")


def test_a_year(tmp_path: Path, run: Callable[..., Ran]) -> None:
    office = Office(repository(tmp_path / "lantern"), run, BEGINNING)
    begins(office)
    for month in range(1, 13):
        plans(office, month)
        works(office, month)
        closes(office, month)
        nothing_is_lost(office, month)
    ends(office)


def begins(office: Office) -> None:
    people = ("--company", "Lantern", "--person", "Ida Berg", "--colleague", "Tom Reyes")
    office.does("init", office.root, "--yes", *people)
    office.commits("Begin")
    office.rewrites("revplan.yaml", (NO_DAYS_OFF, DAYS_OFF))
    follows(office, COMPANY)
    office.commits("Our own people and strategy")


def follows(office: Office, commands: str) -> None:
    """Run commands, one a line."""
    for command in commands.replace("\n  ", " ").splitlines():
        files = {"cards": office.beside("cards.csv"), "readings": office.beside("readings.csv")}
        words = [str(files.get(word.strip("{}"), word)) for word in shlex.split(command)]
        office.does(*words)
        if words[0] == "rename":
            office.knows_as(*words[1:])
        if words[:2] == ["tactic", "drop"]:
            office.gone.add(words[2])


# --- a month ---------------------------------------------------------------------------------------------------------


def plans(office: Office, month: int) -> None:
    """Plan the month on its eve."""
    name = sprint(month)
    office.beside("cards.csv").write_text(CARDS if month < 5 else CARDS_LATER)
    office.beside("readings.csv").write_text(READINGS)
    for row in BACKLOG[month]:
        adds(office, row)
    follows(office, BEFORE.get(month, ""))
    if month % 3 == 1:
        office.does("agenda", "quarter")
    office.does("agenda", "sprint")
    office.does("sprint", "plan", name, "--write", "--goal", f"What {name} is for")
    all_is_placed_parked_or_left_out(office, name)
    office.commits(f"Plan {name}")


def adds(office: Office, row: Row) -> None:
    title, function, impact, tasks = row
    given = [word for task in tasks.split() for word in ("--task", task)]
    objective, metric = ("stay", "stayers") if function == "service" else ("more-conversations", "conversations")
    about = ("--objective", objective, "--metric", metric, "--persona", "office-manager", "--done-when", "It is used")
    office.does("tactic", "add", title, "--function", function, "--impact", impact, *given, *about)
    office.tactics.append(title.lower().replace(" ", "-"))


def all_is_placed_parked_or_left_out(office: Office, name: str) -> None:
    """Every tactic has its place or a reason, nobody has more than their hours, and the plan is written as told."""
    answer = office.asks("sprint", "plan", name)
    told = Counter(one["tactic"] for kind in ("placed", "parked", "left_out") for one in answer[kind])
    assert told == Counter([*office.plan()["tactics"]]), name
    assert answer["value"] <= answer["bound"]
    for member in answer["members"]:
        assert all(day["allocated"] <= day["plannable"] for day in member["days"].values()), member["member"]
    office.does("sprint", "plan", name, "--check")


def works(office: Office, month: int) -> None:
    """Work the month week by week; on its second Monday people work apart, on the third something comes up."""
    name = sprint(month)
    office.today = date(YEAR, month, 1)
    office.does("sprint", "start", name)
    for week, monday in enumerate(mondays(month)):
        office.today = max(monday, date(YEAR, month, 1))
        if office.today == monday:
            meets(office)
        if week == 1 and month in BRANCHES:
            BRANCHES[month](office, name)
        if week == 2 and month in WITHIN:
            follows(office, WITHIN[month])
            all_is_placed_parked_or_left_out(office, name)
        logs(office, name, min(monday + timedelta(days=4), last_day(month)))
        office.commits(f"The week of {office.today}")


def meets(office: Office) -> None:
    """Hold the weekly meeting: the agenda is filled in, and read back."""
    sheet = office.beside("monday.md")
    office.does("agenda", "weekly", "--format", "markdown", "--output", sheet)
    before, after = f"promise-of-{office.today - timedelta(days=7)}", f"Promise of {office.today}"
    office.fills(sheet, "Attended", "ida-berg, tom-reyes")
    office.fills(sheet, "New to-dos", f"{after} (tom-reyes, {office.today + timedelta(days=7)})")
    office.fills(sheet, "To-dos done", before if before in office.todos else "first-plan")
    issue = f"trouble-of-{office.today - timedelta(days=7)}"
    solved = ("--solved", f"{issue}: We talked") if issue in office.issues else ()
    raised = ("--issue", f"Trouble of {office.today} (ida-berg)") if office.today.day <= 7 else ()
    office.does("meeting", "close", "weekly", "--from", sheet, "--rating", "ida-berg=8", *solved, *raised)
    office.todos.append(after.lower().replace(" ", "-"))
    office.issues += [f"trouble-of-{office.today}"] if raised else []


def logs(office: Office, name: str, friday: date) -> None:
    """Log a week: some tasks take longer than planned, some less, and a few are not finished."""
    for number, task in enumerate(office.asks("sprint", "show", name)["tasks"]):
        if task["status"] in {"done", "dropped"} or date.fromisoformat(task["start"]) > friday:
            continue
        takes = round(task["planned_hours"] * 60 * FACTORS[number % len(FACTORS)] / 100 / 15) * 15
        spent = round((task["spent_hours"] or 0) * 60)
        takes = min(takes, spent + 10 * 60) if len(task["owners"]) == 1 else takes
        if is_day_full(office, name, task["owners"]):
            continue
        if date.fromisoformat(task["due"]) <= friday and number % 11 != 10:
            office.logs(name, task["task"], max(15, takes - spent), "--done")
        elif spent == 0:
            office.logs(name, task["task"], takes // 30 * 15 or 15)


def is_day_full(office: Office, name: str, owners: dict[str, float]) -> bool:
    """Tell whether one of these people has logged so much today that another 10 h are more than a day has."""
    log = office.asks("sprint", "status", name)["log"]
    today = [one for one in log if one["day"] == str(office.today)]
    return any(sum(one["hours"] for one in today if one["member"] == owner) > 14 for owner in owners)


def closes(office: Office, month: int) -> None:
    name = sprint(month)
    office.today = last_day(month)
    office.does("sprint", "status")
    office.does("sprint", "brief", ("ida-berg", "tom-reyes", "pixel-works")[month % 3])
    revenue = f"{1200 + 25 * month}k"
    office.does("goal", "edit", YEAR, "--set", f"actual.{name}={revenue}")
    for metric, value in (("revenue", (1200 + 25 * month) * 1000), ("conversations", 9 + month % 3)):
        office.does("metric", "record", metric, value)
        office.readings[metric, str(office.today)] = str(value)
    office.does("diff", "--since", BEGINNING if month == 1 else last_day(month - 1))
    office.does("sprint", "close", name, *(("--carry",) if month % 2 else ()))
    office.seals(name)
    for report in (*REPORTS, *MORE_REPORTS)[month % 4 :: 4]:
        office.does("report", report)
    office.commits(f"Close {name}")


# --- what is so after every month ------------------------------------------------------------------------------------


def nothing_is_lost(office: Office, month: int) -> None:
    """What went in is there, closed sprints are what they were, and the plan is sound and as `fmt` would have it."""
    office.does("fmt", "--check")
    office.does("validate")
    plan = office.plan()
    assert {*office.tactics} <= plan["tactics"].keys() | office.gone
    assert {*office.todos} <= plan["todos"].keys()
    assert {*office.issues} <= plan["issues"].keys()
    for (metric, day), value in office.readings.items():
        assert str(plan["metrics"][metric]["readings"][day]) == value
    assert office.history_stands()
    assert sorted(plan["sprints"]) == [sprint(at) for at in range(1, month + 1)]
    hours_logged_are_hours_told(office, sprint(month))


def hours_logged_are_hours_told(office: Office, name: str) -> None:
    """By task as far as it is still in the sprint, by tactic, by member and in all."""
    shown = office.asks("sprint", "show", name)
    by_task = {task: minutes for (own, task), minutes in office.spent.items() if own == name}
    by_tactic: Counter[str] = Counter()
    for task, minutes in by_task.items():
        by_tactic[task.partition("/")[0]] += minutes
    assert minutes_by(shown["tactics"], "tactic") == by_tactic
    assert sum(minutes_by(shown["members"], "member").values()) == sum(by_task.values())
    listed = {one["sprint"]: one["spent_hours"] for one in office.asks("sprint", "list")["sprints"]}
    assert round(listed[name] * 60) == sum(by_task.values())
    assert minutes_by(shown["tasks"], "task").items() <= by_task.items()


def minutes_by(rows: list[dict[str, Any]], name: str) -> dict[str, int]:
    return {row[name]: round(row["spent_hours"] * 60) for row in rows if row["spent_hours"]}


def ends(office: Office) -> None:
    """Look back: every month is closed, what was removed is in the history, and all reports can be drawn."""
    assert {one["status"] for one in office.asks("sprint", "list")["sprints"]} == {"closed"}
    for month in range(1, 13):
        hours_logged_are_hours_told(office, sprint(month))
    for tactic in sorted(office.gone):
        assert "removed" in office.does("log", "tactic", tactic)
    site = office.beside("site")
    office.does("report", "--all", "--format", "html", "--output", site)
    assert len(list(site.glob("*.html"))) >= len(REPORTS) + len(MORE_REPORTS)
    before = office.digest()
    office.does("sprint", "plan", f"{YEAR + 1}-01")
    assert office.digest() == before


# --- days ------------------------------------------------------------------------------------------------------------


def sprint(month: int) -> str:
    return f"{YEAR}-{month:02}"


def last_day(month: int) -> date:
    return date(YEAR, month, monthrange(YEAR, month)[1])


def mondays(month: int) -> Iterator[date]:
    """Yield the Mondays of the weeks that have a workday in a month."""
    day = date(YEAR, month, 1)
    day -= timedelta(days=day.weekday())
    while day <= last_day(month):
        if day + timedelta(days=4) >= date(YEAR, month, 1):
            yield day
        day += timedelta(days=7)
