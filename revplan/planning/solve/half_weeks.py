"""By when, to the half week: the quick proof that a selection has no days, or about when its work is handed over.

Tasks may be shared at will and half weeks are taken as a whole, so this is a relaxation of `daily`, a fraction of its
size: what has no days here has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.roster import is_enough
from revplan.planning.solve.timeline import Timeline, divided
from revplan.planning.windows import HALF_WEEKS, Window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.planning.network import Network
    from revplan.planning.solve.model import Answer


class HalfWeeks(Timeline):
    """A selection by half weeks, as a model."""

    def __init__(self, network: Network, windows: Mapping[int, Window]) -> None:
        days = network.problem.days
        begins = [day for day in range(len(days)) if not day or days[day].weekday() in HALF_WEEKS]
        super().__init__(network, windows, divided(network, begins), is_whole=False)
        self._is_worked = [any(day) for day in zip(*(one.minutes for one in network.calendars), strict=True)]

    def options(self, answer: Answer) -> dict[int, tuple[Window, ...]]:
        """Return windows to choose from for each task: it hands over on a day of the half week that an answer says."""
        handed = {number: self._handed(number, answer) for number in self.windows if self.followers(number)}
        found = {}
        for number, window in self.windows.items():
            task = self.network.tasks[number]
            firsts = [handed[first] for first in task.before if first in handed]
            begins = {max(window.release, day) for days in firsts for day in days} or {window.release}
            ends = {min(window.deadline, day) for day in handed.get(number, ())} or {window.deadline}
            parts = (Window(begin, end) for begin in sorted(begins) for end in sorted(ends) if begin <= end)
            found[number] = tuple(part for part in parts if is_enough(self.network, task, part))
        return found

    def _handed(self, number: int, answer: Answer) -> list[int]:
        """Return the days with work of the half week in which a task is complete by an answer."""
        part = self.completed(number, answer)
        first, last = self.parts[self._place[self.windows[number].deadline] if part is None else part]
        return [day for day in range(first, last + 1) if self._is_worked[day]]
