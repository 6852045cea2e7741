from __future__ import annotations

from pathlib import Path

from tests.shell import Ran

__all__ = ["EXAMPLES", "Ran"]

EXAMPLES = Path(__file__).parents[2] / "examples"
"""The examples as the repository holds them."""
