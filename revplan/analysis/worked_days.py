"""How much everybody has logged on a day, in all sprints: nobody works more than 24 hours of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.workload import work_log
from revplan.model.numbers import MINUTES_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from revplan.analysis.workload import LoggedWork
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint

    Logged = Mapping[tuple[str, date], tuple["DatedWork", ...]]
    """All work logged, by member and day."""


class DatedWork(NamedTuple):
    """An entry in the log of a sprint."""

    sprint: Sprint
    work: LoggedWork


def work_by_day(plan: Plan) -> Logged:
    """Return all work logged, by member and day, in the order of the sprints."""
    found: dict[tuple[str, date], list[DatedWork]] = {}
    for sprint in plan.sprints.values():
        for one in work_log(sprint):
            found.setdefault((one.member, one.day), []).append(DatedWork(sprint, one))
    return {key: tuple(entries) for key, entries in found.items()}


def exceeds_a_day(plan: Plan, member: str, minutes: int) -> bool:
    """Tell whether these are more minutes than a member has on a day; agencies are several people."""
    known = plan.team.get(member)
    return minutes > MINUTES_PER_DAY and (known is None or known.kind != "agency")
