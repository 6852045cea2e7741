"""Asked count by count, the solver finds no less and leaves no more open."""

from __future__ import annotations

import generate
import pytest

from revplan.planning.network import network
from revplan.planning.solve.board import worth
from revplan.planning.solve.counted import counted
from revplan.planning.solve.layers import Choice, most_valuable
from revplan.planning.solve.sooner import drawn_in


def asked(seed: int, kind: str) -> tuple[Choice, Choice, Choice]:
    """Return what one node finds, what it becomes count by count, and the best there is."""
    master = drawn_in(network(generate.problem(30, 6, seed, kind)))
    master.share_out()
    first = most_valuable(master, None, nodes=1)
    best = most_valuable(master, None)
    assert first is not None
    assert best is not None
    return first, counted(master, first, nodes=4000), best


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["typical", "correlated"])
def test_the_choice_is_no_worse_and_its_bound_holds(kind: str, seed: int) -> None:
    first, then, best = asked(seed, kind)
    numbered = network(generate.problem(30, 6, seed, kind))
    assert worth(numbered, first.selection) <= worth(numbered, then.selection) <= best.bound
    assert worth(numbered, best.selection) <= then.bound <= first.bound


@pytest.mark.parametrize(("kind", "seed"), [("typical", 1), ("correlated", 3), ("correlated", 6)])
def test_what_was_open_is_closed_where_few_numbers_of_tactics_come_into_question(kind: str, seed: int) -> None:
    first, then, best = asked(seed, kind)
    numbered = network(generate.problem(30, 6, seed, kind))
    assert worth(numbered, first.selection) < first.bound
    assert worth(numbered, then.selection) == then.bound == best.bound


def test_what_is_far_from_its_bound_is_left_as_it_is() -> None:
    first, then, _ = asked(0, "typical")
    assert then == first
