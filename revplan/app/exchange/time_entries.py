"""`revplan import time`: what people logged elsewhere, as spent hours by task, day and person, once.

Hours of a task, a day and a person are added up. What was imported of them before comes off, so that the same table
brings nothing new, and hours logged here stay.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.workload import assignments
from revplan.app.exchange.columns import read_fields
from revplan.app.exchange.fields import Field
from revplan.app.exchange.files import Fault, normalise_header
from revplan.app.exchange.memory import Import, Unknown
from revplan.app.exchange.source import export_headers
from revplan.app.sprint.day_limit import check_days
from revplan.app.sprint.log import add_work
from revplan.errors import InputError
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.model.tactics import Tactic
from revplan.reports.import_preview import Difference, Preview, PreviewEntry, read_columns
from revplan.wording import hours_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from revplan.app.exchange.columns import Asked, Record, TableReading
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.app.exchange.source import Export
    from revplan.model.change import Change
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.reports.import_preview import How

SOURCE = "time"
"""What time is remembered under, with the program's name."""
FIELDS = (
    Field("date", "date", ("start date", "date", "work date", "started", "started at", "day"), "", is_required=True),
    Field("hours", "seconds", ("duration", "hours", "time spent", "duration (h)", "spent"), "h", is_required=True),
    Field("user", "text", ("user", "full name", "person", "member", "employee", "author", "username", "name")),
    Field("first_name", "text", ("first name",)),
    Field("last_name", "text", ("last name",)),
    Field("email", "text", ("email", "user email", "e-mail")),
    Field("project", "text", ("project", "project name", "tactic")),
    Field("task", "text", ("task", "task name", "activity")),
    Field("description", "text", ("description", "notes", "comment", "work description", "memo")),
    Field("tags", "text", ("tags", "labels")),
    Field("key", "text", ("issue key", "key", "issue", "issue id")),
)
_SHOWN = 12
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class TimeOptions:
    """What the user asks for.

    Attributes:
        by: whose hours they are where the table has no people; None for the task's only owner.
        names: project or issue → task, as the user says it.
        prefer: theirs or ours; None to list what differs.
    """

    by: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    prefer: Prefer | None = None


class WorkedCell(NamedTuple):
    """Work of a person on a task (`tactic/task`; of recurring work the tactic) on a day, in a sprint."""

    sprint: str
    task: str
    day: date
    member: str


def parse_tasks(written: Iterable[str]) -> dict[str, str]:
    """Read `NAME=TACTIC/TASK`, several times.

    Raises:
        InputError: it is not written so.
    """
    found = {}
    for each in written:
        name, equals, task = each.rpartition("=")
        if not equals or not name.strip() or not task.strip():
            raise InputError(f'"{each}" names no task', hint="such as --task 'Landing page=launch/write'")
        found[normalise_header(name)] = task.strip()
    return found


def time_headers(exports: Sequence[Export]) -> tuple[str, ...]:
    """Return every header that a table of time is known by."""
    return export_headers(exports, FIELDS)


def time_from(
    context: Context, table: TableFile, export: Export, asked: Asked, options: TimeOptions, memory: Memory
) -> Import:
    """Read a table of time entries, and tell what is not in the plan yet. Nothing is written.

    Raises:
        InputError: the table lacks days or durations.
    """
    reading = read_fields(table, export.fields(FIELDS), asked)
    sheet = _TimeSheet(context, reading, options, memory)
    ledger = _TimeLedger(context, export.name, memory, options.prefer)
    entries, changes = ledger.settle(sheet.minutes())
    faults = tuple(sorted((*reading.faults, *sheet.faults), key=lambda fault: fault.row))
    preview = Preview(table.name, entries, tuple(map(str, faults)), read_columns(reading.columns), SOURCE)
    notes = (f"read as {export.title}", *reading.notes, *sheet.notes())
    return Import(preview.with_notes(reading.unread, notes), faults, changes, memory)


class _TimeSheet:
    """The rows, added up by task, day and person; faults are what is refused."""

    def __init__(self, context: Context, reading: TableReading, options: TimeOptions, memory: Memory) -> None:
        self.context = context
        self.reading = reading
        self.options = options
        self.memory = memory
        self.faults: list[Fault] = []
        self.seconds: dict[WorkedCell, Fraction] = defaultdict(Fraction)
        self.unknown: dict[str, list[Fraction]] = defaultdict(list)
        self.by_name = _tactics_by_name(context)
        self.active = [sprint for sprint in context.plan.sprints.values() if sprint.status == "active"]
        self.tasks = {sprint.id: _tasks_by_tactic(sprint) for sprint in self.active}
        self.ids = tuple(context.plan.team)
        self.members: dict[str, int] = {}
        for place, (own, member) in enumerate(context.plan.team.items()):
            for name in (own, member.name.casefold(), (member.email or "").casefold()):
                self.members.setdefault(name, place)
        for record in reading.records:
            try:
                self._add(record)
            except ValueError as error:
                self.faults.append(Fault(record.number, *error.args))

    def minutes(self) -> dict[WorkedCell, int]:
        """Return whole minutes, halves up, in the order of sprints, tasks and days."""
        return {
            cell: int((seconds / _SECONDS + Fraction(1, 2)) // 1)
            for cell, seconds in sorted(self.seconds.items())
            if seconds
        }

    def _add(self, record: Record) -> None:
        seconds, day = record.seconds("hours"), record.day("date")
        if not seconds or record.refused.intersection(("hours", "date")):
            return
        if day is None:
            raise ValueError(self.reading.header("date"), "there is no day")
        if day > self.context.today:
            raise ValueError(self.reading.header("date"), f"{day} has not come yet; today is {self.context.today}")
        try:
            member = self._member(record)
        except LookupError as error:
            self.unknown[str(error.args[0])].append(seconds)
            return
        sprint = self._sprint(day)
        task = self._task(record, sprint, member) if sprint is not None else None
        if sprint is None or task is None:
            self.unknown[self._what(record, day, sprint)].append(seconds)
            return
        self.seconds[WorkedCell(sprint.id, task, day, member or self._only_owner(sprint, task))] += seconds

    # --- who, in which sprint --------------------------------------------------------------------------------------

    def _member(self, record: Record) -> str | None:
        full = " ".join(filter(None, (record.text("first_name"), record.text("last_name"))))
        said = [each for each in (record.text("email"), record.text("user"), full) if each]
        places = {self.members[name] for each in said if (name := each.casefold()) in self.members}
        if places:
            return self.ids[min(places)]
        if said:
            raise LookupError(f"by {said[-1]}, who is nobody of the team")
        return self.options.by

    def _sprint(self, day: date) -> Sprint | None:
        """Return the active sprint that a day lies in."""
        return next((sprint for sprint in self.active if sprint.runs_on(day)), None)

    def _only_owner(self, sprint: Sprint, task: str) -> str:
        tactic, _, name = task.partition("/")
        owners = {*self.tasks[sprint.id].get(tactic, {}).get(name, ()), *sprint.recurring.get(task, {})}
        if len(owners) != 1:
            raise ValueError("", f"nobody is named, and {task} has {plural(len(owners), 'owner')}; add --by MEMBER")
        return next(iter(owners))

    # --- which task ------------------------------------------------------------------------------------------------

    def _task(self, record: Record, sprint: Sprint, member: str | None) -> str | None:
        """Return the task that a row means: named by itself, else a task of the tactic that its project means."""
        names = [record.text(name) for name in ("task", "description", "project", "key", "tags")]

        def is_known(word: str) -> bool:
            tactic, slash, task = word.partition("/")
            return task in self.tasks[sprint.id].get(tactic, {}) if slash else word in sprint.recurring

        for said in filter(None, names):
            own = self.options.names.get(normalise_header(said), said.strip())
            if is_known(own):
                return own
            path = next((word for word in own.split() if is_known(word.strip("[]().,:"))), None)
            if path is not None and "/" in path:
                return path.strip("[]().,:")
        tactic = next((found for said in names if said and (found := self._tactic(said)) is not None), None)
        return self._task_of(tactic, record, member, sprint) if tactic is not None else None

    def _tactic(self, said: str) -> str | None:
        own = self.options.names.get(normalise_header(said))
        return own if own in self.context.plan.tactics else self.by_name.get(normalise_header(said))

    def _task_of(self, tactic: str, record: Record, member: str | None, sprint: Sprint) -> str | None:
        """Return a tactic's task: the one that the row names, its only one, or the only one of the person's own."""
        if tactic in sprint.recurring:
            return tactic
        own = self.tasks[sprint.id].get(tactic, {})
        said = {normalise_header(record.text(name)) for name in ("task", "description", "tags")}
        body = self.context.plan.tactics.get(tactic)
        named = [
            task
            for task in own
            if normalise_header(task) in said
            or (body is not None and task in body.tasks and normalise_header(body.tasks[task].skill) in said)
        ]
        by_key = self.memory.last(f"jira:{record.text('key')}", "task")
        if isinstance(by_key, str) and by_key in own:
            named = [by_key]
        mine = [task for task, owners in own.items() if member in owners]
        found = next((each for each in (named, list(own), mine) if len(each) == 1), None)
        return f"{tactic}/{found[0]}" if found else None

    # --- what is said besides --------------------------------------------------------------------------------------

    def _what(self, record: Record, day: date, sprint: Sprint | None) -> str:
        if sprint is None:
            return f"{day.year}-{day.month:02}, in no active sprint"
        said = (record.text(name) for name in ("key", "project", "task", "description"))
        return next(filter(None, (" / ".join(each for each in said if each),)), "nothing named")

    def notes(self) -> Iterator[str]:
        """Yield what means no task of the sprint."""
        names = sorted(self.unknown, key=lambda name: (-sum(self.unknown[name]), name))
        for name in names[:_SHOWN]:
            yield f"no task: {name}, {plural(len(self.unknown[name]), 'row')}, {_say(self.unknown[name])} h"
        if len(names) > _SHOWN:
            rest = [each for name in names[_SHOWN:] for each in self.unknown[name]]
            yield f"no task: {len(names) - _SHOWN} more, {_say(rest)} h"
        if names:
            yield "a task is named as tactic/task, by the tactic's title, id or key, or with --task NAME=TACTIC/TASK"


def _tasks_by_tactic(sprint: Sprint) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return who has each task of each tactic of a sprint."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in assignments(sprint):
        found.setdefault(one.tactic, {})[one.task] = tuple(one.row.people)
    return found


def _say(seconds: Iterable[Fraction]) -> str:
    return hours_text(round(sum(seconds, Fraction(0)) / _SECONDS))


def _tactics_by_name(context: Context) -> dict[str, str]:
    """Return tactics by id, title, and the key of the tracker that they come from."""
    found: dict[str, str] = {}
    for own, tactic in context.plan.tactics.items():
        key = (tactic.source or "").partition(":")[2]
        for name in filter(None, (own, tactic.title, key)):
            found.setdefault(normalise_header(name), own)
    return found


class _TimeLedger:
    """Minutes by task, day and person, beside what was imported of them before and what the plan has."""

    def __init__(self, context: Context, program: str, memory: Memory, prefer: Prefer | None) -> None:
        self.context = context
        self.program = program
        self.memory = memory
        self.prefer = prefer
        self.rows: dict[str, tuple[list[Difference], list[Difference]]] = {}
        self.moved: set[WorkedCell] = set()

    def settle(self, minutes: Mapping[WorkedCell, int]) -> tuple[tuple[PreviewEntry, ...], tuple[Change, ...]]:
        """Return what becomes of the minutes, and the changes; the memory gets what is taken."""
        added: dict[tuple[str, str], list[tuple[date, str, int]]] = {}
        gone = self._cells_gone(minutes)
        elsewhere = {(cell.task, cell.member) for cell in minutes if self._last(cell) != minutes[cell]}
        self.moved = {cell for cell in gone if (cell.task, cell.member) in elsewhere}
        for cell, theirs in sorted({**minutes, **dict.fromkeys(gone, 0)}.items()):
            more = self._more(cell, theirs)
            if more:
                added.setdefault((cell.sprint, cell.task), []).append((cell.day, cell.member, more))
        worked: dict[tuple[str, date], int] = defaultdict(int)
        for rows in added.values():
            for day, member, more in rows:
                worked[member, day] += more
        check_days(self.context.plan, worked)
        changes = [
            change
            for (sprint, task), entries in added.items()
            for change in add_work(self.context, self.context.plan.sprints[sprint], task, entries)
        ]
        entries = tuple(entry for task, row in self.rows.items() for entry in self._entries(task, *row))
        return entries, tuple(changes)

    def _cells_gone(self, minutes: Mapping[WorkedCell, int]) -> list[WorkedCell]:
        """Return work that was taken before, of people and days that the table has, and that is not in it."""
        if not minutes:
            return []
        first, last = min(cell.day for cell in minutes), max(cell.day for cell in minutes)
        people, prefix, gone = {cell.member for cell in minutes}, f"{SOURCE}-{self.program}:", []
        for (key, name), value in self.memory.said.items():
            written, _, member = name.partition(".")
            if not key.startswith(prefix) or member not in people or not _minutes(value):
                continue
            day, task = date.fromisoformat(written), key.removeprefix(prefix)
            cells = (WorkedCell(sprint, task, day, member) for sprint in self._open_sprints(day))
            gone += [cell for cell in cells if first <= day <= last and cell not in minutes and self._here(cell)]
        return gone

    def _open_sprints(self, day: date) -> Iterator[str]:
        sprints = self.context.plan.sprints.items()
        return (name for name, one in sprints if one.status == "active" and one.start <= day <= one.end)

    def _last(self, cell: WorkedCell) -> int | None:
        """Return the minutes that the source said last; None where it said nothing."""
        last = self.memory.last(f"{SOURCE}-{self.program}:{cell.task}", f"{cell.day}.{cell.member}")
        return None if isinstance(last, Unknown) else _minutes(last)

    def _more(self, cell: WorkedCell, theirs: int) -> int:
        """Return the minutes to be added to what the plan has; less than none where they come off.

        Hours that moved to another day of the same person and task come off; where they are gone, somebody decides.
        """
        key, name = f"{SOURCE}-{self.program}:{cell.task}", f"{cell.day}.{cell.member}"
        last = self.memory.last(key, name)
        here = self._here(cell)
        before = here if isinstance(last, Unknown) else _minutes(last)
        own_moved = isinstance(last, Unknown) and here > 0
        more = theirs - before
        taken, differing = self.rows.setdefault(cell.task, ([], []))
        difference = Difference(f"{cell.day} {cell.member}", _say_hours(here), _say_hours(max(0, here + more)))
        if more and (own_moved or more < 0) and self.prefer is None and cell not in self.moved:
            differing.append(difference)
            return 0
        self.memory.remember(key, name, hours_text(theirs))
        if not more or (self.prefer == "ours" and (own_moved or more < 0)):
            return 0
        taken.append(difference)
        return max(more, -here)

    def _here(self, cell: WorkedCell) -> int:
        sprint = self.context.plan.sprints[cell.sprint]
        tactic, _, task = cell.task.partition("/")
        body = sprint.tactics.get(tactic)
        if task and (body is None or task not in body.tasks):
            return 0
        log = body.tasks[task].log if task and body is not None else sprint.recurring_log.get(tactic, {})
        return log.get(cell.day, {}).get(cell.member, 0)

    def _entries(self, task: str, taken: list[Difference], differing: list[Difference]) -> Iterator[PreviewEntry]:
        tactic = self.context.plan.tactics.get(task.partition("/")[0])
        title, source = tactic.title if isinstance(tactic, Tactic) else "", self.program
        how: How = "new" if all(each.old is None for each in taken) else "changed"
        if taken:
            yield PreviewEntry(how, task, title, source, tuple(taken))
        if differing:
            hint = "hours of its own here, or fewer there than last time: --theirs or --ours decides"
            yield PreviewEntry("differing", task, title, source, (), 0, hint, tuple(differing))
        if not taken and not differing:
            yield PreviewEntry("same", task, title, source)


def _say_hours(minutes: int) -> str | None:
    return f"{hours_text(minutes)} h" if minutes else None


def _minutes(hours: object) -> int:
    """Return the minutes of hours as the memory has them."""
    text = str(hours)
    if text.endswith("m"):
        return int(text[:-1])
    return round(Fraction(text) * MINUTES_PER_HOUR)
