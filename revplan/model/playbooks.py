"""Playbooks: the moulds of tactics, each with its tasks and the hours they usually take.

A company's own stand in the plan. revplan brings a catalogue beside them, one file of data a playbook; where the plan
has one of the same id, the plan's counts.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, TypeAdapter

from revplan.model.base import BUILT_WHEN_USED, Entity, Flag, FunctionId, Id, Part, Text, refuse
from revplan.model.money import Money
from revplan.model.notation import Notation
from revplan.model.numbers import Count, Fraction, People, Score, SkillLevel, TaskMinutes
from revplan.model.personas import BuyingRole
from revplan.model.stack import ToolCategory
from revplan.model.waits import Wait, WaitAfterValue, WaitValue, after_reader, wait_after

CATALOGUE_FOLDER = Path(__file__).parent.parent / "_playbooks"
"""Where revplan's own playbooks lie, each a plan file named after its id."""

Stage = Literal[
    "visitor", "lead", "mql", "sal", "sql", "opportunity", "customer", "retention", "expansion", "foundation"
]
"""What a playbook brings more of: a stage of the funnel, customers kept or grown, or what all the others stand on."""
STAGES: tuple[Stage, ...] = get_args(Stage)
"""In the order in which customers pass them."""
Basis = Literal["starting-guess", "measured"]


PlaybookAfter = Annotated[
    tuple[Id, ...] | dict[Id, WaitAfterValue | None],
    Notation(
        after_reader(
            TypeAdapter(tuple[Id, ...], config=BUILT_WHEN_USED),
            TypeAdapter(dict[Id, WaitAfterValue | None], config=BUILT_WHEN_USED),
        ),
        None,
    ),
]
"""Tasks of the same playbook: their ids, or `{write: 3d}` where some time goes by after them."""


class PlaybookTask(Part):
    """A task that tactics of the kind have."""

    title: Text | None = Field(None, description="What is done, where the id does not say enough.")
    skill: Id = Field(description="The skill it takes.")
    level: SkillLevel = Field(2, description="The least skill level, 1 to 4.")
    minutes: TaskMinutes = Field(alias="hours", description="The work it usually takes, of each of its people.")
    people: People = Field(
        1, description="How many different members do it at once, as in an interview in pairs: 2; each takes the hours."
    )
    least_minutes: TaskMinutes | None = Field(None, alias="least", description="The work it takes where all goes well.")
    most_minutes: TaskMinutes | None = Field(
        None, alias="most", description="The work it takes where little goes well."
    )
    after: PlaybookAfter = Field(
        (), description="Tasks of the same playbook that come first; {write: 3d} waits that long after one."
    )
    wait: WaitValue | None = Field(
        None,
        description="How long its tactics' task waits after what it follows: 3d for days, 3w for workdays, not weeks.",
    )
    waits: Text | None = Field(
        None, description="What has to be waited for, such as print or an approval, and about how long, in words."
    )
    optional: Flag = Field(False, description="Whether a tactic may do without it.")

    def wait_after(self, first: str) -> Wait | None:
        """Return how long it waits after a task that it follows; None where it need not."""
        return wait_after(self.after, self.wait, first)

    @property
    def work(self) -> int:
        """Minutes that it usually takes of all its people together."""
        return self.minutes * self.people

    @property
    def range_minutes(self) -> tuple[int, int]:
        """The least and the most work of each of its people, in minutes; the usual one where none is given."""
        return self.least_minutes or self.minutes, self.most_minutes or self.minutes


def _one_at_least(tasks: dict[str, PlaybookTask]) -> dict[str, PlaybookTask]:
    if not tasks:
        raise refuse("missing", "a playbook has one task at least")
    return tasks


class Playbook(Entity):
    """How a kind of tactic is done: the standard that the company has agreed on, or a starting guess."""

    title: Text = Field(description="What is done, as people would say it.")
    function: FunctionId = Field(description="The function it belongs to.")
    stage: Stage = Field(description="What it brings more of: a stage of the funnel, customers kept or grown, or all.")
    purpose: Text | None = Field(None, description="When to choose it, and what it is to bring.")
    roles: tuple[BuyingRole, ...] = Field((), description="The buying roles it speaks to.")
    stack: tuple[ToolCategory, ...] = Field((), description="Categories of tools it cannot do without.")
    metrics: tuple[Text, ...] = Field((), description="Kinds of metric it should move.")
    impact: Score = Field(5, description="The impact a tactic of it starts with, 1 to 10.")
    confidence: Fraction | None = Field(None, description="How sure that impact is, 0 to 1.")
    cost: Money = Field(Decimal(0), description="Cash it usually takes, besides people's hours.")
    done_when: Text | None = Field(None, description="The definition of done.")
    pitfalls: tuple[Text, ...] = Field((), description="What it usually goes wrong on.")
    basis: Basis = Field("starting-guess", description="Where its hours come from.")
    measured: Count | None = Field(None, description="How many tactics its hours were measured on.")
    tasks: Annotated[dict[Id, PlaybookTask], AfterValidator(_one_at_least)] = Field(
        description="The work, by task id; one task at least.", json_schema_extra={"minProperties": 1}
    )

    @property
    def minutes(self) -> int:
        """Work in the whole of it, as it usually is, in minutes of all its people."""
        return sum(task.work for task in self.tasks.values())

    @property
    def range_minutes(self) -> tuple[int, int]:
        """The least and the most work in the whole of it, in minutes of all its people."""
        ranges = [(*task.range_minutes, task.people) for task in self.tasks.values()]
        return sum(least * people for least, _, people in ranges), sum(most * people for _, most, people in ranges)

    @property
    def skills(self) -> dict[str, int]:
        """The skills it takes, each with the highest level that a task asks for."""
        found: dict[str, int] = {}
        for task in self.tasks.values():
            found[task.skill] = max(task.level, found.get(task.skill, 0))
        return found


@cache
def catalogue_ids() -> frozenset[str]:
    """Return the ids of the playbooks that revplan brings, by the names of their files; none of them is read."""
    return frozenset(path.stem for path in CATALOGUE_FOLDER.glob("*.yaml"))
