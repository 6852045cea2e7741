"""Property tests that run for long: many inputs, others at each seed, and counted."""

from __future__ import annotations

import functools
from collections import Counter
from typing import TYPE_CHECKING, Any

from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

_drawn: Counter[str] = Counter()


def draw_many(test: Any, inputs: int) -> None:
    """Let a property test draw so many inputs, which the seed of the run chooses; other tests stay as they are."""
    if not hasattr(test, "hypothesis"):
        return
    own = test._hypothesis_internal_use_settings
    test._hypothesis_internal_use_settings = settings(own, max_examples=inputs, derandomize=False, database=None)
    if not hasattr(test.hypothesis.inner_test, "is_counted"):
        test.hypothesis.inner_test = _counted(test.hypothesis.inner_test)


def take_drawn() -> int:
    """Return how many inputs all property tests were called with since this was asked before."""
    drawn = _drawn.total()
    _drawn.clear()
    return drawn


def _counted(test: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(test)
    def call(*positional: Any, **named: Any) -> Any:
        _drawn["inputs"] += 1
        return test(*positional, **named)

    call.is_counted = True  # type: ignore[attr-defined]
    return call
