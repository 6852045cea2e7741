"""`revplan import tactics`: rows of another tracker as tactics, found again by their key when they come once more."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.workload import assignments, open_sprints
from revplan.app.editing.entries import declared_ids, propose_id
from revplan.app.exchange.files import Fault
from revplan.app.exchange.fingerprints import COLUMN, OtherValue, exported_value
from revplan.app.exchange.memory import BOTH_MOVED, UNKNOWN, Import, Unknown
from revplan.app.exchange.plan_notation import preview_value, say_minutes, split_list
from revplan.app.exchange.rows import read_rows
from revplan.app.exchange.sheet import task_values
from revplan.app.exchange.source import PLAN_FIELDS
from revplan.app.exchange.tactic_absent import find_taken_out, not_in_table
from revplan.app.exchange.tactic_fields import decide_field, field_here, refuse_field, refuse_tactic
from revplan.app.exchange.tasks import (
    Moves,
    moved_tasks,
    new_tasks,
    part_task,
    said_tasks,
    settle_tasks,
    tasks_of_cell,
)
from revplan.errors import InputError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.reports.import_preview import Difference, Preview, PreviewEntry, read_columns
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.app.exchange.columns import Asked
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.app.exchange.rows import Row, Rows
    from revplan.app.exchange.source import Source
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.tactics import Tactic
    from revplan.reports.import_preview import How

NEEDED = ("function", "impact", "skill", "hours")
"""Fields that a tactic cannot do without, and that trackers seldom have."""
_NO_BASE = f"without the column {COLUMN}, nobody knows what moved: --theirs or --ours decides"
_REQUIRED = frozenset(("title", "function", "impact", "skill", "hours"))
_STATES = ("state", "category", "resolution", "completed", "canceled", "archived")
"""Columns that tell whether a row is over."""


class Options(NamedTuple):
    """What holds for every row whose own cell is empty or missing, and which side is taken where both moved.

    Attributes:
        usual: by field of NEEDED.
        file: the plan file that new tactics go to; None to leave that to the store.
        prefer: theirs or ours; None to list what differs.
        done: words of the user's own for what is done.
    """

    usual: Mapping[str, str]
    file: str | None = None
    prefer: Prefer | None = None
    done: tuple[str, ...] = ()


def tactics_from(
    context: Context, table: TableFile, source: Source, asked: Asked, options: Options, memory: Memory
) -> Import:
    """Read the rows of a table as tactics, and tell them apart from what is here. Nothing is written.

    Raises:
        InputError: a field that every tactic needs has neither a column nor a usual value; or it is our own export of
            another kind.
    """
    if COLUMN in table.header and not source.is_own:
        hint = "such as `revplan import entries campaign FILE`"
        raise InputError("this is our own export of something else than tactics", hint=hint)
    if source.is_own and table.separator == "," and asked.decimal is None:
        asked = replace(asked, decimal=".")  # a spreadsheet that writes decimal commas parts the cells otherwise
    table = source.prepare(table) if source.prepare is not None else table
    rows = read_rows(context.plan, table, source, asked, options.done)
    is_own = source.is_own
    have = {*(name for name in NEEDED if rows.reading.has(name)), *options.usual}
    lacking = [] if is_own else [name for name in NEEDED if name not in have]
    if not any(map(rows.reading.has, ("title",))):
        raise InputError("no column is known to be the title", hint=_column_hint("title", table))
    if source.has_keys and not rows.reading.has("key"):
        raise InputError("no column is known to be the key", hint=_column_hint("key", table))
    if lacking:
        needed = ", ".join(f"--{name}" for name in lacking)
        raise InputError(f"every tactic needs {needed}", hint=f"or a column: --map {lacking[0]}=COLUMN")
    importer = _Importer(context, source, options, memory, rows, is_own=is_own)
    importer.run()
    preview = Preview(
        table.name,
        tuple(importer.entries),
        tuple(map(str, importer.faults)),
        read_columns(rows.reading.columns),
        "tactics",
    )
    notes = (
        f"read as {source.title}",
        *rows.reading.notes,
        *rows.notes,
        *not_in_table(context.plan, source, rows.tops),
    )
    return Import(
        preview.with_notes(rows.reading.unread, notes), tuple(importer.faults), tuple(importer.changes), memory
    )


def _column_hint(name: str, table: TableFile) -> str:
    return f"say which it is: --map {name}=COLUMN; the table has {', '.join(filter(None, table.header))}"


@dataclass(slots=True)
class _Importer:
    context: Context
    source: Source
    options: Options
    memory: Memory
    rows: Rows
    is_own: bool
    entries: list[PreviewEntry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Take every row, or note why it cannot be."""
        self.faults += self.rows.faults
        known = {row.key: self._find_tactic(row) for row in self.rows.tops}
        self._choose_ids(known)
        kept = self.memory
        titles = {row.key: kept.last(self._key(row), "title") for row in self.rows.tops}
        out = find_taken_out(self.rows.tops, known, titles) if self.options.prefer != "theirs" else frozenset()
        for row in self.rows.tops:
            tactic = known[row.key]
            count = len(self.faults)
            self.memory = kept.fork()
            if tactic is not None:
                entry, changes = self._update(row, tactic)
            elif row.over and not self.is_own:
                entry, changes = PreviewEntry("left", "", row.title, self._key(row), (), row.number), []
            elif row.key in out:
                hint = "was here, and was taken out of the plan: --theirs brings it back"
                entry, changes = PreviewEntry("out", "", row.title, self._key(row), (), row.number, hint), []
            else:
                entry, changes = self._add(row)
            if len(self.faults) == count:
                self.entries.append(entry)
                self.changes += changes
                kept.join(self.memory)
        self.memory = kept
        self.faults.sort(key=lambda fault: fault.row)

    def _key(self, row: Row) -> str:
        return f"{self.source.name}:{row.key}"

    def _find_tactic(self, row: Row) -> Tactic | None:
        if self.is_own:
            return self.context.plan.tactics.get(row.key)
        source = self._key(row)
        return next((tactic for tactic in self.context.plan.tactics.values() if tactic.source == source), None)

    def _choose_ids(self, known: Mapping[str, Tactic | None]) -> None:
        """Give every row that comes in the id of its tactic, by all of its names and those of its parts."""
        taken = set(declared_ids(self.context.plan, "tactic"))
        for row in self.rows.tops:
            tactic = known[row.key]
            if tactic is None and row.over and not self.is_own:
                continue
            if tactic is not None:
                own_id = tactic.id
            else:
                own_id = row.key if self.is_own else propose_id(row.title, "tactic", taken, instead=row.key)
                taken.add(own_id)
            for name in (*row.names, *(name for part in row.parts for name in part.names)):
                if name not in self.rows.shared:
                    self.ids.setdefault(name, own_id)

    # --- what a row says -------------------------------------------------------------------------------------------

    def _theirs(self, row: Row) -> dict[str, Data]:
        """Return the fields that a row says something of, with what blocks it as ids and how it stands."""
        theirs = dict(row.said)
        if not self.is_own:
            theirs.pop("source", None)
        if "requires" in theirs:
            theirs["requires"] = [*self._requires(row)] or None
        if any(map(self.rows.reading.has, _STATES)) and not (self.is_own and row.exported is None and not row.state):
            idea = self.is_own and row.over == "" and row.state == "idea"
            theirs["status"] = row.over or ("idea" if idea else "ready")
        return theirs

    def _requires(self, row: Row) -> list[str]:
        own = self.ids.get(row.key)
        found = []
        for each in (row, *row.parts):
            names = [each.blocked_by] if each.blocked_by in self.ids else [*split_list(each.blocked_by)]
            for name in names:
                blocker = self.ids.get(name) or self._in_plan(name)
                if blocker is not None and blocker != own and blocker not in found:
                    found.append(blocker)
        return found

    def _in_plan(self, name: str) -> str | None:
        """Return the tactic of the plan that a row names and the table does not have."""
        source = f"{self.source.name}:{name}"
        plan = self.context.plan
        by_source = (tactic.id for tactic in plan.tactics.values() if tactic.source == source)
        return name if self.is_own and name in plan.ids("tactic") else next(by_source, None)

    # --- new -------------------------------------------------------------------------------------------------------

    def _add(self, row: Row) -> tuple[PreviewEntry, list[Change]]:
        own_id = self.ids[row.key]
        theirs = self._theirs(row)
        usual = self.options.usual
        body: dict[str, Data] = {
            name: value
            for name in ("title", *PLAN_FIELDS)
            if (value := theirs.get(name) or usual.get(name)) not in (None, [], "")
        }
        if theirs.get("status") not in (None, "ready"):
            body["status"] = theirs["status"]
        if not self.is_own:
            body["source"] = self._key(row)
        body["tasks"] = tasks_of_cell(row.tasks) if row.tasks else new_tasks(row, usual, self.memory, self.source.name)
        notes = body.pop("notes", None)
        body |= {"notes": notes} if notes else {}
        self.faults += refuse_tactic(self.context.plan.settings, row.number, {"id": own_id, **body})
        for name, value in theirs.items():
            self._remember(row, name, value)
        differences = tuple(
            Difference(name, None, preview_value(value)) for name, value in body.items() if name != "source"
        )
        hint = _left_hint(row)
        entry = PreviewEntry("new", own_id, row.title, self._key(row), differences, row.number, hint)
        return entry, [Change(Ref("tactic", own_id), body, self.options.file)]

    # --- known already ---------------------------------------------------------------------------------------------

    def _update(self, row: Row, tactic: Tactic) -> tuple[PreviewEntry, list[Change]]:
        found = Moves([], [], [], [])
        how: How = "same"
        hint = ""
        for name, value in self._theirs(row).items():
            verdict = self._move(row, tactic, name, value, found)
            if name == "status" and verdict == "take":
                how, hint = "over" if row.over else "changed", self._way_out(tactic)
        if row.tasks:
            found.changes += self._settle_tasks(row, tactic, found)
        for part in row.parts:
            found.changes += part_task(tactic, part, self.source.name, self.memory, self.options, found)
        if found.differing:
            how, hint = "differing", hint or self._why_differing(row, found)
        elif found.taken and how == "same":
            how = "changed"
        hint = hint or _left_hint(row)
        entry = PreviewEntry(how, tactic.id, row.title, self._key(row), (*found.taken,), row.number, hint)
        return replace(entry, open=(*found.differing,), kept=(*found.kept,)), found.changes

    def _why_differing(self, row: Row, found: Moves) -> str:
        """Return why nothing is taken of what differs, and what decides."""
        never = all(self.memory.last(self._key(row), each.name) is UNKNOWN for each in found.differing)
        return _NO_BASE if self.is_own and row.exported is None and never else BOTH_MOVED

    def _settle_tasks(self, row: Row, tactic: Tactic, found: Moves) -> Iterator[Change]:
        """Yield what the tasks of our own export, or of a table like it, change in a tactic."""
        tasks = tasks_of_cell(row.tasks)
        here, there = task_values(tactic.tasks), said_tasks(tasks)
        count = len(found.differing)
        yield from settle_tasks(tactic, tasks, self._last(row, "tasks", here, there), self.options.prefer, found)
        if len(found.differing) == count:
            self._remember(row, "tasks", there)

    def _move(self, row: Row, tactic: Tactic, name: str, value: Data, found: Moves) -> str:
        """Note what becomes of one field, and return the verdict."""
        place, ours, empty = field_here(tactic, name, is_own=self.is_own)
        if self.is_own and name == "hours":
            place, ours = self._whole_hours(row, tactic, value)
        if place is None or (value is None and name in _REQUIRED):
            return "keep"
        there = empty if value is None else value
        last = self._last(row, name, ours, there)
        if name == "status" and there == "ready" and ours == "idea" and not self.is_own:
            there = ours
        if isinstance(ours, str) and ours.replace("\r\n", "\n") == there:
            there = ours
        verdict = decide_field(name, last, ours, there, self.options.prefer, empty)
        difference = Difference(name, preview_value(ours), preview_value(there), preview_value(last))
        if verdict == "differ" or (verdict == "keep" and last is not UNKNOWN):
            (found.differing if verdict == "differ" else found.kept).append(difference)
        elif verdict == "take":
            found.taken.append(difference)
            if name == "status" and row.over and self._way_out(tactic):
                return verdict  # it ends in its sprint; until then it is told each time
            found.changes.append(Change(place, value))
            if name == "status" and row.over == "done":
                found.changes += self._ending(row, tactic)
            header = self.rows.reading.header(name)
            self.faults += refuse_field(self.context.plan.settings, row.number, header, name, value)
        if verdict != "differ":
            self._remember(row, name, value)
        return verdict

    def _last(self, row: Row, name: str, ours: Data, there: Data) -> Data | Unknown | OtherValue:
        """Return what a source said last of a field: our own export says it itself."""
        if row.exported is None:
            return self.memory.last(self._key(row), name)
        return exported_value(row.exported, name, ours, there)

    def _ending(self, row: Row, tactic: Tactic) -> Iterator[Change]:
        """Yield what else a tactic says that is done: what done means, and since when, where nothing says so yet."""
        ref = Ref("tactic", tactic.id)
        if tactic.done_when is None:
            yield Change(ref.at("done_when"), f"{row.key} is done in {self.source.title}")
        if tactic.done is None and row.completed:
            yield Change(ref.at("done"), row.completed)

    def _remember(self, row: Row, name: str, value: Data) -> None:
        """Keep what a source says for the next time; our own export says itself what the plan said."""
        if row.exported is None:
            self.memory.remember(self._key(row), name, value)

    def _whole_hours(self, row: Row, tactic: Tactic, value: Data) -> tuple[Ref | None, Data]:
        """Return the place of a tactic's hours in our own export, the sum of its tasks, and what the plan says."""
        ours = say_minutes(tactic.minutes)
        if value is None or value == ours or (row.tasks and moved_tasks(tactic, tasks_of_cell(row.tasks))):
            return None, ours
        if len(tactic.tasks) > 1:
            tasks = plural(len(tactic.tasks), "task")
            reason = f"{tactic.id} has {tasks}, so {value} h are nobody's; change the column tasks"
            self.faults.append(Fault(row.number, self.rows.reading.header("hours"), reason))
            return None, ours
        if (people := next(iter(tactic.tasks.values())).people) > 1:
            takes = plural(people, "person", "people")
            reason = f"{tactic.id} takes {takes}, whose hours these are together; change the column tasks"
            self.faults.append(Fault(row.number, self.rows.reading.header("hours"), reason))
            return None, ours
        return Ref("tactic", tactic.id).at("tasks", next(iter(tactic.tasks)), "hours"), ours

    def _way_out(self, tactic: Tactic) -> str:
        """Return how a tactic that is in an open sprint ends there; nothing where it is in none."""
        for sprint in open_sprints(self.context):
            tasks = [one.task for one in assignments(sprint) if one.tactic == tactic.id and one.row.status != "done"]
            if tasks:
                commands = (f"revplan sprint log {tactic.id}/{task} --done" for task in tasks)
                return f"in sprint {sprint.id}, so there: {'; '.join(commands)}"
        return ""


def _left_hint(row: Row) -> str:
    hours = row.said.get("hours")
    if row.remaining is None or row.over or not isinstance(hours, str) or say_minutes(row.remaining) == hours:
        return ""
    return f"{say_minutes(row.remaining)} h are left there of {hours}; --map hours=… takes what is left"
