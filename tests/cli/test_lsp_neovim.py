"""Neovim itself, without a screen, with `revplan lsp` on a copy of Harbourline."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

SESSION = Path(__file__).parents[1] / "support" / "neovim.lua"
pytestmark = pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed")


def test_a_misspelt_id_is_found_and_fixed_and_what_else_an_editor_does(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(EXAMPLES / "harbourline", plan)
    texts = {path: path.read_bytes() for path in plan.rglob("*.yaml")}
    command = [sys.executable, "-m", "revplan", "lsp", "--today", "2026-11-28"]
    own = {"REVPLAN_FILE": str(plan / "tactics" / "billing.yaml"), "REVPLAN_COMMAND": "\n".join(command)}
    state = {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    ran = subprocess.run(
        ["nvim", "--headless", "--clean", "-n", "-c", f"luafile {SESSION}"],
        env=os.environ | own | state,
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(ran.stdout)
    assert said.get("failure") is None
    assert said["finding"] == 'no objective "keep-and-grw"\ndid you mean "keep-and-grow"?'
    assert (said["fix"], said["fixed"]) == ("Write keep-and-grow", "    objective: keep-and-grow")
    assert said["hover"].startswith("**Customers stay and grow")
    assert said["definition"] == (plan / "strategy.yaml").as_uri()
    assert said["completion"] == "deadline"
    assert said["renamed"]
    assert said["files"] == len([text for text in texts.values() if b"keep-and-grow" in text])
    assert said["last"] == "      design: {skill: design, hours: 3, after: [ask]}"  # the empty lines typed are gone
    assert texts == {path: path.read_bytes() for path in plan.rglob("*.yaml")}, "a file was written"


def test_what_init_writes_starts_the_server_in_a_plan_and_nowhere_else(run: Run, tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "plan"), "--yes").code == 0
    (tmp_path / "other.yaml").write_text("a: 1\n")
    script = tmp_path / "session.lua"
    script.write_text(
        "local started = {}\n"
        "vim.lsp.start = function(config) table.insert(started, config) end\n"  # as of Neovim 0.8; no older one has it
        f"vim.cmd('luafile {tmp_path / 'plan' / '.nvim.lua'}')\n"
        f"vim.cmd('edit {tmp_path / 'other.yaml'}')\n"
        f"vim.cmd('edit {tmp_path / 'plan' / 'tactics' / 'sales.yaml'}')\n"
        "io.stdout:write(vim.fn.json_encode(started))\n"
        "vim.cmd('qall!')\n"
    )
    nvim = ["nvim", "--headless", "--clean", "-n", "-c", f"luafile {script}"]
    ran = subprocess.run(nvim, env=os.environ | {"HOME": str(tmp_path)}, capture_output=True, text=True, check=True)
    (config,) = json.loads(ran.stdout)
    assert config == {"name": "revplan", "cmd": ["revplan", "lsp"], "root_dir": str(tmp_path / "plan")}
