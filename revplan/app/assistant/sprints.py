"""Tools that write the sprint's life, meetings, workshops, and the work that guides propose; dry runs by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from revplan.app.assistant.arguments import Day, Figure, Id, Ids, Policy, Texts, Workshop, as_text, day_of
from revplan.app.assistant.asking import Goal, Reserve, Sprint, Tactics, WhatIfs, words_of
from revplan.app.assistant.change import DryRun, PlanEdit, editing_tools
from revplan.app.assistant.tool import Answer, PlanAccess
from revplan.app.editing.meeting import MeetingRecord, merge_records, read_record
from revplan.app.editing.meeting import changes as changes_of_meeting
from revplan.app.editing.rollouts import rollout_changes
from revplan.app.guide.campaigns import changes_of_launch, launch_work
from revplan.app.guide.outcome import changes as changes_of_workshop
from revplan.app.guide.programme import programme
from revplan.app.guide.session import begin, find_workshop
from revplan.app.guide.sheets import UnfinishedSheetError, read_sheet
from revplan.app.sprint import life
from revplan.app.sprint.log import WorkEntry, log_work
from revplan.app.sprint.plan import Request, changes_of_planned
from revplan.app.sprint.plan import plan_sprint as plan_one
from revplan.app.sprint.what_if import changes_of_tried, what_if
from revplan.errors import SprintError
from revplan.model.meetings import MeetingKind
from revplan.reports.sprint_close import consequences
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.model.change import Change
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded

Sheet = Annotated[str, Field(min_length=1, max_length=150_000)]
OwnSprint = Annotated[Id | None, Field(description="Which sprint; else the one at hand.")]


# --- the sprint ----------------------------------------------------------------------------------------------------


def sprint_plan_write(
    at: PlanAccess,
    sprint: Sprint = None,
    policy: Policy = "value",
    goal: Goal = None,
    drop: Annotated[Ids, Field(description="Tactics of the written sprint to let go, begun or not.")] = [],  # noqa: B006
    use_reserve: Reserve = None,
    changes: WhatIfs = [],  # noqa: B006
    pin: Tactics = [],  # noqa: B006
    leave_out: Tactics = [],  # noqa: B006
    unpin: Tactics = [],  # noqa: B006
    dry_run: DryRun = True,
) -> Answer:
    """Plan a sprint and write it as sprints/SPRINT.yaml.

    With `changes` it writes these into the plan too; with `pin` and `leave_out` it writes the sprint of a swap, which
    lasts until `unpin` lets these tactics compete again.
    """
    own = PlanEdit(at, dry_run=dry_run)
    chosen = {"pins": (*pin,), "aside": (*leave_out,), "unpin": (*unpin,)}
    request = Request(sprint, policy, goal, (*drop,), **chosen, use_reserve=use_reserve)
    if changes or request.chooses:
        tried = what_if(own.loaded, own.context, request, words_of(request, changes), at.on_progress)
        done = f"wrote sprint {tried.difference.after.period.id}"
        return own.apply_changes(lambda loaded, now: (changes_of_tried(own.context, loaded, now, tried), done))
    planned = plan_one(own.loaded, own.context, request, at.on_progress)
    done = f"wrote sprint {planned.period.id}"
    return own.apply_changes(lambda loaded, now: (changes_of_planned(own.context, loaded, now, request, planned), done))


def sprint_start(at: PlanAccess, sprint: OwnSprint = None, dry_run: DryRun = True) -> Answer:
    """Start a planned sprint, the earliest one where none is named: from now on hours are logged in it."""
    own = PlanEdit(at, dry_run=dry_run)

    def compute(loaded: Loaded, context: Context) -> tuple[Sequence[Change], str]:
        started, changes = life.changes_of_start(loaded, context, sprint)
        return changes, f"started sprint {started.id}"

    return own.apply_changes(compute)


def sprint_log(
    at: PlanAccess,
    task: Annotated[Id, Field(description="Which task, as tactic/task; of recurring work the tactic.")],
    hours: Annotated[Figure | None, Field(description="Hours worked; negative takes them back.")] = None,
    left: Annotated[Figure | None, Field(description="Hours still to do.")] = None,
    done: Annotated[bool, Field(description="The task is done.")] = False,
    by: Annotated[Id | None, Field(description="Who worked; else the task's owner.")] = None,
    day: Annotated[Day | None, Field(description="The day of the work; else today.")] = None,
    sprint: OwnSprint = None,
    dry_run: DryRun = True,
) -> Answer:
    """Log work on a task of the active sprint: whose hours on which day, what is left, and that it is done."""
    own = PlanEdit(at, dry_run=dry_run)
    spent, rest = (as_text(each) if each is not None else None for each in (hours, left))

    def compute(_: Loaded, context: Context) -> tuple[Sequence[Change], str]:
        logged, changes = log_work(context, WorkEntry(task, spent, rest, done, sprint, by, day_of(day)))
        waits = f"; it follows {', '.join(logged.waits_for)}, not done yet" if logged.waits_for else ""
        return changes, f"logged work on {task}{waits}"

    return own.apply_changes(compute)


def sprint_drop(at: PlanAccess, tasks: Ids, sprint: OwnSprint = None, dry_run: DryRun = True) -> Answer:
    """Take tasks (tactic/task) out of a written sprint and of the backlog, while their tactic stays in it."""
    own = PlanEdit(at, dry_run=dry_run)
    found, changes = life.drop_tasks(own.context, sprint, tasks)
    return own.apply(changes, f"dropped {', '.join(tasks)} from sprint {found.id}")


def sprint_close(
    at: PlanAccess,
    sprint: OwnSprint = None,
    carry: Annotated[bool, Field(description="What is unfinished comes first in the next sprint.")] = False,
    early: Annotated[bool, Field(description="Close it although workdays are left.")] = False,
    dry_run: DryRun = True,
) -> Answer:
    """Close a sprint: what is unfinished goes back to the backlog. A closed sprint is history."""
    own = PlanEdit(at, dry_run=dry_run)
    end = life.close_and_carry if carry else life.close
    which = end(own.loaded, own.context, sprint).sprint.id

    def compute(loaded: Loaded, context: Context) -> tuple[Sequence[Change], str]:
        closure = end(loaded, context, which)
        told = " ".join(consequences(context.plan, closure.sprint, closure.workdays_left))
        if closure.is_early and not early and not dry_run:
            raise SprintError(f"it is early to close sprint {which}: {told}", hint="early closes it all the same")
        return closure.changes, f"closed sprint {which}: {told}"

    return own.apply_changes(compute)


def sprint_reopen(at: PlanAccess, sprint: OwnSprint = None, dry_run: DryRun = True) -> Answer:
    """Undo the last close: the sprint is what it was before."""
    own = PlanEdit(at, dry_run=dry_run)
    which = life.reopen(own.context, sprint).sprint.id

    def compute(_: Loaded, context: Context) -> tuple[Sequence[Change], str]:
        found = life.reopen(context, which)
        return found.changes, f"reopened sprint {which}: it is {found.status} again"

    return own.apply_changes(compute)


# --- meetings and workshops ----------------------------------------------------------------------------------------


def meeting_close(
    at: PlanAccess,
    kind: MeetingKind,
    attended: Texts = [],  # noqa: B006
    headlines: Texts = [],  # noqa: B006
    done: Annotated[Ids, Field(description="To-dos that are done.")] = [],  # noqa: B006
    solved: Annotated[Texts, Field(description="'ISSUE: what was decided'.")] = [],  # noqa: B006
    issues: Annotated[Texts, Field(description="New ones: 'WHAT (WHO)'.")] = [],  # noqa: B006
    todos: Annotated[Texts, Field(description="New ones: 'WHAT (WHO, DAY)'.")] = [],  # noqa: B006
    decisions: Texts = [],  # noqa: B006
    messages: Annotated[Texts, Field(description="What to tell everyone else.")] = [],  # noqa: B006
    rating: Annotated[Texts, Field(description="'WHO: 8', from 1 to 10.")] = [],  # noqa: B006
    filled: Annotated[Sheet | None, Field(description="The agenda's Markdown with its blanks filled in.")] = None,
    dry_run: DryRun = True,
) -> Answer:
    """Write down what was said in today's meeting, with the to-dos and issues that came of it."""
    own = PlanEdit(at, dry_run=dry_run)
    lists = (attended, headlines, done, solved, issues, todos, decisions, messages, rating)
    said = MeetingRecord(*map(tuple, lists))
    record = merge_records(read_record(filled), said) if filled is not None else said
    day = own.context.today
    return own.apply(changes_of_meeting(own.context.plan, kind, day, record), f"written down: {day}-{kind}")


def workshop_record(
    at: PlanAccess,
    name: Workshop,
    sheet: Annotated[Sheet, Field(description="The Markdown of workshop_sheet with its blanks filled in.")],
    subject: Annotated[Id | None, Field(description="Which persona, campaign or year it is about.")] = None,
    dry_run: DryRun = True,
) -> Answer:
    """Write what a workshop's filled-in sheet says into the plan."""
    own = PlanEdit(at, dry_run=dry_run)
    session = begin(own.loaded, own.context, find_workshop(name), subject, every=True)
    read = read_sheet(session, sheet)
    if read.missing:
        raise UnfinishedSheetError(read, kept=False)
    return own.apply(changes_of_workshop(read.session), f"written down: workshop {name}")


# --- work that is proposed -----------------------------------------------------------------------------------------


def campaign_plan(at: PlanAccess, campaign: Id, dry_run: DryRun = True) -> Answer:
    """Put the work before a campaign's launch into the backlog, counted back from its day; hours are guesses."""
    own = PlanEdit(at, dry_run=dry_run)
    work = launch_work(own.context, campaign)
    changes = changes_of_launch(own.context, work) if work.tasks else ()
    return own.apply(changes, f"{plural(len(work.tasks), 'task')} before the launch of {campaign}")


def stack_plan(at: PlanAccess, dry_run: DryRun = True) -> Answer:
    """Put the missing stages of tools' rollouts into the backlog, as ideas."""
    own = PlanEdit(at, dry_run=dry_run)
    return own.apply(rollout_changes(own.context.plan), "the missing stages are in the backlog")


def guide_write(at: PlanAccess, dry_run: DryRun = True) -> Answer:
    """Put what is not set up yet into the backlog, as a programme of eight weeks; the report guide shows it."""
    own = PlanEdit(at, dry_run=dry_run)
    return own.apply(programme(own.loaded, own.context), "the programme is in the backlog")


_LIFE = (sprint_plan_write, sprint_start, sprint_log, sprint_drop, sprint_close, sprint_reopen)
_OTHERS = (meeting_close, workshop_record, campaign_plan, stack_plan, guide_write)
SPRINTS = editing_tools(*_LIFE, *_OTHERS)
"""The tools that write sprints, meetings, workshops and proposed work."""
