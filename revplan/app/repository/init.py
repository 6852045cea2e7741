"""`revplan init`: creates a new plan or copies an example, with configuration files for other programs."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import revplan
from revplan.app.editing.entries import propose_id
from revplan.app.repository.schema import schema
from revplan.errors import InputError, UnknownIdError
from revplan.model.base import MONTHS_PER_YEAR, ONE_WEEK
from revplan.spelling import did_you_mean
from revplan.store.disk.new_plan import write_new_plan
from revplan.store.loaded import merge_data
from revplan.store.yaml.events import parse
from revplan.store.yaml.scalars import double_quoted, plain_or_quoted, plain_or_quoted_in_flow
from revplan.wording import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.model.change import Data
    from revplan.store.disk.new_plan import NewPlan as NewPlan  # noqa: PLC0414 - handed on: what was written

_PACKAGE = Path(revplan.__file__).parent
TEMPLATE = _PACKAGE / "_template"
SCHEMA_FILE = ".revplan.schema.json"
AGENTS_FILE = "AGENTS.md"
"""Tells assistants how to work on the plan; the name is that which they look for."""
_CURRENCY = re.compile(r"[A-Z]{3}")
_COLLEAGUE = re.compile(r"^  @other_id@:\n(?:    .*\n)+", re.MULTILINE)
"""The entry of the other member in the template."""
_PLACE = re.compile(r"@([a-z_]+)@")


class Answers(NamedTuple):
    """The user's answers for a new plan.

    Attributes:
        company: the company's name.
        currency: the ISO 4217 code of the currency.
        person: the name of the user.
        colleague: the name of another member; NOBODY where the user works alone.
        fiscal_year_start: the month, 1 to 12, in which the fiscal year begins.
    """

    company: str
    currency: str = "USD"
    person: str = "You"
    colleague: str = "Your colleague"
    fiscal_year_start: int = 1


NOBODY = "nobody"
"""The word for no colleague."""


def _is_alone(answers: Answers) -> bool:
    return answers.colleague.strip().casefold() == NOBODY


def begin(root: Path, answers: Answers, today: date) -> NewPlan:
    """Write a new plan into a folder.

    Raises:
        InputError: an answer is not valid in a plan.
        WriteRefusedError: there is a plan already, or the folder cannot be written. Nothing was written.
    """
    places = _places(answers, today)
    texts = ((name, text) for name, text in _texts(TEMPLATE) if not _is_companion(name))
    if _is_alone(answers):
        texts = ((name, _COLLEAGUE.sub("", text)) for name, text in texts)
    files = {name: _fill(text, places) for name, text in texts}
    return write_new_plan(root, _repository(root), files, _companion_files(root))


def starter_data() -> Mapping[str, Data]:
    """Return the data of a new plan, its files merged: what nobody has put in words of their own yet."""
    places = _places(Answers("Company"), date(2000, 1, 3))
    merged: dict[str, Data] = {}
    for name, text in _texts(TEMPLATE):
        data = parse(_fill(text, places).decode()).data if not _is_companion(name) else None
        merged = merge_data(merged, data if isinstance(data, dict) else {})
    return merged


def copy_example(root: Path, name: str) -> NewPlan:
    """Write a copy of an example plan into a folder.

    Raises:
        UnknownIdError: there is no such example.
        WriteRefusedError: there is a plan already, or the folder cannot be written. Nothing was written.
    """
    known = examples()
    if name not in known:
        hint = did_you_mean(name, known) or f"there is {', '.join(known)}"
        raise UnknownIdError(f'no example "{name}"', hint=hint)
    files = {file: text.encode() for file, text in _texts(_examples() / name)}
    return write_new_plan(root, _repository(root), files, _companion_files(root))


def examples() -> tuple[str, ...]:
    """Return the names of the examples."""
    folder = _examples()
    return tuple(sorted(each.name for each in folder.iterdir() if (each / "revplan.yaml").exists()))


def _examples() -> Path:
    """Return the folder of the examples: in the installed package, or else in the repository around the package."""
    packaged = _PACKAGE / "_examples"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "examples"


_ONE_CURRENCY = {"€": "EUR", "EURO": "EUR", "EUROS": "EUR", "£": "GBP"}
"""Signs and words that only one currency has; there are many dollars."""


def check_currency(text: str) -> str:
    """Return a currency's code.

    Raises:
        InputError: the text is none.
    """
    code = _ONE_CURRENCY.get(text.strip().upper(), text.strip().upper())
    if not _CURRENCY.fullmatch(code):
        raise InputError(f'"{text}" is no currency', hint="its three letters are meant, such as USD or EUR")
    return code


def read_month(text: str) -> int:
    """Return a month, 1 to 12, from its number or its name.

    Raises:
        InputError: the text is none.
    """
    said = text.strip().casefold()
    by_name = [number for number, name in enumerate(MONTH_NAMES, start=1) if name.casefold().startswith(said)]
    if len(said) >= _SHORTEST_NAME and len(by_name) == 1:
        return by_name[0]
    if said.isascii() and said.isdigit() and len(said) <= _DIGITS and 1 <= int(said) <= MONTHS_PER_YEAR:
        return int(said)
    raise InputError(f'"{text}" is no month', hint="write its name or its number, such as July or 7")


_SHORTEST_NAME = 3
_DIGITS = 2
_YEAR_LIKE_THE_CALENDAR = "# fiscal_year_start: 7   # the month in which your year begins, where that is not January"


def _places(answers: Answers, today: date) -> dict[str, str]:
    if not all(text.strip() for text in (answers.company, answers.person, answers.colleague)):
        raise InputError("a name is empty", hint="names can be changed later, but not be left out")
    person = propose_id(answers.person, "member", ())
    return {
        "company": plain_or_quoted_in_flow(answers.company),
        "currency": check_currency(answers.currency),
        "fiscal_year": (
            f"fiscal_year_start: {start}   # a year is named by the calendar year in which it ends"
            if (start := answers.fiscal_year_start) != 1
            else _YEAR_LIKE_THE_CALENDAR
        ),
        "me": plain_or_quoted_in_flow(answers.person),
        "me_id": person,
        "other": plain_or_quoted_in_flow(answers.colleague),
        "other_id": person if _is_alone(answers) else propose_id(answers.colleague, "member", (person,)),
        "today": today.isoformat(),
        "in_a_week": (today + ONE_WEEK).isoformat(),
    }


def _companion_files(root: Path) -> Mapping[Path, bytes]:
    """Return the contents of files for other programs, by path. They go to the top of the plan's repository, if any."""
    top = _repository(root)
    folder = root.resolve().relative_to(top).as_posix()
    if not folder.isprintable():
        hint = "name it in letters, digits, spaces and dashes: other programs have to find it too"
        raise InputError("the folder's name cannot be written down", hint=hint)
    places = {
        "validate": plain_or_quoted(f"revplan -C {shlex.quote(folder)} validate"),
        "fmt": plain_or_quoted(f"revplan -C {shlex.quote(folder)} fmt"),
        "at": "" if folder == "." else f" -C {shlex.quote(folder)}",
        "quoted_folder": double_quoted(folder),
        "prefix": json.dumps("" if folder == "." else f"{folder}/", ensure_ascii=False)[1:-1],
        "version": revplan.__version__,
    }
    files = {top / name: _fill(text, places) for name, text in _texts(TEMPLATE) if _is_companion(name)}
    own = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    return {**files, root.resolve() / SCHEMA_FILE: own.encode()}


def _repository(root: Path) -> Path:
    here = root.resolve()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def _is_companion(name: str) -> bool:
    """Tell whether a file of the template is for other programs: it goes to the top of the repository."""
    return name.startswith(".") or name == AGENTS_FILE


def _fill(text: str, places: Mapping[str, str]) -> bytes:
    return _PLACE.sub(lambda place: places.get(place[1], place[0]), text).encode()
