"""What makes a selection impossible: parts of it, as small as they are soon found.

Leaves out many tactics at a time at first and fewer later, as in delta debugging (Zeller and Hildebrandt 2002).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from revplan.planning.network import Network

    Part = tuple[int, ...]

NEAR = 8
"""Tactics around one that are looked at together."""

COARSE = 8
"""Where leaving out an eighth at a time hardly helps, nearly everything is needed, and no more is tried."""


def around(network: Network, chosen: Part, tactic: int) -> Part:
    """Return the tactics of a selection most likely to be in conflict with one: by the hours its people may give them.

    Args:
        network: the problem.
        chosen: the selection.
        tactic: one of them; what it requires is returned too.
    """
    people = {worker for number in network.of[tactic] for worker in network.tasks[number].workers}

    def shared(other: int) -> int:
        tasks = (network.tasks[number] for number in network.of[other])
        return sum(task.job.minutes * len(people.intersection(task.workers)) // len(task.workers) for task in tasks)

    nearest = sorted(chosen, key=lambda other: (-shared(other), other))[:NEAR]
    return tuple(sorted({*nearest, *network.needed(tactic)}.intersection(chosen)))


def parted(chosen: Part, is_impossible: Callable[[Part], bool]) -> Iterator[Part]:
    """Yield impossible parts of an impossible selection that have nothing in common, the selection itself at worst.

    Args:
        chosen: the selection.
        is_impossible: tells it of any part, two at a time if need be; whatever holds a part that is impossible is
            impossible too.
    """
    part = narrowed(chosen, is_impossible)
    rest = chosen
    while rest:
        yield part
        rest = tuple(tactic for tactic in rest if tactic not in part)
        if not rest or not is_impossible(rest):
            return
        part = narrowed(rest, is_impossible)


def narrowed(part: Part, is_impossible: Callable[[Part], bool]) -> Part:
    """Leave out of an impossible part what is not needed to make it impossible.

    Mostly nothing can be left out, so the next question is asked beside each, as if it were known already.
    """
    whole = part
    size = len(part) // 2
    with ThreadPoolExecutor(2) as aside:
        while size:
            first = 0
            while first < len(part):
                rests = [part[:at] + part[at + size :] for at in range(first, len(part), size)[:2]]
                verdicts = list(aside.map(lambda rest: bool(rest) and is_impossible(rest), rests))
                needed = verdicts.index(True) if True in verdicts else len(rests)
                part = rests[needed] if needed < len(rests) else part
                first += size * needed
            if len(whole) >= COARSE * size and 4 * len(part) > 3 * len(whole):
                return part
            size //= 2
    return part
