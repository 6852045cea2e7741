"""A workshop's sheet, filled in and changed here and there: taken or refused in words, and never a traceback."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.guide.outcome import changes
from revplan.app.guide.session import begin, find_workshop
from revplan.app.guide.sheets import read_sheet
from revplan.app.guide.workshop import sheet
from revplan.app.open import context_of, open_plan
from revplan.errors import RevplanError
from revplan.formats.table import DocumentFormat, Screen
from tests.support.inputs import any_seed
from tests.support.mutation import ODD, mutated
from tests.support.room import ROOM, written

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from revplan.app.guide.session import Session

TODAY = date(2026, 11, 28)


PLAN = """\
revplan: {format: 1, company: Copper Kettle, currency: USD}
team:
  ann: {name: Ann Lee, kind: employee, function: leadership, hours_per_week: 40, skills: {copy: 3}}
  bo: {name: Bo Dahl, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
"""


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Session, str]]:
    """A session of each workshop on a plan that has nobody but two, and its sheet as a small company fills it in."""
    root = tmp_path_factory.mktemp("plan")
    (root / "revplan.yaml").write_text(PLAN)
    loaded = open_plan(root, root)
    context = context_of(loaded, TODAY, TODAY)
    opened = {name: begin(loaded, context, find_workshop(name), None, every=True) for name in ROOM}
    return {name: (each, filled(_printed(each), ROOM[name])) for name, each in opened.items()}


def filled(text: str, script: Mapping[str, tuple[str, ...]]) -> str:
    """Return a sheet with the answers of a script in the blanks that it has."""
    there = {key: said for key, said in script.items() if f"({key})\n\n-" in text}
    assert there
    return written(text, there)


def _printed(session: Session) -> str:
    return DocumentFormat.MARKDOWN.draw(sheet(session), Screen(80, color=False)).decode()


@pytest.mark.parametrize("name", ROOM)
@any_seed(20)
def test_any_sheet_nearly_right(sessions: dict[str, tuple[Session, str]], name: str, seed: random.Random) -> None:
    session, text = sessions[name]
    own = tuple(text.split("\n"))
    with suppress(RevplanError):  # its message says what cannot be read
        read = read_sheet(session, mutated(seed, text, (*ODD, *own)))
        assert read.missing or changes(read.session) is not None
