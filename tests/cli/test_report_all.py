from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from revplan.reports.catalog import NAMES as REPORTS
from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran


def test_a_site_has_a_page_a_report_and_leads_nowhere_else(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "site"
    assert run("report", "--all", "-C", HARBOURLINE, "--format", "html", "-o", folder).code == 0
    files = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    assert set(files) == {"index.html", *(f"{name}.html" for name in REPORTS)}
    for name, text in files.items():
        assert set(re.findall(r'href="([^"#]+)"', text)) <= set(files), name
        assert "src=" not in text


@pytest.mark.parametrize(("output_format", "ending"), [("markdown", "md"), ("json", "json"), ("terminal", "txt")])
def test_other_formats_are_files_in_a_folder(
    run: Callable[..., Ran], tmp_path: Path, output_format: str, ending: str
) -> None:
    assert run("report", "--all", "-C", HARBOURLINE, "--format", output_format, "-o", tmp_path / "out").code == 0
    assert {file.name for file in (tmp_path / "out").iterdir()} == {f"{name}.{ending}" for name in REPORTS}


def test_all_reports_follow_each_other_on_stdout(run: Callable[..., Ran]) -> None:
    out = run("report", "--all", "-C", HARBOURLINE).out
    assert out.count("Harbourline · ") == len(REPORTS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name one report, or ask for --all"),
        (["goals", "--all"], "name one report, or ask for --all"),
        (["--all", "--format", "html"], "need a folder"),
        (["--all", "--format", "json"], "need a folder"),
    ],
)
def test_what_cannot_be_meant_is_told(run: Callable[..., Ran], arguments: list[str], message: str) -> None:
    ran = run("report", *arguments, "-C", HARBOURLINE)
    assert ran.code == 2
    assert message in ran.err


def test_a_folder_that_cannot_be_made_is_told(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = run("report", "--all", "-C", HARBOURLINE, "--format", "html", "-o", tmp_path / "file" / "site")
    assert ran.code == 2
    assert "cannot be written" in ran.err


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """Run revplan on a terminal of its own, and return what it shows."""
    return run_on_a_terminal(*arguments, **environment)[0]


def run_on_a_terminal(*arguments: str, **environment: str) -> tuple[str, int]:
    """Run revplan on a terminal of its own, and return what it shows and its exit code."""
    outer, inner = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "LINES": "10", "COLUMNS": "80", **environment}
    with subprocess.Popen([sys.executable, "-m", "revplan", *arguments], stdout=inner, env=env) as process:
        os.close(inner)
        shown = b""
        while True:
            try:
                part = os.read(outer, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        process.wait()
    os.close(outer)
    return shown.decode(), process.returncode


def test_long_text_on_a_terminal_goes_through_the_pager() -> None:
    shown = on_a_terminal("report", "team", "-C", str(HARBOURLINE), PAGER="sed s/^/paged:/")
    assert shown.startswith("paged:")


PAGER_THAT_IS_INTERRUPTED = """
import os, signal, sys
sys.stdin.read()
for number in (signal.SIGINT, signal.SIGQUIT):
    os.kill(os.getppid(), number)  # the terminal sends it to both
print("may be interrupted:", signal.getsignal(signal.SIGINT) is not signal.SIG_IGN)
"""


def test_keys_that_interrupt_are_the_pagers(tmp_path: Path) -> None:
    script = tmp_path / "pager.py"
    script.write_text(PAGER_THAT_IS_INTERRUPTED, encoding="utf-8")
    ended = run_on_a_terminal("report", "team", "-C", str(HARBOURLINE), PAGER=f"{sys.executable} {script}")
    assert ended == ("may be interrupted: True\r\n", 0)


@pytest.mark.parametrize("environment", [{"PAGER": ""}, {"PAGER": "cat"}, {"PAGER": "no-such-pager"}, {"LINES": "500"}])
def test_without_need_or_pager_it_is_written_as_it_is(environment: dict[str, str]) -> None:
    shown = on_a_terminal("report", "team", "-C", str(HARBOURLINE), **{"PAGER": "sed s/^/paged:/", **environment})
    assert "Harbourline · team" in shown
    assert "paged:" not in shown
