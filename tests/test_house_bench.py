"""The benches hold what there is: each command, and each tool of an assistant, has a case whose growth is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.assistant.tool import AssistantTool
from revplan.nouns import NOUNS
from tests.bench import growth_servers
from tests.bench.growth_bench import CASES, OF_EVERY_NOUN, WITHOUT
from tests.support.grammar import table

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

COMMANDS = [row.partition("\t")[0] for row in table().split("\n") if row[:1].strip()]
STANDS_FOR_ALL = "tactic"


def test_the_growth_bench_holds_every_command() -> None:
    of_nouns = {f"{noun.command} {verb}" for noun in NOUNS for verb in OF_EVERY_NOUN}
    alike = {name for name in of_nouns if not name.startswith(f"{STANDS_FOR_ALL} ")}
    ending = [each for each in COMMANDS if not any(other.startswith(f"{each} ") for other in COMMANDS)]
    measured = {" ".join(case.command[:count]) for case in CASES.values() for count in (1, 2)} | {"lsp", "mcp"}
    assert [name for name in ending if name not in measured | alike | WITHOUT.keys()] == []
    assert [name for name in WITHOUT if name not in ending] == []


def test_the_growth_bench_holds_every_tool_of_an_assistant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called = set[str]()

    class Told(dict[str, AssistantTool]):
        def __getitem__(self, name: str) -> AssistantTool:
            called.add(name)
            return super().__getitem__(name)

    monkeypatch.setattr(growth_servers, "TOOLS", Told(growth_servers.TOOLS))
    for name, (build, session) in growth_servers.ASSISTING.items():
        root = tmp_path / name / "plan"
        root.mkdir(parents=True)
        build(root, 4)
        session(root)
    assert called == growth_servers.TOOLS.keys()
