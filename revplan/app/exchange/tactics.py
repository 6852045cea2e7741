"""`revplan import csv`: rows of another tracker as tactics, found again by their key when they come a second time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from revplan.app.editing.entries import declared_ids, propose_id
from revplan.app.exchange.readings import BadRow
from revplan.app.exchange.tables import check_date_format, day_of
from revplan.errors import InputError
from revplan.model.base import MINUTES_PER_HOUR, Ref
from revplan.model.change import Change
from revplan.model.tactics import Tactic
from revplan.reports.import_preview import Taken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.app.exchange.sources import Tracker
    from revplan.app.exchange.tables import CsvTable, Row
    from revplan.model.change import Data
    from revplan.model.plan import Plan

TASK = "do"
"""The one task of a tactic that comes from elsewhere, until somebody takes it apart."""
NEEDED = ("function", "impact", "skill", "hours")
"""Fields that a tactic cannot do without, and that trackers seldom have."""
_OVER = frozenset(
    ("done", "closed", "complete", "completed", "resolved", "canceled", "cancelled", "archived", "won't do")
)
_FORMATS = ("%Y-%m-%d", "%d/%b/%y", "%d/%b/%Y", "%b %d, %Y", "%d %b %Y")
_BETWEEN_TAGS = re.compile(r"[,;]\s*")
_TASK_FIELDS = ("skill", "hours", "owner")
_DAYS = ("deadline", "not_before")
_SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every row whose own cell is empty or missing.

    Attributes:
        usual: by field of NEEDED.
        date_format: how dates are written, as `strptime` reads it; None for the usual ways.
        file: the plan file that new tactics go to; None to leave that to the store.
    """

    usual: Mapping[str, str]
    date_format: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """What a table brings."""

    taken: tuple[Taken, ...]
    bad: tuple[BadRow, ...]
    changes: tuple[Change, ...]


def tactics_from(plan: Plan, table: CsvTable, tracker: Tracker, options: Options) -> Import:
    """Read the rows of a table as tactics. Nothing is written.

    Raises:
        InputError: a field that every tactic needs has neither a column nor a usual value.
    """
    if options.date_format:
        check_date_format(options.date_format)
    lacking = [name for name in NEEDED if name not in tracker.columns and not options.usual.get(name)]
    if lacking:
        options_of = ", ".join(f"--{name}" for name in lacking)
        raise InputError(f"every tactic needs {options_of}", hint=f"or a column: --map {lacking[0]}=COLUMN")
    importer = _Importer(plan, table, tracker, options)
    for row in table.rows:
        importer.take(row)
    return Import(tuple(importer.taken), tuple(importer.bad), tuple(importer.changes))


class _RowError(Exception):
    """A row cannot be used."""


@dataclass(slots=True)
class _Importer:
    plan: Plan
    table: CsvTable
    tracker: Tracker
    options: Options
    taken: list[Taken] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    new_ids: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    def take(self, row: Row) -> None:
        """Take a row, or note why it cannot be."""
        try:
            self.read(row)
        except _RowError as error:
            self.bad.append(BadRow(row.number, str(error)))

    def read(self, row: Row) -> None:
        key, title = self.cell(row, "key"), self.cell(row, "title")
        if not key or not title:
            raise _RowError(f"the {'title' if key else 'key'} is empty")
        source = f"{self.tracker.name}:{key}"
        if source in self.sources:
            raise _RowError(f"{key} stands in the table twice")
        self.sources.add(source)
        known = next((tactic for tactic in self.plan.tactics.values() if tactic.source == source), None)
        if known is not None:
            self.update(known, self.body(row))
        elif self.cell(row, "state").lower() in _OVER:
            self.taken.append(Taken("over", "", title, source))
        else:
            self.add(source, self.body(row))

    def add(self, source: str, body: dict[str, Data]) -> None:
        usual = {name: value for name, value in self.options.usual.items() if value}
        tasks: Data = {TASK: {name: body.pop(name, usual.get(name)) for name in _TASK_FIELDS}}
        whole: dict[str, Data] = {"title": body.pop("title")}
        whole |= {name: body.pop(name, usual.get(name)) for name in ("function", "impact")}
        whole |= {**body, "source": source, "tasks": tasks}
        own_id = propose_id(str(whole["title"]), "tactic", declared_ids(self.plan, "tactic") | self.new_ids)
        _check(own_id, whole)
        self.new_ids.add(own_id)
        self.taken.append(Taken("new", own_id, str(whole["title"]), source))
        self.changes.append(Change(Ref("tactic", own_id), whole, self.options.file))

    def update(self, known: Tactic, body: dict[str, Data]) -> None:
        """Set what the table says otherwise; the work, only as long as nobody has taken it apart."""
        differing = {name: value for name, value in body.items() if not _is_so(known, name, value)}
        if tuple(known.tasks) != (TASK,):
            differing = {name: value for name, value in differing.items() if name not in _TASK_FIELDS}
        ref = Ref("tactic", known.id)
        for name, value in differing.items():
            self.changes.append(Change(ref.at("tasks", TASK, name) if name in _TASK_FIELDS else ref.at(name), value))
        how: Literal["update", "same"] = "update" if differing else "same"
        self.taken.append(Taken(how, known.id, str(body["title"]), str(known.source), tuple(differing)))

    # --- cells -------------------------------------------------------------------------------------------------

    def cell(self, row: Row, name: str) -> str:
        column = self.tracker.columns.get(name)
        return row.cells.get(column, "") if column is not None else ""

    def body(self, row: Row) -> dict[str, Data]:
        """Return the fields that a row says something of."""
        names = [name for name in self.tracker.columns if name not in ("key", "state") and self.cell(row, name)]
        return {name: self.value(name, self.cell(row, name)) for name in names}

    def value(self, name: str, cell: str) -> Data:
        if name in _DAYS:
            return self.day(cell)
        if name == "tags":
            return [tag for tag in _BETWEEN_TAGS.split(cell) if tag]
        if name == "hours":
            return self.hours(cell)
        if name == "owner":
            return self.member(cell)
        return " ".join(cell.split()) if name == "title" else cell.replace("\r\n", "\n")

    def hours(self, cell: str) -> str:
        if self.tracker.columns["hours"] not in self.tracker.seconds:
            return cell
        try:
            minutes = int(cell.partition(".")[0]) // _SECONDS_PER_MINUTE
        except ValueError:
            raise _RowError(f'"{cell[:80]}" is no number of seconds') from None
        return f"{minutes}m" if minutes % MINUTES_PER_HOUR else str(minutes // MINUTES_PER_HOUR)

    def day(self, cell: str) -> str:
        for form in (self.options.date_format,) if self.options.date_format else _FORMATS:
            for text in (cell, cell.partition("T")[0], cell.partition(" ")[0], " ".join(cell.split()[:3])):
                try:
                    return day_of(text, form)
                except ValueError:
                    continue
        raise _RowError(f'"{cell}" is no date that is understood; say how dates are written with --date-format')

    def member(self, cell: str) -> str:
        wanted = cell.casefold()
        for member in self.plan.team.values():
            if wanted in (member.id, member.name.casefold(), (member.email or "").casefold()):
                return member.id
        raise _RowError(f'no member is called "{cell}"')


def _check(own_id: str, body: dict[str, Data]) -> None:
    tasks = body["tasks"]
    assert isinstance(tasks, dict)
    given = {name: value for name, value in body.items() if value is not None}
    try:
        Tactic.model_validate({"id": own_id, **given})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        if first["type"] == "missing":
            verb = "are" if first["loc"][-1] == "hours" else "is"
            raise _RowError(f"the {first['loc'][-1]} {verb} missing") from None
        raise _RowError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def _is_so(known: Tactic, name: str, value: Data) -> bool:
    """Tell whether a tactic says a value already, however it is written."""
    task = known.tasks.get(TASK)
    if name in _TASK_FIELDS:
        return task is not None and bool(_normalise(name, value) == task.value_at(name))
    return bool(_normalise(name, value) == getattr(known, name))


def _normalise(name: str, value: Data) -> object:
    """Return a value as the model reads it; itself where it cannot be read, which the check will tell."""
    task = {"skill": "any", "hours": "1"}
    body = {"id": "any", "title": "any", "function": "any", "impact": "1", "tasks": {TASK: task}}
    try:
        if name in _TASK_FIELDS:
            read = Tactic.model_validate({**body, "tasks": {TASK: {**task, name: value}}})
            return read.tasks[TASK].value_at(name)
        return getattr(Tactic.model_validate({**body, name: value}), name)
    except ValidationError:
        return value
