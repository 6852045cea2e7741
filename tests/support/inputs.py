"""Property tests that run for long: many inputs, others at each seed, and counted."""

from __future__ import annotations

import functools
import inspect
import random
from collections import Counter
from typing import TYPE_CHECKING, Any

from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

_drawn: Counter[str] = Counter()
_FAR = 10_000_000
"""Numbers between the first input of a seed and that of the next."""


def any_seed(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Call a test with so many chances, `seed`, each of which decides an input: a thousandth of what hypothesis costs.

    A failure names the number of its seed; `--hypothesis-seed` begins the numbers elsewhere.
    """

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def call(**fixtures: Any) -> None:
            first, last = call.numbers  # type: ignore[attr-defined]
            for number in range(first, last):
                _drawn["inputs"] += 1
                try:
                    test(seed=random.Random(number), **fixtures)  # noqa: S311 - inputs, no secrets
                except BaseException as error:
                    error.add_note(f"the input of seed {number}")
                    raise

        call.numbers = (0, count)  # type: ignore[attr-defined]
        known = inspect.signature(test)
        others = [each for each in known.parameters.values() if each.name != "seed"]
        call.__signature__ = known.replace(parameters=others)  # type: ignore[attr-defined]
        return call

    return decorate


def draw_many(test: Any, inputs: int, seed: int = 0) -> None:
    """Let a property test draw so many inputs, which the seed of the run chooses; other tests stay as they are."""
    if hasattr(test, "numbers"):
        test.numbers = (seed * _FAR, seed * _FAR + inputs)
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
