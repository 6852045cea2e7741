"""Every count of things goes through the functions that know the singular."""

from __future__ import annotations

import ast
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import revplan
from revplan.wording import plural, quantity, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(revplan.__file__).parent
_NOUN = re.compile(
    r" (?:ready |open |planned )?(days|months|weeks|minutes|workdays|sprints|tactics|tasks|things|items|assets|metrics|"
    r"issues|members|files|findings|readings|campaigns|personas|functions|objectives|customers|opportunities|leads|"
    r"accounts|to-dos|sections|changes|places|errors|warnings|person-months|people|tools|commits)\b"
)
_NEVER_ONE = {
    "fewest or most": re.compile(r"\b(FEWEST|MOST|STALE_AFTER|INTERVALS|AHEAD|LEAST\w*|PRIOR\w*)\b"),
    "of several": re.compile(r"^len\(files\)$|^len\(taken\)$"),
    "what the search says of itself, which nobody reads": re.compile(r"planning/constraints"),
    "the name of a file": re.compile(r"^PENDING$"),
    "runs of the simulation": re.compile(r"found\.runs"),
}
"""Where the number is a setting that is never one, and what tells so."""


@pytest.mark.parametrize(
    ("said", "reads"),
    [
        (plural(1, "day"), "1 day"),
        (plural(0, "day"), "0 days"),
        (plural(1200, "entry", "entries"), "1,200 entries"),
        (quantity(Fraction(1), "day"), "1 day"),
        (quantity(Fraction(5, 4), "day", digits=2), "1.25 days"),
        (quantity(Fraction(1, 2), "day"), "0.5 days"),
        (quantity(Fraction(999, 1000), "month"), "1 month"),
        (quantity(None, "customer"), "– customers"),
        (quantity(Fraction(169351, 2), "visitor"), "84,676 visitors"),
        (verb(1), "is"),
        (verb(2, "has", "have"), "have"),
    ],
)
def test_singular_and_plural(said: str, reads: str) -> None:
    assert said == reads


def test_no_text_counts_things_by_itself() -> None:
    files = sorted(SOURCE.rglob("*.py"))
    assert [found for file in files for found in _counts(file)] == []


def test_a_count_by_itself_is_found(tmp_path: Path) -> None:
    file = tmp_path / "words.py"
    file.write_text("def f(n):\n    return f'{n} days old'\n")
    assert [place.rpartition(":")[2] for place in _counts(file)] == ["2"]


def _counts(file: Path) -> Iterator[str]:
    """Yield the places of texts in which a number stands right before a noun in the plural."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            for value, text in zip(node.values, node.values[1:], strict=False):
                if isinstance(value, ast.FormattedValue) and isinstance(text, ast.Constant):
                    said = ast.unparse(value.value)
                    if _NOUN.match(str(text.value)) and not _is_never_one(file, said):
                        yield f"{file}:{node.lineno}"


def _is_never_one(file: Path, said: str) -> bool:
    return any(pattern.search(said) or pattern.search(file.as_posix()) for pattern in _NEVER_ONE.values())
