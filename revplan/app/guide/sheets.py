"""Reads a filled-in sheet of a workshop: what is new, what the plan has already, what is needed and left empty."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.app.guide import answers, present
from revplan.app.guide.questions import is_green, next_place, places_in_turn
from revplan.app.guide.session import FOR
from revplan.app.guide.sheet_lines import read_blanks, split_lines
from revplan.app.guide.steps import subject_place
from revplan.app.guide.workshop import with_subject
from revplan.errors import InputError, RevplanError
from revplan.spelling import did_you_mean
from revplan.store.workshops import workshops
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.app.guide.session import Session
    from revplan.app.guide.sheet_lines import Blanks, Fault, Lines

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~$#+\-=/:.&])")


class SheetError(RevplanError):
    """Answers of a sheet cannot be used.

    Attributes:
        faults: in order.
    """

    exit_code = 1

    def __init__(self, faults: list[Fault], missing: tuple[Fault, ...] = ()) -> None:
        count = f"{plural(len(faults), 'answer')} cannot be used"
        also = f", and {plural(len(missing), 'needed answer is', 'needed answers are')} missing" if missing else ""
        hint = "correct them in the sheet, and hand it over again"
        super().__init__(f"{count}{also}; nothing was written", hint=hint)
        self.faults = tuple(sorted((*faults, *missing)))


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a sheet says.

    Attributes:
        session: the workshop with the sheet's answers; needed ones that are missing have none.
        count: how many answers the sheet has.
        known: how many of them the plan has already.
        missing: needed answers that are missing, in order.
    """

    session: Session
    count: int
    known: int
    missing: tuple[Fault, ...]


class UnfinishedSheetError(RevplanError):
    """Needed answers of a sheet are missing.

    Attributes:
        faults: (line, message) of each, in order.
    """

    exit_code = 1

    def __init__(self, read: SheetReading, *, kept: bool) -> None:
        name, new = read.session.workshop.name, read.count - read.known
        count = plural(len(read.missing), "needed answer is", "needed answers are")
        rest = f"; the sheet's {plural(new, 'answer is', 'answers are')} kept as a draft" if kept else ""
        ask = f"`revplan workshop {name}` asks for what is missing, or " if kept else ""
        super().__init__(
            f"{count} missing; nothing is written into the plan yet{rest}",
            hint=f"{ask}fill in the sheet and hand it over again",
        )
        self.faults = read.missing


def read_sheet(session: Session, text: str, *, is_named: bool = False) -> SheetReading:
    """Read the answers of a filled-in sheet. Answers that the plan has already are left out.

    Args:
        session: the workshop.
        text: the sheet.
        is_named: whether the user names the workshop's subject beside the sheet, which must not name another.

    Raises:
        SheetError: answers cannot be used.
        InputError: the sheet holds no blanks of this workshop.
    """
    given, strays = read_blanks(session.workshop, text)
    _require_own(session, given)
    session = _about(session, given, is_named=is_named)
    count = sum(bool(lines) for lines in given.values())
    texts = {key: tuple(line.text for line in lines) for key, lines in given.items() if lines}
    if session.workshop.of is not None and not session.text_of(FOR):
        if strays:
            raise SheetError(strays)
        nameless = (_where(text, FOR), f"needed: {session.workshop.ask}")
        return SheetReading(replace(session, answers=texts), count, 0, (nameless,))
    known = present.known_answers(session, texts)
    given = _renumber(session, {key: lines for key, lines in given.items() if key not in known})
    more = frozenset(key.split("/")[0] for key, lines in given.items() if lines)
    session, faults, missing = _take(replace(session, wanted=more), given, text)
    faults += strays
    for key, lines in given.items():
        if lines and _hangs_on(session, key, missing):
            session = session.answer(key, [line.text for line in lines])
        elif lines and not present.repeats_another(session, key, [line.text for line in lines]):
            faults.append((lines[0].number, _why_unasked(session, key)))
    if faults:
        raise SheetError(faults, tuple(missing.values()))
    return SheetReading(session, count, len(known), tuple(missing.values()))


def _hangs_on(session: Session, key: str, missing: Mapping[str, Fault]) -> bool:
    """Tell whether a question is not asked since the answer to another is missing that it hangs on."""
    stem, _, name = key.rpartition("/")
    step = session.workshop.step(key.split("/", maxsplit=1)[0])
    question = next((each for each in step.questions if each.id == name), None) if step is not None else None
    return question is not None and any(f"{stem}/{other}" in missing for other in question.only)


def _require_own(session: Session, given: Mapping[str, Lines]) -> None:
    """Refuse a text without blanks, and the sheet of another workshop.

    Raises:
        InputError: it is no sheet, or another workshop's.
    """
    name, steps = session.workshop.name, {key.split("/")[0] for key in given if key != FOR}
    if not given:
        hint = f"`revplan workshop {name} --format markdown` prints one; a sheet in HTML cannot be read back"
        raise InputError("this is no sheet of a workshop in Markdown", hint=hint)
    if any(session.workshop.step(step) for step in steps):
        return
    others = [each.name for each in workshops() if steps and all(map(each.step, steps))]
    if others:
        hint = f"`revplan workshop {others[0]} --from FILE.md` reads it"
        raise InputError(f"this is a sheet of the workshop {others[0]}, not {name}", hint=hint)


def _about(session: Session, given: Blanks, *, is_named: bool) -> Session:
    """Return the session about the subject that the sheet names.

    Raises:
        SheetError: nothing can be called so, or the user names another one.
    """
    about = given.pop(FOR, []) if session.workshop.of is not None else []
    texts = [_ESCAPED.sub(r"\1", line.text) for line in about]
    try:
        found = session.answer(FOR, answers.read(session, subject_place(session), texts)) if texts else session
    except InputError as error:
        raise SheetError([(about[0].number, _in_words(error))]) from None
    if is_named and found.subject() != session.subject():
        message = f'the sheet is about "{found.text_of(FOR)}", and --for names "{session.text_of(FOR)}"; leave one out'
        raise SheetError([(about[0].number, message)])
    return with_subject(found)


def _take(session: Session, given: Blanks, text: str) -> tuple[Session, list[Fault], dict[str, Fault]]:
    """Return the session with a sheet's answers, those that cannot be used, and those that are missing, by key."""
    faults: list[Fault] = []
    missing: dict[str, Fault] = {}

    def now() -> Session:
        return session

    while next_place(session) is not None:
        for place in places_in_turn(now):
            lines = given.pop(place.key, [])
            said: tuple[str, ...] = ()
            try:
                said = answers.read(session, place, [line.text for line in lines])
            except InputError as error:
                if lines:
                    faults.append((lines[0].number, f"{place.question.ask} {_in_words(error)}"))
                else:
                    missing[place.key] = (_where(text, place.key), f"needed: {place.question.ask}")
            session = session.answer(place.key, said)
    for key in missing:
        session = session.forget(key)
    return session, faults, missing


def _in_words(error: RevplanError) -> str:
    return f"{error}{f' ({error.hint})' if error.hint and not error.hint.startswith('/') else ''}"


def _renumber(session: Session, given: Mapping[str, Lines]) -> Blanks:
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


def _where(text: str, key: str) -> int:
    """Return the line of a blank."""
    return next((number for number, line in enumerate(split_lines(text), start=1) if f"({key})" in line), 1)


def _why_unasked(session: Session, key: str) -> str:
    parts = key.split("/")
    step = session.workshop.step(parts[0])
    if step is None:
        known = [each.id for each in session.workshop.steps]
        return f'the workshop has no step "{parts[0]}"; {did_you_mean(parts[0], known) or "was the label changed?"}'
    if step.entries is not None and len(parts) > 1:
        first = f"{parts[0]}/{parts[1]}/{step.questions[0].id}"
        if not session.answers.get(first):
            return f"this belongs to an entry that has no answer to: {step.questions[0].ask}"
        return "this is not asked: another answer makes it needless"
    name = session.workshop.name
    if (name, key) == ("goals", "money/gap") and is_green(session):
        return "the verdict is green, so there is no gap to accept; leave it empty"
    return (
        f"the plan says something else already; to change it, hand the sheet over with "
        f"`revplan workshop {name} --all --from FILE.md`"
        if present.says_otherwise(session, key)
        else "this is not asked: another answer makes it needless"
    )
