"""The benches hold what there is: each command has a case whose growth is measured."""

from __future__ import annotations

from revplan.nouns import NOUNS
from tests.bench.growth_bench import CASES, OF_EVERY_NOUN, WITHOUT
from tests.support.grammar import table

COMMANDS = [row.partition("\t")[0] for row in table().split("\n") if row[:1].strip()]
STANDS_FOR_ALL = "tactic"


def test_the_growth_bench_holds_every_command() -> None:
    of_nouns = {f"{noun.command} {verb}" for noun in NOUNS for verb in OF_EVERY_NOUN}
    alike = {name for name in of_nouns if not name.startswith(f"{STANDS_FOR_ALL} ")}
    ending = [each for each in COMMANDS if not any(other.startswith(f"{each} ") for other in COMMANDS)]
    measured = {" ".join(case.command[:count]) for case in CASES.values() for count in (1, 2)} | {"lsp", "mcp"}
    assert [name for name in ending if name not in measured | alike | WITHOUT.keys()] == []
    assert [name for name in WITHOUT if name not in ending] == []
