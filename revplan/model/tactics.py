"""The backlog: what could be done, what it is worth, and the tasks it is made of."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from revplan.model import notation
from revplan.model.base import (
    BUILT_WHEN_USED,
    BudgetLineId,
    CampaignId,
    ClientId,
    Date,
    Entity,
    Flag,
    FunctionId,
    Id,
    MemberId,
    MetricId,
    ObjectiveId,
    Part,
    PersonaId,
    PlaybookId,
    SiblingTaskId,
    TacticId,
    Text,
    in_order,
    refuse,
)
from revplan.model.money import Instalments
from revplan.model.notation import Notation
from revplan.model.numbers import Amount, Every, Fraction, People, Quantity, Score, SkillLevel, SprintsOver, TaskMinutes
from revplan.model.settings import MeetingDay
from revplan.model.waits import Wait, WaitAfterValue, WaitValue, after_reader, wait_after

After = Annotated[
    tuple[SiblingTaskId, ...] | dict[SiblingTaskId, WaitAfterValue | None],
    Notation(
        after_reader(
            TypeAdapter(tuple[SiblingTaskId, ...], config=BUILT_WHEN_USED),
            TypeAdapter(dict[SiblingTaskId, WaitAfterValue | None], config=BUILT_WHEN_USED),
        ),
        None,
    ),
]
"""Tasks of the same tactic: their ids, or `{write: 3d}` where some time goes by after them."""

Unit = Literal["day", "week", "month", "quarter", "year"]
_Word = Literal["daily", "weekly", "monthly", "quarterly", "yearly"]
_UNIT_OF: dict[_Word, Unit] = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
}
_WORD_OF = {unit: word for word, unit in _UNIT_OF.items()}
_MOST_UNITS = 99


class Recurrence(Part):
    """How often a tactic comes round: each so many days, weeks, months, fiscal quarters or fiscal years."""

    every: Every = Field(1, description="Each how many units.")
    unit: Unit = Field(description="day, week, month, quarter or year; the last two are fiscal.")
    day: MeetingDay | None = Field(
        None,
        description="Its day: a weekday, or a day of the month, the first one of the quarter or year; where that is "
        "free, the next workday. Without it the first workday.",
    )

    @model_validator(mode="after")
    def _check_day(self) -> Self:
        if self.day is not None and self.unit == "day":
            raise refuse("wrong_type", "what comes round by days has no day of its own; leave `day` out")
        if isinstance(self.day, int) and self.unit == "week":
            raise refuse("wrong_type", f"{self.day} is no day of a week; write mon to sun")
        return self

    def __str__(self) -> str:
        often = _WORD_OF[self.unit] if self.every == 1 else f"every {self.every} {self.unit}s"
        if self.day is None:
            return often
        return f"{often}, on {self.day.capitalize()}" if isinstance(self.day, str) else f"{often}, on day {self.day}"


_READ_WORD: TypeAdapter[_Word] = TypeAdapter(_Word, config=BUILT_WHEN_USED)


def _read_recurrence(value: object) -> _Word | Recurrence:
    return _READ_WORD.validate_python(value) if isinstance(value, str) else Recurrence.model_validate(value)


RecurrenceValue = Annotated[
    _Word | Recurrence,
    Notation(
        _read_recurrence,
        {
            "anyOf": [
                {"enum": list(_UNIT_OF)},
                notation.fixed_mapping(
                    {
                        "every": notation.nullable(notation.whole_number(1, _MOST_UNITS)),
                        "unit": {"enum": list(_WORD_OF)},
                        "day": notation.nullable(notation.DAY_OF_MONTH),
                        "notes": notation.nullable(notation.ANY_TEXT),
                    },
                    required=("unit",),
                ),
            ]
        },
    ),
]
"""How often a tactic comes round: a word from daily to yearly, or `{every: 3, unit: week, day: thu}`."""

Tier = Literal["must", "should", "nice"]


class Task(Part):
    """One skill's part of a tactic."""

    skill: Id = Field(description="The skill it takes.")
    minutes: TaskMinutes = Field(
        alias="hours", description="The work it takes, of each of its people; of a recurring tactic, each time."
    )
    level: SkillLevel = Field(2, description="The least skill level, 1 to 4.")
    people: People = Field(
        1,
        description="How many different members do it at once, as in an interview in pairs: 2. Each of them books the "
        "hours, as many on each day as the others: a tactic whose people have no such days is parked.",
    )
    owners: tuple[MemberId, ...] = Field(
        (), alias="owner", description="Pins it to one member, or to as many members as it takes people."
    )
    after: After = Field(
        (), description="Tasks of the same tactic that must be complete first; {write: 3d} waits that long after one."
    )
    wait: WaitValue | None = Field(
        None,
        description="How long it waits after what it follows, of its tactic or, if that is nothing, what the tactic "
        "requires: 3d for days, 3w for workdays. The w is no week: two weeks are 14d, or 10w.",
    )
    split: Flag = Field(False, description="Whether several people may share it, each with a part of its hours.")
    not_before: Date | None = Field(
        None, description="The first day it may start, where that is later than the tactic's."
    )
    deadline: Date | None = Field(None, description="The last day it may end, where that is sooner than the tactic's.")
    title: Text | None = Field(None, description="What is done, where the id does not say enough.")

    def wait_after(self, first: str) -> Wait | None:
        """Return how long it waits after a task that it follows; None where it need not."""
        return wait_after(self.after, self.wait, first)

    @model_validator(mode="after")
    def _check_dates(self) -> Self:
        in_order(self.not_before, self.deadline, "the deadline")
        return self

    @property
    def owner(self) -> str | None:
        """The one member it is pinned to; None where that is nobody, or where it takes several people."""
        return self.owners[0] if len(self.owners) == 1 else None

    @property
    def work(self) -> int:
        """Minutes of all its people together."""
        return self.minutes * self.people


def _one_at_least(tasks: dict[str, Task]) -> dict[str, Task]:
    if not tasks:
        raise refuse("missing", "a tactic has one task at least")
    return tasks


Moved = Literal["yes", "no", "unclear"]


class TacticResult(Part):
    """What became of the metric that a done tactic was to move."""

    moved: Moved = Field(description="Whether it moved its metric: yes, no, or unclear where nobody can tell.")
    by: Quantity | None = Field(None, description="By how much, in the metric's unit; below zero where it fell.")
    learnt: Text | None = Field(None, description="What was learnt, for those who do the like again.")
    on: Date | None = Field(None, description="The day on which it was judged.")


class Tactic(Entity):
    """Something that could be done for revenue: placed in a sprint whole, or not at all."""

    title: Text = Field(description="What is done, as people would say it.")
    function: FunctionId = Field(description="The function it belongs to.")
    client: ClientId | None = Field(None, description="The client it is done for.")
    objective: ObjectiveId | None = Field(None, description="The objective it serves.")
    tier: Tier = Field(
        "should", description="must is placed before should, and should before nice, whatever they are worth."
    )
    impact: Score = Field(description="How much it would move, 1 to 10.")
    confidence: Fraction = Field(Decimal(1), description="How sure the impact is, 0 to 1.")
    value: Amount | None = Field(None, description="Your own number, in place of impact × confidence × weight.")
    reach: Amount | None = Field(None, description="How many people it touches in a quarter (RICE).")
    urgency: Score | None = Field(None, description="How fast its value fades, 1 to 10 (WSJF).")
    risk_reduction: Score | None = Field(None, description="What risk it removes or chance it opens, 1 to 10 (WSJF).")
    ease: Score | None = Field(None, description="How easy it is, 1 to 10 (ICE, PIE).")
    potential: Score | None = Field(None, description="How much better the thing could be, 1 to 10 (PIE).")
    importance: Score | None = Field(None, description="How valuable the traffic it touches is, 1 to 10 (PIE).")
    metric: MetricId | None = Field(None, description="What it should move.")
    personas: tuple[PersonaId, ...] = Field((), description="Whom it is for.")
    campaign: CampaignId | None = Field(None, description="The campaign it is part of.")
    playbook: PlaybookId | None = Field(None, description="The playbook it was made from, and is checked against.")
    requires: tuple[TacticId, ...] = Field((), description="Tactics that must be complete before it starts.")
    excludes: tuple[TacticId, ...] = Field((), description="Tactics that are not done beside it.")
    cost: Instalments = Field(
        Decimal(0),
        description="Cash it takes, besides people's hours: an amount, or instalments {month: amount}, of which a "
        "sprint pays those of its months.",
    )
    budget: BudgetLineId | None = Field(None, description="The budget line that pays.")
    tags: tuple[Text, ...] = Field((), description="Words to group by.")
    not_before: Date | None = Field(None, description="The first day it may start.")
    deadline: Date | None = Field(None, description="The last day it may end.")
    over: SprintsOver = Field(
        1, description="Over how many sprints it may be planned, 1 or 2: begun in one, due in the next at the latest."
    )
    unforeseen: Flag = Field(
        False, description="Nobody could know of it: it may take the hours that are kept in reserve."
    )
    recurring: RecurrenceValue | None = Field(
        None,
        description="A standing load, off the top each time: daily to yearly, or {every: 3, unit: week, day: thu}. "
        "Every third week and the like are counted from `not_before`, or from January 1970.",
    )
    status: Literal["idea", "ready", "dropped", "done"] = Field(
        "ready", description="idea: not to be planned yet; dropped; done: finished outside any sprint."
    )
    source: Text | None = Field(
        None, description="What it is elsewhere, such as jira:ABC-12; an import finds it again by this."
    )
    added: Date | None = Field(None, description="When it came into the backlog.")
    done_when: Text | None = Field(None, description="The definition of done.")
    done: Date | None = Field(None, description="When it was done, where no sprint tells.")
    result: TacticResult | None = Field(None, description="Once it is done: whether it moved its metric.")
    tasks: Annotated[dict[Id, Task], AfterValidator(_one_at_least)] = Field(
        description="The work, by task id; one task at least.", json_schema_extra={"minProperties": 1}
    )

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        in_order(self.not_before, self.deadline, "the deadline")
        if self.unforeseen and self.recurring is not None:
            raise refuse("unforeseen_recurring", f"what comes {self.recurring} is not unforeseen")
        return self

    @property
    def recurrence(self) -> Recurrence | None:
        """How often it comes round; None where it does not."""
        return Recurrence(unit=_UNIT_OF[self.recurring]) if isinstance(self.recurring, str) else self.recurring

    @property
    def first_deadline(self) -> date | None:
        """The earliest last day of the tactic and of its tasks; None where none has one."""
        return min(
            (each for each in (self.deadline, *(one.deadline for one in self.tasks.values())) if each), default=None
        )

    @property
    def cash(self) -> Decimal:
        """What it costs in all, in the plan's currency."""
        return sum(self.cost.values(), Decimal(0)) if isinstance(self.cost, dict) else self.cost

    @property
    def minutes(self) -> int:
        """Work in the whole tactic, in minutes of all its people; of a recurring one, each time."""
        return sum(task.work for task in self.tasks.values())
