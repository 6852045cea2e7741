"""`revplan workshop NAME`: the cards of its questions, the sheet for a room, and the list of all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.capacity import able_members
from revplan.analysis.periods import say_year
from revplan.app.guide import answers, defaults, lists, naming
from revplan.app.guide.facts import facts
from revplan.app.guide.personas import personas_told
from revplan.app.guide.questions import is_known, minutes_left
from revplan.app.guide.session import FOR, Place, begin, present_value
from revplan.app.guide.steps import count_entries, has_enough, subject_place
from revplan.reports import workshop as pages
from revplan.store.workshops import workshops
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.app.guide.session import Session
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.workshops import Question, WorkshopStep
    from revplan.reports.document import Document
    from revplan.store.loaded import Loaded


# --- one question --------------------------------------------------------------------------------------------------


def page(session: Session, place: Place, before: Sequence[str] = ()) -> Document:
    """Return a question as a screen; `before` is what was said to it before, if one has gone back to it."""
    workshop = session.workshop
    about = _subject_in_words(session) if workshop.of is not None else ""
    title = f"{workshop.title}{f' · {about}' if about and place.key != FOR else ''}"
    number = workshop.steps.index(place.step) + 1
    step = f"Step {number} of {len(workshop.steps)}: {place.step.title}{_suffix(place)}"
    return pages.question_page(title, f"{step} · about {minutes_left(session)} min left", card(session, place, before))


def _subject_in_words(session: Session) -> str:
    """Return whom or what a workshop is about; of a fiscal year that does not begin in January, which months it has."""
    said = session.text_of(FOR)
    return say_year(session.plan.settings, said) if session.workshop.of == "goal" and naming.is_year(said) else said


def _suffix(place: Place) -> str:
    if place.number:
        return f" · number {place.number}"
    return f" · {place.label}" if place.label else ""


def card(session: Session, place: Place, before: Sequence[str] = ()) -> pages.QuestionCard:
    """Return a question with all that helps to answer it."""
    question = place.question
    usual = _usual(session, place)
    named = (*(place.step.facts if _opens_step(session, place) else ()), *question.facts, *_after(session, place))
    return pages.QuestionCard(
        key=place.key,
        step=(place.label or (f"Number {place.number}" if place.number else "")),
        ask=question.ask,
        help=question.help,
        example=question.example if place.key != FOR else "",
        has=_in_words(present_value(session, place)) if place.key != FOR else "",
        said=_so_far(before),
        usual=usual,
        choices=answers.choices(session, place) if question.takes == "choice" else (),
        instead=question.choices if question.takes != "choice" else (),
        known=_ids_known(session, place, named),
        facts=facts(session, named, place),
        several=question.takes in SEVERAL,
        people=min(len(able_members(session.plan)), _LINES) if question.takes == "scores" else 0,
        needed=answers.is_needed(session, place) and not usual,
        ends=place.opens_entry and place.number > 1,
        lacks=max(0, place.step.least - count_entries(session, place.step) - place.number + 1),
    )


def _opens_step(session: Session, place: Place) -> bool:
    """Tell whether a question is the first that is asked of its step: what the plan knows is not asked."""
    if place.key == FOR or place.number > 1:
        return False
    asked = (each for each in place.step.questions if _is_asked(session, place, each))
    return next(asked, None) == place.question


def _is_asked(session: Session, place: Place, question: Question) -> bool:
    """Tell whether another question of a place's step is asked there, or was."""
    own = replace(place, key=place.sibling(question.id), question=question)
    return own.key in session.answers or not is_known(session, own)


def _ids_known(session: Session, place: Place, shown: Sequence[str]) -> str:
    """Return the ids that an answer may name, where a glance is enough and none of the facts shows them beside it."""
    of = place.question.of
    if of not in _AT_A_GLANCE or any(of in fact for fact in shown):
        return ""
    told = personas_told(session, place)
    return naming.some([name for name in defaults.ids_to_offer(session, of) if name not in told], _FEW)


_LINES = 8
"""Lines that a sheet has at most for what each person says."""
_AT_A_GLANCE = ("member", "metric", "function", "objective", "competitor", "persona", "pillar", "tool")
_FEW = 8


def _so_far(before: Sequence[str]) -> str:
    """Return what was said in a row; of much, how much it is and the last of it."""
    if len(before) <= _AT_ONCE:
        return "; ".join(before)
    return f"{len(before)} lines, the last of them: {'; '.join(before[-2:])}"


_AT_ONCE = 6
SEVERAL = ("lines", "names", "ids", "scores", "reasons", "pairs")
"""What an answer of several lines is called."""


def _after(session: Session, place: Place) -> tuple[str, ...]:
    """Return the facts that follow each answer; of new entries, the first alone still follows the step before."""
    is_later = place.number > 1 or (place.number == 1 and not place.opens_entry)
    return session.workshop.after if place.key != FOR and not is_later else ()


def _usual(session: Session, place: Place) -> str:
    found = defaults.usual(session, place)
    if found is None:
        return ""
    between = ", " if place.question.takes == "ids" else " "
    return f"{between.join(found.said)}{f' ({found.why})' if found.why else ''}"


def _in_words(value: Data) -> str:
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return value if isinstance(value, str) else ""


# --- the list ------------------------------------------------------------------------------------------------------


def listing(loaded: Loaded, context: Context) -> Document:
    """Return every workshop with how many questions the plan leaves open."""
    rows = []
    for workshop in workshops():
        session = with_subject(begin(loaded, context, workshop, None, every=False))
        count = len(list(open_places(session))) if _has_subject(session) else 0
        rows.append((workshop, plural(count, "question") if count else "nothing", not count))
    return pages.listing(context.plan.settings.company, rows)


def _has_subject(session: Session) -> bool:
    """Tell whether there is something to do: a subject, none to have, or no persona or campaign that is whole."""
    of = session.workshop.of
    return of is None or bool(session.text_of(FOR)) or not session.plan.entries(of)


def with_subject(session: Session) -> Session:
    """Return the session about the subject that an empty answer stands for, where it needs one and has none."""
    if session.workshop.of is None or FOR in session.answers:
        return session
    usual = defaults.default(session, subject_place(session))
    return session.answer(FOR, usual or ())


# --- a sheet -------------------------------------------------------------------------------------------------------


def sheet(session: Session) -> Document:
    """Return the sheet of a workshop for a room, with the questions that the plan leaves open."""
    about = None
    workshop, whole = session.workshop, with_subject(session)
    if workshop.of is not None:
        filled = (whole.text_of(FOR),) if whole.text_of(FOR) else ()
        place = subject_place(session)
        ask = workshop.ask or "Which year?"
        how = pages.YEAR_HELP if workshop.of == "goal" else pages.SUBJECT_HELP
        about = replace(card(whole, place), ask=ask, usual="", filled=filled, needed=not filled, help=how)
    steps = [
        pages.SheetStep(
            title=step.title,
            purpose=step.purpose,
            exercise=step.exercise,
            room_minutes=step.room_minutes,
            facts=facts(whole, (*step.facts, *(workshop.after if number == 0 else ())), None),
            cards=tuple(_sheet_cards(whole, step)),
            has_entries=step.entries is not None,
        )
        for number, step in enumerate(workshop.steps)
    ]
    return pages.sheet(session.plan, workshop, _subject_in_words(whole), steps, about)


def open_places(session: Session) -> Iterator[Place]:
    """Yield the questions of a workshop that a sheet has, all steps in a row."""
    for step in session.workshop.steps:
        yield from _on_sheet(session, step)


def _on_sheet(session: Session, step: WorkshopStep) -> Iterator[Place]:
    """Yield the questions of a step that a sheet has: those of as many entries as there are blanks for."""
    if step.entries is not None:
        if not has_enough(session, step):
            for number in range(1, step.blanks + 1):
                for question in step.questions:
                    yield Place(f"{step.id}/{number}/{question.id}", step, question, str(number), "", number)
        return
    things = lists.things(session, step.each) if step.each is not None else [("", "")]
    for thing, label in things:
        stem = f"{step.id}/{thing}" if thing else step.id
        for question in step.questions:
            place = Place(f"{stem}/{question.id}", step, question, thing, label)
            if not is_known(session, place):
                yield place


def _sheet_cards(session: Session, step: WorkshopStep) -> Iterator[pages.QuestionCard]:
    """Yield the questions of a step; help and example stand at the first of each kind alone."""
    first: dict[str, pages.QuestionCard] = {}
    for place in _on_sheet(session, step):
        found = _sheet_card(session, place)
        before = first.setdefault(place.question.id, found)
        yield found if before is found else _without_help(found, before)


def _without_help(card: pages.QuestionCard, first: pages.QuestionCard) -> pages.QuestionCard:
    """Return a card with what the first of its kind does not say."""
    usual = card.usual if card.usual != first.usual else ""
    return replace(card, help="", example="", choices=(), instead=(), known="", usual=usual, only="")


def _sheet_card(session: Session, place: Place) -> pages.QuestionCard:
    found = card(session, place)
    only = place.question.only.items()
    when = " and ".join(f'"{place.step.question(name).ask}" has {" or ".join(words)}' for name, words in only)
    later = defaults.on_paper(place) if not found.usual or defaults.is_open_on_paper(place) else ""
    is_shown = any(str(place.question.of) in fact for fact in place.step.facts)
    is_shown |= place.question.of == "function" and not naming.own_functions(session)  # the sheet itself names them
    return replace(
        found,
        facts=(),
        known="" if is_shown else found.known,
        only=f"Only where {when}." if when else "",
        usual=later or found.usual,
        needed=found.needed and not later,
    )
