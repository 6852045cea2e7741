"""Days of hand-over between tasks that wait for each other: read off a plan, or set before there is one.

Windows meet on these days, so each member's work can be looked at by itself. In a plan a day is chosen among those
that the plan leaves open. Before there is one, it lies halfway between the soonest the first task can be done and the
latest the second can begin, with every task given the same multiple of the time it takes: as much as the chain's first
release and last deadline leave (slack spread evenly over a chain, as project buffers are).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.network import HOUR, calendar, connected
from revplan.planning.schedule import unmet
from revplan.planning.solve.schedule import Solution, first_free
from revplan.planning.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from revplan.planning.network import Calendar, Network
    from revplan.planning.schedule import Days

    Held = tuple[int, int, int, int]
    """Deadline, release, minutes, and the task."""
    Choice = Callable[[range], int]
    """Which of the days between two tasks the one hands over to the other on."""

QUARTER = 15
"""Minutes in the smallest piece of a day."""

SPREAD_FACTORS = (48, 32, 24, 16, 12, 8, 6, 5, 4, 3, 2)
"""Multiples of the time that tasks take, in halves, tried in this order; what does not hold twice a half fits as is."""


def earliest(days: range) -> int:
    """Hand over as soon as the work is done."""
    return days[0]


def latest(days: range) -> int:
    """Hand over when the next work begins."""
    return days[-1]


def halfway(days: range) -> int:
    """Hand over in the middle."""
    return days[len(days) // 2]


def selected_windows(network: Network, selection: Sequence[int]) -> dict[int, Window] | None:
    """Return the windows of the selection's tasks, given that all of it is placed; None where that cannot be."""
    found = windows(network, frozenset(selection))
    chosen = {number: found[number] for tactic in selection for number in network.of[tactic]}
    sound = {number: window for number, window in chosen.items() if window is not None}
    return sound if len(sound) == len(chosen) else None


def choose_days(network: Network, plan: Solution, choice: Choice = earliest) -> dict[int, int]:
    """Return the day on which each of the plan's tasks is done that hands over.

    What waits may begin long after the deadline of what it waits for, which is still to be kept.

    Args:
        network: the problem.
        plan: owners and days; its own days fit whatever is chosen.
        choice: is asked for each of these tasks, in the order of their numbers.
    """
    days = {}
    for number in sorted(plan.owners):
        begins = [plan.start(follower) for follower in network.tasks[number].after if follower in plan.owners]
        if begins:
            deadline = network.candidates[network.tasks[number].tactic].deadline
            days[number] = choice(range(plan.due(number), min(deadline, *begins) + 1))
    return days


def meeting_windows(network: Network, tasks: Iterable[int], days: Mapping[int, int]) -> dict[int, Window]:
    """Return the window of each placed task, given the days of hand-over."""
    last = len(network.problem.days) - 1
    found = {}
    for number in tasks:
        task = network.tasks[number]
        candidate = network.candidates[task.tactic]
        release = max([0, candidate.release, *(days[first] for first in task.before if first in days)])
        found[number] = Window(release, days.get(number, min(last, candidate.deadline)))
    return found


def plan_windows(network: Network, plan: Solution, choice: Choice = earliest) -> dict[int, Window]:
    """Return windows of the plan's tasks that meet on days of hand-over."""
    return meeting_windows(network, plan.owners, choose_days(network, plan, choice))


def spread_windows(network: Network, given: Mapping[int, Window]) -> dict[int, Window] | None:
    """Return windows within these that meet on days of hand-over, or None where some tasks have no time for it.

    Args:
        network: the problem.
        given: windows of the tasks, given that all of them are to be done.
    """
    spreader = Spreader(network, [given.get(task.number) for task in network.tasks])
    met = dict(given)
    links = {number: (*network.tasks[number].before, *network.tasks[number].after) for number in sorted(given)}
    for group in connected(links):
        if len(group) > 1:
            found = spreader.windows(group, {}, {})
            if found is None:
                return None
            met.update(found)
    return met


class Spreader:
    """Sets windows that meet on days of hand-over, with slack spread evenly.

    Attributes:
        network: the problem.
        widest: the window of each task where nothing is known of its neighbours; None where it cannot be placed.
    """

    def __init__(self, network: Network, widest: Sequence[Window | None]) -> None:
        self.network = network
        self.widest = widest
        self._place = {number: index for index, number in enumerate(network.order)}
        self._able: dict[int, tuple[Calendar, ...]] = {}

    def windows(
        self, tasks: Iterable[int], settled: Mapping[int, Window], owners: Mapping[int, Collection[int]]
    ) -> dict[int, Window] | None:
        """Return windows for these tasks, all to be done, or None where their time does not suffice.

        Args:
            tasks: to set windows for.
            settled: windows of other tasks that are to be done too and keep theirs.
            owners: who has the tasks now, where they have owners: as much time as these need is given, if it can be.
        """
        ordered = sorted(tasks, key=lambda number: self._place.get(number, len(self._place)))
        bounds = self._bounds(ordered, settled)
        if bounds is None:
            return None
        if len(ordered) == 1 or not any(self.network.tasks[number].before for number in ordered):
            return bounds
        fastest = {number: self._calendars(number, ()) for number in ordered}
        own = {number: self._calendars(number, owners.get(number, ())) for number in ordered}
        for calendars in (own, fastest) if own != fastest else (fastest,):
            for halves in SPREAD_FACTORS:
                found = _Spread(self.network, ordered, bounds, calendars, halves)
                if found.fits():
                    return found.met(fastest)
        return None

    def _bounds(self, ordered: Sequence[int], settled: Mapping[int, Window]) -> dict[int, Window] | None:
        inside = set(ordered)
        bounds: dict[int, Window] = {}
        for number in ordered:
            widest = self.widest[number]
            if widest is None:
                return None
            task = self.network.tasks[number]
            before = (settled[first].deadline for first in task.before if first in settled and first not in inside)
            after = (settled[last].release for last in task.after if last in settled and last not in inside)
            bounds[number] = Window(max([widest.release, *before]), min([widest.deadline, *after]))
        return bounds

    def _calendars(self, number: int, owners: Collection[int]) -> tuple[Calendar, ...]:
        """Return the calendars on which the task may be done: its owner's, or any able member's."""
        task = self.network.tasks[number]
        if len(owners) == 1 and not task.job.split:
            return tuple(self.network.calendars[worker] for worker in owners)
        if number not in self._able:
            own = tuple(self.network.calendars[worker] for worker in task.workers)
            if task.job.split and own:
                own = (calendar([sum(day) for day in zip(*(one.minutes for one in own), strict=True)]),)
            self._able[number] = own
        return self._able[number]


class _Spread:
    """The soonest and latest days of some tasks if each takes a multiple of its time."""

    def __init__(
        self,
        network: Network,
        ordered: Sequence[int],
        bounds: Mapping[int, Window],
        calendars: Mapping[int, tuple[Calendar, ...]],
        halves: int,
    ) -> None:
        self.network = network
        self.bounds = bounds
        self.begin: dict[int, int] = {}
        self.done: dict[int, int] = {}
        self.begin_by: dict[int, int] = {}
        self.done_by: dict[int, int] = {}
        never = len(network.problem.days)
        for number in ordered:
            first = max([bounds[number].release, *(self.done[one] for one in self._before(number))])
            self.begin[number] = first
            work = network.tasks[number].job.minutes * halves // 2
            self.done[number] = min((own.finish(min(first, never), work) for own in calendars[number]), default=never)
        for number in reversed(ordered):
            last = min([bounds[number].deadline, *(self.begin_by[one] for one in self._after(number))])
            self.done_by[number] = last
            work = network.tasks[number].job.minutes * halves // 2
            starts = (own.latest_start(last, work) for own in calendars[number])
            self.begin_by[number] = max(starts, default=-1) if last >= 0 else -1

    def _before(self, number: int) -> Iterable[int]:
        return (one for one in self.network.tasks[number].before if one in self.bounds)

    def _after(self, number: int) -> Iterable[int]:
        return (one for one in self.network.tasks[number].after if one in self.bounds)

    def fits(self) -> bool:
        """Tell whether every task is done by its latest day."""
        return all(
            self.done[number] <= self.done_by[number] and self.begin[number] <= self.begin_by[number]
            for number in self.bounds
        )

    def met(self, fastest: Mapping[int, tuple[Calendar, ...]]) -> dict[int, Window] | None:
        """Return windows that meet halfway, each long enough for whoever is fastest."""
        found: dict[int, Window] = {}
        for number in self.begin:
            first = max([self.bounds[number].release, *(found[one].deadline for one in self._before(number))])
            halfway = ((self.done[number] + self.begin_by[one]) // 2 for one in self._after(number))
            last = min([self.bounds[number].deadline, *halfway])
            need = self.network.tasks[number].job.minutes
            soonest = min((own.finish(first, need) for own in fastest[number]), default=last + 1)
            last = max(last, soonest)
            if last > self.bounds[number].deadline:
                return None
            found[number] = Window(first, last)
        return found


# --- written dates ---------------------------------------------------------------------------------------------------


def restore_written_dates(network: Network, plan: Solution) -> tuple[Solution, frozenset[int]]:
    """Return the plan with the written days wherever they can stay, and the tasks that keep theirs.

    A date is a promise to others, so a replan keeps it even where the work could now be done sooner. Task by task, the
    written days take the place of those that the plan leaves open wherever everybody's work still fits, and what would
    begin too late or end too soon has some of its work set aside for its first and its last day.
    """
    spans = {number: Window(*span) for number in plan.owners if (span := network.tasks[number].job.span) is not None}
    if not spans:
        return plan, frozenset()
    as_it_was = _in_spans(network, plan, spans)
    if as_it_was is not None:
        return as_it_was, frozenset(spans)
    by_days = sorted(spans, key=lambda number: (spans[number].deadline, spans[number].release, number))
    diaries = []
    for choice in (latest, earliest):
        for order in (by_days, by_days[::-1]):
            diary = Diary(network, plan, choose_days(network, plan, choice))
            diary.hold(order, spans)
            diaries.append(diary)
    best = max(diaries, key=Diary.minutes_held)
    best.set_aside()
    return best.plan(), frozenset(best.held)


def _in_spans(network: Network, plan: Solution, spans: Mapping[int, Window]) -> Solution | None:
    """Return the plan laid out in the order of the written days, if every task then begins and ends as written."""
    if len(spans) < len(plan.owners):
        return None
    place = {number: index for index, number in enumerate(network.order)}
    by_start = sorted(spans, key=lambda number: (spans[number].release, spans[number].deadline, place[number]))
    by_due = sorted(spans, key=lambda number: (spans[number].deadline, spans[number].release, place[number]))
    for order, quarter in ((by_start, QUARTER), (by_due, QUARTER), (by_start, 1), (by_due, 1)):
        free = [worker.minutes for worker in network.workers]
        days: dict[tuple[int, int], Days] = {}
        for number in order:
            for worker, minutes in plan.owners[number]:
                days[number, worker] = first_free(free[worker], spans[number], minutes, quarter)
                free[worker] = _less(free[worker], days[number, worker])
        found = Solution(plan.owners, days)
        if all(days.values()) and all(Window(found.start(one), found.due(one)) == spans[one] for one in spans):
            return found
    return None


class Diary:
    """Everybody's days on a replan, as far as they are settled.

    Attributes:
        network: the problem.
        owners: of the tasks.
        held: the days of the tasks that keep theirs, or the last of them at least.
        windows: of all tasks; those of tasks that follow each other meet on a day of hand-over.
    """

    def __init__(self, network: Network, plan: Solution, days: Mapping[int, int]) -> None:
        self.network = network
        self.owners = plan.owners
        self.held: dict[int, Window] = {}
        self._hand_overs = days
        self._work: list[list[tuple[int, int]]] = [[] for _ in network.workers]
        for number, parts in sorted(plan.owners.items()):
            for worker, minutes in parts:
                self._work[worker].append((number, minutes))
        self._loose: set[int] = set()
        self._aside: dict[tuple[int, int], dict[int, int]] = {}
        self.windows = meeting_windows(network, plan.owners, days)

    def minutes_held(self) -> tuple[int, int]:
        """Return the minutes of the tasks that keep their last day, and of those that keep their first as well."""
        minutes = {number: self.network.tasks[number].job.minutes for number in self.held}
        return sum(minutes.values()), sum(minutes[number] for number in minutes.keys() - self._loose)

    def hold(self, order: Sequence[int], spans: dict[int, Window]) -> None:
        """Let as many tasks as can be keep their days, in this order; then others their last day at least."""
        self._loose.update(number for number in order if not self._hold(number, spans[number]))
        for number in order:
            if number in self._loose:
                self._hold(number, Window(self.windows[number].release, spans[number].deadline))

    def _hold(self, number: int, days: Window) -> bool:
        """Give a task these days and no others; tell whether everybody's work still fits."""
        before = self.windows.copy()
        self.held[number] = days
        task = self.network.tasks[number]
        near = [number, *self._placed(task.before), *self._placed(task.after)]
        around = {*near, *(other for first in task.before for other in self._placed(self.network.tasks[first].after))}
        self.windows.update((other, self._window(other)) for other in around)
        workers = {worker for other in near for worker, _ in self.owners[other]}
        if all(self._is_sound(other) for other in near) and all(self._fits(worker) for worker in workers):
            return True
        del self.held[number]
        self.windows = before
        return False

    def _placed(self, numbers: Iterable[int]) -> list[int]:
        return [number for number in numbers if number in self.owners]

    def _is_sound(self, number: int) -> bool:
        """Tell whether a task has days at all, and those it keeps if it keeps any."""
        release, deadline = self.windows[number]
        return release <= deadline and self.held.get(number, self.windows[number]) == self.windows[number]

    def _window(self, number: int) -> Window:
        task = self.network.tasks[number]
        candidate = self.network.candidates[task.tactic]
        release = max([0, candidate.release, *(self._end(first) for first in self._placed(task.before))])
        if number in self.held:
            release = max(release, self.held[number].release)
        return Window(release, self._end(number))

    def _end(self, number: int) -> int:
        """Return the last day a task may have: its own, or that on which it hands over."""
        task = self.network.tasks[number]
        last = min(len(self.network.problem.days) - 1, self.network.candidates[task.tactic].deadline)
        if number in self.held:
            return min(last, self.held[number].deadline)
        followers = self._placed(task.after)
        begins = [self.held[follower].release for follower in followers if follower in self.held]
        if len(begins) < len(followers):
            begins.append(self._hand_overs[number])
        return min([last, *begins])

    # --- days within windows ---------------------------------------------------------------------------------------

    def _fits(self, worker: int) -> bool:
        return not unmet(self.network.workers[worker].minutes, (piece[:3] for piece in self._pieces(worker)))

    def _pieces(self, worker: int) -> list[Held]:
        """Return a member's work, what is set aside for certain days apart from the rest."""
        pieces: list[Held] = []
        for number, minutes in self._work[worker]:
            release, deadline = self.windows[number]
            aside = self._aside.get((number, worker), {})
            pieces.extend((day, day, part, number) for day, part in aside.items())
            if left := minutes - sum(aside.values()):
                pieces.append((deadline, release, left, number))
        return sorted(pieces)

    def _laid_out(self, worker: int) -> dict[int, Days]:
        """Return the days of a member's work by earliest deadline."""
        free: Sequence[int] = self.network.workers[worker].minutes
        found: dict[int, dict[int, int]] = {}
        for deadline, release, minutes, number in self._pieces(worker):
            days = first_free(free, Window(release, deadline), minutes)
            free = _less(free, days)
            for day, part in days:
                of_task = found.setdefault(number, {})
                of_task[day] = of_task.get(day, 0) + part
        return {number: tuple(sorted(days.items())) for number, days in found.items()}

    def plan(self) -> Solution:
        """Return the plan that has come about."""
        days = {
            (number, worker): days
            for worker in range(len(self._work))
            for number, days in self._laid_out(worker).items()
        }
        return Solution(self.owners, days)

    def set_aside(self) -> None:
        """Set some work aside for the first and the last day of tasks that would have none on it."""
        for worker in range(len(self._work)):
            tried: set[tuple[int, int]] = set()
            while missed := [miss for miss in self._missed(worker) if miss not in tried]:
                tried.update(missed)
                for number, day in missed:
                    self._set_aside(number, worker, day)

    def _missed(self, worker: int) -> list[tuple[int, int]]:
        """Return (task, day) for each day kept on which the work would not begin or end."""
        days = self._laid_out(worker)
        return [
            (number, day)
            for number, own in sorted(days.items())
            if number in self.held and self._keeper(number) == worker
            for day, is_met in (
                (self.held[number].deadline, own[-1][0] == self.held[number].deadline),
                (self.held[number].release, own[0][0] == self.held[number].release or number in self._loose),
            )
            if not is_met
        ]

    def _keeper(self, number: int) -> int:
        """Return the owner who has most of a task."""
        return max(self.owners[number], key=lambda part: (part[1], -part[0]))[0]

    def _set_aside(self, number: int, worker: int, day: int) -> None:
        """Set part of a task aside for a day: an hour or half of what is left, else a minute, else nothing."""
        aside = self._aside.setdefault((number, worker), {})
        left = dict(self.owners[number])[worker] - sum(aside.values())
        for part in (min(HOUR, left // 2), 1):
            if 0 < part <= left:
                aside[day] = part
                if self._fits(worker):
                    return
                del aside[day]


def _less(free: Sequence[int], days: Days) -> tuple[int, ...]:
    """Return the free minutes without those of some days."""
    left = list(free)
    for day, minutes in days:
        left[day] -= minutes
    return tuple(left)
