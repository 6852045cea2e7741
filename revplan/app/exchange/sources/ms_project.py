"""Microsoft Project: the tasks as a table, whose structure is in the outline levels.

German names are known too. A row with rows below it is a summary, and its work is theirs. Where one row stands above
all others, it is the project, and what is below it are the tactics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from revplan.app.exchange.files import Fault, TableFile, TableRow, filled_columns, normalise_header
from revplan.app.exchange.notation import cell_text, is_missing
from revplan.app.exchange.source import Source, signs
from revplan.errors import InputError
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINK = re.compile(r"(?P<row>[0-9]+)(?P<kind>FS|SS|FF|SF|EA|AA|EE|AE)?(?P<lag> ?[+-].+)?")
_FROM_END_TO_BEGINNING = (None, "FS", "EA")
_GERMAN: Mapping[str, tuple[str, ...]] = {
    "Unique ID": ("Eindeutige Nr", "Eindeutige Nr.", "Eindeutige ID"),
    "ID": ("Nr", "Nr."),
    "Name": ("Vorgangsname",),
    "Outline Level": ("Gliederungsebene",),
    "Work": ("Arbeit",),
    "Predecessors": ("Vorgänger",),
    "Resource Names": ("Ressourcennamen",),
    "Deadline": ("Stichtag",),
    "% Complete": ("% Abgeschlossen",),
    "Active": ("Aktiv",),
    "Notes": ("Notizen",),
}
"""Headers of the German program."""
_NOTHING = re.compile(r"0(?:[.,]0+)? ?[A-Za-z]*\.?\??")
_FIELDS = (
    *("Unique ID", "ID", "Name", "Outline Level", "Work", "Predecessors", "Resource Names", "Deadline", "% Complete"),
)
_HEADER = ("Unique ID", "Name", "Parent", "Work", "State", "Predecessors", "Resource Names", "Deadline", "Notes")


@dataclass(slots=True)
class _ProjectTask:
    """A row of the table.

    Attributes:
        own: its unique ID.
        level: how deep it stands, from 1.
        below: the rows directly below it.
    """

    row: TableRow
    own: str
    level: int
    above: _ProjectTask | None = None
    below: list[_ProjectTask] = field(default_factory=list)

    def highest(self, level: int) -> _ProjectTask:
        """Return the row of a level that it stands below; itself where it is of that level."""
        task = self
        while task.level > level and task.above is not None:
            task = task.above
        return task


def with_outline(table: TableFile) -> TableFile:
    """Return a row for each task and summary, with its parent, the work of tasks alone, and links by unique ID.

    Raises:
        InputError: the table lacks the unique IDs or the outline levels.
    """
    project = _Project(table)
    tasks = project.tasks()
    tops = [task for task in tasks if task.above is None]
    base = 2 if len(tops) == 1 and tops[0].below else 1
    kept = [task for task in tasks if task.level >= base and not project.is_milestone(task)]
    rows = tuple(project.row(task, base) for task in kept if not task.below or task.level == base)
    read = (
        *_HEADER,
        "ID",
        "Outline Level",
        "Active",
        "% Complete",
        *(each for names in _GERMAN.values() for each in names),
    )
    unread = filled_columns(table, read)
    told = [f"columns of the project that are not read: {', '.join(unread)}"] if unread else []
    faults, notes = (
        (*table.faults, *dict.fromkeys(project.faults)),
        (*table.notes, *dict.fromkeys(project.notes), *told),
    )
    return replace(table, header=_HEADER, rows=rows, faults=faults, notes=notes)


class _Project:
    def __init__(self, table: TableFile) -> None:
        self.table = table
        self.places = {normalise_header(name): at for at, name in reversed([*enumerate(table.header)])}
        german = ((name, normalise_header(each)) for name, names in _GERMAN.items() for each in names)
        self.places |= {normalise_header(name): self.places[each] for name, each in german if each in self.places}
        self.faults: list[Fault] = []
        self.notes: list[str] = []
        self.by_row: dict[str, _ProjectTask] = {}
        for name in ("Unique ID", "Outline Level", "Work"):
            if normalise_header(name) not in self.places:
                fields = [name, *(each for each in _FIELDS if each != name)]
                if not self.places.keys().isdisjoint(("vorgangsname", "gliederungsebene")):
                    fields = [_GERMAN[each][0] for each in fields]
                raise InputError(
                    f"Microsoft Project's table has no {fields[0]}", hint=f"export the fields {', '.join(fields)}"
                )

    def text(self, row: TableRow, name: str) -> str:
        """Return a cell as text; empty where there is none, or `NA`."""
        at = self.places.get(normalise_header(name))
        text = "" if at is None or is_missing(row.cells[at]) else cell_text(row.cells[at]).strip()
        return "" if text == "NV" else text

    def tasks(self) -> list[_ProjectTask]:
        """Return the tasks, each with what it stands below."""
        open_tasks: list[_ProjectTask] = []
        found = []
        for row in self.table.rows:
            own, level = self.text(row, "Unique ID"), self.text(row, "Outline Level")
            if not own.isdigit() or not level.isdigit():
                self.faults.append(Fault(row.number, "", "has no unique ID or no outline level"))
                continue
            task = _ProjectTask(row, own, max(int(level), 1))
            while open_tasks and open_tasks[-1].level >= task.level:
                open_tasks.pop()
            if open_tasks:
                task.above = open_tasks[-1]
                task.above.below.append(task)
            open_tasks.append(task)
            self.by_row[self.text(row, "ID")] = task
            found.append(task)
        milestones = sum(map(self.is_milestone, found))
        if milestones:
            self.notes.append(f"{plural(milestones, 'milestone')} without work, left out")
        return found

    def is_milestone(self, task: _ProjectTask) -> bool:
        """Tell whether a row has neither work nor rows below it."""
        return not task.below and _NOTHING.fullmatch(self.text(task.row, "Work")) is not None

    def row(self, task: _ProjectTask, base: int) -> TableRow:
        """Return a task as a row whose columns are read as they are."""
        top = task.highest(base)
        work = "" if task.below else self.text(task.row, "Work").removesuffix("?")
        people = re.sub(r"\[[^\]]*\]", "", self.text(task.row, "Resource Names"))
        cells = (
            task.own, self.text(task.row, "Name"), "" if top is task else top.own, work, self._state(task.row),
            "; ".join(self._links(task.row)), people, self.text(task.row, "Deadline"), self.text(task.row, "Notes"),
        )  # fmt: skip
        return TableRow(task.row.number, cells)

    def _state(self, row: TableRow) -> str:
        if self.text(row, "Active").casefold() in ("no", "nein", "false", "0"):
            return "dropped"
        return "done" if self.text(row, "% Complete").replace(" ", "") in ("100%", "100") else ""

    def _links(self, row: TableRow) -> list[str]:
        """Return the tasks that are to end before this one begins; other links are told, and not taken."""
        return [*dict.fromkeys(task.own for link in self._predecessors(row) for task in self._work_before(link, set()))]

    def _work_before(self, task: _ProjectTask, seen: set[str]) -> list[_ProjectTask]:
        """Return the task, or what is to end before it where it is a milestone, which is left out."""
        if not self.is_milestone(task) or task.own in seen:
            return [] if task.own in seen else [task]
        seen.add(task.own)
        return [each for before in self._predecessors(task.row) for each in self._work_before(before, seen)]

    def _predecessors(self, row: TableRow) -> list[_ProjectTask]:
        found = []
        for each in filter(None, map(str.strip, re.split(r"[;,]", self.text(row, "Predecessors")))):
            link = _LINK.fullmatch(each)
            task = self.by_row.get(link["row"]) if link is not None else None
            if link is None or task is None:
                self.faults.append(Fault(row.number, "Predecessors", f'"{each}" is no link to a row of the table'))
            elif link["kind"] not in _FROM_END_TO_BEGINNING:
                self.notes.append(f"row {row.number}: the link {each} is not from an end to a beginning, and not taken")
            else:
                found.append(task)
                if link["lag"]:
                    self.notes.append(f"row {row.number}: of the link {each}, the waiting is not taken")
        return found


MS_PROJECT = Source(
    "ms-project",
    "Microsoft Project",
    (
        signs("Outline Level", "Predecessors", "Duration"),
        signs("Unique ID", "Outline Level", "Work"),
        signs("Gliederungsebene", "Vorgänger", "Dauer"),
        signs("Eindeutige Nr", "Gliederungsebene", "Arbeit"),
        signs("Vorgangsname", "Dauer", "Anfang", "Vorgänger"),
    ),
    {
        "key": ("Unique ID",),
        "title": ("Name",),
        "notes": ("Notes",),
        "parent": ("Parent",),
        "state": ("State",),
        "hours": ("Work",),
        "deadline": ("Deadline",),
        "owner": ("Resource Names",),
        "requires": ("Predecessors",),
    },
    prepare=with_outline,
)
