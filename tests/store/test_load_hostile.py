"""What nobody should write, and some will: each is a finding or read for what it is, and never a traceback."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.formats.table import Findings, FindingsFormat
from revplan.store import files
from revplan.store.load import read, read_over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from revplan.store.loaded import Loaded

    MakePlan = Callable[..., Path]

SETTINGS = b"revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28}\n"


def told(loaded: Loaded) -> list[str]:
    """Return the codes that a plan's text, shape and references give, having drawn all findings in every format."""
    found = validate(loaded, context_of(loaded, None, date(2026, 11, 28)))
    for each in FindingsFormat:
        each.draw(Findings(found.diagnostics, found.files, frozenset()))
    return sorted({each.code for each in found.diagnostics if each.code < "RP3"})


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("plan").resolve()
    (root / "revplan.yaml").write_bytes(SETTINGS)
    return root


def codes(root: Path, content: bytes) -> list[str]:
    return told(read_over(read(root), {"a.yaml": content}))


def bomb(levels: int, width: int) -> bytes:
    rows = [f"x-0: &a0 [{', '.join(['x'] * width)}]"]
    rows += [f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join([*rows, f"todos: *a{levels - 1}", ""]).encode()


TITLE = b"todos:\n  call: {title: %s, owner: , due: }\n"
HOSTILE: Mapping[str, tuple[bytes, list[str]]] = {
    "alias bomb": (bomb(12, 10), ["RP007"]),
    "alias of itself": (b"todos: &a {call: *a}\n", ["RP007"]),
    "alias of nothing": (b"todos: *a\n", ["RP007"]),
    "nested lists": (b"[" * 100_000, ["RP008"]),
    "nested mappings": (b"{a: " * 100_000, ["RP008"]),
    "nested blocks": (b"".join(b" " * n + b"a:\n" for n in range(2_000)), ["RP008"]),
    "nested dashes": (b"- " * 100_000, ["RP008"]),
    "question marks": (b"? " * 100_000, ["RP013"]),
    "one long word": (TITLE % (b"w" * 5_000_000), []),
    "one long key": (b"k" * 5_000_000 + b": 1\n", ["RP002"]),
    "one long id": (b"todos: {%s: {title: T}}\n" % (b"i" * 1_000), ["RP106"]),
    "many digits": (b"goals: {2026: {acv: %s}}\n" % (b"9" * 1_000_000), ["RP102", "RP104"]),
    "many findings": (b"todos:\n" + b"".join(b"  t%d: {titel: A}\n" % n for n in range(3_000)), ["RP101"]),
    "escape": (TITLE % b"\x1b[31mred", ["RP010"]),
    "escaped escape": (TITLE % rb'"\e[31mred"', []),
    "bell in a key": (b'todos: {call: {title: T, "\\a": 1}}\n', ["RP101"]),
    "bidirectional": (TITLE % "pay \u202eyad\u202c \u2066x\u2069".encode(), []),
    "invisible key": ("todos: {call: {title: T, own\u200ber: ana}}\n".encode(), ["RP101"]),
    "rich markup": (b"todos: {call: {title: '[bold red]T[/] [link=http://x]', '[red]': 1}}\n", ["RP101"]),
    "markup that does not end": (b"todos: {call: {title: T, '[/red]': 1, '[': 2}}\n", ["RP101"]),
    "html": (b"todos: {call: {title: T, '<script>alert(1)</script>': 1, ']]>': 2}}\n", ["RP101"]),
    "workflow command": (b'todos: {call: {title: T, "a\\n::error::b%0A": 1}}\n', ["RP101"]),
    "NUL": (TITLE % b"a\0b", ["RP010"]),
    "escaped NUL": (TITLE % b'"a\\0b"', []),
    "escaped surrogate": (TITLE % b'"\\ud800"', ["RP002"]),
    "surrogate bytes": (TITLE % b"\xed\xa0\x80", ["RP001"]),
    "UTF-16": ("todos: {}\n".encode("utf-16"), ["RP001"]),
    "Latin-1": ("todos: {café: {}}\n".encode("latin-1"), ["RP001"]),
    "byte order mark and CRLF": (b"\xef\xbb\xbftodos:\r\n  call: {title: T}\r\n", []),
    "byte order mark within": ("todos:\n  call: {title: \ufeffT}\n".encode(), []),
    "old line ends": (b"todos:\r  call: {title: T}\r", []),
    "line separators": ("todos: {call: {title: T, 'a\u2028b\x85c': 1}}\n".encode(), ["RP101"]),
    "a tab": (b"todos:\n\tcall: {title: T}\n", ["RP004"]),
    "a tag that runs": (b"todos: !!python/object/apply:os.system [true]\n", ["RP005", "RP103"]),
    "a directive": (b"%YAML 9.9\n---\ntodos: {}\n", ["RP002"]),
    "two documents": (b"todos: {}\n---\ntodos: {}\n", ["RP012"]),
    "a stroke in an id": (b"todos: {call: {title: T, owner: a/b, issue: /}}\n", ["RP207", "RP216"]),
    "a list": (b"- a\n- b\n", ["RP103"]),
    "a word": (b"todos\n", ["RP103"]),
    "nothing": (b"", []),
    "a null byte alone": (b"\0", ["RP010"]),
    "empty lines in open quotes": (b'todos: {call: "' + b"\n" * 200_000, ["RP002"]),
    "a merge of all": (b"x-a: &a {title: T}\ntodos: {call: {<<: *a}}\n", ["RP006"]),
}


@pytest.mark.parametrize(("content", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_text(empty: Path, content: bytes, expected: list[str]) -> None:
    assert codes(empty, content) == expected


def test_settings_may_be_hostile_too(tmp_path: Path) -> None:
    for content, _ in HOSTILE.values():
        if len(content) < 100_000:
            (tmp_path / "revplan.yaml").write_bytes(content)
            assert told(read(tmp_path.resolve()))


def test_a_huge_file_is_not_read(make_plan: MakePlan) -> None:
    root = make_plan()
    with (root / "a.yaml").open("wb") as file:
        file.write(b"x-long: ")
        file.truncate(files.LARGEST_FILE + 1)
    assert told(read(root)) == ["RP009"]


def test_odd_files_and_links(make_plan: MakePlan, tmp_path: Path) -> None:
    root = make_plan({"sub/a.yaml": "todos: {call: {title: T}}\n"})
    (tmp_path / "secret.yaml").write_text("todos: {secret: {title: S}}\n")
    os.mkfifo(root / "x.yaml")
    (root / "round.yaml").symlink_to("round.yaml")
    (root / "ping.yaml").symlink_to("pong.yaml")
    (root / "pong.yaml").symlink_to("ping.yaml")
    (root / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "sub/up").symlink_to(root)
    (root / "null.yaml").symlink_to("/dev/null")
    (root / "zero.yaml").symlink_to("/dev/zero")
    (root / "folder.yaml").mkdir()
    loaded = read(root)
    assert told(loaded) == ["RP011", "RP014"]
    assert list(loaded.plan.todos) == ["call"]


def test_odd_names(make_plan: MakePlan) -> None:
    root = make_plan()
    for name in ("a\nb.yaml", "\x1b[31m.yaml", "\u202e.yaml", "[red].yaml", "-rf.yaml", "a b.yaml"):
        (root / name).write_text("todos: {call: {titel: T}}\n")
    assert told(read(root)) == ["RP101", "RP107"]


def test_a_name_that_is_no_text(make_plan: MakePlan) -> None:
    root = make_plan()
    try:
        (root / os.fsdecode(b"\xff.yaml")).write_text("teem: {}\n")
    except OSError:
        pytest.skip("this file system takes no such names")
    loaded = read(root)
    found = validate(loaded, context_of(loaded, None, date(2026, 11, 28))).diagnostics
    text = FindingsFormat.TEXT.draw(Findings(found, loaded.count, frozenset())).decode()
    assert "RP101" in text
    text.encode(errors="strict")


def limited(root: Path) -> subprocess.CompletedProcess[str]:
    """Validate with a limit on memory and on the processor's time."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1024**3, 1024**3))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    command = [sys.executable, "-m", "revplan", "validate", "-C", str(root), "--select", "RP0,RP1,RP2"]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)


@pytest.mark.parametrize("name", ["alias bomb", "nested lists", "nested blocks", "one long word", "many findings"])
def test_time_and_memory_are_bounded(make_plan: MakePlan, name: str) -> None:
    root = make_plan()
    (root / "a.yaml").write_bytes(HOSTILE[name][0])
    ran = limited(root)
    assert ran.returncode == (1 if HOSTILE[name][1] else 0), ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_word_of_fifty_megabytes(make_plan: MakePlan) -> None:
    root = make_plan()
    (root / "a.yaml").write_bytes(TITLE % (b"w" * 50_000_000))
    ran = limited(root)
    assert ran.returncode == 1
    assert "RP009" in ran.stdout


@given(st.binary(max_size=200))
def test_any_bytes(empty: Path, content: bytes) -> None:
    codes(empty, content)


PIECES = (
    *(b"todos:", b"tactics", b": ", b"\n", b"\n  ", b"{", b"}", b"[", b"]", b",", b"- ", b"? ", b"&a ", b"*a", b"!x "),
    *(
        b"'",
        b'"',
        b"|\n",
        b">-\n",
        b"#",
        b"%",
        b"---\n",
        b"...\n",
        b"<<",
        b"\t",
        b"\r",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
    ),
    *(b"title", b"revplan", b"x-", b"\\ud800", b"\xe2\x80\xa8", b"1e9", b"2026-12-01", b"id", b"call", b"hours"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
def test_any_bytes_like_yaml(empty: Path, content: bytes) -> None:
    codes(empty, content)
