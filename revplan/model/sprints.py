"""Sprints as they are written: what was committed, what was parked and why, and how it went."""

import re
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from revplan.model.base import Date, Days, Entity, Flag, Id, MemberId, Part, TacticId, Text, in_order, refuse
from revplan.model.numbers import Amount, Minutes
from revplan.model.tactics import Tier

SPRINT_ID = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?", re.ASCII)
"""A calendar month, or the first day of a sprint of so many days."""
ReasonWord = Literal["capacity", "no-skill", "no-time", "budget", "share", "requires", "excludes", "outranked"]


WorkLog = dict[Date, dict[MemberId, Minutes]]
"""Hours worked, by day and member: `{2026-12-03: {priya: 4, elena: 90m}}`."""


def logged_minutes(log: WorkLog) -> int:
    """Return the minutes that a log holds."""
    return sum(minutes for by_member in log.values() for minutes in by_member.values())


class PlanStamp(Part):
    """What a written sprint was computed from, and how good it is."""

    of: Text = Field(description="Digest of everything the plan was computed from.")
    on: Date = Field(description="The day it was planned.")
    engine: Text = Field(description="Version of the planning engine.")
    value: Amount = Field(description="What the placed tactics are worth together.")
    tiers: dict[Tier, Amount] = Field(
        default_factory=dict, description="What the placed tactics of each tier are worth, where there are some."
    )
    bound: Amount = Field(description="What no plan could exceed.")
    proven: Flag = Field(description="Whether no plan is worth more.")
    tier_gap: dict[Tier, Amount] = Field(
        default_factory=dict,
        description="How much more value of a tier another plan may have: of the first that is not proven best.",
    )
    policy: Literal["value", "rank"] = Field("value", description="How it was filled.")

    def fits(self, digest: str, policy: str) -> bool:
        """Tell whether it was computed from the same, by the same policy, and nothing cut its search short.

        A search that ended by itself has the best plan, or says what that may lack. One from before tiers were told
        says too little of it.
        """
        is_whole = self.proven or bool(self.tier_gap) or self.policy != "value"
        is_told = sum(self.tiers.values()) == self.value
        return is_whole and is_told and (self.of, self.policy) == (digest, policy)


class SprintTask(Part):
    """A task in the sprint: who, how much, by when, and how far it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "not": {
                "required": ["owner", "owners"],
                "properties": {"owner": {"not": {"type": "null"}}, "owners": {"type": "object", "minProperties": 1}},
            }
        }
    )

    owner: MemberId | None = Field(None, description="Who does it.")
    owners: dict[MemberId, Minutes] = Field(
        default_factory=dict,
        description="Who shares it, each with their part of the whole task; hours that they log are hours of it.",
    )
    minutes: Minutes = Field(alias="hours", description="Planned work.")
    estimate: Minutes | None = Field(None, description="The backlog's estimate, where the skill's record changed it.")
    start: Date | None = Field(None, description="First day of work.")
    due: Date | None = Field(None, description="Last day of work.")
    days: dict[MemberId, Days] = Field(
        default_factory=dict, description="Each owner's own first and last day, where several share it."
    )
    was: dict[Date, Minutes] = Field(
        default_factory=dict,
        description="What `hours` was until it was re-estimated, by the day of the change; the earliest was committed.",
    )
    dropped: Date | None = Field(None, description="When it was taken out, though its tactic stays.")
    continues: Minutes | None = Field(
        None, description="Hours of what is left that go on in the next sprint; `due` lies there then."
    )
    continues_since: Date | None = Field(
        None, description="When it turned out that it goes on, where that was after the sprint's start."
    )
    status: Literal["planned", "started", "done"] = Field("planned", description="How far it is.")
    undated: Minutes | None = Field(
        None, alias="spent", description="Hours worked that the log does not tell: those without a day and a person."
    )
    log: WorkLog = Field(default_factory=dict, description="Hours worked, by day and member.")
    left: Minutes | None = Field(None, description="Hours still to do, as judged by the owner.")
    done: Date | None = Field(None, description="When it was done.")

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        if self.owner is not None and self.owners:
            raise refuse("not_one_of", "a task has an owner, or owners who share it, not both")
        in_order(self.start, self.due, "due")
        return self

    @property
    def people(self) -> dict[str, int]:
        """Its owners with their planned minutes."""
        return dict(self.owners) if self.owners else ({self.owner: self.minutes} if self.owner else {})

    def own_days(self, member: str) -> tuple[date | None, date | None]:
        """Return the first and the last day of a member's part; the task's where none of their own are written."""
        own = self.days.get(member)
        return (own.first, own.last) if own is not None else (self.start, self.due)

    @property
    def spent(self) -> int | None:
        """Minutes worked so far, with a day or without; None where nothing was logged."""
        if self.undated is None and not self.log:
            return None
        return (self.undated or 0) + logged_minutes(self.log)

    @property
    def continuing(self) -> int:
        """Minutes of it that the next sprint counts: none once it is done."""
        return 0 if self.status == "done" else min(self.continues or 0, self.minutes)

    @property
    def own_minutes(self) -> int:
        """Planned minutes that this sprint counts."""
        return self.minutes - self.continuing

    @property
    def first_minutes(self) -> int:
        """Minutes planned when the task came into the sprint, before any re-estimate."""
        return self.was[min(self.was)] if self.was else self.minutes


class SprintTactic(Part):
    """A tactic in the sprint."""

    origin: Literal["committed", "added", "carried"] = Field("committed", description="How it came into the sprint.")
    added: Date | None = Field(None, description="When it came in, where that was after the start.")
    dropped: Date | None = Field(None, description="When it was taken out again.")
    carry: Flag = Field(False, description="Whether what is left of it comes first in the next sprint.")
    tasks: dict[Id, SprintTask] = Field(default_factory=dict, description="Its tasks, by id.")

    @property
    def is_committed(self) -> bool:
        """Whether it was in the sprint from the start."""
        return self.added is None and self.origin != "added"

    @property
    def runs_over(self) -> bool:
        """Whether work on it goes on in the sprint after this one."""
        return self.dropped is None and any(task.continuing for task in self.tasks.values())


class ParkedTactic(Part):
    """A tactic that did not fit, and why."""

    reason: ReasonWord = Field(description="Why it is parked.")
    short: dict[Text, Amount] = Field(
        default_factory=dict, description="What is short at least: hours by skill or member, or cash by budget line."
    )
    review: Date | None = Field(None, description="When to look at it again.")
    since: Date | None = Field(None, description="When it was first parked.")


class Closing(Part):
    """The seal of a closed sprint."""

    on: Date = Field(description="The day it was closed.")
    of: Text = Field(description="Digest of the sprint's own content.")
    before: Literal["active", "planned", "implied"] = Field(
        "active", description="The status it had before: `implied` where it was planned and had none written."
    )
    carried: tuple[TacticId, ...] = Field(
        (), description="Tactics that closing put first in the next sprint, whatever their `carry` says."
    )
    done: tuple[TacticId, ...] = Field(
        (), description="Tactics that the backlog called done when it was closed, whatever their tasks say."
    )

    @cached_property
    def carried_tactics(self) -> frozenset[str]:
        """What it carries: a sprint may hold thousands of tactics, and each is asked for."""
        return frozenset(self.carried)


class Sprint(Entity):
    """A month's work: what is committed, who does it, by when. Its id is the month, or its first day."""

    id_pattern: ClassVar[str] = SPRINT_ID.pattern
    start: Date = Field(description="First day.")
    end: Date = Field(description="Last day.")
    goal: Text | None = Field(None, description="What the sprint is to achieve, in one sentence.")
    status: Literal["planned", "active", "closed"] = Field("planned", description="Where it stands.")
    plan: PlanStamp | None = Field(None, description="What it was computed from.")
    capacity: dict[MemberId, Minutes] = Field(
        default_factory=dict, description="Plannable hours by member, of the whole sprint."
    )
    recurring: dict[TacticId, dict[MemberId, Minutes]] = Field(
        default_factory=dict, description="Hours of recurring tactics in the whole sprint, by tactic and member."
    )
    recurring_log: dict[TacticId, WorkLog] = Field(
        default_factory=dict, description="Hours worked on recurring tactics, by tactic, day and member."
    )
    use_reserve: Flag = Field(False, description="Whether planned work may take the reserve too.")
    pins: tuple[TacticId, ...] = Field((), description="Tactics that have to be in it, whatever they are worth.")
    aside: tuple[TacticId, ...] = Field((), description="Tactics that are left out of it on purpose.")
    tactics: dict[TacticId, SprintTactic] = Field(default_factory=dict, description="What is in the sprint.")
    parked: dict[TacticId, ParkedTactic] = Field(default_factory=dict, description="What did not fit, and why.")
    closed: Closing | None = Field(None, description="The seal, once it is closed.")

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        if not SPRINT_ID.fullmatch(self.id):
            raise refuse("bad_id", f'a sprint\'s id is a month or its first day, such as 2026-12, not "{self.id}"')
        in_order(self.start, self.end)
        return self

    def carries(self, tactic: str) -> bool:
        """Tell whether what is left of a tactic comes first in the next sprint: it goes on there, or was carried."""
        row = self.tactics.get(tactic)
        is_asked = row is not None and (row.carry or row.runs_over)
        return is_asked or (self.closed is not None and tactic in self.closed.carried_tactics)

    def runs_on(self, day: date) -> bool:
        """Tell whether the day lies in the sprint."""
        return self.start <= day <= self.end
