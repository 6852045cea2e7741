"""How a workshop looks: one question on a screen, the sheet of a room, and the list of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from revplan import wording
from revplan.reports.document import (
    Align,
    Blank,
    Column,
    Document,
    Heading,
    Items,
    Line,
    Section,
    Table,
    dim,
    good,
    strong,
    words,
)
from revplan.reports.look import look
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.model.plan import Plan
    from revplan.model.workshops import Workshop
    from revplan.reports.document import Block, Words

ANSWER = "Answer"
"""The label of every blank of a sheet; its key stands behind it in brackets."""
_SEVERAL = 3
"""Lines that a sheet has for an answer of several texts."""
NEEDED = "needed"
"""What a question is marked with that cannot stay without an answer."""
ENTRIES = f"Leave out the numbers that you do not need. In those that you begin, what is marked {NEEDED} is needed."
"""What stands above the questions of new entries."""
_ONE_A_LINE = "One a line; Enter alone ends the list."
_NO_MORE = "Enter alone: there are no more of them"
ALREADY = "Nothing is asked here: the plan has it already, or has nothing yet to ask about."
"""What stands in place of the questions of a step that has none on this plan."""
ABOUT = "What it is about"
"""The heading above the blank for the workshop's subject."""
SUBJECT_HELP = "An id, or a name."
"""What helps to fill in that blank."""
YEAR_HELP = "The year in which it ends, such as 2027."
"""The same where the subject is a fiscal year."""
BY_THE_PLAN = "By the plan"
"""What stands before each fact of the plan on a sheet: bullets without it were typed."""
CLOSE = "It is right when"
"""What stands before the measure of a good outcome, at the end of a sheet."""
EXAMPLE = "Example (Harbourline, a made-up company)"
"""What stands before each example; Harbourline is the company of the examples that come with revplan."""


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with all that helps to answer it.

    Attributes:
        key: what its answer stands under.
        step: the step's title, with the thing or entry that it is held for.
        has: what the plan has there; empty where it has nothing.
        said: what was answered before, if one has gone back to it.
        usual: what an empty answer stands for, and where that comes from; empty where it stands for nothing.
        choices: the words of which one is the answer.
        instead: words that may stand in place of an id.
        known: ids that the answer may name.
        several: whether the answer is one line or several.
        people: how many people answer it, one a line; 0 where a room gives one answer.
        needed: whether nothing can be written without an answer.
        only: when it is to be answered, where it is not always.
        ends: whether no answer ends a list of entries that has some.
        lacks: how many entries the list then lacks of those that it is to have at least.
    """

    key: str
    step: str
    ask: str
    help: str
    example: str
    has: str = ""
    usual: str = ""
    said: str = ""
    choices: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    known: str = ""
    facts: tuple[Words, ...] = ()
    several: bool = False
    people: int = 0
    needed: bool = False
    only: str = ""
    filled: tuple[str, ...] = ()
    ends: bool = False
    lacks: int = 0


class SheetStep(NamedTuple):
    """A step on a sheet.

    Attributes:
        facts: what the plan has to say to it.
        cards: its questions; none where the plan knows all of it.
        has_entries: whether its questions are asked for one new entry after the other.
    """

    title: str
    purpose: str
    exercise: str
    room_minutes: int
    facts: tuple[Words, ...]
    cards: tuple[QuestionCard, ...]
    has_entries: bool = False


# --- on a screen ---------------------------------------------------------------------------------------------------


def question_page(title: str, place: str, card: QuestionCard) -> Document:
    """Return one question as a screen."""
    fewer = f", though {wording.plural(card.lacks, 'more is', 'more are')} needed" if card.lacks else ""
    ways = ((_ONE_A_LINE, card.several), (f"{_NO_MORE}{fewer}.", card.ends and not card.said))
    closing = (Line(words(dim(way))) for way, holds in ways if holds)
    return Document(title, (words(dim(place)),), (Section(_ask(card), (*_helps(card), *closing)),))


def _ask(card: QuestionCard, label: str = "") -> Words:
    """Return a question with what it is asked for, marked where an answer is needed."""
    return words(f"{label}: {card.ask}" if label else card.ask, dim(f" · {NEEDED}") if card.needed else "")


def _helps(card: QuestionCard) -> Iterator[Block]:
    hints = (
        card.help,
        f"{EXAMPLE}: {card.example}" if card.example else "",
        f"One of: {', '.join(card.choices)}" if card.choices else "",
        f"There is {card.known}" if card.known else "",
        f"Or, in place of an id: {wording.join_names(card.instead, 'or')}" if card.instead else "",
    )
    yield from (Line(words(dim(hint))) for hint in hints if hint)
    if card.facts:
        yield Items(card.facts)
    if card.has:
        yield Line(words("The plan has: ", strong(card.has), dim(" (it stays without an answer)")))
    if card.said:
        yield Line(words("You said: ", strong(card.said), dim(" (Enter alone keeps it)")))
    elif card.usual:
        yield Line(words("Without an answer: ", strong(card.usual)))
    if card.only:
        yield Line(words(dim(card.only)))


# --- on paper ------------------------------------------------------------------------------------------------------


def sheet(
    plan: Plan, workshop: Workshop, subject: str, steps: Sequence[SheetStep], about: QuestionCard | None
) -> Document:
    """Return the sheet of a workshop: timings, exercises and blanks that can be read back.

    Args:
        plan: whose name and look the sheet has.
        workshop: what is held.
        subject: whom or what it is about; empty where that is open, or nothing in particular.
        steps: its steps with the questions that are open.
        about: the blank for the subject, where the workshop has one.
    """
    total = sum(step.room_minutes for step in steps if step.cards)
    return Document(
        title=f"{plan.settings.company} · workshop: {workshop.title}{f' · {subject}' if subject else ''}",
        lead=tuple(_lead(workshop, total)),
        sections=(*_about(about), *_steps(steps)),
        close=(words(f"{CLOSE}: {workshop.right_when}"),),
        data={"schema": "revplan/workshop/1", **data(workshop, steps)},
        look=look(plan),
    )


def _lead(workshop: Workshop, total: int) -> Iterator[Words]:
    yield words(workshop.purpose)
    yield words(
        strong("Time"), f": {wording.plural(total, 'minute')} in a room. ", strong("Who"), f": {workshop.people}."
    )
    yield words(strong("Bring"), f": {workshop.bring}.")
    read_back = f"`revplan workshop {workshop.name} --from FILE.md`"
    yield words(
        f"One answer a line. What is marked {NEEDED} has to be filled in; all else may stay empty. Written behind the "
        f"dashes of the sheet in Markdown, answers are read back by {read_back}; with a gap where one is {NEEDED}, the "
        "rest of it is kept as a draft."
    )


def _about(about: QuestionCard | None) -> Iterator[Section]:
    if about is not None:
        yield Section(words(ABOUT), tuple(_question(about)))


def _steps(steps: Sequence[SheetStep]) -> Iterator[Section]:
    start = 0
    for number, step in enumerate(steps, start=1):
        if not step.cards:
            yield Section(words(f"{number}. {step.title}"), (Line(words(good(ALREADY))),))
            continue
        end = start + step.room_minutes
        title = words(f"{number}. {step.title} · {_clock(start)} to {_clock(end)}")
        blocks: list[Block] = [Line(words(step.purpose)), Line(words(strong("Exercise"), f": {step.exercise}"))]
        blocks += [Line(words(dim(ENTRIES)))] if step.has_entries else []
        blocks += [Items(tuple(words(f"{BY_THE_PLAN}: ", *fact) for fact in step.facts))] if step.facts else []
        for card in step.cards:
            blocks += _question(card)
        yield Section(title, tuple(blocks))
        start = end


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _question(card: QuestionCard) -> Iterator[Block]:
    yield Heading(_ask(card, card.step))
    yield from _helps(card)
    if card.filled:
        yield Line(words(strong(ANSWER), f": ({card.key})"))
        yield Items(tuple(words(text) for text in card.filled))
    else:
        yield Blank(ANSWER, f"({card.key})", max(_SEVERAL, card.people) if card.several else 1)


# --- the list ------------------------------------------------------------------------------------------------------


def listing(company: str, rows: Sequence[tuple[Workshop, str, bool]]) -> Document:
    """Return every workshop with what it gives, how long it takes, and how far the plan is.

    Args:
        company: whose plan it is.
        rows: workshops with how far the plan is in words, and whether that is all.
    """
    columns = (
        Column("Workshop"),
        Column("What it gives", share=1),
        Column("Alone", Align.RIGHT),
        Column("In a room", Align.RIGHT),
        Column("Open"),
    )
    table = Table(
        columns,
        tuple(
            (
                words(strong(workshop.name)),
                words(workshop.gives),
                words(f"{workshop.minutes} min"),
                words(f"{workshop.room_minutes} min"),
                words(good(state) if is_done else state),
            )
            for workshop, state, is_done in rows
        ),
    )
    hint = "`revplan workshop NAME` holds one here; with --format markdown or html it is a sheet for a room."
    found = [{"workshop": own.name, "title": own.title, "open": state, "done": is_done} for own, state, is_done in rows]
    return Document(
        f"{company} · workshops",
        (words(dim(hint)),),
        (Section(words(plural(len(rows), "workshop")), (table,)),),
        data={"schema": "revplan/workshops/1", "workshops": found},
    )


def data(workshop: Workshop, steps: Sequence[SheetStep]) -> Mapping[str, object]:
    """Return a sheet as plain data."""
    return {
        "workshop": workshop.name,
        "title": workshop.title,
        "right_when": workshop.right_when,
        "steps": [
            {
                "title": step.title,
                "room_minutes": step.room_minutes,
                "questions": [{"key": card.key, "ask": card.ask, "has": card.has or None} for card in step.cards],
            }
            for step in steps
        ],
    }
