"""A tactic lacks a task of the playbook it was made from.

What: an open tactic names a `playbook`, and has no task of the id of one of the playbook's tasks that are not
`optional`.
Why: the playbook is the standard that was agreed on. What is left out is most often what it goes wrong on: the
follow-up, the check, the hand-over.

Bad:
    playbooks:
      talk:
        title: A talk with a customer
        function: marketing
        stage: lead
        tasks:
          hold: {skill: writing, hours: 6}
          follow-up: {skill: writing, hours: 2, after: [hold]}
    tactics:
      audit-talk:
        title: A talk with an auditor
        function: marketing
        impact: 7
        playbook: talk
        tasks: {hold: {skill: writing, hours: 8}}

Good:
    playbooks:
      talk:
        title: A talk with a customer
        function: marketing
        stage: lead
        tasks:
          hold: {skill: writing, hours: 6}
          follow-up: {skill: writing, hours: 2, after: [hold]}
    tactics:
      audit-talk:
        title: A talk with an auditor
        function: marketing
        impact: 7
        playbook: talk
        tasks:
          hold: {skill: writing, hours: 8}
          follow-up: {skill: writing, hours: 3, after: [hold]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.playbooks import missing_tasks
from revplan.analysis.progress import open_tactics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import hours, join_names, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP425"
SLUG = "playbook-task-missing"
SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each open tactic that lacks tasks of its playbook."""
    for tactic in open_tactics(context.plan):
        playbook = context.plan.playbook(tactic.playbook) if tactic.playbook is not None else None
        lacking = missing_tasks(playbook, tactic) if playbook is not None else ()
        if playbook is not None and lacking:
            known = ((name, playbook.tasks[name]) for name in lacking)
            tasks = [f"{name} ({task.skill}, {hours(task.minutes)} h)" for name, task in known]
            what = plural(len(lacking), "task")
            message = f"{tactic.id} lacks {what} of the playbook {playbook.id}: {join_names(tasks)}"
            hint = "add them, or keep a playbook of your own in which they are optional"
            yield Finding(CODE, Ref("tactic", tactic.id, ("playbook",)), message, hint)
