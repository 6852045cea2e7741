"""The questions of a workshop's steps: of each thing that a step is held for, and of each new entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.strategy import running_objectives
from revplan.app.guide import lists
from revplan.app.guide.session import FOR, Place, starters, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from revplan.app.guide.session import Session
    from revplan.model.workshops import WorkshopStep


def answered_places(session: Session) -> Iterator[Place]:
    """Yield the questions that have been answered or passed over, in the workshop's order."""
    for step in session.workshop.steps:
        yield from places_of_step(lambda: session, step, lambda place: place.key in session.answers)


def subject_place(session: Session) -> Place:
    """Return the question for the workshop's subject."""
    workshop = session.workshop
    first = workshop.steps[0]
    question = first.questions[0].model_copy(
        update={"id": FOR, "ask": workshop.ask, "takes": "text", "into": None, "needed": True, "default": "=subject"}
    )
    return Place(FOR, first, question)


def places_of_step(
    now: Callable[[], Session], step: WorkshopStep, is_wanted: Callable[[Place], bool]
) -> Iterator[Place]:
    """Yield the questions of a step that are asked and wanted, answered ones too.

    Args:
        now: returns the session with what has been answered up to now, also since the last question was yielded.
        step: the step.
        is_wanted: tells which of the questions are wanted.
    """
    found = _entries(now, step) if step.entries is not None else _of_things(now, step)
    yield from (place for place in found if is_asked(now(), place) and is_wanted(place))


def _of_things(now: Callable[[], Session], step: WorkshopStep) -> Iterator[Place]:
    for thing, label in lists.things(now(), step.each) if step.each is not None else [("", "")]:
        stem = f"{step.id}/{thing}" if thing else step.id
        for question in step.questions:
            yield Place(f"{stem}/{question.id}", step, question, thing, label)


def _entries(now: Callable[[], Session], step: WorkshopStep) -> Iterator[Place]:
    if has_enough(now(), step):
        return
    for number in range(1, step.most + 1):
        first = f"{step.id}/{number}/{step.questions[0].id}"
        for question in step.questions:
            yield Place(f"{step.id}/{number}/{question.id}", step, question, str(number), "", number)
            if not now().answers.get(first):
                return  # nothing was said, or nothing yet


def is_asked(session: Session, place: Place) -> bool:
    """Tell whether the answers to the questions that a question hangs on let it be asked."""
    return all(
        any(said.split(" ")[0] in words for said in session.answers.get(place.sibling(other), ()))
        for other, words in place.question.only.items()
    )


def has_enough(session: Session, step: WorkshopStep) -> bool:
    """Tell whether the plan has as many entries as the step is to bring; always False where all is asked."""
    if session.every or step.entries is None or step.id in session.wanted:
        return False
    if step.entries == "notes":
        return lists.has_enough(session, step.id, step.least)
    return count_entries(session, step) >= step.least


def count_entries(session: Session, step: WorkshopStep) -> int:
    """Return how many entries of a step's map the plan has, those of `init` aside; 0 where they fill no map."""
    if step.entries is None or step.entries == "notes":
        return 0
    keys = tuple(step.entries.split("."))
    names = running_objectives(session.context) if keys == ("strategy", "objectives") else value_at(session.raw, keys)
    first = starters(session, keys)
    return sum(name not in first for name in names) if isinstance(names, dict) else 0
