"""Nobody can log more hours than a day has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.worked_days import exceeds_a_day, work_by_day
from revplan.errors import LogError
from revplan.wording import hours_text, list_some

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from revplan.model.plan import Plan


def check_days(plan: Plan, more: Mapping[tuple[str, date], int]) -> None:
    """Refuse more hours than a day has.

    Args:
        plan: the plan.
        more: minutes to be added to those logged already, by member and day; negative ones are taken back.

    Raises:
        LogError: somebody would have more than 24 hours on a day.
    """
    logged = work_by_day(plan)
    for (member, day), minutes in sorted(more.items()):
        entries = logged.get((member, day), ())
        total = minutes + sum(one.work.minutes for one in entries)
        if minutes > 0 and exceeds_a_day(plan, member, total):
            there = [f"{hours_text(one.work.minutes)} h on {one.work.on}" for one in entries]
            known = f" ({list_some(there)}, and {hours_text(minutes)} h more)" if there else ""
            hint = "give each day its own hours, or take back those of a mistake: `revplan sprint log` with --hours -1"
            raise LogError(f"{member} would have {hours_text(total)} h on {day}{known}, and a day has 24", hint=hint)
