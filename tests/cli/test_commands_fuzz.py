"""Whatever words a command line is made of, it ends with an answer or a message, and never with a traceback."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from revplan.cli.commands import COMMANDS as COMMANDS_BY_NAME
from revplan.cli.commands import import_command
from revplan.nouns import NOUNS
from tests.support.inputs import any_seed
from tests.support.mutation import ODD, mutated
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

COMMANDS = (
    *((noun.command, verb) for noun in NOUNS for verb in ("add", "edit", "drop", "list", "show")),
    *(("validate",), ("fmt",), ("refs", "member"), ("rename", "member"), ("set",), ("explain",), ("diff",), ("log",)),
    *(("report", name) for name in ("scoreboard", "goals", "team", "capacity", "backlog", "strategy", "x")),
    *(
        ("agenda", "weekly"),
        ("export", "csv"),
        ("export", "json"),
        ("export", "ics"),
        ("import", "tactics"),
        ("guide",),
    ),
    *(("sprint", "list"), ("sprint", "status"), ("sprint", "log"), ("sprint", "start"), ("todo", "done"), ("issue",)),
    *(("metric", "record"), ("metric", "import"), ("team", "time-off"), ("campaign", "check"), ("schema",)),
    *(("import", "tactics"), ()),
)
OPTIONS = (
    *("--today", "--title", "--owner", "--due", "--hours", "--impact", "--task", "--function", "--skill", "--where"),
    *("--format", "--select", "--fix", "--dry-run", "--sprint", "--color", "--help", "--width", "--since", "--map"),
    *("-h", "-q", "-y", "--", "-", "--no-such", "--due=", "--hours=x"),
)
VALUES = (
    *(
        "sam",
        "nobody",
        "2026-12-01",
        "tomorrow",
        "2026-02-30",
        "9999-12-31",
        "0001-01-01",
        "json",
        "5",
        "-5",
        "1e999999",
    ),
    *(
        "NaN",
        "9" * 400,
        "a=b",
        "write=web:6",
        "{a: 1}",
        "[",
        "&a",
        "*a",
        "!!x",
        "'",
        '"',
        "#",
        "\n",
        "\x1b[31m",
        "\udcff",
    ),
    *(
        "\u202e",
        "1e999999",
        "\x1b[31m",
        "",
        " ",
        "team.yaml",
        "sales",
        "web",
        "RP1",
        "all",
        "2026-12",
        "Q4",
        "monday..friday",
    ),
)
WORDS = st.lists(
    st.sampled_from(OPTIONS)
    | st.sampled_from(VALUES)
    | st.text(st.characters(exclude_characters="\0/~.\\"), min_size=1, max_size=8),
    max_size=6,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLES / "minimal", tmp_path / "plan")
    monkeypatch.chdir(tmp_path / "plan")
    return tmp_path


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(st.sampled_from(COMMANDS), WORDS)
@example(("todo", "add"), ["\udcff", "--due", "9999-12-31"])
@example(("metric", "record"), ["sam", "1e999999"])
def test_any_command_line(run: Run, folder: Path, command: tuple[str, ...], words: list[str]) -> None:
    ran = run(*command, *words)
    assert (ran.code in (0, 1, 2), "Traceback" in ran.err) == (True, False), ran.err
    assert {path.name for path in folder.iterdir()} == {"plan"}


def _examples() -> Iterator[str]:
    """Yield the examples in the help of every command that ends by itself."""
    commands = [import_command(each) for each in COMMANDS_BY_NAME if each.name not in ("lsp", "mcp")]
    for command in commands:
        commands += getattr(command, "commands", {}).values()
        yield from re.findall(r"Example: revplan (.+)", command.help or "")


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLES / "harbourline", tmp_path / "whole")


EXAMPLES_OF_HELP = tuple(sorted(set(_examples())))


@any_seed(60)
@pytest.mark.usefixtures("folder")
def test_any_example_nearly_right(run: Run, whole: Path, seed: random.Random) -> None:
    """The examples that the help gives, with words of theirs changed, left out, doubled and moved."""
    line = mutated(seed, seed.choice(EXAMPLES_OF_HELP), (*ODD, *OPTIONS, *VALUES)).replace("\0", "")
    words = [*(("-C", str(whole)) if seed.random() < 0.3 else ())]
    words += [word.encode("utf-8", "replace").decode() for word in line.replace("/", " ").replace("..", "").split(" ")]
    ran = run(*words)
    assert (ran.code in (0, 1, 2), "Traceback" in ran.err) == (True, False), ran.err


IMPORTS = (
    ("tactics", "--function", "sales", "--impact", "5", "--skill", "web"),
    *(("deals",), ("revenue",), ("spend",), ("time",), ("absences",), ("entries",)),
)
TABLES = st.binary(max_size=80) | st.lists(
    st.sampled_from(
        (
            *(b"key", b"title", b"hours", b"Amount", b"Close Date", b"Stage", b"Date", b"Member", b"User", b"Duration"),
            *(b",", b",", b",", b";", b"\t", b"\n", b"\n", b'"', b"1e999999", b"1,200", b"2026-12-01", b"12/13/2026"),
            *(b"sam", b"Won", b"\xff", b"\0", b"\xef\xbb\xbf", b"{", b"<", b"BEGIN:VCALENDAR\n", b"DTSTART:2026"),
        )
    ),
    max_size=30,
).map(b"".join)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(st.sampled_from(IMPORTS), TABLES, st.sampled_from(("t.csv", "t.xlsx", "t.json", "t.ics")), st.booleans())
def test_any_import(run: Run, folder: Path, words: tuple[str, ...], table: bytes, name: str, is_written: bool) -> None:
    (folder / "tables").mkdir(exist_ok=True)
    (folder / "tables" / name).write_bytes(table)
    ran = run("import", words[0], folder / "tables" / name, *words[1:], *(("--write",) if is_written else ()))
    assert (ran.code in (0, 1, 2), "Traceback" in ran.err) == (True, False), ran.err
