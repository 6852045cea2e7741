"""No report goes without a test of its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from revplan.reports import roadmap
from revplan.reports.catalog import REPORTS

MODULES = {name: build.__module__.rpartition(".")[2] for name, build in REPORTS.items()} | {roadmap.NAME: "roadmap"}


@pytest.mark.parametrize("name", MODULES)
def test_a_report_has_a_test_that_asks_what_it_builds(name: str) -> None:
    test = Path(__file__).with_name(f"test_{MODULES[name]}.py")
    assert f"from revplan.reports.{MODULES[name]} import build" in test.read_text(encoding="utf-8")
