from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.core import TyperGroup

from revplan.cli.commands import COMMANDS, import_command

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(
    r"(?P<head><!-- (?P<kind>screen|file): (?P<what>.*?) -->\n```\w*\n)(?P<body>.*?)(?P<tail>```\n)", re.DOTALL
)


def revplan(*arguments: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run revplan as a shell would, in a folder."""
    kept = {name: value for name, value in os.environ.items() if name != "REVPLAN_PLAN"}
    return subprocess.run(
        [sys.executable, "-m", "revplan", *arguments],
        check=False,
        capture_output=True,
        cwd=folder,
        encoding="utf-8",
        env={**kept, "COLUMNS": "80", **environment},
    )


def shown(kind: str, what: str) -> str:
    if kind == "file":
        return (ROOT / what).read_text(encoding="utf-8")
    result = revplan(*shlex.split(what))
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_what_the_readme_shows_is_what_one_sees(request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    fresh = BLOCK.sub(lambda found: found["head"] + shown(found["kind"], found["what"]) + found["tail"], text)
    if request.config.getoption("--update-golden"):
        README.write_text(fresh, encoding="utf-8", newline="\n")
    assert len(BLOCK.findall(text)) == 3
    assert fresh == text or request.config.getoption("--update-golden")


def commands() -> Iterator[str]:
    """Yield the commands the README shows, in order."""
    for block in re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL):
        yield from block.splitlines()


def named() -> Iterator[list[str]]:
    """Yield what the README's sentences and tables say of the command line, word by word."""
    text = re.sub(r"```.*?```", "", README.read_text(encoding="utf-8"), flags=re.DOTALL)
    for said in re.findall(r"`revplan ([^`]+)`", text):
        yield said.split()


def dated(words: list[str]) -> tuple[str, ...]:
    """Return the option that keeps a command of the guide from asking the clock; to begin a plan needs no date."""
    return () if words[1] == "init" else ("--today", "2026-12-01")


def test_the_guide_leads_from_a_new_plan_to_a_closed_sprint(tmp_path: Path) -> None:
    folder = tmp_path
    for command in commands():
        words = shlex.split(command, comments=True)
        if words[0] == "cd":
            folder = folder / words[1]
        elif words[0] == "revplan":
            result = revplan(*words[1:], *dated(words), folder=folder)
            assert result.returncode == 0, f"{command}: {result.stderr}"
    assert "status: closed" in (folder / "sprints" / "2026-12.yaml").read_text(encoding="utf-8")


def first_figures() -> Iterator[list[str]]:
    """Yield the commands of "Your first real figures", word by word."""
    (block,) = re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines():
        yield shlex.split(line, comments=True)


def crm_export() -> str:
    """Return 120 deals as HubSpot writes them: ten a month, of which one in six is won, three months after."""
    rows = ["Record ID,Deal Name,Deal Stage,Close Date,Create Date,Amount,Deal Type,Original Traffic Source"]
    for number in range(120):
        month, place = number // 10 + 1, number % 10
        stage = "Closed Won" if number % 6 == 0 else "Closed Lost"
        closed = f"2026-{month + 3:02}-1{place}" if month < 9 else f"2027-0{month - 8}-1{place}"
        stage = stage if month < 8 else "Appointment scheduled"
        rows.append(
            f"{number},Firm {number},{stage},{closed} 10:00,2026-{month:02}-0{place % 9 + 1} 09:00,"
            f"{9000 + number * 50},newbusiness,{'Organic Search' if number % 2 else 'Referrals'}"
        )
    return "\n".join(rows[:-10])


def test_a_crms_export_leads_to_the_scoreboard(tmp_path: Path) -> None:
    """October ends with 400,000 and what was won up to then: the deals 0, 6, 12 … of January to July."""
    assert revplan("init", "--yes", "acme", folder=tmp_path).returncode == 0
    folder = tmp_path / "acme"
    (folder / "deals.csv").write_text(crm_export(), encoding="utf-8")
    pages = {}
    for words in first_figures():
        result = revplan(*words[1:], "--today", "2026-12-01", folder=folder)
        assert result.returncode == 0, f"{words}: {result.stdout} {result.stderr}"
        pages[" ".join(words[1:4])] = result.stdout
    level = 400_000 + sum(9000 + number * 50 for number in range(0, 70, 6))
    assert f"${level:,}" in pages["report scoreboard"]
    assert "2026: what was measured" in pages["report goals"]
    assert "17.1%" in pages["report goals"], "12 won of 70 decided"
    kept = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.suffix in (".yaml", ".tsv"))
    assert "Firm" not in kept


def test_what_the_readme_names_is_there() -> None:
    commands = {command.name: command for command in COMMANDS}
    overview = revplan("--help").stdout
    for name, *words in named():
        if name.startswith("-"):
            assert name in overview
            continue
        command = import_command(commands[name])
        if isinstance(command, TyperGroup) and words and words[0].islower():
            command = command.commands[words[0]]
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        options = {word.partition("=")[0] for word in words if word.startswith("-")}
        assert options <= known, (name, *words)


def test_the_two_commands_use_what_is_there() -> None:
    plan, test = (command for command in commands() if command.startswith("python3"))
    assert plan.endswith(".venv/bin/revplan sprint plan -C examples/harbourline")
    assert test.endswith(".venv/bin/pytest")
    assert (ROOT / "examples" / "harbourline" / "revplan.yaml").exists()
    assert "test = [" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Auckland"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "America/Los_Angeles", "PYTHONIOENCODING": "ascii"},
    ],
    ids=["one machine", "another"],
)
def test_the_same_bytes_anywhere(environment: dict[str, Any]) -> None:
    here = revplan("sprint", "plan", "-C", "examples/harbourline", "--format", "json", PYTHONHASHSEED="0")
    there = revplan("sprint", "plan", "-C", "examples/harbourline", "--format", "json", **environment)
    assert (here.returncode, here.stdout) == (0, there.stdout)
