"""Shares of the sprint's hours as caps on groups of candidates.

A share kept for a group caps all the others at what it leaves, so that no share can make a plan impossible. A share is
of the whole sprint: on a replan, the hours worked so far count in the whole, and in what the group has had of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from revplan.model.calendar import company_calendar
from revplan.planning.problem import Share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from revplan.model.personas import Client
    from revplan.model.settings import ShareSetting
    from revplan.model.sprints import Sprint
    from revplan.model.tactics import Tactic
    from revplan.planning.problem import Candidate
    from revplan.planning.situation import Situation


@dataclass(frozen=True, slots=True)
class _Cap:
    """A limit in minutes of the whole sprint on the tactics that are counted."""

    of: str
    counted: AbstractSet[str]
    limit: int


def shares(situation: Situation, candidates: Sequence[Candidate]) -> tuple[Share, ...]:
    """Return the caps that the settings and clients' hours ask for, sorted.

    They are parts of all plannable minutes less standing loads, less what was worked of them already, and never below
    what must stay in.
    """
    found = []
    worked = _worked_minutes(situation.sprint)
    whole = sum(worked.values())
    for cap in _caps(situation, situation.free_minutes + whole):
        counted = [candidate for candidate in candidates if candidate.id in cap.counted]
        kept = sum(candidate.minutes for candidate in counted if candidate.kept)
        own = sum(minutes for name, minutes in worked.items() if name in cap.counted)
        if counted:
            limit = max(cap.limit - own, kept, 0)
            found.append(Share(cap.of, tuple(candidate.id for candidate in counted), limit, (own, whole)))
    return tuple(sorted(found, key=lambda share: (share.of, share.candidates, share.limit)))


def _worked_minutes(sprint: Sprint | None) -> dict[str, int]:
    """Return the minutes that a sprint has had of each tactic; of what is done and has no log, those planned."""
    return {
        name: sum(
            row.spent if row.spent is not None else row.minutes * (row.status == "done") for row in body.tasks.values()
        )
        for name, body in (sprint.tactics.items() if sprint is not None else ())
    }


def _caps(situation: Situation, total: int) -> Iterator[_Cap]:
    """Yield the limits that the settings and clients' hours set on so many minutes of the whole sprint."""
    tactics = situation.plan.tactics
    for setting in situation.plan.settings.sprint.shares:
        name = setting.function or setting.objective or setting.client or setting.tag
        group = {tactic.id for tactic in tactics.values() if _is_in(setting, tactic)}
        if setting.most is not None:
            yield _Cap(f"{name} at most {_say_share(setting.most)}", group, floor(total * Fraction(setting.most)))
        if setting.least is not None:
            left = floor(total * (1 - Fraction(setting.least)))
            yield _Cap(f"{_say_share(setting.least)} kept for {name}", tactics.keys() - group, left)
    for client in situation.plan.clients.values():
        minutes = _minutes_bought(situation, client)
        others = {tactic.id for tactic in tactics.values() if tactic.client != client.id}
        if minutes:
            yield _Cap(f"hours kept for {client.id}", others, max(0, total - minutes))


def _is_in(setting: ShareSetting, tactic: Tactic) -> bool:
    """Tell whether a tactic belongs to the one group the share names."""
    if setting.tag is not None:
        return setting.tag in tactic.tags
    if setting.function is not None:
        return tactic.function == setting.function
    if setting.objective is not None:
        return tactic.objective == setting.objective
    return tactic.client == setting.client


def _minutes_bought(situation: Situation, client: Client) -> int:
    """Return the minutes a client has bought for the sprint's days, spread over each month's workdays.

    Of a sprint that is not under way, those are the days planned.
    """
    minutes = client.minutes_per_month or 0
    sprint = situation.sprint
    is_running = sprint is not None and sprint.status == "active"
    days = [
        day
        for day in situation.period.days
        if (is_running or day >= situation.since)
        and (client.from_ is None or day >= client.from_)
        and (client.until is None or day <= client.until)
    ]
    calendar = company_calendar(situation.plan.settings)
    return ceil(sum((calendar.spread_over_month(minutes, day) for day in days), Fraction(0))) if minutes else 0


def _say_share(part: Decimal) -> str:
    return f"{float(part * 100):g}%"
