"""What has changed since a sprint was written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from revplan import phrases
from revplan.analysis.scoring import THOUSANDTHS
from revplan.reports import names, sprint_moves
from revplan.reports.document import Document, Items, Section, bad, good, warn, words
from revplan.reports.plain import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.planning.answer import SprintPlan
    from revplan.reports.document import Words

SCHEMA = "revplan/sprint-check/1"


def follows(plan: Plan, sprint: Sprint, errors: Sequence[str]) -> Document:
    """Lay out that the written sprint follows from the plan, and the errors that it has all the same."""
    return Document(
        title=names.sprint(plan, sprint.id),
        lead=(words(good("The written sprint follows from the plan.")),),
        sections=tuple(_wrong(errors)),
        close=(words(_way_out(sprint, is_same=False)),) if errors else (),
        data=_data(sprint, None, errors),
    )


def _wrong(errors: Sequence[str]) -> Iterator[Section]:
    if errors:
        yield Section(words(bad("The written sprint has errors")), (Items(tuple(map(words, errors))),))


def differs(plan: Plan, sprint: Sprint, now: SprintPlan, errors: Sequence[str]) -> Document:
    """Lay out what the plan gives now against the written sprint, and the errors that this one has."""
    changed = tuple(_changed_inputs(plan, sprint, now))
    return Document(
        title=names.sprint(plan, sprint.id),
        lead=(words(warn("The written sprint no longer follows from the plan.")),),
        sections=(
            *_wrong(errors),
            *((sprint_moves.section(plan, now.moves),) if now.moves else ()),
            *((Section(words("Figures"), (Items(changed),)),) if changed else ()),
        ),
        close=(words(_way_out(sprint, is_same=not now.moves)),),
        data=_data(sprint, now, errors),
    )


def _way_out(sprint: Sprint, *, is_same: bool) -> str:
    same = "Its tactics, owners and days are still the same. " if is_same else ""
    return f"{same}`revplan sprint plan {sprint.id} --write` writes it anew."


def _changed_inputs(plan: Plan, sprint: Sprint, now: SprintPlan) -> Iterator[Words]:
    if sprint.plan is not None and sprint.plan.value * THOUSANDTHS != now.value:
        before = phrases.score(int(sprint.plan.value * THOUSANDTHS))
        yield words(f"value {phrases.score(now.value)} instead of {before}")
    if sprint.status == "active":
        return
    plannable = {load.member: load.plannable for load in now.members if load.plannable}
    for name in sorted(plannable.keys() | sprint.capacity.keys()):
        before_minutes, minutes = sprint.capacity.get(name, 0), plannable.get(name, 0)
        if before_minutes != minutes:
            figures = f"{phrases.hours(minutes)} h instead of {phrases.hours(before_minutes)} h"
            yield words(f"{names.member(plan, name)}: {figures} plannable")


def _data(sprint: Sprint, now: SprintPlan | None, errors: Sequence[str]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "sprint": sprint.id,
        "follows": now is None,
        "written_value": number(sprint.plan.value) if sprint.plan is not None else None,
        "value": number(Decimal(now.value) / THOUSANDTHS) if now is not None else None,
        "errors": list(errors),
        "moves": sprint_moves.data(now.moves) if now is not None else [],
    }
