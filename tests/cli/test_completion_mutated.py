"""Lines of known words, changed here and there: completed or not, and never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.cli.completion import answer_to
from tests.support.grammar import table
from tests.support.inputs import any_seed
from tests.support.mutation import ODD, mutated
from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    import random

ROWS = table().split("\n")
COMMANDS = tuple(row.partition("\t")[0] for row in ROWS if row[:1].strip())
OPTIONS = tuple(name for row in ROWS if row.startswith("\t-") for name in row.split("\t")[1].split(","))
IDS = ("dana", "podcast", "call-auditor", "member", "tactic", "2026-12", "RP101", "json", "tactic/podcast", "")


@any_seed(100)
def test_any_line_nearly_right_is_completed(seed: random.Random) -> None:
    words = seed.choices((*OPTIONS, *IDS), k=seed.randrange(5))
    line = " ".join(["revplan", seed.choice(COMMANDS), *words])
    if seed.random() < 0.7:
        line = mutated(seed, line, (*ODD, *OPTIONS, *IDS))
    line = line.replace("\0", "").encode(errors="replace").decode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMP_WORDS", line)
        patch.setenv("COMP_CWORD", str(len(line.split()) - seed.randrange(2)))
        patch.setenv("_TYPER_COMPLETE_ARGS", line)
        patch.setenv("REVPLAN_PLAN", str(HARBOURLINE))
        assert isinstance(answer_to(f"complete_{seed.choice(('bash', 'zsh', 'fish'))}"), str)
