"""Sheets as people fill them in: what is typed is an answer, or it is refused at its line; nothing is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from revplan.app.guide.session import find_workshop
from revplan.app.guide.sheet_lines import read_blanks
from revplan.model.workshops import workshop_names
from tests.app.guide.test_sheets import hand_in, print_sheet
from tests.app.guide.test_workshop import TODAY, begun, files, hold_on_paper
from tests.support.room import ROOM, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    Begun = Callable[[str], Path]

__all__ = ["begun"]
TYPED = "Typed by hand"


def print_both(run: Run, root: Path, name: str) -> tuple[str, str]:
    every = run("workshop", name, "-C", root, "--today", TODAY, "--format", "markdown", "--all")
    assert every.code == 0, every.err
    return print_sheet(run, root, name), every.out


MARKS = ("- ", "1. ", "* ", "> ", "1) ", "2. ", "+ ", "• ", "– ", "▪ ")
"""What editors and people put before a line."""


@pytest.mark.parametrize("marks", [("",), MARKS])
@pytest.mark.parametrize("name", workshop_names())
def test_a_line_typed_anywhere_on_a_sheet_is_an_answer_or_a_fault(
    name: str, marks: tuple[str, ...], run: Run, begun: Begun
) -> None:
    workshop = find_workshop(name)
    for sheet in print_both(run, begun("plan"), name):
        assert read_blanks(workshop, sheet)[1] == [], "a sheet as it was printed has no strange lines"
        lines = sheet.split("\n")
        for place in range(len(lines) + 1):
            mark = marks[place % len(marks)]
            blanks, faults = read_blanks(workshop, "\n".join([*lines[:place], mark + TYPED, *lines[place:]]))
            texts = [line.text for each in blanks.values() for line in each]
            is_read = any(TYPED in text and (not mark or text != mark + TYPED) for text in texts)
            assert is_read != bool(faults), lines[place - 1 : place + 1]
            assert all(place - 3 <= number <= place + 1 for number, _ in faults), "the line is that of the text"


@pytest.mark.parametrize("name", workshop_names())
def test_a_label_that_is_gone_takes_no_answer_with_it(name: str, run: Run, begun: Begun) -> None:
    """What is below a question without its label belongs to nothing that could be told."""
    workshop = find_workshop(name)
    sheet = print_sheet(run, begun("plan"), name)
    for label in re.findall(r"\*\*Answer\*\*: \([^)]+\)", sheet):
        filled = sheet.replace(f"{label}\n\n-", f"\n- {TYPED}", 1).replace(label, "")
        assert read_blanks(workshop, filled)[1], label


@pytest.mark.parametrize("name", [*ROOM])
def test_the_order_of_the_questions_and_the_marks_around_them_change_nothing(
    name: str, run: Run, begun: Begun, tmp_path: Path
) -> None:
    here, there, sheet = begun("here"), begun("there"), tmp_path / "sheet.md"
    for each in ROOM:
        if each == name:
            break
        assert hold_on_paper(run, here, each, sheet).code == hold_on_paper(run, there, each, sheet).code == 0
    assert hold_on_paper(run, here, name, sheet).code == 0
    text = written(print_sheet(run, there, name), ROOM[name])
    head, *questions = re.split(r"^(?=#### )", text, flags=re.MULTILINE)
    other = head + "".join(reversed(questions)).replace("\n-\n", "\n\n")
    other = re.sub(r"\*\*Answer\*\*: (\(.+\))\n\n- ", r"Answer \1 ", other)
    ran = hand_in(run, there, name, sheet, "\ufeff" + other.replace("\n", "\r\n"))
    assert ran.code == 0, ran.err
    assert files(here) == files(there)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("- ~~Power was cheap~~\n- Power costs double", ["Power costs double"]),
        ("- Power costs ~~half~~ double", ["Power costs double"]),
        ("- ~~Power was\n  cheap~~", []),
        ("-Power costs double", ["Power costs double"]),
        ("Power costs double,\n  12,5% more; “so” | and \\*", ["Power costs double, 12,5% more; “so” | and \\*"]),
        ("- # 1 of all costs is power", ["# 1 of all costs is power"]),
        ("1. Power\n2) Gas\n> Water", ["Power", "Gas", "Water"]),
        ("- 1. Power\n- 2. Gas", ["Power", "Gas"]),
        ("- 1. 12. 2026\n- > 5 of us\n- 9. Power", ["1. 12. 2026", "> 5 of us", "9. Power"]),
        ("It is right when: power is cheap", ["It is right when: power is cheap"]),
        ("-\n\n- …\n- ___\n•\n–", []),
        ("• Power\n‣ Gas\n– Water\n•Wind\n•3 of us", ["Power", "Gas", "Water", "Wind", "3 of us"]),
    ],
)  # fmt: skip
def test_an_answer_is_what_was_typed_without_what_was_struck_out(typed: str, said: list[str]) -> None:
    text = f"#### Ask\n\n**Answer**: (world/change)\n\n{typed}\n"
    blanks, faults = read_blanks(find_workshop("story"), text)
    assert ([line.text for line in blanks["world/change"]], faults) == (said, [])


@pytest.mark.parametrize(
    ("typed", "line", "message"),
    [
        ("# 1 of all costs is power", 3, "behind a dash"),
        ("1. 12. 2026", 3, 'does "1." belong to the answer? Write "- 1. 12. 2026" if so, else "- 12. 2026"'),
        ("> 5 of us", 3, 'does ">" belong to the answer? Write "- > 5 of us" if so, else "- 5 of us"'),
        ("3. Power", 3, 'does "3." belong to the answer? Write "- 3. Power" if so, else "- Power"'),
        ("-600", 3, 'Write "- -600" if so, else "- 600"'),
        ("- one\n\n**Answer**: (world/change)\n\n- two", 7, "an answer under (world/change) already"),
    ],
)
def test_what_could_be_one_thing_or_another_is_asked_for(typed: str, line: int, message: str) -> None:
    _, faults = read_blanks(find_workshop("story"), f"**Answer**: (world/change)\n\n{typed}\n")
    assert [number for number, _ in faults] == [line]
    assert message in faults[0][1]


def test_a_strange_line_is_named_and_nothing_is_written(run: Run, begun: Begun, tmp_path: Path) -> None:
    root, sheet = begun("plan"), tmp_path / "sheet.md"
    before = files(root)
    text = written(print_sheet(run, root, "story"), ROOM["story"]) + "\nAsk Bo about the prices.\n"
    ran = hand_in(run, root, "story", sheet, text)
    lines = sheet.read_text().split("\n")
    assert (ran.code, f"{sheet}:{lines.index('Ask Bo about the prices.') + 1}: this is no answer" in ran.err) == (
        1,
        True,
    )
    assert "or delete the line" in ran.err
    assert files(root) == before
