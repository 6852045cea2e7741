"""No report goes without a test of its figures."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from revplan.reports.catalog import REPORTS

MODULES = {name: inspect.getmodulename(inspect.getfile(entry.build)) for name, entry in REPORTS.items()}


@pytest.mark.parametrize("name", MODULES)
def test_a_report_has_a_test_that_asks_what_it_builds(name: str) -> None:
    test = Path(__file__).with_name(f"test_{MODULES[name]}.py")
    assert re.search(rf"from revplan.reports.{MODULES[name]} import .*\bbuild\b", test.read_text(encoding="utf-8"))
