"""What a change of an order comes to is what the changed order comes to, laid out as a whole."""

from __future__ import annotations

import pytest

from revplan.planning.instance import build_instance
from revplan.planning.solve import best
from revplan.planning.solve.dispatch import Queue
from revplan.planning.solve.layout import OrderLayout
from revplan.planning.solve.local_search import Generator
from revplan.planning.timetable import solution_of
from tests.support import generate


def days_of(layout: OrderLayout) -> object:
    return layout.cost, layout.due, layout.finish, layout.broken, layout.days()


@pytest.mark.parametrize("kind", generate.KINDS)
def test_changes_come_to_what_a_whole_layout_does(kind: str) -> None:
    problem = generate.problem(25, 6, 7, kind)
    instance = build_instance(problem)
    queue = Queue(instance, solution_of(instance, best(problem)), ())
    now = (queue._first_layouts() or queue._first_layouts(1))[0]
    random, made = Generator(5), 0
    for _ in range(300):
        drawn = queue._draw(now, random, lambda _owners, _changed: True)
        if drawn is None:
            continue
        order, changed = drawn
        owners = {**now.owners, **(changed or {})}
        load = queue._load(owners)
        whole = OrderLayout(queue._frame, order, owners, queue._quarter, load)
        change = now.look_at(order, now.cost.finish, changed, load)
        if whole.late is not None:
            assert change is None
        elif change is None:
            assert days_of(whole) == days_of(now) or whole.cost.finish > 2 * now.cost.finish
        else:
            assert change.cost == whole.cost
            now.apply(change)
            assert days_of(now) == days_of(whole)
            made += 1
            for number in now.order:
                own, at = now.queue_of(number)
                first = now.owners[number][0][0]
                assert own[at] == number
                assert list(own) == [one for one in now.order if first in {member for member, _ in now.owners[one]}]
    assert made > 20
