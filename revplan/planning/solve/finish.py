"""Finish: secondary objectives, which choose among plans for the same tactics, lexicographically.

In this order: on a replan the fewest minutes moved away from whom the written sprint gave them to; the least external
spend; the fewest owners in each tactic and in each shared task; the best fit (people of the tactic's function, then the
higher skill level); the best first; the most even load. Owners are changed by the local search at fixed days of
hand-over; the assignment model then says whether less could be moved or spent; then work is put in order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.constraints.people import are_apart
from revplan.planning.effort import EFFORT
from revplan.planning.solve.attendance import meet, tasks_apart
from revplan.planning.solve.benders import owners_least_moved
from revplan.planning.solve.construct import PIECE, Builder
from revplan.planning.solve.delays import share_delay
from revplan.planning.solve.dispatch import best_first
from revplan.planning.solve.formulations.assignment import linked_assignment
from revplan.planning.solve.handover import (
    earliest,
    halfway,
    latest,
    plan_windows,
)
from revplan.planning.solve.in_time import bring_in_time
from revplan.planning.solve.local_search import Generator
from revplan.planning.solve.reduce import reduce
from revplan.planning.solve.schedule import selection_of
from revplan.planning.solve.written import restore_selection, restore_written_dates
from revplan.planning.timetable import Solution, timetable
from revplan.planning.windows import selected_windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.solve.choose import Result
    from revplan.planning.solve.handover import Choice
    from revplan.planning.solve.orders import Parts
    from revplan.planning.solve.schedule import Piece, Schedule
    from revplan.planning.timetable import Owners
    from revplan.planning.windows import Window

    Shift = tuple[tuple[Piece, int], ...]
    """Pieces, each with who is to have it."""

MOST_CHOICES = 20
"""Choices of hand-over days tried at most on a replan, to leave more work with the members who had it."""

SMALL = 400
"""Days times open pairs up to which the solver is asked for all days of hand-over at once."""


class Merit(NamedTuple):
    """What makes owners better, less being better, compared in this order.

    Attributes:
        moved: minutes no longer with whom the written sprint gave them to.
        spend: external spend, in cents an hour times minutes.
        owners: owners in each tactic, summed.
        parts: parts of shared tasks.
        short: parts of them of less than two hours.
        unfit: minutes with people of another function than the tactic's.
        level: minutes times skill levels missing to the highest, summed.
    """

    moved: int
    spend: int
    owners: int
    parts: int
    short: int
    unfit: int
    level: int

    def __add__(self, other: Merit) -> Merit:  # type: ignore[override]
        """Return the merit of both together."""
        return Merit(*(one + more for one, more in zip(self, other, strict=True)))


NONE = Merit(0, 0, 0, 0, 0, 0, 0)

HIGHEST = 4
"""The highest skill level."""


def finish(instance: Instance, found: Result) -> Result:
    """Return the result with the best owners and days found for its tactics; Ctrl-C leaves them as they are."""
    try:
        return replace(found, plan=best_finish(instance, found.plan))
    except KeyboardInterrupt:
        return replace(found, interrupted=True)


def best_finish(instance: Instance, plan: Solution) -> Solution:
    """Return a plan for the same tactics with the best owners and days that are found."""
    owned = meet(instance, _well_owned(instance, plan)) or plan
    dated, held = restore_written_dates(instance, owned)
    apart = tasks_apart(instance, dated)
    kept = held - {*apart, *(other for number in apart for other in instance.tasks[number].beside)}
    found = best_first(instance, dated, kept, MayOwn(instance))
    found = share_delay(instance, dated, kept, found, MayOwn(instance))
    return best_first(instance, owned, (), MayOwn(instance)) if tasks_apart(instance, found) else found


def _well_owned(instance: Instance, plan: Solution) -> Solution:
    """Return the plan with the best owners found for its tactics."""
    better = polish(instance, plan)
    chosen = selection_of(instance, plan)
    if merit(instance, better.owners).moved:
        near = (polish(instance, one) for one in restore_selection(instance, chosen))
        better = min([better, *near], key=lambda one: merit(instance, one.owners))
    found = merit(instance, better.owners)
    windows = selected_windows(instance, chosen)
    if windows is None or reduce(instance).open_pairs(set(chosen)) > EFFORT.open_pairs:
        return better
    if found.moved:
        return minimise_reassignment(instance, better, windows)
    if found.spend:
        owners = owners_least_moved(instance, windows, found.spend)
        other = bring_in_time(instance, windows, owners) if owners else None
        other = polish(instance, other) if other is not None else better
        return min(better, other, key=lambda one: merit(instance, one.owners))
    return better


# --- merit -----------------------------------------------------------------------------------------------------------


def merit(instance: Instance, owners: Owners) -> Merit:
    """Return how good owners are."""
    by_tactic: dict[int, dict[int, Parts]] = {}
    for number, parts in owners.items():
        by_tactic.setdefault(instance.tasks[number].tactic, {})[number] = parts
    total = NONE
    for own in by_tactic.values():
        total += tactic_merit(instance, own)
    return total


def tactic_merit(instance: Instance, owners: Mapping[int, Parts]) -> Merit:
    """Return how good the owners of one tactic's tasks are."""
    moved = spend = parts = short = unfit = level = 0
    people = set()
    for number, own in owners.items():
        task = instance.tasks[number]
        candidate = instance.candidates[task.tactic]
        if task.job.written:
            moved += minutes_moved(instance, number, own)
        if len(own) > 1:
            parts += len(own)
            short += sum(minutes < PIECE for _, minutes in own)
        for worker, minutes in own:
            person = instance.workers[worker]
            people.add(worker)
            spend += minutes * person.rate
            unfit += minutes * (person.function != candidate.function)
            level += minutes * (HIGHEST - dict(person.skills).get(task.job.skill, HIGHEST))
    return Merit(moved, spend, len(people), parts, short, unfit, level)


def minutes_moved(instance: Instance, number: int, parts: Iterable[tuple[int, int]]) -> int:
    """Return the minutes of a task that are no longer with whom the written sprint gave them to."""
    given: dict[str, int] = {}
    for worker, minutes in parts:
        member = instance.workers[worker].id
        given[member] = given.get(member, 0) + minutes
    written = instance.tasks[number].job.written
    return sum(max(0, minutes - given.get(member, 0)) for member, minutes in written)


class MayOwn:
    """Says whether tasks may have other owners, and the merit is no worse."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance

    def __call__(self, owners: Mapping[int, Parts], changed: Mapping[int, Parts]) -> bool:
        """Tell whether tasks may have these owners instead."""
        if not are_apart(self.instance, {**owners, **changed}, changed):
            return False
        before = after = NONE
        for tactic in {self.instance.tasks[number].tactic for number in changed}:
            now = {one: owners[one] for one in self.instance.of[tactic]}
            before += tactic_merit(self.instance, now)
            after += tactic_merit(self.instance, {one: changed.get(one, parts) for one, parts in now.items()})
        return after <= before


# --- owners at fixed days of hand-over -------------------------------------------------------------------------------


def polish(instance: Instance, plan: Solution) -> Solution:
    """Return the plan with better owners for its tasks, if any are found; days of hand-over stay."""
    builder = Builder(instance)
    schedule = builder.schedule
    met = plan_windows(instance, plan)
    for tactic in selection_of(instance, plan):
        schedule.enter(tactic, met, plan.owners)
    if not schedule.follow_all(plan.owners):
        return plan
    polisher = Polisher(schedule)
    polisher.run()
    table = timetable(instance, schedule.owners, schedule.windows)
    return plan if table.late else table.plan


class Polisher:
    """Steps down from the owners at hand, over shifts and swaps in a fixed order.

    Attributes:
        schedule: whose owners are changed.
    """

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.instance = schedule.instance
        self._pieces = sorted(piece for number in schedule.windows for piece in schedule.pieces([number]))
        self._able = {
            piece: tuple(worker for worker in self.instance.tasks[piece[0]].workers if schedule.has_room(piece, worker))
            for piece in self._pieces
        }
        self._mates: dict[int, list[Piece]] = {}
        for piece in self._pieces:
            self._mates.setdefault(self.instance.tasks[piece[0]].tactic, []).append(piece)
        self._merits = {tactic: self._merit(tactic, {}) for tactic in self._mates}
        self._looks = EFFORT.owner_looks

    def run(self) -> None:
        """Make all moves that make the owners better, pass by pass, until none does or enough were looked at."""
        is_better = True
        while is_better and self._looks > 0:
            is_better = False
            for move in self._moves():
                if self._looks <= 0:
                    break
                self._looks -= 1
                is_better |= self._improve(move)

    def _moves(self) -> Iterator[Shift]:
        for piece in self._pieces:
            for worker in self._able[piece]:
                yield ((piece, worker),)
        for pieces in self._mates.values():
            yield from self._gather(pieces)
            tasks = {piece[0] for piece in pieces}
            for number in sorted(tasks):
                own = [piece for piece in pieces if piece[0] == number]
                if len(own) > 1 and len(tasks) > 1:
                    yield from self._gather(own)
        if len(self._pieces) <= EFFORT.swap_pieces:
            yield from self._swaps([piece for piece in self._pieces if len(self._able[piece]) > 1])

    def _swaps(self, pieces: Sequence[Piece]) -> Iterator[Shift]:
        """Yield the exchanges of two pieces between two members who may each have the other's."""
        owner = self.schedule.owner
        for index, one in enumerate(pieces):
            for other in pieces[:index]:
                giver, taker = owner(one), owner(other)
                if giver != taker and taker in self._able[one] and giver in self._able[other]:
                    yield (one, taker), (other, giver)

    def _gather(self, pieces: Sequence[Piece]) -> Iterator[Shift]:
        """Yield all that a member has of these pieces with each other member; and all of them with one."""
        owners = sorted({self.schedule.owner(piece) for piece in pieces})
        sets = [[piece for piece in pieces if self.schedule.owner(piece) == owner] for owner in owners]
        sets += [list(pieces)] if len(owners) > 1 else []
        for own in sets:
            for worker in self._able[own[0]] if len(own) > 1 else ():
                if all(worker in self._able[piece] for piece in own):
                    yield tuple((piece, worker) for piece in own)

    def _improve(self, move: Shift) -> bool:
        """Make the move if it is possible and better; tell whether it was made."""
        schedule = self.schedule
        shifts = {piece: worker for piece, worker in move if schedule.owner(piece) != worker}
        if not shifts or any(worker not in self._able[piece] for piece, worker in shifts.items()):
            return False
        if self._costs_more(shifts) or not self._are_apart(shifts):
            return False
        tactics = {self.instance.tasks[piece[0]].tactic for piece in shifts}
        self._looks -= sum(len(self._mates[tactic]) for tactic in tactics) // EFFORT.pieces_a_look
        after = {tactic: self._merit(tactic, shifts) for tactic in tactics}
        old, new = NONE, NONE
        for tactic in tactics:
            old, new = old + self._merits[tactic], new + after[tactic]
        if new > old or (new == old and self._load_change(shifts) >= 0) or not self._fits(shifts):
            return False
        for piece, worker in shifts.items():
            schedule.put(piece, worker)
        self._merits.update(after)
        return True

    def _are_apart(self, shifts: Mapping[Piece, int]) -> bool:
        """Tell whether the people who do a task at once are still different members, who may meet, after a move."""
        tasks, owner = self.instance.tasks, self.schedule.owner
        return all(
            self.instance.may_meet(number, worker, shifts.get((other, 0), owner((other, 0))))
            for (number, _), worker in shifts.items()
            for other in tasks[number].beside
        )

    def _costs_more(self, shifts: Mapping[Piece, int]) -> bool:
        """Tell whether it is plain without the merit that a move of work that nobody had costs more."""
        schedule, workers, tasks = self.schedule, self.instance.workers, self.instance.tasks
        if any(tasks[piece[0]].job.written for piece in shifts):
            return False
        more = sum(schedule.minutes(piece) * workers[worker].rate for piece, worker in shifts.items())
        return more > sum(schedule.minutes(piece) * workers[schedule.owner(piece)].rate for piece in shifts)

    def _merit(self, tactic: int, shifts: Mapping[Piece, int]) -> Merit:
        owners: dict[int, dict[int, int]] = {}
        for piece in self._mates[tactic]:
            worker = shifts.get(piece, -1)
            worker = self.schedule.owner(piece) if worker < 0 else worker
            of_task = owners.setdefault(piece[0], {})
            of_task[worker] = of_task.get(worker, 0) + self.schedule.minutes(piece)
        return tactic_merit(self.instance, {number: tuple(parts.items()) for number, parts in owners.items()})

    def _load_change(self, shifts: Mapping[Piece, int]) -> int:
        """Return the change in the squares of the members' loads over the minutes they have."""
        change: dict[int, int] = {}
        for piece, worker in shifts.items():
            minutes, before = self.schedule.minutes(piece), self.schedule.owner(piece)
            change[before] = change.get(before, 0) - minutes
            change[worker] = change.get(worker, 0) + minutes
        total = 0
        for worker, more in change.items():
            load, whole = self.schedule.load(worker), max(1, self.instance.calendars[worker].total[-1])
            total += 60 * (load + more) ** 2 // whole - 60 * load**2 // whole
        return total

    def _fits(self, shifts: Mapping[Piece, int]) -> bool:
        schedule = self.schedule
        for worker in set(shifts.values()):
            more = [schedule.entry(piece) for piece, other in shifts.items() if other == worker]
            less = {piece for piece in shifts if schedule.owner(piece) == worker}
            minutes = sum(entry[2] for entry in more) - sum(schedule.minutes(piece) for piece in less)
            if minutes > schedule.free(worker) or schedule.undone_with(worker, more, less):
                return False
        return True


# --- replans ---------------------------------------------------------------------------------------------------------


def minimise_reassignment(instance: Instance, plan: Solution, windows: Mapping[int, Window]) -> Solution:
    """Return a plan for the same tactics in which no more minutes are moved, and if as many, at no more spend.

    The solver finds the fewest where work is handed over as it comes, which bounds them. Where that leaves somebody
    late, days of hand-over are taken from the plan at hand: for given days the solver's owners are the best there are,
    and their work leaves other days open in its turn. In small sprints the solver chooses the days too.
    """
    owners = owners_least_moved(instance, windows)
    if owners is None:
        return plan
    pairs = instance.pairs
    if pairs * len(instance.problem.days) <= SMALL:
        assignment = linked_assignment(instance, windows)
        return _better(instance, plan, assignment.solution(assignment.cheapest()))
    least = merit(instance, owners).moved
    best = _better(instance, plan, bring_in_time(instance, windows, owners))
    for choice in _choices(max(1, min(MOST_CHOICES, EFFORT.replan_work // max(1, pairs)))):
        if merit(instance, best.owners).moved <= least:
            break
        met = plan_windows(instance, best, choice)
        owners = owners_least_moved(instance, met)
        if owners is not None:
            best = _better(instance, best, timetable(instance, owners, met).plan)
    return _better(instance, best, polish(instance, best))


def _choices(count: int) -> Iterator[Choice]:
    """Yield so many ways to choose days of hand-over."""
    yield from (earliest, latest, halfway)[:count]
    random = Generator(1)
    for _ in range(3, count):
        yield lambda days: days[random.below(len(days))]


def _better(instance: Instance, plan: Solution, other: Solution | None) -> Solution:
    """Return the other plan where it is no worse."""
    return plan if other is None or merit(instance, other.owners) > merit(instance, plan.owners) else other
