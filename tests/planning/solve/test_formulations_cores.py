"""Cores of few open columns: what else is planned stays, and the best within is found."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from random import Random
from typing import TYPE_CHECKING

import pytest

from revplan.planning.instance import build_instance
from revplan.planning.solve import formulations
from revplan.planning.solve.choose import Rounds
from revplan.planning.solve.construct import ranked_fill
from revplan.planning.solve.formulations import most_valuable, nodes_for, tier_terms
from revplan.planning.solve.formulations.selection import SelectionModel
from revplan.planning.solve.schedule import solution_worth, worth
from tests.bench.frozen.knapsacks import as_sprint, draw_knapsack
from tests.support import generate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.instance import Instance
    from revplan.planning.timetable import Solution
    from tests.bench.frozen.knapsacks import Knapsack


def _knapsack(items: int, resources: int, percent: int, seed: int) -> SelectionModel:
    sprint = as_sprint(draw_knapsack(items, resources, percent, seed))
    return SelectionModel(build_instance(sprint), has_owners=True, with_deadlines=False)


@pytest.mark.parametrize("seed", range(10))
def test_the_best_of_a_core_is_that_of_trying_all(seed: int) -> None:
    knapsack = draw_knapsack(14, 3, 50, seed)
    model = _knapsack(14, 3, 50, seed)
    plan = model.values(ranked_fill(model.instance).owners)
    columns = sorted(Random(seed).sample(range(14), 8))  # noqa: S311 - no secret
    terms = next(own for own in tier_terms(model) if own)
    found = formulations._core_model(model.model, plan, range(14), columns).maximise(terms, plan)
    choices = []
    for taken in product((0, 1), repeat=8):
        values = list(plan)
        for column, value in zip(columns, taken, strict=True):
            values[column] = value
        loads = [
            sum(row[place] for row, value in zip(knapsack.takes, values, strict=True) if value) for place in (0, 1, 2)
        ]
        if all(load <= most for load, most in zip(loads, knapsack.capacities, strict=True)):
            choices.append(sum(own for own, value in zip(knapsack.values, values, strict=True) if value))
    assert found.value == found.bound == max(choices)
    assert found.values is not None
    assert [found.values[one] for one in range(14) if one not in columns] == [
        plan[one] for one in range(14) if one not in columns
    ]


def test_cores_find_what_a_search_of_all_columns_does_not() -> None:
    model = _knapsack(100, 5, 50, 1)
    start = model.values(ranked_fill(model.instance).owners)
    found = most_valuable(model, start, nodes_for(model.model))
    assert found is not None
    reached = worth(model.instance, found.selection).value
    assert 42_843_000 <= reached <= found.bound.value, "a search of all columns alone came to 42,822"
    relaxed = model.model.relax(next(own for own in tier_terms(model) if own))
    assert relaxed is not None
    assert found.bound.value <= relaxed.bound


@pytest.mark.parametrize("kind", generate.KINDS)
def test_cores_with_open_owners_come_to_what_the_whole_does(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first search and the cores are stopped as soon as can be; the whole is searched from what they found."""
    for seed in range(3):
        instance = build_instance(generate.problem(40, 6, seed, kind))
        model = SelectionModel(instance, has_owners=True, with_deadlines=False)
        assert len(model.model.upper) > len(model.placed) > formulations.CORE_LEAST
        start = model.values(ranked_fill(instance).owners)
        cored = most_valuable(model, start, nodes_for(model.model))
        monkeypatch.setattr(formulations, "OWNED_SHORT_LOOKS", 1)
        monkeypatch.setattr(formulations, "OWNED_CORE_LOOKS", 1)
        hurried = most_valuable(model, start, nodes_for(model.model))
        monkeypatch.setattr(formulations, "CORE_LEAST", 1000)
        whole = most_valuable(model, start, nodes_for(model.model))
        monkeypatch.undo()
        assert cored is not None
        assert hurried is not None
        assert whole is not None
        assert whole.bound == worth(instance, whole.selection), "proven"
        assert cored.bound == hurried.bound == whole.bound
        assert worth(instance, cored.selection) == worth(instance, hurried.selection) == whole.bound


@pytest.mark.parametrize("kind", generate.KINDS)
def test_the_bound_at_a_plan_holds_for_every_plan_that_is_no_worse_above(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By whole tactics and by the relaxation, which is no tighter."""
    for seed in range(4):
        instance = build_instance(generate.problem(14, 4, seed, kind))
        best_plan, everything = solution_worth(instance, _best(instance)), worth(instance, range(14))
        model = SelectionModel(instance, has_owners=False, with_deadlines=False)
        at_hand = best_plan._replace(should=max(0, best_plan.should - 1))
        bounds = []
        for columns in (1000, 0):
            monkeypatch.setattr(formulations, "BOUNDABLE", columns)
            bounds.append(formulations.bound_at(model, everything, at_hand).value)
        assert best_plan.value <= bounds[0] <= bounds[1] <= everything.value


def test_the_bound_at_a_plan_is_that_of_trying_all() -> None:
    """More in the first tier that is open may come with less below, and be worth more in all."""
    is_less_below = False
    for seed in range(6):
        knapsack, draw = draw_knapsack(11, 3, 50, seed), Random(seed)  # noqa: S311 - no secret
        sprint = as_sprint(knapsack)
        tiered = [replace(own, tier=draw.choice(("must", "should", "nice"))) for own in sprint.candidates]
        instance = build_instance(replace(sprint, candidates=tuple(tiered)))
        model = SelectionModel(instance, has_owners=False, with_deadlines=False)
        worths = sorted({worth(instance, taken) for taken in _fitting(knapsack)}, reverse=True)
        for at_hand in draw.sample(worths, 8):
            first = next((tier for tier in range(3) if at_hand[tier] < worths[0][tier]), None)
            no_worse = [own for own in worths if first is not None and own[: first + 1] >= at_hand[: first + 1]]
            best = max((own.value for own in no_worse), default=worths[0].value)
            assert formulations.bound_at(model, worths[0], at_hand).value == best
            assert all(own.value <= best for own in worths if own >= at_hand)
            is_less_below |= all(own.should < at_hand.should for own in no_worse if own.value == best)
    assert is_less_below, "somewhere all that are worth most have fewer shoulds than the plan at hand"


def _fitting(knapsack: Knapsack) -> Iterator[tuple[int, ...]]:
    """Yield every choice of items that the capacities allow."""
    for size in range(len(knapsack.values) + 1):
        for taken in combinations(range(len(knapsack.values)), size):
            loads = (sum(knapsack.takes[item][place] for item in taken) for place in range(len(knapsack.capacities)))
            if all(load <= most for load, most in zip(loads, knapsack.capacities, strict=True)):
                yield taken


def _best(instance: Instance) -> Solution:
    found = Rounds(instance, ranked_fill(instance), lambda _step: None).run()
    assert solution_worth(instance, found.plan) == found.bound, "proven"
    return found.plan
