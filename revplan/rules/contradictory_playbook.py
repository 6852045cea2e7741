"""A playbook's tasks contradict each other.

What: a task of a playbook comes after one that is not there, or after itself by way of others; or its least hours are
more than the usual ones, or its most less.
Why: a tactic made from it could not be planned, and nobody could tell which of the hours was meant.

Bad:
    playbooks:
      talk:
        title: A talk with a customer
        function: marketing
        stage: lead
        tasks:
          hold: {skill: writing, hours: 6, least: 8}
          follow-up: {skill: writing, hours: 2, after: [help]}

Good:
    playbooks:
      talk:
        title: A talk with a customer
        function: marketing
        stage: lead
        tasks:
          hold: {skill: writing, hours: 6, least: 4}
          follow-up: {skill: writing, hours: 2, after: [hold]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.rules.cycles import chain, cycles
from revplan.spelling import hint_and_match
from revplan.wording import exact_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.playbooks import Playbook

CODE = "RP405"
SLUG = "contradictory-playbook"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each task that waits for nothing or for itself, or has an impossible range of hours."""
    for playbook in context.plan.playbooks.values():
        yield from _order(playbook)
        yield from _hours(playbook)


def _order(playbook: Playbook) -> Iterator[Finding]:
    for name, task in playbook.tasks.items():
        for place, other in enumerate(task.after):
            if other not in playbook.tasks:
                hint, fix = hint_and_match(other, [*playbook.tasks])
                has_waits = isinstance(task.after, dict)
                where = Ref("playbook", playbook.id, ("tasks", name, "after", other if has_waits else place))
                message = f'the playbook "{playbook.id}" has no task "{other}"'
                yield Finding(CODE, where, message, hint or "name one of its own tasks", has_waits, fix=fix)
    for cycle in cycles({name: tuple(task.after) for name, task in playbook.tasks.items()}):
        where = Ref("playbook", playbook.id, ("tasks", cycle[0], "after"))
        yield Finding(CODE, where, f"{chain(cycle)}: none of them could ever start", "let one of them go first")


def _hours(playbook: Playbook) -> Iterator[Finding]:
    for name, task in playbook.tasks.items():
        least, most = task.range_minutes
        if least > task.minutes:
            message = f"{exact_hours(least)} at least, and {exact_hours(task.minutes)} usually"
            yield _out_of_range(playbook, name, "least", message)
        if most < task.minutes:
            message = f"{exact_hours(most)} at most, and {exact_hours(task.minutes)} usually"
            yield _out_of_range(playbook, name, "most", message)


def _out_of_range(playbook: Playbook, name: str, key: str, what: str) -> Finding:
    where = Ref("playbook", playbook.id, ("tasks", name, key))
    return Finding(CODE, where, f"{playbook.id}/{name} takes {what}", "the usual hours lie between the two")
