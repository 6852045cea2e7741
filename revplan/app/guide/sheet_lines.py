"""The lines of a filled-in sheet: which are answers, which the sheet said itself, and which are neither."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from revplan.reports import workshop as pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.workshops import Question, Workshop

_LABEL = re.compile(
    rf"[\s*_\\]*{pages.ANSWER}[\s*_\\]*:?[\s*_\\]*\((?P<key>for|[a-z0-9-]+(?:/[a-z0-9-]+)+)\)(?P<rest>.*)"
)
"""The label of a blank, as editors may have written it anew; what follows on the line is an answer."""
_HEADING = re.compile(r"\s*(?P<marks>#{1,6})(?:\s+(?P<text>.*)|$)")
_BULLETS = "•◦▪‣"
"""Signs that editors and phones put before the entries of a list, and that no answer begins with."""
_ENTRY = re.compile(rf"\s*[-*+–—·{_BULLETS}](?:\s+(?P<text>.*))?")
_FACT = re.compile(rf"\s*[-*+–—·{_BULLETS}]\s+[*_\\]*{pages.BY_THE_PLAN}[*_\\]*:.*")
_LISTED = re.compile(r"(?P<number>\d{1,2})[.)]\s+(?P<text>\S.*)")
"""A line with a number before it, as lists have."""
_QUOTED = re.compile(r">\s*(?P<text>\S.*)")
_TIGHT = re.compile(rf"[-{_BULLETS}](?P<text>[^\s-].*)")
"""A dash of the sheet, or a bullet, with an answer right behind it."""
_STRUCK = re.compile(r"(?<!\\)~~(?=\S)(.+?)(?<=\S)~~")
_STROKES = " \t-–—_.…"
"""What a line is made of that was left as it was printed."""
_QUESTION = 4
"""Marks of the heading of a question."""
_PRINTED = re.compile(
    r"Time: \d+ minutes? in a room\..*|One answer a line\. What is marked .*|One of: .*|Without an answer: .*"
    r"|There is [a-z0-9-]+(, [a-z0-9-]+)*( and \d+ more)?|Or, in place of an id: .*|Only where \".*\" has .*"
    r"|The plan has: .*\(it stays without an answer\)"
)
"""What a sheet says of the plan's facts, which may have changed since it was printed."""
_ALREADY = pages.ALREADY


class SheetLine(NamedTuple):
    """A line of a filled-in sheet.

    Attributes:
        number: from 1.
    """

    number: int
    text: str


Lines = list[SheetLine]
Blanks = dict[str, Lines]
"""The answer lines of each blank, by its key."""
Fault = tuple[int, str]
"""A line of the sheet, and what is wrong there."""


@dataclass(slots=True)
class _Scan:
    """What has been read of a sheet so far.

    Attributes:
        blanks: (key, lines) of each blank, in the sheet's order.
        own: the lines of the current paragraph outside of blanks.
        is_open: whether the line that comes belongs to the last blank.
        has_facts: whether the line that comes may be a fact of the plan.
    """

    blanks: list[tuple[str, Lines]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    own: Lines = field(default_factory=list)
    is_open: bool = False
    has_facts: bool = False

    @property
    def last(self) -> Lines:
        """The lines of the last blank."""
        return self.blanks[-1][1]


def split_lines(text: str) -> list[str]:
    """Return the lines of a sheet as editors count them."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def read_blanks(workshop: Workshop, text: str) -> tuple[Blanks, list[Fault]]:
    """Return the answer lines of each blank, and the lines that are neither an answer nor the sheet's own.

    A line without a dash is an answer too; an indented one goes on. What is struck out is no answer.
    """
    said = _texts_of(workshop)
    lines = split_lines(text)
    scan = _Scan()
    for number, line in enumerate(lines, start=1):
        label, heading = _LABEL.fullmatch(line), _HEADING.fullmatch(line)
        if label is not None:
            _end_paragraph(scan, said)
            scan.blanks.append((label["key"], []))
            scan.is_open = True
            _add(scan, number, label["rest"].lstrip())
        elif heading is not None:
            _end_paragraph(scan, said)
            _take_heading(scan, workshop, heading, number, lines[number:])
        elif scan.is_open and _plain(line) != _close_of(workshop):
            _add(scan, number, line)
        else:
            _take_own(scan, number, line, said)
    _end_paragraph(scan, said)
    return _merge(scan), sorted(scan.faults)


def _take_heading(scan: _Scan, workshop: Workshop, heading: re.Match[str], number: int, rest: list[str]) -> None:
    """Leave the blank at a heading of the sheet; refuse another heading, which may be an answer."""
    text = _plain(heading["text"] or "")
    steps = [rf"\d+{_plain(step.title)}(\d+to\d+)?" for step in workshop.steps]
    is_step = text == _plain(pages.ABOUT) or any(re.fullmatch(step, text) for step in steps)
    is_title = f"workshop{_plain(workshop.title)}" in text
    if is_step or is_title or _has_label(rest):
        scan.is_open, scan.has_facts = False, len(heading["marks"]) < _QUESTION
        return
    message = "this is no heading of the sheet, or its **Answer** is gone: write an answer behind a dash, as in - # one"
    scan.faults.append((number, message))


def _has_label(rest: list[str]) -> bool:
    """Tell whether a blank follows before the next heading."""
    for line in rest:
        if _HEADING.match(line):
            return False
        if _LABEL.fullmatch(line):
            return True
    return False


def _take_own(scan: _Scan, number: int, line: str, said: frozenset[str]) -> None:
    """Take a line outside of blanks: the sheet's own, or one that has no place."""
    scan.is_open = False
    if not line.strip() or (scan.has_facts and _FACT.fullmatch(line)):
        _end_paragraph(scan, said)
    else:
        scan.own.append(SheetLine(number, line))


def _end_paragraph(scan: _Scan, said: frozenset[str]) -> None:
    """Refuse the paragraph outside of blanks that has ended where the sheet did not say it."""
    own, scan.own = scan.own, []
    if any(_plain(line.text) == _plain(_ALREADY) for line in own):
        scan.has_facts = False
    if _plain("".join(line.text for line in own)) in said:
        return
    strange = [line for line in own if line.text.strip(_STROKES) and not _is_printed(line.text, said)]
    if strange:
        message = (
            "this is no answer, and nothing that the sheet says: write it below the **Answer** that it belongs to, "
            "or delete the line"
        )
        scan.faults.append((strange[0].number, message))


def _is_printed(line: str, said: frozenset[str]) -> bool:
    return _plain(line) in said or _PRINTED.fullmatch(re.sub(r"[*_`\\]", "", html.unescape(line)).strip()) is not None


def _add(scan: _Scan, number: int, line: str) -> None:
    lines = scan.last
    entry = _ENTRY.fullmatch(line)
    if entry is None and line[:1].isspace() and lines:
        lines[-1] = SheetLine(lines[-1].number, f"{lines[-1].text} {line.strip()}")
        return
    said = (entry["text"] or "") if entry is not None else line.strip()
    tight = _TIGHT.fullmatch(said) if entry is None else None
    if tight is not None and said[0] == "-" and tight["text"][0].isdigit():
        scan.faults.append((number, f'is "{said}" below 0? Write "- {said}" if so, else "- {tight["text"]}"'))
    said = tight["text"] if tight is not None else _without_list_marks(scan, number, said, is_entry=entry is not None)
    if said.strip(_STROKES):
        lines.append(SheetLine(number, said.strip()))


def _without_list_marks(scan: _Scan, number: int, said: str, *, is_entry: bool) -> str:
    """Return a line without the number of a list, or the mark of a quotation, before it.

    Where that may belong to the answer, a line behind a dash is taken as it is, and another one is refused.
    """
    found = _LISTED.fullmatch(said) or _QUOTED.fullmatch(said)
    if found is None:
        return said
    counts = found.re is _QUOTED or int(found["number"]) == len(scan.last) + 1
    if counts and not found["text"][0].isdigit():
        return found["text"]
    if not is_entry:
        mark = said[: found.start("text")].strip()
        message = f'does "{mark}" belong to the answer? Write "- {said}" if so, else "- {found["text"]}"'
        scan.faults.append((number, message))
    return said


def _merge(scan: _Scan) -> Blanks:
    """Return the blanks by their keys, without what is struck out; refuse a second one with answers."""
    found: Blanks = {}
    for key, lines in scan.blanks:
        left = [SheetLine(line.number, _without_struck(line.text)) for line in lines]
        given = [line for line in left if line.text.strip(_STROKES)]
        if given and found.get(key):
            message = f"there is an answer under ({key}) already: leave one, or give this one a number of its own"
            scan.faults.append((given[0].number, message))
        else:
            found[key] = given or found.get(key, [])
    return found


def _without_struck(text: str) -> str:
    left, count = _STRUCK.subn("", text)
    return " ".join(left.split()) if count else text


# --- what a sheet says -----------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Return the letters and digits of a text: marks of Markdown and the ends of lines do not count."""
    return "".join(letter for letter in html.unescape(text).casefold() if letter.isalnum())


def _close_of(workshop: Workshop) -> str:
    return _plain(f"{pages.CLOSE}: {workshop.right_when}")


def _texts_of(workshop: Workshop) -> frozenset[str]:
    """Return what a workshop's sheet says whatever the plan has."""
    texts = [
        workshop.purpose,
        f"Bring: {workshop.bring}.",
        pages.ENTRIES,
        _ALREADY,
        pages.SUBJECT_HELP,
        pages.YEAR_HELP,
    ]
    for step in workshop.steps:
        texts += [step.purpose, f"Exercise: {step.exercise}"]
        for question in step.questions:
            texts += _helps_of(question)
    return frozenset((_close_of(workshop), *map(_plain, texts)))


def _helps_of(question: Question) -> Iterator[str]:
    yield question.help
    yield f"{pages.EXAMPLE}: {question.example}"
