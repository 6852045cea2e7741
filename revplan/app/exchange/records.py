"""Lists of what has no id of its own: who does what in a sprint, hours worked, readings, revenue and spending by month.

Each is a table of plain values for `export csv` and `export xlsx`, beside the kinds of entries.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.analysis.periods import in_order
from revplan.analysis.targets import monthly_targets
from revplan.analysis.workload import assignments, minutes_by_member, split_rest, work_log
from revplan.app.exchange.sheet import LISTED, PLURALS, Sheet
from revplan.errors import InputError, UnknownIdError
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.nouns import label
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from revplan.app.exchange.sheet import SheetCell
    from revplan.model.context import Context
    from revplan.model.plan import Plan

Row = tuple["SheetCell", ...]


def record_sheet(context: Context, name: str) -> Sheet:
    """Return the sheet of a list of records, by its name in RECORDS."""
    header, rows = RECORDS[name]
    return Sheet(name, header, tuple(rows(context.plan)))


def _hours(minutes: int | None) -> SheetCell:
    return "" if minutes is None else Decimal(minutes) / MINUTES_PER_HOUR


def _assignments(plan: Plan) -> Iterator[Row]:
    """Yield a row for each person of each task that is in a sprint; what is spent and left is that person's part."""
    for sprint in in_order(plan):
        for one in assignments(sprint):
            row = one.row
            parts = [minutes_by_member(row), split_rest(row, row.left or 0)]
            for member, minutes in row.people.items():
                start, due = row.own_days(member)
                yield (
                    sprint.id,
                    one.tactic,
                    one.task,
                    member,
                    _hours(minutes),
                    _hours(parts[0][member] if row.spent is not None else None),
                    _hours(parts[1][member] if row.left is not None else None),
                    start or "",
                    due or "",
                    row.status,
                )


def _work(plan: Plan) -> Iterator[Row]:
    for sprint in in_order(plan):
        for entry in work_log(sprint):
            tactic, _, task = entry.on.partition("/")
            yield sprint.id, entry.day, entry.member, tactic, task, _hours(entry.minutes)


def _readings(plan: Plan) -> Iterator[Row]:
    for metric in plan.metrics.values():
        for day, value in sorted(metric.readings.items()):
            if value is not None:
                yield metric.id, day, value, metric.unit


def _actuals(plan: Plan) -> Iterator[Row]:
    for goal in plan.goals.values():
        targets = monthly_targets(plan.settings, goal)
        for month, target in targets.items():
            actual = goal.actual.get(month)
            yield goal.id, str(month), target, "" if actual is None else actual, str(plan.settings.currency)


def _spending(plan: Plan) -> Iterator[Row]:
    for line in plan.budget.values():
        for month, amount in sorted(line.actual.items()):
            yield line.id, str(month), amount, str(plan.settings.currency)


RECORDS: Mapping[str, tuple[tuple[str, ...], Callable[[Plan], Iterator[Row]]]] = {
    "assignment": (
        ("sprint", "tactic", "task", "member", "hours", "spent_hours", "left_hours", "start", "due", "status"),
        _assignments,
    ),
    "work": (("sprint", "day", "member", "tactic", "task", "hours"), _work),
    "reading": (("metric", "day", "value", "unit"), _readings),
    "actual": (("goal", "month", "target", "actual", "currency"), _actuals),
    "spending": (("budget_line", "month", "amount", "currency"), _spending),
}
"""The lists by name: their columns, and their rows."""
TAKEN_BY: Mapping[str, str] = {
    "reading": "`revplan metric import FILE` takes readings",
    "spending": "`revplan import spend FILE` takes spending",
    "actual": "`revplan import revenue FILE --map amount=actual --as arr` takes a goal's actuals, or --as revenue",
    "work": "`revplan import time FILE` takes hours that were worked",
    "assignment": "`revplan sprint log`, `sprint plan` and `sprint swap` change who does what",
}
"""What takes lists of records, which have no ids."""


def check_kind(kind: str) -> str:
    """Return the name of a kind whose entries an import takes; the plan's key for all of them will do.

    Raises:
        UnknownIdError: there is no such kind.
        InputError: it is a list of records, for which there is a command of its own.
    """
    kind = PLURALS.get(kind, kind)
    if kind in TAKEN_BY:
        raise InputError(f"a list of {label(kind)} has no ids", hint=TAKEN_BY[kind])
    if kind not in LISTED:
        hint = did_you_mean(kind, LISTED) or f"one of {', '.join(LISTED)}"
        raise UnknownIdError(f'there are no entries of the kind "{kind}"', hint=hint)
    return kind
