"""`revplan sprint plan --what-if`, `--pin`, `--without` and `revplan swap`: what a change makes of a sprint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.analysis.sprint_due import due_sprint
from revplan.app.plan_sprint import formulate_sprint, solve_sprint, work_out
from revplan.app.save import save
from revplan.app.suppose import suppose
from revplan.errors import InputError
from revplan.planning.changes import changes
from revplan.planning.difference import difference
from revplan.planning.trial import anchor_to

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from revplan.app.request import Request
    from revplan.app.suppose import Hypothesis
    from revplan.model.context import Context
    from revplan.planning.answer import ParkedTactic, SprintPlan
    from revplan.planning.difference import Difference
    from revplan.store.loaded import Loaded


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A change that was tried.

    Attributes:
        supposed: the plan as it would be.
        request: how the sprint was planned after it.
        difference: both plans side by side.
    """

    supposed: Hypothesis
    request: Request
    difference: Difference

    @property
    def unmet(self) -> tuple[ParkedTactic, ...]:
        """The pinned tactics that no plan can hold, with what is short for them."""
        pins = set(self.request.pins)
        return tuple(entry for entry in self.difference.after.parked if entry.tactic in pins)


def what_if(
    loaded: Loaded, context: Context, request: Request, words: Sequence[str], tell: Callable[[str], None]
) -> WhatIf:
    """Plan a sprint without and with changes, the second as near to the first as its value allows. Nothing is written.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        request: how the sprint is planned; its pins, and whom and what it leaves out, are changes too.
        words: changes of the plan, in its own words.
        tell: is told what is going on, now and then.

    Raises:
        InputError, UnknownIdError, SprintError: a change cannot be read, or names what there is not.
        WriteRefusedError: a change cannot be made in the plan's text.
        UnsoundError: the plan has errors in what planning is computed from, or would have them.
    """
    period = due_sprint(context, request.sprint).period
    plain = replace(request, sprint=period.id, pins=(), without=(), aside=())
    before = work_out(loaded, context, plain, tell)
    _require_placed(before.plan, request.aside)
    supposed = suppose(loaded, context, words, period.id)
    asked = replace(request, sprint=period.id)
    formulation = formulate_sprint(supposed.loaded, supposed.context, asked)
    least_moved = replace(formulation, problem=anchor_to(formulation.problem, before.allocation))
    after = solve_sprint(least_moved, supposed.context, asked, tell)
    return WhatIf(supposed, asked, difference((*words, *_describe_request(request)), before.plan, after.plan))


def _require_placed(plan: SprintPlan, aside: Sequence[str]) -> None:
    """Refuse to take out what is not in: the difference would be nothing, and say nothing of why."""
    placed = {entry.tactic for entry in plan.placed}
    for name in aside:
        if name not in placed and any(entry.tactic == name for entry in plan.parked):
            hint = f"`revplan explain {name}` says why, and what would bring it in"
            raise InputError(f'"{name}" is parked in sprint {plan.period.id}: it cannot leave for another', hint=hint)


def write_what_if(loaded: Loaded, context: Context, tried: WhatIf) -> tuple[str, ...]:
    """Save a change: the plan's files say what was supposed, and the sprint is written as it was planned with it.

    Pins and swaps are nothing that the plan says: they stand in the written sprint until what it is computed from
    changes.

    Raises:
        InputError: somebody was supposed to be away, which only the plan can say; or a pin cannot be met.
        WriteRefusedError: the files changed meanwhile or cannot be written; nothing was.
    """
    if tried.unmet:
        names = ", ".join(entry.tactic for entry in tried.unmet)
        raise InputError(f"{names} cannot be pinned, so nothing is written", hint="what is short is shown above")
    if tried.request.without:
        member = tried.request.without[0]
        start, end = tried.difference.after.period.start, tried.difference.after.period.end
        hint = f"say it in the plan: --what-if 'team.{member}.time_off.{start}..{end}=away' --write"
        raise InputError("who is away cannot be written with the sprint", hint=hint)
    plan = tried.difference.after
    written = context.plan.sprints.get(plan.period.id)
    if not tried.supposed.changes:
        plan = replace(plan, digest=tried.difference.before.digest)
    if written is not None and (tried.request.pins or tried.request.aside):
        written = written.model_copy(update={"plan": None})
    return save(loaded, (*tried.supposed.changes, *changes(plan, written)))


def _describe_request(request: Request) -> tuple[str, ...]:
    return (
        *(f"--pin {name}" for name in request.pins),
        *(f"--without {name}" for name in request.without),
        *(f"leave out {name}" for name in request.aside),
    )
