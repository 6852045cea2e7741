"""Workshops: the questions that lead a team to a part of its plan, as data.

revplan brings one file of data a workshop. A workshop is a row of steps, a step is a row of questions. A question names
the field of the plan that its answer fills. A step is held once, once for each thing that the plan has (`each`), or
once for each new entry that the answers make (`entries`).
"""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

WORKSHOP_FOLDER = Path(__file__).parent.parent / "_workshops"
"""Where the workshops lie, each a file named after the workshop."""

Takes = Literal[
    "text",  # one text
    "lines",  # several texts
    "names",  # several words or short names, also in a row with commas between them
    "choice",  # a word of a list
    "id",  # the id or name of a thing
    "ids",  # several of these
    "value",  # what the field holds, such as an amount or a day
    "rates",  # several rates
    "day",
    "months",  # an amount for each of the months that are asked for
    "funnel",  # the five rates from visitors to opportunities
    "scores",  # a name with impact and effort, several times
    "score",  # 1 to 10
    "days",  # a number of days
    "hours",  # hours of work
    "number",
    "verdict",  # in, or out with a reason
    "fate",  # an objective, or drop with a reason
    "reasons",  # a function with a reason, several times
    "pairs",  # a playbook's word for a skill with the plan's own, several times
]
"""What an answer is."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Data):
    """One question of a workshop.

    Attributes:
        id: the question's name within its step.
        ask: the question.
        help: how to find the answer, and when the answer is good enough.
        example: what Harbourline, the example company, answers.
        minutes: how long the answer takes one person at a keyboard.
        takes: what an answer is.
        of: the kind of thing whose ids the answer holds.
        choices: the words that the answer may be.
        into: the field that the answer fills: keys joined by points, with {for} for the workshop's subject and {id} for
            the entry or thing of the step. Several questions may fill one text, one after the other.
        label: what the answer is called where it stands among notes.
        only: asked only where another question of the same step has one of these answers.
        needed: whether the step comes to nothing without an answer.
        positive: whether a number has to be above 0: with 0 there is nothing to tell.
        default: what an empty answer stands for: a word, or the name of a fact behind `=`.
        facts: facts of the plan that are shown beside the question, by name.
    """

    id: str
    ask: str
    help: str
    example: str
    minutes: int = 1
    takes: Takes = "text"
    of: str | None = None
    choices: tuple[str, ...] = ()
    into: str | None = None
    label: str | None = None
    only: dict[str, tuple[str, ...]] = {}
    needed: bool = False
    positive: bool = False
    default: str | None = None
    facts: tuple[str, ...] = ()


class WorkshopStep(_Data):
    """A row of questions about one matter.

    Attributes:
        purpose: what the step is for.
        exercise: how a room finds the answers.
        room_minutes: how long that takes a room.
        each: what the step is held for, once each: the name of a list of the plan's things.
        entries: where the answers make new entries: keys joined by points. `notes` entries only leave notes.
        named_by: the question whose answer names a new entry.
        fixed: fields that every new entry has; {for} stands for the workshop's subject.
        least: how many such entries the plan needs; with as many, nothing is asked.
        most: how many entries can be answered.
        blanks: how many entries a sheet has room for.
        facts: facts that are shown at the step's beginning, by name.
    """

    id: str
    title: str
    purpose: str
    exercise: str
    room_minutes: int
    each: str | None = None
    entries: str | None = None
    named_by: str | None = None
    fixed: dict[str, str] = {}
    least: int = 0
    most: int = 12
    blanks: int = 3
    facts: tuple[str, ...] = ()
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _check(self) -> "WorkshopStep":
        names = {question.id for question in self.questions}
        assert self.named_by is None or self.named_by in names, self.named_by
        assert all(other in names for question in self.questions for other in question.only)
        return self

    def question(self, name: str) -> Question:
        """Return the question of a name."""
        return next(question for question in self.questions if question.id == name)


class Workshop(_Data):
    """A workshop.

    Attributes:
        name: what the command line calls it.
        order: its place among the workshops.
        part: the part of the system that it sets up.
        gives: what the plan has after it.
        right_when: when its outcome is good.
        people: who belongs in the room.
        bring: what to bring along.
        of: the kind of the workshop's subject, where it has one; a new subject gets its id from its name.
        ask: how the subject is asked for.
        after: facts that are shown after each answer, by name.
        outcome: the name of the function that turns special answers into changes; None where fields tell all.
    """

    name: str
    order: int
    title: str
    part: str
    purpose: str
    gives: str
    right_when: str
    people: str
    bring: str
    of: str | None = None
    ask: str = ""
    after: tuple[str, ...] = ()
    outcome: str | None = None
    steps: tuple[WorkshopStep, ...]

    @property
    def minutes(self) -> int:
        """How long it takes one person at a keyboard; each step once."""
        return sum(question.minutes for step in self.steps for question in step.questions)

    @property
    def room_minutes(self) -> int:
        """How long it takes a room."""
        return sum(step.room_minutes for step in self.steps)

    def step(self, name: str) -> WorkshopStep | None:
        """Return the step of a name; None where there is none."""
        return next((step for step in self.steps if step.id == name), None)


@cache
def workshop_names() -> tuple[str, ...]:
    """Return the names of the workshops, by the names of their files, sorted; none of them is read."""
    return tuple(sorted(path.stem for path in WORKSHOP_FOLDER.glob("*.yaml")))
