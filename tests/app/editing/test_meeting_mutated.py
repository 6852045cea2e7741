"""A meeting's sheet, filled in and changed here and there: taken or refused in words, and never a traceback."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.editing.meeting import changes, read_record
from revplan.errors import RevplanError
from revplan.reports.agenda import BLANKS
from revplan.store.edit.plan import edit
from revplan.store.load import read
from tests.support.inputs import any_seed
from tests.support.mutation import ODD, mutated
from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    import random

    from revplan.store.loaded import Loaded

DAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def plan() -> Loaded:
    return read(HARBOURLINE)


WORDS = (*ODD, *(f"**{blank.label}**" for blank in BLANKS), "dana", "(dana)", "2026-12-04", "(dana, 2026-12-04)")
SHEET = """\
# Weekly

**Attended**
- dana: 8
- Marcus: 9

**Headlines**
- The audit is booked
  for December

**Done**
- pick-message
- call-auditor

**Solved**
- leads-wait: somebody is named (dana, 2026-12-04)

**New issues**
- The invoice is wrong (kwame)

**To-dos**
- Ring the auditor (priya, 2026-12-04)
- Ask Keel (dana)
* Note prices (tomas; next friday)

**Decisions**
- No more fairs

**Rating**
- dana: 8
- marcus: 11
"""


@any_seed(60)
def test_any_sheet_nearly_right(plan: Loaded, seed: random.Random) -> None:
    record = read_record(mutated(seed, SHEET.replace("**Attended**", f"**{BLANKS[0].label}**"), WORDS))
    with suppress(RevplanError):  # its message says what cannot be read
        made = changes(plan.plan, seed.choice(("weekly", "sprint", "quarter")), DAY, record)
        assert edit(plan, made).files
