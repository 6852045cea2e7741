"""At once: the parts of a task that several people do, laid out on the same days.

Hours of a day are not told apart, so what is at once is as much on each day for each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints.people import groups
from revplan.planning.timetable import first_free

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.timetable import Days, Owners
    from revplan.planning.windows import Window


def parts_at_once(instance: Instance, owners: Owners, loose: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return for each part of a task that several people do at once all its parts, where each is as long.

    Args:
        instance: the problem.
        owners: of all tasks.
        loose: the tasks that may be laid out anew.
    """
    found: dict[int, tuple[int, ...]] = {}
    for group in groups(instance, sorted(loose)):
        minutes = {part for number in group for _, part in owners[number]} if set(group) <= set(loose) else set()
        if len(minutes) == 1:
            found |= dict.fromkeys(group, group)
    return found


def common_days(free: Iterable[Sequence[int]], window: Window, minutes: int, quarter: int) -> Days:
    """Return the first days in a window on which several calendars all have the minutes; nothing where they do not.

    Args:
        free: minutes by day of each calendar.
        window: first and last day.
        minutes: what each of the people has to do.
        quarter: minutes that a day's part is a whole number of, but for the last.
    """
    return first_free([min(day) for day in zip(*free, strict=True)], window, minutes, quarter)
