"""Parts that make a selection impossible: every one is, and no two have anything in common."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from revplan.planning.instance import build_instance
from revplan.planning.solve.benders import neighbours, shrink_conflict, split_conflicts
from tests.support.tiny import job, sprint, tactic, worker

CHOSEN = tuple(range(10))
CORES = st.lists(st.sets(st.sampled_from(CHOSEN), min_size=1, max_size=4), min_size=1, max_size=4)


@given(CORES)
def test_every_part_is_impossible_and_no_two_share_a_tactic(cores: list[set[int]]) -> None:
    def is_impossible(part: tuple[int, ...]) -> bool:
        return any(core <= set(part) for core in cores)

    parts = list(split_conflicts(CHOSEN, is_impossible))
    assert parts
    assert all(is_impossible(part) for part in parts)
    assert all(not set(one) & set(other) for one, other in combinations(parts, 2))
    rest = tuple(number for number in CHOSEN if not any(number in part for part in parts))
    assert not is_impossible(rest)


@given(st.sets(st.sampled_from(CHOSEN), min_size=1, max_size=3))
def test_of_a_single_small_conflict_nothing_else_is_left(core: set[int]) -> None:
    assert shrink_conflict(CHOSEN, lambda part: core <= set(part)) == tuple(sorted(core))


def test_where_nothing_can_be_left_out_not_everything_is_tried() -> None:
    many, asked = tuple(range(32)), []

    def is_impossible(part: tuple[int, ...]) -> bool:
        asked.append(part)
        return len(part) == len(many)

    assert shrink_conflict(many, is_impossible) == many
    assert len(asked) < len(many)


def test_around_a_tactic_are_those_who_ask_most_of_the_same_people() -> None:
    team = [worker("ann", 600), worker("dan", 600, skills="design")]
    rivals = [tactic(f"r{number}", job(minutes=60 + number)) for number in range(9)]
    others = [tactic("o", job(minutes=500, skill="design")), tactic("p", job(minutes=1), requires=("o",))]
    found = build_instance(sprint(team, [*rivals, *others]))
    names = [candidate.id for candidate in found.candidates]
    everything = tuple(range(len(names)))
    near = neighbours(found, everything, names.index("p"))
    assert [names[number] for number in near] == ["o", "p", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"]
    assert neighbours(found, (names.index("p"),), names.index("p")) == (names.index("p"),)
