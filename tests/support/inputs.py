"""Property tests that run for long: many inputs, others at each seed, and counted."""

from __future__ import annotations

import functools
from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

_numbers = count()


def draw_many(test: Any, inputs: int) -> None:
    """Let a property test draw so many inputs, which the seed of the run chooses; other tests stay as they are."""
    if not hasattr(test, "hypothesis"):
        return
    own = test._hypothesis_internal_use_settings
    test._hypothesis_internal_use_settings = settings(own, max_examples=inputs, derandomize=False, database=None)
    test.hypothesis.inner_test = _counted(test.hypothesis.inner_test)


def drawn_inputs() -> int:
    """Return how many inputs all property tests were called with."""
    return next(_numbers)


def _counted(test: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(test)
    def call(*positional: Any, **named: Any) -> Any:
        next(_numbers)
        return test(*positional, **named)

    return call
