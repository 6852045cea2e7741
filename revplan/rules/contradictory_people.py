"""How many people a task takes, and who does it, contradict each other.

What: `owner` names more or fewer members than `people` says, or one of them twice; or a task of several `people` is
`split` as well.
Why: each of the people of a task does all of its hours, at once with the others, while those who split a task share its
hours. Nobody can tell whom the sprint should plan, so nothing is planned until it is said.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 2}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {interview: {skill: writing, hours: 2, people: 2, owner: ana}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 2}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {interview: {skill: writing, hours: 2, people: 2, owner: [ana, ben]}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import open_tactics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import exact_hours, list_some, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.tactics import Task

CODE = "RP406"
SLUG = "contradictory-people"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each open tactic's task whose people, owners and `split` contradict each other."""
    for tactic in open_tactics(context.plan):
        for name, task in tactic.tasks.items():
            if task.people > 1 and task.split:
                yield _of_split(tactic.id, name, task)
            if task.owners:
                yield from _of_owners(tactic.id, name, task)


def _of_split(tactic: str, name: str, task: Task) -> Finding:
    message = f"{tactic}/{name} takes {plural(task.people, 'person', 'people')} at once, and is split"
    each, share = exact_hours(task.minutes), f"leave `people` out where they share {exact_hours(task.minutes)}"
    return Finding(
        CODE,
        Ref("tactic", tactic, ("tasks", name, "split")),
        message,
        f"leave `split` out where each of them does {each}, or {share}",
    )


def _of_owners(tactic: str, name: str, task: Task) -> Iterator[Finding]:
    owners, keys = tuple(dict.fromkeys(task.owners)), ("tasks", name, "owner")
    if len(owners) < len(task.owners):
        twice = next(owner for owner in owners if task.owners.count(owner) > 1)
        message, way_out = f"{tactic}/{name} names {twice} twice", "the people of a task are different ones"
        yield Finding(CODE, Ref("tactic", tactic, keys), message, way_out)
    elif len(owners) != task.people:
        people = plural(task.people, "person", "people")
        message = f"{tactic}/{name} takes {people}, and is pinned to {list_some(owners)}"
        yield Finding(CODE, Ref("tactic", tactic, keys), message, _way_out(owners, task.people))


def _way_out(owners: tuple[str, ...], people: int) -> str:
    several = f"write `people: {len(owners)}` where they do it at once"
    if people == 1:
        return f"{several}, or name one of them"
    if len(owners) > people:
        return f"{several}, or name {people} of them"
    return f"name {plural(people - len(owners), 'more member')}, or leave `owner` out: the plan finds {people}"
