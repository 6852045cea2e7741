"""`revplan workshop NAME`: the cards of its questions, the sheet for a room, and reading a filled-in sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.app.guide import answers, defaults, lists
from revplan.app.guide.facts import facts
from revplan.app.guide.session import (
    FOR,
    Place,
    begin,
    has_enough,
    is_known,
    minutes_left,
    next_place,
    present_value,
    subject_place,
)
from revplan.errors import InputError, RevplanError
from revplan.reports import workshop as pages
from revplan.spelling import did_you_mean
from revplan.store.catalogue import workshops
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.app.guide.session import Session
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.workshops import WorkshopStep
    from revplan.reports.document import Document
    from revplan.store.loaded import Loaded


# --- one question --------------------------------------------------------------------------------------------------


def page(session: Session, place: Place, before: Sequence[str] = ()) -> Document:
    """Return a question as a screen; `before` is what was said to it before, if one has gone back to it."""
    workshop = session.workshop
    about = session.said(FOR) if workshop.of is not None else ""
    title = f"{workshop.title}{f' · {about}' if about and place.key != FOR else ''}"
    number = workshop.steps.index(place.step) + 1
    step = f"Step {number} of {len(workshop.steps)}: {place.step.title}{_suffix(place)}"
    return pages.question_page(title, f"{step} · about {minutes_left(session)} min left", card(session, place, before))


def _suffix(place: Place) -> str:
    if place.number:
        return f" · number {place.number}"
    return f" · {place.label}" if place.label else ""


def card(session: Session, place: Place, before: Sequence[str] = ()) -> pages.QuestionCard:
    """Return a question with all that helps to answer it."""
    question = place.question
    opens_step = question == place.step.questions[0] and place.number <= 1
    named = (*(place.step.facts if opens_step and place.key != FOR else ()), *question.facts, *_after(session, place))
    return pages.QuestionCard(
        key=place.key,
        step=(place.label or (f"Number {place.number}" if place.number else "")),
        ask=question.ask,
        help=question.help,
        example=question.example if place.key != FOR else "",
        has=_in_words(present_value(session, place)) if place.key != FOR else "",
        said="; ".join(before),
        usual=_usual(session, place),
        choices=answers.choices(session, place) if question.takes == "choice" else question.choices,
        facts=facts(session, named, place),
        several=question.takes in SEVERAL,
        needed=question.needed,
    )


SEVERAL = ("lines", "ids", "scores", "reasons", "pairs")
"""What an answer of several lines is called."""


def _after(session: Session, place: Place) -> tuple[str, ...]:
    return session.workshop.after if place.key != FOR and not place.number else ()


def _usual(session: Session, place: Place) -> str:
    found = defaults.usual(session, place)
    if found is None:
        return ""
    return f"{' '.join(found.said)}{f' ({found.why})' if found.why else ''}"


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
    return of is None or bool(session.said(FOR)) or not session.plan.entries(of)


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
        filled = (whole.said(FOR),) if whole.said(FOR) else ()
        place = subject_place(session)
        ask = workshop.ask or "Which year?"
        about = replace(card(whole, place), ask=ask, usual="", filled=filled, help="An id, or a name.")
    steps = [
        pages.SheetStep(
            title=step.title,
            purpose=step.purpose,
            exercise=step.exercise,
            room_minutes=step.room_minutes,
            facts=facts(whole, (*step.facts, *(workshop.after if number == 0 else ())), None),
            cards=tuple(_sheet_cards(whole, step)),
        )
        for number, step in enumerate(workshop.steps)
    ]
    return pages.sheet(session.plan.settings.company, workshop, whole.said(FOR), steps, about)


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
    seen: set[str] = set()
    for place in _on_sheet(session, step):
        found = _sheet_card(session, place)
        yield replace(found, help="", example="", choices=(), only="") if place.question.id in seen else found
        seen.add(place.question.id)


def _sheet_card(session: Session, place: Place) -> pages.QuestionCard:
    found = card(replace(session, answers={FOR: session.answers.get(FOR, ())}), place) if _depends(place) else None
    if found is None:
        found = card(session, place)
    only = place.question.only
    when = " and ".join(f"{name} is {' or '.join(words)}" for name, words in only.items())
    return replace(found, facts=(), only=f"Only where {when}." if when else "")


def _depends(place: Place) -> bool:
    return bool(place.number)


# --- a sheet that comes back ---------------------------------------------------------------------------------------

_LABEL = re.compile(rf"\s*\*\*{pages.ANSWER}\*\*:? *\((?P<key>[a-z0-9/-]+)\)\s*")
_HEADING = re.compile(r"\s*#{1,6}(\s|$)")
_ENTRY = re.compile(r"\s*[-*+](?:\s+(?P<text>.*))?")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~$#+\-=/:.&])")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a filled-in sheet.

    Attributes:
        number: from 1.
    """

    number: int
    text: str


class SheetError(RevplanError):
    """Answers of a sheet cannot be used.

    Attributes:
        faults: (line, message), in order.
    """

    exit_code = 1

    def __init__(self, faults: Sequence[tuple[int, str]]) -> None:
        hint = "correct them in the sheet, and hand it over again"
        super().__init__(f"{plural(len(faults), 'answer')} cannot be used; nothing was written", hint=hint)
        self.faults = tuple(sorted(faults))


def read_sheet(session: Session, text: str) -> Session:
    """Return the session with the answers of a filled-in sheet.

    Raises:
        SheetError: answers cannot be used.
        InputError: the sheet holds no blanks of a workshop.
    """
    given = _renumbered(session, dict(_blanks(text)))
    if not given:
        raise InputError(
            "this is no sheet of a workshop",
            hint=f"`revplan workshop {session.workshop.name} --format markdown` prints one",
        )
    faults: list[tuple[int, str]] = []
    if FOR in given and session.workshop.of is not None:
        about = given.pop(FOR)
        texts = [_ESCAPED.sub(r"\1", line.text) for line in about]
        try:
            session = session.answer(FOR, answers.read(session, subject_place(session), texts)) if texts else session
        except InputError as error:
            raise SheetError([(about[0].number, _worded(error))]) from None
    session = with_subject(session)
    while (place := next_place(session)) is not None:
        lines = given.pop(place.key, [])
        try:
            said = answers.read(session, place, [line.text for line in lines])
        except InputError as error:
            said = ()
            faults.append((lines[0].number if lines else _where(text, place), f"{place.question.ask} {_worded(error)}"))
        session = session.answer(place.key, said)
        if place.key == FOR and not said:
            break
    for key, lines in given.items():
        if lines:
            faults.append((lines[0].number, _why_unasked(session, key)))
    if faults:
        raise SheetError(faults)
    return session


def _worded(error: RevplanError) -> str:
    return f"{error}{f' ({error.hint})' if error.hint and not error.hint.startswith('/') else ''}"


def _blanks(text: str) -> Iterator[tuple[str, list[SheetLine]]]:
    """Yield (key, answer lines) of each blank. A line without a dash is an answer too; an indented one goes on."""
    found: dict[str, list[SheetLine]] = {}
    key = None
    for number, line in enumerate(_lines(text), start=1):
        label = _LABEL.fullmatch(line)
        if label is not None:
            key = label["key"]
            found.setdefault(key, [])
        elif _HEADING.match(line) or line.startswith(_CLOSE):
            key = None
        elif key is not None and line.strip():
            _add(found[key], number, line)
    yield from found.items()


def _lines(text: str) -> list[str]:
    """Return the lines of a sheet as editors count them."""
    return text.replace("\r\n", "\n").split("\n")


_CLOSE = "It is right when:"


def _add(lines: list[SheetLine], number: int, line: str) -> None:
    entry = _ENTRY.fullmatch(line)
    if entry is None and line[:1].isspace() and lines:
        lines[-1] = SheetLine(lines[-1].number, f"{lines[-1].text} {line.strip()}")
        return
    said = (entry["text"] or "") if entry is not None else line
    if said.strip():
        lines.append(SheetLine(number, said.strip()))


def _renumbered(session: Session, given: Mapping[str, list[SheetLine]]) -> dict[str, list[SheetLine]]:
    """Return the answers with the entries of each step numbered without gaps, as they would be on a terminal."""
    found = dict(given)
    for step in session.workshop.steps:
        if step.entries is None:
            continue
        pattern = re.compile(rf"{step.id}/(\d+)/([a-z-]+)")
        own = {key: match for key in given if (match := pattern.fullmatch(key)) is not None}
        filled = sorted({int(match[1]) for key, match in own.items() if given[key]})
        for key in own:
            found.pop(key)
        for key, match in own.items():
            if given[key]:
                found[f"{step.id}/{filled.index(int(match[1])) + 1}/{match[2]}"] = given[key]
    return found


def _where(text: str, place: Place) -> int:
    lines = _lines(text)
    return next((number for number, line in enumerate(lines, start=1) if f"({place.key})" in line), 1)


def _why_unasked(session: Session, key: str) -> str:
    parts = key.split("/")
    step = session.workshop.step(parts[0])
    if step is None:
        known = [each.id for each in session.workshop.steps]
        return f'the workshop has no step "{parts[0]}"; {did_you_mean(parts[0], known) or "was the label changed?"}'
    first = f"{parts[0]}/{parts[1]}/{step.questions[0].id}"
    if step.entries is not None and len(parts) > 1 and not session.answers.get(first):
        return f"this belongs to an entry that has no answer to: {step.questions[0].ask}"
    return "this is not asked: the plan knows it already, or another answer makes it needless"
